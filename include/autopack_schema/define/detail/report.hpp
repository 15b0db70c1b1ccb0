// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/fixed_text.hpp>
#include <autopack_schema/define/problem.hpp>

#include <string_view>

namespace autopack_schema {

/// A mistake in a definition as the compiler prints it: what, and the names of table, column (or member, or object)
/// and further object, as far as there are such.
/// shape: never defined. Reading `::ok` from it is the error, and so its name with all it says is in the one `error:`
///        line that GCC and Clang print; a false static_assert would show the names in a note only (GCC 12). The
///        line of source that both print below it has the text of the error and the advice.
template <problem What, fixed_text... Name>
struct definition_error;

namespace detail {

/// Is instantiated for a mistake; one specialisation for each problem.
template <problem What, fixed_text... Name>
struct report {};

// Each assertion stays on one line, because compilers show one.
// clang-format off
template <fixed_text... Name>
struct report<problem::S101_table_without_columns, Name...> {
    static_assert(definition_error<problem::S101_table_without_columns, Name...>::ok, "autopack_schema: [S101] a table has no column; give it at least one (docs/errors.md#s101)");
};
template <fixed_text... Name>
struct report<problem::S102_member_without_column, Name...> {
    static_assert(definition_error<problem::S102_member_without_column, Name...>::ok, "autopack_schema: [S102] a member of the row struct has no column; add a column for it, or say remaining_members (docs/errors.md#s102)");
};
template <fixed_text... Name>
struct report<problem::S103_member_with_two_columns, Name...> {
    static_assert(definition_error<problem::S103_member_with_two_columns, Name...>::ok, "autopack_schema: [S103] a member of the row struct has two columns; remove one (docs/errors.md#s103)");
};
template <fixed_text... Name>
struct report<problem::S104_two_columns_with_one_name, Name...> {
    static_assert(definition_error<problem::S104_two_columns_with_one_name, Name...>::ok, "autopack_schema: [S104] two columns of one table have the same name; rename one (docs/errors.md#s104)");
};
template <fixed_text... Name>
struct report<problem::S105_member_type_is_no_column_type, Name...> {
    static_assert(definition_error<problem::S105_member_type_is_no_column_type, Name...>::ok, "autopack_schema: [S105] the type of a member cannot be a column; use another type or specialise column_traits for it (docs/errors.md#s105)");
};
template <fixed_text... Name>
struct report<problem::S106_member_type_does_not_own_its_text, Name...> {
    static_assert(definition_error<problem::S106_member_type_does_not_own_its_text, Name...>::ok, "autopack_schema: [S106] a member is a view or a pointer, and nothing would own what it shows; use std::string (docs/errors.md#s106)");
};
template <fixed_text... Name>
struct report<problem::S107_member_type_is_unsigned_64_bit, Name...> {
    static_assert(definition_error<problem::S107_member_type_is_unsigned_64_bit, Name...>::ok, "autopack_schema: [S107] a member has 64 bits without a sign, and a database's integers have one; use std::int64_t or a smaller unsigned type (docs/errors.md#s107)");
};
template <fixed_text... Name>
struct report<problem::S108_member_type_is_optional_twice, Name...> {
    static_assert(definition_error<problem::S108_member_type_is_optional_twice, Name...>::ok, "autopack_schema: [S108] a member is an optional of an optional, and there is one NULL only; use std::optional once (docs/errors.md#s108)");
};
template <fixed_text... Name>
struct report<problem::S109_default_of_another_type, Name...> {
    static_assert(definition_error<problem::S109_default_of_another_type, Name...>::ok, "autopack_schema: [S109] a default has another type than its member; write a literal of the member's type, or default_expression (docs/errors.md#s109)");
};
template <fixed_text... Name>
struct report<problem::S110_default_null_on_plain_member, Name...> {
    static_assert(definition_error<problem::S110_default_null_on_plain_member, Name...>::ok, "autopack_schema: [S110] the default is NULL and the member cannot be NULL; make the member std::optional or remove the default (docs/errors.md#s110)");
};
template <fixed_text... Name>
struct report<problem::S111_two_primary_keys, Name...> {
    static_assert(definition_error<problem::S111_two_primary_keys, Name...>::ok, "autopack_schema: [S111] a table has two primary keys; write one primary_key(...) with all its columns at the table (docs/errors.md#s111)");
};
template <fixed_text... Name>
struct report<problem::S112_primary_key_names_no_column, Name...> {
    static_assert(definition_error<problem::S112_primary_key_names_no_column, Name...>::ok, "autopack_schema: [S112] a primary key names a column that the table does not have; correct the name or add the column (docs/errors.md#s112)");
};
template <fixed_text... Name>
struct report<problem::S113_primary_key_member_is_optional, Name...> {
    static_assert(definition_error<problem::S113_primary_key_member_is_optional, Name...>::ok, "autopack_schema: [S113] a member in the primary key is std::optional; make it a plain member (docs/errors.md#s113)");
};
template <fixed_text... Name>
struct report<problem::S114_autoincrement_needs_one_integer_key, Name...> {
    static_assert(definition_error<problem::S114_autoincrement_needs_one_integer_key, Name...>::ok, "autopack_schema: [S114] autoincrement stands at a column that is not alone the integer primary key; make it that or remove autoincrement (docs/errors.md#s114)");
};
template <fixed_text... Name>
struct report<problem::S115_index_names_no_column, Name...> {
    static_assert(definition_error<problem::S115_index_names_no_column, Name...>::ok, "autopack_schema: [S115] an index names a column that the table does not have; correct the name or add the column (docs/errors.md#s115)");
};
template <fixed_text... Name>
struct report<problem::S116_unique_names_no_column, Name...> {
    static_assert(definition_error<problem::S116_unique_names_no_column, Name...>::ok, "autopack_schema: [S116] a unique constraint names a column that the table does not have; correct the name or add the column (docs/errors.md#s116)");
};
template <fixed_text... Name>
struct report<problem::S117_foreign_key_names_no_column, Name...> {
    static_assert(definition_error<problem::S117_foreign_key_names_no_column, Name...>::ok, "autopack_schema: [S117] a foreign key names a column that its table does not have; correct the name or add the column (docs/errors.md#s117)");
};
template <fixed_text... Name>
struct report<problem::S118_foreign_key_parent_not_in_schema, Name...> {
    static_assert(definition_error<problem::S118_foreign_key_parent_not_in_schema, Name...>::ok, "autopack_schema: [S118] a foreign key references a table that the schema does not have; correct the name or add the table to the schema (docs/errors.md#s118)");
};
template <fixed_text... Name>
struct report<problem::S119_foreign_key_parent_has_no_such_column, Name...> {
    static_assert(definition_error<problem::S119_foreign_key_parent_has_no_such_column, Name...>::ok, "autopack_schema: [S119] a foreign key references a column that the other table does not have; correct the name (docs/errors.md#s119)");
};
template <fixed_text... Name>
struct report<problem::S120_foreign_key_sides_differ_in_length, Name...> {
    static_assert(definition_error<problem::S120_foreign_key_sides_differ_in_length, Name...>::ok, "autopack_schema: [S120] a foreign key has not as many columns as it references; name a column for each (docs/errors.md#s120)");
};
template <fixed_text... Name>
struct report<problem::S121_foreign_key_references_no_key, Name...> {
    static_assert(definition_error<problem::S121_foreign_key_references_no_key, Name...>::ok, "autopack_schema: [S121] a foreign key references columns that are neither the primary key nor unique; reference a key or make the columns unique (docs/errors.md#s121)");
};
template <fixed_text... Name>
struct report<problem::S122_two_tables_with_one_name, Name...> {
    static_assert(definition_error<problem::S122_two_tables_with_one_name, Name...>::ok, "autopack_schema: [S122] two tables of a schema have the same name; rename one (docs/errors.md#s122)");
};
template <fixed_text... Name>
struct report<problem::S123_two_indexes_with_one_name, Name...> {
    static_assert(definition_error<problem::S123_two_indexes_with_one_name, Name...>::ok, "autopack_schema: [S123] two indexes of a schema have the same name; rename one (docs/errors.md#s123)");
};
template <fixed_text... Name>
struct report<problem::S124_two_objects_with_one_name, Name...> {
    static_assert(definition_error<problem::S124_two_objects_with_one_name, Name...>::ok, "autopack_schema: [S124] two tables, views, indexes or triggers of a schema have the same name; rename one (docs/errors.md#s124)");
};
template <fixed_text... Name>
struct report<problem::S125_trigger_on_nothing_in_schema, Name...> {
    static_assert(definition_error<problem::S125_trigger_on_nothing_in_schema, Name...>::ok, "autopack_schema: [S125] a trigger belongs to a table or view that the schema does not have; correct the name or add the table to the schema (docs/errors.md#s125)");
};
template <fixed_text... Name>
struct report<problem::S126_column_twice_in_one_key, Name...> {
    static_assert(definition_error<problem::S126_column_twice_in_one_key, Name...>::ok, "autopack_schema: [S126] a key or an index names a column twice; remove one (docs/errors.md#s126)");
};
template <fixed_text... Name>
struct report<problem::S127_strict_table_refuses_type, Name...> {
    static_assert(definition_error<problem::S127_strict_table_refuses_type, Name...>::ok, "autopack_schema: [S127] a STRICT table cannot have a type of that spelling; use INT, INTEGER, REAL, TEXT, BLOB or ANY, or remove type(...) (docs/errors.md#s127)");
};
template <fixed_text... Name>
struct report<problem::S128_renamed_from_existing_name, Name...> {
    static_assert(definition_error<problem::S128_renamed_from_existing_name, Name...>::ok, "autopack_schema: [S128] renamed_from gives a name that still exists; remove it or rename the other one (docs/errors.md#s128)");
};
template <fixed_text... Name>
struct report<problem::S129_empty_name, Name...> {
    static_assert(definition_error<problem::S129_empty_name, Name...>::ok, "autopack_schema: [S129] a table, a column or another object has an empty name; give it a name (docs/errors.md#s129)");
};
template <fixed_text... Name>
struct report<problem::S130_without_rowid_needs_primary_key, Name...> {
    static_assert(definition_error<problem::S130_without_rowid_needs_primary_key, Name...>::ok, "autopack_schema: [S130] a WITHOUT ROWID table has no primary key; give it one or remove without_rowid (docs/errors.md#s130)");
};
template <fixed_text... Name>
struct report<problem::S131_generated_column_with_default_or_key, Name...> {
    static_assert(definition_error<problem::S131_generated_column_with_default_or_key, Name...>::ok, "autopack_schema: [S131] a generated column has a default or is in the primary key; remove one of the two (docs/errors.md#s131)");
};
template <fixed_text... Name>
struct report<problem::S132_key_without_columns, Name...> {
    static_assert(definition_error<problem::S132_key_without_columns, Name...>::ok, "autopack_schema: [S132] an index has no columns; name at least one (docs/errors.md#s132)");
};
template <fixed_text... Name>
struct report<problem::S133_default_value_is_no_enumerator, Name...> {
    static_assert(definition_error<problem::S133_default_value_is_no_enumerator, Name...>::ok, "autopack_schema: [S133] a default is a value without a name in its enumeration; use an enumerator; see enum_range for large values (docs/errors.md#s133)");
};
template <fixed_text... Name>
struct report<problem::S134_option_given_twice, Name...> {
    static_assert(definition_error<problem::S134_option_given_twice, Name...>::ok, "autopack_schema: [S134] an option of a column is given twice; remove one (docs/errors.md#s134)");
};

// clang-format on

template <const finding& Finding, std::string_view finding::*Text>
inline constexpr fixed_text<(Finding.*Text).size()> fixed{Finding.*Text};

/// Reports a finding, if it is one.
template <const finding& Finding>
consteval bool report_finding() {
    constexpr problem what = Finding.what;
    if constexpr (what == problem::none) {
        return true;
    } else if constexpr (!Finding.detail.empty()) {
        return sizeof(report<what, fixed<Finding, &finding::table>, fixed<Finding, &finding::column>,
                             fixed<Finding, &finding::detail>>) != 0;
    } else if constexpr (!Finding.column.empty()) {
        return sizeof(report<what, fixed<Finding, &finding::table>, fixed<Finding, &finding::column>>) != 0;
    } else {
        return sizeof(report<what, fixed<Finding, &finding::table>>) != 0;
    }
}

} // namespace detail
} // namespace autopack_schema
