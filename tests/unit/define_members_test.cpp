// SPDX-License-Identifier: MIT
#include <autopack_schema/define.hpp>
#include <autopack_schema_test/catch.hpp>

#include <string>
#include <type_traits>

namespace aps = autopack_schema;

namespace {

struct row {
    std::int64_t id = 0;
    std::string name;
    bool done = false;
};

inline constexpr auto written = aps::table<row>("written", aps::column<&row::done>(), aps::index("ix", "id"),
                                                aps::column<&row::id>(), aps::column<&row::name>("title"));
inline constexpr auto reflected = aps::table<row>("reflected", aps::column<&row::done>(), aps::remaining_members);

template <class Definition>
std::string visited(const Definition&, row& r) {
    std::string text;
    const auto add = [&text](auto& member) {
        using type = std::remove_cvref_t<decltype(member)>;
        if constexpr (std::is_same_v<type, bool>) text += member ? "done;" : "open;";
        else if constexpr (std::is_same_v<type, std::int64_t>) text += std::to_string(member) + ";";
        else if constexpr (std::is_same_v<type, std::string>) text += member + ";";
        else text += "-;";
    };
    aps::detail::visit_members(typename Definition::bindings{}, r, [&add](auto&&... members) { (add(members), ...); });
    return text;
}

} // namespace

TEST_CASE("members are visited in the order of the columns") {
    row r{7, "seven", true};
    CHECK(visited(written, r) == "done;-;7;seven;");
    CHECK(visited(reflected, r) == "done;7;seven;");
}

TEST_CASE("a visited member is the row's own") {
    row r;
    aps::detail::visit_members(decltype(reflected)::bindings{}, r, [](bool& done, std::int64_t& id, std::string& name) {
        done = true;
        id = 3;
        name = "three";
    });
    CHECK((r.done && r.id == 3 && r.name == "three"));
}

TEST_CASE("a definition says the same at run time") {
    static constexpr auto schema = aps::schema<written, reflected>("s", "1");
    const aps::model::schema m = schema;
    REQUIRE(m.tables.size() == 2);
    CHECK(m.columns_of(m.tables[0])[2].name.text == "title");
    CHECK(aps::model::find_column(m, m.tables[1], "NAME") != nullptr);
    CHECK(aps::model::find_column(m, m.tables[1], "title") == nullptr);
}
