// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace aps = autopack_schema;
namespace fs = std::filesystem;
using aps::sqlite::backup_progress;
using aps::sqlite::connection;
using aps::sqlite::open_mode;
using autopack_schema_test::caught;
using autopack_schema_test::read_file;
using autopack_schema_test::temp_dir;
using autopack_schema_test::write_file;

namespace {

/// A file with two tables, one of them WITHOUT ROWID with a hostile name, a virtual table and a view.
std::string make(const fs::path& file, int rows = 1000, std::string_view before = "") {
    connection db = connection::open_file(file.string(), {.mode = open_mode::create});
    db.execute(before);
    db.execute("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b); CREATE TABLE \"w \"\" ; '\" (k PRIMARY KEY) "
               "WITHOUT ROWID;"
               "INSERT INTO \"w \"\" ; '\" VALUES (1), (2); CREATE VIEW v AS SELECT a FROM t; CREATE VIRTUAL TABLE f "
               "USING fts5(x);"
               "INSERT INTO f VALUES ('hello'); CREATE INDEX i ON t (b)");
    db.execute("WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO t SELECT i, "
               "hex(randomblob(50)) FROM n",
               rows);
    return file.string();
}

std::vector<std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

TEST_CASE("a copy is equal, and progress goes from all pages to none") {
    temp_dir directory;
    connection source = connection::open_file(make(directory / "a.db"), {.mode = open_mode::read_only});
    connection destination = connection::memory();
    destination.execute("CREATE TABLE old (a)");
    std::vector<int> remaining;
    int total = 0;
    aps::sqlite::backup_to(source, destination,
                           [&](const backup_progress& progress) {
                               remaining.push_back(progress.remaining_pages);
                               total = progress.total_pages;
                               CHECK(progress.done_pages() == total - progress.remaining_pages);
                           },
                           {.pages_per_step = 10});
    CHECK(total == source.query_int("PRAGMA page_count"));
    CHECK(remaining.size() == static_cast<std::size_t>((total + 9) / 10));
    CHECK(std::is_sorted(remaining.rbegin(), remaining.rend()));
    CHECK(remaining.back() == 0);
    CHECK(destination.query_int("SELECT count(*) FROM t") == 1000);
    CHECK(destination.query_int("SELECT count(*) FROM sqlite_schema WHERE name = 'old'") == 0);
}

TEST_CASE("a progress callback that throws stops the copy and leaves the destination as it was") {
    temp_dir directory;
    connection source = connection::open_file(make(directory / "a.db"));
    connection destination = connection::open_file((directory / "b.db").string(), {.mode = open_mode::create});
    destination.execute("CREATE TABLE old (a); INSERT INTO old VALUES (7)");
    CHECK_THROWS_AS(aps::sqlite::backup_to(source, destination,
                                           [](const backup_progress&) { throw std::runtime_error("stop"); },
                                           {.pages_per_step = 5}),
                    std::runtime_error);
    CHECK(destination.query_int("SELECT a FROM old") == 7);
    CHECK(aps::sqlite::check_integrity(destination).is_sound());
}

TEST_CASE("a locked source or destination is waited for, then told") {
    temp_dir directory;
    const std::string path = make(directory / "a.db"), target = make(directory / "b.db", 10);
    connection source = connection::open_file(path, {.busy_timeout_ms = 100});
    connection destination = connection::open_file(target, {.busy_timeout_ms = 10});
    connection holder = connection::open_file(target);
    holder.execute("BEGIN IMMEDIATE");
    const auto failure = caught([&] { aps::sqlite::backup_to(source, destination); });
    CHECK(failure.code() == "S209");
    CHECK(failure.says("copying " + path));
    CHECK(failure.info.database == target);
    std::thread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        holder.execute("ROLLBACK");
    });
    aps::sqlite::backup_to(source, destination, aps::sqlite::no_progress(), {.timeout_ms = 10000});
    later.join();
    CHECK(destination.query_int("SELECT count(*) FROM t") == 1000);
}

