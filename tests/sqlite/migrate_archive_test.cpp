// SPDX-License-Identifier: MIT
// The archive: what was there is put aside whole, and an empty database of the new schema is in its place.

#include <filesystem>
#include <string>

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;
using autopack_schema_test::temp_dir;
namespace fs = std::filesystem;

constexpr std::string_view new_text =
    "CREATE TABLE fresh(id INTEGER PRIMARY KEY, a TEXT NOT NULL); CREATE INDEX fresh_a ON fresh(a)";

fs::path make_file(const temp_dir& directory) {
    const fs::path file = directory / "a.db";
    auto database = open_new(file);
    database.execute(everything_schema("") + std::string(everything_views) + std::string(everything_rows) +
                     "CREATE VIRTUAL TABLE words USING fts5(body); INSERT INTO words VALUES ('kept');");
    return file;
}

std::string content(const fs::path& file) {
    auto database = connection::open_file(file.string(), {.mode = aps::sqlite::open_mode::read_only});
    return everything_in(database);
}

} // namespace

TEST_CASE("an archive holds everything, and the database is new", "[migrate]") {
    for (const bool wal : {false, true}) {
        const temp_dir directory;
        const fs::path file = make_file(directory), archive = directory / "a_archive.db";
        if (wal) connection::open_file(file.string()).execute("PRAGMA journal_mode=WAL");
        const std::string before = content(file);
        const auto wanted = aps::sql::sqlite::parse(new_text);
        const auto done = migrate::sqlite::archive(file.string(), archive.string(), wanted.view());
        CHECK(done.archive == archive.string());
        CHECK(done.rows > 10);
        CHECK(content(archive) == before);
        auto database = connection::open_file(file.string());
        CHECK(aps::diff(aps::inspect(database).view(), wanted.view(), aps::sql::sqlite::rules).empty());
        CHECK(database.query_text("PRAGMA integrity_check") == "ok");
        CHECK(migrate::sqlite::restore(archive.string(), (directory / "back.db").string()).restored.rows == done.rows);
        CHECK(content(directory / "back.db") == before);
    }
}

TEST_CASE("an archive is never overwritten, and one that a killed program made is gone on with", "[migrate]") {
    const temp_dir directory;
    const fs::path file = make_file(directory), archive = directory / "a_archive.db";
    const auto wanted = aps::sql::sqlite::parse(new_text);
    {
        auto database = connection::open_file(file.string());
        migrate::sqlite::backup(database, archive.string()); // killed behind this
    }
    connection::open_file(file.string()).execute("UPDATE users SET role = 'admin'");
    const std::string before = content(file), kept = content(archive);
    CHECK(code_of([&] { migrate::sqlite::archive(file.string(), archive.string(), wanted.view()); }) == "S408");
    CHECK(content(file) == before);
    CHECK(content(archive) == kept);
    fs::copy_file(archive, file, fs::copy_options::overwrite_existing);
    migrate::sqlite::archive(file.string(), archive.string(), wanted.view());
    CHECK(content(archive) == kept);
    CHECK(connection::open_file(file.string()).query_int("SELECT count(*) FROM fresh") == 0);
}

TEST_CASE("a database that others use is not archived", "[migrate]") {
    const temp_dir directory;
    const fs::path file = make_file(directory);
    auto other = connection::open_file(file.string());
    other.execute("BEGIN IMMEDIATE");
    const auto wanted = aps::sql::sqlite::parse(new_text);
    CHECK(code_of([&] { migrate::sqlite::archive(file.string(), (directory / "x.db").string(), wanted.view()); }) ==
          "S209");
    CHECK_FALSE(fs::exists(directory / "x.db"));
}
