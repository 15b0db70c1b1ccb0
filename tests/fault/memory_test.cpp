// SPDX-License-Identifier: MIT
// Every allocation of a migration fails, SQLite's and the library's, once or from there on: the database is as before or
// as after, the connection is as it was, and the next run succeeds.

#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "fault_cases.hpp"

namespace {

/// What becomes of the allocations after the one that is refused.
enum class shortage : std::uint8_t {
    once,      ///< they succeed
    exhausted, ///< no more memory is given than was in use then; what is freed can be had again
    lasting,   ///< they are refused too
};

/// Counts allocations and refuses some of them.
struct allocator {
    bool armed = false;
    shortage how = shortage::once;
    std::int64_t at = 0; ///< 0: never
    std::int64_t count = 0;
    std::int64_t refused = 0;
    std::int64_t in_use = 0;
    std::int64_t limit = 0;

    bool refuses(std::int64_t bytes) {
        if (!armed) return false;
        ++count;
        if (count == at) limit = in_use;
        const bool later =
            count > at && (how == shortage::lasting || (how == shortage::exhausted && in_use + bytes > limit));
        if (at == 0 || (count != at && !later)) return false;
        ++refused;
        return true;
    }
    void arm(std::int64_t number, shortage what) {
        armed = true;
        how = what;
        at = number;
        count = refused = 0;
    }
    void* given(void* made) {
        if (made != nullptr) in_use += static_cast<std::int64_t>(malloc_usable_size(made));
        return made;
    }
    void taken(void* old) {
        if (old != nullptr) in_use -= static_cast<std::int64_t>(malloc_usable_size(old));
    }
};

allocator of_sqlite;
allocator of_library;
/// Before anything uses SQLite; without lookaside every allocation comes to the allocator.
const bool configured = [] {
    sqlite3_mem_methods ours{};
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &ours);
    ours.xMalloc = [](int bytes) -> void* {
        return of_sqlite.refuses(bytes) ? nullptr : of_sqlite.given(std::malloc(static_cast<std::size_t>(bytes)));
    };
    ours.xRealloc = [](void* old, int bytes) -> void* {
        if (of_sqlite.refuses(bytes - static_cast<int>(malloc_usable_size(old)))) return nullptr;
        of_sqlite.taken(old);
        return of_sqlite.given(std::realloc(old, static_cast<std::size_t>(bytes)));
    };
    ours.xFree = [](void* old) {
        of_sqlite.taken(old);
        std::free(old);
    };
    ours.xSize = [](void* p) { return static_cast<int>(malloc_usable_size(p)); };
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK;
}();

void* try_to_allocate(std::size_t bytes) noexcept {
    const bool refused = of_library.refuses(static_cast<std::int64_t>(bytes));
    return refused ? nullptr : of_library.given(std::malloc(bytes == 0 ? 1 : bytes));
}

void* allocate(std::size_t bytes) {
    void* const made = try_to_allocate(bytes);
    if (made == nullptr) throw std::bad_alloc();
    return made;
}

void release(void* p) {
    of_library.taken(p);
    std::free(p);
}

} // namespace

void* operator new(std::size_t bytes) { return allocate(bytes); }
void* operator new[](std::size_t bytes) { return allocate(bytes); }
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept { return try_to_allocate(bytes); }
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept { return try_to_allocate(bytes); }
void operator delete(void* p) noexcept { release(p); }
void operator delete[](void* p) noexcept { release(p); }
void operator delete(void* p, std::size_t) noexcept { release(p); }
void operator delete[](void* p, std::size_t) noexcept { release(p); }

