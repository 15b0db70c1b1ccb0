// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/progress.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

/// Looks at the clock and the stop flag while SQLite works, and reports how far it is.
/// shape:  SQLite calls it every few thousand instructions. How many rows a copy has done is read off the row number
///         last inserted: exact for dense row numbers, an estimate otherwise, and no second pass over the table.
class watcher {
public:
    watcher(connection& database, const progress_callback& report, const stop_flag* stop)
        : database_(database), report_(report), stop_(stop) {
        if (is_asked()) sqlite3_progress_handler(database_.handle(), pause, &watcher::called, this);
    }
    watcher(const watcher&) = delete;
    watcher& operator=(const watcher&) = delete;
    ~watcher() { // a handler of the caller's stays where none was needed here; SQLite does not tell what it was
        if (is_asked()) sqlite3_progress_handler(database_.handle(), 0, nullptr, nullptr);
    }

    /// Begins to watch a step; `last_rowid` is the highest row number that it will insert, 0 if none.
    void begin(std::string_view what, int step, int steps, std::int64_t rows, std::int64_t last_rowid) {
        now_ = {what, 0, rows, step, steps};
        last_rowid_ = last_rowid;
        instructions_per_row_ = 0;
        tell();
    }

    /// Begins to watch a statement over so many rows of which one takes so many instructions: how far it is is estimated.
    void begin_counted(std::string_view what, int step, int steps, std::int64_t rows, int instructions_per_row) {
        begin(what, step, steps, rows, 0);
        instructions_per_row_ = instructions_per_row;
        calls_ = 0;
    }

    void end(std::int64_t rows) {
        now_.done = rows;
        tell();
        now_ = {}; // its text is the step's
    }

    bool is_stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

    /// Throws what a callback threw inside of SQLite; that statement has ended with S222.
    void rethrow() {
        if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
    }

private:
    static constexpr int pause = 5000; ///< instructions between two looks

    bool is_asked() const { return report_ || stop_ != nullptr; }

    static int called(void* self) noexcept { return static_cast<watcher*>(self)->look() ? 0 : 1; }

    /// False: stop.
    bool look() noexcept {
        if (is_stopped()) return false;
        ++calls_;
        if (!report_ || now_.steps == 0) return true;
        const auto time = std::chrono::steady_clock::now();
        if (time - last_ < std::chrono::milliseconds(100)) return true;
        last_ = time;
        if (last_rowid_ > 0) {
            const double part =
                static_cast<double>(sqlite3_last_insert_rowid(database_.handle())) / static_cast<double>(last_rowid_);
            now_.done = static_cast<std::int64_t>(std::clamp(part, 0.0, 1.0) * static_cast<double>(now_.total));
        } else if (instructions_per_row_ > 0) {
            now_.done = std::min(calls_ * pause / instructions_per_row_, now_.total);
        }
        try {
            report_(now_);
        } catch (...) {
            thrown_ = std::current_exception();
            return false;
        }
        return true;
    }

    void tell() {
        if (report_) report_(now_);
    }

    connection& database_;
    const progress_callback& report_;
    const stop_flag* stop_;
    progress now_{};
    std::int64_t last_rowid_ = 0;
    std::int64_t calls_ = 0;
    int instructions_per_row_ = 0; ///< of what is being done, where that tells how far it is
    std::chrono::steady_clock::time_point last_{};
    std::exception_ptr thrown_;
};

} // namespace autopack_schema::migrate::sqlite::detail
