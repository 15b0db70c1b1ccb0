// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/detail/foreign_keys.hpp>
#include <autopack_schema/migrate/sqlite/detail/check_list.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

/// The collation that a part of a key compares by.
inline std::string_view collation_of(const model::schema& s, const model::table& t, const model::key_part& p) {
    std::string_view collation = p.collation;
    const model::column* const c = p.is_expression ? nullptr : model::find_column(s, t, p.text);
    if (collation.empty() && c != nullptr) collation = c->collation;
    return collation.empty() ? "BINARY" : collation;
}

/// Tells whether the old table refused duplicates of the same columns, compared in the same way.
inline bool is_same_key(const table_pair& pair, model::items<model::key_part> old, model::items<model::key_part> now) {
    if (old.size() != now.size()) return false;
    for (const model::key_part& p : now) {
        bool found = false;
        for (const model::key_part& q : old) {
            found = found ||
                    (!p.is_expression && !q.is_expression && p.text == q.text &&
                     model::same_name(collation_of(pair.live, pair.was, q), collation_of(pair.target, pair.is, p)));
        }
        if (!found) return false;
    }
    return true;
}

/// Tells whether no check is needed: the values stay, and the old table had the key already.
inline bool is_enforced(const check_list& list, model::items<model::key_part> parts) {
    const table_pair& pair = list.pair();
    for (const model::key_part& p : parts) {
        const column_source* const s = p.is_expression ? nullptr : list.source(p.text);
        if (s == nullptr || !is_unchanged(pair, *s)) return false;
    }
    if (is_same_key(pair, pair.live.parts_of(pair.was.key), parts)) return true;
    for (const auto& u : pair.live.uniques_of(pair.was)) {
        if (is_same_key(pair, pair.live.parts_of(u), parts)) return true;
    }
    for (const auto& i : pair.live.indexes_of(pair.was)) {
        if (i.unique && i.where.empty() && is_same_key(pair, pair.live.parts_of(i), parts)) return true;
    }
    return false;
}

/// Asks whether values that shall be unique are, compared as the key will compare them.
inline void check_unique(check_list& list, model::items<model::key_part> parts, std::string_view where) {
    if (parts.empty() || is_enforced(list, parts)) return;
    const table_pair& pair = list.pair();
    std::string names, group, text(where);
    std::string present = where.empty() ? std::string("1") : parenthesized(where);
    for (const model::key_part& p : parts) {
        const std::string value = p.is_expression ? parenthesized(p.text.text) : quote_identifier(p.text.text);
        names += (names.empty() ? "" : ", ") + std::string(p.text.text);
        group +=
            (group.empty() ? "" : ", ") + value + " COLLATE " + quote_identifier(collation_of(pair.target, pair.is, p));
        present += " AND " + value + " IS NOT NULL";
        text += ' ' + value;
    }
    const std::string rows = list.rows(text);
    const std::string from = "(SELECT min(" + list.row(rows) + ") AS \"first row\", count(*) AS \"rows\", " + group +
                             " FROM " + rows + " WHERE " + present + " GROUP BY " + group + " HAVING count(*) > 1)";
    list.add_as_it_is({.code = "S373",
                       .column = names,
                       .what = "more than once where values shall be unique",
                       .advice = "remove or change the duplicates",
                       .from = from,
                       .where = "1",
                       .key = "'" + std::string(list.row_word()) + "' || \"first row\"",
                       .show = "SELECT * FROM " + from + " LIMIT 20"});
}

/// Tells whether the old table had the same foreign key: then its orphans were there before.
inline bool had_foreign_key(const table_pair& pair, const model::foreign_key& key) {
    const auto wanted = autopack_schema::detail::parent_columns(pair.target, key);
    for (const model::foreign_key& old : pair.live.foreign_keys_of(pair.was)) {
        const auto parents = autopack_schema::detail::parent_columns(pair.live, old);
        const auto from = pair.live.names_of(old.columns);
        const auto to = pair.target.names_of(key.columns);
        if (old.parent == key.parent && from == to && parents == wanted) return true;
    }
    return false;
}

/// Asks whether every row has its parent, for a foreign key that is new.
inline void check_parents(check_list& list, const model::foreign_key& key) {
    const table_pair& pair = list.pair();
    const auto columns = pair.target.names_of(key.columns);
    if (had_foreign_key(pair, key) || columns.empty()) return;
    if (pair.rule(rule_kind::orphans, columns[0]) != nullptr) return;
    const auto parents = autopack_schema::detail::parent_columns(pair.target, key);
    std::string names, text, present, same;
    for (std::size_t i = 0; i < columns.size() && i < parents.size(); ++i) {
        const std::string child = "\"child\"." + quote_identifier(columns[i].text);
        names += (names.empty() ? "" : ", ") + std::string(columns[i].text);
        text += ' ' + quote_identifier(columns[i].text);
        present += (present.empty() ? "" : " AND ") + child + " IS NOT NULL";
        same += (same.empty() ? "\"parent\"." : " AND \"parent\".") + quote_identifier(parents[i].text) + " = " + child;
    }
    const std::string source = list.rows(text, "child");
    const std::string row = "\"child\"." + list.row(source);
    const bool has_parents = model::find_table(pair.live, key.parent) != nullptr;
    const std::string where = has_parents ? present + " AND NOT EXISTS (SELECT 1 FROM " + in_main(key.parent.text) +
                                                " AS \"parent\" WHERE " + same + ")"
                                          : present;
    list.add_as_it_is({.code = "S377",
                       .column = names,
                       .what = "no parent in " + std::string(key.parent.text),
                       .advice = "insert the parents, correct the rows, or allow it with 'orphans " +
                                 std::string(pair.is.name.text) + "." + std::string(columns[0].text) + "'",
                       .from = source,
                       .where = where,
                       .key = "'" + std::string(list.row_word()) + "' || " + row,
                       .show = "SELECT \"child\".* FROM " + source + " WHERE " + where + " LIMIT 20"});
}

} // namespace autopack_schema::migrate::sqlite::detail
