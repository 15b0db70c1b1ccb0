// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/telemetry/record.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace autopack_schema::ops {

namespace detail {

/// Reads fields of a log line from left to right; after the first that is not there nothing is.
class field_reader {
public:
    explicit field_reader(std::string_view line) : rest_(line) {}

    bool good() const noexcept { return good_; }

    /// Goes behind the first place where a text stands.
    void find(std::string_view text) {
        const std::size_t at = good_ ? rest_.find(text) : std::string_view::npos;
        good_ = at != std::string_view::npos;
        if (good_) rest_.remove_prefix(at + text.size());
    }

    /// Takes white space and a text that must stand next.
    void expect(std::string_view text) {
        while (good_ && !rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
        good_ = good_ && rest_.starts_with(text);
        if (good_) rest_.remove_prefix(text.size());
    }

    std::int64_t integer() { return number<std::int64_t>("0123456789"); }
    double real() { return number<double>("0123456789."); }

    /// What stands before the next white space.
    std::string word() {
        std::size_t size = 0;
        while (size < rest_.size() && !is_space(rest_[size])) ++size;
        good_ = good_ && size > 0;
        return take(size);
    }

private:
    std::string take(std::size_t size) {
        if (!good_) return {};
        const std::string taken(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return taken;
    }

    template <class Number>
    Number number(std::string_view characters) {
        Number value{};
        const std::size_t end = std::min(rest_.find_first_not_of(characters), rest_.size());
        const std::string text = take(end);
        good_ = good_ && std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
        return value;
    }

    std::string_view rest_;
    bool good_ = true;
};

inline std::optional<telemetry_record> parse_v2_line(std::string_view line) {
    telemetry_record r{.is_v2 = true};
    field_reader in(line);
    in.find("[TokenEstimationV2]");
    in.expect("predicted_output="), r.predicted = in.integer();
    in.expect("actual_output="), r.actual = in.integer();
    in.expect("smape="), r.error_percent = in.real();
    in.expect("%"), in.expect("selected_budget="), r.selected_budget = in.word();
    in.expect("category="), r.category = in.word();
    in.expect("complexity="), r.complexity = in.word();
    in.expect("deliverables="), r.deliverables = in.integer();
    in.expect("success="), r.success = in.word();
    in.expect("stop_reason="), r.stop_reason = in.word();
    in.expect("truncated="), r.truncated = in.word();
    in.expect("model="), r.model = in.word();
    return in.good() ? std::optional(r) : std::nullopt;
}

inline std::optional<telemetry_record> parse_v1_line(std::string_view line) {
    telemetry_record r;
    field_reader in(line);
    in.find("[TokenEstimation]");
    in.expect("Predicted:"), in.expect(""), r.predicted = in.integer();
    in.expect("output tokens,"), in.expect("Actual:"), in.expect(""), r.actual = in.integer();
    in.expect("output tokens,"), in.expect("Error:"), in.expect(""), r.error_percent = in.real();
    in.expect("%");
    return in.good() ? std::optional(r) : std::nullopt;
}

/// The date and time that a line begins with, as it is written; empty where it begins with something else.
constexpr std::string_view leading_time(std::string_view line) {
    constexpr std::string_view shape = "0000-00-00 00:00:00";
    if (line.size() < shape.size()) return {};
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const bool fits = shape[i] == '0'   ? is_digit(line[i])
                          : shape[i] == ' ' ? line[i] == ' ' || line[i] == 'T'
                                            : line[i] == shape[i];
        if (!fits) return {};
    }
    return line.substr(0, shape.size());
}

} // namespace detail

/// Reads one line of a log; nothing where it is no telemetry.
/// shape: `[TokenEstimationV2] predicted_output=… actual_output=… smape=…% …` with all its fields in order, or
///        `[TokenEstimation] Predicted: … output tokens, Actual: … output tokens, Error: …%`
inline std::optional<telemetry_record> parse_log_line(std::string_view line) {
    std::optional<telemetry_record> found = detail::parse_v2_line(line);
    if (!found) found = detail::parse_v1_line(line);
    if (found) found->timestamp = detail::leading_time(line);
    return found;
}

} // namespace autopack_schema::ops
