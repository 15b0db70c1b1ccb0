// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/backup.hpp>
#include <autopack_schema/migrate/sqlite/detail/batch_table.hpp>
#include <autopack_schema/migrate/sqlite/detail/finish.hpp>
#include <autopack_schema/migrate/sqlite/detail/preflight.hpp>
#include <autopack_schema/migrate/sqlite/detail/preparation.hpp>
#include <autopack_schema/migrate/sqlite/detail/row_source.hpp>
#include <autopack_schema/migrate/sqlite/detail/session.hpp>
#include <autopack_schema/migrate/sqlite/detail/utc_time.hpp>
#include <autopack_schema/model/vector.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Fills columns before the migration proper, a number of rows in each transaction: new columns are added first, with what
/// was done noted in the database, so that a kill loses one batch at most and the next run goes on.
class batch_runner {
public:
    batch_runner(connection& database, stage_finder find_stages, const run_options& options)
        : database_(database), options_(options), now_(database, std::move(find_stages), options) {}

    /// Begins or goes on; gives what was filled, nothing where the migration fills nothing.
    /// errors: S406 the migration cannot be done in batches; S407 it was begun by another program; S387 stopped; `refused`
    model::vector<batch> run() {
        return in_session(database_, options_.busy_timeout_ms, [this] { return attempt(); });
    }

private:
    model::vector<batch> attempt() {
        model::vector<batch> batches =
            wait_while_locked(options_.busy_timeout_ms, [this] { return read_batches(database_); });
        if (batches.empty()) {
            batches = begin();
        } else {
            now_.begin(false);
            for (const batch& b : batches) require_same(b);
        }
        const std::int64_t rows = options_.batch_rows > 0 ? options_.batch_rows : 10000;
        for (batch& b : batches) fill(b, rows, static_cast<int>(batches.size()));
        return batches;
    }

    [[noreturn]] void refuse(std::string what, std::string_view table) const {
        throw error({.code = "S406",
                     .what_happened = std::move(what),
                     .table = std::string(table),
                     .database = database_.name(),
                     .advice = "nothing was changed; run it without batches, in one transaction"});
    }

    /// Adds the columns that are to be filled, and notes what is to be done.
    model::vector<batch> begin() {
        if (options_.only != nullptr) refuse("a plan file is carried out in one transaction", {});
        autopack_schema::sqlite::transaction lock = lock_for_writing(database_, options_.busy_timeout_ms);
        if (model::vector<batch> begun = read_batches(database_); !begun.empty()) return begun; // meanwhile
        now_.begin(true);
        const plan& p = now_.made().plan;
        if (!now_.has_one_part() || !now_.is_idle(now_.stages()[0]))
            refuse("a step in C++ is called in the one transaction of the migration", {});
        model::vector<batch> batches = find_batches();
        if (batches.empty()) return batches;
        std::vector<blocker> found = p.blockers;
        if (found.empty()) {
            ask_rows(database_, p.steps, found);
            ask_disk(database_, p, options_.backup == backup_policy::make, found);
        }
        if (!found.empty()) throw refused(std::move(found), database_.name());
        if (options_.backup == backup_policy::make && database_.name() != ":memory:") {
            watcher watch(database_, options_.on_progress, options_.stop);
            batches[0].backup = backup_before_change(database_, options_, watch);
        }
        for (const step& s : p.steps) add_columns(s);
        write_batches(database_, batches);
        commit(database_, lock, options_);
        return batches;
    }

    void add_columns(const step& s) {
        const std::string add = "ALTER TABLE " + in_main(s.table) + " ADD COLUMN ";
        for (const planned_statement& p : s.statements) {
            if (p.sql.starts_with(add)) database_.execute(p.sql);
        }
    }

    /// What the plan fills.
    model::vector<batch> find_batches() const {
        model::vector<batch> batches;
        const plan& p = now_.made().plan;
        for (const step& s : p.steps) {
            if (s.kind == step_kind::rebuild_table)
                refuse("the table is copied as a whole, which is one transaction: " + s.changes.front(), s.table);
        }
        const model::schema target = now_.made().target.schema.view();
        for (const data_rule& r : now_.rules()) {
            const model::table* const t = model::find_table(target, r.table);
            if (r.is_allowance() || t == nullptr || !fills(p, r)) continue;
            batches.push_back(batch_for(r, target, *t));
        }
        if (!batches.empty() && now_.renames() > 0)
            refuse("names change in the same migration: rename in a migration of its own", {});
        return batches;
    }

