// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/lint.hpp>
#include <autopack_schema/cli/migrating.hpp>
#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/sqlite/downgrade.hpp>
#include <autopack_schema/migrate/sqlite/run.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace autopack_schema::cli::commands {

/// What `lint` can be told.
struct lint_options {
    target_choice target{};
    std::string plan{};
    std::string format = "text";
};

namespace detail {

inline std::string lint_json(const std::vector<lint_finding>& found, const std::vector<migrate::blocker>& blockers) {
    using json = nlohmann::ordered_json;
    json list = json::array();
    for (const lint_finding& f : found)
        list.push_back({{"code", f.code}, {"rule", f.rule}, {"step", f.step}, {"message", f.message}});
    json in_the_way = json::array();
    for (const migrate::blocker& b : blockers) in_the_way.push_back(migrate::to_text(b));
    const json out = {{"findings", list}, {"blockers", in_the_way}};
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

inline std::string lint_text(const std::vector<lint_finding>& found, const std::vector<migrate::blocker>& blockers) {
    std::string out;
    for (const lint_finding& f : found) {
        out += "[" + f.code + "] " + f.rule + ": " + autopack_schema::detail::printable(f.step) + "\n    " +
               autopack_schema::detail::printable(f.message) + "\n";
    }
    for (const migrate::blocker& b : blockers) out += "in the way: " + migrate::to_text(b) + "\n";
    return out.empty() ? "nothing to say about this migration\n" : out;
}

/// Plans and asks the rows, on the way to a newer version or back to an older one.
inline migrate::run_result rehearse(sqlite::connection& database, const destination& d,
                                    const migrate::run_options& options) {
    if (is_newer(database, d))
        return migrate::sqlite::downgrade(database, d.pack->migrations, d.source.schema.view(), options);
    return migrate::sqlite::run(database, d.source.schema.view(), d.chain, options);
}

inline int run_lint(session& s, const lint_options& o) {
    target_choice target = o.target;
    const std::optional<migrate::plan> plan = read_plan(o.plan, target);
    const destination d = find_destination(s, target);
    migrate::run_options options = run_options_for(target);
    options.dry_run = true;
    options.only = plan ? &*plan : nullptr;
    sqlite::connection database = sqlite::connection::open(s.url(), {.mode = sqlite::open_mode::read_write});
    const model::snapshot live = inspect(database);
    const migrate::run_result rehearsed = rehearse(database, d, options);
    const std::vector<lint_finding> found =
        lint(rehearsed.plan, rehearsed.blockers, live.view(), d.source.schema.view());
    s.out.print(o.format == "json" ? lint_json(found, rehearsed.blockers) : lint_text(found, rehearsed.blockers));
    return found.empty() && rehearsed.blockers.empty() ? 0 : 2;
}

} // namespace detail

/// Adds `lint`.
inline void add_lint(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, lint_options& o) {
        add_target(c, s, o.target);
        c.add_option("--plan", o.plan, "a plan of `migrate --plan-out`; refused where it does not fit any more")
            ->type_name("FILE");
        c.add_option("--format", o.format, "text (default) or json")
            ->check(CLI::IsMember({"text", "json"}))
            ->type_name("NAME");
        c.footer(
            R"(Plans a migration, asks the real rows and changes nothing. Reports what loses data (S470), what depends on the rows,
with the rows that are in the way (S471), what programs built for the old schema stumble over (S472), and new foreign
keys without an index (S473).

Exit codes: 0 nothing to say, 2 findings, 1 error

Examples:
  %program% lint --schema %schema% --database sqlite:///app.db
  %program% lint -s %schema% -d sqlite:///app.db --plan plan.json
  %program% lint -d sqlite:///app.db --against schema.sql --allow 'drop column users.fax' --format json)");
    };
    add_command<lint_options>(app, s, "lint", "what a migration would do that someone should know before", add,
                              detail::run_lint)
        .group("Compare");
}

} // namespace autopack_schema::cli::commands
