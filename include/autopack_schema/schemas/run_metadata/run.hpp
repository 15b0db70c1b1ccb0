// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/table.hpp>
#include <autopack_schema/define/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace autopack_schema::schemas::run_metadata {

/// A row of `runs` in version 2: version 1 and what the fidelity strategy did.
struct run {
    std::string run_id{};
    std::optional<std::string> template_id{};
    std::optional<timestamp> created_at{};
    std::optional<timestamp> updated_at{};
    std::optional<std::string> causal_mode{};
    std::optional<std::string> goal{};
    std::optional<std::string> origin_description{};
    std::optional<std::int64_t> entities_created{};
    std::optional<std::int64_t> timepoints_created{};
    std::optional<std::int64_t> training_examples{};
    std::optional<double> cost_usd{}; ///< US dollars
    std::optional<std::int64_t> llm_calls{};
    std::optional<std::int64_t> tokens_used{};
    std::optional<std::string> oxen_repo_url{};
    std::optional<std::string> oxen_dataset_url{};
    std::optional<std::string> error_message{};
    std::optional<std::string> status{};
    std::optional<std::string> portal_description{};
    std::optional<std::int64_t> portal_year{};
    std::optional<std::int64_t> origin_year{};
    std::optional<std::int64_t> backward_steps{};
    std::optional<std::string> schema_version{};         ///< "2.0"; a row without one is "1.0"
    std::optional<std::string> fidelity_strategy_json{}; ///< JSON
    std::optional<std::string> fidelity_distribution{};  ///< JSON: entities by level, {"DIALOG": 3}
    std::optional<double> actual_tokens_used{};
    std::optional<double> token_budget_compliance{};   ///< tokens used by tokens allowed
    std::optional<double> fidelity_efficiency_score{}; ///< (entities + timepoints) by tokens
};

// clang-format off
/// The table `runs` of version 2, 27 columns.
inline constexpr auto runs = table<run>(
    "runs",
    column<&run::run_id>(primary_key),
    column<&run::template_id>(),
    column<&run::created_at>(type("TIMESTAMP")),
    column<&run::updated_at>(type("TIMESTAMP")),
    column<&run::causal_mode>(),
    column<&run::goal>(),
    column<&run::origin_description>(),
    column<&run::entities_created>(),
    column<&run::timepoints_created>(),
    column<&run::training_examples>(),
    column<&run::cost_usd>(),
    column<&run::llm_calls>(),
    column<&run::tokens_used>(),
    column<&run::oxen_repo_url>(),
    column<&run::oxen_dataset_url>(),
    column<&run::error_message>(),
    column<&run::status>(),
    column<&run::portal_description>(),
    column<&run::portal_year>(),
    column<&run::origin_year>(),
    column<&run::backward_steps>(),
    column<&run::schema_version>(default_value("2.0")),
    column<&run::fidelity_strategy_json>(),
    column<&run::fidelity_distribution>(),
    column<&run::actual_tokens_used>(),
    column<&run::token_budget_compliance>(),
    column<&run::fidelity_efficiency_score>());
// clang-format on

namespace v1 {

/// A row of `runs` in version 1.
struct run {
    std::string run_id{};
    std::optional<std::string> template_id{};
    std::optional<timestamp> created_at{};
    std::optional<timestamp> updated_at{};
    std::optional<std::string> causal_mode{};
    std::optional<std::string> goal{};
    std::optional<std::string> origin_description{};
    std::optional<std::int64_t> entities_created{};
    std::optional<std::int64_t> timepoints_created{};
    std::optional<std::int64_t> training_examples{};
    std::optional<double> cost_usd{}; ///< US dollars
    std::optional<std::int64_t> llm_calls{};
    std::optional<std::int64_t> tokens_used{};
    std::optional<std::string> oxen_repo_url{};
    std::optional<std::string> oxen_dataset_url{};
    std::optional<std::string> error_message{};
    std::optional<std::string> status{};
    std::optional<std::string> portal_description{};
    std::optional<std::int64_t> portal_year{};
    std::optional<std::int64_t> origin_year{};
    std::optional<std::int64_t> backward_steps{};
};

// clang-format off
/// The table `runs` of version 1, 21 columns.
inline constexpr auto runs = table<run>(
    "runs",
    column<&run::run_id>(primary_key),
    column<&run::template_id>(),
    column<&run::created_at>(type("TIMESTAMP")),
    column<&run::updated_at>(type("TIMESTAMP")),
    column<&run::causal_mode>(),
    column<&run::goal>(),
    column<&run::origin_description>(),
    column<&run::entities_created>(),
    column<&run::timepoints_created>(),
    column<&run::training_examples>(),
    column<&run::cost_usd>(),
    column<&run::llm_calls>(),
    column<&run::tokens_used>(),
    column<&run::oxen_repo_url>(),
    column<&run::oxen_dataset_url>(),
    column<&run::error_message>(),
    column<&run::status>(),
    column<&run::portal_description>(),
    column<&run::portal_year>(),
    column<&run::origin_year>(),
    column<&run::backward_steps>());
// clang-format on

} // namespace v1
} // namespace autopack_schema::schemas::run_metadata
