// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/diagram/metrics.hpp>
#include <autopack_schema/cli/diagram/picture.hpp>
#include <autopack_schema/cli/diagram/ranks.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace autopack_schema::cli::diagram {

/// Where a box stands.
struct place {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

/// A line between two boxes, through the gaps in the columns between them.
struct route {
    std::size_t relation = 0;
    std::size_t left = 0; ///< box
    std::size_t right = 0;
    std::vector<place> gaps{};
};

/// Where everything stands.
struct layout {
    std::vector<place> boxes{};
    std::vector<route> routes{};
    double width = 0;
    double height = 0;
};

namespace detail {

inline constexpr double margin = 24;
inline constexpr double column_gap = 110;
inline constexpr double box_gap = 26;
inline constexpr double gap_height = 12;
inline constexpr std::size_t no_box = std::numeric_limits<std::size_t>::max();

/// A box or a gap that a line passes through.
struct node {
    std::size_t box = no_box;
    std::size_t column = 0;
    double height = 0;
    double order = 0;
    double y = 0;
    std::vector<std::size_t> before{};
    std::vector<std::size_t> after{};
};

/// Layers: a column per rank, tall ones split; lines get a gap in each column that they pass; neighbours are moved
/// beside each other by the mean of their positions.
/// source: Sugiyama, Tagawa, Toda 1981, with four barycentre sweeps
class layering {
public:
    explicit layering(const picture& p) : picture_(p), lines_(acyclic_lines(p).take()) {
        related_.assign(p.boxes.size(), false);
        for (const relation& r : p.relations) related_[r.parent] = related_[r.child] = true;
        make_columns();
        make_nodes();
        for (int sweep = 0; sweep < 4; ++sweep) sort_columns(sweep % 2 == 0);
        stack();
    }

    layout take() {
        layout out;
        out.boxes.resize(picture_.boxes.size());
        std::vector<double> widths(columns_.size(), 0);
        for (const node& n : nodes_) {
            if (n.box != no_box) widths[n.column] = std::max(widths[n.column], width_of_box(picture_.boxes[n.box]));
        }
        std::vector<double> lefts(columns_.size(), margin);
        for (std::size_t c = 1; c < lefts.size(); ++c) lefts[c] = lefts[c - 1] + widths[c - 1] + column_gap;
        const auto place_of = [&](const node& n) {
            const double width = n.box == no_box ? widths[n.column] : width_of_box(picture_.boxes[n.box]);
            return place{lefts[n.column], n.y, width, n.height};
        };
        for (const node& n : nodes_) {
            if (n.box != no_box) out.boxes[n.box] = place_of(n);
        }
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            route r{lines_[i].relation, lines_[i].left, lines_[i].right, {}};
            for (const std::size_t gap : gaps_[i]) r.gaps.push_back(place_of(nodes_[gap]));
            out.routes.push_back(std::move(r));
        }
        return out;
    }

    const std::vector<bool>& related() const { return related_; }

private:
    /// Splits the ranks into columns that are not much taller than the whole is wide.
    void make_columns() {
        const std::vector<std::size_t> rank = ranks_of(picture_.boxes.size(), lines_);
        double area = 0;
        for (const box& b : picture_.boxes) area += (width_of_box(b) + column_gap) * (height_of_box(b) + box_gap);
        const double limit = std::max(700.0, std::sqrt(area) * 0.8);
        column_of_.assign(picture_.boxes.size(), 0);
        const std::size_t ranks = rank.empty() ? 0 : *std::max_element(rank.begin(), rank.end()) + 1;
        std::size_t column = 0;
        for (std::size_t r = 0; r < ranks; ++r) {
            double height = 0;
            bool used = false;
            for (std::size_t i = 0; i < rank.size(); ++i) {
                if (rank[i] != r || !related_[i]) continue;
                const double box_height = height_of_box(picture_.boxes[i]) + box_gap;
                if (used && height + box_height > limit) {
                    ++column;
                    height = 0;
                }
                used = true;
                height += box_height;
                column_of_[i] = column;
            }
            if (used) ++column;
        }
        columns_.resize(column);
    }

