// SPDX-License-Identifier: MIT
// Each component is there with its dependency.
#include <autopack_schema/autopack_schema.hpp>
#include <autopack_schema/drift/json.hpp>

#include <CLI/CLI.hpp>
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_tostring.hpp>
#elif !__has_include(<catch2/catch.hpp>)
#error "component catch2 brings no Catch2"
#endif

int main() {
    const autopack_schema::drift::report report;
    return autopack_schema::drift::to_json(report).empty() || sqlite3_libversion_number() == 0;
}
