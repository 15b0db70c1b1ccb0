// SPDX-License-Identifier: MIT
#pragma once
// Three versions with a step in C++ and an undo for everything, for the way there and the way back.

#include <autopack_schema/define.hpp>
#include <autopack_schema/migrate/migrations.hpp>
#include <autopack_schema/migrate/undo.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "../sqlite/migrate_support.hpp"

namespace fault_test::way {

namespace aps = autopack_schema;
using aps::sqlite::connection;

namespace v1 {
struct order {
    std::int64_t id = 0;
    std::string customer;
    std::string state;
    double price = 0;
};
inline constexpr auto orders = aps::table<order>("orders", aps::column<&order::id>(aps::primary_key),
                                                 aps::remaining_members, aps::index("ix_state", "state"));
inline constexpr auto schema = aps::schema<orders>("shop", "v1");
} // namespace v1

namespace v2 {
struct order {
    std::int64_t id = 0;
    std::string buyer;
    std::string state;
    std::int64_t cents = 0;
};
struct note {
    std::int64_t id = 0;
    std::string text;
};
inline constexpr auto orders = aps::table<order>("orders", aps::column<&order::id>(aps::primary_key),
                                                 aps::column<&order::buyer>(aps::renamed_from("customer")),
                                                 aps::remaining_members, aps::check("ck_cents", "cents >= 0"));
inline constexpr auto notes =
    aps::table<note>("notes", aps::column<&note::id>(aps::primary_key), aps::remaining_members);
inline constexpr auto schema = aps::schema<orders, notes>("shop", "v2");
} // namespace v2

namespace v3 {
struct purchase {
    std::int64_t id = 0;
    std::string buyer;
    std::string state;
    std::int64_t cents = 0;
    std::optional<std::string> country;
};
inline constexpr auto purchases =
    aps::table<purchase>("purchases", aps::renamed_from("orders"), aps::column<&purchase::id>(aps::primary_key),
                         aps::remaining_members, aps::check("ck_cents", "cents >= 0"));
inline constexpr auto schema = aps::schema<purchases, v2::notes>("shop", "v3");
} // namespace v3

/// Row by row, with statements and memory of its own.
inline void rewrite_buyers(connection& database, const std::string& from, const std::string& to) {
    auto rows = database.prepare("SELECT id, buyer FROM orders ORDER BY id");
    auto write = database.prepare("UPDATE orders SET buyer = ?2 WHERE id = ?1");
    while (rows.step()) {
        std::string name(rows.column_text(1));
        if (const std::size_t at = name.find(from); at != std::string::npos) name.replace(at, from.size(), to);
        write.reset();
        write.bind(1, rows.column_int64(0));
        write.bind(2, name);
        write.step();
    }
}
inline void spell_out(connection& database) { rewrite_buyers(database, "Ada", "Augusta Ada, Countess of Lovelace"); }
inline void shorten(connection& database) { rewrite_buyers(database, "Augusta Ada, Countess of Lovelace", "Ada"); }

inline constexpr auto to_v2 = aps::migration<v1::schema, v2::schema>(
    "cents", aps::backfill<&v2::order::cents>("CAST(round(price * 100) AS INTEGER)"),
    aps::drop_column<"orders.price">(), aps::undo<&v1::order::price>("cents / 100.0"),
    aps::transform<&v2::order::state>("upper(state)"), aps::undo<&v1::order::state>("lower(state)"),
    aps::drop_index<"ix_state">(), aps::step_after<"spell out">(spell_out, shorten));
inline constexpr auto to_v3 = aps::migration<v2::schema, v3::schema>("countries");
inline constexpr auto chain = aps::migrations<to_v2, to_v3>();
static_assert(chain.has_undo());

inline constexpr std::string_view script =
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT NOT NULL, state TEXT NOT NULL, price REAL NOT NULL);"
    "CREATE INDEX ix_state ON orders(state);"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO orders "
    "SELECT i * 2, CASE i % 3 WHEN 0 THEN 'Grace' ELSE 'Ada ' || i END, CASE i % 2 WHEN 0 THEN 'open' ELSE 'paid' END, "
    "i / 4.0 FROM n;";

} // namespace fault_test::way
