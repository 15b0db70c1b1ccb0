// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/rebuild.hpp>
#include <autopack_schema/migrate/sqlite/detail/virtual_table.hpp>
#include <autopack_schema/sql/sqlite/module_text.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// Only its module knows what such a table holds.
inline blocker unknown_module(const table_pair& pair) {
    const bool old = place_of(pair.was) == row_place::unknown;
    const auto m = sql::sqlite::read_module(old ? pair.was.module : pair.is.module);
    return {.code = "S380",
            .table = std::string(pair.is.name.text),
            .what = "what a table of the module " + std::string(m.name) + " holds is known to the module alone",
            .advice = "make the new table under another name, fill it as the module's documentation says, then drop "
                      "the old one (fts3, fts4, fts5, rtree and rtree_i32 are done by the migration)"};
}

/// Writes what fills a full-text table from the table or view whose rows it indexes; empty where there is none.
/// source: https://sqlite.org/fts5.html, 6.10; https://sqlite.org/fts3.html, 7.6
inline std::string index_content(const model::schema& s, const model::table& t, std::string_view name) {
    const std::string content = content_of(t);
    const bool there = model::find_table(s, model::name(content)) != nullptr ||
                       model::find(s.views, model::name(content)) != nullptr;
    if (content.empty() || !there) return {};
    return "INSERT INTO " + in_main(name) + " (" + quote_identifier(name) + ") VALUES ('rebuild')";
}

/// Writes what carries the settings of an FTS5 table over, which are no arguments: its ranking function, its page size.
inline std::string copy_settings(const table_pair& pair, std::string_view name) {
    using sql::sqlite::module_family;
    const bool both = sql::sqlite::read_module(pair.was.module).family == module_family::fts5 &&
                      sql::sqlite::read_module(pair.is.module).family == module_family::fts5;
    if (!both) return {};
    return "INSERT INTO " + in_main(name) + " (" + quote_identifier(name) + ", rank) SELECT k, v FROM " +
           in_main(std::string(pair.was.name.text) + "_config") + " WHERE k <> 'version'";
}

/// Makes a virtual table anew, or makes one of an ordinary table or the other way round.
struct remaking {
    const table_pair& pair;
    row_place was = place_of(pair.was);
    row_place is = place_of(pair.is);

    bool can() const { return was != row_place::unknown && is != row_place::unknown; }

    /// Its content must be there first, be it a view.
    bool comes_last() const { return is == row_place::elsewhere; }

    step made(std::string_view fingerprint) const {
        step s{.kind = step_kind::rebuild_table,
               .table = std::string(pair.is.name.text),
               .changes = words_for(pair),
               .rows = pair.known.rows};
        check_list list(pair, s.checks);
        check(list);
        const std::string name = temporary_name(fingerprint, pair.is.name.text, pair.live, pair.target);
        const auto add = [&s](std::string sql) {
            if (!sql.empty()) s.statements.push_back({statement_role::change, std::move(sql)});
        };
        add(table_sql(pair.target, pair.is, name));
        add(copy_settings(pair, name));
        if (copies()) s.statements.push_back({statement_role::copy, copy_rows(pair, name, list.sources())});
        if (is == row_place::elsewhere) add(index_content(pair.target, pair.is, name));
        take_its_place(pair, name, s);
        if (pair.is.kind == model::table_kind::ordinary) restore_dependents(pair, s);
        s.loses_data = loses_values(pair);
        if (copies() && is == row_place::own) s.same_columns = same_columns(list);
        return s;
    }

private:
    bool copies() const {
        const bool readable = was == row_place::own || was == row_place::elsewhere;
        return readable && (is == row_place::own || (is == row_place::nowhere && was == row_place::elsewhere));
    }

    void check(check_list& list) const {
        const bool hides = was == row_place::own && (is == row_place::nowhere || is == row_place::computed);
        if (was == row_place::nowhere || hides) check_unreadable(list);
        if (was == row_place::own && is == row_place::elsewhere) check_content(list, content_of(pair.is));
        if (!copies()) return;
        if (pair.is.kind == model::table_kind::ordinary) return check_rows(list);
        if (sql::sqlite::read_module(pair.is.module).family != sql::sqlite::module_family::rtree) return;
        check_tree(list);
        const auto columns = pair.target.columns_of(pair.is);
        if (columns.empty() || list.source(columns[0].name) == nullptr) return;
        check_storage_class(list, *list.source(columns[0].name), pair.old_column(columns[0].name));
        const model::key_part id{.text = columns[0].name};
        check_unique(list, {&id, 1}, {});
    }
};

} // namespace autopack_schema::migrate::sqlite::detail
