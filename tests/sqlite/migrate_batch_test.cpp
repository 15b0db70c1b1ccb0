// SPDX-License-Identifier: MIT
// Columns filled in batches: what is between, who may write, what goes on, what cannot be done so.

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;
using autopack_schema_test::temp_dir;

constexpr std::string_view before_text = "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b INT);"
                                         "CREATE INDEX t_a ON t(a);";
constexpr std::string_view wanted_text =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b INT, total INT, mark INT NOT NULL DEFAULT 0);"
    "CREATE INDEX t_a ON t(a); CREATE INDEX t_total ON t(total)";

constexpr migrate::data_rule total{.kind = migrate::rule_kind::backfill, .table = "t", .name = "total", .sql = "a + b"};
constexpr migrate::data_rule mark{.kind = migrate::rule_kind::backfill, .table = "t", .name = "mark", .sql = "a % 7"};

migrate::run_options in_batches(std::int64_t rows) {
    auto options = without_backup();
    options.rules = {total, mark};
    options.batch_rows = rows;
    return options;
}

std::string rows_of(int count) {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(count) +
           ") INSERT INTO t SELECT i * 3 - 100, i, i * 2 FROM n;";
}

std::filesystem::path make_file(const temp_dir& directory, int rows, const char* name = "a.db") {
    auto database = open_new(directory / name);
    database.execute(std::string(before_text) + rows_of(rows));
    return directory / name;
}

/// What the same migration leaves behind in one transaction.
std::string reference(int rows) {
    auto database = memory_with(std::string(before_text) + rows_of(rows));
    migrate_to(database, wanted_text, in_batches(0));
    return everything_in(database);
}

} // namespace

TEST_CASE("batches of every size leave what one transaction leaves", "[migrate]") {
    const std::string expected = reference(100);
    for (const int size : {1, 7, 99, 100, 101, 100000}) {
        INFO("rows in a batch: " << size);
        auto database = memory_with(std::string(before_text) + rows_of(100));
        int batches = 0;
        auto options = in_batches(size);
        options.at = [&batches](std::string_view point) { batches += point == "batch" ? 1 : 0; };
        const auto done = migrate_to(database, wanted_text, options);
        CHECK(done.applied);
        CHECK(done.rows == 200);
        CHECK(everything_in(database) == expected);
        CHECK(batches == 2 * (100 / size + 1));
        const auto history = migrate::sqlite::read_history(database);
        REQUIRE(history.size() == 1);
        CHECK(history[0].rows == 200);
        CHECK(database.query_int("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'autopack_schema_batch%'") == 0);
        CHECK_FALSE(migrate_to(database, wanted_text, options).applied);
    }
}

TEST_CASE("an empty table and extreme row numbers are filled too", "[migrate]") {
    auto empty = memory_with(before_text);
    CHECK(migrate_to(empty, wanted_text, in_batches(10)).applied);
    auto database =
        memory_with(std::string(before_text) +
                    "INSERT INTO t VALUES (9223372036854775807, 1, 2), (-9223372036854775808, 3, 4), (0, 5, 6)");
    CHECK(migrate_to(database, wanted_text, in_batches(1)).applied);
    CHECK(lines(database, "SELECT total FROM t ORDER BY id") == "7\n11\n3\n");
}

TEST_CASE("between batches others read and write, and their values stay", "[migrate]") {
    const temp_dir directory;
    const auto file = make_file(directory, 100);
    auto database = connection::open_file(file.string());
    auto other = connection::open_file(file.string());
    int batch = 0;
    auto options = in_batches(10);
    options.at = [&](std::string_view point) {
        if (point != "batch" || ++batch != 4) return;
        CHECK(other.query_int("SELECT count(*) FROM t WHERE total IS NOT NULL") == 30); // what a reader sees
        other.execute("INSERT INTO t(id, a, b) VALUES (-500, 1, 1), (5000, 2, 2)");     // an old program
        other.execute(
            "UPDATE t SET total = -1, mark = 9 WHERE id = (SELECT max(id) FROM t WHERE id < 5000)"); // a new one
    };
    CHECK(migrate_to(database, wanted_text, options).applied);
    CHECK(lines(database, "SELECT total, mark FROM t WHERE id IN (-500, 5000) ORDER BY id") ==
          "2|1\n4|2\n"); // `mark` came later
    CHECK(lines(database, "SELECT total, mark FROM t ORDER BY id DESC LIMIT 1 OFFSET 1") == "-1|9\n");
    CHECK(database.query_int("SELECT count(*) FROM t WHERE total IS NULL") == 0);
}

