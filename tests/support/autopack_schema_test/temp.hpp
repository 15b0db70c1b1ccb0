// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema_test/skip.hpp>

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace autopack_schema_test {

/// A new empty directory that disappears with the object, with all that is in it.
class temp_dir {
public:
    temp_dir() {
        std::string pattern = (std::filesystem::temp_directory_path() / "autopack_schema_test.XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed: " + pattern);
        path_ = pattern;
    }
    temp_dir(const temp_dir&) = delete;
    temp_dir& operator=(const temp_dir&) = delete;
    ~temp_dir() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    const std::filesystem::path& path() const noexcept { return path_; }
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

/// The folder with databases, corpus and vectors that is handed out beside the repository: `APS_SHARED`, else `../shared`.
inline std::optional<std::filesystem::path> shared_dir() {
    const char* named = std::getenv("APS_SHARED");
    std::filesystem::path dir = named != nullptr && *named != '\0'
                                    ? std::filesystem::path(named)
                                    : std::filesystem::path(APS_TEST_SOURCE_DIR) / ".." / "shared";
    std::error_code ignored;
    if (!std::filesystem::is_directory(dir / "db", ignored)) return std::nullopt;
    return std::filesystem::canonical(dir);
}

/// A writable copy of `shared/<relative>` (for example "db/autopack_pre144.sqlite") in `directory`; the original is never opened.
inline std::filesystem::path copy_shared(const temp_dir& directory, std::string_view relative) {
    const auto shared = shared_dir();
    if (!shared) throw std::runtime_error("the shared folder is not there (begin the test with APS_NEEDS_SHARED())");
    const auto target = directory / std::filesystem::path(relative).filename().string();
    std::filesystem::copy_file(*shared / relative, target);
    std::filesystem::permissions(target, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
    return target;
}

/// `sqlite:///…` for a file.
inline std::string sqlite_url(const std::filesystem::path& file) {
    return "sqlite:///" + std::filesystem::absolute(file).string();
}

/// The whole file, byte by byte.
inline std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Creates or replaces a file.
inline std::filesystem::path write_file(const std::filesystem::path& file, std::string_view content) {
    std::ofstream out(file, std::ios::binary);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
    return file;
}

/// The `autopack-schema` program of this build.
inline std::filesystem::path cli_program() { return std::filesystem::path(APS_TEST_BIN_DIR) / "autopack-schema"; }

} // namespace autopack_schema_test

/// Skips when ../shared (or what APS_SHARED names) is not there.
#define APS_NEEDS_SHARED()                                                                                             \
    do {                                                                                                               \
        if (!::autopack_schema_test::shared_dir())                                                                     \
            APS_SKIP("the shared folder is not there; set APS_SHARED or put it beside the repository");                \
    } while (false)
