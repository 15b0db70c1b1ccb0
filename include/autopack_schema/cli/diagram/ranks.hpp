// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/diagram/picture.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace autopack_schema::cli::diagram::detail {

/// A line from the box on the left to the box on the right, whichever of them refers to the other.
struct directed {
    std::size_t left = 0;
    std::size_t right = 0;
    std::size_t relation = 0;
};

/// Turns relations so that no path comes back to where it began: parents on the left, unless they are in a circle.
/// shape: relations of a box with itself are left out
class acyclic_lines {
public:
    explicit acyclic_lines(const picture& p) : below_(p.boxes.size()), state_(p.boxes.size(), state::unseen) {
        for (std::size_t i = 0; i < p.relations.size(); ++i) {
            const relation& r = p.relations[i];
            if (r.parent != r.child) below_[r.parent].push_back({r.child, i});
        }
        for (std::size_t i = 0; i < p.boxes.size(); ++i) visit(i);
    }

    std::vector<directed> take() { return std::move(lines_); }

private:
    enum class state : std::uint8_t { unseen, open, done };
    struct edge {
        std::size_t child;
        std::size_t relation;
    };
    struct step {
        std::size_t box;
        std::size_t next;
    };

    void visit(std::size_t start) {
        if (state_[start] != state::unseen) return;
        std::vector<step> path{{start, 0}};
        state_[start] = state::open;
        while (!path.empty()) {
            step& at = path.back();
            if (at.next == below_[at.box].size()) {
                state_[at.box] = state::done;
                path.pop_back();
                continue;
            }
            const std::size_t parent = at.box;
            const edge e = below_[parent][at.next++];
            const bool circle = state_[e.child] == state::open;
            lines_.push_back(circle ? directed{e.child, parent, e.relation} : directed{parent, e.child, e.relation});
            if (state_[e.child] != state::unseen) continue;
            state_[e.child] = state::open;
            path.push_back({e.child, 0});
        }
    }

    std::vector<std::vector<edge>> below_;
    std::vector<state> state_;
    std::vector<directed> lines_;
};

/// The longest way to each box from a box without a left neighbour.
inline std::vector<std::size_t> ranks_of(std::size_t boxes, const std::vector<directed>& lines) {
    std::vector<std::size_t> rank(boxes, 0);
    for (bool changed = true; changed;) {
        changed = false;
        for (const directed& d : lines) {
            if (rank[d.right] > rank[d.left]) continue;
            rank[d.right] = rank[d.left] + 1;
            changed = true;
        }
    }
    return rank;
}

} // namespace autopack_schema::cli::diagram::detail
