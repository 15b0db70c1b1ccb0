// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/detail/url_options.hpp>
#include <autopack_schema/db/detail/url_parse.hpp>
#include <autopack_schema/db/detail/url_text.hpp>
#include <autopack_schema/error.hpp>

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::db {

/// The address of a database, as SQLAlchemy and libpq write it, taken apart and decoded.
/// shape:  `sqlite:///relative.db`, `sqlite:////absolute.db`, `sqlite:///C:/dir/file.db`,
///         `sqlite:///:memory:`, `sqlite://` (memory too), `postgresql://user:password@host:5432/name`;
///         a driver suffix (`sqlite+pysqlite:`) is read and dropped, `postgres:` is `postgresql:`
struct url {
    std::string scheme;   ///< "sqlite" or "postgresql"
    std::string user;     ///< decoded; empty for SQLite
    std::string password; ///< decoded; never part of a message
    std::string host;
    std::string port;
    std::string
        path; ///< SQLite: the file as given (relative to the current directory) or ":memory:"; else the database
    std::vector<std::pair<std::string, std::string>> options; ///< `?name=value&…`, in order, decoded

    /// Reads a URL.
    /// errors: S202 not a URL of a known form, S203 an option that is unknown, given twice or badly valued;
    ///         the message suggests the URL that was probably meant and never contains a password
    static url parse(std::string_view text);

    /// The URL again, with `***` for the password and for the value of every option that may hold a secret.
    std::string masked() const;

    /// True for SQLite's `:memory:`.
    bool is_memory() const { return scheme == "sqlite" && path == ":memory:"; }

    /// The value of an option, or `fallback`.
    std::string_view option(std::string_view name, std::string_view fallback = {}) const;

    friend bool operator==(const url&, const url&) = default;
};

inline std::string_view url::option(std::string_view name, std::string_view fallback) const {
    for (const auto& [key, value] : options)
        if (key == name) return value;
    return fallback;
}

inline url url::parse(std::string_view text) {
    detail::url_parts parts = detail::parse_url(text);
    return {std::move(parts.scheme), std::move(parts.user), std::move(parts.password), std::move(parts.host),
            std::move(parts.port),   std::move(parts.path), std::move(parts.options)};
}

inline std::string url::masked() const {
    std::string text = scheme + "://";
    if (!user.empty() || !password.empty()) {
        text += detail::percent_encode(user, "");
        if (!password.empty()) text += ":***";
        text += '@';
    }
    const bool ipv6 = host.find(':') != std::string::npos;
    text += ipv6 ? '[' + host + ']' : detail::percent_encode(host, "");
    if (!port.empty()) text += ':' + port;
    text += '/' + detail::percent_encode(path, scheme == "sqlite" ? "/:" : "");
    char separator = '?';
    for (const auto& [name, value] : options) {
        text += separator + detail::percent_encode(name, "") + '=';
        text += detail::is_secret_option(name) ? "***" : detail::percent_encode(value, "/:");
        separator = '&';
    }
    return text;
}

/// The URL in the environment variable DATABASE_URL. There is no default: a tool that guesses a database
/// migrates the wrong one.
/// errors: S201 not set or empty, and what `url::parse` throws
inline url url_from_environment() {
    const char* value = std::getenv("DATABASE_URL");
    const std::string_view text = detail::trimmed(value == nullptr ? std::string_view() : std::string_view(value));
    if (!text.empty()) return url::parse(text);
    throw error({.code = "S201",
                 .what_happened = std::string("DATABASE_URL must be set explicitly: it is ") +
                                  (value == nullptr ? "not set" : "empty"),
                 .advice = "name the database, for example DATABASE_URL=sqlite:///autopack.db (relative to the current "
                           "directory), sqlite:////var/lib/autopack/autopack.db (absolute) or "
                           "postgresql://user:password@localhost:5432/autopack"});
}

} // namespace autopack_schema::db
