// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/ops/drain/claim.hpp>
#include <autopack_schema/ops/drain/detail/locked_file.hpp>
#include <autopack_schema/ops/drain/session_json.hpp>
#include <autopack_schema/ops/json_text.hpp>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// A claim as its file remembers it, for the case that the drain is killed.
struct stored_claim {
    phase_claim claim{};
    std::string database{};             ///< the path of the file
    std::string session_id{};           ///< empty: of no session
    std::int64_t telemetry_before = -1; ///< rows; -1: could not be counted
    bool made = false;                  ///< the database holds it
};

namespace detail {

template <class Visitor, class Stored>
void visit_claim(Visitor& visit, Stored& s) {
    visit("database", s.database);
    visit("session_id", s.session_id);
    visit("telemetry_before", s.telemetry_before);
    visit("made", s.made);
    visit("id", s.claim.id);
    visit("run_id", s.claim.run_id);
    visit("phase_id", s.claim.phase_id);
    visit("phase_index", s.claim.phase_index);
    visit("state_before", s.claim.state_before);
    visit("attempt_before", s.claim.attempt_before);
    visit("token", s.claim.token);
}

inline std::string claim_text(const stored_claim& stored) {
    json object = json::object();
    json_out out(object);
    visit_claim(out, stored);
    std::string text = to_json_text(object, indented_json);
    text.resize((text.size() / 4096 + 1) * 4096, ' '); // always a page, so that it is replaced whole
    return text;
}

inline std::optional<stored_claim> read_claim(const std::filesystem::path& path) {
    try {
        std::ifstream in(path, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const json object = json::parse(text);
        stored_claim stored;
        json_in values(object);
        visit_claim(values, stored);
        return stored;
    } catch (const std::exception&) {
        return std::nullopt; // killed while it was written: then nothing was claimed
    }
}

/// The process that has made a claim, from the name of its file: …-1234.json.
inline ::pid_t claimer_of(const std::filesystem::path& path) {
    const std::string name = path.stem().string();
    const std::size_t dash = name.rfind('-');
    return dash == std::string::npos ? 0 : static_cast<::pid_t>(std::strtol(name.c_str() + dash + 1, nullptr, 10));
}

} // namespace detail

/// A claim in the database and its file in the workspace, which stays locked while the work goes on and which a killed drain
/// leaves behind: the next drain finds it unlocked and gives the phase back.
class held_claim {
public:
    /// Takes a phase; nothing where another drain has it.
    /// errors: S423 the folder cannot be written, S209
    static std::optional<held_claim> take(sqlite::connection& database, const std::filesystem::path& folder,
                                          stored_claim stored) {
        std::filesystem::create_directories(folder);
        std::string name = stored.claim.token + "-" + std::to_string(::getpid()) + ".json";
        for (char& c : name) c = c == ' ' || c == ':' ? '-' : c;
        auto file = detail::locked_file::create(folder / name);
        if (!file) detail::refuse_file(folder / name, "make", EEXIST);
        held_claim held(std::move(*file), std::move(stored));
        held.write();
        if (!make_claim(database, held.stored_.claim)) {
            held.file_.remove();
            return std::nullopt;
        }
        held.stored_.made = true;
        held.write();
        return held;
    }

    const phase_claim& claim() const noexcept { return stored_.claim; }
    /// The work is over and its result is safe: nothing is to be done after a kill from here on.
    void forget() { file_.remove(); }

private:
    held_claim(detail::locked_file file, stored_claim stored) : file_(std::move(file)), stored_(std::move(stored)) {}
    void write() { file_.write(detail::claim_text(stored_)); }

    detail::locked_file file_;
    stored_claim stored_;
};

/// A claim that a killed drain has left, and what became of its phase.
struct recovered_claim {
    stored_claim stored{};
    bool given_back = false; ///< the phase is as before, to be drained again
    phase_status status{};   ///< what it is now
};

/// Looks for what killed drains have left of a database: phases whose work was cut off are given back.
/// shape:  drains that live are not touched. A phase whose work had ended is reported once, to the drain that resumes its session
///         (`session_id`), or to anybody where it was of no session
inline std::vector<recovered_claim> recover_claims(sqlite::connection& database, const std::filesystem::path& folder,
                                                   const std::string& session_id, timestamp now) {
    std::vector<recovered_claim> recovered;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        auto file = detail::locked_file::lock_after(entry.path(), detail::claimer_of(entry.path()));
        if (!file) continue;
        const auto stored = detail::read_claim(entry.path());
        if (!stored) file->remove();
        if (!stored || stored->database != database.name()) continue;
        const auto status = read_status(database, stored->claim.id);
        const bool ours = status && (stored->made || status->last_attempt == stored->claim.token);
        if (ours && status->state == "EXECUTING") {
            const bool given_back = undo_claim(database, stored->claim, now);
            recovered.push_back({*stored, given_back, read_status(database, stored->claim.id).value_or(*status)});
        } else if (ours && !stored->session_id.empty() && stored->session_id != session_id) {
            continue; // finished: for the one who resumes that session
        } else if (ours) {
            recovered.push_back({*stored, false, *status});
        }
        file->remove();
    }
    return recovered;
}

} // namespace autopack_schema::ops
