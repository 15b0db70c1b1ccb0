// SPDX-License-Identifier: MIT
#include <autopack_schema/define/enum_name.hpp>
#include <autopack_schema/ops/p10_escalation.hpp>
#include <autopack_schema/ops/token_estimator.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/temp.hpp>
#include <autopack_schema_test/vectors.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace aps = autopack_schema;
namespace ops = aps::ops;
using autopack_schema_test::temp_dir;
using autopack_schema_test::vectors;
using autopack_schema_test::write_file;
using json = nlohmann::ordered_json;

namespace {

/// A Python file of a length that the vectors tell by their number of lines alone: 15 imports or more, nested deeply or not.
std::string source_of(std::size_t lines) {
    std::string text;
    for (std::size_t i = 0; i < 20; ++i) text += "import m" + std::to_string(i) + "\n";
    for (std::size_t i = 20; i < lines; ++i) text += i % 10 == 5 ? "        x = 1\n" : "x = 1\n";
    return text;
}

/// The workspace that the estimations were made in.
void fill_workspace(const temp_dir& directory, const json& files) {
    for (const auto& [name, content] : files.items()) {
        std::filesystem::create_directories((directory / name).parent_path());
        std::string text = content.get<std::string>();
        if (text.ends_with(" lines")) text = source_of(static_cast<std::size_t>(std::stoi(text)));
        write_file(directory / name, text);
    }
}

ops::estimate_request request_of(const json& c) {
    ops::estimate_request r{.deliverables = ops::normalize_deliverables(c.at("deliverables")),
                            .category = c.at("category"),
                            .complexity = c.at("complexity"),
                            .description = c.value("description", "")};
    if (c.at("scope_paths").is_array()) r.scope_paths = c.at("scope_paths").size();
    return r;
}

template <class T>
std::optional<T> maybe(const json& c, const char* key) {
    if (!c.contains(key) || c.at(key).is_null()) return std::nullopt;
    return c.at(key).get<T>();
}

ops::token_estimate quick(std::vector<std::string> deliverables, std::string category, std::string complexity = "low") {
    return ops::token_estimator("/nowhere")
        .estimate({std::move(deliverables), std::move(category), std::move(complexity)});
}

} // namespace

TEST_CASE("constants are those of the original") {
    APS_NEEDS_VECTORS("estimator");
    const json v = vectors("estimator").at("constants");
    CHECK(v.at("SAFETY_MARGIN") == ops::safety_margin);
    CHECK(v.at("BUFFER_MARGIN") == ops::buffer_margin);
    CHECK(v.at("CALIBRATION_VERSION") == ops::calibration_version);
    for (const ops::marginal_weight& w : ops::marginal_weights) {
        CHECK(v.at("TOKEN_WEIGHTS").at("new_file_" + std::string(w.name)) == w.create);
        CHECK(v.at("TOKEN_WEIGHTS").at("modify_" + std::string(w.name)) == w.modify);
    }
    CHECK(v.at("PHASE_OVERHEAD").size() == ops::phase_overheads.size() * 3);
    for (const auto& [key, tokens] : v.at("PHASE_OVERHEAD").items()) {
        const std::size_t slash = key.find('/');
        CHECK(ops::calibrated_overhead(key.substr(0, slash), key.substr(slash + 1)) == tokens.get<std::int64_t>());
    }
}

TEST_CASE("estimations are those of the original") {
    APS_NEEDS_VECTORS("estimator");
    const json v = vectors("estimator");
    temp_dir workspace;
    fill_workspace(workspace, v.at("workspace_files"));
    const ops::token_estimator estimator(workspace.path());
    for (const json& c : v.at("estimate")) {
        INFO(c.dump());
        const ops::token_estimate e = estimator.estimate(request_of(c));
        CHECK(e.estimated_tokens == c.at("estimated_tokens"));
        CHECK(e.deliverable_count == c.at("deliverable_count"));
        CHECK(e.category == c.at("out_category").get<std::string>());
        CHECK(e.confidence == c.at("confidence"));
        CHECK(ops::select_budget(e, e.complexity) == c.at("selected_budget"));
        json breakdown = json::object();
        for (const auto& [label, tokens] : e.breakdown) breakdown[label] = tokens;
        CHECK(breakdown == c.at("breakdown"));
    }
}

TEST_CASE("budgets are those of the original") {
    APS_NEEDS_VECTORS("estimator");
    const json& v = vectors("estimator");
    REQUIRE(v.at("select_budget_columns") ==
            json({"category", "complexity", "estimated", "deliverables", "confidence", "budget"}));
    for (const json& row : v.at("select_budget")) {
        INFO(row.dump());
        const ops::token_estimate e{.estimated_tokens = row[2],
                                    .deliverable_count = row[3],
                                    .category = row[0],
                                    .complexity = row[1],
                                    .confidence = row[4]};
        CHECK(ops::select_budget(e, e.complexity) == row[5]);
    }
}

