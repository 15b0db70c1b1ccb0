// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/name.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/detail/read_statements.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::detail {

/// The CREATE VIRTUAL TABLE statement that a dump writes into `sqlite_schema` as a row; empty: it is another row.
inline std::string virtual_table_in(model::items<sql::token> tokens) {
    for (const sql::token& t : tokens) {
        if (t.kind != sql::token_kind::string) continue;
        const std::string text = sql::unquote(t.text);
        const model::vector<sql::token> words = sql::tokenize(std::string_view(text).substr(0, 200));
        if (words.size() > 2 && words[0].is_word("create") && words[1].is_word("virtual")) return text;
    }
    return {};
}

/// Puts a virtual table whose module this program does not have into a scratch database, as a row of its schema: it
/// can be named and its text compared, but not read.
inline void add_unknown_module(sqlite::connection& scratch, std::string_view create) {
    const sql::sqlite::parsed_schema read = sql::sqlite::read_statements(create);
    if (read.tables.empty()) return;
    const sql::sqlite::parsed_table& table = read.tables.front();
    scratch.execute("PRAGMA writable_schema = ON");
    scratch.execute("INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('table', ?1, ?1, 0, ?2)",
                    table.table.name.text, table.table.sql);
    scratch.execute("PRAGMA writable_schema = RESET");
}

} // namespace autopack_schema::detail
