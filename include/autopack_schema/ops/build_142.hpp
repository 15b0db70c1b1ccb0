// SPDX-License-Identifier: MIT
#pragma once

// BUILD-142: what the provider was asked for is kept beside what the estimator wanted.

#include <autopack_schema/ops/build_142/migrate.hpp>
#include <autopack_schema/ops/build_142/verify.hpp>
