// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

/// Tells whether a table, index, view or trigger of a schema has a name.
inline bool is_taken(const model::schema& s, const model::name& name) {
    for (const model::unmodelled& o : s.others) {
        if (o.name == name) return true;
    }
    return model::find_table(s, name) != nullptr || model::find(s.indexes, name) != nullptr ||
           model::find(s.views, name) != nullptr || model::find(s.triggers, name) != nullptr;
}

/// Makes the name under which a table is built: the same for the same plan, so that plans can be compared, and free.
/// shape:  `new_` and 12 hexadecimal digits of what the plan was made for; CREATE TABLE comes without IF NOT EXISTS,
///         so a leftover of another program is never taken for ours (trap 48)
inline std::string temporary_name(std::string_view fingerprint, std::string_view table, const model::schema& live,
                                  const model::schema& target) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (std::uint64_t attempt = 0;; ++attempt) {
        std::uint64_t hash = model::name_hash(fingerprint) * 31 + model::name_hash(table) + attempt;
        hash ^= hash >> 29;
        hash *= 0x9e3779b97f4a7c15U;
        std::string name = "new_";
        for (int i = 0; i < 12; ++i) {
            name += digits[hash >> 60];
            hash <<= 4;
        }
        const model::name wanted(name);
        if (!is_taken(live, wanted) && !is_taken(target, wanted)) return name;
    }
}

} // namespace autopack_schema::migrate::sqlite::detail
