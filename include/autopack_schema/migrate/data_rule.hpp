// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/name.hpp>

#include <cstdint>
#include <string_view>

namespace autopack_schema::migrate {

/// What a data rule says: where values come from, or what may be lost.
enum class rule_kind : std::uint8_t {
    backfill,     ///< the value of a new column; later runs repair the rows that `when` finds
    transform,    ///< a new value for an existing column
    drop_table,   ///< the table may go, with its rows
    drop_column,  ///< the column may go, with its values
    drop_index,   ///< the index may go
    drop_view,    ///< the view may go
    drop_trigger, ///< the trigger may go
    lossy,        ///< the column's values may change when its type does
    keep_column,  ///< an unknown column may stay although inserts that do not name it fail
    orphans,      ///< a new foreign key may be added over rows without a parent
    undo,         ///< the value of a column of the older version when a migration is undone
};

/// One thing that a schema alone does not say about a migration.
/// shape: `name` is a column; for indexes, views and triggers the object's name, with `table` empty
struct data_rule {
    rule_kind kind{};
    model::name table{};
    model::name name{};
    std::string_view sql{}; ///< an expression over the old row
    std::string_view
        when{}; ///< a predicate over the old row; empty: see `rule_kind`. Of a removal: rows that forbid it

    /// Tells whether the rule gives no values by itself.
    constexpr bool is_allowance() const noexcept { return kind != rule_kind::backfill && kind != rule_kind::transform; }
    friend constexpr bool operator==(const data_rule&, const data_rule&) = default;
};

/// The words of a rule, as on the command line: `drop column`, `backfill`.
constexpr std::string_view words_of(rule_kind kind) {
    switch (kind) {
    case rule_kind::backfill: return "backfill";
    case rule_kind::transform: return "transform";
    case rule_kind::drop_table: return "drop table";
    case rule_kind::drop_column: return "drop column";
    case rule_kind::drop_index: return "drop index";
    case rule_kind::drop_view: return "drop view";
    case rule_kind::drop_trigger: return "drop trigger";
    case rule_kind::lossy: return "lossy";
    case rule_kind::keep_column: return "keep column";
    case rule_kind::orphans: return "orphans";
    case rule_kind::undo: return "undo";
    }
    return "unknown";
}

/// Finds the last rule of a kind for an object: later migrations have the last word.
/// shape: nullptr where there is none; `table` is empty for indexes, views and triggers, `name` for tables
constexpr const data_rule* find_rule(model::items<data_rule> rules, rule_kind kind, const model::name& table,
                                     const model::name& name) {
    const data_rule* found = nullptr;
    for (const data_rule& r : rules) {
        if (r.kind == kind && r.table == table && r.name == name) found = &r;
    }
    return found;
}

} // namespace autopack_schema::migrate
