// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/ops/drain/batch.hpp>
#include <autopack_schema/ops/drain/claim.hpp>
#include <autopack_schema/ops/drain/session_files.hpp>
#include <autopack_schema/ops/drain/session_json.hpp>
#include <autopack_schema/ops/drain/triage.hpp>
#include <autopack_schema/schemas/autopack.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>
#include <autopack_schema_test/vectors.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;
using aps::sqlite::connection;
using autopack_schema_test::temp_dir;
using autopack_schema_test::vectors;
using json = nlohmann::ordered_json;

namespace {

template <class T>
std::optional<T> maybe(const json& object, const char* key) {
    if (!object.contains(key) || object.at(key).is_null()) return std::nullopt;
    return object.at(key).get<T>();
}

connection database_of(const json& runs) {
    connection database = connection::memory();
    database.execute(aps::sql::sqlite::ddl(aps::schemas::autopack::build_144::version));
    std::int64_t tier = 0;
    for (const json& run : runs) {
        const auto id = run.at("run_id").get<std::string>();
        database.execute("INSERT INTO runs (id) VALUES (?1)", id);
        database.execute("INSERT INTO tiers (tier_id, run_id, tier_index, name) VALUES ('T', ?1, 0, 'T')", id);
        ++tier;
        for (const json& phase : run.at("phases")) {
            database.execute(
                "INSERT INTO phases (phase_id, run_id, tier_id, phase_index, name, state, last_failure_reason) "
                "VALUES (?1, ?2, ?3, ?4, 'n', ?5, ?6)",
                phase.at("phase_id").get<std::string>(), id, tier, phase.at("phase_index").get<int>(),
                phase.at("state").get<std::string>(), maybe<std::string>(phase, "reason"));
        }
    }
    return database;
}

/// A batch on a database whose work is a script, as that of the vectors is.
struct scripted {
    connection& database;
    const json& script; ///< by "run:phase", run, or "*"
    double seconds_per_drain = 0;
    std::optional<std::string> run_filter{};
    ops::triage_limits limits{};
    ops::attempt_counts earlier{};
    std::vector<std::string> picks{};
    int saves = 0;
    double seconds = 0;

    const json& result_for(const ops::drain_candidate& phase) const {
        for (const std::string& key : {phase.key(), phase.run_id}) {
            if (script.contains(key)) return script.at(key);
        }
        return script.at("*");
    }
    ops::drain_result drain(const ops::drain_candidate& phase) {
        const json& r = result_for(phase);
        picks.push_back(phase.key());
        seconds += seconds_per_drain;
        ops::drain_result result;
        result.run_id = phase.run_id;
        result.phase_id = phase.phase_id;
        result.phase_index = phase.phase_index;
        result.success = r.at("success").get<bool>();
        result.final_state = maybe<std::string>(r, "final_state").value_or(result.success ? "COMPLETE" : "FAILED");
        result.telemetry_events = maybe<std::int64_t>(r, "telemetry");
        result.returncode = maybe<int>(r, "rc");
        result.error_message = maybe<std::string>(r, "error");
        result.fingerprint = ops::fingerprint_of(result);
        if (const auto why = ops::classify_zero_yield({.success = result.success,
                                                       .telemetry_events = result.telemetry_events,
                                                       .returncode = result.returncode})) {
            result.zero_yield_reason = std::string(why->code);
        }
        if (result.success) database.execute("UPDATE phases SET state = 'COMPLETE' WHERE id = ?1", phase.id);
        return result;
    }
    ops::batch_end run(ops::drain_session& session, const ops::batch_limits& batch) {
        ops::batch_work work;
        work.pick = [this](const ops::drain_session& s) {
            return ops::pick_next(ops::read_candidates(database, "FAILED", run_filter), s, limits, earlier);
        };
        work.drain = [this](const ops::drain_candidate& phase) { return std::optional(drain(phase)); };
        work.minutes = [this] { return seconds / 60; };
        work.save = [this](const ops::drain_session&) { ++saves; };
        work.say = [](std::string_view) {};
        const ops::batch_end end = ops::run_batch(session, batch, work);
        session.completed_at = "2026-01-01T00:00:00+00:00";
        ++saves;
        return end;
    }
};

ops::batch_limits batch_of(const json& input) {
    ops::batch_limits limits;
    limits.batch_size = input.at("batch");
    if (!input.contains("opts")) return limits;
    const json& o = input.at("opts");
    limits.max_total_minutes = maybe<std::int64_t>(o, "max_total_minutes");
    limits.max_consecutive_zero_yield = maybe<std::int64_t>(o, "max_consecutive_zero_yield");
    limits.max_fingerprint_repeats = maybe<std::int64_t>(o, "max_fingerprint_repeats").value_or(3);
    return limits;
}

std::string name_of(ops::batch_end end) {
    static const std::vector<std::string> names{
        "batch_size_reached", "no_failed_phases",  "no_eligible_after_stop_conditions",
        "time_limit",         "zero_yield_streak", "interrupted"};
    return names.at(static_cast<std::size_t>(end));
}

ops::drain_session new_session(std::int64_t batch_size) {
    ops::drain_session session;
    session.session_id = "batch-drain-20260101-000000";
    session.started_at = "2026-01-01T00:00:00+00:00";
    session.batch_size = batch_size;
    return session;
}

std::vector<std::string> keys_of(const json& picks, std::size_t count) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < count; ++i)
        keys.push_back(picks[i][0].get<std::string>() + ":" + picks[i][1].get<std::string>());
    return keys;
}

} // namespace

