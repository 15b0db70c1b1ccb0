// SPDX-License-Identifier: MIT
// A run as a whole: nothing to do, dry runs, other programs, unusable connections, errors in the middle, history, backups.

#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/migrate/sqlite/fingerprint.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;
using aps::sqlite::setting;
using autopack_schema_test::read_file;
using autopack_schema_test::temp_dir;

constexpr std::string_view before_text =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x'), (2, 'y');";
constexpr std::string_view wanted_text = "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'd', b INT "
                                         "DEFAULT 5)"; // a rebuild in every version of SQLite

std::size_t files_in(const temp_dir& directory) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& e : std::filesystem::directory_iterator(directory.path())) ++count;
    return count;
}

std::filesystem::path make_file(const temp_dir& directory, const char* name = "a.db") {
    auto database = open_new(directory / name);
    database.execute(before_text);
    return directory / name;
}

} // namespace

TEST_CASE("a run with nothing to do changes not a byte and makes no file", "[migrate]") {
    const temp_dir directory;
    const auto file = make_file(directory);
    {
        auto database = connection::open_file(file.string());
        CHECK(migrate_to(database, wanted_text, without_backup()).applied);
    }
    const std::string bytes = read_file(file);
    auto database = connection::open_file(file.string());
    const auto done = migrate_to(database, wanted_text);
    CHECK_FALSE(done.applied);
    CHECK(done.backup.empty());
    CHECK(done.plan.empty());
    CHECK(read_file(file) == bytes);
    CHECK(files_in(directory) == 1);
}

TEST_CASE("a dry run asks the rows and changes not a byte", "[migrate]") {
    const temp_dir directory;
    const auto file = make_file(directory);
    const std::string bytes = read_file(file);
    auto database = connection::open_file(file.string());
    migrate::run_options options;
    options.dry_run = true;
    const auto fine = migrate_to(database, wanted_text, options);
    CHECK_FALSE(fine.applied);
    CHECK(fine.blockers.empty());
    REQUIRE(fine.plan.steps.size() == 1);
    CHECK(fine.plan.steps[0].rows == 2);
    CHECK(read_file(file) == bytes);
    database.execute("INSERT INTO t VALUES (3, NULL)");
    const auto blocked = migrate_to(database, wanted_text, options);
    REQUIRE(blocked.blockers.size() == 1);
    CHECK(blocked.blockers[0].examples == "rowid 3");
    CHECK(migrate::to_text(blocked.blockers[0]).find("1 row: NULL") != std::string::npos);
    CHECK(files_in(directory) == 1);
}

