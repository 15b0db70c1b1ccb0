// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/detail/url_text.hpp>
#include <autopack_schema/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::db::detail {

using option_list = std::vector<std::pair<std::string, std::string>>;

/// What may follow the `?` of a SQLite URL. The last two are Python's and mean nothing here: they are
/// accepted because the same DATABASE_URL serves both programs.
inline constexpr std::string_view sqlite_options[] = {
    "mode", "timeout", "busy_timeout", "foreign_keys", "immutable", "vfs", "check_same_thread", "uri"};

/// What may follow the `?` of a PostgreSQL URL: libpq's own parameters, which validates their values.
/// source: PostgreSQL 16 "Parameter Key Words"
inline constexpr std::string_view postgresql_options[] = {
    "host", "hostaddr", "port", "dbname", "user", "password", "passfile", "require_auth", "channel_binding",
    "connect_timeout", "client_encoding", "options", "application_name", "fallback_application_name", "keepalives",
    "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "replication", "gssencmode",
    "sslmode", "requiressl", "sslcompression", "sslcert", "sslkey", "sslpassword", "sslcertmode", "sslrootcert",
    "sslcrl", "sslcrldir", "sslsni", "requirepeer", "ssl_min_protocol_version", "ssl_max_protocol_version",
    "krbsrvname", "gsslib", "gssdelegation", "service", "servicefile", "target_session_attrs", "load_balance_hosts",
    "sslnegotiation"};

/// True for an option whose value must not be shown: password, sslpassword, passfile, sslkey, token, …
inline bool is_secret_option(std::string_view name) {
    constexpr std::string_view marks[] = {"pass", "pwd", "secret", "token", "key", "credential"};
    const std::string folded = lowered(name);
    for (const std::string_view mark : marks)
        if (folded.find(mark) != std::string::npos) return true;
    return false;
}

template <std::size_t Size>
bool contains(const std::string_view (&names)[Size], std::string_view name) {
    for (const std::string_view known : names)
        if (known == name) return true;
    return false;
}

[[noreturn]] inline void refuse_option(std::string what, std::string advice) {
    throw error({.code = "S203", .what_happened = std::move(what), .advice = std::move(advice)});
}

/// The names of a list for a message: "mode, timeout, …".
template <std::size_t Size>
std::string joined(const std::string_view (&names)[Size]) {
    std::string text;
    for (const std::string_view name : names) {
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

inline bool is_boolean(std::string_view value) {
    constexpr std::string_view words[] = {"1", "0", "true", "false", "on", "off", "yes", "no"};
    return contains(words, lowered(value));
}

/// True for "5", "0.25", "30.0" with at most `whole` digits before the point.
inline bool is_decimal(std::string_view value, std::size_t whole, bool fraction) {
    const std::size_t point = value.find('.');
    const std::string_view before = value.substr(0, point);
    const std::string_view after = point == std::string_view::npos ? "0" : value.substr(point + 1);
    if (before.empty() || before.size() > whole || after.empty() || (!fraction && point != std::string_view::npos))
        return false;
    return (std::string(before) + std::string(after)).find_first_not_of("0123456789") == std::string::npos;
}

inline void check_sqlite_option(const std::string& name, const std::string& value) {
    if (name == "mode" && value != "ro" && value != "rw" && value != "rwc")
        refuse_option("option mode=" + value + " is not known",
                      "use mode=ro (read only), rw (the file must exist) or rwc (create it)");
    if (name == "timeout" && !is_decimal(value, 6, true))
        refuse_option("option timeout=" + value + " is not a number of seconds",
                      "write for example timeout=30 or timeout=0.5");
    if (name == "busy_timeout" && !is_decimal(value, 9, false))
        refuse_option("option busy_timeout=" + value + " is not a number of milliseconds",
                      "write for example busy_timeout=30000");
    if ((name == "foreign_keys" || name == "immutable" || name == "check_same_thread" || name == "uri") &&
        !is_boolean(value))
        refuse_option("option " + name + "=" + value + " is neither on nor off",
                      "write " + name + "=1 or " + name + "=0");
}

/// Refuses an option that nobody would read: a misspelled `?mdoe=ro` must not open for writing.
/// errors: S203
inline void check_options(std::string_view scheme, const option_list& options) {
    const bool sqlite = scheme == "sqlite";
    for (std::size_t i = 0; i < options.size(); ++i) {
        const auto& [name, value] = options[i];
        if (!(sqlite ? contains(sqlite_options, name) : contains(postgresql_options, name)))
            refuse_option("unknown option " + autopack_schema::detail::quoted(name) + " in a " + std::string(scheme) +
                              " URL",
                          "known options: " + (sqlite ? joined(sqlite_options) : joined(postgresql_options)));
        for (std::size_t j = 0; j < i; ++j)
            if (options[j].first == name)
                refuse_option("option " + autopack_schema::detail::quoted(name) + " is given twice",
                              "keep one of them");
        if (sqlite) check_sqlite_option(name, value);
    }
}

} // namespace autopack_schema::db::detail
