// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/drift/severity.hpp>

#include <string_view>

namespace autopack_schema::drift::detail {

/// What every finding of a kind has in common.
struct kind_facts {
    change_kind kind;
    std::string_view code;
    severity level; ///< where nothing about the case makes it worse, see judge.hpp
    std::string_view consequence;
};

/// shape: in the order of `change_kind`; codes are never reused
inline constexpr kind_facts all_kinds[] = {
    {change_kind::add_table, "S301", severity::breaking, "the table is missing: every statement on it fails"},
    {change_kind::drop_table, "S302", severity::extra, "the code does not know the table"},
    {change_kind::rename_table, "S303", severity::breaking, "the table still has its old name"},
    {change_kind::table_name_case, "S304", severity::cosmetic, "the name is spelled in another case"},
    {change_kind::table_without_rowid, "S305", severity::semantic, "one has a rowid, the other has none"},
    {change_kind::table_strict, "S306", severity::semantic, "values of a wrong type are refused on one side only"},
    {change_kind::table_virtual, "S307", severity::semantic, "another module, or other arguments"},
    {change_kind::add_column, "S310", severity::breaking, "the column is missing: statements that name it fail"},
    {change_kind::drop_column, "S311", severity::extra, "the code does not know the column"},
    {change_kind::rename_column, "S312", severity::breaking, "the column still has its old name"},
    {change_kind::column_name_case, "S313", severity::cosmetic, "the name is spelled in another case"},
    {change_kind::column_order, "S314", severity::cosmetic,
     "SELECT * and INSERT without a column list see another order"},
    {change_kind::column_type, "S315", severity::breaking, "stored values are converted in another way"},
    {change_kind::column_type_spelling, "S316", severity::cosmetic, "the type means the same and is spelled otherwise"},
    {change_kind::column_rowid_alias, "S317", severity::breaking,
     "only one is the row number: only there it is filled in by itself, is never NULL and always an integer"},
    {change_kind::column_not_null, "S318", severity::breaking, "NULL is refused on one side only"},
    {change_kind::column_default, "S319", severity::semantic, "rows that leave the column out get another value"},
    {change_kind::column_autoincrement, "S320", severity::semantic, "numbers of deleted rows are given again on one side"},
    {change_kind::column_collation, "S321", severity::semantic, "texts compare, sort and collide differently"},
    {change_kind::column_generated, "S322", severity::breaking, "computed on one side, stored by hand on the other"},
    {change_kind::column_generated_kind, "S323", severity::semantic, "stored on one side, computed anew on the other"},
    {change_kind::column_generated_expression, "S324", severity::semantic, "another value is computed"},
    {change_kind::constraint_on_conflict, "S325", severity::semantic, "a row that breaks the constraint meets another fate"},
    {change_kind::add_primary_key, "S330", severity::breaking, "nothing keeps rows apart"},
    {change_kind::drop_primary_key, "S331", severity::breaking, "rows that the code may write are refused"},
    {change_kind::primary_key_columns, "S332", severity::breaking, "other columns keep rows apart"},
    {change_kind::primary_key_order, "S333", severity::performance, "the key's index has its columns in another order"},
    {change_kind::primary_key_descending, "S334", severity::performance, "the key's index is sorted the other way"},
    {change_kind::add_unique, "S336", severity::breaking, "duplicates are accepted"},
    {change_kind::drop_unique, "S337", severity::breaking, "rows that the code may write are refused as duplicates"},
    {change_kind::unique_columns, "S338", severity::breaking, "other columns must be unique"},
    {change_kind::unique_order, "S339", severity::performance, "the same is refused; the index has another column order"},
    {change_kind::unique_form, "S340", severity::cosmetic, "the same is refused, by a constraint here and an index there"},
    {change_kind::unique_name, "S341", severity::cosmetic, "only the constraint's name differs"},
    {change_kind::add_check, "S342", severity::semantic, "rows that break it are accepted"},
    {change_kind::drop_check, "S343", severity::semantic, "rows that the code may write are refused"},
    {change_kind::check_expression, "S344", severity::semantic, "other rows are refused"},
    {change_kind::check_name, "S345", severity::cosmetic, "only the name differs, which shows in error messages"},
    {change_kind::add_index, "S346", severity::performance, "queries have to read the whole table"},
    {change_kind::drop_index, "S347", severity::extra, "the code does not know the index"},
    {change_kind::index_name, "S348", severity::cosmetic, "the same index has another name"},
    {change_kind::index_columns, "S349", severity::performance, "the index covers other columns"},
    {change_kind::index_descending, "S350", severity::performance, "the index is sorted the other way"},
    {change_kind::index_collation, "S351", severity::performance, "the index compares texts in another way"},
    {change_kind::index_unique, "S352", severity::breaking, "duplicates are refused on one side only"},
    {change_kind::index_predicate, "S353", severity::performance, "the index covers other rows"},
    {change_kind::index_expression, "S354", severity::performance, "the index holds other values"},
    {change_kind::add_foreign_key, "S355", severity::semantic, "rows without a parent are accepted"},
    {change_kind::drop_foreign_key, "S356", severity::semantic, "rows without a parent are refused"},
    {change_kind::foreign_key_table, "S357", severity::semantic, "parents are looked for in another table"},
    {change_kind::foreign_key_columns, "S358", severity::semantic, "parents are found by other columns"},
    {change_kind::foreign_key_on_delete, "S359", severity::semantic, "deleting a parent does something else"},
    {change_kind::foreign_key_on_update, "S360", severity::semantic, "changing a parent's key does something else"},
    {change_kind::foreign_key_deferrable, "S361", severity::semantic, "it is checked at another moment"},
    {change_kind::foreign_key_name, "S362", severity::cosmetic, "only the constraint's name differs"},
    {change_kind::add_view, "S363", severity::breaking, "the view is missing: every query of it fails"},
    {change_kind::drop_view, "S364", severity::extra, "the code does not know the view; it can stand in the way of changes"},
    {change_kind::view_definition, "S365", severity::semantic, "the view gives other rows or columns"},
    {change_kind::add_trigger, "S366", severity::breaking, "what it should do is not done"},
    {change_kind::drop_trigger, "S367", severity::semantic, "it does things that the code does not know"},
    {change_kind::trigger_definition, "S368", severity::semantic, "it does something else"},
};

/// The facts of a kind.
constexpr const kind_facts& facts_of(change_kind kind) noexcept {
    for (const kind_facts& known : all_kinds) {
        if (known.kind == kind) return known;
    }
    return all_kinds[0];
}

} // namespace autopack_schema::drift::detail
