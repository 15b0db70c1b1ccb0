// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/migrate/detail/draft.hpp>
#include <autopack_schema/migrate/detail/mentions.hpp>
#include <autopack_schema/migrate/detail/merge_column.hpp>
#include <autopack_schema/migrate/target_types.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace autopack_schema::migrate::detail {

/// Tells whether a change leaves what a schema means as it is; such are made only on request.
constexpr bool is_cosmetic(change_kind kind) {
    switch (kind) {
    case change_kind::table_name_case:
    case change_kind::column_name_case:
    case change_kind::column_order:
    case change_kind::column_type_spelling:
    case change_kind::unique_order:
    case change_kind::unique_form:
    case change_kind::unique_name:
    case change_kind::check_name:
    case change_kind::index_name:
    case change_kind::foreign_key_name: return true;
    default: return false;
    }
}

/// Carries one change of one table over into its draft.
struct table_merge {
    const model::schema& live;
    const model::schema& wanted;
    target_options options;
    table_draft& d;
    const change& c;

    /// False: the draft stays as it is.
    bool apply() const {
        if (is_cosmetic(c.kind) && !options.exact) return false;
        switch (c.what) {
        case element::column: return apply_column();
        case element::primary_key: return apply_key();
        case element::unique: return apply_unique();
        case element::check: return apply_check();
        case element::foreign_key: return apply_foreign_key();
        case element::index: return apply_index();
        default: return apply_table();
        }
    }

private:
    const model::table& was() const { return live.tables[c.from_table]; }
    const model::table& is() const { return wanted.tables[c.to_table]; }

    bool apply_table() const {
        switch (c.kind) {
        case change_kind::table_name_case: d.table.name = is().name; return true;
        case change_kind::table_without_rowid: take_row_numbers(); return true;
        case change_kind::table_strict: take_strictness(); return true;
        case change_kind::column_order: return true; // merger::order_columns does it
        default: return false;                       // renamings are done before
        }
    }

    /// A STRICT table knows six type names: all known columns take the definition's.
    void take_strictness() const {
        d.table.strict = is().strict;
        for (auto& column : d.columns) {
            const model::column* const known = model::find_column(wanted, is(), column.value.name);
            if (known != nullptr) column.value.type = known->type;
        }
    }

    /// Without row numbers a key refuses NULL by itself, with them only where the definition says so (trap 21).
    void take_row_numbers() const {
        d.table.without_rowid = is().without_rowid;
        for (auto& column : d.columns) {
            const model::column* const known = model::find_column(wanted, is(), column.value.name);
            if (known == nullptr) continue;
            column.value.nullable = known->nullable;
            column.value.on_null = known->on_null;
        }
    }

    bool apply_column() const {
        if (c.kind == change_kind::add_column) {
            d.columns.push_back({wanted.columns[c.to]});
            return true;
        }
        drafted_column& column = d.columns[c.from - was().columns.first];
        if (c.kind == change_kind::drop_column) return column.gone;
        take_column_change(column.value, wanted.columns[c.to], c.kind);
        if (c.kind == change_kind::column_rowid_alias) return apply_key();
        return true;
    }

    bool apply_key() const {
        if (c.kind == change_kind::constraint_on_conflict) {
            d.key.on_conflict = is().key.on_conflict;
            return true;
        }
        for (const model::key_part& p : live.parts_of(was().key)) take_not_null(p.text);
        d.key = is().key;
        d.key_parts = copy_of(wanted.parts_of(is().key));
        for (const model::key_part& p : d.key_parts) take_key_type(p.text);
        return true;
    }

    /// What a row number needed no NOT NULL for, a plain column does.
    void take_not_null(const model::name& name) const {
        const model::column* const known = model::find_column(wanted, is(), name);
        for (auto& column : d.columns) {
            if (known == nullptr || known->nullable || column.value.name != name) continue;
            column.value.nullable = false;
            column.value.on_null = known->on_null;
        }
    }

    /// In a key the spelling of a type has a meaning: only INTEGER makes the column the row number.
    void take_key_type(const model::name& name) const {
        const model::column* const known = model::find_column(wanted, is(), name);
        for (auto& column : d.columns) {
            if (known != nullptr && column.value.name == name) column.value.type = known->type;
        }
    }

    /// A constraint on an unknown column belongs to that column.
    template <class Names>
    bool names_unknown(const Names& names_column) const {
        for (const auto& column : d.columns) {
            if (column.unknown && !column.gone && names_column(column.value.name)) return true;
        }
        return false;
    }

    drafted<model::unique_constraint> wanted_unique() const {
        return {wanted.uniques[c.to], copy_of(wanted.parts_of(wanted.uniques[c.to])), false};
    }

    bool apply_unique() const {
        if (c.kind == change_kind::unique_form) return apply_form();
        if (c.kind == change_kind::add_unique) {
            d.uniques.push_back(wanted_unique());
            return true;
        }
        auto& unique = d.uniques[c.from - was().uniques.first];
        const auto named = [&](const model::name& n) { return mentions(unique.parts, n); };
        if (c.kind == change_kind::drop_unique) return unique.gone = !options.keep_constraints && !names_unknown(named);
        if (names_unknown(named)) {
            d.uniques.push_back(wanted_unique());
        } else {
            unique = wanted_unique();
        }
        return true;
    }

    /// A constraint in the place of a unique index, or the other way round.
    bool apply_form() const {
        if (c.what == element::unique) {
            d.indexes[c.from - was().indexes.first].gone = true;
            d.uniques.push_back(wanted_unique());
        } else {
            d.uniques[c.from - was().uniques.first].gone = true;
            d.indexes.push_back(wanted_index());
        }
        return true;
    }

    bool apply_check() const {
        if (c.kind == change_kind::add_check) {
            d.checks.push_back({wanted.checks[c.to], {}, false});
            return true;
        }
        auto& check = d.checks[c.from - was().checks.first];
        const auto named = [&](const model::name& n) { return mentions(check.value.expression, n.text); };
        if (c.kind == change_kind::drop_check) return check.gone = !options.keep_constraints && !names_unknown(named);
        if (c.kind == change_kind::check_expression && names_unknown(named)) {
            d.checks.push_back({wanted.checks[c.to], {}, false});
        } else {
            check.value = wanted.checks[c.to];
        }
        return true;
    }

    bool apply_foreign_key() const {
        const auto made = [&] { return table_draft::foreign_key_of(wanted, wanted.foreign_keys[c.to]); };
        if (c.kind == change_kind::add_foreign_key) {
            d.foreign_keys.push_back(made());
            return true;
        }
        auto& key = d.foreign_keys[c.from - was().foreign_keys.first];
        const auto named = [&](const model::name& n) { return contains(key.columns, n); };
        if (c.kind == change_kind::drop_foreign_key)
            return key.gone = !options.keep_constraints && !names_unknown(named);
        key = made();
        return true;
    }

    drafted<model::index> wanted_index() const {
        drafted<model::index> made{wanted.indexes[c.to], copy_of(wanted.parts_of(wanted.indexes[c.to])), false};
        made.value.sql = {}; // not stored yet: it is rendered
        return made;
    }

    bool apply_index() const {
        if (c.kind == change_kind::unique_form) return apply_form();
        if (c.kind == change_kind::add_index) {
            d.indexes.push_back(wanted_index());
        } else {
            d.indexes[c.from - was().indexes.first] = wanted_index();
        }
        return true;
    }
};

} // namespace autopack_schema::migrate::detail
