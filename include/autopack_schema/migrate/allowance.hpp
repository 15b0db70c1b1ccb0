// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/data_rule.hpp>

#include <array>
#include <string>
#include <string_view>

namespace autopack_schema::migrate {

namespace detail {

constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

[[noreturn]] inline void refuse_allowance(std::string_view text) {
    throw error({.code = "S397",
                 .what_happened = "'" + std::string(text) + "' is no allowance",
                 .advice = "write 'drop table T', 'drop column T.C', 'drop index I', 'drop view V', 'drop trigger G', "
                           "'lossy T.C', 'keep column T.C' or 'orphans T.C'"});
}

} // namespace detail

/// Writes an allowance as `parse_allowance` reads it: `drop column runs.notes`.
inline std::string to_text(const data_rule& rule) {
    std::string text(words_of(rule.kind));
    text += ' ';
    text += rule.table.text;
    if (!rule.table.empty() && !rule.name.empty()) text += '.';
    text += rule.name.text;
    return text;
}

/// Reads an allowance; the rule refers to the text.
/// shape:  `drop table T`, `drop column T.C`, `drop index I`, `drop view V`, `drop trigger G`, `lossy T.C`,
///         `keep column T.C`, `orphans T.C`; the last dot divides table and column
/// errors: S397 not of this form
inline data_rule parse_allowance(std::string_view text) {
    constexpr std::array kinds{rule_kind::drop_table,  rule_kind::drop_column,  rule_kind::drop_index,
                               rule_kind::drop_view,   rule_kind::drop_trigger, rule_kind::lossy,
                               rule_kind::keep_column, rule_kind::orphans};
    for (const rule_kind kind : kinds) {
        const std::string_view words = words_of(kind);
        if (!model::same_name(text.substr(0, words.size()), words)) continue;
        if (text.size() <= words.size() || text[words.size()] != ' ') continue;
        const std::string_view object = detail::trimmed(text.substr(words.size()));
        if (object.empty()) break;
        if (kind == rule_kind::drop_table) return {.kind = kind, .table = object};
        const bool column = kind == rule_kind::drop_column || kind == rule_kind::lossy ||
                            kind == rule_kind::keep_column || kind == rule_kind::orphans;
        if (!column) return {.kind = kind, .name = object};
        const auto dot = object.rfind('.');
        if (dot == std::string_view::npos || dot == 0 || dot + 1 == object.size()) break;
        return {.kind = kind, .table = object.substr(0, dot), .name = object.substr(dot + 1)};
    }
    detail::refuse_allowance(text);
}

} // namespace autopack_schema::migrate
