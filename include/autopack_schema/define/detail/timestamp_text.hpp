// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace autopack_schema::detail {

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
/// source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil
constexpr std::int64_t days_from_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct civil_date {
    std::int64_t year;
    std::int64_t month;
    std::int64_t day;
};

/// source: as above, civil_from_days
constexpr civil_date civil_from_days(std::int64_t days) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const std::int64_t day_of_era = days - era * 146097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    const std::int64_t month = shifted_month + (shifted_month < 10 ? 3 : -9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

constexpr std::int64_t days_in_month(std::int64_t year, std::int64_t month) {
    constexpr std::int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads a text from its front.
struct text_reader {
    std::string_view rest;
    bool good = true;

    constexpr bool at_end() const { return rest.empty(); }
    constexpr bool take_if(char c) {
        if (rest.empty() || rest.front() != c) return false;
        rest.remove_prefix(1);
        return true;
    }
    constexpr void expect(char c) { good = take_if(c) && good; }
    constexpr std::int64_t digits(std::size_t count) {
        std::int64_t value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest.empty() || !is_digit(rest.front())) {
                good = false;
                return 0;
            }
            value = value * 10 + (rest.front() - '0');
            rest.remove_prefix(1);
        }
        return value;
    }
    /// One to nine digits as microseconds.
    constexpr std::int64_t fraction() {
        std::int64_t value = 0;
        std::size_t count = 0;
        for (; count < 9 && !rest.empty() && is_digit(rest.front()); ++count) {
            if (count < 6) value = value * 10 + (rest.front() - '0');
            rest.remove_prefix(1);
        }
        good = good && count > 0;
        for (; count < 6; ++count) value *= 10;
        return value;
    }
    /// Nothing, `Z`, `+HH:MM` or `-HHMM`, as minutes.
    constexpr std::int64_t offset() {
        if (at_end() || take_if('Z') || take_if('z')) return 0;
        const bool west = take_if('-');
        if (!west) expect('+');
        const std::int64_t hours = digits(2);
        if (!at_end()) take_if(':');
        const std::int64_t minutes = at_end() ? 0 : digits(2);
        good = good && hours < 24 && minutes < 60;
        return (hours * 60 + minutes) * (west ? -1 : 1);
    }
};

/// Microseconds since 1970, where the text is a time.
constexpr std::optional<std::int64_t> parse_timestamp(std::string_view text) {
    text_reader in{text};
    const std::int64_t year = in.digits(4);
    in.expect('-');
    const std::int64_t month = in.digits(2);
    in.expect('-');
    const std::int64_t day = in.digits(2);
    if (!in.good || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
    std::int64_t minutes = days_from_civil(year, month, day) * 24 * 60;
    if (in.at_end()) return minutes * 60'000'000;
    if (!in.take_if(' ') && !in.take_if('t')) in.expect('T');
    const std::int64_t hour = in.digits(2);
    in.expect(':');
    const std::int64_t minute = in.digits(2);
    std::int64_t second = 0;
    std::int64_t microsecond = 0;
    if (in.take_if(':')) {
        second = in.digits(2);
        if (in.take_if('.') || in.take_if(',')) microsecond = in.fraction();
    }
    minutes += hour * 60 + minute - in.offset();
    if (!in.good || !in.at_end() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return (minutes * 60 + second) * 1'000'000 + microsecond;
}

constexpr char* write_digits(char* out, std::int64_t value, int count) {
    for (int i = count - 1; i >= 0; --i) {
        out[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    return out + count;
}

/// Room for every time that 64 bits of microseconds can say.
inline constexpr std::size_t timestamp_capacity = 40;

/// Writes microseconds since 1970; tells how many characters.
/// shape: years outside of 0 to 9999 get a sign and six digits (ISO 8601, expanded)
constexpr std::size_t write_timestamp(char* out, std::int64_t microseconds, char separator, bool fraction) {
    constexpr std::int64_t day_length = 86'400'000'000;
    std::int64_t days = microseconds / day_length;
    std::int64_t rest = microseconds % day_length;
    if (rest < 0) {
        rest += day_length;
        --days;
    }
    const civil_date date = civil_from_days(days);
    char* p = out;
    const bool expanded = date.year < 0 || date.year > 9999;
    if (expanded) *p++ = date.year < 0 ? '-' : '+';
    p = write_digits(p, date.year < 0 ? -date.year : date.year, expanded ? 6 : 4);
    *p++ = '-';
    p = write_digits(p, date.month, 2);
    *p++ = '-';
    p = write_digits(p, date.day, 2);
    *p++ = separator;
    p = write_digits(p, rest / 3'600'000'000, 2);
    *p++ = ':';
    p = write_digits(p, rest / 60'000'000 % 60, 2);
    *p++ = ':';
    p = write_digits(p, rest / 1'000'000 % 60, 2);
    if (fraction) {
        *p++ = '.';
        p = write_digits(p, rest % 1'000'000, 6);
    }
    return static_cast<std::size_t>(p - out);
}

} // namespace autopack_schema::detail
