// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/ascii.hpp>
#include <autopack_schema/ops/token_estimator/path_kind.hpp>
#include <autopack_schema/ops/token_estimator/token_estimate.hpp>
#include <autopack_schema/ops/token_estimator/weights.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::ops {

/// What a documentation task asks for, read from its words.
struct doc_features {
    bool api_reference = false;
    bool examples = false;
    bool research = false;
    bool usage_guide = false;

    /// Whether the code must be studied before a word is written.
    constexpr bool is_synthesis() const { return api_reference || (examples && (research || usage_guide)); }
    friend bool operator==(const doc_features&, const doc_features&) = default;
};

namespace detail {

inline constexpr std::array<std::string_view, 5> api_words{"api_reference", "api reference", "api.md", "endpoints",
                                                           "rest api"};
inline constexpr std::array<std::string_view, 4> example_words{"example", "snippets", "sample code", "usage example"};
inline constexpr std::array<std::string_view, 5> research_words{"from scratch", "create documentation for",
                                                                "document the", "comprehensive", "investigate"};
inline constexpr std::array<std::string_view, 4> guide_words{"usage_guide", "user guide", "getting started",
                                                             "tutorial"};
inline constexpr std::array<std::string_view, 5> ledger_names{"build_log.md", "build_history.md", "changelog.md",
                                                              "history.md", "release_notes.md"};

/// 0 without context, 1 with some paths, 2 with more than ten.
constexpr std::size_t context_level(std::size_t scope_paths) {
    return scope_paths == 0 ? 0U : scope_paths <= 10 ? 1U : 2U;
}

} // namespace detail

/// Reads what a documentation task asks for; research is looked for in the description alone.
inline doc_features features_of_docs(const std::vector<std::string>& deliverables, std::string_view description) {
    std::string all;
    for (const std::string& d : deliverables) all += (all.empty() ? "" : " ") + d;
    all = detail::lowered(all + " " + std::string(description));
    return {detail::contains_any(all, detail::api_words), detail::contains_any(all, detail::example_words),
            detail::contains_any(detail::lowered(description), detail::research_words),
            detail::contains_any(all, detail::guide_words)};
}

/// Tells whether there are deliverables and every one is documentation.
inline bool is_pure_doc(const std::vector<std::string>& deliverables) {
    return !deliverables.empty() && std::all_of(deliverables.begin(), deliverables.end(), [](const std::string& d) {
        return is_doc_path(normalized_path(detail::trimmed(d)));
    });
}

/// The name of a ledger that a deliverable is: a change log or a history, which is continued rather than written. Empty: it
/// is none.
inline std::string ledger_name(std::string_view deliverable) {
    const std::string path = normalized_path(deliverable);
    const std::string_view name = base_name(path);
    return detail::is_one_of(name, detail::ledger_names) ? std::string(name) : std::string();
}

/// Estimates the continuation of a ledger: reading what is there, an entry for each deliverable, cross-references.
inline token_estimate estimate_ledger(const estimate_request& r) {
    static constexpr std::array<std::int64_t, 3> context{3000, 2200, 1500};
    const auto count = static_cast<std::int64_t>(r.deliverables.size());
    token_estimate e{
        .deliverable_count = count, .category = "doc_sot_update", .complexity = r.complexity, .confidence = 0.70};
    e.add("sot_context_reconstruction", context[detail::context_level(r.scope_paths)]);
    e.add("sot_write_entries", 900 * std::max<std::int64_t>(1, count));
    e.add("sot_consistency_overhead", detail::scaled(e.breakdown.back().second, 0.15));
    for (const auto& part : e.breakdown) e.estimated_tokens += part.second;
    e.estimated_tokens = detail::scaled(e.estimated_tokens, safety_margin);
    return e;
}

/// Estimates documentation for which the code must be studied first.
inline token_estimate estimate_synthesis(const estimate_request& r, const doc_features& features) {
    static constexpr std::array<std::int64_t, 3> context{2500, 2000, 1500};
    const auto count = static_cast<std::int64_t>(r.deliverables.size());
    const std::int64_t writing = 850 * count;
    token_estimate e{
        .deliverable_count = count, .category = "doc_synthesis", .complexity = r.complexity, .confidence = 0.75};
    e.add("doc_synthesis_investigate", context[detail::context_level(r.scope_paths)]);
    e.add("doc_synthesis_api_extract", features.api_reference ? 1200 : 0);
    e.add("doc_synthesis_examples", features.examples ? 1400 : 0);
    e.add("doc_synthesis_writing", writing);
    e.add("doc_synthesis_coordination", count >= 5 ? detail::scaled(writing, 0.12) : 0);
    for (const auto& part : e.breakdown) e.estimated_tokens += part.second;
    e.estimated_tokens = detail::scaled(e.estimated_tokens, safety_margin);
    return e;
}

} // namespace autopack_schema::ops
