// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema_test/temp.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema_test {

/// A pair of schemas with what must be found between them.
struct drift_case {
    std::string name{};
    std::string intended{}; ///< SQL
    std::string live{};     ///< SQL, with rows
    bool drift = false;
    std::vector<std::pair<std::string, std::string>> wanted{}; ///< kind and object; exactly these
    std::set<std::string> kinds{};                             ///< where kinds and objects are listed apart
    std::set<std::string> objects{};
    nlohmann::json expect{};
};

inline std::string next_section(std::string_view& text, std::string_view mark) {
    const std::size_t end = text.find("\n" + std::string(mark));
    const std::string section(text.substr(0, end == std::string_view::npos ? end : end + 1));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1 + mark.size());
    return section;
}

/// Reads one section of tests/corpus/drift_pairs.txt.
inline drift_case read_pair(std::string_view text) {
    drift_case c;
    const std::size_t line = text.find('\n');
    c.name = text.substr(0, line);
    text.remove_prefix(line);
    c.intended = next_section(text, "--- ");
    const std::string live = next_section(text, "--- ");
    if (!live.starts_with("live\n")) throw std::runtime_error("no live part: " + c.name);
    c.live = live.substr(5);
    while (!text.empty()) {
        std::string found = next_section(text, "--- ");
        while (!found.empty() && found.back() == '\n') found.pop_back();
        const std::size_t space = found.find(' ');
        if (found != "none") c.wanted.emplace_back(found.substr(0, space), found.substr(space + 1));
    }
    std::ranges::sort(c.wanted);
    c.drift = !c.wanted.empty();
    return c;
}

/// Our own pairs.
inline std::vector<drift_case> own_drift_cases() {
    const std::string file = read_file(std::filesystem::path(APS_TEST_SOURCE_DIR) / "tests/corpus/drift_pairs.txt");
    std::string_view text = file;
    next_section(text, "=== ");
    std::vector<drift_case> cases;
    while (!text.empty()) cases.push_back(read_pair(next_section(text, "=== ")));
    return cases;
}

/// The cases of ../shared/corpus; none where it is not there.
inline std::vector<drift_case> shared_drift_cases() {
    std::vector<drift_case> cases;
    const auto shared = shared_dir();
    if (!shared || !std::filesystem::is_directory(*shared / "corpus")) return cases;
    for (const auto& entry : std::filesystem::directory_iterator(*shared / "corpus")) {
        if (!entry.is_directory()) continue;
        drift_case c;
        c.name = entry.path().filename().string();
        c.intended = read_file(entry.path() / "intended.sql");
        c.live = read_file(entry.path() / "live.sql");
        c.expect = nlohmann::json::parse(read_file(entry.path() / "expect.json"));
        c.drift = c.expect.at("drift").get<bool>();
        for (const auto& kind : c.expect.at("kinds")) c.kinds.insert(kind.get<std::string>());
        for (const auto& object : c.expect.at("objects")) c.objects.insert(object.get<std::string>());
        cases.push_back(std::move(c));
    }
    std::ranges::sort(cases, {}, &drift_case::name);
    return cases;
}

/// The database that a script makes, with its rows.
inline autopack_schema::sqlite::connection live_database(const std::string& script) {
    autopack_schema::sqlite::connection database = autopack_schema::sqlite::connection::memory();
    database.execute("PRAGMA foreign_keys = OFF");
    database.execute(script);
    return database;
}

} // namespace autopack_schema_test
