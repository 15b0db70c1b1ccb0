// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/drain/detail/locked_file.hpp>
#include <autopack_schema/ops/drain/session.hpp>
#include <autopack_schema/ops/drain/session_json.hpp>
#include <autopack_schema/ops/json_text.hpp>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace autopack_schema::ops {

/// Where sessions say something for people.
using message_sink = std::function<void(std::string_view)>;

/// The folder of the sessions of a workspace, the directory in which drains are started.
class session_folder {
public:
    explicit session_folder(const std::filesystem::path& workspace)
        : folder_(std::filesystem::absolute(workspace) / ".autonomous_runs" / "batch_drain_sessions") {}

    const std::filesystem::path& path() const noexcept { return folder_; }
    std::filesystem::path file_of(const std::string& session_id) const { return folder_ / (session_id + ".json"); }
    std::filesystem::path logs_of(const std::string& session_id) const { return folder_ / session_id / "logs"; }

    /// Locks a session, so that no other drain resumes it; nothing where another one that lives has it.
    /// errors: S423 the folder cannot be written
    std::optional<detail::locked_file> lock(const std::string& session_id) const {
        std::filesystem::create_directories(logs_of(session_id));
        auto file = detail::locked_file::make_or_lock(lock_of(session_id));
        if (!file) file = detail::locked_file::lock_after(lock_of(session_id), holder_of(session_id));
        if (file) file->write(std::to_string(::getpid()));
        return file;
    }
    /// Whether a drain works on a session now.
    bool is_active(const std::string& session_id) const { return detail::locked_file::is_locked(lock_of(session_id)); }

    /// Saves a session: its file is as before or complete, whenever the power goes.
    /// errors: S423
    void save(const drain_session& session) const {
        const std::filesystem::path file = file_of(session.session_id);
        std::filesystem::path part = file;
        part += ".part";
        const std::string text = to_json_text(to_json_value(session), indented_json);
        {
            std::error_code ignored;
            std::filesystem::remove(part, ignored); // of a drain that was killed
            auto written = detail::locked_file::create(part);
            if (!written) detail::refuse_file(part, "make", EEXIST);
            written->write(text);
        }
        std::error_code failed;
        std::filesystem::rename(part, file, failed);
        if (failed) detail::refuse_file(file, "replace", failed.value());
    }

    /// All sessions that can be read, the one that was changed last first; of each other file a warning.
    std::vector<drain_session> read_all(const message_sink& warn) const {
        std::vector<std::pair<std::filesystem::file_time_type, std::filesystem::path>> files;
        std::error_code ignored;
        for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored)) {
            if (entry.path().extension() == ".json") files.emplace_back(entry.last_write_time(ignored), entry.path());
        }
        std::sort(files.rbegin(), files.rend());
        std::vector<drain_session> sessions;
        for (const auto& [time, path] : files) {
            if (auto session = read(path, warn)) sessions.push_back(std::move(*session));
        }
        return sessions;
    }

private:
    ::pid_t holder_of(const std::string& session_id) const {
        ::pid_t holder = 0;
        std::ifstream(lock_of(session_id)) >> holder;
        return holder;
    }
    std::filesystem::path lock_of(const std::string& session_id) const { return folder_ / (session_id + ".lock"); }

    static std::optional<drain_session> read(const std::filesystem::path& path, const message_sink& warn) {
        try {
            std::ifstream in(path, std::ios::binary);
            const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
            return session_from_json(nlohmann::ordered_json::parse(text));
        } catch (const std::exception& problem) {
            warn("WARNING: " + path.string() + " is left out: " + problem.what() + "\n");
            return std::nullopt;
        }
    }

    std::filesystem::path folder_;
};

} // namespace autopack_schema::ops
