// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/migrate/plan.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::migrate {

namespace detail {

using json = nlohmann::ordered_json;

inline json json_of(const pre_check& c) {
    return {{"code", c.code}, {"table", c.table}, {"column", c.column}, {"what", c.what},     {"advice", c.advice},
            {"from", c.from}, {"where", c.where}, {"key", c.key},       {"count", c.count()}, {"show", c.show}};
}

inline json json_of(const step& s) {
    json checks = json::array();
    for (const pre_check& c : s.checks) checks.push_back(json_of(c));
    json statements = json::array();
    constexpr std::string_view roles[] = {"change", "copy", "fill"};
    for (const planned_statement& p : s.statements)
        statements.push_back({{"role", roles[static_cast<int>(p.role)]}, {"sql", p.sql}});
    return {{"kind", name_of(s.kind)},
            {"table", s.table},
            {"object", s.object},
            {"changes", s.changes},
            {"rows", s.rows},
            {"loses_data", s.loses_data},
            {"checks", std::move(checks)},
            {"statements", std::move(statements)},
            {"undo", s.undo.empty() ? json("no undo") : json(s.undo)},
            {"successor", s.successor},
            {"same_columns", s.same_columns}};
}

inline json json_of(const blocker& b) {
    return {{"code", b.code},     {"table", b.table}, {"column", b.column},     {"what", b.what},
            {"advice", b.advice}, {"rows", b.rows},   {"examples", b.examples}, {"query", b.query}};
}

inline pre_check check_from(const json& j) {
    return {j.at("code"), j.at("table"), j.at("column"), j.at("what"), j.at("advice"),
            j.at("from"), j.at("where"), j.at("key"),    j.at("show")};
}

inline step_kind step_kind_from(const std::string& name) {
    for (int k = 0; k <= static_cast<int>(step_kind::create_trigger); ++k) {
        if (name_of(static_cast<step_kind>(k)) == name) return static_cast<step_kind>(k);
    }
    throw nlohmann::json::other_error::create(501, "there is no step '" + name + "'",
                                              static_cast<const nlohmann::json*>(nullptr));
}

inline step step_from(const json& j) {
    step s{.kind = step_kind_from(j.at("kind")),
           .table = j.at("table"),
           .object = j.at("object"),
           .changes = j.at("changes")};
    for (const json& c : j.at("checks")) s.checks.push_back(check_from(c));
    for (const json& p : j.at("statements")) {
        const std::string role = p.at("role");
        s.statements.push_back({role == "copy"   ? statement_role::copy
                                : role == "fill" ? statement_role::fill
                                                 : statement_role::change,
                                p.at("sql")});
    }
    if (j.at("undo").is_array()) s.undo = j.at("undo").get<std::vector<std::string>>();
    s.rows = j.at("rows");
    s.loses_data = j.at("loses_data");
    s.successor = j.at("successor");
    s.same_columns = j.at("same_columns").get<std::vector<std::string>>();
    return s;
}

inline change_kind change_kind_from(const std::string& name) {
    for (int k = 0; k < static_cast<int>(change_kind::trigger_definition); ++k) {
        if (drift_name(static_cast<change_kind>(k)) == name) return static_cast<change_kind>(k);
    }
    return change_kind::trigger_definition;
}

/// No file can hold a function: a plan that has one is carried out where it is made.
inline void refuse_functions(const plan& p) {
    for (const step& s : p.steps) {
        if (s.kind != step_kind::custom) continue;
        throw error(
            {.code = "S403",
             .what_happened = "the plan calls a function of the program (" + s.object + "), which no file can hold",
             .advice = "carry it out without a plan file; a dry run shows it"});
    }
}

} // namespace detail

/// The number of the form that `to_json` writes.
inline constexpr int plan_format = 1;

/// Writes a plan as JSON that `plan_from_json` reads back.
/// errors: S403 a step of the plan is a function of the program
inline std::string to_json(const plan& p, int indent = 2) {
    using detail::json;
    detail::refuse_functions(p);
    json steps = json::array(), kept = json::array(), blockers = json::array();
    for (const step& s : p.steps) steps.push_back(detail::json_of(s));
    for (const kept_difference& k : p.kept) kept.push_back({{"kind", drift_name(k.kind)}, {"object", k.object}});
    for (const blocker& b : p.blockers) blockers.push_back(detail::json_of(b));
    const json all = {{"format", plan_format},        {"schema", p.schema}, {"version", p.version},
                      {"fingerprint", p.fingerprint}, {"engine", p.engine}, {"steps", std::move(steps)},
                      {"kept", std::move(kept)},      {"notes", p.notes},   {"blockers", std::move(blockers)},
                      {"allowances", p.allowances}};
    return all.dump(indent, ' ', false, json::error_handler_t::replace);
}

/// Reads a plan that `to_json` wrote.
/// errors: S389 not such a plan
inline plan plan_from_json(std::string_view text) {
    using detail::json;
    try {
        const json j = json::parse(text);
        if (j.at("format") != plan_format) {
            throw error({.code = "S389",
                         .what_happened = "the plan has format " + j.at("format").dump(),
                         .advice = "make the plan anew with this version"});
        }
        plan p{j.at("schema"), j.at("version"), j.at("fingerprint"), j.at("engine"), {}, {}, j.at("notes"), {}, {}};
        if (j.contains("allowances")) p.allowances = j.at("allowances").get<std::vector<std::string>>();
        for (const json& s : j.at("steps")) p.steps.push_back(detail::step_from(s));
        for (const json& k : j.at("kept")) p.kept.push_back({detail::change_kind_from(k.at("kind")), k.at("object")});
        for (const json& b : j.at("blockers")) {
            p.blockers.push_back({b.at("code"), b.at("table"), b.at("column"), b.at("what"), b.at("advice"),
                                  b.at("rows"), b.at("examples"), b.at("query")});
        }
        return p;
    } catch (const nlohmann::json::exception& e) {
        throw error({.code = "S389",
                     .what_happened = std::string("this is no plan: ") + e.what(),
                     .advice = "make the plan anew"});
    }
}

} // namespace autopack_schema::migrate
