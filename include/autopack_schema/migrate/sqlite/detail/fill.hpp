// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/column_checks.hpp>
#include <autopack_schema/migrate/sqlite/detail/key_checks.hpp>
#include <autopack_schema/model/items.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Asks what the new values of one column could break.
inline void check_fill(check_list& list, const column_source& s) {
    const table_pair& pair = list.pair();
    check_column(list, s);
    for (const auto& c : pair.target.checks_of(pair.is)) {
        if (migrate::detail::mentions(c.expression, s.column->name.text)) check_expression(list, c);
    }
    const auto unique = [&](model::items<model::key_part> parts, std::string_view where) {
        if (migrate::detail::mentions(parts, s.column->name)) check_unique(list, parts, where);
    };
    unique(pair.target.parts_of(pair.is.key), {});
    for (const auto& u : pair.target.uniques_of(pair.is)) unique(pair.target.parts_of(u), {});
    for (const auto& i : pair.target.indexes_of(pair.is)) {
        if (i.unique) unique(pair.target.parts_of(i), i.where);
    }
}

/// Plans new values for columns that are there, of a table that is not rebuilt.
/// shape:  only rows that change are written, so that a second run has nothing to do
inline void fill_columns(const table_pair& pair, model::items<std::int64_t> rows_to_fill, std::vector<step>& out) {
    for (std::size_t i = 0; i < pair.rules.size(); ++i) {
        const data_rule& rule = pair.rules[i];
        if (rule.is_allowance() || !(rule.table == pair.is.name) || pair.old_column(rule.name) == nullptr) continue;
        const model::column* const c = model::find_column(pair.target, pair.is, rule.name);
        const std::int64_t rows = i < rows_to_fill.size() ? rows_to_fill[i] : -1;
        if (c == nullptr || rows == 0 || value_rule(pair, *c) != &rule) continue;
        step made{.kind = step_kind::fill_column,
                  .table = std::string(pair.is.name.text),
                  .object = std::string(c->name.text),
                  .rows = rows};
        made.changes.push_back(std::string(words_of(rule.kind)) + " " + std::string(pair.is.name.text) + "." +
                               std::string(c->name.text) + " = " + std::string(rule.sql));
        check_list list(pair, made.checks);
        check_fill(list, *list.source(c->name));
        made.statements.push_back(
            {statement_role::fill, "UPDATE " + in_main(pair.is.name.text) + " SET " + quote_identifier(c->name.text) +
                                       " = " + parenthesized(rule.sql) + " WHERE " + rows_to_fill_predicate(rule)});
        out.push_back(std::move(made));
    }
}

} // namespace autopack_schema::migrate::sqlite::detail
