// The like for each construct that query.cpp has nothing of; see tests/sqlite/README.md.
// case: FROM_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: RUN_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: CROSS_JOIN_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: EXISTS_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: SQL_TEXT_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: RANGE_OF_STRANGERS expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: DYNAMIC_ORDER_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: IS_NULL_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: DATE_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: TIME_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: DATETIME_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: STRFTIME_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: JULIANDAY_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: FUNCTION_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: DYNAMIC_ORDER_APART expect: error: .*S141_column_of_a_table_that_is_not_in_the_query, .*"phase"
// case: ALL_APART expect: error: .*S141_column_of_a_table_that_is_not_in_the_query, .*"phase"
// case: GROUP_APART expect: error: .*S141_column_of_a_table_that_is_not_in_the_query, .*"phase".*"name"
// case: DISTINCT_APART expect: error: .*S141_column_of_a_table_that_is_not_in_the_query, .*"phase".*"name"
// case: ORDER_TERM_APART expect: error: .*S141_column_of_a_table_that_is_not_in_the_query, .*"phase".*"name"
// case: RETURNING_APART expect: error: .*S141_column_of_a_table_that_is_not_in_the_query, .*"phase".*"name"
// case: IN_SUBQUERY_APART expect: error: .*S143_types_cannot_be_compared, .*"run::state"
// case: NOT_IN_APART expect: error: .*S143_types_cannot_be_compared, .*"run::state".*"a number"
// case: NOT_BETWEEN_APART expect: error: .*S143_types_cannot_be_compared, .*"run::tokens".*"a text"
// case: IS_APART expect: error: .*S143_types_cannot_be_compared, .*"run::limit".*"a text"
// case: IS_NOT_APART expect: error: .*S143_types_cannot_be_compared, .*"run::limit".*"a text"
// case: NULLIF_APART expect: error: .*S143_types_cannot_be_compared, .*"run::tokens".*"a text"
// case: NOT_EQUAL_APART expect: error: .*S143_types_cannot_be_compared, .*"run::state".*"a number"
// case: GREATER_APART expect: error: .*S143_types_cannot_be_compared, .*"run::state".*"a number"
// case: HAVING_NO_CONDITION expect: error: .*S145_not_a_condition
// case: WHEN_NO_CONDITION expect: error: .*S145_not_a_condition, .*"run::tokens"
// case: ONLY_IF_NO_CONDITION expect: error: .*S145_not_a_condition, .*"run::tokens"
// case: OR_NO_CONDITION expect: error: .*S145_not_a_condition, .*"run::tokens"
// case: NOT_NO_CONDITION expect: error: .*S145_not_a_condition, .*"run::tokens"
// case: AVG_OF_TEXT expect: error: .*S146_not_a_number, .*"run::state"
// case: TOTAL_OF_TEXT expect: error: .*S146_not_a_number, .*"run::state"
// case: ABS_OF_TEXT expect: error: .*S146_not_a_number, .*"run::state"
// case: ROUND_OF_TEXT expect: error: .*S146_not_a_number, .*"run::state"
// case: MINUS_TEXT expect: error: .*S146_not_a_number, .*"run::state"
// case: MODULO_TEXT expect: error: .*S146_not_a_number, .*"a text"
// case: SUBSTR_AT_TEXT expect: error: .*S146_not_a_number, .*"a text"
// case: UPPER_OF_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: TRIM_OF_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: LTRIM_OF_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: RTRIM_OF_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: LENGTH_OF_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: INSTR_OF_NUMBER expect: error: .*S147_not_a_text, .*"a number"
// case: REPLACE_BY_NUMBER expect: error: .*S147_not_a_text, .*"a number"
// case: CONCAT_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: GROUP_CONCAT_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: NOT_LIKE_OF_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: LIKE_ESCAPE_OF_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: GLOB_OF_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: VIEW_OF_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: MIN_IN_WHERE expect: error: .*S148_aggregate_where_rows_are_chosen
// case: MAX_IN_JOIN expect: error: .*S148_aggregate_where_rows_are_chosen
// case: BESIDE_COUNT_DISTINCT expect: error: .*S149_plain_column_beside_an_aggregate, .*"run::state"
// case: DO_UPDATE_APART expect: error: .*S151_value_of_another_type, .*"run::tokens".*"a text"
// case: EXCLUDED_APART expect: error: .*S151_value_of_another_type, .*"run::tokens"
// case: REPLACE_NO_KEY expect: error: .*S158_conflict_with_no_key, .*"run::state"
// case: EXECUTE_STRANGER expect: error: .*S161_not_a_value, .*"stranger"
// case: QUERY_STRANGER expect: error: .*S161_not_a_value, .*"stranger"
// case: QUERY_TUPLE_STRANGER expect: error: .*S161_not_a_value, .*"stranger"
// case: QUERY_KEPT_VIEW expect: error: .*S157_view_kept_beyond_its_row
// case: ERASE_ROWS_RETURNING expect: error: .*S141_column_of_a_table_that_is_not_in_the_query, .*"phase".*"name"
// case: STREAMED_CHANGE expect: error: .*(begin|end).*
// case: LIMIT_TEXT expect: error: .*(conver|cannot initialize|no matching)
// case: OFFSET_TEXT expect: error: .*(conver|cannot initialize|no matching)
// case: LEFT_JOIN_PLAIN expect: error: .*(conver|no viable)
// case: SUM_PLAIN expect: error: .*(conver|no viable)
#include <autopack_schema/define.hpp>
#include <autopack_schema/query.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace aps = autopack_schema;
using aps::all;
using aps::col;

