// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/detail/compare_copy.hpp>
#include <autopack_schema/db/sqlite/detail/count_rows.hpp>
#include <autopack_schema/db/sqlite/integrity.hpp>
#include <autopack_schema/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace autopack_schema::sqlite::detail {

AUTOPACK_SCHEMA_FUNCTION void refuse_copy(const std::string& where, std::string what, std::string advice) {
    throw error({.code = "S231", .what_happened = std::move(what), .database = where, .advice = std::move(advice)});
}

AUTOPACK_SCHEMA_FUNCTION copy_report compare_copy(connection& source, connection& copy) {
    integrity_report integrity = check_integrity(copy);
    if (!integrity.is_sound())
        refuse_copy(
            copy.name(),
            "integrity_check of the copy of " + source.name() + " found: " + integrity.damage.front() +
                (integrity.damage.size() > 1 ? " (and " + std::to_string(integrity.damage.size() - 1) + " more)" : ""),
            "run PRAGMA integrity_check on the source: if it says the same, the source is damaged; else check the "
            "disk");
    const auto expected = count_rows(source), found = count_rows(copy);
    copy_report report;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const bool same = i < found.size() && found[i] == expected[i];
        if (!same)
            refuse_copy(copy.name(),
                        "the copy of " + source.name() + " has not the " + std::to_string(expected[i].second) +
                            " rows of table " + autopack_schema::detail::quoted(expected[i].first),
                        "check the disk, and copy again");
        report.rows += i == 0 ? 0 : expected[i].second;
    }
    report.tables = static_cast<std::int64_t>(expected.size()) - 1;
    report.path = copy.name();
    report.bytes = copy.query_int("PRAGMA page_count") * copy.query_int("PRAGMA page_size");
    report.violations = std::move(integrity.violations);
    return report;
}

} // namespace autopack_schema::sqlite::detail
