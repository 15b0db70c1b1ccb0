// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/autopack_database.hpp>
#include <autopack_schema/ops/detail/columns.hpp>
#include <autopack_schema/ops/usage/period.hpp>
#include <autopack_schema/query/aggregates.hpp>
#include <autopack_schema/query/case.hpp>
#include <autopack_schema/query/column_ref.hpp>
#include <autopack_schema/query/functions.hpp>
#include <autopack_schema/schemas/autopack/llm_usage_event.hpp>

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

/// Selects something and, behind it, the six sums of `token_sums`.
template <class... Item>
auto select_sums(autopack_database& db, const Item&... item) {
    using event = schemas::autopack::llm_usage_event;
    const auto is_total_only = col<&event::prompt_tokens>.is_null() && col<&event::completion_tokens>.is_null();
    const auto sum_of = [](const auto& tokens) { return coalesce(autopack_schema::sum(tokens), 0); };
    return db.select(item..., sum_of(col<&event::prompt_tokens>), sum_of(col<&event::completion_tokens>),
                     sum_of(col<&event::total_tokens>), autopack_schema::count(), sum_of(is_total_only),
                     sum_of(case_(when(is_total_only, col<&event::total_tokens>))));
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
    using event = schemas::autopack::llm_usage_event;
    detail::require_totals(database);
    usage_report report{.period = period, .cap_tokens = cap_tokens};
    autopack_database db(database);
    const auto groups = detail::select_sums(db, col<&event::provider>, col<&event::model>)
                            .where(col<&event::created_at> >= period.start(now))
                            .group_by(col<&event::provider>, col<&event::model>)
                            .order_by(min(col<&event::created_at>), min(col<&event::id>));
    for (const auto& [provider, model, prompt, completion, total, events, only, only_tokens] : groups) {
        const token_sums sums{prompt, completion, total, events, only, only_tokens};
        detail::add_usage(report.providers, provider_usage{provider, sums},
                          [&](const auto& p) { return p.provider == provider; });
        detail::add_usage(report.models, model_usage{provider, model, sums},
                          [&](const auto& m) { return m.provider + ":" + m.model == provider + ":" + model; });
    }
    return report;
}

/// What a run used in all; ruling 5: totals count where there are no splits.
/// errors: S412 no table, S415 a table from before BUILD-144
inline token_sums read_run_usage(sqlite::connection& database, std::string_view run_id) {
    detail::require_totals(database);
    autopack_database db(database);
    return detail::select_sums(db)
        .where(col<&schemas::autopack::llm_usage_event::run_id> == run_id)
        .into<token_sums>()
        .one();
}

/// What a phase of a run used in all.
/// errors: S412 no table, S415 a table from before BUILD-144
inline token_sums read_phase_usage(sqlite::connection& database, std::string_view run_id, std::string_view phase_id) {
    detail::require_totals(database);
    using event = schemas::autopack::llm_usage_event;
    autopack_database db(database);
    return detail::select_sums(db)
        .where(col<&event::run_id> == run_id && col<&event::phase_id> == phase_id)
        .into<token_sums>()
        .one();
}

} // namespace autopack_schema::ops
