// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/drain/detail/descriptor.hpp>
#include <autopack_schema/ops/drain/detail/guardian.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The environment of this process: POSIX names it and declares it nowhere.
extern "C" char** environ;

namespace autopack_schema::ops {

/// A command for the shell, with what it runs in.
struct command {
    std::string text{};                                             ///< for `/bin/sh -c`
    std::vector<std::pair<std::string, std::string>> environment{}; ///< over that of this process
    std::string out_file{};                                         ///< what it writes to standard output goes here
    std::string err_file{};                                         ///< and standard error here
    std::chrono::milliseconds limit{0};                             ///< 0: none
    std::chrono::milliseconds grace{2000};                          ///< between the request to end and the end
};

/// How a command ended.
struct command_result {
    int returncode = 0; ///< the exit code; -N where signal N ended it; -1 at the limit
    double seconds = 0; ///< how long it ran
    bool timed_out = false;
    bool interrupted = false; ///< the caller wanted it stopped
};

namespace detail {

[[noreturn]] inline void refuse_command(std::string what, int reason) {
    throw error({.code = "S422",
                 .what_happened = std::move(what) + ": " + std::strerror(reason),
                 .advice = "check the folder of the session, and the limits of this user"});
}

inline descriptor open_output(const std::string& path) {
    descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (!file.is_open()) refuse_command("cannot write " + path, errno);
    return file;
}

inline std::pair<descriptor, descriptor> make_pipe() {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) refuse_command("cannot start a command", errno);
    for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    return {descriptor(ends[0]), descriptor(ends[1])};
}

/// The environment of this process with some variables set anew, as NAME=VALUE.
inline std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& changes) {
    std::vector<std::string> all;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        bool changed = false;
        for (const auto& [name, value] : changes) {
            changed = changed || (text.starts_with(name) && text.substr(name.size()).starts_with('='));
        }
        if (!changed) all.emplace_back(text);
    }
    for (const auto& [name, value] : changes) all.push_back(name + "=" + value);
    return all;
}

inline int returncode_of(int status) { return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status); }

/// A command that runs under its guardian.
class guarded_process {
public:
    explicit guarded_process(const command& c) {
        const descriptor out = open_output(c.out_file);
        const descriptor err = open_output(c.err_file);
        auto [control_end, control] = make_pipe();
        auto [report, report_end] = make_pipe();
        const std::vector<std::string> environment = environment_with(c.environment);
        std::vector<const char*> names;
        for (const std::string& entry : environment) names.push_back(entry.c_str());
        names.push_back(nullptr);
        const char* const arguments[] = {"/bin/sh", "-c", c.text.c_str(), nullptr};
        guardian_ = ::fork();
        if (guardian_ == 0) {
            ::close(control.number()); // or the guardian would never see that everybody else is gone
            guard_command({arguments, names.data(), out.number(), err.number(), control_end.number(),
                           report_end.number(), static_cast<int>(c.grace.count())});
        }
        if (guardian_ < 0) refuse_command("cannot start a command", errno);
        control_ = std::move(control);
        report_ = std::move(report);
    }
    guarded_process(const guarded_process&) = delete;
    guarded_process& operator=(const guarded_process&) = delete;
    ~guarded_process() {
        stop();
        while (::waitpid(guardian_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }

    /// Waits a little; whether the command has ended.
    bool wait(int milliseconds) {
        pollfd watched{report_.number(), POLLIN, 0};
        return ::poll(&watched, 1, milliseconds) > 0;
    }
    /// Orders the end of the command and all that it started.
    void stop() { control_.close(); }
    /// How it ended; waits for that.
    int returncode() {
        int status = SIGKILL; // nobody reports where the guardian itself was killed
        while (::read(report_.number(), &status, sizeof status) < 0 && errno == EINTR) {
        }
        return returncode_of(status);
    }

private:
    ::pid_t guardian_ = -1;
    descriptor control_{};
    descriptor report_{};
};

} // namespace detail

/// Runs a command as a process group of its own, with its output in files.
/// shape:  at the limit, when `go_on` says no, and also when this process is killed, the whole group is ended;
///         `go_on` is asked several times a second, with the seconds so far
/// errors: S422 the files cannot be written, or no process can be started
inline command_result run_command(const command& c, const std::function<bool(double seconds)>& go_on = {}) {
    using clock = std::chrono::steady_clock;
    const auto began = clock::now();
    const auto seconds = [began] { return std::chrono::duration<double>(clock::now() - began).count(); };
    detail::guarded_process process(c);
    command_result result;
    while (!process.wait(100)) {
        result.interrupted = go_on && !go_on(seconds());
        result.timed_out = !result.interrupted && c.limit.count() > 0 && clock::now() - began >= c.limit;
        if (!result.interrupted && !result.timed_out) continue;
        process.stop();
        break;
    }
    result.returncode = process.returncode();
    if (result.timed_out) result.returncode = -1;
    result.seconds = seconds();
    return result;
}

} // namespace autopack_schema::ops
