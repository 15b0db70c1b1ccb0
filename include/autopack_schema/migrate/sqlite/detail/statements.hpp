// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/render.hpp>
#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/model/schema.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Makes a step of one statement.
inline step simple_step(step_kind kind, std::string_view table, std::string_view object, std::string sql,
                        std::string undo = {}) {
    step made{.kind = kind, .table = std::string(table), .object = std::string(object)};
    made.statements.push_back({statement_role::change, std::move(sql)});
    if (!undo.empty()) made.undo.push_back(std::move(undo));
    return made;
}

inline step drop_view_step(const model::schema& s, const model::view& v) {
    return simple_step(step_kind::drop_view, {}, v.name.text, "DROP VIEW " + in_main(v.name.text), view_sql(s, v));
}

inline step drop_trigger_step(const model::trigger& t) {
    return simple_step(step_kind::drop_trigger, t.table.text, t.name.text, "DROP TRIGGER " + in_main(t.name.text),
                       trigger_sql(t));
}

inline step drop_index_step(const model::schema& s, const model::table& t, const model::index& i) {
    return simple_step(step_kind::drop_index, t.name.text, i.name.text, "DROP INDEX " + in_main(i.name.text),
                       index_sql(s, t, i));
}

inline step create_index_step(const model::schema& s, const model::table& t, const model::index& i) {
    return simple_step(step_kind::create_index, t.name.text, i.name.text, index_sql(s, t, i),
                       "DROP INDEX " + in_main(i.name.text));
}

inline step create_trigger_step(const model::trigger& t) {
    return simple_step(step_kind::create_trigger, t.table.text, t.name.text, trigger_sql(t),
                       "DROP TRIGGER " + in_main(t.name.text));
}

/// Creates a view, and the INSTEAD OF triggers that went with the one it replaces (trap 11).
inline step create_view_step(const model::schema& live, const model::schema& target, const model::view& v) {
    step made =
        simple_step(step_kind::create_view, {}, v.name.text, view_sql(target, v), "DROP VIEW " + in_main(v.name.text));
    for (const model::trigger& t : target.triggers) {
        const bool kept = t.table == v.name && !t.sql.empty() && model::find(live.triggers, t.name) != nullptr;
        if (kept) made.statements.push_back({statement_role::change, std::string(t.sql)});
    }
    return made;
}

/// Creates a table with its indexes.
inline step create_table_step(const model::schema& s, const model::table& t) {
    step made = simple_step(step_kind::create_table, t.name.text, {}, table_sql(s, t, t.name.text),
                            "DROP TABLE " + in_main(t.name.text));
    for (const model::index& i : s.indexes_of(t))
        made.statements.push_back({statement_role::change, index_sql(s, t, i)});
    return made;
}

} // namespace autopack_schema::migrate::sqlite::detail
