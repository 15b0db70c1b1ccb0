// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/ops/calibration.hpp>
#include <autopack_schema/ops/report_files.hpp>
#include <autopack_schema/schemas/autopack.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>
#include <autopack_schema_test/vectors.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;
using aps::sqlite::connection;
using autopack_schema_test::caught;
using autopack_schema_test::temp_dir;
using autopack_schema_test::vectors;
using json = nlohmann::ordered_json;

namespace {

ops::calibration_sample sample(std::string category, std::string complexity, const json& numbers) {
    ops::calibration_sample s{.category = std::move(category),
                              .complexity = std::move(complexity),
                              .estimated = numbers[0],
                              .actual = numbers[1],
                              .selected_budget = numbers[2],
                              .run_id = "r",
                              .phase_id = "p"};
    if (!numbers[3].is_null()) s.actual_max_tokens = numbers[3].get<std::int64_t>();
    return s;
}

/// A group with the figures that a report of the original shows, to be written as it was.
ops::calibration_group group(std::string category, std::string complexity, std::size_t samples, double actual,
                             double estimated, double median, double confidence) {
    return {.category = std::move(category),
            .complexity = std::move(complexity),
            .sample_count = samples,
            .avg_actual = actual,
            .avg_estimated = estimated,
            .median_ratio = median,
            .confidence = confidence,
            .proposed_multiplier = median};
}

/// The seven groups of the first run of the original, as its report shows them, in the order of the database.
ops::calibration first_run() {
    ops::calibration c;
    c.groups = {group("implementation", "low", 6, 491.67, 1041.67, 0.5, 0.6702461247022737),
                group("tests", "low", 5, 1500, 1500, 1, 0.65),
                group("docs", "low", 7, 1150, 800, 0.625, 0.49985),
                group("implementation", "medium", 12, 1103.5, 2550, 0.434, 0.996),
                group("docs", "medium", 5, 250, 60, 0, 0.536),
                group("tests", "medium", 5, 2640, 2000, 1.3, 0.613),
                group("refactoring", "high", 15, 4000, 5000, 0.8, 1.0)};
    return c;
}

void same_as_report(const json& run, const ops::calibration& c, double threshold) {
    for (const auto& [name, text] : run.at("files").items()) {
        INFO(name);
        if (name.ends_with(".md")) {
            CHECK(ops::calibration_markdown(c, threshold, "<ISO>") == text.get<std::string>());
        } else {
            CHECK(ops::calibration_json(c, threshold, "<ISO>") == text.get<std::string>());
        }
    }
}

} // namespace

TEST_CASE("groups have the figures of the original, bit for bit") {
    APS_NEEDS_VECTORS("calibration");
    for (const auto& [name, g] : vectors("calibration").at("groups").items()) {
        INFO(name);
        std::vector<ops::calibration_sample> samples;
        for (const json& numbers : g.at("samples_est_act_budget_max")) {
            samples.push_back(sample(g.at("result").at("category"), g.at("result").at("complexity"), numbers));
        }
        const auto made = ops::calibrate(samples, 1);
        REQUIRE(made.groups.size() == 1);
        const ops::calibration_group& ours = made.groups[0];
        const json& wanted = g.at("result");
        CHECK(ours.sample_count == wanted.at("sample_count"));
        CHECK(ours.avg_actual == wanted.at("avg_actual"));
        CHECK(ours.avg_estimated == wanted.at("avg_estimated"));
        CHECK(ours.avg_ratio == wanted.at("avg_ratio"));
        CHECK(ours.median_ratio == wanted.at("median_ratio"));
        CHECK(ours.min_ratio == wanted.at("min_ratio"));
        CHECK(ours.max_ratio == wanted.at("max_ratio"));
        CHECK(ours.confidence == wanted.at("confidence"));
        CHECK(ours.proposed_multiplier == wanted.at("proposed_multiplier"));
        CHECK(ours.median_budget_waste == wanted.at("median_budget_waste"));
        CHECK(ours.p90_budget_waste == wanted.at("p90_budget_waste"));
        CHECK(ours.avg_selected_budget == wanted.at("avg_selected_budget"));
    }
}

