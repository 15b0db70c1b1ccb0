// SPDX-License-Identifier: MIT
// Every write, sync, truncation, opening, removal, lock and reading of a migration fails once, or from there on: the
// database is as before or as after, the connection is as it was, and the next run succeeds.

#include <autopack_schema_test/fault_vfs.hpp>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "fault_cases.hpp"

namespace {

using namespace fault_test;
using aps::sqlite::setting;
using autopack_schema_test::fault;
using autopack_schema_test::fault_vfs;
using autopack_schema_test::io;
using autopack_schema_test::operation;
using autopack_schema_test::temp_dir;

struct numbers {
    std::size_t operations = 0, on_backups = 0, runs = 0, failed = 0, before = 0, after = 0, backups = 0;
    std::map<std::string, int> codes{};
};

/// The operations of a run that succeeds, from opening to closing.
std::vector<operation> trace_of(const prepared_case& c) {
    const temp_dir folder;
    const fs::path file = c.place(folder);
    fault_vfs::instance().arm();
    {
        connection database;
        open_and_migrate(database, c.what, c.mode, file);
    }
    fault_vfs::instance().disarm();
    CHECK(autopack_schema_test::dump_file(file) == c.after);
    return fault_vfs::instance().trace();
}

/// The connection after an error: nothing open, all settings as they were.
void check_connection(connection& database, const prepared_case& c) {
    if (!database.is_open()) return;
    CHECK_FALSE(database.in_transaction());
    CHECK(database.is_enabled(setting::foreign_keys));
    CHECK(database.is_enabled(setting::triggers));
    CHECK_FALSE(database.is_enabled(setting::legacy_alter_table));
    CHECK_FALSE(database.is_enabled(setting::writable_schema));
    const std::string seen = autopack_schema_test::dump(database.handle());
    CHECK((seen == c.before || seen == c.after));
}

void run_with(const prepared_case& c, const fault& f, numbers& count) {
    const temp_dir folder;
    const fs::path file = c.place(folder);
    std::string code = "none";
    bool applied = false;
    {
        connection database;
        fault_vfs::instance().arm(f);
        try {
            applied = open_and_migrate(database, c.what, c.mode, file).applied;
        } catch (const aps::error& e) {
            code = e.code();
        }
        fault_vfs::instance().disarm();
        if (f.at % 2 == 0) check_connection(database, c); // else it closes with what the error left
        fault_vfs::instance().resume();
    }
    fault_vfs::instance().disarm();
    count.failed += static_cast<std::size_t>(fault_vfs::instance().failed());
    ++count.codes[code];
    ++count.runs;
    count.backups += static_cast<std::size_t>(check_other_files(c, folder.path(), false));
    const bool after = check_left_behind(c, file);
    ++(after ? count.after : count.before);
    if (applied) CHECK(after);
}

void test_all(journal mode) {
    numbers count;
    for (const migration_case& what : all_cases()) {
        const prepared_case c = prepare(what, mode);
        const std::vector<operation> trace = trace_of(c);
        count.operations += trace.size();
        for (const operation& o : trace) count.on_backups += o.on_backup ? 1U : 0U;
        std::vector<fault> faults;
        for (std::size_t i = 0; i < trace.size(); ++i) {
            const auto more = autopack_schema_test::faults_of(trace[i].kind, static_cast<std::int64_t>(i) + 1);
            faults.insert(faults.end(), more.begin(), more.end());
        }
        faults.push_back({static_cast<std::int64_t>(trace.size()) + 100, autopack_schema_test::failure::error, false});
        const sample chosen(faults.size(), 40);
        const numbers already = count;
        for (std::size_t i = 0; i < faults.size(); ++i) {
            if (!chosen.has(i) && i + 1 != faults.size()) continue;
            const fault& f = faults[i];
            const std::size_t kind =
                i + 1 == faults.size() ? 0 : static_cast<std::size_t>(trace[static_cast<std::size_t>(f.at) - 1].kind);
            INFO(what.name << ", journal " << journal_names[static_cast<int>(mode)] << ", operation " << f.at << " ("
                           << autopack_schema_test::io_names[kind] << ") how " << static_cast<int>(f.how) << " lasting "
                           << f.lasting);
            run_with(c, f, count);
        }
        std::printf("%-8s %-24s %4zu operations, %5zu runs, %4zu before, %4zu after\n",
                    std::string(journal_names[static_cast<int>(mode)]).c_str(), what.name.c_str(), trace.size(),
                    count.runs - already.runs, count.before - already.before, count.after - already.after);
        std::fflush(stdout);
    }
    std::printf("%s: %zu operations (%zu on backups), %zu runs, %zu operations failed, %zu states checked (%zu before, "
                "%zu after), "
                "%zu complete backups; ended with",
                std::string(journal_names[static_cast<int>(mode)]).c_str(), count.operations, count.on_backups,
                count.runs, count.failed, count.before + count.after, count.before, count.after, count.backups);
    for (const auto& [code, times] : count.codes) std::printf(" %s %d", code.c_str(), times);
    std::printf("\n");
    std::fflush(stdout);
    CHECK(count.before > 0);
    CHECK(count.after > 0);
}

} // namespace

TEST_CASE("every operation fails with a rollback journal that is deleted", "[fault]") { test_all(journal::remove); }
TEST_CASE("every operation fails with a rollback journal that is truncated", "[fault]") { test_all(journal::truncate); }
TEST_CASE("every operation fails with a write-ahead log", "[fault]") { test_all(journal::wal); }
