// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/suggest.hpp>
#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/drift/options.hpp>
#include <autopack_schema/drift/severity.hpp>
#include <autopack_schema/error.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::cli {

/// A switch of a drift check by its name on the command line.
struct policy {
    std::string_view name;
    bool drift::options::*value;
    std::string_view what; ///< what is a finding when it is on
};

/// The switches that are on or off; `constraint-names` has words of its own.
inline constexpr auto policies = std::to_array<policy>({
    {"column-order", &drift::options::column_order, "columns in another order"},
    {"type-spelling", &drift::options::type_spelling, "INT against INTEGER, VARCHAR(32) against VARCHAR(255)"},
    {"name-case", &drift::options::name_case, "userId against userid"},
    {"index-names", &drift::options::index_names, "the same index under another name"},
    {"unique-order", &drift::options::unique_order, "UNIQUE (a, b) against UNIQUE (b, a)"},
    {"unique-form", &drift::options::unique_form, "a UNIQUE constraint against a unique index"},
    {"extra-tables", &drift::options::extra_tables, "tables, views and triggers that the code does not know"},
    {"extra-columns", &drift::options::extra_columns, "columns that the code does not know"},
    {"bookkeeping", &drift::options::bookkeeping, "tables of migration tools: alembic_version, ..."},
});

namespace detail {

inline std::string dashed(std::string_view name) {
    std::string text(name);
    for (char& c : text) c = c == '_' ? '-' : model::fold(c);
    return text;
}

[[noreturn]] inline void refuse_policy(const std::string& what, std::string advice) {
    throw error({.code = "S450", .what_happened = what, .advice = std::move(advice)});
}

inline drift::constraint_names constraint_names_from(const std::string& word) {
    if (word == "ignored" || word == "off") return drift::constraint_names::ignored;
    if (word == "different" || word == "on") return drift::constraint_names::different;
    if (word == "exact") return drift::constraint_names::exact;
    refuse_policy("policy constraint-names cannot be " + autopack_schema::detail::quoted(word),
                  "say constraint-names=ignored, =different or =exact");
}

} // namespace detail

/// Sets a switch: `column-order` to `off`.
/// errors: S450 no such switch or no such word
inline void set_policy(drift::options& options, std::string_view name, std::string_view word) {
    const std::string wanted = detail::dashed(name);
    const std::string value = detail::dashed(word);
    if (wanted == "constraint-names") {
        options.names = detail::constraint_names_from(value);
        return;
    }
    std::vector<std::string> names{"constraint-names"};
    for (const policy& p : policies) {
        names.emplace_back(p.name);
        if (p.name != wanted) continue;
        const bool on = value == "on" || value == "true";
        if (!on && value != "off" && value != "false") {
            detail::refuse_policy("policy " + wanted + " cannot be " + autopack_schema::detail::quoted(word),
                                  "say on or off");
        }
        options.*p.value = on;
        return;
    }
    const std::string near = nearest(wanted, names);
    detail::refuse_policy("there is no policy " + autopack_schema::detail::quoted(name) +
                              (near.empty() ? "" : " (did you mean " + near + "?)"),
                          "there are: " + enumerated(names));
}

/// Sets a switch as it is written on the command line: `column-order=off`; the name alone means on.
/// errors: S450
inline void set_policy(drift::options& options, std::string_view text) {
    const std::size_t equal = text.find('=');
    set_policy(options, text.substr(0, equal), equal == std::string_view::npos ? "on" : text.substr(equal + 1));
}

/// Reads the word of `--fail-on`.
/// errors: S450
inline drift::severity severity_of(std::string_view word) {
    if (const auto level = drift::severity_from(word)) return *level;
    const std::vector<std::string> names(drift::severity_names.rbegin(), drift::severity_names.rend());
    throw error({.code = "S450",
                 .what_happened = "there is no severity " + autopack_schema::detail::quoted(word),
                 .advice = "say --fail-on " + enumerated(names)});
}

} // namespace autopack_schema::cli
