// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/rules.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>
#include <autopack_schema/sql/sqlite/detail/constant.hpp>
#include <autopack_schema/sql/sqlite/expression.hpp>
#include <autopack_schema/sql/sqlite/module.hpp>
#include <autopack_schema/sql/sqlite/trigger.hpp>

#include <string_view>

namespace autopack_schema::sql::sqlite {

namespace detail {

constexpr bool same_type(const model::column& a, const table_scope& a_scope, const model::column& b,
                         const table_scope& b_scope) {
    if (a.type == b.type && a_scope.table.strict == b_scope.table.strict) return true;
    return same_storage(a.type, a_scope.table.strict, b.type, b_scope.table.strict);
}

/// A definition that names a meaning and no spelling is content with every spelling.
constexpr bool same_type_spelling(const model::column& a, const model::column& b) {
    const auto has_no_opinion = [](const model::data_type& type) {
        return type.declared.empty() && type.kind != model::type_kind::unspecified;
    };
    return has_no_opinion(a.type) || has_no_opinion(b.type) || same_type_text(a.type.declared, b.type.declared);
}

/// The names that an expression of a table can use.
struct scope_names {
    model::vector<std::string_view> columns{};
    model::vector<renamed_column> renamed{};

    constexpr scope_names(const table_scope& own, const table_scope& other) {
        for (const model::column& c : own.schema.columns_of(own.table)) {
            columns.push_back(c.name.text);
            const bool was_renamed = !c.renamed_from.empty() &&
                                     find_column(other.schema, other.table, c.name) == nullptr &&
                                     find_column(other.schema, other.table, c.renamed_from) != nullptr;
            if (was_renamed) renamed.push_back({c.name.text, c.renamed_from.text});
        }
    }

    constexpr name_scope of(const table_scope& own) const { return {own.table.name.text, columns, renamed}; }
};

constexpr bool same_expression(std::string_view a, const table_scope& a_scope, std::string_view b,
                               const table_scope& b_scope) {
    const bool has_quotes = a.find('"') != std::string_view::npos; // "x" depends on the columns that there are
    if (a == b && !has_quotes) return true;
    const scope_names a_names(a_scope, b_scope);
    const scope_names b_names(b_scope, a_scope);
    return sql::same_expression(a, a_names.of(a_scope), b, b_names.of(b_scope), expressions);
}

/// Constants are compared by what the column stores; where only the types differ, the defaults do not.
constexpr bool same_default(const model::column& a, const table_scope& a_scope, const model::column& b,
                            const table_scope& b_scope) {
    if (a.default_to == b.default_to) return true;
    const constant left = constant_of(a.default_to);
    const constant right = constant_of(b.default_to);
    if (left.kind == constant_kind::none || right.kind == constant_kind::none) {
        return left.kind == right.kind && sql::same_expression(a.default_to.text, b.default_to.text, expressions);
    }
    const affinity a_affinity = affinity_of(a.type, a_scope.table.strict);
    const affinity b_affinity = affinity_of(b.type, b_scope.table.strict);
    if (same_stored(left, right, a_affinity) || same_stored(left, right, b_affinity)) return true;
    return a_affinity != b_affinity && same_stored(left, right, affinity::blob);
}

/// Finds out whether a column is another name of the row number: the only part of the key, of a type that is exactly
/// INTEGER; not in a WITHOUT ROWID table and, by a kept bug, not as `INTEGER PRIMARY KEY DESC` at the column.
/// source: https://sqlite.org/lang_createtable.html, 5
constexpr bool is_rowid_alias(const table_scope& scope, const model::column& column) {
    const model::table& t = scope.table;
    if (t.kind != model::table_kind::ordinary || t.without_rowid || t.key.inline_descending) return false;
    const auto parts = scope.schema.parts_of(t.key);
    if (parts.size() != 1 || parts[0].is_expression || parts[0].text != column.name) return false;
    return is_integer_type(declared_type(column.type, t.strict));
}

/// Finds out whether NULL is refused: by NOT NULL, by the key of a WITHOUT ROWID or STRICT table, or because the column
/// is the row number. The key of any other table accepts NULL, by a kept bug.
/// source: https://sqlite.org/withoutrowid.html, https://sqlite.org/stricttables.html
constexpr bool is_not_null(const table_scope& scope, const model::column& column) {
    if (!column.nullable || is_rowid_alias(scope, column)) return true;
    const bool implied = scope.table.without_rowid || scope.table.strict;
    return implied && in_primary_key(scope.schema, scope.table, column.name);
}

/// There is no SET CONSTRAINTS: only DEFERRABLE INITIALLY DEFERRED waits for the end of the transaction.
/// source: https://sqlite.org/foreignkeys.html, 4.2
constexpr bool same_deferral(model::deferral a, model::deferral b) {
    return (a == model::deferral::deferred) == (b == model::deferral::deferred);
}

} // namespace detail

/// How SQLite sees two schemas.
inline constexpr autopack_schema::rules rules{
    .same_type = detail::same_type,
    .same_type_spelling = detail::same_type_spelling,
    .same_default = detail::same_default,
    .same_expression = detail::same_expression,
    .same_view = same_view,
    .same_trigger = same_trigger,
    .not_null = detail::is_not_null,
    .rowid_alias = detail::is_rowid_alias,
    .same_deferral = detail::same_deferral,
    .default_collation = "BINARY",
    .same_module = same_module,
};

} // namespace autopack_schema::sql::sqlite
