// SPDX-License-Identifier: MIT
// The way back: what every step gives back, what is refused by name, what would be lost, where a database is.

#include <autopack_schema/define.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/schemas/autopack.hpp>
#include <autopack_schema/schemas/autopack/migrations.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "migrate_support.hpp"

namespace {

using namespace migrate_test;
using autopack_schema_test::temp_dir;

namespace v1 {
struct order {
    std::int64_t id = 0;
    std::string customer;
    std::string state;
    double price = 0;
};
constexpr auto orders = aps::table<order>("orders", aps::column<&order::id>(aps::primary_key), aps::remaining_members,
                                          aps::index("ix_state", "state"));
constexpr auto schema = aps::schema<orders>("shop", "v1");
} // namespace v1

namespace v2 {
struct order {
    std::int64_t id = 0;
    std::string buyer;
    std::string state;
    std::int64_t cents = 0;
};
struct note {
    std::int64_t id = 0;
    std::string text;
};
constexpr auto orders = aps::table<order>("orders", aps::column<&order::id>(aps::primary_key),
                                          aps::column<&order::buyer>(aps::renamed_from("customer")),
                                          aps::remaining_members, aps::check("ck_cents", "cents >= 0"));
constexpr auto notes = aps::table<note>("notes", aps::column<&note::id>(aps::primary_key), aps::remaining_members);
constexpr auto schema = aps::schema<orders, notes>("shop", "v2");
} // namespace v2

namespace v3 {
struct purchase {
    std::int64_t id = 0;
    std::string buyer;
    std::string state;
    std::int64_t cents = 0;
    std::optional<std::string> country;
};
constexpr auto purchases =
    aps::table<purchase>("purchases", aps::renamed_from("orders"), aps::column<&purchase::id>(aps::primary_key),
                         aps::remaining_members, aps::check("ck_cents", "cents >= 0"));
constexpr auto schema = aps::schema<purchases, v2::notes>("shop", "v3");
} // namespace v3

constexpr auto to_v2 = aps::migration<v1::schema, v2::schema>(
    "cents", aps::backfill<&v2::order::cents>("CAST(round(price * 100) AS INTEGER)"),
    aps::drop_column<"orders.price">(), aps::undo<&v1::order::price>("cents / 100.0"),
    aps::transform<&v2::order::state>("upper(state)"), aps::undo<&v1::order::state>("lower(state)"),
    aps::drop_index<"ix_state">());
constexpr auto to_v3 = aps::migration<v2::schema, v3::schema>("countries");
constexpr auto chain = aps::migrations<to_v2, to_v3>();

constexpr auto no_undo = aps::migration<v1::schema, v2::schema>(
    "cents", aps::backfill<&v2::order::cents>("CAST(round(price * 100) AS INTEGER)"),
    aps::drop_column<"orders.price">(), aps::transform<&v2::order::state>("upper(state)"));
constexpr auto no_undo_chain = aps::migrations<no_undo>();

static_assert(aps::migrate::undo_gaps(to_v2.view(), aps::sql::sqlite::rules).empty());
static_assert(aps::migrate::undo_gaps(no_undo.view(), aps::sql::sqlite::rules).size() == 2);

constexpr std::string_view v1_text =
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT NOT NULL, state TEXT NOT NULL, price REAL NOT NULL);"
    "CREATE INDEX ix_state ON orders(state);"
    "INSERT INTO orders VALUES (1, 'Ada', 'open', 2.5), (2, 'Grace', 'paid', 10), (7, 'Ada', 'open', 0.1);";

std::string values(connection& database) {
    return lines(database, "SELECT quote(id), quote(customer), quote(price), quote(state) FROM orders ORDER BY id");
}

std::vector<migrate::blocker> blockers_of(connection& database, aps::model::items<migrate::migration_view> migrations,
                                          const aps::model::schema& to, const migrate::run_options& options) {
    const std::string before = everything_in(database);
    const std::size_t history = migrate::sqlite::read_history(database).size();
    try {
        migrate::sqlite::downgrade(database, migrations, to, options);
        FAIL("the way back was not refused");
    } catch (const migrate::refused& e) {
        CHECK(everything_in(database) == before);
        CHECK(migrate::sqlite::read_history(database).size() == history);
        return e.blockers();
    }
    return {};
}

} // namespace

