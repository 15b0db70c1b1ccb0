// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/help.hpp>
#include <autopack_schema/cli/report_error.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/cli/suggest.hpp>
#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/error.hpp>

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::cli {

/// The name of a program without its folder.
inline std::string program_name(std::string_view path) {
    const std::size_t slash = path.find_last_of("/\\");
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    return name.empty() ? "autopack-schema" : std::string(name);
}

namespace detail {

/// The command that was being read when the error came up.
inline const CLI::App& command_of(const CLI::App& app) {
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    return chosen.empty() ? app : *chosen.front();
}

inline std::vector<std::string> known_words(const CLI::App& command) {
    std::vector<std::string> words;
    for (const CLI::App* sub : command.get_subcommands([](const CLI::App* a) { return !a->get_name().empty(); }))
        words.push_back(sub->get_name());
    const auto add = [&words](const CLI::App& from) {
        for (const CLI::Option* o : from.get_options()) {
            for (const std::string& name : o->get_lnames()) words.push_back("--" + name);
        }
    };
    add(command);
    for (const CLI::App* group : command.get_subcommands([](const CLI::App* a) { return a->get_name().empty(); }))
        add(*group);
    return words;
}

/// The words that nobody understood, and what was probably meant by the first of them.
inline std::string unknown_words(const CLI::App& app) {
    const CLI::App& command = command_of(app);
    const std::vector<std::string> left = app.remaining(true);
    if (left.empty()) return {};
    std::string what = "I do not understand";
    for (const std::string& word : left) what += " " + autopack_schema::detail::quoted(word);
    const std::string near =
        nearest(std::string_view(left.front()).substr(0, left.front().find('=')), known_words(command));
    return what + (near.empty() ? "" : " (did you mean " + near + "?)");
}

} // namespace detail

/// Help and version go to standard output with exit code 0. Everything else is an error with exit code 1: CLI11's own
/// codes (105, 106, …) would hide among the answers of the commands.
inline int report_parse_error(session& s, const CLI::App& app, const CLI::ParseError& e) {
    const CLI::App& command = detail::command_of(app);
    const std::string name = &command == &app ? s.program : s.program + " " + command.get_name();
    if (e.get_exit_code() == 0) {
        const bool version = e.get_name() == "CallForVersion";
        s.out.print(version ? std::string(e.what()) + "\n"
                            : help_text(command, name, s.packs.empty() ? nullptr : &s.packs.front()));
        return s.out.flush() ? 0 : 1;
    }
    const std::string unknown = detail::unknown_words(app);
    std::string what = unknown.empty() ? e.what() : unknown;
    if (unknown.empty() && &command == &app) what = "say what to do: " + enumerated(detail::known_words(app));
    report_error(
        s, error({.code = "S450", .what_happened = std::move(what), .advice = "see `" + name + " --help`"}).what());
    return 1;
}

} // namespace autopack_schema::cli
