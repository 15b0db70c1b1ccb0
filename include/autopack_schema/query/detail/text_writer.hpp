// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/sql/sqlite/keywords.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::query {

/// Tells whether a name needs no quotes.
constexpr bool is_plain_name(std::string_view text) {
    if (text.empty() || (text.front() >= '0' && text.front() <= '9')) return false;
    for (const char c : text) {
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) return false;
    }
    return !sql::sqlite::is_reserved(text);
}

/// Writes the text of a statement, or counts its characters where there is no room given.
/// shape: the same calls are made twice, first to count and then to write; both can be evaluated by the compiler
class text_writer {
public:
    constexpr explicit text_writer(char* out = nullptr) noexcept : out_(out) {}

    constexpr std::size_t size() const noexcept { return size_; }

    constexpr void put(std::string_view text) {
        if (out_ != nullptr) {
            for (std::size_t i = 0; i < text.size(); ++i) out_[size_ + i] = text[i];
        }
        size_ += text.size();
    }
    constexpr void put(char c) {
        if (out_ != nullptr) out_[size_] = c;
        ++size_;
    }

    /// A name, in quotes where it needs them.
    constexpr void name(std::string_view text) {
        if (query::is_plain_name(text)) return put(text);
        put('"');
        for (const char c : text) {
            if (c == '"') put('"');
            put(c);
        }
        put('"');
    }
    /// A text as a literal.
    constexpr void literal(std::string_view text) {
        put('\'');
        for (const char c : text) {
            if (c == '\'') put('\'');
            put(c);
        }
        put('\'');
    }
    constexpr void number(long long value) {
        if (value < 0) put('-');
        unsigned long long rest = value < 0 ? 0ULL - static_cast<unsigned long long>(value) : static_cast<unsigned long long>(value);
        char digits[20]{};
        int count = 0;
        do {
            digits[count++] = static_cast<char>('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        while (count > 0) put(digits[--count]);
    }

private:
    char* out_;
    std::size_t size_ = 0;
};

} // namespace autopack_schema::query
