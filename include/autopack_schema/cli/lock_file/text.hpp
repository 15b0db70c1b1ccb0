// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::cli::lock_file {

/// Keeps the keys in the order in which they were put in, so that files are stable and diffs readable.
using json = nlohmann::ordered_json;

/// Bytes of the UTF-8 character at the beginning of `text`; 0 where there is none.
/// source: RFC 3629, without overlong forms, surrogates and what lies above U+10FFFF
constexpr std::size_t utf8_length(std::string_view text) noexcept {
    const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto tail = [byte](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
    const unsigned first = byte(0);
    if (text.empty()) return 0;
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return tail(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const bool overlong = first == 0xe0 && byte(1) < 0xa0;
        const bool surrogate = first == 0xed && byte(1) > 0x9f;
        return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first < 0xf0 || first > 0xf4) return 0;
    const bool outside = (first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f);
    return tail(1) && tail(2) && tail(3) && !outside ? 4 : 0;
}

/// Tells whether a text is UTF-8 throughout, and can be a JSON string as it is.
constexpr bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

/// Bytes in hexadecimal, lower case.
inline std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4U];
        text += digits[byte & 0x0fU];
    }
    return text;
}

/// Reads hexadecimal digits; false where the text is something else.
inline bool from_hex(std::string_view text, std::string& bytes) {
    const auto digit = [](char c) -> int {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    if (text.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit(text[i]);
        const int low = digit(text[i + 1]);
        if (high < 0 || low < 0) return false;
        bytes += static_cast<char>(high * 16 + low);
    }
    return true;
}

/// A text as JSON: a string, several lines as an array of strings, `{"bytes": "6162ff"}` for what is no UTF-8.
inline json text_to_json(std::string_view text) {
    if (!is_utf8(text)) return json{{"bytes", to_hex(text)}};
    if (text.find('\n') == std::string_view::npos) return std::string(text);
    json lines = json::array();
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string_view::npos; begin = end + 1) {
        end = text.find('\n', begin);
        lines.push_back(std::string(text.substr(begin, end == std::string_view::npos ? end : end - begin)));
    }
    return lines;
}

/// Reads what `text_to_json` wrote; false where it is something else.
inline bool text_from_json(const json& value, std::string& text) {
    if (value.is_string()) {
        text = value.get_ref<const std::string&>();
        return true;
    }
    if (value.is_object()) {
        const auto bytes = value.find("bytes");
        text.clear();
        return value.size() == 1 && bytes != value.end() && bytes->is_string() &&
               from_hex(bytes->get_ref<const std::string&>(), text);
    }
    if (!value.is_array() || value.empty()) return false;
    text.clear();
    for (const json& line : value) {
        if (!line.is_string()) return false;
        if (&line != &value.front()) text += '\n';
        text += line.get_ref<const std::string&>();
    }
    return true;
}

} // namespace autopack_schema::cli::lock_file
