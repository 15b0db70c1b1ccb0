// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column.hpp>
#include <autopack_schema/define/detail/arrays.hpp>
#include <autopack_schema/define/detail/bindings.hpp>
#include <autopack_schema/define/detail/check_members.hpp>
#include <autopack_schema/define/detail/check_table.hpp>
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
    finding problem{}; ///< the first mistake in the definition; `schema` makes it a compile error

    /// The table as a schema of its own.
    constexpr model::schema model() const { return arrays.view({}, {}); }
    constexpr std::string_view name() const { return arrays.tables[0].name; }

    /// Closes the definition with what was found wrong.
    constexpr void finish(detail::table_writer& writer) {
        arrays.tables[0].columns.count = Size.columns;
        detail::check_member_twice(writer);
        problem = writer.problem ? writer.problem : detail::check_table(model(), writer.has_unusual_column);
    }
};

namespace detail {

/// How many members of the row a table takes that no column was written for; 0 unless it asks for them.
template <class Row, class... Item>
consteval std::size_t count_reflected() {
    constexpr std::size_t written = (std::size_t{0} + ... + Item::size.columns);
    constexpr bool asked = (std::is_same_v<Item, remaining_members_word> || ...);
    if constexpr (!asked && written != 0) {
        return 0;
    } else if constexpr (!has_members<Row, written + 1>()) {
        return written;
    } else {
        return count_members<Row, written + 1>();
    }
}

/// A table all of whose columns are written.
template <class Row, class... Item>
consteval auto written_table(std::string_view name, const Item&... items) {
    constexpr sizes size = (sizes{.tables = 1} + ... + Item::size);
    table_definition<Row, size, binding_list<typename binding_of<Item>::type...>> definition;
    definition.arrays.tables[0].name = name;
    const char* texts[size.columns + 1]{};
    table_writer writer{definition.arrays.tables[0], cursor(definition.arrays), text_of_class<Row>, texts};
    (writer.take(items), ...);
    if constexpr (has_members<Row, size.columns + 1>()) {
        note_missing(writer, member_names<Row, count_members<Row, size.columns + 1>()>);
    }
    definition.finish(writer);
    return definition;
}

/// A table that takes members of its row without naming them.
template <class Row, std::size_t Count, class... Item>
consteval auto reflected_table(std::string_view name, const Item&... items) {
    constexpr std::size_t written = (std::size_t{0} + ... + Item::size.columns);
    constexpr sizes size = (sizes{.tables = 1, .columns = Count - written} + ... + Item::size);
    table_definition<Row, size, reflected_list<Row, Count, typename binding_of<Item>::type...>> definition;
    definition.arrays.tables[0].name = name;
    const char* texts[written + 1]{};
    const char** next = texts;
    (gather_text(next, items), ...);
    table_writer writer{definition.arrays.tables[0], cursor(definition.arrays), text_of_class<Row>, texts};
    const auto take = [&]<class T>(const T& item) {
        if constexpr (std::is_same_v<T, remaining_members_word>) {
            add_remaining(writer, {member_names<Row, Count>, member_types<Row, Count>}, {texts, written});
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
    constexpr std::size_t reflected = detail::count_reflected<Row, Item...>();
    if constexpr (reflected == 0) {
        return detail::written_table<Row>(name, items...);
    } else if constexpr ((std::is_same_v<Item, remaining_members_word> || ...)) {
        return detail::reflected_table<Row, reflected>(name, items...);
    } else {
        return detail::reflected_table<Row, reflected>(name, remaining_members, items...);
    }
}

} // namespace autopack_schema
