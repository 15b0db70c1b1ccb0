// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/binding.hpp>
#include <autopack_schema/define/detail/sizes.hpp>
#include <autopack_schema/define/key_part.hpp>
#include <autopack_schema/define/words.hpp>
#include <autopack_schema/model/constraint.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace autopack_schema {

/// PRIMARY KEY over columns; see `primary_key`.
template <std::size_t Parts>
struct primary_key_definition {
    model::primary_key value{};
    std::array<part, Parts> parts{};
    using bound_as = detail::no_binding;
    static constexpr detail::sizes size{.parts = Parts};

    consteval primary_key_definition on_conflict(model::conflict action) const {
        auto copy = *this;
        copy.value.on_conflict = action;
        return copy;
    }
};

/// PRIMARY KEY: at a column the word alone, at a table with columns, with a name in front if it has one.
/// shape:  `column<&row::id>(primary_key)`, `primary_key("run_id", "phase_id")`, `primary_key(name("pk_x"), "a", "b")`
/// errors: S111 two of them, S112 no such column, S113 the member is optional (compile time)
struct primary_key_word {
    model::primary_key value{};

    template <detail::is_part... Part>
        requires(sizeof...(Part) > 0)
    consteval primary_key_definition<sizeof...(Part)> operator()(Part... parts) const {
        return {value, {part(parts)...}};
    }
    template <detail::is_part... Part>
        requires(sizeof...(Part) > 0)
    consteval primary_key_definition<sizeof...(Part)> operator()(constraint_name n, Part... parts) const {
        return {{.name = n.value}, {part(parts)...}};
    }
    consteval primary_key_word operator()(constraint_name n) const { return named(n.value); }

    /// At a column: PRIMARY KEY DESC, which is no rowid alias in SQLite.
    consteval primary_key_word desc() const {
        auto copy = *this;
        copy.value.inline_descending = true;
        return copy;
    }
    consteval primary_key_word on_conflict(model::conflict action) const {
        auto copy = *this;
        copy.value.on_conflict = action;
        return copy;
    }

private:
    consteval primary_key_word named(model::name n) const {
        auto copy = *this;
        copy.value.name = n;
        return copy;
    }
};

/// UNIQUE over columns; see `unique`.
template <std::size_t Parts>
struct unique_definition {
    model::unique_constraint value{};
    std::array<part, Parts> parts{};
    using bound_as = detail::no_binding;
    static constexpr detail::sizes size{.parts = Parts, .uniques = 1};

    consteval unique_definition on_conflict(model::conflict action) const {
        auto copy = *this;
        copy.value.on_conflict = action;
        return copy;
    }
    consteval unique_definition nulls_not_distinct() const {
        auto copy = *this;
        copy.value.nulls_not_distinct = true;
        return copy;
    }
};

/// UNIQUE: at a column the word alone, at a table with columns, with a name in front if it has one.
/// shape:  `column<&row::email>(unique)`, `unique("a", "b")`, `unique(name("uq_x"), "a", "b")`
/// errors: S116 no such column (compile time)
struct unique_word {
    model::unique_constraint value{};

    template <detail::is_part... Part>
        requires(sizeof...(Part) > 0)
    consteval unique_definition<sizeof...(Part)> operator()(Part... parts) const {
        return {value, {part(parts)...}};
    }
    template <detail::is_part... Part>
        requires(sizeof...(Part) > 0)
    consteval unique_definition<sizeof...(Part)> operator()(constraint_name n, Part... parts) const {
        return {{.name = n.value}, {part(parts)...}};
    }
    consteval unique_word operator()(constraint_name n) const { return {{.name = n.value}}; }
    consteval unique_word on_conflict(model::conflict action) const {
        auto copy = *this;
        copy.value.on_conflict = action;
        return copy;
    }
};

inline namespace words {
/// PRIMARY KEY, of a column or over columns; see `primary_key_word`.
inline constexpr primary_key_word primary_key{};
/// UNIQUE, of a column or over columns; see `unique_word`.
inline constexpr unique_word unique{};
} // namespace words

/// CHECK, at a column or at a table; see `check`.
struct check_definition {
    model::check_constraint value{};
    using bound_as = detail::no_binding;
    static constexpr detail::sizes size{.checks = 1};
};

/// CHECK with an expression, written without the parentheses around it; with a name in front if it has one.
consteval check_definition check(std::string_view expression) { return {{.expression = expression}}; }
consteval check_definition check(std::string_view name, std::string_view expression) {
    return {{.name = name, .expression = expression}};
}

} // namespace autopack_schema
