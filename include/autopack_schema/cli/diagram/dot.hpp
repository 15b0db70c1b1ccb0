// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/diagram/markup.hpp>
#include <autopack_schema/cli/diagram/paint.hpp>
#include <autopack_schema/cli/diagram/picture.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::cli::diagram {

namespace detail {

/// Grey text; Graphviz refuses an empty one.
inline std::string dot_grey(const std::string& text) {
    return text.empty() ? "" : "<font color=\"#5b6b7b\">" + text + "</font>";
}

inline std::string dot_row(const row& r, std::size_t number) {
    const std::string open = "<td align=\"left\" bgcolor=\"" + std::string(fill_of(r.colour)) + "\"";
    const std::string tip = r.note.empty() ? "" : " href=\"#\" title=\"" + escaped(r.note) + "\"";
    const std::string name = r.name.empty() ? "" : r.primary_key ? "<b>" + escaped(r.name) + "</b>" : escaped(r.name);
    const std::string type = escaped(r.type) + (r.not_null && !r.primary_key ? " NOT NULL" : "");
    const std::string port = std::to_string(number);
    return "      <tr>" + open + " port=\"l" + port + "\">" + dot_grey(keys_of(r)) + "</td>" + open + " port=\"c" +
           std::to_string(number) + "\"" + tip + ">" + name + "</td>" + open + " port=\"r" + port + "\">" +
           dot_grey(type) + "</td></tr>\n";
}

inline std::string dot_box(const box& b, std::size_t number) {
    const std::string_view kind = kind_text(b.kind);
    const std::string stroke(stroke_of(b.colour));
    std::string text = "  b" + std::to_string(number) +
                       " [label=<\n    <table border=\"0\" cellborder=\"1\" cellspacing=\"0\" "
                       "cellpadding=\"4\" color=\"" +
                       stroke + "\"" + (kind.empty() ? "" : " style=\"dashed\"") + ">\n";
    text += "      <tr><td colspan=\"3\" port=\"head\" bgcolor=\"" + stroke + "\"><font color=\"#ffffff\"><b>" +
            escaped(b.name) + "</b>" + (kind.empty() ? "" : " (" + std::string(kind) + ")") + "</font></td></tr>\n";
    for (std::size_t i = 0; i < b.rows.size(); ++i) text += dot_row(b.rows[i], i);
    if (!b.note.empty()) {
        text += "      <tr><td colspan=\"3\" align=\"left\" bgcolor=\"" + std::string(fill_of(b.colour)) + "\">" +
                escaped(b.note) + "</td></tr>\n";
    }
    return text + "    </table>>];\n";
}

/// One end of a line: `side` is "r:e" at the right of a row, "l:w" at the left.
inline std::string dot_end(const picture& p, std::size_t box_number, std::size_t row_number, std::string_view side) {
    const std::string name = "b" + std::to_string(box_number);
    if (row_number >= p.boxes[box_number].rows.size()) return name + ":head:" + std::string(side.substr(2));
    return name + ':' + side[0] + std::to_string(row_number) + ':' + std::string(side.substr(2));
}

inline std::string dot_relation(const picture& p, const relation& r) {
    const box& parent = p.boxes[r.parent];
    const box& child = p.boxes[r.child];
    const std::size_t from = r.reads ? parent.rows.size() : parent_row(parent, r);
    const std::size_t to = r.reads ? child.rows.size() : row_index(child, r.child_columns.front());
    const std::string line = "  " + dot_end(p, r.parent, from, "r:e") + " -> " + dot_end(p, r.child, to, "l:w");
    if (r.reads) return line + " [style=dotted, dir=none];\n";
    return line + " [arrowtail=" + (r.optional ? "teeodot" : "teetee") +
           ", arrowhead=" + (r.one ? "teeodot" : "crowodot") + ", tooltip=\"" + escaped(r.label) + "\"];\n";
}

} // namespace detail

/// Writes a graph for Graphviz: `autopack-schema diagram --format dot | dot -Tsvg`.
/// source: https://graphviz.org/doc/info/shapes.html#html
inline std::string to_dot(const picture& p) {
    std::string text = "digraph schema {\n  graph [rankdir=LR, nodesep=0.4, ranksep=1.2, labelloc=t, "
                       "fontname=\"Helvetica\", label=\"" +
                       detail::escaped(p.title) +
                       "\"];\n  node [shape=plain, fontname=\"Helvetica\", fontsize=10];\n"
                       "  edge [dir=both, color=\"#5b6b7b\"];\n";
    for (std::size_t i = 0; i < p.boxes.size(); ++i) text += detail::dot_box(p.boxes[i], i);
    for (const relation& r : p.relations) text += detail::dot_relation(p, r);
    return text + "}\n";
}

} // namespace autopack_schema::cli::diagram
