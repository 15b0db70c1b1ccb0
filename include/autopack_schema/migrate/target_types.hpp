// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate {

/// How a target is made from two schemas.
struct target_options {
    bool exact = false;            ///< also what means the same: column order, spelling of types, names of constraints
    bool keep_constraints = false; ///< keep UNIQUE, CHECK and foreign keys that the definition lacks
};

/// A difference between the live schema and the wanted one that a migration leaves as it is.
struct kept_difference {
    change_kind kind{};
    std::string object{}; ///< as `object_label` writes it

    friend bool operator==(const kept_difference&, const kept_difference&) = default;
};

/// Something that stands in the way of a migration.
struct blocker {
    std::string code{}; ///< "S372"
    std::string table{};
    std::string column{}; ///< or the constraint
    std::string what{};   ///< "3 rows have NULL"
    std::string advice{};
    std::int64_t rows = 0;  ///< how many; 0 where it is not about rows
    std::string examples{}; ///< the first offending rows: "rowid 7, 9, 12"
    std::string query{};    ///< shows them

    friend bool operator==(const blocker&, const blocker&) = default;
};

/// How many rows, or values, are in the way: "3 rows".
inline std::string counted(const blocker& b) {
    const std::string_view unit = b.code == "S373" ? "value" : "row";
    return std::to_string(b.rows) + " " + std::string(unit) + (b.rows == 1 ? "" : "s");
}

/// What a migration leaves behind.
struct effective_target {
    model::snapshot schema{};
    std::vector<kept_difference> kept{};
    std::vector<blocker> blockers{};  ///< what cannot be done with any rows
    std::vector<std::string> notes{}; ///< what its owner should know: unknown columns that refuse inserts
};

} // namespace autopack_schema::migrate
