// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace autopack_schema::ops::detail {

/// "metadata/runs.db" and "_v1_archive" make "metadata/runs_v1_archive.db".
inline std::filesystem::path beside(const std::filesystem::path& file, std::string_view ending) {
    return file.parent_path() / (file.stem().string() + std::string(ending) + file.extension().string());
}

} // namespace autopack_schema::ops::detail
