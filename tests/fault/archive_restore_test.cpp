// SPDX-License-Identifier: MIT
// Putting a database aside and bringing a backup back, with every operation on the disk failing, the process ended, the
// power lost: the file is the one or the other, and nothing that it replaced is lost.

#include <autopack_schema_test/fault_vfs.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "fault_cases.hpp"

namespace {

using namespace fault_test;
using autopack_schema_test::disk_image;
using autopack_schema_test::disk_log;
using autopack_schema_test::dump_file;
using autopack_schema_test::failure;
using autopack_schema_test::fault;
using autopack_schema_test::fault_vfs;
using autopack_schema_test::io;
using autopack_schema_test::operation;
using autopack_schema_test::survivors;
using autopack_schema_test::temp_dir;
using autopack_schema_test::write_image;

const std::string old_text =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
    "FROM n WHERE i < 150) INSERT INTO t SELECT i, 'old ' || i FROM n; CREATE VIEW w AS SELECT v FROM t;";
const std::string other_text =
    "CREATE TABLE u(id INTEGER PRIMARY KEY, x REAL); INSERT INTO u VALUES (1, 2.5); CREATE INDEX i ON u(x);";
const std::string new_text = "CREATE TABLE runs(id TEXT PRIMARY KEY NOT NULL)";

/// A procedure on the file a.db of a folder, and what the folder must be like afterwards.
struct procedure {
    const char* name;
    bool wal;
    bool restores;
    disk_image files{}; ///< the folder before
    std::string before{}, after{};
    std::size_t operations = 0;

    void make(const fs::path& file, const std::string& text) const {
        auto database = migrate_test::open_new(file);
        database.execute("PRAGMA page_size=1024");
        if (wal) database.execute("PRAGMA journal_mode=WAL");
        database.execute(text);
    }
    void run(const fs::path& folder) const {
        if (restores) {
            migrate::sqlite::restore((folder / "kept.db").string(), (folder / "a.db").string());
        } else {
            const auto schema = aps::sql::sqlite::parse(new_text);
            migrate::sqlite::archive((folder / "a.db").string(), (folder / "archive.db").string(), schema.view());
        }
    }

