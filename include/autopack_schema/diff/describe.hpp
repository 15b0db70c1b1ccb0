// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema {

namespace detail {

inline std::string joined(model::items<model::name> names) {
    std::string text;
    for (const model::name& n : names) {
        if (!text.empty()) text += ',';
        text += n.text;
    }
    return text;
}

inline std::string joined(model::items<model::key_part> parts) {
    std::string text;
    for (const model::key_part& p : parts) {
        if (!text.empty()) text += ',';
        text += p.text.text;
    }
    return text;
}

inline std::string dotted(std::string_view table, std::string_view name) {
    return std::string(table) + '.' + std::string(name);
}

inline std::string check_label(std::string_view table, const model::check_constraint& c) {
    if (!c.name.empty()) return dotted(table, c.name);
    return c.column.empty() ? std::string(table) : dotted(table, c.column);
}

/// The label of one element of one schema; `at` is a position in the array that `what` names.
inline std::string element_label(const model::schema& s, std::string_view table, element what, std::uint32_t at) {
    const std::string prefix(table);
    switch (what) {
    case element::none:
    case element::table:
    case element::primary_key: return prefix;
    case element::column: return dotted(table, s.columns[at].name);
    case element::unique: return prefix + '(' + joined(s.parts_of(s.uniques[at])) + ')';
    case element::check: return check_label(table, s.checks[at]);
    case element::foreign_key: return prefix + '(' + joined(s.names_of(s.foreign_keys[at].columns)) + ')';
    case element::index: return std::string(s.indexes[at].name.text);
    case element::view: return std::string(s.views[at].name.text);
    case element::trigger: return std::string(s.triggers[at].name.text);
    }
    return prefix;
}

constexpr bool names_constraint(change_kind kind) {
    return kind == change_kind::foreign_key_name || kind == change_kind::unique_name;
}

inline std::string constraint_name(const model::schema& s, element what, std::uint32_t at) {
    return std::string(what == element::unique ? s.uniques[at].name.text : s.foreign_keys[at].name.text);
}

/// What a UNIQUE constraint and the index in its place have in common: the table and its columns.
inline std::string unique_label(const model::schema& s, std::string_view table, const change& c, std::uint32_t at) {
    const bool wanted = c.to != no_element;
    const element what = wanted || c.was == element::none ? c.what : c.was;
    const auto parts = what == element::index ? s.parts_of(s.indexes[at]) : s.parts_of(s.uniques[at]);
    return std::string(table) + '(' + joined(parts) + ')';
}

} // namespace detail

/// The table that a change is about: its name in the wanted schema, else in the other one; empty for a view.
inline std::string_view table_of(const change& c, const model::schema& from, const model::schema& to) {
    if (c.to_table != no_element) return to.tables[c.to_table].name.text;
    if (c.from_table != no_element) return from.tables[c.from_table].name.text;
    if (c.what != element::trigger) return {};
    return c.to != no_element ? to.triggers[c.to].table.text : from.triggers[c.from].table.text;
}

/// Names what a change is about, as reports and allowances do.
/// shape: `table`, `table.column`, `table(column,column)` for a UNIQUE in either form or a foreign key, `table.name` for a named CHECK
///        or a renamed constraint, the bare name of an index, a view or a trigger
inline std::string object_label(const change& c, const model::schema& from, const model::schema& to) {
    const bool wanted = c.to != no_element;
    const model::schema& side = wanted ? to : from;
    const std::uint32_t at = wanted ? c.to : c.from;
    const std::string_view table = table_of(c, from, to);
    if (at == no_element) return std::string(table);
    if (detail::names_constraint(c.kind)) {
        const std::string name = detail::constraint_name(side, c.what, at);
        if (!name.empty()) return detail::dotted(table, name);
    }
    if (c.kind == change_kind::unique_form) return detail::unique_label(side, table, c, at);
    return detail::element_label(side, table, c.what, at);
}

} // namespace autopack_schema