struct run {
    std::string id;
    std::string state;
    std::int64_t tokens = 0;
    std::optional<std::int64_t> limit;
    bool ok = false;
};
struct phase {
    std::string run_id;
    std::int64_t number = 0;
    std::string name;
};
struct stranger {
    std::int64_t id = 0;
};

inline constexpr auto runs = aps::table<run>("runs", aps::column<&run::id>(aps::primary_key), aps::remaining_members);
inline constexpr auto phases = aps::table<phase>("phases", aps::remaining_members, aps::primary_key("run_id", "number"));
inline constexpr auto demo = aps::schema<runs, phases>("demo");

void use(aps::database<demo>& db) {
    // The control.
    (void)db.select(aps::count()).from<run>().group_by(col<&run::state>).having(aps::count() > 1).limit(3).offset(1).all();
    (void)db.select<run>().order_by(aps::dynamic_order<run>(), col<&run::id>.desc().nulls_last()).all();
    (void)db.select(aps::substr(aps::concat(col<&run::state>, "x"), 1, 2), aps::abs(-col<&run::tokens>), aps::date("now")).all();
    (void)db.select<run>().where(col<&run::id>.in(aps::select(col<&phase::run_id>)) && col<&run::limit>.is(1)).all();
    (void)db.insert(run{}, aps::on_conflict(col<&run::id>).do_update(col<&run::tokens> = aps::excluded(col<&run::tokens>)));
    (void)db.query<std::tuple<int, std::string>>("SELECT 1, 'a'").all();
    const std::optional<std::int64_t> total = db.select(aps::sum(col<&run::tokens>)).one();
    (void)total;
#if defined(AUTOPACK_SCHEMA_FAIL_FROM_STRANGER)
    (void)db.select(aps::count()).from<stranger>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_RUN_STRANGER)
    (void)db.run(aps::select<stranger>()).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_CROSS_JOIN_STRANGER)
    (void)db.select(col<&run::id>).cross_join<stranger>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_EXISTS_STRANGER)
    (void)db.select<run>().where(aps::exists(aps::select<stranger>())).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_SQL_TEXT_STRANGER)
    (void)aps::sql_text<demo>(aps::select<stranger>());
#elif defined(AUTOPACK_SCHEMA_FAIL_RANGE_OF_STRANGERS)
    (void)db.insert(std::vector<stranger>());
