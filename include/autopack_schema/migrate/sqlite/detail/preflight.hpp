// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Names the first rows that a check finds.
inline std::string first_rows(connection& database, const pre_check& check) {
    std::string text;
    auto rows = database.prepare("SELECT " + check.key + " FROM " + check.from + " WHERE " + check.where + " LIMIT 5");
    while (rows.step()) {
        std::string_view name = rows.column_text(0);
        const std::size_t space = name.find(' ');
        if (!text.empty() && space != std::string_view::npos) name.remove_prefix(space + 1); // "rowid 7, 9, 12"
        text += (text.empty() ? "" : ", ") + std::string(name);
    }
    return text;
}

inline void add_blocker(connection& database, const pre_check& check, std::int64_t rows, std::vector<blocker>& out) {
    if (rows == 0) return;
    out.push_back({check.code, check.table, check.column, check.what, check.advice, rows, first_rows(database, check),
                   check.show});
}

/// Asks several checks over the same rows in one pass.
inline void ask_together(connection& database, const model::vector<const pre_check*>& checks, std::vector<blocker>& out) {
    std::string sql;
    for (const pre_check* const c : checks)
        sql += (sql.empty() ? "SELECT count(*) FILTER (WHERE " : ", count(*) FILTER (WHERE ") + c->where + ")";
    model::vector<std::int64_t> counts;
    {
        auto row = database.prepare(sql + " FROM " + checks[0]->from);
        row.step();
        for (int i = 0; i < row.column_count(); ++i) counts.push_back(row.column_int64(i));
    }
    for (std::size_t i = 0; i < checks.size(); ++i) add_blocker(database, *checks[i], counts[i], out);
}

/// Asks the rows all that the steps of a plan need, in as few passes as the questions allow.
inline void ask_rows(connection& database, const std::vector<step>& steps, std::vector<blocker>& out) {
    for (const step& s : steps) {
        model::vector<bool> asked(s.checks.size());
        for (std::size_t i = 0; i < s.checks.size(); ++i) {
            model::vector<const pre_check*> together;
            for (std::size_t j = i; j < s.checks.size() && together.size() < 500; ++j) {
                if (asked[j] || s.checks[j].from != s.checks[i].from) continue;
                asked[j] = true;
                together.push_back(&s.checks[j]);
            }
            if (!together.empty()) ask_together(database, together, out);
        }
    }
}

/// Asks whether the disk has room for the copy, the journal and the backup (trap 30).
inline void ask_disk(connection& database, const plan& p, bool with_backup, std::vector<blocker>& out) {
    if (database.name() == ":memory:" || p.empty()) return;
    bool rebuilds = false;
    for (const step& s : p.steps) rebuilds = rebuilds || s.kind == step_kind::rebuild_table;
    const std::int64_t size =
        database.query_int("PRAGMA main.page_count") * database.query_int("PRAGMA main.page_size");
    const std::int64_t needed = size * ((rebuilds ? 2 : 1) + (with_backup ? 1 : 0));
    std::error_code failed;
    const std::filesystem::space_info disk =
        std::filesystem::space(std::filesystem::path(database.name()).parent_path(), failed);
    if (failed || disk.available >= static_cast<std::uintmax_t>(needed)) return;
    out.push_back({.code = "S378",
                   .what = "the disk has " + std::to_string(disk.available / 1048576) + " MB free, up to " +
                           std::to_string(needed / 1048576 + 1) + " MB may be needed",
                   .advice = "free space on the disk of the database"});
}

} // namespace autopack_schema::migrate::sqlite::detail
