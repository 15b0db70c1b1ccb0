// SPDX-License-Identifier: MIT
// The library's own list: the same answers as std::vector, in constant expressions and at run time, and nothing lost on the way.
#include <autopack_schema/model/vector.hpp>

#include <autopack_schema_test/catch.hpp>

#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using autopack_schema::model::vector;

constexpr int sum_of(const vector<int>& list) {
    int sum = 0;
    for (const int value : list) sum += value;
    return sum;
}

constexpr bool works_in_constant_expressions() {
    vector<int> list;
    for (int i = 1; i <= 10; ++i) list.push_back(i);
    vector<int> copy = list;
    copy.erase(copy.begin());
    vector<int> moved = std::move(list);
    moved.resize(12);
    moved[11] = 100;
    list = copy;
    return sum_of(copy) == 54 && sum_of(moved) == 155 && list == copy && !(moved == copy) && vector<int>(3, 7).back() == 7;
}
static_assert(works_in_constant_expressions());
static_assert(vector<int>().empty() && vector<int>() == vector<int>());

/// Throws when the copies that it may make are used up.
struct counted {
    static inline int copies_left = 0;
    static inline int alive = 0;
    counted() { ++alive; }
    counted(const counted&) {
        if (copies_left-- == 0) throw std::runtime_error("no copy left");
        ++alive;
    }
    counted(counted&&) noexcept { ++alive; }
    counted& operator=(const counted&) = default;
    counted& operator=(counted&&) noexcept = default;
    ~counted() { --alive; }
};

} // namespace

TEST_CASE("a random history of calls leaves what it leaves in std::vector", "[model]") {
    std::mt19937 random(20261120);
    for (int run = 0; run < 200; ++run) {
        vector<std::string> ours;
        std::vector<std::string> reference;
        for (int call = 0; call < 60; ++call) {
            const std::string value(random() % 40, static_cast<char>('a' + random() % 26));
            const std::size_t at = reference.empty() ? 0 : random() % reference.size();
            switch (random() % 9) {
            case 0: if (!reference.empty()) { ours.pop_back(); reference.pop_back(); } break;
            case 1: if (!reference.empty()) { ours.erase(ours.begin() + at); reference.erase(reference.begin() + static_cast<std::ptrdiff_t>(at)); } break;
            case 2: ours.resize(at); reference.resize(at); break;
            case 3: if (!reference.empty()) { ours.push_back(ours[at]); reference.push_back(std::string(reference[at])); } break;
            case 4: { vector<std::string> copy(ours); ours = copy; } break;
            case 5: ours.reserve(at * 2); break;
            case 6: {
                const auto gone = [&](const std::string& one) { return one.size() % 5 == at % 5; };
                ours.erase_if(gone);
                std::erase_if(reference, gone);
                break;
            }
            default: ours.push_back(value); reference.push_back(value);
            }
            REQUIRE(std::vector<std::string>(ours.begin(), ours.end()) == reference);
        }
        ours.clear();
        REQUIRE(ours.empty());
    }
}

TEST_CASE("what is moved out of is empty and can be used again", "[model]") {
    vector<std::unique_ptr<int>> list;
    list.push_back(std::make_unique<int>(5));
    vector<std::unique_ptr<int>> moved = std::move(list);
    CHECK(list.empty()); // NOLINT: on purpose
    CHECK(*moved.front() == 5);
    list.push_back(std::make_unique<int>(6));
    CHECK(*list.back() == 6);
}

TEST_CASE("a copy that throws leaves nothing behind", "[model]") {
    {
        vector<counted> list;
        for (int i = 0; i < 6; ++i) list.push_back(counted());
        counted::copies_left = 3;
        CHECK_THROWS_AS(vector<counted>(list), std::runtime_error);
        CHECK(counted::alive == 6);
        counted::copies_left = 0;
        CHECK_THROWS_AS(list.push_back(list[0]), std::runtime_error);
        CHECK(list.size() == 6);
    }
    CHECK(counted::alive == 0);
}
