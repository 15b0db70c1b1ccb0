// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/check.hpp>
#include <autopack_schema/drift/detail/ask_sqlite.hpp>
#include <autopack_schema/drift/detail/related.hpp>
#include <autopack_schema/drift/detail/scratch_copy.hpp>
#include <autopack_schema/drift/second_opinion.hpp>
#include <autopack_schema/model/vector.hpp>

#include <string_view>

namespace autopack_schema::drift {

namespace detail {

/// Kinds that no program of SQLite can show: names, spelling, and how the same rows are refused.
inline bool shows_in_programs(change_kind kind) {
    using enum change_kind;
    switch (kind) {
    case table_name_case:
    case table_virtual:
    case column_name_case:
    case column_type_spelling:
    case unique_form:
    case unique_name:
    case check_name:
    case index_name:
    case foreign_key_name: return false;
    default: return true;
    }
}

/// What SQLite thinks of every table and view that both sides have.
inline model::vector<object_opinion> ask_all(const model::schema& expected, const model::schema& actual) {
    scratch_copy wanted = build_scratch_copy(expected);
    scratch_copy seen = build_scratch_copy(actual);
    model::vector<object_opinion> opinions;
    const auto built = [&](std::string_view name) {
        return !is_listed(wanted.not_built, name) && !is_listed(seen.not_built, name);
    };
    for (const model::table& t : expected.tables) {
        const model::table* const other = model::find_table(actual, t.name);
        const bool ordinary = t.kind == model::table_kind::ordinary;
        if (other == nullptr || !ordinary || other->kind != t.kind || !built(t.name)) continue;
        if (writes_implied_not_null(expected, actual, t, *other)) continue;
        asked a{wanted, seen};
        ask_table(a, expected, actual, t, *other);
        opinions.push_back({std::string(t.name.text), a.worst, a.statement});
    }
    for (const model::view& v : expected.views) {
        if (model::find(actual.views, v.name) == nullptr || !built(v.name)) continue;
        asked a{wanted, seen};
        ask_view(a, v.name);
        opinions.push_back({std::string(v.name.text), a.worst, a.statement});
    }
    return opinions;
}

/// STRICT tables check types by the table itself; the programs do not name them.
inline bool is_strict_type(const model::schema& expected, const finding& f) {
    const model::table* const t = model::find_table(expected, std::string_view(f.table));
    return f.change == change_kind::column_type && t != nullptr && t->strict;
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION std::vector<disagreement> second_opinion(const model::schema& expected, const model::schema& live,
                                                const options& o) {
    options all;
    all.dialect = o.dialect;
    const report first = check(expected, live, all);
    const model::vector<detail::object_opinion> opinions = detail::ask_all(expected, live);
    const detail::relations related(expected, live);
    std::vector<disagreement> found;
    for (const detail::object_opinion& opinion : opinions) {
        if (opinion.answer != detail::opinion::different) continue;
        if (!related.any_finding(first, opinion.object)) found.push_back({opinion.object, "SQLite", opinion.statement});
    }
    for (const finding& f : first.findings) {
        if (!detail::shows_in_programs(f.change) || detail::is_strict_type(expected, f)) continue;
        const std::string object = f.table.empty() ? f.object : f.table;
        if (related.all_same(opinions, object)) found.push_back({f.object, "the comparison", f.kind});
    }
    return found;
}

} // namespace autopack_schema::drift
