// SPDX-License-Identifier: MIT
#pragma once

// Draining: phases of a backlog or a queue, worked on by an external command, one at a time and never twice at once.

#include <autopack_schema/ops/drain/batch_drain.hpp>
#include <autopack_schema/ops/drain/one.hpp>
#include <autopack_schema/ops/drain/queued.hpp>
