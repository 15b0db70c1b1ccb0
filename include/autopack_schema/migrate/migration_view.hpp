// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/custom_step.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>

#include <string_view>

namespace autopack_schema::migrate {

/// A migration between two versions of a schema, whatever types it was made of; see `migration`.
struct migration_view {
    std::string_view name{};
    model::schema from{};
    model::schema to{};
    model::items<data_rule> rules{};
    model::items<custom_step> steps{};
};

/// Finds a migration by its name; null: it is not there.
constexpr const migration_view* find_migration(model::items<migration_view> chain, std::string_view name) {
    for (const migration_view& m : chain) {
        if (m.name == name) return &m;
    }
    return nullptr;
}

} // namespace autopack_schema::migrate