TEST_CASE("the floors of the providers are those of the original (ruling 7)") {
    APS_NEEDS_VECTORS("estimator");
    for (const json& c : vectors("estimator").at("p4")) {
        INFO(c.dump());
        ops::budget_request r{.category = c.at("category"),
                              .complexity = c.at("complexity"),
                              .builder_mode = c.value("builder_mode", ""),
                              .change_size = c.value("change_size", ""),
                              .max_tokens = maybe<std::int64_t>(c, "max_tokens_argument")};
        std::vector<std::string> deliverables;
        for (int i = 0; i < c.at("n_deliverables").get<int>(); ++i) {
            deliverables.push_back(c.at("n_deliverables") == 1 ? c.at("deliverable0").get<std::string>()
                                                               : "docs/n" + std::to_string(i) + ".md");
        }
        if (!deliverables.empty()) {
            const ops::token_estimate e = quick(deliverables, r.category, r.complexity);
            r.selected_budget = ops::select_budget(e, r.complexity);
        }
        for (const ops::provider_floor& floor : ops::provider_floors) {
            const ops::enforced_budget b = ops::enforce_budget(floor.who, r);
            const json& wanted = c.at(std::string(floor.name));
            CHECK(b.sent == wanted.at("sent"));
            CHECK(b.selected_budget == maybe<std::int64_t>(wanted, "selected_budget"));
            CHECK(b.actual_max_tokens == maybe<std::int64_t>(wanted, "actual_max_tokens"));
        }
    }
}

TEST_CASE("the phases of the seeding run get the budgets of the original") {
    APS_NEEDS_VECTORS("scripts");
    const json scripts = vectors("scripts").at("seed_rows").at("phases");
    for (const json& c : vectors("estimator").at("seed_run_phases_workspace_absent")) {
        INFO(c.dump());
        for (const json& phase : scripts) {
            if (phase.at("phase_id") != c.at("phase_id")) continue;
            const json scope = json::parse(phase.at("scope").get<std::string>());
            const ops::token_estimate e =
                ops::token_estimator("/nowhere")
                    .estimate({ops::normalize_deliverables(scope.at("deliverables")), c.at("category"),
                               c.at("complexity"), 0, phase.at("description")});
            CHECK(e.estimated_tokens == c.at("estimated_tokens"));
            CHECK(e.category == c.at("out_category").get<std::string>());
            CHECK(e.confidence == c.at("confidence"));
            CHECK(ops::select_budget(e, e.complexity) == c.at("selected_budget"));
        }
    }
}

TEST_CASE("escalations are those of the original") {
    APS_NEEDS_VECTORS("p10_escalation");
    for (const json& c : vectors("p10_escalation").at("cases")) {
        INFO(c.dump());
        const ops::escalated_budget e = ops::escalate(c.at("selected_budget"), c.at("actual_max_tokens"),
                                                      c.at("tokens_used"), c.at("complexity").get<std::string>());
        CHECK(e.base_value == c.at("base_value"));
        CHECK(aps::enum_name(e.base_source) == c.at("base_source").get<std::string>());
        CHECK(e.retry_max_tokens == c.at("retry_max_tokens"));
        CHECK(c.at("factor") == ops::escalation_factor);
    }
}

// ---- what needs no vectors

TEST_CASE("a phase is estimated from its deliverables") {
    CHECK(quick({}, "implementation").estimated_tokens == 8192);
    CHECK(quick({}, "implementation", "maintenance").estimated_tokens == 8192);
    CHECK(quick({"src/new.py"}, "implementation").estimated_tokens == 3424);
    CHECK(quick({"tests/test_a.py"}, "tests").estimated_tokens == 4420); // no overhead of its own: 2000
    CHECK(quick({"tests/test_a.py"}, "testing").estimated_tokens == 3009);
    CHECK(quick({"docs/BUILD_HISTORY.md"}, "docs").category == "doc_sot_update");
    CHECK(quick({"docs/API_REFERENCE.md"}, "implementation").category == "doc_synthesis"); // the category is inferred
    CHECK(quick({"docs/guide.md"}, "implementation").category == "documentation");
    const auto migration = quick({"alembic/versions/1_init.py"}, "backend");
    CHECK(migration.breakdown == std::vector<std::pair<std::string, std::int64_t>>{{"backend_new", 1000}});
}

TEST_CASE("deliverables come in any shape") {
    using list = std::vector<std::string>;
    CHECK(ops::normalize_deliverables(nullptr).empty());
    CHECK(ops::normalize_deliverables(" a.py ") == list{" a.py "});
    CHECK(ops::normalize_deliverables(
              json::parse(R"({"code": [" a.py ", "", ["b.py"]], "docs": "c.md", "n": 5, "t": true, "x": null})")) ==
          list{"a.py", "b.py", "c.md", "5", "True"});
    CHECK(ops::deliverables_from_text("[\"a\"").empty());
}

TEST_CASE("paths are found in descriptions") {
    CHECK(ops::deliverable_path("Create src/foo.py with x.") == "src/foo.py");
    CHECK(ops::deliverable_path("a.b-c") == "a.b");
    CHECK(ops::deliverable_path(".gitignore") == ".gitignore");
    CHECK(ops::deliverable_path("Update the thing (carefully)") == "the thing");
    CHECK(ops::kind_of_path("src/contest.py", "backend") == ops::deliverable_kind::backend);
    CHECK(ops::kind_of_path("web/a.svelte", "backend") == ops::deliverable_kind::frontend);
    CHECK(ops::label_of_path("web/a.svelte") == ops::deliverable_kind::backend);
}

TEST_CASE("an attempt escalates once, when its answer was cut off and another attempt is left") {
    CHECK(ops::should_escalate({.was_truncated = true}));
    CHECK(ops::should_escalate({.output_utilization = 95.0}));
    CHECK_FALSE(ops::should_escalate({.output_utilization = 94.9}));
    CHECK_FALSE(ops::should_escalate({.was_truncated = true, .already_escalated = true}));
    CHECK(ops::should_escalate({.was_truncated = true, .attempt_index = 3}));
    CHECK_FALSE(ops::should_escalate({.was_truncated = true, .attempt_index = 4}));
    CHECK_FALSE(ops::should_escalate({.was_truncated = true, .attempt_index = 1, .max_attempts = 2}));
}