TEST_CASE("calibration reports are those of the original, byte for byte") {
    APS_NEEDS_VECTORS("calibration");
    const json runs = vectors("calibration").at("script_runs");
    same_as_report(runs[0], first_run(), 0.7);
    ops::calibration six = first_run();
    std::erase_if(six.groups, [](const auto& g) { return g.sample_count < 6; });
    same_as_report(runs[1], six, 0.6);
    same_as_report(runs[2], first_run(), 0.99);
    ops::calibration one_run;
    one_run.groups = {group("implementation", "medium", 6, 1122, 2600, 0.43, 0.697),
                      group("refactoring", "high", 7, 4000, 5000, 0.8, 0.75)};
    same_as_report(runs[4], one_run, 0.7);
}

// ---- what needs no vectors

TEST_CASE("samples are successful, complete and of a known phase, in the order stored, from any layout") {
    for (const aps::model::schema& version : aps::schemas::autopack::versions) {
        INFO(version.version);
        connection database = connection::memory();
        database.enable(aps::sqlite::setting::foreign_keys, false);
        database.execute(aps::sql::sqlite::ddl(version));
        const auto add = [&](const char* run, const char* phase, int success, int truncated, const char* category) {
            database.execute(
                "INSERT INTO token_estimation_v2_events (run_id, phase_id, category, complexity, deliverable_count, "
                "deliverables_json, "
                "predicted_output_tokens, actual_output_tokens, selected_budget, success, truncated, model) "
                "VALUES (?1, ?2, ?5, 'low', 1, '[]', 1000, 500, 8192, ?3, ?4, 'm')",
                run, phase, success, truncated, category);
        };
        add("r1", "p", 1, 0, "docs");
        add("r1", "p", 0, 0, "docs");
        add("r1", "p", 1, 1, "docs");
        add("", "p", 1, 0, "docs");
        add("r1", "", 1, 0, "docs");
        add("r2", "p", 1, 0, "");
        const auto all = ops::read_calibration_samples(database);
        REQUIRE(all.size() == 2);
        CHECK(all[0].category == "docs");
        CHECK(all[1].category == "unknown");
        CHECK(ops::read_calibration_samples(database, {"r2"}).size() == 1);
        CHECK(ops::coverage_of(all).is_low());
    }
    connection empty = connection::memory();
    CHECK(caught([&] { ops::read_calibration_samples(empty); }).code() == "S412");
}

TEST_CASE("small groups are listed and not calibrated, and the ceiling falls back to the budget") {
    std::vector<ops::calibration_sample> samples(5, sample("docs", "low", {100, 50, 400, nullptr}));
    samples.push_back(sample("tests", "high", {100, 200, 400, 1000}));
    const auto made = ops::calibrate(samples);
    REQUIRE(made.groups.size() == 1);
    CHECK(made.groups[0].median_budget_waste == 8.0);
    REQUIRE(made.below_threshold.size() == 1);
    CHECK(made.below_threshold[0].sample_count == 1);
    CHECK(made.coverage.percent() == Approx(16.67).epsilon(1e-3));
    CHECK(ops::calibrate({samples[5]}, 1).groups[0].median_budget_waste == 5.0);
    CHECK(ops::calibrate({sample("a", "b", {0, 0, 1, nullptr})}, 1).groups[0].median_ratio == 0.0);
    const std::string console = ops::calibration_console(made, 0.7, 5);
    CHECK(console.find("WARNING") != std::string::npos);
    CHECK(console.find("tests/high") != std::string::npos);
    CHECK(console.find("(16.7%)") != std::string::npos);
}

TEST_CASE("actions have a tolerance in the report and none on the console") {
    CHECK(ops::recommended_action(1.2) == "No adjustment needed (within ±20% tolerance)");
    CHECK(ops::recommended_action(1.3) == "Increase coefficients by 30%");
    CHECK(ops::recommended_action(0.434) == "Decrease coefficients by 57%");
    ops::calibration c;
    c.groups = {group("docs", "low", 12, 80, 100, 0.8, 1.0)};
    CHECK(ops::calibration_console(c, 0.7, 5).find("decrease 20%") != std::string::npos);
}

TEST_CASE("reports are written whole and never over another") {
    temp_dir directory;
    CHECK(ops::file_stamp(*aps::timestamp::parse("2025-12-30 12:51:07")) == "20251230_125107");
    const auto path = ops::write_report(directory / "new", "a.md", "text");
    CHECK(autopack_schema_test::read_file(path) == "text");
    CHECK(caught([&] { ops::write_report(directory / "new", "a.md", "other"); }).code() == "S416");
    CHECK(autopack_schema_test::read_file(path) == "text");
    CHECK(caught([&] { ops::write_report(path, "a.md", ""); }).code() == "S416");
}
