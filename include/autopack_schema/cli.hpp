// SPDX-License-Identifier: MIT
#pragma once

// The command line over any schema: `return aps::cli::run(argc, argv, my_schema);`. Needs CLI11 and nlohmann_json.

#include <autopack_schema/cli/run.hpp>