    void make_nodes() {
        std::vector<std::size_t> node_of(picture_.boxes.size(), no_box);
        for (std::size_t i = 0; i < picture_.boxes.size(); ++i) {
            if (!related_[i]) continue;
            node_of[i] = add_node(column_of_[i], height_of_box(picture_.boxes[i]), i);
        }
        gaps_.resize(lines_.size());
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            std::size_t previous = node_of[lines_[i].left];
            const std::size_t last = node_of[lines_[i].right];
            for (std::size_t c = nodes_[previous].column + 1; c < nodes_[last].column; ++c) {
                const std::size_t gap = add_node(c, gap_height, no_box);
                gaps_[i].push_back(gap);
                connect(previous, gap);
                previous = gap;
            }
            connect(previous, last);
        }
    }

    std::size_t add_node(std::size_t column, double height, std::size_t box_number) {
        node n;
        n.box = box_number;
        n.column = column;
        n.height = height;
        n.order = static_cast<double>(columns_[column].size());
        nodes_.push_back(std::move(n));
        columns_[column].push_back(nodes_.size() - 1);
        return nodes_.size() - 1;
    }

    void connect(std::size_t a, std::size_t b) {
        nodes_[a].after.push_back(b);
        nodes_[b].before.push_back(a);
    }

    void sort_columns(bool forward) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            std::vector<std::size_t>& column = columns_[forward ? i : columns_.size() - 1 - i];
            for (const std::size_t n : column) {
                const std::vector<std::size_t>& beside = forward ? nodes_[n].before : nodes_[n].after;
                if (beside.empty()) continue;
                double sum = 0;
                for (const std::size_t other : beside) sum += nodes_[other].order;
                nodes_[n].order = sum / static_cast<double>(beside.size());
            }
            std::stable_sort(column.begin(), column.end(),
                             [this](std::size_t a, std::size_t b) { return nodes_[a].order < nodes_[b].order; });
            for (std::size_t k = 0; k < column.size(); ++k) nodes_[column[k]].order = static_cast<double>(k);
        }
    }

    void stack() {
        std::vector<double> heights;
        for (const std::vector<std::size_t>& column : columns_) {
            double y = 0;
            for (const std::size_t n : column) {
                nodes_[n].y = y;
                y += nodes_[n].height + (nodes_[n].box == no_box ? gap_height : box_gap);
            }
            heights.push_back(y);
        }
        const double tallest = heights.empty() ? 0 : *std::max_element(heights.begin(), heights.end());
        for (node& n : nodes_) n.y += (tallest - heights[n.column]) / 2;
    }

    const picture& picture_;
    std::vector<directed> lines_;
    std::vector<bool> related_;
    std::vector<std::size_t> column_of_;
    std::vector<node> nodes_;
    std::vector<std::vector<std::size_t>> columns_;
    std::vector<std::vector<std::size_t>> gaps_;
};

/// Puts the boxes without any line below the others, row by row.
inline void place_unrelated(const picture& p, const std::vector<bool>& related, layout& out) {
    double right = 1100;
    double bottom = 0;
    for (std::size_t i = 0; i < p.boxes.size(); ++i) {
        if (!related[i]) continue;
        right = std::max(right, out.boxes[i].x + out.boxes[i].width);
        bottom = std::max(bottom, out.boxes[i].y + out.boxes[i].height);
    }
    double x = margin;
    double y = bottom == 0 ? 0 : bottom + 2 * box_gap;
    double row_height = 0;
    for (std::size_t i = 0; i < p.boxes.size(); ++i) {
        if (related[i]) continue;
        const double width = width_of_box(p.boxes[i]);
        const double height = height_of_box(p.boxes[i]);
        if (x > margin && x + width > right) {
            x = margin;
            y += row_height + box_gap;
            row_height = 0;
        }
        out.boxes[i] = {x, y, width, height};
        x += width + 2 * box_gap;
        row_height = std::max(row_height, height);
    }
}

} // namespace detail

/// Finds a place for each box: parents on the left of what refers to them.
inline layout lay_out(const picture& p) {
    detail::layering layers(p);
    layout out = layers.take();
    detail::place_unrelated(p, layers.related(), out);
    for (const place& b : out.boxes) {
        out.width = std::max(out.width, b.x + b.width + detail::margin);
        out.height = std::max(out.height, b.y + b.height + detail::margin);
    }
    return out;
}

} // namespace autopack_schema::cli::diagram
