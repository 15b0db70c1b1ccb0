// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/summary.hpp>
#include <autopack_schema/drift/detail/utf8.hpp>
#include <autopack_schema/drift/junit.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::drift {

namespace detail {

/// Text of an XML attribute or element: markup escaped, characters that XML 1.0 forbids replaced.
inline std::string xml(std::string_view text) {
    std::string out;
    for (const char c : valid_utf8(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\n': out += "&#10;"; break;
        case '\t': out += "&#9;"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) out += "\xEF\xBF\xBD";
            else out += c;
        }
    }
    return out;
}

inline std::string test_case(std::string_view suite, const std::string& name, const std::string& body) {
    std::string out = "    <testcase classname=\"" + xml(suite) + "\" name=\"" + xml(name) + "\"";
    return out + (body.empty() ? "/>\n" : ">\n" + body + "    </testcase>\n");
}

inline std::string failure(const finding& f) {
    return "      <failure type=\"" + xml(f.kind) + "\" message=\"" + xml(sentence(f)) + "\">" +
           xml("severity: " + std::string(name_of(f.level)) + "\nexpected: " + f.expected + "\nactual: " + f.actual +
               "\nfix: " + std::string(name_of(f.advice)) + "; " + f.advice_text) +
           "</failure>\n";
}

inline std::string note(const finding& f) { return "      <system-out>" + xml(sentence(f)) + "</system-out>\n"; }

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION std::string to_junit(const report& r) {
    const std::string suite = "schema drift" + (r.schema.empty() ? std::string() : " of " + r.schema);
    std::string cases;
    std::size_t failures = 0;
    for (const finding& f : r.findings) {
        const bool fails = f.level >= r.fail_on;
        if (fails) ++failures;
        cases += detail::test_case(suite, f.kind + " " + f.object, fails ? detail::failure(f) : detail::note(f));
    }
    for (const not_compared& n : r.not_compared) {
        cases += detail::test_case(suite, "compare " + n.kind + " " + n.object,
                                   "      <skipped message=\"" + detail::xml(n.reason) + "\"/>\n");
    }
    std::size_t tests = r.findings.size() + r.not_compared.size();
    if (failures == 0) {
        cases += detail::test_case(suite, "no drift at " + std::string(name_of(r.fail_on)) + " or worse", {});
        ++tests;
    }
    const std::string counts = "tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) +
                               "\" errors=\"0\" skipped=\"" + std::to_string(r.not_compared.size()) + "\"";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites " + counts + ">\n  <testsuite name=\"" +
           detail::xml(suite) + "\" " + counts + ">\n" + cases + "  </testsuite>\n</testsuites>\n";
}

} // namespace autopack_schema::drift
