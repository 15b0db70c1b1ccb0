// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema_test/temp.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

namespace autopack_schema_test {

/// ../shared/vectors/<name>.json: inputs and outputs of the original programs. Begin the test with APS_NEEDS_SHARED().
inline nlohmann::ordered_json vectors(const std::string& name) {
    const auto shared = shared_dir();
    if (!shared) throw std::runtime_error("the shared folder is not there (begin the test with APS_NEEDS_SHARED())");
    return nlohmann::ordered_json::parse(read_file(*shared / "vectors" / (name + ".json")));
}

/// The lines of a text without those that begin with one of the words: times and paths.
inline std::string without_lines(std::string_view text, std::initializer_list<std::string_view> beginnings) {
    std::string kept;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end);
        if (std::none_of(beginnings.begin(), beginnings.end(), [line](auto b) { return line.starts_with(b); })) kept += line;
    }
    return kept;
}

} // namespace autopack_schema_test
