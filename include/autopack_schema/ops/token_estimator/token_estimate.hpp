// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// What is known of a phase before it runs.
struct estimate_request {
    std::vector<std::string> deliverables{}; ///< see `normalize_deliverables`
    std::string category{};
    std::string complexity{};
    std::size_t scope_paths = 0; ///< how many paths the phase may look at: the better its context, the cheaper
    std::string description{};
};

/// How many tokens a phase will write.
struct token_estimate {
    std::int64_t estimated_tokens = 0;
    std::int64_t deliverable_count = 0;
    std::string category{}; ///< of the request, or what its deliverables make of it
    std::string complexity{};
    std::vector<std::pair<std::string, std::int64_t>> breakdown{}; ///< tokens by label, in the order found
    double confidence = 0.0;                                       ///< 0 to 1

    /// Adds tokens to a label.
    void add(std::string_view label, std::int64_t tokens) {
        for (auto& [name, sum] : breakdown) {
            if (name == label) return void(sum += tokens);
        }
        breakdown.emplace_back(label, tokens);
    }
};

namespace detail {

/// The whole part of a product, as the original cuts it.
constexpr std::int64_t scaled(std::int64_t tokens, double factor) {
    return static_cast<std::int64_t>(static_cast<double>(tokens) * factor);
}

} // namespace detail
} // namespace autopack_schema::ops
