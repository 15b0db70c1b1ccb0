// SPDX-License-Identifier: MIT
// The tree of an expression, written with all parentheses, computes what SQLite computes for the expression.
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/sql/sqlite/ddl_parser.hpp>
#include <autopack_schema/sql/sqlite/expression.hpp>
#include <autopack_schema/sql/sqlite/quote.hpp>

#include <autopack_schema_test/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace sql = autopack_schema::sql;
using autopack_schema::sqlite::connection;
using sql::node_kind;

namespace {

std::vector<std::uint32_t> children(const sql::expression_tree& tree, std::uint32_t node) {
    std::vector<std::uint32_t> result;
    for (std::uint32_t i = tree.nodes[node].first_child; i != sql::no_node; i = tree.nodes[i].next_sibling) {
        result.push_back(i);
    }
    return result;
}

std::string written(const sql::expression_tree& tree, std::uint32_t index);

std::string joined(const sql::expression_tree& tree, const std::vector<std::uint32_t>& nodes, const std::string& mark) {
    std::string result;
    for (const std::uint32_t node : nodes) result += (result.empty() ? "" : mark) + written(tree, node);
    return result;
}

std::string written_case(const sql::expression_tree& tree, std::uint32_t index) {
    std::vector<std::uint32_t> parts = children(tree, index);
    std::string result = "CASE";
    std::size_t at = 0;
    if (tree.nodes[index].text == "base") result += " " + written(tree, parts[at++]);
    for (; at + 1 < parts.size(); at += 2) {
        result += " WHEN " + written(tree, parts[at]) + " THEN " + written(tree, parts[at + 1]);
    }
    if (at < parts.size()) result += " ELSE " + written(tree, parts[at]);
    return result + " END";
}

std::string written_inner(const sql::expression_tree& tree, std::uint32_t index) {
    const sql::expression_node& node = tree.nodes[index];
    const std::vector<std::uint32_t> parts = children(tree, index);
    const std::string text(node.text);
    switch (node.kind) {
    case node_kind::name:
    case node_kind::string:
    case node_kind::blob:
    case node_kind::keyword:
    case node_kind::truth: return text;
    case node_kind::number:
        return node.value.is_real ? sql::sqlite::real_literal(node.value.real) : std::to_string(node.value.integer);
    case node_kind::null: return "NULL";
    case node_kind::unary: return text + " " + written(tree, parts[0]);
    case node_kind::binary: return joined(tree, parts, " " + text + " ");
    case node_kind::is: return joined(tree, parts, " IS ");
    case node_kind::between:
        return written(tree, parts[0]) + " BETWEEN " + written(tree, parts[1]) + " AND " + written(tree, parts[2]);
    case node_kind::in: return written(tree, parts[0]) + " IN (" + joined(tree, children(tree, parts[1]), ", ") + ")";
    case node_kind::match: {
        std::string result = written(tree, parts[0]) + " " + text + " " + written(tree, parts[1]);
        return parts.size() == 3 ? result + " ESCAPE " + written(tree, parts[2]) : result;
    }
    case node_kind::collate: return written(tree, parts[0]) + " COLLATE " + text;
    case node_kind::cast: return "CAST(" + written(tree, parts[0]) + " AS " + text + ")";
    case node_kind::case_: return written_case(tree, index);
    case node_kind::call: return text + "(" + joined(tree, parts, ", ") + ")";
    default: return "?";
    }
}

std::string written(const sql::expression_tree& tree, std::uint32_t index) {
    const node_kind kind = tree.nodes[index].kind;
    if (kind == node_kind::name || kind == node_kind::truth) return written_inner(tree, index);
    return "(" + written_inner(tree, index) + ")";
}

std::string random_expression(std::mt19937& random) {
    constexpr std::array<std::string_view, 14> operands{
        "a", "b", "c", "1", "0", "'x'", "NULL", "2.5", "'1'", "TRUE", "x'31'", "length(a)", "CAST(b AS TEXT)", "0x10"};
    constexpr std::array<std::string_view, 36> operators{"OR",
                                                         "AND",
                                                         "=",
                                                         "==",
                                                         "<>",
                                                         "!=",
                                                         "<",
                                                         "<=",
                                                         ">",
                                                         ">=",
                                                         "+",
                                                         "-",
                                                         "*",
                                                         "/",
                                                         "%",
                                                         "||",
                                                         "&",
                                                         "|",
                                                         "<<",
                                                         ">>",
                                                         "IS",
                                                         "IS NOT",
                                                         "IS DISTINCT FROM",
                                                         "IS NOT DISTINCT FROM",
                                                         "LIKE",
                                                         "NOT LIKE",
                                                         "GLOB",
                                                         "COLLATE NOCASE =",
                                                         "BETWEEN 0 AND",
                                                         "NOT BETWEEN a AND",
                                                         "IN (1, 2, 'x') =",
                                                         "NOT IN (0) +",
                                                         "ISNULL =",
                                                         "NOT NULL <",
                                                         "NOTNULL AND",
                                                         "LIKE 'X' ESCAPE '!' ="};
    constexpr std::array<std::string_view, 8> prefixes{"-", "+", "~", "NOT", "- -", "NOT NOT", "", ""};
    const auto any = [&random](const auto& list) { return std::string(list[random() % list.size()]); };
    const auto operand = [&] {
        if (random() % 12 == 0)
            return "CASE WHEN " + any(operands) + " " + any(operators) + " " + any(operands) + " THEN a ELSE b END";
        return (random() % 4 == 0 ? any(prefixes) + " " : std::string()) + any(operands);
    };
    std::string text = operand();
    for (std::size_t i = 1 + random() % 5; i > 0; --i) text += " " + any(operators) + " " + operand();
    return text;
}

std::string values(connection& db, const std::string& expression) {
    try {
        return db.query_text("SELECT group_concat(quote(" + expression + "), '|') FROM t");
    } catch (const autopack_schema::error& e) {
        return "error " + e.info().what_happened;
    }
}

} // namespace

