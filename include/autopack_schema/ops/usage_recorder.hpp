// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/define/timestamp.hpp>
#include <autopack_schema/ops/autopack_database.hpp>
#include <autopack_schema/ops/usage/doctor_statistics.hpp>
#include <autopack_schema/ops/usage/provider_of_model.hpp>
#include <autopack_schema/schemas/autopack/llm_usage_event.hpp>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::ops {

/// A call of a model, as far as its usage is concerned.
struct model_call {
    std::string model{};
    std::string role{}; ///< builder, auditor, doctor
    std::optional<std::string> run_id{};
    std::optional<std::string> phase_id{};
};

/// What a provider says a call used.
struct reported_usage {
    std::int64_t tokens = 0;
    std::optional<std::int64_t> prompt_tokens{};
    std::optional<std::int64_t> completion_tokens{};
};

/// Records what calls of models used, exactly or as a total where a provider gives no more; nothing is ever guessed.
/// shape: the `try_` functions never throw: a failure is one line of warning, and the call goes on
class usage_recorder {
public:
    using message = std::function<void(std::string_view)>;

    /// `say`: where warnings and remarks go; a line on standard output where it is empty.
    explicit usage_recorder(sqlite::connection& database, message say = {}) : db_(database), say_(std::move(say)) {}

    /// Stores an event as it is; of a doctor call of a known run the statistics are counted with it, both or none.
    void record(const schemas::autopack::llm_usage_event& e) {
        auto all = db_.savepoint();
        db_.insert(e);
        if (e.is_doctor_call && e.run_id && !e.run_id->empty()) detail::count_doctor_call(db_, e);
        all.release();
    }

    /// Stores a call of which both splits are known; their sum is the total.
    bool try_record_exact(const model_call& call, std::int64_t prompt, std::int64_t completion) noexcept {
        return guarded("usage", [&] {
            auto e = event_of(call, prompt + completion);
            e.prompt_tokens = prompt;
            e.completion_tokens = completion;
            record(e);
        });
    }

    /// Stores a call of which only the total is known: the splits stay NULL.
    bool try_record_total(const model_call& call, std::int64_t total) noexcept {
        return guarded("total-only usage", [&] {
            record(event_of(call, total));
            say("[TOKEN-ACCOUNTING] " + call.role + " " + call.model + ": total only, " + std::to_string(total) +
                " tokens");
        });
    }

    /// Stores what a finished call reported: nothing where it failed or used nothing, the splits where both are known, else the
    /// total with a warning.
    bool try_record_call(const model_call& call, bool succeeded, const reported_usage& usage) noexcept {
        if (!succeeded || usage.tokens <= 0) return false;
        if (usage.prompt_tokens && usage.completion_tokens) {
            return try_record_exact(call, *usage.prompt_tokens, *usage.completion_tokens);
        }
        return guarded("usage",
                       [&] { say("Warning: " + call.model + " reported no exact splits for " + call.role); }) &&
               try_record_total(call, usage.tokens);
    }

    /// The doctor statistics of a run; nothing where there are none.
    std::optional<doctor_statistics> doctor(std::string_view run_id) { return read_doctor_statistics(db_, run_id); }

private:
    static schemas::autopack::llm_usage_event event_of(const model_call& call, std::int64_t total) {
        return {.provider = std::string(provider_of_model(call.model)),
                .model = call.model,
                .run_id = call.run_id,
                .phase_id = call.phase_id,
                .role = call.role,
                .total_tokens = total,
                .created_at = timestamp::now()};
    }

    template <class Work>
    bool guarded(std::string_view what, Work&& work) noexcept {
        try {
            std::forward<Work>(work)();
            return true;
        } catch (const std::exception& problem) {
            warn(what, problem.what());
        } catch (...) {
            warn(what, "for an unknown reason");
        }
        return false;
    }

    void warn(std::string_view what, std::string_view why) noexcept {
        try {
            say("Warning: Failed to record " + std::string(what) + ": " + std::string(why));
        } catch (...) { // nobody is left to tell
        }
    }

    void say(const std::string& text) const {
        if (say_) return say_(text);
        std::printf("%s\n", text.c_str());
    }

    autopack_database db_;
    message say_;
};

} // namespace autopack_schema::ops
