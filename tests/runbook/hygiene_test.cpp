// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/ops/db_identity.hpp>
#include <autopack_schema/ops/stale_queued.hpp>
#include <autopack_schema/ops/telemetry_seeding.hpp>
#include <autopack_schema/schemas/autopack.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/rows.hpp>
#include <autopack_schema_test/temp.hpp>
#include <autopack_schema_test/vectors.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;
namespace pack = aps::schemas::autopack;
using aps::sqlite::connection;
using aps::sqlite::open_mode;
using autopack_schema_test::caught;
using autopack_schema_test::temp_dir;
using autopack_schema_test::texts;
using autopack_schema_test::vectors;
using json = nlohmann::ordered_json;

namespace {

const aps::timestamp now = *aps::timestamp::parse("2026-01-01 00:00:00");

connection new_database() {
    connection database = connection::memory();
    database.execute(aps::sql::sqlite::ddl(pack::build_144::version));
    return database;
}

void add_phase(connection& database, const json& phase) {
    const auto age = std::chrono::microseconds(std::llround(phase.at("age_minutes").get<double>() * 60e6));
    const std::string since = aps::timestamp(now.time() - age).to_string();
    const auto run = phase.at("run_id").get<std::string>();
    database.execute("INSERT OR IGNORE INTO runs (id) VALUES (?1)", run);
    database.execute("INSERT INTO tiers (tier_id, run_id, tier_index, name) SELECT 'T', ?1, 0, 'T' "
                     "WHERE NOT EXISTS (SELECT 1 FROM tiers WHERE run_id = ?1)",
                     run);
    database.execute(
        "INSERT INTO phases (phase_id, run_id, tier_id, phase_index, name, state, updated_at, last_failure_reason) "
        "SELECT ?1, ?2, id, 0, 'n', ?3, ?4, ?5 FROM tiers WHERE run_id = ?2",
        phase.at("phase_id").get<std::string>(), run, phase.at("state").get<std::string>(), since,
        phase.at("last_failure_reason").is_null() ? std::optional<std::string>()
                                                  : phase.at("last_failure_reason").get<std::string>());
}

/// The rows of a query as JSON objects, without the columns that are times.
json rows_of(connection& database, const std::string& sql) {
    json all = json::array();
    auto row = database.prepare(sql);
    while (row.step()) {
        json& object = all.emplace_back(json::object());
        for (int i = 0; i < row.column_count(); ++i) {
            json& value = object[std::string(row.column_name(i))];
            if (row.column_is_null(i)) continue;
            if (row.column_type(i) == aps::sqlite::value_type::integer)
                value = row.column_int64(i);
            else
                value = std::string(row.column_text(i));
        }
    }
    return all;
}

/// The report up to its recommendations, which name programs.
std::string findings_of(const std::string& report) { return report.substr(0, report.find("RECOMMENDATIONS")); }

} // namespace

TEST_CASE("stale phases are found and reported as the original does") {
    APS_NEEDS_VECTORS("stale");
    const json v = vectors("stale");
    REQUIRE(v.at("now") == now.to_iso_string() + "Z");
    connection database = new_database();
    for (const json& phase : v.at("phases")) add_phase(database, phase);
    REQUIRE(v.at("detect").size() == 3);
    for (const json& c : v.at("detect")) {
        const auto minutes = c.at("max_age_minutes").get<int>();
        INFO(minutes);
        const auto stale = ops::find_stale_queued(database, now, std::chrono::minutes(minutes));
        json found = json::array();
        for (const auto& phase : stale) found.push_back({phase.run_id, phase.phase_id, phase.minutes});
        CHECK(found == c.at("stale"));
        std::string theirs = findings_of(c.at("report").get<std::string>());
        if (theirs.back() != '\n' && theirs.back() != '=') theirs += "\n";
        CHECK(findings_of(ops::stale_report(stale)) == theirs);
    }
}

TEST_CASE("stale phases are marked with the texts of the original") {
    APS_NEEDS_VECTORS("stale");
    const json v = vectors("stale");
    int marking = 0;
    for (const json& c : v.at("main")) {
        const auto argv = c.at("argv").get<std::vector<std::string>>();
        // Ruling 16: with --report-only nothing is marked, whatever the original does; the command lines are in stale_test.py.
        if (argv.empty() || argv.front() != "--mark-failed" || argv[1] == "--report-only") continue;
        ++marking;
        connection database = new_database();
        for (const json& phase : v.at("phases")) add_phase(database, phase);
        for (const auto& phase : ops::find_stale_queued(database, now, std::chrono::minutes(std::stoi(argv[2])))) {
            CHECK(ops::mark_stale_failed(database, phase, now));
            CHECK_FALSE(ops::mark_stale_failed(database, phase, now)); // it is no longer QUEUED
        }
        CHECK(
            rows_of(
                database,
                "SELECT run_id, phase_id, state, last_failure_reason FROM phases WHERE state = 'FAILED' ORDER BY id") ==
            c.at("after"));
    }
    CHECK(marking == 2);
}

