// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/generate/identifier.hpp>
#include <autopack_schema/cli/generate/literal.hpp>
#include <autopack_schema/cli/generate/member.hpp>
#include <autopack_schema/cli/generate/parts.hpp>
#include <autopack_schema/cli/generate/table_text.hpp>
#include <autopack_schema/define/detail/check_schema.hpp>
#include <autopack_schema/define/detail/check_table.hpp>
#include <autopack_schema/model/builder.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::cli::generate {

/// How a header is written.
struct header_options {
    std::string name{};       ///< of the schema
    std::string name_space{}; ///< of the definitions; empty: made of the name
    std::string origin{};     ///< what it was generated from, for the first line
};

namespace detail {

/// Asks the compile-time checks about a schema that is no constant.
template <class Schema>
finding ask_checks(const Schema& s) {
    if constexpr (requires { autopack_schema::detail::check_schema(s, true); }) {
        return autopack_schema::detail::check_schema(s, true);
    } else {
        for (const model::table& t : s.tables) {
            model::builder alone;
            alone.copy_table(s, t);
            const auto view = alone.view_of();
            if (const finding f = autopack_schema::detail::check_table(Schema(view), true)) return f;
        }
        return autopack_schema::detail::check_schema(s);
    }
}

/// What the compile-time checks would say of a schema; a database can hold what a definition must not.
inline finding first_problem(const model::schema& s) {
    model::builder written;
    for (const model::table& t : s.tables) {
        written.copy_table(s, t);
        for (std::size_t i = 0; i < t.columns.count; ++i) {
            const model::column& c = s.columns_of(t)[i];
            if (c.name.empty()) return {problem::S129_empty_name, t.name, "a column", {}};
            written.columns[written.columns.size() - t.columns.count + i].nullable =
                is_optional(s, t, c); // as its member says
        }
    }
    for (const model::view& v : s.views) written.add_view(v, s.names_of(v.columns));
    for (const model::trigger& t : s.triggers) written.add_trigger(t);
    return ask_checks(written.view_of());
}

inline std::string one_line(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '\\') c = '?';
    }
    return out;
}

inline std::string includes_for(std::string_view body) {
    const auto uses = [body](std::string_view word) { return body.find(word) != std::string_view::npos; };
    std::string out = "#include <autopack_schema/define/schema.hpp>\n";
    if (uses("aps::timestamp")) out += "#include <autopack_schema/define/timestamp.hpp>\n";
    out += "\n";
    if (uses("std::byte")) out += "#include <cstddef>\n";
    if (uses("std::int64_t")) out += "#include <cstdint>\n";
    if (uses("std::optional")) out += "#include <optional>\n";
    if (uses("std::string ") || uses("std::string>")) out += "#include <string>\n";
    if (uses("std::string_view")) out += "#include <string_view>\n";
    if (uses("std::vector")) out += "#include <vector>\n";
    return out;
}

inline std::string view_text(const model::schema& s, const model::view& v, const std::string& constant) {
    std::string out = "inline constexpr auto " + constant + " = aps::view(\n    " + literal(v.name.text) + ",\n    " +
                      literal(v.definition) + ")";
    if (v.columns.count != 0) out += "\n    .columns(" + name_list(s.names_of(v.columns)) + ")";
    return out + ";\n";
}

inline std::string trigger_text(const model::trigger& t, const std::string& constant) {
    return "inline constexpr auto " + constant + " = aps::trigger(\n    " + literal(t.name.text) + ", " +
           literal(t.table.text) + ",\n    " + literal(t.definition) + ");\n";
}

inline std::string schema_text(const model::schema& s, const header_options& o,
                               const std::vector<std::string>& constants) {
    std::string out;
    const finding wrong = first_problem(s);
    if (wrong) {
        out += "// Not checked at compile time: the database has what a definition should not have (S" +
               std::to_string(static_cast<int>(wrong.what)) + ", " + one_line(wrong.table) +
               (wrong.column.empty() ? "" : "." + one_line(wrong.column)) + ").\n";
    }
    out += std::string("inline constexpr auto schema = aps::") + (wrong ? "unchecked_schema" : "schema") + "<";
    for (std::size_t i = 0; i < constants.size(); ++i) out += (i == 0 ? "\n    " : ",\n    ") + constants[i];
    return out + ">(" + literal(o.name) + ");\n";
}

inline std::string left_out(const model::schema& s) {
    std::string out;
    for (const model::unmodelled& u : s.others) {
        out += "// Left out: " + one_line(u.kind) + " " + one_line(u.name.text) + ": " + one_line(u.reason) + "\n";
    }
    return out.empty() ? out : out + "\n";
}

} // namespace detail

/// Writes the C++ header that defines a schema: row structs, tables, views, triggers.
/// shape:  compiled, it means the same as the schema: a drift check between the two finds nothing
inline std::string header(const model::schema& s, const header_options& o) {
    name_pool names;
    names.reserve("schema");
    std::string body;
    std::vector<std::string> constants;
    for (const model::table& t : s.tables) {
        const std::string constant = names.take(t.name.text, "table");
        const std::string row = names.take(std::string(constant) + "_row");
        const table_text text(s, t, row, constant);
        body += text.row_struct() + "\n" + text.definition() + "\n";
        constants.push_back(constant);
    }
    for (const model::view& v : s.views) {
        constants.push_back(names.take(v.name.text, "view"));
        body += detail::view_text(s, v, constants.back()) + "\n";
    }
    for (const model::trigger& t : s.triggers) {
        constants.push_back(names.take(std::string(t.name.text) + "_trigger", "trigger"));
        body += detail::trigger_text(t, constants.back()) + "\n";
    }
    body += detail::left_out(s) + detail::schema_text(s, o, constants);
    const std::string space = identifier(o.name_space.empty() ? o.name : o.name_space, "generated");
    return "// Generated by autopack-schema from " + detail::one_line(o.origin) +
           "; yours from here on.\n#pragma once\n\n" + detail::includes_for(body) + "\nnamespace " + space +
           " {\n\nnamespace aps = autopack_schema;\n\n" + body + "\n} // namespace " + space + "\n";
}

} // namespace autopack_schema::cli::generate