TEST_CASE("operators bind as they bind in SQLite", "[sql][precedence]") {
    connection db = connection::memory();
    db.execute("CREATE TABLE t (a TEXT COLLATE NOCASE, b INTEGER, c);"
               "INSERT INTO t VALUES ('x', 1, 0), ('X', 0, 'x'), (NULL, 2, 1.5), ('1', NULL, x'31'), ('', -3, NULL)");
    std::mt19937 random(3);
    std::size_t compared = 0;
    for (int round = 0; round < 20000; ++round) {
        const std::string text = random_expression(random);
        INFO(text);
        const sql::expression_tree tree = sql::parse_expression(text, sql::sqlite::expressions);
        REQUIRE(tree.understood());
        const std::string all = written(tree, tree.root);
        INFO(all);
        const std::string expected = values(db, text);
        if (expected.starts_with("error")) continue;
        ++compared;
        REQUIRE(values(db, all) == expected);
        REQUIRE(sql::same_expression(text, all, sql::sqlite::expressions));
    }
    CHECK(compared > 15000);
}

TEST_CASE("a default that was read is the value that SQLite stores", "[sql][default]") {
    for (const char* clause : {"1",
                               "-1",
                               "+1",
                               "- 5",
                               "1.5",
                               "-1.5e3",
                               "1e3",
                               "1e400",
                               "-1e400",
                               "0x1F",
                               "-0x1F",
                               "9223372036854775807",
                               "-9223372036854775808",
                               "9223372036854775808",
                               "'a'",
                               "'it''s'",
                               "\"it's\"",
                               "[a b]",
                               "`q`",
                               "abc",
                               "abort",
                               "true",
                               "false",
                               "\"true\"",
                               "null",
                               "x'00ff'",
                               "X'AB'",
                               "(1)",
                               "(-1)",
                               "('a')",
                               "(1 + 2)",
                               "(x'61')",
                               "(NULL)",
                               "(true)",
                               "(abs(-3))",
                               "('a' || 'b')",
                               "(CAST(x'610062' AS TEXT))",
                               "''",
                               "-'12'",
                               "+ 5",
                               "(+5)",
                               "(- - 5)",
                               "(1.0)",
                               "current"}) {
        const std::string text = std::string("CREATE TABLE t (id INTEGER PRIMARY KEY, v DEFAULT ") + clause + ")";
        INFO(text);
        connection db = connection::memory();
        db.execute(text + "; INSERT INTO t (id) VALUES (1)");
        const auto read = sql::sqlite::parse(text);
        const std::string literal = sql::sqlite::literal(read.view().columns[1].default_to);
        CHECK(db.query_text("SELECT typeof(v) || hex(v) || quote(v) FROM t") ==
              db.query_text("SELECT typeof(x) || hex(x) || quote(x) FROM (SELECT " + literal + " AS x)"));
    }
}
