// SPDX-License-Identifier: MIT
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#if __has_include(<unistd.h>)
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#endif

namespace autopack_schema::cli {

/// When to write colours.
enum class color_when : std::uint8_t { automatic, always, never };

namespace detail {

inline bool is_terminal(std::FILE* stream) {
#if __has_include(<unistd.h>)
    return ::isatty(::fileno(stream)) != 0;
#else
    return stream == nullptr;
#endif
}

inline bool is_set(const char* variable) {
    const char* const value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

/// NO_COLOR (https://no-color.org) and TERM=dumb speak against colours.
inline bool wants_color(std::FILE* stream, color_when when) {
    if (when != color_when::automatic) return when == color_when::always;
    const char* const term = std::getenv("TERM");
    const bool dumb = term != nullptr && std::string_view(term) == "dumb";
    return !is_set("NO_COLOR") && !dumb && is_terminal(stream);
}

inline std::size_t terminal_width(std::FILE* stream) {
#if __has_include(<unistd.h>)
    ::winsize size{};
    if (is_terminal(stream) && ::ioctl(::fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col;
#endif
    return 100;
}

} // namespace detail

/// Where a command writes: results to standard output, errors and progress to standard error.
/// shape: nobody reading (`| head`) is no error: what is left is not written, and the work goes on to its end
class terminal {
public:
    terminal() {
#if __has_include(<unistd.h>)
        std::signal(SIGPIPE, SIG_IGN); // a migration must not be killed because its report is no longer read
#endif
    }

    void set_color(color_when when) noexcept { color_ = when; }
    void set_quiet(bool quiet) noexcept { quiet_ = quiet; }

    bool is_quiet() const noexcept { return quiet_; }
    bool color_out() const { return detail::wants_color(stdout, color_); }
    bool color_err() const { return detail::wants_color(stderr, color_); }
    /// Tells whether a line on standard error can be written over.
    bool can_redraw() const { return !quiet_ && detail::is_terminal(stderr); }
    std::size_t width() const { return detail::terminal_width(stdout); }
    std::size_t error_width() const { return detail::terminal_width(stderr); }

    /// A result, to standard output.
    void print(std::string_view text) {
        if (failure_ == 0 && std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) failure_ = errno;
    }

    /// What is being done, to standard error; nothing with --quiet.
    void note(std::string_view text) {
        if (!quiet_) error(text);
    }

    /// To standard error, always; what was printed before comes first.
    void error(std::string_view text) {
        flush();
        std::fwrite(text.data(), 1, text.size(), stderr);
        std::fflush(stderr);
    }

    /// Writes what is buffered.
    /// shape: false where standard output cannot be written, for another reason than that nobody reads it
    bool flush() {
        if (std::fflush(stdout) != 0 && failure_ == 0) failure_ = errno;
        return failure_ == 0 || failure_ == EPIPE;
    }

    /// The errno of the write to standard output that failed.
    int failure() const noexcept { return failure_; }

private:
    color_when color_ = color_when::automatic;
    bool quiet_ = false;
    int failure_ = 0;
};

} // namespace autopack_schema::cli
