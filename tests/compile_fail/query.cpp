// Mistakes in queries: the error line names the code and what is concerned.
// case: NO_TABLE expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: NO_TABLE_SELECT expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: NO_TABLE_COLUMN expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: NOT_IN_QUERY expect: error: .*S141_column_of_a_table_that_is_not_in_the_query, .*"phase".*"name"
// case: NOT_IN_QUERY_ORDER expect: error: .*S141_column_of_a_table_that_is_not_in_the_query, .*"phase".*"name"
// case: NOT_IN_UPDATE expect: error: .*S141_column_of_a_table_that_is_not_in_the_query, .*"phase".*"name"
// case: NOT_THIS_ALIAS expect: error: .*S141_column_of_a_table_that_is_not_in_the_query, .*"run".*"id"
// case: TEXT_WITH_NUMBER expect: error: .*S143_types_cannot_be_compared, .*"run::state".*"a number"
// case: NUMBER_WITH_TEXT expect: error: .*S143_types_cannot_be_compared, .*"run::tokens".*"a text"
// case: COLUMNS_APART expect: error: .*S143_types_cannot_be_compared, .*"run::state".*"run::tokens"
// case: IN_APART expect: error: .*S143_types_cannot_be_compared, .*"run::state".*"a number"
// case: BETWEEN_APART expect: error: .*S143_types_cannot_be_compared, .*"run::tokens".*"a text"
// case: IN_VECTOR_APART expect: error: .*S143_types_cannot_be_compared, .*"run::state".*"a number"
// case: COALESCE_APART expect: error: .*S143_types_cannot_be_compared, .*"a number".*"a text"
// case: CASE_APART expect: error: .*S143_types_cannot_be_compared, .*"a number".*"a text"
// case: BOOLEAN_WITH_NUMBER expect: error: .*S143_types_cannot_be_compared, .*"run::ok".*"a number"
// case: ENUM_WITH_TEXT expect: error: .*S143_types_cannot_be_compared, .*"run::mode".*"a text"
// case: NEVER_NULL expect: error: .*S144_never_null, .*"run::state"
// case: NOT_A_CONDITION expect: error: .*S145_not_a_condition, .*"run::tokens"
// case: NOT_A_CONDITION_AND expect: error: .*S145_not_a_condition, .*"run::tokens"
// case: NOT_A_CONDITION_JOIN expect: error: .*S145_not_a_condition, .*"run::id"
// case: SUM_OF_TEXT expect: error: .*S146_not_a_number, .*"run::state"
// case: PLUS_OF_TEXT expect: error: .*S146_not_a_number, .*"run::state"
// case: LIKE_OF_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: LOWER_OF_NUMBER expect: error: .*S147_not_a_text, .*"run::tokens"
// case: AGGREGATE_IN_WHERE expect: error: .*S148_aggregate_where_rows_are_chosen
// case: BESIDE_AGGREGATE expect: error: .*S149_plain_column_beside_an_aggregate, .*"run::state"
// case: NOT_GROUPED expect: error: .*S149_plain_column_beside_an_aggregate, .*"run::tokens"
// case: NULL_INTO_PLAIN expect: error: .*S150_null_into_a_plain_member, .*"run::tokens"
// case: NULLPTR_INTO_PLAIN expect: error: .*S150_null_into_a_plain_member, .*"run::state"
// case: OPTIONAL_INTO_PLAIN expect: error: .*S150_null_into_a_plain_member, .*"run::tokens"
// case: TEXT_INTO_NUMBER expect: error: .*S151_value_of_another_type, .*"run::tokens".*"a text"
// case: REAL_INTO_INTEGER expect: error: .*S151_value_of_another_type, .*"run::tokens".*"a number"
// case: UPDATE_EVERYTHING expect: error: .*S152_update_without_where, .*"run"
// case: ERASE_EVERYTHING expect: error: .*S153_erase_without_where, .*"run"
// case: ERASE_RETURNING expect: error: .*S153_erase_without_where, .*"run"
// case: GET_WITHOUT_KEY expect: error: .*S154_table_without_primary_key, .*"log_line"
// case: UPDATE_WITHOUT_KEY expect: error: .*S154_table_without_primary_key, .*"log_line"
// case: HALF_A_KEY expect: error: .*S155_key_of_another_shape, .*"phase"
// case: WRONG_KEY expect: error: .*S155_key_of_another_shape, .*"run"
// case: ERASE_WRONG_KEY expect: error: .*S155_key_of_another_shape, .*"phase"
// case: STRUCT_APART expect: error: .*S156_struct_of_another_shape, .*"pair_of"
// case: KEPT_VIEW expect: error: .*S157_view_kept_beyond_its_row
// case: CONFLICT_NO_KEY expect: error: .*S158_conflict_with_no_key, .*"run::state"
// case: WITH_OPTIONAL expect: error: .*S159_compared_with_an_optional, .*"run::limit"
// case: IN_OF_TWO expect: error: .*S160_subquery_of_several_columns, .*"run::id"
// case: SCALAR_OF_TWO expect: error: .*S160_subquery_of_several_columns
// case: NO_VALUE expect: error: .*S161_not_a_value, .*"stranger"
// case: GENERATED expect: error: .*S162_generated_column_is_written, .*"phase::twice"
// case: ASSIGNED_TWICE expect: error: .*S164_column_is_assigned_twice, .*"run"
// case: TEXT expect: \[S152\] an update has no where and would change every row; add where
#include <autopack_schema/define.hpp>
#include <autopack_schema/query.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aps = autopack_schema;
using aps::col;

