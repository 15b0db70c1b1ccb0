// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/identity/identity.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

namespace detail {

/// A line of 70 characters.
inline std::string rule() { return std::string(70, '=') + "\n"; }

/// A title between two rules.
inline std::string title(std::string_view text) { return rule() + std::string(text) + "\n" + rule(); }

inline std::string count_line(std::string_view what, const std::optional<std::int64_t>& count) {
    return count ? "  " + std::string(what) + ": " + std::to_string(*count) + "\n" : "";
}

} // namespace detail

/// The banner that every program prints before it works on a database.
/// shape: a table that is not there has no line
inline std::string to_text(const database_identity& identity) {
    std::string text = "\n" + detail::title("DATABASE IDENTITY") + "DATABASE_URL: " + identity.url + "\n";
    if (!identity.file.empty()) text += "SQLite file: " + identity.file + "\n";
    if (identity.size) text += "Size: " + std::to_string(*identity.size) + " bytes\n";
    if (identity.modified) text += "Last modified: " + identity.modified->to_iso_string() + "+00:00\n";
    text += "\nRow counts:\n" + detail::count_line("Runs", identity.runs);
    text += detail::count_line("Phases", identity.phases);
    text += detail::count_line("LLM usage events", identity.llm_usage_events);
    return text + detail::rule() + "\n";
}

} // namespace autopack_schema::ops
