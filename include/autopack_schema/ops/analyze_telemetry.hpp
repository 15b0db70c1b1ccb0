// SPDX-License-Identifier: MIT
#pragma once

// Whether the estimator must be tuned, by what it predicted and what came.

#include <autopack_schema/ops/analysis/markdown.hpp>
#include <autopack_schema/ops/analysis/metrics.hpp>
#include <autopack_schema/ops/telemetry/from_database.hpp>
#include <autopack_schema/ops/telemetry/log_files.hpp>
#include <autopack_schema/ops/telemetry/log_line.hpp>
#include <autopack_schema/ops/telemetry/record.hpp>
