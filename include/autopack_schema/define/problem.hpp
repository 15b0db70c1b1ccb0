// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace autopack_schema {

/// What can be wrong with a definition; the value of an enumerator is the number in its error code.
/// source: docs/errors.md
enum class problem : std::uint16_t {
    none = 0,
    S101_table_without_columns = 101,
    S102_member_without_column = 102,
    S103_member_with_two_columns = 103,
    S104_two_columns_with_one_name = 104,
    S105_member_type_is_no_column_type = 105,
    S106_member_type_does_not_own_its_text = 106,
    S107_member_type_is_unsigned_64_bit = 107,
    S108_member_type_is_optional_twice = 108,
    S109_default_of_another_type = 109,
    S110_default_null_on_plain_member = 110,
    S111_two_primary_keys = 111,
    S112_primary_key_names_no_column = 112,
    S113_primary_key_member_is_optional = 113,
    S114_autoincrement_needs_one_integer_key = 114,
    S115_index_names_no_column = 115,
    S116_unique_names_no_column = 116,
    S117_foreign_key_names_no_column = 117,
    S118_foreign_key_parent_not_in_schema = 118,
    S119_foreign_key_parent_has_no_such_column = 119,
    S120_foreign_key_sides_differ_in_length = 120,
    S121_foreign_key_references_no_key = 121,
    S122_two_tables_with_one_name = 122,
    S123_two_indexes_with_one_name = 123,
    S124_two_objects_with_one_name = 124,
    S125_trigger_on_nothing_in_schema = 125,
    S126_column_twice_in_one_key = 126,
    S127_strict_table_refuses_type = 127,
    S128_renamed_from_existing_name = 128,
    S129_empty_name = 129,
    S130_without_rowid_needs_primary_key = 130,
    S131_generated_column_with_default_or_key = 131,
    S132_key_without_columns = 132,
    S133_default_value_is_no_enumerator = 133,
    S134_option_given_twice = 134,
};

/// One mistake in a definition.
struct finding {
    problem what = problem::none;
    std::string_view table{};
    std::string_view column{}; ///< or the member, or the object
    std::string_view detail{}; ///< the index, the key, the parent's column; may be empty

    constexpr explicit operator bool() const noexcept { return what != problem::none; }
};

} // namespace autopack_schema