enum class speed { slow, fast };

struct run {
    std::string id;
    std::string state;
    std::int64_t tokens = 0;
    std::optional<std::int64_t> limit;
    bool ok = false;
    speed mode = speed::slow;
};
struct phase {
    std::string run_id;
    std::int64_t number = 0;
    std::string name;
    std::int64_t twice = 0;
};
struct log_line {
    std::string text;
};
struct stranger {
    std::int64_t id = 0;
};
struct pair_of {
    std::string id;
    std::int64_t limit = 0;
};

inline constexpr auto runs = aps::table<run>("runs", aps::column<&run::id>(aps::primary_key), aps::remaining_members);
inline constexpr auto phases =
    aps::table<phase>("phases", aps::column<&phase::run_id>(), aps::column<&phase::number>(), aps::column<&phase::name>(),
                      aps::column<&phase::twice>(aps::generated_always_as("number * 2")), aps::primary_key("run_id", "number"));
inline constexpr auto log_lines = aps::table<log_line>("log_lines");
inline constexpr auto demo = aps::schema<runs, phases, log_lines>("demo");

void use(aps::database<demo>& db) {
    // The control: the like of each mistake, done right.
    (void)db.select<run>().where(col<&run::state> == "x" && col<&run::tokens>.between(1, 2) && col<&run::ok>).all();
    (void)db.select<run>().where(col<&run::limit> == std::nullopt && col<&run::limit>.is(std::optional<int>(1))).all();
    (void)db.select(col<&run::state>, aps::count()).group_by(col<&run::state>).all();
    (void)db.select<run>().left_join<phase>(col<&phase::run_id> == col<&run::id>).where(col<&phase::name> == std::nullopt).all();
    db.update<run>().set(col<&run::tokens> = aps::coalesce(col<&run::limit>, 0)).where(aps::everything).execute();
    db.erase<run>().where(aps::everything).execute();
    (void)db.get<run>("a");
    (void)db.get<phase>("a", 1);
    (void)db.insert(run{}, aps::on_conflict(col<&run::id>).do_nothing());
    (void)db.select<run>().where(col<&run::id>.in(aps::select(col<&phase::run_id>))).all();
    for (auto id : db.select(aps::view_of(col<&run::id>))) (void)id;
#if defined(AUTOPACK_SCHEMA_FAIL_NO_TABLE)
    (void)db.insert(stranger{});
#elif defined(AUTOPACK_SCHEMA_FAIL_NO_TABLE_SELECT)
    (void)db.select<stranger>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NO_TABLE_COLUMN)
    (void)db.select(col<&stranger::id>).from<run>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_IN_QUERY)
    (void)db.select<run>().where(col<&phase::name> == "x").all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_IN_QUERY_ORDER)
    (void)db.select<run>().order_by(col<&phase::name>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_IN_UPDATE)
    db.update<run>().set(col<&run::state> = "x").where(col<&phase::name> == "x").execute();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_THIS_ALIAS)
    (void)db.select<run>().where(aps::alias<run, "other">.col<&run::id> == "x").all();
#elif defined(AUTOPACK_SCHEMA_FAIL_TEXT_WITH_NUMBER)
    (void)db.select<run>().where(col<&run::state> == 1).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NUMBER_WITH_TEXT)
    (void)db.select<run>().where(col<&run::tokens> < "1").all();
