// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/name.hpp>
#include <autopack_schema/model/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace autopack_schema::model {

/// A position in some list, with the number that it is sorted by: a rank, or the hash of a name or a text.
struct ranked {
    std::uint64_t rank = 0;
    std::uint32_t at = 0;

    friend constexpr bool operator<(const ranked& a, const ranked& b) noexcept {
        return a.rank != b.rank ? a.rank < b.rank : a.at < b.at;
    }
};

/// Counts the elements of a sorted list whose rank is lower.
constexpr std::size_t count_below(items<ranked> list, std::uint64_t rank) {
    std::size_t first = 0;
    for (std::size_t end = list.size(); first < end;) {
        const std::size_t middle = first + (end - first) / 2;
        if (list[middle].rank < rank) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first;
}

/// Gives the elements of a sorted list that have a rank, by position.
constexpr items<ranked> find_ranked(items<ranked> list, std::uint64_t rank) {
    const items<ranked> rest = list.subspan(count_below(list, rank));
    return rest.first(rank + 1 == 0 ? rest.size() : count_below(rest, rank + 1));
}

/// Finds positions by name: add all, sort, then look up.
/// shape: what is found has the hash of the name; the caller compares the name itself
class name_index {
public:
    constexpr void add(const name& n, std::size_t at) { entries_.push_back({n.hash, static_cast<std::uint32_t>(at)}); }
    constexpr void sort() { std::sort(entries_.begin(), entries_.end()); }
    constexpr items<ranked> find(const name& n) const { return find_ranked(entries_, n.hash); }

private:
    vector<ranked> entries_;
};

} // namespace autopack_schema::model
