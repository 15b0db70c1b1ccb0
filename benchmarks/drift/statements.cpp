// SPDX-License-Identifier: MIT
// How many statements a check needs: every one that SQLite is given, of the library or of anybody, is counted by SQLite itself.
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/inspect/sql_text.hpp>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

namespace aps = autopack_schema;

namespace {

int count(unsigned, void* counter, void*, void* sql) {
    const std::string_view text = static_cast<const char*>(sql);
    if (!text.starts_with("--")) ++*static_cast<int*>(counter); // "--" are those of virtual tables inside of a statement
    return 0;
}

double milliseconds(std::chrono::steady_clock::time_point since) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - since).count();
}

} // namespace

/// usage: drift_statements DATABASE EXPECTED.sql; prints statements, milliseconds of reading and of comparing, findings
int main(int argc, char** argv) {
    if (argc != 3) return 1;
    std::ifstream in(argv[2], std::ios::binary);
    const std::string ddl{std::istreambuf_iterator<char>(in), {}};
    const aps::model::snapshot expected = aps::inspect_sql(ddl);
    aps::sqlite::connection live = aps::sqlite::connection::open_file(argv[1], {.mode = aps::sqlite::open_mode::read_only});
    int statements = 0;
    sqlite3_trace_v2(live.handle(), SQLITE_TRACE_STMT, count, &statements);
    const auto begun = std::chrono::steady_clock::now();
    const aps::model::snapshot seen = aps::inspect(live);
    const double reading = milliseconds(begun);
    const auto read = std::chrono::steady_clock::now();
    const aps::drift::report found = aps::drift::check(expected.view(), seen.view());
    std::printf("%d %.2f %.2f %zu\n", statements, reading, milliseconds(read), found.findings.size());
}
