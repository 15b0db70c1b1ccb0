// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/value.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>
#include <autopack_schema/sql/sqlite/expression.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

// The constants that stand behind DEFAULT, and what a column makes of them when it stores them.
namespace autopack_schema::sql::sqlite::detail {

using sql::detail::is_digit;
using sql::detail::number;

enum class constant_kind : std::uint8_t { none, null, number, text, blob };

struct constant {
    constant_kind kind = constant_kind::none; ///< none: not a constant
    number value{};
    std::string_view text{};
    bool is_quoted = false; ///< `text` is a literal of SQL; it has no quotes of its own otherwise

    /// The text without quotes; doubled quotes stay doubled, which no number minds.
    constexpr std::string_view inner() const { return is_quoted ? text.substr(1, text.size() - 2) : text; }
    constexpr unquoted reader() const { return is_quoted ? unquoted(text) : unquoted::plain(text); }
};

/// Reads an expression that is a literal; TRUE and FALSE are.
constexpr constant constant_of(std::string_view expression) {
    const expression_tree tree = parse_expression(expression, expressions);
    if (!tree.understood()) return {};
    const expression_node& root = tree.nodes[tree.root];
    switch (root.kind) {
    case node_kind::null: return {constant_kind::null};
    case node_kind::number: return {constant_kind::number, root.value};
    case node_kind::string: return {constant_kind::text, {}, root.text, true};
    case node_kind::blob: return {constant_kind::blob, {}, root.text.substr(2, root.text.size() - 3)};
    default: return {};
    }
}

constexpr constant constant_of(const model::default_value& value) {
    switch (value.kind) {
    case model::default_kind::none:
    case model::default_kind::null: return {constant_kind::null};
    case model::default_kind::integer: return {constant_kind::number, {.integer = value.integer}};
    case model::default_kind::real: return {constant_kind::number, {.is_real = true, .real = value.real}};
    case model::default_kind::text: return {constant_kind::text, {}, value.text};
    case model::default_kind::blob: return {constant_kind::blob, {}, value.text};
    case model::default_kind::expression: return constant_of(value.text);
    }
    return {};
}

constexpr std::size_t count_digits(std::string_view text) {
    std::size_t count = 0;
    while (count < text.size() && is_digit(text[count])) ++count;
    return count;
}

/// Tells whether a text is a whole decimal number, without spaces around it and sign.
constexpr bool is_decimal(std::string_view text) {
    const std::size_t before = count_digits(text);
    text.remove_prefix(before);
    std::size_t behind = 0;
    if (text.starts_with('.')) {
        behind = count_digits(text.substr(1));
        text.remove_prefix(behind + 1);
    }
    if (before + behind == 0) return false;
    if (text.empty()) return true;
    if (model::fold(text.front()) != 'e') return false;
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && count_digits(text) == text.size();
}

/// A real that is a whole number is stored as an integer.
constexpr constant as_integer_if_whole(constant c) {
    constexpr double limit = 9223372036854775808.0;
    if (!c.value.is_real || !(c.value.real > -limit && c.value.real < limit)) return c;
    const auto whole = static_cast<std::int64_t>(c.value.real);
    if (static_cast<double>(whole) == c.value.real) c.value = {.integer = whole};
    return c;
}

/// A text that is a number becomes it.
constexpr constant as_number_if_numeric(constant c) {
    std::string_view text = c.inner();
    while (!text.empty() && sql::detail::is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && sql::detail::is_space(text.back())) text.remove_suffix(1);
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    if (!is_decimal(text)) return c;
    const number value = sql::detail::number_value(text);
    return {constant_kind::number, negative ? sql::detail::negated(value) : value, {}};
}

/// What a column of an affinity stores; numbers stay numbers for TEXT, see `same_stored`.
constexpr constant stored_as(constant c, affinity to) {
    if (to == affinity::blob || to == affinity::text) return c;
    if (c.kind == constant_kind::text) c = as_number_if_numeric(c);
    if (c.kind != constant_kind::number) return c;
    if (to == affinity::real) {
        c.value = {.is_real = true, .real = c.value.as_real()};
        return c;
    }
    return as_integer_if_whole(c);
}

/// Tells whether digits with a point are written as SQLite writes a real: 1.5, 10.0, 1.0e+20.
constexpr bool is_canonical_real(std::string_view text) {
    const std::size_t before = count_digits(text);
    if (before == 0 || (before > 1 && text.front() == '0') || text.substr(before, 1) != ".") return false;
    const std::size_t behind = count_digits(text.substr(before + 1));
    if (behind == 0 || before + behind > 16) return false;
    if (behind > 1 && text[before + behind] == '0') return false;
    const std::string_view exponent = text.substr(before + 1 + behind);
    if (exponent.empty()) return true;
    return before == 1 && exponent.size() >= 4 && exponent[0] == 'e' && (exponent[1] == '+' || exponent[1] == '-') &&
           count_digits(exponent.substr(2)) == exponent.size() - 2;
}

/// Tells whether a number, turned into text, is a text.
constexpr bool is_text_of(number value, std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (value.is_real ? !is_canonical_real(text) : text.empty() || count_digits(text) != text.size()) return false;
    if (!value.is_real && text.size() > 1 && text.front() == '0') return false;
    if (!value.is_real && negative && text == "0") return false;
    const number read = sql::detail::number_value(text);
    return sql::detail::same_number(negative ? sql::detail::negated(read) : read, value);
}

/// Tells whether a column of an affinity stores the same for two constants.
constexpr bool same_stored(const constant& left, const constant& right, affinity to) {
    const constant a = stored_as(left, to);
    const constant b = stored_as(right, to);
    if (to == affinity::text && a.kind == constant_kind::number && b.kind == constant_kind::text) {
        return is_text_of(a.value, b.inner());
    }
    if (to == affinity::text && a.kind == constant_kind::text && b.kind == constant_kind::number) {
        return is_text_of(b.value, a.inner());
    }
    if (a.kind != b.kind) return false;
    switch (a.kind) {
    case constant_kind::none: return false;
    case constant_kind::null: return true;
    case constant_kind::number: return sql::detail::same_number(a.value, b.value);
    case constant_kind::text: return same_text(a.reader(), b.reader());
    case constant_kind::blob: return model::same_name(a.text, b.text);
    }
    return false;
}

} // namespace autopack_schema::sql::sqlite::detail
