// SPDX-License-Identifier: MIT
// The schema that a migration leaves behind: the wanted one over the live one.

#include <autopack_schema/migrate/target.hpp>
#include <autopack_schema/sql/sqlite/ddl_parser.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <autopack_schema_test/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

namespace aps = autopack_schema;
namespace migrate = aps::migrate;

struct merged {
    std::string ddl;
    std::string kept;
    std::vector<migrate::blocker> blockers;
    std::vector<std::string> notes;
};

merged merge(std::string_view live, std::string_view wanted, std::vector<migrate::data_rule> rules = {},
             migrate::target_options options = {}) {
    const auto from = aps::sql::sqlite::parse(live);
    const auto to = aps::sql::sqlite::parse(wanted);
    const auto made = migrate::make_target(from.view(), to.view(), aps::sql::sqlite::rules, rules, options);
    merged m{"", "", made.blockers, made.notes};
    const auto s = made.schema.view();
    for (const auto& t : s.tables) {
        m.ddl += aps::sql::sqlite::create_table(s, t, {.one_line = true}) + ";";
        for (const auto& i : s.indexes_of(t)) m.ddl += aps::sql::sqlite::create_index(s, t, i) + ";";
    }
    for (const auto& k : made.kept) m.kept += std::string(aps::drift_name(k.kind)) + " " + k.object + ";";
    return m;
}

} // namespace

TEST_CASE("live columns keep their order, new ones come behind", "[migrate]") {
    const auto m = merge("CREATE TABLE t(b INT, x INT, a INT)", "CREATE TABLE t(a INT, n INT, b INT)");
    CHECK(m.ddl == "CREATE TABLE t (b INT, x INT, a INT, n INT);");
    CHECK(m.kept == "column.extra t.x;column.order t;");
    migrate::target_options exact;
    exact.exact = true;
    CHECK(merge("CREATE TABLE t(b INT, x INT, a INT)", "CREATE TABLE t(a INT, n INT, b INT)", {}, exact).ddl ==
          "CREATE TABLE t (a INT, n INT, b INT, x INT);");
}

TEST_CASE("each aspect of a column follows the definition by itself", "[migrate]") {
    CHECK(
        merge("CREATE TABLE t(a VARCHAR(5) DEFAULT 'x' COLLATE NOCASE)", "CREATE TABLE t(a TEXT NOT NULL DEFAULT 'y')")
            .ddl == "CREATE TABLE t (a VARCHAR(5) NOT NULL DEFAULT 'y');");
    CHECK(merge("CREATE TABLE t(a VARCHAR(5))", "CREATE TABLE t(a INT)").ddl == "CREATE TABLE t (a INT);");
    CHECK(merge("CREATE TABLE t(id INT PRIMARY KEY)", "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT)").ddl ==
          "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);");
    CHECK(merge("CREATE TABLE t(a VARCHAR, mine VARCHAR)", "CREATE TABLE t(a TEXT) STRICT").ddl ==
          "CREATE TABLE t (a TEXT, mine VARCHAR) STRICT;");
}

TEST_CASE("constraints follow the definition, those of unknown columns stay", "[migrate]") {
    const auto m = merge("CREATE TABLE t(a INT CHECK (a > 0), mine INT CHECK (mine > 0) UNIQUE REFERENCES p(id), CHECK "
                         "(a < mine), UNIQUE (a))",
                         "CREATE TABLE t(a INT)");
    CHECK(m.ddl == "CREATE TABLE t (a INT, mine INT CHECK (mine > 0) UNIQUE REFERENCES p (id), CHECK (a < mine));");
    migrate::target_options keep;
    keep.keep_constraints = true;
    CHECK(merge("CREATE TABLE t(a INT CHECK (a > 0) UNIQUE)", "CREATE TABLE t(a INT)", {}, keep).ddl ==
          "CREATE TABLE t (a INT CHECK (a > 0) UNIQUE);");
    // an unnamed CHECK of the definition does not take the place of one that names an unknown column
    CHECK(merge("CREATE TABLE t(a INT, mine INT, CHECK (a < mine))", "CREATE TABLE t(a INT, CHECK (a > 0))").ddl ==
          "CREATE TABLE t (a INT, mine INT, CHECK (a < mine), CHECK (a > 0));");
}

TEST_CASE("an index of the definition takes the place of one with its name on another table", "[migrate]") {
    const auto m = merge("CREATE TABLE a(x); CREATE TABLE b(x); CREATE INDEX i ON b(x)",
                         "CREATE TABLE a(x); CREATE TABLE b(x); CREATE INDEX i ON a(x)");
    CHECK(m.ddl == "CREATE TABLE a (x);CREATE INDEX i ON a (x);CREATE TABLE b (x);");
}

TEST_CASE("a merge of what means the same changes nothing", "[migrate]") {
    const std::string_view live =
        "CREATE TABLE T(A INT DEFAULT (1), CONSTRAINT c CHECK (A > 0), UNIQUE (A)); CREATE INDEX i ON T(A)";
    const auto m = merge(live, "CREATE TABLE t(a INTEGER DEFAULT 1 UNIQUE CHECK ((\"a\")>0)); CREATE INDEX j ON t(a)");
    const auto same = merge(live, live);
    CHECK(m.ddl == same.ddl);
    CHECK(m.blockers.empty());
}
