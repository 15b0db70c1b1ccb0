// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/bookkeeping.hpp>
#include <autopack_schema/drift/detail/pattern.hpp>
#include <autopack_schema/drift/finding.hpp>
#include <autopack_schema/drift/options.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::drift::detail {

/// Tells whether the switches want a kind at all.
inline bool wanted(change_kind kind, const options& o) {
    using enum change_kind;
    switch (kind) {
    case column_order: return o.column_order;
    case column_type_spelling: return o.type_spelling;
    case table_name_case:
    case column_name_case: return o.name_case;
    case check_name:
    case foreign_key_name: return o.names != constraint_names::ignored;
    case unique_name: return o.names == constraint_names::exact; // no message of SQLite shows it
    case index_name: return o.index_names;
    case unique_order: return o.unique_order;
    case unique_form: return o.unique_form;
    case drop_table:
    case drop_view: return o.extra_tables;
    case drop_column: return o.extra_columns;
    default: return true;
    }
}

inline bool is_ignored(const options& o, std::string_view kind, std::string_view table, std::string_view object) {
    for (const std::string& pattern : o.ignore) {
        if (covers(pattern, kind, table, object)) return true;
    }
    return false;
}

/// Tells whether a finding is one that its reader asked to leave out.
inline bool is_left_out(const options& o, const finding& f) {
    if (!o.bookkeeping && f.change == change_kind::drop_table && is_bookkeeping(f.table)) return true;
    return is_ignored(o, f.kind, f.table, f.object);
}

/// Tells whether a kind can be known only from the stored text of a table, an index, a view or a trigger.
inline bool needs_text(change_kind kind) {
    using enum change_kind;
    switch (kind) {
    case column_generated_expression:
    case constraint_on_conflict:
    case unique_name:
    case add_check:
    case drop_check:
    case check_expression:
    case check_name:
    case foreign_key_deferrable:
    case foreign_key_name:
    case index_predicate:
    case index_expression:
    case view_definition:
    case trigger_definition: return true;
    default: return false;
    }
}

} // namespace autopack_schema::drift::detail
