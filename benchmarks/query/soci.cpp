// SPDX-License-Identifier: MIT
// SOCI: statements prepared once, members bound by reference with indicators; its SQLite backend has no way to leave out
// the mutex, and carries values as text or by copies. Bulk is one INSERT with vectors, which its backend runs row by row.
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

using namespace sqlite_api; // where SOCI's header puts all of sqlite3.h

#include "harness.hpp"

namespace {

using bench::event;

/// A row as SOCI binds it: no bool, no std::optional, no std::int64_t by every name.
struct bound_row {
    long long event_id = 0, deliverable_count = 0, predicted = 0, actual = 0, budget = 0, max_tokens = 0;
    std::string run_id, phase_id, timestamp, category, complexity, deliverables_json, stop_reason, model, created_at;
    int success = 0, truncated = 0, underestimated = 0;
    double smape = 0, waste = 0;
    soci::indicator has_max = soci::i_null, has_stop = soci::i_null, has_smape = soci::i_null, has_waste = soci::i_null,
                    has_under = soci::i_null;

    void from(const event& e) {
        event_id = e.event_id;
        run_id = e.run_id;
        phase_id = e.phase_id;
        timestamp = e.timestamp;
        category = e.category;
        complexity = e.complexity;
        deliverable_count = e.deliverable_count;
        deliverables_json = e.deliverables_json;
        predicted = e.predicted_output_tokens;
        actual = e.actual_output_tokens;
        budget = e.selected_budget;
        take(e.actual_max_tokens, max_tokens, has_max);
        success = e.success;
        truncated = e.truncated;
        take(e.stop_reason, stop_reason, has_stop);
        model = e.model;
        take(e.smape_percent, smape, has_smape);
        take(e.waste_ratio, waste, has_waste);
        take(e.underestimated, underestimated, has_under);
        created_at = e.created_at;
    }
    void to(event& e) const {
        e.event_id = event_id;
        e.run_id = run_id;
        e.phase_id = phase_id;
        e.timestamp = timestamp;
        e.category = category;
        e.complexity = complexity;
        e.deliverable_count = deliverable_count;
        e.deliverables_json = deliverables_json;
        e.predicted_output_tokens = predicted;
        e.actual_output_tokens = actual;
        e.selected_budget = budget;
        if (has_max == soci::i_ok) e.actual_max_tokens = max_tokens;
        e.success = success != 0;
        e.truncated = truncated != 0;
        if (has_stop == soci::i_ok) e.stop_reason = stop_reason;
        e.model = model;
        if (has_smape == soci::i_ok) e.smape_percent = smape;
        if (has_waste == soci::i_ok) e.waste_ratio = waste;
        if (has_under == soci::i_ok) e.underestimated = underestimated != 0;
        e.created_at = created_at;
    }

private:
    template <class T, class U>
    static void take(const std::optional<T>& from, U& value, soci::indicator& has) {
        has = from ? soci::i_ok : soci::i_null;
        if (from) value = static_cast<U>(*from);
    }
};

class subject {
public:
    subject() : sql_(soci::sqlite3, ":memory:") { sql_ << bench::create_table; }

