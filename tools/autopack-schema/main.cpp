// SPDX-License-Identifier: MIT
#include <autopack_schema/cli.hpp>
#include <autopack_schema/ops/build_144.hpp>
#include <autopack_schema/schemas/autopack.hpp>
#include <autopack_schema/schemas/run_metadata.hpp>

#include <string>

namespace aps = autopack_schema;

namespace {

/// The verification of the BUILD-144 runbook, step 3.
bool verify_build_144(aps::sqlite::connection& database, std::string& text) {
    const aps::ops::build_144::verification found = aps::ops::build_144::verify(database);
    text += aps::ops::build_144::to_text(found);
    return found.met();
}

} // namespace

int main(int argc, char** argv) {
    return aps::cli::run(argc, argv,
                         {aps::cli::pack(aps::schemas::autopack::pack, verify_build_144),
                          aps::cli::pack(aps::schemas::run_metadata::pack)});
}
