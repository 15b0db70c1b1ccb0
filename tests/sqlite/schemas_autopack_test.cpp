// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/ops/build_144.hpp>
#include <autopack_schema/schemas/autopack/versions.hpp>
#include <autopack_schema/sql/sqlite/render_schema.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/temp.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace autopack = aps::schemas::autopack;
namespace fs = std::filesystem;
using aps::sqlite::connection;
using aps::sqlite::open_mode;
using autopack_schema_test::copy_shared;
using autopack_schema_test::read_file;
using autopack_schema_test::shared_dir;
using autopack_schema_test::temp_dir;

namespace {

connection fresh(const aps::model::schema& schema) {
    connection database = connection::memory();
    database.execute(aps::sql::sqlite::ddl(schema));
    return database;
}

connection fixture(const char* name) {
    connection database = connection::memory();
    database.execute(read_file(fs::path(APS_TEST_SOURCE_DIR) / "tests/fixtures" / name));
    return database;
}

/// "kind object" of every finding at a level or above, sorted.
std::vector<std::string> findings(const aps::drift::report& report, aps::drift::severity from) {
    std::vector<std::string> found;
    for (const aps::drift::finding& f : report.findings) {
        if (f.level >= from) found.push_back(f.kind + " " + f.object);
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// What a file of the ORM lacks of BUILD-144 besides the two migrations: every default that the definitions have, the
/// CHECK, and the views; worked out here by a query on `pragma_table_info` and not by the code under test.
std::vector<std::string> what_the_orm_leaves_out(connection& file) {
    connection wanted = fresh(autopack::current);
    std::vector<std::string> found{"check.missing token_estimation_v2_events.complexity",
                                   "view.missing v_recent_token_estimations",
                                   "view.missing v_token_estimation_validation"};
    auto rows = wanted.prepare("SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c "
                               "WHERE t.type = 'table' AND c.dflt_value IS NOT NULL");
    while (rows.step()) {
        const std::string table(rows.column_text(0));
        const std::string column(rows.column_text(1));
        const auto lacks = file.query_int(
            "SELECT COUNT(*) FROM pragma_table_info(?) WHERE name = ? AND dflt_value IS NULL", table, column);
        if (lacks == 1) found.push_back("column.default " + table + "." + column);
    }
    return found;
}

} // namespace

TEST_CASE("a database made by a version of the pack has no drift against it") {
    for (const aps::model::schema& version :
         {autopack::b129::version.model(), autopack::pre_142::version.model(), autopack::build_142::version.model(),
          autopack::build_144::version.model()}) {
        INFO(version.version);
        connection database = fresh(version);
        const auto report = aps::drift::check(version, database);
        CHECK(findings(report, aps::drift::severity::cosmetic).empty());
        CHECK(report.exit_code() == 0);
    }
}

TEST_CASE("the current version stores what the row types hold") {
    connection database = fresh(autopack::current);
    database.execute("INSERT INTO runs (id) VALUES ('r'); INSERT INTO tiers (tier_id, run_id, tier_index, name) "
                     "VALUES ('T1', 'r', 0, 'Tier'); INSERT INTO phases (phase_id, run_id, tier_id, phase_index, name) "
                     "VALUES ('p', 'r', 1, 0, 'Phase')");
    CHECK(database.query_text("SELECT state FROM runs") == "RUN_CREATED");
    CHECK(database.query_int("SELECT token_cap FROM runs") == 5'000'000);
    CHECK(database.query_text("SELECT issue_state FROM phases") == "no_issues");
    // A total-only event, and an event that names a run nobody stored.
    database.execute("INSERT INTO llm_usage_events (provider, model, run_id, role, total_tokens) "
                     "VALUES ('google', 'gemini-2.5-pro', 'unknown', 'builder', 18500)");
    CHECK(database.query_int("SELECT COUNT(*) FROM llm_usage_events WHERE prompt_tokens IS NULL") == 1);
    CHECK(database.query_int("SELECT COUNT(*) FROM llm_usage_events WHERE created_at IS NOT NULL") == 1);
    database.execute("INSERT INTO doctor_usage_stats (run_id) VALUES ('r')");
    CHECK(database.query_text("SELECT doctor_actions FROM doctor_usage_stats") == "{}");
}

TEST_CASE("the current version refuses what the definitions refuse") {
    connection database = fresh(autopack::current);
    database.execute("INSERT INTO runs (id) VALUES ('r'); INSERT INTO tiers (tier_id, run_id, tier_index, name) "
                     "VALUES ('T1', 'r', 0, 'Tier'); INSERT INTO phases (phase_id, run_id, tier_id, phase_index, name) "
                     "VALUES ('p', 'r', 1, 0, 'Phase')");
    const auto estimation = [&](const char* run, const char* complexity) {
        database.execute(
            "INSERT INTO token_estimation_v2_events (run_id, phase_id, category, complexity, deliverable_count, "
            "deliverables_json, predicted_output_tokens, actual_output_tokens, selected_budget, success, model) "
            "VALUES (?, 'p', 'docs', ?, 1, '[]', 1, 1, 1, 1, 'm')",
            run, complexity);
    };
    CHECK_NOTHROW(estimation("r", "maintenance"));
    CHECK_THROWS_AS(estimation("r", "critical"), aps::error);
    CHECK_THROWS_AS(estimation("unknown", "low"), aps::error);
    CHECK_THROWS_AS(database.execute("INSERT INTO phases (phase_id, run_id, tier_id, phase_index, name) "
                                     "VALUES ('p', 'r', 1, 1, 'again')"),
                    aps::error);
    CHECK_THROWS_AS(database.execute("INSERT INTO llm_usage_events (provider, model, role, total_tokens) "
                                     "VALUES ('google', 'm', 'builder', NULL)"),
                    aps::error);
    database.execute("DELETE FROM phases"); // the composite key cascades
    CHECK(database.query_int("SELECT COUNT(*) FROM token_estimation_v2_events") == 0);
}

TEST_CASE("drift of the real pre-BUILD-144 database is named exactly") {
    APS_NEEDS_SHARED();
    temp_dir directory;
    const fs::path file = copy_shared(directory, "db/autopack_pre144.sqlite");
    const std::string bytes = read_file(file);
    connection database = connection::open_file(file.string(), {.mode = open_mode::read_only});
    const auto report = aps::drift::check(autopack::current, database);

    std::vector<std::string> expected = what_the_orm_leaves_out(database);
    expected.insert(expected.end(),
                    {"column.missing llm_usage_events.total_tokens", "column.not_null llm_usage_events.prompt_tokens",
                     "column.not_null llm_usage_events.completion_tokens",
                     "column.missing token_estimation_v2_events.actual_max_tokens"});
    std::sort(expected.begin(), expected.end());
    CHECK(findings(report, aps::drift::severity::semantic) == expected);
    CHECK(report.not_compared.empty());
    CHECK(report.exit_code() == 2);
    CHECK(read_file(file) == bytes);
}

TEST_CASE("drift of the file that the original program migrated: the splits are still NOT NULL") {
    APS_NEEDS_SHARED();
    temp_dir directory;
    const fs::path file = copy_shared(directory, "db/pre144_then_migrated_144.sqlite");
    connection database = connection::open_file(file.string(), {.mode = open_mode::read_only});
    std::vector<std::string> expected = what_the_orm_leaves_out(database);
    expected.insert(expected.end(), {"column.not_null llm_usage_events.prompt_tokens",
                                     "column.not_null llm_usage_events.completion_tokens",
                                     "column.missing token_estimation_v2_events.actual_max_tokens"});
    std::sort(expected.begin(), expected.end());
    CHECK(findings(aps::drift::check(autopack::current, database), aps::drift::severity::semantic) == expected);
}

TEST_CASE("the demo and the half-migrated fixture drift as the real files do") {
    connection demo = connection::memory();
    aps::ops::build_144::fill_demo(demo);
    const auto found = findings(aps::drift::check(autopack::current, demo), aps::drift::severity::semantic);
    const std::set<std::string> set(found.begin(), found.end());
    CHECK(set.count("column.missing llm_usage_events.total_tokens") == 1);
    CHECK(set.count("column.not_null llm_usage_events.prompt_tokens") == 1);
    CHECK(set.count("check.missing token_estimation_v2_events.complexity") == 1);
    CHECK(std::none_of(found.begin(), found.end(),
                       [](const std::string& f) { return f.find("index.") == 0 || f.find("fk.") == 0; }));

    connection half = fixture("half_migrated_144.sql");
    std::vector<std::string> of_usage;
    for (const std::string& f : findings(aps::drift::check(autopack::current, half), aps::drift::severity::semantic)) {
        if (f.find("llm_usage_events") != std::string::npos) of_usage.push_back(f);
    }
    CHECK(of_usage == std::vector<std::string>{"column.default llm_usage_events.created_at",
                                               "column.default llm_usage_events.is_doctor_call",
                                               "column.not_null llm_usage_events.completion_tokens",
                                               "column.not_null llm_usage_events.prompt_tokens"});
}

TEST_CASE("the views give what the original ones gave") {
    APS_NEEDS_SHARED();
    const auto vector = nlohmann::json::parse(read_file(*shared_dir() / "vectors/views.json"));
    connection database = fresh(autopack::current);
    database.enable(aps::sqlite::setting::foreign_keys, false); // the vector's runs and phases were never stored
    for (const auto& e : vector.at("events")) {
        const auto id = e.at("event_id").get<std::int64_t>();
        const auto real = [&](const char* name) {
            return e.at(name).is_null() ? std::optional<double>() : e.at(name).get<double>();
        };
        const auto number = [&](const char* name) {
            return e.at(name).is_null() ? std::optional<std::int64_t>() : e.at(name).get<std::int64_t>();
        };
        database.execute(
            "INSERT INTO token_estimation_v2_events (event_id, run_id, phase_id, timestamp, category, complexity, "
            "deliverable_count, deliverables_json, predicted_output_tokens, actual_output_tokens, selected_budget, "
            "success, truncated, model, smape_percent, waste_ratio, underestimated) "
            "VALUES (?, 'r', ?, ?, ?, ?, ?, '[]', ?, ?, 8192, ?, ?, 'm', ?, ?, ?)",
            id, "p" + std::to_string(id - 1), e.at("timestamp").get<std::string>(), e.at("category").get<std::string>(),
            e.at("complexity").get<std::string>(), number("deliverable_count"), number("predicted_output_tokens"),
            number("actual_output_tokens"), number("success"), number("truncated"), real("smape_percent"),
            real("waste_ratio"), number("underestimated"));
    }
    const auto rows_of = [&](const std::string& sql) {
        nlohmann::json rows = nlohmann::json::array();
        auto row = database.prepare(sql);
        while (row.step()) {
            nlohmann::json object;
            for (int i = 0; i < row.column_count(); ++i) {
                auto& cell = object[std::string(row.column_name(i))];
                switch (row.column_type(i)) {
                case aps::sqlite::value_type::integer: cell = row.column_int64(i); break;
                case aps::sqlite::value_type::real: cell = row.column_double(i); break;
                case aps::sqlite::value_type::null: break;
                default: cell = std::string(row.column_text(i));
                }
            }
            rows.push_back(object);
        }
        return rows;
    };
    // The view orders by sample_count only and leaves ties open.
    CHECK(rows_of("SELECT * FROM v_token_estimation_validation ORDER BY category, complexity, deliverable_count") ==
          vector.at("v_token_estimation_validation"));
    CHECK(rows_of("SELECT * FROM v_recent_token_estimations LIMIT 3") ==
          vector.at("v_recent_token_estimations_first3"));
}