    void insert(const std::vector<event>& events) {
        using soci::use;
        soci::transaction all(sql_);
        bound_row r;
        soci::statement s =
            (sql_.prepare << bench::insert_named, use(r.event_id), use(r.run_id), use(r.phase_id), use(r.timestamp),
             use(r.category), use(r.complexity), use(r.deliverable_count), use(r.deliverables_json), use(r.predicted),
             use(r.actual), use(r.budget), use(r.max_tokens, r.has_max), use(r.success), use(r.truncated),
             use(r.stop_reason, r.has_stop), use(r.model), use(r.smape, r.has_smape), use(r.waste, r.has_waste),
             use(r.underestimated, r.has_under), use(r.created_at));
        for (const event& e : events) {
            r.from(e);
            s.execute(true);
        }
        all.commit();
    }
    void bulk(const std::vector<event>& events) {
        using soci::use;
        constexpr std::size_t at_once = 100;
        std::vector<long long> number[6];
        std::vector<std::string> text[9];
        std::vector<int> flag[3];
        std::vector<double> real[2];
        std::vector<soci::indicator> has[5];
        for (auto& v : number) v.resize(at_once);
        for (auto& v : text) v.resize(at_once);
        for (auto& v : flag) v.resize(at_once);
        for (auto& v : real) v.resize(at_once);
        for (auto& v : has) v.resize(at_once);
        soci::transaction all(sql_);
        soci::statement s =
            (sql_.prepare << bench::insert_named, use(number[0]), use(text[0]), use(text[1]), use(text[2]), use(text[3]),
             use(text[4]), use(number[1]), use(text[5]), use(number[2]), use(number[3]), use(number[4]), use(number[5], has[0]),
             use(flag[0]), use(flag[1]), use(text[6], has[1]), use(text[7]), use(real[0], has[2]), use(real[1], has[3]),
             use(flag[2], has[4]), use(text[8]));
        bound_row r;
        for (std::size_t i = 0; i + at_once <= events.size(); i += at_once) {
            for (std::size_t k = 0; k < at_once; ++k) {
                r.from(events[i + k]);
                const long long numbers[] = {r.event_id, r.deliverable_count, r.predicted, r.actual, r.budget, r.max_tokens};
                std::string* const texts[] = {&r.run_id, &r.phase_id, &r.timestamp, &r.category, &r.complexity,
                                              &r.deliverables_json, &r.stop_reason, &r.model, &r.created_at};
                const int flags[] = {r.success, r.truncated, r.underestimated};
                const soci::indicator indicators[] = {r.has_max, r.has_stop, r.has_smape, r.has_waste, r.has_under};
                for (std::size_t c = 0; c < 6; ++c) number[c][k] = numbers[c];
                for (std::size_t c = 0; c < 9; ++c) std::swap(text[c][k], *texts[c]);
                for (std::size_t c = 0; c < 3; ++c) flag[c][k] = flags[c];
                real[0][k] = r.smape;
                real[1][k] = r.waste;
                for (std::size_t c = 0; c < 5; ++c) has[c][k] = indicators[c];
            }
            s.execute(true);
        }
        all.commit();
    }
    std::vector<event> read() {
        std::vector<event> all;
        bound_row r;
        soci::statement s = prepare(r, bench::select_text());
        s.execute();
        while (s.fetch()) r.to(all.emplace_back());
        return all;
    }
    std::int64_t get(const std::vector<std::int64_t>& keys) {
        std::int64_t sum = 0;
        bound_row r;
        long long wanted = 0;
        soci::statement s(sql_);
        into_row(s, r);
        s.exchange(soci::use(wanted));
        s.alloc();
        s.prepare(bench::select_text() + " WHERE event_id = :key");
        s.define_and_bind();
        for (const std::int64_t key : keys) {
            wanted = key;
            std::optional<event> found;
            if (s.execute(true)) r.to(found.emplace());
            sum += digest(*found);
        }
        return sum;
    }
    std::vector<bench::model_use> aggregate() {
        std::vector<bench::model_use> all;
        std::string model;
        long long rows = 0, tokens = 0;
        double smape = 0;
        soci::indicator has = soci::i_null;
        const long long zero = 0;
        std::string text = bench::aggregate_text;
        text.replace(text.find('?'), 1, ":zero");
        soci::statement s = (sql_.prepare << text, soci::use(zero), soci::into(model), soci::into(rows), soci::into(tokens), soci::into(smape, has));
        s.execute();
        while (s.fetch()) {
            bench::model_use& m = all.emplace_back();
            m = {model, rows, tokens, {}};
            if (has == soci::i_ok) m.smape = smape;
        }
        return all;
    }
    std::vector<event> filter(const std::string& category, std::int64_t tokens) {
        std::vector<event> all;
        bound_row r;
        const long long least = tokens;
        std::string text = bench::filter_text;
        text.replace(text.find('?'), 1, ":category");
        text.replace(text.find('?'), 1, ":tokens");
        soci::statement s(sql_);
        into_row(s, r);
        s.exchange(soci::use(category));
        s.exchange(soci::use(least));
        s.alloc();
        s.prepare(bench::select_text() + text);
        s.define_and_bind();
        s.execute();
        while (s.fetch()) r.to(all.emplace_back());
        return all;
    }

private:
    static void into_row(soci::statement& s, bound_row& r) {
        using soci::into;
        s.exchange(into(r.event_id));
        s.exchange(into(r.run_id));
        s.exchange(into(r.phase_id));
        s.exchange(into(r.timestamp));
        s.exchange(into(r.category));
        s.exchange(into(r.complexity));
        s.exchange(into(r.deliverable_count));
        s.exchange(into(r.deliverables_json));
        s.exchange(into(r.predicted));
        s.exchange(into(r.actual));
        s.exchange(into(r.budget));
        s.exchange(into(r.max_tokens, r.has_max));
        s.exchange(into(r.success));
        s.exchange(into(r.truncated));
        s.exchange(into(r.stop_reason, r.has_stop));
        s.exchange(into(r.model));
        s.exchange(into(r.smape, r.has_smape));
        s.exchange(into(r.waste, r.has_waste));
        s.exchange(into(r.underestimated, r.has_under));
        s.exchange(into(r.created_at));
    }
    soci::statement prepare(bound_row& r, const std::string& text) {
        soci::statement s(sql_);
        into_row(s, r);
        s.alloc();
        s.prepare(text);
        s.define_and_bind();
        return s;
    }
    soci::session sql_;
};

} // namespace

int main(int count, char** arguments) { return bench::main_of<subject>(count, arguments); }
