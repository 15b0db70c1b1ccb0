// SPDX-License-Identifier: MIT
// Rows as JSON and back, and typed columns of JSON from the definition to the file.
#include <autopack_schema/define.hpp>
#include <autopack_schema/query.hpp>
#include <autopack_schema/query/json.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace shop {

namespace aps = autopack_schema;

enum class state : std::uint8_t { open, paid };

struct money {
    std::int64_t cents = 0;
    bool operator==(const money&) const = default;
};

} // namespace shop

template <>
struct autopack_schema::column_traits<shop::money> {
    static constexpr model::data_type type{model::type_kind::integer, 8, {}};
    using stored = std::int64_t;
    static stored to_stored(const shop::money& m) { return m.cents; }
    static shop::money from_stored(stored cents) { return {cents}; }
};

namespace shop {

struct order {
    std::int64_t id = 0;
    std::int64_t big = 0;
    std::int16_t small = 0;
    std::uint32_t wide = 0;
    double real = 0;
    float single = 0;
    bool ok = false;
    std::string text{};
    std::vector<std::byte> bytes{};
    state how = state::open;
    aps::timestamp at{};
    money price{};
    nlohmann::json items{};
    std::optional<std::int64_t> maybe{};
    std::optional<std::string> maybe_text{};
    std::optional<std::vector<std::byte>> maybe_bytes{};
    std::optional<state> maybe_how{};
    std::optional<aps::timestamp> maybe_at{};
    std::optional<nlohmann::json> maybe_items{};
    bool operator==(const order&) const = default;
};
struct line {
    std::string key;
    std::int64_t value = 0;
    std::int64_t twice = 0;
    bool operator==(const line&) const = default;
};
struct stranger {
    int id = 0;
};
constexpr auto orders = aps::table<order>("orders", aps::column<&order::id>(aps::primary_key), aps::remaining_members);
constexpr auto lines = aps::table<line>("lines", aps::column<&line::key>("the \"key\"", aps::primary_key), aps::column<&line::value>("value"),
                                        aps::column<&line::twice>(aps::generated_always_as("value * 2")));
constexpr auto schema = aps::schema<orders, lines>("shop");

// All that nlohmann needs to find the rows of this namespace.
constexpr const auto& row_schema(const auto*) { return schema; }

} // namespace shop

namespace {

namespace aps = autopack_schema;
using aps::col;
using autopack_schema_test::caught;
using nlohmann::json;
using shop::line;
using shop::order;

std::vector<std::byte> bytes(std::string_view text) {
    std::vector<std::byte> made;
    for (const char c : text) made.push_back(static_cast<std::byte>(c));
    return made;
}
order full() {
    using limits = std::numeric_limits<std::int64_t>;
    return {.id = 7,
            .big = limits::min(),
            .small = -32768,
            .wide = 4294967295U,
            .real = 0.1,
            .single = 0.1F,
            .ok = true,
            .text = std::string("nul\0 \xc3\xbc \"quoted\"", 16),
            .bytes = bytes(std::string_view("\0\x01\xfe\xff", 4)),
            .how = shop::state::paid,
            .at = *aps::timestamp::parse("2025-01-02 03:04:05.000006"),
            .price = {1250},
            .items = {{"a", {1, 2.5, "x", nullptr}}, {"n", std::uint64_t{18446744073709551615U}}},
            .maybe = limits::max(),
            .maybe_text = "",
            .maybe_bytes = std::vector<std::byte>(),
            .maybe_how = shop::state::open,
            .maybe_at = *aps::timestamp::parse("1969-12-31 23:59:59"),
            .maybe_items = json::array()};
}

static_assert(!aps::query::is_json_row<shop::stranger> && !aps::query::is_json_row<std::vector<order>>);
static_assert(aps::query::is_json_row<order> && aps::query::is_json_row<line>);

struct fixture {
    aps::database<shop::schema> db = aps::database<shop::schema>::memory();
    fixture() { db.connection().execute(aps::sql::sqlite::ddl(shop::schema)); }
};

} // namespace

TEST_CASE("a row is an object with a key for each column, by the names of the columns") {
    CHECK(aps::to_json<shop::schema>(line{"k", 2, 4}).dump() == R"({"the \"key\"":"k","twice":4,"value":2})");
    CHECK(nlohmann::ordered_json(line{"k", 2, 4}).dump() == R"({"the \"key\"":"k","value":2,"twice":4})");
    const json made = aps::to_json<shop::schema>(full());
    CHECK(made["big"] == std::numeric_limits<std::int64_t>::min());
    CHECK(made["bytes"] == "0001FEFF");
    CHECK(made["how"] == "paid");
    CHECK(made["at"] == "2025-01-02T03:04:05.000006");
    CHECK(made["maybe_at"] == "1969-12-31T23:59:59");
    CHECK(made["price"] == 1250);
    CHECK(made["items"]["a"][1] == 2.5);
    CHECK(made["maybe_text"] == "");
    CHECK(aps::to_json<shop::schema>(order{})["maybe"].is_null());
    CHECK(aps::to_json<shop::schema>(std::vector<line>{{"a", 1, 2}, {"b", 2, 4}}).size() == 2);
}