TEST_CASE("the backup is there before the first change, and is never overwritten", "[migrate]") {
    const temp_dir directory;
    const auto file = make_file(directory);
    auto database = connection::open_file(file.string());
    const std::string before = everything_in(database);
    migrate::run_options options;
    std::string at_first_change;
    options.at = [&](std::string_view what) {
        if (what.starts_with("CREATE TABLE") && at_first_change.empty())
            at_first_change = std::to_string(files_in(directory) - 1);
    };
    const auto done = migrate_to(database, wanted_text, options);
    CHECK(at_first_change >= "1");
    CHECK(done.backup.starts_with(file.string() + ".backup-2"));
    CHECK(done.backup.ends_with("Z"));
    auto copy = connection::open_file(done.backup, {.mode = aps::sqlite::open_mode::read_only});
    CHECK(everything_in(copy) == before);
    options = {};
    options.backup_path = done.backup; // taken
    CHECK(code_of([&] { migrate_to(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)", options); }) == "S230");
    options.backup_path.clear();
    const auto again = migrate_to(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)", options);
    CHECK(again.backup != done.backup);
    CHECK_FALSE(again.backup.empty());
}

TEST_CASE("a refused migration leaves no backup", "[migrate]") {
    const temp_dir directory;
    const auto file = make_file(directory);
    auto database = connection::open_file(file.string());
    database.execute("INSERT INTO t VALUES (3, NULL)");
    CHECK(code_of([&] { migrate_to(database, wanted_text); }) == "S372");
    CHECK(files_in(directory) == 1);
}

TEST_CASE("connections on which it would not be safe are refused", "[migrate]") {
    const temp_dir directory;
    const auto file = make_file(directory);
    auto database = connection::open_file(file.string());
    const auto run = [&] { migrate_to(database, wanted_text, without_backup()); };
    database.execute("BEGIN");
    CHECK(code_of(run) == "S379");
    CHECK(database.in_transaction()); // it is the caller's
    database.execute("ROLLBACK; CREATE TEMP TABLE t(x)");
    CHECK(code_of(run) == "S379");
    database.execute("DROP TABLE temp.t; CREATE TEMP TRIGGER g AFTER INSERT ON main.t BEGIN SELECT 1; END");
    CHECK(code_of(run) == "S379");
    database.execute("DROP TRIGGER temp.g; ATTACH ':memory:' AS other");
    CHECK(code_of(run) == "S379");
    database.execute("DETACH other");
    {
        auto reading = database.prepare("SELECT * FROM t");
        reading.step();
        CHECK(code_of(run) == "S379");
    }
    auto read_only = connection::open_file(file.string(), {.mode = aps::sqlite::open_mode::read_only});
    CHECK(code_of([&] { migrate_to(read_only, wanted_text, without_backup()); }) == "S379");
    run();
    CHECK(lines(database, "SELECT * FROM t") == "1|x|5\n2|y|5\n");
}

TEST_CASE("an error at any statement leaves everything as before, and the connection usable", "[migrate]") {
    int points = 0;
    {
        auto database =
            memory_with(everything_schema("") + std::string(everything_views) + std::string(everything_rows));
        auto options = without_backup();
        options.at = [&](std::string_view) { ++points; };
        migrate_to(database, everything_schema(" NOT NULL DEFAULT 'd@x'") + std::string(everything_views), options);
    }
    CHECK(points > 15);
    for (int fail = 1; fail < points; ++fail) { // the last one is after COMMIT
        INFO("point " << fail << " of " << points);
        auto database =
            memory_with(everything_schema("") + std::string(everything_views) + std::string(everything_rows));
        database.enable(setting::foreign_keys, true);
        const std::string before = everything_in(database);
        auto options = without_backup();
        int seen = 0;
        options.at = [&](std::string_view) {
            if (++seen == fail) throw aps::error({.code = "S000", .what_happened = "test"});
        };
        CHECK(code_of([&] {
                  migrate_to(database, everything_schema(" NOT NULL DEFAULT 'd@x'") + std::string(everything_views),
                             options);
              }) == "S000");
        CHECK_FALSE(database.in_transaction());
        CHECK(database.is_enabled(setting::foreign_keys));
        CHECK(database.is_enabled(setting::triggers));
        CHECK_FALSE(database.is_enabled(setting::legacy_alter_table));
        CHECK(everything_in(database) == before);
        CHECK_FALSE(migrate::sqlite::has_history(database));
        CHECK(migrate_to(database, everything_schema(" NOT NULL DEFAULT 'd@x'") + std::string(everything_views),
                         without_backup())
                  .applied);
    }
}

TEST_CASE("SQL that fails is reported with its step", "[migrate]") {
    auto database = memory_with(before_text);
    auto options = without_backup();
    options.rules.push_back(
        {.kind = migrate::rule_kind::backfill, .table = "t", .name = "b", .sql = "no_such_function(a)"});
    const std::string before = everything_in(database);
    try {
        migrate_to(database, wanted_text, options);
        FAIL("no error");
    } catch (const aps::error& e) {
        CHECK(e.code() == "S215");
        CHECK(std::string(e.what()).find("no_such_function") != std::string::npos);
    }
    CHECK(everything_in(database) == before);
}

TEST_CASE("two migrators: the second waits and finds it done", "[migrate]") {
    const temp_dir directory;
    const auto file = make_file(directory);
    migrate::run_result second;
    std::thread other;
    auto database = connection::open_file(file.string());
    auto options = without_backup();
    options.rules.push_back({.kind = migrate::rule_kind::transform, .table = "t", .name = "a", .sql = "a || a"});
    options.at = [&](std::string_view point) {
        if (point != "locked") return;
        other = std::thread([&] {
            auto mine = connection::open_file(file.string());
            second = migrate_to(mine, wanted_text, without_backup());
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(150)); // it has planned and waits for the lock
    };
    const auto first = migrate_to(database, wanted_text, options);
    other.join();
    CHECK(first.applied);
    CHECK_FALSE(second.applied);
    CHECK(lines(database, "SELECT a FROM t") == "xx\nyy\n"); // once
    CHECK(migrate::sqlite::read_history(database).size() == 1);
}

TEST_CASE("a writer is waited for, then named", "[migrate]") {
    const temp_dir directory;
    const auto file = make_file(directory);
    auto writer = connection::open_file(file.string());
    writer.execute("BEGIN IMMEDIATE; INSERT INTO t VALUES (3, 'z')");
    auto database = connection::open_file(file.string());
    auto options = without_backup();
    options.busy_timeout_ms = 50;
    CHECK(code_of([&] { migrate_to(database, wanted_text, options); }) == "S209");
    writer.execute("COMMIT");
    CHECK(migrate_to(database, wanted_text, options).rows == 3); // the writer's row is there
}

TEST_CASE("readers keep reading in WAL mode, and hold up the commit otherwise", "[migrate]") {
    const temp_dir directory;
    for (const bool wal : {true, false}) {
        INFO("wal " << wal);
        const auto file = make_file(directory, wal ? "wal.db" : "journal.db");
        auto database = connection::open_file(file.string());
        if (wal) database.execute("PRAGMA journal_mode=WAL");
        auto reader = connection::open_file(file.string(), {.mode = aps::sqlite::open_mode::read_only});
        auto rows = reader.prepare("SELECT a FROM t ORDER BY id");
        REQUIRE(rows.step());
        auto options = without_backup();
        options.busy_timeout_ms = 20;
        options.commit_timeout_ms = 100;
        if (wal) {
            CHECK(migrate_to(database, wanted_text, options).applied);
            CHECK(rows.step());
            CHECK(rows.column_text(0) == "y"); // it sees what it began with
        } else {
            CHECK(code_of([&] { migrate_to(database, wanted_text, options); }) == "S396");
            CHECK_FALSE(database.in_transaction());
            rows.reset();
            CHECK(migrate_to(database, wanted_text, options).applied);
        }
    }
}

TEST_CASE("a stop flag or a callback stops the copy", "[migrate]") {
    auto database = memory_with(
        "CREATE TABLE t(a TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) "
        "INSERT INTO t SELECT 'row ' || i FROM n;");
    const std::string_view wanted = "CREATE TABLE t(a TEXT NOT NULL DEFAULT 'd')";
    migrate::stop_flag stop{false};
    auto options = without_backup();
    options.stop = &stop;
    options.at = [&](std::string_view what) {
        if (what.starts_with("INSERT OR ABORT")) stop = true;
    };
    CHECK(code_of([&] { migrate_to(database, wanted, options); }) == "S387");
    CHECK(database.query_int("SELECT count(*) FROM t") == 300000);
    stop = false;
    options.at = {};
    std::int64_t last = -1, reports = 0;
    options.on_progress = [&](const migrate::progress& p) {
        CHECK(p.done >= 0);
        CHECK((p.total == 0 || p.done <= p.total));
        last = p.done;
        ++reports;
    };
    CHECK(migrate_to(database, wanted, options).applied);
    CHECK(last == 300000);
    CHECK(reports >= 2);
}

TEST_CASE("progress goes on while indexes are made and columns are filled", "[migrate]") {
    auto database =
        memory_with("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT); CREATE INDEX i ON t(a); CREATE "
                    "UNIQUE INDEX j ON t(b, a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                    "WHERE i < 400000) INSERT INTO t SELECT i, i * 7919 % 400000, 'value ' || i FROM n");
    std::map<std::string, std::vector<std::int64_t>> seen;
    auto options = without_backup();
    options.on_progress = [&seen](const migrate::progress& p) {
        CHECK(p.done <= p.total);
        seen[std::string(p.what)].push_back(p.done);
    };
    migrate_to(database,
               "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT DEFAULT 1, b TEXT); CREATE INDEX i ON t(a); CREATE UNIQUE "
               "INDEX j ON t(b, a)",
               options);
    options.rules = {{.kind = migrate::rule_kind::backfill, .table = "t", .name = "c", .sql = "a + 1"}};
    migrate_to(database,
               "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT DEFAULT 1, b TEXT, c INT); CREATE INDEX i ON t(a); CREATE "
               "UNIQUE INDEX j ON t(b, a)",
               options);
    for (const char* what : {"rebuild table t", "rebuild table t, index 1 of 2", "rebuild table t, index 2 of 2",
                             "alter table t, values"}) {
        INFO(what);
        REQUIRE(seen[what].size() >= 2); // the beginning, and at least one look
        CHECK(std::is_sorted(seen[what].begin(), seen[what].end()));
        CHECK(seen[what].back() > 0);
    }
}

TEST_CASE("the history says what was done", "[migrate]") {
    auto database = memory_with(before_text);
    const auto from = aps::sql::sqlite::parse("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)");
    const auto to = aps::sql::sqlite::parse(wanted_text);
    const migrate::migration_view chain[] = {{"first", from.view(), to.view(), {}}};
    CHECK(migrate::sqlite::run(database, to.view(), chain, without_backup()).applied);
    const auto history = migrate::sqlite::read_history(database);
    REQUIRE(history.size() == 1);
    CHECK(history[0].name == "first");
    CHECK(history[0].outcome == "applied");
    CHECK(history[0].rows == 2);
    CHECK(history[0].fingerprint ==
          migrate::sqlite::fingerprint(database)); // of the schema after it, the history apart
    CHECK(history[0].started_at <= history[0].finished_at);
    CHECK(migrate::sqlite::check_history(history, chain).empty());
    const migrate::data_rule rule{.kind = migrate::rule_kind::backfill, .table = "t", .name = "b", .sql = "7"};
    const migrate::migration_view edited[] = {{"first", from.view(), to.view(), {&rule, 1}}};
    CHECK(migrate::sqlite::check_history(history, edited).at(0).find("edited") != std::string::npos);
    const migrate::migration_view renamed[] = {{"other", from.view(), to.view(), {}}};
    CHECK(migrate::sqlite::check_history(history, renamed).at(0).find("not known") != std::string::npos);
}

TEST_CASE("a transformation of all rows is applied once, by the history or by the schema", "[migrate]") {
    const auto from = aps::sql::sqlite::parse("CREATE TABLE t(money INT)");
    const auto to = aps::sql::sqlite::parse("CREATE TABLE t(money INT NOT NULL)");
    const migrate::data_rule rule{
        .kind = migrate::rule_kind::transform, .table = "t", .name = "money", .sql = "money * 100"};
    const migrate::migration_view chain[] = {{"cents", from.view(), to.view(), {&rule, 1}}};
    auto database = memory_with("CREATE TABLE t(money INT); INSERT INTO t VALUES (1), (2);");
    CHECK(migrate::sqlite::run(database, to.view(), chain, without_backup()).applied);
    CHECK_FALSE(migrate::sqlite::run(database, to.view(), chain, without_backup()).applied);
    CHECK(lines(database, "SELECT money FROM t") == "100\n200\n");
    auto made_by_hand =
        memory_with("CREATE TABLE t(money INT NOT NULL); INSERT INTO t VALUES (100);"); // at the target, no history
    CHECK_FALSE(migrate::sqlite::run(made_by_hand, to.view(), chain, without_backup()).applied);
    CHECK(lines(made_by_hand, "SELECT money FROM t") == "100\n");
}

TEST_CASE("a baseline notes where a database is, and only where it is", "[migrate]") {
    const auto from = aps::sql::sqlite::parse("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)");
    const auto to = aps::sql::sqlite::parse(wanted_text);
    const migrate::migration_view chain[] = {{"first", from.view(), to.view(), {}}};
    auto old = memory_with(before_text);
    CHECK(code_of([&] { migrate::sqlite::baseline(old, chain); }) == "S399");
    CHECK_FALSE(migrate::sqlite::has_history(old));
    auto database = memory_with(wanted_text);
    migrate::sqlite::baseline(database, chain);
    migrate::sqlite::baseline(database, chain);
    REQUIRE(migrate::sqlite::read_history(database).size() == 1);
    CHECK(migrate::sqlite::read_history(database)[0].outcome == "baseline");
}

TEST_CASE("a plan is carried out on the schema that it was made for, or refused", "[migrate]") {
    auto database = memory_with(before_text);
    auto options = without_backup();
    options.dry_run = true;
    const migrate::plan plan = migrate_to(database, wanted_text, options).plan;
    options.dry_run = false;
    options.only = &plan;
    database.execute("INSERT INTO t VALUES (3, 'z'); CREATE TABLE other(x)");
    CHECK(code_of([&] { migrate_to(database, wanted_text, options); }) == "S382");
    database.execute("DROP TABLE other");
    CHECK(code_of([&] { migrate_to(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL)", options); }) ==
          "S382");
    CHECK(migrate_to(database, wanted_text, options).rows == 3);
}

TEST_CASE("leftovers of other tools' crashed runs are neither used nor touched", "[migrate]") {
    auto database = memory_with(std::string(before_text) +
                                "CREATE TABLE new_t(id INT, a TEXT, b INT); INSERT INTO new_t VALUES (9, 'old', 0);"
                                "CREATE TABLE _alembic_tmp_t(a);");
    CHECK(migrate_to(database, wanted_text, without_backup()).applied);
    CHECK(lines(database, "SELECT * FROM t") == "1|x|5\n2|y|5\n");
    CHECK(lines(database, "SELECT * FROM new_t") == "9|old|0\n");
    CHECK(database.query_int("SELECT count(*) FROM sqlite_schema WHERE name = '_alembic_tmp_t'") == 1);
}
