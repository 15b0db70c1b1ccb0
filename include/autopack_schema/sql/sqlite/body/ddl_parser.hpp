// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/sqlite/ddl_parser.hpp>
#include <autopack_schema/sql/sqlite/detail/read_statements.hpp>

namespace autopack_schema::sql::sqlite {

AUTOPACK_SCHEMA_FUNCTION model::snapshot parse(std::string_view text) {
    const parsed_schema read = read_statements(text);
    model::snapshot result;
    model::builder& content = result.content();
    for (const parsed_table& t : read.tables) add_to(content, t, read.indexes);
    for (const parsed_view& v : read.views) content.add_view(v.view, v.columns);
    for (const model::trigger& t : read.triggers) content.add_trigger(t);
    for (const parsed_index& i : read.indexes) {
        if (find_table(result.view(), i.table) != nullptr) continue;
        content.add_other({.kind = "index",
                           .name = i.index.name,
                           .sql = i.index.sql,
                           .reason = "its table is not created in this text"});
    }
    for (const model::unmodelled& o : read.others) content.add_other(o);
    result.own_text();
    return result;
}

} // namespace autopack_schema::sql::sqlite
