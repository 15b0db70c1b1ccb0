// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/kind.hpp>
#include <autopack_schema/drift/detail/summary.hpp>
#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/version.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::drift {

namespace detail {

inline std::string_view sarif_level(severity level, severity fail_on) {
    if (level >= fail_on) return "error";
    return level >= severity::performance ? "warning" : "note";
}

inline nlohmann::ordered_json sarif_rules() {
    nlohmann::ordered_json rules = nlohmann::ordered_json::array();
    for (const kind_facts& known : all_kinds) {
        nlohmann::ordered_json rule;
        rule["id"] = known.code;
        rule["name"] = drift_name(known.kind);
        rule["shortDescription"]["text"] = known.consequence;
        rule["help"]["text"] = "docs/errors.md, " + std::string(known.code);
        rules.push_back(rule);
    }
    return rules;
}

inline std::size_t rule_index(std::string_view code) {
    for (std::size_t i = 0; i < std::size(all_kinds); ++i) {
        if (all_kinds[i].code == code) return i;
    }
    return 0;
}

/// Text of a message: braces would be placeholders, brackets links.
inline std::string message_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '{' || c == '}') out += c;
        if (c == '[' || c == ']' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

/// Percent-encodes a path for a URI reference.
inline std::string uri_of(std::string_view path) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr std::string_view plain = "-._~/";
    std::string uri;
    for (const char c : path) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || plain.find(c) != std::string_view::npos) {
            uri += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            uri += '%';
            uri += hex[byte >> 4];
            uri += hex[byte & 15];
        }
    }
    return uri.starts_with('/') ? "file://" + uri : uri;
}

inline nlohmann::ordered_json sarif_result(const report& r, const finding& f) {
    nlohmann::ordered_json result;
    result["ruleId"] = f.code;
    result["ruleIndex"] = rule_index(f.code);
    result["level"] = sarif_level(f.level, r.fail_on);
    result["message"]["text"] = message_text(sentence(f));
    nlohmann::ordered_json place;
    if (!r.database.empty()) place["physicalLocation"]["artifactLocation"]["uri"] = uri_of(r.database);
    nlohmann::ordered_json logical;
    logical["name"] = f.object;
    logical["fullyQualifiedName"] = f.table.empty() ? f.object : f.table + "/" + f.object;
    logical["kind"] = std::string(f.kind.substr(0, f.kind.find('.')));
    place["logicalLocations"] = nlohmann::ordered_json::array({logical});
    result["locations"] = nlohmann::ordered_json::array({place});
    result["partialFingerprints"]["schemaObject/v1"] = f.kind + ":" + f.object;
    result["properties"] = {{"severity", name_of(f.level)}, {"expected", f.expected}, {"actual", f.actual},
                            {"fix", name_of(f.advice)}, {"advice", f.advice_text}};
    return result;
}

} // namespace detail

/// Writes a report as SARIF 2.1.0: one run, a rule for each kind of drift, a result for each finding.
/// shape:  results have logical locations (the object) and the database file as the artifact; what was not compared
///         is a notification of the invocation
/// source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
inline std::string to_sarif(const report& r, int indent = 2) {
    using nlohmann::ordered_json;
    ordered_json driver;
    driver["name"] = "autopack-schema";
    driver["version"] = AUTOPACK_SCHEMA_VERSION;
    driver["semanticVersion"] = AUTOPACK_SCHEMA_VERSION;
    driver["rules"] = detail::sarif_rules();
    ordered_json run;
    run["tool"]["driver"] = driver;
    ordered_json invocation;
    invocation["executionSuccessful"] = true;
    invocation["toolExecutionNotifications"] = ordered_json::array();
    for (const not_compared& n : r.not_compared) {
        ordered_json notification;
        notification["level"] = "warning";
        notification["message"]["text"] =
            detail::message_text("not compared: " + n.kind + " " + n.object + ": " + n.reason);
        invocation["toolExecutionNotifications"].push_back(notification);
    }
    run["invocations"] = ordered_json::array({invocation});
    run["columnKind"] = "utf16CodeUnits";
    run["results"] = ordered_json::array();
    for (const finding& f : r.findings) run["results"].push_back(detail::sarif_result(r, f));
    ordered_json log;
    log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
    log["version"] = "2.1.0";
    log["runs"] = ordered_json::array({run});
    return log.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace autopack_schema::drift
