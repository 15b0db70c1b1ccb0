// SPDX-License-Identifier: MIT
#pragma once

// How many tokens a phase will write, and what budget it gets.

#include <autopack_schema/ops/token_estimator/budget.hpp>
#include <autopack_schema/ops/token_estimator/deliverables.hpp>
#include <autopack_schema/ops/token_estimator/documents.hpp>
#include <autopack_schema/ops/token_estimator/estimate.hpp>
#include <autopack_schema/ops/token_estimator/file_complexity.hpp>
#include <autopack_schema/ops/token_estimator/path_kind.hpp>
#include <autopack_schema/ops/token_estimator/provider_floor.hpp>
#include <autopack_schema/ops/token_estimator/token_estimate.hpp>
#include <autopack_schema/ops/token_estimator/weights.hpp>
