// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/estimation/complexity.hpp>
#include <autopack_schema/ops/estimation/estimation.hpp>
#include <autopack_schema/ops/estimation/telemetry_switch.hpp>
#include <autopack_schema/ops/estimation/write.hpp>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::ops {

/// What became of an event.
enum class recorded : std::uint8_t {
    written,
    switched_off, ///< TELEMETRY_DB_ENABLED does not say 1, true or yes
    refused,      ///< by the guard: a number of tokens that only an error gives
    failed,       ///< the database, or the event itself; one warning said why
};

/// How events are recorded.
struct recorder_options {
    std::optional<bool> enabled{}; ///< empty: what the environment says at each event
    bool guard = true;             ///< refuse events of fewer than `least_tokens`
    std::int64_t least_tokens = 50;
    std::function<void(std::string_view)> warn{}; ///< empty: a line on standard error
};

/// Records what became of estimations. It never stands in the way of what it watches: whatever goes wrong inside is one warning
/// and nothing else, no exception and no part of a row.
class estimation_recorder {
public:
    /// Records through an open connection, which must outlive the recorder.
    explicit estimation_recorder(sqlite::connection& database, recorder_options options = {})
        : database_(&database), options_(std::move(options)) {}

    /// Records to a database that is opened at the first event, and again at each event until it can be.
    explicit estimation_recorder(db::url where, recorder_options options = {})
        : where_(std::move(where)), options_(std::move(options)) {}

    /// Records one event.
    recorded record(const estimation& e) noexcept {
        try {
            return try_record(e);
        } catch (const error& problem) {
            return fail(std::string(problem.what()));
        } catch (const std::exception& problem) {
            return fail(problem.what());
        } catch (...) {
            return fail("for an unknown reason");
        }
    }

private:
    recorded try_record(const estimation& e) {
        if (!options_.enabled.value_or(is_telemetry_enabled())) return recorded::switched_off;
        if (options_.guard && e.actual_output_tokens && *e.actual_output_tokens < options_.least_tokens) {
            warn("[TELEMETRY] Skipping invalid event for " + e.phase_id +
                 ": actual_output_tokens=" + std::to_string(*e.actual_output_tokens) + " < " +
                 std::to_string(options_.least_tokens) + " (likely error)");
            return recorded::refused;
        }
        if (!normalize_complexity(e.complexity).understood) {
            warn("[TokenEstimationV2] Unknown complexity '" + *e.complexity + "' is stored as medium");
        }
        write_estimation(connection(), e, timestamp::now());
        return recorded::written;
    }

    sqlite::connection& connection() {
        if (database_ != nullptr) return *database_;
        if (!own_.is_open()) own_ = sqlite::connection::open(where_);
        return own_;
    }

    recorded fail(std::string_view why) noexcept {
        try {
            warn("[TokenEstimationV2] Failed to write DB telemetry: " + std::string(why));
        } catch (...) { // not even a warning: there is nobody left to tell
        }
        return recorded::failed;
    }

    void warn(const std::string& text) const {
        if (options_.warn) return options_.warn(text);
        std::fprintf(stderr, "WARNING %s\n", text.c_str());
    }

    sqlite::connection* database_ = nullptr;
    sqlite::connection own_{};
    db::url where_{};
    recorder_options options_;
};

} // namespace autopack_schema::ops
