// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

/// The statement that makes an index: the stored one byte for byte where it stays as it is.
inline std::string index_sql(const model::schema& s, const model::table& t, const model::index& i) {
    return i.sql.empty() ? sql::sqlite::create_index(s, t, i, {.schema_name = "main"}) : std::string(i.sql);
}

/// The statement that makes a view: the stored one, or one from its definition.
inline std::string view_sql(const model::schema& s, const model::view& v) {
    return v.sql.empty() ? sql::sqlite::create_view(s, v, {.schema_name = "main"}) : std::string(v.sql);
}

/// The statement that makes a trigger: the stored one, or one from its definition.
inline std::string trigger_sql(const model::trigger& t) {
    return t.sql.empty() ? sql::sqlite::create_trigger(t, {.schema_name = "main"}) : std::string(t.sql);
}

/// The statement that makes a table under a name, from what is declared, never from PRAGMAs (trap 22).
inline std::string table_sql(const model::schema& s, const model::table& t, std::string_view name) {
    return sql::sqlite::create_table(s, t, {.schema_name = "main", .table_name = name});
}

/// The statement that made a table; from its definition where there is none.
inline std::string table_sql_as_stored(const model::schema& s, const model::table& t) {
    return t.sql.empty() ? sql::sqlite::create_table(s, t) : std::string(t.sql);
}

} // namespace autopack_schema::migrate::sqlite::detail
