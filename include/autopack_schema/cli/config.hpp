// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/files.hpp>
#include <autopack_schema/cli/suggest.hpp>
#include <autopack_schema/error.hpp>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace autopack_schema::cli {

/// The name of the file that is read from the current directory when it is there.
inline constexpr std::string_view config_name = ".autopack-schema.json";

/// What a configuration file says; the command line has the last word. A database is not among it: a program that
/// finds one by itself migrates the wrong one.
struct configuration {
    std::string path{}; ///< of the file; empty: there is none
    std::string schema{};
    std::string against{};
    std::string fail_on{};
    std::string format{};
    std::vector<std::string> ignore{};
    std::vector<std::pair<std::string, std::string>> policies{};
};

namespace detail {

/// Reads the fields of a configuration, and refuses what it does not know.
class config_reader {
public:
    explicit config_reader(configuration& to) : to_(to) {}

    void read(const nlohmann::ordered_json& file) {
        if (!file.is_object()) refuse("must be an object");
        for (const auto& [key, value] : file.items()) read_field(key, value);
    }

    [[noreturn]] void refuse(const std::string& what) const {
        throw error({.code = "S462",
                     .what_happened = "configuration " + autopack_schema::detail::quoted(to_.path) + ": " + what,
                     .advice = "known are schema, against, fail_on, format, ignore and policies (docs/cli.md)"});
    }

private:
    using json = nlohmann::ordered_json;

    void read_field(const std::string& key, const json& value) {
        if (key == "schema") return void(to_.schema = text(key, value));
        if (key == "against") return void(to_.against = text(key, value));
        if (key == "fail_on") return void(to_.fail_on = text(key, value));
        if (key == "format") return void(to_.format = text(key, value));
        if (key == "ignore") return read_ignore(value);
        if (key == "policies") return read_policies(value);
        if (key == "database") refuse("a database cannot be configured; say --database or DATABASE_URL");
        const std::string near = nearest(key, {"schema", "against", "fail_on", "format", "ignore", "policies"});
        refuse(autopack_schema::detail::quoted(key) + " is not known" +
               (near.empty() ? "" : " (did you mean " + near + "?)"));
    }

    std::string text(const std::string& key, const json& value) const {
        if (!value.is_string()) refuse(key + " must be a string");
        return value.get<std::string>();
    }

    void read_ignore(const json& value) {
        if (!value.is_array()) refuse("ignore must be an array of patterns");
        for (const json& pattern : value) to_.ignore.push_back(text("each pattern of ignore", pattern));
    }

    void read_policies(const json& value) {
        if (!value.is_object()) refuse("policies must be an object");
        for (const auto& [name, word] : value.items()) {
            if (!word.is_boolean() && !word.is_string()) refuse("policies." + name + " must be true, false or a word");
            to_.policies.emplace_back(name,
                                      word.is_boolean() ? (word.get<bool>() ? "on" : "off") : word.get<std::string>());
        }
    }

    configuration& to_;
};

} // namespace detail

/// Reads the configuration: the named file, or `.autopack-schema.json` of the current directory where there is one.
/// errors: S453 the named file cannot be read, S462 it says what is not understood
inline configuration read_config(const std::string& named) {
    configuration config;
    std::error_code ignored;
    if (named.empty() && !std::filesystem::is_regular_file(config_name, ignored)) return config;
    config.path = named.empty() ? std::string(config_name) : named;
    detail::config_reader reader(config);
    nlohmann::ordered_json parsed;
    try {
        parsed = nlohmann::ordered_json::parse(read_file(config.path));
    } catch (const nlohmann::json::exception& e) {
        reader.refuse(e.what());
    }
    reader.read(parsed);
    return config;
}

} // namespace autopack_schema::cli
