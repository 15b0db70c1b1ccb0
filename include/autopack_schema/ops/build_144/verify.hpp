// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/statement.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/build_144/verification.hpp>
#include <autopack_schema/ops/detail/percent.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops::build_144 {

namespace detail {

/// "1320 of 1543 (85.5%)".
inline std::string share_of(std::int64_t part, std::int64_t whole) {
    return std::to_string(part) + " of " + std::to_string(whole) + " (" + ops::detail::percent_of(part, whole) + ")";
}

inline column_facts read_columns(sqlite::connection& database) {
    column_facts facts;
    int found = 0;
    sqlite::statement rows = database.prepare("SELECT name, \"notnull\" FROM pragma_table_info('llm_usage_events')");
    while (rows.step()) {
        ++found;
        const std::string_view name = rows.column_text(0);
        const bool not_null = rows.column_int64(1) != 0;
        if (name == "total_tokens") facts.total_exists = true, facts.total_not_null = not_null;
        if (name == "prompt_tokens") facts.prompt_nullable = !not_null;
        if (name == "completion_tokens") facts.completion_nullable = !not_null;
    }
    if (found == 0) {
        throw error({.code = "S410",
                     .what_happened = "there is no such table, so there is nothing to verify",
                     .table = "llm_usage_events",
                     .database = database.name(),
                     .advice = "check the path; 'migrate' makes the tables of an empty database"});
    }
    return facts;
}

/// A number of `row_counts` and what its rows have in common.
struct counted {
    std::int64_t row_counts::*number;
    std::string condition;
};

/// `t` is what stands for the total in SQL: the column, or NULL where there is none.
inline std::vector<counted> counted_conditions(const std::string& t) {
    const std::string both_null = "prompt_tokens IS NULL AND completion_tokens IS NULL";
    const std::string both_known = "prompt_tokens IS NOT NULL AND completion_tokens IS NOT NULL";
    const std::string none = "COALESCE(prompt_tokens, 0) = 0 AND COALESCE(completion_tokens, 0) = 0";
    return {
        {&row_counts::rows, "1"},
        {&row_counts::with_total, t + " > 0"},
        {&row_counts::exact, both_known + " AND NOT (" + none + ")"},
        {&row_counts::null_splits, both_null},
        {&row_counts::zero_splits, none + " AND NOT (" + both_null + ")"},
        {&row_counts::null_splits_with_total, both_null + " AND " + t + " > 0"},
        {&row_counts::repairable, t + " = 0 AND COALESCE(prompt_tokens, 0) + COALESCE(completion_tokens, 0) <> 0"},
        {&row_counts::mismatched,
         t + " <> 0 AND " + both_known + " AND " + t + " <> prompt_tokens + completion_tokens"},
        {&row_counts::unrecoverable, t + " = 0 AND " + none},
    };
}

inline row_counts count_rows(sqlite::connection& database, const std::string& total) {
    const std::vector<counted> wanted = counted_conditions(total);
    std::string sql = "SELECT COALESCE(SUM(" + total + "), 0)";
    for (const counted& c : wanted) sql += ", COUNT(CASE WHEN " + c.condition + " THEN 1 END)";
    sqlite::statement row = database.prepare(sql + " FROM llm_usage_events");
    row.step();
    row_counts counts;
    counts.sum_of_totals = row.column_int64(0);
    int column = 0;
    for (const counted& c : wanted) counts.*c.number = row.column_int64(++column);
    return counts;
}

inline std::vector<sample> read_samples(sqlite::connection& database, const std::string& total,
                                        const std::string& condition) {
    std::vector<sample> samples;
    sqlite::statement rows = database.prepare("SELECT id, provider, model, prompt_tokens, completion_tokens, " + total +
                                              " FROM llm_usage_events WHERE " + condition + " ORDER BY id LIMIT 3");
    const auto number = [&rows](int column) -> std::optional<std::int64_t> {
        if (rows.column_is_null(column)) return std::nullopt;
        return rows.column_int64(column);
    };
    while (rows.step()) {
        samples.push_back({rows.column_int64(0), std::string(rows.column_text(1)), std::string(rows.column_text(2)),
                           number(3), number(4), number(5)});
    }
    return samples;
}

inline std::vector<criterion> judge(const column_facts& columns, const row_counts& counts) {
    const std::int64_t total_only = counts.total_only();
    return {
        {"Column `total_tokens` exists and is NOT NULL", columns.total_exists && columns.total_not_null, ""},
        {"Columns `prompt_tokens` and `completion_tokens` are nullable",
         columns.prompt_nullable && columns.completion_nullable, ""},
        {"All events have `total_tokens > 0` (100% population)",
         columns.total_exists && counts.with_total == counts.rows, share_of(counts.with_total, counts.rows)},
        {"Total-only events have `prompt_tokens=NULL, completion_tokens=NULL, total_tokens>0`",
         counts.null_splits_with_total == total_only,
         total_only == 0 ? "there is none" : share_of(counts.null_splits_with_total, total_only)},
    };
}

} // namespace detail

/// Checks a database by the BUILD-144 runbook, step 3: columns, population, sample values, and the four criteria.
/// shape:  reads only; a database that was not migrated gives criteria that are not met, not an error
/// errors: S410 there is no table `llm_usage_events`
inline verification verify(sqlite::connection& database) {
    verification v;
    v.database = database.name();
    v.columns = detail::read_columns(database);
    const std::string total = v.columns.total_exists ? "total_tokens" : "NULL";
    v.counts = detail::count_rows(database, total);
    v.criteria = detail::judge(v.columns, v.counts);
    const std::string with_splits = "prompt_tokens + completion_tokens <> 0"; // NULL where one is unknown
    const std::string total_only = "prompt_tokens IS NULL AND completion_tokens IS NULL AND " + total + " > 0";
    v.exact_samples = detail::read_samples(database, total, with_splits);
    v.total_only_samples = detail::read_samples(database, total, total_only);
    return v;
}

} // namespace autopack_schema::ops::build_144
