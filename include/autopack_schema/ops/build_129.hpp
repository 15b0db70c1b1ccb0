// SPDX-License-Identifier: MIT
#pragma once

// BUILD-129: the SQL migrations 003 and 004 of the estimation telemetry, and the verification of its fixes.

#include <autopack_schema/ops/build_129/migrate.hpp>
#include <autopack_schema/ops/build_129/regression.hpp>
#include <autopack_schema/ops/build_129/verify.hpp>
#include <autopack_schema/ops/build_129/versions.hpp>
