// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/suggest.hpp>
#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/model/schema.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::cli {

/// A schema that the command line knows by its name, with its versions.
struct schema_pack {
    std::string name{};
    std::vector<model::schema> versions{}; ///< oldest first; the last one is the current one

    const model::schema& current() const { return versions.back(); }
};

/// A schema without older versions: `aps::cli::run(argc, argv, aps::cli::pack("shop", shop))`.
inline schema_pack pack(std::string name, const model::schema& schema) { return {std::move(name), {schema}}; }

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
            {.code = "S452", .what_happened = "which schema is meant?", .advice = "say --schema " + enumerated(names)});
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