TEST_CASE("a row comes back from JSON text as it went") {
    for (const order& in : {full(), order{}}) {
        const std::string text = aps::to_json<shop::schema>(in).dump();
        const order out = aps::from_json<shop::schema, order>(json::parse(text));
        CHECK(out == in);
        CHECK(std::bit_cast<std::uint64_t>(out.real) == std::bit_cast<std::uint64_t>(in.real));
        CHECK(std::bit_cast<std::uint32_t>(out.single) == std::bit_cast<std::uint32_t>(in.single));
        CHECK(json::parse(json(in).dump()).get<order>() == in);
        CHECK(json::parse(json(std::vector<order>{in, in}).dump()).get<std::vector<order>>() == std::vector<order>{in, in});
    }
    order from_null = full();
    from_null.maybe_items = json(); // JSON's null is what NULL is
    CHECK(json(from_null).get<order>().maybe_items == std::nullopt);
}

TEST_CASE("JSON that is not exactly a row is refused by table and column") {
    struct bad {
        const char* key;
        json value;
        const char* text;
    };
    const std::array<bad, 19> cases{{{"big", 1.0, "1.0"},
                                     {"big", "1", "\"1\""},
                                     {"big", std::uint64_t{9223372036854775808U}, "9223372036854775808"},
                                     {"big", nullptr, "null"},
                                     {"small", 32768, "32768"},
                                     {"small", -32769, "-32769"},
                                     {"wide", -1, "-1"},
                                     {"wide", 4294967296, "4294967296"},
                                     {"real", "0.1", "\"0.1\""},
                                     {"ok", 1, "1"},
                                     {"text", nullptr, "null"},
                                     {"bytes", "0", "\"0\""},
                                     {"bytes", "0G", "\"0G\""},
                                     {"how", "PAID", "\"PAID\""},
                                     {"at", "yesterday", "\"yesterday\""},
                                     {"at", 5, "5"},
                                     {"price", 12.5, "12.5"},
                                     {"maybe", true, "true"},
                                     {"maybe_how", "gone", "\"gone\""}}};
    for (const bad& one : cases) {
        json made = aps::to_json<shop::schema>(full());
        made[one.key] = one.value;
        INFO(one.key << " " << one.text);
        const auto error = caught([&] { (void)aps::from_json<shop::schema, order>(made); });
        CHECK(error.code() == "S246");
        CHECK(error.info.table == "orders");
        CHECK(error.info.column == one.key);
        CHECK(error.says(std::string("the JSON has ") + one.text));
    }
    json made = aps::to_json<shop::schema>(full());
    made.erase("maybe");
    const auto missing = caught([&] { (void)made.get<order>(); });
    CHECK(missing.code() == "S246");
    CHECK(missing.says("table \"orders\": column \"maybe\": the JSON has no such key"));
    made["maybe"] = nullptr;
    made["Big"] = 1;
    const auto unknown = caught([&] { (void)made.get<order>(); });
    CHECK(unknown.code() == "S246");
    CHECK(unknown.says("table \"orders\": column \"Big\": the JSON has a key that is no column"));
    CHECK(caught([&] { (void)json::array().get<order>(); }).says("is no object: []"));
    order endless = full();
    endless.real = std::numeric_limits<double>::infinity();
    CHECK(caught([&] { (void)json(endless); }).info.column == "real");
    order nameless = full();
    nameless.how = static_cast<shop::state>(77);
    CHECK(caught([&] { (void)json(nameless); }).info.column == "how");
}

TEST_CASE_METHOD(fixture, "columns of JSON are typed from the definition to the file") {
    db.insert(full());
    CHECK(db.get<order>(7) == full());
    CHECK(db.insert(std::vector<order>{{.id = 8}, {.id = 9, .items = {1, "x"}}}) == 2);
    CHECK(db.query<std::string>("SELECT typeof(items) || ' ' || items FROM orders WHERE id = 8").one() == "text null");
    CHECK(db.get<order>(8)->items.is_null());
    CHECK(db.get<order>(8)->maybe_items == std::nullopt);
    CHECK(db.select(aps::function<"json_extract", std::string>(col<&order::items>, "$[1]")).where(col<&order::id> == 9).one() == "x");
    CHECK(db.update<order>().set(col<&order::items> = json{{"b", true}}, col<&order::maybe_items> = std::optional<json>()).where(col<&order::id> == 7).execute() == 1);
    CHECK(db.get<order>(7)->items["b"] == true);
    CHECK(db.select(col<&order::maybe_items>).where(col<&order::id> == 7).one() == std::nullopt);
    CHECK(db.select<order>().where(col<&order::price> == shop::money{1250}).one().id == 7);
    db.connection().execute("UPDATE orders SET items = '{\"open\": '");
    const auto error = caught([&] { (void)db.get<order>(8); });
    CHECK(error.code() == "S242");
    CHECK(error.info.column == "items");
    CHECK(error.says("rowid 8"));
}

TEST_CASE_METHOD(fixture, "rows of a database go through JSON into another one unchanged") {
    std::vector<order> rows;
    for (int i = 1; i <= 50; ++i) {
        rows.push_back(i % 2 == 0 ? full() : order{});
        rows.back().id = i;
    }
    db.insert(rows);
    const std::string text = json(db.select<order>().all()).dump();
    fixture other;
    other.db.insert(json::parse(text).get<std::vector<order>>());
    CHECK(other.db.select<order>().all() == rows);
}
