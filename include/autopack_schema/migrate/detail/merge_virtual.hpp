// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/detail/draft.hpp>
#include <autopack_schema/migrate/target_types.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/module_text.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::migrate::detail {

/// Tells whether a table is a virtual one, or becomes one.
constexpr bool is_remade(const model::table& was, const model::table& is) {
    return was.kind == model::table_kind::virtual_ || is.kind == model::table_kind::virtual_;
}

/// Writes the arguments of a full-text table with one more column, behind the last one that it has.
/// shape:  empty where there is no such place
inline std::string with_module_column(std::string_view module, std::string_view argument) {
    const sql::sqlite::module_text m = sql::sqlite::read_module(module);
    for (std::size_t i = m.arguments.size(); i-- > 0;) {
        const sql::sqlite::module_argument& a = m.arguments[i];
        if (a.option) continue;
        const sql::token& last = m.tokens[a.end - 1];
        const std::size_t place = last.offset + last.text.size();
        return std::string(module.substr(0, place)) + ", " + std::string(argument) + std::string(module.substr(place));
    }
    return {};
}

/// Puts the wanted definition in the place of a virtual table's, or of one that becomes a virtual table: such a table is
/// not altered but made anew. A column that the definition does not know stays, where a full-text table can have it.
struct virtual_merge {
    const model::schema& live;
    const model::schema& wanted;
    target_options options;
    table_draft& d;
    effective_target& out;

    void run() {
        const model::table& is = *model::find_table(wanted, d.table.name);
        table_draft made = table_draft::of(wanted, is);
        if (!options.exact) made.table.name = d.table.name;
        made.table.sql = {};
        for (auto& i : made.indexes) i.value.sql = {};
        for (const drafted_column& c : d.columns) {
            if (c.unknown && !c.gone && !keep_column(made, c)) refuse_loss("column", c.value.name);
        }
        if (is.kind == model::table_kind::virtual_) refuse_indexes();
        d = std::move(made);
    }

    /// A virtual table has no triggers: those of a table that becomes one would go with it.
    void refuse_trigger(const model::trigger& t) { refuse_loss("trigger", t.name); }

private:
    bool keep_column(table_draft& made, const drafted_column& c) {
        using sql::sqlite::module_family;
        const auto had = sql::sqlite::read_module(d.table.module);
        const auto has = sql::sqlite::read_module(made.table.module);
        const bool is_text = had.family == module_family::fts5 || had.family == module_family::fts3;
        const auto* const argument = had.column(c.value.name.text);
        if (!is_text || had.family != has.family || argument == nullptr) return false;
        const std::string text = with_module_column(made.table.module, had.text_of(*argument));
        if (text.empty()) return false;
        made.table.module = out.schema.keep(text);
        made.columns.push_back(c);
        return true;
    }

    void refuse_indexes() {
        for (const auto& i : d.indexes) {
            if (!i.gone) refuse_loss("index", i.value.name);
        }
    }

    void refuse_loss(std::string_view kind, const model::name& name) {
        const bool column = kind == "column";
        const std::string object = (column ? std::string(d.table.name.text) + "." : "") + std::string(name.text);
        out.blockers.push_back({.code = "S380",
                                .table = std::string(d.table.name.text),
                                .column = column ? std::string(name.text) : std::string(),
                                .what = "the table is made anew, and the " + std::string(kind) + " " + object +
                                        ", which the definitions do not know, would be lost",
                                .advice = "put it into the definitions, or allow 'drop " + std::string(kind) + " " +
                                          object + "'"});
    }
};

} // namespace autopack_schema::migrate::detail
