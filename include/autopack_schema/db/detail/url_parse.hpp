// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/detail/url_options.hpp>
#include <autopack_schema/db/detail/url_text.hpp>
#include <autopack_schema/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema::db::detail {

struct url_parts {
    std::string scheme, user, password, host, port, path;
    option_list options;
};

[[noreturn]] inline void refuse_url(std::string what, std::string advice) {
    throw error({.code = "S202", .what_happened = std::move(what), .advice = std::move(advice)});
}

/// Decodes one part; the message names the part and not its text, which may be a password.
inline std::string decoded(std::string_view text, std::string_view part) {
    std::string out;
    if (!percent_decode(text, out))
        refuse_url("the " + std::string(part) +
                       " of the database URL has a % that is not followed by two hexadecimal digits "
                       "(or is %00)",
                   "write %25 for a percent sign");
    return out;
}

/// Reads `name=value&name=value`.
inline option_list parse_query(std::string_view query) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < query.size(); ++at) count += query[at] != '&' && (at == 0 || query[at - 1] == '&');
    option_list options(count); // made at once, because a std::vector that grows costs every unit 10 ms to compile
    auto option = options.begin();
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view item = query.substr(0, end);
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
        if (item.empty()) continue;
        const std::size_t equal = item.find('=');
        if (equal == 0 || equal == std::string_view::npos)
            refuse_url("an option of the database URL is not of the form name=value",
                       "write for example ?mode=ro&timeout=30");
        option->first = decoded(item.substr(0, equal), "option name");
        option->second = decoded(item.substr(equal + 1), "option value");
        ++option;
    }
    return options;
}

constexpr bool is_drive(std::string_view path) {
    return path.size() >= 2 && is_letter(path[0]) && path[1] == ':' &&
           (path.size() == 2 || path[2] == '/' || path[2] == '\\');
}

/// Turns the backslashes of a Windows path into slashes; a backslash that belongs to a name is written %5C.
inline std::string slashed(std::string_view path) {
    std::string out(path);
    for (char& character : out)
        if (character == '\\') character = '/';
    return out;
}

/// SQLAlchemy's `sqlite:///file:data.db?uri=true`: the path inside the inner URI.
inline std::string_view without_file_uri(std::string_view path) {
    path.remove_prefix(std::string_view("file:").size());
    if (path.starts_with("///")) path.remove_prefix(2);
    return path;
}

/// Reads what follows `sqlite:` up to the `?`.
inline void parse_sqlite(std::string_view rest, url_parts& out) {
    constexpr std::string_view forms =
        "sqlite:///relative.db, sqlite:////absolute/path.db, sqlite:///C:/path.db or sqlite:///:memory:";
    if (rest.find('@') < rest.find('/', 2) && rest.starts_with("//"))
        refuse_url("a SQLite URL has no user, password or host, and encrypted databases cannot be opened",
                   "use " + std::string(forms));
    if (!rest.starts_with("//"))
        refuse_url("sqlite: must be followed by //",
                   "use sqlite:///" + std::string(rest) + " or another of " + std::string(forms));
    rest.remove_prefix(2);
    if (!rest.empty() && rest.front() != '/')
        refuse_url("sqlite:// is followed by a host name, which SQLite does not have",
                   "write three slashes for a path relative to the current directory: sqlite:///" + std::string(rest));
    if (rest == "/") refuse_url("the path of the SQLite URL is empty", "use " + std::string(forms));
    if (!rest.empty()) rest.remove_prefix(1);
    if (rest.starts_with("file:")) rest = without_file_uri(rest);
    if (rest.starts_with('/') && is_drive(rest.substr(1))) rest.remove_prefix(1);
    out.path = rest.empty() ? ":memory:" : decoded(slashed(rest), "path");
}

