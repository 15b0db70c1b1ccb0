// SPDX-License-Identifier: MIT
// The sqlite3 C API by hand, as well as one can: prepared once, static binding, one statement for a hundred rows.
// -DBENCH_NOMUTEX opens the connection without a mutex.
#include "harness.hpp"

#include <cstdlib>

namespace {

using bench::event;

void check(int result) {
    if (result != SQLITE_OK) std::abort();
}
void bind_text(sqlite3_stmt* s, int i, const std::string& text) {
    check(sqlite3_bind_text(s, i, text.data(), static_cast<int>(text.size()), SQLITE_STATIC));
}
void bind_row(sqlite3_stmt* s, int i, const event& e) {
    check(sqlite3_bind_int64(s, i + 1, e.event_id));
    bind_text(s, i + 2, e.run_id);
    bind_text(s, i + 3, e.phase_id);
    bind_text(s, i + 4, e.timestamp);
    bind_text(s, i + 5, e.category);
    bind_text(s, i + 6, e.complexity);
    check(sqlite3_bind_int64(s, i + 7, e.deliverable_count));
    bind_text(s, i + 8, e.deliverables_json);
    check(sqlite3_bind_int64(s, i + 9, e.predicted_output_tokens));
    check(sqlite3_bind_int64(s, i + 10, e.actual_output_tokens));
    check(sqlite3_bind_int64(s, i + 11, e.selected_budget));
    check(e.actual_max_tokens ? sqlite3_bind_int64(s, i + 12, *e.actual_max_tokens) : sqlite3_bind_null(s, i + 12));
    check(sqlite3_bind_int(s, i + 13, e.success));
    check(sqlite3_bind_int(s, i + 14, e.truncated));
    if (e.stop_reason) bind_text(s, i + 15, *e.stop_reason);
    else check(sqlite3_bind_null(s, i + 15));
    bind_text(s, i + 16, e.model);
    check(e.smape_percent ? sqlite3_bind_double(s, i + 17, *e.smape_percent) : sqlite3_bind_null(s, i + 17));
    check(e.waste_ratio ? sqlite3_bind_double(s, i + 18, *e.waste_ratio) : sqlite3_bind_null(s, i + 18));
    check(e.underestimated ? sqlite3_bind_int(s, i + 19, *e.underestimated) : sqlite3_bind_null(s, i + 19));
    bind_text(s, i + 20, e.created_at);
}
void read_text(sqlite3_stmt* s, int i, std::string& out) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(s, i));
    out.assign(text, static_cast<std::size_t>(sqlite3_column_bytes(s, i)));
}
void read_row(sqlite3_stmt* s, event& e) {
    e.event_id = sqlite3_column_int64(s, 0);
    read_text(s, 1, e.run_id);
    read_text(s, 2, e.phase_id);
    read_text(s, 3, e.timestamp);
    read_text(s, 4, e.category);
    read_text(s, 5, e.complexity);
    e.deliverable_count = sqlite3_column_int64(s, 6);
    read_text(s, 7, e.deliverables_json);
    e.predicted_output_tokens = sqlite3_column_int64(s, 8);
    e.actual_output_tokens = sqlite3_column_int64(s, 9);
    e.selected_budget = sqlite3_column_int64(s, 10);
    if (sqlite3_column_type(s, 11) != SQLITE_NULL) e.actual_max_tokens = sqlite3_column_int64(s, 11);
    e.success = sqlite3_column_int(s, 12) != 0;
    e.truncated = sqlite3_column_int(s, 13) != 0;
    if (sqlite3_column_type(s, 14) != SQLITE_NULL) read_text(s, 14, e.stop_reason.emplace());
    read_text(s, 15, e.model);
    if (sqlite3_column_type(s, 16) != SQLITE_NULL) e.smape_percent = sqlite3_column_double(s, 16);
    if (sqlite3_column_type(s, 17) != SQLITE_NULL) e.waste_ratio = sqlite3_column_double(s, 17);
    if (sqlite3_column_type(s, 18) != SQLITE_NULL) e.underestimated = sqlite3_column_int(s, 18) != 0;
    read_text(s, 19, e.created_at);
}

