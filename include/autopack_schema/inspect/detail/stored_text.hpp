// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/inspect/detail/catalog.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/sql/sqlite/parse.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::detail {

/// Reads the stored statements of a catalogue, tables first: those of tables, indexes, views and triggers.
inline model::snapshot parse_stored(const catalog& seen) {
    using sort = catalog_object::sort;
    std::string text;
    const auto add = [&](auto wanted) {
        for (const catalog_object& o : seen.objects) {
            if (o.sql.empty() || !wanted(o.what)) continue;
            text += o.sql;
            text += "\n;\n"; // on a line of its own: a comment may be the last thing in a stored text
        }
    };
    add([](sort s) { return s == sort::table || s == sort::virtual_table; });
    add([](sort s) { return s == sort::index; });
    add([](sort s) { return s == sort::view || s == sort::trigger; });
    return sql::sqlite::parse(text);
}

} // namespace autopack_schema::detail
