// SPDX-License-Identifier: MIT
// Numbered ways to lose data: half-done work, other programs, full disks.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "traps_support.hpp"

using namespace trap_test;

namespace {

constexpr std::string_view before_text = "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT);"
                                         "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c');";
/// Needs a rebuild on every version of SQLite: a CHECK without a name cannot be added.
constexpr std::string_view wanted_text = "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT NOT NULL, CHECK (v <> ''))";
constexpr std::string_view many_rows =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
    "WHERE i < 2000) INSERT INTO t SELECT i, printf('%200d', i) FROM n;";

/// Options that call something before each statement of the migration.
migrate::run_options watched(std::function<void(std::string_view)> at) {
    auto options = without_backup();
    options.busy_timeout_ms = 20;
    options.commit_timeout_ms = 50;
    options.at = std::move(at);
    return options;
}

/// Migrates in a process of its own and returns how it ended.
int in_a_process(const std::filesystem::path& file, const migrate::run_options& options) {
    const pid_t child = fork();
    if (child == 0) {
        try {
            auto database = connection::open_file(file.string());
            migrate_to(database, wanted_text, options);
        } catch (const aps::error& e) {
            ::_exit(e.code() == "S211" || e.code() == "S212" ? 11 : 12);
        } catch (...) {
            ::_exit(13);
        }
        ::_exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

} // namespace

TEST_CASE("trap 23: a process killed between DROP and RENAME leaves the table as it was, and the next run succeeds",
          "[trap]") {
    const temp_dir folder;
    const auto file = folder / "a.db";
    file_with(file, before_text);
    const std::string before = autopack_schema_test::dump_file(file);
    const int status = in_a_process(file, watched([](std::string_view what) {
                                        if (what.starts_with("ALTER TABLE main.\"new_")) ::kill(::getpid(), SIGKILL);
                                    }));
    CHECK(WIFSIGNALED(status));
    CHECK(autopack_schema_test::dump_file(file) == before);
    auto database = connection::open_file(file.string());
    rebuild(database, wanted_text);
    CHECK(rows(database, "SELECT * FROM t") == "1|a\n2|b\n3|c\n");
}

TEST_CASE("trap 24: CREATE, DROP and RENAME are in the transaction that an error rolls back", "[trap]") {
    const temp_dir folder;
    auto database = file_with(folder / "a.db", before_text);
    const std::string before = dump(database.handle());
    int statements = 0;
    auto options = watched([&](std::string_view what) {
        if (what == "begin" || what == "committed") return;
        CHECK(database.in_transaction());
        ++statements;
        if (what.starts_with("ALTER TABLE")) throw aps::error({.code = "S000", .what_happened = "something fails"});
    });
    CHECK(code_of([&] { migrate_to(database, wanted_text, options); }) == "S000");
    CHECK(statements > 3);
    CHECK(dump(database.handle()) == before);
    check_sound(database);
}

TEST_CASE("trap 25: nothing is done after a statement that failed", "[trap]") {
    auto database = database_with(before_text);
    std::vector<std::string> done;
    auto options = watched([&](std::string_view what) {
        done.emplace_back(what.substr(0, 9));
        if (what.starts_with("INSERT OR")) database.execute("INSERT INTO t VALUES (9, NULL)"); // as from nowhere
    });
    CHECK(code_of([&] { migrate_to(database, wanted_text, options); }) == "S372");
    CHECK(done.back() == "INSERT OR");
    CHECK(rows(database, "SELECT * FROM t") == "1|a\n2|b\n3|c\n");
    check_sound(database);
}

TEST_CASE("trap 26: a disk that is full in the middle of the copy costs no row", "[trap]") {
    const temp_dir folder;
    auto database = file_with(folder / "a.db", many_rows);
    const std::string before = dump(database.handle());
    database.execute("PRAGMA max_page_count=" + std::to_string(database.query_int("PRAGMA page_count") + 20));
    CHECK(code_of([&] { migrate_to(database, wanted_text, without_backup()); }) == "S211");
    CHECK(dump(database.handle()) == before);
    check_sound(database);
    database.execute("PRAGMA max_page_count=1000000");
    rebuild(database, wanted_text);
    CHECK(rows(database, "SELECT count(*), sum(id) FROM t") == "2000|2001000\n");
}

TEST_CASE("trap 27: no row that another program writes during the migration is lost", "[trap]") {
    for (const bool wal : {false, true}) {
        INFO("wal " << wal);
        const temp_dir folder;
        auto database = file_with(folder / "a.db", before_text);
        if (wal) database.execute("PRAGMA journal_mode=WAL");
        auto writer = connection::open_file((folder / "a.db").string(), {.busy_timeout_ms = 0});
        int refused = 0, written = 0;
        const auto write = [&] {
            const int id = 100 + written;
            if (code_of([&] { writer.execute("INSERT INTO t VALUES (?, 'order paid')", id); }) == "S209") {
                ++refused;
            } else {
                ++written;
            }
        };
        auto options = watched([&](std::string_view) { write(); });
        CHECK(migrate_to(database, wanted_text, options).applied);
        CHECK(refused > 5);  // from the lock to the end, each time told so
        CHECK(written == 2); // before BEGIN, and after COMMIT
        CHECK(rows(database, "SELECT count(*) FROM t WHERE v = 'order paid'") == "2\n");
        check_sound(database);
    }
}

TEST_CASE("trap 28: what others did before the lock is seen: the plan is made again inside it", "[trap]") {
    const temp_dir folder;
    auto database = file_with(folder / "a.db", before_text);
    database.execute("PRAGMA journal_mode=WAL");
    auto other = connection::open_file((folder / "a.db").string());
    auto options = watched([&](std::string_view what) {
        if (what == "begin") other.execute("ALTER TABLE t ADD COLUMN extra; INSERT INTO t VALUES (4, 'd', 'new')");
    });
    rebuild(database, wanted_text, options);
    CHECK(rows(database, "SELECT id, v, extra FROM t") == "1|a|NULL\n2|b|NULL\n3|c|NULL\n4|d|new\n");
    options = watched([&](std::string_view what) {
        if (what == "begin") other.execute("INSERT INTO t VALUES (5, 'five', NULL), (6, 'five', NULL)");
    });
    CHECK(code_of([&] {
              migrate_to(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT NOT NULL UNIQUE)", options);
          }) == "S373");
    CHECK(rows(database, "SELECT count(*) FROM t") == "6\n");
}

TEST_CASE("trap 29: a SELECT that is not finished: of this connection refused, of another waited for, then rolled back",
          "[trap]") {
    const temp_dir folder;
    auto database = file_with(folder / "a.db", before_text);
    const std::string before = dump(database.handle());
    {
        auto reading = database.prepare("SELECT * FROM t");
        CHECK(reading.step());
        CHECK(code_of([&] { migrate_to(database, wanted_text, without_backup()); }) == "S379");
    }
    auto other = connection::open_file((folder / "a.db").string());
    auto reading = other.prepare("SELECT * FROM t");
    CHECK(reading.step());
    CHECK(code_of([&] { migrate_to(database, wanted_text, watched({})); }) == "S396");
    check_sound(database);
    CHECK(dump(database.handle()) == before);
    reading.reset();
    rebuild(database, wanted_text);
    CHECK(rows(database, "SELECT * FROM t") == "1|a\n2|b\n3|c\n");
}

TEST_CASE("trap 30: a disk too small is seen before anything is written, and one that fills up costs nothing",
          "[trap]") {
    const temp_dir folder;
    const auto file = folder / "a.db";
    auto database = file_with(file, many_rows);
    database.execute("PRAGMA journal_mode=WAL");
    auto other = connection::open_file(file.string());
    {
        auto reading = other.prepare("SELECT id FROM t"); // the log cannot be brought back under a reader
        CHECK(reading.step());
        rebuild(database, wanted_text);
        CHECK(std::filesystem::file_size(file.string() + "-wal") > std::filesystem::file_size(file) / 2);
        CHECK(reading.step());
    }
    CHECK(rows(database, "PRAGMA wal_checkpoint(TRUNCATE)") == "0|0|0\n");
    CHECK(rows(other, "SELECT count(*) FROM t") == "2000\n");
    other = {};
    database.execute("PRAGMA journal_mode=DELETE; DROP TABLE t; DROP TABLE autopack_schema_history; VACUUM; " +
                     std::string(many_rows));
    database = {};
    const std::string before = autopack_schema_test::dump_file(file);
    const auto limited = watched([&](std::string_view what) { // from here on no file may grow: EFBIG instead of ENOSPC
        if (!what.starts_with("CREATE TABLE")) return;
        const rlim_t size = std::filesystem::file_size(file) + 8192;
        const rlimit limit{size, size};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN);
    });
    const int status = in_a_process(file, limited);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 11);
    CHECK(autopack_schema_test::dump_file(file) == before);
    // A file with holes, larger than the disk: where its header is of an old version, SQLite takes the length for the size.
    std::string bytes = autopack_schema_test::read_file(file);
    bytes.replace(92, 4, "\xff\xff\xff\xff");
    autopack_schema_test::write_file(file, bytes);
    std::filesystem::resize_file(file, 4096ULL * 1'000'000'000ULL);
    database = connection::open_file(file.string());
    CHECK(code_of([&] { migrate_to(database, wanted_text, without_backup()); }) == "S378");
    CHECK(rows(database, "SELECT count(*) FROM t") == "2000\n");
}

TEST_CASE("trap 40: two migrators that start together multiply once", "[trap]") {
    const temp_dir folder;
    const auto from = aps::sql::sqlite::parse("CREATE TABLE acc(id INTEGER PRIMARY KEY, euro INT)");
    const auto to = aps::sql::sqlite::parse("CREATE TABLE acc(id INTEGER PRIMARY KEY, euro INT NOT NULL)");
    const migrate::data_rule cents{
        .kind = migrate::rule_kind::transform, .table = "acc", .name = "euro", .sql = "euro * 100"};
    const migrate::migration_view chain[] = {{"cents", from.view(), to.view(), {&cents, 1}}};
    auto first = file_with(folder / "a.db",
                           "CREATE TABLE acc(id INTEGER PRIMARY KEY, euro INT); INSERT INTO acc VALUES (1, 5);");
    auto second = connection::open_file((folder / "a.db").string());
    auto options = watched([&](std::string_view what) { // the first has planned; the second is faster
        if (what != "begin") return;
        CHECK(migrate::sqlite::run(second, to.view(), chain, without_backup()).applied);
    });
    const auto done = migrate::sqlite::run(first, to.view(), chain, options);
    CHECK_FALSE(done.applied);
    REQUIRE(done.messages.size() == 1);
    CHECK(done.messages[0].find("another program") != std::string::npos);
    CHECK(rows(first, "SELECT * FROM acc") == "1|500\n");
    CHECK(migrate::sqlite::read_history(first).size() == 1);
    check_sound(first);
}

TEST_CASE("trap 46: unique indexes are never missing while others can write", "[trap]") {
    const temp_dir folder;
    const std::string index = "; CREATE UNIQUE INDEX te ON t(v);";
    auto database = file_with(folder / "a.db", std::string(before_text) + index);
    auto other = connection::open_file((folder / "a.db").string(), {.busy_timeout_ms = 0});
    int tries = 0;
    auto options = watched([&](std::string_view) {
        ++tries;
        const std::string code = code_of([&] { other.execute("INSERT INTO t VALUES (?, 'a')", 100 + tries); });
        CHECK((code == "S209" || code == "S216")); // locked, or a duplicate
    });
    rebuild(database, std::string(wanted_text) + index, options);
    CHECK(tries > 5);
    CHECK(rows(database, "SELECT * FROM t") == "1|a\n2|b\n3|c\n");
    CHECK(stored(database, "te") == "CREATE UNIQUE INDEX te ON t(v)\n");
}
