// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/quote.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::sqlite::detail {

/// The tables that have pages of their own, with their rows; virtual tables and views have none.
inline std::vector<std::pair<std::string, std::int64_t>> count_rows(connection& where) {
    std::vector<std::pair<std::string, std::int64_t>> counts;
    counts.emplace_back("sqlite_schema", where.query_int("SELECT count(*) FROM main.sqlite_schema"));
    statement tables =
        where.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name");
    while (tables.step()) {
        const std::string name(tables.column_text(0));
        counts.emplace_back(name, where.query_int("SELECT count(*) FROM main." + quote_identifier(name)));
    }
    return counts;
}

} // namespace autopack_schema::sqlite::detail
