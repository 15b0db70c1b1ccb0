// SPDX-License-Identifier: MIT
#include <autopack_schema/autopack_schema.hpp>

#include <cstdint>
#include <cstdio>
#include <string>

namespace aps = autopack_schema;

struct user {
    std::int64_t id = 0;
    std::string name;
};
inline constexpr auto users = aps::table<user>("users", aps::column<&user::id>(aps::primary_key), aps::remaining_members);
inline constexpr auto app = aps::schema<users>("app");

int main() {
    auto file = aps::sqlite::connection::memory();
    file.execute(aps::sql::sqlite::ddl(app));
    const aps::drift::report report = aps::drift::check(app, file);
    std::printf("autopack_schema %s, SQLite %s\n%s", AUTOPACK_SCHEMA_VERSION, sqlite3_libversion(),
                aps::drift::to_text(report).c_str());
    return report.exit_code();
}
