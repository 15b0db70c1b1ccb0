// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/skip.hpp>
#include <autopack_schema_test/temp.hpp>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace aps = autopack_schema;
namespace fs = std::filesystem;
using aps::db::url;
using aps::sqlite::connection;
using aps::sqlite::open_mode;
using autopack_schema_test::caught;
using autopack_schema_test::read_file;
using autopack_schema_test::temp_dir;
using autopack_schema_test::write_file;

namespace {

/// Every file of a folder with its bytes: what a read must leave as it is.
std::map<std::string, std::string> content_of(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(folder))
        files[entry.path().filename().string()] = entry.is_regular_file() ? read_file(entry.path()) : "(folder)";
    return files;
}

/// Runs a call as a user without privileges, in a child process, and returns the text of its error ("" if none):
/// tests run as root too, whom no permission stops.
template <class Call>
std::string as_plain_user(Call call) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const ::pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        std::string text;
        if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) text = "cannot become nobody";
        try {
            if (text.empty()) call();
        } catch (const std::exception& failure) {
            text = failure.what();
        }
        const auto written = ::write(ends[1], text.data(), text.size());
        ::_exit(written == static_cast<::ssize_t>(text.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    std::string text;
    char buffer[4096];
    for (::ssize_t n = ::read(ends[0], buffer, sizeof buffer); n > 0; n = ::read(ends[0], buffer, sizeof buffer))
        text.append(buffer, static_cast<std::size_t>(n));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
    return text;
}

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string make(const fs::path& file, std::string_view sql = "CREATE TABLE t (a); INSERT INTO t VALUES (1)") {
    connection db = connection::open_file(file.string(), {.mode = open_mode::create});
    db.execute(sql);
    return file.string();
}

} // namespace

TEST_CASE("a missing file is an error that names it, and nothing is created") {
    temp_dir directory;
    const fs::path file = directory / "missing.db";
    for (const open_mode mode : {open_mode::read_only, open_mode::read_write}) {
        const auto failure = caught([&] { connection::open_file(file.string(), {.mode = mode}); });
        CHECK(failure.code() == "S205");
        CHECK(failure.says("the database file does not exist"));
        CHECK(failure.info.database == file.string());
        CHECK(fs::is_empty(directory.path()));
    }
    const auto failure = caught([&] { connection::open_file((directory / "no/such/x.db").string()); });
    CHECK(failure.code() == "S205");
    CHECK(failure.says("the folder of the database file does not exist"));
    for (const char* mode : {"ro", "rw"}) {
        const url where = url::parse("sqlite:///" + file.string() + "?mode=" + mode);
        CHECK(caught([&] { connection::open(where, {.mode = open_mode::create}); }).code() == "S205");
    }
    CHECK(fs::is_empty(directory.path()));
    connection::open(url::parse("sqlite:///" + file.string() + "?mode=rwc"), {.mode = open_mode::create});
    CHECK(fs::exists(file));
}

TEST_CASE("the URL can narrow the mode and not widen it") {
    temp_dir directory;
    const std::string path = make(directory / "x.db");
    const auto mode_of = [&](const char* option, open_mode asked) {
        return connection::open(url::parse("sqlite:///" + path + "?mode=" + option), {.mode = asked}).is_read_only();
    };
    CHECK(mode_of("rwc", open_mode::read_only));
    CHECK(mode_of("rw", open_mode::read_only));
    CHECK(mode_of("ro", open_mode::read_write));
    CHECK(mode_of("ro", open_mode::create));
    CHECK_FALSE(mode_of("rw", open_mode::create));
    const std::string missing = (directory / "missing.db").string();
    CHECK(caught([&] {
              connection::open(url::parse("sqlite:///" + missing + "?mode=rwc"), {.mode = open_mode::read_write});
          }).code() == "S205");
}

TEST_CASE("creating where no folder is") {
    temp_dir directory;
    const auto failure =
        caught([&] { connection::open_file((directory / "no/x.db").string(), {.mode = open_mode::create}); });
    CHECK(failure.code() == "S206");
    CHECK(failure.info.native_name == "SQLITE_CANTOPEN");
    CHECK(failure.says("No such file or directory"));
    CHECK(failure.says("check that the folder " + (directory / "no").string() + " exists"));
}

