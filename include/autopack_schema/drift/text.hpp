// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/drift/detail/fragment.hpp>
#include <autopack_schema/drift/detail/summary.hpp>
#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/drift/style.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::drift {

namespace detail {

inline constexpr std::string_view text_indent = "      ";

/// A text with its mark in colour, or as it is.
inline std::string paint_mark(const style& s, std::string_view color, const marked_text& m) {
    if (!s.color || m.begin >= m.end) return m.text;
    return m.text.substr(0, m.begin) + painted(s, color, m.text.substr(m.begin, m.end - m.begin)) +
           m.text.substr(m.end);
}

/// A line of carets under the mark; empty with colours or without a mark.
inline std::string carets(const style& s, const marked_text& m) {
    if (s.color || !m.is_marked()) return {};
    const std::string_view text = m.text;
    return std::string(width_of(text.substr(0, m.begin)), ' ') +
           std::string(width_of(text.substr(m.begin, m.end - m.begin)), '^');
}

inline std::string padded(std::string text, std::size_t shown, std::size_t width) {
    if (shown < width) text.append(width - shown, ' ');
    return text;
}

/// A name that is safe to print and has an end.
inline std::string shown_name(std::string_view name) {
    return autopack_schema::detail::printable(autopack_schema::detail::shortened(name, 200));
}

/// Both sides next to each other.
inline void put_beside(std::string& out, const style& s, const marked_sides& m) {
    constexpr std::string_view nothing = "(nothing)";
    const std::size_t shown = m.expected.text.empty() ? nothing.size() : width_of(m.expected.text);
    const std::size_t column = std::max<std::size_t>(shown, 28) + 2;
    const auto side = [&](std::string_view color, const marked_text& t) {
        return t.text.empty() ? painted(s, dim, nothing) : paint_mark(s, color, t);
    };
    out += text_indent;
    out += "expected  " + padded(side(added, m.expected), shown, column) + "actual  " + side(removed, m.actual) + '\n';
    const std::string left = carets(s, m.expected);
    const std::string right = carets(s, m.actual);
    if (left.empty() && right.empty()) return;
    std::string line = std::string(text_indent) + std::string(10, ' ') + left;
    if (!right.empty()) line = padded(line, line.size(), text_indent.size() + 10 + column) + "        " + right;
    out += line + '\n';
}

/// One side under the other.
inline void put_below(std::string& out, const style& s, const marked_sides& m) {
    const auto put = [&](std::string_view label, std::string_view color, const marked_text& t) {
        out += text_indent;
        out += label;
        out += t.text.empty() ? painted(s, dim, "(nothing)") : paint_mark(s, color, t);
        out += '\n';
        const std::string line = carets(s, t);
        if (!line.empty()) out += std::string(text_indent) + std::string(label.size(), ' ') + line + '\n';
    };
    put("expected  ", added, m.expected);
    put("actual    ", removed, m.actual);
}

inline void put_finding(std::string& out, const style& s, const finding& f) {
    const std::size_t room = s.width > 40 ? s.width - 20 : 20;
    const std::string level(name_of(f.level));
    out += "  " + padded(painted(s, color_of(f.level), level), level.size(), 12) + padded(f.kind, f.kind.size(), 24) +
           painted(s, bold, shown_name(f.object)) + painted(s, dim, "  " + f.code) + '\n';
    const marked_sides sides = mark_sides(f.expected, f.actual, room);
    const std::size_t both = width_of(sides.expected.text) + width_of(sides.actual.text);
    if (both + 40 <= s.width && width_of(sides.actual.text) + 54 <= s.width) {
        put_beside(out, s, sides);
    } else {
        put_below(out, s, sides);
    }
    if (!s.advice) return;
    out += std::string(text_indent) + f.message + '\n';
    if (!f.suggestion.empty()) out += std::string(text_indent) + f.suggestion + '\n';
    out += std::string(text_indent) + painted(s, dim, "fix: " + std::string(name_of(f.advice)) + "; " + f.advice_text) + '\n';
}

inline void put_rest(std::string& out, const style& s, const report& r) {
    using autopack_schema::detail::printable;
    for (const not_compared& n : r.not_compared) {
        out += painted(s, color_of(severity::semantic), "not compared") + ": " + n.kind + ' ' +
               autopack_schema::detail::quoted(n.object) + ": " + printable(n.reason) + '\n';
    }
    if (!r.ignored.empty()) out += "ignored: " + std::to_string(r.ignored.size()) + " by patterns and switches\n";
    out += painted(s, dim, "compared (expected/database): " + coverage_summary(r.compared)) + '\n';
}

} // namespace detail

/// Writes a report for people: grouped by table, expected and actual beside each other, what differs marked.
/// shape: ends with a line that says what was compared; names are made safe to print
inline std::string to_text(const report& r, const style& s = {}) {
    std::string out;
    std::string_view table;
    bool first = true;
    for (const finding& f : r.findings) {
        if (first || f.table != table) {
            if (!first) out += '\n';
            out += detail::painted(s, detail::bold, f.table.empty() ? "views" : detail::shown_name(f.table)) + '\n';
        }
        table = f.table;
        first = false;
        detail::put_finding(out, s, f);
    }
    if (!r.findings.empty()) out += '\n';
    const std::string summary = detail::severity_summary(r);
    const std::string fails = "fails at " + std::string(name_of(r.fail_on));
    if (summary.empty()) {
        out += detail::painted(s, detail::added, "no drift") + '\n';
    } else {
        out += "drift: " + summary + " (" + fails + ")\n";
    }
    detail::put_rest(out, s, r);
    return out;
}

} // namespace autopack_schema::drift
