// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/sqlite/body/render_table.hpp>
#include <autopack_schema/sql/sqlite/render_object.hpp>

namespace autopack_schema::sql::sqlite {

AUTOPACK_SCHEMA_FUNCTION std::string create_index(const model::schema& s, const model::table& t, const model::index& i,
                                const render_options& options) {
    const bool is_renamed = !options.table_name.empty();
    std::string result = i.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    result += detail::created_name(i.name, options) + " ON ";
    result += identifier(is_renamed ? options.table_name : t.name.text) + " " + detail::key_parts(s.parts_of(i));
    if (!i.where.empty()) result += " WHERE " + detail::closed_text(i.where, false);
    return result;
}

AUTOPACK_SCHEMA_FUNCTION std::string create_view(const model::schema& s, const model::view& v, const render_options& options) {
    std::string result = "CREATE VIEW " + detail::created_name(v.name, options);
    if (v.columns.count != 0) result += " " + detail::name_list(s.names_of(v.columns));
    return result + " AS " + detail::closed_text(v.definition, false);
}

AUTOPACK_SCHEMA_FUNCTION std::string create_trigger(const model::trigger& t, const render_options& options) {
    return "CREATE TRIGGER " + detail::created_name(t.name, options) + " " + detail::closed_text(t.definition, true);
}

} // namespace autopack_schema::sql::sqlite
