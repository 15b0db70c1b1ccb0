// SPDX-License-Identifier: MIT
// case: NO_VALUE expect: error:.*S390_new_column_without_value.*"events".*"total"
// case: REMOVED_COLUMN expect: error:.*S391_removal_not_allowed.*"events".*"notes"
// case: REMOVED_TABLE expect: error:.*S391_removal_not_allowed.*"logs"
// case: NO_SUCH_COLUMN expect: error:.*S392_rule_names_nothing.*"events".*"tottal"
// case: NO_SUCH_MEMBER expect: error:.*S392_rule_names_nothing.*"count"
// case: STILL_THERE expect: error:.*S392_rule_names_nothing.*"events".*"id"
// case: NO_DOT expect: error:.*S392_rule_names_nothing.*"total"
// case: VIRTUAL expect: error:.*S393_step_is_impossible.*"texts"
// case: GAP expect: error:.*S394_chain_has_a_gap.*"first".*"third"
// case: ELSEWHERE expect: error:.*S395_chain_ends_elsewhere.*"logs"
// case: NO_SUCH_UNDO expect: error:.*S392_rule_names_nothing.*"events".*"nots"
// case: UNDO_OF_NEW expect: error:.*S392_rule_names_nothing.*"total"
// case: FILLS_WHAT_GOES expect: error:.*S392_rule_names_nothing.*"notes"
// case: WRONG_ORDER expect: error:.*S394_chain_has_a_gap.*"second".*"first"
// case: NO_UNDO expect: error:.*S400_step_has_no_undo.*"events".*"notes"
// case: NO_UNDO_STEP expect: error:.*S400_step_has_no_undo.*"count"
// case: TEXT expect: give it a default or a backfill \(docs/errors.md#s390\)

#include <autopack_schema/define.hpp>
#include <autopack_schema/migrate/migrations.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace {

namespace aps = autopack_schema;

struct log {
    std::int64_t id{};
};
struct event_1 {
    std::int64_t id{};
    std::optional<std::string> notes;
    std::int64_t a = 0;
};
struct event_2 {
    std::int64_t id{};
    std::int64_t a = 0;
    std::int64_t total = 0;
};
struct other {
    std::int64_t count{};
};

constexpr auto logs = aps::table<log>("logs", aps::column<&log::id>(aps::primary_key));
constexpr auto events_1 = aps::table<event_1>("events", aps::column<&event_1::id>(aps::primary_key), aps::column<&event_1::notes>(),
                                              aps::column<&event_1::a>());
constexpr auto events_2 = aps::table<event_2>("events", aps::column<&event_2::id>(aps::primary_key), aps::column<&event_2::a>(),
                                              aps::column<&event_2::total>());
constexpr auto v1 = aps::schema<logs, events_1>("app", "1");
constexpr auto v2 = aps::schema<events_2>("app", "2");

// The control: all is said.
constexpr auto first = aps::migration<v1, v2>("first", aps::backfill<&event_2::total>("a + 1"), aps::drop_column<"events.notes">(),
                                              aps::drop_table<"logs">());
static_assert(first.complete());
void count(aps::sqlite::connection&) {}
constexpr auto second = aps::migration<v2, v2>("second", aps::transform<"events.a">("a * 2", "a < 0"),
                                               aps::undo<"events.a">("a / 2"), aps::step_after<"count">(count, count));
static_assert(second.rules().size() == 2 && second.steps().size() == 1);
constexpr auto chain = aps::migrations<first, second>();

struct event_2_with_notes {
    std::int64_t id{};
    std::int64_t a = 0;
    std::int64_t total = 0;
    std::optional<std::string> notes;
};
constexpr auto events_2_with_notes =
    aps::table<event_2_with_notes>("events", aps::column<&event_2_with_notes::id>(aps::primary_key), aps::remaining_members);
