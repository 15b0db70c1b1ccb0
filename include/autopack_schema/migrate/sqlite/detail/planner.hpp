// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/migrate/detail/merge_virtual.hpp>
#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/fill.hpp>
#include <autopack_schema/migrate/sqlite/detail/hazards.hpp>
#include <autopack_schema/migrate/sqlite/detail/in_place.hpp>
#include <autopack_schema/migrate/sqlite/detail/rebuild.hpp>
#include <autopack_schema/migrate/sqlite/detail/remake.hpp>
#include <autopack_schema/migrate/sqlite/detail/statements.hpp>
#include <autopack_schema/migrate/sqlite/facts.hpp>
#include <autopack_schema/model/items.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Turns the changes between a live schema and a target, renamings done, into steps.
/// shape:  dropped triggers and views, dropped indexes, new tables, changed tables, values, new indexes, dropped tables,
///         views, triggers
class planner {
public:
    planner(const model::schema& live, const model::schema& target, const facts& known,
            model::items<data_rule> rules, plan& out)
        : live_(live), target_(target), known_(known), rules_(rules), out_(out),
          changes_(diff(live, target, sql::sqlite::rules)) {}

    void run() {
        drop_statements();
        for (const change& c : changes_) {
            if (c.kind == change_kind::add_table) create_table(target_.tables[c.to]);
        }
        for (std::uint32_t t = 0; t < target_.tables.size(); ++t) change_table(t);
        for (step& s : late_) add(std::move(s));
        for (const change& c : changes_) {
            if (c.kind == change_kind::drop_table) drop_table(live_.tables[c.from]);
        }
        create_statements();
    }

private:
    void add(step s) { out_.steps.push_back(std::move(s)); }

    /// Creates a table; an index of the rows of another one is filled when that, be it a view, is there.
    void create_table(const model::table& t) {
        step made = create_table_step(target_, t);
        const std::string fill = index_content(target_, t, t.name.text);
        if (fill.empty()) return add(std::move(made));
        made.statements.push_back({statement_role::change, fill});
        last_.push_back(std::move(made));
    }

    void drop_statements() {
        for (const change& c : changes_) {
            const bool drops = c.kind == change_kind::drop_trigger || c.kind == change_kind::trigger_definition;
            if (drops) add(drop_trigger_step(live_.triggers[c.from]));
        }
        for (const change& c : changes_) {
            const bool drops = c.kind == change_kind::drop_view || c.kind == change_kind::view_definition;
            if (drops) add(drop_view_step(live_, live_.views[c.from]));
        }
    }

    void create_statements() {
        for (const change& c : changes_) {
            const bool makes = c.kind == change_kind::add_view || c.kind == change_kind::view_definition;
            if (makes) add(create_view_step(live_, target_, target_.views[c.to]));
        }
        for (step& s : last_) add(std::move(s));
        for (const change& c : changes_) {
            const bool makes = c.kind == change_kind::add_trigger || c.kind == change_kind::trigger_definition;
            if (makes) add(create_trigger_step(target_.triggers[c.to]));
        }
    }

    void drop_table(const model::table& t) {
        step s = simple_step(step_kind::drop_table, t.name.text, {}, "DROP TABLE " + in_main(t.name.text));
        s.rows = known_.of(t.name).rows;
        const data_rule* const rule = find_rule(rules_, rule_kind::drop_table, t.name, {});
        s.loses_data = rule == nullptr || rule->when.empty();
        if (!s.loses_data) s.checks.push_back(rows_that_go(t, *rule));
        add(std::move(s));
    }

    /// Asks for the rows of a table that may go only without them.
    static pre_check rows_that_go(const model::table& t, const data_rule& rule) {
        const std::string name(t.name.text);
        return {.code = "S401",
                .table = name,
                .what = "in a table that goes",
                .advice = "keep a copy of it, or allow it with 'drop table " + name + "'",
                .from = in_main(name),
                .where = std::string(rule.when),
                .key = t.without_rowid ? "'?'" : "'rowid ' || rowid",
                .show = "SELECT * FROM " + in_main(name) + " LIMIT 20"};
    }

    /// Plans one table that is there: nothing, an alteration in place, or one rebuild for all its changes.
    void change_table(std::uint32_t at) {
        const model::table& is = target_.tables[at];
        const model::table* const was = model::find_table(live_, is.name);
        if (was == nullptr) return;
        table_pair pair{live_, target_, *was, is, rules_, {}, known_.of(is.name)};
        for (const change& c : changes_) {
            if (c.to_table == at && c.what != element::trigger && c.what != element::view) pair.changes.push_back(c);
        }
        if (migrate::detail::is_remade(*was, is)) return remake_table(pair);
        const in_place_rules in_place{pair, known_.version, !known_.broken.empty()};
        find_hazards(pair, out_.blockers);
        if (pair.changes.empty() || in_place.can_alter()) {
            alter(pair, in_place);
        } else {
            add(rebuild_step(pair, known_.fingerprint));
        }
    }

    void remake_table(const table_pair& pair) {
        if (pair.changes.empty()) return;
        const remaking remake{pair};
        if (!remake.can()) return out_.blockers.push_back(unknown_module(pair));
        if (pair.is.kind == model::table_kind::ordinary) find_hazards(pair, out_.blockers);
        (remake.comes_last() ? last_ : out_.steps).push_back(remake.made(known_.fingerprint));
    }

    void alter(const table_pair& pair, const in_place_rules& in_place) {
        for (const change& c : pair.changes) {
            const bool drops = c.what == element::index && c.from != no_element;
            if (drops) add(drop_index_step(live_, pair.was, live_.indexes[c.from]));
        }
        std::vector<step> fills; // they may read a column that goes, and give what a new constraint wants
        fill_columns(pair, known_.rows_to_fill, fills);
        const auto alter_in = [&](in_place_turn first, in_place_turn last) {
            step made = alter_step(pair, in_place, first, last);
            if (!made.statements.empty()) add(std::move(made));
        };
        if (!fills.empty()) alter_in(in_place_turn::relax, in_place_turn::relax);
        for (step& s : fills) add(std::move(s));
        alter_in(fills.empty() ? in_place_turn::relax : in_place_turn::add, in_place_turn::tighten);
        for (const change& c : pair.changes) {
            if (c.what == element::index && c.to != no_element)
                late_.push_back(create_index(pair, target_.indexes[c.to]));
        }
        drop_repeated(out_.steps);
        drop_repeated(late_);
    }

    static step create_index(const table_pair& pair, const model::index& i) {
        step made = create_index_step(pair.target, pair.is, i);
        check_list list(pair, made.checks);
        if (i.unique) check_unique(list, pair.target.parts_of(i), i.where);
        return made;
    }

    /// An index that differs in several ways is one step.
    static bool is_repeated(const step& a, const step& b) {
        return a.kind == b.kind && a.object == b.object && a.kind != step_kind::fill_column && !a.object.empty();
    }

    static void drop_repeated(std::vector<step>& steps) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (kept > 0 && is_repeated(steps[kept - 1], steps[i])) continue;
            if (kept != i) steps[kept] = std::move(steps[i]);
            ++kept;
        }
        while (steps.size() > kept) steps.pop_back();
    }

    const model::schema& live_;
    const model::schema& target_;
    const facts& known_;
    model::items<data_rule> rules_;
    plan& out_;
    std::vector<change> changes_;
    std::vector<step> late_; ///< indexes, when all tables are as they shall be
    std::vector<step> last_; ///< full-text tables of the rows of others
};

} // namespace autopack_schema::migrate::sqlite::detail