TEST_CASE("no copy in the middle of a change, nor over a transaction") {
    temp_dir directory;
    connection source = connection::open_file(make(directory / "a.db"));
    connection destination = connection::memory();
    aps::sqlite::transaction work(source);
    auto failure = caught([&] { aps::sqlite::backup_to(source, destination); });
    CHECK(failure.code() == "S225");
    CHECK(failure.says("copy through a second connection"));
    CHECK(caught([&] { aps::sqlite::backup_to_file(source, (directory / "c.db").string()); }).code() == "S225");
    work.rollback();
    destination.execute("BEGIN; CREATE TABLE x (a)");
    CHECK(caught([&] { aps::sqlite::backup_to(source, destination); }).code() == "S225");
    CHECK(caught([&] { aps::sqlite::backup_to(source, source); }).code() == "S215");
    CHECK(names_in(directory.path()) == std::vector<std::string>{"a.db"});
}

TEST_CASE("a second connection copies while the first holds the write lock: the state before its changes") {
    temp_dir directory;
    for (const char* mode : {"delete", "wal"}) {
        const std::string path =
            make(directory / (std::string(mode) + ".db"), 100, "PRAGMA journal_mode=" + std::string(mode));
        connection writer = connection::open_file(path);
        aps::sqlite::transaction work(writer);
        writer.execute("DELETE FROM t");
        connection reader = connection::open_file(path, {.mode = open_mode::read_only});
        const auto report = aps::sqlite::backup_to_file(reader, path + ".backup");
        work.commit();
        connection copy = connection::open_file(path + ".backup", {.mode = open_mode::read_only});
        CHECK(copy.query_int("SELECT count(*) FROM t") == 100);
        CHECK(writer.query_int("SELECT count(*) FROM t") == 0);
    }
}

TEST_CASE("a source that others write all the time is copied to an end") {
    temp_dir directory;
    const std::string path = make(directory / "a.db", 3000);
    std::atomic<bool> stop = false;
    std::thread writing([&] {
        connection writer = connection::open_file(path, {.busy_timeout_ms = 20000});
        while (!stop) writer.execute("INSERT INTO t (b) VALUES (hex(randomblob(50)))");
    });
    connection source = connection::open_file(path, {.mode = open_mode::read_only, .busy_timeout_ms = 20000});
    connection destination = connection::memory();
    aps::sqlite::backup_to(source, destination, [](const backup_progress&) { sqlite3_sleep(5); },
                           {.pages_per_step = 2});
    stop = true;
    writing.join();
    CHECK(aps::sqlite::check_integrity(destination).is_sound());
    CHECK(destination.query_int("SELECT count(*) FROM t") >= 3000);
}

TEST_CASE("backup_to_file: a checked file with the same content, and nothing else in the folder") {
    temp_dir directory;
    for (const char* mode : {"delete", "wal"}) {
        fs::create_directory(directory / mode);
        const std::string path = make(directory / mode / "a.db", 1000, "PRAGMA journal_mode=" + std::string(mode));
        fs::permissions(path, fs::perms(0600));
        {
            connection source = connection::open_file(path, {.mode = open_mode::read_only});
            const auto report = aps::sqlite::backup_to_file(source, (directory / mode / "b.db").string());
            CHECK(report.path == (directory / mode / "b.db").string());
            CHECK(report.bytes == static_cast<std::int64_t>(fs::file_size(report.path)));
            CHECK(report.tables ==
                  source.query_int("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"));
            CHECK(report.rows > 1000 + 2);
            CHECK(report.violations.empty());
            CHECK_FALSE(source.in_transaction());
        }
        CHECK(names_in(directory / mode) == std::vector<std::string>{"a.db", "b.db"});
        CHECK((fs::status(directory / mode / "b.db").permissions() & fs::perms::all) == fs::perms(0600));
        connection copy = connection::open_file((directory / mode / "b.db").string(), {.mode = open_mode::read_only});
        copy.execute("PRAGMA query_only=OFF");
        copy.execute("ATTACH ? AS a", path);
        CHECK(copy.query_int("SELECT count(*) FROM (SELECT * FROM main.t EXCEPT SELECT * FROM a.t)") == 0);
        CHECK(copy.query_int(
                  "SELECT count(*) FROM (SELECT * FROM a.sqlite_schema EXCEPT SELECT * FROM main.sqlite_schema)") == 0);
        CHECK(copy.query_int("SELECT seq FROM main.sqlite_sequence") == 1000);
    }
}

