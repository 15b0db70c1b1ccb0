// The build of a program whose structs changed without a migration fails, and the error line names table and column.
// case: ADDED expect: error: .*schema_drift<.*add_column, .*"llm_usage_events".*"total_tokens"
// case: NULLABLE expect: error: .*schema_drift<.*column_not_null, .*"llm_usage_events".*"prompt_tokens"
// case: SEVERAL expect: error: .*schema_drift<.*"total_tokens".*column_not_null, .*"prompt_tokens"
// case: INDEX expect: error: .*schema_drift<.*add_index, .*"llm_usage_events".*"ix_provider"
// case: VIEW expect: error: .*schema_drift<.*add_view, .*"v_recent"
// case: TEXT expect: \[S135\] the definitions changed and no migration makes these changes
#include <autopack_schema/define.hpp>
#include <autopack_schema/diff/unchanged.hpp>

namespace aps = autopack_schema;

namespace locked {

struct llm_usage_event {
    std::int64_t id = 0;
    std::string provider;
    std::int64_t prompt_tokens = 0;
};
inline constexpr auto llm_usage_events = aps::table<llm_usage_event>(
    "llm_usage_events", aps::column<&llm_usage_event::id>(aps::primary_key),
    aps::column<&llm_usage_event::provider>(), aps::column<&llm_usage_event::prompt_tokens>());
inline constexpr auto autopack = aps::schema<llm_usage_events>("autopack", "pre-144");

} // namespace locked

#if defined(AUTOPACK_SCHEMA_FAIL_NULLABLE) || defined(AUTOPACK_SCHEMA_FAIL_SEVERAL)
using tokens = std::optional<std::int64_t>;
#else
using tokens = std::int64_t;
#endif

struct llm_usage_event {
    std::int64_t id = 0;
    std::string provider;
#if defined(AUTOPACK_SCHEMA_FAIL_ADDED) || defined(AUTOPACK_SCHEMA_FAIL_SEVERAL) || defined(AUTOPACK_SCHEMA_FAIL_TEXT)
    std::int64_t total_tokens = 0;
#endif
    tokens prompt_tokens{};
};

inline constexpr auto llm_usage_events = aps::table<llm_usage_event>(
    "llm_usage_events", aps::column<&llm_usage_event::id>(aps::primary_key),
#if defined(AUTOPACK_SCHEMA_FAIL_ADDED) || defined(AUTOPACK_SCHEMA_FAIL_SEVERAL) || defined(AUTOPACK_SCHEMA_FAIL_TEXT)
    aps::column<&llm_usage_event::total_tokens>(aps::default_value(0)),
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_INDEX
    aps::index("ix_provider", "provider"),
#endif
    aps::column<&llm_usage_event::provider>(), aps::column<&llm_usage_event::prompt_tokens>());

#ifdef AUTOPACK_SCHEMA_FAIL_VIEW
inline constexpr auto v_recent = aps::view("v_recent", "SELECT 1");
inline constexpr auto autopack = aps::schema<llm_usage_events, v_recent>("autopack");
#else
inline constexpr auto autopack = aps::schema<llm_usage_events>("autopack");
#endif

static_assert(aps::unchanged<autopack, locked::autopack>());
