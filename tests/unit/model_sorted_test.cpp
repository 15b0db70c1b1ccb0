// SPDX-License-Identifier: MIT
// Finding positions in what is sorted: the same answers as looking at each, in constant expressions too.
#include <autopack_schema/model/sorted.hpp>

#include <autopack_schema_test/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace {

using autopack_schema::model::items;
using autopack_schema::model::name_index;
using autopack_schema::model::ranked;

constexpr bool works_in_constant_expressions() {
    name_index index;
    index.add("users", 0);
    index.add("phases", 1);
    index.add("Users", 2);
    index.sort();
    const items<ranked> found = index.find("USERS");
    return found.size() == 2 && found[0].at == 0 && found[1].at == 2 && index.find("runs").empty();
}
static_assert(works_in_constant_expressions());
static_assert(name_index().find("users").empty());

} // namespace

TEST_CASE("a rank is found with all of its positions in their order", "[model]") {
    constexpr auto last = std::numeric_limits<std::uint64_t>::max();
    std::mt19937 random(7);
    for (std::uint32_t size = 0; size < 60; ++size) {
        std::vector<ranked> list;
        for (std::uint32_t at = 0; at < size; ++at) list.push_back({random() % 5 == 0 ? last : random() % 9, at});
        const std::vector<ranked> before = list;
        std::sort(list.begin(), list.end());
        for (const std::uint64_t wanted : {std::uint64_t{0}, std::uint64_t{4}, std::uint64_t{8}, std::uint64_t{9}, last - 1, last}) {
            std::vector<std::uint32_t> expected, found;
            for (const ranked& r : before) {
                if (r.rank == wanted) expected.push_back(r.at);
            }
            for (const ranked& r : autopack_schema::model::find_ranked(list, wanted)) found.push_back(r.at);
            REQUIRE(found == expected);
        }
    }
}
