// SPDX-License-Identifier: MIT
// Opens the metadata of runs as version 2: a version 1 database is archived beside it and a new one begins.
//
//   DATABASE_URL=sqlite:///metadata/runs.db migrate_database_v2
//
// Exit code 0, also where there is nothing to do; 1: an error, and nothing was changed.
#include <autopack_schema/cli/program.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/ops/metadata_store.hpp>

#include <string>

namespace aps = autopack_schema;
namespace ops = aps::ops;

int main(int argc, char** argv) {
    CLI::App app(
        "Opens the metadata of runs as version 2; a version 1 database is archived, never over another archive.");
    return aps::cli::run_program(argc, argv, app, [] {
        ops::metadata_options options;
        options.archived = [](const ops::archived_v1& archived) {
            aps::cli::print("Archived the v1 database with " + std::to_string(archived.runs) +
                            " runs: " + archived.archive.string() + "\n");
        };
        auto store = ops::metadata_store::open(aps::db::url_from_environment(), options);
        if (ops::layout_of(store.connection()) == ops::metadata_layout::v1) {
            aps::cli::print("An archive of version 1, which stays as it is: " + store.connection().name() + "\n");
            return 0;
        }
        aps::cli::print("Database v2 is ready: " + store.connection().name() + " with " +
                        std::to_string(store.connection().query_int("SELECT COUNT(*) FROM runs")) + " runs\n");
        return 0;
    });
}
