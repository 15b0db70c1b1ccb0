// SPDX-License-Identifier: MIT
// The SQL text of every construct, as the compiler has it.
#include <autopack_schema/define.hpp>
#include <autopack_schema/query.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {

namespace aps = autopack_schema;
using aps::alias;
using aps::all;
using aps::col;

struct run {
    std::string id;
    std::optional<std::string> parent;
    std::int64_t tokens = 0;
    std::optional<double> ratio;
    bool ok = false;
    aps::timestamp at;
};
struct phase {
    std::string run_id;
    std::int64_t number = 0;
    std::string name;
    std::optional<std::int64_t> tokens;
};
constexpr auto runs = aps::table<run>("runs", aps::column<&run::id>(aps::primary_key), aps::remaining_members);
constexpr auto phases =
    aps::table<phase>("phases", aps::column<&phase::run_id>(), aps::column<&phase::number>(), aps::column<&phase::name>("select"),
                      aps::column<&phase::tokens>("to \"kens\""), aps::primary_key("run_id", "number"), aps::unique("select"));
constexpr auto demo = aps::schema<runs, phases>("demo");

#define APS_SQL(query, text) static_assert(aps::sql_text<demo>(query) == text)
#define APS_WHERE(condition, text) APS_SQL(aps::select(col<&run::id>).where(condition), "SELECT id FROM runs WHERE " text)
#define APS_VALUE(value, text) APS_SQL(aps::select(value).from<run>(), "SELECT " text " FROM runs")

// Rows, projections, clauses.
APS_SQL(aps::select<run>(), "SELECT id, parent, tokens, ratio, ok, at FROM runs");
APS_SQL(aps::select<phase>(), "SELECT run_id, number, phases.\"select\", phases.\"to \"\"kens\"\"\" FROM phases");
APS_SQL(aps::select(col<&run::id>, col<&run::tokens>).limit(3).offset(4), "SELECT id, tokens FROM runs LIMIT ? OFFSET ?");
APS_SQL(aps::select(col<&run::id>).offset(4), "SELECT id FROM runs LIMIT -1 OFFSET ?");
APS_SQL(aps::select(col<&run::parent>).distinct(), "SELECT DISTINCT parent FROM runs");
APS_SQL(aps::select(col<&run::id>).order_by(col<&run::at>.desc().nulls_last(), col<&run::id>.asc(), col<&run::tokens>),
        "SELECT id FROM runs ORDER BY at DESC NULLS LAST, id ASC, tokens");
APS_SQL(aps::select(col<&run::id>).order_by(col<&run::at>.asc().nulls_first()), "SELECT id FROM runs ORDER BY at ASC NULLS FIRST");
APS_SQL(aps::select(col<&run::parent>, aps::count()).group_by(col<&run::parent>).having(aps::sum(col<&run::tokens>) > 5),
        "SELECT parent, count(*) FROM runs GROUP BY parent HAVING sum(tokens) > ?");
APS_SQL(aps::select(aps::count()).from<phase>(), "SELECT count(*) FROM phases");
APS_SQL(aps::select(1), "SELECT ?");

// Conditions.
APS_WHERE(col<&run::id> == "a", "id = ?");
APS_WHERE("a" == col<&run::id>, "? = id");
APS_WHERE(col<&run::id> != "a", "id <> ?");
APS_WHERE(col<&run::tokens> < 1 && col<&run::tokens> <= 2 && col<&run::tokens> > 3 && col<&run::tokens> >= 4,
          "tokens < ? AND tokens <= ? AND tokens > ? AND tokens >= ?");
APS_WHERE(col<&run::ok>, "ok");
APS_WHERE(!col<&run::ok>, "NOT ok");
APS_WHERE(!(col<&run::ok> && col<&run::tokens> > 1), "NOT (ok AND tokens > ?)");
APS_WHERE((col<&run::ok> || col<&run::tokens> > 1) && col<&run::id> == "a", "(ok OR tokens > ?) AND id = ?");
APS_WHERE(col<&run::ok> || (col<&run::tokens> > 1 && col<&run::id> == "a"), "ok OR tokens > ? AND id = ?");
APS_WHERE((col<&run::tokens> > 1) == col<&run::ok>, "(tokens > ?) = ok");
APS_WHERE(col<&run::parent> == std::nullopt, "parent IS NULL");
APS_WHERE(col<&run::parent> != nullptr, "parent IS NOT NULL");
APS_WHERE(col<&run::parent>.is_null() || col<&run::parent>.is_not_null(), "parent IS NULL OR parent IS NOT NULL");
APS_WHERE(col<&run::ratio>.is(std::optional<double>()), "ratio IS ?");
APS_WHERE(col<&run::ratio>.is_not(1.5), "ratio IS NOT ?");
APS_WHERE(col<&run::id>.in("a", "b"), "id IN (?, ?)");
APS_WHERE(col<&run::tokens>.not_in(1, 2, 3), "tokens NOT IN (?, ?, ?)");
APS_WHERE(col<&run::tokens>.between(1, 2), "tokens BETWEEN ? AND ?");
APS_WHERE(col<&run::tokens>.not_between(1, 2), "tokens NOT BETWEEN ? AND ?");
APS_WHERE(col<&run::id>.like("a%"), "id LIKE ?");
APS_WHERE(col<&run::id>.not_like("a%"), "id NOT LIKE ?");
APS_WHERE(col<&run::id>.like("a!%%", '!'), "id LIKE ? ESCAPE ?");
APS_WHERE(col<&run::id>.glob("a*"), "id GLOB ?");
APS_SQL(aps::select(col<&run::id>).where(col<&run::ok>).where(col<&run::tokens> > 1), "SELECT id FROM runs WHERE ok AND tokens > ?");

