// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/name.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/detail/characters.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace autopack_schema::sql::detail {

/// The value of a numeric literal: an integer where it fits 64 bits, a double otherwise.
struct number {
    bool is_real = false;
    std::int64_t integer = 0;
    double real = 0.0;
    bool is_two_to_63 = false; ///< 9223372036854775808, which is an integer once it is negated

    constexpr double as_real() const noexcept { return is_real ? real : static_cast<double>(integer); }
};

/// A natural number of any size, lowest 32 bits first; just what reading a decimal exactly needs.
class big_natural {
public:
    constexpr explicit big_natural(std::uint32_t value) : words_(1, value) {}

    constexpr void multiply_add(std::uint32_t factor, std::uint32_t summand) {
        std::uint64_t carry = summand;
        for (std::uint32_t& word : words_) {
            carry += std::uint64_t{word} * factor;
            word = static_cast<std::uint32_t>(carry);
            carry >>= 32U;
        }
        if (carry != 0) words_.push_back(static_cast<std::uint32_t>(carry));
    }

    constexpr bool less(const big_natural& other) const {
        const std::size_t size = words_.size() > other.words_.size() ? words_.size() : other.words_.size();
        for (std::size_t i = size; i-- > 0;) {
            if (word(i) != other.word(i)) return word(i) < other.word(i);
        }
        return false;
    }

    /// Subtracts a number that is not larger.
    constexpr void subtract(const big_natural& other) {
        std::int64_t borrow = 0;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const std::int64_t difference = std::int64_t{words_[i]} - other.word(i) - borrow;
            words_[i] = static_cast<std::uint32_t>(difference);
            borrow = difference < 0 ? 1 : 0;
        }
    }

    constexpr bool is_zero() const {
        for (const std::uint32_t word : words_) {
            if (word != 0) return false;
        }
        return true;
    }

private:
    constexpr std::uint32_t word(std::size_t i) const { return i < words_.size() ? words_[i] : 0; }

    model::vector<std::uint32_t> words_;
};

constexpr double power_of_two(int exponent) {
    double result = 1.0;
    for (; exponent > 0; --exponent) result *= 2.0;
    for (; exponent < 0; ++exponent) result *= 0.5;
    return result;
}

/// Divides with correct rounding (to nearest, ties to even).
constexpr double divide(big_natural upper, big_natural lower) {
    int exponent = 0;
    for (; !upper.less(lower); ++exponent) lower.multiply_add(2, 0);
    for (; upper.less(lower); --exponent) upper.multiply_add(2, 0);
    // upper / lower is in [1, 2) now, the value is that times 2^exponent
    if (exponent > 1023) return std::numeric_limits<double>::infinity();
    const int bits = exponent >= -1022 ? 53 : 53 + exponent + 1022;
    if (bits < 0) return 0.0;
    std::uint64_t mantissa = 0;
    for (int i = 0; i < bits; ++i) {
        mantissa *= 2;
        if (!upper.less(lower)) {
            ++mantissa;
            upper.subtract(lower);
        }
        upper.multiply_add(2, 0);
    }
    const bool half = !upper.less(lower);
    if (half) upper.subtract(lower);
    if (half && (mantissa % 2 == 1 || !upper.is_zero())) ++mantissa;
    const double scaled = static_cast<double>(mantissa) * power_of_two(1 - bits);
    if (exponent == 1023 && scaled >= 2.0) return std::numeric_limits<double>::infinity();
    return exponent < -1022 ? scaled * power_of_two(-1022) * power_of_two(exponent + 1022)
                            : scaled * power_of_two(exponent);
}

