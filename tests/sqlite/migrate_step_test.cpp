// SPDX-License-Identifier: MIT
// Steps in C++: when they are called, what they see, what they may not do, and that no file can hold them.

#include <autopack_schema/define.hpp>
#include <autopack_schema/migrate/plan_json.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;

struct person_1 {
    std::int64_t id = 0;
    std::string name;
};
struct person_2 {
    std::int64_t id = 0;
    std::string name;
    std::string first;
    std::string last;
};
struct person_3 {
    std::int64_t id = 0;
    std::string first;
    std::string last;
};
constexpr auto people_1 =
    aps::table<person_1>("people", aps::column<&person_1::id>(aps::primary_key), aps::remaining_members);
constexpr auto people_2 = aps::table<person_2>(
    "people", aps::column<&person_2::id>(aps::primary_key), aps::column<&person_2::name>(),
    aps::column<&person_2::first>(aps::default_value("")), aps::column<&person_2::last>(aps::default_value("")));
constexpr auto people_3 = aps::table<person_3>("people", aps::column<&person_3::id>(aps::primary_key),
                                               aps::column<&person_3::first>(aps::default_value("")),
                                               aps::column<&person_3::last>(aps::default_value("")));
constexpr auto v1 = aps::schema<people_1>("people", "v1");
constexpr auto v2 = aps::schema<people_2>("people", "v2");
constexpr auto v3 = aps::schema<people_3>("people", "v3");

std::string calls;

void split(connection& database) {
    calls += "split;";
    auto rows = database.prepare("SELECT id, name FROM people");
    auto write = database.prepare("UPDATE people SET first = ?2, last = ?3 WHERE id = ?1");
    while (rows.step()) {
        const std::string name(rows.column_text(1));
        const std::size_t space = name.rfind(' ');
        write.reset();
        write.bind(1, rows.column_int64(0));
        write.bind(2, name.substr(0, space));
        write.bind(3, space == std::string::npos ? std::string() : name.substr(space + 1));
        write.step();
    }
}
void join(connection& database) {
    calls += "join;";
    database.execute("UPDATE people SET name = first || ' ' || last");
}
void look_before(connection& database) {
    calls += "before " + std::to_string(database.query_int("SELECT count(*) FROM pragma_table_info('people')")) + ";";
}

constexpr auto split_names =
    aps::migration<v1, v2>("split names", aps::step_before<"look">(look_before), aps::step_after<"split">(split, join),
                           aps::undo<"people.name">("name"));
constexpr auto drop_name = aps::migration<v2, v3>("drop name", aps::drop_column<"people.name">(),
                                                  aps::undo<"people.name">("first || ' ' || last"));
constexpr auto chain = aps::migrations<split_names, drop_name>();
static_assert(split_names.steps().size() == 2 && split_names.rules().size() == 1);
static_assert(split_names.steps()[0].name == "look" && split_names.steps()[0].moment == migrate::custom_moment::before);
static_assert(migrate::undo_gaps(split_names.view(), aps::sql::sqlite::rules).size() == 1); // "look" has none

constexpr std::string_view rows = "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
                                  "INSERT INTO people VALUES (1, 'Ada Lovelace'), (2, 'Grace Brewster Hopper');";

/// The message of the step that failed, after which nothing may have changed.
std::string failure(migrate::custom_function step) {
    const migrate::custom_step steps[] = {{"bad step", migrate::custom_moment::after, step}};
    const migrate::migration_view one[] = {{"bad", v1, v2, {}, steps}};
    auto database = memory_with(rows);
    const std::string before = everything_in(database);
    try {
        migrate::sqlite::run(database, v2, one);
    } catch (const aps::error& e) {
        CHECK(e.code() == "S404");
        CHECK(everything_in(database) == before);
        CHECK_FALSE(database.in_transaction());
        database.execute("BEGIN; COMMIT"); // nothing keeps it from transactions any more
        return e.what();
    }
    return "no error";
}

} // namespace

TEST_CASE("steps see exactly the versions between which they stand, also when more is to be done", "[migrate]") {
    auto database = memory_with(rows);
    calls.clear();
    const auto done = migrate::sqlite::run(database, v3, chain); // `name` is gone in v3
    CHECK(done.applied);
    CHECK(calls == "before 2;split;");
    CHECK(lines(database, "SELECT first, last FROM people ORDER BY id") == "Ada|Lovelace\nGrace Brewster|Hopper\n");
    CHECK(database.query_int("SELECT count(*) FROM pragma_table_info('people')") == 3);
    const auto history = migrate::sqlite::read_history(database);
    REQUIRE(history.size() == 2);
    CHECK((history[0].name == "split names" && history[0].rows == 2));
    CHECK(history[1].name == "drop name");
    CHECK_FALSE(migrate::sqlite::run(database, v3, chain).applied); // once in each database
    CHECK(calls == "before 2;split;");
}