TEST_CASE("a phase without times is not stale, and one with a T in its time can be") {
    connection database = new_database();
    add_phase(database, {{"run_id", "r"},
                         {"phase_id", "p"},
                         {"state", "QUEUED"},
                         {"age_minutes", 90},
                         {"last_failure_reason", nullptr}});
    CHECK(ops::find_stale_queued(database, now, std::chrono::minutes(90)).empty());
    CHECK(ops::find_stale_queued(database, now, std::chrono::minutes(89)).size() == 1);
    database.execute("UPDATE phases SET updated_at = '2025-12-31T20:00:00'");
    CHECK(ops::find_stale_queued(database, now, std::chrono::minutes(1)).front().minutes == 240);
    database.execute("UPDATE phases SET updated_at = 'never', created_at = 'nor then'");
    CHECK(ops::find_stale_queued(database, now, std::chrono::minutes(1)).empty());
    connection none = connection::memory();
    CHECK(caught([&] { ops::find_stale_queued(none, now, std::chrono::minutes(1)); }).code() == "S412");
}

TEST_CASE("the seeding run is that of the original, row by row") {
    APS_NEEDS_VECTORS("scripts");
    const json v = vectors("scripts").at("seed_rows");
    connection database = new_database();
    ops::seeding::create_run(database, now);
    for (const auto& [table, key] :
         {std::pair{"runs", "run"}, std::pair{"tiers", "tier"}, std::pair{"phases", "phases"}}) {
        std::string columns;
        for (const auto& [name, value] : v.at(key).front().items()) columns += (columns.empty() ? "" : ", ") + name;
        CHECK(rows_of(database, "SELECT " + columns + " FROM " + table + " ORDER BY 1") == v.at(key));
    }
}

TEST_CASE("the seeding run is created once, or not at all") {
    connection database = new_database();
    ops::seeding::create_run(database, now);
    CHECK(database.query_int("SELECT COUNT(*) FROM phases WHERE state = 'QUEUED'") == 10);
    CHECK(
        database.query_text(
            "SELECT group_concat(n || ' ' || task_category || ' ' || complexity, ', ') FROM (SELECT task_category, "
            "complexity, COUNT(*) AS n FROM phases GROUP BY 1, 2 ORDER BY 1, 2)") ==
        "1 docs low, 2 implementation low, 4 implementation medium, 1 tests low, 2 tests medium"); // ruling 18: the data as it is
    CHECK(ops::seeding::created_text().find("implementation: 6 (2 low, 4 medium)") != std::string::npos);
    const auto again = caught([&] { ops::seeding::create_run(database, now); });
    CHECK(again.code() == "S421");
    CHECK(again.says("DELETE FROM phases"));
    CHECK(database.query_int("SELECT COUNT(*) FROM phases") == 10);
    connection broken = new_database();
    broken.execute("CREATE TRIGGER no_tenth BEFORE INSERT ON phases WHEN NEW.phase_index = 9 BEGIN SELECT RAISE(ABORT, "
                   "'no'); END");
    CHECK_THROWS_AS(ops::seeding::create_run(broken, now), aps::error);
    CHECK(broken.query_int("SELECT COUNT(*) FROM runs") == 0);
    connection none = connection::memory();
    CHECK(caught([&] { ops::seeding::create_run(none, now); }).code() == "S412");
}

TEST_CASE("the identity of the real backlog has the numbers that the original counted") {
    APS_NEEDS_SHARED();
    const json real = vectors("identity").at("real_legacy_db");
    const auto file = *autopack_schema_test::shared_dir() / "db" / "real_backlog_reduced.sqlite";
    const std::string before = autopack_schema_test::read_file(file);
    const auto where = aps::db::url::parse(autopack_schema_test::sqlite_url(file));
    connection database = connection::open(where, {.mode = open_mode::read_only});
    const auto identity = ops::read_identity(database, where);
    CHECK(identity.runs == real.at("runs").get<std::int64_t>());
    CHECK(identity.phases == real.at("phases").get<std::int64_t>());
    CHECK(identity.file == file.string());
    CHECK(identity.size == static_cast<std::int64_t>(before.size()));
    CHECK(identity.modified.has_value());
    const auto states = ops::read_phase_states(database);
    json by_state = json::object();
    for (const auto& [state, count] : states.states) by_state[state] = count;
    for (const auto& [state, count] : real.at("by_state").items()) CHECK(by_state.at(state) == count);
    CHECK(states.total == real.at("phases").get<std::int64_t>());
    CHECK(autopack_schema_test::read_file(file) == before);
}

