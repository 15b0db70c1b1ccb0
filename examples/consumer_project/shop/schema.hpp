// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/autopack_schema.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

namespace aps = autopack_schema;

/// One order, as the program reads and writes it.
struct order {
    std::int64_t id = 0;
    std::string customer;
    std::int64_t cents = 0;
    std::optional<std::string> note;
};

inline constexpr auto orders = aps::table<order>(
    "orders", aps::column<&order::id>(aps::primary_key), aps::remaining_members,
    aps::check("ck_orders_cents", "cents >= 0"), aps::index("ix_orders_customer", "customer"));

inline constexpr auto schema = aps::schema<orders>("shop", "2025");

} // namespace shop
