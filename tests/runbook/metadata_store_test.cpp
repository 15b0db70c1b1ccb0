// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/ops/metadata_store.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/rows.hpp>
#include <autopack_schema_test/temp.hpp>
#include <autopack_schema_test/vectors.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;
namespace fs = std::filesystem;
using aps::sqlite::connection;
using aps::sqlite::open_mode;
using autopack_schema_test::caught;
using autopack_schema_test::copy_shared;
using autopack_schema_test::lost_rows;
using autopack_schema_test::read_file;
using autopack_schema_test::sqlite_url;
using autopack_schema_test::temp_dir;
using autopack_schema_test::vectors;
using json = nlohmann::ordered_json;

namespace {

aps::db::url url_of(const fs::path& file) { return aps::db::url::parse(sqlite_url(file)); }

ops::metadata_options fixed_clock() {
    return {[] { return *aps::timestamp::parse("2026-01-01T00:00:00"); }, {}};
}

fs::path v1_file(const temp_dir& folder) {
    const fs::path file = folder / "runs.db";
    connection::open_file(file.string(), {.mode = open_mode::create})
        .execute(read_file(fs::path(APS_TEST_SOURCE_DIR) / "tests/fixtures/timepoint_v1.sql"));
    return file;
}

/// What the original's object says of a run, from ours.
json original_form(const ops::run_record& run, const json& like) {
    const json all = ops::to_json_value(run);
    json some = json::object();
    for (const auto& [key, value] : like.items()) {
        if (all.contains(key))
            some[key] = all.at(key);
        else
            some[key] = json::array(); // the logs that the original's object has and never fills
    }
    return some;
}

json row_of(connection& database, const std::string& run_id) {
    auto row = database.prepare("SELECT * FROM runs WHERE run_id = ?1");
    row.bind(1, run_id);
    REQUIRE(row.step());
    json object = json::object();
    for (int i = 0; i < row.column_count(); ++i) {
        json& value = object[std::string(row.column_name(i))];
        if (row.column_type(i) == aps::sqlite::value_type::integer)
            value = row.column_int64(i);
        else if (row.column_type(i) == aps::sqlite::value_type::real)
            value = row.column_double(i);
        else if (!row.column_is_null(i))
            value = std::string(row.column_text(i));
    }
    return object;
}

ops::run_end ended(const std::string& run_id) {
    ops::run_end end;
    end.run_id = run_id;
    end.entities_created = 6;
    end.timepoints_created = 15;
    end.training_examples = 10;
    end.cost_usd = 0.5;
    end.llm_calls = 20;
    end.tokens_used = 125000;
    end.fidelity_distribution = R"({"dialog": 2, "scene": 3, "tensor_only": 1})";
    end.actual_tokens_used = 125000.0;
    end.token_budget_compliance = 0.87;
    end.fidelity_efficiency_score = 0.000168;
    return end;
}

ops::run_record saved_run() {
    ops::run_record run;
    run.run_id = "run_saved";
    run.template_id = "t3";
    run.started_at = "2025-11-02T01:02:03";
    run.causal_mode = "cyclical";
    run.max_entities = 1;
    run.max_timepoints = 2;
    run.entities_created = run.timepoints_created = run.training_examples = run.llm_calls = run.tokens_used = 0;
    run.cost_usd = 0.0;
    run.status = "running";
    run.schema_version = "0.9"; // is not written
    return run;
}

/// The steps of the vectors on a real file, from which the runs that the original left are removed.
void check_steps(const fs::path& file, const json& v, const json& values) {
    {
        connection database = connection::open_file(file.string(), {.foreign_keys = false});
        database.execute("DELETE FROM runs WHERE run_id LIKE 'run_%'; DELETE FROM mechanism_usage; DELETE FROM "
                         "resolution_assignments; "
                         "DELETE FROM validations; DELETE FROM sqlite_sequence");
    }
    auto store = ops::metadata_store::open(url_of(file), fixed_clock());
    const ops::run_start start{"run_x", "tmpl", "portal", 6, 15};
    CHECK(original_form(store.start_run(start), values.at("start_run").at("value")) ==
          values.at("start_run").at("value"));
    CHECK(caught([&] { store.start_run(start); }).code() == "S216");
    store.record_mechanism("run_x", "M1", "f", R"({"k": 1})");
    store.record_mechanism("run_x", "M17", "g");
    store.record_mechanism("run_x", "M1", "h");
    store.record_resolution("run_x", "e1", "dialog", "tp1");
    store.record_validation("run_x", "v", true);
    store.record_validation("run_x", "v2", false, "msg", R"(["a"])");
    CHECK(original_form(store.get_run("run_x"), values.at("get_running").at("value")) ==
          values.at("get_running").at("value"));
    CHECK(original_form(store.complete_run(ended("run_x")), values.at("complete_with_v2").at("value")) ==
          values.at("complete_with_v2").at("value"));
    CHECK(row_of(store.connection(), "run_x") ==
          v.at("row_after_complete").front()); // the columns of the file, in its order
    CHECK(caught([&] {
              store.complete_run(ended("nope"));
          }).says(v.at("complete_unknown").at("message").get<std::string>()));
    CHECK(caught([&] { store.get_run("nope"); }).says(v.at("get_unknown").at("message").get<std::string>()));
    store.start_run({"run_err", "tmpl2", "pearl", 1, 1});
    ops::run_end failed;
    failed.run_id = "run_err";
    failed.error_message = "boom";
    const json& wanted = values.at("complete_failed_no_v2").at("value");
    CHECK(original_form(store.complete_run(failed), wanted) == wanted);
    ops::run_record saved = saved_run();
    store.save(saved);
    saved.status = "completed";
    saved.fidelity_distribution = R"({"scene": 1})";
    saved.narrative_exports = json{{"pdf", "x.pdf"}};
    store.save(saved);
    CHECK(row_of(store.connection(), "run_saved") == v.at("row_saved").front());
    CHECK(original_form(store.get_run("run_saved"), values.at("get_saved").at("value")) ==
          values.at("get_saved").at("value"));
    for (const auto& [table, rows] : v.at("child_rows").items()) {
        INFO(table);
        std::string columns;
        for (const auto& [name, value] : rows.front().items()) columns += (columns.empty() ? "" : ", ") + name;
        auto row = store.connection().prepare("SELECT " + columns + " FROM " + table + " ORDER BY id");
        for (const json& expected : rows) {
            REQUIRE(row.step());
            int i = 0;
            for (const auto& [name, value] : expected.items()) {
                if (value.is_number())
                    CHECK(row.column_int64(i) == value.get<std::int64_t>());
                else if (value.is_null())
                    CHECK(row.column_is_null(i));
                else
                    CHECK(row.column_text(i) == value.get<std::string>());
                ++i;
            }
        }
    }
    CHECK(store.mechanisms("run_x").size() == 3);
    CHECK(store.resolutions("run_x").front().resolution == "dialog");
    CHECK(store.validations("run_x").back().violations == R"(["a"])");
    std::string text = to_text(ops::take_snapshot(store, "run_x"));
    text.pop_back();
    CHECK(text == values.at("snapshot_text").get<std::string>());
    text = to_text(ops::take_snapshot(store, "nope"));
    text.pop_back();
    CHECK(text == v.at("snapshot_unknown").get<std::string>());
    CHECK_FALSE(ops::take_snapshot(store, ""));
}

std::vector<std::string> ids(const std::vector<ops::run_record>& runs) {
    std::vector<std::string> found;
    for (const auto& run : runs) found.push_back(run.run_id.value_or(""));
    return found;
}

} // namespace