TEST_CASE("backup_to_file never overwrites, and sees old leftovers that would be taken for its own") {
    temp_dir directory;
    connection source = connection::open_file(make(directory / "a.db"));
    for (const char* name : {"b.db", "a.db"}) {
        if (name[0] == 'b') write_file(directory / name, "precious");
        const std::string before = read_file(directory / name);
        const auto failure = caught([&] { aps::sqlite::backup_to_file(source, (directory / name).string()); });
        CHECK(failure.code() == "S230");
        CHECK(failure.says("it is not overwritten"));
        CHECK(read_file(directory / name) == before);
    }
    write_file(directory / "c.db", ""); // empty is taken too
    CHECK(caught([&] { aps::sqlite::backup_to_file(source, (directory / "c.db").string()); }).code() == "S230");
    for (const char* suffix : {"-journal", "-wal"}) {
        const fs::path leftover = write_file(directory / (std::string("d.db") + suffix), "old");
        const auto failure = caught([&] { aps::sqlite::backup_to_file(source, (directory / "d.db").string()); });
        CHECK(failure.code() == "S230");
        CHECK(failure.info.database == leftover.string());
        fs::remove(leftover);
    }
    // Taken while the copy is being made: the other file wins, ours goes.
    const auto late = caught([&] {
        aps::sqlite::backup_to_file(source, (directory / "e.db").string(),
                                    [&](const backup_progress&) { write_file(directory / "e.db", "other"); });
    });
    CHECK(late.code() == "S230");
    CHECK(read_file(directory / "e.db") == "other");
    CHECK(names_in(directory.path()) == std::vector<std::string>{"a.db", "b.db", "c.db", "e.db"});
}

TEST_CASE("backup_to_file into no folder, and stopped in the middle, leaves nothing") {
    temp_dir directory;
    connection source = connection::open_file(make(directory / "a.db"));
    const auto failure = caught([&] { aps::sqlite::backup_to_file(source, (directory / "no/b.db").string()); });
    CHECK(failure.code() == "S206");
    CHECK(failure.says("No such file or directory"));
    CHECK_THROWS_AS(aps::sqlite::backup_to_file(source, (directory / "b.db").string(),
                                                [](const backup_progress&) { throw std::runtime_error("stop"); },
                                                {.pages_per_step = 5}),
                    std::runtime_error);
    CHECK(names_in(directory.path()) == std::vector<std::string>{"a.db"});
    CHECK_FALSE(source.in_transaction());
}

TEST_CASE("a full disk leaves no partial copy") {
    temp_dir directory;
    connection source = connection::open_file(make(directory / "a.db"));
    // SIGXFSZ ignored, a file size limit makes write() fail as a full disk does, in a child of its own.
    const ::pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const ::rlimit limit{20000, 20000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        try {
            connection reader = connection::open_file(source.name(), {.mode = open_mode::read_only});
            aps::sqlite::backup_to_file(reader, (directory / "b.db").string());
        } catch (const aps::error& failure) {
            ::_exit(failure.code() == "S211" || failure.code() == "S212" ? 7 : 8);
        } catch (...) {
            ::_exit(9);
        }
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WEXITSTATUS(status) == 7);
    CHECK(names_in(directory.path()) == std::vector<std::string>{"a.db"});
}

