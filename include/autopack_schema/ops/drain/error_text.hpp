// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/unicode.hpp>
#include <autopack_schema/ops/drain/detail/text_rules.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace autopack_schema::ops {

/// An error's text without what differs from one time to the next: dates, times, paths, addresses and numbers become
/// words, so that the same failure reads the same.
/// shape: lower case, one space where there was white space; digits, letters and white space of every script
inline std::string normalize_error_text(std::string_view message) {
    std::u32string text = detail::to_lower(detail::to_characters(message));
    text = detail::replace_all(text, detail::take_date, U"date");
    text = detail::replace_all(text, detail::take_time, U"time");
    text = detail::replace_all(text, detail::take_drive_path, U"path");
    text = detail::replace_all(text, detail::take_slash_path, U"path");
    text = detail::replace_all(text, detail::take_address, U"addr");
    text = detail::replace_all(text, detail::take_line_number, U"line num");
    text = detail::replace_all(text, detail::take_colon_number, U":num");
    text = detail::replace_stamps(text);
    text = detail::replace_all(text, detail::take_number, U"num");
    text = detail::replace_all(text, detail::take_white, U" ");
    return detail::to_utf8(detail::without_white_around(text));
}

/// The exit code of a phase's work that was stopped at its limit.
inline constexpr int timeout_returncode = -1;

/// Whether an exit code says that the time was over: -1, or 143 of a work that was asked to end.
constexpr bool is_timeout(std::optional<int> returncode) {
    return returncode && (*returncode == timeout_returncode || *returncode == 143);
}

namespace detail {

inline std::string returncode_tag(int returncode) {
    if (returncode == timeout_returncode) return "timeout";
    return (returncode == 143 ? "timeout" : "rc") + std::to_string(returncode);
}

} // namespace detail

/// What a failure has in common with others of its kind: the final state, the exit code and the text.
/// shape: "FAILED|rc1|line num: no such table"; the text has at most 200 characters and is left out where there is none
inline std::string failure_fingerprint(std::string_view final_state, std::optional<int> returncode,
                                       std::string_view message) {
    std::string print(final_state);
    if (returncode) print += "|" + detail::returncode_tag(*returncode);
    if (message.empty()) return print;
    return print + "|" + std::string(detail::first_code_points(normalize_error_text(message), 200));
}

} // namespace autopack_schema::ops
