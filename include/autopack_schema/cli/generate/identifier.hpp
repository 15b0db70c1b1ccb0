// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::cli::generate {

/// Words that cannot be names in C++20, and macros of the standard headers that nobody would thank us for.
inline constexpr auto reserved_words = std::to_array<std::string_view>({
    "EOF",          "FILE",     "NULL",      "alignas",  "alignof",    "and",       "and_eq",        "aps",
    "asm",          "assert",   "auto",      "bitand",   "bitor",      "bool",      "break",         "case",
    "catch",        "char",     "char16_t",  "char32_t", "char8_t",    "class",     "co_await",      "co_return",
    "co_yield",     "compl",    "concept",   "const",    "const_cast", "consteval", "constexpr",     "constinit",
    "continue",     "decltype", "default",   "delete",   "do",         "double",    "dynamic_cast",  "else",
    "enum",         "errno",    "explicit",  "export",   "extern",     "false",     "float",         "for",
    "friend",       "goto",     "if",        "inline",   "int",        "linux",     "long",          "major",
    "minor",        "mutable",  "namespace", "new",      "noexcept",   "not",       "not_eq",        "nullptr",
    "operator",     "or",       "or_eq",     "private",  "protected",  "public",    "register",      "reinterpret_cast",
    "requires",     "return",   "short",     "signed",   "sizeof",     "static",    "static_assert", "static_cast",
    "std",          "stderr",   "stdin",     "stdout",   "struct",     "switch",    "template",      "this",
    "thread_local", "throw",    "true",      "try",      "typedef",    "typeid",    "typename",      "union",
    "unix",         "unsigned", "using",     "virtual",  "void",       "volatile",  "wchar_t",       "while",
    "xor",          "xor_eq",
});

/// Makes a C++ identifier of any name: other characters become `_`, but no two in a row and none at an end; a keyword
/// gets a `_` behind it. `fallback` stands for a name without a single letter or digit.
inline std::string identifier(std::string_view name, std::string_view fallback) {
    std::string out;
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool digit = c >= '0' && c <= '9';
        if (letter || (digit && !out.empty())) {
            out += c;
        } else if (digit) {
            out += std::string("n") + c;
        } else if (!out.empty() && out.back() != '_') {
            out += '_';
        }
    }
    while (!out.empty() && out.back() == '_') out.pop_back();
    if (out.empty()) out = fallback;
    if (std::find(reserved_words.begin(), reserved_words.end(), out) != reserved_words.end()) out += '_';
    return out;
}

/// Gives out identifiers, each of them once.
class name_pool {
public:
    /// Keeps a name from being given out.
    void reserve(std::string_view name) { taken_.emplace_back(name); }

    /// An identifier for a name: `e_mail`, and `e_mail_2` for the next one that would be called so.
    std::string take(std::string_view name, std::string_view fallback = "unnamed") {
        const std::string base = identifier(name, fallback);
        std::string candidate = base;
        for (int number = 2; is_taken(candidate); ++number) {
            candidate = base + (base.ends_with('_') ? "" : "_") + std::to_string(number);
        }
        taken_.push_back(candidate);
        return candidate;
    }

private:
    bool is_taken(const std::string& name) const {
        return std::find(taken_.begin(), taken_.end(), name) != taken_.end();
    }

    std::vector<std::string> taken_;
};

} // namespace autopack_schema::cli::generate
