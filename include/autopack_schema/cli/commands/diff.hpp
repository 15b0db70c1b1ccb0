// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/checking.hpp>
#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/drift/check.hpp>

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::cli::commands {

/// What `diff` can be told.
struct diff_options {
    checking how{};
    std::string from{};
    std::string to{};
    std::string output{};
};

namespace detail {

/// '+' for what comes, '-' for what goes, '~' for what changes.
inline char sign_of(const drift::finding& f) {
    if (f.kind.ends_with(".missing")) return '+';
    return f.kind.ends_with(".extra") ? '-' : '~';
}

inline std::string change_line(const drift::finding& f, const drift::style& look) {
    using autopack_schema::detail::printable;
    using drift::detail::painted;
    const char sign = sign_of(f);
    const std::string_view color = sign == '+'   ? drift::detail::added
                                   : sign == '-' ? drift::detail::removed
                                                 : std::string_view("33");
    std::string kind = sign == '~' ? f.kind : f.kind.substr(0, f.kind.find('.'));
    if (kind.size() < 22) kind.resize(22, ' ');
    std::string line = "  " + painted(look, color, std::string(1, sign)) + " " + kind + " " +
                       painted(look, drift::detail::bold, printable(f.object));
    if (sign == '+' && !f.expected.empty()) line += "  " + printable(f.expected);
    if (sign == '-' && !f.actual.empty()) line += "  " + printable(f.actual);
    if (sign == '~' && f.expected != f.actual) {
        const auto side = [](const std::string& text) {
            return text.empty() ? std::string("(nothing)") : printable(text);
        };
        line += "  " + side(f.actual) + painted(look, drift::detail::dim, " -> ") + side(f.expected);
    }
    return line + "\n";
}

inline std::string diff_text(const drift::report& found, const std::string& from, const std::string& to,
                             const drift::style& look) {
    using autopack_schema::detail::printable;
    std::string text = "from  " + printable(from) + "\nto    " + printable(to) + "\n";
    std::string_view table = "\n";
    for (const drift::finding& f : found.findings) {
        if (f.table != table)
            text += "\n" +
                    drift::detail::painted(look, drift::detail::bold, f.table.empty() ? "views" : printable(f.table)) +
                    "\n";
        table = f.table;
        text += change_line(f, look);
    }
    for (const drift::not_compared& n : found.not_compared) {
        text += "not compared: " + n.kind + " " + autopack_schema::detail::quoted(n.object) + ": " +
                printable(n.reason) + "\n";
    }
    const std::size_t count = found.findings.size();
    return text + "\n" +
           (count == 0 ? "no difference" : std::to_string(count) + (count == 1 ? " difference" : " differences")) +
           "\n";
}

inline int run_diff(session& s, const diff_options& o) {
    drift::options options = check_options(s, o.how);
    options.fail_on = drift::severity::cosmetic;
    const std::string format = format_of(s, o.how);
    const schema_source from = s.source(o.from);
    const schema_source to = s.source(o.to);
    drift::report found = drift::check(to.schema.view(), from.schema.view(), options);
    found.database = from.label;
    const drift::style look = report_style(s, !o.output.empty());
    if (!s.quiet || format != "text" || !o.output.empty()) {
        s.deliver(o.output,
                  format == "text" ? diff_text(found, from.label, to.label, look) : write_report(found, format, look));
    }
    return found.exit_code();
}

} // namespace detail

/// Adds `diff`.
inline void add_diff(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, diff_options& o) {
        c.add_option("--from", o.from, "the schema that is: URL, FILE.sql, LOCK.json or SCHEMA@VERSION")
            ->type_name("SOURCE")
            ->required();
        c.add_option("--to", o.to, "the schema that is wanted, in the same forms")->type_name("SOURCE")->required();
        add_schema(c, s);
        add_checking(c, o.how, {"text", "json", "markdown"});
        add_output(c, o.output);
        add_config(c, s);
        c.footer(R"(Lists what makes the second schema out of the first: + comes, - goes, ~ changes.

Exit codes: 0 both mean the same, 2 differences, 3 something could not be compared, 1 error

Examples:
  %program% diff --from %schema%@%older% --to %schema%@%current%
  %program% diff --from sqlite:///app.db --to schema.sql
  %program% diff --from old.lock.json --to new.lock.json --format json)");
    };
    add_command<diff_options>(app, s, "diff", "compare any two schemas", add, detail::run_diff).group("Compare");
}

} // namespace autopack_schema::cli::commands
