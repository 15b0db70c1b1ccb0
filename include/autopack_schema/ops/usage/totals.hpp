// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/usage/period.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// Tokens of some events.
/// shape: `total_tokens` is the sum of the totals and not of the splits, which count 0 where they are not known
struct token_sums {
    std::int64_t prompt_tokens = 0;
    std::int64_t completion_tokens = 0;
    std::int64_t total_tokens = 0;
    std::int64_t events = 0;
    std::int64_t total_only_events = 0; ///< both splits unknown
    std::int64_t total_only_tokens = 0;

    token_sums& operator+=(const token_sums& more) {
        prompt_tokens += more.prompt_tokens;
        completion_tokens += more.completion_tokens;
        total_tokens += more.total_tokens;
        events += more.events;
        total_only_events += more.total_only_events;
        total_only_tokens += more.total_only_tokens;
        return *this;
    }
    friend bool operator==(const token_sums&, const token_sums&) = default;
};

/// What one provider was used for.
struct provider_usage {
    std::string provider{};
    token_sums sums{};
};

/// What one model was used for.
struct model_usage {
    std::string provider{};
    std::string model{};
    token_sums sums{};
};

/// Usage in a period, in the order in which providers and models appear first.
struct usage_report {
    usage_period period{};
    std::int64_t cap_tokens = 0; ///< 0: there is none
    std::vector<provider_usage> providers{};
    std::vector<model_usage> models{};

    /// Everything.
    token_sums sums() const {
        token_sums all;
        for (const provider_usage& p : providers) all += p.sums;
        return all;
    }
};

namespace detail {

/// errors: S412 no table, S415 a table from before BUILD-144
inline void require_totals(sqlite::connection& database) {
    if (has_column(require_columns(database, "llm_usage_events"), "total_tokens")) return;
    throw error({.code = "S415",
                 .what_happened = "there is no such column: the database is from before BUILD-144",
                 .table = "llm_usage_events",
                 .column = "total_tokens",
                 .database = database.name(),
                 .advice = "run 'migrate_build_144 upgrade' or 'autopack-schema migrate --schema autopack' first"});
}

inline constexpr std::string_view sums_of_events =
    "COALESCE(SUM(prompt_tokens), 0), COALESCE(SUM(completion_tokens), 0), COALESCE(SUM(total_tokens), 0), COUNT(*), "
    "COUNT(CASE WHEN prompt_tokens IS NULL AND completion_tokens IS NULL THEN 1 END), "
    "COALESCE(SUM(CASE WHEN prompt_tokens IS NULL AND completion_tokens IS NULL THEN total_tokens END), 0)";

inline token_sums read_sums(const sqlite::statement& row, int first) {
    return {row.column_int64(first),     row.column_int64(first + 1), row.column_int64(first + 2),
            row.column_int64(first + 3), row.column_int64(first + 4), row.column_int64(first + 5)};
}

/// Adds to the entry that a key has, or makes one.
template <class Entry, class IsIt>
void add_usage(std::vector<Entry>& entries, Entry made, IsIt&& is_it) {
    const auto found = std::find_if(entries.begin(), entries.end(), std::forward<IsIt>(is_it));
    if (found == entries.end()) return void(entries.push_back(std::move(made)));
    found->sums += made.sums;
}

} // namespace detail

/// Sums usage by provider and by model over the events of a period.
/// shape:  models are told apart by the text "provider:model", as in the original; the older one gives its labels
/// errors: S412 no table, S415 a table from before BUILD-144
inline usage_report read_usage(sqlite::connection& database, const usage_period& period, timestamp now,
                               std::int64_t cap_tokens = 0) {
    detail::require_totals(database);
    usage_report report{.period = period, .cap_tokens = cap_tokens};
    sqlite::statement rows = database.prepare("SELECT provider, model, " + std::string(detail::sums_of_events) +
                                              ", MIN(created_at), id FROM llm_usage_events WHERE created_at >= ?1 "
                                              "GROUP BY provider, model ORDER BY 9, 10");
    rows.bind(1, period.start(now).to_string());
    while (rows.step()) {
        const std::string provider(rows.column_text(0));
        const std::string model(rows.column_text(1));
        const std::string key = provider + ":" + model;
        const token_sums sums = detail::read_sums(rows, 2);
        detail::add_usage(report.providers, provider_usage{provider, sums},
                          [&](const auto& p) { return p.provider == provider; });
        detail::add_usage(report.models, model_usage{provider, model, sums},
                          [&](const auto& m) { return m.provider + ":" + m.model == key; });
    }
    return report;
}

/// What a run used in all; ruling 5: totals count where there are no splits.
/// errors: S412 no table, S415 a table from before BUILD-144
inline token_sums read_run_usage(sqlite::connection& database, std::string_view run_id) {
    detail::require_totals(database);
    sqlite::statement row =
        database.prepare("SELECT " + std::string(detail::sums_of_events) + " FROM llm_usage_events WHERE run_id = ?1");
    row.bind(1, run_id);
    row.step();
    return detail::read_sums(row, 0);
}

/// What a phase of a run used in all.
/// errors: S412 no table, S415 a table from before BUILD-144
inline token_sums read_phase_usage(sqlite::connection& database, std::string_view run_id, std::string_view phase_id) {
    detail::require_totals(database);
    sqlite::statement row = database.prepare("SELECT " + std::string(detail::sums_of_events) +
                                             " FROM llm_usage_events WHERE run_id = ?1 AND phase_id = ?2");
    row.bind(1, run_id);
    row.bind(2, phase_id);
    row.step();
    return detail::read_sums(row, 0);
}

} // namespace autopack_schema::ops