TEST_CASE("a kill in the middle leaves no file under the final name") {
    temp_dir directory;
    const std::string path = make(directory / "a.db", 3000);
    for (int moment = 1; moment <= 60; moment += 6) {
        const ::pid_t child = ::fork();
        if (child == 0) {
            int step = 0;
            connection source = connection::open_file(path, {.mode = open_mode::read_only});
            aps::sqlite::backup_to_file(source, (directory / "b.db").string(),
                                        [&](const backup_progress&) {
                                            if (++step == moment) ::_exit(5);
                                        },
                                        {.pages_per_step = 2});
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        CHECK(WEXITSTATUS(status) == 5);
        CHECK_FALSE(fs::exists(directory / "b.db"));
    }
}

TEST_CASE("a damaged source is not passed off as a backup") {
    temp_dir directory;
    const std::string path = make(directory / "a.db", 2000);
    std::string bytes = read_file(path);
    for (std::size_t i = 4096 * 20; i < 4096 * 24; ++i) bytes[i] = static_cast<char>(0xa5);
    write_file(path, bytes);
    connection source = connection::open_file(path, {.mode = open_mode::read_only});
    const auto failure = caught([&] { aps::sqlite::backup_to_file(source, (directory / "b.db").string()); });
    CHECK(failure.code() == "S231");
    CHECK(failure.says("integrity_check of the copy of " + path));
    CHECK(names_in(directory.path()) == std::vector<std::string>{"a.db"});
}

TEST_CASE("violations of constraints do not stop a backup") {
    temp_dir directory;
    connection source = connection::open_file((directory / "a.db").string(), {.mode = open_mode::create});
    source.execute(
        "CREATE TABLE t (a, b CHECK (b > 0)); PRAGMA ignore_check_constraints=ON; INSERT INTO t VALUES (NULL, -1)");
    source.enable(aps::sqlite::setting::writable_schema, true);
    source.execute("UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a NOT NULL, b CHECK (b > 0))'");
    connection again = connection::open_file(source.name());
    const auto report = aps::sqlite::backup_to_file(again, (directory / "b.db").string());
    CHECK(report.rows == 1);
    CHECK(report.violations == std::vector<std::string>{"NULL value in t.a"});
    CHECK(again.query_int("PRAGMA ignore_check_constraints") == 0);
}

TEST_CASE("restore puts everything back, whatever the modes and page sizes") {
    temp_dir directory;
    for (const char* source_mode : {"delete", "wal"})
        for (const char* target_mode : {"delete", "wal"})
            for (const char* page : {"4096", "1024"}) {
                INFO(source_mode << ' ' << target_mode << ' ' << page);
                temp_dir folder;
                connection source = connection::open_file(
                    make(folder / "a.db", 500, "PRAGMA journal_mode=" + std::string(source_mode)));
                const auto saved = aps::sqlite::backup_to_file(source, (folder / "saved.db").string());
                connection target = connection::open_file((folder / "t.db").string(),
                                                          {.mode = open_mode::create, .busy_timeout_ms = 50});
                target.execute("PRAGMA page_size=" + std::string(page) + "; PRAGMA journal_mode=" +
                               std::string(target_mode) + "; CREATE TABLE junk (a); INSERT INTO junk VALUES (1)");
                const std::string before = read_file(saved.path);
                const auto report = aps::sqlite::restore_from_file(target, saved.path);
                CHECK(report.rows == saved.rows);
                CHECK(report.path == target.name());
                CHECK(target.query_int("SELECT count(*) FROM t") == 500);
                CHECK(target.query_int("SELECT count(*) FROM sqlite_schema WHERE name = 'junk'") == 0);
                CHECK(read_file(saved.path) == before);
                connection fresh = connection::open_file(target.name());
                CHECK(fresh.query_int("SELECT count(*) FROM t") == 500);
                CHECK(aps::sqlite::check_integrity(fresh).is_sound());
            }
}

TEST_CASE("restore refuses what is no backup and leaves the database as it was") {
    temp_dir directory;
    connection target = connection::open_file(make(directory / "t.db", 10), {.busy_timeout_ms = 50});
    const auto refused = [&](const fs::path& file) {
        const auto failure = caught([&] { aps::sqlite::restore_from_file(target, file.string()); });
        CHECK(target.query_int("SELECT count(*) FROM t") == 10);
        return failure;
    };
    CHECK(refused(directory / "none.db").code() == "S205");
    CHECK_FALSE(fs::exists(directory / "none.db"));
    CHECK(refused(write_file(directory / "empty.db", "")).code() == "S232");
    CHECK(refused(write_file(directory / "text.db", "hello, this is no database at all")).code() == "S207");
    const std::string damaged = make(directory / "damaged.db", 2000);
    std::string bytes = read_file(damaged);
    for (std::size_t i = 4096 * 20; i < 4096 * 24; ++i) bytes[i] = static_cast<char>(0xa5);
    CHECK(refused(write_file(damaged, bytes)).code() == "S231");
    const std::string good = make(directory / "good.db", 20);
    connection reader = connection::open_file(target.name());
    aps::sqlite::statement reading = reader.prepare("SELECT a FROM t");
    REQUIRE(reading.step());
    CHECK(refused(good).code() == "S209");
    reading.reset();
    target.execute("BEGIN");
    CHECK(refused(good).code() == "S225");
    target.execute("ROLLBACK");
    CHECK(aps::sqlite::restore_from_file(target, good).rows > 20);
}
