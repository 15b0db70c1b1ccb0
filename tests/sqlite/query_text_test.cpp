// SPDX-License-Identifier: MIT
// The SQL of what has no text before it runs: calls with rows and keys, and what is decided at run time.
#include <autopack_schema/define.hpp>
#include <autopack_schema/query.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace {

namespace aps = autopack_schema;
using aps::col;

struct note {
    std::int64_t id = 0;
    std::string text;
    std::int64_t twice = 0;
};
struct part {
    std::string key;
    std::int64_t number = 0;
    std::optional<std::string> name;
};
constexpr auto notes = aps::table<note>("notes", aps::column<&note::id>(aps::primary_key), aps::column<&note::text>("select", aps::unique),
                                        aps::column<&note::twice>(aps::generated_always_as("id * 2")));
constexpr auto parts = aps::table<part>("parts", aps::remaining_members, aps::primary_key("key", "number"));
constexpr auto demo = aps::schema<notes, parts>("demo");

struct fixture {
    aps::database<demo> db = aps::database<demo>::memory();
    fixture() { db.connection().execute(aps::sql::sqlite::ddl(demo)); }
    /// The SQL of the statement that a call prepared.
    template <class Call>
    std::string text(Call&& call) {
        sqlite3* const database = db.connection().handle();
        std::vector<sqlite3_stmt*> before;
        for (sqlite3_stmt* s = sqlite3_next_stmt(database, nullptr); s != nullptr; s = sqlite3_next_stmt(database, s)) before.push_back(s);
        call();
        std::string found;
        for (sqlite3_stmt* s = sqlite3_next_stmt(database, nullptr); s != nullptr; s = sqlite3_next_stmt(database, s)) {
            if (std::find(before.begin(), before.end(), s) == before.end()) found += (found.empty() ? "" : "; ") + std::string(sqlite3_sql(s));
        }
        return found;
    }
};

} // namespace

TEST_CASE_METHOD(fixture, "rows are written by these statements") {
    CHECK(text([&] { db.insert(note{1, "a", 0}); }) == "INSERT INTO notes (id, \"select\") VALUES (?, ?)");
    CHECK(text([&] { db.insert(part{"a", 1, {}}); }) == "INSERT INTO parts (key, number, name) VALUES (?, ?, ?)");
    std::string many = "INSERT INTO parts (key, number, name) VALUES (?, ?, ?)";
    for (int i = 1; i < 100; ++i) many += ", (?, ?, ?)";
    std::vector<part> rows(100);
    for (int i = 0; i < 100; ++i) rows[static_cast<std::size_t>(i)] = {"b", i, {}};
    CHECK(text([&] { db.insert(rows); }) == many);
    CHECK(text([&] { db.update(note{1, "b", 0}); }) == "UPDATE notes SET \"select\" = ?2 WHERE id = ?1");
    CHECK(text([&] { db.update(part{"a", 1, "x"}); }) == "UPDATE parts SET name = ?3 WHERE key = ?1 AND number = ?2");
    CHECK(text([&] { (void)db.get<note>(1); }) == "SELECT id, notes.\"select\", twice FROM notes WHERE id = ?");
    CHECK(text([&] { (void)db.get<part>("a", 1); }) == "SELECT key, number, name FROM parts WHERE key = ? AND number = ?");
    CHECK(text([&] { db.erase<part>("a", 1); }) == "DELETE FROM parts WHERE key = ? AND number = ?");
}

TEST_CASE_METHOD(fixture, "what an insert does with a row in its way is part of it") {
    const std::string insert = "INSERT INTO notes (id, \"select\") VALUES (?, ?)";
    const note n{1, "a", 0};
    CHECK(text([&] { db.insert(n, aps::on_conflict().do_nothing()); }) == insert + " ON CONFLICT DO NOTHING");
    CHECK(text([&] { db.insert(n, aps::on_conflict(col<&note::text>).do_nothing()); }) == insert + " ON CONFLICT (notes.\"select\") DO NOTHING");
    CHECK(text([&] { db.insert(n, aps::on_conflict(col<&note::id>).do_update(col<&note::text> = aps::excluded(col<&note::text>)).where(col<&note::id> > 5)); }) ==
          insert + " ON CONFLICT (id) DO UPDATE SET \"select\" = excluded.\"select\" WHERE id > ?");
    CHECK(text([&] { db.insert(n, aps::on_conflict(col<&note::id>).do_replace()); }) == insert + " ON CONFLICT (id) DO UPDATE SET \"select\" = excluded.\"select\"");
    CHECK(text([&] { (void)db.insert(note{2, "c", 0}, aps::returning(col<&note::id>, col<&note::twice> + 1)); }) == insert + " RETURNING id, twice + ?");
    CHECK(text([&] { (void)db.insert(note{3, "d", 0}, aps::returning<note>()); }) == insert + " RETURNING id, notes.\"select\", twice");
    CHECK(text([&] { (void)db.update<note>().set(col<&note::text> = "e").where(col<&note::id> == 3).returning(col<&note::text>).all(); }) ==
          "UPDATE notes SET \"select\" = ? WHERE id = ? RETURNING notes.\"select\"");
}

TEST_CASE_METHOD(fixture, "what is decided at run time has a text of its own for each shape") {
    const auto filtered = [&](bool a, bool b) {
        return text([&] { (void)db.select(col<&note::id>).where(aps::only_if(a, col<&note::id> > 1) && aps::only_if(b, col<&note::text> == "x")).all(); });
    };
    CHECK(filtered(true, true) == "SELECT id FROM notes WHERE id > ? AND notes.\"select\" = ?");
    CHECK(filtered(true, false) == "SELECT id FROM notes WHERE id > ? AND TRUE");
    CHECK(filtered(false, false) == "SELECT id FROM notes WHERE TRUE AND TRUE");
    CHECK(filtered(true, true).empty()); // found again
    CHECK(text([&] { (void)db.select(col<&note::id>).order_by(aps::dynamic_order<note>().by_name("SELECT", aps::descending).by(col<&note::id>)).all(); }) ==
          "SELECT id FROM notes ORDER BY notes.\"select\" DESC, id");
    const std::string in = text([&] { (void)db.select(col<&note::id>).where(col<&note::id>.in(std::vector<int>{1, 2, 3})).all(); });
    CHECK(in.find("WHERE id IN (?") != in.npos);
    CHECK(aps::sql_text<demo>(aps::select(col<&note::id>).where(aps::only_if(false, col<&note::id> > 1))) == "SELECT id FROM notes WHERE TRUE");
}
