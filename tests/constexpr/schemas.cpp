// SPDX-License-Identifier: MIT
// The bundled packs, read by the compiler.

#include <autopack_schema/diff/describe.hpp>
#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/schemas/autopack/versions.hpp>
#include <autopack_schema/schemas/run_metadata/versions.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

namespace aps = autopack_schema;
namespace autopack = aps::schemas::autopack;
namespace run_metadata = aps::schemas::run_metadata;

namespace {

constexpr std::size_t columns(const aps::model::schema& s, std::string_view table) {
    const aps::model::table* const t = aps::model::find_table(s, table);
    return t == nullptr ? 0 : s.columns_of(*t).size();
}
constexpr const aps::model::column& column(const aps::model::schema& s, std::string_view table, std::string_view name) {
    return *aps::model::find_column(s, *aps::model::find_table(s, table), name);
}

// ---- as many columns as the documents say, version by version

static_assert(columns(autopack::current, "runs") == 20);
static_assert(columns(autopack::current, "tiers") == 20);
static_assert(columns(autopack::current, "phases") == 32);
static_assert(columns(autopack::current, "doctor_usage_stats") == 9);
static_assert(columns(autopack::current, "token_budget_escalation_events") == 15);
static_assert(columns(autopack::b129::version, "token_estimation_v2_events") == 19);
static_assert(columns(autopack::pre_142::version, "token_estimation_v2_events") == 28);
static_assert(columns(autopack::build_142::version, "token_estimation_v2_events") == 29);
static_assert(columns(autopack::current, "token_estimation_v2_events") == 29);
static_assert(columns(autopack::build_142::version, "llm_usage_events") == 12);
static_assert(columns(autopack::current, "llm_usage_events") == 13);
static_assert(columns(autopack::b129::version, "token_budget_escalation_events") == 0);
static_assert(columns(run_metadata::v1::version, "runs") == 21);
static_assert(columns(run_metadata::v2::version, "runs") == 27);

// ---- what makes BUILD-144: a total that is always there, splits that need not be

static_assert(!column(autopack::current, "llm_usage_events", "total_tokens").nullable);
static_assert(column(autopack::current, "llm_usage_events", "total_tokens").default_to.kind ==
              aps::model::default_kind::integer);
static_assert(column(autopack::current, "llm_usage_events", "prompt_tokens").nullable);
static_assert(column(autopack::current, "llm_usage_events", "completion_tokens").nullable);
static_assert(!column(autopack::build_142::version, "llm_usage_events", "prompt_tokens").nullable);
static_assert(column(autopack::current, "runs", "state").default_to.text == "RUN_CREATED");
static_assert(aps::enumerators<autopack::run_state>.size() == 13);

// ---- from version to version exactly the documented changes

template <std::size_t Count>
constexpr bool changes(const aps::model::schema& from, const aps::model::schema& to,
                       const std::string_view (&wanted)[Count]) {
    const auto found = aps::diff(from, to, aps::sql::sqlite::rules);
    if (found.size() != Count) return false;
    for (std::size_t i = 0; i < Count; ++i) {
        const std::string_view kind = aps::drift_name(found[i].kind);
        const std::string_view name = to.columns[found[i].to].name.text;
        if (wanted[i].size() != kind.size() + 1 + name.size()) return false;
        if (!wanted[i].starts_with(kind) || !wanted[i].ends_with(name)) return false;
    }
    return true;
}

static_assert(changes(autopack::pre_142::version, autopack::build_142::version, {"column.missing actual_max_tokens"}));
static_assert(changes(autopack::build_142::version, autopack::build_144::version,
                      {"column.missing total_tokens", "column.not_null prompt_tokens",
                       "column.not_null completion_tokens"}));
static_assert(changes(run_metadata::v1::version, run_metadata::v2::version,
                      {"column.missing schema_version", "column.missing fidelity_strategy_json",
                       "column.missing fidelity_distribution", "column.missing actual_tokens_used",
                       "column.missing token_budget_compliance", "column.missing fidelity_efficiency_score"}));

// ---- the two tables called `runs` are different types of different packs

static_assert(!std::is_same_v<autopack::run, run_metadata::run>);

} // namespace
