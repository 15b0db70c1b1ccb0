// SPDX-License-Identifier: MIT
#pragma once

// BUILD-144: the verification of its runbook, and a database from before it to try it on.

#include <autopack_schema/ops/build_144/demo.hpp>
#include <autopack_schema/ops/build_144/text.hpp>
#include <autopack_schema/ops/build_144/verification.hpp>
#include <autopack_schema/ops/build_144/verify.hpp>
