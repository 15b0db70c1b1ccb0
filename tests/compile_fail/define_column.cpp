// Mistakes in one column: the error line names the code, the table and the column.
// case: MISSING expect: error: .*S102_member_without_column, .*"users".*"email"
// case: TWICE expect: error: .*S103_member_with_two_columns, .*"users".*"email"
// case: SAME_NAME expect: error: .*S104_two_columns_with_one_name, .*"users".*"email"
// case: VIEW_MEMBER expect: error: .*S106_member_type_does_not_own_its_text, .*"users".*"extra"
// case: POINTER_MEMBER expect: error: .*S106_member_type_does_not_own_its_text, .*"users".*"extra"
// case: UNSIGNED expect: error: .*S107_member_type_is_unsigned_64_bit, .*"users".*"extra"
// case: TWICE_OPTIONAL expect: error: .*S108_member_type_is_optional_twice, .*"users".*"extra"
// case: OTHER_TYPE expect: error: .*S105_member_type_is_no_column_type, .*"users".*"extra"
// case: DEFAULT_TEXT expect: error: .*S109_default_of_another_type, .*"users".*"extra"
// case: DEFAULT_RANGE expect: error: .*S109_default_of_another_type, .*"users".*"extra"
// case: DEFAULT_BOOL expect: error: .*S109_default_of_another_type, .*"users".*"extra"
// case: DEFAULT_ENUM expect: error: .*S109_default_of_another_type, .*"users".*"extra"
// case: DEFAULT_NAME expect: error: .*S133_default_value_is_no_enumerator, .*"users".*"extra"
// case: DEFAULT_NULL expect: error: .*S110_default_null_on_plain_member, .*"users".*"extra"
// case: EMPTY_NAME expect: error: .*S129_empty_name, .*"users"
// case: TWO_DEFAULTS expect: error: .*S134_option_given_twice, .*"users".*"extra"
// case: GENERATED expect: error: .*S131_generated_column_with_default_or_key, .*"users".*"extra"
// case: AUTOINCREMENT expect: error: .*S114_autoincrement_needs_one_integer_key, .*"users".*"email"
// case: RENAMED expect: error: .*S128_renamed_from_existing_name, .*"users".*"extra".*"Email"
// case: STRICT expect: error: .*S127_strict_table_refuses_type, .*"users".*"email".*"VARCHAR\(33\)"
// case: TEXT expect: \[S102\] a member of the row struct has no column; add a column for it
#include <autopack_schema/define.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace aps = autopack_schema;

enum class colour { red, green };
enum class size { small = 7 };

#if defined(AUTOPACK_SCHEMA_FAIL_VIEW_MEMBER)
using extra_type = std::string_view;
#elif defined(AUTOPACK_SCHEMA_FAIL_POINTER_MEMBER)
using extra_type = const char*;
#elif defined(AUTOPACK_SCHEMA_FAIL_UNSIGNED)
using extra_type = std::uint64_t;
#elif defined(AUTOPACK_SCHEMA_FAIL_TWICE_OPTIONAL)
using extra_type = std::optional<std::optional<int>>;
#elif defined(AUTOPACK_SCHEMA_FAIL_OTHER_TYPE)
using extra_type = std::chrono::seconds;
#elif defined(AUTOPACK_SCHEMA_FAIL_DEFAULT_BOOL)
using extra_type = bool;
#elif defined(AUTOPACK_SCHEMA_FAIL_DEFAULT_ENUM) || defined(AUTOPACK_SCHEMA_FAIL_DEFAULT_NAME)
using extra_type = colour;
#elif defined(AUTOPACK_SCHEMA_FAIL_DEFAULT_RANGE)
using extra_type = std::int16_t;
#else
using extra_type = int;
#endif

struct user {
    std::int64_t id = 0;
    std::string email;
    extra_type extra{};
};

inline constexpr auto users = aps::table<user>(
    "users", aps::column<&user::id>(aps::primary_key),
#if defined(AUTOPACK_SCHEMA_FAIL_TWICE)
    aps::column<&user::email>("mail"),
#elif defined(AUTOPACK_SCHEMA_FAIL_EMPTY_NAME)
    aps::column<&user::extra>(""),
#elif defined(AUTOPACK_SCHEMA_FAIL_SAME_NAME)
    aps::column<&user::extra>("EMAIL"),
#elif defined(AUTOPACK_SCHEMA_FAIL_DEFAULT_TEXT)
    aps::column<&user::extra>(aps::default_value("0")),
#elif defined(AUTOPACK_SCHEMA_FAIL_DEFAULT_RANGE)
    aps::column<&user::extra>(aps::default_value(40'000)),
#elif defined(AUTOPACK_SCHEMA_FAIL_DEFAULT_BOOL)
    aps::column<&user::extra>(aps::default_value(1)),
#elif defined(AUTOPACK_SCHEMA_FAIL_DEFAULT_ENUM)
    aps::column<&user::extra>(aps::default_value(size::small)),
#elif defined(AUTOPACK_SCHEMA_FAIL_DEFAULT_NAME)
    aps::column<&user::extra>(aps::default_value(static_cast<colour>(5))),
#elif defined(AUTOPACK_SCHEMA_FAIL_DEFAULT_NULL)
    aps::column<&user::extra>(aps::default_value(nullptr)),
#elif defined(AUTOPACK_SCHEMA_FAIL_TWO_DEFAULTS)
    aps::column<&user::extra>(aps::default_value(0), aps::default_expression("1 + 1")),
#elif defined(AUTOPACK_SCHEMA_FAIL_GENERATED)
    aps::column<&user::extra>(aps::generated_always_as("id * 2", aps::stored), aps::default_value(0)),
#elif defined(AUTOPACK_SCHEMA_FAIL_RENAMED)
    aps::column<&user::extra>(aps::renamed_from("Email")),
#else
    aps::column<&user::extra>(),
#endif
#if defined(AUTOPACK_SCHEMA_FAIL_AUTOINCREMENT)
    aps::column<&user::email>(aps::autoincrement),
#elif defined(AUTOPACK_SCHEMA_FAIL_STRICT)
    aps::column<&user::email>(aps::type("VARCHAR(33)")), aps::strict,
#elif !defined(AUTOPACK_SCHEMA_FAIL_MISSING) && !defined(AUTOPACK_SCHEMA_FAIL_TEXT)
    aps::column<&user::email>(),
#endif
    aps::index("ix_users_id", "id"));

inline constexpr auto app = aps::schema<users>("app");
