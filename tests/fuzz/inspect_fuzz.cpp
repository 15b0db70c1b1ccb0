// SPDX-License-Identifier: MIT
// A damaged database file through inspect, drift, its writers and the second reading of what was rendered: an error, or a model.
#include <autopack_schema/drift/check.hpp>
#include <autopack_schema/drift/github.hpp>
#include <autopack_schema/drift/json.hpp>
#include <autopack_schema/drift/markdown.hpp>
#include <autopack_schema/drift/text.hpp>
#include <autopack_schema/inspect/sql_text.hpp>
#include <autopack_schema/inspect/sqlite.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

namespace aps = autopack_schema;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// What the code expects: the schema of the seeds, nearly.
const aps::model::schema expected_schema() {
    static const aps::model::snapshot schema = aps::inspect_sql(
        "CREATE TABLE org (id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE);"
        "CREATE TABLE u (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL DEFAULT 'x' COLLATE NOCASE CHECK "
        "(length(name) > 1),"
        " org INT REFERENCES org (id) ON DELETE CASCADE, n REAL DEFAULT 1.5, g INT AS (n * 2) STORED, UNIQUE (name, "
        "org));"
        "CREATE INDEX u_n ON u (n DESC, lower(name)) WHERE n > 1; CREATE VIEW v AS SELECT id, name FROM u;"
        "CREATE TRIGGER tr AFTER INSERT ON u BEGIN UPDATE u SET n = 2 WHERE id = new.id; END");
    return schema.view();
}

/// The bytes as the `main` of a connection; false where SQLite does not take them.
bool load(aps::sqlite::connection& database, const std::uint8_t* data, std::size_t size) {
    auto* const copy = static_cast<unsigned char*>(sqlite3_malloc64(size));
    if (copy == nullptr) return false;
    std::memcpy(copy, data, size);
    const auto length = static_cast<sqlite3_int64>(size);
    return sqlite3_deserialize(database.handle(), "main", copy, length, length,
                               SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY) == SQLITE_OK;
}

void compare(const aps::model::schema& live) {
    const aps::drift::report found = aps::drift::check(expected_schema(), live);
    require(!aps::drift::to_text(found, {.color = true}).empty());
    require(!aps::drift::to_json(found).empty());
    require(!aps::drift::to_markdown(found).empty());
    const std::string lines = aps::drift::to_github(found);
    require(lines.empty() || lines.back() == '\n');
    if (live.tables.empty() && live.views.empty()) return;
    aps::drift::options all;
    all.bookkeeping = true;
    require(!aps::drift::check(live, live, all).drift());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 100) return 0;
    try {
        aps::sqlite::connection database = aps::sqlite::connection::memory();
        if (!load(database, data, size)) return 0;
        const aps::model::snapshot live = aps::inspect(database);
        compare(live.view());
    } catch (const aps::error&) {
    }
    return 0;
}