/// Gives the double that is nearest to digits × 10^exponent.
constexpr double decimal_value(std::string_view digits, int exponent) {
    while (digits.starts_with('0')) digits.remove_prefix(1);
    if (digits.empty()) return 0.0;
    const int magnitude = static_cast<int>(digits.size()) + exponent;
    if (magnitude > 310) return std::numeric_limits<double>::infinity();
    if (magnitude < -330) return 0.0;
    if (digits.size() <= 15 && exponent >= -22 && exponent <= 22) {
        double power = 1.0; // exact up to 10^22, so that one operation rounds once
        for (int i = exponent < 0 ? -exponent : exponent; i > 0; --i) power *= 10.0;
        double value = 0.0;
        for (const char digit : digits) value = value * 10.0 + (digit - '0');
        return exponent < 0 ? value / power : value * power;
    }
    big_natural upper(0);
    big_natural lower(1);
    for (const char digit : digits) upper.multiply_add(10, static_cast<std::uint32_t>(digit - '0'));
    for (int i = 0; i < exponent; ++i) upper.multiply_add(10, 0);
    for (int i = 0; i > exponent; --i) lower.multiply_add(10, 0);
    return divide(upper, lower);
}

constexpr number hexadecimal_value(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits) {
        if (c != '_') value = (value << 4U) | static_cast<std::uint64_t>(hex_value(c));
    }
    return {.integer = static_cast<std::int64_t>(value)};
}

/// A decimal literal taken apart: digits × 10^exponent.
struct decimal {
    model::vector<char> digits{}; ///< without leading zeros
    int exponent = 0;
    bool is_real = false;

    constexpr std::string_view text() const { return {digits.data(), digits.size()}; }
};

constexpr int written_exponent(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (is_digit(c) && value < 100000) value = value * 10 + (c - '0');
    }
    return at(text, 0) == '-' ? -value : value;
}

constexpr decimal take_apart(std::string_view text) {
    constexpr std::size_t longest = 1000; // no double needs more digits
    decimal result;
    std::size_t i = 0;
    for (; i < text.size() && model::fold(text[i]) != 'e'; ++i) {
        if (text[i] == '.') result.is_real = true;
        if (!is_digit(text[i])) continue;
        const bool kept = result.digits.size() < longest;
        if (kept && (text[i] != '0' || !result.digits.empty())) result.digits.push_back(text[i]);
        if (result.is_real && kept && result.exponent > -100000) --result.exponent;
        if (!result.is_real && !kept && result.exponent < 100000) ++result.exponent;
    }
    if (i < text.size()) {
        result.is_real = true;
        result.exponent += written_exponent(text.substr(i + 1));
    }
    return result;
}

/// Reads `12.5e3` and the like; no sign.
constexpr number decimal_number(std::string_view text) {
    const decimal parts = take_apart(text);
    if (!parts.is_real && parts.exponent == 0) {
        constexpr std::uint64_t largest = 0x7fffffffffffffff;
        std::uint64_t value = 0;
        bool fits = true;
        for (const char c : parts.digits) {
            const auto digit = static_cast<std::uint64_t>(c - '0');
            fits = fits && value <= (largest - digit) / 10;
            if (fits) value = value * 10 + digit;
        }
        if (fits) return {.integer = static_cast<std::int64_t>(value)};
    }
    const bool is_two_to_63 = !parts.is_real && parts.exponent == 0 && parts.text() == "9223372036854775808";
    return {.is_real = true, .real = decimal_value(parts.text(), parts.exponent), .is_two_to_63 = is_two_to_63};
}

/// Reads a numeric token.
constexpr number number_value(std::string_view text) {
    if (text.size() > 2 && text[0] == '0' && model::fold(text[1]) == 'x') return hexadecimal_value(text.substr(2));
    return decimal_number(text);
}

/// Puts a minus before a literal.
constexpr number negated(number value) {
    constexpr double two_to_63 = 9223372036854775808.0;
    constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
    if (value.is_two_to_63) return {.integer = smallest};
    if (value.is_real) return {.is_real = true, .real = -value.real};
    if (value.integer == smallest) return {.is_real = true, .real = two_to_63};
    return {.integer = -value.integer};
}

} // namespace autopack_schema::sql::detail
