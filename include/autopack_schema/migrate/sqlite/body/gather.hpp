// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/sqlite/detail/broken.hpp>
#include <autopack_schema/migrate/sqlite/detail/row_source.hpp>
#include <autopack_schema/migrate/sqlite/fingerprint.hpp>
#include <autopack_schema/migrate/sqlite/gather.hpp>
#include <autopack_schema/model/items.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <string>

namespace autopack_schema::migrate::sqlite {

namespace detail {

/// Counts the rows that a rule would change now; -1 where its column or something in its expression is not there yet.
inline std::int64_t count_rows_to_fill(connection& database, const model::schema& live, const data_rule& rule) {
    const model::table* const t = model::find_table(live, rule.table);
    if (rule.is_allowance() || t == nullptr || model::find_column(live, *t, rule.name) == nullptr) return -1;
    const std::string from = " FROM " + in_main(t->name.text) + " WHERE ";
    // Its expression may name a column that went when it was applied: it is not asked where there is nothing to fill.
    if (rule.kind == rule_kind::backfill && rule.when.empty() &&
        database.query_int("SELECT EXISTS (SELECT 1" + from + quote_identifier(rule.name.text) + " IS NULL)") == 0) {
        return 0;
    }
    try {
        return database.query_int("SELECT count(*)" + from + rows_to_fill_predicate(rule));
    } catch (const error& e) {
        if (e.code() == "S215") return -1; // no such column: it comes with the same plan
        throw;
    }
}

inline bool has_statistics(connection& database, std::string_view table) {
    if (database.query_int("SELECT count(*) FROM main.sqlite_schema WHERE name = 'sqlite_stat1'") == 0) return false;
    return database.query_int("SELECT count(*) FROM main.sqlite_stat1 WHERE tbl = ?1 COLLATE NOCASE", table) != 0;
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION facts gather(connection& database, const model::schema& live, model::items<data_rule> rules) {
    facts known;
    known.version = sqlite3_libversion_number();
    known.fingerprint = fingerprint(database);
    known.broken = detail::broken_statements(database, live);
    for (const data_rule& r : rules) known.rows_to_fill.push_back(detail::count_rows_to_fill(database, live, r));
    return known;
}

AUTOPACK_SCHEMA_FUNCTION void gather_rows(connection& database, const model::schema& live, const plan& p, facts& known) {
    for (const step& s : p.steps) {
        const model::table* const t = model::find_table(live, model::name(s.table));
        if (t == nullptr || t->kind != model::table_kind::ordinary || !known.of(t->name).name.empty()) continue;
        known.tables.push_back({std::string(t->name.text),
                                database.query_int("SELECT count(*) FROM " + detail::in_main(t->name.text)),
                                detail::has_statistics(database, t->name.text)});
    }
}

} // namespace autopack_schema::migrate::sqlite
