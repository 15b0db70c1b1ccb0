// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/case.hpp>
#include <autopack_schema/drift/finding.hpp>
#include <autopack_schema/model/schema.hpp>

#include <string_view>

namespace autopack_schema::drift::detail {

/// A class of fix with the words for it.
struct advice {
    fix what = fix::rebuild;
    std::string_view text = "rewrite the table with the wanted definition";
};

inline constexpr advice rows_first{fix::data_needed, "rows can break it: see to them first, then rewrite the table"};
inline constexpr advice decide{fix::by_hand, "add it to the definitions, ignore it, or allow its removal by name"};
inline constexpr advice replace_statement{fix::alter, "drop it and create it anew"};

inline advice advise_new_column(const drift_case& c) {
    const model::column& wanted = *c.expected_column();
    const bool in_key = model::in_primary_key(c.expected, *c.expected_table(), wanted.name);
    if (in_key || wanted.generated == model::generated_kind::stored) return {};
    if (c.expected_refuses_null(wanted) && !wanted.default_to.present() &&
        wanted.generated == model::generated_kind::none) {
        return {fix::data_needed, "existing rows need a value: give a backfill or a default"};
    }
    if (wanted.default_to.kind == model::default_kind::expression) return {};
    return {fix::alter, "ALTER TABLE … ADD COLUMN"};
}

inline advice advise_column(const drift_case& c) {
    using enum change_kind;
    switch (c.what.kind) {
    case add_column: return advise_new_column(c);
    case drop_column: return decide;
    case rename_column: return {fix::alter, "ALTER TABLE … RENAME COLUMN"};
    case column_name_case: return {fix::alter, "ALTER TABLE … RENAME COLUMN, or nothing"};
    case column_type_spelling: return {fix::none, "nothing has to be done"};
    case column_not_null: return c.expected_refuses_null(*c.expected_column()) ? rows_first : advice{};
    case column_type: return {fix::rebuild, "rewrite the table; look first at the values that would be converted"};
    default: return {};
    }
}

inline advice advise_index(const drift_case& c) {
    using enum change_kind;
    const bool unique = c.expected_index() != nullptr && c.expected_index()->unique;
    if (c.what.kind == drop_index) return decide;
    if (unique && c.what.kind != index_name && c.what.kind != index_descending) {
        return {fix::data_needed, "duplicates can stand against it: remove them, then create the index"};
    }
    return c.what.kind == add_index ? advice{fix::alter, "CREATE INDEX"} : replace_statement;
}

inline advice advise_table(const drift_case& c) {
    using enum change_kind;
    switch (c.what.kind) {
    case add_table: return {fix::alter, "CREATE TABLE"};
    case drop_table: return decide;
    case rename_table:
    case table_name_case: return {fix::alter, "ALTER TABLE … RENAME TO"};
    case table_strict: return c.expected_table()->strict ? rows_first : advice{};
    case table_without_rowid: return c.expected_table()->without_rowid ? rows_first : advice{};
    case table_virtual: return {fix::rebuild, "make the table anew with its rows; of an extension's module by hand"};
    default: return {};
    }
}

inline advice advise_constraint(change_kind kind) {
    using enum change_kind;
    switch (kind) {
    case add_primary_key:
    case primary_key_columns:
    case add_unique:
    case unique_columns:
    case add_check:
    case check_expression:
    case add_foreign_key:
    case foreign_key_table:
    case foreign_key_columns: return rows_first;
    default: return {};
    }
}

/// Says what it takes to put a difference right.
inline advice advise(const drift_case& c) {
    switch (c.what.what) {
    case element::table: return advise_table(c);
    case element::column: return advise_column(c);
    case element::index: return c.what.kind == change_kind::unique_form ? advice{} : advise_index(c);
    case element::view:
    case element::trigger:
        if (c.what.to == no_element) return decide;
        return c.what.from == no_element ? advice{fix::alter, "create it"} : replace_statement;
    default: return advise_constraint(c.what.kind);
    }
}

} // namespace autopack_schema::drift::detail
