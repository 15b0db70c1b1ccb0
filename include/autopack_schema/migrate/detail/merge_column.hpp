// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/model/column.hpp>

namespace autopack_schema::migrate::detail {

/// Takes one aspect of a column over from another one.
constexpr void take_column_change(model::column& column, const model::column& wanted, change_kind kind) {
    switch (kind) {
    case change_kind::column_name_case: column.name = wanted.name; break;
    case change_kind::column_type:
    case change_kind::column_type_spelling:
    case change_kind::column_rowid_alias: column.type = wanted.type; break;
    case change_kind::column_not_null:
        column.nullable = wanted.nullable;
        column.on_null = wanted.on_null;
        break;
    case change_kind::constraint_on_conflict: column.on_null = wanted.on_null; break;
    case change_kind::column_default: column.default_to = wanted.default_to; break;
    case change_kind::column_autoincrement: column.identity = wanted.identity; break;
    case change_kind::column_collation: column.collation = wanted.collation; break;
    case change_kind::column_generated:
    case change_kind::column_generated_kind:
    case change_kind::column_generated_expression:
        column.generated = wanted.generated;
        column.generated_as = wanted.generated_as;
        column.default_to = wanted.default_to; // DEFAULT NULL means nothing, but no generated column may have it
        break;
    default: break;
    }
}

} // namespace autopack_schema::migrate::detail
