// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/inspect/detail/catalog.hpp>
#include <autopack_schema/model/name.hpp>
#include <autopack_schema/model/sorted.hpp>
#include <autopack_schema/model/vector.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::detail {

inline constexpr std::string_view read_objects =
    "SELECT rowid, type, name, tbl_name, rootpage, sql FROM main.sqlite_schema ORDER BY rowid";
inline constexpr std::string_view read_table_list =
    "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'";
inline constexpr std::string_view read_columns =
    "SELECT s.rowid, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden FROM main.sqlite_schema AS s "
    "CROSS JOIN pragma_table_xinfo(s.name, 'main') AS x WHERE s.type = 'table' AND s.rootpage <> 0 ORDER BY s.rowid";
inline constexpr std::string_view read_virtual_columns =
    "SELECT s.rowid, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden FROM main.sqlite_schema AS s "
    "CROSS JOIN pragma_table_xinfo(s.name, 'main') AS x WHERE s.type = 'table' AND s.rootpage = 0 "
    "AND s.rowid >= ?1 AND s.rowid <= ?2 ORDER BY s.rowid";
inline constexpr std::string_view read_indexes =
    "SELECT s.rowid, l.name, l.\"unique\", l.origin, l.partial, x.cid, x.name, x.\"desc\", x.coll "
    "FROM main.sqlite_schema AS s CROSS JOIN pragma_index_list(s.name, 'main') AS l "
    "CROSS JOIN pragma_index_xinfo(l.name, 'main') AS x "
    "WHERE s.type = 'table' AND s.rootpage <> 0 AND x.key = 1 ORDER BY s.rowid";
inline constexpr std::string_view read_foreign_keys =
    "SELECT s.rowid, f.id, f.\"table\", f.\"from\", f.\"to\", f.on_update, f.on_delete FROM main.sqlite_schema AS s "
    "CROSS JOIN pragma_foreign_key_list(s.name, 'main') AS f WHERE s.type = 'table' AND s.rootpage <> 0 "
    "ORDER BY s.rowid";

/// Reads a catalogue through one connection, statement by statement.
/// shape: six statements whatever the number of objects, but for virtual tables whose module does not answer
class catalog_reader {
public:
    explicit catalog_reader(sqlite::connection& database) : database_(database) {}

    catalog read() {
        objects();
        table_list();
        columns(read_columns);
        virtual_columns();
        indexes();
        foreign_keys();
        for (catalog_object& object : read_.objects) metadata(object);
        return std::move(read_);
    }

private:
    using sort = catalog_object::sort;

    static sort sort_of(std::string_view type, bool has_pages) {
        if (type == "table") return has_pages ? sort::table : sort::virtual_table;
        if (type == "index") return sort::index;
        if (type == "view") return sort::view;
        if (type == "trigger") return sort::trigger;
        return sort::unknown;
    }

    std::string_view keep(const sqlite::statement& row, int column) { return read_.text.keep(row.column_text(column)); }

    void objects() {
        sqlite::statement rows = database_.prepare(read_objects);
        while (rows.step()) {
            catalog_object& object = read_.objects.push_back({});
            object.rowid = rows.column_int64(0);
            object.what = sort_of(rows.column_text(1), rows.column_int64(4) != 0);
            object.name = keep(rows, 2);
            object.table = keep(rows, 3);
            object.sql = keep(rows, 5);
        }
    }

    void table_list() {
        model::name_index tables;
        for (std::size_t at = 0; at < read_.objects.size(); ++at) {
            const catalog_object& object = read_.objects[at];
            if (object.what == sort::table || object.what == sort::virtual_table) tables.add(object.name, at);
        }
        tables.sort();
        sqlite::statement rows = database_.prepare(read_table_list);
        while (rows.step()) {
            const std::string_view name = rows.column_text(0);
            for (const model::ranked& found : tables.find(name)) {
                catalog_object& object = read_.objects[found.at];
                if (object.name != name) continue;
                if (rows.column_text(1) == "shadow") object.what = sort::shadow_table;
                object.without_rowid = rows.column_int64(2) != 0;
                object.strict = rows.column_int64(3) != 0;
            }
        }
    }

    /// Finds the object of a row; rows come in the order of the objects.
    catalog_object& object_of(const sqlite::statement& row, std::size_t& at) const {
        const std::int64_t rowid = row.column_int64(0);
        while (at + 1 < read_.objects.size() && read_.objects[at].rowid < rowid) ++at;
        return const_cast<catalog_object&>(read_.objects[at]);
    }