TEST_CASE("triage picks, stops and remembers as the original does") {
    APS_NEEDS_VECTORS("triage");
    const json v = vectors("triage").at("scenarios");
    REQUIRE(v.size() == 9);
    for (const auto& [name, scenario] : v.items()) {
        INFO(name);
        const json& input = scenario.at("input");
        connection database = database_of(input.at("runs"));
        scripted batch{database, input.at("results"),
                       input.contains("seconds_per_drain") ? input.at("seconds_per_drain").get<double>() : 0.0,
                       maybe<std::string>(input, "run_id")};
        ops::drain_session session = new_session(input.at("batch"));
        CHECK(name_of(batch.run(session, batch_of(input))) == scenario.at("stop").get<std::string>());
        CHECK(json(batch.picks) == scenario.at("picks"));
        CHECK(batch.saves == scenario.at("saves").get<int>());
        CHECK((session.total_failed > 0 ? 1 : 0) == scenario.at("exit_code_of_main").get<int>());
        json written = ops::to_json_value(session);
        json results = json::array();
        for (const json& r : written.at("results")) {
            json& some = results.emplace_back(json::object());
            for (const auto& [key, value] : scenario.at("results").front().items()) some[key] = r.at(key);
        }
        CHECK(results == scenario.at("results"));
        written.erase("results");
        CHECK(written == scenario.at("session_final")); // the same keys in the same order, sets sorted
    }
}

TEST_CASE("a session of an older program is resumed as the original would") {
    APS_NEEDS_VECTORS("triage");
    const json v = vectors("triage").at("resume_old_format_session");
    ops::drain_session session = ops::session_from_json(v.at("input_session"));
    CHECK(session.results.front().fingerprint == v.at("loaded_result_fingerprint_of_failed").get<std::string>());
    connection database = database_of(json::parse(R"([
        {"run_id": "run-a", "phases": [{"phase_id": "p0", "phase_index": 0, "state": "FAILED"}, {"phase_id": "p1", "phase_index": 1, "state": "FAILED"},
                                       {"phase_id": "p2", "phase_index": 2, "state": "FAILED"}]},
        {"run_id": "run-b", "phases": [{"phase_id": "p0", "phase_index": 0, "state": "COMPLETE"}, {"phase_id": "p1", "phase_index": 1, "state": "FAILED"}]}])"));
    const json script = {{"*", {{"success", false}, {"telemetry", 0}, {"rc", 1}, {"error", "boom"}}}};
    scripted batch{database, script};
    ops::batch_limits limits;
    limits.batch_size = v.at("batch_size");
    batch.run(session, limits);
    CHECK(json(batch.picks) == v.at("picks"));
    const json written = ops::to_json_value(session);
    for (const char* key :
         {"fingerprint_counts", "stopped_runs", "sampled_runs", "deprioritized_runs", "total_processed"}) {
        CHECK(written.at(key) == v.at(key));
    }
    CHECK(written.at("batch_size") == v.at("stored_batch_size_unchanged"));
}

TEST_CASE("the real backlog is picked in the order of the original") {
    APS_NEEDS_SHARED();
    const json v = vectors("real_backlog_picks");
    const auto file = *autopack_schema_test::shared_dir() / v.at("database").get<std::string>();
    connection database = connection::open_file(file.string(), {.mode = aps::sqlite::open_mode::read_only});
    const auto candidates = ops::read_candidates(database, "FAILED");
    REQUIRE(candidates.size() == 207);
    for (const bool learning : {false, true}) {
        const json& wanted = v.at(learning ? "with_session_all_promising_first_80" : "without_session_first_80");
        ops::drain_session session = new_session(80);
        std::vector<std::string> picks;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const auto pick = ops::pick_next(candidates, session, {});
            REQUIRE(pick.chosen);
            picks.push_back(pick.chosen->key());
            ops::drain_result result;
            result.run_id = pick.chosen->run_id;
            result.phase_id = pick.chosen->phase_id;
            result.success = true;
            session.results.push_back(result);
            if (learning) ops::evaluate_sample(session, result);
        }
        CHECK(picks == keys_of(wanted, wanted.size()));
    }
}

