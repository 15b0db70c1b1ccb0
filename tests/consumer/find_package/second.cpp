// SPDX-License-Identifier: MIT
// Another unit of the same program: both use the same functions.
#include <autopack_schema/autopack_schema.hpp>

#include <string>

namespace {
struct note {
    std::int64_t id = 0;
    std::string text;
};
inline constexpr auto notes = autopack_schema::table<note>(
    "notes", autopack_schema::column<&note::id>(autopack_schema::primary_key), autopack_schema::remaining_members);
inline constexpr auto book = autopack_schema::schema<notes>("book");
} // namespace

/// What is missing in an empty database.
std::string missing_notes() {
    auto empty = autopack_schema::sqlite::connection::memory();
    return autopack_schema::drift::to_text(autopack_schema::drift::check(book, empty));
}
