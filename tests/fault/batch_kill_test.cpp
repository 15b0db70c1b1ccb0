// SPDX-License-Identifier: MIT
// A migration in batches is killed at random moments until it is done: every row is as before or as after, what was done
// stays done, and in the end all is as if nothing had happened.

#include "../sqlite/migrate_support.hpp"

#if defined(__unix__)

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>

namespace {

using namespace migrate_test;
namespace fs = std::filesystem;

constexpr int rounds = 8;
constexpr int row_count = 20000;
constexpr std::string_view wanted =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT, total INT, mark INT NOT NULL "
    "DEFAULT 0); CREATE INDEX t_total ON t(total)";

void make_file(const fs::path& file, bool wal) {
    auto database = open_new(file);
    if (wal) database.execute("PRAGMA journal_mode=WAL");
    database.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT);"
                     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                     std::to_string(row_count) + ") INSERT INTO t SELECT i * 2, i, 'row ' || i FROM n;");
}

migrate::run_result migrate_file(const fs::path& file, std::int64_t batch_rows) {
    auto database = connection::open_file(file.string());
    auto options = without_backup();
    options.batch_rows = batch_rows;
    options.rules = {{.kind = migrate::rule_kind::backfill, .table = "t", .name = "total", .sql = "a + 1"},
                     {.kind = migrate::rule_kind::backfill, .table = "t", .name = "mark", .sql = "a % 5"}};
    return migrate_to(database, wanted, options);
}

/// True: it came to its end.
bool run_and_kill(const fs::path& file, int microseconds) {
    const pid_t child = fork();
    if (child == 0) {
        try {
            migrate_file(file, 500);
        } catch (...) {
            _exit(3);
        }
        _exit(0);
    }
    int status = 0;
    for (int waited = 0; waited < microseconds; waited += 200) {
        usleep(200);
        if (waitpid(child, &status, WNOHANG) == child) {
            CHECK(WIFEXITED(status));
            CHECK(WEXITSTATUS(status) == 0);
            return true;
        }
    }
    kill(child, SIGKILL); // this child of ours, by its number
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

struct seen {
    int between = 0; ///< states in which some rows were filled and some were not
    std::int64_t filled = 0;
};

/// Checks that every row is as before or as after, and that nothing was lost of what a run before had done.
void check_between(const fs::path& file, seen& s) {
    auto database = connection::open_file(file.string());
    CHECK(database.query_text("PRAGMA integrity_check") == "ok");
    CHECK(database.query_int("SELECT count(*) FROM t WHERE b = 'row ' || a AND id = a * 2") == row_count);
    if (database.query_int("SELECT count(*) FROM pragma_table_info('t') WHERE name = 'total'") == 0) return;
    CHECK(database.query_int("SELECT count(*) FROM t WHERE total IS NOT NULL AND total <> a + 1") == 0);
    CHECK(database.query_int("SELECT count(*) FROM t WHERE mark <> 0 AND mark <> a % 5") == 0);
    const std::int64_t filled = database.query_int("SELECT count(total) FROM t");
    CHECK(filled >= s.filled);
    s.between += filled > 0 && filled < row_count ? 1 : 0;
    s.filled = filled;
}

} // namespace

TEST_CASE("a kill between batches loses one batch at most", "[fault]") {
    std::mt19937 random(20251230);
    int kills = 0, between = 0;
    for (int round = 0; round < rounds; ++round) {
        INFO("round " << round);
        const autopack_schema_test::temp_dir directory;
        const fs::path file = directory / "a.db", reference = directory / "b.db";
        make_file(file, round % 2 == 1);
        fs::copy_file(file, reference);
        migrate_file(reference, 0);
        seen s;
        std::uniform_int_distribution<int> moment(500, 30000);
        for (int runs = 0; !run_and_kill(file, moment(random)) && runs < 300; ++runs) {
            ++kills;
            check_between(file, s);
        }
        between += s.between;
        auto done = connection::open_file(file.string());
        auto expected = connection::open_file(reference.string());
        CHECK(everything_in(done) == everything_in(expected));
        CHECK(migrate::sqlite::read_history(done).size() == 1);
        CHECK(migrate::sqlite::read_history(done)[0].rows == migrate::sqlite::read_history(expected)[0].rows);
    }
    std::printf("%d kills, %d of them with some rows filled and some not\n", kills, between);
    CHECK(between > 0);
}

#else

TEST_CASE("a kill between batches loses one batch at most", "[fault]") { APS_SKIP("no fork on this system"); }

#endif
