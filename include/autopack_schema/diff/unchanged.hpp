// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/fixed_text.hpp>
#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/diff/detail/change_names.hpp>
#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/diff/rules.hpp>
#include <autopack_schema/model/schema.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace autopack_schema {

/// A change that no migration makes, as the compiler prints it: what has to be done, table, object.
template <change_kind Kind, fixed_text... Name>
struct missing_change;

/// All changes that no migration makes (the first sixteen), as the compiler prints them.
/// shape: never defined; reading `::none` from it is the error, so that its name is in the one `error:` line
template <class... MissingChange>
struct schema_drift;

/// Tells whether two schemas mean the same, so that no migration is needed from one to the other.
constexpr bool unchanged(const model::schema& now, const model::schema& locked, const rules& dialect = as_written) {
    return diff(locked, now, dialect).empty();
}

namespace detail {

template <std::size_t Max>
struct changes_found {
    std::array<change_names, Max> list{};
    std::size_t count = 0;
};

template <const auto& Now, const auto& Locked, const rules& Dialect>
struct drift_of {
    static constexpr std::size_t max = 16;

    static consteval changes_found<max> find_changes() {
        const model::schema to = Now;
        const model::schema from = Locked;
        const std::vector<change> changes = diff(from, to, Dialect);
        changes_found<max> result;
        for (; result.count < max && result.count < changes.size(); ++result.count) {
            result.list[result.count] = names_of(changes[result.count], from, to);
        }
        return result;
    }
    static constexpr changes_found<max> found = find_changes();

    template <std::size_t Index>
    static constexpr auto table = fixed_text<found.list[Index].table.size()>(found.list[Index].table);
    template <std::size_t Index>
    static constexpr auto object = fixed_text<found.list[Index].object.size()>(found.list[Index].object);

    template <std::size_t Index, bool HasTable, bool HasObject>
    struct missing {
        using type = missing_change<found.list[Index].kind, table<Index>, object<Index>>;
    };
    template <std::size_t Index>
    struct missing<Index, true, false> {
        using type = missing_change<found.list[Index].kind, table<Index>>;
    };
    template <std::size_t Index>
    struct missing<Index, false, true> {
        using type = missing_change<found.list[Index].kind, object<Index>>;
    };
    template <std::size_t Index>
    using missing_at =
        typename missing<Index, !found.list[Index].table.empty(), !found.list[Index].object.empty()>::type;
};

/// Is instantiated where there is a change; a compiler shows the line with the text of the error.
template <class... MissingChange>
struct report_drift {
    // clang-format off
    static_assert(schema_drift<MissingChange...>::none, "autopack_schema: [S135] the definitions changed and no migration makes these changes; write one, or restore the definition (docs/errors.md#s135)");
    // clang-format on
};

template <class Drift, std::size_t... Index>
consteval bool report_all(std::index_sequence<Index...>) {
    return sizeof(report_drift<typename Drift::template missing_at<Index>...>) != 0;
}

} // namespace detail

/// Makes it a compile error that a schema is not what it was: `static_assert(aps::unchanged<autopack, autopack_lock>());`
/// shape:  true. Both are constants that convert to `model::schema`: definitions or frozen models. Where they differ,
///         the one `error:` line names each change with table and column, as in
///         `schema_drift<missing_change<change_kind::add_column, "llm_usage_events", "total_tokens">>`.
/// errors: S135 they differ (compile time)
template <const auto& Now, const auto& Locked, const rules& Dialect = as_written>
consteval bool unchanged() {
    using drift = detail::drift_of<Now, Locked, Dialect>;
    if constexpr (drift::found.count == 0) {
        return true;
    } else {
        return detail::report_all<drift>(std::make_index_sequence<drift::found.count>());
    }
}

} // namespace autopack_schema
