// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/generate/literal.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::cli::generate {

/// The C++ type of a member.
struct member_type {
    std::string_view name;
    model::type_kind kind;  ///< what `column_traits` makes of it
    std::string_view start; ///< its value in a new row
};

/// The members that columns are made into.
inline constexpr member_type integer_member{"std::int64_t", model::type_kind::integer, " = 0"};
inline constexpr member_type real_member{"double", model::type_kind::real, " = 0"};
inline constexpr member_type text_member{"std::string", model::type_kind::text, ""};
inline constexpr member_type blob_member{"std::vector<std::byte>", model::type_kind::blob, ""};
inline constexpr member_type boolean_member{"bool", model::type_kind::boolean, " = false"};
inline constexpr member_type timestamp_member{"aps::timestamp", model::type_kind::timestamp, "{}"};

namespace detail {

inline const member_type& member_of_affinity(sql::sqlite::affinity a) {
    switch (a) {
    case sql::sqlite::affinity::integer: return integer_member;
    case sql::sqlite::affinity::text: return text_member;
    case sql::sqlite::affinity::blob: return blob_member;
    case sql::sqlite::affinity::real:
    case sql::sqlite::affinity::numeric: break;
    }
    return real_member;
}

} // namespace detail

/// The C++ type for the values of a column.
inline const member_type& member_type_of(const model::table& t, const model::column& c) {
    switch (c.type.kind) {
    case model::type_kind::integer: return integer_member;
    case model::type_kind::real:
    case model::type_kind::numeric: return real_member;
    case model::type_kind::text:
    case model::type_kind::json:
    case model::type_kind::date:
    case model::type_kind::time: return text_member;
    case model::type_kind::boolean: return boolean_member;
    case model::type_kind::timestamp: return timestamp_member;
    case model::type_kind::blob:
    case model::type_kind::any: return blob_member;
    case model::type_kind::unspecified: break;
    }
    return detail::member_of_affinity(sql::sqlite::affinity_of(c.type, t.strict));
}

/// Tells whether a column of a new row can be empty: what the row number replaces cannot.
inline bool is_optional(const model::schema& s, const model::table& t, const model::column& c) {
    const table_scope scope{s, t};
    return c.nullable && !sql::sqlite::rules.not_null(scope, c) && !sql::sqlite::rules.rowid_alias(scope, c);
}

namespace detail {

inline std::string default_expression(std::string_view sql) { return "aps::default_expression(" + literal(sql) + ")"; }

/// A literal as SQL, for members that cannot have it as a C++ value.
inline std::string default_as_sql(const model::default_value& d) {
    switch (d.kind) {
    case model::default_kind::integer: return std::to_string(d.integer);
    case model::default_kind::real: return d.real > 0 ? "9e999" : "-9e999";
    case model::default_kind::blob: return "x'" + std::string(d.text) + "'";
    case model::default_kind::null: return "NULL";
    default: break;
    }
    std::string text = "'";
    for (const char ch : d.text) text += ch == '\'' ? "''" : std::string(1, ch);
    return text + "'";
}

/// The default as a C++ value of the member's type; empty where it has another type.
inline std::string default_as_value(const model::default_value& d, const member_type& m, bool optional) {
    const bool number = m.kind == model::type_kind::integer || m.kind == model::type_kind::real;
    const bool text = m.kind == model::type_kind::text || m.kind == model::type_kind::timestamp;
    switch (d.kind) {
    case model::default_kind::null: return optional ? "nullptr" : "";
    case model::default_kind::integer:
        if (m.kind == model::type_kind::boolean && d.integer == 0) return "false";
        if (m.kind == model::type_kind::boolean && d.integer == 1) return "true";
        return number ? literal(d.integer) : "";
    case model::default_kind::real: return m.kind == model::type_kind::real ? literal(d.real) : "";
    case model::default_kind::text: return text ? literal(d.text) : "";
    default: return "";
    }
}

} // namespace detail

/// `aps::default_value(0)` or `aps::default_expression("…")`.
inline std::string default_option(const model::default_value& d, const member_type& m, bool optional) {
    if (d.kind == model::default_kind::expression) return detail::default_expression(d.text);
    const std::string value = detail::default_as_value(d, m, optional);
    if (!value.empty()) return "aps::default_value(" + value + ")";
    if (d.kind == model::default_kind::real && !literal(d.real).empty())
        return detail::default_expression(literal(d.real));
    return detail::default_expression(detail::default_as_sql(d));
}

/// What a member of a new row is: its database default where that is a value of its type.
inline std::string member_start(const model::column& c, const member_type& m, bool optional) {
    if (optional) return "";
    const bool takes_value = m.kind != model::type_kind::timestamp && m.kind != model::type_kind::blob;
    const std::string value = takes_value ? detail::default_as_value(c.default_to, m, optional) : "";
    return value.empty() ? std::string(m.start) : " = " + value;
}

} // namespace autopack_schema::cli::generate
