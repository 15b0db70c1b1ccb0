// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema_test/temp.hpp>

#include <nlohmann/json.hpp>

#include <map>
#include <stdexcept>
#include <string>

namespace autopack_schema_test {

/// ../shared/vectors/<name>.json: inputs and outputs of the original programs. Begin the test with APS_NEEDS_SHARED().
/// shape: read once and kept, so that a loop may run over a part of it
inline const nlohmann::ordered_json& vectors(const std::string& name) {
    static std::map<std::string, nlohmann::ordered_json> kept;
    const auto known = kept.find(name);
    if (known != kept.end()) return known->second;
    const auto shared = shared_dir();
    if (!shared) throw std::runtime_error("the shared folder is not there (begin the test with APS_NEEDS_SHARED())");
    return kept[name] = nlohmann::ordered_json::parse(read_file(*shared / "vectors" / (name + ".json")));
}

} // namespace autopack_schema_test
