// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/migration_view.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>

#include <string_view>

namespace autopack_schema::schemas {

/// A bundled schema with its versions and the migrations between them, whatever types they were made of.
/// shape: oldest first; `migrations[i]` leads from `versions[i]` to `versions[i + 1]`
struct pack {
    std::string_view name{};
    model::items<model::schema> versions{};
    model::items<migrate::migration_view> migrations{};

    /// The version that the row types are for.
    constexpr const model::schema& current() const { return versions.back(); }
};

} // namespace autopack_schema::schemas
