// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/model/value.hpp>
#include <autopack_schema/sql/sqlite/detail/constant.hpp>
#include <autopack_schema/sql/sqlite/expression.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::sql::sqlite::detail {

/// Gives the bytes of a blob literal as it is written.
inline std::string bytes_of(std::string_view blob) {
    std::string bytes;
    for (std::size_t i = 2; i + 2 < blob.size(); i += 2) {
        bytes += static_cast<char>(sql::detail::hex_value(blob[i]) * 16 + sql::detail::hex_value(blob[i + 1]));
    }
    return bytes;
}

/// Tells whether a tree is CAST(x'…' AS TEXT), as this library writes a text with NUL bytes.
inline bool is_text_of_bytes(const expression_tree& tree) {
    if (!tree.understood()) return false;
    const expression_node& root = tree.nodes[tree.root];
    return root.kind == node_kind::cast && model::same_name(root.text, "TEXT") &&
           tree.nodes[root.first_child].kind == node_kind::blob;
}

/// Reads what stands behind DEFAULT, without parentheses round it: a literal as a value, anything else as SQL.
/// shape:  a word alone, quoted or not, is a string; only TRUE, FALSE, NULL and CURRENT_… are more than that
/// source: https://sqlite.org/lang_createtable.html, 3.2
inline model::default_value read_default(std::string_view text, model::text_arena& kept) {
    const expression_tree tree = parse_expression(text, expressions);
    const expression_node root = tree.understood() ? tree.nodes[tree.root] : expression_node{};
    const auto with_text = [&kept](model::default_kind kind, std::string_view value) {
        return model::default_value{.kind = kind, .text = kept.keep(value)};
    };
    if (!tree.understood()) return with_text(model::default_kind::expression, text);
    if (is_text_of_bytes(tree))
        return with_text(model::default_kind::text, bytes_of(tree.nodes[root.first_child].text));
    switch (root.kind) {
    case node_kind::null: return {.kind = model::default_kind::null};
    case node_kind::number:
        if (root.value.is_real) return {.kind = model::default_kind::real, .real = root.value.real};
        return {.kind = model::default_kind::integer, .integer = root.value.integer};
    case node_kind::name:
        if (!root.qualifier.empty()) return with_text(model::default_kind::expression, text);
        return with_text(model::default_kind::text, unquote(root.text));
    case node_kind::string: return with_text(model::default_kind::text, unquote(root.text));
    case node_kind::blob: return with_text(model::default_kind::blob, root.text.substr(2, root.text.size() - 3));
    case node_kind::keyword: return with_text(model::default_kind::expression, root.text);
    default: return with_text(model::default_kind::expression, text);
    }
}

} // namespace autopack_schema::sql::sqlite::detail