namespace {

using namespace fault_test;
using aps::sqlite::setting;
using autopack_schema_test::temp_dir;

struct numbers {
    std::size_t runs = 0, before = 0, after = 0;
    std::int64_t refused = 0;
    std::map<std::string, int> ends{};
};

/// One run; what it ended with.
std::string end_of_run(connection& database, const prepared_case& c, const std::string& file) {
    try {
        return open_and_migrate(database, c.what, c.mode, file).applied ? "applied" : "nothing";
    } catch (const aps::error& e) {
        of_sqlite.armed = of_library.armed = false;
        return std::string(e.code());
    } catch (const std::bad_alloc&) {
        of_sqlite.armed = of_library.armed = false;
        return "bad_alloc";
    }
}

/// All as before; where SQLite was left without any memory at all, at least nothing can be committed.
void check_connection(connection& database, const std::string& end) {
    CHECK(database.is_enabled(setting::foreign_keys));
    CHECK(database.is_enabled(setting::triggers));
    CHECK_FALSE(database.is_enabled(setting::legacy_alter_table));
    CHECK(database.in_transaction() == (end == "S386"));
    if (end != "S386") return;
    try {
        database.execute("COMMIT"); // what a careless program would do
    } catch (const aps::error&) {
    }
}

void run_with(const prepared_case& c, allocator& which, std::int64_t at, shortage how, numbers& count) {
    const temp_dir folder;
    const fs::path file = c.place(folder);
    std::string end;
    {
        connection database;
        which.arm(at, how);
        end = end_of_run(database, c, file.string());
        which.armed = false;
        if (database.is_open()) {
            check_connection(database, end);
        }
        which.armed = at % 2 == 0 && how != shortage::once; // closing without memory must do as well
    }
    which.armed = false;
    count.refused += which.refused;
    ++count.ends[end];
    ++count.runs;
    check_other_files(c, folder.path(), how != shortage::once);
    const bool after = check_left_behind(c, file);
    ++(after ? count.after : count.before);
    if (end == "applied") CHECK(after);
}

/// How many allocations a run makes that succeeds: SQLite's, the library's.
std::pair<std::int64_t, std::int64_t> allocations_of(const prepared_case& c) {
    const temp_dir folder;
    const fs::path file = c.place(folder);
    of_sqlite.arm(0, shortage::once);
    of_library.arm(0, shortage::once);
    {
        connection database;
        open_and_migrate(database, c.what, c.mode, file);
    }
    of_sqlite.armed = of_library.armed = false;
    CHECK(autopack_schema_test::dump_file(file) == c.after);
    return {of_sqlite.count, of_library.count};
}

void test_all(bool sqlite) {
    REQUIRE(configured);
    allocator& which = sqlite ? of_sqlite : of_library;
    numbers count;
    std::int64_t allocations = 0;
    for (const migration_case& what : all_cases()) {
        const prepared_case c = prepare(what, journal::remove);
        const auto both = allocations_of(c);
        const auto total = static_cast<std::size_t>(sqlite ? both.first : both.second);
        allocations += static_cast<std::int64_t>(total);
        const sample chosen(total * 3, 40);
        for (std::size_t i = 0; i < total * 3; ++i) {
            if (!chosen.has(i)) continue;
            INFO(what.name << ", allocation " << i / 3 + 1 << " of " << total << ", shortage " << i % 3);
            run_with(c, which, static_cast<std::int64_t>(i / 3) + 1, static_cast<shortage>(i % 3), count);
        }
        std::printf("%-24s %6zu allocations\n", what.name.c_str(), total);
    }
    std::printf("%s: %lld allocations, %zu runs, %lld refused, %zu states checked (%zu before, %zu after); ended with",
                sqlite ? "SQLite" : "library", static_cast<long long>(allocations), count.runs,
                static_cast<long long>(count.refused), count.before + count.after, count.before, count.after);
    for (const auto& [end, times] : count.ends) std::printf(" %s %d", end.c_str(), times);
    std::printf("\n");
    std::fflush(stdout);
    CHECK(count.before > 0);
}

} // namespace

TEST_CASE("every allocation of SQLite fails", "[fault]") { test_all(true); }
TEST_CASE("every allocation of the library fails", "[fault]") { test_all(false); }
