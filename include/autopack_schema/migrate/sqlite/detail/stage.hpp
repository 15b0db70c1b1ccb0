// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/custom_step.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/sqlite/detail/applied.hpp>
#include <autopack_schema/migrate/sqlite/detail/reverse.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>
#include <autopack_schema/migrate/target_types.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// A step in C++ that a run calls.
struct custom_call {
    std::string_view migration{};
    std::string_view name{};
    custom_function run = nullptr;
};

/// One part of a run: a schema to reach, and what is called before and after. Most runs have one.
struct stage {
    model::schema wanted{};
    model::items<migration_view> chain{};  ///< the migrations that lead there
    const reversed_migration* back = nullptr; ///< a migration that is undone instead
    model::vector<custom_call> before{};
    model::vector<custom_call> after{};
    std::vector<blocker> blockers{};
};

/// Finds the parts of a run, given what the database is now.
using stage_finder =
    std::function<model::vector<stage>(const model::schema& live, const std::vector<history_entry>& history)>;

/// The steps of a migration for one moment, in order.
inline model::vector<custom_call> calls_of(const migration_view& m, custom_moment moment) {
    model::vector<custom_call> calls;
    for (const custom_step& s : m.steps) {
        if (s.moment == moment && s.run != nullptr) calls.push_back({m.name, s.name, s.run});
    }
    return calls;
}

/// What undoes the steps of a migration for one moment: the last one first.
inline model::vector<custom_call> calls_back(const migration_view& m, custom_moment moment) {
    model::vector<custom_call> calls;
    for (std::size_t i = m.steps.size(); i-- > 0;) {
        const custom_step& s = m.steps[i];
        if (s.moment == moment && s.undo != nullptr) calls.push_back({m.name, s.name, s.undo});
    }
    return calls;
}

/// Tells whether a migration gives a table or a column another name.
inline bool renames(const migration_view& m) {
    for (const change& c : diff(m.from, m.to, sql::sqlite::rules)) {
        if (c.kind == change_kind::rename_table || c.kind == change_kind::rename_column) return true;
    }
    return false;
}

/// The parts of a way up. A migration with steps in C++ that was not applied yet is a part of its own, because its
/// functions see exactly its versions; and what has rules is done before a later migration changes the names that the
/// rules are written in. All else is one part.
inline model::vector<stage> stages_up(const model::schema& wanted, model::items<migration_view> chain,
                                    const model::schema& live, const std::vector<history_entry>& history) {
    model::vector<stage> stages;
    bool has_rules = false; // since the last part
    bool behind = false;    // what comes after a missing migration is missing
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const migration_view& m = chain[i];
        behind = behind || is_missing(m, live);
        if (is_applied(history, m.name) || (!behind && changes_schema(m))) continue;
        model::vector<custom_call> before = calls_of(m, custom_moment::before), after = calls_of(m, custom_moment::after);
        if (!before.empty() || (has_rules && renames(m))) {
            stages.push_back({.wanted = m.from, .chain = chain.first(i), .after = std::move(before)});
            has_rules = false;
        }
        has_rules = has_rules || !m.rules.empty();
        if (after.empty()) continue;
        stages.push_back({.wanted = m.to, .chain = chain.first(i + 1), .after = std::move(after)});
        has_rules = false;
    }
    stages.push_back({.wanted = wanted, .chain = chain});
    return stages;
}

} // namespace autopack_schema::migrate::sqlite::detail
