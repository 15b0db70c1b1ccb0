// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/ops/export_telemetry.hpp>
#include <autopack_schema/ops/propose_calibration.hpp>
#include <autopack_schema/ops/replay.hpp>
#include <autopack_schema/schemas/autopack.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/temp.hpp>
#include <autopack_schema_test/vectors.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;
using aps::sqlite::connection;
using autopack_schema_test::temp_dir;
using autopack_schema_test::vectors;
using json = nlohmann::ordered_json;

namespace {

ops::telemetry_event event() {
    return {.event_id = 1,
            .run_id = "r",
            .phase_id = "p",
            .timestamp = "2025-12-24 09:00:00.500000",
            .category = "docs",
            .complexity = "low",
            .deliverable_count = 2,
            .deliverables_json = R"(["a.md", "\u00e9.md"])",
            .predicted = 1200,
            .actual = 800,
            .selected_budget = 4096,
            .success = true,
            .model = "m",
            .smape_percent = 40.0,
            .waste_ratio = 1.5,
            .underestimated = false};
}

ops::calibration_sample sample(std::string category, std::string complexity, std::int64_t predicted,
                               std::int64_t actual, std::int64_t files = 1) {
    return {.category = std::move(category),
            .complexity = std::move(complexity),
            .estimated = predicted,
            .actual = actual,
            .selected_budget = 8192,
            .run_id = "r",
            .phase_id = "p",
            .deliverable_count = files};
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++n;
    return n;
}

} // namespace

TEST_CASE("the error of a replay is that of the original") {
    APS_NEEDS_VECTORS("scripts");
    for (const json& c : vectors("scripts").at("replay_calculate_smape")) {
        INFO(c.dump());
        CHECK(ops::replayed::replay_smape(c[0], c[1]) == c[2]);
    }
}

TEST_CASE("an event is exported as NDJSON and as CSV") {
    CHECK(
        ops::to_ndjson(event()) ==
        R"({"run_id": "r", "phase_id": "p", "timestamp": "2025-12-24T09:00:00.500000", "category": "docs", "complexity": "low", )"
        R"("deliverable_count": 2, "deliverables": ["a.md", "\u00e9.md"], "predicted_output_tokens": 1200, "actual_output_tokens": 800, )"
        R"("selected_budget": 4096, "success": true, "truncated": false, "stop_reason": null, "model": "m", "smape_percent": 40.0, )"
        R"("waste_ratio": 1.5, "underestimated": false})"
        "\n");
    CHECK(ops::csv_head() ==
          "run_id,phase_id,timestamp,category,complexity,deliverable_count,deliverables,predicted_output_tokens,"
          "actual_output_tokens,selected_budget,success,truncated,stop_reason,model,smape_percent,waste_ratio,"
          "underestimated\r\n");
    ops::telemetry_event odd = event();
    odd.deliverables_json = "no JSON";
    odd.model = "a \"b\", c\n";
    odd.timestamp = "2025-12-24T09:00:00";
    CHECK(ops::to_csv(odd) ==
          "r,p,2025-12-24T09:00:00,docs,low,2,[],1200,800,4096,True,False,,\"a \"\"b\"\", c\n\",40.0,1.5,False\r\n");
    CHECK(ops::to_csv(event()).find(R"("[""a.md"", ""\u00e9.md""]")") != std::string::npos);
}

TEST_CASE("events are read newest first, from every layout and every form of time") {
    for (const aps::model::schema& version : aps::schemas::autopack::versions) {
        connection database = connection::memory();
        database.enable(aps::sqlite::setting::foreign_keys, false);
        database.execute(aps::sql::sqlite::ddl(version));
        for (const char* time : {"2025-12-24 09:00:00", "2025-12-24T08:00:00", "2025-12-25 01:00:00.123456"}) {
            database.execute("INSERT INTO token_estimation_v2_events (run_id, phase_id, timestamp, category, "
                             "complexity, deliverable_count, "
                             "deliverables_json, predicted_output_tokens, actual_output_tokens, selected_budget, "
                             "success, truncated, model) "
                             "VALUES ('r', 'p', ?1, 'docs', 'low', 1, '[]', 1, 1, 1, 1, 0, 'm')",
                             time);
        }
        const auto events = ops::read_events(database, ops::event_order::newest_first);
        REQUIRE(events.size() == 3);
        CHECK(events[0].iso_time() == "2025-12-25T01:00:00.123456");
        CHECK_FALSE(events[0].smape_percent);
        CHECK(events[2].iso_time() == "2025-12-24T09:00:00"); // 'T' sorts after ' ', as in the original
    }
}

