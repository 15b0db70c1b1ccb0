// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace autopack_schema::sql::sqlite {

/// How statements are written.
struct render_options {
    bool one_line = false; ///< the whole table in one line, not one line per column
    bool if_not_exists = false;
    std::string_view schema_name{}; ///< "main": written before the name of what is created
    std::string_view table_name{};  ///< another name for the table that is created; references to it keep its own
};

} // namespace autopack_schema::sql::sqlite
