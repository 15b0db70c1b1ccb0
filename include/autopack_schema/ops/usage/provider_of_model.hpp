// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace autopack_schema::ops {

namespace detail {

inline constexpr std::array<std::pair<std::string_view, std::string_view>, 5> model_prefixes{
    {{"gemini-", "google"}, {"gpt-", "openai"}, {"o1-", "openai"}, {"claude-", "anthropic"}, {"opus-", "anthropic"}}};

} // namespace detail

/// The provider of a model, by the beginning of its name, in this case of letters; openai where it says nothing.
constexpr std::string_view provider_of_model(std::string_view model) {
    for (const auto& [prefix, name] : detail::model_prefixes) {
        if (model.starts_with(prefix)) return name;
    }
    return "openai";
}

} // namespace autopack_schema::ops
