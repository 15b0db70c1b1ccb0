// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/options.hpp>
#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/cli/table_text.hpp>
#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/migrate/sqlite/chain.hpp>
#include <autopack_schema/migrate/sqlite/history.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

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

} // namespace autopack_schema::cli::commands
