// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/drain/claim_files.hpp>
#include <autopack_schema/ops/drain/drain_phase.hpp>
#include <autopack_schema/ops/drain/telemetry_count.hpp>
#include <autopack_schema/ops/drain/triage.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// Where drains keep what they must remember, below the directory that they are started in.
struct drain_workspace {
    std::filesystem::path root = std::filesystem::current_path();

    std::filesystem::path runs() const { return root / ".autonomous_runs"; }
    std::filesystem::path claims() const { return runs() / "drain_claims"; }
};

/// What an executor gets as DATABASE_URL: the file that was opened, by its absolute path.
inline std::string executor_url(const sqlite::connection& database, db::url where) {
    where.path = database.name();
    return where.masked(); // a SQLite URL has nothing to mask
}

/// Takes phases and has them worked on, one at a time.
class phase_drainer {
public:
    /// errors: S425 there is no executor
    phase_drainer(sqlite::connection& database, const drain_workspace& workspace, drain_settings settings,
                  std::string session_id = {})
        : database_(&database), claims_(workspace.claims()), settings_(std::move(settings)),
          session_id_(std::move(session_id)) {
        if (settings_.executor.empty()) {
            throw error(
                {.code = "S425",
                 .what_happened = "there is no command to work on the phases",
                 .advice =
                     "give one with --executor 'COMMAND'; it gets RUN_ID, PHASE_ID and DATABASE_URL in its environment "
                     "and sets the state of the phase (sample_executor is one)"});
        }
    }

    /// Takes a phase and has it worked on. The claim is kept until `settle`.
    /// shape: nothing where another drain has it, or where the work was interrupted (then the phase is as before)
    std::optional<drain_result> drain(const drain_candidate& phase) {
        settle();
        const auto before = count_telemetry(*database_);
        held_ = held_claim::take(
            *database_, claims_,
            {claim_for(phase, timestamp::now()), database_->name(), session_id_, before.rows.value_or(-1)});
        if (!held_) return std::nullopt;
        try {
            auto result = drain_claimed(*database_, held_->claim(), settings_);
            if (!result) settle();
            return result;
        } catch (const std::exception& problem) {
            return after_error(problem.what());
        }
    }

    /// What the last phase gave is safe.
    void settle() {
        if (held_) held_->forget();
        held_.reset();
    }

private:
    drain_result after_error(const std::string& what) {
        undo_claim(*database_, held_->claim(), timestamp::now());
        drain_result result = detail::result_for(held_->claim());
        result.final_state = "ERROR";
        result.error_message = what;
        result.zero_yield_reason = "unknown";
        result.fingerprint = fingerprint_of(result);
        return result;
    }

    sqlite::connection* database_;
    std::filesystem::path claims_;
    drain_settings settings_;
    std::string session_id_;
    std::optional<held_claim> held_{};
};

} // namespace autopack_schema::ops