class raw {
public:
    raw() {
#ifdef BENCH_NOMUTEX
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
#else
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
#endif
        check(sqlite3_open_v2(":memory:", &database_, flags, nullptr));
        execute(bench::create_table);
    }
    raw(const raw&) = delete;
    raw& operator=(const raw&) = delete;
    ~raw() { sqlite3_close_v2(database_); }

    void insert(const std::vector<event>& events) {
        execute("BEGIN");
        sqlite3_stmt* s = prepare(bench::insert_one);
        for (const event& e : events) {
            bind_row(s, 0, e);
            if (sqlite3_step(s) != SQLITE_DONE) std::abort();
            sqlite3_reset(s);
        }
        sqlite3_finalize(s);
        execute("COMMIT");
    }
    void bulk(const std::vector<event>& events) {
        execute("BEGIN");
        sqlite3_stmt* s = prepare(bench::insert_hundred);
        for (std::size_t i = 0; i + 100 <= events.size(); i += 100) {
            for (std::size_t k = 0; k < 100; ++k) bind_row(s, static_cast<int>(k) * 20, events[i + k]);
            if (sqlite3_step(s) != SQLITE_DONE) std::abort();
            sqlite3_reset(s);
        }
        sqlite3_finalize(s);
        execute("COMMIT");
    }
    std::vector<event> read() {
        std::vector<event> all;
        sqlite3_stmt* s = prepare(bench::select_text());
        while (sqlite3_step(s) == SQLITE_ROW) read_row(s, all.emplace_back());
        sqlite3_finalize(s);
        return all;
    }
    std::int64_t get(const std::vector<std::int64_t>& keys) {
        std::int64_t sum = 0;
        sqlite3_stmt* s = prepare(bench::select_text() + " WHERE event_id = ?");
        for (const std::int64_t key : keys) {
            check(sqlite3_bind_int64(s, 1, key));
            std::optional<event> found;
            if (sqlite3_step(s) == SQLITE_ROW) read_row(s, found.emplace());
            sqlite3_reset(s);
            sum += digest(*found);
        }
        sqlite3_finalize(s);
        return sum;
    }
    std::vector<bench::model_use> aggregate() {
        std::vector<bench::model_use> all;
        sqlite3_stmt* s = prepare(bench::aggregate_text);
        check(sqlite3_bind_int64(s, 1, 0));
        while (sqlite3_step(s) == SQLITE_ROW) {
            bench::model_use& m = all.emplace_back();
            read_text(s, 0, m.model);
            m.rows = sqlite3_column_int64(s, 1);
            m.tokens = sqlite3_column_int64(s, 2);
            if (sqlite3_column_type(s, 3) != SQLITE_NULL) m.smape = sqlite3_column_double(s, 3);
        }
        sqlite3_finalize(s);
        return all;
    }
    std::vector<event> filter(const std::string& category, std::int64_t tokens) {
        std::vector<event> all;
        sqlite3_stmt* s = prepare(bench::select_text() + bench::filter_text);
        bind_text(s, 1, category);
        check(sqlite3_bind_int64(s, 2, tokens));
        while (sqlite3_step(s) == SQLITE_ROW) read_row(s, all.emplace_back());
        sqlite3_finalize(s);
        return all;
    }

private:
    void execute(const char* sql) { check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr)); }
    sqlite3_stmt* prepare(const std::string& sql) {
        sqlite3_stmt* made = nullptr;
        check(sqlite3_prepare_v3(database_, sql.c_str(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &made, nullptr));
        return made;
    }
    sqlite3* database_ = nullptr;
};

} // namespace

int main(int count, char** arguments) { return bench::main_of<raw>(count, arguments); }
