// SPDX-License-Identifier: MIT
// Migrations as constants: rules find their columns, chains join, and what is missing is found without any database.

#include <autopack_schema/define.hpp>
#include <autopack_schema/migrate/migrations.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace {

namespace aps = autopack_schema;
namespace migrate = aps::migrate;

struct old_event {
    std::int64_t id{};
    std::int64_t prompt{};
};
struct event {
    std::int64_t id{};
    std::optional<std::int64_t> prompt;
    std::int64_t total = 0;
};
struct run {
    std::string id;
    std::string name;
};

constexpr auto old_events =
    aps::table<old_event>("events", aps::column<&old_event::id>(aps::primary_key), aps::column<&old_event::prompt>());
constexpr auto events =
    aps::table<event>("events", aps::column<&event::id>(aps::primary_key), aps::index("ix", "total"),
                      aps::column<&event::prompt>("prompt_tokens", aps::renamed_from("prompt")),
                      aps::column<&event::total>("total_tokens"));
constexpr auto runs = aps::table<run>("runs", aps::column<&run::id>(aps::primary_key), aps::column<&run::name>());
constexpr auto v1 = aps::unchecked_schema<old_events>("app", "1");
constexpr auto v2 = aps::unchecked_schema<runs, events>("app", "2");

constexpr auto m = aps::migration<v1, v2>("first", aps::backfill<&event::total>("prompt", "total_tokens = 0"),
                                          aps::transform<"events.prompt_tokens">("NULLIF(prompt, 0)"),
                                          aps::allow_lossy<"runs.name">(), aps::drop_index<"mine">());
static_assert(m.complete());
static_assert(m.name() == "first");
static_assert(m.rules().size() == 4);
static_assert(m.rules()[0] ==
              migrate::data_rule{migrate::rule_kind::backfill, "events", "total_tokens", "prompt", "total_tokens = 0"});
static_assert(m.rules()[1] ==
              migrate::data_rule{migrate::rule_kind::transform, "events", "prompt_tokens", "NULLIF(prompt, 0)", ""});
static_assert(m.rules()[2] == migrate::data_rule{migrate::rule_kind::lossy, "runs", "name", "", ""});
static_assert(m.rules()[3] == migrate::data_rule{migrate::rule_kind::drop_index, "", "mine", "", ""});

constexpr migrate::migration_view view = m;
static_assert(view.from.version == "1" && view.to.version == "2" && view.rules.size() == 4);

// What find_gap says of versions and rules put together at will.
constexpr aps::migration_finding gap(aps::model::items<migrate::data_rule> rules) {
    return migrate::find_gap(v1, v2, rules, aps::sql::sqlite::rules);
}
constexpr bool is(const aps::migration_finding& f, aps::migration_problem what, std::string_view table,
                  std::string_view column) {
    return f.what == what && f.table == table && f.column == column;
}
constexpr std::array<migrate::data_rule, 1> backfill{
    {{migrate::rule_kind::backfill, "events", "total_tokens", "0", ""}}};
constexpr std::array<migrate::data_rule, 1> wrong{{{migrate::rule_kind::transform, "runs", "nothing", "0", ""}}};
static_assert(!gap(backfill));
static_assert(is(gap({}), aps::migration_problem::S390_new_column_without_value, "events", "total_tokens"));
static_assert(is(gap(wrong), aps::migration_problem::S392_rule_names_nothing, "runs", "nothing"));
static_assert(is(migrate::find_gap(v2, v1, {}, aps::sql::sqlite::rules),
                 aps::migration_problem::S390_new_column_without_value, "events", "prompt"));

// A chain is a span of views; it knows where it leads.
constexpr auto same = aps::migration<v2, v2>("second");
constexpr auto chain = aps::migrations<m, same>();
static_assert(chain.views().size() == 2 && chain.views()[1].name == "second");
static_assert(chain.reaches(v2) && !chain.reaches(v1) && chain.reaches<v2>());
static_assert(chain.target().version == "2");

// A later rule has the last word; allowances are told from values.
constexpr std::array<migrate::data_rule, 2> twice{
    {{migrate::rule_kind::backfill, "t", "c", "1", ""}, {migrate::rule_kind::backfill, "T", "C", "2", ""}}};
static_assert(migrate::find_rule(twice, migrate::rule_kind::backfill, "t", "c")->sql == "2");
static_assert(migrate::find_rule(twice, migrate::rule_kind::transform, "t", "c") == nullptr);
static_assert(!twice[0].is_allowance() && m.rules()[2].is_allowance());

} // namespace
