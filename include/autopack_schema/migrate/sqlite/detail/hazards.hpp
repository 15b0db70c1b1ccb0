// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/table_pair.hpp>
#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Tells whether a text has "name" in double quotes: a string while there is no such column (trap 43).
constexpr bool double_quotes(std::string_view text, std::string_view name) {
    sql::tokenizer source(text);
    for (sql::token t = source.next_significant(); t.kind != sql::token_kind::end; t = source.next_significant()) {
        if (t.kind == sql::token_kind::quoted_identifier && t.text.front() == '"' && sql::same_identifier(t.text, name))
            return true;
    }
    return false;
}

/// The stored texts of a table that the target keeps and in which a new name could change its meaning.
inline model::vector<std::string_view> kept_texts(const table_pair& pair) {
    model::vector<std::string_view> texts;
    const auto keep = [&](std::string_view text, bool still_there) {
        if (still_there && !text.empty()) texts.push_back(text);
    };
    for (const auto& c : pair.live.checks_of(pair.was)) {
        bool there = false;
        for (const auto& k : pair.target.checks_of(pair.is)) there = there || k.expression == c.expression;
        keep(c.expression, there);
    }
    for (const auto& i : pair.live.indexes_of(pair.was)) {
        const bool there = model::find(pair.target.indexes, i.name) != nullptr;
        keep(i.where, there);
        for (const auto& p : pair.live.parts_of(i)) keep(p.is_expression ? p.text.text : std::string_view(), there);
    }
    for (const auto& t : pair.live.triggers) {
        keep(t.definition, t.table == pair.was.name && model::find(pair.target.triggers, t.name) != nullptr);
    }
    return texts;
}

/// Finds what no rows decide: a string that becomes a column, a type that a STRICT table does not know.
inline void find_hazards(const table_pair& pair, std::vector<blocker>& out) {
    const std::string table(pair.is.name.text);
    for (const model::column& c : pair.target.columns_of(pair.is)) {
        const std::string column(c.name.text);
        if (pair.old_column(c.name) == nullptr) {
            for (const std::string_view text : kept_texts(pair)) {
                if (!double_quotes(text, c.name.text)) continue;
                out.push_back({.code = "S380",
                               .table = table,
                               .column = column,
                               .what = "\"" + column + "\" in double quotes is a string in " + std::string(text) +
                                       " and would become the new column",
                               .advice = "write the string in single quotes first"});
            }
        }
        const std::string_view type = sql::sqlite::declared_type(c.type, true);
        const bool known = !strict_class(type).empty() || model::same_name(type, "ANY");
        if (pair.is.strict && !known) {
            out.push_back(
                {.code = "S380",
                 .table = table,
                 .column = column,
                 .what = "a STRICT table cannot have a column of type " + std::string(type),
                 .advice =
                     "put the column into the definition with a type that STRICT tables know, or allow its removal"});
        }
    }
}

} // namespace autopack_schema::migrate::sqlite::detail
