// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/diagram/markup.hpp>
#include <autopack_schema/cli/diagram/picture.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace autopack_schema::cli::diagram::detail {

inline constexpr double character = 7.25; ///< width in DejaVu Sans Mono, 12 px
inline constexpr double header_height = 26;
inline constexpr double line_height = 19;
inline constexpr double padding = 8;
inline constexpr std::size_t name_limit = 40; ///< characters; longer names are cut, the tooltip has them whole
inline constexpr std::size_t type_limit = 32;
inline constexpr std::size_t note_limit = 70;

/// Widths of the three parts of a box's lines, in characters.
struct box_columns {
    std::size_t keys = 0;
    std::size_t name = 0;
    std::size_t type = 0;
};

/// "VARCHAR(33)?" for a column that can be NULL.
inline std::string type_text(const row& r) {
    const std::string type = fitted(r.type, type_limit);
    return r.not_null || r.primary_key ? type : type.empty() ? "null" : type + " null";
}

inline box_columns columns_of(const box& b) {
    box_columns c;
    for (const row& r : b.rows) {
        c.keys = std::max(c.keys, keys_of(r).size());
        c.name = std::max(c.name, std::min(width_of(r.name), name_limit));
        c.type = std::max(c.type, width_of(type_text(r)));
    }
    return c;
}

inline double width_of_box(const box& b) {
    const box_columns c = columns_of(b);
    std::size_t width = c.keys + c.name + c.type + (c.keys == 0 ? 1U : 2U);
    const std::string_view kind = kind_text(b.kind);
    width = std::max(width, std::min(width_of(b.name), name_limit) + (kind.empty() ? 0 : kind.size() + 3));
    const auto widen = [&width](std::string_view note) {
        width = std::max(width, std::min(width_of(note), note_limit));
    };
    widen(b.note);
    for (const row& r : b.rows) widen(r.note);
    return static_cast<double>(width) * character + 2 * padding;
}

/// Lines of a box below its header: the note of the table, each column, each note of a column.
inline std::size_t lines_of(const box& b) {
    std::size_t lines = b.rows.size() + (b.note.empty() ? 0U : 1U);
    for (const row& r : b.rows) lines += r.note.empty() ? 0U : 1U;
    return lines;
}

inline double height_of_box(const box& b) {
    const std::size_t lines = lines_of(b);
    return header_height + static_cast<double>(lines) * line_height + (lines == 0 ? 0 : padding);
}

/// Middle of a row, from the top of its box; of the header where there is no such row.
inline double middle_of_row(const box& b, std::size_t number) {
    if (number >= b.rows.size()) return header_height / 2;
    double y = header_height + padding / 2 + (b.note.empty() ? 0 : line_height);
    for (std::size_t i = 0; i < number; ++i) y += b.rows[i].note.empty() ? line_height : 2 * line_height;
    return y + line_height / 2;
}

} // namespace autopack_schema::cli::diagram::detail
