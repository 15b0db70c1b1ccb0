// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/ops/build_144.hpp>
#include <autopack_schema/ops/json_text.hpp>
#include <autopack_schema/ops/usage_recorder.hpp>
#include <autopack_schema/ops/usage_totals.hpp>
#include <autopack_schema/schemas/autopack.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>
#include <autopack_schema_test/vectors.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;
namespace pack = aps::schemas::autopack;
using aps::sqlite::connection;
using autopack_schema_test::caught;
using autopack_schema_test::temp_dir;
using autopack_schema_test::vectors;
using json = nlohmann::ordered_json;

namespace {

connection database_at(const aps::model::schema& version) {
    connection database = connection::memory();
    database.execute(aps::sql::sqlite::ddl(version));
    return database;
}

template <class T>
std::optional<T> maybe(const json& value) {
    if (value.is_null()) return std::nullopt;
    return value.get<T>();
}

pack::llm_usage_event event_of(const json& e) {
    return {.provider = e.at("provider"),
            .model = e.at("model"),
            .run_id = maybe<std::string>(e.at("run_id")),
            .phase_id = maybe<std::string>(e.at("phase_id")),
            .role = e.at("role"),
            .total_tokens = e.at("total_tokens"),
            .prompt_tokens = maybe<std::int64_t>(e.at("prompt_tokens")),
            .completion_tokens = maybe<std::int64_t>(e.at("completion_tokens")),
            .created_at = aps::timestamp::now(),
            .is_doctor_call = e.at("is_doctor_call").get<bool>(),
            .doctor_model = maybe<std::string>(e.at("doctor_model")),
            .doctor_action = maybe<std::string>(e.at("doctor_action"))};
}

json row_at(connection& database, std::int64_t id) {
    auto row = database.prepare(
        "SELECT provider, model, run_id, phase_id, role, total_tokens, prompt_tokens, completion_tokens, "
        "is_doctor_call, doctor_model, doctor_action FROM llm_usage_events WHERE id = ?1");
    row.bind(1, id);
    REQUIRE(row.step());
    json found = json::object();
    for (int i = 0; i < row.column_count(); ++i) {
        json& value = found[std::string(row.column_name(i))];
        if (row.column_is_null(i)) continue;
        if (row.column_type(i) == aps::sqlite::value_type::integer)
            value = row.column_int64(i);
        else
            value = std::string(row.column_text(i));
    }
    return found;
}

void add_event(connection& database, const json& e, aps::timestamp now) {
    const auto age = std::chrono::microseconds(static_cast<std::int64_t>(e[5].get<double>() * 86400e6 + 0.5));
    ops::usage_recorder(database).record({.provider = e[0],
                                          .model = e[1],
                                          .run_id = "run",
                                          .role = "builder",
                                          .total_tokens = e[2],
                                          .prompt_tokens = maybe<std::int64_t>(e[3]),
                                          .completion_tokens = maybe<std::int64_t>(e[4]),
                                          .created_at = aps::timestamp(now.time() - age)});
}

/// The same entries in the order of a second list: the order of the head variant is by name, which no ruling asks for.
json sorted_by(json entries, const std::vector<const char*>& keys) {
    std::sort(entries.begin(), entries.end(), [&](const json& a, const json& b) {
        for (const char* key : keys) {
            if (a.at(key) != b.at(key)) return a.at(key) < b.at(key);
        }
        return false;
    });
    return entries;
}

const aps::timestamp now = *aps::timestamp::parse("2026-01-01 00:00:00");

} // namespace