TEST_CASE("the sample of the original is counted as it counted") {
    APS_NEEDS_VECTORS("identity");
    const json sample = vectors("identity").at("sample_counts");
    connection database = new_database();
    for (const char* run : {"r1", "r2"}) {
        database.execute("INSERT INTO runs (id) VALUES (?1)", run);
        database.execute("INSERT INTO tiers (tier_id, run_id, tier_index, name) VALUES ('T', ?1, 0, 'T')", run);
    }
    int index = 0;
    for (const auto& [state, count] : sample.at("by_state").items()) {
        for (int i = 0; i < count.get<int>(); ++i) {
            database.execute("INSERT INTO phases (phase_id, run_id, tier_id, phase_index, name, state) VALUES (?1, "
                             "'r1', 1, ?2, 'n', ?3)",
                             "p" + std::to_string(index), index, state);
            ++index;
        }
    }
    for (int i = 0; i < sample.at("v2").at("total").get<int>(); ++i) {
        database.execute(
            "INSERT INTO token_estimation_v2_events (run_id, phase_id, category, complexity, deliverable_count, "
            "deliverables_json, predicted_output_tokens, actual_output_tokens, selected_budget, success, truncated, "
            "model) "
            "VALUES ('r1', 'p0', ?1, 'low', 1, '[]', 1, 1, 1, ?2, ?3, 'm')",
            i % 2 == 0 ? "tests" : "docs", i < sample.at("v2").at("success").get<int>(),
            i < sample.at("v2").at("truncated").get<int>());
    }
    const auto states = ops::to_text(ops::read_phase_states(database));
    CHECK(states == "Phase State Breakdown:\n  COMPLETE: 2\n  FAILED: 3\n  QUEUED: 1\n  EXECUTING: 1\n  GATE: 1\n  "
                    "SKIPPED: 1\n  TOTAL: 9\n");
    CHECK(ops::to_text(ops::read_telemetry_statistics(database)) ==
          "Telemetry Statistics:\n  Total events (v2): 9\n  Success=True: 6 (66.7%)\n  Truncated=True: 2 (22.2%)\n"
          "  Escalation events: 0\n\n  By category (success only):\n    docs: 3\n    tests: 3\n\n"
          "  By complexity (success only):\n    low: 6\n");
}

TEST_CASE("an empty database is refused unless it is allowed, and passwords are masked") {
    connection database = new_database();
    const auto where = aps::db::url::parse("postgresql://user:secret@host/autopack");
    const auto identity = ops::read_identity(database, where); // only the text of the URL matters here
    CHECK(ops::to_text(identity).find("secret") == std::string::npos);
    CHECK(ops::to_text(identity).find("DATABASE_URL: postgresql://user:***@host/autopack\n") != std::string::npos);
    const auto refused = caught([&] { ops::guard_against_empty(identity, "batch_drain", false); });
    CHECK(refused.code() == "S420");
    CHECK(refused.says("batch_drain"));
    CHECK(refused.says("--allow-empty-db"));
    CHECK(ops::guard_against_empty(identity, "batch_drain", true).find("Proceeding") != std::string::npos);
    database.execute("INSERT INTO runs (id) VALUES ('r')");
    CHECK(ops::guard_against_empty(ops::read_identity(database, where), "batch_drain", false).empty());
}

TEST_CASE("a database without tables or telemetry is told so") {
    connection none = connection::memory();
    CHECK(caught([&] { ops::read_phase_states(none); }).code() == "S412");
    CHECK(caught([&] { ops::read_telemetry_statistics(none); }).code() == "S412");
    const auto identity = ops::read_identity(none, aps::db::url::parse("sqlite:///:memory:"));
    CHECK(identity.is_empty());
    CHECK(ops::to_text(identity).find("Runs") == std::string::npos);
    CHECK(ops::to_text(identity).find("SQLite file") == std::string::npos);
}
