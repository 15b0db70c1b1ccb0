// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/tokenizer.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::drift::detail {

/// SQL on one line: runs of space become one, what cannot be printed is escaped.
inline std::string one_line(std::string_view text) {
    std::string line;
    sql::tokenizer source(text);
    for (sql::token t = source.next(); t.kind != sql::token_kind::end; t = source.next()) {
        if (t.kind == sql::token_kind::space) {
            if (!line.empty() && line.back() != ' ') line += ' ';
        } else {
            line += autopack_schema::detail::printable(t.text);
        }
    }
    return line;
}

/// A text with the part of it that another text does not have: [begin, end).
struct marked_text {
    std::string text{};
    std::size_t begin = 0;
    std::size_t end = 0;

    bool is_marked() const noexcept { return begin < end && end - begin < text.size(); }
};

inline bool is_same_token(const sql::token& a, const sql::token& b) { return a.kind == b.kind && a.text == b.text; }

/// Marks what is between the tokens that two texts begin with and those that they end with.
inline void mark_difference(marked_text& left, marked_text& right) {
    const model::vector<sql::token> a = sql::tokenize(left.text);
    const model::vector<sql::token> b = sql::tokenize(right.text);
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t front = 0;
    while (front < shorter && is_same_token(a[front], b[front])) ++front;
    std::size_t back = 0;
    while (back < shorter - front && is_same_token(a[a.size() - 1 - back], b[b.size() - 1 - back])) ++back;
    const auto mark = [front, back](marked_text& m, const model::vector<sql::token>& tokens) {
        if (front + back >= tokens.size()) return;
        const sql::token& last = tokens[tokens.size() - 1 - back];
        m.begin = tokens[front].offset;
        m.end = last.offset + last.text.size();
    };
    mark(left, a);
    mark(right, b);
}

/// Cuts a long text to what is around its mark.
inline void shorten_around(marked_text& m, std::size_t limit) {
    constexpr std::string_view dots = "…";
    if (m.text.size() <= limit) return;
    const std::size_t lead = m.begin > limit / 3 ? m.begin - limit / 3 : 0;
    const std::size_t from = autopack_schema::detail::utf8_prefix(m.text, lead).size();
    const std::string_view rest = std::string_view(m.text).substr(from);
    const std::string_view kept = autopack_schema::detail::utf8_prefix(rest, limit);
    std::string cut;
    if (from != 0) cut += dots;
    const std::size_t shift = from - cut.size(); // may wrap around and back
    cut += kept;
    const std::size_t size = cut.size();
    if (kept.size() < rest.size()) cut += dots;
    m.begin = std::min(m.begin - shift, size);
    m.end = std::min(m.end - shift, size);
    if (m.end < m.begin) m.end = m.begin;
    m.text = std::move(cut);
}

/// How many columns of a terminal a text takes, one for each character.
inline std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// Both sides of a finding, on one line each, with what differs marked.
struct marked_sides {
    marked_text expected{};
    marked_text actual{};
};

inline marked_sides mark_sides(std::string_view expected, std::string_view actual, std::size_t limit) {
    marked_sides sides{{one_line(expected), 0, 0}, {one_line(actual), 0, 0}};
    if (!expected.empty() && !actual.empty()) mark_difference(sides.expected, sides.actual);
    shorten_around(sides.expected, limit);
    shorten_around(sides.actual, limit);
    return sides;
}

} // namespace autopack_schema::drift::detail
