// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/ops/build_129/regression.hpp>
#include <autopack_schema/ops/estimation/metrics.hpp>
#include <autopack_schema/ops/export_telemetry.hpp>
#include <autopack_schema/ops/telemetry/from_database.hpp>
#include <autopack_schema/ops/token_estimator/deliverables.hpp>
#include <autopack_schema/sql/expression.hpp>
#include <autopack_schema/sql/sqlite/expression.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::ops::build_129 {

/// One line of the runbook's verification summary.
struct verified_component {
    std::string component{};
    bool holds = false;
    std::string notes{};
};

namespace detail {

inline verified_component verify_key(const model::schema& live, const model::table& t) {
    verified_component c{"Migration 003 (composite FK)", false, "there is no foreign key of the phase"};
    for (const auto& f : live.foreign_keys_of(t)) {
        if (!(f.parent == model::name("phases"))) continue;
        const auto names = live.names_of(f.columns);
        c.holds = names.size() == 2 && names[0] == model::name("run_id") && names[1] == model::name("phase_id");
        c.notes =
            c.holds ? "(run_id, phase_id) -> phases(run_id, phase_id)" : "the foreign key does not name run and phase";
    }
    return c;
}

inline verified_component verify_check(const model::schema& live, const model::table& t) {
    constexpr std::string_view wanted = "complexity IN ('low', 'medium', 'high', 'maintenance')";
    verified_component c{"Complexity constraint", false, "there is no CHECK of the complexity"};
    for (const auto& check : live.checks_of(t)) {
        if (check.expression.find("complexity") == std::string_view::npos) continue;
        c.holds = sql::same_expression(check.expression, wanted, sql::sqlite::expressions);
        c.notes = "CHECK(" + std::string(check.expression) + ")";
    }
    return c;
}

/// Metrics that are not what the numbers of their row give: percents for ratios, hand-made rows.
inline verified_component verify_metrics(const std::vector<telemetry_event>& events) {
    std::size_t with = 0;
    std::size_t wrong = 0;
    for (const telemetry_event& e : events) {
        const auto m = metrics_of(e.predicted, e.actual);
        if (!m || !e.waste_ratio || !e.smape_percent) continue;
        ++with;
        const bool same =
            std::abs(*e.waste_ratio - m->waste_ratio) < 0.01 && std::abs(*e.smape_percent - m->smape_percent) < 0.01;
        wrong += same ? 0U : 1U;
    }
    const std::string notes = std::to_string(with - wrong) + " of " + std::to_string(with) +
                              " rows with metrics hold what their tokens give, as floats";
    return {"Metric storage (waste_ratio, smape_percent)", wrong == 0, notes};
}

inline verified_component verify_replay(const std::vector<telemetry_event>& events) {
    std::size_t with = 0;
    std::size_t none = 0;
    for (const telemetry_event& e : events) {
        const bool real = !deliverables_from_text(e.deliverables_json).empty();
        with += real ? 1U : 0U;
        none += e.deliverable_count == 0 ? 1U : 0U;
    }
    return {"Replay (real deliverables)", with + none == events.size(),
            std::to_string(with) + " of " + std::to_string(events.size()) + " rows have their deliverables, " +
                std::to_string(none) + " had none"};
}

inline verified_component verify_export(const std::vector<telemetry_event>& events) {
    std::size_t good = 0;
    for (const telemetry_event& e : events) good += nlohmann::ordered_json::accept(to_ndjson(e)) ? 1U : 0U;
    return {"Export", good == events.size(),
            std::to_string(good) + " of " + std::to_string(events.size()) + " rows are lines of NDJSON"};
}

inline verified_component verify_regressions() {
    const auto results = run_regressions();
    std::size_t passed = 0;
    std::string failed;
    for (const regression& r : results) {
        passed += r.passed ? 1U : 0U;
        if (!r.passed) failed += " " + r.name;
    }
    return {"Regression tests", passed == results.size(),
            std::to_string(passed) + "/" + std::to_string(results.size()) + " passing" + failed};
}

} // namespace detail

/// Verifies what BUILD-129 fixed: keys, metrics, replay, complexity, regressions, export. Nothing is changed.
/// errors: S412 there is no table `token_estimation_v2_events`
inline std::vector<verified_component> verify_p0_fixes(sqlite::connection& database) {
    const std::vector<telemetry_event> events = read_events(database);
    const model::snapshot seen = inspect(database);
    const model::schema live = seen.view();
    const model::table& t = *model::find_table(live, model::name("token_estimation_v2_events"));
    return {detail::verify_key(live, t),   detail::verify_metrics(events), detail::verify_replay(events),
            detail::verify_check(live, t), detail::verify_regressions(),   detail::verify_export(events)};
}

/// The verification summary as the runbook shows it.
inline std::string to_text(const std::vector<verified_component>& components) {
    std::string text = "| Component | Status | Notes |\n|-----------|--------|-------|\n";
    for (const verified_component& c : components) {
        text += "| " + c.component + " | " + (c.holds ? "✅ Verified" : "❌ Not so") + " | " + c.notes + " |\n";
    }
    return text;
}

} // namespace autopack_schema::ops::build_129
