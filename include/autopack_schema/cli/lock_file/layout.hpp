// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/lock_file/text.hpp>

#include <string>

namespace autopack_schema::cli::lock_file {

namespace detail {

/// One line: `{"name": "id", "type": "INTEGER"}`.
inline void lay_out_flat(const json& value, std::string& out) {
    if (!value.is_structured()) {
        out += value.dump();
        return;
    }
    const bool object = value.is_object();
    out += object ? '{' : '[';
    bool first = true;
    for (auto item = value.begin(); item != value.end(); ++item) {
        if (!first) out += ", ";
        first = false;
        if (object) out += json(item.key()).dump() + ": ";
        lay_out_flat(*item, out);
    }
    out += object ? '}' : ']';
}

inline void lay_out(const json& value, int depth, std::string& out) {
    constexpr int flat_from = 4; // root, list of tables, table, list of columns; a column is one line
    if (depth >= flat_from || !value.is_structured() || value.empty()) {
        lay_out_flat(value, out);
        return;
    }
    const bool object = value.is_object();
    out += object ? "{" : "[";
    bool first = true;
    for (auto item = value.begin(); item != value.end(); ++item) {
        out += first ? "\n" : ",\n";
        first = false;
        out.append(static_cast<std::size_t>(depth + 1) * 2, ' ');
        if (object) out += json(item.key()).dump() + ": ";
        lay_out(*item, depth + 1, out);
    }
    out += '\n';
    out.append(static_cast<std::size_t>(depth) * 2, ' ');
    out += object ? "}" : "]";
}

} // namespace detail

/// Writes JSON with one line per column, key and index, so that a changed column is one changed line.
/// shape: ends with a line break
inline std::string lay_out(const json& value) {
    std::string out;
    detail::lay_out(value, 0, out);
    out += '\n';
    return out;
}

} // namespace autopack_schema::cli::lock_file
