// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/session.hpp>
#include <autopack_schema/error.hpp>

#include <cstring>
#include <string>
#include <string_view>

namespace autopack_schema::cli {

/// Prints an error to standard error, in one form for all.
inline void report_error(session& s, std::string_view message) {
    const bool color = s.out.color_err();
    s.out.error((color ? "\x1b[1;31merror:\x1b[0m " : "error: ") + std::string(message) + "\n");
}

/// What to say when standard output cannot be written.
inline std::string write_failure(int reason) {
    return error({.code = "S459",
                  .what_happened = std::string("cannot write to standard output: ") + std::strerror(reason),
                  .advice = "what was printed is not complete"})
        .what();
}

} // namespace autopack_schema::cli
