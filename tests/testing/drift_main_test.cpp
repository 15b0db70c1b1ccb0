// SPDX-License-Identifier: MIT
#include <autopack_schema/define/column.hpp>
#include <autopack_schema/define/schema.hpp>
#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/words.hpp>
#include <autopack_schema/testing/drift_main.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/temp.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace aps = autopack_schema;

namespace {

struct order {
    std::int64_t id = 0;
    std::string customer;
};
inline constexpr auto orders =
    aps::table<order>("orders", aps::column<&order::id>(aps::primary_key), aps::column<&order::customer>());
inline constexpr auto shop = aps::schema<orders>("shop");

int run(std::vector<std::string> words, std::initializer_list<aps::testing::report_writer> writers = {}) {
    std::vector<const char*> argv{"drift_test"};
    for (const std::string& word : words) argv.push_back(word.c_str());
    return aps::testing::drift_main(static_cast<int>(argv.size()), argv.data(), shop, writers);
}

std::string one_word(const aps::drift::report& r) { return r.drift() ? "drift" : "none"; }

} // namespace

TEST_CASE("exit codes of a drift test") {
    const autopack_schema_test::temp_dir folder;
    const auto write = [&folder](const char* name, const char* sql) {
        return autopack_schema_test::write_file(folder / name, sql).string();
    };
    const std::string same = write("same.sql", "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT NOT NULL);");
    const std::string missing = write("missing.sql", "CREATE TABLE orders (id INTEGER PRIMARY KEY);");
    const std::string extra = write("extra.sql", "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT NOT NULL);"
                                                 "CREATE TABLE notes (text TEXT);");
    CHECK(run({same}) == 0);
    CHECK(run({missing}) == 2);
    CHECK(run({extra}) == 0);
    CHECK(run({extra, "--fail-on", "extra"}) == 2);
    CHECK(run({extra, "--fail-on", "extra", "--ignore", "table:notes"}) == 0);
    CHECK(run({missing, "--github"}) == 2);
    CHECK(run({(folder / "gone.sql").string()}) == 1);
    CHECK(run({"sqlite:///" + (folder / "gone.db").string()}) == 1);
}

TEST_CASE("what is not understood is an error, never a check of something else") {
    CHECK(run({"a.sql", "b.sql"}) == 1);
    CHECK(run({"a.sql", "--fail-on"}) == 1);
    CHECK(run({"a.sql", "--fail-on", "sometimes"}) == 1);
    CHECK(run({"a.sql", "--sarif", "x"}) == 1);
}

TEST_CASE("reports in files") {
    const autopack_schema_test::temp_dir folder;
    const std::string source =
        autopack_schema_test::write_file(folder / "s.sql", "CREATE TABLE orders (id INTEGER PRIMARY KEY);").string();
    const std::string junit = (folder / "drift.xml").string();
    const std::string markdown = (folder / "drift.md").string();
    const std::string word = (folder / "word").string();
    CHECK(run({source, "--junit", junit, "--markdown", markdown, "--word", word}, {{"word", one_word}}) == 2);
    CHECK(autopack_schema_test::read_file(junit).find("column.missing orders.customer") != std::string::npos);
    CHECK(autopack_schema_test::read_file(markdown).find("orders.customer") != std::string::npos);
    CHECK(autopack_schema_test::read_file(word) == "drift");
    CHECK(run({source, "--junit", (folder / "no" ).string() + "/such/folder.xml"}) == 1);
}
