// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace autopack_schema::ops {

/// A run as it is stored, whatever the layout of its file: the 27 documented columns, and those that only real files have.
/// shape: a column that the file does not have is empty; times are text as the file has them, ISO 8601 where we write them
struct run_record {
    std::optional<std::string> run_id{};
    std::optional<std::string> template_id{};
    std::optional<std::string> created_at{};
    std::optional<std::string> updated_at{};
    std::optional<std::string> started_at{};   ///< real files
    std::optional<std::string> completed_at{}; ///< real files
    std::optional<std::string> causal_mode{};
    std::optional<std::string> goal{};
    std::optional<std::string> origin_description{};
    std::optional<std::int64_t> max_entities{};   ///< real files
    std::optional<std::int64_t> max_timepoints{}; ///< real files
    std::optional<std::int64_t> entities_created{};
    std::optional<std::int64_t> timepoints_created{};
    std::optional<std::int64_t> training_examples{};
    std::optional<double> cost_usd{};
    std::optional<std::int64_t> llm_calls{};
    std::optional<std::int64_t> tokens_used{};
    std::optional<double> duration_seconds{}; ///< real files
    std::optional<std::string> oxen_repo_url{};
    std::optional<std::string> oxen_dataset_url{};
    std::optional<std::string> status{};
    std::optional<std::string> error_message{};
    std::optional<std::string> portal_description{};
    std::optional<std::int64_t> portal_year{};
    std::optional<std::int64_t> origin_year{};
    std::optional<std::int64_t> backward_steps{};
    std::optional<std::string> summary{};                       ///< real files
    std::optional<std::string> summary_generated_at{};          ///< real files
    std::optional<nlohmann::ordered_json> narrative_exports{};  ///< real files; what is no JSON is empty
    std::optional<std::string> narrative_export_generated_at{}; ///< real files
    std::optional<std::string> fidelity_strategy_json{};
    std::optional<std::string> fidelity_distribution{}; ///< JSON: entities by level
    std::optional<double> actual_tokens_used{};
    std::optional<double> token_budget_compliance{};
    std::optional<double> fidelity_efficiency_score{};
    std::string schema_version = "1.0";         ///< read only: "1.0" where the file has none
    std::vector<std::string> mechanisms_used{}; ///< read only: each once, in the order of first use

    friend bool operator==(const run_record&, const run_record&) = default;
};

/// A member of a run that is a column.
using run_member =
    std::variant<std::optional<std::string> run_record::*, std::optional<std::int64_t> run_record::*,
                 std::optional<double> run_record::*, std::optional<nlohmann::ordered_json> run_record::*>;

/// A column of `runs` and the member that it is.
struct run_column {
    std::string_view name{};
    run_member member{};
};

// clang-format off
/// Every column that a file may have, but for schema_version.
inline constexpr std::array run_columns{
    run_column{"run_id", &run_record::run_id},
    run_column{"template_id", &run_record::template_id},
    run_column{"created_at", &run_record::created_at},
    run_column{"updated_at", &run_record::updated_at},
    run_column{"started_at", &run_record::started_at},
    run_column{"completed_at", &run_record::completed_at},
    run_column{"causal_mode", &run_record::causal_mode},
    run_column{"goal", &run_record::goal},
    run_column{"origin_description", &run_record::origin_description},
    run_column{"max_entities", &run_record::max_entities},
    run_column{"max_timepoints", &run_record::max_timepoints},
    run_column{"entities_created", &run_record::entities_created},
    run_column{"timepoints_created", &run_record::timepoints_created},
    run_column{"training_examples", &run_record::training_examples},
    run_column{"cost_usd", &run_record::cost_usd},
    run_column{"llm_calls", &run_record::llm_calls},
    run_column{"tokens_used", &run_record::tokens_used},
    run_column{"duration_seconds", &run_record::duration_seconds},
    run_column{"oxen_repo_url", &run_record::oxen_repo_url},
    run_column{"oxen_dataset_url", &run_record::oxen_dataset_url},
    run_column{"status", &run_record::status},
    run_column{"error_message", &run_record::error_message},
    run_column{"portal_description", &run_record::portal_description},
    run_column{"portal_year", &run_record::portal_year},
    run_column{"origin_year", &run_record::origin_year},
    run_column{"backward_steps", &run_record::backward_steps},
    run_column{"summary", &run_record::summary},
    run_column{"summary_generated_at", &run_record::summary_generated_at},
    run_column{"narrative_exports", &run_record::narrative_exports},
    run_column{"narrative_export_generated_at", &run_record::narrative_export_generated_at},
    run_column{"fidelity_strategy_json", &run_record::fidelity_strategy_json},
    run_column{"fidelity_distribution", &run_record::fidelity_distribution},
    run_column{"actual_tokens_used", &run_record::actual_tokens_used},
    run_column{"token_budget_compliance", &run_record::token_budget_compliance},
    run_column{"fidelity_efficiency_score", &run_record::fidelity_efficiency_score},
};
// clang-format on

} // namespace autopack_schema::ops