#elif defined(AUTOPACK_SCHEMA_FAIL_DYNAMIC_ORDER_STRANGER)
    (void)db.select<run>().order_by(aps::dynamic_order<stranger>()).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_IS_NULL_STRANGER)
    (void)db.select<run>().where(col<&stranger::id>.is_null()).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_DATE_STRANGER)
    (void)db.select(aps::date(col<&stranger::id>)).from<run>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_TIME_STRANGER)
    (void)db.select(aps::time(col<&stranger::id>)).from<run>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_DATETIME_STRANGER)
    (void)db.select(aps::datetime(col<&stranger::id>)).from<run>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_STRFTIME_STRANGER)
    (void)db.select(aps::strftime("%Y", col<&stranger::id>)).from<run>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_JULIANDAY_STRANGER)
    (void)db.select(aps::julianday(col<&stranger::id>)).from<run>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_FUNCTION_STRANGER)
    (void)db.select(aps::function<"hex", std::string>(col<&stranger::id>)).from<run>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_DYNAMIC_ORDER_APART)
    (void)db.select<run>().order_by(aps::dynamic_order<phase>()).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_ALL_APART)
    (void)db.select(all<phase>).from<run>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_GROUP_APART)
    (void)db.select(aps::count()).from<run>().group_by(col<&phase::name>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_DISTINCT_APART)
    (void)db.select(col<&phase::name>).from<run>().distinct().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_ORDER_TERM_APART)
    (void)db.select<run>().order_by(col<&phase::name>.desc().nulls_last()).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_RETURNING_APART)
    (void)db.insert(run{}, aps::returning(col<&phase::name>));
