// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/token.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <string_view>

namespace autopack_schema::migrate::detail {

/// Tells whether a text of SQL has a name in it, bare or quoted; it may mean something else of the same name.
constexpr bool mentions(std::string_view text, std::string_view name) {
    sql::tokenizer source(text);
    for (sql::token t = source.next_significant(); t.kind != sql::token_kind::end; t = source.next_significant()) {
        const bool quoted = t.kind == sql::token_kind::quoted_identifier || t.kind == sql::token_kind::string;
        if (t.kind == sql::token_kind::identifier ? model::same_name(t.text, name)
                                                  : quoted && sql::same_identifier(t.text, name)) {
            return true;
        }
    }
    return false;
}

/// Tells whether a key or an index names a column, or has it in an expression.
constexpr bool mentions(model::items<model::key_part> parts, const model::name& column) {
    for (const model::key_part& p : parts) {
        if (p.is_expression ? mentions(p.text.text, column.text) : p.text == column) return true;
    }
    return false;
}

constexpr bool contains(model::items<model::name> names, const model::name& wanted) {
    for (const model::name& n : names) {
        if (n == wanted) return true;
    }
    return false;
}

} // namespace autopack_schema::migrate::detail
