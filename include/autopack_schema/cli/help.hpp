// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/pack.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::cli {

namespace detail {

inline constexpr std::size_t help_width = 100;

/// Breaks a text into lines at spaces; the first one begins at the column where the others are indented to.
inline std::string wrapped(std::string_view text, std::size_t indent) {
    std::string out;
    std::size_t column = indent;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        if (column > indent && column + 1 + word.size() > help_width) {
            out += "\n" + std::string(indent, ' ');
            column = indent;
        } else if (column > indent) {
            out += ' ';
            ++column;
        }
        out += word;
        column += word.size();
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

/// Replaces a word wherever it occurs.
inline void replace_word(std::string& text, std::string_view word, std::string_view by) {
    for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += by.size())
        text.replace(at, word.size(), by);
}

/// Makes the examples fit this program: its name, its schema, its versions. Those about older versions go where there
/// are none.
inline std::string with_examples(std::string_view footer, const std::string& program, const schema_pack* p) {
    const bool versions =
        p != nullptr && p->versions.size() > 1 && !p->versions[p->versions.size() - 2].version.empty();
    std::string out;
    while (!footer.empty()) {
        const std::size_t end = std::min(footer.find('\n'), footer.size());
        std::string line(footer.substr(0, end));
        footer.remove_prefix(std::min(end + 1, footer.size()));
        if (!versions && line.find("%older%") != std::string::npos) continue;
        replace_word(line, "%program%", program);
        replace_word(line, "%schema%", p == nullptr ? "NAME" : p->name);
        if (versions) replace_word(line, "%older%", p->versions[p->versions.size() - 2].version);
        if (versions) replace_word(line, "%current%", p->current().version);
        out += line + "\n";
    }
    return out;
}

/// A list of terms and what they mean, in two columns.
inline std::string two_columns(const std::vector<std::pair<std::string, std::string>>& lines) {
    std::size_t width = 0;
    for (const auto& [term, meaning] : lines) width = std::max(width, std::min<std::size_t>(term.size(), 26));
    std::string out;
    for (const auto& [term, meaning] : lines) {
        out += "  " + term;
        out += term.size() > width ? "\n" + std::string(width + 4, ' ') : std::string(width + 2 - term.size(), ' ');
        out += wrapped(meaning, width + 4) + "\n";
    }
    return out;
}

/// `-s, --schema NAME`
inline std::string option_term(const CLI::Option& o) {
    std::string term;
    for (const std::string& name : o.get_snames()) term += (term.empty() ? "-" : ", -") + name;
    if (term.empty()) term = "   ";
    for (const std::string& name : o.get_lnames()) term += (term == "   " ? " --" : ", --") + name;
    std::string value = o.get_type_name();
    value = value.substr(0, value.find(':'));
    if (value.empty()) return term; // a flag
    return term + (o.get_expected_min() == 0 ? " [" + value + "]" : " " + value);
}

inline void add_options(const CLI::App& from, std::vector<std::pair<std::string, std::string>>& to) {
    for (const CLI::Option* o : from.get_options()) {
        if (o == from.get_help_ptr()) continue;
        to.emplace_back(option_term(*o), o->get_description() + (o->get_required() ? " (required)" : ""));
    }
}

inline std::string options_help(const CLI::App& app) {
    std::vector<std::pair<std::string, std::string>> lines;
    add_options(app, lines);
    for (const CLI::App* group : app.get_subcommands([](const CLI::App* a) { return a->get_name().empty(); }))
        add_options(*group, lines);
    lines.emplace_back("-h, --help", "this help");
    return "Options:\n" + two_columns(lines);
}

inline std::string commands_help(const CLI::App& app) {
    std::string out;
    std::vector<std::string> groups;
    const auto named = app.get_subcommands([](const CLI::App* a) { return !a->get_name().empty(); });
    for (const CLI::App* sub : named) {
        if (std::find(groups.begin(), groups.end(), sub->get_group()) == groups.end())
            groups.push_back(sub->get_group());
    }
    for (const std::string& group : groups) {
        std::vector<std::pair<std::string, std::string>> lines;
        for (const CLI::App* sub : named) {
            if (sub->get_group() == group) lines.emplace_back(sub->get_name(), sub->get_description());
        }
        out += group + ":\n" + two_columns(lines) + "\n";
    }
    return out;
}

} // namespace detail

/// The help of the program or of one of its commands.
/// shape: `name` is what is typed to run it: "autopack-schema drift"; `first` is the schema of the examples
inline std::string help_text(const CLI::App& app, const std::string& name, const schema_pack* first) {
    const bool is_root = app.get_parent() == nullptr;
    std::string out = name + ": " + app.get_description() + "\n\nUsage: " + name +
                      (is_root ? " COMMAND [OPTIONS]" : " [OPTIONS]") + "\n\n";
    if (is_root) out += detail::commands_help(app);
    out += detail::options_help(app);
    const std::string footer = detail::with_examples(app.get_footer(), name.substr(0, name.find(' ')), first);
    return footer.empty() ? out : out + "\n" + footer;
}

} // namespace autopack_schema::cli
