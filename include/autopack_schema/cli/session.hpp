// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/config.hpp>
#include <autopack_schema/cli/files.hpp>
#include <autopack_schema/cli/pack.hpp>
#include <autopack_schema/cli/source.hpp>
#include <autopack_schema/cli/terminal.hpp>
#include <autopack_schema/db/url.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::cli {

/// One run of the command line: what it knows, what it was told, and what it does in the end.
struct session {
    std::string program = "autopack-schema";
    std::vector<schema_pack> packs{};
    terminal out{};
    configuration config{};
    std::string schema{};      ///< --schema
    std::string database{};    ///< --database
    std::string config_file{}; ///< --config
    std::string color = "auto";
    bool quiet = false;
    std::function<int(session&)> action{}; ///< of the chosen command; gives the exit code

    /// The pack of --schema, of the configuration, or the only one.
    const schema_pack& pack() const { return require_pack(packs, schema.empty() ? config.schema : schema); }

    /// The URL of --database, else of DATABASE_URL; there is no default.
    /// errors: S201 none of them, S202 no URL
    db::url url() const { return database.empty() ? db::url_from_environment() : db::url::parse(database); }

    /// Reads a schema that a word of the command line means; a version alone is one of --schema.
    schema_source source(const std::string& text) const {
        const std::string& named = schema.empty() ? config.schema : schema;
        const schema_pack* const chosen = find_pack(packs, named);
        const model::schema* const version = chosen == nullptr ? nullptr : find_version(*chosen, text);
        return version == nullptr ? read_source(text, packs) : detail::source_from_pack(*version);
    }

    /// Writes a result to a file, or to standard output where none is named.
    void deliver(const std::string& path, std::string_view text) {
        if (path.empty() || path == "-") return out.print(text);
        write_file(path, text);
        out.note("written: " + path + "\n");
    }
};

} // namespace autopack_schema::cli
