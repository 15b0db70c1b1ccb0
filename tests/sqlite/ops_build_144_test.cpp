// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/ops/build_144.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>

#include <string>

namespace aps = autopack_schema;
namespace build_144 = aps::ops::build_144;
using aps::sqlite::connection;
using aps::sqlite::open_mode;
using autopack_schema_test::caught;
using autopack_schema_test::read_file;
using autopack_schema_test::sqlite_url;
using autopack_schema_test::temp_dir;
using autopack_schema_test::write_file;

namespace {

/// The table of after BUILD-144, as far as the verification reads it.
connection with_rows(const std::string& values) {
    connection database = connection::memory();
    database.execute("CREATE TABLE llm_usage_events (id INTEGER PRIMARY KEY, provider TEXT, model TEXT, "
                     "prompt_tokens INTEGER, completion_tokens INTEGER, total_tokens INTEGER NOT NULL DEFAULT 0)");
    if (!values.empty()) database.execute("INSERT INTO llm_usage_events VALUES " + values);
    return database;
}

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("the demo has the numbers of the runbook, every time, and is never written over") {
    temp_dir directory;
    const auto file = directory / "demo.db";
    connection made = build_144::make_demo(aps::db::url::parse(sqlite_url(file)));
    CHECK(made.query_int("SELECT COUNT(*) FROM llm_usage_events") == 1543);
    CHECK(made.query_int("SELECT COUNT(*) FROM llm_usage_events WHERE prompt_tokens > 0 AND completion_tokens > 0") ==
          1320);
    CHECK(made.query_int("SELECT COUNT(*) FROM llm_usage_events WHERE prompt_tokens = 0 AND completion_tokens = 0") ==
          223);
    CHECK(made.query_int("SELECT SUM(prompt_tokens + completion_tokens) FROM llm_usage_events") == 45'832'100);
    CHECK(made.query_int("SELECT COUNT(*) FROM pragma_foreign_key_check") == 0);
    CHECK(made.query_int(
              "SELECT \"notnull\" FROM pragma_table_info('llm_usage_events') WHERE name = 'prompt_tokens'") == 1);
    made = {};

    const std::string bytes = read_file(file);
    const auto refused = caught([&] { build_144::make_demo(aps::db::url::parse(sqlite_url(file))); });
    CHECK(refused.code() == "S411");
    CHECK(read_file(file) == bytes);
    write_file(directory / "other", "");
    CHECK(caught([&] { build_144::make_demo(aps::db::url::parse(sqlite_url(directory / "other"))); }).code() == "S411");

    build_144::make_demo(aps::db::url::parse(sqlite_url(directory / "again.db")));
    CHECK(read_file(directory / "again.db") == bytes);
}

TEST_CASE("filling a database that has the tables changes nothing") {
    connection database = connection::memory();
    database.execute("CREATE TABLE tiers (a)");
    CHECK_THROWS_AS(build_144::fill_demo(database), aps::error);
    CHECK(database.query_int("SELECT COUNT(*) FROM sqlite_schema") == 1);
}

TEST_CASE("the verification of a database from before BUILD-144 meets no criterion and is no error") {
    connection database = connection::memory();
    build_144::fill_demo(database);
    const build_144::verification found = build_144::verify(database);
    CHECK_FALSE(found.met());
    REQUIRE(found.criteria.size() == 4);
    for (const build_144::criterion& c : found.criteria) CHECK_FALSE(c.met);
    CHECK(found.columns == build_144::column_facts{});
    CHECK(found.counts.exact == 1320);
    CHECK(found.counts.zero_splits == 223);
    CHECK(found.counts.unrecoverable == 0); // nothing is lost yet: there is no total that could be missing
    CHECK(found.criteria[3].number == "0 of 223 (0.0%)");
    CHECK(found.exact_samples.at(0) == build_144::sample{1, "anthropic", "claude-sonnet-4-5", 12500, 3200, {}});
}

TEST_CASE("each sort of row is counted as what it is") {
    connection database = with_rows("(1, 'openai', 'a', 100, 50, 150), (2, 'google', 'b', NULL, NULL, 0), "
                                    "(3, 'openai', 'a', 30, NULL, 30), (4, 'openai', 'a', NULL, 9, 0), "
                                    "(5, 'google', 'b', NULL, NULL, 18500), (6, 'openai', 'a', 0, 0, 0), "
                                    "(7, 'openai', 'a', 5, 5, 11), (8, 'openai', 'a', 0, NULL, 0)");
    const build_144::row_counts counts = build_144::verify(database).counts;
    CHECK(counts.rows == 8);
    CHECK(counts.with_total == 4);
    CHECK(counts.exact == 2);                  // 1, 7
    CHECK(counts.null_splits == 2);            // 2, 5
    CHECK(counts.null_splits_with_total == 1); // 5
    CHECK(counts.zero_splits == 2);            // 6, 8
    CHECK(counts.repairable == 1);             // 4
    CHECK(counts.mismatched == 1);             // 7
    CHECK(counts.unrecoverable == 3);          // 2, 6, 8
    CHECK(counts.sum_of_totals == 150 + 30 + 18500 + 11);
}

TEST_CASE("criteria are met where they are, and the text says so") {
    connection database = with_rows("(1, 'anthropic', 'claude-sonnet-4-5', 12500, 3200, 15700), "
                                    "(2, 'google', 'gemini-2.5-pro', NULL, NULL, 18500)");
    const build_144::verification found = build_144::verify(database);
    CHECK(found.met());
    const std::string text = build_144::to_text(found);
    CHECK(says(text, "✅ total_tokens NOT NULL: True\n✅ prompt_tokens nullable: True\n"));
    CHECK(says(
        text, "Total events: 2\nEvents with total_tokens>0: 2 (100.0%)\nTotal-only events (NULL splits): 1 (50.0%)\n"));
    CHECK(says(text, "total_events|with_total|total_only_nulls\n2|2|1\n"));
    CHECK(says(text,
               "Provider: anthropic, Model: claude-sonnet-4-5\n  prompt_tokens: 12500\n  completion_tokens: 3200\n"
               "  total_tokens: 15700\n  Sum matches: True\n"));
    CHECK(says(text,
               "  prompt_tokens: None (NULL)\n  completion_tokens: None (NULL)\n  total_tokens: 18500 (preserved!)\n"));
    CHECK_FALSE(says(text, "❌"));
    CHECK_FALSE(says(text, "cannot be recovered"));
}

TEST_CASE("lost totals are said, with their number, and never counted as met") {
    connection one = with_rows("(1, 'google', 'b', NULL, NULL, 0), (2, 'openai', 'a', 1, 1, 2)");
    CHECK(says(build_144::to_text(build_144::verify(one)), "1 row had no splits: its total cannot be recovered\n"));
    connection two =
        with_rows("(1, 'google', 'b', NULL, NULL, 0), (2, 'openai', 'a', 0, 0, 0), (3, 'openai', 'a', 1, 1, 0)");
    const build_144::verification found = build_144::verify(two);
    const std::string text = build_144::to_text(found);
    CHECK(says(text, "2 rows had no splits: their totals cannot be recovered\n"));
    CHECK(says(text, "1 row with total_tokens=0 although the splits have a sum: migrate again\n"));
    CHECK(says(text, "❌ not met  All events have `total_tokens > 0` (100% population): 0 of 3 (0.0%)\n"));
    CHECK_FALSE(found.met());
}

TEST_CASE("an empty table meets every criterion; a missing table is an error") {
    connection database = with_rows("");
    const build_144::verification found = build_144::verify(database);
    CHECK(found.met());
    CHECK(says(build_144::to_text(found), "Sum of all total_tokens: 0\n"));
    CHECK(found.criteria[3].number == "there is none");
    connection empty = connection::memory();
    CHECK(caught([&] { build_144::verify(empty); }).code() == "S410");
}

TEST_CASE("the verification reads a file that may not be written, and leaves it alone") {
    temp_dir directory;
    const auto file = directory / "demo.db";
    build_144::make_demo(aps::db::url::parse(sqlite_url(file)));
    const std::string bytes = read_file(file);
    connection database = connection::open_file(file.string(), {.mode = open_mode::read_only});
    CHECK(build_144::verify(database).database == file.string());
    CHECK(read_file(file) == bytes);
}
