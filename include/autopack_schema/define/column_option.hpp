// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/column.hpp>

#include <string_view>

namespace autopack_schema {

/// The spelling of a column's type; see `type`.
struct type_option {
    std::string_view declared{};
};
/// The type as the database shall read it, where the dialect's own spelling is not wanted: `type("VARCHAR(33)")`.
consteval type_option type(std::string_view declared) { return {declared}; }

/// The collation of a column; see `collate`.
struct collate_option {
    std::string_view collation{};
};
/// COLLATE of a column: `collate("NOCASE")`; of a part of an index: `collate("name", "NOCASE")`.
consteval collate_option collate(std::string_view collation) { return {collation}; }

/// How a column is generated; see `generated_always_as`.
struct generated_option {
    std::string_view expression{};
    model::generated_kind kind = model::generated_kind::virtual_;
};
/// GENERATED ALWAYS AS with an expression, written without the parentheses around it.
consteval generated_option generated_always_as(std::string_view expression,
                                               model::generated_kind kind = model::generated_kind::virtual_) {
    return {expression, kind};
}

/// What a NOT NULL column does with NULL; see `on_null`.
struct on_null_option {
    model::conflict action = model::conflict::none;
};
/// NOT NULL ON CONFLICT (SQLite).
consteval on_null_option on_null(model::conflict action) { return {action}; }

} // namespace autopack_schema
