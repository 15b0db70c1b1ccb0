// SPDX-License-Identifier: MIT
#pragma once

// Which database is this, and is there anything in it: the guardrails of the hygiene runbook.

#include <autopack_schema/ops/identity/guard.hpp>
#include <autopack_schema/ops/identity/identity.hpp>
#include <autopack_schema/ops/identity/statistics.hpp>
#include <autopack_schema/ops/identity/text.hpp>
