// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/bookkeeping.hpp>
#include <autopack_schema/model/builder.hpp>
#include <autopack_schema/model/snapshot.hpp>

namespace autopack_schema::cli {

/// Takes out the statements that a database keeps of what the model says anyway, so that a file says each thing once.
inline void drop_stored_sql(model::snapshot& schema) {
    model::builder& content = schema.content();
    for (model::table& t : content.tables) t.sql = {};
    for (model::index& i : content.indexes) i.sql = {};
    for (model::view& v : content.views) v.sql = {};
    for (model::trigger& t : content.triggers) t.sql = {};
}

/// A schema without the tables in which migration tools keep their own records, ours too: they belong to a database, not
/// to its schema, and a drift check leaves them out as well.
inline model::snapshot without_bookkeeping(const model::schema& s) {
    const auto is_left_out = [](const model::name& table) { return drift::detail::is_bookkeeping(table.text); };
    model::builder kept;
    kept.name = s.name;
    kept.version = s.version;
    for (const model::table& t : s.tables) {
        if (!is_left_out(t.name)) kept.copy_table(s, t);
    }
    for (const model::view& v : s.views) kept.add_view(v, s.names_of(v.columns));
    for (const model::trigger& t : s.triggers) {
        if (!is_left_out(t.table)) kept.add_trigger(t);
    }
    for (const model::unmodelled& o : s.others) kept.add_other(o);
    return model::snapshot::copy_of(kept.view_of());
}

} // namespace autopack_schema::cli
