// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/kind.hpp>
#include <autopack_schema/drift/finding.hpp>
#include <autopack_schema/model/name.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::drift::detail {

/// Tells whether a text fits a pattern with `*` and `?`, the case of ASCII letters aside.
/// shape: linear but for the last `*`; never more than text × pattern steps
constexpr bool fits(std::string_view pattern, std::string_view text) noexcept {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || model::fold(pattern[p]) == model::fold(text[t]))) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

/// What stands before the dot of a kind: "column".
constexpr std::string_view family_of(std::string_view kind) noexcept { return kind.substr(0, kind.find('.')); }

/// Tells whether a word is a kind or the family of kinds, and so the front of a pattern.
constexpr bool is_kind(std::string_view word) noexcept {
    for (const kind_facts& known : all_kinds) {
        const std::string_view name = drift_name(known.kind);
        if (word == name || word == family_of(name)) return true;
    }
    return false;
}

/// Tells whether a pattern of `options::ignore` covers an object of a table.
inline bool covers(std::string_view pattern, std::string_view kind, std::string_view table, std::string_view object) {
    const std::size_t colon = pattern.find(':');
    const std::string_view front = colon == std::string_view::npos ? "" : pattern.substr(0, colon);
    if (!is_kind(front)) return fits(pattern, object);
    const std::string_view rest = pattern.substr(colon + 1);
    if (front == "table") return fits(rest, table.empty() ? object : table);
    if (front != kind && front != family_of(kind)) return false;
    if (fits(rest, object)) return true;
    const bool inside = object.size() > table.size() + 1 && object.starts_with(table) && object[table.size()] == '.';
    return inside && fits(rest, object.substr(table.size() + 1));
}

} // namespace autopack_schema::drift::detail
