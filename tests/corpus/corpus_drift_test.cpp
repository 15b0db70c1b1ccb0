// SPDX-License-Identifier: MIT
// Every pair of schemas is judged right: what differs is found on the right object, what does not is not.
#include <autopack_schema/drift/check.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/drift/detail/kind.hpp>
#include <autopack_schema/drift/second_opinion.hpp>
#include <autopack_schema/drift/text.hpp>
#include <autopack_schema/inspect/sql_text.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/drift_cases.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aps = autopack_schema;
using autopack_schema_test::drift_case;
using autopack_schema_test::live_database;

namespace {

struct tally {
    int cases = 0, found = 0, missed = 0, wrong = 0;
};

/// Counts by kind; printed at the end.
std::map<std::string, tally> table;

std::vector<std::pair<std::string, std::string>> pairs_of(const aps::drift::report& r) {
    std::vector<std::pair<std::string, std::string>> found;
    for (const auto& f : r.findings) found.emplace_back(f.kind, f.object);
    std::ranges::sort(found);
    return found;
}

aps::drift::report check_case(const drift_case& c, const aps::drift::options& o = {}) {
    const aps::model::snapshot expected = aps::inspect_sql(c.intended);
    aps::sqlite::connection live = live_database(c.live);
    return aps::drift::check(expected.view(), live, o);
}

/// The objects that a label may stand for: `t.c` and `t(c)` are in `t`.
bool is_on(const std::string& object, const std::set<std::string>& objects) {
    const std::string owner = object.substr(0, object.find_first_of(".("));
    return objects.contains(object) || objects.contains(owner);
}

void count(const std::set<std::string>& kinds, const aps::drift::report& r, const std::set<std::string>& objects) {
    for (const std::string& kind : kinds) {
        const bool found = std::ranges::any_of(r.findings, [&](const auto& f) {
            return f.kind == kind && is_on(f.object, objects);
        });
        tally& t = table[kind];
        ++t.cases;
        ++(found ? t.found : t.missed);
    }
    for (const auto& f : r.findings) {
        if (!kinds.contains(f.kind)) ++table[f.kind].wrong;
    }
}

void print_table() {
    std::printf("%-26s %6s %6s %6s %6s\n", "kind", "cases", "found", "missed", "false");
    tally sum;
    for (const auto& [kind, t] : table) {
        std::printf("%-26s %6d %6d %6d %6d\n", kind.c_str(), t.cases, t.found, t.missed, t.wrong);
        sum.cases += t.cases;
        sum.found += t.found;
        sum.missed += t.missed;
        sum.wrong += t.wrong;
    }
    std::printf("%-26s %6d %6d %6d %6d\n", "all", sum.cases, sum.found, sum.missed, sum.wrong);
}

bool is_flagged(const drift_case& c, const char* flag) { return c.expect.value(flag, false); }

} // namespace

TEST_CASE("every pair of ours is judged right") {
    const auto cases = autopack_schema_test::own_drift_cases();
    REQUIRE(cases.size() >= 150);
    table.clear();
    for (const drift_case& c : cases) {
        const aps::drift::report r = check_case(c);
        INFO(c.name << "\n" << aps::drift::to_text(r));
        CHECK(pairs_of(r) == c.wanted);
        CHECK(r.not_compared.empty());
        std::set<std::string> kinds;
        std::set<std::string> objects;
        for (const auto& [kind, object] : c.wanted) {
            kinds.insert(kind);
            objects.insert(object);
        }
        count(kinds, r, objects);
    }
    std::printf("%zu pairs of ours\n", cases.size());
    print_table();
}

TEST_CASE("a pair turned round drifts as well, and nothing drifts from itself") {
    for (const drift_case& c : autopack_schema_test::own_drift_cases()) {
        aps::sqlite::connection intended = live_database(c.intended);
        aps::sqlite::connection live = live_database(c.live);
        const aps::model::snapshot wanted = aps::inspect(intended);
        const aps::model::snapshot seen = aps::inspect(live);
        INFO(c.name);
        CHECK(aps::drift::check(wanted.view(), wanted.view()).findings.empty());
        CHECK(aps::drift::check(seen.view(), seen.view()).findings.empty());
        aps::drift::options all;
        all.bookkeeping = true;
        CHECK(aps::drift::check(seen.view(), wanted.view(), all).drift() ==
              aps::drift::check(wanted.view(), seen.view(), all).drift());
    }
}

TEST_CASE("every kind of change has a pair") {
    const auto cases = autopack_schema_test::own_drift_cases();
    const std::set<std::string> elsewhere{"table.renamed",    "column.renamed",       "table.name_case",
                                          "column.name_case", "column.type_spelling", "unique.name"};
    for (const auto& known : aps::drift::detail::all_kinds) {
        const std::string kind(aps::drift_name(known.kind));
        INFO(kind);
        const bool covered = std::ranges::any_of(cases, [&](const drift_case& c) {
            return std::ranges::any_of(c.wanted, [&](const auto& w) { return w.first == kind; });
        });
        CHECK(covered != elsewhere.contains(kind));
    }
}

