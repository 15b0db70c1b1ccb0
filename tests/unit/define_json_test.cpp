// SPDX-License-Identifier: MIT
#include <autopack_schema/define.hpp>
#include <autopack_schema/define/json.hpp>
#include <autopack_schema_test/catch.hpp>

#include <optional>

namespace aps = autopack_schema;

namespace {

struct row {
    int id = 0;
    nlohmann::json actions;
    std::optional<nlohmann::json> scope;
};
inline constexpr auto rows = aps::table<row>("rows", aps::column<&row::id>(aps::primary_key),
                                             aps::column<&row::actions>(aps::type("JSON"), aps::default_value("{}")),
                                             aps::column<&row::scope>());
inline constexpr auto schema = aps::schema<rows>("s");

static_assert(schema.model().columns[1].type.kind == aps::model::type_kind::json);
static_assert(!schema.model().columns[1].nullable && schema.model().columns[2].nullable);
static_assert(schema.model().columns[1].default_to.text == "{}");

} // namespace

TEST_CASE("JSON is stored as ASCII text") {
    using traits = aps::column_traits<nlohmann::json>;
    const nlohmann::json value = {{"a", "\u00e9"}, {"b", {1, 2}}};
    CHECK(traits::to_stored(value) == R"({"a":"\u00e9","b":[1,2]})");
    CHECK(traits::from_stored(traits::to_stored(value)) == value);
    CHECK_THROWS_AS(traits::from_stored("{"), nlohmann::json::parse_error);
}