TEST_CASE("failures are classified by the first words that match") {
    const auto of = [](const char* reason) { return ops::detail::failure_class(std::string(reason)); };
    CHECK(ops::detail::failure_class(std::nullopt) == 0);
    CHECK(of("") == 0);
    CHECK(of("ImportError: missing") == 1);
    CHECK(of("MISSING deliverables after patch") == 2);
    CHECK(of("No-Op detected: timed out") == 3);
    CHECK(of("MAX_ATTEMPTS_EXHAUSTED") == 4);
    CHECK(of("Timed out") == 5);
}

TEST_CASE("ruling 14: attempts are limited across sessions") {
    connection database = database_of(json::parse(R"([{"run_id": "r", "phases": [
        {"phase_id": "p0", "phase_index": 0, "state": "FAILED"}, {"phase_id": "p1", "phase_index": 1, "state": "FAILED"}]}])"));
    const json script = {{"*", {{"success", false}, {"telemetry", 0}, {"rc", 1}, {"error", "boom"}}}};
    ops::attempt_counts earlier;
    for (int session_number = 1; session_number <= 3; ++session_number) {
        ops::drain_session session = new_session(1);
        scripted batch{database, script};
        batch.earlier = earlier;
        const auto end = batch.run(session, {.batch_size = 1});
        ops::count_attempts(earlier, session);
        CHECK(batch.picks == std::vector<std::string>{session_number < 3 ? "r:p0" : "r:p1"});
        CHECK(end == ops::batch_end::batch_size_reached);
    }
    ops::drain_result dry; // what a dry run leaves is no attempt
    dry.success = true;
    CHECK_FALSE(dry.is_attempt());
}

TEST_CASE("a phase that another drain has taken and failed since it was seen is not taken again") {
    connection database = database_of(json::parse(
        R"([{"run_id": "r", "phases": [{"phase_id": "p0", "phase_index": 0, "state": "FAILED"}]}])"));
    const auto seen = ops::read_candidates(database, "FAILED").at(0);
    const auto other = ops::claim_for(seen, aps::timestamp::now());
    REQUIRE(ops::make_claim(database, other));
    REQUIRE_FALSE(ops::make_claim(database, ops::claim_for(seen, aps::timestamp::now()))); // it is EXECUTING
    REQUIRE(ops::fail_claim(database, other, "no", aps::timestamp::now()));
    CHECK_FALSE(ops::make_claim(database, ops::claim_for(seen, aps::timestamp::now()))); // FAILED, as it was seen
    CHECK(ops::make_claim(database, ops::claim_for(ops::read_candidates(database, "FAILED").at(0), aps::timestamp::now())));
}

TEST_CASE("phases of skipped runs and of another drain are left alone") {
    connection database = database_of(json::parse(R"([
        {"run_id": "research-1", "phases": [{"phase_id": "p0", "phase_index": 0, "state": "FAILED"}]},
        {"run_id": "build-1", "phases": [{"phase_id": "p0", "phase_index": 7, "state": "FAILED"}]}])"));
    database.execute(
        "UPDATE phases SET last_attempt_timestamp = '2026-01-01 00:00:00.000005' WHERE run_id = 'build-1'");
    const auto candidates = ops::read_candidates(database, "FAILED");
    ops::triage_limits limits;
    limits.skip_run_prefixes = {"research-"};
    CHECK(ops::pick_next(candidates, new_session(1), limits).chosen->run_id == "build-1");
    limits.not_attempted_since = aps::timestamp::parse("2026-01-01 00:00:00.000006");
    CHECK(ops::pick_next(candidates, new_session(1), limits).chosen->run_id == "build-1");
    limits.not_attempted_since = aps::timestamp::parse("2026-01-01 00:00:00.000005");
    const auto none = ops::pick_next(candidates, new_session(1), limits);
    CHECK_FALSE(none.chosen);
    CHECK_FALSE(none.all_skipped);
}