TEST_CASE("the dashboard answers what the original does, byte for byte") {
    APS_NEEDS_VECTORS("dashboard");
    const json v = vectors("dashboard");
    REQUIRE(v.at("now") == now.to_iso_string() + "Z");
    connection database = database_at(pack::build_144::version);
    for (const json& e : v.at("events_provider_model_total_prompt_completion_ageDays")) add_event(database, e, now);
    for (const json& r : v.at("responses")) {
        const std::string query = r.at("query");
        INFO(query);
        const ops::usage_period period(query.empty() ? "week" : query.substr(query.find('=') + 1));
        CHECK(ops::to_json_text(to_json_value(ops::read_usage(database, period, now)), ops::compact_json) ==
              r.at("body_text").get<std::string>());
    }
}

TEST_CASE("with a cap the dashboard has the numbers of the later original") {
    APS_NEEDS_VECTORS("dashboard");
    const json v = vectors("dashboard");
    connection database = database_at(pack::build_144::version);
    for (const json& e : v.at("events_provider_model_total_prompt_completion_ageDays")) add_event(database, e, now);
    for (const json& r : v.at("head_variant_sql_group_by_cap_5000000")) {
        const std::string query = r.at("query");
        INFO(query);
        const json ours = to_json_value(
            ops::read_usage(database, ops::usage_period(query.substr(query.find('=') + 1)), now, 5'000'000));
        const json theirs = json::parse(r.at("body_text").get<std::string>());
        CHECK(sorted_by(ours.at("providers"), {"provider"}) == sorted_by(theirs.at("providers"), {"provider"}));
        // The later original overwrites ("a:b", "c") with ("a", "b:c"); ours adds them, as the documented one does.
        json their_models = json::array();
        for (const json& m : theirs.at("models")) {
            if (!m.at("provider").get<std::string>().starts_with("a:")) their_models.push_back(m);
        }
        json our_models = json::array();
        for (const json& m : ours.at("models")) {
            if (m.at("provider") != "a") our_models.push_back(m);
        }
        CHECK(sorted_by(our_models, {"provider", "model"}) == sorted_by(their_models, {"provider", "model"}));
    }
}

TEST_CASE("a run's usage counts totals, not splits (ruling 5 overrides dashboard.usage_service)") {
    APS_NEEDS_VECTORS("dashboard");
    const json v = vectors("dashboard");
    connection database = database_at(pack::build_144::version);
    std::int64_t total = 0;
    for (const json& e : v.at("events_provider_model_total_prompt_completion_ageDays")) {
        add_event(database, e, now);
        total += e[2].get<std::int64_t>();
    }
    const json theirs = v.at("usage_service_same_events_sum_of_splits_only").at("run");
    const ops::token_sums ours = ops::read_run_usage(database, "run");
    CHECK(ours.prompt_tokens == theirs.at("prompt_tokens"));
    CHECK(ours.completion_tokens == theirs.at("completion_tokens"));
    CHECK(ours.total_tokens == total);
    CHECK(ours.total_tokens != theirs.at("total_tokens"));
}

TEST_CASE("doctor statistics are those of the original, but actions count (ruling 23 overrides usage_recorder.steps)") {
    APS_NEEDS_VECTORS("usage_recorder");
    const json v = vectors("usage_recorder");
    connection database = database_at(pack::build_144::version);
    ops::usage_recorder recorder(database);
    std::int64_t id = 0;
    for (const json& step : v.at("steps")) {
        INFO(step.dump());
        recorder.record(event_of(step.at("event")));
        for (const char* run : {"r1", "r2"}) {
            const json& wanted = step.at("stats_" + std::string(run));
            const auto stats = recorder.doctor(run);
            REQUIRE(stats.has_value() == !wanted.is_null());
            if (!stats) continue;
            json ours = to_json_value(*stats);
            json theirs = wanted;
            ours.erase("doctor_actions");
            theirs.erase("doctor_actions");
            CHECK(ours == theirs);
        }
        json stored = v.at("rows")[static_cast<std::size_t>(id)];
        stored.erase("id");
        CHECK(row_at(database, ++id) == stored);
    }
    CHECK(recorder.doctor("r1")->actions == json({{"replan", 3}, {"skip_phase", 1}, {"retry_with_fix", 1}}));
    CHECK(recorder.doctor("r2")->actions == json({{"a", 1}, {"b", 1}}));
    CHECK_FALSE(recorder.doctor("unknown run"));
    CHECK(v.at("unknown_run").is_null());
}

