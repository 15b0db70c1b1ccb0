// SPDX-License-Identifier: MIT
#pragma once

#include <shop/schema.hpp>

namespace shop {

/// What the table was in 2024; it stays as it is.
namespace v2024 {

struct order {
    std::int64_t id = 0;
    std::string customer;
    double price = 0;
};
inline constexpr auto orders =
    aps::table<order>("orders", aps::column<&order::id>(aps::primary_key), aps::remaining_members);
inline constexpr auto schema = aps::schema<orders>("shop", "2024");

} // namespace v2024

/// What the table is now, as it was when its migration was written.
namespace v2025 {

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

} // namespace v2025

inline constexpr auto whole_cents =
    aps::migration<v2024::schema, v2025::schema>("whole cents", aps::backfill<"orders.cents">("CAST(round(price * 100) AS INTEGER)"),
                                                 aps::drop_column<"orders.price">());
inline constexpr auto migrations = aps::migrations<whole_cents>();

static_assert(aps::unchanged<schema, v2025::schema>()); // a struct that changed without a migration does not compile

} // namespace shop
