// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/case.hpp>
#include <autopack_schema/drift/detail/kind.hpp>
#include <autopack_schema/drift/detail/value_list.hpp>
#include <autopack_schema/drift/severity.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstdint>
#include <string_view>

namespace autopack_schema::drift::detail {

/// A column that the code does not know stops every INSERT when it wants a value and has none of its own.
inline severity judge_extra_column(const drift_case& c) {
    const model::column& extra = *c.actual_column();
    const bool needs_value = c.actual_refuses_null(extra) && !extra.default_to.present() &&
                             extra.generated == model::generated_kind::none && !c.actual_is_rowid(extra);
    return needs_value ? severity::breaking : severity::extra;
}

/// Without its default, a NOT NULL column stops every INSERT that leaves it out.
inline severity judge_default(const drift_case& c) {
    const auto fills = [](const model::default_value& d) {
        return d.present() && d.kind != model::default_kind::null;
    };
    const model::column& actual = *c.actual_column();
    const bool lost = fills(c.expected_column()->default_to) && !fills(actual.default_to);
    return lost && c.actual_refuses_null(actual) ? severity::breaking : severity::semantic;
}

/// REPLACE and IGNORE make rows vanish without an error.
inline severity judge_conflict(const drift_case& c) {
    const auto silent = [](model::conflict x) {
        return x == model::conflict::replace || x == model::conflict::ignore;
    };
    const auto clause = [&c](const model::schema& s, const model::table& t, std::uint32_t at) {
        if (c.what.what == element::primary_key) return t.key.on_conflict;
        return c.what.what == element::unique ? s.uniques[at].on_conflict : s.columns[at].on_null;
    };
    const bool hidden = silent(clause(c.expected, *c.expected_table(), c.what.to)) ||
                        silent(clause(c.actual, *c.actual_table(), c.what.from));
    return hidden ? severity::breaking : severity::semantic;
}

/// An action that changes or deletes rows where the code expects none, or another one.
inline severity judge_on_delete(const drift_case& c) {
    const model::fk_action actual = c.actual_foreign_key()->on_delete;
    const bool harmless = actual == model::fk_action::no_action || actual == model::fk_action::restrict;
    return harmless ? severity::semantic : severity::breaking;
}

/// A list of allowed values that lacks one which the code writes refuses that row.
inline severity judge_check(const drift_case& c) {
    const bool narrower = lacks_value(c.actual.checks[c.what.from].expression, c.expected.checks[c.what.to].expression);
    return narrower ? severity::breaking : severity::semantic;
}

inline bool is_unique_index(const drift_case& c) {
    const model::index* const expected = c.expected_index();
    const model::index* const actual = c.actual_index();
    return (expected != nullptr && expected->unique) || (actual != nullptr && actual->unique);
}

/// Judges how much a change matters, from its kind and from what is around it.
inline severity judge(const drift_case& c) {
    using enum change_kind;
    const severity usual = facts_of(c.what.kind).level;
    switch (c.what.kind) {
    case drop_column: return judge_extra_column(c);
    case column_default: return judge_default(c);
    case constraint_on_conflict: return judge_conflict(c);
    case foreign_key_on_delete: return judge_on_delete(c);
    case check_expression: return judge_check(c);
    case table_strict: return c.actual_table()->strict ? severity::breaking : usual;
    case table_virtual: return c.actual_table()->kind != c.expected_table()->kind ? severity::breaking : usual;
    case add_index:
    case drop_index:
    case index_columns:
    case index_collation:
    case index_predicate:
    case index_expression: return is_unique_index(c) ? severity::breaking : usual;
    default: return usual;
    }
}

/// Says what a change means, in the words of its kind or, where a side matters, of the case.
inline std::string_view consequence(const drift_case& c) {
    using enum change_kind;
    switch (c.what.kind) {
    case column_not_null:
        return c.expected_refuses_null(*c.expected_column()) ? "the database accepts NULL, and the code has no place for it"
                                                             : "the database refuses NULL, and the code can write it";
    case drop_column:
        if (judge_extra_column(c) == severity::breaking) return "every INSERT fails: the code gives the column no value";
        break;
    case column_default:
        if (judge_default(c) == severity::breaking) return "every INSERT that leaves the column out fails";
        break;
    case drop_index:
        if (is_unique_index(c)) return "rows that the code may write are refused as duplicates";
        break;
    case add_index:
        if (is_unique_index(c)) return "duplicates are accepted, and queries have to read the whole table";
        break;
    default: break;
    }
    return facts_of(c.what.kind).consequence;
}

} // namespace autopack_schema::drift::detail