TEST_CASE("an old file that the original upgraded in place is written and read as it does") {
    APS_NEEDS_SHARED();
    const temp_dir folder;
    const json v = vectors("timepoint").at("database_v1_20_columns_migrated_in_place");
    const fs::path file = copy_shared(folder, "db/timepoint_v1_migrated_28col.sqlite");
    check_steps(file, v, v);
    auto store = ops::metadata_store::open_read_only(url_of(file));
    CHECK(json(ids(store.get_all_runs())) == v.at("get_all_runs").at("value"));
    CHECK(json(ids(store.get_all_runs("tmpl2"))) == v.at("get_all_runs_template").at("value"));
}

TEST_CASE("ruling 8: a fresh file of the original, which it cannot read, is read by the names of its columns") {
    APS_NEEDS_SHARED();
    // Overridden by ruling 8: get_running, complete_with_v2, complete_failed_no_v2, get_all_runs, get_all_runs_template, get_saved,
    // snapshot and snapshot_text of "fresh_database", where the original fails because positions do not match. We give what it
    // gives for the file whose positions do.
    const temp_dir folder;
    const json all = vectors("timepoint");
    const json& v = all.at("fresh_database");
    CHECK_FALSE(v.at("get_running").at("ok").get<bool>());
    const fs::path file = copy_shared(folder, "db/timepoint_v2_fresh_28col.sqlite");
    check_steps(file, v, all.at("database_v1_20_columns_migrated_in_place"));
    auto store = ops::metadata_store::open_read_only(url_of(file));
    CHECK(ids(store.get_all_runs()) == std::vector<std::string>{"run_err", "run_saved", "run_x"});
}