constexpr auto v2_with_notes = aps::schema<events_2_with_notes>("app", "2 with notes");
constexpr auto back = aps::migration<v2_with_notes, v2>("back", aps::drop_column<"events.notes">(), aps::undo<"events.notes">("'?'"));
constexpr auto both_ways = aps::migrations<back>();
static_assert(both_ways.has_undo());
static_assert(chain.reaches(v2));
static_assert(chain.reaches<v2>());

#if defined(AUTOPACK_SCHEMA_FAIL_NO_VALUE) || defined(AUTOPACK_SCHEMA_FAIL_TEXT)
constexpr auto bad = aps::migration<v1, v2>("bad", aps::drop_column<"events.notes">(), aps::drop_table<"logs">());
static_assert(bad.complete()); // the same mistake is one error
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_REMOVED_COLUMN
constexpr auto bad = aps::migration<v1, v2>("bad", aps::backfill<&event_2::total>("0"), aps::drop_table<"logs">());
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_REMOVED_TABLE
constexpr auto bad = aps::migration<v1, v2>("bad", aps::backfill<&event_2::total>("0"), aps::drop_column<"events.notes">());
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_NO_SUCH_COLUMN
constexpr auto bad = aps::migration<v1, v2>("bad", aps::backfill<"events.tottal">("0"), aps::drop_column<"events.notes">(),
                                            aps::drop_table<"logs">());
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_NO_SUCH_MEMBER
constexpr auto bad = aps::migration<v2, v2>("bad", aps::backfill<&other::count>("0"));
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_STILL_THERE
constexpr auto bad = aps::migration<v2, v2>("bad", aps::drop_column<"events.id">());
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_NO_DOT
constexpr auto bad = aps::migration<v2, v2>("bad", aps::backfill<"total">("0"));
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_VIRTUAL
struct text {
    std::string body;
};
constexpr auto plain = aps::table<text>("texts", aps::column<&text::body>());
constexpr auto fts = aps::table<text>("texts", aps::virtual_table("spellfix1(body)"), aps::column<&text::body>());
constexpr auto with_plain = aps::schema<plain>("texts", "1");
constexpr auto with_fts = aps::schema<fts>("texts", "2");
constexpr auto bad = aps::migration<with_plain, with_fts>("bad");
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_NO_SUCH_UNDO
constexpr auto bad = aps::migration<v1, v2>("bad", aps::backfill<&event_2::total>("0"), aps::drop_column<"events.notes">(),
                                            aps::drop_table<"logs">(), aps::undo<"events.nots">("''"));
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_UNDO_OF_NEW
constexpr auto bad = aps::migration<v1, v2>("bad", aps::backfill<&event_2::total>("0"), aps::drop_column<"events.notes">(),
                                            aps::drop_table<"logs">(), aps::undo<&event_2::total>("0"));
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_FILLS_WHAT_GOES
constexpr auto bad = aps::migration<v1, v2>("bad", aps::backfill<&event_2::total>("0"), aps::drop_column<"events.notes">(),
                                            aps::drop_table<"logs">(), aps::transform<&event_1::notes>("'x'"));
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_NO_UNDO
constexpr auto without = aps::migration<v2_with_notes, v2>("without", aps::drop_column<"events.notes">());
constexpr auto no_way = aps::migrations<without>();
static_assert(no_way.has_undo());
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_NO_UNDO_STEP
constexpr auto without = aps::migration<v2, v2>("without", aps::step_after<"count">(count));
constexpr auto no_way = aps::migrations<without>();
static_assert(no_way.has_undo());
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_GAP
constexpr auto third = aps::migration<v1, v1>("third");
constexpr auto bad = aps::migrations<first, third>();
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_WRONG_ORDER
constexpr auto bad = aps::migrations<second, first>();
#endif
#ifdef AUTOPACK_SCHEMA_FAIL_ELSEWHERE
static_assert(chain.reaches<v1>());
#endif

} // namespace
