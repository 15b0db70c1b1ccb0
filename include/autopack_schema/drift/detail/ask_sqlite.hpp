// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/drift/detail/program.hpp>
#include <autopack_schema/drift/detail/scratch_copy.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/model/schema.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::drift::detail {

/// Two copies of one object, with what SQLite thinks of them: the worst answer, and the statement that gave it.
struct asked {
    scratch_copy& expected;
    scratch_copy& actual;
    opinion worst = opinion::same;
    std::string statement{};

    void note(opinion answer, const std::string& sql) {
        if (answer == opinion::unknown || worst == opinion::unknown || answer <= worst) return;
        worst = answer;
        statement = sql;
    }

    void ask(const std::string& sql) {
        note(compare(explain(expected.database, expected.pages, sql), explain(actual.database, actual.pages, sql)), sql);
    }
};

inline std::string parameters(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "?" : ", ?";
    return text;
}

/// A default as SQLite itself stores it, of a column of that type: "text 'x'"; only for literals.
inline std::string stored_default(sqlite::connection& database, const model::table& t, const model::column& c) {
    sqlite::statement row = database.prepare("SELECT type, dflt_value FROM pragma_table_xinfo(?1, 'main') WHERE name = ?2 COLLATE NOCASE");
    row.bind_all(t.name.text, c.name.text);
    if (!row.step() || row.column_is_null(1)) return "null NULL";
    const std::string type = row.column_text(0).empty() ? "" : sqlite::quote_identifier(row.column_text(0));
    const std::string clause(row.column_text(1));
    auto probe = sqlite::connection::memory();
    probe.execute("CREATE TABLE p (x INT, c " + type + " DEFAULT " + clause + (t.strict ? "\n) STRICT" : "\n)") +
                  "; INSERT INTO p (x) VALUES (1)");
    return probe.query_text("SELECT typeof(c) || ' ' || quote(c) FROM p");
}

/// The program that fills in the default of a column, where it is an expression.
inline program default_program(sqlite::connection& database, const model::table& t, const model::column& c) {
    sqlite::statement row = database.prepare("SELECT dflt_value FROM pragma_table_xinfo(?1, 'main') WHERE name = ?2 COLLATE NOCASE");
    row.bind_all(t.name.text, c.name.text);
    if (!row.step() || row.column_is_null(0)) return {};
    const std::string clause(row.column_text(0));
    auto probe = sqlite::connection::memory();
    probe.execute("CREATE TABLE p (x, c DEFAULT (" + clause + "\n))");
    return explain(probe, {}, "INSERT INTO p (x) VALUES (1)");
}

/// Compares a default by what SQLite makes of it.
inline void ask_default(asked& a, const model::table& t, const model::column& wanted, const model::column& seen) {
    const auto is_expression = [](const model::column& c) { return c.default_to.kind == model::default_kind::expression; };
    const std::string name = "the default of " + std::string(wanted.name.text);
    if (is_expression(wanted) != is_expression(seen)) return a.note(opinion::different, name);
    try {
        const bool same = is_expression(wanted)
                              ? compare(default_program(a.expected.database, t, wanted),
                                        default_program(a.actual.database, t, seen)) == opinion::same
                              : stored_default(a.expected.database, t, wanted) == stored_default(a.actual.database, t, seen);
        if (!same) a.note(opinion::different, name);
    } catch (const error&) { // a default that only one of them could take is seen elsewhere
    }
}

/// Asks for everything that can be done to a table by the columns that both sides have.
inline void ask_table(asked& a, const model::schema& expected, const model::schema& actual, const model::table& wanted,
                      const model::table& seen) {
    const std::string table = "main." + sqlite::quote_identifier(wanted.name.text);
    std::string names;
    std::size_t writable = 0;
    for (const model::column& c : expected.columns_of(wanted)) {
        const model::column* const there = model::find_column(actual, seen, c.name);
        if (there == nullptr) {
            a.note(opinion::different, "the columns");
            continue;
        }
        const std::string column = sqlite::quote_identifier(c.name.text);
        a.ask("SELECT " + column + " FROM " + table + " WHERE " + column + " = ?1");
        a.ask("SELECT rowid FROM " + table + " ORDER BY " + column);
        if (c.generated != there->generated) a.note(opinion::different, "the columns");
        if (c.generated != model::generated_kind::none || there->generated != model::generated_kind::none) continue;
        ask_default(a, wanted, c, *there);
        a.ask("UPDATE " + table + " SET " + column + " = ?1 WHERE ?2");
        names += (writable++ == 0 ? "" : ", ") + column;
    }
    if (wanted.columns.count != seen.columns.count) a.note(opinion::different, "the columns");
    if (writable != 0) a.ask("INSERT INTO " + table + " (" + names + ") VALUES (" + parameters(writable) + ")");
    a.ask("DELETE FROM " + table + " WHERE ?1");
}

/// In a STRICT table NOT NULL is implied by the key; written out, SQLite drops the row number from the key's index, which
/// says nothing of what the table accepts.
inline bool writes_implied_not_null(const model::schema& expected, const model::schema& actual,
                                    const model::table& wanted, const model::table& seen) {
    if (!wanted.strict || !seen.strict || wanted.without_rowid) return false;
    for (const model::key_part& p : expected.parts_of(wanted.key)) {
        const model::column* const a = model::find_column(expected, wanted, p.text);
        const model::column* const b = model::find_column(actual, seen, p.text);
        if (a != nullptr && b != nullptr && a->nullable != b->nullable) return true;
    }
    return false;
}

inline std::vector<std::string> column_names(sqlite::connection& database, const std::string& sql) {
    std::vector<std::string> names;
    try {
        const sqlite::statement query = database.prepare(sql);
        for (int i = 0; i < query.column_count(); ++i) names.emplace_back(query.column_name(i));
    } catch (const error&) { // the program says it too
    }
    return names;
}

/// Asks what a view gives, and what its triggers do.
inline void ask_view(asked& a, std::string_view name) {
    const std::string view = "main." + sqlite::quote_identifier(name);
    const std::string sql = "SELECT * FROM " + view;
    a.ask(sql);
    const auto wanted = column_names(a.expected.database, sql);
    if (wanted != column_names(a.actual.database, sql)) a.note(opinion::different, sql);
    if (wanted.empty()) { // it reads what is not there
        if (a.worst == opinion::same) a.worst = opinion::unknown;
        return;
    }
    a.ask("INSERT INTO " + view + " VALUES (" + parameters(wanted.size()) + ")");
    a.ask("DELETE FROM " + view + " WHERE ?1");
    for (const std::string& c : wanted) {
        a.ask("UPDATE " + view + " SET " + sqlite::quote_identifier(c) + " = ?1 WHERE ?2");
    }
}

} // namespace autopack_schema::drift::detail
