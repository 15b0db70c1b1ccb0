// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/number_text.hpp>
#include <autopack_schema/ops/detail/utf8.hpp>

#include <nlohmann/json.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// How JSON is laid out.
struct json_layout {
    std::string_view item = ", ";
    std::string_view key = ": ";
    int indent = 0;    ///< 0: one line
    bool ascii = true; ///< escape everything else
};

/// The layout of an HTTP answer.
inline constexpr json_layout compact_json{.item = ",", .key = ":", .ascii = false};

/// The layout of a file that people read.
inline constexpr json_layout indented_json{.item = ",", .indent = 2};

namespace detail {

inline void add_escape(std::string& out, std::uint32_t unit) {
    static constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[(unit >> static_cast<unsigned>(shift)) & 0xFU];
}

inline void add_json_character(std::string& out, std::uint32_t c, std::string_view bytes, bool ascii) {
    static constexpr std::string_view named = "\"\\\b\f\n\r\t";
    static constexpr std::string_view letters = "\"\\bfnrt";
    const std::size_t at = c < 0x80 ? named.find(static_cast<char>(c)) : std::string_view::npos;
    if (at != std::string_view::npos) {
        out += '\\';
        out += letters[at];
    } else if (c < 0x20 || (ascii && c >= 0x7F && c < 0x10000)) {
        add_escape(out, c);
    } else if (ascii && c >= 0x10000) {
        add_escape(out, 0xD800 + ((c - 0x10000) >> 10U));
        add_escape(out, 0xDC00 + ((c - 0x10000) & 0x3FFU));
    } else if (c == replacement_character) {
        out += "\xEF\xBF\xBD";
    } else {
        out += bytes;
    }
}

/// Writes one JSON value; goes as deep as the value does.
class json_writer {
public:
    json_writer(std::string& out, const json_layout& layout) : out_(out), layout_(layout) {}

    void add_string(std::string_view text) {
        out_ += '"';
        while (!text.empty()) {
            const code_point c = first_code_point(text);
            add_json_character(out_, c.value, text.substr(0, c.size), layout_.ascii);
            text.remove_prefix(c.size);
        }
        out_ += '"';
    }

    void add(const nlohmann::ordered_json& value, int depth) {
        if (value.is_string()) return add_string(value.get_ref<const std::string&>());
        if (value.is_number_float()) return void(out_ += float_text(value.get<double>()));
        if (!value.is_structured()) return void(out_ += value.dump());
        const bool object = value.is_object();
        out_ += object ? '{' : '[';
        bool first = true;
        for (const auto& [key, item] : value.items()) {
            if (!first) out_ += layout_.item;
            first = false;
            new_line(depth + 1);
            if (object) {
                add_string(key);
                out_ += layout_.key;
            }
            add(item, depth + 1);
        }
        if (!first) new_line(depth);
        out_ += object ? '}' : ']';
    }

private:
    void new_line(int depth) {
        if (layout_.indent > 0) out_ += '\n' + std::string(static_cast<std::size_t>(depth * layout_.indent), ' ');
    }

    std::string& out_;
    const json_layout& layout_;
};

} // namespace detail

/// Writes a JSON value as the programs of the runbooks do: floats in the shortest form that reads back as the same,
/// everything but ASCII escaped, ", " and ": " between.
/// shape: one line without a line break, or indented; bytes that are no UTF-8 become U+FFFD
inline std::string to_json_text(const nlohmann::ordered_json& value, const json_layout& layout = {}) {
    std::string out;
    detail::json_writer(out, layout).add(value, 0);
    return out;
}

} // namespace autopack_schema::ops
