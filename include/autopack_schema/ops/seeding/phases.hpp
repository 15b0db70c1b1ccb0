// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace autopack_schema::ops::seeding {

/// A phase that is known to be achievable.
struct seed_phase {
    std::string_view phase_id{};
    std::string_view name{};
    std::string_view description{};
    std::string_view complexity{};
    std::string_view category{};
    std::array<std::string_view, 2> deliverables{}; ///< file names; empty ones count for nothing
    std::array<std::string_view, 3> context{};      ///< files that the work may read
};

/// The id of the seeding run.
inline constexpr std::string_view run_id = "telemetry-collection-v4";
/// The folder that all of it happens in.
inline constexpr std::string_view folder = "examples/telemetry_utils/";

// clang-format off
/// The ten phases of the seeding run.
inline constexpr std::array<seed_phase, 10> phases{{
    {"telemetry-p1-string-util", "String utility module",
     "Create a string utility module with capitalize_words and reverse_string functions",
     "low", "implementation", {"string_helper.py"}, {}},
    {"telemetry-p2-number-util", "Number utility module",
     "Create a number utility module with is_even, is_prime, and factorial functions",
     "low", "implementation", {"number_helper.py"}, {}},
    {"telemetry-p3-list-util", "List utility module",
     "Create a list utility module with chunk, flatten, unique, and group_by functions",
     "medium", "implementation", {"list_helper.py"}, {}},
    {"telemetry-p4-date-util", "Date utility module",
     "Create a date utility module with format_date, parse_date, add_days, and diff_days functions using Python datetime module",
     "medium", "implementation", {"date_helper.py"}, {}},
    {"telemetry-p5-dict-util", "Dict utility module",
     "Create a dict utility module with deep_merge, get_nested, set_nested, and filter_keys functions",
     "medium", "implementation", {"dict_helper.py"}, {}},
    {"telemetry-p6-string-tests", "String helper tests",
     "Create comprehensive tests for string_helper module with fixtures",
     "medium", "tests", {"test_string_helper.py", "conftest.py"}, {"string_helper.py"}},
    {"telemetry-p7-number-tests", "Number helper tests",
     "Create comprehensive tests for number_helper module",
     "low", "tests", {"test_number_helper.py"}, {"number_helper.py", "conftest.py"}},
    {"telemetry-p8-list-tests", "List helper tests",
     "Create comprehensive tests for list_helper module",
     "medium", "tests", {"test_list_helper.py"}, {"list_helper.py", "conftest.py"}},
    {"telemetry-p9-readme", "Telemetry utils README",
     "Create README.md for telemetry_utils with usage examples",
     "low", "docs", {"README.md"}, {"string_helper.py", "number_helper.py", "list_helper.py"}},
    {"telemetry-p10-file-util", "File utility module",
     "Create a file utility module with read_json, write_json, read_lines, and write_lines functions",
     "medium", "implementation", {"file_helper.py"}, {}},
}};
// clang-format on

} // namespace autopack_schema::ops::seeding
