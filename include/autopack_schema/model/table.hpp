// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/constraint.hpp>
#include <autopack_schema/model/name.hpp>

#include <cstdint>
#include <string_view>

namespace autopack_schema::model {

/// An index that was created by its own statement.
struct index {
    model::name name{};
    bool unique = false;
    range parts{};                ///< in `schema::parts`
    std::string_view where{};   ///< predicate of a partial index, without enclosing parentheses
    std::string_view method{};  ///< PostgreSQL; empty: btree
    std::string_view sql{};     ///< the stored statement; empty in a definition

    friend constexpr bool operator==(const index&, const index&) = default;
};

/// What sort of table.
enum class table_kind : std::uint8_t { ordinary, virtual_ };

/// One table; its lists are ranges of the arrays of its schema.
struct table {
    model::name name{};
    table_kind kind = table_kind::ordinary;
    bool without_rowid = false;
    bool strict = false;
    range columns{};
    primary_key key{};
    range uniques{};
    range checks{};
    range foreign_keys{};
    range indexes{};
    std::string_view module{}; ///< virtual tables: `fts5(title, body)`
    model::name renamed_from{};  ///< hint for diffs, never read from a database
    std::string_view sql{};    ///< the stored statement; empty in a definition

    friend constexpr bool operator==(const table&, const table&) = default;
};

/// A view.
struct view {
    model::name name{};
    range columns{};               ///< in `schema::names`: the column list, if one was written
    std::string_view definition{}; ///< the SELECT
    bool materialized = false;   ///< PostgreSQL
    std::string_view sql{};      ///< the stored statement; empty in a definition

    friend constexpr bool operator==(const view&, const view&) = default;
};

/// A trigger.
struct trigger {
    model::name name{};
    model::name table{};           ///< the table or view it belongs to
    std::string_view definition{}; ///< all behind the name: `AFTER INSERT ON t … BEGIN … END`
    std::string_view sql{};      ///< the stored statement; empty in a definition

    friend constexpr bool operator==(const trigger&, const trigger&) = default;
};

/// Something that the model cannot express, kept as text so that it is never dropped silently.
struct unmodelled {
    std::string_view kind{}; ///< "statement", "table", …
    model::name name{};
    std::string_view sql{};
    std::string_view reason{};

    friend constexpr bool operator==(const unmodelled&, const unmodelled&) = default;
};

} // namespace autopack_schema::model
