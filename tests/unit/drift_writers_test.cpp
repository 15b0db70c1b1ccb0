// SPDX-License-Identifier: MIT
#include <autopack_schema/drift/github.hpp>
#include <autopack_schema/drift/json.hpp>
#include <autopack_schema/drift/junit.hpp>
#include <autopack_schema/drift/markdown.hpp>
#include <autopack_schema/drift/sarif.hpp>
#include <autopack_schema/drift/text.hpp>
#include <autopack_schema_test/catch.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace drift = autopack_schema::drift;
using autopack_schema::change_kind;

namespace {

drift::finding check_finding() {
    drift::finding f;
    f.code = "S344";
    f.kind = "check.expr";
    f.level = drift::severity::semantic;
    f.table = "t";
    f.object = "t.ck";
    f.expected = "CHECK (qty >= 0 AND qty < 10)";
    f.actual = "CHECK (qty > 0 AND qty < 10)";
    f.message = "other rows are refused";
    f.advice = drift::fix::data_needed;
    f.advice_text = "see to the rows first";
    f.change = change_kind::check_expression;
    return f;
}

drift::finding extra_finding(std::string name) {
    drift::finding f;
    f.code = "S302";
    f.kind = "table.extra";
    f.level = drift::severity::extra;
    f.table = name;
    f.object = std::move(name);
    f.actual = "TABLE (a)";
    f.message = "the code does not know the table";
    f.advice = drift::fix::by_hand;
    f.advice_text = "decide";
    f.change = change_kind::drop_table;
    return f;
}

drift::report sample(const std::string& hostile = "x\n\x1b[31m|`<&>\xff::error::") {
    drift::report r;
    r.database = "/tmp/a b.sqlite";
    r.schema = "autopack";
    r.version = "BUILD-144";
    r.findings = {check_finding(), extra_finding(hostile)};
    r.not_compared.push_back({"view", "v", "why"});
    r.compared.tables = {1, 2};
    return r;
}

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

} // namespace

