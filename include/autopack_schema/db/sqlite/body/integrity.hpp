// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/integrity.hpp>
#include <autopack_schema/error.hpp>

#include <string_view>

namespace autopack_schema::sqlite {

namespace detail {

/// True for the lines of integrity_check that are about the values of a row.
inline bool is_about_values(std::string_view line) {
    const bool typed = line.find(" value in ") != std::string_view::npos;
    return typed && (line.starts_with("NULL ") || line.starts_with("non-") || line.starts_with("NUMERIC ") ||
                     line.starts_with("TEXT "));
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION integrity_report check_integrity(connection& where) {
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
