// SPDX-License-Identifier: MIT
#pragma once

// Columns of nlohmann::json; the core does not include this header.

#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/model/type.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace autopack_schema {

/// A column of JSON, stored as its text with all but ASCII escaped.
template <>
struct column_traits<nlohmann::json> : detail::plain_column<model::type_kind::json> {
    using stored = std::string;
    static std::string to_stored(const nlohmann::json& value) { return value.dump(-1, ' ', true); }
    /// errors: nlohmann::json::parse_error where the text is no JSON
    static nlohmann::json from_stored(std::string_view text) { return nlohmann::json::parse(text); }
};

} // namespace autopack_schema