TEST_CASE("what was stopped is gone on with, whoever runs next", "[migrate]") {
    for (const std::int64_t next_size : {10, 0}) {
        const temp_dir directory;
        const auto file = make_file(directory, 100);
        {
            auto database = connection::open_file(file.string());
            std::atomic<bool> stop = false;
            int batch = 0;
            auto options = in_batches(10);
            options.backup = migrate::backup_policy::make;
            options.stop = &stop;
            options.at = [&](std::string_view point) {
                if (point == "batch" && ++batch == 13) stop = true;
            };
            CHECK(code_of([&] { migrate_to(database, wanted_text, options); }) == "S387");
        }
        auto database = connection::open_file(file.string());
        CHECK(database.query_int("SELECT count(*) FROM t WHERE total IS NOT NULL") == 100);
        auto dry = in_batches(0);
        dry.dry_run = true;
        CHECK(migrate_to(database, wanted_text, dry).messages.size() == 1);
        int batches = 0;
        auto options = in_batches(next_size);
        options.backup = migrate::backup_policy::make;
        options.at = [&batches](std::string_view point) { batches += point == "batch" ? 1 : 0; };
        const auto done = migrate_to(database, wanted_text, options);
        CHECK(done.applied);
        CHECK(done.rows == 200);
        CHECK(batches == (next_size == 10 ? 9 : 1)); // 11 of `total` and 2 of `mark` were done
        CHECK(everything_in(database) == reference(100));
        std::size_t backups = 0;
        for (const auto& e : std::filesystem::directory_iterator(directory.path()))
            backups += e.path().string().find(".backup-") != std::string::npos ? 1 : 0;
        CHECK(backups == 1); // of the state before all
        auto copy = connection::open_file(done.backup, {.mode = aps::sqlite::open_mode::read_only});
        CHECK(copy.query_int("SELECT count(*) FROM pragma_table_info('t')") == 3);
    }
}

TEST_CASE("a column that is there is filled in batches where its rows say what is done", "[migrate]") {
    const std::string text = "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b INT);";
    auto database = memory_with(text + rows_of(50) + "UPDATE t SET b = NULL WHERE a % 2 = 0;");
    auto options = without_backup();
    options.batch_rows = 8;
    options.rules = {{.kind = migrate::rule_kind::backfill, .table = "t", .name = "b", .sql = "a * 10"}};
    CHECK(migrate_to(database, text, options).rows == 25);
    CHECK(database.query_int("SELECT count(*) FROM t WHERE b = a * 10") == 25);
    CHECK_FALSE(migrate_to(database, text, options).applied);
}

TEST_CASE("what must be one transaction is refused before anything is done", "[migrate]") {
    const auto refuses = [](std::string_view wanted, const migrate::run_options& options, std::string_view word) {
        auto database = memory_with(std::string(before_text) + rows_of(5));
        const std::string before = everything_in(database);
        try {
            migrate_to(database, wanted, options);
            FAIL("it was not refused");
        } catch (const aps::error& e) {
            CHECK(e.code() == "S406");
            INFO(e.what());
            CHECK(std::string(e.what()).find(word) != std::string::npos);
        }
        CHECK(everything_in(database) == before);
    };
    refuses("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT CHECK (a > 0), b INT, total INT); CREATE INDEX t_a ON t(a)",
            in_batches(5), "copied as a whole");
    auto transform = without_backup();
    transform.batch_rows = 5;
    transform.rules = {{.kind = migrate::rule_kind::transform, .table = "t", .name = "a", .sql = "a * 100"}};
    refuses(before_text, transform, "predicate");
}

TEST_CASE("rows in the way stop batches before the first", "[migrate]") {
    auto database = memory_with(std::string(before_text) + rows_of(20));
    auto options = in_batches(5);
    options.rules = {{.kind = migrate::rule_kind::backfill, .table = "t", .name = "mark", .sql = "NULLIF(a, 13)"}};
    CHECK(refused(database, wanted_text, options)[0].code == "S372");
}

TEST_CASE("definitions that changed in the middle are noticed", "[migrate]") {
    auto database = memory_with(std::string(before_text) + rows_of(20));
    std::atomic<bool> stop = false;
    auto options = in_batches(5);
    options.stop = &stop;
    options.at = [&](std::string_view point) { stop = stop || point == "batch"; };
    CHECK(code_of([&] { migrate_to(database, wanted_text, options); }) == "S387");
    auto other = in_batches(5);
    other.rules[0].sql = "a - b";
    CHECK(code_of([&] { migrate_to(database, wanted_text, other); }) == "S407");
    CHECK(migrate_to(database, wanted_text, in_batches(5)).applied);
    CHECK(everything_in(database) == reference(20));
}

TEST_CASE("two programs at once share the batches, and one of them finishes", "[migrate]") {
    const temp_dir directory;
    const auto file = make_file(directory, 400);
    const auto work = [&file](int& applied, std::string& failure) {
        try {
            auto database = connection::open_file(file.string());
            applied = migrate_to(database, wanted_text, in_batches(3)).applied ? 1 : 0;
        } catch (const std::exception& e) {
            failure = e.what();
        }
    };
    int first = 0, second = 0;
    std::string failed, failed_too;
    std::thread one(work, std::ref(first), std::ref(failed)), two(work, std::ref(second), std::ref(failed_too));
    one.join();
    two.join();
    CHECK(failed == "");
    CHECK(failed_too == "");
    CHECK(first + second >= 1);
    auto database = connection::open_file(file.string());
    CHECK(everything_in(database) == reference(400));
    CHECK(migrate::sqlite::read_history(database).size() == 1);
}
