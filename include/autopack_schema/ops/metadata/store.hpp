// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/db/url.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/ops/metadata/archive.hpp>
#include <autopack_schema/ops/metadata/children.hpp>
#include <autopack_schema/ops/metadata/layout.hpp>
#include <autopack_schema/ops/metadata/run_record.hpp>
#include <autopack_schema/ops/metadata/run_rows.hpp>

#include <chrono>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// Now, by the clock on the wall and without a zone, as the original stores it.
inline timestamp local_now() {
    const auto now = std::chrono::system_clock::now();
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm local{};
    ::localtime_r(&seconds, &local);
    return timestamp(std::chrono::sys_time<std::chrono::system_clock::duration>(now.time_since_epoch() +
                                                                                std::chrono::seconds(local.tm_gmtoff)));
}

/// What a run begins with.
struct run_start {
    std::string run_id{};
    std::string template_id{};
    std::string causal_mode{};
    std::int64_t max_entities = 0;   ///< stored where the file has the column
    std::int64_t max_timepoints = 0; ///< stored where the file has the column
};

/// What a run ends with; what is left out becomes NULL.
struct run_end {
    std::string run_id{};
    std::int64_t entities_created = 0;
    std::int64_t timepoints_created = 0;
    std::int64_t training_examples = 0;
    double cost_usd = 0;
    std::int64_t llm_calls = 0;
    std::int64_t tokens_used = 0;
    std::optional<std::string> oxen_repo_url{};
    std::optional<std::string> oxen_dataset_url{};
    std::optional<std::string> error_message{}; ///< not empty: the run has failed
    std::optional<std::string> fidelity_strategy_json{};
    std::optional<std::string> fidelity_distribution{};
    std::optional<double> actual_tokens_used{};
    std::optional<double> token_budget_compliance{};
    std::optional<double> fidelity_efficiency_score{};
};

/// How a store works.
struct metadata_options {
    std::function<timestamp()> now = local_now;
    std::function<void(const archived_v1&)> archived{}; ///< told when a v1 database was put aside
};

/// The metadata of runs in a file of version 2. Opening a file of version 1 archives it and starts a new one.
/// shape: files in every layout are read and written by the names of their columns; what we do not know stays as it is
class metadata_store {
public:
    /// Opens a file for writing; makes it, and its folder, where it is missing. An archive is opened for reading only.
    /// errors: S430 an archive is in the way, S432 somebody else's database, and those of `sqlite::connection::open`
    static metadata_store open(const db::url& where, metadata_options options = {}) {
        const std::filesystem::path file = where.path;
        if (is_archive(file)) return open_read_only(where);
        if (!where.is_memory() && !file.parent_path().empty()) std::filesystem::create_directories(file.parent_path());
        if (!where.is_memory() && std::filesystem::exists(file)) {
            const auto archived = archive_v1(std::filesystem::absolute(file));
            if (archived && options.archived) options.archived(*archived);
        }
        auto database = sqlite::connection::open(where, {.mode = sqlite::open_mode::create});
        if (layout_of(database) != metadata_layout::empty) require_metadata(database);
        make_v2_tables(database);
        return {std::move(database), std::move(options)};
    }
    /// Opens a file for reading, of either version: archives are never altered.
    /// errors: S432, S205 there is no such file
    static metadata_store open_read_only(const db::url& where) {
        auto database = sqlite::connection::open(where, {.mode = sqlite::open_mode::read_only});
        require_metadata(database);
        return {std::move(database), {}};
    }
    /// A store on a file of version 2 that is open already.
    metadata_store(sqlite::connection database, metadata_options options)
        : database_(std::move(database)), options_(std::move(options)) {}

    /// Begins a run.
    /// errors: S216 there is such a run
    run_record start_run(const run_start& start);
    /// Ends a run; what is not given becomes NULL.
    /// errors: S431 there is no such run
    run_record complete_run(const run_end& end);
    /// Writes a run as it is given, but for its schema_version: a new one, or in the place of the one with its id.
    void save(const run_record& run) {
        sqlite::transaction transaction(database_);
        if (!detail::update_run(database_, run_columns, run)) detail::insert_run(database_, run_columns, run);
        transaction.commit();
    }
    /// errors: S431 there is no such run
    run_record get_run(const std::string& run_id);
    /// All runs in the order of their ids, or those of a template in the order in which they were added.
    std::vector<run_record> get_all_runs(const std::optional<std::string>& template_id = std::nullopt);

