// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/detail/mentions.hpp>
#include <autopack_schema/migrate/sqlite/detail/table_pair.hpp>
#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

/// An expression in parentheses, also where it ends in a line comment.
inline std::string parenthesized(std::string_view expression) {
    const bool comment = expression.find("--") != std::string_view::npos;
    return "(" + std::string(expression) + (comment ? "\n)" : ")");
}

/// Where the value of one column of the new table comes from.
struct column_source {
    const model::column* column = nullptr;
    std::string value{}; ///< over the old row
    bool copied = true;  ///< named in the INSERT; else the default, NULL or the generated value
    bool direct = false; ///< the old column as it is
    bool filled = false; ///< by a data rule
};

/// The predicate for the rows whose value a data rule changes.
inline std::string rows_to_fill_predicate(const data_rule& rule) {
    const std::string column = quote_identifier(rule.name.text);
    std::string when = rule.when.empty() ? std::string() : parenthesized(rule.when) + " AND ";
    if (when.empty() && rule.kind == rule_kind::backfill) when = column + " IS NULL AND ";
    return when + column + " COLLATE BINARY IS NOT " + parenthesized(rule.sql);
}

/// The value that a data rule gives an existing column.
inline std::string filled_value(const data_rule& rule) {
    return "CASE WHEN " + rows_to_fill_predicate(rule) + " THEN " + parenthesized(rule.sql) + " ELSE " +
           quote_identifier(rule.name.text) + " END";
}

/// Finds the rule that says the value of a column: a transformation, else a backfill.
inline const data_rule* value_rule(const table_pair& pair, const model::column& c) {
    const data_rule* const transform = pair.rule(rule_kind::transform, c.name);
    return transform != nullptr ? transform : pair.rule(rule_kind::backfill, c.name);
}

/// Says where a column that the old table does not have gets its value.
inline column_source new_column_source(const table_pair& pair, const model::column& c) {
    const std::string_view rowid = rowid_name(pair.live, pair.was);
    if (const data_rule* const rule = pair.rule(rule_kind::backfill, c.name)) {
        return {&c, parenthesized(rule->sql), true, false, true};
    }
    if (pair.is_rowid(c) && !rowid.empty()) return {&c, std::string(rowid), true, false, false};
    if (c.default_to.present()) return {&c, parenthesized(sql::sqlite::literal(c.default_to)), false, false, false};
    return {&c, "NULL", false, false, false};
}

/// Says where the value of a column comes from.
inline column_source source_of(const table_pair& pair, const model::column& c) {
    if (c.generated != model::generated_kind::none) return {&c, parenthesized(c.generated_as), false, false, false};
    const model::column* const old = pair.old_column(c.name);
    if (old == nullptr) return new_column_source(pair, c);
    if (const data_rule* const rule = value_rule(pair, c)) return {&c, filled_value(*rule), true, false, true};
    return {&c, quote_identifier(old->name.text), true, true, false};
}

/// Where all values of the new rows come from, in the order of the new table.
inline model::vector<column_source> sources_of(const table_pair& pair) {
    model::vector<column_source> sources;
    for (const model::column& c : pair.target.columns_of(pair.is)) sources.push_back(source_of(pair, c));
    return sources;
}

/// Tells whether the old table's column can stand for the new one: same value, same comparison.
inline bool is_unchanged(const table_pair& pair, const column_source& s) {
    const model::column* const old = pair.old_column(s.column->name);
    if (old == nullptr || s.filled) return false;
    if (s.column->generated != old->generated) return false;
    return !pair.changes_type(*old, *s.column) && !pair.changes_collation(*old, *s.column);
}

/// The value as the new table would keep and compare it.
inline std::string kept_value(const table_pair& pair, const column_source& s) {
    std::string value = is_unchanged(pair, s) ? s.value : stored_value(s.value, pair.affinity_of(*s.column));
    if (!s.column->collation.empty() && !is_unchanged(pair, s)) {
        value = "(" + value + ") COLLATE " + quote_identifier(s.column->collation);
    }
    return value;
}

} // namespace autopack_schema::migrate::sqlite::detail
