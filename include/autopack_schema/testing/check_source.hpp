// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/drift/check.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/inspect/sql_text.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace autopack_schema::testing {

namespace detail {

struct file_closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

[[noreturn]] inline void refuse_file(std::string code, std::string_view what, const std::string& path) {
    throw error({.code = std::move(code),
                 .what_happened = std::string(what) + " " + autopack_schema::detail::quoted(path) + ": " + std::strerror(errno),
                 .advice = "check the path; a relative one begins at the current directory"});
}

inline std::string read_text(const std::string& path) {
    const std::unique_ptr<std::FILE, file_closer> file(std::fopen(path.c_str(), "rb"));
    if (!file) refuse_file("S453", "cannot read", path);
    std::string text;
    char block[16 * 1024];
    for (std::size_t count = 0; (count = std::fread(block, 1, sizeof block, file.get())) > 0;) text.append(block, count);
    if (std::ferror(file.get()) != 0) refuse_file("S453", "cannot read", path);
    return text;
}

} // namespace detail

/// Compares what the code expects with a database, named by its URL, or with the statements of a file that ends in `.sql`.
/// shape:  a database is opened read-only; nothing is created. An empty source means DATABASE_URL.
/// errors: S201 no source; S453 no such file; those of opening and of `drift::check`
inline drift::report check_source(const model::schema& expected, std::string_view source, const drift::options& options = {}) {
    if (source.ends_with(".sql")) {
        const model::snapshot seen = inspect_sql(detail::read_text(std::string(source)));
        drift::report found = drift::check(expected, seen.view(), options);
        found.database = source;
        return found;
    }
    const db::url where = source.empty() ? db::url_from_environment() : db::url::parse(source);
    sqlite::connection live = sqlite::connection::open(where, {.mode = sqlite::open_mode::read_only});
    return drift::check(expected, live, options);
}

} // namespace autopack_schema::testing
