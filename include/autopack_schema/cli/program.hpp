// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <string>
#include <utility>

namespace autopack_schema::cli {

/// Runs a small program: reads its options, then does its work.
/// shape:  the exit code of the work; 0 after --help; 1, with a message on standard error, for every error, of usage too
template <class Work>
int run_program(int argc, const char* const* argv, CLI::App& app, Work&& work) {
    try {
        app.parse(argc, argv);
        const int code = std::forward<Work>(work)();
        if (std::fflush(stdout) == 0) return code;
        std::fputs("error: standard output cannot be written\n", stderr);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? 0 : 1;
    } catch (const std::exception& problem) {
        std::fflush(stdout);
        std::fprintf(stderr, "error: %s\n", problem.what());
    }
    return 1;
}

/// Prints a text, whatever is in it.
inline void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

} // namespace autopack_schema::cli