    /// Where what was replaced must be: complete, or not there at all.
    bool is_kept(const fs::path& folder) const {
        bool kept = false;
        for (const auto& e : fs::directory_iterator(folder)) {
            const std::string file = e.path().filename().string();
            const bool copy = file == "archive.db" || (file.starts_with("a.db.before-restore-") && file.ends_with("Z"));
            if (!copy) continue;
            CHECK(dump_file(e.path()) == before);
            kept = true;
        }
        return kept;
    }
    bool check(const fs::path& folder) const {
        const std::string found = dump_file(folder / "a.db");
        INFO(found.substr(0, 300));
        CHECK((found == before || found == after));
        const bool kept = is_kept(folder);
        if (found == after) CHECK(kept);
        if (restores) CHECK(dump_file(folder / "kept.db").find("2.5") != std::string::npos);
        if (found == before) {
            run(folder);
            CHECK(dump_file(folder / "a.db") == after);
            CHECK(is_kept(folder));
        }
        return found == after;
    }
};

/// Runs a procedure once from beginning to end and remembers what there was.
std::vector<operation> prepare(procedure& p) {
    const temp_dir folder;
    p.make(folder / "a.db", old_text);
    if (p.restores) p.make(folder / "kept.db", other_text);
    for (const auto& e : fs::directory_iterator(folder.path()))
        p.files[e.path().filename().string()] = autopack_schema_test::read_file(e.path());
    p.before = dump_file(folder / "a.db");
    fault_vfs::instance().arm();
    p.run(folder.path());
    fault_vfs::instance().disarm();
    p.after = dump_file(folder / "a.db");
    CHECK(p.after.find(p.restores ? "2.5" : "runs") != std::string::npos);
    CHECK(p.is_kept(folder.path()));
    return fault_vfs::instance().trace();
}

struct numbers {
    std::size_t operations = 0, states = 0, after = 0;
    void add(bool is_after) {
        ++states;
        after += is_after ? 1U : 0U;
    }
};

void fail(const procedure& p, const fault& f, numbers& count) {
    const temp_dir folder;
    write_image(folder.path(), p.files);
    bool done = false;
    fault_vfs::instance().arm(f);
    try {
        p.run(folder.path());
        done = true;
    } catch (const aps::error&) {
    }
    fault_vfs::instance().disarm();
    const bool after = p.check(folder.path());
    if (done) CHECK(after);
    count.add(after);
}

void kill_at(const procedure& p, const fault& f, numbers& count) {
    const temp_dir folder;
    write_image(folder.path(), p.files);
    const pid_t child = fork();
    if (child == 0) {
        fault_vfs::instance().arm(f);
        try {
            p.run(folder.path());
        } catch (...) {
        }
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WEXITSTATUS(status) == autopack_schema_test::killed);
    count.add(p.check(folder.path()));
}

void lose_power(const procedure& p, numbers& count) {
    std::vector<std::pair<std::int64_t, disk_image>> images;
    {
        const temp_dir folder;
        write_image(folder.path(), p.files);
        disk_log log(folder.path());
        std::mt19937 coin(7);
        const sample chosen(p.operations, 25);
        log.before_operation = [&](std::int64_t at) {
            if (!chosen.has(static_cast<std::size_t>(at)) && at + 3 < static_cast<std::int64_t>(p.operations)) return;
            for (const survivors which : {survivors::none, survivors::names, survivors::some, survivors::some})
                images.emplace_back(at, log.after_power_loss(which, coin));
        };
        fault_vfs::instance().log_to(&log);
        fault_vfs::instance().arm();
        p.run(folder.path());
        fault_vfs::instance().disarm();
        log.before_operation(static_cast<std::int64_t>(p.operations));
        fault_vfs::instance().log_to(nullptr);
    }
    for (const auto& [at, image] : images) {
        INFO(p.name << " power lost at operation " << at << " of " << p.operations);
        const temp_dir folder;
        write_image(folder.path(), image);
        count.add(p.check(folder.path()));
    }
}

void test_all(procedure p) {
    numbers count;
    const std::vector<operation> trace = prepare(p);
    p.operations = count.operations = trace.size();
    std::vector<fault> faults;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const auto at = static_cast<std::int64_t>(i) + 1;
        const auto more = autopack_schema_test::faults_of(trace[i].kind, at);
        faults.insert(faults.end(), more.begin(), more.end());
        faults.push_back({at, failure::kill, false});
        if (trace[i].kind == io::write) faults.push_back({at, failure::kill_torn, false});
    }
    const sample chosen(faults.size(), 100);
    for (std::size_t i = 0; i < faults.size(); ++i) {
        if (!chosen.has(i)) continue;
        const fault& f = faults[i];
        INFO(p.name << ", operation " << f.at << " how " << static_cast<int>(f.how) << " lasting " << f.lasting);
        f.how == failure::kill || f.how == failure::kill_torn ? kill_at(p, f, count) : fail(p, f, count);
    }
    lose_power(p, count);
    std::printf("%s: %zu operations, %zu states checked (%zu after)\n", p.name, count.operations, count.states,
                count.after);
    std::fflush(stdout);
    CHECK(count.after > 0);
    CHECK(count.after < count.states);
}

} // namespace

TEST_CASE("an archive is made or not, and nothing is lost between", "[fault]") {
    test_all({"archive, DELETE", false, false});
    test_all({"archive, WAL", true, false});
}

TEST_CASE("a backup is restored or not, and what it replaces is kept", "[fault]") {
    test_all({"restore, DELETE", false, true});
    test_all({"restore, WAL", true, true});
}
