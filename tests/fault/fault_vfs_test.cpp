// SPDX-License-Identifier: MIT
// The tools of the fault tests find what they are made for: states between before and after, where somebody is careless.

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/dump.hpp>
#include <autopack_schema_test/fault_vfs.hpp>
#include <autopack_schema_test/temp.hpp>

#include <sqlite3.h>

#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace autopack_schema_test;

const std::string before_text =
    "PRAGMA page_size=1024; CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT); WITH RECURSIVE n(i) AS (SELECT 1 "
    "UNION ALL SELECT i + 1 FROM n WHERE i < 200) INSERT INTO t SELECT i, 'row ' || i FROM n;";
const std::string rebuild_text =
    "CREATE TABLE new_t(id INTEGER PRIMARY KEY, v TEXT NOT NULL); INSERT INTO new_t SELECT * FROM t;"
    "DROP TABLE t; ALTER TABLE new_t RENAME TO t;";

/// Runs a script without a thought of errors.
int run(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* database = nullptr;
    int result = sqlite3_open(file.c_str(), &database);
    if (result == SQLITE_OK) result = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
    sqlite3_close(database);
    return result;
}

struct states {
    std::string before, after;
    std::size_t operations = 0;
};

/// The two states between which a script leads, and how many operations it takes.
states states_of(const std::string& sql) {
    const temp_dir folder;
    states s;
    REQUIRE(run(folder / "a.db", before_text) == SQLITE_OK);
    s.before = dump_file(folder / "a.db");
    fault_vfs::instance().arm();
    REQUIRE(run(folder / "a.db", sql) == SQLITE_OK);
    fault_vfs::instance().disarm();
    s.operations = fault_vfs::instance().trace().size();
    s.after = dump_file(folder / "a.db");
    return s;
}

/// How many of the operations of a script, failing, leave something that is neither before nor after.
int between_after_errors(const std::string& sql, failure how, bool lasting) {
    const states s = states_of(sql);
    int between = 0;
    for (std::size_t at = 1; at <= s.operations; ++at) {
        const temp_dir folder;
        run(folder / "a.db", before_text);
        fault_vfs::instance().arm({static_cast<std::int64_t>(at), how, lasting});
        run(folder / "a.db", sql);
        fault_vfs::instance().disarm();
        CHECK(fault_vfs::instance().failed() > 0);
        const std::string left = dump_file(folder / "a.db");
        between += left != s.before && left != s.after ? 1 : 0;
    }
    return between;
}

/// How many of the images after a loss of power are neither before nor after, nor perhaps readable.
int between_after_power_loss(const std::string& sql) {
    const states s = states_of(sql);
    const temp_dir folder;
    run(folder / "a.db", before_text);
    disk_log log(folder.path());
    std::mt19937 coin(1);
    std::vector<disk_image> images;
    log.before_operation = [&](std::int64_t) {
        for (const survivors which : {survivors::none, survivors::names, survivors::some, survivors::some})
            images.push_back(log.after_power_loss(which, coin));
    };
    fault_vfs::instance().log_to(&log);
    fault_vfs::instance().arm();
    run(folder / "a.db", sql);
    fault_vfs::instance().disarm();
    fault_vfs::instance().log_to(nullptr);
    int between = 0;
    for (const disk_image& image : images) {
        const temp_dir place;
        write_image(place.path(), image);
        const std::string left = dump_file(place / "a.db");
        between += left != s.before && left != s.after ? 1 : 0;
    }
    return between;
}

} // namespace

TEST_CASE("a rebuild without a transaction is caught between before and after", "[fault]") {
    CHECK(between_after_errors(rebuild_text, failure::error, false) > 0);
    CHECK(between_after_errors(rebuild_text, failure::full, true) > 0);
    CHECK(between_after_errors("BEGIN IMMEDIATE;" + rebuild_text + "COMMIT", failure::error, false) == 0);
    CHECK(between_after_errors("BEGIN IMMEDIATE;" + rebuild_text + "COMMIT", failure::torn, false) == 0);
}

TEST_CASE("a transaction that does not wait for the disk is caught when the power goes", "[fault]") {
    CHECK(between_after_power_loss("PRAGMA synchronous=OFF; BEGIN IMMEDIATE;" + rebuild_text + "COMMIT") > 0);
    CHECK(between_after_power_loss("PRAGMA journal_mode=MEMORY; BEGIN IMMEDIATE;" + rebuild_text + "COMMIT") > 0);
    CHECK(between_after_power_loss("PRAGMA synchronous=FULL; BEGIN IMMEDIATE;" + rebuild_text + "COMMIT") == 0);
    CHECK(between_after_power_loss("PRAGMA journal_mode=WAL; BEGIN IMMEDIATE;" + rebuild_text + "COMMIT") == 0);
}
