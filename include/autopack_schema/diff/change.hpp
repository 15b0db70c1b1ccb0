// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/name.hpp>

#include <cstdint>
#include <string_view>

namespace autopack_schema {

/// What a change does to a schema; each kind is also a kind of drift, see `drift_name`.
enum class change_kind : std::uint8_t {
    add_table,
    drop_table,
    rename_table,
    table_name_case,
    table_without_rowid,
    table_strict,
    table_virtual, ///< another module, or a virtual table against an ordinary one
    add_column,
    drop_column,
    rename_column,
    column_name_case,
    column_order,
    column_type,          ///< the type means something else
    column_type_spelling, ///< the type means the same and is written in another way
    column_rowid_alias,
    column_not_null,
    column_default,
    column_autoincrement,
    column_collation,
    column_generated, ///< generated against plain
    column_generated_kind,
    column_generated_expression,
    constraint_on_conflict,
    add_primary_key,
    drop_primary_key,
    primary_key_columns,
    primary_key_order,
    primary_key_descending,
    add_unique,
    drop_unique,
    unique_columns,
    unique_order,
    unique_form, ///< a UNIQUE constraint against a unique index
    unique_name,
    add_check,
    drop_check,
    check_expression,
    check_name,
    add_index,
    drop_index,
    index_name,
    index_columns,
    index_descending,
    index_collation,
    index_unique,
    index_predicate,
    index_expression,
    add_foreign_key,
    drop_foreign_key,
    foreign_key_table,
    foreign_key_columns,
    foreign_key_on_delete,
    foreign_key_on_update,
    foreign_key_deferrable,
    foreign_key_name,
    add_view,
    drop_view,
    view_definition,
    add_trigger,
    drop_trigger,
    trigger_definition,
};

/// Which array of a schema the elements of a change are in.
enum class element : std::uint8_t { none, table, column, primary_key, unique, check, foreign_key, index, view, trigger };

/// Stands for "no such element".
inline constexpr std::uint32_t no_element = 0xffffffffU;

/// One difference between two schemas.
/// shape: `from` and `to` are positions in the array that `what` names, of the schema that was and of the one that is
///        wanted; `no_element` on the side where there is nothing. A primary key has the position of its table.
struct change {
    change_kind kind{};
    element what = element::none;
    std::uint32_t from_table = no_element;
    std::uint32_t to_table = no_element;
    std::uint32_t from = no_element;
    std::uint32_t to = no_element;
    element was = element::none; ///< the array of `from` where it is another one than `what` (`unique_form`)

    friend constexpr bool operator==(const change&, const change&) = default;
};

/// The name of a kind in drift reports, as in "table.missing": what a database lacks is what a change would add.
constexpr std::string_view drift_name(change_kind kind) {
    using enum change_kind;
    switch (kind) {
    case add_table: return "table.missing";
    case drop_table: return "table.extra";
    case rename_table: return "table.renamed";
    case table_name_case: return "table.name_case";
    case table_without_rowid: return "table.without_rowid";
    case table_strict: return "table.strict";
    case table_virtual: return "table.virtual";
    case add_column: return "column.missing";
    case drop_column: return "column.extra";
    case rename_column: return "column.renamed";
    case column_name_case: return "column.name_case";
    case column_order: return "column.order";
    case column_type: return "column.type_affinity";
    case column_type_spelling: return "column.type_spelling";
    case column_rowid_alias: return "column.rowid_alias";
    case column_not_null: return "column.not_null";
    case column_default: return "column.default";
    case column_autoincrement: return "column.autoincrement";
    case column_collation: return "column.collation";
    case column_generated: return "column.generated";
    case column_generated_kind: return "column.generated_kind";
    case column_generated_expression: return "column.generated_expr";
    case constraint_on_conflict: return "constraint.on_conflict";
    case add_primary_key: return "pk.missing";
    case drop_primary_key: return "pk.extra";
    case primary_key_columns: return "pk.columns";
    case primary_key_order: return "pk.order";
    case primary_key_descending: return "pk.desc";
    case add_unique: return "unique.missing";
    case drop_unique: return "unique.extra";
    case unique_columns: return "unique.columns";
    case unique_order: return "unique.order";
    case unique_form: return "unique.form";
    case unique_name: return "unique.name";
    case add_check: return "check.missing";
    case drop_check: return "check.extra";
    case check_expression: return "check.expr";
    case check_name: return "check.name";
    case add_index: return "index.missing";
    case drop_index: return "index.extra";
    case index_name: return "index.name";
    case index_columns: return "index.columns";
    case index_descending: return "index.desc";
    case index_collation: return "index.collation";
    case index_unique: return "index.unique";
    case index_predicate: return "index.predicate";
    case index_expression: return "index.expression";
    case add_foreign_key: return "fk.missing";
    case drop_foreign_key: return "fk.extra";
    case foreign_key_table: return "fk.target_table";
    case foreign_key_columns: return "fk.target_columns";
    case foreign_key_on_delete: return "fk.on_delete";
    case foreign_key_on_update: return "fk.on_update";
    case foreign_key_deferrable: return "fk.deferrable";
    case foreign_key_name: return "fk.name";
    case add_view: return "view.missing";
    case drop_view: return "view.extra";
    case view_definition: return "view.definition";
    case add_trigger: return "trigger.missing";
    case drop_trigger: return "trigger.extra";
    case trigger_definition: return "trigger.definition";
    }
    return "unknown";
}

} // namespace autopack_schema
