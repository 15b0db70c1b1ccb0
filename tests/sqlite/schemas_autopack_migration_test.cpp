// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/migrate/allowance.hpp>
#include <autopack_schema/migrate/sqlite/run.hpp>
#include <autopack_schema/ops/build_144.hpp>
#include <autopack_schema/schemas/autopack.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/rows.hpp>
#include <autopack_schema_test/temp.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace autopack = aps::schemas::autopack;
namespace migrate = aps::migrate;
namespace fs = std::filesystem;
using aps::sqlite::connection;
using aps::sqlite::open_mode;
using autopack_schema_test::lost_rows;
using autopack_schema_test::read_file;
using autopack_schema_test::shared_dir;
using autopack_schema_test::temp_dir;
using autopack_schema_test::texts;

namespace {

migrate::run_result migrated(const fs::path& file, std::vector<migrate::data_rule> rules = {}) {
    connection database = connection::open_file(file.string());
    migrate::run_options options;
    options.backup = migrate::backup_policy::none;
    options.rules = std::move(rules);
    return migrate::sqlite::run(database, autopack::current, autopack::migrations, options);
}

/// What a refused migration says; empty where it was not refused. Nothing was changed then.
std::vector<migrate::blocker> refusal(const fs::path& file, std::vector<migrate::data_rule> rules = {}) {
    const std::string bytes = read_file(file);
    try {
        migrated(file, std::move(rules));
    } catch (const migrate::refused& e) {
        CHECK(read_file(file) == bytes);
        return e.blockers();
    }
    return {};
}

connection opened(const fs::path& file) { return connection::open_file(file.string()); }

std::vector<std::string> drift_of(const fs::path& file) {
    connection database = connection::open_file(file.string(), {.mode = open_mode::read_only});
    std::vector<std::string> found;
    for (const auto& f : aps::drift::check(autopack::current, database).findings) {
        if (f.level >= aps::drift::severity::semantic) found.push_back(f.kind + " " + f.object);
    }
    return found;
}

/// A file made of a fixture.
fs::path made(const temp_dir& directory, const char* fixture) {
    const fs::path file = directory / (std::string(fixture) + ".db");
    connection database = connection::open_file(file.string(), {.mode = open_mode::create, .foreign_keys = false});
    database.execute(read_file(fs::path(APS_TEST_SOURCE_DIR) / "tests/fixtures" / fixture));
    return file;
}

fs::path copied(const temp_dir& directory, const fs::path& file) {
    const fs::path copy = directory / (file.filename().string() + ".before");
    fs::copy_file(file, copy);
    return copy;
}

/// Everything that must hold of any database after its migration.
void check_migrated(const fs::path& file, const std::vector<std::string>& drift = {}) {
    CHECK(drift_of(file) == drift);
    connection database = opened(file);
    CHECK(database.query_text("PRAGMA integrity_check") == "ok");
    database.execute("INSERT INTO llm_usage_events (provider, model, role, total_tokens, prompt_tokens, "
                     "completion_tokens, created_at) "
                     "VALUES ('google', 'gemini-2.5-pro', 'builder', 18500, NULL, NULL, '2025-12-31 00:00:00.000000')");
    CHECK(database.query_int(
              "SELECT total_tokens FROM llm_usage_events WHERE prompt_tokens IS NULL ORDER BY id DESC LIMIT 1") ==
          18500);
}

void check_second_run_changes_nothing(const fs::path& file) {
    const std::string bytes = read_file(file);
    const migrate::run_result again = migrated(file);
    CHECK_FALSE(again.applied);
    CHECK(again.plan.steps.empty());
    CHECK(read_file(file) == bytes);
}

} // namespace

TEST_CASE("real databases of every age keep every row, take total-only events, and a second run changes nothing") {
    APS_NEEDS_SHARED();
    for (const char* name : {"autopack_pre144", "pre144_then_migrated_144", "real_backlog_reduced"}) {
        INFO(name);
        temp_dir directory;
        const fs::path before = *shared_dir() / "db" / (std::string(name) + ".sqlite");
        const fs::path file = autopack_schema_test::copy_shared(directory, "db/" + std::string(name) + ".sqlite");
        CHECK(migrated(file).applied);
        CHECK(lost_rows(before, file).empty());
        check_second_run_changes_nothing(file);
        check_migrated(file);
    }
}

