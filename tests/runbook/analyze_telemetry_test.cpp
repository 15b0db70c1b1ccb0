// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/ops/analyze_telemetry.hpp>
#include <autopack_schema/schemas/autopack.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/temp.hpp>
#include <autopack_schema_test/vectors.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;
using aps::sqlite::connection;
using autopack_schema_test::temp_dir;
using autopack_schema_test::vectors;
using autopack_schema_test::write_file;
using json = nlohmann::ordered_json;

namespace {

void write_logs(const temp_dir& directory, const json& files) {
    for (const auto& [name, text] : files.items()) {
        std::filesystem::create_directories((directory / name).parent_path());
        write_file(directory / name, text.get<std::string>());
    }
}

/// The records as the vectors list them, sorted by file and line: the original reads files in the order of the directory.
json listed(const std::vector<ops::telemetry_record>& records) {
    json all = json::array();
    for (const auto& r : records) {
        json meta{{"format", r.is_v2 ? "v2" : "v1"}};
        if (r.is_v2) {
            meta.update({{"selected_budget", r.selected_budget},
                         {"category", r.category},
                         {"complexity", r.complexity},
                         {"deliverables", r.deliverables},
                         {"success", r.success},
                         {"stop_reason", r.stop_reason},
                         {"truncated", r.truncated},
                         {"model", r.model}});
        }
        all.push_back({{"predicted", r.predicted},
                       {"actual", r.actual},
                       {"error_pct", r.error_percent},
                       {"timestamp", r.timestamp},
                       {"file", std::filesystem::path(r.source).filename().string()},
                       {"line", r.line},
                       {"meta", meta},
                       {"successful", r.is_successful()},
                       {"truncated", r.is_truncated()}});
    }
    return all;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

ops::telemetry_record record(std::int64_t predicted, std::int64_t actual, const char* success = "True",
                             const char* truncated = "False") {
    return {.predicted = predicted,
            .actual = actual,
            .error_percent = 10.0,
            .source = "s",
            .is_v2 = true,
            .category = "docs",
            .complexity = "low",
            .deliverables = 1,
            .success = success,
            .truncated = truncated};
}

} // namespace

TEST_CASE("log files give the records of the original") {
    APS_NEEDS_VECTORS("analyze_v3");
    const json v = vectors("analyze_v3");
    temp_dir directory;
    write_logs(directory, v.at("log_files"));
    json wanted = v.at("records");
    std::stable_sort(wanted.begin(), wanted.end(),
                     [](const json& a, const json& b) { return a.at("file") < b.at("file"); });
    CHECK(listed(ops::read_log_folder(directory.path())) == wanted);
}

TEST_CASE("metrics are those of the original, bit for bit") {
    APS_NEEDS_VECTORS("analyze_v3");
    const json v = vectors("analyze_v3");
    temp_dir directory;
    write_logs(directory, v.at("log_files"));
    const auto records = ops::read_log_folder(directory.path());
    for (const json& c : v.at("metrics")) {
        INFO(c.dump());
        const ops::analysis_input in{records, c.at("success_only"), false, c.at("under_multiplier")};
        const ops::telemetry_metrics m = ops::metrics_of(in.considered(), in.under_multiplier);
        const json& t1 = c.at("tier1");
        CHECK(m.risk.underestimation.percent() == t1.at("underestimation_rate_pct"));
        CHECK(m.risk.underestimation.count == t1.at("underestimation_count"));
        CHECK(m.risk.under_multiplier == t1.at("under_multiplier"));
        CHECK(m.risk.truncation.percent() == t1.at("truncation_rate_pct"));
        CHECK(m.risk.truncation.count == t1.at("truncation_count"));
        CHECK(m.risk.success.percent() == t1.at("success_rate_pct"));
        CHECK(m.risk.success.count == t1.at("success_count"));
        CHECK(m.risk.underestimation.of == t1.at("total_samples"));
        CHECK(m.risk.truncation.of == t1.at("v2_samples"));
        CHECK(m.waste.median == c.at("tier2").at("waste_ratio_median"));
        CHECK(m.waste.p90 == c.at("tier2").at("waste_ratio_p90"));
        CHECK(m.waste.mean == c.at("tier2").at("waste_ratio_mean"));
        const json& d = c.at("diagnostic");
        CHECK(m.smape.mean == d.at("smape_mean"));
        CHECK(m.smape.median == d.at("smape_median"));
        CHECK(m.smape.min == d.at("smape_min"));
        CHECK(m.smape.max == d.at("smape_max"));
        CHECK(m.predicted.mean == d.at("predicted_mean"));
        CHECK(m.predicted.median == d.at("predicted_median"));
        CHECK(m.actual.mean == d.at("actual_mean"));
        CHECK(m.actual.median == d.at("actual_median"));
        CHECK(m.non_truncated == d.at("non_truncated_count"));
        CHECK(m.truncated == d.at("truncated_count"));
        CHECK(m.truncated_predicted_mean == d.at("truncated_predicted_mean"));
        CHECK(m.truncated_actual_mean == d.at("truncated_actual_min"));
        CHECK(m.truncated_underestimation.percent() == d.at("truncated_underestimation_pct"));
    }
}

TEST_CASE("reports are those of the original, byte for byte") {
    APS_NEEDS_VECTORS("analyze_v3");
    const json v = vectors("analyze_v3");
    temp_dir directory;
    write_logs(directory, v.at("log_files"));
    const auto records = ops::read_log_folder(directory.path());
    for (const auto& [options, text] : v.at("reports").items()) {
        INFO(options);
        const ops::analysis_input in{records, options.find("success_only=True") != std::string::npos, true, 1.0};
        CHECK(replaced(ops::analysis_markdown(in, "<ISO>"), directory.path().string(), "<TMP>") ==
              text.get<std::string>());
    }
}

TEST_CASE("the ninth decile is that of the original") {
    APS_NEEDS_VECTORS("analyze_v3");
    for (const auto& [n, c] : vectors("analyze_v3").at("p90_rule").items()) {
        INFO(n);
        CHECK(ops::detail::ninth_decile(c.at("values").get<std::vector<double>>()) == c.at("p90"));
    }
}

// ---- what needs no vectors

TEST_CASE("a database gives the same records as a log, by default") {
    connection database = connection::memory();
    database.enable(aps::sqlite::setting::foreign_keys, false);
    database.execute(aps::sql::sqlite::ddl(aps::schemas::autopack::build_144::version));
    database.execute(
        "INSERT INTO token_estimation_v2_events (run_id, phase_id, timestamp, category, complexity, deliverable_count, "
        "deliverables_json, predicted_output_tokens, actual_output_tokens, selected_budget, success, truncated, model, "
        "smape_percent) VALUES "
        "('r', 'p', '2025-12-28 10:00:00', 'docs', 'low', 1, '[]', 1200, 800, 4096, 1, 0, 'm', 40.0), "
        "('r', 'p', '2025-12-28T11:00:00', 'docs', 'low', 1, '[]', 0, 0, 4096, 0, 1, 'm', NULL)");
    std::vector<ops::telemetry_record> records;
    ops::for_each_event(database, ops::event_order::newest_first,
                        [&](const auto& e) { records.push_back(ops::record_of(e, "db")); });
    REQUIRE(records.size() == 2);
    CHECK(records[0].is_truncated());
    CHECK(records[0].error_percent == 0.0);
    CHECK(records[1].is_successful());
    CHECK(ops::read_events(database)[0].iso_time() == "2025-12-28T10:00:00");
}

TEST_CASE("tuning is needed beyond 5 % underestimated or 2 % truncated") {
    std::vector<ops::telemetry_record> records(20, record(100, 80));
    CHECK_FALSE(ops::risk_of(records).needs_tuning());
    records[0] = record(100, 101);
    CHECK_FALSE(ops::risk_of(records).needs_tuning()); // exactly 5 %
    records[1] = record(100, 101);
    CHECK(ops::risk_of(records).needs_tuning());
    CHECK_FALSE(ops::risk_of(records, 1.1).needs_tuning());
    CHECK(ops::risk_of(records, -1).needs_tuning()); // counts as 1
    const ops::analysis_input good{std::vector<ops::telemetry_record>(20, record(100, 80)), true};
    CHECK(ops::analysis_markdown(good, "now").find("✅ NO TUNING NEEDED") != std::string::npos);
}

TEST_CASE("without a success the report is short") {
    const ops::analysis_input in{{record(100, 80, "False")}, true};
    const std::string text = ops::analysis_markdown(in, "now");
    CHECK(text.find("No records to analyze") != std::string::npos);
    CHECK(text.find("TIER 1") == std::string::npos);
}

TEST_CASE("lines that only look like telemetry are none") {
    CHECK(
        ops::parse_log_line("[TokenEstimation] Predicted: 500 output tokens, Actual: 650 output tokens, Error: 30.0%"));
    CHECK_FALSE(
        ops::parse_log_line("[TokenEstimation] Predicted: 500 output tokens, Actual: x output tokens, Error: 30.0%"));
    CHECK_FALSE(ops::parse_log_line("[TokenEstimationV2] predicted_output=10 actual_total=20 selected_budget=8192"));
    CHECK_FALSE(ops::parse_log_line(""));
    CHECK(ops::fits_pattern("a.log", "*.log"));
    CHECK(ops::fits_pattern("run-1.log", "run-?.log"));
    CHECK_FALSE(ops::fits_pattern("a.txt", "*.log"));
    CHECK(ops::read_log_folder("/nowhere/at/all").empty());
}
