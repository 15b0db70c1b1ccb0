// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/drift/severity.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::drift {

/// What it takes to make the database what the code expects.
enum class fix : std::uint8_t {
    none,        ///< nothing has to be done
    alter,       ///< one statement, in place
    rebuild,     ///< the table is written anew, with its rows
    data_needed, ///< rows can stand against it, or values are missing: they are needed first
    by_hand,     ///< a decision: the database has something that the code does not know
};

/// "data needed"
constexpr std::string_view name_of(fix what) noexcept {
    constexpr std::array<std::string_view, 5> names{"none", "alter", "rebuild", "data needed", "by hand"};
    return names[static_cast<std::size_t>(what)];
}

/// One difference between what the code expects and what the database has.
/// shape: `expected` and `actual` are SQL fragments or a few words; empty: nothing is there on that side
struct finding {
    std::string code{};  ///< "S318"; each has its heading in docs/errors.md
    std::string kind{};  ///< "column.not_null", as in `drift_name`
    severity level = severity::cosmetic;
    std::string table{};  ///< empty: a view
    std::string object{}; ///< `table`, `table.column`, `table(a,b)`, an index, view or trigger by its name
    std::string expected{};
    std::string actual{};
    std::string message{}; ///< what that means, one clause
    fix advice = fix::none;
    std::string advice_text{}; ///< how to get there
    std::string suggestion{};  ///< a likely rename, pointed out and never assumed
    change_kind change{};

    friend bool operator==(const finding&, const finding&) = default;
};

/// Something that was there and could not be compared.
struct not_compared {
    std::string kind{};   ///< "table", "view", "statement", …
    std::string object{}; ///< its name
    std::string reason{};

    friend bool operator==(const not_compared&, const not_compared&) = default;
};

} // namespace autopack_schema::drift
