// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>

namespace autopack_schema::ops {

namespace detail {

inline volatile std::sig_atomic_t interrupt_signal = 0;

} // namespace detail

/// While it lives, Ctrl-C and the request to end are remembered instead of ending the program, so that work can be put back.
class interrupt_watch {
public:
    interrupt_watch() {
        detail::interrupt_signal = 0;
        for (int i = 0; i < 3; ++i)
            before_[i] = std::signal(signals[i], [](int number) { detail::interrupt_signal = number; });
    }
    interrupt_watch(const interrupt_watch&) = delete;
    interrupt_watch& operator=(const interrupt_watch&) = delete;
    ~interrupt_watch() {
        for (int i = 0; i < 3; ++i) std::signal(signals[i], before_[i]);
    }

    /// Whether somebody wants the program to end.
    static bool requested() noexcept { return detail::interrupt_signal != 0; }

private:
    static constexpr int signals[3] = {SIGINT, SIGTERM, SIGHUP};
    void (*before_[3])(int) = {};
};

} // namespace autopack_schema::ops
