// SPDX-License-Identifier: MIT
// A migrating process is killed at a random moment, 200 times: the database is as before or as after, never between.

#include "../sqlite/migrate_support.hpp"

#if defined(__unix__)

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <random>
#include <regex>
#include <string>

namespace {

using namespace migrate_test;
namespace fs = std::filesystem;

constexpr int kills = 200;

std::string wanted() { return everything_schema(" NOT NULL") + std::string(everything_views); }

/// A file with everything, and enough rows that a migration takes some time.
void make_template(const fs::path& file, bool wal) {
    auto database = open_new(file);
    if (wal) database.execute("PRAGMA journal_mode=WAL");
    database.execute(everything_schema("") + std::string(everything_views) + std::string(everything_rows));
    database.execute("WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
                     "INSERT INTO users(id, email, org) SELECT i, 'user' || i || '@x', 1 FROM n; DELETE FROM log;");
    if (wal) database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

void migrate_file(const fs::path& file, bool with_backup) {
    auto database = connection::open_file(file.string());
    auto options = without_backup();
    if (with_backup) options.backup = migrate::backup_policy::make;
    migrate_to(database, wanted(), options);
}

double now() {
    std::timespec t{};
    std::timespec_get(&t, TIME_UTC);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

/// Runs the migration in a child and kills it after `seconds`; true: it had come to its end by itself.
bool kill_migration(const fs::path& file, bool with_backup, double seconds) {
    const pid_t child = fork();
    if (child == 0) {
        try {
            migrate_file(file, with_backup);
        } catch (...) {
            _exit(3);
        }
        _exit(0);
    }
    const double end = now() + seconds;
    int status = 0;
    while (now() < end) {
        if (waitpid(child, &status, WNOHANG) == child) {
            CHECK(WIFEXITED(status));
            CHECK(WEXITSTATUS(status) == 0);
            return true;
        }
        usleep(50);
    }
    kill(child, SIGKILL); // this child of ours, by its number
    waitpid(child, &status, 0);
    return WIFEXITED(status);
}

struct states {
    std::string before;
    std::string after;
};

/// Checks that a database is in one of two states, to the last value; true: it is the later one.
bool check_state(const fs::path& file, const states& s) {
    auto database = connection::open_file(file.string());
    CHECK(database.query_text("PRAGMA integrity_check") == "ok");
    const std::string now_in = everything_in(database);
    const bool done = now_in == s.after;
    CHECK((done || now_in == s.before));
    CHECK(migrate::sqlite::read_history(database).size() == (done ? 1U : 0U));
    return done;
}

/// A backup that has its name is complete.
int check_backups(const fs::path& directory, const states& s) {
    static const std::regex complete(".*\\.backup-[0-9]{8}T[0-9]{6}Z(-[0-9]+)?");
    int found = 0;
    for (const auto& e : fs::directory_iterator(directory)) {
        if (!std::regex_match(e.path().filename().string(), complete)) continue;
        auto copy = connection::open_file(e.path().string(), {.mode = aps::sqlite::open_mode::read_only});
        CHECK(everything_in(copy) == s.before);
        ++found;
    }
    return found;
}

} // namespace

TEST_CASE("a kill at any moment leaves before or after", "[fault]") {
    std::mt19937 random(20251230);
    int before = 0, after = 0, backups = 0;
    for (const bool wal : {false, true}) {
        const autopack_schema_test::temp_dir directory;
        const fs::path original = directory / "original.db";
        make_template(original, wal);
        states s;
        {
            auto database = connection::open_file(original.string(), {.mode = aps::sqlite::open_mode::read_only});
            s.before = everything_in(database);
        }
        const fs::path reference = directory / "reference.db";
        fs::copy_file(original, reference);
        const double start = now();
        migrate_file(reference, true);
        const double longest = (now() - start) * 1.3;
        {
            auto database = connection::open_file(reference.string());
            s.after = everything_in(database);
        }
        REQUIRE(s.after != s.before);
        for (int i = 0; i < kills / 2; ++i) {
            INFO("wal " << wal << " kill " << i);
            const autopack_schema_test::temp_dir place;
            const fs::path file = place / "victim.db";
            fs::copy_file(original, file);
            std::uniform_real_distribution<double> moment(0.0, longest);
            kill_migration(file, i % 2 == 0, moment(random));
            const bool done = check_state(file, s);
            done ? ++after : ++before;
            backups += check_backups(place.path(), s);
            migrate_file(file, false); // the next run succeeds, whatever was left
            CHECK(check_state(file, s));
        }
    }
    std::printf("%d kills: %d before, %d after, %d complete backups\n", kills, before, after, backups);
    CHECK(before > 0);
    CHECK(after > 0);
    CHECK(before + after == kills);
}

#else

TEST_CASE("a kill at any moment leaves before or after", "[fault]") { APS_SKIP("no fork on this system"); }

#endif
