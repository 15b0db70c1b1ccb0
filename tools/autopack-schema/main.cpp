// SPDX-License-Identifier: MIT
#include <autopack_schema/cli/run.hpp>
#include <autopack_schema/schemas/autopack/versions.hpp>
#include <autopack_schema/schemas/run_metadata/versions.hpp>

namespace aps = autopack_schema;

int main(int argc, char** argv) {
    namespace autopack = aps::schemas::autopack;
    namespace run_metadata = aps::schemas::run_metadata;
    return aps::cli::run(argc, argv,
                         {{"autopack",
                           {autopack::b129::version, autopack::pre_142::version, autopack::build_142::version,
                            autopack::build_144::version}},
                          {"run_metadata", {run_metadata::v1::version, run_metadata::v2::version}}});
}
