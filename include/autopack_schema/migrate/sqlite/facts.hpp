// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/name.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace autopack_schema::migrate::sqlite {

/// What a plan must know of one table beside its schema.
struct table_facts {
    std::string name{};
    std::int64_t rows = -1;      ///< -1: not known, taken as some
    bool has_statistics = false; ///< ANALYZE has been run on it
};

/// What a plan must know of a database beside its schema.
struct facts {
    int version = 3040001; ///< of the SQLite library, as sqlite3_libversion_number() says
    std::string fingerprint{};
    model::vector<table_facts> tables{};
    std::vector<std::string> broken{};        ///< views and triggers that did not compile before
    model::vector<std::int64_t> rows_to_fill{}; ///< for each data rule; -1: not known

    /// What is known of a table; nothing where it is not there.
    table_facts of(const model::name& table) const {
        for (const table_facts& t : tables) {
            if (table == model::name(t.name)) return t;
        }
        return {};
    }
};

} // namespace autopack_schema::migrate::sqlite
