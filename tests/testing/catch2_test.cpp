// SPDX-License-Identifier: MIT
#include <autopack_schema/define/column.hpp>
#include <autopack_schema/define/schema.hpp>
#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/words.hpp>
#include <autopack_schema/testing/catch2.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/temp.hpp>

#include <cstdint>
#include <string>

namespace aps = autopack_schema;

namespace {

struct order {
    std::int64_t id = 0;
    std::string customer;
    std::int64_t total = 0;
};
inline constexpr auto orders =
    aps::table<order>("orders", aps::column<&order::id>(aps::primary_key), aps::column<&order::customer>(),
                      aps::column<&order::total>(aps::default_value(0)));
inline constexpr auto shop = aps::schema<orders>("shop");

using shop_fixture = aps::testing::schema_fixture<shop>;

std::string message_of(const aps::drift::report& r) { return Catch::Detail::stringify(r); }

} // namespace

TEST_CASE_METHOD(shop_fixture, "the fixture has the tables of the schema") {
    REQUIRE_THAT(drift(), aps::testing::has_no_drift(aps::drift::severity::cosmetic));
    database.execute("INSERT INTO orders (customer) VALUES ('Ada')");
    CHECK(database.query_int("SELECT total FROM orders") == 0);
}

TEST_CASE_METHOD(shop_fixture, "each test case has a database of its own") {
    CHECK(database.query_int("SELECT count(*) FROM orders") == 0);
}

TEST_CASE_METHOD(shop_fixture, "a dropped column is found, by kind and object") {
    database.execute("ALTER TABLE orders DROP COLUMN total");
    const aps::drift::report found = drift();
    CHECK_THAT(found, aps::testing::has_finding("column.missing", "orders.total"));
    CHECK_THAT(found, !aps::testing::has_no_drift());
    CHECK_THAT(found, !aps::testing::has_finding("column.missing", "orders.customer"));
    CHECK_THAT(found, !aps::testing::has_finding("column.extra", "orders.total"));
}

TEST_CASE_METHOD(shop_fixture, "a failed assertion shows the report") {
    database.execute("ALTER TABLE orders DROP COLUMN total");
    const aps::drift::report found = drift();
    const std::string text = message_of(found);
    CHECK(text.find(aps::drift::to_text(found)) != std::string::npos);
    CHECK(text.find("column.missing S310") != std::string::npos);
    CHECK(aps::testing::has_no_drift().describe() == "has no drift at semantic or worse, and all was compared");
}

TEST_CASE_METHOD(shop_fixture, "the level decides") {
    database.execute("CREATE TABLE notes (text TEXT)");
    CHECK_THAT(drift(), aps::testing::has_no_drift());
    CHECK_THAT(drift(), !aps::testing::has_no_drift(aps::drift::severity::extra));
}

TEST_CASE("what could not be compared is no success") {
    aps::drift::report found;
    found.not_compared.push_back({.kind = "table", .object = "t", .reason = "unreadable"});
    CHECK_THAT(found, !aps::testing::has_no_drift());
}

TEST_CASE("a database by its URL and a file of statements") {
    const autopack_schema_test::temp_dir folder;
    const auto file = folder / "shop.db";
    aps::sqlite::connection::open_file(file.string(), {.mode = aps::sqlite::open_mode::create})
        .execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT NOT NULL)");
    CHECK_THAT(shop_fixture::drift_of(autopack_schema_test::sqlite_url(file)),
               aps::testing::has_finding("column.missing", "orders.total"));
    const auto text = autopack_schema_test::write_file(
        folder / "shop.sql",
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT NOT NULL, total INTEGER NOT NULL DEFAULT 0);");
    const aps::drift::report found = shop_fixture::drift_of(text.string());
    CHECK_THAT(found, aps::testing::has_no_drift());
    CHECK(found.database == text.string());
    CHECK_THROWS_AS(shop_fixture::drift_of("sqlite:///" + (folder / "gone.db").string()), aps::error);
    CHECK_THROWS_AS(shop_fixture::drift_of((folder / "gone.sql").string()), aps::error);
}
