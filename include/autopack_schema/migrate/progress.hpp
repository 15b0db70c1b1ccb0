// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

namespace autopack_schema::migrate {

/// How far a migration has come.
struct progress {
    std::string_view what{}; ///< "rebuild table runs"
    std::int64_t done = 0;   ///< rows, or pages of a backup
    std::int64_t total = 0;  ///< 0: not known
    int step = 0;            ///< from 1; 0 before the first
    int steps = 0;
};

/// Is called now and then; may throw to stop the migration, which is then rolled back.
using progress_callback = std::function<void(const progress&)>;

/// Set by a signal handler or another thread: the migration stops and is rolled back.
using stop_flag = std::atomic<bool>;

} // namespace autopack_schema::migrate
