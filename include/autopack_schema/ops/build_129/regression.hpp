// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/ops/build_129/versions.hpp>
#include <autopack_schema/ops/estimation_recorder.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops::build_129 {

/// One of the runbook's regression tests, run anew on a database in memory.
struct regression {
    std::string name{};
    bool passed = false;
};

namespace detail {

/// A recorder on a database of the version SQL 004 with one run and one phase.
class regression_bench {
public:
    explicit regression_bench(std::optional<bool> enabled) : database_(sqlite::connection::memory()) {
        database_.execute(sql::sqlite::ddl(sql_004::version.model()));
        database_.execute(
            "INSERT INTO runs (id) VALUES ('r'); INSERT INTO tiers (id, tier_id, run_id, tier_index, name) VALUES (1, "
            "'T1', 'r', 0, 't'); "
            "INSERT INTO phases (phase_id, run_id, tier_id, phase_index, name) VALUES ('p', 'r', 1, 0, 'p')");
        options_ = {.enabled = enabled, .warn = [](std::string_view) {}};
    }

    recorded record(std::int64_t predicted, std::int64_t actual, nlohmann::ordered_json deliverables,
                    std::string complexity = "low") {
        estimation_recorder recorder(database_, options_);
        return recorder.record({.run_id = "r",
                                .phase_id = "p",
                                .category = "implementation",
                                .complexity = std::move(complexity),
                                .deliverables = std::move(deliverables),
                                .predicted_output_tokens = predicted,
                                .actual_output_tokens = actual,
                                .selected_budget = 8192,
                                .success = true,
                                .model = "m"});
    }

    bool holds(const std::string& condition) {
        return database_.query_int("SELECT COUNT(*) FROM token_estimation_v2_events WHERE " + condition) == 1;
    }
    std::int64_t rows() { return database_.query_int("SELECT COUNT(*) FROM token_estimation_v2_events"); }
    sqlite::connection& database() { return database_; }

private:
    sqlite::connection database_;
    recorder_options options_{};
};

inline nlohmann::ordered_json list_of_one() { return nlohmann::ordered_json::array({"a.py"}); }

inline bool disabled_writes_nothing() {
    regression_bench b(false);
    return !is_telemetry_on("") && b.record(1200, 800, list_of_one()) == recorded::switched_off && b.rows() == 0;
}

inline bool enabled_writes_metrics() {
    regression_bench b(true);
    return b.record(1200, 800, list_of_one(), "maintenance") == recorded::written &&
           b.holds("smape_percent = 40.0 AND waste_ratio = 1.5 AND underestimated = 0 AND complexity = 'maintenance'");
}

inline bool underestimation_is_marked() {
    regression_bench b(true);
    return b.record(1000, 1400, list_of_one()) == recorded::written &&
           b.holds("abs(smape_percent - 33.3333) < 0.001 AND abs(waste_ratio - 0.7143) < 0.001 AND underestimated = 1");
}

inline bool deliverables_are_sanitised() {
    regression_bench b(true);
    auto many = nlohmann::ordered_json::array({std::string(250, 'x')});
    for (int i = 0; i < 25; ++i) many.push_back("f" + std::to_string(i));
    return b.record(1000, 1400, many) == recorded::written &&
           b.holds("deliverable_count = 26 AND json_array_length(deliverables_json) = 20 AND length(deliverables_json "
                   "->> 0) = 200");
}

inline bool errors_do_not_escape() {
    regression_bench b(true);
    b.database().execute("DROP TABLE token_estimation_v2_events");
    return b.record(1200, 800, list_of_one()) == recorded::failed;
}

} // namespace detail

/// Runs the five regression tests of the runbook.
inline std::vector<regression> run_regressions() {
    return {{"test_telemetry_write_disabled_by_default", detail::disabled_writes_nothing()},
            {"test_telemetry_write_with_feature_flag", detail::enabled_writes_metrics()},
            {"test_telemetry_underestimation_case", detail::underestimation_is_marked()},
            {"test_telemetry_deliverable_sanitization", detail::deliverables_are_sanitised()},
            {"test_telemetry_fail_safe", detail::errors_do_not_escape()}};
}

} // namespace autopack_schema::ops::build_129