TEST_CASE("every case of the shared corpus is judged right") {
    const auto cases = autopack_schema_test::shared_drift_cases();
    if (cases.empty()) APS_SKIP("the shared corpus is not there");
    table.clear();
    int false_alarms = 0;
    for (const drift_case& c : cases) {
        const aps::drift::report r = check_case(c);
        INFO(c.name << "\n" << aps::drift::to_text(r));
        count(c.kinds, r, c.objects);
        std::set<std::string> kinds;
        for (const auto& f : r.findings) {
            kinds.insert(f.kind);
            CHECK(is_on(f.object, c.objects));
        }
        CHECK(kinds == c.kinds);
        CHECK(r.drift() == c.drift);
        CHECK(r.not_compared.empty());
        if (!c.drift && r.drift()) ++false_alarms;
    }
    std::printf("%zu cases of the shared corpus, %d false alarms\n", cases.size(), false_alarms);
    print_table();
}

TEST_CASE("the objects of the shared corpus are all named") {
    for (const drift_case& c : autopack_schema_test::shared_drift_cases()) {
        const aps::drift::report r = check_case(c);
        for (const std::string& object : c.objects) {
            INFO(c.name << ": " << object);
            CHECK(std::ranges::any_of(r.findings, [&](const auto& f) {
                return f.object == object || f.object.starts_with(object + "(") || f.table == object;
            }));
        }
    }
}

TEST_CASE("what a switch asks for is found exactly when it is on") {
    for (const drift_case& c : autopack_schema_test::shared_drift_cases()) {
        INFO(c.name);
        aps::drift::options o;
        o.type_spelling = true;
        if (!c.drift) CHECK(check_case(c, o).drift() == is_flagged(c, "strict_type_drift"));
        o = {};
        o.name_case = true;
        if (!c.drift) CHECK(check_case(c, o).drift() == is_flagged(c, "name_case_drift"));
        o = {};
        o.names = aps::drift::constraint_names::exact;
        if (!c.drift) CHECK(check_case(c, o).drift() == is_flagged(c, "constraint_name_drift"));
        const std::string policy = c.expect.value("policy", std::string());
        if (policy.empty()) continue;
        o = {};
        if (policy == "column_order") o.column_order = false;
        if (policy == "constraint_name") o.names = aps::drift::constraint_names::ignored;
        if (policy == "index_name") o.index_names = false;
        if (policy == "unique_column_order") o.unique_order = false;
        if (policy == "unique_form") o.unique_form = false;
        CHECK_FALSE(check_case(c, o).drift());
        CHECK(check_case(c).drift());
    }
}

TEST_CASE("SQLite itself is of the same opinion") {
    auto cases = autopack_schema_test::own_drift_cases();
    for (drift_case& c : autopack_schema_test::shared_drift_cases()) cases.push_back(std::move(c));
    REQUIRE_FALSE(cases.empty());
    for (const drift_case& c : cases) {
        const aps::model::snapshot expected = aps::inspect_sql(c.intended);
        aps::sqlite::connection live = live_database(c.live);
        const aps::model::snapshot seen = aps::inspect(live);
        for (const auto& d : aps::drift::second_opinion(expected.view(), seen.view())) {
            FAIL_CHECK(c.name << ": only " << d.seen_by << " sees a difference in " << d.object << ": " << d.detail);
        }
    }
}

TEST_CASE("the second opinion finds what a comparison leaves out, and what only it makes up") {
    const auto expected = aps::inspect_sql("CREATE TABLE t (a INT CHECK (a > 0), b TEXT DEFAULT 'x'); CREATE TABLE u (c INT)");
    const auto live = aps::inspect_sql("CREATE TABLE t (a INT CHECK (a > 1), b TEXT DEFAULT 'y'); CREATE TABLE u (c INTEGER)");
    aps::drift::options blind;
    blind.dialect.rules.same_expression = [](std::string_view, const aps::table_scope&, std::string_view,
                                             const aps::table_scope&) { return true; };
    blind.dialect.rules.same_default = [](const aps::model::column&, const aps::table_scope&, const aps::model::column&,
                                          const aps::table_scope&) { return true; };
    const auto unseen = aps::drift::second_opinion(expected.view(), live.view(), blind);
    REQUIRE(unseen.size() == 1);
    CHECK(unseen[0].object == "t");
    CHECK(unseen[0].seen_by == "SQLite");
    aps::drift::options paranoid;
    paranoid.dialect.rules.not_null = [](const aps::table_scope& s, const aps::model::column& c) {
        return c.name == "c" && s.schema.checks[0].expression == "a > 0";
    };
    const auto invented = aps::drift::second_opinion(expected.view(), live.view(), paranoid);
    REQUIRE(invented.size() == 1);
    CHECK(invented[0] == aps::drift::disagreement{"u.c", "the comparison", "column.not_null"});
}
