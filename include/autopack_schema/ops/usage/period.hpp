// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/timestamp.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// A stretch of time up to now.
/// shape: day is 24 hours, week is 7 days, month is 30 days; every other word is a week and keeps its name, as in the original
class usage_period {
public:
    explicit usage_period(std::string_view name = "week") : name_(name) {}

    /// As it was asked for.
    const std::string& name() const noexcept { return name_; }

    std::chrono::hours length() const noexcept {
        return std::chrono::hours(name_ == "day" ? 24 : name_ == "month" ? 24 * 30 : 24 * 7);
    }
    /// Where it begins; events of that very moment belong to it.
    timestamp start(timestamp now) const { return timestamp(now.time() - length()); }

    /// Into which steps a chart of it is divided.
    std::chrono::hours step() const noexcept { return std::chrono::hours(name_ == "day" ? 1 : 24); }

private:
    std::string name_;
};

} // namespace autopack_schema::ops