// Calculations keep their meaning.
APS_VALUE((col<&run::tokens> + 1) * 2, "(tokens + ?) * ?");
APS_VALUE(col<&run::tokens> + col<&run::tokens> * 2, "tokens + tokens * ?");
APS_VALUE(col<&run::tokens> - (col<&run::tokens> - 1), "tokens - (tokens - ?)");
APS_VALUE(col<&run::tokens> / 2 % 3, "tokens / ? % ?");
APS_VALUE(-(col<&run::tokens> + 1), "-(tokens + ?)");
APS_VALUE(-(-col<&run::tokens>), "-(-tokens)");

// Functions and aggregates.
APS_VALUE(aps::coalesce(aps::sum(col<&run::tokens>), 0), "coalesce(sum(tokens), ?)");
APS_VALUE(aps::count_distinct(col<&run::parent>), "count(DISTINCT parent)");
APS_VALUE(aps::total(col<&run::ratio>), "total(ratio)");
APS_VALUE(aps::avg(col<&run::ratio>), "avg(ratio)");
APS_VALUE(aps::min(col<&run::at>), "min(at)");
APS_VALUE(aps::max(col<&run::id>), "max(id)");
APS_VALUE(aps::group_concat(col<&run::id>, ","), "group_concat(id, ?)");
APS_VALUE(aps::lower(aps::trim(col<&run::id>)), "lower(trim(id))");
APS_VALUE(aps::upper(aps::ltrim(aps::rtrim(col<&run::id>))), "upper(ltrim(rtrim(id)))");
APS_VALUE(aps::length(col<&run::id>), "length(id)");
APS_VALUE(aps::substr(col<&run::id>, 1, 3), "substr(id, ?, ?)");
APS_VALUE(aps::replace(col<&run::id>, "a", "b"), "replace(id, ?, ?)");
APS_VALUE(aps::instr(col<&run::id>, "a"), "instr(id, ?)");
APS_VALUE(aps::concat(col<&run::id>, "-", col<&run::parent>), "id || ? || parent");
APS_VALUE(aps::abs(col<&run::tokens>), "abs(tokens)");
APS_VALUE(aps::round(col<&run::ratio>, 2), "round(ratio, ?)");
APS_VALUE(aps::nullif(col<&run::tokens>, 0), "nullif(tokens, ?)");
APS_VALUE(aps::date(col<&run::at>), "date(at)");
APS_VALUE(aps::time(col<&run::at>), "time(at)");
APS_VALUE(aps::datetime(col<&run::at>, "start of day"), "datetime(at, ?)");
APS_VALUE(aps::strftime("%Y", col<&run::at>), "strftime(?, at)");
APS_VALUE(aps::julianday(col<&run::at>), "julianday(at)");
APS_VALUE((aps::function<"json_extract", std::string>(col<&run::id>, "$.a")), "json_extract(id, ?)");
APS_VALUE(aps::case_(aps::when(col<&run::ok>, 1), aps::when(col<&run::tokens> > 1, 2)).else_(3),
          "CASE WHEN ok THEN ? WHEN tokens > ? THEN ? ELSE ? END");
APS_VALUE(aps::case_(aps::when(col<&run::ok>, "x")), "CASE WHEN ok THEN ? END");

// Several tables.
APS_SQL(aps::select(col<&run::id>, col<&phase::number>).join<phase>(col<&phase::run_id> == col<&run::id>),
        "SELECT runs.id, phases.number FROM runs JOIN phases ON phases.run_id = runs.id");
APS_SQL(aps::select(col<&run::id>).left_join<phase>(col<&phase::run_id> == col<&run::id>).where(col<&phase::number> == std::nullopt),
        "SELECT runs.id FROM runs LEFT JOIN phases ON phases.run_id = runs.id WHERE phases.number IS NULL");
APS_SQL(aps::select(col<&run::id>).cross_join<phase>(), "SELECT runs.id FROM runs CROSS JOIN phases");
APS_SQL(aps::select(col<&run::id>, alias<run, "p">.col<&run::tokens>).join(alias<run, "p">, alias<run, "p">.col<&run::id> == col<&run::parent>),
        "SELECT runs.id, p.tokens FROM runs JOIN runs AS p ON p.id = runs.parent");
