// SPDX-License-Identifier: MIT
#pragma once

// The run that collects telemetry: ten phases that are known to be achievable.

#include <autopack_schema/ops/seeding/create.hpp>
#include <autopack_schema/ops/seeding/phases.hpp>
#include <autopack_schema/ops/seeding/text.hpp>
