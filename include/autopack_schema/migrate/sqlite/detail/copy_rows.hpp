// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/sqlite/detail/row_source.hpp>
#include <autopack_schema/model/vector.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Names the row number of both tables in the copy, where the new one has no column for it (trap 12).
/// shape: empty where it cannot or need not be copied
struct rowid_copy {
    std::string_view from{};
    std::string_view to{};
};

inline rowid_copy rowid_to_copy(const table_pair& pair) {
    if (rowid_column(pair.target, pair.is) != nullptr) return {};
    const rowid_copy names{rowid_name(pair.live, pair.was), rowid_name(pair.target, pair.is)};
    return names.from.empty() || names.to.empty() ? rowid_copy{} : names;
}

/// Writes the statement that copies all rows into the new table.
/// shape:  named columns, no generated ones, the row number where no column has it. OR ABORT outranks the ON CONFLICT
///         clauses of the table, which would leave rows out or put defaults in the place of NULL (traps 12 to 16).
inline std::string copy_rows(const table_pair& pair, std::string_view new_name,
                             const model::vector<column_source>& sources) {
    std::string into, values;
    const auto add = [&](std::string_view name, std::string_view value) {
        into += (into.empty() ? "" : ", ") + std::string(name);
        values += (values.empty() ? "" : ", ") + std::string(value);
    };
    if (const rowid_copy names = rowid_to_copy(pair); !names.to.empty()) add(names.to, names.from);
    for (const column_source& s : sources) {
        if (s.copied) add(quote_identifier(s.column->name.text), s.value);
    }
    return "INSERT OR ABORT INTO " + in_main(new_name) + " (" + into + ") SELECT " + values + " FROM " +
           in_main(pair.was.name.text);
}

/// Writes what carries the highest number ever given over to the new table (trap 07).
inline std::vector<std::string> keep_sequence(std::string_view old_name, std::string_view new_name) {
    const std::string was = quote_text(old_name);
    const std::string is = quote_text(new_name);
    const std::string table = "main.sqlite_sequence";
    return {"UPDATE " + table + " SET seq = (SELECT max(seq) FROM " + table + " WHERE name IN (" + was + ", " + is +
                ")) WHERE name = " + is,
            "INSERT INTO " + table + " (name, seq) SELECT " + is + ", seq FROM " + table + " WHERE name = " + was +
                " AND NOT EXISTS (SELECT 1 FROM " + table + " WHERE name = " + is + ")"};
}

} // namespace autopack_schema::migrate::sqlite::detail
