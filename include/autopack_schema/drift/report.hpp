// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/finding.hpp>
#include <autopack_schema/drift/severity.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace autopack_schema::drift {

/// How many objects were looked at, on the expected side and in the database.
struct object_count {
    std::size_t expected = 0;
    std::size_t actual = 0;

    friend constexpr bool operator==(const object_count&, const object_count&) = default;
};

/// What was compared.
struct coverage {
    object_count tables{};
    object_count columns{};
    object_count primary_keys{};
    object_count uniques{};
    object_count checks{};
    object_count foreign_keys{};
    object_count indexes{};
    object_count views{};
    object_count triggers{};

    friend constexpr bool operator==(const coverage&, const coverage&) = default;
};

/// What a check found.
struct report {
    std::string database{}; ///< for messages, without secrets
    std::string schema{};   ///< the expected schema's name
    std::string version{};
    std::vector<finding> findings{}; ///< by table as expected, then by object
    std::vector<drift::not_compared> not_compared{};
    std::vector<std::string> ignored{}; ///< objects that a pattern or a switch left out
    coverage compared{};
    severity fail_on = severity::semantic;

    /// The worst severity found; nothing without findings.
    std::optional<severity> worst() const noexcept {
        std::optional<severity> found;
        for (const finding& f : findings) {
            if (!found || *found < f.level) found = f.level;
        }
        return found;
    }

    bool drift() const noexcept { return !findings.empty(); }

    /// Tells whether there is a finding at `fail_on` or worse.
    bool failed() const noexcept {
        const std::optional<severity> found = worst();
        return found && *found >= fail_on;
    }

    /// The exit code of a program: 0 nothing at `fail_on` or worse, 2 drift, 3 something could not be compared.
    int exit_code() const noexcept {
        if (failed()) return 2;
        return not_compared.empty() ? 0 : 3;
    }
};

} // namespace autopack_schema::drift
