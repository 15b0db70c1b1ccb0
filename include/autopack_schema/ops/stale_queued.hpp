// SPDX-License-Identifier: MIT
#pragma once

// Phases that wait in the queue while nothing happens.

#include <autopack_schema/ops/stale/detect.hpp>
#include <autopack_schema/ops/stale/text.hpp>
