// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/diagram/paint.hpp>
#include <autopack_schema/cli/diagram/picture.hpp>
#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/model/schema.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace autopack_schema::cli::diagram {

namespace detail {

inline box* find_box(picture& p, std::string_view name) {
    for (box& b : p.boxes) {
        if (model::same_name(b.name, name)) return &b;
    }
    return nullptr;
}

inline row* find_row(box& b, std::string_view name) {
    for (row& r : b.rows) {
        if (model::same_name(r.name, name)) return &r;
    }
    return nullptr;
}

inline void add_note(std::string& note, const drift::finding& f) {
    if (!note.empty()) note += "; ";
    note += f.kind;
    if (f.expected.empty() || f.actual.empty() || f.expected.size() + f.actual.size() > 80) return;
    note += " (" + f.expected + " wanted, is " + f.actual + ")";
}

/// What the database has and the code does not know gets its box or its row.
inline void add_extra(picture& p, const model::schema& live, const drift::finding& f) {
    const model::table* const t = model::find_table(live, std::string_view(f.table));
    if (t == nullptr) return;
    if (f.kind == "table.extra") p.boxes.push_back(make_box(live, *t));
    box* const b = find_box(p, f.table);
    if (f.kind != "column.extra" || b == nullptr) return;
    for (const model::column& c : live.columns_of(*t)) {
        if (f.object == f.table + "." + std::string(c.name.text)) b->rows.push_back(make_row(live, *t, c));
    }
}

inline void colour(picture& p, const drift::finding& f) {
    box* const b = find_box(p, f.table.empty() ? f.object : f.table);
    if (b == nullptr) return;
    const paint shade = paint_of(f.level);
    b->colour = std::max(b->colour, shade);
    const bool inside = f.object.size() > f.table.size() && f.object.starts_with(f.table + ".");
    row* const r = inside ? find_row(*b, std::string_view(f.object).substr(f.table.size() + 1)) : nullptr;
    if (r != nullptr) {
        r->colour = std::max(r->colour, shade);
        add_note(r->note, f);
        return;
    }
    drift::finding named = f;
    if (f.object != b->name) named.kind += " " + f.object;
    add_note(b->note, named);
}

} // namespace detail

/// Colours a diagram of the expected schema by what a check found, and adds what only the database has.
inline void add_drift(picture& p, const drift::report& found, const model::schema& live) {
    p.coloured = true;
    for (const drift::finding& f : found.findings) detail::add_extra(p, live, f);
    for (const drift::finding& f : found.findings) detail::colour(p, f);
}

} // namespace autopack_schema::cli::diagram
