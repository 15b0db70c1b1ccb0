// SPDX-License-Identifier: MIT
// Records a run as an end-to-end runner does: start, what was used, and the metrics of version 2.
//
//   DATABASE_URL=sqlite:///metadata/runs.db record_run run_20251102_143052_a7b3c9 --template board --tokens 125000 --token-budget 143678
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/metadata_store.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace ops = aps::ops;

namespace {

struct options {
    ops::run_start start{.template_id = "board", .causal_mode = "pearl", .max_entities = 6, .max_timepoints = 15};
    std::vector<std::string> levels{"scene", "scene", "scene", "dialog", "dialog", "tensor_only"};
    std::vector<std::string> mechanisms{"M1", "M17"};
    std::int64_t timepoints = 15;
    std::int64_t tokens = 0;
    std::optional<double> budget{};
    std::optional<std::string> error{};
};

void add_options(CLI::App& app, options& o) {
    app.add_option("run_id", o.start.run_id, "the run; it must be new")->required();
    app.add_option("--template", o.start.template_id, "what it is made from (default board)");
    app.add_option("--mode", o.start.causal_mode, "the causal mode (default pearl)");
    app.add_option("--level", o.levels, "the resolution of each entity")->expected(1, -1);
    app.add_option("--mechanism", o.mechanisms, "what it used (default M1 M17)")->expected(1, -1);
    app.add_option("--timepoints", o.timepoints, "how many (default 15)");
    app.add_option("--tokens", o.tokens, "tokens used (default: entities * timepoints * 1000)");
    app.add_option("--token-budget", o.budget, "tokens allowed");
    app.add_option("--error", o.error, "why the run has failed");
}

ops::run_end end_of(const options& o) {
    const auto entities = static_cast<std::int64_t>(o.levels.size());
    const std::int64_t tokens = o.tokens != 0 ? o.tokens : ops::estimated_tokens(entities, o.timepoints);
    const auto metrics = ops::measure_fidelity(entities, o.timepoints, static_cast<double>(tokens), o.budget);
    ops::run_end end;
    end.run_id = o.start.run_id;
    end.entities_created = entities;
    end.timepoints_created = o.timepoints;
    end.cost_usd = ops::estimated_cost(entities, o.timepoints);
    end.llm_calls = o.timepoints;
    end.tokens_used = tokens;
    end.error_message = o.error;
    const std::vector<std::optional<std::string>> levels(o.levels.begin(), o.levels.end());
    end.fidelity_distribution = ops::fidelity_distribution(levels);
    end.actual_tokens_used = metrics.actual_tokens_used;
    end.token_budget_compliance = metrics.token_budget_compliance;
    end.fidelity_efficiency_score = metrics.fidelity_efficiency_score;
    return end;
}

int run(const options& o) {
    auto store = ops::metadata_store::open(aps::db::url_from_environment());
    store.start_run(o.start);
    for (const std::string& mechanism : o.mechanisms) store.record_mechanism(o.start.run_id, mechanism, "record_run");
    for (std::size_t i = 0; i < o.levels.size(); ++i) {
        store.record_resolution(o.start.run_id, "entity_" + std::to_string(i + 1), o.levels[i], "tp_0");
    }
    store.record_validation(o.start.run_id, "record_run", !o.error, o.error);
    const auto run = store.complete_run(end_of(o));
    aps::cli::print("Run: " + o.start.run_id + "\nSchema: " + run.schema_version +
                    "\nStatus: " + run.status.value_or("unknown") + "\n");
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Records a run with its metrics in the metadata store.");
    options o;
    add_options(app, o);
    return aps::cli::run_program(argc, argv, app, [&o] { return run(o); });
}
