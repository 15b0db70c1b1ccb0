// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::sqlite::detail {

/// Table and columns of a constraint that failed; empty where SQLite's text does not tell.
struct failed_columns {
    std::string table;
    std::string columns;
};

/// Reads "UNIQUE constraint failed: t.a, t.b". Names with a dot or a comma in them make the text
/// ambiguous: then nothing is claimed, the text itself stays in the message.
inline failed_columns read_failed_columns(std::string_view message) {
    constexpr std::string_view mark = " constraint failed: ";
    const std::size_t at = message.find(mark);
    const std::string_view kind = message.substr(0, at);
    if (at == std::string_view::npos || (kind != "UNIQUE" && kind != "NOT NULL")) return {};
    std::string_view list = message.substr(at + mark.size());
    failed_columns found;
    while (!list.empty()) {
        const std::size_t end = list.find(", ");
        const std::string_view item = list.substr(0, end);
        const std::size_t dot = item.find('.');
        if (dot == std::string_view::npos || item.find('.', dot + 1) != std::string_view::npos) return {};
        if (!found.table.empty() && found.table != item.substr(0, dot)) return {};
        found.table = item.substr(0, dot);
        if (!found.columns.empty()) found.columns += ", ";
        found.columns += item.substr(dot + 1);
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 2);
    }
    return found;
}

} // namespace autopack_schema::sqlite::detail
