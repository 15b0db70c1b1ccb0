// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/telemetry/log_line.hpp>
#include <autopack_schema/ops/telemetry/record.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace autopack_schema::ops {

/// Tells whether a name fits a pattern of literal characters, `*` (any) and `?` (one).
constexpr bool fits_pattern(std::string_view name, std::string_view pattern) {
    if (pattern.empty()) return name.empty();
    if (pattern.front() == '*') {
        return fits_pattern(name, pattern.substr(1)) || (!name.empty() && fits_pattern(name.substr(1), pattern));
    }
    return !name.empty() && (pattern.front() == '?' || pattern.front() == name.front()) &&
           fits_pattern(name.substr(1), pattern.substr(1));
}

/// Reads the telemetry of one log file; a line at a time, whatever its encoding.
inline std::vector<telemetry_record> read_log_file(const std::filesystem::path& file) {
    std::vector<telemetry_record> found;
    std::ifstream in(file, std::ios::binary);
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        auto record = parse_log_line(line);
        if (!record) continue;
        record->source = file.string();
        record->line = number;
        found.push_back(std::move(*record));
    }
    return found;
}

/// Reads the telemetry of all log files of a folder and those below it, sorted by path so that every run reads the same.
/// shape: a folder that is not there has none
inline std::vector<telemetry_record> read_log_folder(const std::filesystem::path& folder,
                                                     std::string_view pattern = "*.log") {
    std::vector<std::filesystem::path> files;
    std::error_code ended;
    const auto options = std::filesystem::directory_options::skip_permission_denied;
    for (auto i = std::filesystem::recursive_directory_iterator(folder, options, ended); !ended && i != decltype(i)();
         i.increment(ended)) {
        std::error_code ignored;
        if (i->is_regular_file(ignored) && fits_pattern(i->path().filename().string(), pattern))
            files.push_back(i->path());
    }
    std::sort(files.begin(), files.end());
    std::vector<telemetry_record> all;
    for (const auto& file : files) {
        for (telemetry_record& record : read_log_file(file)) all.push_back(std::move(record));
    }
    return all;
}

} // namespace autopack_schema::ops
