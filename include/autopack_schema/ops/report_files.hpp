// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace autopack_schema::ops {

/// A time as it stands in the names of reports: 20251230_125100.
inline std::string file_stamp(timestamp time) {
    const std::string text = time.to_string();
    return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2) + "_" + text.substr(11, 2) + text.substr(14, 2) +
           text.substr(17, 2);
}

/// Writes a report to a new file; the folder is made where it is missing.
/// shape:  the file appears complete or not at all
/// errors: S416 it is there already, or cannot be written
inline std::filesystem::path write_report(const std::filesystem::path& folder, const std::string& name,
                                          std::string_view text) {
    const auto refuse = [&](const std::string& why) {
        throw error({.code = "S416",
                     .what_happened = "cannot write " + (folder / name).string() + ": " + why,
                     .advice = "name another folder with --output-dir"});
    };
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) refuse(failed.message());
    const std::filesystem::path path = folder / name;
    if (std::filesystem::exists(path, failed)) refuse("there is such a file, and nothing is overwritten");
    std::filesystem::path part = path;
    part += ".part";
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) refuse("the disk may be full, or the folder read-only");
    std::filesystem::rename(part, path, failed);
    if (failed) refuse(failed.message());
    return path;
}

} // namespace autopack_schema::ops
