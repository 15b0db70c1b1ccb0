// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/describe.hpp>
#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/broken.hpp>
#include <autopack_schema/migrate/sqlite/detail/foreign_keys.hpp>
#include <autopack_schema/migrate/sqlite/fingerprint.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

[[noreturn]] inline void fail_verification(const connection& database, std::string_view code, std::string what) {
    throw error({.code = std::string(code),
                 .what_happened = std::move(what),
                 .database = database.name(),
                 .advice = "everything was rolled back, the database is as before"});
}

/// The schema must be the target, in every meaning.
/// errors: S383
inline void verify_schema(connection& database, const model::schema& now, const model::schema& target) {
    for (const change& c : diff(now, target, sql::sqlite::rules)) {
        if (is_own_table(table_of(c, now, target))) continue;
        fail_verification(database, "S383",
                          "after all steps " + std::string(drift_name(c.kind)) + " " + object_label(c, now, target) +
                              " is still not what was wanted; please report it");
    }
}

/// What stays must be there as it was, byte for byte.
/// errors: S383
inline void verify_kept(connection& database, const model::schema& now, const model::schema& target) {
    const auto lost = [&](std::string_view kind, const model::name& name) {
        fail_verification(database, "S383",
                          std::string(kind) + " " + std::string(name.text) +
                              " would have been lost or changed; please report it");
    };
    for (const model::index& i : target.indexes) {
        const model::index* const is = model::find(now.indexes, i.name);
        if (is == nullptr || (!i.sql.empty() && is->sql != i.sql)) lost("index", i.name);
    }
    for (const model::trigger& t : target.triggers) {
        const model::trigger* const is = model::find(now.triggers, t.name);
        if (is == nullptr || (!t.sql.empty() && is->sql != t.sql)) lost("trigger", t.name);
    }
    for (const model::view& v : target.views) {
        const model::view* const is = model::find(now.views, v.name);
        if (is == nullptr || (!v.sql.empty() && is->sql != v.sql)) lost("view", v.name);
    }
    for (const model::unmodelled& o : target.others) {
        bool there = false;
        for (const model::unmodelled& n : now.others) there = there || (n.name == o.name && n.sql == o.sql);
        if (!there) lost("the object", o.name);
    }
}

/// Views and triggers must compile if they did before.
/// errors: S383
inline void verify_statements(connection& database, const model::schema& now,
                              const std::vector<std::string>& broken_before) {
    for (const std::string& b : broken_statements(database, now)) {
        if (!model::contains(broken_before, b)) {
            fail_verification(database, "S383",
                              b + " after the migration; change it in the definition, or allow its removal");
        }
    }
}

/// No row may break a foreign key that did not break it before (trap 34).
/// errors: S384
inline void verify_references(const connection& database, const broken_references& before,
                              const broken_references& after) {
    for (const std::string& u : after.unusable) {
        if (!model::contains(before.unusable, u)) {
            fail_verification(database, "S384", "the foreign keys of " + u);
        }
    }
    std::size_t added = 0;
    std::size_t at = 0;
    for (const std::uint64_t row : after.rows) { // both are sorted
        while (at < before.rows.size() && before.rows[at] < row) ++at;
        if (at < before.rows.size() && before.rows[at] == row) {
            ++at;
        } else {
            ++added;
        }
    }
    if (added == 0) return;
    fail_verification(database, "S384",
                      std::to_string(added) + " rows would break a foreign key that they did not break before");
}

} // namespace autopack_schema::migrate::sqlite::detail
