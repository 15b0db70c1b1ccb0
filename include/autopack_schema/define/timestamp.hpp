// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/define/detail/timestamp_text.hpp>
#include <autopack_schema/model/type.hpp>

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema {

/// A point in time to the microsecond, UTC without a zone, as database columns hold it.
/// shape:  written as `YYYY-MM-DD HH:MM:SS.ffffff`, which sorts as text in the order of time from year 0 to 9999
class timestamp {
public:
    using duration = std::chrono::microseconds;
    using time_point = std::chrono::sys_time<duration>;

    /// 1970-01-01 00:00:00.
    constexpr timestamp() noexcept = default;
    template <class Duration>
    constexpr timestamp(const std::chrono::sys_time<Duration>& time) : time_(std::chrono::floor<duration>(time)) {}

    static timestamp now() { return std::chrono::system_clock::now(); }

    /// Reads a text: date and time with a space or a `T` between, with up to nine digits of a fraction or none, with or
    /// without `Z` or an offset `+HH:MM`; a date alone is its midnight.
    /// shape: nothing where the text is anything else; digits beyond the microsecond are cut off
    static constexpr std::optional<timestamp> parse(std::string_view text) {
        const std::optional<std::int64_t> microseconds = detail::parse_timestamp(text);
        if (!microseconds) return std::nullopt;
        return timestamp(time_point(duration(*microseconds)));
    }

    constexpr time_point time() const noexcept { return time_; }
    constexpr operator time_point() const noexcept { return time_; }

    /// The time as `YYYY-MM-DD HH:MM:SS.ffffff`, always with six digits.
    std::string to_string() const { return text(' ', true); }

    /// The time as ISO 8601, with `T`, without a zone, with six digits or none where the fraction is 0.
    std::string to_iso_string() const { return text('T', time_.time_since_epoch().count() % 1'000'000 != 0); }

    friend constexpr bool operator==(const timestamp&, const timestamp&) = default;
    friend constexpr auto operator<=>(const timestamp&, const timestamp&) = default;

private:
    std::string text(char separator, bool fraction) const {
        char buffer[detail::timestamp_capacity];
        return {buffer, detail::write_timestamp(buffer, time_.time_since_epoch().count(), separator, fraction)};
    }

    time_point time_{};
};

template <>
struct column_traits<timestamp> : detail::plain_column<model::type_kind::timestamp> {
    using stored = std::string;
    static std::string to_stored(const timestamp& time) { return time.to_string(); }
    static constexpr std::size_t text_capacity = detail::timestamp_capacity;
    /// The same without a string of its own: `out` has room for `text_capacity` characters.
    static std::size_t write_text(char* out, const timestamp& time) {
        return detail::write_timestamp(out, time.time().time_since_epoch().count(), ' ', true);
    }
    /// Nothing where the text is no time.
    static std::optional<timestamp> from_stored(std::string_view text) { return timestamp::parse(text); }
};

} // namespace autopack_schema
