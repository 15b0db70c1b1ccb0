// SPDX-License-Identifier: MIT
#pragma once

#include "event.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <new>
#include <string>
#include <vector>

// usage: PROGRAM TASK ROWS [REPEATS]     prints: median nanoseconds of CPU, C++ allocations, SQLite's allocations, a sum of what was read
// TASK: insert, bulk, read, get, aggregate, filter. Under callgrind only `measured_region` is counted.

namespace bench {
inline std::int64_t allocations = 0;
inline std::int64_t sqlite_allocations = 0;
inline sqlite3_mem_methods original;

inline void* counted_malloc(int size) {
    ++sqlite_allocations;
    return original.xMalloc(size);
}
inline void* counted_realloc(void* old, int size) {
    ++sqlite_allocations;
    return original.xRealloc(old, size);
}
inline void count_sqlite() {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &original);
    sqlite3_mem_methods counting = original;
    counting.xMalloc = counted_malloc;
    counting.xRealloc = counted_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &counting);
}
} // namespace bench

[[gnu::noinline]] void* operator new(std::size_t size) {
    ++bench::allocations;
    if (void* made = std::malloc(size)) return made;
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }

extern "C" [[gnu::noinline]] void measured_region(void (*work)(void*), void* on) { work(on); }

namespace bench {

/// The time that this process has had: the machine may be shared.
inline double cpu_nanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

/// What a run read, so that no work can be left out and all variants are seen to do the same.
inline std::int64_t digest(const event& e) {
    return e.event_id + static_cast<std::int64_t>(e.run_id.size() + e.deliverables_json.size()) + e.actual_output_tokens +
           e.actual_max_tokens.value_or(1) + (e.stop_reason ? static_cast<std::int64_t>(e.stop_reason->size()) : 2) +
           static_cast<std::int64_t>(e.waste_ratio.value_or(0) * 1000) + (e.success ? 1 : 0) + (e.underestimated.value_or(false) ? 4 : 0);
}
inline std::int64_t digest(const std::vector<event>& all) {
    std::int64_t sum = 0;
    for (const event& e : all) sum += digest(e);
    return sum;
}
inline std::int64_t digest(const std::vector<model_use>& all) {
    std::int64_t sum = 0;
    for (const model_use& m : all) sum += m.rows + m.tokens + static_cast<std::int64_t>(m.smape.value_or(0)) + static_cast<std::int64_t>(m.model.size());
    return sum;
}

/// `Subject` has: a constructor that opens an empty database with the table; insert(events) one by one in one transaction,
/// bulk(events), read() -> events, get(keys) -> digest, aggregate() -> uses, filter(category, tokens) -> events.
template <class Subject>
struct run {
    Subject& subject;
    const std::string& task;
    const std::vector<event>& events;
    const std::vector<std::int64_t>& keys;
    std::int64_t sum = 0;
    std::vector<event> kept{};

    void work() {
        if (task == "insert") subject.insert(events);
        else if (task == "bulk") subject.bulk(events);
        else if (task == "read") kept = subject.read();
        else if (task == "get") sum = subject.get(keys);
        else if (task == "aggregate") for (int i = 0; i < 10; ++i) sum = digest(subject.aggregate());
        else if (task == "filter") for (int i = 0; i < 10; ++i) sum = digest(subject.filter("backend", 5000));
        else std::abort();
    }
};

template <class Subject>
int main_of(int count, char** arguments) {
    if (count < 3) return 1;
    count_sqlite();
    const std::string task = arguments[1];
    const std::vector<event> events = make_events(std::atoll(arguments[2]));
    const int repeats = count > 3 ? std::atoi(arguments[3]) : 1;
    std::vector<std::int64_t> keys;
    for (std::size_t i = 0; i < events.size(); ++i) keys.push_back(static_cast<std::int64_t>(i * 7919 % events.size()) + 1);
    std::vector<double> times;
    std::int64_t sum = 0, news = 0, mallocs = 0;
    for (int i = 0; i < repeats; ++i) {
        Subject subject;
        const bool writes = task == "insert" || task == "bulk";
        if (!writes) subject.insert(events);
        run<Subject> one{subject, task, events, keys};
        allocations = sqlite_allocations = 0;
        const double begin = cpu_nanoseconds();
        measured_region([](void* on) { static_cast<run<Subject>*>(on)->work(); }, &one);
        times.push_back(cpu_nanoseconds() - begin);
        news = allocations;
        mallocs = sqlite_allocations;
        sum = writes ? digest(subject.read()) : task == "read" ? digest(one.kept) : one.sum;
    }
    std::sort(times.begin(), times.end());
    std::printf("%.0f %lld %lld %lld\n", times[times.size() / 2], static_cast<long long>(news), static_cast<long long>(mallocs), static_cast<long long>(sum));
    return 0;
}

} // namespace bench
