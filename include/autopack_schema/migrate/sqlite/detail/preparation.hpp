// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/allowance.hpp>
#include <autopack_schema/migrate/detail/hints.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/migrate/sqlite/detail/batch_table.hpp>
#include <autopack_schema/migrate/sqlite/detail/stage.hpp>
#include <autopack_schema/migrate/sqlite/gather.hpp>
#include <autopack_schema/migrate/sqlite/make_plan.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// What a run is going to do, found by reading the database: its parts, and the plan of the one that comes next.
class preparation {
public:
    preparation(connection& database, stage_finder find_stages, const run_options& options)
        : database_(database), find_stages_(std::move(find_stages)), options_(options) {}

    /// Reads the database, finds the parts and plans them.
    void begin(bool count_rows) {
        stages_ = find_stages_(inspect(database_).view(), read_history(database_));
        whole_ = {};
        if (stages_.empty()) {
            history_ = read_history(database_);
            return;
        }
        unfinished_ = has_batches(database_);
        prepare(stages_[0], count_rows);
        whole_ = made_.plan;
        if (stages_.size() > 1 || !is_idle(stages_[0])) plan_all(count_rows);
        for (const data_rule& r : options_.rules) {
            if (r.is_allowance()) whole_.allowances.push_back(to_text(r));
        }
    }

    /// Reads the database and plans one part.
    void prepare(const stage& s, bool count_rows) {
        live_ = inspect(database_);
        history_ = read_history(database_);
        find_rules(s, live_.view());
        facts known = gather(database_, live_.view(), rules_);
        if (!whole_.fingerprint.empty()) known.fingerprint = whole_.fingerprint; // one plan, one set of temporary names
        plan_stage(s, live_.view(), known);
        if (count_rows) {
            gather_rows(database_, live_.view(), made_.plan, known);
            plan_stage(s, live_.view(), known);
        }
        broken_ = std::move(known.broken);
        renames_ = 0;
        for (std::size_t i = 0; i < made_.plan.steps.size(); ++i) {
            const step_kind kind = made_.plan.steps[i].kind;
            if (kind == step_kind::rename_table || kind == step_kind::rename_column) renames_ = i + 1;
        }
    }

    bool nothing_to_do() const {
        return stages_.empty() || (stages_.size() == 1 && is_idle(stages_[0]) && has_no_plan() && !unfinished_);
    }
    /// Nothing is called and nothing is undone.
    static bool is_idle(const stage& s) { return s.before.empty() && s.after.empty() && s.back == nullptr; }
    bool has_no_plan() const { return made_.plan.empty() && made_.plan.blockers.empty(); }
    bool is_unfinished() const { return unfinished_; } ///< a migration in batches was begun
    bool has_one_part() const { return stages_.size() == 1; }

    const model::vector<stage>& stages() const { return stages_; }
    const plan& whole() const { return whole_; }  ///< the plans of all parts, one after the other
    const planned& made() const { return made_; } ///< of the part that comes next
    model::schema live() const { return live_.view(); }
    const std::vector<history_entry>& history() const { return history_; }
    const model::vector<data_rule>& rules() const { return rules_; }
    const std::vector<std::string>& broken() const { return broken_; }
    std::size_t renames() const { return renames_; } ///< steps that must be done before the rows can be asked

private:
    /// The data rules of one part; those of this run that are about another part are left out.
    void find_rules(const stage& s, const model::schema& live) {
        model::vector<data_rule> more;
        for (const data_rule& r : options_.rules) {
            if (&s == &stages_.back() || is_current(r, s.wanted)) more.push_back(r);
        }
        if (s.back == nullptr) {
            rules_ = active_rules(s.chain, live, s.wanted, history_, more);
        } else {
            rules_ = s.back->rules;
            for (const data_rule& r : more) rules_.push_back(r);
        }
    }

    void plan_stage(const stage& s, const model::schema& live, const facts& known) {
        hinted_ = migrate::detail::with_hints(s.wanted, live, s.chain);
        made_ = make_plan(live, hinted_.view(), known, rules_, options_.target);
        for (const blocker& b : s.blockers) made_.plan.blockers.push_back(b);
    }

    /// Puts the plans of all parts together: what comes later is planned on what the part before it leaves.
    void plan_all(bool count_rows) {
        plan all = made_.plan;
        all.steps.clear();
        all.schema = stages_.back().wanted.name;
        all.version = stages_.back().wanted.version;
        facts known{.version = all.engine, .fingerprint = all.fingerprint, .broken = broken_};
        for (const stage& s : stages_) {
            if (&s != &stages_.front()) {
                if (!made_.plan.blockers.empty()) break;
                const model::snapshot left = std::move(made_.target.schema);
                find_rules(s, left.view());
                known.rows_to_fill.clear(); // a backfill has been done in the part before
                for (const data_rule& r : rules_) known.rows_to_fill.push_back(r.kind == rule_kind::backfill ? 0 : -1);
                plan_stage(s, left.view(), known);
                if (count_rows) gather_rows(database_, live_.view(), made_.plan, known);
                if (count_rows) plan_stage(s, left.view(), known);
            }
            add_calls(s.before, all);
            for (const step& one : made_.plan.steps) all.steps.push_back(one);
            add_calls(s.after, all);
            all.kept = made_.plan.kept;
            all.notes = made_.plan.notes;
            all.blockers = made_.plan.blockers;
            for (const migration_view& m : s.chain) // as it will be by then
                history_.push_back({.name = std::string(m.name), .outcome = "applied"});
        }
        whole_ = std::move(all);
        prepare(stages_[0], count_rows);
    }

    static void add_calls(const model::vector<custom_call>& calls, plan& out) {
        for (const custom_call& c : calls) {
            step made{.kind = step_kind::custom, .table = {}, .object = std::string(c.name)};
            made.changes.push_back("call the function of migration " + std::string(c.migration));
            out.steps.push_back(std::move(made));
        }
    }

    connection& database_;
    stage_finder find_stages_;
    const run_options& options_;
    model::vector<stage> stages_{};
    plan whole_{};
    model::snapshot live_{};
    model::snapshot hinted_{}; ///< what is wanted, with the renamings of the whole chain
    std::vector<history_entry> history_{};
    model::vector<data_rule> rules_{};
    planned made_{};
    std::vector<std::string> broken_{};
    std::size_t renames_ = 0;
    bool unfinished_ = false;
};

} // namespace autopack_schema::migrate::sqlite::detail
