// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/sqlite/detail/planner.hpp>
#include <autopack_schema/migrate/sqlite/detail/rename.hpp>
#include <autopack_schema/migrate/sqlite/fingerprint.hpp>
#include <autopack_schema/migrate/sqlite/make_plan.hpp>
#include <autopack_schema/migrate/target.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::migrate::sqlite {

namespace detail {

/// Reports data rules that name a column which the target does not have.
inline void check_rules(const model::schema& target, model::items<data_rule> rules, std::vector<blocker>& out) {
    for (const data_rule& r : rules) {
        if (r.is_allowance()) continue;
        const model::table* const t = model::find_table(target, r.table);
        if (t != nullptr && model::find_column(target, *t, r.name) != nullptr) continue;
        out.push_back({.code = "S392",
                       .table = std::string(r.table.text),
                       .column = std::string(r.name.text),
                       .what = std::string(words_of(r.kind)) + " names a column that is not there",
                       .advice = "correct its name"});
    }
}

/// Gives the facts of renamed tables their new names.
inline facts renamed(facts known, const std::vector<change>& changes, const model::schema& live,
                     const model::schema& wanted) {
    for (const change& c : changes) {
        if (c.kind != change_kind::rename_table) continue;
        for (table_facts& t : known.tables) {
            if (live.tables[c.from].name == model::name(t.name)) t.name = wanted.tables[c.to].name.text;
        }
    }
    for (std::int64_t& rows : known.rows_to_fill) rows = -1; // they were counted under the old names
    return known;
}

/// Plans the renamings and reads what the schema is after them.
inline model::snapshot plan_renames(const model::schema& live, const model::schema& wanted,
                                    const std::vector<change>& changes, const facts& known, plan& out) {
    if (!known.broken.empty()) {
        out.blockers.push_back({.code = "S380",
                                .what = "SQLite renames nothing while " + known.broken[0] + " does not compile",
                                .advice = "drop or correct it first"});
        return model::snapshot::copy_of(live);
    }
    std::vector<step> steps = rename_steps(changes, live, wanted);
    model::snapshot after = after_steps(live, steps);
    for (step& s : steps) out.steps.push_back(std::move(s));
    return after;
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION planned make_plan(const model::schema& live, const model::schema& wanted, const facts& known,
                         model::items<data_rule> rules, target_options options) {
    planned made;
    plan& p = made.plan;
    p.schema = wanted.name;
    p.version = wanted.version;
    p.fingerprint = known.fingerprint;
    p.engine = known.version;
    const std::vector<change> changes = diff(live, wanted, sql::sqlite::rules);
    model::snapshot after_renames;
    facts known_now = known;
    model::schema base = live;
    if (detail::has_renames(changes, live)) {
        after_renames = detail::plan_renames(live, wanted, changes, known, p);
        known_now = detail::renamed(known, changes, live, wanted);
        base = after_renames.view();
    }
    if (!p.blockers.empty()) return made;
    made.target = make_target(base, wanted, sql::sqlite::rules, rules, options);
    for (const kept_difference& k : made.target.kept) {
        if (!is_own_table(k.object)) p.kept.push_back(k);
    }
    p.notes = made.target.notes;
    p.blockers = made.target.blockers;
    const model::schema target = made.target.schema.view();
    detail::check_rules(target, rules, p.blockers);
    detail::planner(base, target, known_now, rules, p).run();
    // Where nothing is changed, nothing has to be allowed: a column that was kept once does not stop later runs.
    if (p.steps.empty()) std::erase_if(p.blockers, [](const blocker& b) { return b.code == "S381"; });
    return made;
}

} // namespace autopack_schema::migrate::sqlite
