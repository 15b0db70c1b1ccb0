// SPDX-License-Identifier: MIT
#pragma once
// What the tests of migrations share: a table with everything, and a look at databases that does not use our own reader.

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>
#include <autopack_schema/sql/sqlite/ddl_parser.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace migrate_test {

namespace aps = autopack_schema;
namespace migrate = aps::migrate;
using aps::sqlite::connection;
using autopack_schema_test::code_of;

/// A schema with everything that a rebuild can lose. `{email}` is where the column changes.
inline std::string everything_schema(std::string_view email) {
    return "CREATE TABLE org(id INTEGER PRIMARY KEY);\n"
           "CREATE TABLE users( -- kept\n"
           " id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
           " email TEXT" +
           std::string(email) +
           " COLLATE NOCASE,\n"
           " role TEXT NOT NULL DEFAULT 'user' CHECK (role IN ('user','admin')),\n"
           " org INT REFERENCES org(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,\n"
           " boss INT REFERENCES users(id) ON DELETE SET NULL,\n"
           " made TEXT DEFAULT (datetime('now')),\n"
           " login TEXT GENERATED ALWAYS AS (lower(email)) VIRTUAL,\n"
           " CONSTRAINT ck_len CHECK (length(email) > 2),\n"
           " UNIQUE (email) ON CONFLICT IGNORE);\n"
           "CREATE TABLE post(id INTEGER PRIMARY KEY, author INT REFERENCES users(id) ON DELETE CASCADE);\n"
           "CREATE TABLE note(body TEXT);\n"
           "CREATE TABLE pair(a TEXT, b INT, v TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;\n"
           "CREATE TABLE log(id INT, what TEXT);\n"
           "CREATE INDEX users_role ON users(role) WHERE role = 'admin';\n"
           "CREATE INDEX users_le ON users(substr(email,1,3));\n"
           "CREATE INDEX users_desc ON users(org DESC, email COLLATE BINARY);\n"
           "CREATE TRIGGER users_ai AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.id, 'insert'); END;\n"
           "CREATE TRIGGER users_au AFTER UPDATE ON users BEGIN INSERT INTO log VALUES (new.id, 'update'); END;\n"
           "CREATE TRIGGER post_ai AFTER INSERT ON post BEGIN UPDATE users SET role = role WHERE id = new.author; "
           "END;\n";
}

inline constexpr std::string_view everything_views =
    "CREATE VIEW v_users AS SELECT id, email FROM users;\n"
    "CREATE VIEW v_star AS SELECT * FROM v_users;\n"
    "CREATE TRIGGER v_users_ii INSTEAD OF INSERT ON v_users BEGIN INSERT INTO users(email) VALUES (new.email); END;\n";

inline constexpr std::string_view everything_rows =
    "INSERT INTO org VALUES(1);\n"
    "INSERT INTO users(email,org,made) VALUES('ann@x',1,'2025'),('bob@x',1,'2026'),('gone@x',1,'2027');\n"
    "DELETE FROM users WHERE id = 3;\n"
    "UPDATE users SET boss = 1 WHERE id = 2;\n"
    "INSERT INTO post VALUES(1,1),(2,1),(3,2);\n"
    "INSERT INTO post VALUES(9,77);\n" // an orphan that was there before
    "INSERT INTO note VALUES('a'),('b'),('c');\n"
    "DELETE FROM note WHERE body = 'a';\n"
    "INSERT INTO pair VALUES('x',1,'one'),('x',2,'two');\n"
    "DELETE FROM log;\n";

/// All texts of the first column of a query, one line each.
inline std::string lines(connection& database, const std::string& sql) {
    std::string text;
    auto rows = database.prepare(sql);
    while (rows.step()) {
        for (int i = 0; i < rows.column_count(); ++i) text += (i == 0 ? "" : "|") + std::string(rows.column_text(i));
        text += '\n';
    }
    return text;
}

/// Everything in a database, without the history: stored statements, all rows with their row numbers, sequences.
inline std::string everything_in(connection& database) {
    std::string text = lines(
        database, "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE 'autopack_schema_%' "
                  "AND name NOT LIKE 'sqlite_%' ORDER BY type, name");
    auto tables =
        database.prepare("SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND "
                         "name NOT LIKE 'autopack_schema_%' AND name NOT IN ('sqlite_schema', 'sqlite_stat1', "
                         "'sqlite_stat4') ORDER BY name");
    while (tables.step()) {
        const std::string name(tables.column_text(0));
        std::string columns = tables.column_int64(1) != 0 || name == "sqlite_sequence" ? "'-'" : "rowid";
        auto fields = database.prepare("SELECT name FROM pragma_table_xinfo(?1) ORDER BY name");
        fields.bind(1, name);
        while (fields.step()) columns += ", quote(" + aps::sqlite::quote_identifier(fields.column_text(0)) + ")";
        text +=
            name + ":\n" +
            lines(database, "SELECT " + columns + " FROM " + aps::sqlite::quote_identifier(name) + " ORDER BY 1, 2");
    }
    return text;
}

inline connection open_new(const std::filesystem::path& file) {
    return connection::open_file(file.string(), {.mode = aps::sqlite::open_mode::create, .foreign_keys = false});
}

/// Migrates to the schema of a text.
inline migrate::run_result migrate_to(connection& database, std::string_view ddl, migrate::run_options options = {}) {
    const auto wanted = aps::sql::sqlite::parse(ddl);
    return migrate::sqlite::run(database, wanted.view(), {}, options);
}

/// Options for a database in memory, or where no backup is wanted.
inline migrate::run_options without_backup(std::vector<std::string_view> allowances = {}) {
    migrate::run_options options;
    options.backup = migrate::backup_policy::none;
    for (const std::string_view a : allowances) options.rules.push_back(migrate::parse_allowance(a));
    return options;
}

/// The blockers of a migration that must be refused and change nothing.
inline std::vector<migrate::blocker> refused(connection& database, std::string_view ddl,
                                             migrate::run_options options = without_backup()) {
    const std::string before = everything_in(database);
    try {
        migrate_to(database, ddl, options);
        FAIL("the migration was not refused");
    } catch (const migrate::refused& e) {
        CHECK(everything_in(database) == before);
        CHECK_FALSE(database.in_transaction());
        return e.blockers();
    }
    return {};
}

/// A database in memory with a schema and rows.
inline connection memory_with(std::string_view sql) {
    auto database = connection::memory();
    database.enable(aps::sqlite::setting::foreign_keys, false);
    database.execute(sql);
    return database;
}

} // namespace migrate_test
