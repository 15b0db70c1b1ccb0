// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/drift/options.hpp>
#include <autopack_schema/model/schema.hpp>

#include <cstdint>

namespace autopack_schema::drift::detail {

/// A change with all that is needed to judge and to describe it: `actual` is what the diff came from.
struct drift_case {
    const model::schema& expected;
    const model::schema& actual;
    const drift::options& options;
    change what;

    const model::table* expected_table() const noexcept { return at(expected.tables, what.to_table); }
    const model::table* actual_table() const noexcept { return at(actual.tables, what.from_table); }
    const model::column* expected_column() const noexcept { return at(expected.columns, what.to); }
    const model::column* actual_column() const noexcept { return at(actual.columns, what.from); }
    const model::index* expected_index() const noexcept { return at(expected.indexes, what.to); }
    const model::index* actual_index() const noexcept { return at(actual.indexes, what.from); }
    const model::foreign_key* expected_foreign_key() const noexcept { return at(expected.foreign_keys, what.to); }
    const model::foreign_key* actual_foreign_key() const noexcept { return at(actual.foreign_keys, what.from); }

    /// Tells whether the database refuses NULL in a column of its own.
    bool actual_refuses_null(const model::column& c) const {
        return options.dialect.rules.not_null({actual, *actual_table()}, c);
    }
    bool actual_is_rowid(const model::column& c) const {
        return options.dialect.rules.rowid_alias({actual, *actual_table()}, c);
    }
    bool expected_refuses_null(const model::column& c) const {
        return options.dialect.rules.not_null({expected, *expected_table()}, c);
    }

private:
    template <class T>
    static const T* at(model::items<T> all, std::uint32_t position) noexcept {
        return position < all.size() ? &all[position] : nullptr;
    }
};

} // namespace autopack_schema::drift::detail
