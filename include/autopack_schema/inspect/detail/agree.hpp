// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/inspect/detail/catalog.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <array>
#include <cstddef>
#include <string_view>

// Holds what the stored text says against what SQLite itself says. An empty answer means that they agree.

namespace autopack_schema::detail {

inline bool same_collation_name(std::string_view a, std::string_view b) {
    constexpr std::string_view usual = "BINARY";
    return model::same_name(a.empty() ? usual : a, b.empty() ? usual : b);
}

inline std::string_view column_disagreement(const table_scope& scope, const model::column& c,
                                            const catalog_column& seen) {
    constexpr std::array<model::generated_kind, 4> generated{model::generated_kind::none, model::generated_kind::none,
                                                             model::generated_kind::virtual_,
                                                             model::generated_kind::stored};
    const auto& rules = sql::sqlite::rules;
    if (c.name.text != seen.name) return "a column's name";
    if (sql::sqlite::affinity_of(c.type.declared) != sql::sqlite::affinity_of(seen.type)) return "a column's type";
    if (!c.nullable && !seen.not_null) return "NOT NULL";
    if (seen.not_null && c.nullable && !rules.not_null(scope, c)) return "NOT NULL";
    if (c.default_to.present() != seen.has_default) return "a default";
    if (seen.hidden >= 0 && seen.hidden < 4 && c.generated != generated[static_cast<std::size_t>(seen.hidden)]) {
        return "a generated column";
    }
    if (!seen.collation.empty() && !same_collation_name(c.collation, seen.collation)) return "a collation";
    if ((c.identity == model::identity_kind::autoincrement) != seen.autoincrement) return "AUTOINCREMENT";
    return {};
}

inline std::string_view key_disagreement(const table_scope& scope, const catalog_object& seen) {
    const auto parts = scope.schema.parts_of(scope.table.key);
    std::size_t in_key = 0;
    for (const catalog_column& c : seen.columns) {
        if (c.key_position == 0) continue;
        ++in_key;
        const auto at = static_cast<std::size_t>(c.key_position) - 1;
        if (at >= parts.size() || !model::same_name(parts[at].text, c.name)) return "the primary key";
    }
    return in_key == parts.size() ? "" : "the primary key";
}

inline bool same_index_columns(model::items<model::key_part> parts, model::items<catalog_part> seen) {
    if (parts.size() != seen.size()) return false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (seen[i].expression || !model::same_name(parts[i].text, seen[i].name)) return false;
        if (parts[i].descending != seen[i].descending) return false;
    }
    return true;
}

/// Every automatic index must have its constraint; a constraint can share the index of another one.
inline std::string_view unique_disagreement(const table_scope& scope, const catalog_object& seen) {
    const auto written = scope.schema.uniques_of(scope.table);
    std::size_t automatic = 0;
    for (const catalog_index& index : seen.indexes) {
        if (index.origin != index_origin::unique) continue;
        ++automatic;
        bool known = false;
        for (const auto& u : written) known = known || same_index_columns(scope.schema.parts_of(u), index.parts);
        if (!known) return "a UNIQUE constraint";
    }
    return automatic <= written.size() && (written.empty() || !seen.indexes.empty()) ? "" : "a UNIQUE constraint";
}

inline model::fk_action action_from(std::string_view name) {
    if (name == "CASCADE") return model::fk_action::cascade;
    if (name == "SET NULL") return model::fk_action::set_null;
    if (name == "SET DEFAULT") return model::fk_action::set_default;
    return name == "RESTRICT" ? model::fk_action::restrict : model::fk_action::no_action;
}

inline bool same_name_list(model::items<model::name> names, model::items<std::string_view> seen) {
    if (names.size() != seen.size()) return false;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!model::same_name(names[i].text, seen[i])) return false;
    }
    return true;
}

inline bool same_foreign_key(const model::schema& s, const model::foreign_key& f, const catalog_foreign_key& seen) {
    bool same_parents = f.parent_columns.count == 0;
    for (const std::string_view parent : seen.parent_columns) same_parents = same_parents && parent.empty();
    if (f.parent_columns.count != 0) same_parents = same_name_list(s.names_of(f.parent_columns), seen.parent_columns);
    return same_parents && model::same_name(f.parent.text, seen.parent) &&
           same_name_list(s.names_of(f.columns), seen.columns) && f.on_delete == action_from(seen.on_delete) &&
           f.on_update == action_from(seen.on_update);
}

inline std::string_view foreign_key_disagreement(const table_scope& scope, const catalog_object& seen) {
    const auto written = scope.schema.foreign_keys_of(scope.table);
    if (written.size() != seen.foreign_keys.size()) return "a foreign key";
    for (const catalog_foreign_key& key : seen.foreign_keys) {
        bool known = false;
        for (const model::foreign_key& f : written) known = known || same_foreign_key(scope.schema, f, key);
        if (!known) return "a foreign key";
    }
    return {};
}

/// Says in what the text of a table, as it was understood, disagrees with SQLite.
inline std::string_view table_disagreement(const table_scope& scope, const catalog_object& seen) {
    const auto columns = scope.schema.columns_of(scope.table);
    if (columns.size() != seen.columns.size()) return "the number of columns";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string_view found = column_disagreement(scope, columns[i], seen.columns[i]);
        if (!found.empty()) return found;
    }
    if (scope.table.without_rowid != seen.without_rowid) return "WITHOUT ROWID";
    if (scope.table.strict != seen.strict) return "STRICT";
    for (const auto compare : {key_disagreement, unique_disagreement, foreign_key_disagreement}) {
        const std::string_view found = compare(scope, seen);
        if (!found.empty()) return found;
    }
    return {};
}

/// Says in what the text of an index disagrees with SQLite.
inline std::string_view index_disagreement(const model::index& i, model::items<model::key_part> parts,
                                           const catalog_index& seen) {
    if (i.unique != seen.unique) return "UNIQUE";
    if (i.where.empty() == seen.partial) return "the predicate";
    if (parts.size() != seen.parts.size()) return "the number of columns";
    for (std::size_t p = 0; p < parts.size(); ++p) {
        if (parts[p].is_expression != seen.parts[p].expression) return "an expression";
        if (!parts[p].is_expression && !model::same_name(parts[p].text, seen.parts[p].name)) return "a column";
        if (parts[p].descending != seen.parts[p].descending) return "DESC";
        if (!parts[p].collation.empty() && !same_collation_name(parts[p].collation, seen.parts[p].collation)) {
            return "a collation";
        }
    }
    return {};
}

} // namespace autopack_schema::detail