TEST_CASE("providers and recorded calls are those of the original") {
    APS_NEEDS_VECTORS("usage_recorder");
    const json v = vectors("usage_recorder");
    for (const auto& [model, provider] : v.at("model_to_provider").items()) {
        CHECK(ops::provider_of_model(model) == provider.get<std::string>());
    }
    connection database = database_at(pack::build_144::version);
    std::vector<std::string> said;
    ops::usage_recorder recorder(database, [&](std::string_view text) { said.emplace_back(text); });
    CHECK(recorder.try_record_exact({"gpt-4o", "builder", "r9", "p9"}, 120, 30));
    CHECK(recorder.try_record_exact({"gpt-4o", "auditor", {}, {}}, 0, 0));
    CHECK(recorder.try_record_total({"gemini-2.5-pro", "builder", "r9", "p9"}, 18500));
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(row_at(database, static_cast<std::int64_t>(i) + 1) == v.at("llm_service_rows")[i]);
    database.execute("DROP TABLE llm_usage_events");
    CHECK_FALSE(recorder.try_record_exact({"gpt-4o", "builder", {}, {}}, 1, 1));
    const std::string theirs = v.at("llm_service_failure_stdout");
    CHECK(said.back().substr(0, 32) == theirs.substr(0, 32));
}

TEST_CASE("a total-only event is lost in a file that the original program migrated, and kept once it is repaired "
          "(ruling 1)") {
    APS_NEEDS_SHARED();
    const json theirs = vectors("usage_recorder").at("on_database_migrated_by_real_build144_script");
    temp_dir directory;
    connection database = connection::open_file(
        autopack_schema_test::copy_shared(directory, "db/pre144_then_migrated_144.sqlite").string());
    std::vector<std::string> said;
    ops::usage_recorder recorder(database, [&](std::string_view text) { said.emplace_back(text); });
    CHECK_FALSE(
        recorder.try_record_total({"gemini-2.5-pro", "builder", "r", "p"}, 18500)); // as it is: lost, with a warning
    REQUIRE(said.size() == 1);
    CHECK(said[0].find("Warning: Failed to record total-only usage") == 0);
    CHECK(database.query_int("SELECT COUNT(*) FROM llm_usage_events") == theirs.at("rows_before"));
    CHECK_FALSE(database.in_transaction());
    CHECK(recorder.try_record_exact({"gpt-4o", "builder", "r", "p"}, 120, 30));
    CHECK(database.query_int("SELECT COUNT(*) FROM llm_usage_events") ==
          theirs.at("rows_after_one_total_only_and_one_exact")); // one of two, as there
    // Ruling 1 overrides what the original leaves of it: our migration repairs its file, and then both are kept.
    CHECK(ops::build_144::upgrade(database).splits_opened);
    CHECK(recorder.try_record_total({"gemini-2.5-pro", "builder", "r", "p"}, 18500));
    CHECK(database.query_int("SELECT total_tokens FROM llm_usage_events WHERE prompt_tokens IS NULL") == 18500);
}

// ---- what needs no vectors

TEST_CASE("only what a successful call used is recorded, exactly where that is possible") {
    connection database = database_at(pack::build_144::version);
    std::vector<std::string> said;
    ops::usage_recorder recorder(database, [&](std::string_view text) { said.emplace_back(text); });
    const ops::model_call call{"claude-x", "builder", "r", "p"};
    CHECK_FALSE(recorder.try_record_call(call, false, {100, 60, 40}));
    CHECK_FALSE(recorder.try_record_call(call, true, {0, {}, {}}));
    CHECK(database.query_int("SELECT COUNT(*) FROM llm_usage_events") == 0);
    CHECK(recorder.try_record_call(call, true, {100, 60, 40}));
    CHECK(said.empty());
    CHECK(recorder.try_record_call(call, true, {100, 60, {}}));
    CHECK(said.size() == 2); // the warning and the remark
    CHECK(ops::read_run_usage(database, "r") == ops::token_sums{60, 40, 200, 2, 1, 100});
    CHECK(ops::read_phase_usage(database, "r", "p").total_tokens == 200);
    CHECK(ops::read_phase_usage(database, "r", "q").events == 0);
}

