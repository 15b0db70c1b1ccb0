// SPDX-License-Identifier: MIT
// Every allocation of a migration fails, SQLite's and the library's, once or from there on: the database is as before or
// as after, the connection is as it was, and the next run succeeds.
//
// A migration runs once and divides at each allocation: the child is refused it, goes on to the end and is checked; then the
// files are as they were and the parent goes on to the next. So no run begins anew, and all of them take minutes.

#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <autopack_schema_test/forking.hpp>

#include <malloc.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <new>
#include <string>

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
    bool (*divide)(allocator&) = nullptr; ///< true in the child that is refused this allocation

    bool refuses(std::int64_t bytes) {
        if (!armed) return false;
        ++count;
        if (divide != nullptr && divide(*this)) at = count;
        if (count == at) limit = in_use;
        const bool later =
            count > at && (how == shortage::lasting || (how == shortage::exhausted && in_use + bytes > limit));
        if (at == 0 || (count != at && !later)) return false;
        ++refused;
        return true;
    }
    void arm(bool (*where)(allocator&)) {
        armed = true;
        divide = where;
        at = count = refused = 0;
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
void* give_sqlite(int bytes) {
    return of_sqlite.refuses(bytes) ? nullptr : of_sqlite.given(std::malloc(static_cast<std::size_t>(bytes)));
}
void take_from_sqlite(void* old) {
    of_sqlite.taken(old);
    std::free(old);
}

/// Before anything uses SQLite; without lookaside every allocation comes to the allocator.
const bool configured = [] {
    sqlite3_mem_methods ours{};
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &ours);
    ours.xMalloc = give_sqlite;
    ours.xRealloc = [](void* old, int bytes) -> void* {
        if (of_sqlite.refuses(bytes - static_cast<int>(malloc_usable_size(old)))) return nullptr;
        of_sqlite.taken(old);
        return of_sqlite.given(std::realloc(old, static_cast<std::size_t>(bytes)));
    };
    ours.xFree = take_from_sqlite;
    ours.xSize = [](void* p) { return static_cast<int>(malloc_usable_size(p)); };
    sqlite3_mutex_methods mutexes = autopack_schema_test::mutexes_for_one_thread<give_sqlite, take_from_sqlite>();
    return sqlite3_config(SQLITE_CONFIG_MUTEX, &mutexes) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK &&
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

/// What the children of a run need and tell.
struct division {
    autopack_schema_test::folder_state* files = nullptr;
    const sample* chosen = nullptr;
    autopack_schema_test::outcome* told = nullptr; ///< in memory that parent and child share
    numbers* count = nullptr;
    const char* name = "";
    bool is_child = false;
};
division now;

/// In the parent: what a child found.
void take(const autopack_schema_test::child_end& end, const allocator& which) {
    INFO(now.name << ", allocation " << which.count << ", shortage " << static_cast<int>(which.how));
    CHECK(end.by_itself);
    CHECK(now.told->failed == 0);
    ++now.count->runs;
    now.count->refused += now.told->refused;
    ++now.count->ends[now.told->end];
    ++(now.told->after ? now.count->after : now.count->before);
}

/// Lets a child for each chosen shortage be refused this allocation; true in the child.
bool divide_here(allocator& which) {
    which.armed = false;
    bool saved = false;
    for (int how = 0; how < 3; ++how) {
        if (!now.chosen->has(static_cast<std::size_t>(which.count - 1) * 3 + static_cast<std::size_t>(how))) continue;
        if (!saved) now.files->save();
        saved = true;
        which.how = static_cast<shortage>(how);
        *now.told = {};
        if (autopack_schema_test::fork_quietly()) {
            now.is_child = true;
            which.divide = nullptr;
            which.armed = true;
            return true;
        }
        const auto end = autopack_schema_test::wait_for_child();
        now.files->restore();
        take(end, which);
    }
    which.armed = true;
    return false;
}

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

/// In the child: what it left behind.
[[noreturn]] void tell(const prepared_case& c, const fs::path& file, const allocator& which, const std::string& end) {
    INFO(now.name << ", allocation " << which.at << ", shortage " << static_cast<int>(which.how));
    check_other_files(c, file.parent_path(), which.how != shortage::once);
    const bool after = check_left_behind(c, file);
    if (end == "applied") CHECK(after);
    now.told->after = after;
    now.told->refused = which.refused;
    now.told->write(end);
    autopack_schema_test::end_child(*now.told);
}

/// One run that divides at each allocation, from opening to closing; gives how many there were. What a child throws beside
/// that ends it, or it would go on as its parent.
std::int64_t run_divided(const prepared_case& c, allocator& which) try {
    const temp_dir folder;
    const fs::path file = c.place(folder);
    const std::string name = file.string();
    autopack_schema_test::folder_state files(folder.path());
    now.files = &files;
    std::string end;
    {
        connection database;
        which.arm(divide_here);
        end = end_of_run(database, c, name);
        if (now.is_child) {
            which.armed = false;
            if (database.is_open()) check_connection(database, end);
            which.armed = which.at % 2 == 0 && which.how != shortage::once; // closing without memory must do as well
        }
    }
    which.armed = false;
    if (now.is_child) tell(c, file, which, end);
    CHECK(end == "applied");
    CHECK(autopack_schema_test::dump_file(file) == c.after);
    return which.count;
} catch (...) {
    if (now.is_child) ::_exit(3);
    throw;
}

/// How many allocations a run makes, for the sample of them that is taken.
std::int64_t count_allocations(const prepared_case& c, allocator& which) {
    const temp_dir folder;
    const fs::path file = c.place(folder);
    which.arm(nullptr);
    {
        connection database;
        open_and_migrate(database, c.what, c.mode, file);
    }
    which.armed = false;
    return which.count;
}

void test_all(bool sqlite) {
    REQUIRE(configured);
    const autopack_schema_test::no_file_locks unlocked; // a child has not its parent's
    allocator& which = sqlite ? of_sqlite : of_library;
    numbers count;
    autopack_schema_test::shared_outcome told;
    std::int64_t allocations = 0;
    for (const migration_case& what : all_cases()) {
        const prepared_case c = prepare(what, journal::remove);
        const sample chosen(static_cast<std::size_t>(count_allocations(c, which)) * 3, 120);
        now = {nullptr, &chosen, &*told, &count, what.name.c_str(), false};
        const std::size_t runs = count.runs;
        const std::int64_t made = run_divided(c, which);
        allocations += made;
        std::printf("%-24s %6lld allocations, %6zu runs\n", what.name.c_str(), static_cast<long long>(made),
                    count.runs - runs);
        std::fflush(stdout);
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