TEST_CASE("a fresh database of BUILD-144 gets defaults, the CHECK and the ceilings that its program left out") {
    APS_NEEDS_SHARED();
    temp_dir directory;
    const fs::path before = *shared_dir() / "db/autopack_b144.sqlite";
    const fs::path file = autopack_schema_test::copy_shared(directory, "db/autopack_b144.sqlite");
    connection database = opened(file);
    REQUIRE(database.query_int("SELECT COUNT(*) FROM token_estimation_v2_events WHERE actual_max_tokens IS NULL") == 9);
    CHECK(migrated(file).applied);
    CHECK(lost_rows(before, file) ==
          std::vector<std::string>{"token_estimation_v2_events: 18 rows"}); // 9 as they were, 9 as they are
    CHECK(database.query_int("SELECT COUNT(*) FROM token_estimation_v2_events WHERE actual_max_tokens IS NULL") == 0);
    check_second_run_changes_nothing(file);
    check_migrated(file);
}

TEST_CASE("totals are the sums of the splits, and where nothing is known they stay 0") {
    APS_NEEDS_SHARED();
    temp_dir directory;
    const fs::path file = autopack_schema_test::copy_shared(directory, "db/autopack_pre144.sqlite");
    connection was = connection::open_file(file.string(), {.mode = open_mode::read_only});
    const auto sum = was.query_int("SELECT SUM(prompt_tokens + completion_tokens) FROM llm_usage_events");
    was = {};
    migrated(file);
    connection database = opened(file);
    CHECK(database.query_int("SELECT SUM(total_tokens) FROM llm_usage_events") == sum);
    CHECK(database.query_int(
              "SELECT COUNT(*) FROM llm_usage_events WHERE total_tokens <> prompt_tokens + completion_tokens") == 0);
    CHECK(database.query_int(
              "SELECT COUNT(*) FROM token_estimation_v2_events WHERE actual_max_tokens IS NOT selected_budget") == 0);
    CHECK(texts(database, "SELECT name FROM autopack_schema_history ORDER BY id") ==
          std::vector<std::string>{"pre-142", "BUILD-142", "BUILD-144"});
}

TEST_CASE("the demo has the runbook's numbers after its migration") {
    temp_dir directory;
    const fs::path file = directory / "demo.db";
    aps::ops::build_144::make_demo(aps::db::url::parse(autopack_schema_test::sqlite_url(file)));
    const fs::path before = copied(directory, file);
    CHECK(migrated(file).applied);
    CHECK(lost_rows(before, file).empty());
    connection database = opened(file);
    const auto found = aps::ops::build_144::verify(database);
    CHECK(found.counts.rows == 1543);
    CHECK(found.counts.with_total == 1320);
    CHECK(found.counts.unrecoverable == 223);
    CHECK(found.counts.sum_of_totals == 45'832'100);
    CHECK(found.criteria[0].met);
    CHECK(found.criteria[1].met);
    CHECK_FALSE(found.criteria[2].met);
    CHECK_FALSE(found.criteria[3].met);
    check_second_run_changes_nothing(file);
    check_migrated(file);
}

TEST_CASE("a half-migrated table is finished: lost totals are repaired once, right ones are left alone") {
    temp_dir directory;
    const fs::path file = made(directory, "half_migrated_144.sql");
    CHECK(migrated(file).applied);
    connection database = opened(file);
    CHECK(texts(database, "SELECT id || ': ' || total_tokens FROM llm_usage_events ORDER BY id") ==
          std::vector<std::string>{"1: 10500", "2: 15700", "3: 0", "4: 7", "5: 42"});
    CHECK(database.query_text("SELECT created_at FROM llm_usage_events WHERE id = 5") == "2025-12-29T10:00:00");
    check_second_run_changes_nothing(file); // row 3 has splits of 0: the original repairs it for ever
    database.execute("UPDATE llm_usage_events SET total_tokens = 0 WHERE id = 4");
    CHECK(migrated(file).applied); // a total that was lost later is repaired by the next run
    CHECK(database.query_int("SELECT total_tokens FROM llm_usage_events WHERE id = 4") == 7);
    check_second_run_changes_nothing(file);
    check_migrated(file);
}

