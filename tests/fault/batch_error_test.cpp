// SPDX-License-Identifier: MIT
// Columns that are filled in batches: whatever operation on the disk fails, the rows are there, the file is sound, and the
// next run, in batches or not, ends as if nothing had happened.

#include <autopack_schema_test/fault_vfs.hpp>

#include <cstdio>
#include <string>
#include <vector>

#include "fault_cases.hpp"

namespace {

using namespace fault_test;
using autopack_schema_test::fault;
using autopack_schema_test::fault_vfs;
using autopack_schema_test::operation;
using autopack_schema_test::temp_dir;

const std::string before_text =
    "PRAGMA page_size=1024; CREATE TABLE t(id INTEGER PRIMARY KEY, v INT, s TEXT); WITH RECURSIVE n(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90) INSERT INTO t SELECT i * 2, i, 'row ' || i FROM n;";
const std::string wanted_text =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, v INT, s TEXT, twice INT); CREATE INDEX i ON t(twice);";

migrate::run_result run(const fs::path& file, std::int64_t batch_rows) {
    auto database = connection::open_file(file.string());
    migrate::run_options options;
    options.busy_timeout_ms = options.commit_timeout_ms = 50;
    options.batch_rows = batch_rows;
    options.rules.push_back({.kind = migrate::rule_kind::backfill, .table = "t", .name = "twice", .sql = "v * 2"});
    return migrate_test::migrate_to(database, wanted_text, options);
}

/// The file without what a history says of how often it was tried.
std::string content(const fs::path& file) {
    auto database = connection::open_file(file.string());
    if (migrate::sqlite::has_history(database)) database.execute("DELETE FROM autopack_schema_history");
    database = {};
    return autopack_schema_test::dump_file(file);
}

/// What was there before, wherever the migration is.
void check_rows(const fs::path& file) {
    auto database = connection::open_file(file.string());
    CHECK(database.query_text("PRAGMA integrity_check") == "ok");
    CHECK(migrate_test::lines(database, "SELECT count(*), sum(id), sum(v), count(DISTINCT s) FROM t") ==
          "90|8190|4095|90\n");
}

void test_all(bool wal) {
    const temp_dir place;
    const fs::path original = place / "original.db";
    {
        auto database = migrate_test::open_new(original);
        database.execute(before_text);
        if (wal) database.execute("PRAGMA journal_mode=WAL");
    }
    const std::string bytes = autopack_schema_test::read_file(original);
    const fs::path reference = autopack_schema_test::write_file(place / "reference.db", bytes);
    fault_vfs::instance().arm();
    REQUIRE(run(reference, 20).applied);
    fault_vfs::instance().disarm();
    const std::vector<operation> trace = fault_vfs::instance().trace();
    const std::string after = content(reference);
    std::vector<fault> faults;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const auto more = autopack_schema_test::faults_of(trace[i].kind, static_cast<std::int64_t>(i) + 1);
        faults.insert(faults.end(), more.begin(), more.end());
    }
    const sample chosen(faults.size(), 150);
    int runs = 0, resumed = 0;
    for (std::size_t i = 0; i < faults.size(); ++i) {
        if (!chosen.has(i)) continue;
        INFO("wal " << wal << ", operation " << faults[i].at << " how " << static_cast<int>(faults[i].how));
        const temp_dir folder;
        const fs::path file = autopack_schema_test::write_file(folder / "a.db", bytes);
        bool applied = false;
        fault_vfs::instance().arm(faults[i]);
        try {
            applied = run(file, 20).applied;
        } catch (const aps::error&) {
        }
        fault_vfs::instance().disarm();
        check_rows(file);
        const bool again = run(file, i % 2 == 0 ? 20 : 0).applied;
        CHECK((again || content(file) == after)); // an error may be told of a commit that was made
        resumed += again ? 1 : 0;
        if (applied) CHECK_FALSE(again);
        CHECK(content(file) == after);
        CHECK_FALSE(run(file, 0).applied);
        ++runs;
    }
    std::printf("batches, %s: %zu operations, %d runs, %d resumed\n", wal ? "WAL" : "DELETE", trace.size(), runs,
                resumed);
    CHECK(resumed > 0);
}

} // namespace

TEST_CASE("batches survive every failing operation with a rollback journal", "[fault]") { test_all(false); }
TEST_CASE("batches survive every failing operation with a write-ahead log", "[fault]") { test_all(true); }
