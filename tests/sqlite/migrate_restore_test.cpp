// SPDX-License-Identifier: MIT
// Backups and their way back.

#include <filesystem>
#include <iterator>
#include <string>

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;
using autopack_schema_test::read_file;
using autopack_schema_test::temp_dir;
namespace fs = std::filesystem;

void make(const fs::path& file, std::string_view sql, bool wal = false) {
    auto database = open_new(file);
    if (wal) database.execute("PRAGMA journal_mode=WAL");
    database.execute(sql);
}

std::string content(const fs::path& file) {
    auto database = connection::open_file(file.string());
    return everything_in(database);
}

} // namespace

TEST_CASE("a backup brings a migrated database back, and what it replaces is kept", "[migrate]") {
    for (const bool wal : {false, true}) {
        INFO("wal " << wal);
        const temp_dir directory;
        const fs::path file = directory / "a.db";
        make(file, "CREATE TABLE t(a TEXT); INSERT INTO t VALUES ('old');", wal);
        const std::string before = content(file);
        std::string backup;
        {
            auto database = connection::open_file(file.string());
            backup = migrate_to(database, "CREATE TABLE t(a TEXT NOT NULL)").backup;
            database.execute("INSERT INTO t VALUES ('new')");
        }
        const std::string after = content(file);
        auto reader =
            connection::open_file(file.string(), {.mode = aps::sqlite::open_mode::read_only}); // has it open meanwhile
        CHECK(reader.query_int("SELECT count(*) FROM t") == 2);
        const auto done = migrate::sqlite::restore(backup, file.string());
        CHECK(done.restored.rows >= 1);
        CHECK(content(file) == before);
        CHECK(reader.query_int("SELECT count(*) FROM t") == 1); // and sees the restored one
        CHECK(content(done.replaced) == after);
        CHECK(content(backup) == before);
    }
}

TEST_CASE("a restore makes a file that is not there", "[migrate]") {
    const temp_dir directory;
    make(directory / "backup.db", "CREATE TABLE t(a); INSERT INTO t VALUES (1);");
    const auto done = migrate::sqlite::restore((directory / "backup.db").string(), (directory / "new.db").string());
    CHECK(done.replaced.empty());
    CHECK(content(directory / "new.db") == content(directory / "backup.db"));
}

TEST_CASE("a damaged database is moved aside with its journals", "[migrate]") {
    const temp_dir directory;
    make(directory / "backup.db", "CREATE TABLE t(a); INSERT INTO t VALUES (1);");
    const fs::path file = directory / "a.db";
    autopack_schema_test::write_file(file, "this is no database" + std::string(20000, '!'));
    autopack_schema_test::write_file(file.string() + "-wal", "left");
    const auto done = migrate::sqlite::restore((directory / "backup.db").string(), file.string());
    CHECK(content(file) == content(directory / "backup.db"));
    CHECK(read_file(done.replaced).starts_with("this is no database"));
    CHECK(read_file(done.replaced + "-wal") == "left");
}

TEST_CASE("a bad backup costs the database nothing", "[migrate]") {
    const temp_dir directory;
    const fs::path file = directory / "a.db";
    make(file, "CREATE TABLE t(a); INSERT INTO t VALUES (1);");
    const std::string bytes = read_file(file);
    autopack_schema_test::write_file(directory / "bad.db", "nonsense nonsense nonsense");
    CHECK_THROWS_AS(migrate::sqlite::restore((directory / "bad.db").string(), file.string()), aps::error);
    CHECK_THROWS_AS(migrate::sqlite::restore((directory / "none.db").string(), file.string()), aps::error);
    CHECK(read_file(file) == bytes);
    CHECK(std::distance(fs::directory_iterator(directory.path()), fs::directory_iterator()) == 2);
}

TEST_CASE("a backup by hand is named with its time and checked", "[migrate]") {
    const temp_dir directory;
    make(directory / "a.db", "CREATE TABLE t(a); INSERT INTO t VALUES (1);");
    auto database = connection::open_file((directory / "a.db").string());
    int reports = 0;
    const auto report = migrate::sqlite::backup(database, {}, [&](const migrate::progress&) { ++reports; });
    CHECK(report.path.starts_with((directory / "a.db").string() + ".backup-"));
    CHECK(report.rows == 1);
    CHECK(reports > 0);
    CHECK(migrate::sqlite::backup(database).path != report.path);
    CHECK(migrate::sqlite::backup(database, (directory / "named.db").string()).path ==
          (directory / "named.db").string());
    CHECK_THROWS_AS(migrate::sqlite::backup(database, (directory / "named.db").string()), aps::error);
}
