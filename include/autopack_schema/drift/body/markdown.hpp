// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/drift/detail/fragment.hpp>
#include <autopack_schema/drift/detail/summary.hpp>
#include <autopack_schema/drift/detail/utf8.hpp>
#include <autopack_schema/drift/markdown.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace autopack_schema::drift {

namespace detail {

/// Text in a table cell: nothing in it is markup.
inline std::string cell(std::string_view text) {
    std::string out;
    for (const char c : valid_utf8(autopack_schema::detail::printable(text))) {
        constexpr std::string_view special = "\\`*_[]<>|~&";
        if (special.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

/// SQL in a table cell, between as many backticks as it needs; a bar would end the cell.
inline std::string code_cell(std::string_view sql) {
    if (sql.empty()) return "–";
    marked_text m{valid_utf8(one_line(sql)), 0, 0};
    shorten_around(m, 160);
    std::size_t run = 0;
    std::size_t longest = 0;
    std::string text;
    for (const char c : m.text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
        if (c == '|') text += '\\';
        text += c;
    }
    const std::string fence(longest + 1, '`');
    return longest == 0 ? fence + text + fence : fence + ' ' + text + ' ' + fence;
}

inline std::string_view symbol_of(severity level) {
    constexpr std::array<std::string_view, 5> symbols{"⚪", "🔵", "🟡", "🟠", "🔴"};
    return symbols[static_cast<std::size_t>(level)];
}

inline std::string row(const finding& f) {
    return "| " + std::string(symbol_of(f.level)) + ' ' + std::string(name_of(f.level)) + " | " + code_cell(f.kind) + " | " +
           code_cell(f.object) + " | " + code_cell(f.expected) + " | " + code_cell(f.actual) + " | " + cell(f.message) + " |\n";
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION std::string to_markdown(const report& r) {
    std::string out = "### Schema drift";
    if (!r.schema.empty()) out += ": " + detail::cell(r.schema);
    if (!r.version.empty()) out += ' ' + detail::cell(r.version);
    out += "\n\n";
    const std::string summary = detail::severity_summary(r);
    out += summary.empty() ? "No drift.\n" : "**" + summary + "** (fails at " + std::string(name_of(r.fail_on)) + ")\n";
    if (!r.findings.empty()) {
        out += "\n| severity | kind | object | expected | actual | meaning |\n|---|---|---|---|---|---|\n";
        for (const finding& f : r.findings) out += detail::row(f);
    }
    for (const finding& f : r.findings) {
        if (!f.suggestion.empty() && f.expected.size() >= f.actual.size()) out += "\n- " + detail::cell(f.suggestion) + '\n';
    }
    if (!r.not_compared.empty()) out += "\n**Not compared**\n\n";
    for (const not_compared& n : r.not_compared) {
        out += "- " + detail::cell(n.kind) + ' ' + detail::code_cell(n.object) + ": " + detail::cell(n.reason) + '\n';
    }
    return out + "\nCompared (expected/database): " + detail::coverage_summary(r.compared) + ".\n";
}

} // namespace autopack_schema::drift
