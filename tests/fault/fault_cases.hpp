// SPDX-License-Identifier: MIT
#pragma once
// The migrations that are broken off at every operation, and what must hold of a database afterwards.

#include <autopack_schema/schemas/autopack.hpp>
#include <autopack_schema/schemas/run_metadata.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/dump.hpp>
#include <autopack_schema_test/temp.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "../sqlite/migrate_support.hpp"
#include "way_cases.hpp"

namespace fault_test {

namespace aps = autopack_schema;
namespace fs = std::filesystem;
namespace migrate = aps::migrate;
using aps::sqlite::connection;

/// A database and what it is migrated to.
struct migration_case {
    std::string name;
    std::string script; ///< makes the database
    aps::model::snapshot target;
    aps::model::items<migrate::migration_view> chain{};
    std::size_t steps_before = 0; ///< migrations of the chain that have been applied to it
    std::vector<std::string> allowances{};
    std::string settings{};                      ///< before the first table is made
    const aps::model::schema* back_to = nullptr; ///< the way back, to this version
};

enum class journal : std::uint8_t { remove, truncate, wal };
inline constexpr std::string_view journal_names[] = {"DELETE", "TRUNCATE", "WAL"};

/// Usage and estimations of a run, in the oldest version of the pack.
inline std::string autopack_rows() {
    return "INSERT INTO runs (id) VALUES ('r1'), ('r2');"
           "INSERT INTO tiers (id, tier_id, run_id, tier_index, name) VALUES (1, 'T1', 'r1', 0, 'one'), (7, 'T1', "
           "'r2', 0, 'x');"
           "INSERT INTO phases (id, phase_id, run_id, tier_id, phase_index, name) VALUES (1, 'p1', 'r1', 1, 0, 'a'), "
           "(5, 'p2', 'r1', 1, 1, 'b'), (9, 'p1', 'r2', 7, 0, 'c');"
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) "
           "INSERT INTO llm_usage_events (id, provider, model, run_id, role, prompt_tokens, completion_tokens, "
           "created_at) "
           "SELECT i * 3, 'p' || i % 3, 'model', 'r1', 'builder', i * 100, i, '2025-12-01T00:00:' || i FROM n;"
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) "
           "INSERT INTO token_estimation_v2_events (run_id, phase_id, timestamp, category, complexity, "
           "deliverable_count, "
           "deliverables_json, predicted_output_tokens, actual_output_tokens, selected_budget, success, model, "
           "created_at) "
           "SELECT 'r1', 'p1', '2025-12-24 09:00:00', 'docs', 'low', i, '[\"a.md\"]', i, i + 1, 4096 + i, i % 2, 'm', "
           "'2025-12-24 09:00:00' FROM n;"
           "DELETE FROM token_estimation_v2_events WHERE event_id IN (3, 30);"
           "UPDATE runs SET created_at = '2025-12-01', updated_at = '2025-12-01';"
           "UPDATE tiers SET created_at = '2025-12-01', updated_at = '2025-12-01';"
           "UPDATE phases SET created_at = '2025-12-01', updated_at = '2025-12-01';";
}

inline std::string run_metadata_rows() {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) "
           "INSERT INTO runs (run_id, template_id, cost_usd, status) SELECT 'run_' || i, 't', i / 8.0, 'completed' "
           "FROM n;"
           "DELETE FROM runs WHERE run_id = 'run_1';";
}

/// Each migration of a pack by itself, and all of them at once.
inline void add_pack(std::vector<migration_case>& cases, const aps::schemas::pack& pack, const std::string& rows) {
    const std::string script = aps::sql::sqlite::ddl(pack.versions[0]) + rows;
    const std::size_t count = pack.migrations.size();
    for (std::size_t i = 0; i < count; ++i) {
        cases.push_back({std::string(pack.name) + " " + std::string(pack.migrations[i].name), script,
                         aps::model::snapshot::copy_of(pack.versions[i + 1]), pack.migrations.first(i + 1), i});
    }
    if (count > 1)
        cases.push_back({std::string(pack.name) + " chain", script, aps::model::snapshot::copy_of(pack.current()),
                         pack.migrations, 0});
}

