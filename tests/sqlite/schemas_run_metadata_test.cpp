// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/migrate/allowance.hpp>
#include <autopack_schema/migrate/sqlite/run.hpp>
#include <autopack_schema/schemas/autopack/versions.hpp>
#include <autopack_schema/schemas/run_metadata.hpp>
#include <autopack_schema/sql/sqlite/render_schema.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/rows.hpp>
#include <autopack_schema_test/temp.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace run_metadata = aps::schemas::run_metadata;
namespace migrate = aps::migrate;
namespace fs = std::filesystem;
using aps::sqlite::connection;
using aps::sqlite::open_mode;
using autopack_schema_test::copy_shared;
using autopack_schema_test::lost_rows;
using autopack_schema_test::read_file;
using autopack_schema_test::shared_dir;
using autopack_schema_test::temp_dir;
using autopack_schema_test::texts;

namespace {

connection fixture(const char* name) {
    connection database = connection::memory();
    database.execute(read_file(fs::path(APS_TEST_SOURCE_DIR) / "tests/fixtures" / name));
    return database;
}

std::vector<std::string> findings(const aps::model::schema& expected, connection& database) {
    std::vector<std::string> found;
    for (const aps::drift::finding& f : aps::drift::check(expected, database).findings)
        found.push_back(f.kind + " " + f.object);
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<std::string> sorted(std::vector<std::string> list) {
    std::sort(list.begin(), list.end());
    return list;
}

const std::vector<std::string> v2_columns{
    "column.missing runs.schema_version",          "column.missing runs.fidelity_strategy_json",
    "column.missing runs.fidelity_distribution",   "column.missing runs.actual_tokens_used",
    "column.missing runs.token_budget_compliance", "column.missing runs.fidelity_efficiency_score"};

/// What every real file has another way than the documents: the 20 columns of 2025-10-29 and those of the guide.
std::vector<std::string> real_differences() {
    return {"column.not_null runs.run_id",
            "column.not_null runs.template_id",
            "column.not_null runs.causal_mode",
            "column.default runs.entities_created",
            "column.default runs.timepoints_created",
            "column.default runs.training_examples",
            "column.default runs.cost_usd",
            "column.default runs.llm_calls",
            "column.default runs.tokens_used",
            "column.default runs.status",
            "column.missing runs.created_at",
            "column.missing runs.updated_at",
            "column.missing runs.goal",
            "column.missing runs.origin_description",
            "column.missing runs.portal_description",
            "column.missing runs.portal_year",
            "column.missing runs.origin_year",
            "column.missing runs.backward_steps",
            "column.extra runs.started_at",
            "column.extra runs.completed_at",
            "column.extra runs.max_entities",
            "column.extra runs.max_timepoints",
            "column.extra runs.duration_seconds",
            "column.extra runs.summary",
            "column.extra runs.summary_generated_at",
            "column.order runs"};
}

migrate::run_result migrated(const fs::path& file, std::vector<migrate::data_rule> rules = {}) {
    connection database = connection::open_file(file.string());
    migrate::run_options options;
    options.backup = migrate::backup_policy::none;
    options.rules = std::move(rules);
    return migrate::sqlite::run(database, run_metadata::current, run_metadata::migrations, options);
}

void check_second_run_changes_nothing(const fs::path& file) {
    const std::string bytes = read_file(file);
    CHECK_FALSE(migrated(file).applied);
    CHECK(read_file(file) == bytes);
}

std::vector<std::string> joined(std::vector<std::string> list, const std::vector<std::string>& more) {
    list.insert(list.end(), more.begin(), more.end());
    return sorted(list);
}

} // namespace

TEST_CASE("a database made by a version of the pack has no drift against it") {
    for (const aps::model::schema& version : {run_metadata::v1::version.model(), run_metadata::v2::version.model()}) {
        connection database = connection::memory();
        database.execute(aps::sql::sqlite::ddl(version));
        CHECK(findings(version, database).empty());
    }
}

TEST_CASE("the two versions of the pack differ by the six documented columns") {
    connection database = connection::memory();
    database.execute(aps::sql::sqlite::ddl(run_metadata::v1::version));
    CHECK(findings(run_metadata::v2::version, database) == sorted(v2_columns));
}

TEST_CASE("the documented v1 file lacks the six columns and the three other tables, and its key can be NULL") {
    const std::vector<std::string> expected =
        joined({"column.not_null runs.run_id", "table.missing mechanism_usage", "table.missing resolution_assignments",
                "table.missing validations"},
               v2_columns);
    connection own = fixture("timepoint_v1.sql");
    CHECK(findings(run_metadata::current, own) == expected);
    APS_NEEDS_SHARED();
    temp_dir directory;
    const fs::path file = copy_shared(directory, "db/timepoint_documented_v1_21col.sqlite");
    connection documented = connection::open_file(file.string(), {.mode = open_mode::read_only});
    CHECK(findings(run_metadata::current, documented) == expected);
}

TEST_CASE("real files are told apart from the documented ones, difference by difference, and not touched") {
    APS_NEEDS_SHARED();
    temp_dir directory;
    const std::vector<std::string> narrative{"column.extra runs.narrative_exports",
                                             "column.extra runs.narrative_export_generated_at"};
    struct {
        const char* file;
        std::vector<std::string> more;
    } const cases[] = {{"db/timepoint_v1_20col.sqlite", v2_columns},
                       {"db/timepoint_v1_migrated_28col.sqlite", narrative},
                       {"db/timepoint_v2_fresh_28col.sqlite", narrative}};
    for (const auto& c : cases) {
        INFO(c.file);
        const fs::path file = copy_shared(directory, c.file);
        const std::string bytes = read_file(file);
        connection database = connection::open_file(file.string(), {.mode = open_mode::read_only});
        CHECK(findings(run_metadata::current, database) == joined(real_differences(), c.more));
        CHECK(read_file(file) == bytes);
    }
}

TEST_CASE("the documented v1 file becomes v2; its runs are of version 1.0 and new ones of 2.0") {
    temp_dir directory;
    std::vector<fs::path> files{directory / "own.db"};
    connection::open_file(files[0].string(), {.mode = open_mode::create})
        .execute(read_file(fs::path(APS_TEST_SOURCE_DIR) / "tests/fixtures/timepoint_v1.sql"));
    if (shared_dir()) files.push_back(copy_shared(directory, "db/timepoint_documented_v1_21col.sqlite"));
    for (const fs::path& file : files) {
        INFO(file.string());
        const fs::path before = file.string() + ".before";
        fs::copy_file(file, before);
        CHECK(migrated(file).applied);
        CHECK(lost_rows(before, file).empty());
        check_second_run_changes_nothing(file);
        connection database = connection::open_file(file.string());
        CHECK(findings(run_metadata::current, database) == std::vector<std::string>{});
        CHECK(database.query_int("SELECT COUNT(*) FROM pragma_table_info('runs')") == 27);
        CHECK(texts(database, "SELECT DISTINCT schema_version FROM runs") == std::vector<std::string>{"1.0"});
        database.execute("INSERT INTO runs (run_id) VALUES ('new'); INSERT INTO mechanism_usage (run_id, mechanism, "
                         "function_name, timestamp) "
                         "VALUES ('new', 'M1', 'f', '2025-11-02T00:00:00')");
        CHECK(database.query_text("SELECT schema_version FROM runs WHERE run_id = 'new'") == "2.0");
        CHECK_THROWS_AS(database.execute("INSERT INTO validations (run_id, validator_name, passed, timestamp) "
                                         "VALUES ('nobody', 'v', 1, '2025-11-02T00:00:00')"),
                        aps::error);
    }
}

TEST_CASE("real files are not altered without an allowance, and keep their columns with one") {
    APS_NEEDS_SHARED();
    temp_dir directory;
    const auto keep = migrate::parse_allowance("keep column runs.started_at");
    for (const char* name : {"db/timepoint_v1_20col.sqlite", "db/timepoint_v1_migrated_28col.sqlite",
                             "db/timepoint_v2_fresh_28col.sqlite"}) {
        INFO(name);
        const fs::path file = copy_shared(directory, name);
        const std::string bytes = read_file(file);
        std::vector<migrate::blocker> blockers;
        try {
            migrated(file);
        } catch (const migrate::refused& e) {
            blockers = e.blockers();
        }
        REQUIRE(blockers.size() == 1);
        CHECK(blockers[0].code == "S381");
        CHECK(blockers[0].column == "started_at");
        CHECK(blockers[0].advice.find("'keep column runs.started_at'") != std::string::npos);
        CHECK(read_file(file) == bytes);

        CHECK(migrated(file, {keep}).applied);
        CHECK(lost_rows(*shared_dir() / name, file).empty());
        check_second_run_changes_nothing(file); // what was allowed once is not asked again
        connection database = connection::open_file(file.string());
        for (const std::string& f : findings(run_metadata::current, database)) {
            CHECK((f.find("column.extra ") == 0 || f == "column.order runs"));
        }
    }
}

TEST_CASE("a key that is NULL stops the migration with its row") {
    temp_dir directory;
    const fs::path file = directory / "null.db";
    {
        connection database = connection::open_file(file.string(), {.mode = open_mode::create});
        database.execute(read_file(fs::path(APS_TEST_SOURCE_DIR) / "tests/fixtures/timepoint_v1.sql"));
        database.execute("INSERT INTO runs (run_id, status) VALUES (NULL, 'lost')");
    }
    const std::string bytes = read_file(file);
    try {
        migrated(file);
        FAIL("not refused");
    } catch (const migrate::refused& e) {
        REQUIRE(e.blockers().size() == 1);
        CHECK(e.blockers()[0].column == "run_id");
        CHECK(e.blockers()[0].rows == 1);
    }
    CHECK(read_file(file) == bytes);
}

TEST_CASE("a database of the other pack, which has a table runs too, is refused and not touched") {
    temp_dir directory;
    const fs::path file = directory / "autopack.db";
    connection::open_file(file.string(), {.mode = open_mode::create})
        .execute(aps::sql::sqlite::ddl(aps::schemas::autopack::pre_142::version));
    // The same as the ORM makes it, as far as it matters.
    const fs::path orm = directory / "orm.db";
    connection::open_file(orm.string(), {.mode = open_mode::create})
        .execute("CREATE TABLE runs (id VARCHAR NOT NULL PRIMARY KEY, state VARCHAR(33) NOT NULL, created_at DATETIME "
                 "NOT NULL)");
    for (const fs::path& wrong : {file, orm}) {
        INFO(wrong.string());
        const std::string bytes = read_file(wrong);
        CHECK_THROWS_AS(migrated(wrong), migrate::refused);
        CHECK(read_file(wrong) == bytes);
    }
}