TEST_CASE("rulings 9, 10 and 11: old runs stay in an archive that nothing alters, and say 1.0") {
    APS_NEEDS_SHARED();
    const temp_dir folder;
    const json v1_runs = vectors("timepoint").at("v1_runs_after_migration");
    for (const char* name : {"timepoint_v1_20col", "timepoint_documented_v1_21col"}) {
        INFO(name);
        const fs::path file = copy_shared(folder, std::string("db/") + name + ".sqlite");
        const fs::path before = folder / (std::string(name) + ".before");
        fs::copy_file(file, before);
        std::optional<ops::archived_v1> told;
        ops::metadata_options options = fixed_clock();
        options.archived = [&](const ops::archived_v1& archived) { told = archived; };
        auto store = ops::metadata_store::open(url_of(file), options);
        REQUIRE(told);
        CHECK(told->archive == folder / (std::string(name) + "_v1_archive.sqlite"));
        CHECK(lost_rows(before, told->archive).empty());
        const std::string archived = read_file(told->archive);
        CHECK(store.get_all_runs().empty());
        CHECK(store.connection().query_int("SELECT COUNT(*) FROM pragma_table_info('runs')") == 27);
        auto archive = ops::metadata_store::open_read_only(url_of(told->archive));
        const auto old = archive.get_all_runs();
        CHECK(static_cast<std::int64_t>(old.size()) == told->runs);
        for (const auto& run : old) {
            CHECK(run.schema_version == "1.0"); // the original's column default makes it "2.0" (ruling 11)
            CHECK_FALSE(run.fidelity_distribution);
            CHECK_FALSE(run.token_budget_compliance);
        }
        CHECK(caught([&] { archive.start_run({"x", "t", "m"}); }).code() == "S210");
        auto opened_to_write = ops::metadata_store::open(url_of(told->archive)); // as the runbook's own example does
        CHECK(opened_to_write.get_all_runs().size() == old.size());
        CHECK(caught([&] { opened_to_write.start_run({"x", "t", "m"}); }).code() == "S210");
        CHECK((read_file(told->archive) == archived)); // byte for byte
    }
    auto archive = ops::metadata_store::open_read_only(url_of(folder / "timepoint_v1_20col_v1_archive.sqlite"));
    CHECK(archive.get_all_runs().size() == v1_runs.size());
    // Overridden by rulings 8 to 11: the original adds ten columns to the documented file and then cannot read it.
    const json documented = vectors("timepoint").at("documented_21_column_db_in_real_code");
    CHECK(documented.at("open").at("ok") == true);
    CHECK(documented.at("get_run").at("ok") == false);
    const fs::path kept = folder / "timepoint_documented_v1_21col_v1_archive.sqlite";
    auto preserved = ops::metadata_store::open_read_only(url_of(kept));
    json columns = ops::detail::columns_of(preserved.connection(), "runs");
    REQUIRE(columns.size() == 21);
    json theirs = documented.at("columns_after"); // the documented ones first, then those that it has added
    CHECK(theirs.size() == 31);
    theirs.erase(theirs.begin() + 21, theirs.end());
    CHECK(columns == theirs);
    for (const auto& run : preserved.get_all_runs()) CHECK_NOTHROW(preserved.get_run(run.run_id.value()));
}

