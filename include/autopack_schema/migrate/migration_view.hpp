// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/custom_step.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/model/schema.hpp>

#include <span>
#include <string_view>

namespace autopack_schema::migrate {

/// A migration between two versions of a schema, whatever types it was made of; see `migration`.
struct migration_view {
    std::string_view name{};
    model::schema from{};
    model::schema to{};
    std::span<const data_rule> rules{};
    std::span<const custom_step> steps{};
};

} // namespace autopack_schema::migrate
