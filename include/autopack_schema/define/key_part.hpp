// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/constraint.hpp>

#include <concepts>
#include <string_view>

namespace autopack_schema {

/// One part of a key or an index; made from a column's name, `desc`, `expression` or `collate`.
struct part {
    model::key_part value{};

    constexpr part() = default;
    consteval part(const char* column_name) { value.text = column_name; }
    consteval part(std::string_view column_name) { value.text = column_name; }

    /// The part with a collation of its own: `expression("name").collate("NOCASE")`.
    consteval part collate(std::string_view collation) const {
        part copy = *this;
        copy.value.collation = collation;
        return copy;
    }
    consteval part desc() const {
        part copy = *this;
        copy.value.descending = true;
        return copy;
    }
    consteval part nulls(model::nulls_order order) const {
        part copy = *this;
        copy.value.nulls = order;
        return copy;
    }
};

/// A part in descending order: `index("ix", desc("timestamp"))`.
consteval part desc(part p) { return p.desc(); }

/// A part that is an expression, written without the parentheses around it: `expression("lower(email)")`.
consteval part expression(std::string_view sql) {
    part p;
    p.value.text = sql;
    p.value.is_expression = true;
    return p;
}

/// A part with a collation of its own: `index("ix", collate("name", "NOCASE"))`.
consteval part collate(part p, std::string_view collation) { return p.collate(collation); }

namespace detail {
template <class T>
concept is_part = std::convertible_to<T, part>;
}

} // namespace autopack_schema
