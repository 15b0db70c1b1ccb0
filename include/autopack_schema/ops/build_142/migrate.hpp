// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/run.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/ops/runbook/edit_schema.hpp>
#include <autopack_schema/schemas/autopack/versions.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <utility>

namespace autopack_schema::ops::build_142 {

/// What the migration of BUILD-142 found and did.
struct migration_outcome {
    bool was_empty = false; ///< the whole schema was made
    std::int64_t tables_made = 0;
    bool column_added = false;
    std::int64_t backfilled = 0; ///< rows
    std::string backup{};        ///< path; empty: none was needed
};

namespace detail {

inline constexpr model::name events{"token_estimation_v2_events"};
inline constexpr model::name ceiling{"actual_max_tokens"};

inline constexpr std::array backfill_rule{migrate::data_rule{
    .kind = migrate::rule_kind::backfill, .table = events, .name = ceiling, .sql = "selected_budget"}};

/// The live schema with the column and with the tables that are missing.
inline model::snapshot wanted_schema(const model::schema& live) {
    const model::schema pack = schemas::autopack::build_142::version.model();
    if (live.tables.empty()) return model::snapshot::copy_of(pack);
    const model::table* const t = model::find_table(live, events);
    const bool missing = t != nullptr && model::find_column(live, *t, ceiling) == nullptr;
    const model::table& defined = *model::find_table(pack, events);
    const std::array added{*model::find_column(pack, defined, ceiling)};
    model::snapshot wanted =
        edited_table(live, events, model::items(added).first(missing ? 1 : 0), [](model::column&) { return true; });
    add_missing_tables(wanted, pack);
    return wanted;
}

/// A database of another program must not get our tables.
/// errors: S418
inline void require_autopack(const model::schema& live, const sqlite::connection& database) {
    const model::table* const runs = model::find_table(live, model::name("runs"));
    const bool ours = runs != nullptr ? model::find_column(live, *runs, model::name("id")) != nullptr
                                      : model::find_table(live, events) != nullptr;
    if (live.tables.empty() || ours) return;
    throw error(
        {.code = "S418",
         .what_happened = "this is no database of Autopack: " +
                          std::string(runs == nullptr ? "there is no table \"runs\"" : "\"runs\" has no column \"id\""),
         .database = database.name(),
         .advice = "nothing was changed; check DATABASE_URL"});
}

inline std::int64_t rows_to_backfill(sqlite::connection& database, const model::schema& live) {
    const model::table* const t = model::find_table(live, events);
    if (t == nullptr) return 0;
    const bool there = model::find_column(live, *t, ceiling) != nullptr;
    return database.query_int(
        std::string("SELECT COUNT(*) FROM token_estimation_v2_events WHERE selected_budget IS NOT NULL") +
        (there ? " AND actual_max_tokens IS NULL" : ""));
}

} // namespace detail

/// Gives `token_estimation_v2_events` the column `actual_max_tokens` and fills it from `selected_budget` where it is NULL, in
/// one transaction, with a backup before; nothing else of the database is changed but that missing tables are made.
/// shape:  again and again: what is still NULL is filled, and where nothing is, nothing is written (ruling 6)
/// errors: S418 a database of another program; those of `migrate::sqlite::run`
inline migration_outcome migrate(sqlite::connection& database, autopack_schema::migrate::run_options options = {}) {
    const model::snapshot live = inspect(database);
    detail::require_autopack(live.view(), database);
    model::snapshot wanted = detail::wanted_schema(live.view());
    wanted.content().name = "BUILD-142";
    wanted.content().version = {};
    migration_outcome outcome{.was_empty = live.view().tables.empty(),
                              .backfilled = detail::rows_to_backfill(database, live.view())};
    const model::table* const t = model::find_table(live.view(), detail::events);
    outcome.column_added = t != nullptr && model::find_column(live.view(), *t, detail::ceiling) == nullptr;
    outcome.tables_made =
        static_cast<std::int64_t>(wanted.view().tables.size()) - static_cast<std::int64_t>(live.view().tables.size());
    options.rules.insert(options.rules.end(), detail::backfill_rule.begin(), detail::backfill_rule.end());
    if (outcome.was_empty) options.backup = autopack_schema::migrate::backup_policy::none; // there is nothing to lose
    outcome.backup = autopack_schema::migrate::sqlite::run(database, wanted.view(), {}, options).backup;
    return outcome;
}

/// The outcome as the runbook shows it.
inline std::string to_text(const migration_outcome& o) {
    std::string text = "Initializing database...\n";
    if (o.tables_made > 0 && !o.was_empty) text += "✅ Made " + std::to_string(o.tables_made) + " missing tables\n";
    if (!o.column_added) {
        text += "✅ actual_max_tokens column already exists, skipping migration\n";
        if (o.backfilled == 0) return text;
        text += "✅ Backfilled " + std::to_string(o.backfilled) +
                " rows that were still NULL (copied selected_budget → actual_max_tokens)\n";
        return text + (o.backup.empty() ? "" : "   Backup: " + o.backup + "\n");
    }
    text += "Adding actual_max_tokens column to token_estimation_v2_events...\n✅ Added actual_max_tokens column "
            "(nullable)\n✅ Backfilled " +
            std::to_string(o.backfilled) +
            " rows (copied selected_budget → actual_max_tokens)\n\n✅ Migration complete!\n"
            "   - actual_max_tokens column added\n   - Existing rows backfilled from selected_budget\n"
            "   - New telemetry will store both selected_budget (intent) and actual_max_tokens (ceiling)\n";
    return text + (o.backup.empty() ? "" : "   - Backup: " + o.backup + "\n");
}

} // namespace autopack_schema::ops::build_142