TEST_CASE("runs come in the order in which the original's queries give them") {
    APS_NEEDS_SHARED();
    const temp_dir folder;
    const json v = vectors("timepoint").at("order_of_get_all_runs");
    const fs::path file = copy_shared(folder, "db/timepoint_v1_migrated_28col.sqlite");
    auto store = ops::metadata_store::open(url_of(file), fixed_clock());
    for (const char* id : {"z", "a", "m"}) store.start_run({id, "t", "pearl"});
    const auto plan_of = [&](const std::string& query) {
        json lines = json::array();
        auto row = store.connection().prepare("EXPLAIN QUERY PLAN " + query);
        while (row.step()) lines.push_back(std::string(row.column_text(3)));
        return lines;
    };
    const auto ids_of = [&](const std::string& query) {
        std::vector<std::string> found;
        auto row = store.connection().prepare(query);
        while (row.step()) found.emplace_back(row.column_text(0));
        return found;
    };
    const std::string all = "SELECT run_id FROM runs";
    const std::string filtered = "SELECT run_id FROM runs WHERE template_id = 't'";
    REQUIRE(plan_of(all) == v.at("query_plan_no_filter")); // the queries of the original, which say no order
    REQUIRE(plan_of(filtered) == v.at("query_plan_filter"));
    CHECK(ids(store.get_all_runs()) == ids_of(all));
    CHECK(ids(store.get_all_runs("t")) == ids_of(filtered));
    CHECK(ids(store.get_all_runs("t")) == std::vector<std::string>{"z", "a", "m"});
}

TEST_CASE("a v1 database is archived once, and never over another archive") {
    const temp_dir folder;
    const fs::path file = v1_file(folder);
    fs::copy_file(file, folder / "before.db");
    {
        auto store = ops::metadata_store::open(url_of(file));
        store.start_run({"run_new", "t", "pearl"});
    }
    CHECK(lost_rows(folder / "before.db", folder / "runs_v1_archive.db").empty());
    const std::string v1 = read_file(folder / "runs_v1_archive.db");
    CHECK(ops::metadata_store::open(url_of(file)).get_all_runs().size() == 1); // opened again: nothing is archived
    fs::remove(file);
    v1_file(folder);
    connection::open_file(file.string()).execute("UPDATE runs SET goal = 'another' WHERE run_id = 'run_1'");
    const std::string second = read_file(file);
    const auto refused = caught([&] { ops::metadata_store::open(url_of(file)); });
    CHECK(refused.code() == "S430");
    CHECK((read_file(file) == second));
    CHECK((read_file(folder / "runs_v1_archive.db") == v1));
    CHECK(ops::metadata_store::open_read_only(url_of(file)).get_all_runs().size() == 2);
}

TEST_CASE("a v1 database that others use is not archived under their hands") {
    const temp_dir folder;
    const fs::path file = v1_file(folder);
    connection other = connection::open_file(file.string());
    other.execute("BEGIN IMMEDIATE");
    CHECK(caught([&] { ops::archive_v1(file); }).code() == "S209"); // after the busy time-out
    CHECK_FALSE(fs::exists(folder / "runs_v1_archive.db"));
    other.execute("ROLLBACK");
    CHECK(ops::archive_v1(file)->runs == 2);
    CHECK_FALSE(ops::archive_v1(file));
}

TEST_CASE("what a write-ahead log holds goes into the archive") {
    const temp_dir folder;
    const fs::path file = v1_file(folder);
    {
        connection writer = connection::open_file(file.string());
        CHECK(writer.query_text("PRAGMA journal_mode=WAL") == "wal");
        writer.execute("INSERT INTO runs (run_id) VALUES ('in_the_log')");
        fs::copy_file(file, folder / "crashed.db");
        fs::copy_file(file.string() + "-wal", folder / "crashed.db-wal");
    }
    ops::archive_v1(folder / "crashed.db");
    auto archive = ops::metadata_store::open_read_only(url_of(folder / "crashed_v1_archive.db"));
    CHECK(archive.get_all_runs().size() == 3);
    CHECK_FALSE(fs::exists(folder / "crashed.db-wal"));
}

TEST_CASE("an archive that was interrupted is finished by the next opening") {
    const temp_dir folder;
    const fs::path file = v1_file(folder);
    {
        connection database = connection::open_file(file.string());
        aps::sqlite::backup_to_file(database, (folder / "runs_v1_archive.db").string()); // killed behind this step
    }
    const std::string archive = read_file(folder / "runs_v1_archive.db");
    CHECK(ops::metadata_store::open(url_of(file)).get_all_runs().empty());
    CHECK((read_file(folder / "runs_v1_archive.db") == archive));
}

