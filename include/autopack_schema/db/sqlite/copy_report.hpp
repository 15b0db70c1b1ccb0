// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace autopack_schema::sqlite {

/// What a checked copy holds.
struct copy_report {
    std::string path; ///< the absolute path of the file that was written
    std::int64_t bytes = 0;
    std::int64_t tables = 0;             ///< compared, virtual tables not counted
    std::int64_t rows = 0;               ///< in all of them
    std::vector<std::string> violations; ///< rows that break NOT NULL or a STRICT type, as they did in the source
};

} // namespace autopack_schema::sqlite
