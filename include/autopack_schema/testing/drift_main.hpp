// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/github.hpp>
#include <autopack_schema/drift/junit.hpp>
#include <autopack_schema/drift/markdown.hpp>
#include <autopack_schema/drift/text.hpp>
#include <autopack_schema/testing/check_source.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::testing {

/// A way to write a report to a file: its option is `--<name> FILE`.
struct report_writer {
    std::string_view name{};
    std::string (*write)(const drift::report&) = nullptr;
};

namespace detail {

inline std::string junit(const drift::report& r) { return drift::to_junit(r); }
inline std::string markdown(const drift::report& r) { return drift::to_markdown(r); }

/// What a drift test was told to do.
struct drift_arguments {
    std::string source{};
    drift::options options{};
    bool github = false;
    std::vector<std::pair<report_writer, std::string>> files{};
};

[[noreturn]] inline void refuse_argument(std::string what) {
    throw error({.code = "S450",
                 .what_happened = std::move(what),
                 .advice = "say [URL or FILE.sql] [--fail-on LEVEL] [--ignore PATTERN] [--github] [--junit FILE] "
                           "[--markdown FILE]"});
}

inline const report_writer* find_writer(std::span<const report_writer> writers, std::string_view option) {
    for (const report_writer& w : writers) {
        if (option.starts_with("--") && option.substr(2) == w.name) return &w;
    }
    return nullptr;
}

inline drift_arguments read_arguments(std::span<const char* const> words, std::span<const report_writer> writers) {
    drift_arguments read;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        const auto value = [&]() -> std::string {
            if (i + 1 == words.size()) refuse_argument(std::string(word) + " needs a value");
            return words[++i];
        };
        if (word == "--github") {
            read.github = true;
        } else if (word == "--ignore") {
            read.options.ignore.push_back(value());
        } else if (word == "--fail-on") {
            const std::string level = value();
            const auto severity = drift::severity_from(level);
            if (!severity) refuse_argument("there is no severity " + autopack_schema::detail::quoted(level));
            read.options.fail_on = *severity;
        } else if (const report_writer* const writer = find_writer(writers, word); writer != nullptr) {
            read.files.emplace_back(*writer, value());
        } else if (word.starts_with("-") || !read.source.empty()) {
            refuse_argument("not understood: " + autopack_schema::detail::quoted(word));
        } else {
            read.source = word;
        }
    }
    return read;
}

inline void write_text(const std::string& path, const std::string& text) {
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) refuse_file("S459", "cannot write", path);
    const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    if (std::fclose(file) != 0 || !written) refuse_file("S459", "cannot write", path);
}

inline int run_drift_test(std::span<const char* const> words, const model::schema& expected,
                          std::span<const report_writer> writers) {
    const drift_arguments told = read_arguments(words, writers);
    const drift::report found = check_source(expected, told.source, told.options);
    std::printf("database: %s\n%s", found.database.c_str(), drift::to_text(found).c_str());
    if (told.github) std::fputs(drift::to_github(found).c_str(), stdout);
    for (const auto& [writer, path] : told.files) write_text(path, writer.write(found));
    return found.exit_code();
}

} // namespace detail

/// The `main` of a drift test, as `autopack_schema_add_drift_test` makes one.
/// shape:  arguments: [URL or FILE.sql] [--fail-on LEVEL] [--ignore PATTERN]… [--github] [--junit FILE] [--markdown FILE],
///         and one `--<name> FILE` for each further writer. The report goes to standard output, annotations too when
///         `--github` is said. Returns 0 no drift at the level, 2 drift, 3 something could not be compared, 1 an error.
inline int drift_main(int argc, const char* const* argv, const model::schema& expected,
                      std::initializer_list<report_writer> more = {}) {
    std::vector<report_writer> writers{{"junit", detail::junit}, {"markdown", detail::markdown}};
    writers.insert(writers.end(), more);
    try {
        const std::span<const char* const> words(argv, static_cast<std::size_t>(argc));
        return detail::run_drift_test(words.subspan(words.empty() ? 0 : 1), expected, writers);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}

} // namespace autopack_schema::testing