TEST_CASE("there and back gives the same database, over names, types, values and indexes", "[migrate]") {
    auto database = memory_with(v1_text);
    const std::string rows = values(database);
    REQUIRE(migrate::sqlite::run(database, v3::schema, chain).applied);
    CHECK(lines(database, "SELECT buyer, cents, state FROM purchases WHERE id = 7") == "Ada|10|OPEN\n");
    const auto done = migrate::sqlite::downgrade(database, chain, v1::schema);
    CHECK(done.applied);
    CHECK(values(database) == rows);
    const auto wanted = aps::sql::sqlite::parse(v1_text.substr(0, v1_text.find("INSERT")));
    CHECK(aps::diff(wanted.view(), aps::inspect(database).view(), aps::sql::sqlite::rules).size() == 1); // the history
    const auto history = migrate::sqlite::read_history(database);
    REQUIRE(history.size() == 4);
    CHECK((history[2].name == "countries" && history[2].outcome == "undone" && history[2].version == "v2"));
    CHECK((history[3].name == "cents" && history[3].outcome == "undone" && history[3].version == "v1"));
    CHECK(history[3].rows > 0);
    CHECK_FALSE(migrate::sqlite::downgrade(database, chain, v1::schema).applied); // nothing left to undo
    CHECK(migrate::sqlite::check_history(history, chain).empty());
    REQUIRE(migrate::sqlite::run(database, v3::schema, chain).applied); // and up again, with the transform
    CHECK(lines(database, "SELECT buyer, cents, state FROM purchases WHERE id = 7") == "Ada|10|OPEN\n");
    CHECK(migrate::sqlite::read_history(database).size() == 6);
}

TEST_CASE("one version back at a time, and where a database without a history is", "[migrate]") {
    auto database = memory_with(v1_text);
    migrate::sqlite::run(database, v3::schema, chain);
    database.execute("DROP TABLE autopack_schema_history");
    CHECK(migrate::sqlite::downgrade(database, chain, v2::schema).applied);
    CHECK(database.query_int("SELECT count(*) FROM orders WHERE cents > 0") == 3);
    CHECK(migrate::sqlite::downgrade(database, chain, v1::schema).applied);
    CHECK(code_of([&] { migrate::sqlite::downgrade(database, chain, v2::schema); }) == "S405"); // it is older
    CHECK(code_of([&] { migrate::sqlite::downgrade(database, chain, v3::schema); }) == "S402"); // nothing begins there
}

TEST_CASE("steps without an undo are refused by name", "[migrate]") {
    auto database = memory_with(v1_text);
    migrate::sqlite::run(database, v2::schema, no_undo_chain);
    const auto found = blockers_of(database, no_undo_chain, v1::schema, {});
    REQUIRE(found.size() == 2);
    CHECK((found[0].code == "S400" && found[0].table == "orders" && found[0].column == "price"));
    CHECK(found[0].what == "drop column of migration \"cents\" has no undo");
    CHECK((found[1].code == "S400" && found[1].column == "state"));
    migrate::run_options options; // given for this run
    options.rules = {
        {.kind = migrate::rule_kind::backfill, .table = "orders", .name = "price", .sql = "cents / 100.0"},
        {.kind = migrate::rule_kind::transform, .table = "orders", .name = "state", .sql = "lower(state)"}};
    options.rules.push_back({.kind = migrate::rule_kind::drop_column, .table = "orders", .name = "cents"});
    CHECK(migrate::sqlite::downgrade(database, no_undo_chain, v1::schema, options).applied);
    CHECK(lines(database, "SELECT price, state FROM orders WHERE id = 1") == "2.5|open\n");
}

TEST_CASE("values and rows that migrating up again would not give back are lost only by name", "[migrate]") {
    auto database = memory_with(v1_text);
    migrate::sqlite::run(database, v3::schema, chain);
    database.execute(
        "UPDATE purchases SET country = 'UK' WHERE id > 1; INSERT INTO notes VALUES (3, 'call'), (4, 'write')");
    const auto country = blockers_of(database, chain, v2::schema, {});
    REQUIRE(country.size() == 1);
    CHECK((country[0].code == "S401" && country[0].table == "orders" && country[0].column == "country"));
    CHECK((country[0].rows == 2 && country[0].examples == "rowid 2, 7"));
    const auto both = blockers_of(database, chain, v1::schema, without_backup({"drop column orders.country"}));
    REQUIRE(both.size() == 1); // asked when that part is reached; the first part is rolled back as well
    CHECK((both[0].code == "S401" && both[0].table == "notes" && both[0].rows == 2));
    CHECK(migrate::sqlite::downgrade(database, chain, v1::schema,
                                     without_backup({"drop column orders.country", "drop table notes"}))
              .applied);
    CHECK(database.query_int("SELECT count(*) FROM sqlite_schema WHERE name = 'notes'") == 0);
}