    /// Tells whether a plan fills a column by a rule: the last one for the column, and rows that need it.
    bool fills(const plan& p, const data_rule& r) const {
        if (find_rule(now_.rules(), r.kind, r.table, r.name) != &r) return false;
        const bool transformed = find_rule(now_.rules(), rule_kind::transform, r.table, r.name) != nullptr;
        if (r.kind == rule_kind::backfill && transformed) return false;
        const bool there = find_column(now_.live(), r) != nullptr;
        for (const step& s : p.steps) {
            if (!(r.table == model::name(s.table))) continue;
            if (s.kind == step_kind::fill_column && r.name == model::name(s.object)) return true;
            if (s.kind == step_kind::alter_table && !there) return true;
        }
        return false;
    }

    static const model::column* find_column(const model::schema& s, const data_rule& r) {
        const model::table* const t = model::find_table(s, r.table);
        return t == nullptr ? nullptr : model::find_column(s, *t, r.name);
    }

    batch batch_for(const data_rule& r, const model::schema& target, const model::table& t) const {
        const std::string table(t.name.text);
        const std::string column = quote_identifier(r.name.text);
        const std::string_view number = rowid_name(target, t);
        if (number.empty()) refuse("the table has no row numbers to count its batches by", table);
        if (r.kind == rule_kind::transform && r.when.empty())
            refuse("a transform of all rows cannot tell those that are done: give it a predicate (when)", table);
        const model::column& c = *find_column(target, r);
        const bool is_new = find_column(now_.live(), r) == nullptr;
        const std::string empty = c.default_to.present() ? sql::sqlite::literal(c.default_to) : std::string("NULL");
        return {.table = table,
                .column = std::string(c.name.text),
                .update = update_of(r),
                .where = is_new ? column + " COLLATE BINARY IS (" + empty + ")" : rows_to_fill_predicate(r),
                .row_number = std::string(number),
                .total = database_.query_int("SELECT count(*) FROM " + in_main(table)),
                .started_at = utc_time()};
    }

    static std::string update_of(const data_rule& r) {
        return "UPDATE " + in_main(r.table.text) + " SET " + quote_identifier(r.name.text) + " = " +
               parenthesized(r.sql);
    }

    /// What was begun must be what the definitions still say.
    void require_same(const batch& b) const {
        for (const data_rule& r : now_.rules()) {
            if (!r.is_allowance() && update_of(r) == b.update) return;
        }
        throw error({.code = "S407",
                     .what_happened =
                         "a migration in batches was begun at " + b.started_at + " with another rule for the column",
                     .table = b.table,
                     .column = b.column,
                     .sql = b.update,
                     .database = database_.name(),
                     .advice = "finish it with the program that began it, or restore the backup"});
    }

    void fill(batch& b, std::int64_t rows, int count) {
        const std::string what = "fill " + b.table + "." + b.column;
        while (!b.finished) {
            if (options_.stop != nullptr && options_.stop->load())
                throw error({.code = "S387",
                             .what_happened = "the migration was stopped",
                             .database = database_.name(),
                             .advice = "what is filled stays filled; run again to go on"});
            if (options_.at) options_.at("batch");
            const auto start = std::chrono::steady_clock::now();
            wait_while_locked(options_.busy_timeout_ms, [&] { fill_next(database_, b, rows); });
            let_others_in(std::chrono::steady_clock::now() - start);
            if (options_.on_progress) {
                options_.on_progress(
                    {what, b.finished ? b.total : std::min(b.seen, b.total), b.total, static_cast<int>(b.id), count});
            }
        }
    }

    /// Waits a quarter of the time that a batch took: programs that wait for a lock look every 100 ms at most, and would
    /// not find the file free between two batches that follow at once.
    static void let_others_in(std::chrono::steady_clock::duration batch) {
        const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(batch / 4).count();
        sqlite3_sleep(static_cast<int>(std::clamp<std::int64_t>(time, 1, 1000)));
    }

    connection& database_;
    const run_options& options_;
    preparation now_;
};

} // namespace autopack_schema::migrate::sqlite::detail