TEST_CASE("a replay compares the estimator of then with that of today, and says what it has no coefficients for") {
    ops::telemetry_event lost = event();
    lost.category = "tests";
    lost.deliverables_json = "[]";
    ops::telemetry_event none = lost;
    none.deliverable_count = 0;
    none.actual = 0;
    const auto all = ops::replay(ops::token_estimator("/nowhere"),
                                 {ops::sample_of(event()), ops::sample_of(lost), ops::sample_of(none)});
    REQUIRE(all.size() == 3);
    CHECK(all[0].predicted == 3250); // docs/low 1500 + 2 new documents, 1.3
    CHECK(all[1].sample.synthetic);
    CHECK(all[1].sample.deliverables == std::vector<std::string>{"src/file0.py", "src/file1.py"});
    CHECK(all[1].default_overhead);
    CHECK(all[2].predicted == 8192);
    CHECK_FALSE(all[2].default_overhead);
    const auto summary = ops::summarize(all);
    CHECK(summary.with_actual == 2);
    CHECK(summary.old_waste == 1.5);
    const std::string text = ops::replay_text(all);
    CHECK(text.find("tests/low has no calibrated overhead; 1 sample falls to the default of 2000") !=
          std::string::npos);
    CHECK(ops::replay_text(ops::replay(ops::token_estimator("/nowhere"), {ops::sample_of(none)}))
              .find("no sample has an actual number") != std::string::npos);
}

TEST_CASE("a proposal goes half the way, within limits, and only where the samples say so") {
    std::vector<ops::calibration_sample> samples;
    for (int i = 0; i < 10; ++i) samples.push_back(sample("implementation", "low", 1000, 490));
    for (int i = 0; i < 5; ++i) samples.push_back(sample("docs", "medium", 1000, 1100, 3));
    for (int i = 0; i < 4; ++i) samples.push_back(sample("tests", "high", 100, 1000));
    samples.push_back(sample("docs", "low", 1000, 100));
    const auto p = ops::propose(samples);
    REQUIRE(p.has_enough_samples());
    REQUIRE(p.changes.size() == 4);
    CHECK(p.changes[0].action == "collect"); // docs/low: one sample
    CHECK(p.changes[1].action == "keep");
    CHECK(p.changes[2].action == "decrease");
    CHECK(p.changes[2].multiplier == Approx(0.7));
    CHECK(p.changes[2].proposed_overhead() == 444); // 634 * 0.7
    CHECK(p.changes[3].multiplier == 1.5);          // sqrt(10), limited
    CHECK(p.changes[3].overhead() == 2000);         // tests have no coefficient
    CHECK(p.missing.empty());
    CHECK(p.overall.underestimation_rate == Approx(45.0));
    CHECK_FALSE(ops::propose({samples[0]}).has_enough_samples());
    CHECK(ops::propose({}).missing.size() == 8);
}

TEST_CASE("the report of a proposal has its numbers, and the plots a mark for each sample and group") {
    std::vector<ops::calibration_sample> samples;
    for (int i = 0; i < 20; ++i) samples.push_back(sample("impl<ementation>", "low", 1000, 490));
    const auto p = ops::propose(samples);
    const std::string text = ops::proposal_markdown(p, "now", "/x.db", "a.svg", "b.svg");
    CHECK(text.find("No estimator code was changed") != std::string::npos);
    CHECK(text.find("![Predicted and actual tokens](a.svg)") != std::string::npos);
    CHECK(text.find("SMAPE: mean 68.5%") != std::string::npos);
    const json j = json::parse(ops::proposal_json(p, "now", "/x.db"));
    CHECK(j.at("metadata").at("applied") == false);
    CHECK(j.at("proposed_changes")[0].at("multiplier") == 0.7);
    const std::string plot = ops::accuracy_plot(p);
    CHECK(count(plot, "<circle") == 20 + 1); // and one in the legend
    CHECK(plot.find("impl&lt;ementation&gt;") != std::string::npos);
    CHECK(count(ops::ratio_plot(p), "<rect") == 1 + 1 + 1); // background, tolerance, the group
}
