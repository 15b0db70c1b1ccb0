// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/detail/render.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/schema.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

/// Runs a stored statement; the shadow tables of a virtual table are there as soon as that is.
inline void replay(connection& where, std::string_view sql) {
    try {
        where.execute(sql);
    } catch (const error& e) {
        if (e.info().what_happened.find("already exists") == std::string::npos) throw;
    }
}

/// Builds a schema without rows in memory, where changes can be tried.
/// errors: what SQLite says, where the schema needs a module, a function or a collation that this program lacks
inline connection scratch_of(const model::schema& s) {
    auto scratch = connection::memory();
    scratch.enable(autopack_schema::sqlite::setting::foreign_keys, false);
    for (const model::table& t : s.tables) {
        if (t.kind == model::table_kind::virtual_) replay(scratch, table_sql_as_stored(s, t));
    }
    for (const model::table& t : s.tables) {
        if (t.kind == model::table_kind::ordinary) replay(scratch, table_sql_as_stored(s, t));
    }
    for (const model::unmodelled& o : s.others) {
        if (!o.sql.empty()) replay(scratch, o.sql);
    }
    for (const model::table& t : s.tables) {
        for (const model::index& i : s.indexes_of(t)) scratch.execute(index_sql(s, t, i));
    }
    for (const model::view& v : s.views) scratch.execute(view_sql(s, v));
    for (const model::trigger& t : s.triggers) scratch.execute(trigger_sql(t));
    return scratch;
}

} // namespace autopack_schema::migrate::sqlite::detail
