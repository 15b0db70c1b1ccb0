// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/options.hpp>
#include <autopack_schema/header_only.hpp>
#include <autopack_schema/model/schema.hpp>

#include <string>
#include <vector>

namespace autopack_schema::drift {

/// A difference that only one of the two judges sees.
struct disagreement {
    std::string object{};
    std::string seen_by{}; ///< "SQLite" or "the comparison"
    std::string detail{};  ///< the statement whose programs differ, or the kind of the finding

    friend bool operator==(const disagreement&, const disagreement&) = default;
};

/// Asks SQLite itself: both schemas are built in memory, without rows, and the programs that EXPLAIN shows for the same
/// INSERT, UPDATE, DELETE and SELECT are compared object by object with the findings of `check`.
/// shape:  what only one of the two sees; empty where they agree. A difference in a table also shows in the programs of
///         those that are tied to it by a foreign key, a trigger or a view. Literal defaults are stored and read back;
///         nothing else is run.
AUTOPACK_SCHEMA_FUNCTION std::vector<disagreement> second_opinion(const model::schema& expected, const model::schema& live,
                                                const options& o = {});

} // namespace autopack_schema::drift

#if AUTOPACK_SCHEMA_BODIES
#include <autopack_schema/drift/body/second_opinion.hpp>
#endif
