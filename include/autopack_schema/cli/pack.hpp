// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/suggest.hpp>
#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/schemas/pack.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::cli {

/// A question to a database beside those of `verify` that hold for all: writes what it found, gives whether all is met.
using verification = bool (*)(sqlite::connection& database, std::string& text);

/// A schema that the command line knows by its name, with its versions.
struct schema_pack {
    std::string name{};
    std::vector<model::schema> versions{};                 ///< oldest first; the last one is the current one
    model::items<migrate::migration_view> migrations{}; ///< oldest first; may be empty
    verification verify = nullptr;                         ///< beside what is verified for every schema

    const model::schema& current() const { return versions.back(); }
};

/// A schema without older versions: `aps::cli::run(argc, argv, aps::cli::pack("shop", shop))`.
inline schema_pack pack(std::string name, const model::schema& schema) { return {std::move(name), {schema}}; }

/// A schema with the migrations that lead to it: `aps::cli::pack("shop", shop, shop_migrations)`.
/// shape: `migrations` must live as long as the pack, as a chain of `aps::migrations` does
/// errors: S463 the migrations do not lead to the schema
inline schema_pack pack(std::string name, const model::schema& schema,
                        model::items<migrate::migration_view> migrations) {
    schema_pack made{std::move(name), {}, migrations};
    for (const migrate::migration_view& m : migrations) made.versions.push_back(m.from);
    made.versions.push_back(schema);
    if (!migrations.empty() && !diff(migrations.back().to, schema, sql::sqlite::rules).empty()) {
        throw error({.code = "S463",
                     .what_happened = "the migrations of schema " + made.name + " do not lead to it: the last one is " +
                                      autopack_schema::detail::quoted(migrations.back().name),
                     .advice = "add the migration that is missing, and static_assert(chain.reaches<schema>())"});
    }
    return made;
}

/// A bundled schema.
inline schema_pack pack(const schemas::pack& bundled, verification verify = nullptr) {
    return {std::string(bundled.name), {bundled.versions.begin(), bundled.versions.end()}, bundled.migrations, verify};
}

/// Finds a version of a pack by its name; nullptr where there is none.
inline const model::schema* find_version(const schema_pack& p, std::string_view version) {
    for (const model::schema& s : p.versions) {
        if (!s.version.empty() && model::same_name(s.version, version)) return &s;
    }
    return nullptr;
}

/// Finds a pack by its name; nullptr where there is none.
inline const schema_pack* find_pack(std::span<const schema_pack> packs, std::string_view name) {
    for (const schema_pack& p : packs) {
        if (model::same_name(p.name, name)) return &p;
    }
    return nullptr;
}

/// Finds a version by `pack`, `pack@version` or, where only one pack has it, `version`; nullptr where there is none.
inline const model::schema* find_version(std::span<const schema_pack> packs, std::string_view text) {
    if (const schema_pack* const p = find_pack(packs, text); p != nullptr) return &p->current();
    if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
        const schema_pack* const p = find_pack(packs, text.substr(0, at));
        return p == nullptr ? nullptr : find_version(*p, text.substr(at + 1));
    }
    const model::schema* found = nullptr;
    for (const schema_pack& p : packs) {
        const model::schema* const s = find_version(p, text);
        if (s != nullptr && found != nullptr) return nullptr;
        if (s != nullptr) found = s;
    }
    return found;
}

/// "pre-142, BUILD-142 or BUILD-144"
inline std::string list_of_versions(const schema_pack& p) {
    std::vector<std::string> names;
    for (const model::schema& s : p.versions) {
        if (!s.version.empty()) names.emplace_back(s.version);
    }
    return enumerated(names);
}

/// "autopack@pre-142, autopack@BUILD-144 or run_metadata@v2"
inline std::string list_of_versions(std::span<const schema_pack> packs) {
    std::vector<std::string> names;
    for (const schema_pack& p : packs) {
        for (const model::schema& s : p.versions)
            names.push_back(s.version.empty() ? p.name : p.name + "@" + std::string(s.version));
    }
    return enumerated(names);
}

/// The pack of `--schema`.
/// errors: S451 no such schema; S452 none was named and there are several
inline const schema_pack& require_pack(std::span<const schema_pack> packs, std::string_view name) {
    std::vector<std::string> names;
    for (const schema_pack& p : packs) names.push_back(p.name);
    if (name.empty() && packs.size() == 1) return packs.front();
    if (name.empty()) {
        throw error(
            {.code = "S452", .what_happened = "no schema is named", .advice = "say --schema " + enumerated(names)});
    }
    const schema_pack* const found = find_pack(packs, name);
    if (found != nullptr) return *found;
    const std::string near = nearest(name, names);
    throw error({.code = "S451",
                 .what_happened = "there is no schema " + autopack_schema::detail::quoted(name) +
                                  (near.empty() ? "" : " (did you mean " + near + "?)"),
                 .advice = "say --schema " + enumerated(names)});
}

/// A version of a pack; the current one where none is named.
/// errors: S461 no such version
inline const model::schema& require_version(const schema_pack& p, std::string_view version) {
    if (version.empty()) return p.current();
    const model::schema* const found = find_version(p, version);
    if (found != nullptr) return *found;
    throw error({.code = "S461",
                 .what_happened = "schema " + p.name + " has no version " + autopack_schema::detail::quoted(version),
                 .advice = "its versions are " + list_of_versions(p)});
}

} // namespace autopack_schema::cli
