// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/drift/detail/summary.hpp>
#include <autopack_schema/drift/detail/text_rows.hpp>
#include <autopack_schema/drift/text.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstddef>
#include <string_view>

namespace autopack_schema::drift {

namespace detail {

/// Tells whether a finding is about a table as a whole: those stand together.
inline bool is_whole_table(const finding& f) { return f.kind == "table.missing" || f.kind == "table.extra"; }

/// The block that a finding stands in.
inline std::string block_of(const finding& f) {
    if (is_whole_table(f)) return "tables";
    return f.table.empty() ? "views" : shown_name(f.table);
}

inline bool same_block(const finding& a, const finding& b) {
    return is_whole_table(a) ? is_whole_table(b) : !is_whole_table(b) && a.table == b.table;
}

/// Tells whether two findings share a heading: "breaking  column.default S319: every INSERT …".
inline bool same_heading(const finding& a, const finding& b) {
    return a.level == b.level && a.kind == b.kind && a.message == b.message;
}

inline void put_heading(std::string& out, const style& s, const finding& f) {
    const std::string level(name_of(f.level));
    out +=
        "  " + padded(painted(s, color_of(f.level), level), level.size(), 10) + (level.size() < 10 ? "" : " ") + f.kind + ' ' + painted(s, dim, f.code);
    out += s.advice ? ": " + f.message + '\n' : "\n";
}

/// The line with the name of the block, and over what the sides stand.
inline void put_block_name(std::string& out, const style& s, const text_columns& at, const finding& f) {
    const std::string name = block_of(f);
    out += painted(s, bold, name);
    if (width_of(name) + 2 <= at.expected) {
        out.append(at.expected - width_of(name), ' ');
        out += painted(s, dim, padded("expected", 8, at.actual - at.expected) + "actual");
    }
    out += '\n';
}

/// The findings of one block: the worst first, those of one kind together.
inline void put_block(std::string& out, const style& s, const text_columns& at, model::items<finding> findings,
                      model::vector<std::string_view>& suggested) {
    put_block_name(out, s, at, findings.front());
    model::vector<bool> done(findings.size());
    for (std::size_t level = severity_names.size(); level-- > 0;) {
        for (std::size_t i = 0; i < findings.size(); ++i) {
            if (done[i] || static_cast<std::size_t>(findings[i].level) != level) continue;
            put_heading(out, s, findings[i]);
            for (std::size_t j = i; j < findings.size(); ++j) {
                if (done[j] || !same_heading(findings[i], findings[j])) continue;
                done[j] = true;
                put_finding(out, s, at, findings[j]);
                const std::string& hint = findings[j].suggestion;
                if (!s.advice || hint.empty() || model::contains(suggested, hint)) continue;
                suggested.push_back(hint);
                out += "      " + hint + '\n';
            }
        }
    }
}

/// What it takes, once for all findings that take the same.
inline void put_fixes(std::string& out, const style& s, const report& r) {
    model::vector<bool> done(r.findings.size());
    out += painted(s, bold, "to put it right") + '\n';
    for (std::size_t i = 0; i < r.findings.size(); ++i) {
        if (done[i]) continue;
        const finding& f = r.findings[i];
        std::size_t count = 0;
        model::vector<std::string_view> kinds;
        for (std::size_t j = i; j < r.findings.size(); ++j) {
            const finding& g = r.findings[j];
            if (done[j] || g.advice != f.advice || g.advice_text != f.advice_text) continue;
            done[j] = true;
            ++count;
            if (!model::contains(kinds, g.kind)) kinds.push_back(g.kind);
        }
        std::string listed;
        for (const std::string_view kind : kinds) listed += (listed.empty() ? "" : ", ") + std::string(kind);
        out += "  " + std::to_string(count) + " × " + listed + '\n';
        out += "      " + std::string(name_of(f.advice)) + ": " + f.advice_text + '\n';
    }
    out += '\n';
}

inline void put_rest(std::string& out, const style& s, const report& r) {
    using autopack_schema::detail::printable;
    for (const not_compared& n : r.not_compared) {
        out += painted(s, color_of(severity::semantic), "not compared") + ": " + n.kind + ' ' +
               autopack_schema::detail::quoted(n.object) + ": " + printable(n.reason) + '\n';
    }
    if (!r.ignored.empty()) out += "ignored: " + std::to_string(r.ignored.size()) + " by patterns and switches\n";
    out += painted(s, dim, "compared (expected/database): " + coverage_summary(r.compared)) + '\n';
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION std::string to_text(const report& r, const style& s) {
    std::string out;
    const detail::text_columns at = detail::place_columns(r, s);
    model::vector<std::string_view> suggested;
    const model::items<finding> all(r.findings);
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin + 1;
        while (end < all.size() && detail::same_block(all[begin], all[end])) ++end;
        detail::put_block(out, s, at, all.subspan(begin, end - begin), suggested);
        out += '\n';
        begin = end;
    }
    if (s.advice && !r.findings.empty()) detail::put_fixes(out, s, r);
    const std::string summary = detail::severity_summary(r);
    const std::string fails = "fails at " + std::string(name_of(r.fail_on));
    if (summary.empty()) {
        out += detail::painted(s, detail::added, "no drift") + '\n';
    } else {
        out += "drift: " + summary + " (" + fails + ")\n";
    }
    detail::put_rest(out, s, r);
    return out;
}

} // namespace autopack_schema::drift