TEST_CASE("an event and its doctor statistics are stored both or not at all") {
    connection database = database_at(pack::build_144::version);
    database.execute("CREATE TRIGGER stop BEFORE INSERT ON doctor_usage_stats BEGIN SELECT RAISE(ABORT, 'no'); END");
    ops::usage_recorder recorder(database);
    CHECK_THROWS_AS(
        recorder.record({.provider = "p", .model = "m", .run_id = "r", .role = "doctor", .is_doctor_call = true}),
        aps::error);
    CHECK(database.query_int("SELECT COUNT(*) FROM llm_usage_events") == 0);
}

TEST_CASE("a recorder that has recorded and read leaves no lock behind") {
    const temp_dir directory;
    const std::string file = (directory / "usage.db").string();
    connection database = connection::open_file(file, {.mode = aps::sqlite::open_mode::create});
    database.execute(aps::sql::sqlite::ddl(pack::current));
    ops::usage_recorder recorder(database);
    for (const char* model : {"cheap", "strong"})
        recorder.record({.provider = "p",
                         .model = "m",
                         .run_id = "r",
                         .role = "doctor",
                         .is_doctor_call = true,
                         .doctor_model = model});
    CHECK(recorder.doctor("r")->escalations == 1);
    CHECK(ops::read_run_usage(database, "r").events == 2);
    connection other = connection::open_file(file, {.busy_timeout_ms = 0});
    CHECK_NOTHROW(other.execute("BEGIN EXCLUSIVE; COMMIT"));
    CHECK(recorder.doctor("r")->calls_total == 2);
}

TEST_CASE("usage over time falls into hours or days that end now") {
    connection database = database_at(pack::build_144::version);
    for (const auto& e :
         {json{"a", "m", 5, nullptr, nullptr, 0.01}, json{"a", "m", 7, 3, 4, 0.5}, json{"b", "m", 11, 5, 6, 6.99}})
        add_event(database, e, now);
    const auto week = ops::read_timeline(database, ops::usage_period("week"), now);
    REQUIRE(week.steps() == 7);
    REQUIRE(week.series.size() == 2);
    CHECK(week.series[0].provider == "b");
    CHECK(week.series[0].tokens == std::vector<std::int64_t>{11, 0, 0, 0, 0, 0, 0});
    CHECK(week.series[1].tokens == std::vector<std::int64_t>{0, 0, 0, 0, 0, 0, 12});
    CHECK(ops::read_timeline(database, ops::usage_period("day"), now).steps() == 24);
    CHECK(ops::read_timeline(database, ops::usage_period("month"), now).steps() == 30);
    const json details = to_json_value(ops::read_usage(database, ops::usage_period("year"), now), week, now);
    CHECK(details.at("period") == "year");
    CHECK(details.at("exact") == json({{"events", 2}, {"tokens", 18}}));
    CHECK(details.at("total_only") == json({{"events", 1}, {"tokens", 5}}));
}

TEST_CASE("a database from before BUILD-144 and one without the table are told apart") {
    connection before = database_at(pack::build_142::version);
    CHECK(caught([&] { ops::read_usage(before, ops::usage_period(), now); }).code() == "S415");
    connection empty = connection::memory();
    CHECK(caught([&] { ops::read_usage(empty, ops::usage_period(), now); }).code() == "S412");
}
