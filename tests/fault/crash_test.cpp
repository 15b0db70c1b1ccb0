// SPDX-License-Identifier: MIT
// The process ends before, or in the middle of, every operation on the disk; or the power goes then. After recovery by
// SQLite the database is as before or as after, and the next run succeeds.

#include <autopack_schema_test/fault_vfs.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <random>
#include <utility>
#include <vector>

#include "fault_cases.hpp"

namespace {

using namespace fault_test;
using autopack_schema_test::disk_image;
using autopack_schema_test::disk_log;
using autopack_schema_test::failure;
using autopack_schema_test::fault;
using autopack_schema_test::fault_vfs;
using autopack_schema_test::io;
using autopack_schema_test::operation;
using autopack_schema_test::survivors;
using autopack_schema_test::temp_dir;

struct numbers {
    std::size_t operations = 0, states = 0, before = 0, after = 0, backups = 0, partial = 0;

    void add(bool is_after) {
        ++states;
        ++(is_after ? after : before);
    }
};

/// Migrates from opening to closing.
void migrate_file(const prepared_case& c, const fs::path& file) {
    connection database;
    open_and_migrate(database, c.what, c.mode, file);
}

std::vector<operation> trace_of(const prepared_case& c) {
    const temp_dir folder;
    const fs::path file = c.place(folder);
    fault_vfs::instance().arm();
    migrate_file(c, file);
    fault_vfs::instance().disarm();
    return fault_vfs::instance().trace();
}

/// A process of its own migrates and ends itself at an operation, as by SIGKILL: nothing is tidied up, and what was
/// written stays in the system's cache.
void kill_at(const prepared_case& c, const fault& f, numbers& count) {
    const temp_dir folder;
    const fs::path file = c.place(folder);
    const pid_t child = fork();
    if (child == 0) {
        try {
            fault_vfs::instance().arm(f);
            migrate_file(c, file);
        } catch (...) {
            ::_exit(3);
        }
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == autopack_schema_test::killed);
    for (const auto& e : fs::directory_iterator(folder.path()))
        count.partial += e.path().filename().string().find(".partial-") != std::string::npos ? 1U : 0U;
    count.backups += static_cast<std::size_t>(check_other_files(c, folder.path(), true));
    count.add(check_left_behind(c, file));
}

void kill_everywhere(const prepared_case& c, const std::vector<operation>& trace, numbers& count) {
    std::vector<fault> faults;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const auto at = static_cast<std::int64_t>(i) + 1;
        faults.push_back({at, failure::kill, false});
        if (trace[i].kind == io::write) faults.push_back({at, failure::kill_torn, false});
    }
    const sample chosen(faults.size(), 20);
    for (std::size_t i = 0; i < faults.size(); ++i) {
        if (!chosen.has(i) && i + 3 < faults.size()) continue;
        INFO(c.what.name << ", journal " << journal_names[static_cast<int>(c.mode)] << ", killed at operation "
                         << faults[i].at);
        kill_at(c, faults[i], count);
    }
}

/// What the disk would hold, for chosen operations, if the power had gone just before them.
std::vector<std::pair<std::int64_t, disk_image>> images_of(const prepared_case& c, std::size_t operations) {
    const temp_dir folder;
    const fs::path file = c.place(folder);
    disk_log log(folder.path());
    std::mt19937 coin(20251230);
    std::vector<std::pair<std::int64_t, disk_image>> images;
    const sample chosen(operations, 8);
    log.before_operation = [&](std::int64_t at) {
        if (!chosen.has(static_cast<std::size_t>(at)) && at + 3 < static_cast<std::int64_t>(operations)) return;
        for (const survivors which : {survivors::none, survivors::names, survivors::some, survivors::some})
            images.emplace_back(at, log.after_power_loss(which, coin));
    };
    fault_vfs::instance().log_to(&log);
    fault_vfs::instance().arm();
    migrate_file(c, file);
    fault_vfs::instance().disarm();
    log.before_operation(static_cast<std::int64_t>(operations) + 1); // when all is done
    fault_vfs::instance().log_to(nullptr);
    return images;
}

void lose_power_everywhere(const prepared_case& c, const std::vector<operation>& trace, numbers& count) {
    int number = 0;
    for (const auto& [at, image] : images_of(c, trace.size())) {
        INFO(c.what.name << ", journal " << journal_names[static_cast<int>(c.mode)] << ", power lost at operation "
                         << at << " of " << trace.size() << ", image " << number++ % 4);
        const temp_dir folder;
        autopack_schema_test::write_image(folder.path(), image);
        count.backups += static_cast<std::size_t>(check_other_files(c, folder.path(), true));
        count.add(check_left_behind(c, folder / "a.db"));
    }
}

template <class Test>
void test_all(const char* what, Test&& test) {
    for (const journal mode : {journal::remove, journal::truncate, journal::wal}) {
        numbers count;
        for (const migration_case& one : all_cases()) {
            const prepared_case c = prepare(one, mode);
            const std::vector<operation> trace = trace_of(c);
            count.operations += trace.size();
            test(c, trace, count);
        }
        std::printf("%s, %s: %zu operations, %zu states checked (%zu before, %zu after), %zu complete backups, %zu "
                    "unfinished files\n",
                    what, std::string(journal_names[static_cast<int>(mode)]).c_str(), count.operations, count.states,
                    count.before, count.after, count.backups, count.partial);
        std::fflush(stdout);
        CHECK(count.before > 0);
        CHECK((count.after > 0 ||
               mode != journal::wal)); // with a rollback journal hardly an operation follows the commit
    }
}

} // namespace

TEST_CASE("the process ends at every operation", "[fault]") { test_all("killed", kill_everywhere); }
TEST_CASE("the power goes at every operation", "[fault]") { test_all("power lost", lose_power_everywhere); }
