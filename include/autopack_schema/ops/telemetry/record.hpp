// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace autopack_schema::ops {

/// What a line of a log or a row of a database says about one estimation.
struct telemetry_record {
    std::int64_t predicted = 0; ///< tokens
    std::int64_t actual = 0;    ///< tokens
    double error_percent = 0.0; ///< symmetric, as it stands in the source: a log has one decimal
    std::string timestamp{};    ///< as it stands in the source; empty where there is none
    std::string source{};       ///< the log file or the database
    std::size_t line = 0;       ///< in a log; the event's id in a database
    bool is_v2 = false;         ///< false: of the first log format, of which nothing below is known
    std::string selected_budget{};
    std::string category{};
    std::string complexity{};
    std::int64_t deliverables = 0;
    std::string success{};
    std::string stop_reason{};
    std::string truncated{};
    std::string model{};

    /// Whether the phase is known to have succeeded.
    bool is_successful() const { return is_v2 && detail::lowered(success) == "true"; }
    /// Whether its output is known to have been cut off.
    bool is_truncated() const { return is_v2 && detail::lowered(truncated) == "true"; }
};

} // namespace autopack_schema::ops
