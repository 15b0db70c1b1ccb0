// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/run.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/ops/runbook/edit_schema.hpp>
#include <autopack_schema/schemas/autopack/versions.hpp>

#include <array>
#include <cstdint>
#include <string>

namespace autopack_schema::ops::build_144 {

/// What the migration of BUILD-144 found and did.
struct upgrade_outcome {
    bool table_exists = false;
    bool column_added = false;
    bool default_added = false; ///< the column was there, without its default
    bool splits_opened = false; ///< NOT NULL was taken from the splits
    std::int64_t rows = 0;      ///< of the table
    std::int64_t repaired = 0;  ///< rows that had a total of 0 although their splits have a sum
    std::string backup{};       ///< path; empty: nothing was changed, or none was wanted
};

/// What the way back found and did.
struct downgrade_outcome {
    bool table_exists = false;
    bool column_dropped = false;
    std::int64_t totals_lost = 0; ///< rows whose total cannot be computed from their splits
    std::string backup{};
};

namespace detail {

inline constexpr model::name usage_table{"llm_usage_events"};
inline constexpr model::name total_column{"total_tokens"};

inline constexpr std::array total_rule{
    migrate::data_rule{.kind = migrate::rule_kind::backfill,
                       .table = usage_table,
                       .name = total_column,
                       .sql = "COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0)",
                       .when = "total_tokens = 0"}};
inline constexpr std::array drop_rule{
    migrate::data_rule{.kind = migrate::rule_kind::drop_column, .table = usage_table, .name = total_column}};

inline bool is_split(const model::column& c) {
    return c.name == model::name("prompt_tokens") || c.name == model::name("completion_tokens");
}

/// The live schema with the total, its default, and splits that may be NULL.
inline model::snapshot upgraded_schema(const model::schema& live, upgrade_outcome& outcome) {
    const model::schema pack = schemas::autopack::build_144::version.model();
    const model::column defined = *model::find_column(pack, *model::find_table(pack, usage_table), total_column);
    const model::column* const there = model::find_column(live, *model::find_table(live, usage_table), total_column);
    outcome.column_added = there == nullptr;
    outcome.default_added = there != nullptr && !there->default_to.present();
    const std::array added{defined};
    return edited_table(live, usage_table, model::items(added).first(there == nullptr ? 1 : 0), [&](model::column& c) {
        if (c.name == total_column) {
            c.nullable = false;
            if (!c.default_to.present()) c.default_to = defined.default_to;
        } else if (is_split(c)) {
            outcome.splits_opened = outcome.splits_opened || !c.nullable;
            c.nullable = true;
        }
        return true;
    });
}

inline std::string run_migration(sqlite::connection& database, model::snapshot& wanted, const char* name,
                                 model::items<migrate::data_rule> rules, migrate::run_options options) {
    wanted.content().name = name;
    wanted.content().version = {};
    options.rules.insert(options.rules.end(), rules.begin(), rules.end());
    return autopack_schema::migrate::sqlite::run(database, wanted.view(), {}, options).backup;
}

} // namespace detail

/// Gives `llm_usage_events` a `total_tokens` that is never NULL and is the sum of the splits for the rows that are there, and
/// lets the splits be NULL; in one transaction, with a backup before. Nothing else of the database is changed.
/// shape:  again and again: totals of 0 whose splits have a sum are repaired, and where nothing is, nothing is written
/// errors: those of `migrate::sqlite::run`
inline upgrade_outcome upgrade(sqlite::connection& database,
                               const autopack_schema::migrate::run_options& options = {}) {
    const model::snapshot live = inspect(database);
    upgrade_outcome outcome{.table_exists = model::find_table(live.view(), detail::usage_table) != nullptr};
    if (!outcome.table_exists) return outcome;
    model::snapshot wanted = detail::upgraded_schema(live.view(), outcome);
    outcome.rows = database.query_int("SELECT COUNT(*) FROM llm_usage_events");
    if (!outcome.column_added) {
        outcome.repaired = database.query_int("SELECT COUNT(*) FROM llm_usage_events WHERE total_tokens = 0 AND "
                                              "COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0) <> 0");
    }
    outcome.backup = detail::run_migration(database, wanted, "BUILD-144 upgrade", detail::total_rule, options);
    return outcome;
}

/// Takes `total_tokens` away again; the splits stay as they are.
/// shape:  `allow_loss`: also where totals are lost that no splits can give back
/// errors: S417 such totals, and they may not be lost; those of `migrate::sqlite::run`
inline downgrade_outcome downgrade(sqlite::connection& database, bool allow_loss = false,
                                   const autopack_schema::migrate::run_options& options = {}) {
    const model::snapshot live = inspect(database);
    const model::table* const t = model::find_table(live.view(), detail::usage_table);
    downgrade_outcome outcome{.table_exists = t != nullptr};
    if (t == nullptr || model::find_column(live.view(), *t, detail::total_column) == nullptr) return outcome;
    outcome.totals_lost = database.query_int("SELECT COUNT(*) FROM llm_usage_events WHERE total_tokens <> "
                                             "COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0)");
    if (outcome.totals_lost > 0 && !allow_loss) {
        throw error({.code = "S417",
                     .what_happened = std::to_string(outcome.totals_lost) +
                                      (outcome.totals_lost == 1 ? " row has" : " rows have") +
                                      " a total that the splits do not give; it would be lost",
                     .table = "llm_usage_events",
                     .column = "total_tokens",
                     .database = database.name(),
                     .advice = "nothing was changed; give --allow-loss if they may go (a backup is made first)"});
    }
    model::snapshot wanted = edited_table(live.view(), detail::usage_table, {},
                                          [](model::column& c) { return !(c.name == detail::total_column); });
    outcome.backup = detail::run_migration(database, wanted, "BUILD-144 downgrade", detail::drop_rule, options);
    outcome.column_dropped = true;
    return outcome;
}

} // namespace autopack_schema::ops::build_144
