// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/metadata/run_record.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <variant>

namespace autopack_schema::ops {

/// A run as JSON: every column that any layout has, null where there is no value.
inline nlohmann::ordered_json to_json_value(const run_record& run) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const run_column& column : run_columns) {
        auto& value = object[std::string(column.name)];
        std::visit(
            [&](auto member) {
                if (run.*member) value = *(run.*member);
            },
            column.member);
    }
    object["schema_version"] = run.schema_version;
    object["mechanisms_used"] = run.mechanisms_used;
    return object;
}

} // namespace autopack_schema::ops