TEST_CASE("a folder is not a database") {
    temp_dir directory;
    for (const open_mode mode : {open_mode::read_only, open_mode::read_write, open_mode::create}) {
        const auto failure = caught([&] { connection::open_file(directory.path().string(), {.mode = mode}); });
        CHECK(failure.code() == "S206");
        CHECK(failure.says("the path is a folder, not a file; name the database file in it"));
    }
}

TEST_CASE("files that are no database say what they seem to be") {
    temp_dir directory;
    const auto refused = [&](std::string_view content) {
        const fs::path file = write_file(directory / "x.db", content);
        const auto failure = caught([&] { connection::open_file(file.string(), {.mode = open_mode::create}); });
        CHECK(failure.code() == "S207");
        CHECK(failure.info.native_name == "SQLITE_NOTADB");
        CHECK(failure.says("the file is not a SQLite database; it is "));
        CHECK(failure.info.database == file.string());
        CHECK(read_file(file) == content);
        return failure.text;
    };
    const std::string text = refused("CREATE TABLE secret (password);\n" + std::string(2000, 'x'));
    CHECK(says(text, "it is text;"));
    CHECK_FALSE(says(text, "secret")); // a wrong path may be a file of secrets
    CHECK(says(refused("short"), "it is text;"));
    CHECK(says(refused("PK\x03\x04" + std::string(2000, '\x01')), "a zip archive"));
    CHECK(says(refused("\x1f\x8b\x08" + std::string(2000, '\x01')), "a gzip archive"));
    std::string random(4096, '\0');
    for (std::size_t i = 0; i < random.size(); ++i) random[i] = static_cast<char>(i * 7919 % 251);
    CHECK(says(refused(random), "perhaps an encrypted database"));
    CHECK(says(refused("SQLite format 3" + std::string(4096, '\x05')), "header is damaged"));
    CHECK(says(refused("** This file contains an SQLite 2.1 database **" + std::string(1000, ' ')),
               "a SQLite 2 database"));
}

TEST_CASE("an empty file is an empty database, in every mode") {
    temp_dir directory;
    const fs::path file = write_file(directory / "empty.db", "");
    for (const open_mode mode : {open_mode::read_only, open_mode::read_write, open_mode::create}) {
        connection db = connection::open_file(file.string(), {.mode = mode});
        CHECK(db.query_int("SELECT count(*) FROM sqlite_schema") == 0);
    }
    CHECK(fs::file_size(file) == 0);
}

