// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/generate/literal.hpp>
#include <autopack_schema/model/schema.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::cli::generate {

/// `aps::model::conflict::replace`
inline std::string conflict_word(model::conflict action) {
    constexpr std::array<std::string_view, 6> words{"none", "rollback", "abort", "fail", "ignore", "replace"};
    return "aps::model::conflict::" + std::string(words[static_cast<std::size_t>(action)]);
}

/// `.on_conflict(aps::model::conflict::replace)`, or nothing.
inline std::string conflict_text(model::conflict action) {
    return action == model::conflict::none ? "" : ".on_conflict(" + conflict_word(action) + ")";
}

/// A column without anything else.
inline bool is_plain(const model::key_part& p) {
    return !p.is_expression && !p.descending && p.nulls == model::nulls_order::unspecified && p.collation.empty();
}

/// `"run_id"`, `aps::desc("timestamp")`, `aps::collate(aps::expression("lower(a)"), "NOCASE")`
inline std::string part_text(const model::key_part& p) {
    std::string text = p.is_expression ? "aps::expression(" + literal(p.text.text) + ")" : literal(p.text.text);
    if (!p.collation.empty()) text = "aps::collate(" + text + ", " + literal(p.collation) + ")";
    if (p.nulls != model::nulls_order::unspecified) {
        const bool first = p.nulls == model::nulls_order::first;
        text = "aps::part(" + text + ").nulls(aps::model::nulls_order::" + (first ? "first" : "last") + ")";
    }
    return p.descending ? "aps::desc(" + text + ")" : text;
}

/// `aps::name("uq_x"), "a", "b"`
inline std::string named_parts(const model::schema&, const model::name& name, model::items<model::key_part> parts) {
    std::string text = name.empty() ? "" : "aps::name(" + literal(name.text) + ")";
    for (const model::key_part& p : parts) text += (text.empty() ? "" : ", ") + part_text(p);
    return text;
}

/// `aps::index("ix_t", "a", "b").where("a > 0")`
inline std::string index_text(const model::schema& s, const model::index& i) {
    std::string text = std::string(i.unique ? "aps::unique_index(" : "aps::index(") + literal(i.name.text);
    for (const model::key_part& p : s.parts_of(i)) text += ", " + part_text(p);
    text += ")";
    if (!i.where.empty()) text += ".where(" + literal(i.where) + ")";
    if (!i.method.empty()) text += ".method(" + literal(i.method) + ")";
    return text;
}

namespace detail {

inline std::string reference_clauses(const model::foreign_key& f) {
    constexpr std::array<std::string_view, 5> words{"no_action", "restrict", "cascade", "set_null", "set_default"};
    std::string text;
    const auto add = [&](std::string_view clause, model::fk_action action) {
        if (action != model::fk_action::no_action) {
            text += "." + std::string(clause) + "(aps::" + std::string(words[static_cast<std::size_t>(action)]) + ")";
        }
    };
    add("on_delete", f.on_delete);
    add("on_update", f.on_update);
    if (f.defer == model::deferral::deferred) text += ".deferred()";
    if (f.defer == model::deferral::immediate) text += ".deferrable()";
    if (!f.match.empty()) text += ".match(" + literal(f.match) + ")";
    return text;
}

inline std::string name_list(model::items<model::name> names) {
    std::string text;
    for (const model::name& n : names) text += (text.empty() ? "" : ", ") + literal(n.text);
    return text;
}

} // namespace detail

/// A foreign key at its column: `aps::references("runs", "id").on_delete(aps::cascade)`.
inline std::string reference_text(const model::schema& s, const model::foreign_key& f) {
    const std::string name = f.name.empty() ? "" : "aps::name(" + literal(f.name.text) + "), ";
    return "aps::references(" + name + literal(f.parent.text) + ", " + detail::name_list(s.names_of(f.parent_columns)) +
           ")" + detail::reference_clauses(f);
}

/// A foreign key at its table: `aps::foreign_key("a", "b").references("t", "a", "b")`.
inline std::string foreign_key_text(const model::schema& s, const model::foreign_key& f) {
    const std::string name = f.name.empty() ? "" : "aps::name(" + literal(f.name.text) + "), ";
    const std::string parents =
        f.parent_columns.count == 0 ? "" : ", " + detail::name_list(s.names_of(f.parent_columns));
    return "aps::foreign_key(" + name + detail::name_list(s.names_of(f.columns)) + ").references(" +
           literal(f.parent.text) + parents + ")" + detail::reference_clauses(f);
}

} // namespace autopack_schema::cli::generate
