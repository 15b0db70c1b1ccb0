// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/column.hpp>
#include <autopack_schema/model/constraint.hpp>
#include <autopack_schema/model/type.hpp>

#include <array>
#include <span>
#include <string_view>

namespace autopack_schema::cli::lock_file {

/// A value of an enumeration and the word that stands for it in a lock file.
template <class Enum>
struct word {
    Enum value;
    std::string_view text;
};

/// Meanings of types.
inline constexpr auto type_words = std::to_array<word<model::type_kind>>({
    {model::type_kind::integer, "integer"},
    {model::type_kind::real, "real"},
    {model::type_kind::numeric, "numeric"},
    {model::type_kind::text, "text"},
    {model::type_kind::blob, "blob"},
    {model::type_kind::boolean, "boolean"},
    {model::type_kind::timestamp, "timestamp"},
    {model::type_kind::date, "date"},
    {model::type_kind::time, "time"},
    {model::type_kind::json, "json"},
    {model::type_kind::any, "any"},
});

/// ON CONFLICT.
inline constexpr auto conflict_words = std::to_array<word<model::conflict>>({
    {model::conflict::rollback, "rollback"},
    {model::conflict::abort, "abort"},
    {model::conflict::fail, "fail"},
    {model::conflict::ignore, "ignore"},
    {model::conflict::replace, "replace"},
});

/// How a generated column is kept.
inline constexpr auto generated_words = std::to_array<word<model::generated_kind>>({
    {model::generated_kind::virtual_, "virtual"},
    {model::generated_kind::stored, "stored"},
});

/// Who numbers the rows.
inline constexpr auto identity_words = std::to_array<word<model::identity_kind>>({
    {model::identity_kind::autoincrement, "autoincrement"},
    {model::identity_kind::by_default, "by default"},
    {model::identity_kind::always, "always"},
});

/// Where NULLs sort.
inline constexpr auto nulls_words = std::to_array<word<model::nulls_order>>({
    {model::nulls_order::first, "first"},
    {model::nulls_order::last, "last"},
});

/// Foreign key actions.
inline constexpr auto action_words = std::to_array<word<model::fk_action>>({
    {model::fk_action::restrict, "restrict"},
    {model::fk_action::cascade, "cascade"},
    {model::fk_action::set_null, "set null"},
    {model::fk_action::set_default, "set default"},
});

/// When a foreign key is checked.
inline constexpr auto deferral_words = std::to_array<word<model::deferral>>({
    {model::deferral::immediate, "initially immediate"},
    {model::deferral::deferred, "initially deferred"},
});

/// The words of an enumeration; its first value (none, unspecified, …) has no word and is left out of files.
constexpr std::span<const word<model::type_kind>> words_of(model::type_kind) { return type_words; }
/// The words of ON CONFLICT.
constexpr std::span<const word<model::conflict>> words_of(model::conflict) { return conflict_words; }
/// The words of generated columns.
constexpr std::span<const word<model::generated_kind>> words_of(model::generated_kind) { return generated_words; }
/// The words of identity columns.
constexpr std::span<const word<model::identity_kind>> words_of(model::identity_kind) { return identity_words; }
/// The words of NULLS FIRST and LAST.
constexpr std::span<const word<model::nulls_order>> words_of(model::nulls_order) { return nulls_words; }
/// The words of foreign key actions.
constexpr std::span<const word<model::fk_action>> words_of(model::fk_action) { return action_words; }
/// The words of DEFERRABLE.
constexpr std::span<const word<model::deferral>> words_of(model::deferral) { return deferral_words; }

/// The word of a value; empty for the first value of its enumeration.
template <class Enum>
constexpr std::string_view word_of(Enum value) {
    for (const word<Enum>& w : words_of(value)) {
        if (w.value == value) return w.text;
    }
    return {};
}

} // namespace autopack_schema::cli::lock_file
