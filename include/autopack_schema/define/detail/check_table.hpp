// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstdint>
#include <string_view>

namespace autopack_schema::detail {

/// Where the first element of that name is; `count` if nowhere.
/// shape: no pointer that could be null, because GCC takes no comparison of `&object` with nullptr for a constant where
///        it compiles with -fsanitize=undefined (GCC bug 71962)
template <class T>
constexpr std::uint32_t position_of(const T* first, std::uint32_t count, const model::name& name) {
    const std::uint64_t hash = name.hash;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (first[i].name.hash == hash && first[i].name == name) return i;
    }
    return count;
}

/// Looks for mistakes in one table of a schema.
/// shape: loops over pointers, because each call of a member of std::span costs a compiler more than a comparison
struct table_checker {
    const model::schema& schema;
    const model::table& table;
    const model::column* first_column = schema.columns.data() + table.columns.first;
    const model::column* last_column = first_column + table.columns.count;

    constexpr finding found(problem what, std::string_view column, std::string_view detail = {}) const {
        return {what, table.name, column, detail};
    }
    constexpr bool has_column(const model::name& name) const {
        return position_of(first_column, table.columns.count, name) != table.columns.count;
    }

    constexpr finding check_columns() const {
        for (const model::column* c = first_column; c != last_column; ++c) {
            if (const finding f = check_column(*c)) return f;
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
    constexpr finding check_parts(model::range range, problem missing, std::string_view owner) const {
        const model::key_part* const first = schema.parts.data() + range.first;
        const model::key_part* const last = first + range.count;
        for (const model::key_part* p = first; p != last; ++p) {
            if (p->is_expression) continue;
            if (!has_column(p->text)) return found(missing, p->text, owner);
            for (const model::key_part* other = first; other != p; ++other) {
                if (!other->is_expression && other->text == p->text) {
                    return found(problem::S126_column_twice_in_one_key, p->text, owner);
                }
            }
        }
        return {};
    }

    constexpr finding check_primary_key() const {
        if (!table.key.present()) {
            return table.without_rowid ? found(problem::S130_without_rowid_needs_primary_key, {}) : finding{};
        }
        if (const finding f = check_parts(table.key.parts, problem::S112_primary_key_names_no_column, table.key.name)) {
            return f;
        }
        for (const model::key_part& p : schema.parts_of(table.key)) {
            const model::column& c = first_column[position_of(first_column, table.columns.count, p.text)];
            if (c.nullable) return found(problem::S113_primary_key_member_is_optional, c.name);
        }
        return {};
    }

    constexpr finding check_keys() const {
        for (std::uint32_t i = 0; i < table.uniques.count; ++i) {
            const model::unique_constraint& u = schema.uniques[table.uniques.first + i];
            if (const finding f = check_parts(u.parts, problem::S116_unique_names_no_column, u.name)) return f;
        }
        for (std::uint32_t n = 0; n < table.indexes.count; ++n) {
            const model::index& i = schema.indexes[table.indexes.first + n];
            if (i.name.empty()) return found(problem::S129_empty_name, "an index");
            if (i.parts.count == 0) return found(problem::S132_key_without_columns, i.name);
            if (const finding f = check_parts(i.parts, problem::S115_index_names_no_column, i.name)) return f;
        }
        return {};
    }

    constexpr finding check_foreign_keys() const {
        for (std::uint32_t i = 0; i < table.foreign_keys.count; ++i) {
            const model::foreign_key& key = schema.foreign_keys[table.foreign_keys.first + i];
            for (const model::name& name : schema.names_of(key.columns)) {
                if (!has_column(name)) return found(problem::S117_foreign_key_names_no_column, name, key.parent);
            }
        }
        return {};
    }
};

/// Looks for the first mistake that one table can have by itself.
/// shape: two columns of one name were found when they were added; `unusual` says whether columns have to be looked at
constexpr finding check_table(const model::schema& s, const model::table& t, bool unusual) {
    if (t.name.empty()) return {problem::S129_empty_name, "a table", {}, {}};
    if (t.columns.count == 0) return {problem::S101_table_without_columns, t.name, {}, {}};
    const table_checker check{s, t};
    if (unusual || t.strict) {
        if (const finding f = check.check_columns()) return f;
    }
    if (const finding f = check.check_primary_key()) return f;
    if (const finding f = check.check_keys()) return f;
    return check.check_foreign_keys();
}

} // namespace autopack_schema::detail
