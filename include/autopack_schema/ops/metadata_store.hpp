// SPDX-License-Identifier: MIT
#pragma once

// The metadata of runs, version 2: the store, the archive of version 1, the way back, metrics and the snapshot of a run.

#include <autopack_schema/ops/metadata/archive.hpp>
#include <autopack_schema/ops/metadata/json.hpp>
#include <autopack_schema/ops/metadata/metrics.hpp>
#include <autopack_schema/ops/metadata/rollback.hpp>
#include <autopack_schema/ops/metadata/snapshot.hpp>
#include <autopack_schema/ops/metadata/store.hpp>
#include <autopack_schema/ops/metadata/verify.hpp>
