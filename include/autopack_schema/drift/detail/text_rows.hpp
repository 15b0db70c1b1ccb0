// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/drift/detail/fragment.hpp>
#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/drift/style.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::drift::detail {

/// Where the columns of a text report begin: the object, what is expected, what is there.
struct text_columns {
    std::size_t expected = 30;
    std::size_t actual = 62;
    std::size_t width = 100;
};

inline constexpr std::string_view nothing_there = "(nothing)";

/// A text with its mark in colour, or as it is.
inline std::string paint_mark(const style& s, std::string_view color, const marked_text& m) {
    if (m.text.empty()) return painted(s, dim, nothing_there);
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

/// Fills up with spaces; `shown` is how wide the text is on a terminal.
inline std::string padded(std::string text, std::size_t shown, std::size_t width) {
    if (shown < width) text.append(width - shown, ' ');
    return text;
}

/// A name that is safe to print and has an end.
inline std::string shown_name(std::string_view name) {
    return autopack_schema::detail::printable(autopack_schema::detail::shortened(name, 200));
}

/// The object of a finding under the heading of its table: `state` for `runs.state`.
inline std::string name_in_table(const finding& f) {
    const std::string_view object = f.object;
    const bool inside =
        object.size() > f.table.size() + 1 && object.starts_with(f.table) && object[f.table.size()] == '.';
    return shown_name(inside && !f.table.empty() ? object.substr(f.table.size() + 1) : object);
}

inline std::size_t shown_width(const marked_text& m) {
    return m.text.empty() ? nothing_there.size() : width_of(m.text);
}

/// Finds places for the columns where most findings fit into one line.
inline text_columns place_columns(const report& r, const style& s) {
    constexpr std::size_t indent = 4;
    constexpr std::size_t gap = 2;
    std::size_t object = 0;
    std::size_t expected = 0;
    for (const finding& f : r.findings) {
        const std::size_t name = width_of(name_in_table(f));
        const std::size_t side = f.expected.empty() ? nothing_there.size() : width_of(one_line(f.expected));
        if (name <= s.width / 3) object = std::max(object, name);
        if (side <= s.width / 3) expected = std::max(expected, side);
    }
    text_columns at;
    at.width = s.width;
    at.expected = indent + std::max<std::size_t>(object, 12) + gap;
    at.actual = at.expected + std::max<std::size_t>(expected, 12) + gap;
    return at;
}

/// The object and both sides in one line, and what differs marked under it.
inline void put_beside(std::string& out, const style& s, const text_columns& at, const std::string& name,
                       const marked_sides& m) {
    const std::size_t room = at.actual - at.expected;
    out += padded("    " + painted(s, bold, name), 4 + width_of(name), at.expected);
    out += padded(paint_mark(s, added, m.expected), shown_width(m.expected), room) + paint_mark(s, removed, m.actual) +
           '\n';
    const std::string left = carets(s, m.expected);
    const std::string right = carets(s, m.actual);
    if (left.empty() && right.empty()) return;
    out += std::string(at.expected, ' ') + (right.empty() ? left : padded(left, left.size(), room) + right) + '\n';
}

/// One side under the other.
inline void put_below(std::string& out, const style& s, const std::string& name, const marked_sides& m) {
    const bool both = !m.expected.text.empty() && !m.actual.text.empty();
    const auto put = [&](std::string_view label, std::string_view color, const marked_text& t) {
        if (!both && t.text.empty()) return;
        out += std::string(label) + paint_mark(s, color, t) + '\n';
        const std::string line = carets(s, t);
        if (!line.empty()) out += std::string(label.size(), ' ') + line + '\n';
    };
    out += "    " + painted(s, bold, name) + '\n';
    put("      expected  ", added, m.expected);
    put("      actual    ", removed, m.actual);
}

/// Tells whether a whole table or view is on one side only: its name matters, and what it has is cut to fit the line.
inline bool is_whole_object(const finding& f) {
    const bool known =
        f.kind == "table.missing" || f.kind == "table.extra" || f.kind == "view.missing" || f.kind == "view.extra";
    return known && (f.expected.empty() || f.actual.empty());
}

/// Cuts the side of a whole object to the room that its column has.
inline void cut_to_fit(marked_sides& m, const text_columns& at) {
    constexpr std::size_t least = 12;
    const std::size_t right = at.width > at.actual + least ? at.width - at.actual : least;
    shorten_around(m.expected, at.actual - at.expected - 3);
    shorten_around(m.actual, right - 1);
}

/// One finding under the heading of its table and kind.
inline void put_finding(std::string& out, const style& s, const text_columns& at, const finding& f) {
    const std::string name = name_in_table(f);
    marked_sides m = mark_sides(f.expected, f.actual, s.width > 40 ? s.width - 18 : 22);
    if (is_whole_object(f)) cut_to_fit(m, at);
    const bool fits = 4 + width_of(name) + 2 <= at.expected && at.expected + shown_width(m.expected) + 2 <= at.actual &&
                      at.actual + shown_width(m.actual) <= at.width;
    if (fits)
        put_beside(out, s, at, name, m);
    else
        put_below(out, s, name, m);
}

} // namespace autopack_schema::drift::detail
