// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/quote.hpp>
#include <autopack_schema/model/name.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

using autopack_schema::sqlite::connection;
using autopack_schema::sqlite::quote_identifier;
using autopack_schema::sqlite::quote_text;
using sql::sqlite::affinity;

/// `main."table"`: never unqualified, so that no temporary table shadows it (trap 31).
inline std::string in_main(std::string_view table) { return "main." + quote_identifier(table); }

/// Tells whether the database itself (not a temporary or attached one) has a table of that name.
inline bool has_table(connection& database, std::string_view name) {
    return database.query_int(
               "SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE", name) != 0;
}

/// Writes what a column of an affinity makes of a value, as an expression.
/// shape:  CAST would make a number of any text; a column only of one that is a number, so the cast value must equal
///         the old one under the same affinity
/// source: https://sqlite.org/datatype3.html, 3 and 4.2
inline std::string stored_value(const std::string& value, affinity to) {
    const std::string v = "(" + value + ")";
    if (to == affinity::blob) return v;
    if (to == affinity::text)
        return "CASE WHEN typeof(" + v + ") IN ('integer', 'real') THEN CAST(" + v + " AS TEXT) ELSE " + v + " END";
    const std::string cast = "CAST(" + v + " AS " + (to == affinity::real ? "REAL" : "NUMERIC") + ")";
    return "CASE WHEN " + cast + " = " + v + " THEN " + cast + " ELSE " + v + " END";
}

/// Writes a predicate that finds the values which a column of an affinity would store as something else (trap 18):
/// '007', '1.10', integers that a REAL cannot hold, reals that do not come back from text.
inline std::string loses_value(const std::string& value, affinity to) {
    const std::string v = "(" + value + ")";
    const auto cast = [](const std::string& x, std::string_view type) {
        return "CAST(" + x + " AS " + std::string(type) + ")";
    };
    const std::string number = cast(v, "NUMERIC");
    switch (to) {
    case affinity::blob: return "0";
    case affinity::text: return "typeof(" + v + ") = 'real' AND " + cast(cast(v, "TEXT"), "REAL") + " <> " + v;
    case affinity::numeric:
    case affinity::integer:
        return "typeof(" + v + ") = 'text' AND " + number + " = " + v + " AND " + cast(number, "TEXT") + " <> " + v;
    case affinity::real: break;
    }
    const std::string real = cast(v, "REAL");
    return "(typeof(" + v + ") = 'text' AND " + number + " = " + v + " AND " + cast(number, "TEXT") + " <> " + v +
           " AND " + cast(real, "TEXT") + " <> " + v + ") OR (typeof(" + number + ") = 'integer' AND " + number +
           " = " + v + " AND " + cast(real, "INTEGER") + " <> " + number + ")";
}

/// The storage classes that a STRICT column accepts, after conversion; empty: all (ANY).
inline std::string_view strict_class(std::string_view type) {
    const model::name name(type);
    if (name == model::name("INT") || name == model::name("INTEGER")) return "integer";
    if (name == model::name("REAL")) return "real";
    if (name == model::name("TEXT")) return "text";
    if (name == model::name("BLOB")) return "blob";
    return {};
}

} // namespace autopack_schema::migrate::sqlite::detail
