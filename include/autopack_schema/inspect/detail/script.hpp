// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/inspect/detail/virtual_script.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/name.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::detail {

inline bool is_one_of(model::items<std::string_view> words, std::string_view wanted) {
    for (const std::string_view word : words) {
        if (model::same_name(word, wanted)) return true;
    }
    return false;
}

/// PRAGMAs that decide what the following statements make; all others of a script are left out.
inline constexpr std::string_view scratch_pragmas[] = {"foreign_keys", "legacy_alter_table", "encoding",
                                                       "defer_foreign_keys"};

/// Functions and modules that reach out of the database, where a program has registered them.
inline constexpr std::string_view refused_functions[] = {"load_extension", "readfile", "writefile", "edit",
                                                         "fts3_tokenizer"};
inline constexpr std::string_view refused_modules[] = {"csv", "vsv", "zipfile", "fsdir", "fileio"};

/// Refuses whatever reaches out of a scratch database.
inline int authorize_scratch(void*, int action, const char* first, const char* second, const char*, const char*) {
    const std::string_view one = first != nullptr ? first : "";
    const std::string_view two = second != nullptr ? second : "";
    switch (action) {
    case SQLITE_ATTACH:
    case SQLITE_DETACH: return SQLITE_DENY;
    case SQLITE_PRAGMA:
        return second == nullptr || is_one_of(scratch_pragmas, one) || one == "writable_schema" ? SQLITE_OK
                                                                                                : SQLITE_DENY;
    case SQLITE_FUNCTION: return is_one_of(refused_functions, two) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_CREATE_VTABLE: return is_one_of(refused_modules, two) ? SQLITE_DENY : SQLITE_OK;
    default: return SQLITE_OK;
    }
}

/// Tells whether one of the tokens is one of the names.
inline bool any_is_one_of(model::items<sql::token> tokens, model::items<std::string_view> names) {
    for (const sql::token& t : tokens) {
        if (t.is_name() && is_one_of(names, sql::unquote(t.text))) return true;
    }
    return false;
}

/// What to do with a statement of a script that describes a schema.
enum class script_action { run, skip, read_row };

/// Rows, queries and settings are no part of a schema; but a dump writes virtual tables as rows of `sqlite_schema`.
inline script_action action_for(model::items<sql::token> tokens) {
    constexpr std::string_view rows[] = {"insert", "replace", "update", "delete", "with"};
    constexpr std::string_view never[] = {"select", "values", "analyze", "reindex", "vacuum", "explain"};
    constexpr std::string_view schema_tables[] = {"sqlite_schema", "sqlite_master"};
    if (tokens.empty()) return script_action::skip;
    const std::string_view word = tokens[0].text;
    if (is_one_of(never, word)) return script_action::skip;
    if (model::same_name(word, "pragma")) {
        return any_is_one_of(tokens, scratch_pragmas) ? script_action::run : script_action::skip;
    }
    if (!is_one_of(rows, word)) return script_action::run;
    const auto head = tokens.first(tokens.size() < 6 ? tokens.size() : 6);
    return any_is_one_of(head, schema_tables) ? script_action::read_row : script_action::skip;
}

/// The tokens of a text up to its first semicolon, and where that ends.
struct script_part {
    model::vector<sql::token> tokens{};
    std::size_t end = 0;
};

inline script_part first_part(std::string_view text) {
    constexpr std::size_t enough = 64; // to decide what a statement is
    script_part part;
    sql::tokenizer source(text);
    for (sql::token t = source.next(); t.kind != sql::token_kind::end && !t.is(";"); t = source.next()) {
        if (!t.is_trivia() && part.tokens.size() < enough) part.tokens.push_back(t);
        part.end = t.offset + t.text.size();
    }
    if (part.end < text.size()) ++part.end;
    return part;
}

/// Knows line and column of places in a text that are asked for from front to back.
class place_counter {
public:
    /// "line 3, column 7: "
    std::string place(std::string_view text, std::size_t at) {
        for (; at_ < at && at_ < text.size(); ++at_) {
            if (text[at_] != '\n') continue;
            ++line_;
            start_ = at_ + 1;
        }
        return "line " + std::to_string(line_) + ", column " + std::to_string(at - start_ + 1) + ": ";
    }

private:
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t start_ = 0;
};

/// Runs one statement of a script; one of a module that is not there is only written down.
inline std::size_t run_schema_statement(sqlite::connection& scratch, const std::string& text, std::size_t at,
                                        const std::string& place) {
    const auto end_of = [&] {
        return at + std::max<std::size_t>(first_part(std::string_view(text).substr(at)).end, 1);
    };
    try {
        const auto prepared = sqlite::detail::prepare_next(scratch.handle(), text, at, 0, place, true);
        if (prepared.made.handle() == nullptr) return text.size();
        sqlite::detail::run_to_end(scratch.handle(), prepared.made, text, prepared.end, 2);
        return prepared.end;
    } catch (const error& failure) {
        if (failure.info().what_happened.find("no such module") == std::string::npos) throw;
        add_unknown_module(scratch, std::string_view(text).substr(at, end_of() - at));
        return end_of();
    }
}

/// Runs what a script says about the schema; rows and settings are left out.
/// errors: S234 a statement reaches out of the database, S215 and what else SQLite finds, with its place in the text
inline void run_schema_script(sqlite::connection& scratch, std::string_view script) {
    const std::string text(script);
    place_counter places;
    std::size_t at = 0;
    while (true) {
        at = sqlite::detail::skip_blank(text, at);
        if (at >= text.size()) break;
        const script_part part = first_part(std::string_view(text).substr(at));
        const script_action action = action_for(part.tokens);
        if (action == script_action::run) {
            at = run_schema_statement(scratch, text, at, places.place(text, at));
            continue;
        }
        const std::string row = action == script_action::read_row ? virtual_table_in(part.tokens) : std::string();
        if (!row.empty()) run_schema_statement(scratch, row, 0, places.place(text, at));
        at += std::max<std::size_t>(part.end, 1);
    }
}

} // namespace autopack_schema::detail
