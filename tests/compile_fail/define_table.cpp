// Mistakes in the keys, indexes and constraints of one table: the error line names the code, the table and the column.
// case: EMPTY expect: error: .*S101_table_without_columns, .*"users"
// case: NO_NAME expect: error: .*S129_empty_name
// case: TWO_KEYS expect: error: .*S111_two_primary_keys, .*"users".*"id"
// case: KEY_PART expect: error: .*S112_primary_key_names_no_column, .*"users".*"regio"
// case: KEY_NULL expect: error: .*S113_primary_key_member_is_optional, .*"users".*"note"
// case: COMPOSITE_AUTO expect: error: .*S114_autoincrement_needs_one_integer_key, .*"users".*"id"
// case: INDEX expect: error: .*S115_index_names_no_column, .*"users".*"emial".*"ix_users"
// case: INDEX_EMPTY expect: error: .*S132_key_without_columns, .*"users".*"ix_users"
// case: INDEX_TWICE expect: error: .*S126_column_twice_in_one_key, .*"users".*"email".*"ix_users"
// case: UNIQUE expect: error: .*S116_unique_names_no_column, .*"users".*"emial".*"uq_users"
// case: FOREIGN_KEY expect: error: .*S117_foreign_key_names_no_column, .*"users".*"parent_id".*"users"
// case: ROWID expect: error: .*S130_without_rowid_needs_primary_key, .*"users"
// case: LONG expect: error: .*S115_index_names_no_column, .*"token_budget_escalation_events".*"actual_max_tokens"
#include <autopack_schema/define.hpp>

#include <optional>
#include <string>

namespace aps = autopack_schema;

struct nothing {};

struct user {
    std::int64_t id = 0;
    std::int64_t region = 0;
    std::string email;
    std::optional<std::string> note;
};

#if defined(AUTOPACK_SCHEMA_FAIL_EMPTY)
inline constexpr auto users = aps::table<nothing>("users");
#elif defined(AUTOPACK_SCHEMA_FAIL_NO_NAME)
inline constexpr auto users = aps::table<user>("");
#else
inline constexpr auto users = aps::table<user>(
#if defined(AUTOPACK_SCHEMA_FAIL_LONG)
    "token_budget_escalation_events",
#else
    "users",
#endif
    aps::remaining_members,
#if defined(AUTOPACK_SCHEMA_FAIL_TWO_KEYS)
    aps::column<&user::region>(aps::primary_key),
#endif
#if defined(AUTOPACK_SCHEMA_FAIL_KEY_PART)
    aps::primary_key("id", "regio"),
#elif defined(AUTOPACK_SCHEMA_FAIL_KEY_NULL)
    aps::primary_key("id", "note"),
#elif defined(AUTOPACK_SCHEMA_FAIL_COMPOSITE_AUTO)
    aps::column<&user::id>(aps::autoincrement), aps::primary_key("id", "region"),
#elif defined(AUTOPACK_SCHEMA_FAIL_ROWID)
    aps::without_rowid,
#elif defined(AUTOPACK_SCHEMA_FAIL_TWO_KEYS)
    aps::column<&user::id>(aps::primary_key),
#else
    aps::primary_key("id"), aps::without_rowid,
#endif
#if defined(AUTOPACK_SCHEMA_FAIL_UNIQUE)
    aps::unique(aps::name("uq_users"), "emial", "region"),
#else
    aps::unique(aps::name("uq_users"), "email", "region"),
#endif
#if defined(AUTOPACK_SCHEMA_FAIL_FOREIGN_KEY)
    aps::foreign_key("parent_id").references("users", "id"),
#endif
#if defined(AUTOPACK_SCHEMA_FAIL_INDEX)
    aps::index("ix_users", "emial"));
#elif defined(AUTOPACK_SCHEMA_FAIL_INDEX_EMPTY)
    aps::index("ix_users"));
#elif defined(AUTOPACK_SCHEMA_FAIL_INDEX_TWICE)
    aps::index("ix_users", "email", aps::desc("email")));
#elif defined(AUTOPACK_SCHEMA_FAIL_LONG)
    aps::index("ix_token_budget_escalation_events_actual_max_tokens", "actual_max_tokens"));
#else
    aps::index("ix_users", "email", aps::expression("lower(note)")));
#endif
#endif

inline constexpr auto app = aps::schema<users>("app");
