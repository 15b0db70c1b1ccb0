// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/policies.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/drift/github.hpp>
#include <autopack_schema/drift/json.hpp>
#include <autopack_schema/drift/junit.hpp>
#include <autopack_schema/drift/markdown.hpp>
#include <autopack_schema/drift/options.hpp>
#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/drift/sarif.hpp>
#include <autopack_schema/drift/style.hpp>
#include <autopack_schema/drift/text.hpp>

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::cli {

/// How a command compares, and how it shows what it found.
struct checking {
    std::string fail_on{};
    std::string format{};
    std::vector<std::string> formats{}; ///< that the command has; the first is the default
    std::vector<std::string> ignore{};
    std::vector<std::string> policies{};
};

/// --format, --ignore and --policy
inline void add_checking(CLI::App& command, checking& how, std::vector<std::string> formats) {
    how.formats = std::move(formats);
    command.add_option("--format", how.format, enumerated(how.formats))->type_name("NAME");
    command
        .add_option("--ignore", how.ignore,
                    "leave out objects: 'tmp_*', 'table:tmp_*', 'index:ix_*', 'column.order:*'; can be repeated")
        ->type_name("PATTERN")
        ->expected(1)
        ->take_all();
    std::string names = "constraint-names=ignored|different|exact";
    for (const policy& p : cli::policies) names += ", " + std::string(p.name);
    command
        .add_option("--policy", how.policies,
                    "switch a sort of finding on or off, NAME=on|off; can be repeated: " + names)
        ->type_name("NAME=WORD")
        ->expected(1)
        ->take_all();
}

/// The options of a check: configuration first, the command line has the last word.
/// errors: S450 no such severity or policy
inline drift::options check_options(const session& s, const checking& how) {
    drift::options options;
    const std::string& level = how.fail_on.empty() ? s.config.fail_on : how.fail_on;
    if (!level.empty()) options.fail_on = severity_of(level);
    options.ignore = s.config.ignore;
    options.ignore.insert(options.ignore.end(), how.ignore.begin(), how.ignore.end());
    for (const auto& [name, word] : s.config.policies) set_policy(options, name, word);
    for (const std::string& text : how.policies) set_policy(options, text);
    return options;
}

/// The format that was asked for: the command line's, else the configuration's where the command has it.
/// errors: S450 no such format
inline std::string format_of(const session& s, const checking& how) {
    const auto has = [&how](std::string_view name) {
        for (const std::string& f : how.formats) {
            if (f == name) return true;
        }
        return false;
    };
    if (how.format.empty()) return has(s.config.format) ? s.config.format : how.formats.front();
    if (has(how.format)) return how.format;
    const std::string near = nearest(how.format, how.formats);
    throw error({.code = "S450",
                 .what_happened = "there is no format " + autopack_schema::detail::quoted(how.format) +
                                  (near.empty() ? "" : " (did you mean " + near + "?)"),
                 .advice = "say --format " + enumerated(how.formats)});
}

/// Colours and width of a text report.
inline drift::style report_style(const session& s, bool to_file) {
    return {.color = !to_file && s.out.color_out(), .width = s.out.width()};
}

/// Writes a report in a format.
inline std::string write_report(const drift::report& found, std::string_view format, const drift::style& look) {
    const auto ended = [](std::string text) {
        if (!text.ends_with('\n')) text += '\n';
        return text;
    };
    if (format == "json") return ended(drift::to_json(found));
    if (format == "junit") return ended(drift::to_junit(found));
    if (format == "sarif") return ended(drift::to_sarif(found));
    if (format == "github") return drift::to_github(found);
    if (format == "markdown") return ended(drift::to_markdown(found));
    return drift::to_text(found, look);
}

} // namespace autopack_schema::cli
