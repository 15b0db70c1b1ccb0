// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/fixed_text.hpp>
#include <autopack_schema/query/detail/problem.hpp>

namespace autopack_schema {

/// A mistake in a query as the compiler prints it: what, and the names of what is concerned.
/// shape: never defined; reading `::ok` from it is the error, see `definition_error`
template <query_problem What, fixed_text... Name>
struct query_error;

namespace query {

/// Is instantiated for a mistake; one specialisation for each problem.
template <query_problem What, fixed_text... Name>
struct report {};

// Each assertion stays on one line, because compilers show one.
// clang-format off
template <fixed_text... Name>
struct report<query_problem::S140_row_is_no_table_of_the_schema, Name...> {
    static_assert(query_error<query_problem::S140_row_is_no_table_of_the_schema, Name...>::ok, "autopack_schema: [S140] a query names a row type that is no table of the schema, or of two tables of it; add its table to the schema, or use one row type for each table (docs/errors.md#s140)");
};
template <fixed_text... Name>
struct report<query_problem::S141_column_of_a_table_that_is_not_in_the_query, Name...> {
    static_assert(query_error<query_problem::S141_column_of_a_table_that_is_not_in_the_query, Name...>::ok, "autopack_schema: [S141] a query uses a column of a table that is not in it; add the table with from, join or an alias (docs/errors.md#s141)");
};
template <fixed_text... Name>
struct report<query_problem::S142_member_is_no_column, Name...> {
    static_assert(query_error<query_problem::S142_member_is_no_column, Name...>::ok, "autopack_schema: [S142] a query uses a member that has no column in its table; give the member a column, or use another member (docs/errors.md#s142)");
};
template <fixed_text... Name>
struct report<query_problem::S143_types_cannot_be_compared, Name...> {
    static_assert(query_error<query_problem::S143_types_cannot_be_compared, Name...>::ok, "autopack_schema: [S143] two values of types that do not compare stand together, as a text and a number; use values of one sort, or cast one (docs/errors.md#s143)");
};
template <fixed_text... Name>
struct report<query_problem::S144_never_null, Name...> {
    static_assert(query_error<query_problem::S144_never_null, Name...>::ok, "autopack_schema: [S144] something that is never NULL is compared with NULL; remove the condition, or make the member std::optional (docs/errors.md#s144)");
};
template <fixed_text... Name>
struct report<query_problem::S145_not_a_condition, Name...> {
    static_assert(query_error<query_problem::S145_not_a_condition, Name...>::ok, "autopack_schema: [S145] a condition is wanted and a value is given; compare it with something (docs/errors.md#s145)");
};
template <fixed_text... Name>
struct report<query_problem::S146_not_a_number, Name...> {
    static_assert(query_error<query_problem::S146_not_a_number, Name...>::ok, "autopack_schema: [S146] a number is wanted here; use a number, or cast the value (docs/errors.md#s146)");
};
template <fixed_text... Name>
struct report<query_problem::S147_not_a_text, Name...> {
    static_assert(query_error<query_problem::S147_not_a_text, Name...>::ok, "autopack_schema: [S147] a text is wanted here; use a text, or cast the value (docs/errors.md#s147)");
};
template <fixed_text... Name>
struct report<query_problem::S148_aggregate_where_rows_are_chosen, Name...> {
    static_assert(query_error<query_problem::S148_aggregate_where_rows_are_chosen, Name...>::ok, "autopack_schema: [S148] an aggregate stands in where or join, which choose rows before there are groups; put it into having, or use a subquery (docs/errors.md#s148)");
};
template <fixed_text... Name>
struct report<query_problem::S149_plain_column_beside_an_aggregate, Name...> {
    static_assert(query_error<query_problem::S149_plain_column_beside_an_aggregate, Name...>::ok, "autopack_schema: [S149] a column stands beside an aggregate and is not in group_by, so it would be of any row; put it into group_by or into an aggregate (docs/errors.md#s149)");
};
template <fixed_text... Name>
struct report<query_problem::S150_null_into_a_plain_member, Name...> {
    static_assert(query_error<query_problem::S150_null_into_a_plain_member, Name...>::ok, "autopack_schema: [S150] something that can be NULL goes into a column that cannot; use coalesce, or make the member std::optional (docs/errors.md#s150)");
};
template <fixed_text... Name>
struct report<query_problem::S151_value_of_another_type, Name...> {
    static_assert(query_error<query_problem::S151_value_of_another_type, Name...>::ok, "autopack_schema: [S151] a value goes into a column of another type; use a value of the member's type, or cast it (docs/errors.md#s151)");
};
template <fixed_text... Name>
struct report<query_problem::S152_update_without_where, Name...> {
    static_assert(query_error<query_problem::S152_update_without_where, Name...>::ok, "autopack_schema: [S152] an update has no where and would change every row; add where(...), or where(aps::everything) (docs/errors.md#s152)");
};
template <fixed_text... Name>
struct report<query_problem::S153_erase_without_where, Name...> {
    static_assert(query_error<query_problem::S153_erase_without_where, Name...>::ok, "autopack_schema: [S153] an erase has no where and would remove every row; add where(...), or where(aps::everything) (docs/errors.md#s153)");
};
template <fixed_text... Name>
struct report<query_problem::S154_table_without_primary_key, Name...> {
    static_assert(query_error<query_problem::S154_table_without_primary_key, Name...>::ok, "autopack_schema: [S154] a row is wanted by its key and the table has no primary key; add primary_key, or use select with where (docs/errors.md#s154)");
};
template <fixed_text... Name>
struct report<query_problem::S155_key_of_another_shape, Name...> {
    static_assert(query_error<query_problem::S155_key_of_another_shape, Name...>::ok, "autopack_schema: [S155] a key has not the number or the types of the primary key's columns; give a value for each column, in their order (docs/errors.md#s155)");
};
template <fixed_text... Name>
struct report<query_problem::S156_struct_of_another_shape, Name...> {
    static_assert(query_error<query_problem::S156_struct_of_another_shape, Name...>::ok, "autopack_schema: [S156] the results of a query do not fit the members of a struct; give it a member for each result, in their order, std::optional where NULL can be (docs/errors.md#s156)");
};
template <fixed_text... Name>
struct report<query_problem::S157_view_kept_beyond_its_row, Name...> {
    static_assert(query_error<query_problem::S157_view_kept_beyond_its_row, Name...>::ok, "autopack_schema: [S157] views of a row's text or bytes are kept, which the next row overwrites; read them in a loop, or select the column itself (docs/errors.md#s157)");
};
template <fixed_text... Name>
struct report<query_problem::S158_conflict_with_no_key, Name...> {
    static_assert(query_error<query_problem::S158_conflict_with_no_key, Name...>::ok, "autopack_schema: [S158] on_conflict names columns that are no primary key and no unique key; name the columns of a key (docs/errors.md#s158)");
};
template <fixed_text... Name>
struct report<query_problem::S159_compared_with_an_optional, Name...> {
    static_assert(query_error<query_problem::S159_compared_with_an_optional, Name...>::ok, "autopack_schema: [S159] something is compared with a std::optional, and = with NULL is never true; use .is(...), or compare with the value inside (docs/errors.md#s159)");
};
template <fixed_text... Name>
struct report<query_problem::S160_subquery_of_several_columns, Name...> {
    static_assert(query_error<query_problem::S160_subquery_of_several_columns, Name...>::ok, "autopack_schema: [S160] a subquery of several columns stands where one value is wanted; select one column (docs/errors.md#s160)");
};
template <fixed_text... Name>
struct report<query_problem::S161_not_a_value, Name...> {
    static_assert(query_error<query_problem::S161_not_a_value, Name...>::ok, "autopack_schema: [S161] something of a type that no column has is used as a value; convert it, or specialise column_traits for it (docs/errors.md#s161)");
};
template <fixed_text... Name>
struct report<query_problem::S162_generated_column_is_written, Name...> {
    static_assert(query_error<query_problem::S162_generated_column_is_written, Name...>::ok, "autopack_schema: [S162] a generated column is written, and the database computes it; remove the assignment (docs/errors.md#s162)");
};
template <fixed_text... Name>
struct report<query_problem::S164_column_is_assigned_twice, Name...> {
    static_assert(query_error<query_problem::S164_column_is_assigned_twice, Name...>::ok, "autopack_schema: [S164] a column is assigned twice in one statement; remove one assignment (docs/errors.md#s164)");
};
// clang-format on

/// Reports a mistake.
template <query_problem What, fixed_text... Name>
consteval bool refuse() {
    return sizeof(report<What, Name...>) != 0;
}

} // namespace query
} // namespace autopack_schema
