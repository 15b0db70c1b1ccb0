// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/files.hpp>
#include <autopack_schema/cli/lock_file.hpp>
#include <autopack_schema/cli/pack.hpp>
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/inspect/sql_text.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::cli {

/// A schema that was named on the command line, whatever it was read from.
struct schema_source {
    model::snapshot schema{};
    std::string label{}; ///< for people: "autopack pre-142", "intended.sql", "/srv/autopack.db"
};

/// Opens a database for reading only.
/// errors: S204 no SQLite; those of the URL and of opening
inline sqlite::connection open_to_read(const db::url& where) {
    return sqlite::connection::open(where, {.mode = sqlite::open_mode::read_only});
}

namespace detail {

inline schema_source source_from_connection(sqlite::connection database) {
    return {inspect(database), database.name()};
}

inline schema_source source_from_database(std::string_view url) {
    return source_from_connection(open_to_read(db::url::parse(url)));
}

/// Adds the name of a file to what is wrong in it.
[[noreturn]] inline void refuse_content(const error& e, const std::string& path) {
    error_info info = e.info();
    if (info.code != "S453") info.database = path;
    throw error(std::move(info));
}

inline schema_source source_from_lock(const std::string& path) {
    try {
        schema_source source{lock_file::read(read_file(path)), path};
        const model::schema s = source.schema.view();
        if (!s.name.empty())
            source.label += " (" + std::string(s.name) + (s.version.empty() ? "" : " ") + std::string(s.version) + ")";
        return source;
    } catch (const error& e) {
        refuse_content(e, path);
    }
}

inline schema_source source_from_sql(const std::string& path) {
    try {
        schema_source source{inspect_sql(read_file(path)), path};
        source.schema.content().name = source.schema.keep(path);
        return source;
    } catch (const error& e) {
        refuse_content(e, path);
    }
}

inline schema_source source_from_pack(const model::schema& version) {
    std::string label(version.name);
    if (!version.version.empty()) label += " " + std::string(version.version);
    return {model::snapshot::copy_of(version), std::move(label)};
}

[[noreturn]] inline void refuse_source(std::string_view text, std::span<const schema_pack> packs) {
    std::string advice = "name a database (sqlite:///path.db), a .sql file, a lock file (.json) or a version: " +
                         list_of_versions(packs);
    std::error_code ignored;
    const std::filesystem::path file{std::string(text)};
    if (std::filesystem::is_regular_file(file, ignored)) {
        advice = "if it is a SQLite database write sqlite:///" + std::filesystem::absolute(file, ignored).string() +
                 "; files of statements end in .sql, lock files in .json";
    }
    throw error({.code = "S457",
                 .what_happened = autopack_schema::detail::quoted(text) + " is no schema that this program can read",
                 .advice = std::move(advice)});
}

} // namespace detail

/// Reads the schema that a word of the command line means: `sqlite:///…` a database, opened for reading only;
/// `x.sql` a file of statements; `x.json` a lock file; `autopack`, `autopack@pre-142` or, where it is clear which
/// schema is meant, `pre-142` a version.
/// errors: S457 nothing of these; those of reading
inline schema_source read_source(const std::string& text, std::span<const schema_pack> packs) {
    if (text.find("://") != std::string::npos) return detail::source_from_database(text);
    if (const model::schema* const version = find_version(packs, text); version != nullptr)
        return detail::source_from_pack(*version);
    if (text.ends_with(".sql")) return detail::source_from_sql(text);
    if (text.ends_with(".json")) return detail::source_from_lock(text);
    detail::refuse_source(text, packs);
}

} // namespace autopack_schema::cli
