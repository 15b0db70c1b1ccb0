// SPDX-License-Identifier: MIT
#pragma once

// What the estimator of today says to the phases of then.

#include <autopack_schema/ops/replaying/replay.hpp>
#include <autopack_schema/ops/replaying/text.hpp>
