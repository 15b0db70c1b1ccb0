// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/error.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

namespace autopack_schema::cli {

namespace detail {

struct file_closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using file_handle = std::unique_ptr<std::FILE, file_closer>;

[[noreturn]] inline void refuse_file(std::string code, std::string_view what, const std::string& path, int reason,
                                     std::string advice) {
    throw error({.code = std::move(code),
                 .what_happened =
                     std::string(what) + " " + autopack_schema::detail::quoted(path) + ": " + std::strerror(reason),
                 .advice = std::move(advice)});
}

/// A regular file is written under another name first; a pipe or a device as it is.
inline std::string name_to_write(const std::string& path) {
    std::error_code ignored;
    const auto status = std::filesystem::status(path, ignored);
    const bool special = std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
    return special ? path : path + ".partial";
}

} // namespace detail

/// Reads a whole file.
/// errors: S453 it cannot be read
inline std::string read_file(const std::string& path) {
    const auto refuse = [&path](int reason) {
        detail::refuse_file("S453", "cannot read", path, reason,
                            "check the path; a relative one begins at the current directory");
    };
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) refuse(EISDIR);
    const detail::file_handle file(std::fopen(path.c_str(), "rb"));
    if (!file) refuse(errno);
    std::string text;
    char block[16 * 1024];
    for (std::size_t count = 0; (count = std::fread(block, 1, sizeof block, file.get())) > 0;)
        text.append(block, count);
    if (std::ferror(file.get()) != 0) refuse(errno);
    return text;
}

/// Writes a whole file, or leaves what was there: it gets its name when it is complete.
/// errors: S459 it cannot be written
inline void write_file(const std::string& path, std::string_view text) {
    const auto refuse = [&path](int reason) {
        detail::refuse_file("S459", "cannot write", path, reason,
                            "check the folder, the permissions and the free space");
    };
    const std::string name = detail::name_to_write(path);
    detail::file_handle file(std::fopen(name.c_str(), "wb"));
    if (!file) refuse(errno);
    const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
    const int reason = errno;
    const bool closed = std::fclose(file.release()) == 0;
    std::error_code failed;
    if (written && closed && name != path) std::filesystem::rename(name, path, failed);
    if (written && closed && !failed) return;
    std::error_code ignored;
    if (name != path) std::filesystem::remove(name, ignored);
    refuse(failed ? failed.value() : closed ? reason : errno);
}

} // namespace autopack_schema::cli
