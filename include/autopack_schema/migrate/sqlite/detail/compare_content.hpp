// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Hashes one value of a row with its storage class.
inline std::uint64_t hash_value(const autopack_schema::sqlite::statement& row, int column, std::uint64_t hash) {
    const auto mix = [&hash](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3U; };
    const auto type = row.column_type(column);
    mix(static_cast<std::uint64_t>(type));
    if (type == autopack_schema::sqlite::value_type::null) return hash;
    for (const std::byte b : row.column_blob(column)) mix(static_cast<std::uint64_t>(b)); // numbers as their text
    return hash;
}

/// Hashes the named columns of all rows, whatever their order, in constant memory.
inline std::uint64_t content_hash(connection& database, std::string_view table,
                                  const std::vector<std::string>& columns) {
    std::string list;
    for (const std::string& c : columns) list += (list.empty() ? "" : ", ") + quote_identifier(c);
    auto rows = database.prepare("SELECT " + list + " FROM " + in_main(table));
    std::uint64_t sum = 0;
    while (rows.step()) {
        std::uint64_t hash = 0xcbf29ce484222325U;
        for (int i = 0; i < rows.column_count(); ++i) hash = hash_value(rows, i, hash);
        sum += (hash ^ (hash >> 29)) * 0x9e3779b97f4a7c15U;
    }
    return sum;
}

/// Compares every value that a copy shall leave as it is.
/// errors: S385
inline void compare_content(connection& database, const step& s) {
    if (s.same_columns.empty()) return;
    if (content_hash(database, s.table, s.same_columns) == content_hash(database, s.successor, s.same_columns)) return;
    throw error({.code = "S385",
                 .what_happened = "the copy has not the values of the original",
                 .table = s.table,
                 .database = database.name(),
                 .advice = "this is a mistake of the library or of the disk: please report it"});
}

} // namespace autopack_schema::migrate::sqlite::detail