TEST_CASE("a database that is not where its history says is not taken back", "[migrate]") {
    auto database = memory_with(v1_text);
    migrate::sqlite::run(database, v3::schema, chain);
    database.execute("DROP TABLE notes");
    CHECK(code_of([&] { migrate::sqlite::downgrade(database, chain, v1::schema); }) == "S405");
}

TEST_CASE("unknown columns stay on the way back, a dry run changes nothing, and there is a backup", "[migrate]") {
    const temp_dir directory;
    auto database = open_new(directory / "a.db");
    database.execute(v1_text);
    migrate::sqlite::run(database, v3::schema, chain, without_backup());
    database.execute("ALTER TABLE purchases ADD COLUMN mine TEXT; UPDATE purchases SET mine = 'x' || id");
    const std::string before = everything_in(database);
    migrate::run_options dry;
    dry.dry_run = true;
    const auto plan = migrate::sqlite::downgrade(database, chain, v1::schema, dry).plan;
    CHECK(plan.version == "v1");
    CHECK(plan.steps.size() >= 4);
    CHECK(everything_in(database) == before);
    const auto done = migrate::sqlite::downgrade(database, chain, v1::schema);
    CHECK(lines(database, "SELECT mine, price FROM orders ORDER BY id") == "x1|2.5\nx2|10.0\nx7|0.1\n");
    auto copy = connection::open_file(done.backup, {.mode = aps::sqlite::open_mode::read_only});
    CHECK(everything_in(copy) == before);
}

TEST_CASE("an error on the way back leaves everything as it was", "[migrate]") {
    auto database = memory_with(v1_text);
    migrate::sqlite::run(database, v3::schema, chain);
    const std::string before = everything_in(database);
    int points = 0;
    {
        auto copy = memory_with(v1_text);
        migrate::sqlite::run(copy, v3::schema, chain);
        migrate::run_options count;
        count.at = [&points](std::string_view) { ++points; };
        migrate::sqlite::downgrade(copy, chain, v1::schema, count);
    }
    REQUIRE(points > 10);
    for (int fail = 0; fail < points - 1; ++fail) { // the last point is behind the commit
        INFO("point " << fail);
        int at = 0;
        migrate::run_options options;
        options.at = [&](std::string_view) {
            if (at++ == fail) throw std::runtime_error("stop here");
        };
        CHECK_THROWS(migrate::sqlite::downgrade(database, chain, v1::schema, options));
        CHECK(everything_in(database) == before);
        CHECK_FALSE(database.in_transaction());
    }
    CHECK(migrate::sqlite::downgrade(database, chain, v1::schema).applied);
}

TEST_CASE("the bundled packs go back where no total is lost", "[migrate]") {
    namespace pack = aps::schemas::autopack;
    auto database = connection::memory();
    REQUIRE(migrate::sqlite::run(database, pack::current, pack::migrations).applied);
    database.execute(
        "INSERT INTO llm_usage_events(provider, model, role, total_tokens, prompt_tokens, completion_tokens, "
        "is_doctor_call, created_at) VALUES ('p', 'm', 'r', 30, 10, 20, 0, '2025-12-30')");
    CHECK(migrate::sqlite::downgrade(database, pack::migrations, pack::build_142::version).applied);
    CHECK(database.query_int("SELECT prompt_tokens + completion_tokens FROM llm_usage_events") == 30);
    CHECK(migrate::sqlite::run(database, pack::current, pack::migrations).applied);
    database.execute("UPDATE llm_usage_events SET total_tokens = 99");
    const auto found = blockers_of(database, pack::migrations, pack::build_142::version, {});
    REQUIRE(found.size() == 1);
    CHECK((found[0].code == "S401" && found[0].column == "total_tokens" && found[0].rows == 1));
}
