// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/vector.hpp>

#include <sqlite3.h>

#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Compiles a statement without running it and notes why it does not.
inline void try_compile(connection& database, std::string_view what, const std::string& sql,
                        std::vector<std::string>& out) {
    try {
        database.prepare(sql);
    } catch (const error& e) {
        if (autopack_schema::sqlite::detail::is_of_the_moment(e)) throw;
        // a view takes no INSERT of its own; that says nothing about its triggers
        if (e.info().what_happened.find("because it is a view") != std::string::npos) return;
        out.push_back(std::string(what) + ": " + e.info().what_happened);
    }
}

/// Compiles what fires the triggers of a table or a view.
inline void try_triggers(connection& database, std::string_view name, model::items<std::string> columns,
                         std::vector<std::string>& out) {
    const std::string what = "a trigger of " + std::string(name);
    const std::string table = in_main(name);
    try_compile(database, what, "INSERT INTO " + table + " DEFAULT VALUES", out);
    try_compile(database, what, "DELETE FROM " + table, out);
    std::string set;
    for (const std::string& c : columns)
        set += (set.empty() ? "" : ", ") + quote_identifier(c) + " = " + quote_identifier(c);
    if (!set.empty()) try_compile(database, what, "UPDATE " + table + " SET " + set, out);
}

/// The columns of a table or view that an UPDATE can set.
inline std::vector<std::string> settable_columns(connection& database, std::string_view name) {
    std::vector<std::string> names;
    try {
        auto rows = database.prepare("SELECT name FROM pragma_table_xinfo(?1, 'main') WHERE hidden = 0");
        rows.bind(1, name);
        while (rows.step()) names.emplace_back(rows.column_text(0));
    } catch (const error& e) { // a view that does not compile: it is reported by itself
        if (autopack_schema::sqlite::detail::is_of_the_moment(e)) throw;
    }
    return names;
}

/// Switches triggers on for as long as it lives: off, none of them is compiled.
class triggers_on {
public:
    explicit triggers_on(connection& database)
        : database_(database), before_(database.is_enabled(autopack_schema::sqlite::setting::triggers)) {
        database_.enable(autopack_schema::sqlite::setting::triggers, true);
    }
    triggers_on(const triggers_on&) = delete;
    triggers_on& operator=(const triggers_on&) = delete;
    ~triggers_on() {
        if (!before_) sqlite3_db_config(database_.handle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    }

private:
    connection& database_;
    bool before_;
};

/// Lists the views and triggers that do not compile, and why (EXPLAIN without running anything).
inline std::vector<std::string> broken_statements(connection& database, const model::schema& s) {
    const triggers_on guard(database);
    std::vector<std::string> found;
    for (const model::view& v : s.views) {
        try_compile(database, "view " + std::string(v.name.text), "EXPLAIN SELECT * FROM " + in_main(v.name.text),
                    found);
    }
    model::vector<model::name> done;
    for (const model::trigger& t : s.triggers) {
        bool seen = false;
        for (const model::name& n : done) seen = seen || n == t.table;
        if (seen) continue;
        done.push_back(t.table);
        try_triggers(database, t.table.text, settable_columns(database, t.table.text), found);
    }
    return found;
}

} // namespace autopack_schema::migrate::sqlite::detail
