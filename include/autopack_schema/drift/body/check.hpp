// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/describe.hpp>
#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/drift/check.hpp>
#include <autopack_schema/drift/detail/advise.hpp>
#include <autopack_schema/drift/detail/coverage.hpp>
#include <autopack_schema/drift/detail/filter.hpp>
#include <autopack_schema/drift/detail/judge.hpp>
#include <autopack_schema/drift/detail/order.hpp>
#include <autopack_schema/drift/detail/renames.hpp>
#include <autopack_schema/drift/detail/sides.hpp>
#include <autopack_schema/drift/detail/uncertain.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/model/vector.hpp>

#include <string>
#include <utility>

namespace autopack_schema::drift {

namespace detail {

/// Makes a finding of a change.
inline finding describe(const drift_case& c) {
    const kind_facts& facts = facts_of(c.what.kind);
    const advice way = advise(c);
    const drift::dialect& sql = c.options.dialect;
    const element was = c.what.was == element::none ? c.what.what : c.what.was;
    finding f;
    f.code = facts.code;
    f.kind = drift_name(c.what.kind);
    f.level = judge(c);
    f.table = table_of(c.what, c.actual, c.expected);
    f.object = object_label(c.what, c.actual, c.expected);
    f.expected = side_text({c.expected, sql, c.expected_table(), c.what.what, c.what.to}, c.what.kind);
    f.actual = side_text({c.actual, sql, c.actual_table(), was, c.what.from}, c.what.kind);
    f.message = consequence(c);
    f.advice = way.what;
    f.advice_text = way.text;
    f.change = c.what.kind;
    return f;
}

/// A trigger of a table that the code does not know is a part of that table.
inline bool belongs_to_extra(const drift_case& c) {
    if (c.what.kind != change_kind::drop_trigger) return false;
    const model::name& table = c.actual.triggers[c.what.from].table;
    return model::find(c.expected.tables, table) == nullptr && model::find(c.expected.views, table) == nullptr &&
           (model::find(c.actual.tables, table) != nullptr || model::find(c.actual.views, table) != nullptr);
}

inline model::vector<judged> judge_all(const model::schema& expected, const model::schema& actual, const options& o,
                                     report& out) {
    model::vector<judged> all;
    rules dialect = o.dialect.rules;
    dialect.exact_names = o.names == constraint_names::exact;
    for (const change& what : diff(actual, expected, dialect)) {
        const drift_case c{expected, actual, o, what};
        if (!wanted(what.kind, o) || belongs_to_extra(c)) continue;
        finding f = describe(c);
        if (is_uncertain(c, f)) continue;
        if (is_left_out(o, f)) {
            out.ignored.push_back(f.kind + ':' + f.object);
        } else {
            all.push_back({c, std::move(f)});
        }
    }
    return all;
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION report check(const model::schema& expected, const model::schema& live, const options& o) {
    report out;
    out.schema = expected.name;
    out.version = expected.version;
    out.fail_on = o.fail_on;
    out.compared = detail::count_objects(expected, live);
    out.not_compared = detail::list_uncertain(expected, live, o);
    model::vector<detail::judged> all = detail::judge_all(expected, live, o, out);
    detail::suggest_renames(all);
    detail::sort_findings(expected, live, all);
    for (detail::judged& j : all) out.findings.push_back(std::move(j.found));
    if (out.findings.empty() && expected.tables.empty() && expected.views.empty()) {
        throw error({.code = "S300",
                     .what_happened = "nothing was compared: the expected schema has no tables and no views",
                     .advice = "check which schema the check was given"});
    }
    return out;
}

} // namespace autopack_schema::drift
