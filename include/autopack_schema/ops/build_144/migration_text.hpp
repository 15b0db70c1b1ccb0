// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/build_144/migrate.hpp>
#include <autopack_schema/ops/build_144/text.hpp>
#include <autopack_schema/ops/build_144/verification.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::ops::build_144 {

namespace detail {

inline std::string ruled(std::string_view title) {
    const std::string rule(80, '=');
    return rule + "\n" + std::string(title) + "\n" + rule + "\n";
}

inline std::string backup_line(const std::string& path) { return path.empty() ? "" : "Backup: " + path + "\n"; }

inline std::string counts_text(const row_counts& n) {
    std::string text = "      Total rows: " + std::to_string(n.rows) +
                       "\n      Exact splits (prompt+completion): " + std::to_string(n.exact) +
                       "\n      Total-only (NULL splits): " + std::to_string(n.null_splits) + "\n";
    if (n.zero_splits > 0) text += "      Total-only (0 in both splits): " + std::to_string(n.zero_splits) + "\n";
    return text + "      Sum of all total_tokens: " + std::to_string(n.sum_of_totals) + "\n";
}

/// What was done to a table that had the column already.
inline std::string repair_text(const upgrade_outcome& o) {
    std::string text = "✓ Column 'total_tokens' already exists, skipping column creation\n";
    if (o.default_added) text += "✓ Default 0 added to column 'total_tokens'\n";
    if (o.splits_opened) text += "✓ Columns 'prompt_tokens' and 'completion_tokens' made nullable\n";
    if (o.repaired == 0) return text + "✓ All rows have correct total_tokens values\n" + backup_line(o.backup);
    return text + "⚠️  Found " + std::to_string(o.repaired) +
           " rows with total_tokens=0 but non-NULL splits\n"
           "    Running backfill to fix these rows...\n✓ Backfilled " +
           std::to_string(o.repaired) + " rows with correct total_tokens\n" + backup_line(o.backup);
}

} // namespace detail

/// What stands above every run.
inline std::string heading(std::string_view database, std::string_view command) {
    const std::string_view title = command == "downgrade"
                                       ? "BUILD-144 P0.3: Remove total_tokens Column from llm_usage_events"
                                       : "BUILD-144 P0.3: Add total_tokens Column to llm_usage_events";
    return "\nDatabase: " + std::string(database) + "\nCommand: " + std::string(command) + "\n\n" +
           detail::ruled(title) + "\n";
}

/// The outcome of an upgrade as the runbook shows it; `now` is the verification of the database after it.
inline std::string to_text(const upgrade_outcome& o, const row_counts& now) {
    if (!o.table_exists) {
        return "⚠️  Table 'llm_usage_events' does not exist\n    There is nothing to migrate: 'autopack-schema migrate' "
               "makes it with the column.\n";
    }
    if (!o.column_added) return detail::repair_text(o) + detail::remarks(now);
    std::string text =
        "[1/3] Adding column: total_tokens (INTEGER NOT NULL DEFAULT 0)\n"
        "      Purpose: Always record total tokens to avoid under-reporting\n      ✓ Column 'total_tokens' added\n";
    if (o.splits_opened) text += "      ✓ Columns 'prompt_tokens' and 'completion_tokens' made nullable\n";
    text += "\n[2/3] Backfilling total_tokens for existing rows\n"
            "      Formula: total_tokens = COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0)\n      ✓ "
            "Backfilled " +
            std::to_string(o.rows) + " rows\n\n[3/3] Verification\n" + detail::counts_text(now) + detail::remarks(now) +
            "\n" + detail::ruled("✅ Migration completed successfully!") + detail::backup_line(o.backup);
    return text + "\nNext steps:\n  1. Restart any running executor/backend processes\n"
                  "  2. Run the verification: verify_build_144\n"
                  "  3. Verify dashboard: /dashboard/usage should now report correct totals\n";
}

/// The outcome of the way back.
inline std::string to_text(const downgrade_outcome& o) {
    if (!o.table_exists) return "⚠️  Table 'llm_usage_events' does not exist\n";
    if (!o.column_dropped) return "✓ Column 'total_tokens' does not exist, nothing to remove\n";
    std::string text = "✓ Column 'total_tokens' dropped\n";
    if (o.totals_lost > 0) {
        text += "⚠️  " + detail::rows_of(o.totals_lost) + " had a total that no splits give back: " +
                (o.backup.empty() ? "it is gone\n" : "it is in the backup only\n");
    }
    return text + "\n" + detail::ruled("✅ Downgrade completed successfully!") + detail::backup_line(o.backup);
}

} // namespace autopack_schema::ops::build_144