#elif defined(AUTOPACK_SCHEMA_FAIL_IN_SUBQUERY_APART)
    (void)db.select<run>().where(col<&run::state>.in(aps::select(col<&phase::number>))).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_IN_APART)
    (void)db.select<run>().where(col<&run::state>.not_in("a", 2)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_BETWEEN_APART)
    (void)db.select<run>().where(col<&run::tokens>.not_between("1", 2)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_IS_APART)
    (void)db.select<run>().where(col<&run::limit>.is("x")).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_IS_NOT_APART)
    (void)db.select<run>().where(col<&run::limit>.is_not("x")).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NULLIF_APART)
    (void)db.select(aps::nullif(col<&run::tokens>, "0")).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_EQUAL_APART)
    (void)db.select<run>().where(col<&run::state> != 1).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_GREATER_APART)
    (void)db.select<run>().where(col<&run::state> >= 1).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_HAVING_NO_CONDITION)
    (void)db.select(aps::count()).from<run>().having(aps::count()).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_WHEN_NO_CONDITION)
    (void)db.select(aps::case_(aps::when(col<&run::tokens>, 1))).from<run>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_ONLY_IF_NO_CONDITION)
    (void)db.select<run>().where(aps::only_if(true, col<&run::tokens>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_OR_NO_CONDITION)
    (void)db.select<run>().where(col<&run::ok> || col<&run::tokens>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_NO_CONDITION)
    (void)db.select<run>().where(!col<&run::tokens>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_AVG_OF_TEXT)
    (void)db.select(aps::avg(col<&run::state>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_TOTAL_OF_TEXT)
    (void)db.select(aps::total(col<&run::state>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_ABS_OF_TEXT)
    (void)db.select(aps::abs(col<&run::state>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_ROUND_OF_TEXT)
    (void)db.select(aps::round(col<&run::state>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_MINUS_TEXT)
    (void)db.select(-col<&run::state>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_MODULO_TEXT)
    (void)db.select(col<&run::tokens> % "2").all();
#elif defined(AUTOPACK_SCHEMA_FAIL_SUBSTR_AT_TEXT)
    (void)db.select(aps::substr(col<&run::state>, "1")).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_UPPER_OF_NUMBER)
    (void)db.select(aps::upper(col<&run::tokens>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_TRIM_OF_NUMBER)
    (void)db.select(aps::trim(col<&run::tokens>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_LTRIM_OF_NUMBER)
    (void)db.select(aps::ltrim(col<&run::tokens>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_RTRIM_OF_NUMBER)
    (void)db.select(aps::rtrim(col<&run::tokens>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_LENGTH_OF_NUMBER)
    (void)db.select(aps::length(col<&run::tokens>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_INSTR_OF_NUMBER)
    (void)db.select(aps::instr(col<&run::state>, 1)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_REPLACE_BY_NUMBER)
    (void)db.select(aps::replace(col<&run::state>, "a", 1)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_CONCAT_NUMBER)
    (void)db.select(aps::concat(col<&run::state>, col<&run::tokens>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_GROUP_CONCAT_NUMBER)
    (void)db.select(aps::group_concat(col<&run::tokens>, ",")).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_LIKE_OF_NUMBER)
    (void)db.select<run>().where(col<&run::tokens>.not_like("1%")).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_LIKE_ESCAPE_OF_NUMBER)
    (void)db.select<run>().where(col<&run::tokens>.like("1%", '!')).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_GLOB_OF_NUMBER)
    (void)db.select<run>().where(col<&run::tokens>.glob("1*")).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_VIEW_OF_NUMBER)
    for (auto view : db.select(aps::view_of(col<&run::tokens>))) (void)view;
#elif defined(AUTOPACK_SCHEMA_FAIL_MIN_IN_WHERE)
    (void)db.select<run>().where(aps::min(col<&run::tokens>) > 1).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_MAX_IN_JOIN)
    (void)db.select<run>().join<phase>(aps::max(col<&phase::number>) == col<&run::tokens>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_BESIDE_COUNT_DISTINCT)
    (void)db.select(col<&run::state>, aps::count_distinct(col<&run::id>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_DO_UPDATE_APART)
    (void)db.insert(run{}, aps::on_conflict(col<&run::id>).do_update(col<&run::tokens> = "x"));
#elif defined(AUTOPACK_SCHEMA_FAIL_EXCLUDED_APART)
    (void)db.insert(run{}, aps::on_conflict(col<&run::id>).do_update(col<&run::tokens> = aps::excluded(col<&run::state>)));
#elif defined(AUTOPACK_SCHEMA_FAIL_REPLACE_NO_KEY)
    (void)db.insert(run{}, aps::on_conflict(col<&run::state>).do_replace());
#elif defined(AUTOPACK_SCHEMA_FAIL_EXECUTE_STRANGER)
    (void)db.execute("DELETE FROM runs WHERE id = ?", stranger{});
#elif defined(AUTOPACK_SCHEMA_FAIL_QUERY_STRANGER)
    (void)db.query<stranger>("SELECT 1").all();
#elif defined(AUTOPACK_SCHEMA_FAIL_QUERY_TUPLE_STRANGER)
    (void)db.query<std::tuple<int, stranger>>("SELECT 1, 2").all();
#elif defined(AUTOPACK_SCHEMA_FAIL_QUERY_KEPT_VIEW)
    (void)db.query<std::string_view>("SELECT id FROM runs").all();
#elif defined(AUTOPACK_SCHEMA_FAIL_ERASE_ROWS_RETURNING)
    (void)db.erase<run>().where(aps::everything).returning(col<&phase::name>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_STREAMED_CHANGE)
    for (auto& id : db.erase<run>().where(aps::everything).returning(col<&run::id>)) (void)id;
#elif defined(AUTOPACK_SCHEMA_FAIL_LIMIT_TEXT)
    (void)db.select<run>().limit("3").all();
#elif defined(AUTOPACK_SCHEMA_FAIL_OFFSET_TEXT)
    (void)db.select<run>().offset("3").all();
#elif defined(AUTOPACK_SCHEMA_FAIL_LEFT_JOIN_PLAIN)
    const std::string name = db.select(col<&phase::name>).from<run>().left_join<phase>(col<&phase::run_id> == col<&run::id>).one();
    (void)name;
#elif defined(AUTOPACK_SCHEMA_FAIL_SUM_PLAIN)
    const std::int64_t sum = db.select(aps::sum(col<&run::tokens>)).one();
    (void)sum;
#endif
}
