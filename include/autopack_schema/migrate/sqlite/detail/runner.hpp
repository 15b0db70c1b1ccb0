// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/detail/hints.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/backup.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/migrate/sqlite/detail/applied.hpp>
#include <autopack_schema/migrate/sqlite/detail/call_custom.hpp>
#include <autopack_schema/migrate/sqlite/detail/execute.hpp>
#include <autopack_schema/migrate/sqlite/detail/finish.hpp>
#include <autopack_schema/migrate/sqlite/detail/foreign_keys.hpp>
#include <autopack_schema/migrate/sqlite/detail/preflight.hpp>
#include <autopack_schema/migrate/sqlite/detail/preparation.hpp>
#include <autopack_schema/migrate/sqlite/detail/session.hpp>
#include <autopack_schema/migrate/sqlite/detail/stage.hpp>
#include <autopack_schema/migrate/sqlite/detail/utc_time.hpp>
#include <autopack_schema/migrate/sqlite/detail/verify.hpp>
#include <autopack_schema/migrate/sqlite/gather.hpp>
#include <autopack_schema/migrate/sqlite/make_plan.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/vector.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// One run of a migration.
class runner {
public:
    /// `known`: the migrations that the program knows, for what is said about the history; `after_batches`: what a
    /// migration in batches does is done, but for what comes last
    runner(connection& database, stage_finder find_stages, model::items<migration_view> known,
           const run_options& options, bool after_batches = false)
        : database_(database), known_(known), options_(options), now_(database, std::move(find_stages), options),
          after_batches_(after_batches) {}

    run_result run() {
        started_ = utc_time();
        return in_session(database_, options_.busy_timeout_ms, [this] { return attempt(); });
    }