TEST_CASE("the text report shows both sides and marks what differs") {
    const std::string text = drift::to_text(sample("other"));
    CHECK(text.find("t                 expected                       actual\n"
                    "  semantic  check.expr S344: other rows are refused\n"
                    "    ck            CHECK (qty >= 0 AND qty < 10)  CHECK (qty > 0 AND qty < 10)\n"
                    "                             ^^                             ^\n") == 0);
    CHECK(text.find("tables            expected                       actual\n"
                    "  extra     table.extra S302: the code does not know the table\n"
                    "    other         (nothing)                      TABLE (a)\n") != std::string::npos);
    CHECK(text.find("  1 × check.expr\n      data needed: see to the rows first\n") != std::string::npos);
    CHECK(text.find("drift: 1 semantic, 1 extra (fails at semantic)\n") != std::string::npos);
    CHECK(text.find("not compared: view \"v\": why\n") != std::string::npos);
    CHECK(text.find("tables 1/2") != std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(drift::to_text({}).find("no drift\ncompared (expected/database): nothing\n") == 0);
}

TEST_CASE("a line for each finding; what they share is said once") {
    drift::report r;
    for (int i = 0; i < 60; ++i) {
        drift::finding f = check_finding();
        f.object = "t.ck_" + std::to_string(i);
        f.suggestion = "perhaps so";
        if (i % 2 == 0) f.level = drift::severity::breaking;
        r.findings.push_back(f);
    }
    const std::string text = drift::to_text(r, {.color = true});
    CHECK(count_of(text, "\n") == 1 + 2 + 60 + 1 + 1 + 3 + 1 + 2);
    CHECK(count_of(text, "other rows are refused") == 2);
    CHECK(count_of(text, "see to the rows first") == 1);
    CHECK(count_of(text, "perhaps so") == 1);
    CHECK(text.find("breaking") < text.find("semantic"));
}

TEST_CASE("long sides stand below each other, cut around what differs") {
    drift::report r;
    drift::finding f = check_finding();
    std::string list;
    for (int i = 0; i < 100; ++i) list += "column_" + std::to_string(i) + ", ";
    f.expected = "SELECT " + list + "a FROM t";
    f.actual = "SELECT " + list + "b FROM t";
    r.findings = {f};
    const std::string text = drift::to_text(r, {.color = false, .width = 80, .advice = false});
    CHECK(text.find("    ck\n      expected  ") != std::string::npos);
    CHECK(text.find("column_99, a FROM t\n") != std::string::npos);
    CHECK(text.find("column_99, b FROM t\n") != std::string::npos);
    CHECK(text.find("…") != std::string::npos);
    CHECK(text.find("see to the rows") == std::string::npos);
    CHECK(text.find("other rows") == std::string::npos);
    CHECK(text.size() < 600);
}

TEST_CASE("colours are asked for, and nothing of a name reaches the terminal") {
    const std::string plain = drift::to_text(sample());
    CHECK(plain.find('\x1b') == std::string::npos);
    CHECK(plain.find("x\\n\\x1b[31m") != std::string::npos);
    const std::string colored = drift::to_text(sample(), {.color = true});
    CHECK(colored.find("\x1b[33msemantic\x1b[0m") != std::string::npos);
    CHECK(colored.find("\x1b[31m|") == std::string::npos);
    CHECK(drift::to_text(sample(std::string(10'000, 'n'))).size() < 3'000);
}

TEST_CASE("JSON has its fixed shape") {
    const auto j = nlohmann::json::parse(drift::to_json(sample()));
    CHECK(j.at("database") == "/tmp/a b.sqlite");
    CHECK(j.at("schema") == "autopack");
    CHECK(j.at("version") == "BUILD-144");
    CHECK(j.at("drift") == true);
    CHECK(j.at("worst") == "semantic");
    REQUIRE(j.at("findings").size() == 2);
    const auto& f = j.at("findings")[0];
    for (const char* key : {"code", "kind", "severity", "table", "object", "expected", "actual", "message"}) {
        INFO(key);
        CHECK(f.at(key).is_string());
    }
    CHECK(f.at("kind") == "check.expr");
    CHECK(j.at("findings")[1].at("expected").is_null());
    CHECK(j.at("not_compared")[0] == nlohmann::json{{"kind", "view"}, {"object", "v"}, {"reason", "why"}});
    const auto empty = nlohmann::json::parse(drift::to_json({}));
    CHECK(empty.at("drift") == false);
    CHECK(empty.at("worst").is_null());
    CHECK(empty.at("findings").is_array());
}

TEST_CASE("JUnit: a failure at the level or worse, a note below it") {
    const std::string xml = drift::to_junit(sample());
    CHECK(xml.find("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\"") != std::string::npos);
    CHECK(count_of(xml, "<failure ") == 1);
    CHECK(count_of(xml, "<skipped ") == 1);
    CHECK(xml.find("x&#10;\xEF\xBF\xBD[31m|`&lt;&amp;&gt;\xEF\xBF\xBD::error::") != std::string::npos);
    CHECK(drift::to_junit({}).find("no drift at semantic or worse") != std::string::npos);
    CHECK(drift::to_junit({}).find("failures=\"0\"") != std::string::npos);
}

TEST_CASE("GitHub: one command a line, whatever the names are") {
    const std::string text = drift::to_github(sample());
    CHECK(count_of(text, "\n") == 3);
    CHECK(text.find("::error title=S344 check.expr (semantic)::t.ck: other rows") == 0);
    CHECK(count_of("\n" + text, "\n::error ") == 1);
    CHECK(count_of(text, "\n::notice ") == 1);
    CHECK(text.find("::warning title=not compared::view v: why") != std::string::npos);
    drift::report r = sample("a\nb");
    r.fail_on = drift::severity::extra;
    CHECK(count_of("\n" + drift::to_github(r), "\n::error ") == 2);
}

TEST_CASE("Markdown: a row for each finding, and no name is markup") {
    const std::string text = drift::to_markdown(sample());
    CHECK(text.find("### Schema drift: autopack BUILD-144\n") == 0);
    CHECK(text.find("| `check.expr` | `t.ck` | `CHECK (qty >= 0 AND qty < 10)` | `CHECK (qty > 0 AND qty < 10)` |") !=
          std::string::npos);
    CHECK(text.find("\\|``") == std::string::npos);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        const std::string_view line = std::string_view(text).substr(at, end - at);
        if (line.starts_with('|')) CHECK(count_of(line, "|") - count_of(line, "\\|") == 7);
        at = end + 1;
    }
    CHECK(drift::to_markdown({}).find("No drift.") != std::string::npos);
}

TEST_CASE("SARIF 2.1.0: rules, results, places, fingerprints") {
    const auto log = nlohmann::json::parse(drift::to_sarif(sample("{0} [x](y)")));
    CHECK(log.at("version") == "2.1.0");
    const auto& run = log.at("runs")[0];
    const auto& rules = run.at("tool").at("driver").at("rules");
    REQUIRE(run.at("results").size() == 2);
    for (const auto& result : run.at("results")) {
        CHECK(rules.at(result.at("ruleIndex").get<std::size_t>()).at("id") == result.at("ruleId"));
        const auto& place = result.at("locations")[0];
        CHECK(place.at("physicalLocation").at("artifactLocation").at("uri") == "file:///tmp/a%20b.sqlite");
    }
    CHECK(run.at("results")[0].at("level") == "error");
    CHECK(run.at("results")[1].at("level") == "note");
    const std::string text = run.at("results")[1].at("message").at("text");
    CHECK(text.find("{{0}} \\[x\\](y)") == 0); // neither a placeholder nor a link
    CHECK(run.at("invocations")[0].at("toolExecutionNotifications").size() == 1);
}
