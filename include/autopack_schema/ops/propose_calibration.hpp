// SPDX-License-Identifier: MIT
#pragma once

// A proposal for the estimator's coefficients, with report, JSON and plots; it changes nothing.

#include <autopack_schema/ops/proposal/proposal.hpp>
#include <autopack_schema/ops/proposal/report.hpp>
#include <autopack_schema/ops/proposal/svg.hpp>