    /// A migration in batches was begun and has to be finished first; nothing was done.
    bool must_go_on() const { return now_.is_unfinished() && !after_batches_ && !options_.dry_run; }

private:
    run_result attempt() {
        // rows are counted once, inside the lock, unless this is all there is
        wait_while_locked(options_.busy_timeout_ms, [this] { now_.begin(options_.dry_run); });
        if (options_.dry_run && options_.only != nullptr) require_same_plan(*options_.only, now_.whole(), database_);
        if (must_go_on()) return {};
        if (now_.nothing_to_do()) return done(false);
        if (options_.dry_run) return rehearse();
        at("begin");
        autopack_schema::sqlite::transaction lock = lock_for_writing(database_, options_.busy_timeout_ms);
        now_.begin(true); // again: another program may have migrated since (traps 28 and 40)
        if (must_go_on()) return {};
        if (now_.nothing_to_do()) {
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

    run_result done(bool applied) {
        result_.plan = now_.whole();
        result_.applied = applied;
        for (std::string& m : check_history(now_.history(), known_)) result_.messages.push_back(std::move(m));
        return std::move(result_);
    }

    /// A dry run: the same questions inside a transaction that is rolled back.
    run_result rehearse() {
        result_.blockers = now_.whole().blockers;
        if (now_.is_unfinished())
            result_.messages.push_back(
                "a migration in batches was begun and is not done: the next run goes on with it");
        const bool can_ask = now_.stages()[0].before.empty();
        if (!can_ask || !now_.has_one_part())
            result_.messages.push_back("what the rows must not have in later parts is asked when they are reached");
        if (result_.blockers.empty() && can_ask) {
            const autopack_schema::sqlite::transaction reading(
                database_, now_.renames() == 0 ? autopack_schema::sqlite::transaction_kind::deferred
                                               : autopack_schema::sqlite::transaction_kind::immediate);
            watcher watch(database_, options_.on_progress, options_.stop);
            executor(database_, now_.made().plan, options_, watch).run(0, now_.renames());
            ask(result_.blockers);
        }
        return done(false);
    }

    void ask(std::vector<blocker>& found) {
        ask_rows(database_, now_.made().plan.steps, found);
        ask_disk(database_, now_.made().plan, options_.backup == backup_policy::make, found);
    }

    void refuse_if_blocked() {
        std::vector<blocker> found;
        ask(found);
        if (!found.empty()) throw refused(std::move(found), database_.name());
    }

    /// Rolls back after an error.
    static void undo(autopack_schema::sqlite::transaction& lock) noexcept {
        try {
            lock.rollback();
        } catch (...) { // what counts is whether the transaction is gone
        }
    }

    /// All that happens between BEGIN and COMMIT.
    void change(autopack_schema::sqlite::transaction& lock) {
        at("locked");
        if (options_.only != nullptr) require_same_plan(*options_.only, now_.whole(), database_);
        watcher watch(database_, options_.on_progress, options_.stop);
        for (const batch& b : read_batches(database_)) { // they are a part of this migration
            filled_ += b.written;
            started_ = b.started_at;
        }
        for (const stage& s : now_.stages()) {
            const bool first = &s == &now_.stages().front();
            if (!first) now_.prepare(s, true);
            if (!first && now_.is_idle(s) && now_.has_no_plan()) {
                record_new(s);
            } else {
                change_stage(s, watch, first);
            }
        }
        drop_batches(database_);
        at("commit");
        commit(database_, lock, options_);
        at("committed");
    }

    /// One part: ask, back up, call, change, call, verify, record.
    void change_stage(const stage& s, watcher& watch, bool first) {
        const plan& p = now_.made().plan;
        if (!p.blockers.empty()) throw refused(p.blockers, database_.name());
        executor work(database_, p, options_, watch);
        const int spilled = spilled_pages(database_);
        const bool can_ask = now_.renames() == 0 && s.before.empty();
        if (can_ask) refuse_if_blocked();
        if (first && options_.backup == backup_policy::make) make_backup(watch);
        std::int64_t rows = call(s.before, watch);
        work.run(0, now_.renames());
        if (!can_ask) refuse_if_blocked();
        const broken_references references = broken_before(p);
        work.run(now_.renames(), p.steps.size());
        rows += call(s.after, watch) + work.rows();
        if (spilled_pages(database_) > spilled) empty_cache(database_);
        at("verify");
        verify(references);
        at("record");
        rows += std::exchange(filled_, 0);
        result_.rows += rows;
        record_stage(s, rows);
    }

    /// What breaks foreign keys already; the snapshot for it is gone again before the rows are copied.
    broken_references broken_before(const plan& p) {
        const model::snapshot before = inspect(database_);
        return find_broken_references(database_, p, before.view(), now_.rules());
    }

    void record_stage(const stage& s, std::int64_t rows) {
        if (s.back != nullptr) return record_undone(database_, s.back->forward, now_.made().plan, started_, rows);
        const bool is_last = &s == &now_.stages().back();
        if (s.chain.empty() && !is_last) return; // the oldest version: what comes next is recorded
        record(database_, s.chain, s.wanted, now_.history(), now_.made().plan, started_, rows);
    }

    /// Migrations that have nothing left to do, behind others that had.
    void record_new(const stage& s) {
        for (const migration_view& m : s.chain) {
            if (!is_applied(now_.history(), m.name)) return record_stage(s, 0);
        }
    }

    std::int64_t call(const model::vector<custom_call>& calls, watcher& watch) {
        std::int64_t rows = 0;
        for (const custom_call& c : calls) {
            at(c.name);
            rows += call_custom(database_, c);
            watch.rethrow();
        }
        return rows;
    }

    void make_backup(watcher& watch) {
        at("backup");
        const model::schema live = now_.live();
        if (database_.name() == ":memory:") {
            result_.messages.push_back("a database in memory is not backed up");
        } else if (live.tables.empty() && live.views.empty() && live.others.empty()) {
            result_.messages.push_back("the database is empty: there is nothing to back up");
        } else {
            result_.backup = backup_before_change(database_, options_, watch);
        }
    }

    void verify(const broken_references& before) {
        const model::snapshot now = inspect(database_);
        const model::schema target = now_.made().target.schema.view();
        verify_schema(database_, now.view(), target);
        verify_kept(database_, now.view(), target);
        verify_statements(database_, now.view(), now_.broken());
        verify_references(database_, before,
                          find_broken_references(database_, now_.made().plan, now.view(), now_.rules()));
    }

    connection& database_;
    model::items<migration_view> known_;
    const run_options& options_;
    preparation now_;
    bool after_batches_;
    run_result result_{};
    std::string started_{};
    std::int64_t filled_ = 0; ///< rows, by batches before
};

} // namespace autopack_schema::migrate::sqlite::detail
