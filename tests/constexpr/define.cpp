// SPDX-License-Identifier: MIT
// Definitions become the model that was meant; passes when it compiles.
#include <autopack_schema/define.hpp>
#include <autopack_schema/model/equal.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aps = autopack_schema;
using namespace std::string_view_literals;

namespace {
enum class state { QUEUED, DONE, FAILED = 9 };
enum class level : std::uint8_t { low = 1, high = 200 };
} // namespace

template <>
struct aps::enum_range<level> {
    static constexpr int min = 0;
    static constexpr int max = 255;
};

namespace {

struct phase {
    std::int64_t id = 0;
    std::string run_id;
    std::string phase_id;
    std::int32_t count = 0;
    std::uint8_t tiny = 0;
    std::optional<double> ratio;
    bool done = false;
    std::optional<bool> checked;
    std::vector<std::byte> data;
    phase* unused() { return this; } // functions are no members of the table
    state now = state::QUEUED;
    aps::timestamp created_at;
};

inline constexpr auto phases = aps::table<phase>(
    "phases", aps::column<&phase::id>(aps::primary_key, aps::autoincrement),
    aps::column<&phase::run_id>(aps::type("VARCHAR(33)"), aps::collate("NOCASE"),
                                aps::references("runs", "id").on_delete(aps::cascade).on_update(aps::set_null)),
    aps::column<&phase::phase_id>("key", aps::default_value("a'b"), aps::check("length(key) > 0"), aps::check("key_text", "key <> ''")),
    aps::column<&phase::count>(aps::default_value(-3), aps::unique), aps::column<&phase::tiny>(),
    aps::column<&phase::ratio>(aps::default_value(0.5)), aps::column<&phase::done>(aps::default_value(false)),
    aps::column<&phase::checked>(aps::default_value(nullptr)), aps::column<&phase::data>(aps::default_expression("x'00'")),
    aps::column<&phase::now>(aps::default_value(state::FAILED), aps::renamed_from("state")),
    aps::column<&phase::created_at>(aps::default_expression("CURRENT_TIMESTAMP")),
    aps::index("ix_phases_key", "key", aps::desc("count"), aps::expression("lower(run_id)"), aps::collate("run_id", "RTRIM"))
        .where("done = 0"),
    aps::unique_index("ux_phases", "tiny"), aps::unique(aps::name("uq_phases"), "run_id", "key"),
    aps::unique("tiny", "count"), aps::check("positive", "count > -10"), aps::check("tiny < 9"),
    aps::foreign_key(aps::name("fk_self"), "run_id", "key").references("phases", "run_id", "key").deferred(),
    aps::renamed_from("steps"));

struct run {
    std::string id;
    std::int64_t doubled = 0;
};
inline constexpr auto runs = aps::table<run>("runs", aps::column<&run::id>(),
                                             aps::column<&run::doubled>(aps::generated_always_as("id * 2", aps::stored)),
                                             aps::primary_key(aps::name("pk_runs"), "id"), aps::without_rowid, aps::strict);
inline constexpr auto v_runs = aps::view("v_runs", "SELECT id FROM runs");
inline constexpr auto t_runs = aps::trigger("t_runs", "runs", "AFTER INSERT ON runs BEGIN SELECT 1; END");
inline constexpr auto app = aps::schema<runs, phases, v_runs, t_runs>("app", "v7");

constexpr aps::model::schema m = app.model();
constexpr const aps::model::table& tr = m.tables[0];
constexpr const aps::model::table& tp = m.tables[1];
constexpr auto columns = m.columns_of(tp);
using aps::model::default_kind;
using aps::model::type_kind;

static_assert(m.name == "app" && m.version == "v7" && app.name() == "app" && app.version() == "v7");
static_assert(m.tables.size() == 2 && m.columns.size() == 13 && m.views.size() == 1 && m.triggers.size() == 1);
static_assert(tr.name == "runs" && tr.without_rowid && tr.strict && tr.key.name == "pk_runs");
static_assert(tp.name == "phases" && !tp.without_rowid && !tp.strict && tp.renamed_from == "steps");

// names, types, nullability
static_assert(columns.size() == 11 && columns[0].name == "id" && columns[2].name.text == "key"sv && columns[10].name == "created_at");
static_assert(columns[0].type == aps::model::data_type{type_kind::integer, 8, {}} && !columns[0].nullable);
static_assert(columns[1].type == aps::model::data_type{type_kind::text, 0, "VARCHAR(33)"} && columns[1].collation == "NOCASE");
static_assert(columns[3].type.bytes == 4 && columns[4].type.bytes == 2);
static_assert(columns[5].type.kind == type_kind::real && columns[5].type.bytes == 8 && columns[5].nullable);
static_assert(columns[6].type.kind == type_kind::boolean && !columns[6].nullable && columns[7].nullable);
static_assert(columns[8].type.kind == type_kind::blob && columns[9].type.kind == type_kind::text && columns[10].type.kind == type_kind::timestamp);
static_assert(columns[0].name.hash == aps::model::name("ID").hash && columns[0].name == aps::model::name("Id"));

// defaults and the rest of the options
static_assert(columns[2].default_to.kind == default_kind::text && columns[2].default_to.text == "a'b");
static_assert(columns[3].default_to.kind == default_kind::integer && columns[3].default_to.integer == -3);
static_assert(columns[4].default_to.kind == default_kind::none);
static_assert(columns[5].default_to.kind == default_kind::real && columns[5].default_to.real == 0.5);
static_assert(columns[6].default_to.kind == default_kind::integer && columns[6].default_to.integer == 0);
static_assert(columns[7].default_to.kind == default_kind::null);
static_assert(columns[8].default_to.kind == default_kind::expression && columns[8].default_to.text == "x'00'");
static_assert(columns[9].default_to.kind == default_kind::text && columns[9].default_to.text == "FAILED");
static_assert(columns[9].renamed_from == "state" && columns[0].identity == aps::model::identity_kind::autoincrement);
static_assert(m.columns_of(tr)[1].generated == aps::model::generated_kind::stored && m.columns_of(tr)[1].generated_as == "id * 2");

// keys
static_assert(m.parts_of(tp.key).size() == 1 && m.parts_of(tp.key)[0].text == "id" && m.parts_of(tr.key)[0].text == "id");
constexpr auto uniques = m.uniques_of(tp);
static_assert(uniques.size() == 3 && uniques[0].name.empty() && m.parts_of(uniques[0])[0].text == "count");
static_assert(uniques[1].name == "uq_phases" && m.parts_of(uniques[1])[1].text == "key" && m.parts_of(uniques[2]).size() == 2);

// checks keep the column that they were written at
constexpr auto checks = m.checks_of(tp);
static_assert(checks.size() == 4 && checks[0].column == "key" && checks[0].expression == "length(key) > 0" && checks[0].name.empty());
static_assert(checks[1].name == "key_text" && checks[1].column == "key" && checks[2].name == "positive" && checks[2].column.empty());
static_assert(checks[3].name.empty() && checks[3].expression == "tiny < 9");

// foreign keys
constexpr auto keys = m.foreign_keys_of(tp);
static_assert(keys.size() == 2 && m.foreign_keys_of(tr).empty());
static_assert(keys[0].parent == "runs" && m.names_of(keys[0].columns)[0] == "run_id" && m.names_of(keys[0].parent_columns)[0] == "id");
static_assert(keys[0].on_delete == aps::cascade && keys[0].on_update == aps::set_null);
static_assert(keys[1].name == "fk_self" && m.names_of(keys[1].columns).size() == 2 && m.names_of(keys[1].columns)[1] == "key");
static_assert(keys[1].defer == aps::model::deferral::deferred && keys[1].on_delete == aps::no_action);

// indexes
constexpr auto indexes = m.indexes_of(tp);
static_assert(indexes.size() == 2 && indexes[0].where == "done = 0" && !indexes[0].unique && indexes[1].unique);
constexpr auto parts = m.parts_of(indexes[0]);
static_assert(parts.size() == 4 && parts[0].text == "key" && !parts[0].descending && parts[1].descending);
static_assert(parts[2].is_expression && parts[2].text.text == "lower(run_id)" && parts[3].collation == "RTRIM");

// views and triggers
static_assert(m.views[0].definition == "SELECT id FROM runs" && m.triggers[0].table == "runs");

// a definition is the same value each time
static_assert(app.model() == aps::schema<runs, phases, v_runs, t_runs>("app", "v7").model());
static_assert(!(app.model() == aps::schema<runs, phases, v_runs, t_runs>("app", "v8").model()));

// enumerators
static_assert(aps::enumerators<state>.size() == 3 && aps::enumerators<state>[2].value == state::FAILED);
static_assert(aps::enum_name(state::DONE) == "DONE" && aps::enum_value<state>("DONE") == state::DONE);
static_assert(!aps::enum_value<state>("done") && aps::enum_name(static_cast<state>(4)).empty());
static_assert(aps::enumerators<level>.size() == 2 && aps::enum_name(level::high) == "high");

} // namespace
