// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/progress.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/cli/table_text.hpp>
#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/migrate/sqlite/baseline.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace autopack_schema::cli::commands {

/// What `history` can be told.
struct history_options {
    std::string format = "text";
};

namespace detail {

inline std::string history_json(const std::vector<migrate::sqlite::history_entry>& entries,
                                const std::vector<std::string>& warnings) {
    using json = nlohmann::ordered_json;
    json list = json::array();
    for (const auto& e : entries) {
        list.push_back({{"id", e.id},
                        {"name", e.name},
                        {"version", e.version},
                        {"outcome", e.outcome},
                        {"started_at", e.started_at},
                        {"finished_at", e.finished_at},
                        {"rows", e.rows},
                        {"tool", e.tool},
                        {"checksum", e.checksum},
                        {"plan", e.plan},
                        {"fingerprint", e.fingerprint}});
    }
    const json out = {{"history", list}, {"warnings", warnings}};
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

inline std::string history_text(const std::vector<migrate::sqlite::history_entry>& entries) {
    if (entries.empty()) return "no history: no migration was applied by this library\n";
    std::vector<std::vector<std::string>> rows{
        {"finished (UTC)", "migration", "version", "outcome", "rows", "tool", "checksum"}};
    for (const auto& e : entries) {
        rows.push_back({e.finished_at, e.name, e.version, e.outcome, cli::detail::grouped(e.rows), e.tool,
                        e.checksum.substr(0, 12)});
    }
    return aligned(rows);
}

inline int run_history(session& s, const history_options& o) {
    sqlite::connection database = open_to_read(s.url());
    const auto entries = migrate::sqlite::read_history(database);
    std::vector<std::string> warnings;
    const bool named = !s.schema.empty() || !s.config.schema.empty() || s.packs.size() == 1;
    if (named) warnings = migrate::sqlite::check_history(entries, s.pack().migrations);
    s.out.print(o.format == "json" ? history_json(entries, warnings) : history_text(entries));
    for (const std::string& w : warnings) s.out.note("warning: " + w + "\n");
    return warnings.empty() ? 0 : 2;
}

} // namespace detail

/// Adds `history`.
inline void add_history(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, history_options& o) {
        add_schema(c, s);
        add_database(c, s);
        c.add_option("--format", o.format, "text (default) or json")
            ->check(CLI::IsMember({"text", "json"}))
            ->type_name("NAME");
        c.footer(
            R"(With --schema, migrations that were edited after they were applied or that nobody knows are reported.

Exit codes: 0 as it should be, 2 something was edited or is unknown, 1 error

Example:
  %program% history --schema %schema% --database sqlite:///app.db)");
    };
    add_command<history_options>(app, s, "history", "show the migrations that were applied to a database", add,
                                 detail::run_history)
        .group("Compare");
}

/// What `baseline` can be told.
struct baseline_options {
    std::string to{};
};

namespace detail {

inline int run_baseline(session& s, const baseline_options& o) {
    const schema_pack& pack = s.pack();
    const model::schema& version = require_version(pack, o.to);
    const auto position = static_cast<std::size_t>(&version - pack.versions.data());
    sqlite::connection database = sqlite::connection::open(s.url(), {.mode = sqlite::open_mode::read_write});
    migrate::sqlite::baseline(database, pack.migrations.first(std::min(position, pack.migrations.size())));
    if (!s.quiet) s.out.print(history_text(migrate::sqlite::read_history(database)));
    return 0;
}

} // namespace detail

/// Adds `baseline`.
inline void add_baseline(CLI::App& app, session& s) {
    const auto add = [&s](CLI::App& c, baseline_options& o) {
        add_schema(c, s);
        add_database(c, s);
        c.add_option("--to", o.to, "the version that the database is at; the current one where it is left out")
            ->type_name("VERSION");
        c.footer(
            R"(For a database that was brought to a version by other means: notes the migrations as done, and changes nothing else.
Refuses when the database is not there.

Example:
  %program% baseline --schema %schema% --database sqlite:///app.db)");
    };
    add_command<baseline_options>(app, s, "baseline", "note in the history that a database is at a version", add,
                                  detail::run_baseline)
        .group("Change");
}

} // namespace autopack_schema::cli::commands
