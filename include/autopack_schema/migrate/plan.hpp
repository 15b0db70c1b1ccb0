// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/target_types.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate {

/// What a step of a plan does.
enum class step_kind : std::uint8_t {
    drop_trigger,
    drop_view,
    rename_table,
    rename_column,
    drop_index,
    alter_table,   ///< one or more changes in place
    rebuild_table, ///< all changes of a table by a new table, a copy and a swap
    create_table,
    fill_column, ///< new values for an existing column
    create_index,
    drop_table,
    create_view,
    create_trigger,
    custom, ///< a function of the program
};

/// The name of a kind of step, as in JSON.
constexpr std::string_view name_of(step_kind kind) {
    switch (kind) {
    case step_kind::drop_trigger: return "drop trigger";
    case step_kind::drop_view: return "drop view";
    case step_kind::rename_table: return "rename table";
    case step_kind::rename_column: return "rename column";
    case step_kind::drop_index: return "drop index";
    case step_kind::alter_table: return "alter table";
    case step_kind::rebuild_table: return "rebuild table";
    case step_kind::create_table: return "create table";
    case step_kind::fill_column: return "fill column";
    case step_kind::create_index: return "create index";
    case step_kind::drop_table: return "drop table";
    case step_kind::create_view: return "create view";
    case step_kind::create_trigger: return "create trigger";
    case step_kind::custom: return "call";
    }
    return "unknown";
}

/// What the rows of a table must not have before a step; asked inside the lock.
/// shape: the number of bad rows is `SELECT count(*) FROM from WHERE where`
struct pre_check {
    std::string code{}; ///< of the refusal: "S372"
    std::string table{};
    std::string column{}; ///< or what else is named: "(run_id, phase_id)"
    std::string what{};   ///< what bad rows are: "NULL in a column that becomes NOT NULL"
    std::string advice{};
    std::string from{};
    std::string where{};
    std::string key{};  ///< an expression over `from` that names a row: "rowid 7"
    std::string show{}; ///< a query that shows the bad rows

    std::string count() const { return "SELECT count(*) FROM " + from + " WHERE " + where; }
    friend bool operator==(const pre_check&, const pre_check&) = default;
};

/// Why a statement is in a step.
enum class statement_role : std::uint8_t {
    change, ///< DDL and bookkeeping
    copy,   ///< all rows of the table into its successor
    fill,   ///< an UPDATE that counts as rows touched
};

/// One statement of a step.
struct planned_statement {
    statement_role role = statement_role::change;
    std::string sql{};

    friend bool operator==(const planned_statement&, const planned_statement&) = default;
};

/// One step of a plan.
struct step {
    step_kind kind{};
    std::string table{};                ///< empty for a view
    std::string object{};               ///< the column, index, view or trigger; for a rename the new name
    std::vector<std::string> changes{}; ///< what it does, in words
    std::vector<pre_check> checks{};
    std::vector<planned_statement> statements{};
    std::vector<std::string> undo{};         ///< empty: there is none
    std::int64_t rows = 0;                   ///< that it writes, at most; -1: not known
    bool loses_data = false;                 ///< and is in the plan because that was allowed by name
    std::string successor{};                 ///< of a rebuild: the name of the new table until it takes the old one's
    std::vector<std::string> same_columns{}; ///< of a rebuild: the columns whose values are the same in both tables

    friend bool operator==(const step&, const step&) = default;
};

/// How to get from the schema of one database to another one.
/// shape: a value: printed by `to_text`, written and read by `to_json` and `plan_from_json`, carried out by `apply`
struct plan {
    std::string schema{};
    std::string version{};
    std::string fingerprint{}; ///< of the live schema that the plan was made for
    int engine = 0;            ///< the SQLite version that it was made for: 3040001
    std::vector<step> steps{};
    std::vector<kept_difference> kept{};
    std::vector<std::string> notes{};
    std::vector<blocker> blockers{};       ///< what cannot be done with any rows
    std::vector<std::string> allowances{}; ///< of the run that it was made for, beside those of the migrations

    bool empty() const noexcept { return steps.empty(); }
    friend bool operator==(const plan&, const plan&) = default;
};

/// The rows that a plan writes, at most.
inline std::int64_t rows_of(const plan& p) {
    std::int64_t rows = 0;
    for (const step& s : p.steps) rows += s.rows > 0 ? s.rows : 0;
    return rows;
}

} // namespace autopack_schema::migrate