TEST_CASE("damage is told as damage") {
    temp_dir directory;
    const std::string path =
        make(directory / "x.db", "CREATE TABLE t (a); CREATE INDEX i ON t (a);"
                                 "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                                 "INSERT INTO t SELECT hex(randomblob(40)) FROM n");
    std::string bytes = read_file(path);
    REQUIRE(bytes.size() > 12 * 4096);
    for (std::size_t i = 4096 * 4; i < 4096 * 9; ++i) bytes[i] = static_cast<char>(0xa5);
    write_file(path, bytes);
    connection db = connection::open_file(path, {.mode = open_mode::read_only});
    const auto failure = caught([&] { db.query_int("SELECT sum(length(a)) FROM t NOT INDEXED"); });
    CHECK(failure.code() == "S208");
    CHECK(failure.says("restore a backup"));
    CHECK(failure.info.native_name.starts_with("SQLITE_CORRUPT"));
    CHECK_FALSE(aps::sqlite::check_integrity(db).is_sound());

    connection broken = connection::open_file(make(directory / "y.db"));
    broken.enable(aps::sqlite::setting::writable_schema, true);
    broken.execute("UPDATE sqlite_schema SET sql = 'CREATE TABLE t (' WHERE name = 't'");
    connection again = connection::open_file((directory / "y.db").string());
    const auto schema = caught([&] { again.query_int("SELECT count(*) FROM sqlite_schema"); });
    CHECK(schema.code() == "S208");
    CHECK(schema.says("malformed database schema (t)"));
}

TEST_CASE("read-only changes not a byte and makes no file, whatever is tried") {
    temp_dir directory;
    const std::string path = make(directory / "x.db");
    const auto before = content_of(directory.path());
    {
        connection db = connection::open_file(path, {.mode = open_mode::read_only});
        CHECK(db.is_read_only());
        CHECK(db.query_int("SELECT count(*) FROM t") == 1);
        CHECK(db.query_int("PRAGMA query_only") == 1);
        for (const char* sql : {"INSERT INTO t VALUES (2)", "CREATE TABLE u (a)", "DROP TABLE t",
                                "PRAGMA user_version = 5", "VACUUM", "CREATE TEMP TABLE x (a)"}) {
            INFO(sql);
            const auto failure = caught([&] { db.execute(sql); });
            CHECK(failure.code() == "S210");
            CHECK(failure.info.native_name == "SQLITE_READONLY");
            CHECK(failure.says("opened read-only"));
        }
        db.execute("PRAGMA query_only = OFF"); // the file itself is still read-only
        CHECK(caught([&] { db.execute("INSERT INTO t VALUES (2)"); }).code() == "S210");
    }
    CHECK(content_of(directory.path()) == before);
}

TEST_CASE("reading a WAL database leaves the folder as it was") {
    temp_dir directory;
    const std::string path =
        make(directory / "wal.db", "PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    const auto before = content_of(directory.path());
    REQUIRE(before.size() == 1);
    {
        connection db = connection::open_file(path, {.mode = open_mode::read_only});
        CHECK(db.query_int("SELECT count(*) FROM t") == 1);
    }
    CHECK(content_of(directory.path()) == before);
}

TEST_CASE("reading beside a writer sees what it committed and disturbs nothing") {
    temp_dir directory;
    const std::string path = (directory / "wal.db").string();
    connection writer = connection::open_file(path, {.mode = open_mode::create});
    writer.execute("PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    const auto before = content_of(directory.path());
    REQUIRE(before.contains("wal.db-wal"));
    {
        connection db = connection::open_file(path, {.mode = open_mode::read_only});
        CHECK(db.query_int("SELECT count(*) FROM t") == 1);
        writer.execute("INSERT INTO t VALUES (2)");
        CHECK(db.query_int("SELECT count(*) FROM t") == 2);
    }
    CHECK(read_file(path) == before.at("wal.db"));
    CHECK(fs::exists(path + "-wal"));
    writer.execute("INSERT INTO t VALUES (3)");
    CHECK(writer.query_int("SELECT count(*) FROM t") == 3);
}

TEST_CASE("opening does not take away the locks of another connection of this process") {
    temp_dir directory;
    const std::string path = write_file(directory / "x.db", "").string();
    connection writer = connection::open_file(path);
    writer.execute("CREATE TABLE t (a); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)");
    { connection reader = connection::open_file(path, {.mode = open_mode::read_only}); }
    (void)caught([&] { aps::sqlite::backup_to_file(writer, path); });
    // Another process must still find it locked: POSIX locks are per process, so a child asks.
    const std::string text = as_plain_user([] {});
    CHECK(text.empty());
    const ::pid_t child = ::fork();
    if (child == 0) {
        sqlite3* other = nullptr;
        int result = sqlite3_open_v2(path.c_str(), &other, SQLITE_OPEN_READWRITE, nullptr);
        if (result == SQLITE_OK) result = sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
        ::_exit(result & 0xff);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WEXITSTATUS(status) == SQLITE_BUSY);
}

TEST_CASE("write-protected files: read-only works, writing says why not") {
    temp_dir directory;
    const std::string path = make(directory / "x.db");
    fs::permissions(directory.path(), fs::perms(0555));
    fs::permissions(path, fs::perms(0444));
    CHECK(as_plain_user([&] {
              connection db = connection::open_file(path, {.mode = open_mode::read_only});
              if (db.query_int("SELECT count(*) FROM t") != 1) throw std::logic_error("rows");
          }).empty());
    const std::string text = as_plain_user([&] { connection::open_file(path); });
    CHECK(says(text, "[S210] the file is write-protected for this user"));
    CHECK(says(text, path));
    fs::permissions(path, fs::perms(0666));
    const std::string folder = as_plain_user([&] { connection::open_file(path).execute("INSERT INTO t VALUES (2)"); });
    CHECK((says(folder, "[S210]") || says(folder, "[S206]")));
    CHECK(says(folder, "folder"));
    fs::permissions(path, fs::perms(0000));
    const std::string unreadable = as_plain_user([&] { connection::open_file(path, {.mode = open_mode::read_only}); });
    CHECK(says(unreadable, "[S206]"));
    CHECK(says(unreadable, "Permission denied"));
    fs::permissions(directory.path(), fs::perms(0755));
}

TEST_CASE("a WAL database in a read-only folder says what to do, and never reads past its log") {
    temp_dir directory;
    const std::string path =
        make(directory / "wal.db", "PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    fs::permissions(directory.path(), fs::perms(0555));
    const std::string text = as_plain_user(
        [&] { connection::open_file(path, {.mode = open_mode::read_only}).query_int("SELECT count(*) FROM t"); });
    INFO(text);
    CHECK(says(text,
               "[S210] the database is in WAL mode, and its -wal and -shm files can be neither made nor opened here"));
    CHECK(says(text, "give this user write permission on the folder " + directory.path().string()));
    CHECK(says(text, "?mode=ro&immutable=1"));
    CHECK(as_plain_user([&] {
              connection db = connection::open(url::parse("sqlite:///" + path + "?mode=ro&immutable=1"));
              if (db.query_int("SELECT count(*) FROM t") != 1) throw std::logic_error("rows");
          }).empty());
    fs::permissions(directory.path(), fs::perms(0755));
    write_file(path + "-wal", "something that was not brought into the database yet");
    const auto failure = caught([&] { connection::open(url::parse("sqlite:///" + path + "?mode=ro&immutable=1")); });
    CHECK(failure.code() == "S210");
    CHECK(failure.says("-wal"));
    CHECK(caught([&] { connection::open(url::parse("sqlite:///" + path + "?immutable=1")); }).code() == "S203");
}

TEST_CASE("a file that must be rolled back first says so to a reader") {
    temp_dir directory;
    const std::string path =
        make(directory / "x.db", "CREATE TABLE t (a); WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                 "WHERE i < 500) INSERT INTO t SELECT randomblob(200) FROM n");
    const ::pid_t child = ::fork();
    if (child == 0) { // dies in the middle of a transaction that has already written to the file
        sqlite3* db = nullptr;
        sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr);
        sqlite3_exec(db, "PRAGMA cache_size=1; BEGIN; UPDATE t SET a = randomblob(300)", nullptr, nullptr, nullptr);
        ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
    REQUIRE(fs::exists(path + "-journal"));
    const auto before = content_of(directory.path());
    const auto failure = caught([&] { connection::open_file(path, {.mode = open_mode::read_only}); });
    CHECK(failure.code() == "S210");
    CHECK(failure.info.native_name == "SQLITE_READONLY_ROLLBACK");
    CHECK(failure.says("open the database once for writing"));
    CHECK(content_of(directory.path()) == before);
    CHECK(caught([&] { connection::open(url::parse("sqlite:///" + path + "?mode=ro&immutable=1")); }).says("-journal"));
    connection::open_file(path);
    CHECK(connection::open_file(path, {.mode = open_mode::read_only})
              .query_int("SELECT count(*) FROM t WHERE length(a) = 200") == 500);
}

TEST_CASE("a locked database says who to stop, after the time-out that was asked for") {
    temp_dir directory;
    const std::string path = make(directory / "x.db");
    connection holder = connection::open_file(path);
    holder.execute("BEGIN EXCLUSIVE");
    const auto started = std::chrono::steady_clock::now();
    const auto failure = caught([&] { connection::open(url::parse("sqlite:///" + path + "?timeout=0.2")); });
    const auto waited = std::chrono::steady_clock::now() - started;
    CHECK(waited >= std::chrono::milliseconds(150));
    CHECK(waited < std::chrono::milliseconds(3000));
    CHECK(failure.code() == "S209");
    CHECK(failure.info.native_name == "SQLITE_BUSY");
    CHECK(failure.says("database is locked: stop the API server, executors and viewers, or raise the busy time-out"));
    CHECK(failure.info.database == path);
}

TEST_CASE("options of the URL: time-outs and names") {
    connection plain = connection::memory();
    CHECK(plain.busy_timeout_ms() == 5000);
    CHECK(plain.query_int("PRAGMA busy_timeout") == 5000);
    const auto timeout = [](const char* text) {
        return connection::open(url::parse(text)).query_int("PRAGMA busy_timeout");
    };
    CHECK(timeout("sqlite://?timeout=30") == 30000);
    CHECK(timeout("sqlite://?timeout=0.25") == 250);
    CHECK(timeout("sqlite://?busy_timeout=70") == 70);
    CHECK(timeout("sqlite://?timeout=0") == 0);
    plain.set_busy_timeout(12);
    CHECK(plain.query_int("PRAGMA busy_timeout") == 12);
    CHECK(plain.busy_timeout_ms() == 12);
    const auto vfs = caught([] { connection::open(url::parse("sqlite:///x.db?vfs=nothing")); });
    CHECK(vfs.code() == "S215");
    CHECK(vfs.says("no VFS of the name \"nothing\" is registered"));
    const auto scheme = caught([] { connection::open(url::parse("postgresql://u:hunter2@h/d")); });
    CHECK(scheme.code() == "S204");
    CHECK(scheme.info.database == "postgresql://u:***@h/d");
    CHECK_FALSE(scheme.says("hunter2"));
}

TEST_CASE("relative paths begin at the current directory, and messages show the absolute path") {
    temp_dir directory;
    const fs::path old = fs::current_path();
    fs::current_path(directory.path());
    {
        connection db = connection::open(url::parse("sqlite:///sub.db"), {.mode = open_mode::create});
        CHECK(db.name() == (directory / "sub.db").string());
        const auto failure = caught([&] { db.execute("SELECT * FROM nothing"); });
        CHECK(failure.says("database: " + (directory / "sub.db").string()));
        CHECK(caught([] { connection::open(url::parse("sqlite:///other.db")); }).info.database ==
              (directory / "other.db").string());
    }
    fs::current_path(old);
}

TEST_CASE("every character of a path stands for itself") {
    temp_dir directory;
    for (const std::string name :
         {"a b.db", "a?mode=ro.db", "100%.db", "a#b.db", "caf\u00e9.db", "file:x.db", "a\"'b.db", "x\ny.db"}) {
        const std::string path = (directory / name).string();
        make(path);
        CHECK(fs::exists(path));
        connection db =
            connection::open(url::parse("sqlite:///" + aps::db::detail::percent_encode(path, "/") + "?mode=ro"));
        CHECK(db.name() == path);
        connection fixed = connection::open(
            url::parse("sqlite:///" + aps::db::detail::percent_encode(path, "/") + "?mode=ro&immutable=1"));
        CHECK(fixed.query_int("SELECT count(*) FROM t") == 1);
    }
}

TEST_CASE("memory databases: read-only ones can be opened, writers need no file") {
    connection db = connection::open(url::parse("sqlite://"));
    db.execute("CREATE TABLE t (a)");
    CHECK(db.name() == ":memory:");
    CHECK_FALSE(fs::exists(":memory:"));
}

TEST_CASE("the runbooks' databases are opened, checked and left as they are") {
    APS_NEEDS_SHARED();
    int opened = 0;
    for (const auto& entry : fs::directory_iterator(*autopack_schema_test::shared_dir() / "db")) {
        if (entry.path().extension() != ".sqlite") continue;
        temp_dir directory;
        const fs::path file = autopack_schema_test::copy_shared(directory, "db/" + entry.path().filename().string());
        const auto before = content_of(directory.path());
        {
            connection db =
                connection::open(url::parse(autopack_schema_test::sqlite_url(file)), {.mode = open_mode::read_only});
            CHECK(aps::sqlite::check_integrity(db).is_sound());
            CHECK(db.query_int("SELECT count(*) FROM sqlite_schema") > 0);
        }
        CHECK(content_of(directory.path()) == before);
        ++opened;
    }
    CHECK(opened >= 9);
}