/// Reads `host:port` or `[::1]:port`; what is wrong is not shown, a password may have slipped into it.
inline void parse_host(std::string_view text, url_parts& out) {
    constexpr std::string_view encode = "percent-encode / : @ ? # % in user and password: %2F %3A %40 %3F %23 %25";
    std::string_view host = text, port;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            refuse_url("the host of the database URL has no closing bracket", "write [::1]");
        host = text.substr(1, close - 1);
        port = text.substr(close + 1);
        if (!port.empty() && port.front() != ':')
            refuse_url("the port of the database URL is not a number", std::string(encode));
        if (!port.empty()) port.remove_prefix(1);
    } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        port = text.substr(colon + 1);
    }
    if (host.find(',') != std::string_view::npos) refuse_url("the database URL names several hosts", "name one");
    if (port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos)
        refuse_url("the port of the database URL is not a number", std::string(encode));
    out.host = decoded(host, "host");
    out.port = std::string(port);
}

/// Reads what follows `postgresql:` up to the `?`.
inline void parse_server(std::string_view rest, url_parts& out) {
    constexpr std::string_view form = "use postgresql://user:password@host:5432/database";
    if (!rest.starts_with("//")) refuse_url("postgresql: must be followed by //", std::string(form));
    rest.remove_prefix(2);
    const std::size_t slash = rest.find('/');
    std::string_view authority = rest.substr(0, slash);
    const std::string_view path = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    if (path.find_first_of("/@") != std::string_view::npos)
        refuse_url("the database name has a / or @ in it, or the password has a /",
                   "percent-encode them: %2F for /, %40 for @; " + std::string(form));
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        const std::string_view login = authority.substr(0, at);
        const std::size_t colon = login.find(':');
        out.user = decoded(login.substr(0, colon), "user");
        if (colon != std::string_view::npos) out.password = decoded(login.substr(colon + 1), "password");
        authority.remove_prefix(at + 1);
    }
    parse_host(authority, out);
    out.path = decoded(path, "database name");
}

/// A text without a scheme; a Windows path is not one either (`C:` is no scheme).
[[noreturn]] inline void refuse_plain_path(std::string_view text) {
    const bool login = text.find_first_of("@=") != std::string_view::npos; // may hold a password: not shown
    refuse_url("this is not a database URL" + (login ? std::string() : ": " + std::string(text)),
               login ? "use postgresql://user:password@host:5432/database"
                     : "for a SQLite file write sqlite:///" + slashed(text));
}

/// Reads a whole URL.
/// errors: S202, S203
inline url_parts parse_url(std::string_view text) {
    text = trimmed(text);
    if (text.empty()) refuse_url("the database URL is empty", "use for example sqlite:///autopack.db");
    if (text.find('\0') != std::string_view::npos)
        refuse_url("the database URL has a NUL character in it", "remove it");
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 1) refuse_plain_path(text);
    std::string scheme = lowered(text.substr(0, colon));
    if (scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+._-") != std::string::npos)
        refuse_plain_path(text);
    const std::string whole_scheme = scheme;
    if (const std::size_t driver = scheme.find('+'); driver != std::string::npos) scheme.erase(driver);
    if (scheme == "postgres") scheme = "postgresql";
    if (scheme != "sqlite" && scheme != "postgresql")
        refuse_url("databases of the kind " + autopack_schema::detail::quoted(whole_scheme) + " are not supported",
                   "use sqlite: or postgresql:");
    const std::size_t question = text.find('?');
    url_parts out;
    out.scheme = scheme;
    if (scheme == "postgresql" && question < text.rfind('@') && text.rfind('@') != std::string_view::npos)
        refuse_url("the password of the database URL has a ? in it", "percent-encode it: %3F");
    if (question != std::string_view::npos) out.options = parse_query(text.substr(question + 1));
    const std::string_view rest =
        text.substr(colon + 1, question == std::string_view::npos ? question : question - colon - 1);
    scheme == "sqlite" ? parse_sqlite(rest, out) : parse_server(rest, out);
    check_options(scheme, out.options);
    return out;
}

} // namespace autopack_schema::db::detail
