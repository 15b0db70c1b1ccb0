// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace autopack_schema::detail {

/// Looks for mistakes in one table, seen as a schema with nothing else in it.
struct table_checker {
    const model::schema& schema;
    const model::table& table;

    constexpr finding found(problem what, std::string_view column, std::string_view detail = {}) const {
        return {what, table.name, column, detail};
    }
    constexpr bool has_column(const model::name& name) const { return find(schema.columns, name) != nullptr; }

    constexpr finding check_columns() const {
        for (const model::column& c : schema.columns) {
            if (const finding f = check_column(c)) return f;
        }
        return {};
    }

    constexpr finding check_column(const model::column& c) const {
        if (!c.renamed_from.empty() && has_column(c.renamed_from)) {
            return found(problem::S128_renamed_from_existing_name, c.name, c.renamed_from);
        }
        if (c.identity == model::identity_kind::autoincrement && !is_integer_key(c)) {
            return found(problem::S114_autoincrement_needs_one_integer_key, c.name);
        }
        if (c.generated != model::generated_kind::none &&
            (c.default_to.present() || in_primary_key(schema, table, c.name))) {
            return found(problem::S131_generated_column_with_default_or_key, c.name);
        }
        if (table.strict && !c.type.declared.empty() && !is_strict_type(c.type.declared)) {
            return found(problem::S127_strict_table_refuses_type, c.name, c.type.declared);
        }
        return {};
    }

    constexpr bool is_integer_key(const model::column& c) const {
        const auto parts = schema.parts_of(table.key);
        return c.type.kind == model::type_kind::integer && parts.size() == 1 && parts[0].text == c.name;
    }

    static constexpr bool is_strict_type(std::string_view declared) {
        for (const char* type : {"INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"}) {
            if (model::same_name(declared, type)) return true;
        }
        return false;
    }

    /// Checks the columns of a key or an index; `missing` is what a name without column means there.
    constexpr finding check_parts(std::span<const model::key_part> parts, problem missing, std::string_view owner) const {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts[i].is_expression) continue;
            if (!has_column(parts[i].text)) return found(missing, parts[i].text, owner);
            for (std::size_t j = 0; j < i; ++j) {
                if (!parts[j].is_expression && parts[j].text == parts[i].text) {
                    return found(problem::S126_column_twice_in_one_key, parts[i].text, owner);
                }
            }
        }
        return {};
    }

    constexpr finding check_primary_key() const {
        if (!table.key.present()) {
            return table.without_rowid ? found(problem::S130_without_rowid_needs_primary_key, {}) : finding{};
        }
        const auto parts = schema.parts_of(table.key);
        const finding f = check_parts(parts, problem::S112_primary_key_names_no_column, table.key.name);
        if (f) return f;
        for (const model::key_part& p : parts) {
            const model::column* const c = find(schema.columns, p.text);
            if (c != nullptr && c->nullable) return found(problem::S113_primary_key_member_is_optional, c->name);
        }
        return {};
    }

    constexpr finding check_keys() const {
        for (const model::unique_constraint& u : schema.uniques) {
            const finding f = check_parts(schema.parts_of(u), problem::S116_unique_names_no_column, u.name);
            if (f) return f;
        }
        for (const model::index& i : schema.indexes) {
            if (i.name.empty()) return found(problem::S129_empty_name, "an index");
            if (i.parts.count == 0) return found(problem::S132_key_without_columns, i.name);
            const finding f = check_parts(schema.parts_of(i), problem::S115_index_names_no_column, i.name);
            if (f) return f;
        }
        return {};
    }

    constexpr finding check_foreign_keys() const {
        for (const model::foreign_key& key : schema.foreign_keys) {
            for (const model::name& column : schema.names_of(key.columns)) {
                if (!has_column(column)) return found(problem::S117_foreign_key_names_no_column, column, key.parent);
            }
        }
        return {};
    }
};

/// Looks for the first mistake that one table can have by itself.
/// shape: `s` holds the table and nothing else; two columns of one name were found when they were added
constexpr finding check_table(const model::schema& s, bool has_unusual_column) {
    const table_checker check{s, s.tables[0]};
    if (check.table.name.empty()) return check.found(problem::S129_empty_name, "a table");
    if (s.columns.empty()) return check.found(problem::S101_table_without_columns, {});
    if (has_unusual_column) {
        if (const finding f = check.check_columns()) return f;
    }
    if (const finding f = check.check_primary_key()) return f;
    if (const finding f = check.check_keys()) return f;
    return check.check_foreign_keys();
}

} // namespace autopack_schema::detail
