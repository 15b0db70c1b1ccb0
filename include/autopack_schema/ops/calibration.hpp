// SPDX-License-Identifier: MIT
#pragma once

// How far the estimator is off, by category and complexity, and what would correct it.

#include <autopack_schema/ops/calibration/action.hpp>
#include <autopack_schema/ops/calibration/console.hpp>
#include <autopack_schema/ops/calibration/group.hpp>
#include <autopack_schema/ops/calibration/json.hpp>
#include <autopack_schema/ops/calibration/markdown.hpp>
#include <autopack_schema/ops/calibration/sample.hpp>
