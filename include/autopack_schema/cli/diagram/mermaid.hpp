// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/diagram/paint.hpp>
#include <autopack_schema/cli/diagram/picture.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::cli::diagram {

namespace detail {

/// A word of Mermaid's grammar: letters, digits and `_` (and all beyond ASCII).
inline std::string mermaid_word(std::string_view text) {
    std::string word;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
        const bool other = (c >= '0' && c <= '9') || c == '_' || c == '(' || c == ')';
        word += letter || (other && !word.empty()) ? c : '_';
    }
    return word.empty() ? "_" : word;
}

/// A quoted text of Mermaid's grammar, which knows no escape.
inline std::string mermaid_text(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? '\'' : static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return quoted + '"';
}

inline std::string mermaid_box_name(const box& b) {
    const std::string word = mermaid_word(b.name);
    return word == b.name && word.find('(') == std::string::npos ? word : mermaid_text(b.name);
}

inline std::string mermaid_row(const row& r) {
    std::string line = "        " + mermaid_word(r.type.empty() ? "any" : r.type) + ' ' + mermaid_word(r.name);
    std::string keys;
    for (const auto& [is, word] : {std::pair(r.primary_key, "PK"), {r.foreign_key, "FK"}, {r.unique, "UK"}}) {
        if (is) keys += (keys.empty() ? " " : ", ") + std::string(word);
    }
    std::string comment = mermaid_word(r.name) == r.name ? "" : r.name;
    if (r.not_null && !r.primary_key) comment += (comment.empty() ? "" : ", ") + std::string("NOT NULL");
    if (!r.note.empty())
        comment += (comment.empty() ? "" : " ") + ("[" + std::string(name_of(r.colour)) + ": " + r.note + "]");
    return line + keys + (comment.empty() ? "" : " " + mermaid_text(comment)) + '\n';
}

inline std::string mermaid_relation(const picture& p, const relation& r) {
    const std::string parent = mermaid_box_name(p.boxes[r.parent]);
    const std::string child = mermaid_box_name(p.boxes[r.child]);
    if (r.reads) return "    " + parent + " ||..o| " + child + " : \"read by\"\n";
    return "    " + parent + (r.optional ? " |o--" : " ||--") + (r.one ? "o| " : "o{ ") + child + " : " +
           mermaid_text(r.label) + '\n';
}

/// One style per severity, and which boxes have it.
inline std::string mermaid_classes(const picture& p) {
    std::string text;
    for (int i = 1; i <= static_cast<int>(paint::breaking); ++i) {
        const auto shade = static_cast<paint>(i);
        std::string boxes;
        for (const box& b : p.boxes) {
            if (b.colour == shade) boxes += (boxes.empty() ? "" : ",") + mermaid_box_name(b);
        }
        if (boxes.empty()) continue;
        const std::string name(name_of(shade));
        text += "    classDef " + name + " fill:" + std::string(fill_of(shade)) +
                ",stroke:" + std::string(stroke_of(shade)) + '\n';
        text += "    class " + boxes + ' ' + name + '\n';
    }
    return text;
}

} // namespace detail

/// Writes a Mermaid entity relationship diagram, as GitHub and GitLab draw it in Markdown.
/// source: https://mermaid.js.org/syntax/entityRelationshipDiagram.html
inline std::string to_mermaid(const picture& p) {
    std::string text = "---\ntitle: " + detail::mermaid_text(p.title) + "\n---\nerDiagram\n";
    for (const box& b : p.boxes) {
        if (!b.note.empty())
            text += "    %% " + detail::mermaid_word(b.name) + ": " + detail::mermaid_text(b.note) + '\n';
        text += "    " + detail::mermaid_box_name(b);
        if (b.rows.empty()) {
            text += '\n';
            continue;
        }
        text += " {\n";
        for (const row& r : b.rows) text += detail::mermaid_row(r);
        text += "    }\n";
    }
    for (const relation& r : p.relations) text += detail::mermaid_relation(p, r);
    return text + detail::mermaid_classes(p);
}

} // namespace autopack_schema::cli::diagram
