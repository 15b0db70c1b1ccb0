// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/sqlite/detail/check_list.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

inline void check_null(check_list& list, const column_source& s, const model::column* old) {
    const table_pair& pair = list.pair();
    const model::column& c = *s.column;
    if (!pair.is_not_null(c) || !s.copied) return;
    const bool refused_before = old != nullptr && sql::sqlite::rules.not_null({pair.live, pair.was}, *old);
    if (refused_before && s.direct) return;
    if (old == nullptr && !s.filled) return; // the row number
    list.add(
        {.code = "S372",
         .column = std::string(c.name.text),
         .what = s.filled ? "NULL from the expression for a NOT NULL column" : "NULL in a column that becomes NOT NULL",
         .advice = "correct the rows, or give the migration a transform for the column",
         .from = list.table(),
         .where = parenthesized(s.value) + " IS NULL"});
}

/// Asks for values that the new type stores as others, unless that is allowed.
inline void check_lossless(check_list& list, const column_source& s, const model::column& old) {
    const table_pair& pair = list.pair();
    const model::column& c = *s.column;
    if (!pair.changes_type(old, c) || s.filled || pair.rule(rule_kind::lossy, c.name) != nullptr) return;
    const auto to = pair.affinity_of(c);
    if (to == affinity::blob) return;
    list.add({.code = "S375",
              .column = std::string(c.name.text),
              .what = "a value that the new type would store as another one",
              .advice = "give the migration a transform, or allow it with 'lossy " + std::string(pair.is.name.text) +
                        "." + std::string(c.name.text) + "'",
              .from = list.table(),
              .where = loses_value(s.value, to)});
}

/// Asks for values that a STRICT column or the row number refuses. SQLite lets generated values of another class into a
/// STRICT table and calls the file damaged later, so they are asked too.
inline void check_storage_class(check_list& list, const column_source& s, const model::column* old) {
    const table_pair& pair = list.pair();
    const model::column& c = *s.column;
    const bool generated = c.generated != model::generated_kind::none;
    const bool becomes_rowid = pair.is_rowid(c) && old != nullptr && !pair.was_rowid(*old);
    const bool becomes_strict =
        pair.is.strict && (old == nullptr || !pair.was.strict || pair.changes_type(*old, c) || s.filled);
    std::string_view wanted;
    if (becomes_strict) wanted = strict_class(sql::sqlite::declared_type(c.type, true));
    if (becomes_rowid) wanted = "integer";
    if (wanted.empty()) return;
    list.add({.code = "S376",
              .column = std::string(c.name.text),
              .what = "a value that is no " + std::string(wanted),
              .advice = generated ? "correct the expression of the column"
                                  : "correct the rows, or give the migration a transform for the column",
              .from = list.table(),
              .where = "typeof(" + stored_value(s.value, pair.affinity_of(c)) + ") NOT IN ('" + std::string(wanted) +
                       "', 'null')"});
}

/// A plain column that becomes a generated one loses the values that are not what it computes.
inline void check_generated(check_list& list, const column_source& s, const model::column& old) {
    const table_pair& pair = list.pair();
    if (old.generated != model::generated_kind::none || pair.rule(rule_kind::lossy, s.column->name) != nullptr) return;
    list.add({.code = "S375",
              .column = std::string(s.column->name.text),
              .what = "a value that is not what the generated column computes",
              .advice = "correct the rows, or allow it with 'lossy " + std::string(pair.is.name.text) + "." +
                        std::string(s.column->name.text) + "'",
              .from = list.table(),
              .where = quote_identifier(old.name.text) + " IS NOT " + s.value});
}

/// A generated column that refuses NULL must compute a value for every row (trap 41).
inline void check_computed_null(check_list& list, const model::column& c, const model::column* old) {
    const table_pair& pair = list.pair();
    if (!pair.is_not_null(c)) return;
    if (old != nullptr && sql::sqlite::rules.not_null({pair.live, pair.was}, *old) &&
        old->generated_as == c.generated_as)
        return;
    list.add({.code = "S372",
              .column = std::string(c.name.text),
              .what = "NULL from the expression of a NOT NULL column",
              .advice = "correct the rows, or the expression of the column",
              .from = list.rows(c.generated_as),
              .where = parenthesized(c.generated_as) + " IS NULL"});
}

/// DEFAULT NULL is no value for a column that refuses NULL.
inline bool has_default(const model::column& c) {
    return c.default_to.present() && c.default_to.kind != model::default_kind::null;
}

/// Asks whether every row has a value that a column accepts.
inline void check_column(check_list& list, const column_source& s) {
    const table_pair& pair = list.pair();
    const model::column& c = *s.column;
    const model::column* const old = pair.old_column(c.name);
    if (c.generated != model::generated_kind::none) {
        if (old != nullptr) check_generated(list, s, *old);
        check_computed_null(list, c, old);
        check_storage_class(list, s, old);
        return;
    }
    if (old == nullptr && !s.copied && !has_default(c) && pair.is_not_null(c) && !pair.is_rowid(c)) {
        return list.add({.code = "S371",
                         .column = std::string(c.name.text),
                         .what = "no value for the new NOT NULL column",
                         .advice = "give the column a default, or the migration a backfill for it",
                         .from = list.table(),
                         .where = "1"});
    }
    check_null(list, s, old);
    if (old != nullptr) check_lossless(list, s, *old);
    check_storage_class(list, s, old);
}

/// Asks whether all rows pass a CHECK, also one that was there before: the copy would stop at the first that does not.
inline void check_expression(check_list& list, const model::check_constraint& check) {
    list.add({.code = "S374",
              .column = std::string(check.name.empty() ? check.column.text : check.name.text),
              .what = "breaks CHECK (" + std::string(check.expression) + ")",
              .advice = "correct the rows, or give the migration a transform for the column",
              .from = list.rows(check.expression),
              .where = "NOT " + parenthesized(check.expression)});
}

/// Asks for the values that a column takes along which may go only without them.
inline void check_removal(check_list& list, const model::column& c) {
    const table_pair& pair = list.pair();
    const data_rule* const rule = pair.rule(rule_kind::drop_column, c.name);
    if (rule == nullptr || rule->when.empty()) return;
    const std::string object = std::string(pair.is.name.text) + "." + std::string(c.name.text);
    list.add({.code = "S401",
              .column = std::string(c.name.text),
              .what = "a value that migrating up again would not give back",
              .advice = "keep a copy of it, or allow it with 'drop column " + object + "'",
              .from = list.table(),
              .where = std::string(rule->when)});
}

/// Tells whether values go with the columns that a table loses: those that no later migration gives back.
inline bool loses_values(const table_pair& pair) {
    for (const change& c : pair.changes) {
        if (c.kind != change_kind::drop_column) continue;
        const data_rule* const rule = pair.rule(rule_kind::drop_column, pair.live.columns[c.from].name);
        if (rule == nullptr || rule->when.empty()) return true;
    }
    return false;
}

} // namespace autopack_schema::migrate::sqlite::detail
