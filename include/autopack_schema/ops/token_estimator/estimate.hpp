// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/token_estimator/documents.hpp>
#include <autopack_schema/ops/token_estimator/file_complexity.hpp>
#include <autopack_schema/ops/token_estimator/path_kind.hpp>
#include <autopack_schema/ops/token_estimator/token_estimate.hpp>
#include <autopack_schema/ops/token_estimator/weights.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

namespace detail {

inline constexpr std::array<std::string_view, 3> creating_words{"create", "new", "add"};
inline constexpr std::array<std::string_view, 5> change_words{"create", "modify", "update", "add", "new"};
inline constexpr std::array<std::string_view, 4> doc_categories{"documentation", "docs", "doc_synthesis",
                                                                "doc_sot_update"};

/// Tells whether a text has a dot with two to four letters or digits behind it, as file names do.
constexpr bool names_a_file(std::string_view text) {
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        const auto is_word = [](char c) { return is_letter(c) || is_digit(c); };
        if (text[i] == '.' && is_word(text[i + 1]) && is_word(text[i + 2])) return true;
    }
    return false;
}

} // namespace detail

/// How sure an estimation is: half by itself, the rest by how many deliverables name a file and say what happens to it.
inline double estimate_confidence(const std::vector<std::string>& deliverables) {
    double files = 0;
    double verbs = 0;
    for (const std::string& d : deliverables) {
        files += detail::names_a_file(d) ? 1.0 : 0.0;
        verbs += detail::contains_any(detail::lowered(d), detail::change_words) ? 1.0 : 0.0;
    }
    const auto count = static_cast<double>(deliverables.size());
    return std::min(1.0, 0.5 + files / count * 0.3 + verbs / count * 0.2);
}

/// Estimates how many tokens a phase will write, from its deliverables.
/// shape: overhead of the phase plus a cost for each deliverable, with a margin; ledgers and documentation that needs study
///        have models of their own; without deliverables the default of the complexity
class token_estimator {
public:
    /// `workspace`: deliverables that exist in it are changes, the others are new files.
    explicit token_estimator(std::filesystem::path workspace = ".") : workspace_(std::move(workspace)) {}

    /// Estimates one phase.
    token_estimate estimate(const estimate_request& r) const {
        if (r.deliverables.empty()) {
            return {default_budget(r.complexity), 0, r.category, r.complexity, {}, 0.5};
        }
        const bool docs = is_pure_doc(r.deliverables);
        const std::string category =
            docs && !detail::is_one_of(r.category, detail::doc_categories) ? "documentation" : r.category;
        if (docs && std::any_of(r.deliverables.begin(), r.deliverables.end(),
                                [](const std::string& d) { return !ledger_name(d).empty(); })) {
            return estimate_ledger(r);
        }
        if (docs && (category == "documentation" || category == "docs")) {
            const doc_features features = features_of_docs(r.deliverables, r.description);
            if (features.is_synthesis()) return estimate_synthesis(r, features);
        }
        return estimate_files(r, category);
    }

    /// The overhead that an estimation of this category and complexity begins with.
    static constexpr std::int64_t overhead(std::string_view category, std::string_view complexity) {
        return calibrated_overhead(category, complexity).value_or(default_phase_overhead);
    }

private:
    token_estimate estimate_files(const estimate_request& r, const std::string& category) const {
        token_estimate e{.deliverable_count = static_cast<std::int64_t>(r.deliverables.size()),
                         .category = category,
                         .complexity = r.complexity,
                         .confidence = estimate_confidence(r.deliverables)};
        std::int64_t total = overhead(category, r.complexity);
        for (const std::string& d : r.deliverables) {
            const std::string path = deliverable_path(d);
            const std::string normal = normalized_path(path);
            const bool is_new = is_new_file(d, path);
            const marginal_weight& weight = weight_of(kind_of_path(normal, category));
            const std::int64_t tokens =
                is_new ? weight.create : detail::scaled(weight.modify, complexity_factor(workspace_ / path));
            total += tokens;
            e.add(std::string(weight_of(label_of_path(normal)).name) + (is_new ? "_new" : "_modify"), tokens);
        }
        e.estimated_tokens = detail::scaled(total, safety_margin);
        return e;
    }

    /// New by its words, or because there is no such file yet.
    bool is_new_file(std::string_view deliverable, const std::string& path) const {
        if (detail::contains_any(detail::lowered(deliverable), detail::creating_words)) return true;
        std::error_code unreadable;
        return !std::filesystem::exists(workspace_ / path, unreadable) && !unreadable;
    }

    std::filesystem::path workspace_;
};

} // namespace autopack_schema::ops
