// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/drift/detail/summary.hpp>
#include <autopack_schema/drift/github.hpp>

#include <string_view>

namespace autopack_schema::drift {

namespace detail {

/// Escapes the value of a workflow command; a property may not hold ':' and ',' either.
/// source: GitHub actions/toolkit, packages/core/src/command.ts
inline std::string command_text(std::string_view text, bool property) {
    std::string out;
    for (const char c : text) {
        if (c == '%') out += "%25";
        else if (c == '\r') out += "%0D";
        else if (c == '\n') out += "%0A";
        else if (property && c == ':') out += "%3A";
        else if (property && c == ',') out += "%2C";
        else out += c;
    }
    return out;
}

inline std::string_view command_for(severity level, severity fail_on) {
    if (level >= fail_on) return "error";
    return level >= severity::performance ? "warning" : "notice";
}

inline std::string command(std::string_view name, const std::string& title, const std::string& text) {
    return "::" + std::string(name) + " title=" + command_text(title, true) + "::" + command_text(text, false) + '\n';
}

} // namespace detail

AUTOPACK_SCHEMA_FUNCTION std::string to_github(const report& r) {
    using autopack_schema::detail::printable;
    std::string out;
    for (const finding& f : r.findings) {
        out += detail::command(detail::command_for(f.level, r.fail_on), f.code + " " + f.kind + " (" + std::string(name_of(f.level)) + ")",
                               printable(detail::sentence(f), true));
    }
    for (const not_compared& n : r.not_compared) {
        out += detail::command("warning", "not compared", printable(n.kind + " " + n.object + ": " + n.reason));
    }
    return out;
}

} // namespace autopack_schema::drift
