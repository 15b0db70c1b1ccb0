// SPDX-License-Identifier: MIT
// One database for each thread, on one file; and a second thread on one database.
#include <autopack_schema/define/schema.hpp>
#include <autopack_schema/query.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>

#include <atomic>
#include <cstdint>
#include <exception>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace aps = autopack_schema;
using aps::col;

struct entry {
    std::int64_t id = 0;
    std::int64_t writer = 0;
    std::int64_t number = 0;
    std::string text;
};
struct counter {
    std::int64_t id = 0;
    std::int64_t value = 0;
};
constexpr auto entries = aps::table<entry>("entries", aps::column<&entry::id>(aps::primary_key), aps::column<&entry::writer>(),
                                           aps::column<&entry::number>(), aps::column<&entry::text>());
constexpr auto counters = aps::table<counter>("counters", aps::column<&counter::id>(aps::primary_key), aps::column<&counter::value>());
constexpr auto demo = aps::schema<entries, counters>("demo");

constexpr int writers = 8;
constexpr int each = 12'500; // 100,000 in all
constexpr int at_once = 50;

} // namespace

TEST_CASE("eight threads write a hundred thousand rows and none is lost") {
    const autopack_schema_test::temp_dir dir;
    const std::string url = autopack_schema_test::sqlite_url(dir / "threads.db") + "?timeout=60";
    {
        auto db = aps::database<demo>::open(url, {.mode = aps::sqlite::open_mode::create});
        db.connection().execute("PRAGMA journal_mode=WAL; CREATE TABLE entries(id INTEGER PRIMARY KEY, writer INTEGER NOT NULL, "
                                "number INTEGER NOT NULL, text TEXT NOT NULL); "
                                "CREATE TABLE counters(id INTEGER PRIMARY KEY, value INTEGER NOT NULL)");
        db.insert(counter{1, 0});
    }
    std::atomic<int> failures = 0;
    std::string why; // of the first one
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            try {
                auto db = aps::database<demo>::open(url);
                db.connection().execute("PRAGMA synchronous=OFF");
                for (int i = 0; i < each; i += at_once) {
                    auto scope = db.transaction();
                    for (int k = 0; k < at_once; ++k) db.insert(entry{0, writer, i + k, "entry " + std::to_string(i + k)});
                    db.update<counter>().set(col<&counter::value> = col<&counter::value> + at_once).where(col<&counter::id> == 1).execute();
                    scope.commit();
                }
            } catch (const std::exception& e) {
                if (failures++ == 0) why = e.what();
            }
        });
    }
    for (std::thread& t : threads) t.join();
    INFO(why);
    CHECK(failures == 0);
    auto db = aps::database<demo>::open(url);
    CHECK(db.select(aps::count()).from<entry>().one() == writers * each);
    CHECK(db.get<counter>(1)->value == writers * each);
    const auto found = db.select(col<&entry::writer>, aps::count_distinct(col<&entry::number>), aps::max(col<&entry::number>)).group_by(col<&entry::writer>).all();
    REQUIRE(found.size() == writers);
    for (const auto& [writer, count, last] : found) {
        CHECK(count == each);
        CHECK(last == each - 1);
    }
}

TEST_CASE("a second thread is refused in debug builds, unless the database is handed over") {
    auto db = aps::database<demo>::memory();
    db.connection().execute("CREATE TABLE counters(id INTEGER PRIMARY KEY, value INTEGER NOT NULL)");
    db.insert(counter{1, 2});
    std::string code = "none";
    std::int64_t value = 0;
    std::thread([&] {
        try {
            (void)db.get<counter>(1);
        } catch (const aps::error& e) {
            code = e.code();
        }
        db.move_to_this_thread();
        value = db.get<counter>(1)->value;
    }).join();
#ifndef NDEBUG
    CHECK(code == "S240");
    CHECK(autopack_schema_test::caught([&] { (void)db.get<counter>(1); }).code() == "S240");
#endif
    CHECK(value == 2);
}