APS_SQL(aps::select(alias<run, "r">.col<&run::id>).from(alias<run, "r">), "SELECT id FROM runs AS r");
APS_SQL(aps::select(col<&run::id>, alias<run, "a\" b">.col<&run::id>).cross_join(alias<run, "a\" b">),
        "SELECT runs.id, \"a\"\" b\".id FROM runs CROSS JOIN runs AS \"a\"\" b\"");

// Subqueries.
APS_WHERE(col<&run::id>.in(aps::select(col<&phase::run_id>).where(col<&phase::number> > 1)),
          "id IN (SELECT phases.run_id FROM phases WHERE phases.number > ?)");
APS_WHERE(col<&run::id>.not_in(aps::select(col<&phase::run_id>)), "id NOT IN (SELECT phases.run_id FROM phases)");
APS_WHERE(aps::exists(aps::select(col<&phase::number>).where(col<&phase::run_id> == col<&run::id>)),
          "EXISTS (SELECT phases.number FROM phases WHERE phases.run_id = runs.id)");
APS_VALUE(aps::scalar(aps::select(aps::max(col<&phase::number>)).where(col<&phase::run_id> == col<&run::id>)),
          "(SELECT max(phases.number) FROM phases WHERE phases.run_id = runs.id)");

// Changes.
APS_SQL(aps::update<run>().set(col<&run::tokens> = col<&run::tokens> + 1, col<&run::parent> = nullptr).where(col<&run::id> == "a"),
        "UPDATE runs SET tokens = tokens + ?, parent = NULL WHERE id = ?");
APS_SQL(aps::update<run>().set(col<&run::ok> = true).where(aps::everything), "UPDATE runs SET ok = ?");
APS_SQL(aps::update<run>().set(col<&run::ok> = col<&run::tokens> > 1).where(aps::everything), "UPDATE runs SET ok = tokens > ?");
APS_SQL(aps::erase<run>().where(col<&run::ok>), "DELETE FROM runs WHERE ok");
APS_SQL(aps::erase<run>().where(aps::everything), "DELETE FROM runs");
APS_SQL(aps::erase<run>().where(col<&run::ok>).returning(col<&run::id>), "DELETE FROM runs WHERE ok RETURNING id");

// What can be NULL is a std::optional, and nothing else is.
template <class Query>
using result = typename aps::query::reading_of<demo, typename Query::parts_type>::result;
#define APS_TYPE(value, ...) static_assert(std::is_same_v<result<decltype(aps::select(value).from<run>())>, __VA_ARGS__>)
APS_TYPE(col<&run::id>, std::string);
APS_TYPE(col<&run::parent>, std::optional<std::string>);
APS_TYPE(aps::count(), std::int64_t);
APS_TYPE(aps::sum(col<&run::tokens>), std::optional<std::int64_t>);
APS_TYPE(aps::sum(col<&run::ratio>), std::optional<double>);
APS_TYPE(aps::coalesce(aps::sum(col<&run::tokens>), 0), std::int64_t);
APS_TYPE(aps::coalesce(col<&run::ratio>, aps::sum(col<&run::tokens>)), std::optional<double>);
APS_TYPE(aps::total(col<&run::tokens>), double);
APS_TYPE(aps::avg(col<&run::tokens>), std::optional<double>);
APS_TYPE(aps::max(col<&run::at>), std::optional<aps::timestamp>);
APS_TYPE(col<&run::tokens> + 1, std::int64_t);
APS_TYPE(col<&run::tokens> + 1.5, double);
APS_TYPE(col<&run::tokens> / 2, std::optional<std::int64_t>); // by zero it is NULL
APS_TYPE(col<&run::ratio> * 2, std::optional<double>);
APS_TYPE(col<&run::tokens> == 1, bool);
APS_TYPE(col<&run::ratio> == 1, std::optional<bool>);
APS_TYPE(col<&run::ratio>.is(1), bool);
APS_TYPE(col<&run::ratio>.is_null(), bool);
APS_TYPE(aps::lower(col<&run::parent>), std::optional<std::string>);
APS_TYPE(aps::case_(aps::when(col<&run::ok>, 1)), std::optional<std::int64_t>);
APS_TYPE(aps::case_(aps::when(col<&run::ok>, 1)).else_(2), std::int64_t);
APS_TYPE(aps::scalar(aps::select(aps::count()).from<phase>()), std::optional<std::int64_t>);
APS_TYPE(aps::exists(aps::select<phase>()), bool);
APS_TYPE(aps::view_of(col<&run::parent>), std::optional<std::string_view>);
static_assert(std::is_same_v<result<decltype(aps::select(col<&run::id>, col<&run::ratio>))>, std::tuple<std::string, std::optional<double>>>);
using joined = decltype(aps::select(all<run>, all<phase>, col<&phase::number>).left_join<phase>(col<&phase::run_id> == col<&run::id>));
static_assert(std::is_same_v<result<joined>, std::tuple<run, std::optional<phase>, std::optional<std::int64_t>>>);
using inner = decltype(aps::select(all<run>, all<phase>, col<&phase::number>).join<phase>(col<&phase::run_id> == col<&run::id>));
static_assert(std::is_same_v<result<inner>, std::tuple<run, phase, std::int64_t>>);

} // namespace
