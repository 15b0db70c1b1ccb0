// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/case.hpp>
#include <autopack_schema/drift/detail/filter.hpp>
#include <autopack_schema/drift/finding.hpp>
#include <autopack_schema/drift/options.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::drift::detail {

inline bool has_object(const model::schema& s, const model::unmodelled& o) {
    if (o.kind == "table") return model::find(s.tables, o.name) != nullptr;
    if (o.kind == "index") return model::find(s.indexes, o.name) != nullptr;
    if (o.kind == "view") return model::find(s.views, o.name) != nullptr;
    if (o.kind == "trigger") return model::find(s.triggers, o.name) != nullptr;
    return true;
}

inline void add_uncertain(const model::schema& side, const model::schema& other, const options& o,
                          std::vector<not_compared>& list) {
    for (const model::unmodelled& u : side.others) {
        if (!has_object(other, u)) continue; // nothing to compare it with: it is missing or extra as a whole
        const std::string_view table = u.kind == "table" ? u.name.text : std::string_view{};
        const std::string kind = std::string(u.kind) + ".definition";
        const bool known_tool = !o.bookkeeping && u.kind == "table" && is_bookkeeping(u.name.text);
        if (known_tool || is_ignored(o, kind, table, u.name.text)) continue;
        list.push_back({std::string(u.kind), std::string(u.name.text), std::string(u.reason)});
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
    return std::ranges::any_of(s.others, [&](const model::unmodelled& u) {
        return u.kind == kind && model::same_name(u.name.text, name);
    });
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