    void add_columns(sqlite::statement& rows) {
        for (std::size_t at = 0; rows.step();) {
            catalog_column& column = object_of(rows, at).columns.push_back({});
            column.name = keep(rows, 1);
            column.type = keep(rows, 2);
            column.not_null = rows.column_int64(3) != 0;
            column.has_default = !rows.column_is_null(4);
            column.default_text = keep(rows, 4);
            column.key_position = static_cast<int>(rows.column_int64(5));
            column.hidden = static_cast<int>(rows.column_int64(6));
        }
    }

    void columns(std::string_view sql) {
        sqlite::statement rows = database_.prepare(sql);
        add_columns(rows);
    }

    void virtual_columns_between(std::int64_t first, std::int64_t last) {
        sqlite::statement rows = database_.prepare(read_virtual_columns);
        rows.bind_all(first, last);
        add_columns(rows);
    }

    /// A virtual table whose module is not there makes the whole statement fail: then each is asked by itself.
    void virtual_columns() {
        model::vector<catalog_object*> tables;
        for (catalog_object& object : read_.objects) {
            if (object.what == sort::virtual_table) tables.push_back(&object);
        }
        if (tables.empty()) return;
        try {
            return virtual_columns_between(tables.front()->rowid, tables.back()->rowid);
        } catch (const error& failure) {
            if (sqlite::detail::is_of_the_moment(failure)) throw;
            for (catalog_object* table : tables) table->columns.clear();
        }
        for (catalog_object* table : tables) {
            try {
                virtual_columns_between(table->rowid, table->rowid);
            } catch (const error& failure) {
                if (sqlite::detail::is_of_the_moment(failure)) throw;
                table->columns.clear();
                table->problem = read_.text.keep(failure.info().what_happened);
            }
        }
    }

    void indexes() {
        sqlite::statement rows = database_.prepare(read_indexes);
        for (std::size_t at = 0; rows.step();) {
            model::vector<catalog_index>& list = object_of(rows, at).indexes;
            if (list.empty() || list.back().name != rows.column_text(1)) {
                catalog_index& index = list.push_back({});
                index.name = keep(rows, 1);
                index.unique = rows.column_int64(2) != 0;
                index.origin = origin_of(rows.column_text(3));
                index.partial = rows.column_int64(4) != 0;
            }
            catalog_part& part = list.back().parts.push_back({});
            part.expression = rows.column_int64(5) == -2;
            part.name = keep(rows, 6);
            part.descending = rows.column_int64(7) != 0;
            part.collation = keep(rows, 8);
        }
    }

    static index_origin origin_of(std::string_view origin) {
        if (origin == "pk") return index_origin::primary_key;
        return origin == "u" ? index_origin::unique : index_origin::statement;
    }

    void foreign_keys() {
        sqlite::statement rows = database_.prepare(read_foreign_keys);
        const catalog_object* owner = nullptr;
        std::int64_t id = -1;
        for (std::size_t at = 0; rows.step();) {
            catalog_object& object = object_of(rows, at);
            if (&object != owner || rows.column_int64(1) != id) {
                catalog_foreign_key& key = object.foreign_keys.push_back({});
                key.parent = keep(rows, 2);
                key.on_update = keep(rows, 5);
                key.on_delete = keep(rows, 6);
                owner = &object;
                id = rows.column_int64(1);
            }
            object.foreign_keys.back().columns.push_back(keep(rows, 3));
            object.foreign_keys.back().parent_columns.push_back(keep(rows, 4));
        }
    }

    /// Asks for what no pragma shows: the collation of a column that is in no index, and AUTOINCREMENT.
    void metadata(catalog_object& object) {
        if (object.what != sort::table) return;
        const std::string table(object.name);
        for (catalog_column& column : object.columns) {
            const std::string name(column.name);
            const char* collation = nullptr;
            int autoincrement = 0;
            const int result = sqlite3_table_column_metadata(database_.handle(), "main", table.c_str(), name.c_str(),
                                                             nullptr, &collation, nullptr, nullptr, &autoincrement);
            if (result != SQLITE_OK) continue;
            if (collation != nullptr) column.collation = read_.text.keep(collation);
            column.autoincrement = autoincrement != 0;
        }
    }

    sqlite::connection& database_;
    catalog read_;
};

} // namespace autopack_schema::detail
