// SPDX-License-Identifier: MIT
// Prints one run at a glance: DATABASE_URL=sqlite:///metadata/runs.db inspect_run RUN_ID
//
// Reads files of either version and in any layout, archives too. Nothing is changed. Exit code 0, also for a run that is not there
// (its status is "unknown"), as in the original; 1: an error.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/json_text.hpp>
#include <autopack_schema/ops/metadata_store.hpp>

#include <string>

namespace aps = autopack_schema;
namespace ops = aps::ops;

namespace {

struct options {
    std::string run_id{};
    std::string datasets = "datasets";
    bool list = false;
    bool json = false;
};

void list_runs(ops::metadata_store& store, bool json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const ops::run_record& run : store.get_all_runs()) {
        if (json)
            all.push_back(to_json_value(run));
        else
            aps::cli::print(run.run_id.value_or("") + "  schema " + run.schema_version + "  " +
                            run.status.value_or("unknown") + "\n");
    }
    if (json) aps::cli::print(ops::to_json_text(all, ops::indented_json) + "\n");
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Prints one run at a glance, or lists all of them.");
    options o;
    app.add_option("run_id", o.run_id, "the run");
    app.add_option("--datasets", o.datasets, "the folder with the narratives of each template (default datasets)");
    app.add_flag("--list", o.list, "list all runs with their schema version");
    app.add_flag("--json", o.json, "as JSON, every column");
    return aps::cli::run_program(argc, argv, app, [&o] {
        auto store = ops::metadata_store::open_read_only(aps::db::url_from_environment());
        if (o.list)
            list_runs(store, o.json);
        else if (o.json)
            aps::cli::print(ops::to_json_text(to_json_value(store.get_run(o.run_id)), ops::indented_json) + "\n");
        else
            aps::cli::print(to_text(ops::take_snapshot(store, o.run_id, o.datasets)));
        return 0;
    });
}
