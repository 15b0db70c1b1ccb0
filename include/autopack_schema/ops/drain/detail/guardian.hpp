// SPDX-License-Identifier: MIT
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>

// A command runs under a guardian, a process between it and the one that wants it: the guardian ends the command's whole
// process group when it is told to, and also when the one who wants it is gone, killed or crashed. Only system calls happen here,
// because this is code between fork and exec.
namespace autopack_schema::ops::detail {

/// What a guardian needs to start a command.
struct guarded_command {
    const char* const* arguments = nullptr;   ///< ends with a null pointer; the first is the program's path
    const char* const* environment = nullptr; ///< ends with a null pointer
    int out = -1;                             ///< descriptors for its output
    int err = -1;
    int control = -1;    ///< end of file or a byte: stop
    int report = -1;     ///< the wait status is written here
    int grace_ms = 2000; ///< between SIGTERM and SIGKILL
};

inline void sleep_ms(long milliseconds) {
    const std::timespec pause{milliseconds / 1000, (milliseconds % 1000) * 1'000'000};
    ::nanosleep(&pause, nullptr);
}

[[noreturn]] inline void become_command(const guarded_command& c) {
    ::setpgid(0, 0);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD}) std::signal(signal, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(c.out, STDOUT_FILENO);
    ::dup2(c.err, STDERR_FILENO);
    // exec takes what it does not change as not const only for history's sake
    ::execve(c.arguments[0], const_cast<char* const*>(c.arguments), const_cast<char* const*>(c.environment));
    ::_exit(127);
}

/// Whether the leader of the group has ended; it is not reaped, so that its number stays taken.
inline bool has_ended(::pid_t leader) {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(leader), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == leader;
}

/// Asks the group to end, and ends it.
inline void stop_group(::pid_t leader, int grace_ms) {
    ::kill(-leader, SIGTERM);
    for (int waited = 0; waited < grace_ms && !has_ended(leader); waited += 10) sleep_ms(10);
    ::kill(-leader, SIGKILL); // also what the leader has left behind
}

/// Is the guardian: starts the command, waits for its end or for the order to stop it, and reports how it ended.
[[noreturn]] inline void guard_command(const guarded_command& c) {
    ::setsid(); // what a terminal sends is for the one who wants the command
    // The command is born with the defaults: a request to end that comes before its first instruction must not be lost.
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(signal, SIG_DFL);
    const ::pid_t leader = ::fork();
    if (leader == 0) become_command(c);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(signal, SIG_IGN);
    if (leader < 0) ::_exit(1);
    ::setpgid(leader, leader);
    ::close(c.out);
    ::close(c.err);
    for (long pause = 1; !has_ended(leader);) {
        pollfd watched{c.control, POLLIN, 0};
        if (::poll(&watched, 1, static_cast<int>(pause)) > 0) {
            stop_group(leader, c.grace_ms);
            break;
        }
        if (pause < 20) ++pause;
    }
    int status = 0;
    while (::waitpid(leader, &status, 0) < 0 && errno == EINTR) {
    }
    const auto written = ::write(c.report, &status, sizeof status);
    ::_exit(written == sizeof status ? 0 : 1);
}

} // namespace autopack_schema::ops::detail
