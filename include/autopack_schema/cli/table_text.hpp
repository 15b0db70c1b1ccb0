// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/diagram/markup.hpp>
#include <autopack_schema/detail/printable.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace autopack_schema::cli {

/// Writes rows of texts in columns that stand below each other; the first row is the heading.
inline std::string aligned(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    std::vector<std::vector<std::string>> cells = rows;
    for (auto& row : cells) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = autopack_schema::detail::printable(row[i]);
            widths[i] = std::max(widths[i], diagram::detail::width_of(row[i]));
        }
    }
    std::string out;
    for (const auto& row : cells) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += row[i];
            if (i + 1 < row.size()) out.append(widths[i] - diagram::detail::width_of(row[i]) + 2, ' ');
        }
        out += '\n';
    }
    return out;
}

} // namespace autopack_schema::cli
