// SPDX-License-Identifier: MIT
// The harness that divides a test: what a child finds wrong is told, and of what it did to the files nothing is left.

#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <autopack_schema_test/forking.hpp>
#include <autopack_schema_test/temp.hpp>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <string>

using namespace autopack_schema_test;

namespace {

/// Runs something in a child that says nothing on the terminal.
template <class Work>
child_end in_child(outcome& told, Work work) {
    told = {};
    if (!fork_quietly()) return wait_for_child();
    if (std::freopen("/dev/null", "w", stdout) == nullptr) ::_exit(4);
    work();
    end_child(told);
}

} // namespace

TEST_CASE("a child's failed assertions, its death and its silence are seen", "[fault]") {
    const shared_outcome told;
    CHECK(in_child(*told, [] { CHECK(1 + 1 == 2); }).by_itself);
    CHECK((*told).failed == 0);
    CHECK(in_child(*told, [] {
              CHECK(1 + 1 == 3);
              CHECK_FALSE(1 + 1 == 2);
          }).by_itself);
    CHECK((*told).failed == 2);
    CHECK_FALSE(in_child(*told, [] { ::_exit(3); }).by_itself);
    CHECK((*told).failed == -1);
    CHECK_FALSE(in_child(*told, [] { ::raise(SIGKILL); }).by_itself);
    CHECK((*told).failed == -1);
}

TEST_CASE("files are put back as the parent had them open", "[fault]") {
    const temp_dir folder;
    const std::string kept = (folder / "kept").string();
    const int open_file = ::open(write_file(kept, "as it was").c_str(), O_RDWR | O_CLOEXEC);
    const int nameless = ::open(write_file(folder / "gone", "temporary").c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE((open_file > 2 && nameless > 2));
    ::unlink((folder / "gone").c_str());
    folder_state files(folder.path());
    const shared_outcome told;
    for (int turn = 0; turn < 2; ++turn) {
        files.save();
        const auto end = in_child(*told, [&] {
            CHECK(::pwrite(nameless, "TEMPORARY and more", 18, 0) == 18);
            CHECK(::pwrite(open_file, "AS", 2, 0) == 2);
            if (turn == 1) ::unlink(kept.c_str());
            write_file(turn == 0 ? folder / "new" : std::filesystem::path(kept), "another");
        });
        files.restore();
        CHECK(end.by_itself);
        CHECK((*told).failed == 0);
        CHECK(read_file(kept) == "as it was");
        CHECK_FALSE(std::filesystem::exists(folder / "new"));
        char text[32] = {};
        CHECK(::pread(open_file, text, sizeof text, 0) == 9); // the same file, not one of that name
        CHECK(std::string(text) == "as it was");
        CHECK(::pread(nameless, text, sizeof text, 0) == 9);
        CHECK(std::string(text, 9) == "temporary");
    }
    CHECK(::pwrite(open_file, "IS", 2, 3) == 2);
    CHECK(read_file(kept) == "as IS was");
    ::close(open_file);
    ::close(nameless);
}

TEST_CASE("without file locks the connections of one process know of each other", "[fault]") {
    const no_file_locks unlocked;
    const temp_dir folder;
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open((folder / "a.db").c_str(), &database) == SQLITE_OK);
    REQUIRE(sqlite3_exec(database, "CREATE TABLE t(x); BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open((folder / "a.db").c_str(), &other) == SQLITE_OK);
    CHECK(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_BUSY);
    sqlite3_close(other);
    sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
    CHECK(sqlite3_exec(database, "INSERT INTO t VALUES (1)", nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}