TEST_CASE("killed at any moment, the archive loses no run and the database is one or the other") {
    std::srand(20251102);
    long whole = 0; // microseconds that it takes when nobody kills it
    {
        const temp_dir folder;
        const fs::path file = v1_file(folder);
        const auto began = std::chrono::steady_clock::now();
        ops::archive_v1(file);
        whole = static_cast<long>(
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began).count());
    }
    int before = 0;
    int after = 0;
    for (int round = 0; round < 60; ++round) {
        const temp_dir folder;
        const fs::path file = v1_file(folder);
        fs::copy_file(file, folder / "before.db");
        const ::pid_t child = ::fork();
        if (child == 0) {
            try {
                ops::archive_v1(file);
            } catch (...) {
            }
            ::_exit(0);
        }
        ::usleep(static_cast<useconds_t>(std::rand() % (whole * 2 + 1000)));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const bool archived = fs::exists(folder / "runs_v1_archive.db");
        const auto layout = [&] {
            connection database = connection::open_file(file.string()); // rolls back what was cut off
            return ops::layout_of(database);
        }();
        CHECK((layout == ops::metadata_layout::v1 || layout == ops::metadata_layout::v2));
        if (layout == ops::metadata_layout::v2) CHECK(archived);
        ++(layout == ops::metadata_layout::v2 ? after : before);
        CHECK(ops::metadata_store::open(url_of(file)).get_all_runs().empty()); // finishes what was left
        CHECK(lost_rows(folder / "before.db", folder / "runs_v1_archive.db").empty());
        for (const auto& entry : fs::directory_iterator(folder.path()))
            CHECK(entry.path().string().find(".partial-") == std::string::npos);
    }
    CHECK(before + after == 60);
    CHECK((before > 0 && after > 0)); // or the moments were not spread
}

TEST_CASE("several programs that open a v1 database at once archive it once") {
    const temp_dir folder;
    const fs::path file = v1_file(folder);
    fs::copy_file(file, folder / "before.db");
    std::vector<::pid_t> children;
    for (int i = 0; i < 4; ++i) {
        const ::pid_t child = ::fork();
        if (child == 0) {
            int code = 1;
            try {
                ops::metadata_store::open(url_of(file)).start_run({"run_" + std::to_string(i), "t", "m"});
                code = 0;
            } catch (...) {
            }
            ::_exit(code);
        }
        children.push_back(child);
    }
    for (const ::pid_t child : children) {
        int status = 1;
        ::waitpid(child, &status, 0);
        CHECK(status == 0);
    }
    CHECK(lost_rows(folder / "before.db", folder / "runs_v1_archive.db").empty());
    CHECK(ops::metadata_store::open_read_only(url_of(file)).get_all_runs().size() == 4);
}

TEST_CASE("the documented file keeps what it has columns for") {
    const temp_dir folder;
    auto store = ops::metadata_store::open(url_of(folder / "metadata" / "runs.db"), fixed_clock());
    const auto begun = store.start_run({"r", "t", "portal", 6, 15});
    CHECK(begun.created_at == "2026-01-01T00:00:00");
    CHECK_FALSE(begun.max_entities);
    CHECK(begun.schema_version == "2.0");
    const auto done = store.complete_run(ended("r"));
    CHECK(done.status == "completed");
    CHECK(done.fidelity_efficiency_score == 0.000168);
    CHECK_FALSE(done.duration_seconds); // no such column
    ops::run_record changed = done;
    changed.goal = "g";
    changed.backward_steps = 3;
    store.save(changed);
    CHECK(store.get_run("r") == changed);
    ops::run_end without;
    without.run_id = "r";
    CHECK_FALSE(store.complete_run(without).fidelity_distribution); // what is left out becomes NULL
    CHECK(caught([&] { store.record_mechanism("nobody", "M1", "f"); }).code() == "S219"); // ruling 20
}

TEST_CASE("a column that nobody knows stays as it is") {
    const temp_dir folder;
    auto store = ops::metadata_store::open(url_of(folder / "runs.db"));
    store.connection().execute("ALTER TABLE runs ADD COLUMN tensor_resolution_stats TEXT");
    store.start_run({"r", "t", "m"});
    store.connection().execute("UPDATE runs SET tensor_resolution_stats = 'x'");
    store.complete_run(ended("r"));
    store.save(store.get_run("r"));
    CHECK(store.connection().query_text("SELECT tensor_resolution_stats FROM runs") == "x");
}

