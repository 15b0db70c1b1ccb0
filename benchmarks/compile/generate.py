#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a unit that defines tables and, for each, inserts a row, reads all and reads filtered.

usage: generate.py KIND COLUMNS... > FILE      KIND: raw, ours, short (members not named), empty; a number of columns for each table
"""
import sys

TYPES = [("std::string", "text"), ("std::int64_t", "int64"), ("std::optional<std::string>", "opt_text"),
         ("std::optional<std::int64_t>", "opt_int64"), ("double", "double"), ("bool", "bool")]


def columns_of(count):
    return [("id", "std::int64_t", "int64")] + [(f"column_{k}", *TYPES[k % 6]) for k in range(1, count)]


def structs(tables):
    for t, count in enumerate(tables):
        members = " ".join(f"{cpp} {name}{{}};" for name, cpp, _ in columns_of(count))
        yield f"struct row_{t} {{ {members} }};"


def ours(tables, short=False):
    yield "#include <autopack_schema/define/schema.hpp>\n#include <autopack_schema/query/database.hpp>"
    yield "namespace aps = autopack_schema;\nusing aps::col;"
    yield from structs(tables)
    for t, count in enumerate(tables):
        columns = ", ".join(f"aps::column<&row_{t}::{name}>({'aps::primary_key' if name == 'id' else ''})"
                            for name, _, _ in columns_of(count))
        if short:  # only what differs is written
            columns = f"aps::column<&row_{t}::id>(aps::primary_key), aps::remaining_members"
        yield f'inline constexpr auto table_{t} = aps::table<row_{t}>("table_{t}", {columns});'
    names = ", ".join(f"table_{t}" for t in range(len(tables)))
    yield f'inline constexpr auto demo = aps::schema<{names}>("demo");'
    for t in range(len(tables)):
        yield f"""void use_{t}(aps::database<demo>& db, const row_{t}& row, std::vector<row_{t}>& all) {{
    db.insert(row);
    all = db.select<row_{t}>().all();
    all = db.select<row_{t}>().where(col<&row_{t}::column_1> == 7 && col<&row_{t}::column_2>.is_not_null() && col<&row_{t}::column_3> > 3).all();
}}"""


BIND = {"text": "bind_text(s, {i}, row.{n});", "int64": "sqlite3_bind_int64(s, {i}, row.{n});",
        "opt_text": "if (row.{n}) bind_text(s, {i}, *row.{n}); else sqlite3_bind_null(s, {i});",
        "opt_int64": "if (row.{n}) sqlite3_bind_int64(s, {i}, *row.{n}); else sqlite3_bind_null(s, {i});",
        "double": "sqlite3_bind_double(s, {i}, row.{n});", "bool": "sqlite3_bind_int(s, {i}, row.{n});"}
READ = {"text": "row.{n} = text_of(s, {i});", "int64": "row.{n} = sqlite3_column_int64(s, {i});",
        "opt_text": "if (sqlite3_column_type(s, {i}) != SQLITE_NULL) row.{n} = text_of(s, {i});",
        "opt_int64": "if (sqlite3_column_type(s, {i}) != SQLITE_NULL) row.{n} = sqlite3_column_int64(s, {i});",
        "double": "row.{n} = sqlite3_column_double(s, {i});", "bool": "row.{n} = sqlite3_column_int(s, {i}) != 0;"}


def raw(tables):
    yield "#include <sqlite3.h>\n#include <cstdint>\n#include <optional>\n#include <string>\n#include <vector>"
    yield "inline void bind_text(sqlite3_stmt* s, int i, const std::string& t) { sqlite3_bind_text(s, i, t.data(), static_cast<int>(t.size()), SQLITE_STATIC); }"
    yield "inline std::string text_of(sqlite3_stmt* s, int i) { return {reinterpret_cast<const char*>(sqlite3_column_text(s, i)), static_cast<std::size_t>(sqlite3_column_bytes(s, i))}; }"
    yield "inline sqlite3_stmt* prepare(sqlite3* db, const char* sql) { sqlite3_stmt* s = nullptr; sqlite3_prepare_v2(db, sql, -1, &s, nullptr); return s; }"
    yield from structs(tables)
    for t, count in enumerate(tables):
        columns = columns_of(count)
        names = ", ".join(name for name, _, _ in columns)
        marks = ", ".join("?" for _ in columns)
        binds = "\n    ".join(BIND[kind].format(i=i + 1, n=name) for i, (name, _, kind) in enumerate(columns))
        reads = "\n    ".join(READ[kind].format(i=i, n=name) for i, (name, _, kind) in enumerate(columns))
        yield f"""inline void read_{t}(sqlite3_stmt* s, row_{t}& row) {{
    {reads}
}}
void use_{t}(sqlite3* db, const row_{t}& row, std::vector<row_{t}>& all) {{
    sqlite3_stmt* s = prepare(db, "INSERT INTO table_{t} ({names}) VALUES ({marks})");
    {binds}
    sqlite3_step(s); sqlite3_finalize(s);
    s = prepare(db, "SELECT {names} FROM table_{t}");
    while (sqlite3_step(s) == SQLITE_ROW) read_{t}(s, all.emplace_back());
    sqlite3_finalize(s);
    s = prepare(db, "SELECT {names} FROM table_{t} WHERE column_1 = ? AND column_2 IS NOT NULL AND column_3 > ?");
    sqlite3_bind_int64(s, 1, 7); sqlite3_bind_int64(s, 2, 3);
    while (sqlite3_step(s) == SQLITE_ROW) read_{t}(s, all.emplace_back());
    sqlite3_finalize(s);
}}"""


def short(tables):
    yield from ours(tables, True)


def empty(tables):
    yield "#include <autopack_schema/define/schema.hpp>\n#include <autopack_schema/query/database.hpp>"


def main():
    kind, tables = sys.argv[1], [int(c) for c in sys.argv[2:]]
    print("\n".join({"ours": ours, "short": short, "raw": raw, "empty": empty}[kind](tables)))


if __name__ == "__main__":
    main()
