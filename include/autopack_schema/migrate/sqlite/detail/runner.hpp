// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/detail/hints.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/backup.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/migrate/sqlite/detail/execute.hpp>
#include <autopack_schema/migrate/sqlite/detail/finish.hpp>
#include <autopack_schema/migrate/sqlite/detail/foreign_keys.hpp>
#include <autopack_schema/migrate/sqlite/detail/preflight.hpp>
#include <autopack_schema/migrate/sqlite/detail/session.hpp>
#include <autopack_schema/migrate/sqlite/detail/verify.hpp>
#include <autopack_schema/migrate/sqlite/gather.hpp>
#include <autopack_schema/migrate/sqlite/make_plan.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// One run of a migration.
class runner {
public:
    runner(connection& database, const model::schema& wanted, std::span<const migration_view> chain,
           const run_options& options)
        : database_(database), wanted_(wanted), chain_(chain), options_(options) {}

    run_result run() {
        require_ready(database_);
        started_ = utc_time();
        const session settings(database_, options_.busy_timeout_ms);
        try {
            return attempt();
        } catch (...) {
            require_rolled_back();
            throw;
        }
    }

private:
    run_result attempt() {
        prepare(options_.dry_run); // rows are counted once, inside the lock, unless this is all there is
        if (made_.plan.empty() && made_.plan.blockers.empty()) return done(false);
        if (options_.dry_run) return rehearse();
        at("begin");
        autopack_schema::sqlite::transaction lock(database_);
        prepare(true); // again: another program may have migrated since (traps 28 and 40)
        if (made_.plan.empty() && made_.plan.blockers.empty()) {
            result_.messages.push_back("another program has done it meanwhile");
            return done(false);
        }
        try {
            change(lock);
        } catch (const error& e) {
            undo(lock);
            if (e.info().native_code != 9 || e.code() == "S387") throw; // SQLITE_INTERRUPT
            throw error({.code = "S387",
                         .what_happened = "the migration was stopped",
                         .database = database_.name(),
                         .advice = "everything was rolled back; run again when wanted"});
        } catch (...) {
            undo(lock);
            throw;
        }
        return done(true);
    }

    void at(std::string_view point) const {
        if (options_.at) options_.at(point);
    }

    /// Reads the database and plans.
    void prepare(bool count_rows) {
        live_ = inspect(database_);
        history_ = read_history(database_);
        rules_ = active_rules(chain_, live_.view(), wanted_, history_, options_.rules);
        hinted_ = migrate::detail::with_hints(wanted_, live_.view(), chain_);
        facts known = gather(database_, live_.view(), rules_);
        made_ = make_plan(live_.view(), hinted_.view(), known, rules_, options_.target);
        if (count_rows) {
            gather_rows(database_, live_.view(), made_.plan, known);
            made_ = make_plan(live_.view(), hinted_.view(), known, rules_, options_.target);
        }
        broken_ = std::move(known.broken);
        renames_ = 0;
        for (std::size_t i = 0; i < made_.plan.steps.size(); ++i) {
            const step_kind kind = made_.plan.steps[i].kind;
            if (kind == step_kind::rename_table || kind == step_kind::rename_column) renames_ = i + 1;
        }
    }

    run_result done(bool applied) {
        result_.plan = std::move(made_.plan);
        result_.applied = applied;
        for (std::string& m : check_history(history_, chain_)) result_.messages.push_back(std::move(m));
        return std::move(result_);
    }

    /// A dry run: the same questions inside a transaction that is rolled back.
    run_result rehearse() {
        result_.blockers = made_.plan.blockers;
        if (result_.blockers.empty()) {
            const autopack_schema::sqlite::transaction reading(
                database_, renames_ == 0 ? autopack_schema::sqlite::transaction_kind::deferred
                                         : autopack_schema::sqlite::transaction_kind::immediate);
            watcher watch(database_, options_.on_progress, options_.stop);
            executor(database_, made_.plan, options_, watch).run(0, renames_);
            ask(result_.blockers);
        }
        return done(false);
    }

    void ask(std::vector<blocker>& found) {
        ask_rows(database_, made_.plan.steps, found);
        ask_disk(database_, made_.plan, options_.backup == backup_policy::make, found);
    }

    /// Rolls back after an error.
    static void undo(autopack_schema::sqlite::transaction& lock) noexcept {
        try {
            lock.rollback();
        } catch (...) { // what counts is whether the transaction is gone
        }
    }

    /// Makes sure that nothing is open after an error (trap 26). By now more memory is free than when it happened.
    /// errors: S386
    void require_rolled_back() {
        if (!database_.in_transaction()) return;
        autopack_schema::sqlite::detail::control_quietly(database_.handle(), "ROLLBACK");
        if (!database_.in_transaction()) return;
        // Whoever goes on with this connection cannot commit the half of it: a COMMIT becomes a ROLLBACK.
        sqlite3_commit_hook(database_.handle(), [](void*) { return 1; }, nullptr);
        throw error({.code = "S386",
                     .what_happened = "the migration failed and could not be rolled back",
                     .database = database_.name(),
                     .advice = "end this program: SQLite rolls the file back when it is opened again"});
    }

    /// All that happens between BEGIN and COMMIT.
    void change(autopack_schema::sqlite::transaction& lock) {
        at("locked");
        if (options_.only != nullptr) require_same_plan(*options_.only, made_.plan, database_);
        std::vector<blocker> found = made_.plan.blockers;
        if (!found.empty()) throw refused(std::move(found), database_.name());
        watcher watch(database_, options_.on_progress, options_.stop);
        executor work(database_, made_.plan, options_, watch);
        if (renames_ == 0) refuse_if_blocked();
        if (options_.backup == backup_policy::make) make_backup(watch);
        work.run(0, renames_);
        if (renames_ != 0) refuse_if_blocked();
        const model::snapshot before = inspect(database_);
        const broken_references references = find_broken_references(database_, made_.plan, before.view(), rules_);
        work.run(renames_, made_.plan.steps.size());
        at("verify");
        verify(references);
        at("record");
        result_.rows = work.rows();
        record(database_, chain_, wanted_, history_, made_.plan, started_, result_.rows);
        at("commit");
        commit(database_, lock, options_);
        at("committed");
    }

    void refuse_if_blocked() {
        std::vector<blocker> found;
        ask(found);
        if (!found.empty()) throw refused(std::move(found), database_.name());
    }

    void make_backup(watcher& watch) {
        at("backup");
        if (database_.name() == ":memory:") {
            result_.messages.push_back("a database in memory is not backed up");
            return;
        }
        result_.backup = backup_before_change(database_, options_, watch);
    }

    void verify(const broken_references& before) {
        const model::snapshot now = inspect(database_);
        const model::schema target = made_.target.schema.view();
        verify_schema(database_, now.view(), target);
        verify_kept(database_, now.view(), target);
        verify_statements(database_, now.view(), broken_);
        verify_references(database_, before, find_broken_references(database_, made_.plan, now.view(), rules_));
    }

    connection& database_;
    const model::schema& wanted_;
    std::span<const migration_view> chain_;
    const run_options& options_;
    run_result result_{};
    model::snapshot live_{};
    model::snapshot hinted_{}; ///< what is wanted, with the renamings of the whole chain
    std::vector<history_entry> history_{};
    std::vector<data_rule> rules_{};
    planned made_{};
    std::vector<std::string> broken_{};
    std::size_t renames_ = 0; ///< steps that must be done before the rows can be asked
    std::string started_{};
};

} // namespace autopack_schema::migrate::sqlite::detail
