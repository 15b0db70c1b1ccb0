// SPDX-License-Identifier: MIT
#pragma once

// What models were used for: sums by provider, model, run, phase and time.

#include <autopack_schema/ops/usage/json.hpp>
#include <autopack_schema/ops/usage/period.hpp>
#include <autopack_schema/ops/usage/timeline.hpp>
#include <autopack_schema/ops/usage/totals.hpp>
