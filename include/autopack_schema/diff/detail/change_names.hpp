// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstdint>
#include <string_view>

namespace autopack_schema::detail {

/// The names of what a change is about, without anything that would have to be put together.
struct change_names {
    change_kind kind{};
    std::string_view table{};  ///< empty for a view
    std::string_view object{}; ///< column, constraint, index, view or trigger; the first column of what has no name
};

constexpr std::string_view first_of(const model::schema& s, model::range parts) {
    return parts.count == 0 ? std::string_view{} : s.parts[parts.first].text.text;
}

/// The name of one element of one schema.
constexpr std::string_view element_name(const model::schema& s, element what, std::uint32_t at) {
    switch (what) {
    case element::column: return s.columns[at].name;
    case element::primary_key: return first_of(s, s.tables[at].key.parts);
    case element::unique:
        return s.uniques[at].name.empty() ? first_of(s, s.uniques[at].parts) : s.uniques[at].name.text;
    case element::check: return s.checks[at].name.empty() ? s.checks[at].column.text : s.checks[at].name.text;
    case element::foreign_key: return s.names[s.foreign_keys[at].columns.first];
    case element::index: return s.indexes[at].name;
    case element::view: return s.views[at].name;
    case element::trigger: return s.triggers[at].name;
    case element::none:
    case element::table: break;
    }
    return {};
}

constexpr change_names names_of(const change& c, const model::schema& from, const model::schema& to) {
    change_names names{c.kind, {}, {}};
    if (c.to_table != no_element) {
        names.table = to.tables[c.to_table].name;
    } else if (c.from_table != no_element) {
        names.table = from.tables[c.from_table].name;
    }
    if (c.to != no_element) {
        names.object = element_name(to, c.what, c.to);
    } else if (c.from != no_element) {
        names.object = element_name(from, c.was == element::none ? c.what : c.was, c.from);
    }
    return names;
}

} // namespace autopack_schema::detail