#elif defined(AUTOPACK_SCHEMA_FAIL_COLUMNS_APART)
    (void)db.select<run>().where(col<&run::state> == col<&run::tokens>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_IN_APART)
    (void)db.select<run>().where(col<&run::state>.in("a", 2)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_BETWEEN_APART)
    (void)db.select<run>().where(col<&run::tokens>.between(1, "2")).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_IN_VECTOR_APART)
    (void)db.select<run>().where(col<&run::state>.in(std::vector<int>{1})).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_COALESCE_APART)
    (void)db.select(aps::coalesce(aps::sum(col<&run::tokens>), "0")).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_CASE_APART)
    (void)db.select(aps::case_(aps::when(col<&run::ok>, 1)).else_("no")).from<run>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_BOOLEAN_WITH_NUMBER)
    (void)db.select<run>().where(col<&run::ok> == 1).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_ENUM_WITH_TEXT)
    (void)db.select<run>().where(col<&run::mode> == "fast").all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NEVER_NULL)
    (void)db.select<run>().where(col<&run::state> == std::nullopt).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_A_CONDITION)
    (void)db.select<run>().where(col<&run::tokens>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_A_CONDITION_AND)
    (void)db.select<run>().where(col<&run::ok> && col<&run::tokens>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_A_CONDITION_JOIN)
    (void)db.select<run>().join<phase>(col<&run::id>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_SUM_OF_TEXT)
    (void)db.select(aps::sum(col<&run::state>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_PLUS_OF_TEXT)
    (void)db.select(col<&run::state> + 1).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_LIKE_OF_NUMBER)
    (void)db.select<run>().where(col<&run::tokens>.like("1%")).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_LOWER_OF_NUMBER)
    (void)db.select(aps::lower(col<&run::tokens>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_AGGREGATE_IN_WHERE)
    (void)db.select<run>().where(aps::count() > 1).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_BESIDE_AGGREGATE)
    (void)db.select(col<&run::state>, aps::count()).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NOT_GROUPED)
    (void)db.select(col<&run::state>, col<&run::tokens>).group_by(col<&run::state>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NULL_INTO_PLAIN)
    db.update<run>().set(col<&run::tokens> = col<&run::limit>).where(aps::everything).execute();
#elif defined(AUTOPACK_SCHEMA_FAIL_NULLPTR_INTO_PLAIN)
    db.update<run>().set(col<&run::state> = nullptr).where(aps::everything).execute();
#elif defined(AUTOPACK_SCHEMA_FAIL_OPTIONAL_INTO_PLAIN)
    db.update<run>().set(col<&run::tokens> = std::optional<int>(1)).where(aps::everything).execute();
#elif defined(AUTOPACK_SCHEMA_FAIL_TEXT_INTO_NUMBER)
    db.update<run>().set(col<&run::tokens> = "1").where(aps::everything).execute();
#elif defined(AUTOPACK_SCHEMA_FAIL_REAL_INTO_INTEGER)
    db.update<run>().set(col<&run::tokens> = 1.5).where(aps::everything).execute();
#elif defined(AUTOPACK_SCHEMA_FAIL_UPDATE_EVERYTHING)
    db.update<run>().set(col<&run::tokens> = 1).execute();
#elif defined(AUTOPACK_SCHEMA_FAIL_ERASE_EVERYTHING)
    db.erase<run>().execute();
#elif defined(AUTOPACK_SCHEMA_FAIL_ERASE_RETURNING)
    (void)db.erase<run>().returning(col<&run::id>).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_GET_WITHOUT_KEY)
    (void)db.get<log_line>(1);
#elif defined(AUTOPACK_SCHEMA_FAIL_UPDATE_WITHOUT_KEY)
    (void)db.update(log_line{});
#elif defined(AUTOPACK_SCHEMA_FAIL_HALF_A_KEY)
    (void)db.get<phase>("run");
#elif defined(AUTOPACK_SCHEMA_FAIL_WRONG_KEY)
    (void)db.get<run>(1);
#elif defined(AUTOPACK_SCHEMA_FAIL_ERASE_WRONG_KEY)
    (void)db.erase<phase>(1, 2, 3);
#elif defined(AUTOPACK_SCHEMA_FAIL_STRUCT_APART)
    (void)db.select(col<&run::id>, col<&run::limit>).into<pair_of>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_KEPT_VIEW)
    (void)db.select(aps::view_of(col<&run::id>)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_CONFLICT_NO_KEY)
    (void)db.insert(run{}, aps::on_conflict(col<&run::state>).do_nothing());
#elif defined(AUTOPACK_SCHEMA_FAIL_WITH_OPTIONAL)
    (void)db.select<run>().where(col<&run::limit> == std::optional<int>(1)).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_IN_OF_TWO)
    (void)db.select<run>().where(col<&run::id>.in(aps::select(col<&phase::run_id>, col<&phase::name>))).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_SCALAR_OF_TWO)
    (void)db.select(aps::scalar(aps::select(col<&phase::run_id>, col<&phase::name>))).from<run>().all();
#elif defined(AUTOPACK_SCHEMA_FAIL_NO_VALUE)
    (void)db.select<run>().where(col<&run::id> == stranger{}).all();
#elif defined(AUTOPACK_SCHEMA_FAIL_GENERATED)
    db.update<phase>().set(col<&phase::twice> = 1).where(aps::everything).execute();
#elif defined(AUTOPACK_SCHEMA_FAIL_ASSIGNED_TWICE)
    db.update<run>().set(col<&run::tokens> = 1, col<&run::tokens> = 2).where(aps::everything).execute();
#elif defined(AUTOPACK_SCHEMA_FAIL_TEXT)
    db.update<run>().set(col<&run::tokens> = 1).execute();
#endif
}
