// SPDX-License-Identifier: MIT
#pragma once

#include <ctime>
#include <string>

namespace autopack_schema::migrate::sqlite::detail {

/// The time now in UTC, in a form of strftime.
inline std::string utc_time(const char* form = "%Y-%m-%d %H:%M:%S") {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
#if defined(_WIN32)
    gmtime_s(&parts, &now);
#else
    gmtime_r(&now, &parts);
#endif
    char text[40] = {};
    return {text, std::strftime(text, sizeof text, form, &parts)};
}

} // namespace autopack_schema::migrate::sqlite::detail
