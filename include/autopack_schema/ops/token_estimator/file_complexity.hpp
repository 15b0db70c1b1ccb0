// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>

namespace autopack_schema::ops {

/// What a source file looks like: lines that are neither empty nor begin with `#`.
struct file_shape {
    std::size_t lines = 0;
    std::size_t imports = 0; ///< lines with the word `import `
    std::size_t indent = 0;  ///< of the line that is indented most
};

/// Measures a source text.
inline file_shape shape_of_source(std::string_view text) {
    file_shape shape;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::string_view content = detail::trimmed(line);
        if (content.empty() || content.front() == '#') continue;
        ++shape.lines;
        shape.imports += detail::contains(line, "import ") ? 1U : 0U;
        shape.indent = std::max(shape.indent, static_cast<std::size_t>(content.data() - line.data()));
    }
    return shape;
}

/// How much more a change to a large or deep file costs than to an ordinary one.
/// shape: 0.5 to 2
constexpr double complexity_factor(const file_shape& shape) {
    const double length = shape.lines < 50 ? 0.7 : shape.lines < 200 ? 1.0 : shape.lines < 500 ? 1.3 : 1.5;
    const double imports = shape.imports < 5 ? 0.9 : shape.imports < 15 ? 1.0 : 1.2;
    const double depth = shape.indent < 8 ? 0.9 : shape.indent < 16 ? 1.0 : 1.2;
    return std::clamp(length * imports * depth, 0.5, 2.0);
}

/// The same for a file; 1 where it cannot be read.
inline double complexity_factor(const std::filesystem::path& file) {
    std::error_code ignored;
    std::ifstream in(file, std::ios::binary);
    if (!in || !std::filesystem::is_regular_file(file, ignored)) return 1.0;
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    return in.bad() ? 1.0 : complexity_factor(shape_of_source(text));
}

} // namespace autopack_schema::ops