/// There with a step in C++, and back, over one version and over both.
inline void add_ways(std::vector<migration_case>& cases) {
    const aps::model::items<migrate::migration_view> chain = way::chain;
    static const aps::model::schema v1 = way::v1::schema, v2 = way::v2::schema, v3 = way::v3::schema;
    const std::string script(way::script);
    cases.push_back({"step in C++", script, aps::model::snapshot::copy_of(v3), chain, 0});
    cases.push_back({"back to v2", script, aps::model::snapshot::copy_of(v3), chain, 2, {}, {}, &v2});
    cases.push_back({"back to v1", script, aps::model::snapshot::copy_of(v3), chain, 2, {}, {}, &v1});
}

/// Every migration of both packs; the table with everything; renamings, additions and removals in place; the way back. Of
/// these APS_FAULT_CASE=text takes those whose name has the text.
inline std::vector<migration_case> all_cases() {
    using migrate_test::everything_schema, migrate_test::everything_views, migrate_test::everything_rows;
    std::vector<migration_case> cases;
    const std::string views(everything_views);
    const std::string more = "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 40) "
                             "INSERT INTO users(id, email, org, made) SELECT i, 'user' || i || '@x', 1, '2025' FROM n; "
                             "DELETE FROM users WHERE id = 40; DELETE FROM log; ANALYZE;";
    cases.push_back({"everything", everything_schema("") + views + std::string(everything_rows) + more,
                     aps::sql::sqlite::parse(everything_schema(" NOT NULL") + views)});
    add_pack(cases, aps::schemas::autopack::pack, autopack_rows());
    add_pack(cases, aps::schemas::run_metadata::pack, run_metadata_rows());
    cases.push_back(
        {"in place",
         "CREATE TABLE a(id INTEGER PRIMARY KEY, old TEXT, gone TEXT); CREATE TABLE b(x INT); CREATE INDEX i ON a(old);"
         "INSERT INTO a VALUES (1, 'x', 'y'), (4, NULL, 'z'); INSERT INTO b VALUES (1), (2);",
         aps::sql::sqlite::parse("CREATE TABLE a(id INTEGER PRIMARY KEY, old TEXT, more INT DEFAULT 5);"
                                 "CREATE TABLE c(y TEXT); CREATE INDEX j ON a(more); CREATE INDEX i ON a(old);"
                                 "CREATE VIEW v AS SELECT more FROM a;"),
         {},
         0,
         {"drop column a.gone", "drop table b"}});
    cases.push_back({"smaller file",
                     "CREATE TABLE a(id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE b(x TEXT);"
                     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO b "
                     "SELECT printf('%500d', i) FROM n;"
                     "INSERT INTO a VALUES (1, 'x'), (4, 'y');",
                     aps::sql::sqlite::parse("CREATE TABLE a(id INTEGER PRIMARY KEY, v TEXT NOT NULL)"),
                     {},
                     0,
                     {"drop table b"},
                     "PRAGMA auto_vacuum = FULL;"});
    add_ways(cases);
    if (const char* const only = std::getenv("APS_FAULT_CASE"); only != nullptr && *only != '\0')
        std::erase_if(cases, [&](const migration_case& c) { return c.name.find(only) == std::string::npos; });
    return cases;
}

inline migrate::run_options options_for(const migration_case& c) {
    migrate::run_options options;
    options.busy_timeout_ms = 50;
    options.commit_timeout_ms = 50;
    for (const std::string& a : c.allowances) options.rules.push_back(migrate::parse_allowance(a));
    return options;
}

inline migrate::run_result migrate_case(connection& database, const migration_case& c, migrate::run_options options) {
    if (c.back_to != nullptr) return migrate::sqlite::downgrade(database, c.chain, *c.back_to, options);
    return migrate::sqlite::run(database, c.target.view(), c.chain, options);
}

/// Makes the database of a case, small pages, so that there are many.
inline void make_template(const migration_case& c, journal mode, const fs::path& file) {
    auto database = migrate_test::open_new(file);
    database.execute("PRAGMA page_size = 1024;" + c.settings);
    if (mode == journal::wal) database.execute("PRAGMA journal_mode = WAL");
    database.execute("BEGIN;" + c.script + "COMMIT");
    if (c.steps_before == 0) return;
    const auto before = c.chain.first(c.steps_before);
    migrate::run_options options;
    options.backup = migrate::backup_policy::none;
    migrate::sqlite::run(database, before.back().to, before, options);
}

