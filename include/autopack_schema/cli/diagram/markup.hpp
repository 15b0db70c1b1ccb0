// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/diagram/picture.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::cli::diagram::detail {

/// A text in XML or in a label of Graphviz: marks escaped, control characters as spaces.
inline std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
        }
    }
    return out;
}

/// Characters that a text takes in a monospaced font: one per code point, two for East Asian ones.
constexpr std::size_t width_of(std::string_view text) noexcept {
    std::size_t width = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0U) == 0x80U) continue;
        width += byte >= 0xe3 ? 2 : 1; // U+3000 and above: CJK, emoji
    }
    return width;
}

/// A text of at most so many characters, with an ellipsis where it was cut.
inline std::string fitted(std::string_view text, std::size_t limit) {
    if (width_of(text) <= limit) return std::string(text);
    std::string out;
    std::size_t width = 1;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) ++end;
        width += width_of(text.substr(i, end - i));
        if (width > limit) break;
        out += text.substr(i, end - i);
        i = end;
    }
    return out + "…";
}

/// "PK FK"
inline std::string keys_of(const row& r) {
    std::string keys;
    if (r.primary_key) keys += "PK ";
    if (r.foreign_key) keys += "FK ";
    if (r.unique) keys += "UQ ";
    if (!keys.empty()) keys.pop_back();
    return keys;
}

/// "view", "virtual table"; empty for an ordinary table.
constexpr std::string_view kind_text(box_kind kind) noexcept {
    if (kind == box_kind::view) return "view";
    return kind == box_kind::virtual_table ? "virtual table" : "";
}

/// The position of the row of that name; the number of rows where there is none.
inline std::size_t row_index(const box& b, std::string_view name) {
    for (std::size_t i = 0; i < b.rows.size(); ++i) {
        if (model::same_name(b.rows[i].name, name)) return i;
    }
    return b.rows.size();
}

/// The row of the parent that a relation points at: the named one, else the first of its primary key.
inline std::size_t parent_row(const box& parent, const relation& r) {
    if (!r.parent_columns.empty()) return row_index(parent, r.parent_columns.front());
    for (std::size_t i = 0; i < parent.rows.size(); ++i) {
        if (parent.rows[i].primary_key) return i;
    }
    return parent.rows.size();
}

} // namespace autopack_schema::cli::diagram::detail
