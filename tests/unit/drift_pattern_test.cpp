// SPDX-License-Identifier: MIT
#include <autopack_schema/drift/detail/kind.hpp>
#include <autopack_schema/drift/detail/pattern.hpp>
#include <autopack_schema/drift/detail/utf8.hpp>
#include <autopack_schema/drift/severity.hpp>
#include <autopack_schema_test/catch.hpp>

#include <cstddef>
#include <iterator>
#include <string>

namespace drift = autopack_schema::drift;
using drift::detail::covers;
using drift::detail::fits;

TEST_CASE("patterns know * and ?, and no case") {
    CHECK(fits("", ""));
    CHECK(fits("*", ""));
    CHECK(fits("tmp_*", "TMP_x"));
    CHECK(fits("*_log", "audit_log"));
    CHECK(fits("a?c", "abc"));
    CHECK(fits("*a*b*", "xxaxxbxx"));
    CHECK_FALSE(fits("", "x"));
    CHECK_FALSE(fits("tmp_*", "temp_x"));
    CHECK_FALSE(fits("a?c", "ac"));
    CHECK_FALSE(fits("*a*b", "ba"));
}

TEST_CASE("a hostile pattern ends soon") {
    const std::string text(20'000, 'a');
    std::string pattern;
    for (int i = 0; i < 50; ++i) pattern += "a*";
    CHECK_FALSE(fits(pattern + "b", text));
}

TEST_CASE("the front of a pattern is a kind or a family of kinds") {
    CHECK(covers("t", "table.extra", "t", "t"));
    CHECK(covers("table:t", "column.default", "t", "t.a"));
    CHECK(covers("column:t.a", "column.default", "t", "t.a"));
    CHECK(covers("column:a", "column.default", "t", "t.a"));
    CHECK(covers("column.default:*", "column.default", "t", "t.a"));
    CHECK(covers("view:v*", "view.extra", "", "v1"));
    CHECK(covers("x:y", "table.extra", "x:y", "x:y")); // not a kind: a name with a colon
    CHECK_FALSE(covers("column.default:*", "column.not_null", "t", "t.a"));
    CHECK_FALSE(covers("index:t", "table.extra", "t", "t"));
    CHECK_FALSE(covers("table:t", "column.default", "tt", "tt.a"));
    CHECK_FALSE(covers("", "table.extra", "t", "t"));
}

TEST_CASE("every kind of change has its facts, and no code twice") {
    for (std::size_t i = 0; i < std::size(drift::detail::all_kinds); ++i) {
        const auto& known = drift::detail::all_kinds[i];
        CHECK(static_cast<std::size_t>(known.kind) == i); // none is left out
        for (std::size_t j = 0; j < i; ++j) CHECK(drift::detail::all_kinds[j].code != known.code);
        CHECK(autopack_schema::drift_name(known.kind) != "unknown");
    }
    CHECK(std::end(drift::detail::all_kinds)[-1].kind == autopack_schema::change_kind::trigger_definition);
}

TEST_CASE("severities have names and an order") {
    CHECK(drift::severity_from("breaking") == drift::severity::breaking);
    CHECK(drift::severity_from("cosmetic") == drift::severity::cosmetic);
    CHECK_FALSE(drift::severity_from("Breaking").has_value());
    CHECK(drift::severity::breaking > drift::severity::semantic);
    CHECK(drift::severity::semantic > drift::severity::performance);
    CHECK(drift::severity::performance > drift::severity::extra);
    CHECK(drift::severity::extra > drift::severity::cosmetic);
}

TEST_CASE("bytes that are no UTF-8 are replaced one by one") {
    using drift::detail::valid_utf8;
    CHECK(valid_utf8("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80") == "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    CHECK(valid_utf8("\xff") == "\xEF\xBF\xBD");
    CHECK(valid_utf8("\xc3") == "\xEF\xBF\xBD");
    CHECK(valid_utf8("\xc0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(valid_utf8("\xed\xa0\x80x").ends_with("x"));
    CHECK(valid_utf8("\xef\xbf\xbf").find("\xef\xbf\xbf") == std::string::npos);
}