TEST_CASE("a dry run shows the steps and calls nothing; no file holds them", "[migrate]") {
    auto database = memory_with(rows);
    const std::string before = everything_in(database);
    calls.clear();
    migrate::run_options dry;
    dry.dry_run = true;
    const auto plan = migrate::sqlite::run(database, v3, chain, dry).plan;
    CHECK(calls.empty());
    CHECK(everything_in(database) == before);
    const std::string text = migrate::to_text(plan, false);
    INFO(text);
    CHECK(text.find("1. call look\n   - call the function of migration split names\n2. alter table people") !=
          std::string::npos);
    CHECK(text.find("3. call split\n") != std::string::npos);
    CHECK(text.find("4. alter table people") != std::string::npos);
    CHECK(plan.version == "v3");
    try {
        migrate::to_json(plan);
        FAIL("a function was written to a file");
    } catch (const aps::error& e) {
        CHECK(e.code() == "S403");
    }
}

TEST_CASE("a plan made for a run without steps does not fit one with steps", "[migrate]") {
    auto database = memory_with(rows);
    migrate::run_options dry;
    dry.dry_run = true;
    auto given = migrate::sqlite::run(database, v2, chain.views().first(1), dry).plan;
    std::erase_if(given.steps, [](const migrate::step& s) { return s.kind == migrate::step_kind::custom; });
    migrate::run_options options;
    options.only = &given;
    calls.clear();
    CHECK_THROWS_AS(migrate::sqlite::run(database, v2, chain.views().first(1), options), aps::error);
    CHECK(calls.empty());
}

TEST_CASE("steps run in an empty database and in one that is between", "[migrate]") {
    calls.clear();
    auto empty = connection::memory();
    CHECK(migrate::sqlite::run(empty, v3, chain).applied);
    CHECK(calls == "before 2;split;");
    auto between =
        memory_with("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, first TEXT NOT NULL DEFAULT '');"
                    "INSERT INTO people VALUES (1, 'Ada Lovelace', '')");
    calls.clear();
    CHECK(migrate::sqlite::run(between, v3, chain).applied);
    CHECK(calls == "before 3;split;");
    CHECK(lines(between, "SELECT first, last FROM people") == "Ada|Lovelace\n");
    auto finished = memory_with("CREATE TABLE people (id INTEGER PRIMARY KEY, first TEXT NOT NULL DEFAULT '', "
                                "last TEXT NOT NULL DEFAULT '')");
    calls.clear();
    CHECK_FALSE(migrate::sqlite::run(finished, v3, chain).applied);
    CHECK(calls.empty());
}

TEST_CASE("the way back calls what undoes them, and needs it", "[migrate]") {
    static constexpr auto m = aps::migration<v1, v2>("split names", aps::step_after<"split">(split, join));
    static constexpr auto two = aps::migrations<m, drop_name>();
    auto database = memory_with(rows);
    migrate::sqlite::run(database, v3, two);
    calls.clear();
    CHECK(migrate::sqlite::downgrade(database, two, v1,
                                     without_backup({"drop column people.first", "drop column people.last"}))
              .applied);
    CHECK(calls == "join;");
    CHECK(lines(database, "SELECT name FROM people ORDER BY id") == "Ada Lovelace\nGrace Brewster Hopper\n");
    migrate::sqlite::run(database, v3, chain); // the same name, another definition: only a note
    auto other = memory_with(rows);
    migrate::sqlite::run(other, v3, chain);
    try {
        migrate::sqlite::downgrade(other, chain, v1);
        FAIL("a step without an undo was undone");
    } catch (const migrate::refused& e) {
        REQUIRE(e.blockers().size() == 1);
        CHECK(e.blockers()[0].what == "step \"look\" of migration \"split names\" has no undo");
    }
}

TEST_CASE("a step that fails, ends the transaction or changes the schema undoes everything", "[migrate]") {
    CHECK(failure([](connection&) {
              throw std::runtime_error("out of names");
          }).find("step \"bad step\" of migration \"bad\": out of names") != std::string::npos);
    CHECK(failure([](connection& c) { c.execute("COMMIT"); }).find("not authorized") != std::string::npos);
    CHECK(failure([](connection& c) { c.execute("ROLLBACK"); }).find("not authorized") != std::string::npos);
    CHECK(failure([](connection& c) { c.execute("ATTACH ':memory:' AS x"); }).find("not authorized") !=
          std::string::npos);
    CHECK(failure([](connection& c) { c.execute("CREATE TABLE mine (a)"); }).find("it changed the schema") !=
          std::string::npos);
    CHECK(failure([](connection& c) { c.execute("UPDATE people SET name = NULL"); }).find("NOT NULL") !=
          std::string::npos);
    CHECK(failure([](connection& c) { c.execute("UPDATE OR ROLLBACK people SET name = NULL"); }).find("bad step") !=
          std::string::npos);
}

TEST_CASE("the name of a step is a part of its migration's checksum, its undo is not", "[migrate]") {
    static constexpr auto a = aps::migration<v1, v2>("m", aps::step_after<"split">(split));
    static constexpr auto b = aps::migration<v1, v2>("m", aps::step_after<"split again">(split));
    static constexpr auto c = aps::migration<v1, v2>("m", aps::step_after<"split">(split, join));
    static constexpr auto d = aps::migration<v1, v2>("m", aps::step_before<"split">(split));
    using migrate::sqlite::checksum;
    CHECK(checksum(a) != checksum(b));
    CHECK(checksum(a) == checksum(c));
    CHECK(checksum(a) != checksum(d));
}
