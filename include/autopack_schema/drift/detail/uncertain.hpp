// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/case.hpp>
#include <autopack_schema/drift/detail/filter.hpp>
#include <autopack_schema/drift/finding.hpp>
#include <autopack_schema/drift/options.hpp>
#include <autopack_schema/model/items.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::drift::detail {

template <class T>
const std::string_view* sql_of(model::items<T> list, const model::name& name) {
    const T* const found = model::find(list, name);
    return found == nullptr ? nullptr : &found->sql;
}

/// The stored statement of an object; null where the schema does not have it.
inline const std::string_view* stored_sql(const model::schema& s, std::string_view kind, const model::name& name) {
    static constexpr std::string_view unknown{};
    if (kind == "table") return sql_of(s.tables, name);
    if (kind == "index") return sql_of(s.indexes, name);
    if (kind == "view") return sql_of(s.views, name);
    if (kind == "trigger") return sql_of(s.triggers, name);
    return &unknown;
}

inline void add_uncertain(const model::schema& side, const model::schema& other, const options& o,
                          std::vector<not_compared>& list) {
    for (const model::unmodelled& u : side.others) {
        const std::string_view* const there = stored_sql(other, u.kind, u.name);
        if (there == nullptr) continue; // nothing to compare it with: it is missing or extra as a whole
        if (!u.sql.empty() && *there == u.sql) continue; // the same to the letter is the same
        const std::string_view table = u.kind == "table" ? u.name.text : std::string_view{};
        const std::string kind = std::string(u.kind) + ".definition";
        const bool known_tool = !o.bookkeeping && u.kind == "table" && is_bookkeeping(u.name.text);
        if (known_tool || is_ignored(o, kind, table, u.name.text)) continue;
        not_compared entry{std::string(u.kind), std::string(u.name.text), std::string(u.reason)};
        if (!model::contains(list, entry)) list.push_back(std::move(entry));
    }
}

/// Lists what one of the schemas could not express, where the other one has something to compare it with.
inline std::vector<not_compared> list_uncertain(const model::schema& expected, const model::schema& actual,
                                                const options& o) {
    std::vector<not_compared> list;
    add_uncertain(expected, actual, o, list);
    add_uncertain(actual, expected, o, list);
    return list;
}

inline bool mentions(const model::schema& s, std::string_view kind, std::string_view name) {
    for (const model::unmodelled& u : s.others) {
        if (u.kind == kind && model::same_name(u.name.text, name)) return true;
    }
    return false;
}

/// Tells whether a finding rests on a text that could not be understood; then it is no finding.
inline bool is_uncertain(const drift_case& c, const finding& f) {
    if (!needs_text(c.what.kind)) return false;
    const std::string_view kind = c.what.what == element::index     ? "index"
                                  : c.what.what == element::view    ? "view"
                                  : c.what.what == element::trigger ? "trigger"
                                                                    : "table";
    const std::string_view name = kind == "table" ? f.table : f.object;
    return mentions(c.expected, kind, name) || mentions(c.actual, kind, name);
}

} // namespace autopack_schema::drift::detail
