// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column.hpp>
#include <autopack_schema/define/detail/arrays.hpp>
#include <autopack_schema/define/detail/bindings.hpp>
#include <autopack_schema/define/detail/check_members.hpp>
#include <autopack_schema/define/detail/members.hpp>
#include <autopack_schema/define/detail/reflect.hpp>
#include <autopack_schema/define/detail/table_writer.hpp>
#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace autopack_schema {

/// A table bound to a row struct; see `table`.
template <class Row, detail::sizes Size, class Bindings>
struct table_definition {
    using row_type = Row;
    using bindings = Bindings;
    static constexpr detail::sizes size = Size;

    detail::arrays<Size> arrays{};
    finding problem{};               ///< a mistake in the definition; `schema` makes it a compile error
    bool has_unusual_column = false; ///< see `check_table`

    /// The table as a schema of its own.
    constexpr model::schema model() const { return arrays.view({}, {}); }
    constexpr std::string_view name() const { return arrays.tables[0].name; }

    /// Closes the definition with what was found wrong.
    constexpr void finish(detail::table_writer& writer) {
        arrays.tables[0].columns.count = Size.columns;
        if (writer.has_own_name) detail::check_member_twice(writer);
        problem = writer.problem;
        has_unusual_column = writer.has_unusual_column;
    }
};

namespace detail {

/// Counts the members of a row of which at least some number has columns.
template <class Row, std::size_t Written>
consteval std::size_t count_from() {
    if constexpr (has_members<Row, Written + 1>()) {
        return count_members<Row, Written + 1>();
    } else {
        return Written;
    }
}

/// A table that takes members of its row without naming them.
template <class Row, std::size_t Written, class... Item>
consteval auto reflected_table(std::string_view name, const Item&... items) {
    constexpr std::size_t count = count_from<Row, Written>();
    constexpr sizes size = (sizes{.tables = 1, .columns = count - Written} + ... + Item::size);
    table_definition<Row, size, reflected_list<Row, count, typename Item::bound_as...>> definition;
    definition.arrays.tables[0].name = name;
    const char* texts[Written + 1]{};
    const char** next = texts;
    (gather_text(next, items), ...);
    table_writer writer{definition.arrays.tables[0], cursor(definition.arrays), text_of_class<Row>, texts};
    const auto take = [&]<class T>(const T& item) {
        if constexpr (std::is_same_v<T, remaining_members_word>) {
            if constexpr (count > Written) {
                add_remaining(writer, {member_names<Row, count>, member_types<Row, count>}, {texts, Written});
            }
        } else {
            writer.take(item);
        }
    };
    (take(items), ...);
    definition.finish(writer);
    return definition;
}

} // namespace detail

/// A table whose rows are `Row`: its columns, keys, constraints and indexes in the order in which they are written.
/// shape:  every member needs a column, unless `remaining_members` stands for the rest; a table without any column
///         takes all members by their names: `table<run>("runs")`
/// errors: S101 to S117, S126 to S134; they are reported where the table is put into a schema, because only there its
///         names can be part of the compiler's message
template <class Row, detail::is_table_item... Item>
consteval auto table(std::string_view name, const Item&... items) {
    constexpr detail::sizes size = (detail::sizes{.tables = 1} + ... + Item::size);
    constexpr bool asks_for_rest = (std::is_same_v<Item, remaining_members_word> || ...);
    if constexpr (asks_for_rest) {
        return detail::reflected_table<Row, size.columns>(name, items...);
    } else if constexpr (size.columns == 0) {
        return detail::reflected_table<Row, 0>(name, remaining_members, items...);
    } else {
        table_definition<Row, size, detail::binding_list<typename Item::bound_as...>> definition;
        definition.arrays.tables[0].name = name;
        const char* texts[size.columns]{};
        detail::table_writer writer{definition.arrays.tables[0], detail::cursor(definition.arrays),
                                    detail::text_of_class<Row>, texts};
        (writer.take(items), ...);
        if constexpr (detail::has_members<Row, size.columns + 1>()) {
            detail::note_missing(writer, detail::member_names<Row, detail::count_members<Row, size.columns + 1>()>);
        }
        definition.finish(writer);
        return definition;
    }
}

} // namespace autopack_schema
