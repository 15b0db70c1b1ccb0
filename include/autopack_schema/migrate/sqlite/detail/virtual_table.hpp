// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/sqlite/detail/check_list.hpp>
#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/module_text.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

/// Where the rows of a table are.
enum class row_place : std::uint8_t {
    own,
    elsewhere, ///< an index of the rows of another table: `content='docs'`
    nowhere,   ///< an index of rows that were never kept: `content=''`
    computed,
    unknown,
};

inline row_place place_of(const model::table& t) {
    using sql::sqlite::module_family;
    if (t.kind == model::table_kind::ordinary) return row_place::own;
    const auto m = sql::sqlite::read_module(t.module);
    if (m.family == module_family::unknown) return row_place::unknown;
    if (m.family == module_family::computed) return row_place::computed;
    const auto content = m.value_of("content");
    if (content.first == content.end) return row_place::own;
    return sql::unquote(m.option("content")).empty() ? row_place::nowhere : row_place::elsewhere;
}

/// Finds the table or view whose rows a full-text table indexes; empty where there is none.
inline std::string content_of(const model::table& t) {
    if (place_of(t) != row_place::elsewhere) return {};
    return sql::unquote(sql::sqlite::read_module(t.module).option("content"));
}

/// Asks for rows that would be lost because their text is nowhere, or would be nowhere.
/// shape: what cannot be scanned is counted in the tables that the module keeps
inline void check_unreadable(check_list& list) {
    const model::table& was = list.pair().was;
    const std::string name(was.name.text);
    const auto m = sql::sqlite::read_module(was.module);
    const bool sized = sql::unquote(m.option("columnsize")) != "0" &&
                       !model::same_name(sql::unquote(m.option("matchinfo")), "fts3");
    pre_check check{.code = "S380",
                    .what = place_of(was) == row_place::nowhere
                                ? "in a full-text index that does not keep the text of its rows"
                                : "that the new table would not keep",
                    .advice = "make the new table under another name and fill it, then drop the old one",
                    .from = in_main(name),
                    .where = "1",
                    .key = "'rowid ' || rowid"};
    if (place_of(was) == row_place::nowhere && m.family == sql::sqlite::module_family::fts3) {
        check.from = in_main(name + (sized ? "_docsize" : "_segdir"));
    } else if (place_of(was) == row_place::nowhere && !sized) {
        check.from = in_main(name + "_idx");
        check.key = "'segment ' || segid";
    }
    if (was.without_rowid) check.key = "'?'";
    check.show = "SELECT * FROM " + check.from + " LIMIT 20";
    list.add_as_it_is(std::move(check));
}

/// Asks for rows that the table whose rows shall be indexed does not have: the index would be all that is left of them.
inline void check_content(check_list& list, const std::string& content) {
    const table_pair& pair = list.pair();
    const auto m = sql::sqlite::read_module(pair.is.module);
    const model::table* const rows = model::find_table(pair.live, model::name(content));
    if (rows == nullptr) return check_unreadable(list);
    std::string key = sql::unquote(m.option("content_rowid"));
    if (key.empty()) key = "rowid";
    std::string same = "\"content\"." + quote_identifier(key) + " = \"was\".rowid";
    for (const column_source& s : list.sources()) {
        if (!s.direct || model::find_column(pair.live, *rows, s.column->name) == nullptr) continue;
        same += " AND \"content\"." + quote_identifier(s.column->name.text) + " IS \"was\"." + s.value;
    }
    list.add_as_it_is({.code = "S380",
                       .what = "that " + content + ", the table with the content, does not have",
                       .advice = "put them there first",
                       .from = in_main(pair.was.name.text) + " AS \"was\"",
                       .where = "NOT EXISTS (SELECT 1 FROM " + in_main(content) + " AS \"content\" WHERE " + same + ")",
                       .key = "'rowid ' || \"was\".rowid",
                       .show = "SELECT rowid, * FROM " + in_main(pair.was.name.text) + " LIMIT 20"});
}

/// An R-tree keeps 32-bit numbers: asks for other ones, and for rows without a value for a new coordinate.
inline void check_coordinate(check_list& list, const column_source& s, bool integers) {
    const table_pair& pair = list.pair();
    const std::string column(s.column->name.text);
    if (!s.copied) {
        return list.add({.code = "S371",
                         .column = column,
                         .what = "no value for the new coordinate",
                         .advice = "give the migration a backfill for it",
                         .from = list.table(),
                         .where = "1"});
    }
    if (pair.rule(rule_kind::lossy, s.column->name) != nullptr) return;
    const std::string v = parenthesized(s.value);
    list.add({.code = "S375",
              .column = column,
              .what = integers ? "a value that is no 32-bit integer" : "a value that a 32-bit number cannot hold for sure",
              .advice = "give the migration a transform, or allow it with 'lossy " + std::string(pair.is.name.text) +
                        "." + column + "'",
              .from = list.table(),
              .where = "CAST(" + v + " AS INTEGER) IS NOT " + v + " OR abs(" + v + ") > " +
                       (integers ? "2147483647" : "16777216")});
}

/// Asks what the rows must not have before an R-tree takes them.
inline void check_tree(check_list& list) {
    const table_pair& pair = list.pair();
    const auto was = sql::sqlite::read_module(pair.was.module);
    const auto is = sql::sqlite::read_module(pair.is.module);
    const bool integers = sql::same_identifier(is.name, "rtree_i32");
    const bool same_numbers = sql::same_identifier(was.name, is.name);
    const auto columns = pair.target.columns_of(pair.is);
    for (const column_source& s : list.sources()) {
        const auto* const argument = is.column(s.column->name.text);
        if (s.column == columns.data() || argument == nullptr || argument->auxiliary) continue;
        if (!s.copied || !same_numbers || !s.direct) check_coordinate(list, s, integers);
    }
}

} // namespace autopack_schema::migrate::sqlite::detail
