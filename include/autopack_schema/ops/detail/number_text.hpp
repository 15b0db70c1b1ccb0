// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace autopack_schema::ops::detail {

/// A number with a fixed count of decimals, rounded as printf does: the nearest to the binary value, ties to even.
inline std::string fixed(double value, int decimals) {
    std::array<char, 400> text{};
    const int size = std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    return {text.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

/// A number rounded to a count of decimals: the double that is nearest to the rounded decimal text.
inline double rounded(double value, int decimals) { return std::strtod(fixed(value, decimals).c_str(), nullptr); }

/// The digits of a finite number that is not negative, and the position of its point: 0.00012 is "12" and -3.
struct decimal_digits {
    std::string digits;
    int point = 0;
};

inline decimal_digits shortest_digits(double value) {
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific).ptr;
    const std::string_view all(text.data(), static_cast<std::size_t>(end - text.data()));
    const std::size_t mark = all.find('e');
    decimal_digits result;
    for (const char c : all.substr(0, mark)) {
        if (c != '.') result.digits += c;
    }
    int exponent = 0;
    const std::string_view power = all.substr(mark + (all[mark + 1] == '+' ? 2 : 1));
    std::from_chars(power.data(), power.data() + power.size(), exponent);
    result.point = exponent + 1;
    return result;
}

/// The shortest text that reads back as the same double, laid out as JSON programs of the original do.
/// shape: "0.5", "1.0", "0.0001", "1e-05", "1e+16", "NaN", "Infinity"
inline std::string float_text(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    const std::string sign = std::signbit(value) ? "-" : "";
    auto [digits, point] = shortest_digits(std::abs(value));
    if (point > -4 && point <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    if (point > 0 && point <= 16) {
        const auto whole = static_cast<std::size_t>(point);
        if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0') + ".0";
        return sign + digits.substr(0, whole) + "." + digits.substr(whole);
    }
    const int exponent = point - 1;
    const std::string power = std::to_string(std::abs(exponent));
    if (digits.size() > 1) digits.insert(1, ".");
    return sign + digits + (exponent < 0 ? "e-" : "e+") + (power.size() < 2 ? "0" : "") + power;
}

/// "1.0" as "1", everything else as `float_text`.
inline std::string short_number(double value) {
    std::string text = float_text(value);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text;
}

} // namespace autopack_schema::ops::detail