/// Opens the database and migrates it as a program would; few pages of cache, so that some are written before the end.
inline migrate::run_result open_and_migrate(connection& database, const migration_case& c, journal mode,
                                            const fs::path& file) {
    database = connection::open_file(file.string());
    if (mode == journal::truncate) database.execute("PRAGMA journal_mode = TRUNCATE");
    database.execute("PRAGMA cache_size = 12");
    return migrate_case(database, c, options_for(c));
}

/// A migration on one kind of journal, with the two states in which its database may be.
struct prepared_case {
    const migration_case& what;
    journal mode;
    std::string bytes;  ///< of the file before
    std::string before; ///< by an independent look
    std::string after;

    fs::path place(const autopack_schema_test::temp_dir& folder) const {
        return autopack_schema_test::write_file(folder / "a.db", bytes);
    }
};

inline prepared_case prepare(const migration_case& c, journal mode) {
    const autopack_schema_test::temp_dir folder;
    const fs::path file = folder / "a.db";
    make_template(c, mode, file);
    prepared_case made{c, mode, autopack_schema_test::read_file(file), autopack_schema_test::dump_file(file), {}};
    {
        connection database;
        REQUIRE(open_and_migrate(database, c, mode, file).applied);
    }
    made.after = autopack_schema_test::dump_file(file);
    REQUIRE(made.after != made.before);
    REQUIRE(made.before.starts_with("ok\n"));
    REQUIRE(made.after.starts_with("ok\n"));
    return made;
}

/// Checks a database that was left behind: before or after, nothing between, and the next run brings it to the end.
/// shape: true: after
inline bool check_left_behind(const prepared_case& c, const fs::path& file) {
    const bool alone = !fs::exists(file.string() + "-journal") && !fs::exists(file.string() + "-wal");
    if (alone && autopack_schema_test::read_file(file) == c.bytes) return false; // not a byte was changed
    const std::string found = autopack_schema_test::dump_file(file);
    const bool done = found == c.after;
    CHECK((done || found == c.before));
    connection database;
    const auto again = open_and_migrate(database, c.what, c.mode, file);
    CHECK(again.applied == !done);
    database = {};
    CHECK(autopack_schema_test::dump_file(file) == c.after);
    return done;
}

/// A backup under its own name, not one that is still being written, nor what SQLite puts beside it.
inline bool is_complete_backup(const std::string& name) {
    return name.starts_with("a.db.backup-2") && name.find(".partial-") == std::string::npos &&
           !name.ends_with("-wal") && !name.ends_with("-shm") && !name.ends_with("-journal");
}

/// Checks the other files of the folder: a backup that has its name is complete, and where the program went on after the
/// error, nothing half is there.
inline int check_other_files(const prepared_case& c, const fs::path& folder, bool killed) {
    int backups = 0;
    for (const auto& e : fs::directory_iterator(folder)) {
        const std::string name = e.path().filename().string();
        INFO(name);
        if (is_complete_backup(name)) {
            CHECK(autopack_schema_test::dump_file(e.path()) == c.before);
            ++backups;
        } else if (!killed) {
            CHECK((name == "a.db" || name == "a.db-journal" || name == "a.db-wal" || name == "a.db-shm"));
        }
    }
    return backups;
}

/// Which of many runs are made: about `most`, others every day; APS_FAULT_STRIDE=1 all, =n every n-th, APS_FAULT_OFFSET
/// which of the n.
class sample {
public:
    sample(std::size_t total, std::size_t most)
        : stride_(number("APS_FAULT_STRIDE", total / most + 1)),
          offset_(number("APS_FAULT_OFFSET", static_cast<std::size_t>(std::time(nullptr) / 86400)) % stride_) {}

    bool has(std::size_t i) const { return i % stride_ == offset_; }

private:
    static std::size_t number(const char* variable, std::size_t otherwise) {
        const char* const text = std::getenv(variable);
        return text == nullptr || *text == '\0' ? otherwise
                                                : std::max<std::size_t>(std::strtoull(text, nullptr, 10), 1);
    }

    std::size_t stride_, offset_;
};

} // namespace fault_test
