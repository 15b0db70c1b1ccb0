// SPDX-License-Identifier: MIT
// Other threads and processes read, write and migrate while a migration runs.

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "traps_support.hpp"

using namespace trap_test;

namespace {

constexpr int row_count = 20000;
const std::string before_text =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
    "SELECT i + 1 FROM n WHERE i < " +
    std::to_string(row_count) + ") INSERT INTO t SELECT i, 'row ' || i FROM n;";
constexpr std::string_view wanted_text =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT NOT NULL, extra INT NOT NULL DEFAULT 7)";

/// A database file that others use.
struct shared_file {
    temp_dir folder{};
    std::filesystem::path path;

    explicit shared_file(bool wal) : path(folder / "a.db") {
        auto database = open_new(path);
        if (wal) database.execute("PRAGMA journal_mode=WAL");
        database.execute(before_text);
    }
    connection open(int busy_timeout_ms = 20000) const {
        return connection::open_file(path.string(), {.busy_timeout_ms = busy_timeout_ms});
    }
};

/// Calls something again and again until it is destroyed.
class other_program {
public:
    explicit other_program(std::function<void()> what)
        : thread_([this, what = std::move(what)] {
              try {
                  while (!stop_) what();
              } catch (const std::exception& e) {
                  failed_ = e.what();
              }
          }) {}
    other_program(const other_program&) = delete;
    other_program& operator=(const other_program&) = delete;
    ~other_program() {
        if (thread_.joinable()) end();
    }
    /// What went wrong; empty: nothing.
    std::string end() {
        stop_ = true;
        thread_.join();
        return failed_;
    }

private:
    std::atomic<bool> stop_{false};
    std::string failed_{};
    std::thread thread_;
};

/// One look at the table in one transaction: its columns and its rows.
std::string state_of(connection& database) {
    database.execute("BEGIN");
    std::string state = rows(database, "SELECT group_concat(name) FROM pragma_table_info('t')") +
                        rows(database, "SELECT count(*), sum(id), sum(length(v)) FROM t");
    database.execute("COMMIT");
    return state;
}

migrate::run_options patient() {
    auto options = without_backup();
    options.busy_timeout_ms = 20000;
    options.commit_timeout_ms = 20000;
    return options;
}

} // namespace

