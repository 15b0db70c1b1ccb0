// SPDX-License-Identifier: MIT
// SQLiteCpp as well as one can: prepared once, bindNoCopy, columns by number, a connection without a mutex.
#include "harness.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#ifdef SQLITECPP_ENABLE_ASSERT_HANDLER
namespace SQLite {
void assertion_failed(const char*, int, const char*, const char*, const char*) { std::abort(); }
} // namespace SQLite
#endif

namespace {

using bench::event;

template <class T>
void bind_optional(SQLite::Statement& s, int i, const std::optional<T>& value) {
    if (value) s.bind(i, *value);
    else s.bind(i);
}
void bind_row(SQLite::Statement& s, int i, const event& e) {
    s.bind(i + 1, e.event_id);
    s.bindNoCopy(i + 2, e.run_id);
    s.bindNoCopy(i + 3, e.phase_id);
    s.bindNoCopy(i + 4, e.timestamp);
    s.bindNoCopy(i + 5, e.category);
    s.bindNoCopy(i + 6, e.complexity);
    s.bind(i + 7, e.deliverable_count);
    s.bindNoCopy(i + 8, e.deliverables_json);
    s.bind(i + 9, e.predicted_output_tokens);
    s.bind(i + 10, e.actual_output_tokens);
    s.bind(i + 11, e.selected_budget);
    bind_optional(s, i + 12, e.actual_max_tokens);
    s.bind(i + 13, static_cast<int>(e.success));
    s.bind(i + 14, static_cast<int>(e.truncated));
    if (e.stop_reason) s.bindNoCopy(i + 15, *e.stop_reason);
    else s.bind(i + 15);
    s.bindNoCopy(i + 16, e.model);
    bind_optional(s, i + 17, e.smape_percent);
    bind_optional(s, i + 18, e.waste_ratio);
    if (e.underestimated) s.bind(i + 19, static_cast<int>(*e.underestimated));
    else s.bind(i + 19);
    s.bindNoCopy(i + 20, e.created_at);
}
void read_row(SQLite::Statement& s, event& e) {
    e.event_id = s.getColumn(0).getInt64();
    e.run_id = s.getColumn(1).getString();
    e.phase_id = s.getColumn(2).getString();
    e.timestamp = s.getColumn(3).getString();
    e.category = s.getColumn(4).getString();
    e.complexity = s.getColumn(5).getString();
    e.deliverable_count = s.getColumn(6).getInt64();
    e.deliverables_json = s.getColumn(7).getString();
    e.predicted_output_tokens = s.getColumn(8).getInt64();
    e.actual_output_tokens = s.getColumn(9).getInt64();
    e.selected_budget = s.getColumn(10).getInt64();
    if (!s.isColumnNull(11)) e.actual_max_tokens = s.getColumn(11).getInt64();
    e.success = s.getColumn(12).getInt() != 0;
    e.truncated = s.getColumn(13).getInt() != 0;
    if (!s.isColumnNull(14)) e.stop_reason = s.getColumn(14).getString();
    e.model = s.getColumn(15).getString();
    if (!s.isColumnNull(16)) e.smape_percent = s.getColumn(16).getDouble();
    if (!s.isColumnNull(17)) e.waste_ratio = s.getColumn(17).getDouble();
    if (!s.isColumnNull(18)) e.underestimated = s.getColumn(18).getInt() != 0;
    e.created_at = s.getColumn(19).getString();
}

class subject {
public:
    subject() { database_.exec(bench::create_table); }

    void insert(const std::vector<event>& events) {
        SQLite::Transaction all(database_);
        SQLite::Statement s(database_, bench::insert_one);
        for (const event& e : events) {
            bind_row(s, 0, e);
            s.exec();
            s.reset();
        }
        all.commit();
    }
    void bulk(const std::vector<event>& events) {
        SQLite::Transaction all(database_);
        SQLite::Statement s(database_, bench::insert_hundred);
        for (std::size_t i = 0; i + 100 <= events.size(); i += 100) {
            for (std::size_t k = 0; k < 100; ++k) bind_row(s, static_cast<int>(k) * 20, events[i + k]);
            s.exec();
            s.reset();
        }
        all.commit();
    }
    std::vector<event> read() {
        std::vector<event> all;
        SQLite::Statement s(database_, bench::select_text());
        while (s.executeStep()) read_row(s, all.emplace_back());
        return all;
    }
    std::int64_t get(const std::vector<std::int64_t>& keys) {
        std::int64_t sum = 0;
        SQLite::Statement s(database_, bench::select_text() + " WHERE event_id = ?");
        for (const std::int64_t key : keys) {
            s.bind(1, key);
            std::optional<event> found;
            if (s.executeStep()) read_row(s, found.emplace());
            s.reset();
            sum += digest(*found);
        }
        return sum;
    }
    std::vector<bench::model_use> aggregate() {
        std::vector<bench::model_use> all;
        SQLite::Statement s(database_, bench::aggregate_text);
        s.bind(1, 0);
        while (s.executeStep()) {
            bench::model_use& m = all.emplace_back();
            m.model = s.getColumn(0).getString();
            m.rows = s.getColumn(1).getInt64();
            m.tokens = s.getColumn(2).getInt64();
            if (!s.isColumnNull(3)) m.smape = s.getColumn(3).getDouble();
        }
        return all;
    }
    std::vector<event> filter(const std::string& category, std::int64_t tokens) {
        std::vector<event> all;
        SQLite::Statement s(database_, bench::select_text() + bench::filter_text);
        s.bindNoCopy(1, category);
        s.bind(2, tokens);
        while (s.executeStep()) read_row(s, all.emplace_back());
        return all;
    }

private:
    SQLite::Database database_{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX};
};

} // namespace

int main(int count, char** arguments) { return bench::main_of<subject>(count, arguments); }
