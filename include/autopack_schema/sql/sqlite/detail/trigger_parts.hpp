// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/items.hpp>
#include <autopack_schema/sql/token.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::sql::sqlite::detail {

enum class trigger_time : std::uint8_t { before, after, instead_of };

/// The parts of a trigger's definition, as tokens.
struct trigger_parts {
    bool understood = false;
    trigger_time time = trigger_time::before;
    token event{};                           ///< DELETE, INSERT or UPDATE
    model::items<token> update_columns{}; ///< behind OF, with commas
    token table{};
    model::items<token> when{};
    model::items<token> body{}; ///< between BEGIN and END
};

/// Walks through tokens; behind the last one there are only empty ones.
struct token_walk {
    model::items<token> rest;

    constexpr token peek(std::size_t ahead = 0) const { return ahead < rest.size() ? rest[ahead] : token{}; }
    constexpr token take() {
        const token t = peek();
        if (!rest.empty()) rest = rest.subspan(1);
        return t;
    }
    constexpr bool accept_word(std::string_view word) {
        if (!peek().is_word(word)) return false;
        take();
        return true;
    }
    constexpr bool accept(std::string_view mark) {
        if (!peek().is(mark)) return false;
        take();
        return true;
    }
    /// Takes tokens up to a word that is not inside parentheses or CASE … END.
    constexpr model::items<token> take_until(std::string_view word) {
        int depth = 0;
        for (std::size_t i = 0; i < rest.size(); ++i) {
            if (depth == 0 && rest[i].is_word(word)) {
                const model::items<token> taken = rest.first(i);
                rest = rest.subspan(i);
                return taken;
            }
            if (rest[i].is("(") || rest[i].is_word("CASE")) ++depth;
            if (rest[i].is(")") || rest[i].is_word("END")) --depth;
        }
        const model::items<token> all = rest;
        rest = {};
        return all;
    }
};

constexpr trigger_time take_trigger_time(token_walk& walk) {
    if (walk.accept_word("AFTER")) return trigger_time::after;
    if (walk.peek().is_word("INSTEAD") && walk.peek(1).is_word("OF")) {
        walk.take();
        walk.take();
        return trigger_time::instead_of;
    }
    walk.accept_word("BEFORE"); // what is meant where nothing is said
    return trigger_time::before;
}

/// Takes apart what stands behind a trigger's name.
constexpr trigger_parts parts_of_trigger(model::items<token> tokens) {
    while (!tokens.empty() && tokens.back().is(";")) tokens = tokens.first(tokens.size() - 1);
    token_walk walk{tokens};
    trigger_parts parts;
    parts.time = take_trigger_time(walk);
    parts.event = walk.take();
    const bool is_update = parts.event.is_word("UPDATE");
    if (!is_update && !parts.event.is_word("INSERT") && !parts.event.is_word("DELETE")) return parts;
    if (is_update && walk.accept_word("OF")) parts.update_columns = walk.take_until("ON");
    if (!walk.accept_word("ON")) return parts;
    parts.table = walk.take();
    if (walk.accept(".")) parts.table = walk.take();
    if (walk.peek().is_word("FOR") && walk.peek(1).is_word("EACH") && walk.peek(2).is_word("ROW")) {
        walk.rest = walk.rest.subspan(3);
    }
    if (walk.accept_word("WHEN")) parts.when = walk.take_until("BEGIN");
    if (!walk.accept_word("BEGIN") || walk.rest.empty() || !walk.rest.back().is_word("END")) return parts;
    parts.body = walk.rest.first(walk.rest.size() - 1);
    parts.understood = true;
    return parts;
}

/// Tells whether each name of a list is in the other list.
constexpr bool names_within(model::items<token> a, model::items<token> b) {
    for (const token& name : a) {
        bool found = false;
        for (const token& other : b) found = found || same_identifier(name.text, other.text);
        if (!found) return false;
    }
    return true;
}

} // namespace autopack_schema::sql::sqlite::detail
