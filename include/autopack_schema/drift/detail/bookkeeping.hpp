// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/name.hpp>

#include <string_view>

namespace autopack_schema::drift::detail {

/// Tables in which migration and replication tools keep their own records.
inline constexpr std::string_view bookkeeping_tables[] = {
    "autopack_schema_history", // ours
    "autopack_schema_batches",
    "alembic_version",
    "__drizzle_migrations",
    "_prisma_migrations",
    "django_migrations",
    "schema_migrations", // Rails, dbmate, golang-migrate, Lightweight
    "ar_internal_metadata",
    "_lightweight_locks",
    "flyway_schema_history",
    "databasechangelog",
    "databasechangeloglock",
    "atlas_schema_revisions",
    "goose_db_version",
    "gorp_migrations",
    "knex_migrations",
    "knex_migrations_lock",
    "SequelizeMeta",
    "_sqlx_migrations",
    "__diesel_schema_migrations",
    "refinery_schema_history",
    "seaql_migrations",
    "__EFMigrationsHistory",
    "doctrine_migration_versions",
    "phinxlog",
    "_yoyo_log",
    "_yoyo_migration",
    "_yoyo_version",
    "yoyo_lock",
    "_sqlite_migrations", // sqlite-migrate
    "d1_migrations",
    "_cf_KV",
    "grdb_migrations",
    "room_master_table",
    "android_metadata",
    "_litestream_seq",
    "_litestream_lock",
};

/// Tells whether a table belongs to a tool and not to the schema.
inline bool is_bookkeeping(std::string_view table) {
    for (const std::string_view known : bookkeeping_tables) {
        if (model::same_name(known, table)) return true;
    }
    return false;
}

} // namespace autopack_schema::drift::detail
