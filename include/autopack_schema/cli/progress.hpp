// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/terminal.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::cli {

namespace detail {

/// "1,234,567"
inline std::string grouped(std::int64_t number) {
    const std::string digits = std::to_string(number);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const bool first = i == 0 || digits[i - 1] == '-';
        if (!first && (digits.size() - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    return text;
}

/// "0:07", "12:30", "1:02:03"
inline std::string clock_text(double seconds) {
    const auto total = static_cast<std::int64_t>(seconds + 0.5);
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const std::string rest = ":" + two(total % 60);
    if (total < 3600) return std::to_string(total / 60) + rest;
    return std::to_string(total / 3600) + ":" + two(total / 60 % 60) + rest;
}

/// What is known of a long piece of work.
struct progress_state {
    std::string_view what; ///< "copying llm_usage_events"
    std::string_view unit; ///< "rows"
    std::int64_t done = 0;
    std::int64_t total = 0; ///< 0: not known
    double seconds = 0;     ///< since the work began
};

inline int percent_of(const progress_state& p) {
    if (p.total <= 0) return 0;
    return static_cast<int>(p.done >= p.total ? 100 : p.done * 100 / p.total);
}

/// "45%  1,234,567 rows, 812,000/s, 0:03 left"
inline std::string progress_numbers(const progress_state& p) {
    std::string text = p.total > 0 ? std::to_string(percent_of(p)) + "%  " : "";
    text += grouped(p.done) + " " + std::string(p.unit);
    if (p.seconds < 0.2 || p.done <= 0) return text;
    if (p.total > 0 && p.done >= p.total)
        return text + ", finishing, " + clock_text(p.seconds) + " so far"; // indexes, checks
    const double rate = static_cast<double>(p.done) / p.seconds;
    text += ", " + grouped(static_cast<std::int64_t>(rate)) + "/s";
    if (p.total > p.done) text += ", " + clock_text(static_cast<double>(p.total - p.done) / rate) + " left";
    return text;
}

/// "copying t [#####---------------] 25%  …", cut to the width.
inline std::string progress_bar(const progress_state& p, std::size_t width) {
    constexpr std::size_t bar = 20;
    std::string line = std::string(p.what) + " ";
    if (p.total > 0) {
        const std::size_t full = static_cast<std::size_t>(percent_of(p)) * bar / 100;
        line += "[" + std::string(full, '#') + std::string(bar - full, '-') + "] ";
    }
    line += progress_numbers(p);
    if (line.size() + 1 > width) line.resize(width > 1 ? width - 1 : 0);
    return line;
}

} // namespace detail

/// Shows how far a long piece of work is: a bar on a terminal, now and then a line elsewhere.
/// shape: what is over within a second shows nothing
class progress {
public:
    explicit progress(terminal& where) : terminal_(where) {}
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;
    ~progress() { clear(); }

    /// Says where the work is; cheap enough to be called for every row.
    void update(std::string_view what, std::string_view unit, std::int64_t done, std::int64_t total) {
        if (terminal_.is_quiet()) return;
        const auto now = clock::now();
        if (what != what_) {
            what_ = what;
            began_ = now;
            shown_ = now;
            return;
        }
        const bool bar = terminal_.can_redraw();
        const auto pause = bar ? std::chrono::milliseconds(100) : std::chrono::milliseconds(5000);
        const auto first = bar ? std::chrono::milliseconds(1000) : pause;
        if (now - shown_ < pause || now - began_ < first) return;
        shown_ = now;
        const double seconds = std::chrono::duration<double>(now - began_).count();
        const detail::progress_state state{what_, unit, done, total, seconds};
        if (bar) {
            terminal_.error("\r\x1b[K" + detail::progress_bar(state, terminal_.error_width()));
            drawn_ = true;
        } else {
            terminal_.error(what_ + ": " + detail::progress_numbers(state) + "\n");
        }
    }

    /// Takes the bar away.
    void clear() {
        if (drawn_) terminal_.error("\r\x1b[K");
        drawn_ = false;
    }

private:
    using clock = std::chrono::steady_clock;

    terminal& terminal_;
    std::string what_;
    clock::time_point began_{};
    clock::time_point shown_{};
    bool drawn_ = false;
};

} // namespace autopack_schema::cli
