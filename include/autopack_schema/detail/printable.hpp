// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::detail {

/// Text that is safe to print: control characters become `\n`, `\t`, `\x1b`, so that a hostile name
/// can neither move the cursor nor forge a line of a log. With `keep_lines` a line break stays one,
/// and the next line is indented.
inline std::string printable(std::string_view text, bool keep_lines = false) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char character = text[at];
        const auto byte = static_cast<unsigned char>(character);
        const bool c1 = byte == 0xc2 && at + 1 < text.size() && // U+0080 to U+009F: CSI in one character
                        static_cast<unsigned char>(text[at + 1]) < 0xa0;
        if (character == '\n') {
            out += keep_lines ? "\n       " : "\\n";
        } else if (character == '\t') {
            out += keep_lines ? "\t" : "\\t";
        } else if (character == '\r' && keep_lines) {
            continue;
        } else if (byte < 0x20 || byte == 0x7f || c1) {
            const auto shown = c1 ? static_cast<unsigned char>(text[++at]) : byte;
            out += "\\x";
            out += digits[shown >> 4];
            out += digits[shown & 0x0f];
        } else {
            out += character;
        }
    }
    return out;
}

/// A prefix of at most `limit` bytes that does not cut a UTF-8 character.
inline std::string_view utf8_prefix(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80) --limit;
    return text.substr(0, limit);
}

/// Long text cut at `limit` bytes, with the number of bytes that are left out.
inline std::string shortened(std::string_view text, std::size_t limit) {
    const std::string_view head = utf8_prefix(text, limit);
    if (head.size() == text.size()) return std::string(text);
    return std::string(head) + " … (" + std::to_string(text.size() - head.size()) + " more bytes)";
}

/// A name between double quotes for a message (not for SQL): a quote inside is doubled.
inline std::string quoted(std::string_view name) {
    std::string out = "\"";
    for (const char character : printable(shortened(name, 200))) {
        out += character;
        if (character == '"') out += character;
    }
    return out + "\"";
}

} // namespace autopack_schema::detail
