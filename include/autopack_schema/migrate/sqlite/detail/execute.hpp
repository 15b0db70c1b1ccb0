// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/detail/compare_content.hpp>
#include <autopack_schema/migrate/sqlite/detail/preflight.hpp>
#include <autopack_schema/migrate/sqlite/detail/row_source.hpp>
#include <autopack_schema/migrate/sqlite/detail/watcher.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::migrate::sqlite::detail {

/// Carries the steps of a plan out, one after the other, inside the transaction that is open.
class executor {
public:
    executor(connection& database, const plan& p, const run_options& options, watcher& watch)
        : database_(database), plan_(p), options_(options), watch_(watch) {}

    /// Carries out the steps from `first` up to `last`.
    void run(std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            try {
                run_step(plan_.steps[i], static_cast<int>(i) + 1);
            } catch (const refused&) {
                throw;
            } catch (const error& e) {
                watch_.rethrow();
                fail(e, i);
            }
        }
    }

    std::int64_t rows() const { return rows_; }

private:
    void run_step(const step& s, int number) {
        const std::string what = std::string(name_of(s.kind)) + " " + (s.table.empty() ? s.object : s.table);
        watch_.begin(what, number, static_cast<int>(plan_.steps.size()), s.rows > 0 ? s.rows : 0, last_rowid(s));
        std::int64_t written = 0;
        std::string part; // of the step
        for (const planned_statement& p : s.statements) {
            if (options_.at) options_.at(p.sql);
            if (watch_.is_stopped()) stop();
            if (const int instructions = s.rows > 0 ? instructions_per_row(s, p) : 0; instructions > 0) {
                part = what + (p.role == statement_role::fill ? ", values" : ", " + index_number(s, p));
                watch_.begin_counted(part, number, static_cast<int>(plan_.steps.size()), s.rows, instructions);
            }
            if (p.role == statement_role::copy) {
                written += copy(s, p.sql);
            } else {
                database_.execute(p.sql);
                if (p.role == statement_role::fill) written += database_.changes();
            }
        }
        rows_ += written;
        watch_.end(written);
    }

    static bool makes_index(std::string_view sql) {
        return sql.starts_with("CREATE INDEX ") || sql.starts_with("CREATE UNIQUE INDEX ");
    }

    /// What SQLite takes for one row: an index 8 and one for each column, an UPDATE of all rows 7 and one for each column;
    /// 0 where how far a statement is cannot be told so.
    int instructions_per_row(const step& s, const planned_statement& p) {
        if (!options_.on_progress) return 0;
        if (makes_index(p.sql)) return 9;
        if (s.kind != step_kind::alter_table || p.role != statement_role::fill) return 0;
        return 7 + static_cast<int>(database_.query_int("SELECT count(*) FROM pragma_table_info(?1)", s.table));
    }

    /// "index 2 of 6"
    static std::string index_number(const step& s, const planned_statement& which) {
        int count = 0, at = 0;
        for (const planned_statement& p : s.statements) {
            if (!makes_index(p.sql)) continue;
            ++count;
            if (&p == &which) at = count;
        }
        return "index " + std::to_string(at) + " of " + std::to_string(count);
    }

    [[noreturn]] void stop() const {
        throw error({.code = "S387", .what_happened = "the migration was stopped", .advice = "run again when wanted"});
    }

    /// The highest row number of the table that a step copies; 0 where it has none.
    std::int64_t last_rowid(const step& s) const {
        if (s.kind != step_kind::rebuild_table || !options_.on_progress) return 0;
        try {
            return database_.query_int("SELECT coalesce(max(rowid), 0) FROM " + in_main(s.table));
        } catch (const error& e) { // WITHOUT ROWID, or a column of that name with other values
            if (autopack_schema::sqlite::detail::is_of_the_moment(e)) throw;
            return 0;
        }
    }

    /// Copies the rows of a table and compares their number.
    std::int64_t copy(const step& s, const std::string& sql) {
        // counted by the planner inside the lock; not so behind a renaming
        const std::int64_t expected =
            s.rows >= 0 ? s.rows : database_.query_int("SELECT count(*) FROM " + in_main(s.table));
        try {
            database_.execute(sql);
        } catch (const error& e) {
            if (e.code() == "S217") refuse_nulls(s, e.info().column);
            throw;
        }
        const std::int64_t copied = database_.changes();
        if (copied != expected) {
            throw error(
                {.code = "S385",
                 .what_happened = std::to_string(copied) + " of " + std::to_string(expected) + " rows were copied",
                 .table = s.table,
                 .sql = sql,
                 .database = database_.name(),
                 .advice = "this is a mistake of the library or of the disk: please report it"});
        }
        if (options_.compare_content) compare_content(database_, s);
        return copied;
    }

    /// Counts and names rows with NULL in a column that was NOT NULL already, as an edited sqlite_schema leaves them (trap
    /// 45). Not asked before: SQLite answers IS NULL from the definition, and another question would read every row.
    void refuse_nulls(const step& s, const std::string& column) const {
        const std::string from = in_main(s.table);
        const std::string where = "typeof(" + quote_identifier(column) + ") = 'null'";
        const bool numbered =
            database_.query_int("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?1", s.table) == 0;
        const pre_check check{.code = "S372",
                              .table = s.table,
                              .column = column,
                              .what = "NULL in a NOT NULL column where none was found before: its stored definition was edited",
                              .advice = "everything was rolled back; give these rows a value and run again",
                              .from = from,
                              .where = where,
                              .key = numbered ? "'rowid ' || rowid" : "'?'",
                              .show = "SELECT " + std::string(numbered ? "rowid, *" : "*") + " FROM " + from +
                                      " WHERE " + where + " LIMIT 20"};
        std::vector<blocker> found;
        add_blocker(database_, check, database_.query_int("SELECT count(*) FROM " + from + " WHERE " + where), found);
        if (!found.empty()) throw refused(std::move(found), database_.name());
    }

    /// Speaks of the table and not of the one that would have taken its place.
    static void call_by_name(error_info& info, const step& s) {
        if (s.successor.empty()) return;
        if (info.table == s.successor) info.table = s.table;
        for (std::size_t at = info.what_happened.find(s.successor); at != std::string::npos;
             at = info.what_happened.find(s.successor, at + s.table.size())) {
            info.what_happened.replace(at, s.successor.size(), s.table);
        }
    }

    /// Says in which step it happened and that nothing is left of it.
    [[noreturn]] void fail(const error& e, std::size_t at) const {
        error_info info = e.info();
        if (info.native_code == 9) info.code = "S387"; // SQLITE_INTERRUPT
        call_by_name(info, plan_.steps[at]);
        info.what_happened = "step " + std::to_string(at + 1) + " of " + std::to_string(plan_.steps.size()) + " (" +
                             std::string(name_of(plan_.steps[at].kind)) + "): " + info.what_happened;
        if (info.table.empty()) info.table = plan_.steps[at].table;
        info.advice =
            "everything was rolled back, the database is as before" + (info.advice.empty() ? "" : "; " + info.advice);
        throw error(std::move(info));
    }

    connection& database_;
    const plan& plan_;
    const run_options& options_;
    watcher& watch_;
    std::int64_t rows_ = 0;
};

} // namespace autopack_schema::migrate::sqlite::detail
