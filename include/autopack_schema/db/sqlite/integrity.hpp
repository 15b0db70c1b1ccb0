// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/quote.hpp>
#include <autopack_schema/error.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::sqlite {

/// What SQLite found wrong in a file.
struct integrity_report {
    std::vector<std::string> damage;     ///< pages, indexes, freelist: the file itself is broken
    std::vector<std::string> violations; ///< rows that break NOT NULL or the type of a STRICT table: data, not damage
    bool is_sound() const { return damage.empty(); }
};

namespace detail {

/// True for the lines of integrity_check that are about the values of a row.
inline bool is_about_values(std::string_view line) {
    const bool typed = line.find(" value in ") != std::string_view::npos;
    return typed && (line.starts_with("NULL ") || line.starts_with("non-") || line.starts_with("NUMERIC ") ||
                     line.starts_with("TEXT "));
}

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

} // namespace detail

/// Runs PRAGMA integrity_check. CHECK constraints are left out: they are about values, and no expression of a
/// foreign file is evaluated. A file that is too damaged to be checked is reported as damaged.
/// errors: S209, S212
inline integrity_report check_integrity(connection& where) {
    integrity_report report;
    const bool ignored = where.query_int("PRAGMA ignore_check_constraints") != 0;
    if (!ignored) where.execute("PRAGMA ignore_check_constraints=ON");
    try {
        statement check = where.prepare("PRAGMA main.integrity_check");
        while (check.step()) {
            const std::string line(check.column_text(0));
            if (line != "ok") (detail::is_about_values(line) ? report.violations : report.damage).push_back(line);
        }
    } catch (const error& failure) {
        if (!ignored) where.execute("PRAGMA ignore_check_constraints=OFF");
        if (failure.code() != "S208") throw;
        report.damage.push_back(failure.info().what_happened);
        return report;
    }
    if (!ignored) where.execute("PRAGMA ignore_check_constraints=OFF");
    return report;
}

} // namespace autopack_schema::sqlite