    void record_mechanism(const std::string& run_id, const std::string& mechanism, const std::string& function_name,
                          const std::string& context = "{}") {
        database_.execute("INSERT INTO mechanism_usage (run_id, mechanism, function_name, timestamp, context) VALUES "
                          "(?1, ?2, ?3, ?4, ?5)",
                          run_id, mechanism, function_name, now_text(), context);
    }
    void record_resolution(const std::string& run_id, const std::string& entity_id, const std::string& resolution,
                           const std::string& timepoint_id) {
        database_.execute("INSERT INTO resolution_assignments (run_id, entity_id, resolution, timepoint_id, timestamp) "
                          "VALUES (?1, ?2, ?3, ?4, ?5)",
                          run_id, entity_id, resolution, timepoint_id, now_text());
    }
    void record_validation(const std::string& run_id, const std::string& validator, bool passed,
                           const std::optional<std::string>& message = std::nullopt,
                           const std::string& violations = "[]") {
        database_.execute("INSERT INTO validations (run_id, validator_name, passed, timestamp, message, violations) "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                          run_id, validator, passed, now_text(), message, violations);
    }
    std::vector<mechanism_entry> mechanisms(const std::string& run_id) {
        return detail::read_mechanisms(database_, run_id);
    }
    std::vector<resolution_entry> resolutions(const std::string& run_id) {
        return detail::read_resolutions(database_, run_id);
    }
    std::vector<validation_entry> validations(const std::string& run_id) {
        return detail::read_validations(database_, run_id);
    }

    sqlite::connection& connection() noexcept { return database_; }

private:
    std::string now_text() const { return options_.now().to_iso_string(); }

    sqlite::connection database_;
    metadata_options options_;
};

inline run_record metadata_store::start_run(const run_start& start) {
    run_record run;
    run.run_id = start.run_id;
    run.template_id = start.template_id;
    run.causal_mode = start.causal_mode;
    run.max_entities = start.max_entities;
    run.max_timepoints = start.max_timepoints;
    run.started_at = run.created_at = run.updated_at = now_text();
    run.entities_created = run.timepoints_created = run.training_examples = run.llm_calls = run.tokens_used = 0;
    run.cost_usd = 0;
    run.status = "running";
    detail::insert_run(database_, run_columns, run);
    return get_run(start.run_id);
}

inline run_record metadata_store::complete_run(const run_end& end) {
    sqlite::transaction transaction(database_);
    run_record run = get_run(end.run_id);
    const timestamp now = options_.now();
    const auto began = timestamp::parse(run.started_at.value_or(run.created_at.value_or("")));
    run.duration_seconds.reset();
    if (began) run.duration_seconds = std::chrono::duration<double>(now.time() - began->time()).count();
    run.completed_at = run.updated_at = now.to_iso_string();
    run.entities_created = end.entities_created;
    run.timepoints_created = end.timepoints_created;
    run.training_examples = end.training_examples;
    run.cost_usd = end.cost_usd;
    run.llm_calls = end.llm_calls;
    run.tokens_used = end.tokens_used;
    run.oxen_repo_url = end.oxen_repo_url;
    run.oxen_dataset_url = end.oxen_dataset_url;
    run.error_message = end.error_message;
    run.status = end.error_message && !end.error_message->empty() ? "failed" : "completed";
    run.fidelity_strategy_json = end.fidelity_strategy_json;
    run.fidelity_distribution = end.fidelity_distribution;
    run.actual_tokens_used = end.actual_tokens_used;
    run.token_budget_compliance = end.token_budget_compliance;
    run.fidelity_efficiency_score = end.fidelity_efficiency_score;
    detail::update_run(database_, run_columns, run);
    transaction.commit();
    return get_run(end.run_id);
}

inline run_record metadata_store::get_run(const std::string& run_id) {
    sqlite::statement row = database_.prepare("SELECT * FROM runs WHERE run_id = ?1");
    row.bind(1, run_id);
    if (!row.step()) {
        throw error({.code = "S431",
                     .what_happened = "Run " + run_id + " not found",
                     .table = "runs",
                     .database = database_.name(),
                     .advice = "runs of before version 2 are in the archive beside the database"});
    }
    run_record run = detail::read_run(row);
    run.mechanisms_used = detail::distinct_mechanisms(database_, run_id);
    return run;
}

inline std::vector<run_record> metadata_store::get_all_runs(const std::optional<std::string>& template_id) {
    sqlite::statement row = database_.prepare(template_id ? "SELECT * FROM runs WHERE template_id = ?1 ORDER BY rowid"
                                                          : "SELECT * FROM runs ORDER BY run_id");
    if (template_id) row.bind(1, *template_id);
    std::vector<run_record> runs;
    while (row.step()) {
        runs.push_back(detail::read_run(row));
        runs.back().mechanisms_used = detail::distinct_mechanisms(database_, runs.back().run_id.value_or(""));
    }
    return runs;
}

} // namespace autopack_schema::ops
