// SPDX-License-Identifier: MIT
#pragma once

// A schema as C++: definitions to work with, or a frozen version.

#include <autopack_schema/cli/generate/frozen.hpp>
#include <autopack_schema/cli/generate/header.hpp>
