// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstdint>
#include <string_view>

namespace autopack_schema::detail {

/// A column as SQLite's own catalogue tells it.
struct catalog_column {
    std::string_view name{};
    std::string_view type{};
    std::string_view default_text{};
    std::string_view collation{}; ///< from sqlite3_table_column_metadata; empty where it said nothing
    bool not_null = false;
    bool has_default = false;
    bool autoincrement = false;
    int key_position = 0; ///< 1 for the first column of the primary key, 0 outside of it
    int hidden = 0;       ///< 1 virtual table's own, 2 generated VIRTUAL, 3 generated STORED
};

/// A key part of an index.
struct catalog_part {
    std::string_view name{}; ///< empty: an expression or the rowid
    std::string_view collation{};
    bool expression = false;
    bool descending = false;
};

/// Where an index comes from.
enum class index_origin : std::uint8_t { statement, unique, primary_key };

struct catalog_index {
    std::string_view name{};
    index_origin origin = index_origin::statement;
    bool unique = false;
    bool partial = false;
    model::vector<catalog_part> parts{};
};

struct catalog_foreign_key {
    std::string_view parent{};
    std::string_view on_update{};
    std::string_view on_delete{};
    model::vector<std::string_view> columns{};
    model::vector<std::string_view> parent_columns{}; ///< an empty one: the parent's primary key
};

/// What `sqlite_schema` and `table_list` say of an object; tables also hold what the other pragmas said.
struct catalog_object {
    enum class sort : std::uint8_t { table, virtual_table, shadow_table, index, view, trigger, unknown };

    sort what = sort::unknown;
    std::int64_t rowid = 0;
    std::string_view name{};
    std::string_view table{}; ///< the table of an index or a trigger
    std::string_view sql{};
    std::string_view problem{}; ///< why its details could not be read; empty: they were
    bool without_rowid = false;
    bool strict = false;
    model::vector<catalog_column> columns{};
    model::vector<catalog_index> indexes{};
    model::vector<catalog_foreign_key> foreign_keys{};
};

/// All that SQLite itself says of a database.
struct catalog {
    model::vector<catalog_object> objects{};
    model::vector<model::unmodelled> elsewhere{}; ///< objects of the temp database and of attached ones
    model::text_arena text{};
};

} // namespace autopack_schema::detail
