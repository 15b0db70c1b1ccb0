// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema_test/temp.hpp>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

namespace autopack_schema_test {

/// Where the inputs and outputs of the original programs are: ../shared/vectors/<name>.json, else the copy of the essential ones in
/// tests/fixtures/vectors (runbook.vectors_read compares the copies).
inline std::optional<std::filesystem::path> vectors_file(const std::string& name) {
    const auto shared = shared_dir();
    if (shared) return *shared / "vectors" / (name + ".json");
    auto copy = std::filesystem::path(APS_TEST_SOURCE_DIR) / "tests/fixtures/vectors" / (name + ".json");
    if (std::filesystem::exists(copy)) return copy;
    return std::nullopt;
}

/// Inputs and outputs of the original programs. Begin the test with APS_NEEDS_VECTORS(name).
/// shape: read once and kept, so that a loop may run over a part of it
inline const nlohmann::ordered_json& vectors(const std::string& name) {
    static std::map<std::string, nlohmann::ordered_json> kept;
    const auto known = kept.find(name);
    if (known != kept.end()) return known->second;
    const auto file = vectors_file(name);
    if (!file) throw std::runtime_error("there are no vectors " + name + " (begin the test with APS_NEEDS_VECTORS)");
    return kept[name] = nlohmann::ordered_json::parse(read_file(*file));
}

} // namespace autopack_schema_test

/// Skips where vectors are neither in ../shared nor among our copies.
#define APS_NEEDS_VECTORS(name)                                                                                        \
    do {                                                                                                               \
        if (!::autopack_schema_test::vectors_file(name))                                                               \
            APS_SKIP("the shared folder is not there; set APS_SHARED or put it beside the repository");                \
    } while (false)
