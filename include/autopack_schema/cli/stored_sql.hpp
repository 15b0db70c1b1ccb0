// SPDX-License-Identifier: MIT
#pragma once

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

} // namespace autopack_schema::cli
