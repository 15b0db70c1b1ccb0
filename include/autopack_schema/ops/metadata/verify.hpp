// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/ops/metadata/archive.hpp>
#include <autopack_schema/ops/metadata/layout.hpp>
#include <autopack_schema/schemas/run_metadata/versions.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::ops {

/// What the runbook wants to be seen after the migration to version 2.
struct v2_verification {
    std::filesystem::path file{};
    metadata_layout layout = metadata_layout::other;
    std::vector<std::string> columns{}; ///< of runs
    std::vector<std::string> missing{}; ///< of the 27 documented
    std::vector<std::string> extra{};   ///< that are not documented; they are kept
    std::int64_t runs = 0;
    std::int64_t v2_runs = 0;
    std::optional<std::filesystem::path> archive{}; ///< empty: there is none
    std::int64_t archived_runs = 0;
    bool archive_is_v1 = false;

    /// The table is the documented one, and an archive, if there is any, is version 1.
    bool met() const {
        return layout == metadata_layout::v2 && missing.empty() && extra.empty() && (!archive || archive_is_v1);
    }
};

namespace detail {

inline std::vector<std::string> documented_v2_columns() {
    const model::schema& schema = schemas::run_metadata::v2::version.model();
    std::vector<std::string> names;
    for (const model::column& column : schema.columns_of(*model::find_table(schema, model::name("runs"))))
        names.emplace_back(column.name.text);
    return names;
}

inline std::vector<std::string> without(const std::vector<std::string>& all, const std::vector<std::string>& others) {
    std::vector<std::string> rest;
    std::copy_if(all.begin(), all.end(), std::back_inserter(rest),
                 [&](const std::string& name) { return !has_column(others, name); });
    return rest;
}

inline std::string named(std::string_view what, const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "" : "      " + std::string(what) + ": " + text + "\n";
}

inline std::string mark(bool met) { return met ? "✅ " : "❌ "; }

} // namespace detail

/// Checks a database and the archive beside it. Nothing is changed.
/// errors: S205 there is no such file, S432 it has no runs
inline v2_verification verify_v2(const std::filesystem::path& file) {
    v2_verification found;
    found.file = std::filesystem::absolute(file);
    auto database = sqlite::connection::open_file(found.file.string(), {.mode = sqlite::open_mode::read_only});
    require_metadata(database);
    found.layout = layout_of(database);
    found.columns = detail::columns_of(database, "runs");
    const std::vector<std::string> documented = detail::documented_v2_columns();
    found.missing = detail::without(documented, found.columns);
    found.extra = detail::without(found.columns, documented);
    found.runs = database.query_int("SELECT COUNT(*) FROM runs");
    if (found.layout == metadata_layout::v2)
        found.v2_runs = database.query_int("SELECT COUNT(*) FROM runs WHERE schema_version = '2.0'");
    std::error_code ignored;
    if (!std::filesystem::exists(archive_of(found.file), ignored)) return found;
    found.archive = archive_of(found.file);
    auto archive = sqlite::connection::open_file(found.archive->string(), {.mode = sqlite::open_mode::read_only});
    found.archive_is_v1 = layout_of(archive) == metadata_layout::v1;
    if (found.archive_is_v1) found.archived_runs = archive.query_int("SELECT COUNT(*) FROM runs");
    return found;
}

/// The verification as the runbook goes through it.
inline std::string to_text(const v2_verification& v) {
    using detail::mark;
    std::string text = "=== Database v2 Verification ===\n";
    if (v.archive) {
        text += mark(v.archive_is_v1) + "v1 database was archived: " + v.archive->string() + "\n";
        text += "      V1 runs preserved: " + std::to_string(v.archived_runs) + "\n";
    } else {
        text += "-- no archive: no v1 database was put aside\n";
    }
    text += mark(v.layout == metadata_layout::v2) + "the database is version 2: " + v.file.string() + "\n";
    text += "      Runs: " + std::to_string(v.runs) + "\n      V2 runs: " + std::to_string(v.v2_runs) + "\n";
    text += mark(v.missing.empty() && v.extra.empty()) + "runs has " + std::to_string(v.columns.size()) +
            " columns, 27 are documented\n";
    text += detail::named("missing", v.missing) + detail::named("not documented, kept", v.extra);
    if (!v.missing.empty() || !v.extra.empty())
        text += "      autopack-schema drift --schema run_metadata names every difference\n";
    return text;
}

} // namespace autopack_schema::ops
