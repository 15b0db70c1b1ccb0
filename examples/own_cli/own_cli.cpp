// SPDX-License-Identifier: MIT
// The command line of autopack-schema for a schema of one's own: drift, migrate, verify, backup, …
//
//   own_cli migrate --create --no-backup --database sqlite:///shop.db
//   own_cli drift --database sqlite:///shop.db
#include <autopack_schema/cli.hpp>
#include <autopack_schema/define/schema.hpp>
#include <autopack_schema/migrate/migration.hpp>
#include <autopack_schema/migrate/migrations.hpp>
#include <autopack_schema/migrate/rules.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace aps = autopack_schema;

namespace shop {

namespace v1 {

struct customer {
    std::int64_t id = 0;
    std::string name;
};

inline constexpr auto customers =
    aps::table<customer>("customers", aps::column<&customer::id>(aps::primary_key), aps::column<&customer::name>());

inline constexpr auto schema = aps::schema<customers>("shop", "v1");

} // namespace v1

struct customer {
    std::int64_t id = 0;
    std::string name;
    std::string country;
    std::optional<std::string> mail;
};

inline constexpr auto customers =
    aps::table<customer>("customers", aps::column<&customer::id>(aps::primary_key), aps::column<&customer::name>(),
                         aps::column<&customer::country>(), aps::column<&customer::mail>(aps::unique));

inline constexpr auto schema = aps::schema<customers>("shop", "v2");

inline constexpr auto to_v2 =
    aps::migration<v1::schema, schema>("countries", aps::backfill<&customer::country>("'unknown'"));
inline constexpr auto migrations = aps::migrations<to_v2>();
static_assert(migrations.reaches<schema>());

} // namespace shop

int main(int argc, char** argv) {
    return aps::cli::run(argc, argv, aps::cli::pack("shop", shop::schema, shop::migrations));
}
