// SPDX-License-Identifier: MIT
#include <autopack_schema/ops/drain/detail/locked_file.hpp>
#include <autopack_schema/ops/drain/process.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

namespace ops = autopack_schema::ops;
using autopack_schema_test::read_file;
using autopack_schema_test::temp_dir;
using std::chrono::milliseconds;

namespace {

ops::command shell(const temp_dir& folder, const std::string& text) {
    ops::command c;
    c.text = text;
    c.out_file = (folder / "out.txt").string();
    c.err_file = (folder / "err.txt").string();
    return c;
}

bool appears(const std::filesystem::path& file, bool wanted = true) {
    for (int i = 0; i < 300; ++i) {
        if (std::filesystem::exists(file) == wanted) return true;
        std::this_thread::sleep_for(milliseconds(20));
    }
    return false;
}

bool is_alive(const std::filesystem::path& pid_file) { return ::kill(std::atoi(read_file(pid_file).c_str()), 0) == 0; }

bool dies(const std::filesystem::path& pid_file) {
    for (int i = 0; i < 300 && is_alive(pid_file); ++i) std::this_thread::sleep_for(milliseconds(20));
    return !is_alive(pid_file);
}

} // namespace

TEST_CASE("a command runs with its environment and its output in files") {
    const temp_dir folder;
    ops::command c = shell(folder, "echo \"$APS_TEST_WORD\"; echo oops >&2; cat; exit 3");
    c.environment = {{"APS_TEST_WORD", "a b=c"}, {"APS_TEST_W", "no"}};
    const auto result = ops::run_command(c);
    CHECK(result.returncode == 3);
    CHECK_FALSE(result.timed_out);
    CHECK(result.seconds < 5);
    CHECK(read_file(folder / "out.txt") == "a b=c\n"); // and nothing from standard input
    CHECK(read_file(folder / "err.txt") == "oops\n");
    CHECK(ops::run_command(shell(folder, "kill -9 $$")).returncode == -9);
    CHECK(ops::run_command(shell(folder, "no_such_program_at_all")).returncode == 127);
    CHECK(ops::run_command(shell(folder, "true")).returncode == 0);
    c.out_file = (folder / "no" / "out").string();
    CHECK(autopack_schema_test::caught([&] { ops::run_command(c); }).code() == "S422");
}

TEST_CASE("at the limit the whole process group is ended, and its output is kept") {
    const temp_dir folder;
    ops::command c =
        shell(folder, "echo before; (trap '' TERM; echo $$ > pid; sh -c 'echo $$ > grandchild; sleep 60') & sleep 60");
    c.text = "cd '" + folder.path().string() + "'; " + c.text;
    c.limit = milliseconds(600);
    c.grace = milliseconds(200);
    const auto result = ops::run_command(c);
    CHECK(result.timed_out);
    CHECK(result.returncode == -1);
    CHECK(result.seconds < 10);
    CHECK(read_file(folder / "out.txt") == "before\n");
    CHECK(dies(folder / "grandchild"));
}

TEST_CASE("work that wants to end at the request can") {
    const temp_dir folder;
    ops::command c = shell(folder, "trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.05; done");
    c.limit = milliseconds(500);
    const auto result = ops::run_command(c);
    CHECK(result.returncode == -1);
    CHECK(read_file(folder / "out.txt") == "up\nbye\n");
}

TEST_CASE("the caller can stop a command") {
    const temp_dir folder;
    const auto result = ops::run_command(shell(folder, "sleep 60"), [](double seconds) { return seconds < 0.3; });
    CHECK(result.interrupted);
    CHECK_FALSE(result.timed_out);
    CHECK(result.returncode == -15);
}

TEST_CASE("when the one who started it is killed, the command is ended and the lock goes") {
    const temp_dir folder;
    const auto lock = folder / "lock";
    const ::pid_t controller = ::fork();
    if (controller == 0) {
        auto held = ops::detail::locked_file::create(lock);
        ops::run_command(
            shell(folder, "cd '" + folder.path().string() + "'; echo $$ > pid.new; mv pid.new pid; sleep 60"));
        ::_exit(0);
    }
    REQUIRE(appears(folder / "pid"));
    CHECK(ops::detail::locked_file::is_locked(lock));
    CHECK(is_alive(folder / "pid"));
    ::kill(controller, SIGKILL);
    ::waitpid(controller, nullptr, 0);
    CHECK(dies(folder / "pid"));
    for (int i = 0; i < 300 && ops::detail::locked_file::is_locked(lock); ++i)
        std::this_thread::sleep_for(milliseconds(20));
    CHECK_FALSE(ops::detail::locked_file::is_locked(lock));
}

TEST_CASE("a locked file is one's own until it is let go") {
    const temp_dir folder;
    {
        auto first = ops::detail::locked_file::create(folder / "lock");
        REQUIRE(first);
        CHECK_FALSE(ops::detail::locked_file::create(folder / "lock"));
        CHECK_FALSE(ops::detail::locked_file::try_lock(folder / "lock"));
        first->write("long text");
        first->write("short");
        CHECK(read_file(folder / "lock") == "short");
    }
    auto second = ops::detail::locked_file::try_lock(folder / "lock");
    REQUIRE(second);
    second->remove();
    CHECK_FALSE(ops::detail::locked_file::try_lock(folder / "lock"));
    CHECK_FALSE(ops::detail::locked_file::is_locked(folder / "lock"));
    CHECK(ops::detail::locked_file::make_or_lock(folder / "lock"));
    CHECK(autopack_schema_test::caught([&] { ops::detail::locked_file::create(folder / "no/lock"); }).code() == "S423");
}
