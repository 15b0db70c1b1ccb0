// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstdint>
#include <utility>

namespace autopack_schema::ops {

/// The schema of a live database as a migration of one table wants it: everything else stays as it is.
/// shape:  `edit(model::column&)` changes a column of the table and tells whether it stays; `added` are appended to it
template <class Edit>
model::snapshot edited_table(const model::schema& live, const model::name& table, model::items<model::column> added,
                             Edit&& edit) {
    model::snapshot wanted;
    model::builder& made = wanted.content();
    for (const model::table& t : live.tables) {
        if (!(t.name == table)) {
            made.copy_table(live, t);
            continue;
        }
        model::builder
            all; // a table's parts must be added together, so the whole is copied and its columns are replaced
        all.copy_table(live, t);
        model::vector<model::column> columns;
        for (model::column c : all.columns) {
            if (edit(c)) columns.push_back(c);
        }
        for (const model::column& c : added) columns.push_back(c);
        all.columns = std::move(columns);
        all.tables.front().columns = {0, static_cast<std::uint32_t>(all.columns.size())};
        made.copy_table(all.view_of(), all.tables.front());
    }
    for (const model::view& v : live.views) made.add_view(v, live.names_of(v.columns));
    for (const model::trigger& t : live.triggers) made.add_trigger(t);
    for (const model::unmodelled& o : live.others) made.add_other(o);
    wanted.own_text();
    return wanted;
}

/// Adds the tables of another schema that a schema does not have, with what belongs to them.
inline void add_missing_tables(model::snapshot& to, const model::schema& from) {
    for (const model::table& t : from.tables) {
        if (model::find_table(to.view(), t.name) == nullptr) to.content().copy_table(from, t);
    }
    to.own_text();
}

} // namespace autopack_schema::ops
