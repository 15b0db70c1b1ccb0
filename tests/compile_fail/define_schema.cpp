// Mistakes between the tables of a schema: the error line names the code, the table and the column or object.
// case: TABLES expect: error: .*S122_two_tables_with_one_name, .*"[Rr]uns"
// case: INDEXES expect: error: .*S123_two_indexes_with_one_name, .*"(phases|runs)".*"(IX_STATE|ix_state)"
// case: VIEW expect: error: .*S124_two_objects_with_one_name, .*"runs"
// case: TRIGGER expect: error: .*S125_trigger_on_nothing_in_schema, .*"phase".*"t_audit"
// case: PARENT expect: error: .*S118_foreign_key_parent_not_in_schema, .*"phases".*"run_id".*"run"
// case: PARENT_COLUMN expect: error: .*S119_foreign_key_parent_has_no_such_column, .*"phases".*"run_id".*"identity"
// case: ARITY expect: error: .*S120_foreign_key_sides_differ_in_length, .*"phases".*"run_id".*"runs"
// case: ARITY_KEY expect: error: .*S120_foreign_key_sides_differ_in_length, .*"phases".*"run_id".*"runs"
// case: NO_KEY expect: error: .*S121_foreign_key_references_no_key, .*"phases".*"run_id".*"runs"
// case: RENAMED expect: error: .*S128_renamed_from_existing_name, .*"phases".*"runs"
#include <autopack_schema/define.hpp>

#include <string>

namespace aps = autopack_schema;

struct run {
    std::string id;
    std::string state;
};

struct phase {
    std::int64_t id = 0;
    std::string run_id;
    std::string state;
};

inline constexpr auto runs = aps::table<run>("runs", aps::column<&run::id>(aps::primary_key),
                                             aps::column<&run::state>(), aps::index("ix_state", "state"));

#if defined(AUTOPACK_SCHEMA_FAIL_PARENT)
inline constexpr auto to_runs = aps::references("run", "id");
#elif defined(AUTOPACK_SCHEMA_FAIL_PARENT_COLUMN)
inline constexpr auto to_runs = aps::references("runs", "identity");
#elif defined(AUTOPACK_SCHEMA_FAIL_NO_KEY)
inline constexpr auto to_runs = aps::references("runs", "state");
#else
inline constexpr auto to_runs = aps::references("runs", "id").on_delete(aps::cascade);
#endif

inline constexpr auto phases = aps::table<phase>(
    "phases", aps::column<&phase::id>(aps::primary_key), aps::column<&phase::run_id>(to_runs),
    aps::column<&phase::state>(),
#if defined(AUTOPACK_SCHEMA_FAIL_ARITY)
    aps::foreign_key("run_id", "state").references("runs", "id"),
#elif defined(AUTOPACK_SCHEMA_FAIL_ARITY_KEY)
    aps::foreign_key("run_id", "state").references("runs"),
#else
    aps::foreign_key("run_id").references("runs"),
#endif
#if defined(AUTOPACK_SCHEMA_FAIL_RENAMED)
    aps::renamed_from("runs"),
#endif
#if defined(AUTOPACK_SCHEMA_FAIL_INDEXES)
    aps::index("IX_STATE", "state"));
#else
    aps::index("ix_phase_state", "state"));
#endif

inline constexpr auto other =
#if defined(AUTOPACK_SCHEMA_FAIL_TABLES)
    aps::table<run>("Runs");
#elif defined(AUTOPACK_SCHEMA_FAIL_VIEW)
    aps::view("Runs", "SELECT 1");
#elif defined(AUTOPACK_SCHEMA_FAIL_TRIGGER)
    aps::trigger("t_audit", "phase", "AFTER INSERT ON phase BEGIN SELECT 1; END");
#else
    aps::trigger("runs", "phases", "AFTER INSERT ON phases BEGIN SELECT 1; END"); // triggers have names of their own
#endif

inline constexpr auto app = aps::schema<runs, phases, other>("app");
