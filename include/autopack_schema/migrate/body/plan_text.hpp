// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/plan_text.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::migrate {

namespace detail {

/// Indents the lines of a statement.
inline std::string indented(std::string_view text, std::string_view indent) {
    std::string out(indent);
    for (const char c : text) {
        out += c;
        if (c == '\n') out += indent;
    }
    return out;
}

inline std::string count_of_rows(std::int64_t rows) {
    if (rows < 0) return "an unknown number of rows";
    return std::to_string(rows) + (rows == 1 ? " row" : " rows");
}

inline std::string heading(const step& s) {
    std::string text(name_of(s.kind));
    if (s.kind == step_kind::rename_table) return text + " " + s.table + " to " + s.object;
    if (!s.table.empty()) text += " " + s.table;
    if (!s.object.empty()) text += s.table.empty() ? " " + s.object : "." + s.object;
    if (s.rows != 0) text += " (" + count_of_rows(s.rows) + ")";
    if (s.loses_data) text += "  LOSES DATA";
    return text;
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION std::string to_text(const blocker& b) {
    std::string text = "[" + b.code + "] ";
    if (!b.table.empty()) text += "table \"" + b.table + "\"";
    if (!b.column.empty()) text += ", \"" + b.column + "\"";
    if (!b.table.empty()) text += ": ";
    if (b.rows > 0) text += counted(b) + ": ";
    text += b.what;
    if (!b.examples.empty()) text += " (" + b.examples + ")";
    if (!b.advice.empty()) text += "; " + b.advice;
    if (!b.query.empty()) text += "\n  see: " + b.query;
    return text;
}

AUTOPACK_SCHEMA_FUNCTION std::string to_text(const plan& p, bool with_sql) {
    std::string text = "plan for " + p.schema + (p.version.empty() ? "" : " " + p.version) + "\n";
    if (p.steps.empty()) text += "nothing to do\n";
    for (std::size_t i = 0; i < p.steps.size(); ++i) {
        const step& s = p.steps[i];
        text += std::to_string(i + 1) + ". " + detail::heading(s) + "\n";
        for (const std::string& c : s.changes) text += "   - " + c + "\n";
        for (const pre_check& c : s.checks)
            text += "   needs no row: " + c.what + (c.column.empty() ? "" : " [" + c.column + "]") + "\n";
        if (!with_sql) continue;
        for (const planned_statement& q : s.statements) text += detail::indented(q.sql + ";", "     ") + "\n";
        if (s.undo.empty() && s.kind != step_kind::custom) text += "   no undo but the backup\n";
        for (const std::string& u : s.undo) text += "   undo: " + u + "\n";
    }
    if (!p.kept.empty()) text += "kept as it is:\n";
    for (const kept_difference& k : p.kept) text += "   " + std::string(drift_name(k.kind)) + " " + k.object + "\n";
    for (const std::string& a : p.allowances) text += "allowed: " + a + "\n";
    for (const std::string& n : p.notes) text += "note: " + n + "\n";
    for (const blocker& b : p.blockers) text += "cannot be done: " + to_text(b) + "\n";
    return text;
}

} // namespace autopack_schema::migrate
