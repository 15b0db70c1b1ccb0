// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/token_estimator/weights.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

namespace detail {

inline constexpr std::array<std::string_view, 5> test_endings{"_test.py", ".spec.ts", ".spec.tsx", ".test.ts",
                                                              ".test.tsx"};
inline constexpr std::array<std::string_view, 6> config_endings{".yml", ".yaml", ".json", ".toml", ".txt", ".ini"};
inline constexpr std::array<std::string_view, 4> frontend_endings{".tsx", ".jsx", ".vue", ".svelte"};
inline constexpr std::array<std::string_view, 6> spoken_prefixes{"create ", "modify ",    "update ",
                                                                 "add ",    "new file: ", "new: "};

constexpr bool is_path_character(char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == '/';
}

/// Where a path begins at `from` and ends in a dot and a suffix: its length, else 0.
constexpr std::size_t path_length(std::string_view text, std::size_t from) {
    std::size_t end = from;
    while (end < text.size() && is_path_character(text[end])) ++end;
    for (std::size_t dot = end; dot > from + 1;) {
        --dot;
        if (text[dot] != '.') continue;
        std::size_t stop = dot + 1;
        while (stop < text.size() && (is_letter(text[stop]) || is_digit(text[stop]))) ++stop;
        if (stop > dot + 1) return stop - from;
    }
    return 0;
}

/// What is left of a description without a path in it: lower case, without its verb and a remark in parentheses.
inline std::string described_object(std::string_view text) {
    const std::string lower_case = lowered(text);
    std::string_view rest = lower_case;
    for (const std::string_view prefix : spoken_prefixes) {
        if (rest.starts_with(prefix)) rest.remove_prefix(prefix.size());
    }
    const std::string_view closed = trimmed(rest);
    if (closed.ends_with(')')) {
        const std::size_t inner = closed.substr(0, closed.size() - 1).rfind(')');
        const std::size_t open = closed.find('(', inner == std::string_view::npos ? 0 : inner);
        if (open != std::string_view::npos) rest = closed.substr(0, open);
    }
    return std::string(trimmed(rest));
}

} // namespace detail

/// The path that a deliverable names: "Create src/foo.py" is src/foo.py.
/// shape: the first run of letters, digits, `_ - . /` that ends in a dot and letters or digits; else the description
inline std::string deliverable_path(std::string_view deliverable) {
    for (std::size_t i = 0; i < deliverable.size(); ++i) {
        if (!detail::is_path_character(deliverable[i])) continue;
        const std::size_t size = detail::path_length(deliverable, i);
        if (size > 0) return std::string(deliverable.substr(i, size));
    }
    return detail::described_object(deliverable);
}

/// A path in lower case with `/` between its parts.
inline std::string normalized_path(std::string_view path) {
    std::string result = detail::lowered(path);
    std::replace(result.begin(), result.end(), '\\', '/');
    return result;
}

/// The last part of a normalized path.
constexpr std::string_view base_name(std::string_view path) {
    while (path.ends_with('/')) path.remove_suffix(1);
    return path.substr(path.rfind('/') + 1);
}

/// Tells whether a normalized path is a test by its place or name: `contest.py` is none.
constexpr bool is_test_path(std::string_view path) {
    return path.starts_with("tests/") || path.find("/tests/") != std::string_view::npos ||
           base_name(path).starts_with("test_") || detail::ends_with_any(base_name(path), detail::test_endings);
}

/// Tells whether a normalized path is documentation.
constexpr bool is_doc_path(std::string_view path) { return path.starts_with("docs/") || path.ends_with(".md"); }

/// The sort that a deliverable is paid as.
/// shape: doc, config or migration, test, frontend, backend; the first that fits
constexpr deliverable_kind kind_of_path(std::string_view path, std::string_view category) {
    const bool migration =
        path.find("alembic/versions") != std::string_view::npos || path.find("migration") != std::string_view::npos;
    if (is_doc_path(path)) return deliverable_kind::doc;
    if (migration || detail::ends_with_any(path, detail::config_endings)) return deliverable_kind::config;
    if (is_test_path(path)) return deliverable_kind::test;
    if (category == "frontend" || detail::ends_with_any(path, detail::frontend_endings))
        return deliverable_kind::frontend;
    return deliverable_kind::backend;
}

/// The sort that a deliverable is listed as, which is not always the one that it is paid as: test, doc, config, frontend
/// (without .svelte and the category), backend; a migration is listed as backend.
constexpr deliverable_kind label_of_path(std::string_view path) {
    if (is_test_path(path)) return deliverable_kind::test;
    if (is_doc_path(path)) return deliverable_kind::doc;
    if (detail::ends_with_any(path, detail::config_endings)) return deliverable_kind::config;
    if (detail::ends_with_any(path, std::span(detail::frontend_endings).first(3))) return deliverable_kind::frontend;
    return deliverable_kind::backend;
}

} // namespace autopack_schema::ops