TEST_CASE("somebody else's database is refused") {
    const temp_dir folder;
    const fs::path file = folder / "autopack.db";
    connection::open_file(file.string(), {.mode = open_mode::create})
        .execute("CREATE TABLE runs (id TEXT PRIMARY KEY, state TEXT)");
    const std::string before = read_file(file);
    CHECK(caught([&] { ops::metadata_store::open(url_of(file)); }).code() == "S432");
    CHECK(caught([&] { ops::metadata_store::open_read_only(url_of(file)); }).code() == "S432");
    CHECK(caught([&] { ops::metadata_store::open_read_only(url_of(folder / "none.db")); }).code() == "S205");
    CHECK((read_file(file) == before));
    CHECK_FALSE(fs::exists(folder / "none.db"));
}

TEST_CASE("metrics are those of the original") {
    APS_NEEDS_VECTORS("timepoint");
    for (const json& c : vectors("timepoint").at("metric_formulas")) {
        const auto m = ops::measure_fidelity(c.at("entities"), c.at("timepoints"), c.at("actual_tokens"),
                                             c.at("token_budget").get<double>());
        CHECK(json(*m.actual_tokens_used) == c.at("actual_tokens_used"));
        CHECK((m.token_budget_compliance ? json(*m.token_budget_compliance) : json()) ==
              c.at("token_budget_compliance"));
        CHECK(json(*m.fidelity_efficiency_score) == c.at("fidelity_efficiency_score"));
    }
}

TEST_CASE("metrics without tokens or a budget are empty") {
    CHECK(ops::measure_fidelity(6, 15, 0) == ops::fidelity_metrics{});
    CHECK(ops::measure_fidelity(6, 15, 125000).fidelity_efficiency_score == 0.000168);
    CHECK(ops::estimated_tokens(6, 15) == 90000);
    CHECK(ops::estimated_cost(6, 15) == Approx(0.9));
    const std::vector<std::optional<std::string>> levels{"scene", "dialog", std::nullopt, "scene"};
    CHECK(ops::fidelity_distribution(levels) == R"({"scene": 3, "dialog": 1})");
    CHECK(ops::fidelity_distribution({}) == "{}");
}

TEST_CASE("snapshots are printed as by the original") {
    APS_NEEDS_VECTORS("timepoint");
    for (const json& c : vectors("timepoint").at("format_snapshot")) {
        std::optional<ops::run_snapshot> snapshot;
        if (const json& s = c.at("snapshot"); !s.is_null()) {
            const auto text = [&](const char* key) {
                return s.at(key).is_null() ? std::optional<std::string>() : s.at(key).get<std::string>();
            };
            const auto number = [&](const char* key) {
                return s.at(key).is_null() ? std::optional<double>() : s.at(key).get<double>();
            };
            snapshot.emplace();
            snapshot->run_id = s.at("run_id");
            snapshot->template_id = text("template_id");
            snapshot->causal_mode = text("causal_mode");
            snapshot->entities_created = s.at("entities_created");
            snapshot->timepoints_created = s.at("timepoints_created");
            snapshot->mechanisms_used = s.at("mechanisms_used").get<std::vector<std::string>>();
            snapshot->cost_usd = s.at("cost_usd");
            snapshot->status = s.at("status");
            snapshot->fidelity_distribution = s.at("fidelity_distribution");
            snapshot->token_budget_compliance = number("token_budget_compliance");
            snapshot->fidelity_efficiency_score = number("fidelity_efficiency_score");
            snapshot->characters = s.at("characters");
            snapshot->timeline = s.at("timeline");
            snapshot->latest_event = text("latest_event");
            snapshot->dialog_count = s.at("dialog_count");
        }
        CHECK(to_text(snapshot) == c.at("text").get<std::string>() + "\n");
    }
}

