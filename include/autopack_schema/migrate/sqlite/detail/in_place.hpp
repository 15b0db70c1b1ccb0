// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/column_checks.hpp>
#include <autopack_schema/migrate/sqlite/detail/describe_changes.hpp>
#include <autopack_schema/migrate/sqlite/detail/key_checks.hpp>
#include <autopack_schema/migrate/sqlite/detail/render.hpp>
#include <autopack_schema/sql/sqlite/detail/constraint_writer.hpp>
#include <autopack_schema/sql/sqlite/detail/placement.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

/// The first SQLite version with ALTER COLUMN … SET NOT NULL and ADD/DROP CONSTRAINT.
inline constexpr int alters_constraints_since = 3053000;

/// Tells whether a default is a constant, so that ADD COLUMN can give it to rows that are there.
constexpr bool is_constant(const model::default_value& d) { return d.kind != model::default_kind::expression; }

/// Decides which changes of a table SQLite can make without writing a new table.
/// source: https://sqlite.org/lang_altertable.html, 3 to 6; traps 41 and 42
struct in_place_rules {
    const table_pair& pair;
    int version;
    bool has_broken_statements; ///< DROP COLUMN fails when any view or trigger is broken

    bool can_alter() const {
        if (!new_columns_are_last()) return false;
        for (const change& c : pair.changes) {
            if (!can(c)) return false;
        }
        return true;
    }

    /// The column that a CHECK or a foreign key comes along with in ADD COLUMN; nullptr where there is none.
    const model::column* column_of(const change& c) const {
        if (c.kind == change_kind::add_check) return added(pair.target.checks[c.to].column);
        if (c.kind != change_kind::add_foreign_key) return nullptr;
        const sql::sqlite::detail::placement at_columns(pair.target, pair.is);
        if (c.to - pair.is.foreign_keys.first >= at_columns.foreign_keys) return nullptr; // written at the table
        return added(pair.target.names_of(pair.target.foreign_keys[c.to].columns)[0]);
    }

private:
    bool can(const change& c) const {
        switch (c.kind) {
        case change_kind::add_column: return can_add(pair.target.columns[c.to]);
        case change_kind::drop_column: return can_drop(pair.live.columns[c.from]);
        case change_kind::add_check:
            return column_of(c) != nullptr ||
                   (version >= alters_constraints_since && !pair.target.checks[c.to].name.empty());
        case change_kind::drop_check:
            return version >= alters_constraints_since && !pair.live.checks[c.from].name.empty();
        case change_kind::column_not_null:
            return version >= alters_constraints_since && pair.target.columns[c.to].on_null == model::conflict::none &&
                   !pair.has(change_kind::primary_key_columns);
        case change_kind::add_foreign_key: return column_of(c) != nullptr;
        case change_kind::unique_form: return false; // a constraint is a part of the table
        default: return c.what == element::index;
        }
    }

    const model::column* added(const model::name& name) const {
        if (name.empty() || pair.old_column(name) != nullptr) return nullptr;
        return model::find_column(pair.target, pair.is, name);
    }

    bool can_add(const model::column& c) const {
        if (c.identity != model::identity_kind::none || c.generated == model::generated_kind::stored) return false;
        if (model::in_primary_key(pair.target, pair.is, c.name) || !is_constant(c.default_to)) return false;
        const bool refuses_null = pair.is_not_null(c) && c.generated == model::generated_kind::none;
        const bool has_value = c.default_to.present() && c.default_to.kind != model::default_kind::null;
        return (!refuses_null || has_value) && !(refuses_null && c.generated != model::generated_kind::none);
    }

    bool new_columns_are_last() const {
        bool new_seen = false;
        for (const model::column& c : pair.target.columns_of(pair.is)) {
            const bool is_new = pair.old_column(c.name) == nullptr;
            if (new_seen && !is_new) return false;
            new_seen = new_seen || is_new;
        }
        return true;
    }

    /// Nothing may name the column: keys, indexes, CHECKs, foreign keys, generated columns, views, triggers.
    bool can_drop(const model::column& c) const {
        using migrate::detail::mentions;
        const model::schema& s = pair.live;
        if (has_broken_statements || version < 3035005 || mentions(s.parts_of(pair.was.key), c.name)) return false;
        for (const auto& u : s.uniques_of(pair.was)) {
            if (mentions(s.parts_of(u), c.name)) return false;
        }
        for (const auto& k : s.checks_of(pair.was)) {
            if (mentions(k.expression, c.name.text)) return false;
        }
        for (const auto& f : s.foreign_keys_of(pair.was)) {
            if (migrate::detail::contains(s.names_of(f.columns), c.name)) return false;
        }
        for (const auto& other : s.columns_of(pair.was)) {
            if (mentions(other.generated_as, c.name.text)) return false;
        }
        return !statements_name(c.name) && s.columns_of(pair.was).size() > 1;
    }

