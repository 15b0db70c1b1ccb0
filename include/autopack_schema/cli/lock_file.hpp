// SPDX-License-Identifier: MIT
#pragma once

// A schema as a JSON file: stable order, readable diffs, read back without a C++ compiler.

#include <autopack_schema/cli/lock_file/read.hpp>
#include <autopack_schema/cli/lock_file/write.hpp>
