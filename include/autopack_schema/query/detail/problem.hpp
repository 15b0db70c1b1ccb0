// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace autopack_schema {

/// What can be wrong with a query, by its code.
enum class query_problem : std::uint16_t {
    S140_row_is_no_table_of_the_schema = 140,
    S141_column_of_a_table_that_is_not_in_the_query = 141,
    S142_member_is_no_column = 142,
    S143_types_cannot_be_compared = 143,
    S144_never_null = 144,
    S145_not_a_condition = 145,
    S146_not_a_number = 146,
    S147_not_a_text = 147,
    S148_aggregate_where_rows_are_chosen = 148,
    S149_plain_column_beside_an_aggregate = 149,
    S150_null_into_a_plain_member = 150,
    S151_value_of_another_type = 151,
    S152_update_without_where = 152,
    S153_erase_without_where = 153,
    S154_table_without_primary_key = 154,
    S155_key_of_another_shape = 155,
    S156_struct_of_another_shape = 156,
    S157_view_kept_beyond_its_row = 157,
    S158_conflict_with_no_key = 158,
    S159_compared_with_an_optional = 159,
    S160_subquery_of_several_columns = 160,
    S161_not_a_value = 161,
    S162_generated_column_is_written = 162,
    S164_column_is_assigned_twice = 164,
};

} // namespace autopack_schema