    bool statements_name(const model::name& column) const {
        for (const model::view& v : pair.live.views) {
            if (migrate::detail::mentions(v.definition, column.text)) return true;
        }
        for (const model::trigger& t : pair.live.triggers) {
            if (migrate::detail::mentions(t.definition, column.text)) return true;
        }
        return false;
    }
};

/// Adds what one change needs to a step that alters a table in place.
struct in_place_writer {
    const table_pair& pair;
    const in_place_rules& rules;
    check_list& list;
    step& made;

    void write(const change& c) const {
        const std::string alter = "ALTER TABLE " + in_main(pair.is.name.text) + " ";
        switch (c.kind) {
        case change_kind::add_column: add_column(alter, pair.target.columns[c.to]); break;
        case change_kind::drop_column:
            check_removal(list, pair.live.columns[c.from]);
            run(alter + "DROP COLUMN " + quote_identifier(pair.live.columns[c.from].name.text));
            break;
        case change_kind::column_not_null: change_not_null(alter, pair.target.columns[c.to]); break;
        case change_kind::add_check:
            if (rules.column_of(c) != nullptr) break;
            check_expression(list, pair.target.checks[c.to]);
            run(alter + "ADD CONSTRAINT " + quote_identifier(pair.target.checks[c.to].name.text) + " CHECK " +
                parenthesized(pair.target.checks[c.to].expression));
            break;
        case change_kind::drop_check:
            run(alter + "DROP CONSTRAINT " + quote_identifier(pair.live.checks[c.from].name.text));
            break;
        default: break;
        }
    }

private:
    void run(std::string sql) const { made.statements.push_back({statement_role::change, std::move(sql)}); }

    void change_not_null(const std::string& alter, const model::column& c) const {
        if (const column_source* const s = list.source(c.name)) check_column(list, *s);
        run(alter + "ALTER COLUMN " + quote_identifier(c.name.text) +
            (c.nullable ? " DROP NOT NULL" : " SET NOT NULL"));
    }

    void add_column(const std::string& alter, const model::column& c) const {
        const column_source* const s = list.source(c.name);
        check_column(list, *s);
        for (const change& other : pair.changes) { // what stands at the column comes along with it
            if (rules.column_of(other) != &c) continue;
            if (other.kind == change_kind::add_check) {
                check_expression(list, pair.target.checks[other.to]);
            } else {
                check_parents(list, pair.target.foreign_keys[other.to]);
            }
        }
        run(alter + "ADD COLUMN " + sql::sqlite::column_definition(pair.target, pair.is, c));
        if (s->filled) {
            made.statements.push_back({statement_role::fill, "UPDATE " + in_main(pair.is.name.text) + " SET " +
                                                                 quote_identifier(c.name.text) + " = " + s->value});
            made.rows = pair.known.rows;
        }
        made.undo.push_back(alter + "DROP COLUMN " + quote_identifier(c.name.text));
    }
};

/// When a change is made: what refuses values goes first, then values come and go, then what refuses values comes.
enum class in_place_turn : std::uint8_t { relax, add, drop, tighten };

inline in_place_turn turn_of(const table_pair& pair, const change& c) {
    switch (c.kind) {
    case change_kind::drop_check: return in_place_turn::relax;
    case change_kind::column_not_null:
        return pair.is_not_null(pair.target.columns[c.to]) ? in_place_turn::tighten : in_place_turn::relax;
    case change_kind::drop_column: return in_place_turn::drop;
    case change_kind::add_check: return in_place_turn::tighten;
    default: return in_place_turn::add;
    }
}

/// Plans the changes of a table that needs no rebuild, from one turn to another; a step without statements where there
/// are none.
inline step alter_step(const table_pair& pair, const in_place_rules& rules, in_place_turn first, in_place_turn last) {
    step made{.kind = step_kind::alter_table, .table = std::string(pair.is.name.text)};
    check_list list(pair, made.checks);
    for (auto turn = first; turn <= last; turn = static_cast<in_place_turn>(static_cast<int>(turn) + 1)) {
        for (const change& c : pair.changes) {
            if (c.what == element::index || turn_of(pair, c) != turn) continue;
            made.changes.push_back(words_for(c, pair.live, pair.target));
            in_place_writer{pair, rules, list, made}.write(c);
        }
    }
    made.loses_data = last >= in_place_turn::drop && loses_values(pair);
    if (pair.has(change_kind::drop_column) || pair.has(change_kind::drop_check) ||
        pair.has(change_kind::column_not_null))
        made.undo.clear();
    return made;
}

} // namespace autopack_schema::migrate::sqlite::detail
