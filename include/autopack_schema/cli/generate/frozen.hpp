// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/generate/frozen_parts.hpp>
#include <autopack_schema/cli/generate/identifier.hpp>
#include <autopack_schema/cli/generate/literal.hpp>
#include <autopack_schema/model/schema.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::cli::generate {

namespace detail {

/// The namespace of a frozen version: `autopack::BUILD_144`.
inline std::string frozen_namespace(const model::schema& s, const std::string& wanted) {
    if (wanted.empty()) return identifier(s.name, "frozen") + "::" + identifier(s.version, "frozen");
    std::string out;
    std::string_view rest = wanted;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find("::"), rest.size());
        if (!out.empty()) out += "::";
        out += identifier(rest.substr(0, end), "frozen");
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    return out;
}

/// One of the flat arrays of a schema, an element in a line; an array of nothing is left out.
template <class T>
void put_array(std::string& out, std::string_view type, std::string_view name, model::items<T> items,
               std::string (*write)(const T&)) {
    if (items.empty()) return;
    out += "inline constexpr model::" + std::string(type) + " " + std::string(name) + "[] = {\n";
    for (const T& item : items) out += "    " + write(item) + ",\n";
    out += "};\n\n";
}

inline std::string frozen_arrays(const model::schema& s) {
    std::string out;
    put_array(out, "table", "tables", s.tables, frozen_table);
    put_array(out, "column", "columns", s.columns, frozen_column);
    put_array(out, "key_part", "parts", s.parts, frozen_part);
    put_array(out, "name", "names", s.names, frozen_name);
    put_array(out, "unique_constraint", "uniques", s.uniques, frozen_unique);
    put_array(out, "check_constraint", "checks", s.checks, frozen_check);
    put_array(out, "foreign_key", "foreign_keys", s.foreign_keys, frozen_foreign_key);
    put_array(out, "index", "indexes", s.indexes, frozen_index);
    put_array(out, "view", "views", s.views, frozen_view);
    put_array(out, "trigger", "triggers", s.triggers, frozen_trigger);
    return out;
}

inline std::string frozen_members(const model::schema& s) {
    std::string out = ".name = " + literal(s.name) + ", .version = " + literal(s.version);
    const auto add = [&out](std::string_view name, bool present) {
        if (present) out += ", ." + std::string(name) + " = arrays::" + std::string(name);
    };
    add("tables", !s.tables.empty());
    add("columns", !s.columns.empty());
    add("parts", !s.parts.empty());
    add("names", !s.names.empty());
    add("uniques", !s.uniques.empty());
    add("checks", !s.checks.empty());
    add("foreign_keys", !s.foreign_keys.empty());
    add("indexes", !s.indexes.empty());
    add("views", !s.views.empty());
    add("triggers", !s.triggers.empty());
    return out;
}

} // namespace detail

/// Writes a version of a schema as a C++ header of plain values, which compiles fast and needs no row structs: the
/// `from` of a migration, and what `static_assert(aps::unchanged<schema, frozen::version>())` compares with.
inline std::string frozen_header(const model::schema& s, const std::string& wanted_namespace) {
    const std::string space = detail::frozen_namespace(s, wanted_namespace);
    std::string out =
        "// A frozen version, written by `autopack-schema snapshot --header`: do not edit.\n#pragma once\n\n"
        "#include <autopack_schema/model/schema.hpp>\n\n#include <limits>\n#include <string_view>\n\nnamespace " +
        space + " {\n\nnamespace arrays {\n\nnamespace model = autopack_schema::model;\n\n";
    out += detail::frozen_arrays(s);
    out += "} // namespace arrays\n\n/// " + identifier(s.name, "schema") + " as it was.\n";
    out += "inline constexpr autopack_schema::model::schema version{" + detail::frozen_members(s) +
           "};\n\n} // namespace " + space + "\n";
    return out;
}

} // namespace autopack_schema::cli::generate
