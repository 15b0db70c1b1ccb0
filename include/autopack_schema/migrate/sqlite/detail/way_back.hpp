// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/migrate/sqlite/detail/reverse.hpp>
#include <autopack_schema/migrate/sqlite/detail/stage.hpp>
#include <autopack_schema/migrate/sqlite/make_plan.hpp>
#include <autopack_schema/migrate/undo.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/vector.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Plans what a database lacks of a version that a chain leads to; rows are not asked.
inline plan plan_to_version(const model::schema& live, const model::schema& version,
                            model::items<migration_view> chain, const std::vector<history_entry>& history) {
    model::vector<data_rule> rules = active_rules(chain, live, version, history, {});
    rules.erase_if([](const data_rule& r) { return !r.is_allowance(); });
    facts known;
    known.version = sqlite3_libversion_number();
    const model::snapshot hinted = migrate::detail::with_hints(version, live, chain);
    return make_plan(live, hinted.view(), known, rules).plan;
}

inline bool is_done(const plan& p) { return p.empty() && p.blockers.empty(); }

/// How many migrations of a chain a database has behind it: by the last line of its history about one of them, else by its
/// schema.
inline std::size_t count_applied(const model::schema& live, model::items<migration_view> chain,
                                 const std::vector<history_entry>& history) {
    for (std::size_t line = history.size(); line-- > 0;) {
        for (std::size_t i = 0; i < chain.size(); ++i) {
            if (history[line].name == chain[i].name) return history[line].outcome == "undone" ? i : i + 1;
        }
    }
    for (std::size_t i = chain.size(); i > 0; --i) {
        if (is_done(plan_to_version(live, chain[i - 1].to, chain.first(i), history))) return i;
    }
    return 0;
}

/// The way back from where a database is to an older version: the migrations in between, the last one first.
class way_back {
public:
    /// errors: S402 no migration of the chain begins at that version
    way_back(const connection& database, model::items<migration_view> chain, const model::schema& to,
             model::items<data_rule> more)
        : database_(database), chain_(chain), more_(more) {
        while (position_ < chain.size() && !is_version(chain[position_].from, to)) ++position_;
        if (position_ == chain.size())
            refuse("S402", "no migration begins at version " + std::string(to.version),
                   "name an older version of the chain");
        for (const migration_view& m : chain) reversed_.push_back(reverse(m));
    }

    /// errors: S405 the database is at another version, or not wholly at the one that its history says
    model::vector<stage> stages(const model::schema& live, const std::vector<history_entry>& history) const {
        const std::size_t applied = count_applied(live, chain_, history);
        const model::schema& version = applied == 0 ? chain_[0].from : chain_[applied - 1].to;
        const plan rest = plan_to_version(live, version, chain_.first(applied), history);
        if (!is_done(rest) || applied < position_) refuse_place(rest, version);
        model::vector<stage> found;
        std::vector<blocker> blockers;
        for (std::size_t i = applied; i > position_; --i) {
            const migration_view& m = chain_[i - 1];
            found.push_back({.wanted = reversed_[i - 1].wanted.view(),
                             .back = &reversed_[i - 1],
                             .before = calls_back(m, custom_moment::after),
                             .after = calls_back(m, custom_moment::before)});
            for (const undo_gap& gap : undo_gaps(m, sql::sqlite::rules, more_)) blockers.push_back(blocker_for(gap, m));
        }
        if (!found.empty()) found.front().blockers = std::move(blockers);
        return found;
    }

private:
    static bool is_version(const model::schema& a, const model::schema& b) {
        if (!a.version.empty() || !b.version.empty()) return model::same_name(a.version, b.version);
        return diff(a, b, sql::sqlite::rules).empty();
    }

    static blocker blocker_for(const undo_gap& gap, const migration_view& m) {
        const bool is_step = gap.what == "step";
        const std::string what = is_step ? "step \"" + std::string(gap.table) + "\"" : std::string(gap.what);
        return {.code = "S400",
                .table = is_step ? std::string() : std::string(gap.table),
                .column = std::string(gap.column),
                .what = what + " of migration \"" + std::string(m.name) + "\" has no undo",
                .advice = is_step ? "give the step a function that undoes it, or restore the backup"
                                  : "give the migration an aps::undo, or restore the backup that was made before it"};
    }

    [[noreturn]] void refuse(std::string_view code, std::string what, std::string advice) const {
        throw error({.code = std::string(code),
                     .what_happened = std::move(what),
                     .database = database_.name(),
                     .advice = std::move(advice)});
    }

    [[noreturn]] void refuse_place(const plan& rest, const model::schema& version) const {
        const std::string name(version.version);
        if (is_done(rest))
            refuse("S405", "the database is at " + name + ", which is older", "migrate it up to the version instead");
        std::string what = "the database is not wholly at version " + name;
        if (!rest.steps.empty()) {
            const step& s = rest.steps.front();
            what += ": " + std::string(name_of(s.kind)) + " " + s.table + (s.object.empty() ? "" : " " + s.object);
        }
        refuse("S405", what, "nothing was changed; migrate it to that version first, or restore a backup");
    }

    const connection& database_;
    model::items<migration_view> chain_;
    model::items<data_rule> more_;
    std::size_t position_ = 0;
    model::vector<reversed_migration> reversed_{};
};

} // namespace autopack_schema::migrate::sqlite::detail