TEST_CASE("readers see the old state during the copy, then the new one, and nothing between", "[concurrency]") {
    for (const bool wal : {true, false}) {
        INFO("wal " << wal);
        const shared_file file(wal);
        auto database = file.open();
        auto before_reader = file.open();
        const std::string before = state_of(before_reader);
        std::atomic<bool> copying{false};
        std::atomic<int> during{0};
        std::set<std::string> seen;
        auto reading = file.open();
        other_program reader([&] {
            const bool inside = copying;
            seen.insert(state_of(reading));
            if (inside && copying) ++during;
            if (!wal) std::this_thread::sleep_for(std::chrono::milliseconds(5)); // else it holds the commit up for ever
        });
        auto options = patient();
        options.at = [&](std::string_view what) {
            if (what.starts_with("INSERT OR")) copying = true;
            if (!what.starts_with("DROP TABLE")) return;
            for (int i = 0; wal && during < 3 && i < 2000; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            copying = false;
        };
        CHECK(migrate_to(database, wanted_text, options).applied);
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        CHECK(reader.end().empty());
        const std::string after = state_of(before_reader);
        CHECK(after != before);
        for (const std::string& s : seen) CHECK((s == before || s == after));
        if (wal) CHECK(during > 0); // they did not wait
        check_sound(database);
    }
}

TEST_CASE("no row that a writer was told is committed is lost", "[concurrency]") {
    for (const bool wal : {true, false}) {
        INFO("wal " << wal);
        const shared_file file(wal);
        auto database = file.open();
        auto writing = file.open(0); // is told at once
        std::vector<int> committed;
        std::atomic<int> refused{0}, written{0};
        int next = row_count;
        other_program writer([&] {
            ++next;
            const std::string code =
                code_of([&] { writing.execute("INSERT INTO t(id, v) VALUES (?, 'written')", next); });
            if (code.empty()) {
                committed.push_back(next);
                ++written;
            } else if (code == "S209") {
                ++refused;
            } else {
                throw std::runtime_error(code);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        });
        while (written < 5) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        auto options = patient();
        options.at = [&](std::string_view what) { // some of its tries fall into the migration
            const int now = refused;
            for (int i = 0; what.starts_with("DROP TABLE") && refused == now && i < 2000; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
        };
        CHECK(migrate_to(database, wanted_text, options).applied);
        const int at_end = written;
        for (int i = 0; written < at_end + 5 && i < 5000; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        CHECK(writer.end().empty());
        CHECK(refused > 0);
        CHECK(written > at_end); // it goes on with the new table
        CHECK(rows(database, "SELECT count(*) FROM t WHERE v = 'written'") == std::to_string(committed.size()) + "\n");
        std::string ids;
        for (const int id : committed) ids += std::to_string(id) + "\n";
        CHECK(rows(database, "SELECT id FROM t WHERE v = 'written' ORDER BY id") == ids);
        check_sound(database);
    }
}

TEST_CASE("a writer that waits gets its turn after the migration", "[concurrency]") {
    const shared_file file(false);
    auto database = file.open();
    auto writing = file.open(20000);
    std::thread writer;
    std::string code = "not run";
    auto options = patient();
    options.at = [&](std::string_view what) {
        if (what != "locked") return;
        writer = std::thread(
            [&] { code = code_of([&] { writing.execute("INSERT INTO t(id, v) VALUES (900001, 'waited')"); }); });
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    };
    CHECK(migrate_to(database, wanted_text, options).applied);
    writer.join();
    CHECK(code.empty());
    CHECK(rows(database, "SELECT v, extra FROM t WHERE id = 900001") == "waited|7\n");
}

TEST_CASE("of many migrators in threads one applies and the others see it applied", "[concurrency]") {
    const auto from = aps::sql::sqlite::parse("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
    const auto to = aps::sql::sqlite::parse(wanted_text);
    const migrate::data_rule mark{.kind = migrate::rule_kind::transform, .table = "t", .name = "v", .sql = "v || '!'"};
    const migrate::migration_view chain[] = {{"mark", from.view(), to.view(), {&mark, 1}}};
    for (const bool wal : {true, false}) {
        INFO("wal " << wal);
        const shared_file file(wal);
        std::atomic<int> applied{0}, found_done{0};
        std::atomic<bool> go{false};
        std::vector<std::string> failed(5);
        std::vector<std::thread> migrators;
        for (std::size_t i = 0; i < failed.size(); ++i) {
            migrators.emplace_back([&, i] {
                try {
                    auto database = file.open();
                    while (!go) std::this_thread::yield();
                    ++(migrate::sqlite::run(database, to.view(), chain, patient()).applied ? applied : found_done);
                } catch (const std::exception& e) {
                    failed[i] = e.what();
                }
            });
        }
        go = true;
        for (std::thread& m : migrators) m.join();
        for (const std::string& f : failed) CHECK(f == "");
        CHECK(applied == 1);
        CHECK(found_done == 4);
        auto database = file.open();
        CHECK(migrate::sqlite::read_history(database).size() == 1);
        CHECK(rows(database, "SELECT v, extra FROM t WHERE id = 12") == "row 12!|7\n"); // once
        check_sound(database);
    }
}

TEST_CASE("of many migrators in processes one applies and the others see it applied", "[concurrency]") {
    const shared_file file(false);
    std::vector<pid_t> children;
    int gate[2];
    REQUIRE(::pipe(gate) == 0);
    for (int i = 0; i < 6; ++i) {
        const pid_t child = fork();
        if (child != 0) {
            children.push_back(child);
            continue;
        }
        char byte = 0;
        ::close(gate[1]);
        [[maybe_unused]] const auto waited = ::read(gate[0], &byte, 1); // until the parent closes its end
        try {
            auto database = file.open();
            ::_exit(migrate_to(database, wanted_text, patient()).applied ? 10 : 20);
        } catch (...) {
            ::_exit(30);
        }
    }
    ::close(gate[0]);
    ::close(gate[1]);
    int applied = 0, found_done = 0;
    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        REQUIRE(WIFEXITED(status));
        applied += WEXITSTATUS(status) == 10 ? 1 : 0;
        found_done += WEXITSTATUS(status) == 20 ? 1 : 0;
    }
    CHECK(applied == 1);
    CHECK(found_done == 5);
    auto database = file.open();
    CHECK(migrate::sqlite::read_history(database).size() == 1);
    CHECK(rows(database, "SELECT count(*), sum(extra) FROM t") == "20000|140000\n");
    check_sound(database);
}

TEST_CASE("the backup is the state before the migration while others read and write", "[concurrency]") {
    const shared_file file(true);
    auto database = file.open();
    auto writing = file.open(20000);
    int next = row_count;
    other_program writer([&] {
        writing.execute("INSERT INTO t(id, v) VALUES (?, 'written')", ++next);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    });
    std::string locked;
    auto options = patient();
    options.backup = migrate::backup_policy::make;
    options.at = [&](std::string_view what) {
        if (what == "locked") locked = rows(database, "SELECT count(*), sum(id) FROM t");
    };
    const auto done = migrate_to(database, wanted_text, options);
    CHECK(writer.end().empty());
    auto backup = connection::open_file(done.backup, {.mode = aps::sqlite::open_mode::read_only});
    CHECK(rows(backup, "SELECT count(*), sum(id) FROM t") == locked);
    CHECK(rows(backup, "SELECT group_concat(name) FROM pragma_table_info('t')") == "id,v\n");
    CHECK(rows(database, "SELECT count(*) FROM t WHERE v = 'written'") == std::to_string(next - row_count) + "\n");
}