TEST_CASE("the last narrative of a template tells of characters, events and dialogs") {
    const temp_dir folder;
    auto store = ops::metadata_store::open(url_of(folder / "runs.db"));
    store.start_run({"r", "board", "pearl"});
    fs::create_directories(folder / "datasets/board");
    autopack_schema_test::write_file(folder / "datasets/board/narrative_1.json", "{}");
    autopack_schema_test::write_file(folder / "datasets/board/other_3.json", "{}");
    autopack_schema_test::write_file(folder / "datasets/board/narrative_2.json",
                                     R"({"characters": [{"entity_id": "ceo", "entity_type": "human"}, {}, {},
        {}, {}, {}, {}], "timeline": [{}, {"event_description": "the vote"}], "dialogs": [1, 2, 3]})");
    const std::string text = to_text(ops::take_snapshot(store, "r", folder / "datasets"));
    CHECK(text.find("\nCharacters (7):\n  - ceo (human)\n  - unknown (unknown)\n") != std::string::npos);
    CHECK(text.find("  ... and 2 more\n\nTimeline: 2 timepoints\nLatest event: the vote\n\nDialogs: 3 conversations "
                    "generated\n") != std::string::npos);
    autopack_schema_test::write_file(folder / "datasets/board/narrative_3.json", "no json");
    CHECK(to_text(ops::take_snapshot(store, "r", folder / "datasets")).find("Characters") == std::string::npos);
}

TEST_CASE("the way back keeps the v2 database and puts the archive in its place") {
    const temp_dir folder;
    const fs::path file = v1_file(folder);
    CHECK(caught([&] { ops::rollback_to_v1(file); }).code() == "S434"); // no archive
    ops::metadata_store::open(url_of(file)).start_run({"new", "t", "m"});
    const std::string archive = read_file(folder / "runs_v1_archive.db");
    const auto done = ops::rollback_to_v1(file);
    CHECK(done.v2_runs == 1);
    CHECK(done.v1_runs == 2);
    CHECK(lost_rows(folder / "runs_v1_archive.db", file).empty());
    CHECK((read_file(folder / "runs_v1_archive.db") == archive));
    CHECK(ops::metadata_store::open_read_only(url_of(done.backup)).get_all_runs().size() == 1);
    CHECK(caught([&] { ops::rollback_to_v1(file); }).code() == "S434"); // it is v1 now
    fs::remove(file);
    fs::rename(done.backup, file);
    autopack_schema_test::write_file(done.backup, "an older backup");
    const std::string v2 = read_file(file);
    CHECK(caught([&] { ops::rollback_to_v1(file); }).code() == "S230");
    CHECK((read_file(file) == v2));
    CHECK(read_file(done.backup) == "an older backup");
    fs::remove(done.backup);
    ops::rollback_to_v1(file);
    CHECK(ops::metadata_store::open(url_of(file))
              .get_all_runs()
              .empty()); // the archive is what is there: version 2 again
    CHECK((read_file(folder / "runs_v1_archive.db") == archive));
}

TEST_CASE("the verification names what differs and changes nothing") {
    const temp_dir folder;
    const fs::path file = v1_file(folder);
    CHECK_FALSE(ops::verify_v2(file).met());
    ops::metadata_store::open(url_of(file)).start_run({"new", "t", "m"});
    const auto found = ops::verify_v2(file);
    CHECK(found.met());
    CHECK(found.columns.size() == 27);
    CHECK(found.v2_runs == 1);
    CHECK(found.archived_runs == 2);
    const std::string text = to_text(found);
    CHECK(text.find("V1 runs preserved: 2\n") != std::string::npos);
    CHECK(text.find("✅ runs has 27 columns, 27 are documented\n") != std::string::npos);
}

TEST_CASE("the verification of real files names their other columns") {
    APS_NEEDS_SHARED();
    const auto shared = *autopack_schema_test::shared_dir() / "db";
    for (const char* name : {"timepoint_v1_migrated_28col", "timepoint_v2_fresh_28col"}) {
        const std::string before = read_file(shared / (std::string(name) + ".sqlite"));
        const auto found = ops::verify_v2(shared / (std::string(name) + ".sqlite"));
        CHECK_FALSE(found.met());
        CHECK(found.columns.size() == 28);
        CHECK(found.missing.size() == 8);
        CHECK(found.extra.size() == 9);
        CHECK(to_text(found).find("not documented, kept: started_at, completed_at, max_entities") != std::string::npos);
        CHECK((read_file(shared / (std::string(name) + ".sqlite")) == before));
    }
}
