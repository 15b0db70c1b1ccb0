// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/summary.hpp>
#include <autopack_schema/drift/report.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::drift {

namespace detail {

using ordered_json = nlohmann::ordered_json;

/// An empty text is null: nothing is there.
inline ordered_json text_or_null(const std::string& text) { return text.empty() ? ordered_json() : ordered_json(text); }

inline ordered_json json_of(const finding& f) {
    ordered_json j;
    j["code"] = f.code;
    j["kind"] = f.kind;
    j["severity"] = name_of(f.level);
    j["table"] = f.table;
    j["object"] = f.object;
    j["expected"] = text_or_null(f.expected);
    j["actual"] = text_or_null(f.actual);
    j["message"] = f.message;
    j["fix"] = name_of(f.advice);
    j["advice"] = f.advice_text;
    j["suggestion"] = text_or_null(f.suggestion);
    return j;
}

inline ordered_json json_of(const coverage& c) {
    ordered_json j = ordered_json::object();
    for (const auto& [name, count] : coverage_list(c)) {
        j[std::string(name)] = {{"expected", count.expected}, {"database", count.actual}};
    }
    return j;
}

} // namespace detail

/// Writes a report as JSON, in a stable order; bytes that are no UTF-8 become U+FFFD.
/// shape: {"database","schema","version","drift","worst","findings":[{"code","kind","severity","table","object",
///        "expected","actual","message",…}],"not_compared":[{"kind","object","reason"}],…}
inline std::string to_json(const report& r, int indent = 2) {
    using detail::ordered_json;
    ordered_json j;
    j["database"] = r.database;
    j["schema"] = r.schema;
    j["version"] = r.version;
    j["drift"] = r.drift();
    j["worst"] = r.worst() ? ordered_json(name_of(*r.worst())) : ordered_json();
    j["fail_on"] = name_of(r.fail_on);
    j["exit_code"] = r.exit_code();
    j["findings"] = ordered_json::array();
    for (const finding& f : r.findings) j["findings"].push_back(detail::json_of(f));
    j["not_compared"] = ordered_json::array();
    for (const not_compared& n : r.not_compared) {
        j["not_compared"].push_back({{"kind", n.kind}, {"object", n.object}, {"reason", n.reason}});
    }
    j["ignored"] = r.ignored;
    j["compared"] = detail::json_of(r.compared);
    return j.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace autopack_schema::drift
