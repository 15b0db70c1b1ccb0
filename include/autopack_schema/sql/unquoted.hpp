// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/name.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::sql {

/// Reads what a name or a string literal says, without its quotes and with doubled quotes as one, character by
/// character and without memory of its own.
class unquoted {
public:
    /// shape: a text without quotes is read as it is
    constexpr explicit unquoted(std::string_view text) noexcept : rest_(text) {
        if (text.size() < 2) return;
        const char open = text.front();
        const char close = open == '[' ? ']' : open;
        if ((open != '"' && open != '\'' && open != '`' && open != '[') || text.back() != close) return;
        rest_ = text.substr(1, text.size() - 2);
        if (open != '[') mark_ = close;
    }

    /// Reads a text as it is, quotes and all.
    static constexpr unquoted plain(std::string_view text) noexcept {
        unquoted result{std::string_view()};
        result.rest_ = text;
        return result;
    }

    constexpr bool done() const noexcept { return rest_.empty(); }

    /// Takes the next character; there must be one.
    constexpr char next() noexcept {
        const char c = rest_.front();
        rest_.remove_prefix(mark_ != '\0' && c == mark_ && rest_.size() > 1 ? 2 : 1);
        return c;
    }

private:
    std::string_view rest_;
    char mark_ = '\0';
};

/// Tells whether two readers read the same, byte for byte.
constexpr bool same_text(unquoted left, unquoted right) noexcept {
    while (!left.done() && !right.done()) {
        if (left.next() != right.next()) return false;
    }
    return left.done() && right.done();
}

/// Tells whether two quoted or bare texts say the same, byte for byte.
constexpr bool same_text(std::string_view a, std::string_view b) noexcept {
    return same_text(unquoted(a), unquoted(b));
}

/// Tells whether two quoted or bare names mean the same object.
constexpr bool same_identifier(std::string_view a, std::string_view b) noexcept {
    unquoted left(a);
    unquoted right(b);
    while (!left.done() && !right.done()) {
        if (model::fold(left.next()) != model::fold(right.next())) return false;
    }
    return left.done() && right.done();
}

/// Gives what a name or a string literal says.
inline std::string unquote(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (unquoted reader(text); !reader.done();) result += reader.next();
    return result;
}

} // namespace autopack_schema::sql
