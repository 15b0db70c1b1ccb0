// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>

#include <cstddef>

// Which constraints are written at their column. Those come first when the text is read again, so only a beginning of
// each list that follows the order of the columns is; the rest is written at the table.
namespace autopack_schema::sql::sqlite::detail {

inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

/// The position of a column in its table; `no_column` where there is none.
inline std::size_t column_position(const model::schema& s, const model::table& t, const model::name& name) {
    const auto columns = s.columns_of(t);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name) return i;
    }
    return no_column;
}

/// The column at which a key can be written: its only one, without collation of its own.
inline std::size_t column_of_key(const model::schema& s, const model::table& t, model::items<model::key_part> parts,
                                 bool may_descend) {
    if (parts.size() != 1) return no_column;
    const model::key_part& part = parts.front();
    if (part.is_expression || !part.collation.empty() || (part.descending && !may_descend)) return no_column;
    return column_position(s, t, part.text);
}

/// Counts the elements at the beginning that can be written at their columns, in the order of these.
template <class Element, class ColumnOf>
std::size_t inline_count(model::items<Element> elements, ColumnOf column_of) {
    std::size_t least = 0;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const std::size_t column = column_of(elements[i]);
        if (column == no_column || column < least) return i;
        least = column;
    }
    return elements.size();
}

/// How many of the constraints of a table are written at columns.
struct placement {
    std::size_t key_column = no_column;
    std::size_t uniques = 0;
    std::size_t foreign_keys = 0;

    placement(const model::schema& s, const model::table& t) {
        key_column = column_of_key(s, t, s.parts_of(t.key), t.key.inline_descending);
        uniques = inline_count(s.uniques_of(t), [&s, &t](const model::unique_constraint& u) {
            return u.name.empty() ? column_of_key(s, t, s.parts_of(u), false) : no_column;
        });
        foreign_keys = inline_count(s.foreign_keys_of(t), [&s, &t](const model::foreign_key& f) {
            if (!f.name.empty() || f.columns.count != 1) return no_column;
            return column_position(s, t, s.names_of(f.columns).front());
        });
    }
};

/// Tells whether a check is written at its column.
inline bool is_at_column(const model::schema& s, const model::table& t, const model::check_constraint& c) {
    return !c.column.empty() && column_position(s, t, c.column) != no_column;
}

} // namespace autopack_schema::sql::sqlite::detail
