// SPDX-License-Identifier: MIT
#pragma once
// What a disk would hold if the power went now: what was synced, and of what was not any part.

#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema_test {

/// The files of a folder by their names.
using disk_image = std::map<std::string, std::string>;

/// Which of the changes that were not synced survive.
enum class survivors : std::uint8_t {
    none,  ///< no written byte, no new name, no removal
    names, ///< new names and removals, no written byte
    some,  ///< each sector of 512 bytes, each change of length, each name by the toss of a coin
};

/// Remembers for each file of a folder what was synced and what was done since.
/// shape: told by `fault_vfs` about all that SQLite does; files are known by their inodes, so that a file which gets
///        another name keeps what it is
class disk_log {
public:
    explicit disk_log(std::filesystem::path folder) : folder_(std::move(folder)) {}

    std::function<void(std::int64_t)> before_operation = [](std::int64_t) {};

    void opened(const char* path, ino_t inode, bool is_new, sqlite3_file* real) {
        if (!is_ours(path)) return;
        if (is_new) names_.push_back({path, true, {}});
        const std::string content = content_of(real);
        const auto known = files_.find(inode);
        if (known != files_.end() && !is_new && known->second.now == content) return; // opened once more
        files_[inode] = {content, content, {}};
    }
    void wrote(ino_t inode, std::string_view bytes, std::int64_t at) {
        change(inode, {static_cast<std::size_t>(at), std::string(bytes), false});
    }
    void truncated(ino_t inode, std::int64_t length) { change(inode, {static_cast<std::size_t>(length), {}, true}); }
    void synced(ino_t inode, bool name_too) {
        if (const auto found = files_.find(inode); found != files_.end()) {
            found->second.synced = found->second.now;
            found->second.since.clear();
        }
        if (name_too) names_.clear(); // SQLite syncs the folder with the first sync of a new journal
    }
    void removed(const char* path, bool folder_synced) {
        struct stat status {};
        if (!is_ours(path) || ::stat(path, &status) != 0) return;
        names_.push_back({path, false, files_[status.st_ino].synced});
        files_.erase(status.st_ino);
        if (folder_synced) names_.clear();
    }

    /// The folder after a power loss at this moment. Shared memory does not survive.
    disk_image after_power_loss(survivors which, std::mt19937& coin) const {
        disk_image image;
        for (const auto& e : std::filesystem::directory_iterator(folder_)) {
            struct stat status {};
            const std::string name = e.path().string();
            if (name.ends_with("-shm") || ::stat(name.c_str(), &status) != 0) continue;
            const auto found = files_.find(status.st_ino);
            image[e.path().filename().string()] =
                found == files_.end() ? never_opened(e.path()) : content(found->second, which, coin);
        }
        for (auto n = names_.rbegin(); n != names_.rend(); ++n) { // undone from the last to the first
            const bool survives = which == survivors::names || (which == survivors::some && (coin() & 1U) != 0);
            if (survives) continue;
            const std::string name = std::filesystem::path(n->path).filename().string();
            if (n->made) {
                image.erase(name);
            } else {
                image[name] = n->content;
            }
        }
        return image;
    }

private:
    struct unsynced {
        std::size_t at;
        std::string bytes;
        bool truncates;
    };
    struct file {
        std::string synced{};
        std::string now{};
        std::vector<unsynced> since{};
    };
    struct name_change {
        std::string path;
        bool made;
        std::string content; ///< of a removed file, as far as it was synced
    };

    bool is_ours(const char* path) const { return std::filesystem::path(path).parent_path() == folder_; }

    /// Reads through SQLite's own descriptor: closing another one of the file would drop its locks.
    static std::string content_of(sqlite3_file* real) {
        sqlite3_int64 size = 0;
        real->pMethods->xFileSize(real, &size);
        std::string bytes(static_cast<std::size_t>(size), '\0');
        if (size > 0) real->pMethods->xRead(real, bytes.data(), static_cast<int>(size), 0);
        return bytes;
    }

    static std::string never_opened(const std::filesystem::path& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }

    static void apply(std::string& to, const unsynced& u, std::size_t from, std::size_t to_end) {
        if (u.truncates) {
            to.resize(std::min(to.size(), u.at));
            return;
        }
        if (to.size() < u.at + to_end) to.resize(u.at + to_end, '\0');
        std::copy(u.bytes.begin() + static_cast<std::ptrdiff_t>(from),
                  u.bytes.begin() + static_cast<std::ptrdiff_t>(to_end),
                  to.begin() + static_cast<std::ptrdiff_t>(u.at + from));
    }

    void change(ino_t inode, unsynced u) {
        const auto found = files_.find(inode);
        if (found == files_.end()) return; // a temporary file
        apply(found->second.now, u, 0, u.bytes.size());
        found->second.since.push_back(std::move(u));
    }

    static std::string content(const file& f, survivors which, std::mt19937& coin) {
        std::string bytes = f.synced;
        if (which != survivors::some) return bytes;
        constexpr std::size_t sector = 512;
        for (const unsynced& u : f.since) {
            for (std::size_t from = 0; from < std::max<std::size_t>(u.bytes.size(), 1);) {
                const std::size_t end = std::min(u.bytes.size(), (u.at + from) / sector * sector + sector - u.at);
                if ((coin() & 1U) != 0) apply(bytes, u, from, end);
                from = std::max(end, from + 1);
            }
        }
        return bytes;
    }

    std::filesystem::path folder_;
    std::map<ino_t, file> files_{};
    std::vector<name_change> names_{}; ///< not synced, oldest first
};

/// Puts an image on the disk.
inline void write_image(const std::filesystem::path& folder, const disk_image& image) {
    for (const auto& [name, bytes] : image) {
        std::ofstream out(folder / name, std::ios::binary);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
}

} // namespace autopack_schema_test