TEST_CASE("what BUILD-142 left NULL is filled by a later run, over rows whose run is gone") {
    APS_NEEDS_SHARED();
    temp_dir directory;
    const fs::path file = autopack_schema_test::copy_shared(directory, "db/pre142_then_migrated_142.sqlite");
    connection database = opened(file);
    REQUIRE(database.query_int("SELECT COUNT(*) FROM token_estimation_v2_events WHERE actual_max_tokens IS NULL") == 1);
    const auto orphans = database.query_int("SELECT COUNT(*) FROM pragma_foreign_key_check");
    REQUIRE(orphans == 6);
    CHECK(migrated(file).applied); // the orphans were there before under the same keys: no reason to refuse
    CHECK(database.query_int(
              "SELECT COUNT(*) FROM token_estimation_v2_events WHERE actual_max_tokens = selected_budget") == 3);
    CHECK(database.query_int("SELECT COUNT(*) FROM pragma_foreign_key_check") == orphans);
    check_second_run_changes_nothing(file);
    check_migrated(file);
}

TEST_CASE("a database of the SQL migrations 002 to 004 becomes the current one") {
    temp_dir directory;
    const fs::path file = made(directory, "sql_004.sql");
    const fs::path before = copied(directory, file);
    CHECK(migrated(file).applied);
    CHECK(lost_rows(before, file).empty());
    connection database = opened(file);
    CHECK(texts(database, "SELECT event_id || ' ' || actual_max_tokens || ' ' || is_truncated_output FROM "
                          "token_estimation_v2_events") == std::vector<std::string>{"1 4096 0", "3 8192 0"});
    CHECK(texts(database, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '%DESC%'").empty());
    check_second_run_changes_nothing(file);
    check_migrated(file);
}

TEST_CASE("rows that the CHECK refuses stop the migration with their number, unless a mapping is given") {
    temp_dir directory;
    const fs::path file = directory / "critical.db";
    aps::ops::build_144::make_demo(aps::db::url::parse(autopack_schema_test::sqlite_url(file)));
    {
        connection database = opened(file);
        database.execute("UPDATE token_estimation_v2_events SET complexity = 'critical' WHERE event_id IN (3, 5, 8)");
    }
    const std::vector<migrate::blocker> found = refusal(file);
    REQUIRE(found.size() == 1);
    CHECK(found[0].table == "token_estimation_v2_events");
    CHECK(found[0].rows == 3);
    CHECK(found[0].examples.find("3") != std::string::npos);
    CHECK(opened(file).query_int("SELECT COUNT(*) FROM (" + found[0].query + ")") == 3);

    CHECK(migrated(file, {autopack::critical_becomes_high}).applied);
    connection database = opened(file);
    CHECK(database.query_int("SELECT COUNT(*) FROM token_estimation_v2_events") == 114);
    CHECK(database.query_int(
              "SELECT COUNT(*) FROM token_estimation_v2_events WHERE event_id IN (3, 5, 8) AND complexity = 'high'") ==
          3);
    check_second_run_changes_nothing(file);
    check_migrated(file);
}

TEST_CASE("rows without a parent stop a new foreign key with their number, unless they are allowed") {
    temp_dir directory;
    const fs::path file = directory / "orphans.db";
    aps::ops::build_144::make_demo(aps::db::url::parse(autopack_schema_test::sqlite_url(file)));
    {
        connection database =
            opened(file); // a file without the foreign keys, and the telemetry of a run that was never stored
        database.execute(
            "DROP TABLE token_budget_escalation_events;"
            "CREATE TABLE token_budget_escalation_events (event_id INTEGER NOT NULL PRIMARY KEY, run_id VARCHAR NOT "
            "NULL, "
            "phase_id VARCHAR NOT NULL, timestamp DATETIME NOT NULL, attempt_index INTEGER NOT NULL, reason VARCHAR "
            "NOT NULL, "
            "was_truncated BOOLEAN NOT NULL, output_utilization FLOAT, escalation_factor FLOAT NOT NULL, "
            "base_value INTEGER NOT NULL, base_source VARCHAR NOT NULL, retry_max_tokens INTEGER NOT NULL, "
            "selected_budget INTEGER, actual_max_tokens INTEGER, tokens_used INTEGER);"
            "INSERT INTO token_budget_escalation_events (run_id, phase_id, timestamp, attempt_index, reason, "
            "was_truncated, "
            "escalation_factor, base_value, base_source, retry_max_tokens) VALUES "
            "('unknown', 'p', '2025-12-20 08:00:00.000000', 1, 'truncation', 1, 1.25, 8192, 'selected_budget', 10240), "
            "('unknown', 'q', '2025-12-20 08:00:00.000000', 1, 'utilization', 0, 1.25, 8192, 'selected_budget', "
            "10240), "
            "('build-131', 'phase-0', '2025-12-20 08:00:00.000000', 1, 'truncation', 1, 1.25, 8192, 'tokens_used', "
            "10240)");
    }
    const fs::path before = copied(directory, file);
    const std::vector<migrate::blocker> found = refusal(file);
    REQUIRE(found.size() == 2); // the key to runs and the one to phases
    for (const migrate::blocker& b : found) CHECK(b.rows == 2);

    CHECK(migrated(file, {migrate::parse_allowance("orphans token_budget_escalation_events.run_id")}).applied);
    CHECK(lost_rows(before, file).empty());
    CHECK(opened(file).query_int("SELECT COUNT(*) FROM pragma_foreign_key_check") == 4);
    check_second_run_changes_nothing(file);
    check_migrated(file);
}

TEST_CASE("columns, indexes, views, triggers and tables that the pack does not know stay") {
    temp_dir directory;
    const fs::path file = directory / "more.db";
    aps::ops::build_144::make_demo(aps::db::url::parse(autopack_schema_test::sqlite_url(file)));
    {
        connection database = opened(file);
        database.execute("ALTER TABLE llm_usage_events ADD COLUMN client_id VARCHAR; UPDATE llm_usage_events SET "
                         "client_id = 'c' || id;"
                         "CREATE INDEX ix_client_created ON llm_usage_events (client_id, created_at);"
                         "CREATE VIEW v_by_client AS SELECT client_id, SUM(prompt_tokens) AS prompt FROM "
                         "llm_usage_events GROUP BY 1;"
                         "CREATE TABLE audit (event INTEGER REFERENCES llm_usage_events (id), note TEXT);"
                         "CREATE TRIGGER t_audit AFTER INSERT ON llm_usage_events BEGIN INSERT INTO audit VALUES "
                         "(new.id, 'new'); END");
    }
    const fs::path before = copied(directory, file);
    migrated(file);
    CHECK(lost_rows(before, file).empty());
    {
        connection database = opened(file);
        CHECK(texts(database, "SELECT name FROM sqlite_schema WHERE name IN ('ix_client_created', 'v_by_client', "
                              "'audit', 't_audit') ORDER BY name") ==
              std::vector<std::string>{"audit", "ix_client_created", "t_audit", "v_by_client"});
        CHECK(database.query_int("SELECT COUNT(*) FROM v_by_client") == 1543);
        CHECK(database.query_int("SELECT COUNT(*) FROM audit") == 0); // copying is not inserting
    }
    check_second_run_changes_nothing(file);
    check_migrated(file, {"trigger.extra t_audit"});
    CHECK(opened(file).query_int("SELECT COUNT(*) FROM audit") == 1);
}

TEST_CASE("an empty file becomes a complete database") {
    temp_dir directory;
    const fs::path file = directory / "new.db";
    connection::open_file(file.string(), {.mode = open_mode::create}).execute("PRAGMA user_version = 0");
    CHECK(migrated(file).applied);
    check_second_run_changes_nothing(file);
    check_migrated(file);
}
