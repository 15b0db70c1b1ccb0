// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace autopack_schema::sqlite {
class connection;
} // namespace autopack_schema::sqlite

namespace autopack_schema::migrate {

/// A part of a migration that is written in C++.
using custom_function = void (*)(autopack_schema::sqlite::connection&);

/// When a custom step is called.
enum class custom_moment : unsigned char {
    before, ///< in the older version: what goes is still there
    after,  ///< in the newer version: what is new is there
};

/// What a migration does that SQL cannot say; called once in each database, inside the transaction of the migration.
/// shape: its name stands for it in the checksum of the migration, for nobody can compare functions
struct custom_step {
    std::string_view name{};
    custom_moment moment = custom_moment::after;
    custom_function run = nullptr;
    custom_function undo = nullptr; ///< nullptr: there is none
};

} // namespace autopack_schema::migrate
