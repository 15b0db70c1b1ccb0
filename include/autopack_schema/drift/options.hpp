// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/rules.hpp>
#include <autopack_schema/drift/severity.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::drift {

/// Which differences between names of constraints are findings.
enum class constraint_names : std::uint8_t {
    ignored,
    different, ///< both sides have a name, and not the same one
    exact,     ///< also a name against none
};

/// What a check knows of the database: how it compares, and how it writes a type that was not spelled out.
struct dialect {
    autopack_schema::rules rules;
    std::string_view (*type_name)(const model::data_type&, bool strict);
};

/// SQLite.
inline constexpr dialect sqlite_dialect{sql::sqlite::rules, sql::sqlite::declared_type};

/// The switches of a check: what is a finding, and from which severity on it fails.
struct options {
    severity fail_on = severity::semantic;
    bool column_order = true;
    bool type_spelling = false; ///< INT against INTEGER, VARCHAR(32) against VARCHAR(255)
    bool name_case = false;     ///< userId against userid
    constraint_names names = constraint_names::different;
    bool index_names = true;  ///< the same index under another name
    bool unique_order = true; ///< UNIQUE (a, b) against UNIQUE (b, a)
    bool unique_form = true;  ///< UNIQUE (a) against a unique index on a
    bool extra_tables = true; ///< tables and views that the code does not know
    bool extra_columns = true;
    bool bookkeeping = false; ///< also the tables of migration tools: alembic_version, __drizzle_migrations, …
    /// Patterns `object` or `kind:object` with `*` and `?`: "tmp_*", "table:tmp_*", "index:ix_*", "column.order:*".
    /// The kind is a kind, or what stands before its dot; `table:` covers all that belongs to the table.
    std::vector<std::string> ignore{};
    drift::dialect dialect = sqlite_dialect;
};

} // namespace autopack_schema::drift