TEST_CASE("a phase that another drain has taken is neither counted nor waited for") {
    connection database = database_of(json::parse(R"([{"run_id": "r", "phases": [
        {"phase_id": "p0", "phase_index": 0, "state": "FAILED"}, {"phase_id": "p1", "phase_index": 1, "state": "FAILED"}]}])"));
    const json script = {{"*", {{"success", true}, {"telemetry", 1}, {"rc", 0}}}};
    scripted batch{database, script};
    ops::drain_session session = new_session(10);
    bool first = true;
    ops::batch_work work;
    work.pick = [&](const ops::drain_session& s) {
        return ops::pick_next(ops::read_candidates(database, "FAILED"), s, {});
    };
    work.drain = [&](const ops::drain_candidate& phase) -> std::optional<ops::drain_result> {
        if (!first) return batch.drain(phase);
        first = false;
        database.execute("UPDATE phases SET state = 'EXECUTING' WHERE id = ?1", phase.id); // the other drain
        return std::nullopt;
    };
    work.minutes = [] { return 0.0; };
    work.save = [](const ops::drain_session&) {};
    work.say = [](std::string_view) {};
    CHECK(ops::run_batch(session, {}, work) == ops::batch_end::no_failed_phases);
    CHECK(batch.picks == std::vector<std::string>{"r:p1"});
    CHECK(session.total_processed == 1);
}

TEST_CASE("ruling 13: sessions are saved whole, and a corrupt file is left out with a warning") {
    const temp_dir workspace;
    const ops::session_folder folder(workspace.path());
    ops::drain_session session = new_session(3);
    session.sampled_runs = {"z", "a"};
    session.stopped_fingerprints = {"FAILED|rc1|\"é\""};
    session.results.emplace_back().phase_id = "p";
    session.results.back().success = true;
    REQUIRE(folder.lock(session.session_id));
    folder.save(session);
    folder.save(session);
    autopack_schema_test::write_file(folder.path() / "batch-drain-20260101-000001.json",
                                     "{\"session_id\": \"x\", \"sampled_runs\": ");
    autopack_schema_test::write_file(folder.path() / "batch-drain-20260101-000002.json",
                                     "{\"session_id\": \"x\", \"new_key\": 1}");
    autopack_schema_test::write_file(folder.path() / "batch-drain-20260101-000003.json", "[]");
    autopack_schema_test::write_file(folder.path() / "batch-drain-20260101-000000.json.part", "{");
    std::vector<std::string> warnings;
    const auto all = folder.read_all([&](std::string_view text) { warnings.emplace_back(text); });
    REQUIRE(all.size() == 1);
    CHECK(warnings.size() == 3);
    CHECK(ops::to_json_value(all.front()) == ops::to_json_value(session));
    const std::string text = autopack_schema_test::read_file(folder.file_of(session.session_id));
    CHECK(text.find("\"sampled_runs\": [\n    \"a\",\n    \"z\"\n  ]") != std::string::npos);
    CHECK(text.find("FAILED|rc1|\\\"\\u00e9\\\"") != std::string::npos); // ASCII, as the original writes
    CHECK(ops::session_name(*aps::timestamp::parse("2025-12-28 10:15:00.5")) == "batch-drain-20251228-101500");
}

TEST_CASE("ruling 13: what the original's failed save leaves behind stops no resume") {
    APS_NEEDS_VECTORS("triage");
    const json v = vectors("triage").at("real_save_defect");
    CHECK(v.at("first_save") == "TypeError: Object of type set is not JSON serializable");
    CHECK(v.at("then_resume").get<std::string>().find("JSONDecodeError") == 0); // overridden
    const temp_dir workspace;
    const ops::session_folder folder(workspace.path());
    ops::drain_session good = new_session(3);
    good.session_id = "batch-drain-20251231-000000"; // older than the broken one
    good.sampled_runs = {"b", "a"};                  // the sets that it cannot save
    REQUIRE(folder.lock(good.session_id));
    folder.save(good);
    for (const auto& [name, tail] : v.at("partial_file_tail").items())
        autopack_schema_test::write_file(folder.path() / name,
                                         "{\"results\": [\n    {\n      \"zero_" + tail.get<std::string>());
    std::vector<std::string> warnings;
    const auto all = folder.read_all([&](std::string_view text) { warnings.emplace_back(text); });
    REQUIRE(warnings.size() == 1);
    CHECK(warnings.front().find("batch-drain-20260101-000000.json") != std::string::npos);
    REQUIRE(all.size() == 1);
    CHECK(all.front().sampled_runs == good.sampled_runs);
}

TEST_CASE("a session that a drain works on cannot be taken by another") {
    const temp_dir workspace;
    const ops::session_folder folder(workspace.path());
    {
        const auto held = folder.lock("batch-drain-20260101-000000");
        REQUIRE(held);
        CHECK(folder.is_active("batch-drain-20260101-000000"));
        CHECK_FALSE(folder.lock("batch-drain-20260101-000000"));
    }
    CHECK_FALSE(folder.is_active("batch-drain-20260101-000000"));
    CHECK_FALSE(folder.is_active("batch-drain-20990101-000000"));
}
