// SPDX-License-Identifier: MIT
// autopack_schema 0.1.0 in one header. Made by tools/amalgamate.py from include/; do not edit.
#pragma once

#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

// ---- autopack_schema/model/name.hpp

namespace autopack_schema::model {

/// Folds one ASCII letter to lower case; every other byte stays, as SQLite compares names.
constexpr char fold(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

namespace detail {

constexpr std::uint64_t byte(char c, int shift) noexcept {
    return static_cast<std::uint64_t>(static_cast<unsigned char>(c)) << shift;
}

} // namespace detail

/// Hashes a name so that names that mean the same have equal hashes and most others have not: unequal names differ by
/// one integer comparison.
/// shape:  eight characters a step, because a compiler that evaluates this pays for each step; not for storing
/// source: FNV-1a with 64-bit words and a bit of mixing; bit 5 is set in each character, which folds ASCII letters
constexpr std::uint64_t name_hash(std::string_view name) noexcept {
    const char* p = name.data();
    std::size_t rest = name.size();
    std::uint64_t hash = 0xcbf29ce484222325U;
    using detail::byte;
    for (; rest >= 8; rest -= 8, p += 8) {
        const std::uint64_t word = byte(p[0], 0) | byte(p[1], 8) | byte(p[2], 16) | byte(p[3], 24) | byte(p[4], 32) |
                                   byte(p[5], 40) | byte(p[6], 48) | byte(p[7], 56);
        hash = (hash ^ (word | 0x2020202020202020U)) * 0x100000001b3U;
        hash ^= hash >> 29;
    }
    for (; rest != 0; --rest) hash = (hash ^ static_cast<unsigned char>(*p++ | 0x20)) * 0x100000001b3U;
    return hash ^ (hash << 23);
}

/// Tells whether two names mean the same object: equal but for the case of ASCII letters.
constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    if (a == b) return true;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (fold(a[i]) != fold(b[i])) return false;
    }
    return true;
}

/// A name with its hash, so that comparing names costs an integer comparison first.
struct name {
    std::string_view text;
    std::uint64_t hash = name_hash({});

    constexpr name() noexcept = default;
    constexpr name(std::string_view name_text) noexcept : text(name_text), hash(name_hash(name_text)) {}
    constexpr name(const char* name_text) noexcept : name(std::string_view(name_text)) {}

    constexpr operator std::string_view() const noexcept { return text; }
    constexpr bool empty() const noexcept { return text.empty(); }

    friend constexpr bool operator==(const name& a, const name& b) noexcept {
        return a.hash == b.hash && same_name(a.text, b.text);
    }
};

} // namespace autopack_schema::model

// ---- autopack_schema/model/type.hpp

namespace autopack_schema::model {

/// What a column's values mean, whatever a database calls the type.
enum class type_kind : std::uint8_t {
    unspecified, ///< nothing declared, or a type this library does not know: `declared` says it all
    integer,
    real,
    numeric,
    text,
    blob,
    boolean,
    timestamp, ///< date and time
    date,
    time,
    json,
    any, ///< SQLite STRICT tables: any value, unconverted
};

/// The type of a column: its meaning, and its spelling where one was given.
struct data_type {
    type_kind kind = type_kind::unspecified;
    std::uint8_t bytes = 0;      ///< width of an integer or a real: 2, 4 or 8; 0 where it says nothing
    std::string_view declared{}; ///< as written; empty: the dialect's own spelling of `kind`

    friend constexpr bool operator==(const data_type&, const data_type&) = default;
};

} // namespace autopack_schema::model

// ---- autopack_schema/model/value.hpp

namespace autopack_schema::model {

/// What stands behind DEFAULT.
enum class default_kind : std::uint8_t {
    none,       ///< no DEFAULT clause
    null,       ///< DEFAULT NULL
    integer,    ///< `integer`; TRUE and FALSE are 1 and 0
    real,       ///< `real`
    text,       ///< `text`, unquoted
    blob,       ///< `text` holds the bytes in hexadecimal
    expression, ///< `text` is SQL, without enclosing parentheses; CURRENT_TIMESTAMP is one
};

/// A column's default: a literal as a value, anything else as SQL.
struct default_value {
    default_kind kind = default_kind::none;
    std::int64_t integer = 0;
    double real = 0.0;
    std::string_view text{};

    constexpr bool present() const noexcept { return kind != default_kind::none; }
    friend constexpr bool operator==(const default_value&, const default_value&) = default;
};

} // namespace autopack_schema::model

// ---- autopack_schema/model/column.hpp

namespace autopack_schema::model {

/// What happens to a row that breaks a constraint (`ON CONFLICT`, SQLite).
enum class conflict : std::uint8_t { none, rollback, abort, fail, ignore, replace };

/// How a generated column is kept.
enum class generated_kind : std::uint8_t { none, virtual_, stored };

/// Who numbers the rows, where the database is asked to.
enum class identity_kind : std::uint8_t {
    none,
    autoincrement, ///< SQLite AUTOINCREMENT: a number is never given twice
    by_default,    ///< PostgreSQL GENERATED BY DEFAULT AS IDENTITY
    always,        ///< PostgreSQL GENERATED ALWAYS AS IDENTITY
};

/// One column of a table.
struct column {
    model::name name{};
    data_type type{};
    bool nullable = true; ///< no NOT NULL clause; what a key implies is the dialect's knowledge
    conflict on_null = conflict::none;
    default_value default_to{};
    generated_kind generated = generated_kind::none;
    identity_kind identity = identity_kind::none;
    std::string_view generated_as{}; ///< expression, without enclosing parentheses
    std::string_view collation{};    ///< empty: the database's default
    model::name renamed_from{};        ///< hint for diffs, never read from a database

    friend constexpr bool operator==(const column&, const column&) = default;
};

} // namespace autopack_schema::model

// ---- autopack_schema/define/column_option.hpp

namespace autopack_schema {

/// The spelling of a column's type; see `type`.
struct type_option {
    std::string_view declared{};
};
/// The type as the database shall read it, where the dialect's own spelling is not wanted: `type("VARCHAR(33)")`.
consteval type_option type(std::string_view declared) { return {declared}; }

/// The collation of a column; see `collate`.
struct collate_option {
    std::string_view collation{};
};
/// COLLATE of a column: `collate("NOCASE")`; of a part of an index: `collate("name", "NOCASE")`.
consteval collate_option collate(std::string_view collation) { return {collation}; }

/// How a column is generated; see `generated_always_as`.
struct generated_option {
    std::string_view expression{};
    model::generated_kind kind = model::generated_kind::virtual_;
};
/// GENERATED ALWAYS AS with an expression, written without the parentheses around it.
consteval generated_option generated_always_as(std::string_view expression,
                                               model::generated_kind kind = model::generated_kind::virtual_) {
    return {expression, kind};
}

/// What a NOT NULL column does with NULL; see `on_null`.
struct on_null_option {
    model::conflict action = model::conflict::none;
};
/// NOT NULL ON CONFLICT (SQLite).
consteval on_null_option on_null(model::conflict action) { return {action}; }

} // namespace autopack_schema

// ---- autopack_schema/define/problem.hpp

namespace autopack_schema {

/// What can be wrong with a definition; the value of an enumerator is the number in its error code.
/// source: docs/errors.md
enum class problem : std::uint16_t {
    none = 0,
    S101_table_without_columns = 101,
    S102_member_without_column = 102,
    S103_member_with_two_columns = 103,
    S104_two_columns_with_one_name = 104,
    S105_member_type_is_no_column_type = 105,
    S106_member_type_does_not_own_its_text = 106,
    S107_member_type_is_unsigned_64_bit = 107,
    S108_member_type_is_optional_twice = 108,
    S109_default_of_another_type = 109,
    S110_default_null_on_plain_member = 110,
    S111_two_primary_keys = 111,
    S112_primary_key_names_no_column = 112,
    S113_primary_key_member_is_optional = 113,
    S114_autoincrement_needs_one_integer_key = 114,
    S115_index_names_no_column = 115,
    S116_unique_names_no_column = 116,
    S117_foreign_key_names_no_column = 117,
    S118_foreign_key_parent_not_in_schema = 118,
    S119_foreign_key_parent_has_no_such_column = 119,
    S120_foreign_key_sides_differ_in_length = 120,
    S121_foreign_key_references_no_key = 121,
    S122_two_tables_with_one_name = 122,
    S123_two_indexes_with_one_name = 123,
    S124_two_objects_with_one_name = 124,
    S125_trigger_on_nothing_in_schema = 125,
    S126_column_twice_in_one_key = 126,
    S127_strict_table_refuses_type = 127,
    S128_renamed_from_existing_name = 128,
    S129_empty_name = 129,
    S130_without_rowid_needs_primary_key = 130,
    S131_generated_column_with_default_or_key = 131,
    S132_key_without_columns = 132,
    S133_default_value_is_no_enumerator = 133,
    S134_option_given_twice = 134,
};

/// One mistake in a definition.
struct finding {
    problem what = problem::none;
    std::string_view table{};
    std::string_view column{}; ///< or the member, or the object
    std::string_view detail{}; ///< the index, the key, the parent's column; may be empty

    constexpr explicit operator bool() const noexcept { return what != problem::none; }
};

} // namespace autopack_schema

// ---- autopack_schema/define/column_traits.hpp

namespace autopack_schema {

/// How a C++ type is a column: the one place to specialise for types of your own.
/// shape:  `static constexpr model::data_type type`; a type that the database layer cannot bind by itself adds
///         `using stored = …;` (integer, double, bool, std::string or std::vector<std::byte>),
///         `static stored to_stored(const T&)` and `static T from_stored(stored)`
/// errors: S105 a member's type has no specialisation (compile time)
template <class T>
struct column_traits;

namespace detail {

template <model::type_kind Kind, std::uint8_t Bytes = 0>
struct plain_column {
    static constexpr model::data_type type{Kind, Bytes, {}};
};

template <class T>
concept is_column_integer = std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char> &&
                            !std::is_same_v<T, wchar_t> && !std::is_same_v<T, char8_t> &&
                            !std::is_same_v<T, char16_t> && !std::is_same_v<T, char32_t> &&
                            !(std::is_unsigned_v<T> && sizeof(T) == 8);

/// Bytes that hold every value of an integer type as a signed number.
template <class T>
consteval std::uint8_t signed_bytes() {
    const std::size_t needed = std::is_unsigned_v<T> ? sizeof(T) * 2 : sizeof(T);
    return static_cast<std::uint8_t>(needed < 2 ? 2 : needed);
}

} // namespace detail

template <detail::is_column_integer T>
struct column_traits<T> : detail::plain_column<model::type_kind::integer, detail::signed_bytes<T>()> {};
template <>
struct column_traits<bool> : detail::plain_column<model::type_kind::boolean> {};
template <>
struct column_traits<float> : detail::plain_column<model::type_kind::real, 4> {};
template <>
struct column_traits<double> : detail::plain_column<model::type_kind::real, 8> {};
template <>
struct column_traits<std::string> : detail::plain_column<model::type_kind::text> {};
template <>
struct column_traits<std::vector<std::byte>> : detail::plain_column<model::type_kind::blob> {};
/// An enumeration is stored by the name of its value.
template <class T>
    requires std::is_enum_v<T>
struct column_traits<T> : detail::plain_column<model::type_kind::text> {};

/// A type that can be a column as it is, NOT NULL.
template <class T>
concept is_column_value = requires {
    { column_traits<T>::type } -> std::convertible_to<model::data_type>;
};

namespace detail {

/// Identifies a type by an address, so that plain values can remember it.
template <class T>
inline constexpr char type_id = 0;

/// What a member's type makes of its column.
struct member_type {
    model::data_type type{};
    bool nullable = false;
    const void* id = nullptr; ///< of the type inside std::optional
    problem what = problem::none;
    bool is_enum = false;
    std::int64_t min = std::numeric_limits<std::int64_t>::min(); ///< of an integer
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

template <class T>
consteval problem refusal() {
    if constexpr (is_column_value<T>) {
        return problem::none;
    } else if constexpr (std::is_convertible_v<T, std::string_view> || std::is_pointer_v<T>) {
        return problem::S106_member_type_does_not_own_its_text;
    } else if constexpr (std::is_integral_v<T> && std::is_unsigned_v<T> && sizeof(T) == 8) {
        return problem::S107_member_type_is_unsigned_64_bit;
    } else {
        return problem::S105_member_type_is_no_column_type;
    }
}

template <class T>
consteval member_type plain_member_type() {
    member_type m{{}, false, &type_id<T>, refusal<T>(), std::is_enum_v<T>};
    if constexpr (is_column_value<T>) m.type = column_traits<T>::type;
    if constexpr (is_column_integer<T>) {
        m.min = static_cast<std::int64_t>(std::numeric_limits<T>::min());
        m.max = static_cast<std::int64_t>(std::numeric_limits<T>::max());
    }
    return m;
}

consteval member_type optional_of(member_type m) {
    if (m.nullable) m.what = problem::S108_member_type_is_optional_twice;
    m.nullable = true;
    return m;
}

template <class T>
struct member_type_of {
    static constexpr member_type value = plain_member_type<T>();
};

template <class T>
struct member_type_of<std::optional<T>> {
    static constexpr member_type value = optional_of(member_type_of<T>::value);
};

} // namespace detail
} // namespace autopack_schema

// ---- autopack_schema/define/detail/sizes.hpp

namespace autopack_schema::detail {

/// How many elements of each array of a schema a definition needs.
struct sizes {
    std::size_t tables = 0;
    std::size_t columns = 0;
    std::size_t parts = 0;
    std::size_t names = 0;
    std::size_t uniques = 0;
    std::size_t checks = 0;
    std::size_t foreign_keys = 0;
    std::size_t indexes = 0;
    std::size_t views = 0;
    std::size_t triggers = 0;

    friend constexpr sizes operator+(const sizes& a, const sizes& b) {
        return {a.tables + b.tables,       a.columns + b.columns, a.parts + b.parts,
                a.names + b.names,         a.uniques + b.uniques, a.checks + b.checks,
                a.foreign_keys + b.foreign_keys, a.indexes + b.indexes, a.views + b.views,
                a.triggers + b.triggers};
    }
};

} // namespace autopack_schema::detail

// ---- autopack_schema/model/constraint.hpp

namespace autopack_schema::model {

/// Consecutive elements of one of a schema's arrays.
struct range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;

    friend constexpr bool operator==(const range&, const range&) = default;
};

/// Where NULLs sort in an index.
enum class nulls_order : std::uint8_t { unspecified, first, last };

/// One part of a key or an index: a column, or an expression.
struct key_part {
    model::name text{}; ///< column name, or the expression as SQL without enclosing parentheses
    bool is_expression = false;
    bool descending = false;
    nulls_order nulls = nulls_order::unspecified;
    std::string_view collation{};      ///< empty: the column's own
    std::string_view operator_class{}; ///< PostgreSQL

    friend constexpr bool operator==(const key_part&, const key_part&) = default;
};

/// The PRIMARY KEY of a table; without parts there is none.
struct primary_key {
    model::name name{}; ///< of the constraint; empty: unnamed
    range parts{};      ///< in `schema::parts`, in key order
    bool inline_descending = false; ///< column-level `PRIMARY KEY DESC`, which is no rowid alias in SQLite
    conflict on_conflict = conflict::none;

    constexpr bool present() const noexcept { return parts.count != 0; }
    friend constexpr bool operator==(const primary_key&, const primary_key&) = default;
};

/// A UNIQUE constraint.
struct unique_constraint {
    model::name name{}; ///< empty: unnamed
    range parts{};      ///< in `schema::parts`
    conflict on_conflict = conflict::none;
    bool nulls_not_distinct = false; ///< PostgreSQL 15

    friend constexpr bool operator==(const unique_constraint&, const unique_constraint&) = default;
};

/// A CHECK constraint.
struct check_constraint {
    model::name name{};            ///< empty: unnamed
    std::string_view expression{}; ///< without enclosing parentheses
    model::name column{};          ///< the column it was written at; empty: at the table

    friend constexpr bool operator==(const check_constraint&, const check_constraint&) = default;
};

/// What a foreign key does when the parent row goes or changes.
enum class fk_action : std::uint8_t { no_action, restrict, cascade, set_null, set_default };

/// When a foreign key is checked. SQLite knows no SET CONSTRAINTS: only `deferred` differs there.
enum class deferral : std::uint8_t { not_deferrable, immediate, deferred };

/// A FOREIGN KEY.
struct foreign_key {
    model::name name{};    ///< empty: unnamed
    range columns{};       ///< in `schema::names`
    model::name parent{};  ///< table
    range parent_columns{}; ///< in `schema::names`; empty: the parent's primary key
    fk_action on_delete = fk_action::no_action;
    fk_action on_update = fk_action::no_action;
    deferral defer = deferral::not_deferrable;
    std::string_view match{}; ///< as written; SQLite ignores it

    friend constexpr bool operator==(const foreign_key&, const foreign_key&) = default;
};

} // namespace autopack_schema::model

// ---- autopack_schema/define/key_part.hpp

namespace autopack_schema {

/// One part of a key or an index; made from a column's name, `desc`, `expression` or `collate`.
struct part {
    model::key_part value{};

    constexpr part() = default;
    consteval part(const char* column_name) { value.text = column_name; }
    consteval part(std::string_view column_name) { value.text = column_name; }

    /// The part with a collation of its own: `expression("name").collate("NOCASE")`.
    consteval part collate(std::string_view collation) const {
        part copy = *this;
        copy.value.collation = collation;
        return copy;
    }
    consteval part desc() const {
        part copy = *this;
        copy.value.descending = true;
        return copy;
    }
    consteval part nulls(model::nulls_order order) const {
        part copy = *this;
        copy.value.nulls = order;
        return copy;
    }
};

/// A part in descending order: `index("ix", desc("timestamp"))`.
consteval part desc(part p) { return p.desc(); }

/// A part that is an expression, written without the parentheses around it: `expression("lower(email)")`.
consteval part expression(std::string_view sql) {
    part p;
    p.value.text = sql;
    p.value.is_expression = true;
    return p;
}

/// A part with a collation of its own: `index("ix", collate("name", "NOCASE"))`.
consteval part collate(part p, std::string_view collation) { return p.collate(collation); }

namespace detail {
template <class T>
concept is_part = std::convertible_to<T, part>;
}

} // namespace autopack_schema

// ---- autopack_schema/define/words.hpp

namespace autopack_schema {

/// The name of a constraint; see `name`.
struct constraint_name {
    model::name value{};
};

/// Names a constraint: `unique(name("uq_phases"), "run_id", "phase_id")`.
consteval constraint_name name(std::string_view text) { return {text}; }

/// The former name of a column or a table, so that a diff renames it instead of dropping and adding.
struct renamed_from {
    model::name value;
    static constexpr detail::sizes size{};

    consteval explicit renamed_from(std::string_view former_name) : value(former_name) {}
};

struct autoincrement_word {};
struct without_rowid_word {
    static constexpr detail::sizes size{};
};
struct strict_word {
    static constexpr detail::sizes size{};
};

// An inline namespace keeps local variables of these names in this library free of -Wshadow.
inline namespace words {

/// SQLite AUTOINCREMENT, an identity column elsewhere: a number is never given twice.
inline constexpr autoincrement_word autoincrement{};
/// A table that is stored in the order of its primary key (SQLite).
inline constexpr without_rowid_word without_rowid{};
/// A table that refuses values of another type (SQLite).
inline constexpr strict_word strict{};

inline constexpr model::fk_action no_action = model::fk_action::no_action;
inline constexpr model::fk_action restrict = model::fk_action::restrict;
inline constexpr model::fk_action cascade = model::fk_action::cascade;
inline constexpr model::fk_action set_null = model::fk_action::set_null;
inline constexpr model::fk_action set_default = model::fk_action::set_default;

/// Generated columns: computed when read.
inline constexpr model::generated_kind virtual_ = model::generated_kind::virtual_;
/// Generated columns: computed when written.
inline constexpr model::generated_kind stored = model::generated_kind::stored;

} // namespace words
} // namespace autopack_schema

// ---- autopack_schema/define/constraint.hpp

namespace autopack_schema {

/// PRIMARY KEY over columns; see `primary_key`.
template <std::size_t Parts>
struct primary_key_definition {
    model::primary_key value{};
    std::array<part, Parts> parts{};
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
inline constexpr primary_key_word primary_key{};
inline constexpr unique_word unique{};
} // namespace words

/// CHECK, at a column or at a table; see `check`.
struct check_definition {
    model::check_constraint value{};
    static constexpr detail::sizes size{.checks = 1};
};

/// CHECK with an expression, written without the parentheses around it; with a name in front if it has one.
consteval check_definition check(std::string_view expression) { return {{.expression = expression}}; }
consteval check_definition check(std::string_view name, std::string_view expression) {
    return {{.name = name, .expression = expression}};
}

} // namespace autopack_schema

// ---- autopack_schema/define/enum_name.hpp

namespace autopack_schema {

/// The values among which the enumerators of an enumeration are looked for; specialise for others.
template <class Enum>
struct enum_range {
    static constexpr int min = std::is_signed_v<std::underlying_type_t<Enum>> ? -8 : 0;
    static constexpr int max = std::is_same_v<std::underlying_type_t<Enum>, bool> ? 1 : 119;
};

/// An enumerator and the name that it is stored by.
template <class Enum>
struct enumerator {
    Enum value{};
    std::string_view name{};
};

namespace detail {

template <class Enum>
concept has_fixed_underlying_type = std::is_enum_v<Enum> && requires { Enum{0}; };

template <class Enum, Enum... Values>
consteval std::string_view pretty_values() {
#if defined(_MSC_VER) && !defined(__clang__)
    constexpr std::string_view text{__FUNCSIG__, sizeof(__FUNCSIG__) - 1};
    return text.substr(0, text.rfind('>'));
#else
    constexpr std::string_view text{__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
#if defined(__clang__)
    return text.substr(0, text.rfind('>'));
#else
    // GCC prints what std::string_view stands for behind the values.
    return text.substr(0, text.find('}', text.find("Values = {")));
#endif
#endif
}

/// Cuts the last element off a list as compilers print it.
/// shape: the name of an enumerator, empty for a value that has none; `list` loses the element
constexpr std::string_view take_last_enumerator(std::string_view& list) {
    std::size_t first = list.size();
    int depth = 0;
    for (; first > 0; --first) {
        const char c = list[first - 1];
        if (c == ')' || c == '>') ++depth;
        if (c == '(' || (c == '<' && depth > 0)) --depth;
        else if (depth == 0 && (c == ',' || c == '{' || c == '<')) break;
    }
    std::string_view element = list.substr(first);
    list = list.substr(0, first > 0 ? first - 1 : 0);
    while (!element.empty() && element.front() == ' ') element.remove_prefix(1);
    if (element.empty() || element.front() == '(' || element.front() == '-' ||
        (element.front() >= '0' && element.front() <= '9')) {
        return {};
    }
    return element.substr(element.rfind(':') + 1);
}

template <class Enum, class Indexes>
struct enumerator_search;

template <class Enum, int... Index>
struct enumerator_search<Enum, std::integer_sequence<int, Index...>> {
    static constexpr int min = enum_range<Enum>::min;
    using list_of_all = std::array<enumerator<Enum>, sizeof...(Index)>;

    static consteval list_of_all find_all() {
        list_of_all list{};
        std::string_view text = pretty_values<Enum, static_cast<Enum>(min + Index)...>();
        for (std::size_t i = list.size(); i-- > 0;) {
            list[i] = {static_cast<Enum>(min + static_cast<int>(i)), take_last_enumerator(text)};
        }
        return list;
    }
    static constexpr list_of_all all = find_all();

    static consteval std::size_t count_named() {
        std::size_t n = 0;
        for (const auto& e : all) n += e.name.empty() ? 0 : 1;
        return n;
    }
    using list_of_named = std::array<enumerator<Enum>, count_named()>;

    static consteval list_of_named find_named() {
        list_of_named list{};
        std::size_t n = 0;
        for (const auto& e : all) {
            if (!e.name.empty()) list[n++] = e;
        }
        return list;
    }
};

} // namespace detail

/// The enumerators of an enumeration with the names that they are stored by.
/// shape: an array of `enumerator<Enum>` in the order of their values; specialise it to store other names, or for an
///        enumeration that is neither scoped nor has a fixed underlying type
template <class Enum>
    requires detail::has_fixed_underlying_type<Enum>
inline constexpr auto enumerators = detail::enumerator_search<
    Enum, std::make_integer_sequence<int, enum_range<Enum>::max - enum_range<Enum>::min + 1>>::find_named();

/// The name that a value is stored by; empty where it has none.
template <class Enum>
constexpr std::string_view enum_name(Enum value) {
    for (const auto& e : enumerators<Enum>) {
        if (e.value == value) return e.name;
    }
    return {};
}

/// The value that is stored by a name, if there is one; case counts.
template <class Enum>
constexpr std::optional<Enum> enum_value(std::string_view name) {
    for (const auto& e : enumerators<Enum>) {
        if (e.name == name) return e.value;
    }
    return std::nullopt;
}

} // namespace autopack_schema

// ---- autopack_schema/define/default_value.hpp

namespace autopack_schema {

/// A DEFAULT clause as it was written; see `default_value` and `default_expression`.
struct default_option {
    model::default_value value{};
    bool is_boolean = false;
    const void* enumeration = nullptr; ///< the type that an enumerator is of
    problem what = problem::none;
};

/// DEFAULT with a literal: a number, a text, true or false, an enumerator, nullptr.
/// errors: S109 another type than the member's, S110 NULL for a plain member, S133 no enumerator (compile time)
template <class T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>
consteval default_option default_value(T value) {
    default_option option;
    if constexpr (std::is_enum_v<T>) {
        option.value = {model::default_kind::text, 0, 0.0, enum_name(value)};
        option.enumeration = &detail::type_id<T>;
        if (option.value.text.empty()) option.what = problem::S133_default_value_is_no_enumerator;
    } else if constexpr (std::is_floating_point_v<T>) {
        option.value = {model::default_kind::real, 0, static_cast<double>(value), {}};
    } else {
        option.value = {model::default_kind::integer, static_cast<std::int64_t>(value), 0.0, {}};
        option.is_boolean = std::is_same_v<T, bool>;
    }
    return option;
}
consteval default_option default_value(std::string_view text) {
    return {{model::default_kind::text, 0, 0.0, text}, false, nullptr, problem::none};
}
consteval default_option default_value(const char* text) { return default_value(std::string_view(text)); }
consteval default_option default_value(std::nullptr_t) {
    return {{model::default_kind::null, 0, 0.0, {}}, false, nullptr, problem::none};
}
consteval default_option default_value(std::nullopt_t) { return default_value(nullptr); }

/// DEFAULT with an expression, written without the parentheses around it: `default_expression("CURRENT_TIMESTAMP")`.
consteval default_option default_expression(std::string_view sql) {
    return {{model::default_kind::expression, 0, 0.0, sql}, false, nullptr, problem::none};
}

namespace detail {

constexpr bool fits_text(model::type_kind kind) {
    using enum model::type_kind;
    return kind == text || kind == json || kind == timestamp || kind == date || kind == time || kind == numeric;
}

/// Tells what is wrong with a default for a member of that type.
constexpr problem check_default(const default_option& option, const member_type& member) {
    using enum model::default_kind;
    if (option.what != problem::none) return option.what;
    const model::type_kind kind = member.type.kind;
    const bool unknown = kind == model::type_kind::unspecified || kind == model::type_kind::any;
    const bool numeric = kind == model::type_kind::real || kind == model::type_kind::numeric;
    bool fits = true;
    switch (option.value.kind) {
    case null: return member.nullable ? problem::none : problem::S110_default_null_on_plain_member;
    case integer:
        fits = option.is_boolean ? kind == model::type_kind::boolean
                                 : numeric || (kind == model::type_kind::integer && option.value.integer >= member.min &&
                                               option.value.integer <= member.max);
        break;
    case real: fits = numeric; break;
    case text: fits = option.enumeration != nullptr || member.is_enum ? option.enumeration == member.id : fits_text(kind); break;
    case blob:
    case expression:
    case none: break;
    }
    return fits || unknown ? problem::none : problem::S109_default_of_another_type;
}

} // namespace detail
} // namespace autopack_schema

// ---- autopack_schema/define/foreign_key.hpp

namespace autopack_schema {

/// The clauses behind REFERENCES; each gives back the definition with the clause added.
template <class Definition>
struct reference_clauses {
    consteval Definition on_delete(model::fk_action action) const {
        return with([action](model::foreign_key& key) { key.on_delete = action; });
    }
    consteval Definition on_update(model::fk_action action) const {
        return with([action](model::foreign_key& key) { key.on_update = action; });
    }
    /// DEFERRABLE INITIALLY DEFERRED: checked at COMMIT.
    consteval Definition deferred() const {
        return with([](model::foreign_key& key) { key.defer = model::deferral::deferred; });
    }
    /// DEFERRABLE INITIALLY IMMEDIATE.
    consteval Definition deferrable() const {
        return with([](model::foreign_key& key) { key.defer = model::deferral::immediate; });
    }
    consteval Definition match(std::string_view kind) const {
        return with([kind](model::foreign_key& key) { key.match = kind; });
    }

private:
    template <class Change>
    consteval Definition with(Change change) const {
        Definition copy = static_cast<const Definition&>(*this);
        change(copy.value);
        return copy;
    }
};

/// FOREIGN KEY of one column, written at the column; see `references`.
struct reference_option : reference_clauses<reference_option> {
    model::foreign_key value{};
    model::name parent_column{};
};

/// REFERENCES of a column, with a name in front if the constraint has one: `references("runs", "id").on_delete(cascade)`.
/// errors: S118 no such table, S119 no such column, S121 the parent's column is no key (compile time)
consteval reference_option references(std::string_view table, std::string_view column) {
    reference_option option;
    option.value.parent = table;
    option.parent_column = column;
    return option;
}
consteval reference_option references(constraint_name n, std::string_view table, std::string_view column) {
    reference_option option = references(table, column);
    option.value.name = n.value;
    return option;
}

/// FOREIGN KEY of a table; see `foreign_key`.
template <std::size_t Columns, std::size_t ParentColumns>
struct foreign_key_definition : reference_clauses<foreign_key_definition<Columns, ParentColumns>> {
    model::foreign_key value{};
    std::array<model::name, Columns> columns{};
    std::array<model::name, ParentColumns> parent_columns{};
    static constexpr detail::sizes size{.names = Columns + ParentColumns, .foreign_keys = 1};
};

/// The columns of a foreign key that does not say yet what it references.
template <std::size_t Columns>
struct foreign_key_columns {
    model::name name{};
    std::array<model::name, Columns> columns{};

    /// The parent table and its columns; without columns its primary key.
    template <std::convertible_to<std::string_view>... Name>
    consteval foreign_key_definition<Columns, sizeof...(Name)> references(std::string_view table,
                                                                          Name... parent_columns) const {
        foreign_key_definition<Columns, sizeof...(Name)> definition;
        definition.value.name = name;
        definition.value.parent = table;
        definition.columns = columns;
        definition.parent_columns = {model::name(std::string_view(parent_columns))...};
        return definition;
    }
};

/// FOREIGN KEY over columns of a table, with a name in front if it has one:
/// `foreign_key("run_id", "phase_id").references("phases", "run_id", "phase_id").on_delete(cascade)`.
/// errors: S117 no such column, S118, S119, S120 the sides differ in length, S121 (compile time)
template <std::convertible_to<std::string_view>... Name>
    requires(sizeof...(Name) > 0)
consteval foreign_key_columns<sizeof...(Name)> foreign_key(Name... columns) {
    return {{}, {model::name(std::string_view(columns))...}};
}
template <std::convertible_to<std::string_view>... Name>
    requires(sizeof...(Name) > 0)
consteval foreign_key_columns<sizeof...(Name)> foreign_key(constraint_name n, Name... columns) {
    return {n.value, {model::name(std::string_view(columns))...}};
}

} // namespace autopack_schema

// ---- autopack_schema/define/detail/column_writer.hpp

namespace autopack_schema::detail {

template <class Member>
struct member_pointer;
template <class Value, class Row>
struct member_pointer<Value Row::*> {
    using value = Value;
    using row = Row;
};

/// What a member alone says about its column. Most columns are no more, so this is kept small: the cost of a
/// definition at compile time is the cost of its columns.
struct column_source {
    const member_type* type;
    const char* text; ///< what the compiler prints for the pointer to the member; `table` reads the name from it

    static constexpr sizes size{.columns = 1};
};

/// What a column with options says, whatever its member.
struct column_facts {
    model::column column{}; ///< without a name where it is the member's
    const char* text = nullptr;
    model::primary_key key{};
    model::unique_constraint unique{};
    bool is_key = false;
    bool is_unique = false;
    problem what = problem::none;

    /// Says something that is wrong or right only in its table.
    constexpr bool is_unusual() const {
        return !column.renamed_from.empty() || column.identity != model::identity_kind::none ||
               column.generated != model::generated_kind::none || !column.type.declared.empty();
    }
};

/// A column with options; the same type for all members with options of the same sort.
template <std::size_t Parts, std::size_t Uniques, std::size_t Checks, std::size_t References>
struct column_body {
    column_facts facts{};
    std::array<model::check_constraint, Checks> checks{};
    std::array<reference_option, References> references{};

    static constexpr detail::sizes size{.columns = 1,
                                        .parts = Parts,
                                        .names = 2 * References,
                                        .uniques = Uniques,
                                        .checks = Checks,
                                        .foreign_keys = References};
};

template <class Wanted, class... Option>
inline constexpr std::size_t count_options = (std::size_t{0} + ... + std::size_t{std::same_as<Option, Wanted>});
template <class Wanted, class... Option>
inline constexpr std::size_t has_option = count_options<Wanted, Option...> != 0 ? 1 : 0;

template <class... Option>
using body_for = column_body<has_option<primary_key_word, Option...> + has_option<unique_word, Option...>,
                             has_option<unique_word, Option...>, count_options<check_definition, Option...>,
                             count_options<reference_option, Option...>>;

/// Takes the options of a column one by one.
struct column_writer {
    column_facts& facts;
    const member_type& member;
    model::check_constraint* next_check;
    reference_option* next_reference;

    constexpr void note(problem p) {
        if (facts.what == problem::none) facts.what = p;
    }
    constexpr void note_twice(bool given) {
        if (given) note(problem::S134_option_given_twice);
    }
    constexpr void take(std::string_view name) {
        note_twice(!facts.column.name.empty());
        if (name.empty()) note(problem::S129_empty_name);
        facts.column.name = name;
    }
    constexpr void take(const primary_key_word& word) {
        note_twice(facts.is_key);
        facts.is_key = true;
        facts.key = word.value;
    }
    constexpr void take(const unique_word& word) {
        note_twice(facts.is_unique);
        facts.is_unique = true;
        facts.unique = word.value;
    }
    constexpr void take(autoincrement_word) { facts.column.identity = model::identity_kind::autoincrement; }
    constexpr void take(const default_option& option) {
        note_twice(facts.column.default_to.present());
        facts.column.default_to = option.value;
        note(check_default(option, member));
    }
    constexpr void take(const type_option& option) {
        note_twice(!facts.column.type.declared.empty());
        facts.column.type.declared = option.declared;
    }
    constexpr void take(const collate_option& option) {
        note_twice(!facts.column.collation.empty());
        facts.column.collation = option.collation;
    }
    constexpr void take(const generated_option& option) {
        facts.column.generated = option.kind;
        facts.column.generated_as = option.expression;
    }
    constexpr void take(const on_null_option& option) { facts.column.on_null = option.action; }
    constexpr void take(const renamed_from& option) { facts.column.renamed_from = option.value; }
    constexpr void take(const check_definition& check) { *next_check++ = check.value; }
    constexpr void take(const reference_option& reference) { *next_reference++ = reference; }
};

template <class Option>
concept is_column_option = requires(column_writer& w, const Option& option) { w.take(option); };

/// Reads the options of a column; instantiated for each set of sorts of options, not for each member.
template <class... Option>
constexpr body_for<Option...> make_body(const column_source& source, const Option&... options) {
    body_for<Option...> body;
    body.facts.text = source.text;
    body.facts.column.type = source.type->type;
    body.facts.column.nullable = source.type->nullable;
    body.facts.what = source.type->what;
    column_writer writer{body.facts, *source.type, body.checks.data(), body.references.data()};
    (writer.take(options), ...);
    return body;
}

} // namespace autopack_schema::detail

// ---- autopack_schema/define/detail/member_name.hpp

namespace autopack_schema::detail {

/// The compiler's text for a class, as in "… [with Class = app::row]".
template <class Class>
constexpr std::string_view pretty_class() {
#if defined(_MSC_VER) && !defined(__clang__)
    return {__FUNCSIG__, sizeof(__FUNCSIG__) - 1};
#else
    return {__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1};
#endif
}

struct marked {
    int here;
};

/// Where compilers print the class in that text.
struct class_layout {
    std::size_t before = 0;
    std::size_t around = 0;
};

constexpr class_layout find_class_layout() {
    const std::string_view text = pretty_class<marked>();
    const std::size_t last = text.rfind("marked");
    const std::size_t first = text.rfind("= ", last) + 2;
    // GCC adds what std::string_view stands for behind the class.
    return {first, text.size() - (last + 6 - first)};
}

inline constexpr class_layout layout_of_class = find_class_layout();

/// The name of a class as it is printed, with its namespaces.
template <class Class>
inline constexpr std::string_view class_text =
    pretty_class<Class>().substr(layout_of_class.before, pretty_class<Class>().size() - layout_of_class.around);

constexpr bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// The part of a text from the start of the last name that ends at `end`.
constexpr std::string_view name_before(std::string_view text, std::size_t end) {
    std::size_t first = end;
    while (first > 0 && is_name_character(text[first - 1])) --first;
    return text.substr(first, end - first);
}

/// What stands behind the first template argument, where compilers print another one.
#if defined(__clang__)
inline constexpr char behind_argument = ',';
#else
inline constexpr char behind_argument = ';';
#endif

/// Reads the name of a member from a text as in "… = &app::row::id, …", looking at each character.
constexpr std::string_view search_member_name(std::string_view text) {
    const std::size_t first = text.find("= &");
    if (first == text.npos) return {};
    int depth = 0;
    std::size_t end = first;
    for (; end < text.size(); ++end) {
        const char c = text[end];
        if (c == '<' || c == '(') ++depth;
        if (c == '>' || c == ')') --depth;
        if (depth == 0 && (c == behind_argument || c == ']')) break;
    }
    return name_before(text, end);
}

/// The end of the first template argument, by a function that compilers evaluate in one step.
constexpr const char* find_behind_argument([[maybe_unused]] const char* text, [[maybe_unused]] const char* name) {
#if defined(__clang__)
    return __builtin_strchr(name, behind_argument); // the signature before has commas
#else
    return __builtin_strchr(text, behind_argument); // GCC 12 adds the offset twice where it is not 0
#endif
}

/// Reads the name of a member from such a text.
/// shape:  `owner` is the text of its class and `before` says where it stands; found by position where the text is as
///         expected, because to look at each character costs more than all else in a column. It is not where the
///         member is a base's, and where Clang prints a class within a function in another way.
constexpr std::string_view member_name(const char* text, std::string_view owner, std::size_t before) {
    const char* const first = text + before;
    if (__builtin_strncmp(first, owner.data(), owner.size()) == 0 && first[owner.size()] == ':') {
        const char* const name = first + owner.size() + 2;
        const char* const end = find_behind_argument(text, name);
        if (end != nullptr && end > name) return {name, static_cast<std::size_t>(end - name)};
    }
    return search_member_name(text);
}

} // namespace autopack_schema::detail

// ---- autopack_schema/define/column.hpp

namespace autopack_schema {

/// A column bound to a member of a row; see `column`.
template <auto Member, class Body>
struct column_definition : Body {
    static constexpr auto member = Member;
};

/// A column bound to a member: its name is the member's (or the first argument), its type and whether it can be NULL
/// are the member's type (`std::optional` is what NULL is), all else is said by options.
/// shape:  `column<&row::id>(primary_key)`, `column<&row::state>("run_state", type("VARCHAR(33)"), default_value(0))`
/// errors: S105 to S108 the member's type, S109 and S110 the default, S134 an option twice (compile time)
template <auto Member, detail::is_column_option... Option>
    requires std::is_member_object_pointer_v<decltype(Member)>
consteval auto column(const Option&... options) {
    using value = typename detail::member_pointer<decltype(Member)>::value;
    const detail::column_source source{&detail::member_type_of<value>::value, __PRETTY_FUNCTION__};
    if constexpr (sizeof...(Option) == 0) {
        return column_definition<Member, detail::column_source>{source};
    } else {
        return column_definition<Member, detail::body_for<Option...>>{detail::make_body(source, options...)};
    }
}

namespace detail {

/// Characters before the class of the member in the text that a column has from the compiler.
inline constexpr std::size_t before_class = std::string_view(column<&marked::here>().text).find("= &") + 3;

} // namespace detail
} // namespace autopack_schema

// ---- autopack_schema/define/fixed_text.hpp

namespace autopack_schema {

/// A text that can be a template argument, so that a name can be read in a compiler's message.
/// shape: `N` characters and a terminating NUL
template <std::size_t N>
struct fixed_text {
    char characters[N + 1]{};

    constexpr fixed_text() noexcept = default;
    constexpr fixed_text(const char (&literal)[N + 1]) noexcept : fixed_text(std::string_view(literal, N)) {}
    constexpr explicit fixed_text(std::string_view text) noexcept {
        for (std::size_t i = 0; i < N; ++i) characters[i] = text[i];
        characters[N] = '\0'; // Clang prints a name of 16 characters as numbers unless the terminator was written
    }

    constexpr std::string_view view() const noexcept { return {characters, N}; }
    friend constexpr bool operator==(const fixed_text&, const fixed_text&) = default;
};

template <std::size_t N>
fixed_text(const char (&)[N]) -> fixed_text<N - 1>;

} // namespace autopack_schema

// ---- autopack_schema/model/table.hpp

namespace autopack_schema::model {

/// An index that was created by its own statement.
struct index {
    model::name name{};
    bool unique = false;
    range parts{};                ///< in `schema::parts`
    std::string_view where{};   ///< predicate of a partial index, without enclosing parentheses
    std::string_view method{};  ///< PostgreSQL; empty: btree
    std::string_view sql{};     ///< the stored statement; empty in a definition

    friend constexpr bool operator==(const index&, const index&) = default;
};

/// What sort of table.
enum class table_kind : std::uint8_t { ordinary, virtual_ };

/// One table; its lists are ranges of the arrays of its schema.
struct table {
    model::name name{};
    table_kind kind = table_kind::ordinary;
    bool without_rowid = false;
    bool strict = false;
    range columns{};
    primary_key key{};
    range uniques{};
    range checks{};
    range foreign_keys{};
    range indexes{};
    std::string_view module{}; ///< virtual tables: `fts5(title, body)`
    model::name renamed_from{};  ///< hint for diffs, never read from a database
    std::string_view sql{};    ///< the stored statement; empty in a definition

    friend constexpr bool operator==(const table&, const table&) = default;
};

/// A view.
struct view {
    model::name name{};
    range columns{};               ///< in `schema::names`: the column list, if one was written
    std::string_view definition{}; ///< the SELECT
    bool materialized = false;   ///< PostgreSQL
    std::string_view sql{};      ///< the stored statement; empty in a definition

    friend constexpr bool operator==(const view&, const view&) = default;
};

/// A trigger.
struct trigger {
    model::name name{};
    model::name table{};           ///< the table or view it belongs to
    std::string_view definition{}; ///< all behind the name: `AFTER INSERT ON t … BEGIN … END`
    std::string_view sql{};      ///< the stored statement; empty in a definition

    friend constexpr bool operator==(const trigger&, const trigger&) = default;
};

/// Something that the model cannot express, kept as text so that it is never dropped silently.
struct unmodelled {
    std::string_view kind{}; ///< "statement", "table", …
    model::name name{};
    std::string_view sql{};
    std::string_view reason{};

    friend constexpr bool operator==(const unmodelled&, const unmodelled&) = default;
};

} // namespace autopack_schema::model

// ---- autopack_schema/define/index.hpp

namespace autopack_schema {

/// An index of a table; see `index` and `unique_index`.
template <std::size_t Parts>
struct index_definition {
    model::index value{};
    std::array<part, Parts> parts{};
    static constexpr detail::sizes size{.parts = Parts, .indexes = 1};

    /// Only rows for which the expression is true are indexed; written without parentheses around it.
    consteval index_definition where(std::string_view predicate) const {
        auto copy = *this;
        copy.value.where = predicate;
        return copy;
    }
    /// The access method (PostgreSQL).
    consteval index_definition method(std::string_view name) const {
        auto copy = *this;
        copy.value.method = name;
        return copy;
    }
};

/// An index over columns and expressions: `index("ix_t", "run_id", desc("timestamp")).where("success = 0")`.
/// errors: S115 no such column, S123 another index has the name (compile time)
template <detail::is_part... Part>
consteval index_definition<sizeof...(Part)> index(std::string_view name, Part... parts) {
    return {{.name = name}, {part(parts)...}};
}

/// A unique index; see `index`.
template <detail::is_part... Part>
consteval index_definition<sizeof...(Part)> unique_index(std::string_view name, Part... parts) {
    return {{.name = name, .unique = true}, {part(parts)...}};
}

} // namespace autopack_schema

// ---- autopack_schema/model/schema.hpp

namespace autopack_schema::model {

/// A schema as data: a handful of flat arrays, seen through spans.
/// shape:  a view, cheap to copy; the arrays belong to a definition (`autopack_schema::schema`) or to a `snapshot`
struct schema {
    std::string_view name{};
    std::string_view version{};
    std::span<const table> tables{};
    std::span<const column> columns{};
    std::span<const key_part> parts{};
    std::span<const model::name> names{};
    std::span<const unique_constraint> uniques{};
    std::span<const check_constraint> checks{};
    std::span<const foreign_key> foreign_keys{};
    std::span<const index> indexes{};
    std::span<const view> views{};
    std::span<const trigger> triggers{};
    std::span<const unmodelled> others{};

    template <class T>
    static constexpr std::span<const T> part(std::span<const T> all, range r) {
        return all.subspan(r.first, r.count);
    }

    constexpr auto columns_of(const table& t) const { return part(columns, t.columns); }
    constexpr auto uniques_of(const table& t) const { return part(uniques, t.uniques); }
    constexpr auto checks_of(const table& t) const { return part(checks, t.checks); }
    constexpr auto foreign_keys_of(const table& t) const { return part(foreign_keys, t.foreign_keys); }
    constexpr auto indexes_of(const table& t) const { return part(indexes, t.indexes); }
    constexpr auto parts_of(const primary_key& k) const { return part(parts, k.parts); }
    constexpr auto parts_of(const unique_constraint& u) const { return part(parts, u.parts); }
    constexpr auto parts_of(const index& i) const { return part(parts, i.parts); }
    constexpr auto names_of(range r) const { return part(names, r); }
};

/// Finds the first element of that name.
/// shape: nullptr where there is none
template <class T>
constexpr const T* find(std::span<const T> items, const name& wanted) {
    for (const T& item : items) {
        if (item.name == wanted) return &item;
    }
    return nullptr;
}

/// Finds a table by name; nullptr where there is none.
constexpr const table* find_table(const schema& s, const name& wanted) { return find(s.tables, wanted); }

/// Finds a column of a table by name; nullptr where there is none.
constexpr const column* find_column(const schema& s, const table& t, const name& wanted) {
    return find(s.columns_of(t), wanted);
}

/// Tells whether a column is part of the table's primary key.
constexpr bool in_primary_key(const schema& s, const table& t, const name& column_name) {
    for (const key_part& p : s.parts_of(t.key)) {
        if (!p.is_expression && p.text == column_name) return true;
    }
    return false;
}

} // namespace autopack_schema::model

// ---- autopack_schema/define/detail/arrays.hpp

namespace autopack_schema::detail {

/// The arrays of a schema at their exact sizes.
template <sizes Size>
struct arrays {
    std::array<model::table, Size.tables> tables{};
    std::array<model::column, Size.columns> columns{};
    std::array<model::key_part, Size.parts> parts{};
    std::array<model::name, Size.names> names{};
    std::array<model::unique_constraint, Size.uniques> uniques{};
    std::array<model::check_constraint, Size.checks> checks{};
    std::array<model::foreign_key, Size.foreign_keys> foreign_keys{};
    std::array<model::index, Size.indexes> indexes{};
    std::array<model::view, Size.views> views{};
    std::array<model::trigger, Size.triggers> triggers{};

    constexpr model::schema view(std::string_view name, std::string_view version) const {
        return {name,   version,      tables,  columns, parts,    names, uniques,
                checks, foreign_keys, indexes, views,   triggers, {}};
    }
};

/// Where the next element of each array goes; the same type whatever the sizes.
struct cursor {
    model::table* table;
    model::column* column;
    model::key_part* part;
    model::name* name;
    model::unique_constraint* unique;
    model::check_constraint* check;
    model::foreign_key* foreign_key;
    model::index* index;
    model::view* view;
    model::trigger* trigger;

    template <sizes Size>
    constexpr explicit cursor(arrays<Size>& a)
        : table(a.tables.data()), column(a.columns.data()), part(a.parts.data()), name(a.names.data()),
          unique(a.uniques.data()), check(a.checks.data()), foreign_key(a.foreign_keys.data()),
          index(a.indexes.data()), view(a.views.data()), trigger(a.triggers.data()) {}
};

/// How many elements of each array are filled already.
struct offsets {
    std::uint32_t columns = 0;
    std::uint32_t parts = 0;
    std::uint32_t names = 0;
    std::uint32_t uniques = 0;
    std::uint32_t checks = 0;
    std::uint32_t foreign_keys = 0;
    std::uint32_t indexes = 0;
};

} // namespace autopack_schema::detail

// ---- autopack_schema/define/detail/check_schema.hpp

namespace autopack_schema::detail {

enum class object_kind : std::uint8_t { table, index, view, trigger };

/// What has a name in a schema.
struct named_object {
    model::name name{};
    std::string_view table{}; ///< whose it is, or itself
    object_kind kind{};
};

/// Tells whether an equal set of names is a key of the table: its primary key, a unique constraint, a unique index.
struct key_finder {
    const model::schema& schema;
    const model::table& table;

    constexpr bool same_columns(std::span<const model::key_part> parts, std::span<const model::name> names) const {
        if (parts.size() != names.size()) return false;
        for (const model::name& name : names) {
            const bool found = std::ranges::any_of(
                parts, [&name](const model::key_part& p) { return !p.is_expression && p.text == name; });
            if (!found) return false;
        }
        return true;
    }
    constexpr bool has_key(std::span<const model::name> names) const {
        if (same_columns(schema.parts_of(table.key), names)) return true;
        for (const model::unique_constraint& u : schema.uniques_of(table)) {
            if (same_columns(schema.parts_of(u), names)) return true;
        }
        for (const model::index& i : schema.indexes_of(table)) {
            if (i.unique && i.where.empty() && same_columns(schema.parts_of(i), names)) return true;
        }
        return false;
    }
};

constexpr finding check_parent(const model::schema& s, const model::table& child, const model::foreign_key& key) {
    const auto columns = s.names_of(key.columns);
    const auto parents = s.names_of(key.parent_columns);
    const model::name& column = columns[0];
    const model::table* const parent = find_table(s, key.parent);
    if (parent == nullptr) {
        return {problem::S118_foreign_key_parent_not_in_schema, child.name, column, key.parent};
    }
    const std::size_t wanted = parents.empty() ? s.parts_of(parent->key).size() : parents.size();
    if (wanted != columns.size()) {
        return {problem::S120_foreign_key_sides_differ_in_length, child.name, column, key.parent};
    }
    for (const model::name& name : parents) {
        if (find_column(s, *parent, name) == nullptr) {
            return {problem::S119_foreign_key_parent_has_no_such_column, child.name, column, name};
        }
    }
    if (!parents.empty() && !key_finder{s, *parent}.has_key(parents)) {
        return {problem::S121_foreign_key_references_no_key, child.name, column, key.parent};
    }
    return {};
}

constexpr finding check_foreign_keys(const model::schema& s) {
    for (const model::table& t : s.tables) {
        for (const model::foreign_key& key : s.foreign_keys_of(t)) {
            if (const finding f = check_parent(s, t, key)) return f;
        }
    }
    return {};
}

constexpr std::vector<named_object> objects_of(const model::schema& s) {
    std::vector<named_object> all;
    all.reserve(s.tables.size() + s.indexes.size() + s.views.size() + s.triggers.size());
    for (const model::table& t : s.tables) {
        all.push_back({t.name, t.name, object_kind::table});
        for (const model::index& i : s.indexes_of(t)) all.push_back({i.name, t.name, object_kind::index});
    }
    for (const model::view& v : s.views) all.push_back({v.name, v.name, object_kind::view});
    for (const model::trigger& t : s.triggers) all.push_back({t.name, t.table, object_kind::trigger});
    return all;
}

constexpr finding same_name_finding(const named_object& a, const named_object& b) {
    if (a.kind == object_kind::table && b.kind == object_kind::table) return {problem::S122_two_tables_with_one_name, b.name, {}, {}};
    if (a.kind == object_kind::index && b.kind == object_kind::index) {
        return {problem::S123_two_indexes_with_one_name, b.table, b.name, a.table};
    }
    return {problem::S124_two_objects_with_one_name, b.table, b.name, a.table};
}

/// Tables, views and indexes share one space of names, triggers have their own (SQLite).
constexpr finding check_names(const model::schema& s) {
    std::vector<named_object> all = objects_of(s);
    std::ranges::sort(all, [](const named_object& a, const named_object& b) { return a.name.hash < b.name.hash; });
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].name.empty()) return {problem::S129_empty_name, "a view or a trigger", {}, {}};
        for (std::size_t j = i; j-- > 0 && all[j].name.hash == all[i].name.hash;) {
            const bool apart = (all[i].kind == object_kind::trigger) != (all[j].kind == object_kind::trigger);
            if (!apart && all[i].name == all[j].name) return same_name_finding(all[j], all[i]);
        }
    }
    return {};
}

constexpr finding check_triggers(const model::schema& s) {
    for (const model::trigger& t : s.triggers) {
        if (find_table(s, t.table) == nullptr && find(s.views, t.table) == nullptr) {
            return {problem::S125_trigger_on_nothing_in_schema, t.table, t.name, {}};
        }
    }
    return {};
}

constexpr finding check_renames(const model::schema& s) {
    for (const model::table& t : s.tables) {
        if (!t.renamed_from.empty() && find_table(s, t.renamed_from) != nullptr) {
            return {problem::S128_renamed_from_existing_name, t.name, t.renamed_from, {}};
        }
    }
    return {};
}

/// Looks for the first mistake between the objects of a schema.
constexpr finding check_schema(const model::schema& s) {
    if (const finding f = check_names(s)) return f;
    if (const finding f = check_foreign_keys(s)) return f;
    if (const finding f = check_renames(s)) return f;
    return check_triggers(s);
}

} // namespace autopack_schema::detail

// ---- autopack_schema/define/view.hpp

namespace autopack_schema {

/// A view that names its columns; see `view`.
template <std::size_t Columns>
struct view_with_columns {
    model::view value{};
    std::array<model::name, Columns> columns{};
    static constexpr detail::sizes size{.names = Columns, .views = 1};
};

/// A view of a schema; see `view`.
struct view_definition {
    model::view value{};
    static constexpr detail::sizes size{.views = 1};

    /// The names of the columns, where they are not those of the SELECT: `view("v", "SELECT a, b FROM t").columns("x", "y")`.
    template <std::convertible_to<std::string_view>... Name>
        requires(sizeof...(Name) > 0)
    consteval view_with_columns<sizeof...(Name)> columns(Name... names) const {
        return {value, {model::name(std::string_view(names))...}};
    }
};

/// A view: `view("v_recent", "SELECT … FROM …")`.
consteval view_definition view(std::string_view name, std::string_view select) {
    return {{.name = name, .columns = {}, .definition = select, .materialized = false, .sql = {}}};
}

/// A trigger of a schema; see `trigger`.
struct trigger_definition {
    model::trigger value{};
    static constexpr detail::sizes size{.triggers = 1};
};

/// A trigger: `trigger("t_audit", "runs", "AFTER INSERT ON runs BEGIN … END")`.
/// shape:  the definition is all that stands behind the name
/// errors: S125 the schema has no such table or view (compile time)
consteval trigger_definition trigger(std::string_view name, std::string_view table, std::string_view definition) {
    return {{.name = name, .table = table, .definition = definition, .sql = {}}};
}

} // namespace autopack_schema

// ---- autopack_schema/define/detail/concatenate.hpp

namespace autopack_schema::detail {

constexpr std::uint32_t count_of(const auto& list) { return static_cast<std::uint32_t>(list.size()); }

constexpr model::range shifted(model::range r, std::uint32_t by) { return {r.first + by, r.count}; }

/// Copies a list by pointers: the iterators of a span cost a compiler several calls for each element.
template <class T>
constexpr void copy(std::span<const T> from, T*& to) {
    const T* const end = from.data() + from.size();
    for (const T* p = from.data(); p != end; ++p) *to++ = *p;
}

/// Puts tables, views and triggers one behind the other into the arrays of a schema.
struct concatenation {
    cursor at;
    offsets filled{};

    constexpr void add_table(const model::schema& from) {
        model::table t = from.tables[0];
        t.columns = shifted(t.columns, filled.columns);
        t.key.parts = shifted(t.key.parts, filled.parts);
        t.uniques = shifted(t.uniques, filled.uniques);
        t.checks = shifted(t.checks, filled.checks);
        t.foreign_keys = shifted(t.foreign_keys, filled.foreign_keys);
        t.indexes = shifted(t.indexes, filled.indexes);
        *at.table++ = t;
        add_constraints(from);
        copy(from.columns, at.column);
        copy(from.parts, at.part);
        copy(from.names, at.name);
        filled.columns += count_of(from.columns);
        filled.parts += count_of(from.parts);
        filled.names += count_of(from.names);
        filled.uniques += count_of(from.uniques);
        filled.checks += count_of(from.checks);
        filled.foreign_keys += count_of(from.foreign_keys);
        filled.indexes += count_of(from.indexes);
    }
    constexpr void add_constraints(const model::schema& from) {
        for (model::unique_constraint u : from.uniques) {
            u.parts = shifted(u.parts, filled.parts);
            *at.unique++ = u;
        }
        for (const model::check_constraint& c : from.checks) *at.check++ = c;
        for (model::foreign_key f : from.foreign_keys) {
            f.columns = shifted(f.columns, filled.names);
            f.parent_columns = shifted(f.parent_columns, filled.names);
            *at.foreign_key++ = f;
        }
        for (model::index i : from.indexes) {
            i.parts = shifted(i.parts, filled.parts);
            *at.index++ = i;
        }
    }

    constexpr void take(const auto& table) { add_table(table.model()); }
    constexpr void take(const view_definition& view) { *at.view++ = view.value; }
    template <std::size_t Columns>
    constexpr void take(const view_with_columns<Columns>& view) {
        model::view v = view.value;
        v.columns = {filled.names, static_cast<std::uint32_t>(Columns)};
        filled.names += static_cast<std::uint32_t>(Columns);
        for (const model::name& n : view.columns) *at.name++ = n;
        *at.view++ = v;
    }
    constexpr void take(const trigger_definition& trigger) { *at.trigger++ = trigger.value; }
};

} // namespace autopack_schema::detail

// ---- autopack_schema/define/detail/report.hpp

namespace autopack_schema {

/// A mistake in a definition as the compiler prints it: what, and the names of table, column (or member, or object)
/// and further object, as far as there are such.
/// shape: never defined. Reading `::ok` from it is the error, and so its name with all it says is in the one `error:`
///        line that GCC and Clang print; a false static_assert would show the names in a note only (GCC 12). The
///        line of source that both print below it has the text of the error and the advice.
template <problem What, fixed_text... Name>
struct definition_error;

namespace detail {

/// Is instantiated for a mistake; one specialisation for each problem.
template <problem What, fixed_text... Name>
struct report {};

// Each assertion stays on one line, because compilers show one.
// clang-format off
template <fixed_text... Name>
struct report<problem::S101_table_without_columns, Name...> {
    static_assert(definition_error<problem::S101_table_without_columns, Name...>::ok, "autopack_schema: [S101] a table has no column; give it at least one (docs/errors.md#s101)");
};
template <fixed_text... Name>
struct report<problem::S102_member_without_column, Name...> {
    static_assert(definition_error<problem::S102_member_without_column, Name...>::ok, "autopack_schema: [S102] a member of the row struct has no column; add a column for it, or say remaining_members (docs/errors.md#s102)");
};
template <fixed_text... Name>
struct report<problem::S103_member_with_two_columns, Name...> {
    static_assert(definition_error<problem::S103_member_with_two_columns, Name...>::ok, "autopack_schema: [S103] a member of the row struct has two columns; remove one (docs/errors.md#s103)");
};
template <fixed_text... Name>
struct report<problem::S104_two_columns_with_one_name, Name...> {
    static_assert(definition_error<problem::S104_two_columns_with_one_name, Name...>::ok, "autopack_schema: [S104] two columns of one table have the same name; rename one (docs/errors.md#s104)");
};
template <fixed_text... Name>
struct report<problem::S105_member_type_is_no_column_type, Name...> {
    static_assert(definition_error<problem::S105_member_type_is_no_column_type, Name...>::ok, "autopack_schema: [S105] the type of a member cannot be a column; use another type or specialise column_traits for it (docs/errors.md#s105)");
};
template <fixed_text... Name>
struct report<problem::S106_member_type_does_not_own_its_text, Name...> {
    static_assert(definition_error<problem::S106_member_type_does_not_own_its_text, Name...>::ok, "autopack_schema: [S106] a member is a view or a pointer, and nothing would own what it shows; use std::string (docs/errors.md#s106)");
};
template <fixed_text... Name>
struct report<problem::S107_member_type_is_unsigned_64_bit, Name...> {
    static_assert(definition_error<problem::S107_member_type_is_unsigned_64_bit, Name...>::ok, "autopack_schema: [S107] a member has 64 bits without a sign, and a database's integers have one; use std::int64_t or a smaller unsigned type (docs/errors.md#s107)");
};
template <fixed_text... Name>
struct report<problem::S108_member_type_is_optional_twice, Name...> {
    static_assert(definition_error<problem::S108_member_type_is_optional_twice, Name...>::ok, "autopack_schema: [S108] a member is an optional of an optional, and there is one NULL only; use std::optional once (docs/errors.md#s108)");
};
template <fixed_text... Name>
struct report<problem::S109_default_of_another_type, Name...> {
    static_assert(definition_error<problem::S109_default_of_another_type, Name...>::ok, "autopack_schema: [S109] a default has another type than its member; write a literal of the member's type, or default_expression (docs/errors.md#s109)");
};
template <fixed_text... Name>
struct report<problem::S110_default_null_on_plain_member, Name...> {
    static_assert(definition_error<problem::S110_default_null_on_plain_member, Name...>::ok, "autopack_schema: [S110] the default is NULL and the member cannot be NULL; make the member std::optional or remove the default (docs/errors.md#s110)");
};
template <fixed_text... Name>
struct report<problem::S111_two_primary_keys, Name...> {
    static_assert(definition_error<problem::S111_two_primary_keys, Name...>::ok, "autopack_schema: [S111] a table has two primary keys; write one primary_key(...) with all its columns at the table (docs/errors.md#s111)");
};
template <fixed_text... Name>
struct report<problem::S112_primary_key_names_no_column, Name...> {
    static_assert(definition_error<problem::S112_primary_key_names_no_column, Name...>::ok, "autopack_schema: [S112] a primary key names a column that the table does not have; correct the name or add the column (docs/errors.md#s112)");
};
template <fixed_text... Name>
struct report<problem::S113_primary_key_member_is_optional, Name...> {
    static_assert(definition_error<problem::S113_primary_key_member_is_optional, Name...>::ok, "autopack_schema: [S113] a member in the primary key is std::optional; make it a plain member (docs/errors.md#s113)");
};
template <fixed_text... Name>
struct report<problem::S114_autoincrement_needs_one_integer_key, Name...> {
    static_assert(definition_error<problem::S114_autoincrement_needs_one_integer_key, Name...>::ok, "autopack_schema: [S114] autoincrement stands at a column that is not alone the integer primary key; make it that or remove autoincrement (docs/errors.md#s114)");
};
template <fixed_text... Name>
struct report<problem::S115_index_names_no_column, Name...> {
    static_assert(definition_error<problem::S115_index_names_no_column, Name...>::ok, "autopack_schema: [S115] an index names a column that the table does not have; correct the name or add the column (docs/errors.md#s115)");
};
template <fixed_text... Name>
struct report<problem::S116_unique_names_no_column, Name...> {
    static_assert(definition_error<problem::S116_unique_names_no_column, Name...>::ok, "autopack_schema: [S116] a unique constraint names a column that the table does not have; correct the name or add the column (docs/errors.md#s116)");
};
template <fixed_text... Name>
struct report<problem::S117_foreign_key_names_no_column, Name...> {
    static_assert(definition_error<problem::S117_foreign_key_names_no_column, Name...>::ok, "autopack_schema: [S117] a foreign key names a column that its table does not have; correct the name or add the column (docs/errors.md#s117)");
};
template <fixed_text... Name>
struct report<problem::S118_foreign_key_parent_not_in_schema, Name...> {
    static_assert(definition_error<problem::S118_foreign_key_parent_not_in_schema, Name...>::ok, "autopack_schema: [S118] a foreign key references a table that the schema does not have; correct the name or add the table to the schema (docs/errors.md#s118)");
};
template <fixed_text... Name>
struct report<problem::S119_foreign_key_parent_has_no_such_column, Name...> {
    static_assert(definition_error<problem::S119_foreign_key_parent_has_no_such_column, Name...>::ok, "autopack_schema: [S119] a foreign key references a column that the other table does not have; correct the name (docs/errors.md#s119)");
};
template <fixed_text... Name>
struct report<problem::S120_foreign_key_sides_differ_in_length, Name...> {
    static_assert(definition_error<problem::S120_foreign_key_sides_differ_in_length, Name...>::ok, "autopack_schema: [S120] a foreign key has not as many columns as it references; name a column for each (docs/errors.md#s120)");
};
template <fixed_text... Name>
struct report<problem::S121_foreign_key_references_no_key, Name...> {
    static_assert(definition_error<problem::S121_foreign_key_references_no_key, Name...>::ok, "autopack_schema: [S121] a foreign key references columns that are neither the primary key nor unique; reference a key or make the columns unique (docs/errors.md#s121)");
};
template <fixed_text... Name>
struct report<problem::S122_two_tables_with_one_name, Name...> {
    static_assert(definition_error<problem::S122_two_tables_with_one_name, Name...>::ok, "autopack_schema: [S122] two tables of a schema have the same name; rename one (docs/errors.md#s122)");
};
template <fixed_text... Name>
struct report<problem::S123_two_indexes_with_one_name, Name...> {
    static_assert(definition_error<problem::S123_two_indexes_with_one_name, Name...>::ok, "autopack_schema: [S123] two indexes of a schema have the same name; rename one (docs/errors.md#s123)");
};
template <fixed_text... Name>
struct report<problem::S124_two_objects_with_one_name, Name...> {
    static_assert(definition_error<problem::S124_two_objects_with_one_name, Name...>::ok, "autopack_schema: [S124] two tables, views, indexes or triggers of a schema have the same name; rename one (docs/errors.md#s124)");
};
template <fixed_text... Name>
struct report<problem::S125_trigger_on_nothing_in_schema, Name...> {
    static_assert(definition_error<problem::S125_trigger_on_nothing_in_schema, Name...>::ok, "autopack_schema: [S125] a trigger belongs to a table or view that the schema does not have; correct the name or add the table to the schema (docs/errors.md#s125)");
};
template <fixed_text... Name>
struct report<problem::S126_column_twice_in_one_key, Name...> {
    static_assert(definition_error<problem::S126_column_twice_in_one_key, Name...>::ok, "autopack_schema: [S126] a key or an index names a column twice; remove one (docs/errors.md#s126)");
};
template <fixed_text... Name>
struct report<problem::S127_strict_table_refuses_type, Name...> {
    static_assert(definition_error<problem::S127_strict_table_refuses_type, Name...>::ok, "autopack_schema: [S127] a STRICT table cannot have a type of that spelling; use INT, INTEGER, REAL, TEXT, BLOB or ANY, or remove type(...) (docs/errors.md#s127)");
};
template <fixed_text... Name>
struct report<problem::S128_renamed_from_existing_name, Name...> {
    static_assert(definition_error<problem::S128_renamed_from_existing_name, Name...>::ok, "autopack_schema: [S128] renamed_from gives a name that still exists; remove it or rename the other one (docs/errors.md#s128)");
};
template <fixed_text... Name>
struct report<problem::S129_empty_name, Name...> {
    static_assert(definition_error<problem::S129_empty_name, Name...>::ok, "autopack_schema: [S129] a table, a column or another object has an empty name; give it a name (docs/errors.md#s129)");
};
template <fixed_text... Name>
struct report<problem::S130_without_rowid_needs_primary_key, Name...> {
    static_assert(definition_error<problem::S130_without_rowid_needs_primary_key, Name...>::ok, "autopack_schema: [S130] a WITHOUT ROWID table has no primary key; give it one or remove without_rowid (docs/errors.md#s130)");
};
template <fixed_text... Name>
struct report<problem::S131_generated_column_with_default_or_key, Name...> {
    static_assert(definition_error<problem::S131_generated_column_with_default_or_key, Name...>::ok, "autopack_schema: [S131] a generated column has a default or is in the primary key; remove one of the two (docs/errors.md#s131)");
};
template <fixed_text... Name>
struct report<problem::S132_key_without_columns, Name...> {
    static_assert(definition_error<problem::S132_key_without_columns, Name...>::ok, "autopack_schema: [S132] an index has no columns; name at least one (docs/errors.md#s132)");
};
template <fixed_text... Name>
struct report<problem::S133_default_value_is_no_enumerator, Name...> {
    static_assert(definition_error<problem::S133_default_value_is_no_enumerator, Name...>::ok, "autopack_schema: [S133] a default is a value without a name in its enumeration; use an enumerator; see enum_range for large values (docs/errors.md#s133)");
};
template <fixed_text... Name>
struct report<problem::S134_option_given_twice, Name...> {
    static_assert(definition_error<problem::S134_option_given_twice, Name...>::ok, "autopack_schema: [S134] an option of a column is given twice; remove one (docs/errors.md#s134)");
};

// clang-format on

template <const finding& Finding, std::string_view finding::*Text>
inline constexpr fixed_text<(Finding.*Text).size()> fixed{Finding.*Text};

/// Reports a finding, if it is one.
template <const finding& Finding>
consteval bool report_finding() {
    constexpr problem what = Finding.what;
    if constexpr (what == problem::none) {
        return true;
    } else if constexpr (!Finding.detail.empty()) {
        return sizeof(report<what, fixed<Finding, &finding::table>, fixed<Finding, &finding::column>,
                             fixed<Finding, &finding::detail>>) != 0;
    } else if constexpr (!Finding.column.empty()) {
        return sizeof(report<what, fixed<Finding, &finding::table>, fixed<Finding, &finding::column>>) != 0;
    } else {
        return sizeof(report<what, fixed<Finding, &finding::table>>) != 0;
    }
}

} // namespace detail
} // namespace autopack_schema

// ---- autopack_schema/define/detail/check_table.hpp

namespace autopack_schema::detail {

/// Looks for mistakes in one table, seen as a schema with nothing else in it.
struct table_checker {
    const model::schema& schema;
    const model::table& table;

    constexpr finding found(problem what, std::string_view column, std::string_view detail = {}) const {
        return {what, table.name, column, detail};
    }
    constexpr bool has_column(const model::name& name) const { return find(schema.columns, name) != nullptr; }

    constexpr finding check_columns() const {
        for (const model::column& c : schema.columns) {
            if (const finding f = check_column(c)) return f;
        }
        return {};
    }

    constexpr finding check_column(const model::column& c) const {
        if (!c.renamed_from.empty() && has_column(c.renamed_from)) {
            return found(problem::S128_renamed_from_existing_name, c.name, c.renamed_from);
        }
        if (c.identity == model::identity_kind::autoincrement && !is_integer_key(c)) {
            return found(problem::S114_autoincrement_needs_one_integer_key, c.name);
        }
        if (c.generated != model::generated_kind::none &&
            (c.default_to.present() || in_primary_key(schema, table, c.name))) {
            return found(problem::S131_generated_column_with_default_or_key, c.name);
        }
        if (table.strict && !c.type.declared.empty() && !is_strict_type(c.type.declared)) {
            return found(problem::S127_strict_table_refuses_type, c.name, c.type.declared);
        }
        return {};
    }

    constexpr bool is_integer_key(const model::column& c) const {
        const auto parts = schema.parts_of(table.key);
        return c.type.kind == model::type_kind::integer && parts.size() == 1 && parts[0].text == c.name;
    }

    static constexpr bool is_strict_type(std::string_view declared) {
        for (const char* type : {"INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"}) {
            if (model::same_name(declared, type)) return true;
        }
        return false;
    }

    /// Checks the columns of a key or an index; `missing` is what a name without column means there.
    constexpr finding check_parts(std::span<const model::key_part> parts, problem missing, std::string_view owner) const {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts[i].is_expression) continue;
            if (!has_column(parts[i].text)) return found(missing, parts[i].text, owner);
            for (std::size_t j = 0; j < i; ++j) {
                if (!parts[j].is_expression && parts[j].text == parts[i].text) {
                    return found(problem::S126_column_twice_in_one_key, parts[i].text, owner);
                }
            }
        }
        return {};
    }

    constexpr finding check_primary_key() const {
        if (!table.key.present()) {
            return table.without_rowid ? found(problem::S130_without_rowid_needs_primary_key, {}) : finding{};
        }
        const auto parts = schema.parts_of(table.key);
        const finding f = check_parts(parts, problem::S112_primary_key_names_no_column, table.key.name);
        if (f) return f;
        for (const model::key_part& p : parts) {
            const model::column* const c = find(schema.columns, p.text);
            if (c != nullptr && c->nullable) return found(problem::S113_primary_key_member_is_optional, c->name);
        }
        return {};
    }

    constexpr finding check_keys() const {
        for (const model::unique_constraint& u : schema.uniques) {
            const finding f = check_parts(schema.parts_of(u), problem::S116_unique_names_no_column, u.name);
            if (f) return f;
        }
        for (const model::index& i : schema.indexes) {
            if (i.name.empty()) return found(problem::S129_empty_name, "an index");
            if (i.parts.count == 0) return found(problem::S132_key_without_columns, i.name);
            const finding f = check_parts(schema.parts_of(i), problem::S115_index_names_no_column, i.name);
            if (f) return f;
        }
        return {};
    }

    constexpr finding check_foreign_keys() const {
        for (const model::foreign_key& key : schema.foreign_keys) {
            for (const model::name& column : schema.names_of(key.columns)) {
                if (!has_column(column)) return found(problem::S117_foreign_key_names_no_column, column, key.parent);
            }
        }
        return {};
    }
};

/// Looks for the first mistake that one table can have by itself.
/// shape: `s` holds the table and nothing else; two columns of one name were found when they were added
constexpr finding check_table(const model::schema& s, bool has_unusual_column) {
    const table_checker check{s, s.tables[0]};
    if (check.table.name.empty()) return check.found(problem::S129_empty_name, "a table");
    if (s.columns.empty()) return check.found(problem::S101_table_without_columns, {});
    if (has_unusual_column) {
        if (const finding f = check.check_columns()) return f;
    }
    if (const finding f = check.check_primary_key()) return f;
    if (const finding f = check.check_keys()) return f;
    return check.check_foreign_keys();
}

} // namespace autopack_schema::detail

// ---- autopack_schema/define/virtual_table.hpp

namespace autopack_schema {

/// The module of a virtual table; see `virtual_table`.
struct virtual_table_option {
    std::string_view module{};
    static constexpr detail::sizes size{};
};

/// A virtual table, whose columns are what its module makes of the arguments: `virtual_table("fts5(title, body)")`.
consteval virtual_table_option virtual_table(std::string_view module_with_arguments) { return {module_with_arguments}; }

} // namespace autopack_schema

// ---- autopack_schema/define/detail/table_writer.hpp

namespace autopack_schema::detail {

/// Takes the pieces of a table one by one and puts them into its arrays.
struct table_writer {
    model::table& table;
    cursor at;
    std::string_view row; ///< the row's name as the compiler prints it
    const model::column* first_column = at.column;
    std::uint64_t seen[4]{};             ///< bits of the hashes of the names so far
    bool has_unusual_column = false;     ///< one that `check_table` has to look at
    offsets filled{};
    finding problem{};

    constexpr void note(autopack_schema::problem what, std::string_view column, std::string_view detail = {}) {
        if (!problem) problem = {what, table.name, column, detail};
    }

    constexpr model::range add_parts(const part* parts, std::size_t count) {
        const model::range r{filled.parts, static_cast<std::uint32_t>(count)};
        for (std::size_t i = 0; i < count; ++i) *at.part++ = parts[i].value;
        filled.parts += r.count;
        return r;
    }
    constexpr model::range add_names(const model::name* names, std::size_t count) {
        const model::range r{filled.names, static_cast<std::uint32_t>(count)};
        for (std::size_t i = 0; i < count; ++i) *at.name++ = names[i];
        filled.names += r.count;
        return r;
    }

    constexpr void add_key(model::primary_key key, const part* parts, std::size_t count) {
        if (table.key.present()) note(problem::S111_two_primary_keys, parts[0].value.text, key.name);
        key.parts = add_parts(parts, count);
        table.key = key;
    }
    constexpr void add_unique(model::unique_constraint unique, const part* parts, std::size_t count) {
        unique.parts = add_parts(parts, count);
        ++table.uniques.count;
        *at.unique++ = unique;
    }
    constexpr void add_check(model::check_constraint check, const model::name& column) {
        check.column = column;
        ++table.checks.count;
        *at.check++ = check;
    }
    constexpr void add_foreign_key(model::foreign_key key, std::span<const model::name> columns,
                                   std::span<const model::name> parent_columns) {
        key.columns = add_names(columns.data(), columns.size());
        key.parent_columns = add_names(parent_columns.data(), parent_columns.size());
        ++table.foreign_keys.count;
        *at.foreign_key++ = key;
    }
    /// Notes a name that was there before; few pairs of names have to be compared, as most differ in the bits seen.
    constexpr void check_name(const model::name& name) {
        std::uint64_t& word = seen[name.hash >> 62];
        const std::uint64_t bit = std::uint64_t{1} << ((name.hash >> 56) & 63);
        if ((word & bit) != 0 && find(std::span(first_column, at.column), name) != nullptr) {
            note(problem::S104_two_columns_with_one_name, name);
        }
        word |= bit;
    }
    constexpr void take(const column_source& source) {
        const model::name name = member_name(source.text, row, before_class);
        check_name(name);
        model::column& column = *at.column++;
        column.name = name;
        column.type = source.type->type;
        column.nullable = source.type->nullable;
        if (source.type->what != problem::none) note(source.type->what, name);
    }
    constexpr void add_column(const column_facts& facts) {
        const model::name name =
            facts.column.name.text.data() == nullptr ? model::name(member_name(facts.text, row, before_class)) : facts.column.name;
        check_name(name);
        model::column& column = *at.column++;
        column = facts.column;
        column.name = name;
        if (facts.what != problem::none) note(facts.what, name);
        has_unusual_column = has_unusual_column || facts.is_unusual();
        if (!facts.is_key && !facts.is_unique) return;
        part self;
        self.value.text = name;
        self.value.descending = facts.key.inline_descending;
        if (facts.is_key) add_key(facts.key, &self, 1);
        self.value.descending = false;
        if (facts.is_unique) add_unique(facts.unique, &self, 1);
    }
    template <std::size_t Parts, std::size_t Uniques, std::size_t Checks, std::size_t References>
    constexpr void take(const column_body<Parts, Uniques, Checks, References>& c) {
        add_column(c.facts);
        const model::name& name = at.column[-1].name;
        for (const model::check_constraint& check : c.checks) add_check(check, name);
        for (const reference_option& r : c.references) {
            add_foreign_key(r.value, {&name, 1}, {&r.parent_column, 1});
        }
    }
    template <std::size_t Parts>
    constexpr void take(const primary_key_definition<Parts>& key) {
        add_key(key.value, key.parts.data(), Parts);
    }
    template <std::size_t Parts>
    constexpr void take(const unique_definition<Parts>& unique) {
        add_unique(unique.value, unique.parts.data(), Parts);
    }
    template <std::size_t Columns, std::size_t ParentColumns>
    constexpr void take(const foreign_key_definition<Columns, ParentColumns>& key) {
        add_foreign_key(key.value, key.columns, key.parent_columns);
    }
    template <std::size_t Parts>
    constexpr void take(const index_definition<Parts>& index) {
        model::index copy = index.value;
        copy.parts = add_parts(index.parts.data(), Parts);
        ++table.indexes.count;
        *at.index++ = copy;
    }
    constexpr void take(const check_definition& check) { add_check(check.value, {}); }
    constexpr void take(without_rowid_word) { table.without_rowid = true; }
    constexpr void take(strict_word) { table.strict = true; }
    constexpr void take(const virtual_table_option& option) {
        table.kind = model::table_kind::virtual_;
        table.module = option.module;
    }
    constexpr void take(const renamed_from& former) { table.renamed_from = former.value; }
};

/// Every piece of a table says how much room it needs; more is not asked here, because that costs for every column.
template <class Item>
concept is_table_item = requires { Item::size.columns; };

} // namespace autopack_schema::detail

// ---- autopack_schema/define/table.hpp

namespace autopack_schema {

namespace detail {

/// Stands for a piece of a table that is no column.
struct no_binding {};

/// A column's member, as a type.
template <auto Member>
struct binding {
    static constexpr auto member = Member;
};

template <class Item>
struct binding_of {
    using type = no_binding;
};
template <auto Member, class Body>
struct binding_of<column_definition<Member, Body>> {
    using type = binding<Member>;
};

/// The members of a table's columns in the order of the columns; see `for_each_member`.
template <class... Binding>
struct binding_list {};

} // namespace detail

/// A table bound to a row struct; see `table`.
template <class Row, detail::sizes Size, class Bindings>
struct table_definition {
    using row_type = Row;
    using bindings = Bindings;
    static constexpr detail::sizes size = Size;

    detail::arrays<Size> arrays{};
    finding problem{}; ///< the first mistake in the definition; `schema` makes it a compile error

    /// The table as a schema of its own.
    constexpr model::schema model() const { return arrays.view({}, {}); }
    constexpr std::string_view name() const { return arrays.tables[0].name; }
};

/// A table whose rows are `Row`: its columns, keys, constraints and indexes in the order in which they are written.
/// errors: S101 to S104, S111 to S117, S126 to S134; they are reported where the table is put into a schema, because
///         only there its names can be part of the compiler's message
template <class Row, detail::is_table_item... Item>
consteval auto table(std::string_view name, const Item&... items) {
    constexpr detail::sizes size = (detail::sizes{.tables = 1} + ... + Item::size);
    table_definition<Row, size, detail::binding_list<typename detail::binding_of<Item>::type...>> definition;
    definition.arrays.tables[0].name = name;
    detail::table_writer writer{definition.arrays.tables[0], detail::cursor(definition.arrays), detail::class_text<Row>};
    (writer.take(items), ...);
    definition.arrays.tables[0].columns.count = size.columns;
    definition.problem =
        writer.problem ? writer.problem : detail::check_table(definition.model(), writer.has_unusual_column);
    return definition;
}

} // namespace autopack_schema

// ---- autopack_schema/define/schema.hpp

namespace autopack_schema {

namespace detail {

/// The first mistake within one definition.
constexpr finding problem_of(const auto& definition) {
    if constexpr (requires { definition.problem; }) return definition.problem;
    else return {};
}

template <const auto&... Definition>
struct built_schema {
    static constexpr sizes size = (sizes{} + ... + std::remove_cvref_t<decltype(Definition)>::size);

    // No lambdas: GCC 12 warns about what their local variables shadow at the place of instantiation.
    static consteval detail::arrays<size> build() {
        detail::arrays<size> result;
        concatenation all{cursor(result)};
        (all.take(Definition), ...);
        return result;
    }
    static constexpr detail::arrays<size> values = build();

    static consteval finding check() {
        finding first;
        (void)((first = problem_of(Definition)) || ...);
        return first ? first : check_schema(values.view({}, {}));
    }
    static constexpr finding problem = check();
};

} // namespace detail

/// A schema made of tables, views and triggers; see `schema`.
/// shape: holds two names; what it is made of is in the type, and its arrays are constants that the type owns
template <const auto&... Definition>
class schema_definition {
public:
    consteval schema_definition(std::string_view name, std::string_view version) : name_(name), version_(version) {}

    /// The schema as every algorithm takes it; it never becomes stale.
    constexpr model::schema model() const { return detail::built_schema<Definition...>::values.view(name_, version_); }
    constexpr operator model::schema() const { return model(); }
    constexpr std::string_view name() const { return name_; }
    constexpr std::string_view version() const { return version_; }

private:
    std::string_view name_;
    std::string_view version_;
};

/// A schema made of constants: tables, views and triggers, with its name and the name of its version.
/// shape:  `inline constexpr auto autopack = aps::schema<runs, tiers, phases, v_recent>("autopack", "BUILD-144");`
///         Definitions are template arguments and not function arguments, because so a mistake in one of them is one
///         `error:` line with the names of table and column in it, on every compiler, without a check of your own.
/// errors: S101 to S134 (compile time)
template <const auto&... Definition>
consteval auto schema(std::string_view name, std::string_view version = {}) {
    using built = detail::built_schema<Definition...>;
    [[maybe_unused]] constexpr bool reported = detail::report_finding<built::problem>();
    return schema_definition<Definition...>(name, version);
}

/// A schema whose definitions are not checked, as `autopack-schema generate` writes it for a database that has what a
/// definition should not have: a foreign key to nothing, NULL in a primary key.
template <const auto&... Definition>
consteval auto unchecked_schema(std::string_view name, std::string_view version = {}) {
    return schema_definition<Definition...>(name, version);
}

} // namespace autopack_schema

// ---- autopack_schema/define/detail/timestamp_text.hpp

namespace autopack_schema::detail {

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
/// source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil
constexpr std::int64_t days_from_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct civil_date {
    std::int64_t year;
    std::int64_t month;
    std::int64_t day;
};

/// source: as above, civil_from_days
constexpr civil_date civil_from_days(std::int64_t days) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const std::int64_t day_of_era = days - era * 146097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    const std::int64_t month = shifted_month + (shifted_month < 10 ? 3 : -9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

constexpr std::int64_t days_in_month(std::int64_t year, std::int64_t month) {
    constexpr std::int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads a text from its front.
struct text_reader {
    std::string_view rest;
    bool good = true;

    constexpr bool at_end() const { return rest.empty(); }
    constexpr bool take_if(char c) {
        if (rest.empty() || rest.front() != c) return false;
        rest.remove_prefix(1);
        return true;
    }
    constexpr void expect(char c) { good = take_if(c) && good; }
    constexpr std::int64_t digits(std::size_t count) {
        std::int64_t value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest.empty() || !is_digit(rest.front())) {
                good = false;
                return 0;
            }
            value = value * 10 + (rest.front() - '0');
            rest.remove_prefix(1);
        }
        return value;
    }
    /// One to nine digits as microseconds.
    constexpr std::int64_t fraction() {
        std::int64_t value = 0;
        std::size_t count = 0;
        for (; count < 9 && !rest.empty() && is_digit(rest.front()); ++count) {
            if (count < 6) value = value * 10 + (rest.front() - '0');
            rest.remove_prefix(1);
        }
        good = good && count > 0;
        for (; count < 6; ++count) value *= 10;
        return value;
    }
    /// Nothing, `Z`, `+HH:MM` or `-HHMM`, as minutes.
    constexpr std::int64_t offset() {
        if (at_end() || take_if('Z') || take_if('z')) return 0;
        const bool west = take_if('-');
        if (!west) expect('+');
        const std::int64_t hours = digits(2);
        if (!at_end()) take_if(':');
        const std::int64_t minutes = at_end() ? 0 : digits(2);
        good = good && hours < 24 && minutes < 60;
        return (hours * 60 + minutes) * (west ? -1 : 1);
    }
};

/// Microseconds since 1970, where the text is a time.
constexpr std::optional<std::int64_t> parse_timestamp(std::string_view text) {
    text_reader in{text};
    const std::int64_t year = in.digits(4);
    in.expect('-');
    const std::int64_t month = in.digits(2);
    in.expect('-');
    const std::int64_t day = in.digits(2);
    if (!in.good || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
    std::int64_t minutes = days_from_civil(year, month, day) * 24 * 60;
    if (in.at_end()) return minutes * 60'000'000;
    if (!in.take_if(' ') && !in.take_if('t')) in.expect('T');
    const std::int64_t hour = in.digits(2);
    in.expect(':');
    const std::int64_t minute = in.digits(2);
    std::int64_t second = 0;
    std::int64_t microsecond = 0;
    if (in.take_if(':')) {
        second = in.digits(2);
        if (in.take_if('.') || in.take_if(',')) microsecond = in.fraction();
    }
    minutes += hour * 60 + minute - in.offset();
    if (!in.good || !in.at_end() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return (minutes * 60 + second) * 1'000'000 + microsecond;
}

constexpr char* write_digits(char* out, std::int64_t value, int count) {
    for (int i = count - 1; i >= 0; --i) {
        out[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    return out + count;
}

/// Room for every time that 64 bits of microseconds can say.
inline constexpr std::size_t timestamp_capacity = 40;

/// Writes microseconds since 1970; tells how many characters.
/// shape: years outside of 0 to 9999 get a sign and six digits (ISO 8601, expanded)
constexpr std::size_t write_timestamp(char* out, std::int64_t microseconds, char separator, bool fraction) {
    constexpr std::int64_t day_length = 86'400'000'000;
    std::int64_t days = microseconds / day_length;
    std::int64_t rest = microseconds % day_length;
    if (rest < 0) {
        rest += day_length;
        --days;
    }
    const civil_date date = civil_from_days(days);
    char* p = out;
    const bool expanded = date.year < 0 || date.year > 9999;
    if (expanded) *p++ = date.year < 0 ? '-' : '+';
    p = write_digits(p, date.year < 0 ? -date.year : date.year, expanded ? 6 : 4);
    *p++ = '-';
    p = write_digits(p, date.month, 2);
    *p++ = '-';
    p = write_digits(p, date.day, 2);
    *p++ = separator;
    p = write_digits(p, rest / 3'600'000'000, 2);
    *p++ = ':';
    p = write_digits(p, rest / 60'000'000 % 60, 2);
    *p++ = ':';
    p = write_digits(p, rest / 1'000'000 % 60, 2);
    if (fraction) {
        *p++ = '.';
        p = write_digits(p, rest % 1'000'000, 6);
    }
    return static_cast<std::size_t>(p - out);
}

} // namespace autopack_schema::detail

// ---- autopack_schema/define/timestamp.hpp

namespace autopack_schema {

/// A point in time to the microsecond, UTC without a zone, as database columns hold it.
/// shape:  written as `YYYY-MM-DD HH:MM:SS.ffffff`, which sorts as text in the order of time from year 0 to 9999
class timestamp {
public:
    using duration = std::chrono::microseconds;
    using time_point = std::chrono::sys_time<duration>;

    /// 1970-01-01 00:00:00.
    constexpr timestamp() noexcept = default;
    template <class Duration>
    constexpr timestamp(const std::chrono::sys_time<Duration>& time) : time_(std::chrono::floor<duration>(time)) {}

    static timestamp now() { return std::chrono::system_clock::now(); }

    /// Reads a text: date and time with a space or a `T` between, with up to nine digits of a fraction or none, with or
    /// without `Z` or an offset `+HH:MM`; a date alone is its midnight.
    /// shape: nothing where the text is anything else; digits beyond the microsecond are cut off
    static constexpr std::optional<timestamp> parse(std::string_view text) {
        const std::optional<std::int64_t> microseconds = detail::parse_timestamp(text);
        if (!microseconds) return std::nullopt;
        return timestamp(time_point(duration(*microseconds)));
    }

    constexpr time_point time() const noexcept { return time_; }
    constexpr operator time_point() const noexcept { return time_; }

    /// The time as `YYYY-MM-DD HH:MM:SS.ffffff`, always with six digits.
    std::string to_string() const { return text(' ', true); }

    /// The time as ISO 8601, with `T`, without a zone, with six digits or none where the fraction is 0.
    std::string to_iso_string() const { return text('T', time_.time_since_epoch().count() % 1'000'000 != 0); }

    friend constexpr bool operator==(const timestamp&, const timestamp&) = default;
    friend constexpr auto operator<=>(const timestamp&, const timestamp&) = default;

private:
    std::string text(char separator, bool fraction) const {
        char buffer[detail::timestamp_capacity];
        return {buffer, detail::write_timestamp(buffer, time_.time_since_epoch().count(), separator, fraction)};
    }

    time_point time_{};
};

template <>
struct column_traits<timestamp> : detail::plain_column<model::type_kind::timestamp> {
    using stored = std::string;
    static std::string to_stored(const timestamp& time) { return time.to_string(); }
    /// Nothing where the text is no time.
    static std::optional<timestamp> from_stored(std::string_view text) { return timestamp::parse(text); }
};

} // namespace autopack_schema

// ---- autopack_schema/diff/change.hpp

namespace autopack_schema {

/// What a change does to a schema; each kind is also a kind of drift, see `drift_name`.
enum class change_kind : std::uint8_t {
    add_table,
    drop_table,
    rename_table,
    table_name_case,
    table_without_rowid,
    table_strict,
    table_virtual, ///< another module, or a virtual table against an ordinary one
    add_column,
    drop_column,
    rename_column,
    column_name_case,
    column_order,
    column_type,          ///< the type means something else
    column_type_spelling, ///< the type means the same and is written in another way
    column_rowid_alias,
    column_not_null,
    column_default,
    column_autoincrement,
    column_collation,
    column_generated, ///< generated against plain
    column_generated_kind,
    column_generated_expression,
    constraint_on_conflict,
    add_primary_key,
    drop_primary_key,
    primary_key_columns,
    primary_key_order,
    primary_key_descending,
    add_unique,
    drop_unique,
    unique_columns,
    unique_order,
    unique_form, ///< a UNIQUE constraint against a unique index
    unique_name,
    add_check,
    drop_check,
    check_expression,
    check_name,
    add_index,
    drop_index,
    index_name,
    index_columns,
    index_descending,
    index_collation,
    index_unique,
    index_predicate,
    index_expression,
    add_foreign_key,
    drop_foreign_key,
    foreign_key_table,
    foreign_key_columns,
    foreign_key_on_delete,
    foreign_key_on_update,
    foreign_key_deferrable,
    foreign_key_name,
    add_view,
    drop_view,
    view_definition,
    add_trigger,
    drop_trigger,
    trigger_definition,
};

/// Which array of a schema the elements of a change are in.
enum class element : std::uint8_t { none, table, column, primary_key, unique, check, foreign_key, index, view, trigger };

/// Stands for "no such element".
inline constexpr std::uint32_t no_element = 0xffffffffU;

/// One difference between two schemas.
/// shape: `from` and `to` are positions in the array that `what` names, of the schema that was and of the one that is
///        wanted; `no_element` on the side where there is nothing. A primary key has the position of its table.
struct change {
    change_kind kind{};
    element what = element::none;
    std::uint32_t from_table = no_element;
    std::uint32_t to_table = no_element;
    std::uint32_t from = no_element;
    std::uint32_t to = no_element;
    element was = element::none; ///< the array of `from` where it is another one than `what` (`unique_form`)

    friend constexpr bool operator==(const change&, const change&) = default;
};

/// The name of a kind in drift reports, as in "table.missing": what a database lacks is what a change would add.
constexpr std::string_view drift_name(change_kind kind) {
    using enum change_kind;
    switch (kind) {
    case add_table: return "table.missing";
    case drop_table: return "table.extra";
    case rename_table: return "table.renamed";
    case table_name_case: return "table.name_case";
    case table_without_rowid: return "table.without_rowid";
    case table_strict: return "table.strict";
    case table_virtual: return "table.virtual";
    case add_column: return "column.missing";
    case drop_column: return "column.extra";
    case rename_column: return "column.renamed";
    case column_name_case: return "column.name_case";
    case column_order: return "column.order";
    case column_type: return "column.type_affinity";
    case column_type_spelling: return "column.type_spelling";
    case column_rowid_alias: return "column.rowid_alias";
    case column_not_null: return "column.not_null";
    case column_default: return "column.default";
    case column_autoincrement: return "column.autoincrement";
    case column_collation: return "column.collation";
    case column_generated: return "column.generated";
    case column_generated_kind: return "column.generated_kind";
    case column_generated_expression: return "column.generated_expr";
    case constraint_on_conflict: return "constraint.on_conflict";
    case add_primary_key: return "pk.missing";
    case drop_primary_key: return "pk.extra";
    case primary_key_columns: return "pk.columns";
    case primary_key_order: return "pk.order";
    case primary_key_descending: return "pk.desc";
    case add_unique: return "unique.missing";
    case drop_unique: return "unique.extra";
    case unique_columns: return "unique.columns";
    case unique_order: return "unique.order";
    case unique_form: return "unique.form";
    case unique_name: return "unique.name";
    case add_check: return "check.missing";
    case drop_check: return "check.extra";
    case check_expression: return "check.expr";
    case check_name: return "check.name";
    case add_index: return "index.missing";
    case drop_index: return "index.extra";
    case index_name: return "index.name";
    case index_columns: return "index.columns";
    case index_descending: return "index.desc";
    case index_collation: return "index.collation";
    case index_unique: return "index.unique";
    case index_predicate: return "index.predicate";
    case index_expression: return "index.expression";
    case add_foreign_key: return "fk.missing";
    case drop_foreign_key: return "fk.extra";
    case foreign_key_table: return "fk.target_table";
    case foreign_key_columns: return "fk.target_columns";
    case foreign_key_on_delete: return "fk.on_delete";
    case foreign_key_on_update: return "fk.on_update";
    case foreign_key_deferrable: return "fk.deferrable";
    case foreign_key_name: return "fk.name";
    case add_view: return "view.missing";
    case drop_view: return "view.extra";
    case view_definition: return "view.definition";
    case add_trigger: return "trigger.missing";
    case drop_trigger: return "trigger.extra";
    case trigger_definition: return "trigger.definition";
    }
    return "unknown";
}

} // namespace autopack_schema

// ---- autopack_schema/diff/describe.hpp

namespace autopack_schema {

namespace detail {

inline std::string joined(std::span<const model::name> names) {
    std::string text;
    for (const model::name& n : names) {
        if (!text.empty()) text += ',';
        text += n.text;
    }
    return text;
}

inline std::string joined(std::span<const model::key_part> parts) {
    std::string text;
    for (const model::key_part& p : parts) {
        if (!text.empty()) text += ',';
        text += p.text.text;
    }
    return text;
}

inline std::string dotted(std::string_view table, std::string_view name) {
    return std::string(table) + '.' + std::string(name);
}

inline std::string check_label(std::string_view table, const model::check_constraint& c) {
    if (!c.name.empty()) return dotted(table, c.name);
    return c.column.empty() ? std::string(table) : dotted(table, c.column);
}

/// The label of one element of one schema; `at` is a position in the array that `what` names.
inline std::string element_label(const model::schema& s, std::string_view table, element what, std::uint32_t at) {
    const std::string prefix(table);
    switch (what) {
    case element::none:
    case element::table:
    case element::primary_key: return prefix;
    case element::column: return dotted(table, s.columns[at].name);
    case element::unique: return prefix + '(' + joined(s.parts_of(s.uniques[at])) + ')';
    case element::check: return check_label(table, s.checks[at]);
    case element::foreign_key: return prefix + '(' + joined(s.names_of(s.foreign_keys[at].columns)) + ')';
    case element::index: return std::string(s.indexes[at].name.text);
    case element::view: return std::string(s.views[at].name.text);
    case element::trigger: return std::string(s.triggers[at].name.text);
    }
    return prefix;
}

constexpr bool names_constraint(change_kind kind) {
    return kind == change_kind::foreign_key_name || kind == change_kind::unique_name;
}

inline std::string constraint_name(const model::schema& s, element what, std::uint32_t at) {
    return std::string(what == element::unique ? s.uniques[at].name.text : s.foreign_keys[at].name.text);
}

} // namespace detail

/// The table that a change is about: its name in the wanted schema, else in the other one; empty for a view.
inline std::string_view table_of(const change& c, const model::schema& from, const model::schema& to) {
    if (c.to_table != no_element) return to.tables[c.to_table].name.text;
    if (c.from_table != no_element) return from.tables[c.from_table].name.text;
    if (c.what != element::trigger) return {};
    return c.to != no_element ? to.triggers[c.to].table.text : from.triggers[c.from].table.text;
}

/// Names what a change is about, as reports and allowances do.
/// shape: `table`, `table.column`, `table(column,column)` for a UNIQUE or foreign key, `table.name` for a named CHECK
///        or a renamed constraint, the bare name of an index, a view or a trigger
inline std::string object_label(const change& c, const model::schema& from, const model::schema& to) {
    const bool wanted = c.to != no_element;
    const model::schema& side = wanted ? to : from;
    const std::uint32_t at = wanted ? c.to : c.from;
    const std::string_view table = table_of(c, from, to);
    if (at == no_element) return std::string(table);
    if (detail::names_constraint(c.kind)) {
        const std::string name = detail::constraint_name(side, c.what, at);
        if (!name.empty()) return detail::dotted(table, name);
    }
    return detail::element_label(side, table, c.what, at);
}

} // namespace autopack_schema

// ---- autopack_schema/diff/rules.hpp

namespace autopack_schema {

/// A table with its schema: what the names in an expression can mean.
struct table_scope {
    const model::schema& schema;
    const model::table& table;
};

/// What a database makes of a schema: the questions that `diff` asks a dialect.
/// shape: plain functions that can run in constant expressions; `as_written` answers them without any dialect
struct rules {
    /// Do two columns hold the same values (affinity in SQLite, canonical type in PostgreSQL)?
    bool (*same_type)(const model::column&, const table_scope&, const model::column&, const table_scope&);
    /// Is the type written in the same way, but for case and space?
    bool (*same_type_spelling)(const model::column&, const model::column&);
    /// Does a row that leaves the column out get the same value?
    bool (*same_default)(const model::column&, const table_scope&, const model::column&, const table_scope&);
    /// Do two expressions mean the same?
    bool (*same_expression)(std::string_view, const table_scope&, std::string_view, const table_scope&);
    /// Do two SELECT statements of views mean the same?
    bool (*same_view)(std::string_view, std::string_view);
    /// Do two trigger definitions mean the same?
    bool (*same_trigger)(std::string_view, std::string_view);
    /// Does the database refuse NULL in the column, by NOT NULL or by what a key implies?
    bool (*not_null)(const table_scope&, const model::column&);
    /// Is the column another name of the row number (SQLite)?
    bool (*rowid_alias)(const table_scope&, const model::column&);
    /// Are two foreign keys checked at the same moment?
    bool (*same_deferral)(model::deferral, model::deferral);
    /// The collation of a column that names none.
    std::string_view default_collation;
    /// Is a constraint without a name another one than one with a name?
    bool exact_names = false;
};

namespace detail {

constexpr bool written_same_type(const model::column& a, const table_scope&, const model::column& b,
                                 const table_scope&) {
    return a.type.kind == b.type.kind && a.type.bytes == b.type.bytes;
}
constexpr bool written_same_spelling(const model::column& a, const model::column& b) {
    return model::same_name(a.type.declared, b.type.declared);
}
constexpr bool written_same_default(const model::column& a, const table_scope&, const model::column& b,
                                    const table_scope&) {
    return a.default_to == b.default_to;
}
constexpr bool written_same_expression(std::string_view a, const table_scope&, std::string_view b,
                                       const table_scope&) {
    return a == b;
}
constexpr bool written_same_text(std::string_view a, std::string_view b) { return a == b; }
constexpr bool written_not_null(const table_scope&, const model::column& c) { return !c.nullable; }
constexpr bool written_rowid_alias(const table_scope&, const model::column&) { return false; }
constexpr bool written_same_deferral(model::deferral a, model::deferral b) { return a == b; }

} // namespace detail

/// Compares two schemas as they are written, without the knowledge of any database.
inline constexpr rules as_written{
    detail::written_same_type, detail::written_same_spelling, detail::written_same_default,
    detail::written_same_expression, detail::written_same_text, detail::written_same_text,
    detail::written_not_null, detail::written_rowid_alias, detail::written_same_deferral, ""};

} // namespace autopack_schema

// ---- autopack_schema/diff/detail/differ.hpp

namespace autopack_schema::detail {

/// One flag for each element of a list.
/// shape: bytes, as clang 16 cannot use libstdc++ 12's vector<bool> in constant expressions
using marks = std::vector<unsigned char>;

/// What the parts of `diff` share: both schemas, the pair of tables at hand, and the list that grows.
struct differ {
    const model::schema& from;
    const model::schema& to;
    const rules& dialect;
    std::vector<change>& changes;
    std::uint32_t from_table = no_element;
    std::uint32_t to_table = no_element;

    constexpr const model::table& old_table() const { return from.tables[from_table]; }
    constexpr const model::table& new_table() const { return to.tables[to_table]; }
    constexpr table_scope old_scope() const { return {from, old_table()}; }
    constexpr table_scope new_scope() const { return {to, new_table()}; }

    constexpr void report(change_kind kind, element what, std::uint32_t from_at, std::uint32_t to_at) {
        changes.push_back({kind, what, from_table, to_table, from_at, to_at, element::none});
    }
};

/// Finds the element of `from` with the name of each element of `to`.
/// shape: one position for each element of `to`, `no_element` where there is none; linear where the orders agree
template <class T>
constexpr std::vector<std::uint32_t> match_names(std::span<const T> from, std::span<const T> to) {
    std::vector<std::uint32_t> matches;
    matches.reserve(to.size());
    std::size_t next = 0;
    for (const T& wanted : to) {
        std::size_t at = next < from.size() && from[next].name == wanted.name ? next : 0;
        while (at < from.size() && !(from[at].name == wanted.name)) ++at;
        if (at < from.size()) next = at + 1;
        matches.push_back(at < from.size() ? static_cast<std::uint32_t>(at) : no_element);
    }
    return matches;
}

/// Adds the matches that `renamed_from` hints at: the old name is taken by nobody, the new one was not there.
template <class T>
constexpr void match_renames(std::span<const T> from, std::span<const T> to, std::vector<std::uint32_t>& matches) {
    for (std::size_t i = 0; i < to.size(); ++i) {
        if (matches[i] != no_element || to[i].renamed_from.empty()) continue;
        if (model::find(to, to[i].renamed_from) != nullptr) continue;
        const T* const old = model::find(from, to[i].renamed_from);
        if (old != nullptr) matches[i] = static_cast<std::uint32_t>(old - from.data());
    }
}

/// Marks the positions that occur in a list of matches.
constexpr marks matched(std::span<const std::uint32_t> matches, std::size_t size) {
    marks found(size, false);
    for (const std::uint32_t at : matches) {
        if (at != no_element) found[at] = true;
    }
    return found;
}

/// Tells whether two names mean the same column of the pair of tables at hand, renames followed.
constexpr bool same_column(const differ& d, const model::name& old_name, const model::name& new_name) {
    if (old_name == new_name) return true;
    const model::column* const now = model::find_column(d.to, d.new_table(), new_name);
    return now != nullptr && now->renamed_from == old_name &&
           model::find_column(d.from, d.old_table(), new_name) == nullptr;
}

/// Tells whether two lists name the same columns in the same order.
constexpr bool same_columns(const differ& d, std::span<const model::name> old_names,
                            std::span<const model::name> new_names) {
    if (old_names.size() != new_names.size()) return false;
    for (std::size_t i = 0; i < old_names.size(); ++i) {
        if (!same_column(d, old_names[i], new_names[i])) return false;
    }
    return true;
}

/// Two names of a collation, empty standing for the database's default.
constexpr bool same_collation(const rules& dialect, std::string_view a, std::string_view b) {
    return model::same_name(a.empty() ? dialect.default_collation : a, b.empty() ? dialect.default_collation : b);
}

/// ABORT is what happens without a clause.
constexpr bool same_conflict(model::conflict a, model::conflict b) {
    const auto plain = [](model::conflict c) { return c == model::conflict::none || c == model::conflict::abort; };
    return a == b || (plain(a) && plain(b));
}

/// Tells whether two constraints have the same name, an unnamed one being any unless names are to be exact.
constexpr bool same_constraint_name(const rules& dialect, const model::name& a, const model::name& b) {
    return (!dialect.exact_names && (a.empty() || b.empty())) || a == b;
}

} // namespace autopack_schema::detail

// ---- autopack_schema/diff/detail/checks.hpp

namespace autopack_schema::detail {

/// The state of matching CHECK constraints: what is still without a partner.
struct check_match {
    std::span<const model::check_constraint> was;
    std::span<const model::check_constraint> is;
    marks old_done;
    marks new_done;
};

/// Pairs what `alike` finds alike and calls `report` with the positions of each pair.
template <class Alike, class Report>
constexpr void pair_checks(const differ& d, check_match& m, Alike alike, Report report) {
    for (std::uint32_t i = 0; i < m.is.size(); ++i) {
        for (std::uint32_t j = 0; j < m.was.size() && !m.new_done[i]; ++j) {
            if (m.old_done[j] || !alike(m.was[j], m.is[i])) continue;
            m.old_done[j] = m.new_done[i] = true;
            report(d.old_table().checks.first + j, d.new_table().checks.first + i);
        }
    }
}

/// Compares the CHECK constraints of the pair of tables at hand: by meaning first, then by name, then by place.
constexpr void diff_checks(differ& d) {
    check_match m{d.from.checks_of(d.old_table()), d.to.checks_of(d.new_table()), {}, {}};
    m.old_done.assign(m.was.size(), false);
    m.new_done.assign(m.is.size(), false);
    const auto same = [&d](const model::check_constraint& was, const model::check_constraint& is) {
        return d.dialect.same_expression(was.expression, d.old_scope(), is.expression, d.new_scope());
    };
    const auto report_name = [&d](std::uint32_t from, std::uint32_t to) {
        if (same_constraint_name(d.dialect, d.from.checks[from].name, d.to.checks[to].name)) return;
        d.report(change_kind::check_name, element::check, from, to);
    };
    const auto report_expression = [&d](std::uint32_t from, std::uint32_t to) {
        d.report(change_kind::check_expression, element::check, from, to);
    };
    using check = model::check_constraint;
    const auto same_and_named = [&](const check& was, const check& is) { return was.name == is.name && same(was, is); };
    const auto same_name = [](const check& was, const check& is) { return !is.name.empty() && was.name == is.name; };
    const auto unnamed = [](const check& was, const check& is) { return was.name.empty() || is.name.empty(); };
    const auto same_place = [&](const check& was, const check& is) {
        return unnamed(was, is) && was.column == is.column;
    };
    const auto open_place = [&](const check& was, const check& is) {
        return unnamed(was, is) && (was.column.empty() || is.column.empty());
    };
    pair_checks(d, m, same_and_named, report_name);
    pair_checks(d, m, same, report_name);
    pair_checks(d, m, same_name, report_expression);
    pair_checks(d, m, same_place, report_expression);
    pair_checks(d, m, open_place, report_expression);
    for (std::uint32_t i = 0; i < m.is.size(); ++i) {
        if (!m.new_done[i]) {
            d.report(change_kind::add_check, element::check, no_element, d.new_table().checks.first + i);
        }
    }
    for (std::uint32_t j = 0; j < m.was.size(); ++j) {
        if (!m.old_done[j]) {
            d.report(change_kind::drop_check, element::check, d.old_table().checks.first + j, no_element);
        }
    }
}

} // namespace autopack_schema::detail

// ---- autopack_schema/diff/detail/columns.hpp

namespace autopack_schema::detail {

constexpr void diff_generated(differ& d, const model::column& was, const model::column& is, std::uint32_t from,
                              std::uint32_t to) {
    const bool was_generated = was.generated != model::generated_kind::none;
    const bool is_generated = is.generated != model::generated_kind::none;
    if (was_generated != is_generated) {
        d.report(change_kind::column_generated, element::column, from, to);
    } else if (is_generated) {
        if (was.generated != is.generated) d.report(change_kind::column_generated_kind, element::column, from, to);
        if (!d.dialect.same_expression(was.generated_as, d.old_scope(), is.generated_as, d.new_scope())) {
            d.report(change_kind::column_generated_expression, element::column, from, to);
        }
    }
}

constexpr void diff_nullability(differ& d, const model::column& was, const model::column& is, std::uint32_t from,
                                std::uint32_t to) {
    const bool was_refused = d.dialect.not_null(d.old_scope(), was);
    const bool is_refused = d.dialect.not_null(d.new_scope(), is);
    if (was_refused != is_refused) {
        d.report(change_kind::column_not_null, element::column, from, to);
    } else if (is_refused && !same_conflict(was.on_null, is.on_null)) {
        d.report(change_kind::constraint_on_conflict, element::column, from, to);
    }
}

constexpr void diff_type(differ& d, const model::column& was, const model::column& is, std::uint32_t from,
                         std::uint32_t to) {
    if (!d.dialect.same_type(was, d.old_scope(), is, d.new_scope())) {
        d.report(change_kind::column_type, element::column, from, to);
    } else if (!d.dialect.same_type_spelling(was, is)) {
        d.report(change_kind::column_type_spelling, element::column, from, to);
    }
}

/// Compares two columns that are the same one, each aspect by itself.
constexpr void diff_column(differ& d, std::uint32_t from, std::uint32_t to) {
    const model::column& was = d.from.columns[from];
    const model::column& is = d.to.columns[to];
    if (!(was.name == is.name)) {
        d.report(change_kind::rename_column, element::column, from, to);
    } else if (was.name.text != is.name.text) {
        d.report(change_kind::column_name_case, element::column, from, to);
    }
    const bool was_rowid = d.dialect.rowid_alias(d.old_scope(), was);
    const bool is_rowid = d.dialect.rowid_alias(d.new_scope(), is);
    const bool both_keyed = d.old_table().key.present() && d.new_table().key.present();
    if (was_rowid != is_rowid && both_keyed) {
        d.report(change_kind::column_rowid_alias, element::column, from, to);
    } else {
        diff_type(d, was, is, from, to);
        if (!was_rowid) diff_nullability(d, was, is, from, to); // a row number that becomes a plain column held no NULL
    }
    if (!d.dialect.same_default(was, d.old_scope(), is, d.new_scope())) {
        d.report(change_kind::column_default, element::column, from, to);
    }
    if (was.identity != is.identity) d.report(change_kind::column_autoincrement, element::column, from, to);
    if (!same_collation(d.dialect, was.collation, is.collation)) {
        d.report(change_kind::column_collation, element::column, from, to);
    }
    diff_generated(d, was, is, from, to);
}

/// Tells whether the columns that both tables have stand in another order.
constexpr bool reordered(const std::vector<std::uint32_t>& matches) {
    std::uint32_t last = 0;
    for (const std::uint32_t at : matches) {
        if (at == no_element) continue;
        if (at < last) return true;
        last = at;
    }
    return false;
}

/// Compares the columns of the pair of tables at hand.
constexpr void diff_columns(differ& d) {
    const std::span<const model::column> was = d.from.columns_of(d.old_table());
    const std::span<const model::column> is = d.to.columns_of(d.new_table());
    std::vector<std::uint32_t> matches = match_names(was, is);
    match_renames(was, is, matches);
    const marks kept = matched(matches, was.size());
    const std::uint32_t from_first = d.old_table().columns.first;
    const std::uint32_t to_first = d.new_table().columns.first;
    for (std::uint32_t i = 0; i < is.size(); ++i) {
        if (matches[i] == no_element) {
            d.report(change_kind::add_column, element::column, no_element, to_first + i);
        } else {
            diff_column(d, from_first + matches[i], to_first + i);
        }
    }
    for (std::uint32_t i = 0; i < was.size(); ++i) {
        if (!kept[i]) d.report(change_kind::drop_column, element::column, from_first + i, no_element);
    }
    if (reordered(matches)) d.report(change_kind::column_order, element::none, no_element, no_element);
}

} // namespace autopack_schema::detail

// ---- autopack_schema/diff/detail/foreign_keys.hpp

namespace autopack_schema::detail {

/// The parent columns of a foreign key; without a list they are the parent's primary key.
constexpr std::vector<model::name> parent_columns(const model::schema& s, const model::foreign_key& f) {
    std::vector<model::name> columns;
    for (const model::name& n : s.names_of(f.parent_columns)) columns.push_back(n);
    if (!columns.empty()) return columns;
    const model::table* const parent = model::find_table(s, f.parent);
    if (parent == nullptr) return columns;
    for (const model::key_part& p : s.parts_of(parent->key)) columns.push_back(p.text);
    return columns;
}

/// Tells whether a column of a parent table is the same one, its renaming followed.
constexpr bool same_parent_column(const differ& d, const model::foreign_key& is, const model::name& old_name,
                                  const model::name& new_name) {
    if (old_name == new_name) return true;
    const model::table* const parent = model::find_table(d.to, is.parent);
    const model::column* const c = parent != nullptr ? model::find_column(d.to, *parent, new_name) : nullptr;
    return c != nullptr && c->renamed_from == old_name;
}

/// Tells whether two foreign keys come from the same child columns, in any order.
constexpr bool same_children(const differ& d, const model::foreign_key& was, const model::foreign_key& is) {
    const auto old_names = d.from.names_of(was.columns);
    const auto new_names = d.to.names_of(is.columns);
    if (old_names.size() != new_names.size()) return false;
    for (const model::name& wanted : new_names) {
        bool found = false;
        for (const model::name& n : old_names) found = found || same_column(d, n, wanted);
        if (!found) return false;
    }
    return true;
}

constexpr bool same_parent(const differ& d, const model::foreign_key& was, const model::foreign_key& is) {
    if (was.parent == is.parent) return true;
    const model::table* const parent = model::find_table(d.to, is.parent);
    return parent != nullptr && parent->renamed_from == was.parent;
}

/// Tells whether two foreign keys tie the same child columns to the same parent columns: as a set of pairs.
constexpr bool same_pairs(const differ& d, const model::foreign_key& was, const model::foreign_key& is) {
    const auto old_names = d.from.names_of(was.columns);
    const auto new_names = d.to.names_of(is.columns);
    const std::vector<model::name> old_parents = parent_columns(d.from, was);
    const std::vector<model::name> new_parents = parent_columns(d.to, is);
    if (old_parents.size() != new_parents.size()) return false;
    for (std::size_t i = 0; i < new_names.size() && i < new_parents.size(); ++i) {
        bool found = false;
        for (std::size_t j = 0; j < old_names.size() && j < old_parents.size(); ++j) {
            found = found || (same_column(d, old_names[j], new_names[i]) &&
                              same_parent_column(d, is, old_parents[j], new_parents[i]));
        }
        if (!found) return false;
    }
    return true;
}

constexpr void diff_foreign_key(differ& d, std::uint32_t from, std::uint32_t to) {
    const model::foreign_key& was = d.from.foreign_keys[from];
    const model::foreign_key& is = d.to.foreign_keys[to];
    const auto report = [&](change_kind kind) { d.report(kind, element::foreign_key, from, to); };
    if (!same_parent(d, was, is)) {
        report(change_kind::foreign_key_table);
    } else if (!same_pairs(d, was, is)) {
        report(change_kind::foreign_key_columns);
    }
    if (was.on_delete != is.on_delete) report(change_kind::foreign_key_on_delete);
    if (was.on_update != is.on_update) report(change_kind::foreign_key_on_update);
    if (!d.dialect.same_deferral(was.defer, is.defer)) report(change_kind::foreign_key_deferrable);
    if (!same_constraint_name(d.dialect, was.name, is.name)) report(change_kind::foreign_key_name);
}

template <class Alike>
constexpr void pair_foreign_keys(differ& d, marks& old_done, marks& new_done, Alike alike) {
    const auto was = d.from.foreign_keys_of(d.old_table());
    const auto is = d.to.foreign_keys_of(d.new_table());
    for (std::uint32_t i = 0; i < is.size(); ++i) {
        for (std::uint32_t j = 0; j < was.size() && !new_done[i]; ++j) {
            if (old_done[j] || !same_children(d, was[j], is[i]) || !alike(was[j], is[i])) continue;
            old_done[j] = new_done[i] = true;
            diff_foreign_key(d, d.old_table().foreign_keys.first + j, d.new_table().foreign_keys.first + i);
        }
    }
}

/// Compares the foreign keys of the pair of tables at hand, matched by what they tie together.
constexpr void diff_foreign_keys(differ& d) {
    marks old_done(d.old_table().foreign_keys.count, false);
    marks new_done(d.new_table().foreign_keys.count, false);
    using key = model::foreign_key;
    const auto parent = [&d](const key& was, const key& is) { return same_parent(d, was, is); };
    const auto exact = [&](const key& was, const key& is) { return parent(was, is) && same_pairs(d, was, is); };
    const auto any = [](const key&, const key&) { return true; };
    pair_foreign_keys(d, old_done, new_done, exact);
    pair_foreign_keys(d, old_done, new_done, parent);
    pair_foreign_keys(d, old_done, new_done, any);
    for (std::uint32_t i = 0; i < new_done.size(); ++i) {
        if (!new_done[i]) {
            d.report(change_kind::add_foreign_key, element::foreign_key, no_element,
                     d.new_table().foreign_keys.first + i);
        }
    }
    for (std::uint32_t j = 0; j < old_done.size(); ++j) {
        if (!old_done[j]) {
            d.report(change_kind::drop_foreign_key, element::foreign_key, d.old_table().foreign_keys.first + j,
                     no_element);
        }
    }
}

} // namespace autopack_schema::detail

// ---- autopack_schema/diff/detail/keys.hpp

namespace autopack_schema::detail {

/// The collation that a part of a key compares by: its own, or that of its column.
constexpr std::string_view part_collation(const model::schema& s, const model::table& t, const model::key_part& p) {
    if (!p.collation.empty() || p.is_expression) return p.collation;
    const model::column* const c = model::find_column(s, t, p.text);
    return c != nullptr ? c->collation : std::string_view{};
}

/// Tells whether two parts compare by the same collation; where both inherit it, the column answers for it.
constexpr bool same_part_collation(const differ& d, const model::key_part& was, const model::key_part& is) {
    if (was.collation.empty() && is.collation.empty()) return true;
    return same_collation(d.dialect, part_collation(d.from, d.old_table(), was),
                          part_collation(d.to, d.new_table(), is));
}

constexpr bool same_part(const differ& d, const model::key_part& was, const model::key_part& is) {
    return was.is_expression == is.is_expression && same_column(d, was.text, is.text) &&
           same_part_collation(d, was, is);
}

/// Tells whether two keys have the same parts in the same order, sort orders aside.
constexpr bool same_parts(const differ& d, std::span<const model::key_part> was, std::span<const model::key_part> is) {
    if (was.size() != is.size()) return false;
    for (std::size_t i = 0; i < is.size(); ++i) {
        if (!same_part(d, was[i], is[i])) return false;
    }
    return true;
}

constexpr bool has_part(const differ& d, std::span<const model::key_part> was, const model::key_part& wanted) {
    for (const model::key_part& p : was) {
        if (same_part(d, p, wanted)) return true;
    }
    return false;
}

/// Tells whether two keys have the same parts in any order.
constexpr bool same_part_set(const differ& d, std::span<const model::key_part> was,
                             std::span<const model::key_part> is) {
    if (was.size() != is.size()) return false;
    for (const model::key_part& p : is) {
        if (!has_part(d, was, p)) return false;
    }
    return true;
}

constexpr bool share_column(const differ& d, std::span<const model::key_part> was,
                            std::span<const model::key_part> is) {
    for (const model::key_part& p : is) {
        for (const model::key_part& q : was) {
            if (!p.is_expression && !q.is_expression && same_column(d, q.text, p.text)) return true;
        }
    }
    return false;
}

constexpr bool is_rowid_key(const differ& d, const table_scope& scope, std::span<const model::key_part> parts) {
    if (parts.size() != 1) return false;
    const model::column* const c = model::find_column(scope.schema, scope.table, parts[0].text);
    return c != nullptr && d.dialect.rowid_alias(scope, *c);
}

constexpr bool same_directions(std::span<const model::key_part> was, std::span<const model::key_part> is) {
    for (std::size_t i = 0; i < is.size(); ++i) {
        if (was[i].descending != is[i].descending) return false;
    }
    return true;
}

/// Compares the primary keys of the pair of tables at hand.
constexpr void diff_primary_key(differ& d) {
    const auto report = [&d](change_kind kind) { d.report(kind, element::primary_key, d.from_table, d.to_table); };
    const model::primary_key& was = d.old_table().key;
    const model::primary_key& is = d.new_table().key;
    if (!was.present() && !is.present()) return;
    if (!was.present()) return report(change_kind::add_primary_key);
    if (!is.present()) return report(change_kind::drop_primary_key);
    const auto old_parts = d.from.parts_of(was);
    const auto new_parts = d.to.parts_of(is);
    if (!same_part_set(d, old_parts, new_parts)) {
        report(change_kind::primary_key_columns);
    } else if (!same_parts(d, old_parts, new_parts)) {
        report(change_kind::primary_key_order);
    } else if (!same_directions(old_parts, new_parts) && !is_rowid_key(d, d.old_scope(), old_parts) &&
               !is_rowid_key(d, d.new_scope(), new_parts)) {
        report(change_kind::primary_key_descending);
    }
    if (!same_conflict(was.on_conflict, is.on_conflict)) report(change_kind::constraint_on_conflict);
}

} // namespace autopack_schema::detail

// ---- autopack_schema/diff/detail/indexes.hpp

namespace autopack_schema::detail {

constexpr bool same_predicate(const differ& d, const model::index& was, const model::index& is) {
    if (was.where.empty() != is.where.empty()) return false;
    return was.where.empty() || d.dialect.same_expression(was.where, d.old_scope(), is.where, d.new_scope());
}

/// What two indexes differ in, part by part.
struct part_differences {
    bool columns = false;
    bool expressions = false;
    bool directions = false;
    bool collations = false;

    constexpr bool none() const { return !columns && !expressions && !directions && !collations; }
};

constexpr part_differences compare_parts(const differ& d, std::span<const model::key_part> was,
                                         std::span<const model::key_part> is) {
    part_differences found;
    found.columns = was.size() != is.size();
    for (std::size_t i = 0; i < was.size() && i < is.size(); ++i) {
        if (was[i].is_expression || is[i].is_expression) {
            found.expressions = found.expressions || was[i].is_expression != is[i].is_expression ||
                                !d.dialect.same_expression(was[i].text, d.old_scope(), is[i].text, d.new_scope());
        } else if (!same_column(d, was[i].text, is[i].text)) {
            found.columns = true;
        }
        found.directions = found.directions || was[i].descending != is[i].descending;
        found.collations = found.collations || !same_part_collation(d, was[i], is[i]);
    }
    return found;
}

constexpr void diff_index(differ& d, std::uint32_t from, std::uint32_t to) {
    const model::index& was = d.from.indexes[from];
    const model::index& is = d.to.indexes[to];
    const auto report = [&](change_kind kind) { d.report(kind, element::index, from, to); };
    const part_differences found = compare_parts(d, d.from.parts_of(was), d.to.parts_of(is));
    if (found.columns) report(change_kind::index_columns);
    if (found.expressions) report(change_kind::index_expression);
    if (!found.columns && !found.expressions) {
        if (found.directions) report(change_kind::index_descending);
        if (found.collations) report(change_kind::index_collation);
    }
    if (was.unique != is.unique) report(change_kind::index_unique);
    if (!same_predicate(d, was, is)) report(change_kind::index_predicate);
}

/// Tells whether two indexes of different names do the same work.
constexpr bool same_index(const differ& d, const model::index& was, const model::index& is) {
    return was.unique == is.unique && same_predicate(d, was, is) &&
           compare_parts(d, d.from.parts_of(was), d.to.parts_of(is)).none();
}

/// Finds the index that does the work of an index under another name.
constexpr std::uint32_t renamed_index(const differ& d, std::span<const model::index> was,
                                      const marks& old_done, const model::index& is) {
    for (std::uint32_t j = 0; j < was.size(); ++j) {
        if (!old_done[j] && same_index(d, was[j], is)) return j;
    }
    return no_element;
}

/// Marks and compares the indexes that both tables have under one name.
constexpr void diff_named_indexes(differ& d, marks& old_done, marks& new_done) {
    const std::vector<std::uint32_t> matches =
        match_names(d.from.indexes_of(d.old_table()), d.to.indexes_of(d.new_table()));
    for (std::uint32_t i = 0; i < matches.size(); ++i) {
        if (matches[i] == no_element) continue;
        old_done[matches[i]] = new_done[i] = true;
        diff_index(d, d.old_table().indexes.first + matches[i], d.new_table().indexes.first + i);
    }
}

/// Compares the indexes that have no namesake and are not marked as done.
constexpr void diff_other_indexes(differ& d, marks& old_done, const marks& new_done) {
    const auto was = d.from.indexes_of(d.old_table());
    const auto is = d.to.indexes_of(d.new_table());
    const std::uint32_t from_first = d.old_table().indexes.first;
    const std::uint32_t to_first = d.new_table().indexes.first;
    for (std::uint32_t i = 0; i < is.size(); ++i) {
        if (new_done[i]) continue;
        const std::uint32_t twin = renamed_index(d, was, old_done, is[i]);
        if (twin == no_element) {
            d.report(change_kind::add_index, element::index, no_element, to_first + i);
        } else {
            old_done[twin] = true;
            d.report(change_kind::index_name, element::index, from_first + twin, to_first + i);
        }
    }
    for (std::uint32_t j = 0; j < was.size(); ++j) {
        if (!old_done[j]) d.report(change_kind::drop_index, element::index, from_first + j, no_element);
    }
}

} // namespace autopack_schema::detail

// ---- autopack_schema/diff/detail/statements.hpp

namespace autopack_schema::detail {

constexpr bool same_view(const differ& d, const model::view& was, const model::view& is) {
    const auto old_names = d.from.names_of(was.columns);
    const auto new_names = d.to.names_of(is.columns);
    if (old_names.size() != new_names.size() || was.materialized != is.materialized) return false;
    for (std::size_t i = 0; i < new_names.size(); ++i) {
        if (!(old_names[i] == new_names[i])) return false;
    }
    return d.dialect.same_view(was.definition, is.definition);
}

constexpr bool same_trigger(const differ& d, const model::trigger& was, const model::trigger& is) {
    return was.table == is.table && d.dialect.same_trigger(was.definition, is.definition);
}

/// Reports what is gone, from positions that a matching left out.
constexpr void report_dropped(differ& d, change_kind kind, element what, const marks& kept) {
    for (std::uint32_t j = 0; j < kept.size(); ++j) {
        if (!kept[j]) d.report(kind, what, j, no_element);
    }
}

/// Compares the views of both schemas; dropped ones have been reported by `diff_dropped_statements`.
constexpr void diff_views(differ& d) {
    const std::vector<std::uint32_t> matches = match_names(d.from.views, d.to.views);
    for (std::uint32_t i = 0; i < matches.size(); ++i) {
        if (matches[i] == no_element) {
            d.report(change_kind::add_view, element::view, no_element, i);
        } else if (!same_view(d, d.from.views[matches[i]], d.to.views[i])) {
            d.report(change_kind::view_definition, element::view, matches[i], i);
        }
    }
}

/// Compares the triggers of both schemas; dropped ones have been reported by `diff_dropped_statements`.
constexpr void diff_triggers(differ& d) {
    const std::vector<std::uint32_t> matches = match_names(d.from.triggers, d.to.triggers);
    for (std::uint32_t i = 0; i < matches.size(); ++i) {
        if (matches[i] == no_element) {
            d.report(change_kind::add_trigger, element::trigger, no_element, i);
        } else if (!same_trigger(d, d.from.triggers[matches[i]], d.to.triggers[i])) {
            d.report(change_kind::trigger_definition, element::trigger, matches[i], i);
        }
    }
}

/// Reports the triggers and views that are gone: they can stand in the way of other changes.
constexpr void diff_dropped_statements(differ& d) {
    report_dropped(d, change_kind::drop_trigger, element::trigger,
                   matched(match_names(d.from.triggers, d.to.triggers), d.from.triggers.size()));
    report_dropped(d, change_kind::drop_view, element::view,
                   matched(match_names(d.from.views, d.to.views), d.from.views.size()));
}

} // namespace autopack_schema::detail

// ---- autopack_schema/diff/detail/uniques.hpp

namespace autopack_schema::detail {

/// Tells whether a unique index enforces what a UNIQUE constraint would.
constexpr bool is_plain_unique(const model::schema& s, const model::index& i) {
    if (!i.unique || !i.where.empty()) return false;
    for (const model::key_part& p : s.parts_of(i)) {
        if (p.is_expression) return false;
    }
    return true;
}

/// The state of matching UNIQUE constraints: what is still without a partner.
struct unique_match {
    std::span<const model::unique_constraint> was;
    std::span<const model::unique_constraint> is;
    marks old_done;
    marks new_done;
};

constexpr void report_unique_pair(differ& d, change_kind kind, std::uint32_t from, std::uint32_t to) {
    const model::unique_constraint& was = d.from.uniques[from];
    const model::unique_constraint& is = d.to.uniques[to];
    if (kind != change_kind::add_unique) d.report(kind, element::unique, from, to);
    if (!same_conflict(was.on_conflict, is.on_conflict)) {
        d.report(change_kind::constraint_on_conflict, element::unique, from, to);
    }
    if (!same_constraint_name(d.dialect, was.name, is.name)) d.report(change_kind::unique_name, element::unique, from, to);
}

/// Pairs what `alike` finds alike; `kind` is reported for each pair, `add_unique` standing for nothing to report.
template <class Alike>
constexpr void pair_uniques(differ& d, unique_match& m, change_kind kind, Alike alike) {
    for (std::uint32_t i = 0; i < m.is.size(); ++i) {
        for (std::uint32_t j = 0; j < m.was.size() && !m.new_done[i]; ++j) {
            if (m.old_done[j] || !alike(d, d.from.parts_of(m.was[j]), d.to.parts_of(m.is[i]))) continue;
            m.old_done[j] = m.new_done[i] = true;
            report_unique_pair(d, kind, d.old_table().uniques.first + j, d.new_table().uniques.first + i);
        }
    }
}

/// A constraint that only repeats another one of its own table needs no partner.
constexpr void drop_repeated(const differ& d, unique_match& m) {
    for (std::size_t i = 0; i < m.is.size(); ++i) {
        for (std::size_t j = 0; j < m.was.size() && !m.new_done[i]; ++j) {
            m.new_done[i] = same_parts(d, d.from.parts_of(m.was[j]), d.to.parts_of(m.is[i]));
        }
    }
    for (std::size_t j = 0; j < m.was.size(); ++j) {
        for (std::size_t i = 0; i < m.is.size() && !m.old_done[j]; ++i) {
            m.old_done[j] = same_parts(d, d.from.parts_of(m.was[j]), d.to.parts_of(m.is[i]));
        }
    }
}

constexpr void report_unique_form(differ& d, element was, std::uint32_t from, element what, std::uint32_t to) {
    d.changes.push_back({change_kind::unique_form, what, d.from_table, d.to_table, from, to, was});
}

/// Pairs a UNIQUE constraint on one side with a unique index on the other one.
/// shape: marks the paired indexes as done, so that they are not reported again
constexpr void pair_forms(differ& d, unique_match& m, marks& old_index_done,
                          marks& new_index_done) {
    const auto old_indexes = d.from.indexes_of(d.old_table());
    const auto new_indexes = d.to.indexes_of(d.new_table());
    for (std::uint32_t i = 0; i < m.is.size(); ++i) {
        for (std::uint32_t j = 0; j < old_indexes.size() && !m.new_done[i]; ++j) {
            if (old_index_done[j] || !is_plain_unique(d.from, old_indexes[j])) continue;
            if (!same_part_set(d, d.from.parts_of(old_indexes[j]), d.to.parts_of(m.is[i]))) continue;
            old_index_done[j] = m.new_done[i] = true;
            report_unique_form(d, element::index, d.old_table().indexes.first + j, element::unique,
                               d.new_table().uniques.first + i);
        }
    }
    for (std::uint32_t i = 0; i < new_indexes.size(); ++i) {
        if (new_index_done[i] || !is_plain_unique(d.to, new_indexes[i])) continue;
        for (std::uint32_t j = 0; j < m.was.size() && !new_index_done[i]; ++j) {
            if (m.old_done[j] || !same_part_set(d, d.from.parts_of(m.was[j]), d.to.parts_of(new_indexes[i]))) continue;
            m.old_done[j] = new_index_done[i] = true;
            report_unique_form(d, element::unique, d.old_table().uniques.first + j, element::index,
                               d.new_table().indexes.first + i);
        }
    }
}

/// Compares the UNIQUE constraints of the pair of tables at hand; generated names count for nothing.
constexpr void diff_uniques(differ& d, marks& old_index_done, marks& new_index_done) {
    unique_match m{d.from.uniques_of(d.old_table()), d.to.uniques_of(d.new_table()), {}, {}};
    m.old_done.assign(m.was.size(), false);
    m.new_done.assign(m.is.size(), false);
    pair_uniques(d, m, change_kind::add_unique, same_parts);
    drop_repeated(d, m);
    pair_uniques(d, m, change_kind::unique_order, same_part_set);
    pair_forms(d, m, old_index_done, new_index_done);
    pair_uniques(d, m, change_kind::unique_columns, share_column);
    for (std::uint32_t i = 0; i < m.is.size(); ++i) {
        if (!m.new_done[i]) {
            d.report(change_kind::add_unique, element::unique, no_element, d.new_table().uniques.first + i);
        }
    }
    for (std::uint32_t j = 0; j < m.was.size(); ++j) {
        if (!m.old_done[j]) {
            d.report(change_kind::drop_unique, element::unique, d.old_table().uniques.first + j, no_element);
        }
    }
}

} // namespace autopack_schema::detail

// ---- autopack_schema/diff/diff.hpp

namespace autopack_schema {

namespace detail {

/// Compares what a table is, apart from what it holds.
constexpr void diff_table_options(differ& d, bool same_columns) {
    const model::table& was = d.old_table();
    const model::table& is = d.new_table();
    const auto report = [&d](change_kind kind) { d.report(kind, element::table, d.from_table, d.to_table); };
    if (!(was.name == is.name)) {
        report(change_kind::rename_table);
    } else if (was.name.text != is.name.text) {
        report(change_kind::table_name_case);
    }
    if (was.without_rowid != is.without_rowid) report(change_kind::table_without_rowid);
    if (was.strict != is.strict) report(change_kind::table_strict);
    const bool same_module = was.kind == is.kind && d.dialect.same_view(was.module, is.module);
    if (was.kind != is.kind || (!same_module && same_columns)) report(change_kind::table_virtual);
}

/// Compares the pair of tables at hand.
constexpr void diff_table(differ& d) {
    const std::size_t before = d.changes.size();
    diff_columns(d);
    bool same_columns = true;
    for (std::size_t i = before; i < d.changes.size(); ++i) {
        const change_kind kind = d.changes[i].kind;
        if (kind == change_kind::add_column || kind == change_kind::drop_column) same_columns = false;
    }
    diff_table_options(d, same_columns);
    marks old_indexes(d.old_table().indexes.count, false);
    marks new_indexes(d.new_table().indexes.count, false);
    diff_primary_key(d);
    diff_named_indexes(d, old_indexes, new_indexes);
    diff_uniques(d, old_indexes, new_indexes);
    diff_checks(d);
    diff_foreign_keys(d);
    diff_other_indexes(d, old_indexes, new_indexes);
}

constexpr void diff_tables(differ& d) {
    std::vector<std::uint32_t> matches = match_names(d.from.tables, d.to.tables);
    match_renames(d.from.tables, d.to.tables, matches);
    const marks kept = matched(matches, d.from.tables.size());
    for (std::uint32_t i = 0; i < matches.size(); ++i) {
        differ pair{d.from, d.to, d.dialect, d.changes, matches[i], i};
        if (matches[i] == no_element) {
            pair.report(change_kind::add_table, element::table, no_element, i);
        } else {
            diff_table(pair);
        }
    }
    for (std::uint32_t j = 0; j < kept.size(); ++j) {
        differ gone{d.from, d.to, d.dialect, d.changes, j, no_element};
        if (!kept[j]) gone.report(change_kind::drop_table, element::table, j, no_element);
    }
}

} // namespace detail

/// Lists what makes `to` out of `from`, in an order in which it can be done.
/// shape:  dropped triggers and views, tables in the order of `to`, dropped tables, then views and triggers; empty
///         where both mean the same to the dialect. An added or dropped table stands for all that belongs to it.
constexpr std::vector<change> diff(const model::schema& from, const model::schema& to,
                                   const rules& dialect = as_written) {
    std::vector<change> changes;
    detail::differ d{from, to, dialect, changes};
    detail::diff_dropped_statements(d);
    detail::diff_tables(d);
    detail::diff_views(d);
    detail::diff_triggers(d);
    return changes;
}

} // namespace autopack_schema

// ---- autopack_schema/model/builder.hpp

namespace autopack_schema::model {

namespace detail {
template <class T>
constexpr std::uint32_t size_of(const std::vector<T>& list) {
    return static_cast<std::uint32_t>(list.size());
}
} // namespace detail

/// Collects a schema piece by piece; the text that it is given must outlive it.
/// shape:  add a table first, then what belongs to it, before the next table is added
struct builder {
    std::string_view name{};
    std::string_view version{};
    std::vector<table> tables{};
    std::vector<column> columns{};
    std::vector<key_part> parts{};
    std::vector<model::name> names{};
    std::vector<unique_constraint> uniques{};
    std::vector<check_constraint> checks{};
    std::vector<foreign_key> foreign_keys{};
    std::vector<index> indexes{};
    std::vector<view> views{};
    std::vector<trigger> triggers{};
    std::vector<unmodelled> others{};

    /// Adds a table and makes it the one that the following calls add to; its ranges are set by them.
    constexpr table& add_table(table t) {
        t.columns = {detail::size_of(columns), 0};
        t.uniques = {detail::size_of(uniques), 0};
        t.checks = {detail::size_of(checks), 0};
        t.foreign_keys = {detail::size_of(foreign_keys), 0};
        t.indexes = {detail::size_of(indexes), 0};
        t.key.parts = {};
        tables.push_back(t);
        return tables.back();
    }

    constexpr column& add_column(const column& c) {
        ++tables.back().columns.count;
        columns.push_back(c);
        return columns.back();
    }

    constexpr void set_primary_key(primary_key key, std::span<const key_part> key_parts) {
        key.parts = add_parts(key_parts);
        tables.back().key = key;
    }

    constexpr void add_unique(unique_constraint u, std::span<const key_part> key_parts) {
        u.parts = add_parts(key_parts);
        ++tables.back().uniques.count;
        uniques.push_back(u);
    }

    constexpr void add_check(const check_constraint& c) {
        ++tables.back().checks.count;
        checks.push_back(c);
    }

    constexpr void add_foreign_key(foreign_key f, std::span<const model::name> from, std::span<const model::name> to) {
        f.columns = add_names(from);
        f.parent_columns = add_names(to);
        ++tables.back().foreign_keys.count;
        foreign_keys.push_back(f);
    }

    constexpr void add_index(index i, std::span<const key_part> key_parts) {
        i.parts = add_parts(key_parts);
        ++tables.back().indexes.count;
        indexes.push_back(i);
    }

    constexpr void add_view(view v, std::span<const model::name> column_names) {
        v.columns = add_names(column_names);
        views.push_back(v);
    }

    constexpr void add_trigger(const trigger& t) { triggers.push_back(t); }
    constexpr void add_other(const unmodelled& o) { others.push_back(o); }

    /// Adds a table of another schema with all that belongs to it.
    constexpr void copy_table(const schema& from, const table& t) {
        add_table(t);
        for (const column& c : from.columns_of(t)) add_column(c);
        if (t.key.present()) set_primary_key(t.key, from.parts_of(t.key));
        for (const unique_constraint& u : from.uniques_of(t)) add_unique(u, from.parts_of(u));
        for (const check_constraint& c : from.checks_of(t)) add_check(c);
        for (const foreign_key& f : from.foreign_keys_of(t)) {
            add_foreign_key(f, from.names_of(f.columns), from.names_of(f.parent_columns));
        }
        for (const index& i : from.indexes_of(t)) add_index(i, from.parts_of(i));
    }

    /// The schema built so far, seen through spans that the next addition makes stale.
    constexpr schema view_of() const {
        return {name,   version,      tables,  columns, parts,    names, uniques,
                checks, foreign_keys, indexes, views,   triggers, others};
    }

private:
    constexpr range add_parts(std::span<const key_part> list) {
        const range r{detail::size_of(parts), static_cast<std::uint32_t>(list.size())};
        parts.insert(parts.end(), list.begin(), list.end());
        return r;
    }

    constexpr range add_names(std::span<const model::name> list) {
        const range r{detail::size_of(names), static_cast<std::uint32_t>(list.size())};
        names.insert(names.end(), list.begin(), list.end());
        return r;
    }
};

} // namespace autopack_schema::model

// ---- autopack_schema/model/equal.hpp

namespace autopack_schema::model {

/// Tells whether two schemas say the same, element by element and in the same order.
/// shape: names fold case, everything else is compared as it is; meaning is the business of `diff`
constexpr bool operator==(const schema& a, const schema& b) {
    return a.name == b.name && a.version == b.version && std::ranges::equal(a.tables, b.tables) &&
           std::ranges::equal(a.columns, b.columns) && std::ranges::equal(a.parts, b.parts) &&
           std::ranges::equal(a.names, b.names) && std::ranges::equal(a.uniques, b.uniques) &&
           std::ranges::equal(a.checks, b.checks) && std::ranges::equal(a.foreign_keys, b.foreign_keys) &&
           std::ranges::equal(a.indexes, b.indexes) && std::ranges::equal(a.views, b.views) &&
           std::ranges::equal(a.triggers, b.triggers) && std::ranges::equal(a.others, b.others);
}

} // namespace autopack_schema::model

// ---- autopack_schema/model/snapshot.hpp

namespace autopack_schema::model {

/// Keeps copies of text at addresses that never change.
class text_arena {
public:
    /// Copies a text into the arena.
    /// shape: a view that lives as long as the arena, also when the arena is moved
    std::string_view keep(std::string_view text) {
        if (text.empty()) return {};
        if (text.size() > capacity_ - used_) grow(text.size());
        char* const place = blocks_.back().get() + used_;
        std::memcpy(place, text.data(), text.size());
        used_ += text.size();
        return {place, text.size()};
    }

private:
    void grow(std::size_t needed) {
        constexpr std::size_t block = 16 * 1024;
        const std::size_t size = needed > block ? needed : block;
        blocks_.push_back(std::make_unique<char[]>(size));
        capacity_ = size;
        used_ = 0;
    }

    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t capacity_ = 0;
    std::size_t used_ = 0;
};

/// A schema that owns all it says: read from a database or a file, or put together at run time.
/// shape:  movable, not copyable; `view()` stays valid while the snapshot lives and nothing is added
class snapshot {
public:
    snapshot() = default;
    snapshot(snapshot&&) noexcept = default;
    snapshot& operator=(snapshot&&) noexcept = default;

    /// Copies a schema with all of its text.
    static snapshot copy_of(const schema& from) {
        snapshot copy;
        copy.content_.name = copy.keep(from.name);
        copy.content_.version = copy.keep(from.version);
        for (const table& t : from.tables) copy.content_.copy_table(from, t);
        for (const model::view& v : from.views) copy.content_.add_view(v, from.names_of(v.columns));
        for (const trigger& t : from.triggers) copy.content_.add_trigger(t);
        for (const unmodelled& o : from.others) copy.content_.add_other(o);
        copy.own_text();
        return copy;
    }

    /// What the snapshot is made of; text that is put in must come from `keep`, or `own_text` be called at the end.
    builder& content() noexcept { return content_; }

    /// Copies a text into the snapshot.
    std::string_view keep(std::string_view text) { return text_.keep(text); }

    /// Copies every text that the content refers to into the snapshot, wherever it lies now.
    void own_text() {
        own(content_.name, content_.version);
        for (table& t : content_.tables) own(t.name, t.key.name, t.module, t.renamed_from, t.sql);
        for (column& c : content_.columns) {
            own(c.name, c.type.declared, c.default_to.text, c.generated_as, c.collation, c.renamed_from);
        }
        for (key_part& p : content_.parts) own(p.text, p.collation, p.operator_class);
        for (model::name& n : content_.names) own(n);
        for (unique_constraint& u : content_.uniques) own(u.name);
        for (check_constraint& c : content_.checks) own(c.name, c.expression, c.column);
        for (foreign_key& f : content_.foreign_keys) own(f.name, f.parent, f.match);
        for (index& i : content_.indexes) own(i.name, i.where, i.method, i.sql);
        for (model::view& v : content_.views) own(v.name, v.definition, v.sql);
        for (trigger& t : content_.triggers) own(t.name, t.table, t.definition, t.sql);
        for (unmodelled& o : content_.others) own(o.kind, o.name, o.sql, o.reason);
    }

    /// The schema, as every algorithm takes it.
    schema view() const noexcept { return content_.view_of(); }

private:
    void own_one(std::string_view& text) { text = keep(text); }
    void own_one(model::name& n) { n.text = keep(n.text); }

    template <class... Text>
    void own(Text&... text) {
        (own_one(text), ...);
    }

    text_arena text_;
    builder content_;
};

} // namespace autopack_schema::model

// ---- autopack_schema/detail/printable.hpp

namespace autopack_schema::detail {

/// Text that is safe to print: control characters become `\n`, `\t`, `\x1b`, so that a hostile name
/// can neither move the cursor nor forge a line of a log. With `keep_lines` a line break stays one,
/// and the next line is indented.
inline std::string printable(std::string_view text, bool keep_lines = false) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char character = text[at];
        const auto byte = static_cast<unsigned char>(character);
        const bool c1 = byte == 0xc2 && at + 1 < text.size() && // U+0080 to U+009F: CSI in one character
                        static_cast<unsigned char>(text[at + 1]) < 0xa0;
        if (character == '\n') {
            out += keep_lines ? "\n       " : "\\n";
        } else if (character == '\t') {
            out += keep_lines ? "\t" : "\\t";
        } else if (character == '\r' && keep_lines) {
            continue;
        } else if (byte < 0x20 || byte == 0x7f || c1) {
            const auto shown = c1 ? static_cast<unsigned char>(text[++at]) : byte;
            out += "\\x";
            out += digits[shown >> 4];
            out += digits[shown & 0x0f];
        } else {
            out += character;
        }
    }
    return out;
}

/// A prefix of at most `limit` bytes that does not cut a UTF-8 character.
inline std::string_view utf8_prefix(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80) --limit;
    return text.substr(0, limit);
}

/// Long text cut at `limit` bytes, with the number of bytes that are left out.
inline std::string shortened(std::string_view text, std::size_t limit) {
    const std::string_view head = utf8_prefix(text, limit);
    if (head.size() == text.size()) return std::string(text);
    return std::string(head) + " … (" + std::to_string(text.size() - head.size()) + " more bytes)";
}

/// A name between double quotes for a message (not for SQL): a quote inside is doubled.
inline std::string quoted(std::string_view name) {
    std::string out = "\"";
    for (const char character : printable(shortened(name, 200))) {
        out += character;
        if (character == '"') out += character;
    }
    return out + "\"";
}

} // namespace autopack_schema::detail

// ---- autopack_schema/error.hpp

namespace autopack_schema {

/// Everything that is known about one failure; what is not known stays empty.
struct error_info {
    std::string code{};          ///< "S201"; each code has its heading in docs/errors.md
    std::string what_happened{}; ///< a clause without a full stop: "no such table: runs"
    std::string table{};         ///< the table concerned, unquoted
    std::string column{};        ///< the column concerned, unquoted; several are separated by ", "
    std::string sql{};           ///< the statement that failed, in full (what() shows its beginning)
    std::string database{};      ///< where: an absolute path or a URL without its secrets
    std::string advice{};        ///< what the reader can do: "stop the API server, or …"
    int native_code = 0;         ///< the database library's own code; 0 when it has none
    std::string native_name{};   ///< its name: "SQLITE_BUSY_SNAPSHOT", or an SQLSTATE
};

namespace detail {

/// The text of `what()`: one line that says it all, then a line each for database and SQL.
/// shape:  [S201] table "users": column "e-mail": what happened; advice (SQLITE_ERROR, 1)
inline std::string error_text(const error_info& info) {
    std::string text;
    if (!info.code.empty()) text += "[" + info.code + "] ";
    if (!info.table.empty()) text += "table " + detail::quoted(info.table) + ": ";
    if (!info.column.empty()) text += "column " + detail::quoted(info.column) + ": ";
    text += printable(info.what_happened);
    if (!info.advice.empty()) text += "; " + printable(info.advice);
    if (info.native_code != 0) {
        text += info.native_name.empty() ? " (native code " : " (" + info.native_name + ", ";
        text += std::to_string(info.native_code) + ")";
    }
    if (!info.database.empty()) text += "\n  database: " + printable(info.database);
    if (!info.sql.empty()) text += "\n  SQL: " + printable(shortened(info.sql, 600), true);
    return text;
}

} // namespace detail

/// What every function of this library throws when it cannot do what it was asked.
/// shape:  `what()` is the whole message, ready for a terminal or a log: control characters are
///         escaped, passwords never occur; the parts are in `info()`
class error : public std::runtime_error {
public:
    explicit error(error_info info) : std::runtime_error(detail::error_text(info)), info_(std::move(info)) {}

    /// The parts of the message.
    const error_info& info() const noexcept { return info_; }
    /// "S201"; stable across versions, never reused for something else.
    std::string_view code() const noexcept { return info_.code; }

private:
    error_info info_;
};

} // namespace autopack_schema

// ---- autopack_schema/sql/sqlite/keywords.hpp

namespace autopack_schema::sql::sqlite {

/// The words that are no name everywhere unless quoted: tried one by one on SQLite 3.40.1 as the name of a table, a
/// column and in an expression; with TRUE and FALSE, which are values in an expression.
/// source: https://sqlite.org/lang_keywords.html
inline constexpr std::array<std::string_view, 74> reserved_words{
    "ADD", "ALL", "ALTER", "AND", "AS", "AUTOINCREMENT", "BETWEEN", "CASE", "CAST", "CHECK", "COLLATE", "COMMIT",
    "CONSTRAINT", "CREATE", "CROSS", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "DEFAULT", "DEFERRABLE",
    "DELETE", "DISTINCT", "DROP", "ELSE", "ESCAPE", "EXCEPT", "EXISTS", "FALSE", "FOREIGN", "FROM", "FULL", "GROUP",
    "HAVING", "IF", "IN", "INDEX", "INDEXED", "INNER", "INSERT", "INTERSECT", "INTO", "IS", "ISNULL", "JOIN", "LEFT",
    "LIMIT", "NATURAL", "NOT", "NOTHING", "NOTNULL", "NULL", "ON", "OR", "ORDER", "OUTER", "PRIMARY", "RAISE",
    "REFERENCES", "RETURNING", "RIGHT", "SELECT", "SET", "TABLE", "THEN", "TO", "TRANSACTION", "TRUE", "UNION",
    "UNIQUE", "UPDATE", "USING", "VALUES", "WHEN", "WHERE"};

/// Tells whether a word must be quoted to be a name.
constexpr bool is_reserved(std::string_view word) noexcept {
    for (const std::string_view reserved : reserved_words) {
        if (model::same_name(reserved, word)) return true;
    }
    return false;
}

/// Tells whether a word cannot be a name in an expression.
constexpr bool is_reserved_in_expression(std::string_view word) noexcept {
    for (const std::string_view name : {"CROSS", "FULL", "IF", "INDEXED", "INNER", "LEFT", "NATURAL", "OUTER", "RIGHT"}) {
        if (model::same_name(name, word)) return false;
    }
    return is_reserved(word);
}

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/detail/characters.hpp

namespace autopack_schema::sql::detail {

constexpr bool is_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == '\v';
}

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr bool is_hex_digit(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

constexpr int hex_value(char c) noexcept {
    if (is_digit(c)) return c - '0';
    return (c >= 'a' ? c - 'a' : c - 'A') + 10;
}

/// Bytes of 0x80 and above are letters, so that UTF-8 names need no quotes.
constexpr bool is_word_start(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr bool is_word_part(char c) noexcept { return is_word_start(c) || is_digit(c) || c == '$'; }

/// The character at a place; NUL behind the end, which no caller takes for part of a token.
constexpr char at(std::string_view text, std::size_t index) noexcept {
    return index < text.size() ? text[index] : '\0';
}

} // namespace autopack_schema::sql::detail

// ---- autopack_schema/sql/lexical_rules.hpp

namespace autopack_schema::sql {

/// How the texts of a dialect fall into tokens, where dialects differ.
struct lexical_rules {
    bool bracket_identifiers = false;  ///< [x]
    bool backtick_identifiers = false; ///< `x`
    bool word_parameters = false;      ///< :x, @x, $x
    bool nested_comments = false;      ///< /* /* */ */ is one comment
    bool dollar_strings = false;       ///< $$x$$ and $tag$x$tag$
    bool escape_strings = false;       ///< E'it\'s'
    bool any_operator = false;         ///< a run of operator characters is one operator, `::` is one

    friend constexpr bool operator==(const lexical_rules&, const lexical_rules&) = default;
};

/// source: SQLite 3.40 tokenize.c
inline constexpr lexical_rules sqlite_lexical_rules{
    .bracket_identifiers = true, .backtick_identifiers = true, .word_parameters = true};

/// source: PostgreSQL 15, "Lexical Structure", https://www.postgresql.org/docs/15/sql-syntax-lexical.html
inline constexpr lexical_rules postgresql_lexical_rules{
    .nested_comments = true, .dollar_strings = true, .escape_strings = true, .any_operator = true};

} // namespace autopack_schema::sql

// ---- autopack_schema/sql/token.hpp

namespace autopack_schema::sql {

/// What a token is. Keywords are identifiers: whether a word is a keyword depends on its place.
enum class token_kind : std::uint8_t {
    end,               ///< behind the last token; empty
    identifier,        ///< bare word
    quoted_identifier, ///< "x", `x` or [x], with its quotes
    string,            ///< 'x', with its quotes; in PostgreSQL also E'x' and $$x$$
    blob,              ///< x'ab', with all its characters
    integer,           ///< 12 or 0xff
    real,              ///< 1.5, .5, 1e3
    parameter,         ///< ?1, :name, @name, $name
    punctuation,       ///< operators, parentheses, comma, semicolon, dot
    space,
    comment,
    invalid,           ///< what no SQL begins with, an unterminated quote, a malformed number or blob
};

/// A piece of a text.
struct token {
    token_kind kind = token_kind::end;
    std::string_view text{};
    std::size_t offset = 0; ///< of the first byte in the text

    /// Tells whether this is the operator or the punctuation mark.
    constexpr bool is(std::string_view mark) const noexcept {
        return kind == token_kind::punctuation && text == mark;
    }

    /// Tells whether this is the bare word, in whatever case.
    constexpr bool is_word(std::string_view word) const noexcept {
        return kind == token_kind::identifier && model::same_name(text, word);
    }

    constexpr bool is_trivia() const noexcept { return kind == token_kind::space || kind == token_kind::comment; }

    constexpr bool is_name() const noexcept {
        return kind == token_kind::identifier || kind == token_kind::quoted_identifier;
    }

    friend constexpr bool operator==(const token&, const token&) = default;
};

} // namespace autopack_schema::sql

// ---- autopack_schema/sql/detail/scan.hpp

// Each function measures the token that a text begins with; what it returns is at least 1 and at most the text.
namespace autopack_schema::sql::detail {

struct measured {
    token_kind kind = token_kind::invalid;
    std::size_t size = 1;
};

constexpr measured scan_space(std::string_view text) {
    std::size_t i = 1;
    while (i < text.size() && is_space(text[i])) ++i;
    return {token_kind::space, i};
}

constexpr measured scan_line_comment(std::string_view text) {
    return {token_kind::comment, text.substr(0, text.find('\n')).size()};
}

constexpr measured scan_block_comment(std::string_view text, bool nested) {
    std::size_t depth = 1;
    std::size_t i = 2;
    while (i < text.size() && depth != 0) {
        if (text[i] == '*' && at(text, i + 1) == '/') {
            --depth;
            i += 2;
        } else if (nested && text[i] == '/' && at(text, i + 1) == '*') {
            ++depth;
            i += 2;
        } else {
            ++i;
        }
    }
    return {token_kind::comment, i};
}

/// A quote ends at its closing mark; two of them stand for one.
constexpr measured scan_quoted(std::string_view text, char mark, token_kind kind, bool backslash = false) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (backslash && text[i] == '\\') {
            ++i;
        } else if (text[i] == mark) {
            if (at(text, i + 1) != mark) return {kind, i + 1};
            ++i;
        }
    }
    return {token_kind::invalid, text.size()};
}

constexpr measured scan_bracketed(std::string_view text) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return {token_kind::invalid, text.size()};
    return {token_kind::quoted_identifier, close + 1};
}

constexpr measured scan_blob(std::string_view text) {
    std::size_t i = 2;
    while (i < text.size() && is_hex_digit(text[i])) ++i;
    if (at(text, i) == '\'' && i % 2 == 0) return {token_kind::blob, i + 1};
    while (i < text.size() && text[i] != '\'') ++i;
    return {token_kind::invalid, i < text.size() ? i + 1 : i};
}

/// Counts digits; single underscores between them belong to the number (SQLite 3.46, PostgreSQL 16).
constexpr std::size_t skip_digits(std::string_view text, std::size_t i, bool (*is_part)(char) noexcept) {
    while (i < text.size()) {
        if (is_part(text[i])) {
            ++i;
        } else if (text[i] == '_' && i != 0 && is_part(text[i - 1]) && is_part(at(text, i + 1))) {
            i += 2;
        } else {
            break;
        }
    }
    return i;
}

constexpr measured scan_number(std::string_view text) {
    std::size_t i = 0;
    token_kind kind = token_kind::integer;
    if (text[0] == '0' && model::fold(at(text, 1)) == 'x' && is_hex_digit(at(text, 2))) {
        i = skip_digits(text, 2, is_hex_digit);
    } else {
        i = skip_digits(text, 0, is_digit);
        if (at(text, i) == '.') {
            kind = token_kind::real;
            i = skip_digits(text, i + 1, is_digit);
        }
        const std::size_t sign = at(text, i + 1) == '+' || at(text, i + 1) == '-' ? 1 : 0;
        if (model::fold(at(text, i)) == 'e' && is_digit(at(text, i + 1 + sign))) {
            kind = token_kind::real;
            i = skip_digits(text, i + 1 + sign, is_digit);
        }
    }
    while (i < text.size() && is_word_part(text[i])) {
        kind = token_kind::invalid;
        ++i;
    }
    return {kind, i};
}

constexpr measured scan_word(std::string_view text) {
    std::size_t i = 1;
    while (i < text.size() && is_word_part(text[i])) ++i;
    return {token_kind::identifier, i};
}

/// `$name::part(suffix)` and the like; the mark alone is no parameter.
constexpr measured scan_word_parameter(std::string_view text) {
    std::size_t i = 1;
    std::size_t letters = 0;
    while (i < text.size()) {
        if (is_word_part(text[i])) {
            ++letters;
            ++i;
        } else if (text[i] == '(' && letters > 0) {
            while (i < text.size() && !is_space(text[i]) && text[i] != ')') ++i;
            if (at(text, i) != ')') return {token_kind::invalid, i};
            ++i;
            break;
        } else if (text[i] == ':' && at(text, i + 1) == ':') {
            i += 2;
        } else {
            break;
        }
    }
    return {letters > 0 ? token_kind::parameter : token_kind::invalid, i};
}

/// `$1`, or a string between `$tag$` and the same `$tag$` (PostgreSQL).
constexpr measured scan_dollar(std::string_view text) {
    if (is_digit(at(text, 1))) return {token_kind::parameter, skip_digits(text, 1, is_digit)};
    std::size_t i = 1;
    while (i < text.size() && text[i] != '$' && is_word_part(text[i])) ++i;
    if (at(text, i) != '$') return {token_kind::invalid, 1};
    const std::string_view tag = text.substr(0, i + 1);
    const std::size_t close = text.find(tag, i + 1);
    if (close == std::string_view::npos) return {token_kind::invalid, text.size()};
    return {token_kind::string, close + tag.size()};
}

inline constexpr std::array<std::string_view, 12> sqlite_operators{"->>", "->", "||", "<<", ">>", "<=",
                                                                   ">=",  "<>", "!=", "==", "=",  "<"};
inline constexpr std::string_view single_marks = "()[],;.+-*/%&|~<>=!^#@?:";

constexpr measured scan_operator(std::string_view text, const lexical_rules& rules) {
    if (rules.any_operator) {
        constexpr std::string_view parts = "+-*/<>=~!@#%^&|`?";
        if (text.starts_with("::")) return {token_kind::punctuation, 2};
        std::size_t i = 0;
        while (i < text.size() && parts.find(text[i]) != std::string_view::npos) {
            if (i != 0 && (text.substr(i).starts_with("--") || text.substr(i).starts_with("/*"))) break;
            ++i;
        }
        if (i != 0) return {token_kind::punctuation, i};
    } else {
        for (const std::string_view op : sqlite_operators) {
            if (text.starts_with(op)) return {token_kind::punctuation, op.size()};
        }
    }
    const bool known = single_marks.find(text[0]) != std::string_view::npos;
    return {known ? token_kind::punctuation : token_kind::invalid, 1};
}

} // namespace autopack_schema::sql::detail

// ---- autopack_schema/sql/tokenizer.hpp

namespace autopack_schema::sql {

namespace detail {

constexpr measured scan_mark_or_parameter(std::string_view text, const lexical_rules& rules) {
    const char c = text[0];
    if (c == '?' && rules.word_parameters) return {token_kind::parameter, skip_digits(text, 1, is_digit)};
    if (rules.dollar_strings && c == '$') return scan_dollar(text);
    if (rules.word_parameters && (c == '$' || c == '@' || c == ':' || c == '#')) return scan_word_parameter(text);
    return scan_operator(text, rules);
}

constexpr measured scan_wordlike(std::string_view text, const lexical_rules& rules) {
    const char next = at(text, 1);
    if (next == '\'') {
        if (model::fold(text[0]) == 'x') return scan_blob(text);
        if (rules.escape_strings && model::fold(text[0]) == 'e') {
            const measured quoted = scan_quoted(text.substr(1), '\'', token_kind::string, true);
            return {quoted.kind, quoted.size + 1};
        }
    }
    if (text.starts_with("\xEF\xBB\xBF")) return {token_kind::space, 3}; // byte order mark
    return scan_word(text);
}

/// Measures the token that a text, not empty, begins with.
constexpr measured scan(std::string_view text, const lexical_rules& rules) {
    const char c = text[0];
    const char next = at(text, 1);
    if (is_space(c)) return scan_space(text);
    if (is_word_start(c)) return scan_wordlike(text, rules);
    if (is_digit(c) || (c == '.' && is_digit(next))) return scan_number(text);
    if (c == '\'') return scan_quoted(text, c, token_kind::string);
    if (c == '"' || (c == '`' && rules.backtick_identifiers)) {
        return scan_quoted(text, c, token_kind::quoted_identifier);
    }
    if (c == '[' && rules.bracket_identifiers) return scan_bracketed(text);
    if (c == '-' && next == '-') return scan_line_comment(text);
    if (c == '/' && next == '*' && text.size() > 2) return scan_block_comment(text, rules.nested_comments);
    return scan_mark_or_parameter(text, rules);
}

} // namespace detail

/// Cuts a text into tokens, one after the other; it accepts any bytes.
/// shape: the tokens are views into the text; put together they are the text
class tokenizer {
public:
    constexpr explicit tokenizer(std::string_view text, lexical_rules rules = sqlite_lexical_rules) noexcept
        : text_(text), rules_(rules) {}

    /// Gives the next token, space and comments too; `end` forever behind the last one.
    constexpr token next() {
        if (offset_ >= text_.size()) return {token_kind::end, text_.substr(text_.size()), text_.size()};
        const detail::measured found = detail::scan(text_.substr(offset_), rules_);
        const token result{found.kind, text_.substr(offset_, found.size), offset_};
        offset_ += found.size;
        return result;
    }

    /// Gives the next token that is neither space nor comment.
    constexpr token next_significant() {
        token result = next();
        while (result.is_trivia()) result = next();
        return result;
    }

private:
    std::string_view text_;
    lexical_rules rules_;
    std::size_t offset_ = 0;
};

/// Cuts a text into tokens without space and comments.
constexpr std::vector<token> tokenize(std::string_view text, lexical_rules rules = sqlite_lexical_rules) {
    std::vector<token> tokens;
    tokenizer source(text, rules);
    for (token t = source.next_significant(); t.kind != token_kind::end; t = source.next_significant()) {
        tokens.push_back(t);
    }
    return tokens;
}

/// Where an offset lies in a text.
struct text_position {
    std::size_t line = 1;
    std::size_t column = 1; ///< in bytes

    friend constexpr bool operator==(const text_position&, const text_position&) = default;
};

/// Counts lines and columns, from 1.
constexpr text_position position_of(std::string_view text, std::size_t offset) {
    text_position position;
    for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++position.line;
            position.column = 1;
        } else {
            ++position.column;
        }
    }
    return position;
}

} // namespace autopack_schema::sql

// ---- autopack_schema/sql/unquoted.hpp

namespace autopack_schema::sql {

/// Reads what a name or a string literal says, without its quotes and with doubled quotes as one, character by
/// character and without memory of its own.
class unquoted {
public:
    /// shape: a text without quotes is read as it is
    constexpr explicit unquoted(std::string_view text) noexcept : rest_(text) {
        if (text.size() < 2) return;
        const char open = text.front();
        const char close = open == '[' ? ']' : open;
        if ((open != '"' && open != '\'' && open != '`' && open != '[') || text.back() != close) return;
        rest_ = text.substr(1, text.size() - 2);
        if (open != '[') mark_ = close;
    }

    /// Reads a text as it is, quotes and all.
    static constexpr unquoted plain(std::string_view text) noexcept {
        unquoted result{std::string_view()};
        result.rest_ = text;
        return result;
    }

    constexpr bool done() const noexcept { return rest_.empty(); }

    /// Takes the next character; there must be one.
    constexpr char next() noexcept {
        const char c = rest_.front();
        rest_.remove_prefix(mark_ != '\0' && c == mark_ && rest_.size() > 1 ? 2 : 1);
        return c;
    }

private:
    std::string_view rest_;
    char mark_ = '\0';
};

/// Tells whether two readers read the same, byte for byte.
constexpr bool same_text(unquoted left, unquoted right) noexcept {
    while (!left.done() && !right.done()) {
        if (left.next() != right.next()) return false;
    }
    return left.done() && right.done();
}

/// Tells whether two quoted or bare texts say the same, byte for byte.
constexpr bool same_text(std::string_view a, std::string_view b) noexcept {
    return same_text(unquoted(a), unquoted(b));
}

/// Tells whether two quoted or bare names mean the same object.
constexpr bool same_identifier(std::string_view a, std::string_view b) noexcept {
    unquoted left(a);
    unquoted right(b);
    while (!left.done() && !right.done()) {
        if (model::fold(left.next()) != model::fold(right.next())) return false;
    }
    return left.done() && right.done();
}

/// Gives what a name or a string literal says.
inline std::string unquote(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (unquoted reader(text); !reader.done();) result += reader.next();
    return result;
}

} // namespace autopack_schema::sql

// ---- autopack_schema/sql/sqlite/detail/ddl_cursor.hpp

namespace autopack_schema::sql::sqlite::detail {

/// Walks through the tokens of a text with DDL statements and keeps the pieces that a schema needs.
class ddl_cursor {
public:
    ddl_cursor(std::string_view text, model::text_arena& kept) : text_(text), tokens_(tokenize(text)), kept_(&kept) {}

    bool at_end() const noexcept { return position_ >= tokens_.size(); }
    std::size_t position() const noexcept { return position_; }
    void move_to(std::size_t position) noexcept { position_ = position; }

    token peek(std::size_t ahead = 0) const noexcept {
        const std::size_t wanted = position_ + ahead;
        return wanted < tokens_.size() ? tokens_[wanted] : token{token_kind::end, {}, text_.size()};
    }
    token take() noexcept {
        const token t = peek();
        ++position_;
        return t;
    }
    bool accept(std::string_view mark) noexcept {
        const bool found = peek().is(mark);
        position_ += found ? 1 : 0;
        return found;
    }
    /// Takes these words if they all come next.
    bool accept_words(std::initializer_list<std::string_view> words) noexcept {
        std::size_t ahead = 0;
        for (const std::string_view word : words) {
            if (!peek(ahead++).is_word(word)) return false;
        }
        position_ += words.size();
        return true;
    }
    bool accept_word(std::string_view word) noexcept { return accept_words({word}); }

    void expect(std::string_view mark) {
        if (!accept(mark)) fail("expected \"" + std::string(mark) + "\"");
    }
    void expect_word(std::string_view word) {
        if (!accept_word(word)) fail("expected " + std::string(word));
    }

    /// Takes a name: a word that is not reserved, or something quoted, be it in single quotes.
    std::string_view name(const char* what) {
        const token t = peek();
        const bool is_word = t.kind == token_kind::identifier && !is_reserved_as_name(t.text);
        if (!is_word && t.kind != token_kind::quoted_identifier && t.kind != token_kind::string) {
            fail(std::string("expected ") + what);
        }
        ++position_;
        return keep(unquote(t.text));
    }

    /// Takes `name` or `schema.name`; the schema is left out, as SQLite does when it stores a statement.
    std::string_view object_name(const char* what) {
        const std::string_view first = name(what);
        return accept(".") ? name(what) : first;
    }

    /// Gives the text from one token up to, not including, another one.
    std::string_view slice(std::size_t first, std::size_t end) const noexcept {
        if (first >= end) return {};
        const std::size_t from = tokens_[first].offset;
        const token& last = tokens_[end - 1];
        return text_.substr(from, last.offset + last.text.size() - from);
    }
    std::string_view keep_slice(std::size_t first, std::size_t end) { return keep(slice(first, end)); }
    std::string_view keep(std::string_view text) { return kept_->keep(text); }

    const std::vector<token>& tokens() const noexcept { return tokens_; }

    /// Skips to the parenthesis that closes the one just taken and takes it.
    /// shape: the position of the closing parenthesis
    std::size_t skip_parentheses() {
        const std::size_t opened = position_ - 1;
        for (int depth = 1; !at_end(); ++position_) {
            if (peek().is("(")) ++depth;
            if (peek().is(")") && --depth == 0) return position_++;
        }
        position_ = opened;
        fail("this parenthesis is not closed");
    }

    /// Takes an expression in parentheses, without them.
    std::string_view parenthesised() {
        expect("(");
        const std::size_t first = position_;
        const std::size_t close = skip_parentheses();
        return keep_slice(first, close);
    }

    /// errors: S235 syntax error
    [[noreturn]] void fail(const std::string& expected) const {
        const token t = peek();
        const text_position place = position_of(text_, t.offset);
        const std::string found = t.kind == token_kind::end ? "the end of the text" : "\"" + std::string(t.text) + "\"";
        throw error({.code = "S235",
                     .what_happened = "SQL syntax error at line " + std::to_string(place.line) + ", column " +
                                      std::to_string(place.column) + ": " + expected + ", found " + found,
                     .sql = std::string(text_.substr(line_start(t.offset), 200)),
                     .advice = "correct the statement"});
    }

private:
    static bool is_reserved_as_name(std::string_view word) noexcept {
        for (const std::string_view allowed : {"TRUE", "FALSE", "IF", "CAST", "RAISE", "CURRENT_DATE", "CURRENT_TIME",
                                               "CURRENT_TIMESTAMP", "INDEXED"}) {
            if (model::same_name(allowed, word)) return false;
        }
        return is_reserved_in_expression(word);
    }

    std::size_t line_start(std::size_t offset) const noexcept {
        const std::size_t newline = offset == 0 ? std::string_view::npos : text_.rfind('\n', offset - 1);
        return newline == std::string_view::npos ? 0 : newline + 1;
    }

    std::string_view text_;
    std::vector<token> tokens_;
    model::text_arena* kept_;
    std::size_t position_ = 0;
};

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/expression_rules.hpp

namespace autopack_schema::sql {

/// How the expressions of a dialect are read, where dialects differ.
struct expression_rules {
    lexical_rules lexical = sqlite_lexical_rules;
    /// Is the bare word no name in an expression?
    bool (*is_reserved)(std::string_view word) = nullptr;
    /// Do CASTs to two types do the same?
    bool (*same_cast)(std::string_view type, std::string_view other) = nullptr;
    bool double_quoted_strings = false; ///< "x" is the string 'x' where no column is called x (SQLite)
    bool row_number_names = false;      ///< rowid, oid and _rowid_ are one column (SQLite)
    bool booleans_are_integers = false; ///< TRUE and FALSE are 1 and 0 (SQLite)
};

/// A column that has another name in the schema that is compared with.
struct renamed_column {
    std::string_view name;
    std::string_view other_name;
};

/// What the names in an expression can mean.
/// shape: without `columns` nothing is known, every name is taken for a column
struct name_scope {
    std::string_view table{};                      ///< the expression's own table: `t.a` there is `a`
    std::span<const std::string_view> columns{};   ///< of the table
    std::span<const renamed_column> renamed{};     ///< read as their other name

    constexpr bool is_known() const noexcept { return !columns.empty(); }

    constexpr bool has_column(std::string_view name) const noexcept {
        for (const std::string_view column : columns) {
            if (same_identifier(column, name)) return true;
        }
        return false;
    }

    /// Gives the name by which the other schema knows a column.
    constexpr std::string_view other_name(std::string_view name) const noexcept {
        for (const renamed_column& column : renamed) {
            if (same_identifier(column.name, name)) return column.other_name;
        }
        return name;
    }
};

} // namespace autopack_schema::sql

// ---- autopack_schema/sql/detail/number.hpp

namespace autopack_schema::sql::detail {

/// The value of a numeric literal: an integer where it fits 64 bits, a double otherwise.
struct number {
    bool is_real = false;
    std::int64_t integer = 0;
    double real = 0.0;
    bool is_two_to_63 = false; ///< 9223372036854775808, which is an integer once it is negated

    constexpr double as_real() const noexcept { return is_real ? real : static_cast<double>(integer); }
};

/// A natural number of any size, lowest 32 bits first; just what reading a decimal exactly needs.
class big_natural {
public:
    constexpr explicit big_natural(std::uint32_t value) : words_{value} {}

    constexpr void multiply_add(std::uint32_t factor, std::uint32_t summand) {
        std::uint64_t carry = summand;
        for (std::uint32_t& word : words_) {
            carry += std::uint64_t{word} * factor;
            word = static_cast<std::uint32_t>(carry);
            carry >>= 32U;
        }
        if (carry != 0) words_.push_back(static_cast<std::uint32_t>(carry));
    }

    constexpr bool less(const big_natural& other) const {
        const std::size_t size = words_.size() > other.words_.size() ? words_.size() : other.words_.size();
        for (std::size_t i = size; i-- > 0;) {
            if (word(i) != other.word(i)) return word(i) < other.word(i);
        }
        return false;
    }

    /// Subtracts a number that is not larger.
    constexpr void subtract(const big_natural& other) {
        std::int64_t borrow = 0;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const std::int64_t difference = std::int64_t{words_[i]} - other.word(i) - borrow;
            words_[i] = static_cast<std::uint32_t>(difference);
            borrow = difference < 0 ? 1 : 0;
        }
    }

    constexpr bool is_zero() const {
        for (const std::uint32_t word : words_) {
            if (word != 0) return false;
        }
        return true;
    }

private:
    constexpr std::uint32_t word(std::size_t i) const { return i < words_.size() ? words_[i] : 0; }

    std::vector<std::uint32_t> words_;
};

constexpr double power_of_two(int exponent) {
    double result = 1.0;
    for (; exponent > 0; --exponent) result *= 2.0;
    for (; exponent < 0; ++exponent) result *= 0.5;
    return result;
}

/// Divides with correct rounding (to nearest, ties to even).
constexpr double divide(big_natural upper, big_natural lower) {
    int exponent = 0;
    for (; !upper.less(lower); ++exponent) lower.multiply_add(2, 0);
    for (; upper.less(lower); --exponent) upper.multiply_add(2, 0);
    // upper / lower is in [1, 2) now, the value is that times 2^exponent
    if (exponent > 1023) return std::numeric_limits<double>::infinity();
    const int bits = exponent >= -1022 ? 53 : 53 + exponent + 1022;
    if (bits < 0) return 0.0;
    std::uint64_t mantissa = 0;
    for (int i = 0; i < bits; ++i) {
        mantissa *= 2;
        if (!upper.less(lower)) {
            ++mantissa;
            upper.subtract(lower);
        }
        upper.multiply_add(2, 0);
    }
    const bool half = !upper.less(lower);
    if (half) upper.subtract(lower);
    if (half && (mantissa % 2 == 1 || !upper.is_zero())) ++mantissa;
    const double scaled = static_cast<double>(mantissa) * power_of_two(1 - bits);
    if (exponent == 1023 && scaled >= 2.0) return std::numeric_limits<double>::infinity();
    return exponent < -1022 ? scaled * power_of_two(-1022) * power_of_two(exponent + 1022)
                            : scaled * power_of_two(exponent);
}

/// Gives the double that is nearest to digits × 10^exponent.
constexpr double decimal_value(std::string_view digits, int exponent) {
    while (digits.starts_with('0')) digits.remove_prefix(1);
    if (digits.empty()) return 0.0;
    const int magnitude = static_cast<int>(digits.size()) + exponent;
    if (magnitude > 310) return std::numeric_limits<double>::infinity();
    if (magnitude < -330) return 0.0;
    if (digits.size() <= 15 && exponent >= -22 && exponent <= 22) {
        double power = 1.0; // exact up to 10^22, so that one operation rounds once
        for (int i = exponent < 0 ? -exponent : exponent; i > 0; --i) power *= 10.0;
        double value = 0.0;
        for (const char digit : digits) value = value * 10.0 + (digit - '0');
        return exponent < 0 ? value / power : value * power;
    }
    big_natural upper(0);
    big_natural lower(1);
    for (const char digit : digits) upper.multiply_add(10, static_cast<std::uint32_t>(digit - '0'));
    for (int i = 0; i < exponent; ++i) upper.multiply_add(10, 0);
    for (int i = 0; i > exponent; --i) lower.multiply_add(10, 0);
    return divide(upper, lower);
}

constexpr number hexadecimal_value(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits) {
        if (c != '_') value = (value << 4U) | static_cast<std::uint64_t>(hex_value(c));
    }
    return {.integer = static_cast<std::int64_t>(value)};
}

/// A decimal literal taken apart: digits × 10^exponent.
struct decimal {
    std::vector<char> digits{}; ///< without leading zeros
    int exponent = 0;
    bool is_real = false;

    constexpr std::string_view text() const { return {digits.data(), digits.size()}; }
};

constexpr int written_exponent(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (is_digit(c) && value < 100000) value = value * 10 + (c - '0');
    }
    return at(text, 0) == '-' ? -value : value;
}

constexpr decimal take_apart(std::string_view text) {
    constexpr std::size_t longest = 1000; // no double needs more digits
    decimal result;
    std::size_t i = 0;
    for (; i < text.size() && model::fold(text[i]) != 'e'; ++i) {
        if (text[i] == '.') result.is_real = true;
        if (!is_digit(text[i])) continue;
        const bool kept = result.digits.size() < longest;
        if (kept && (text[i] != '0' || !result.digits.empty())) result.digits.push_back(text[i]);
        if (result.is_real && kept && result.exponent > -100000) --result.exponent;
        if (!result.is_real && !kept && result.exponent < 100000) ++result.exponent;
    }
    if (i < text.size()) {
        result.is_real = true;
        result.exponent += written_exponent(text.substr(i + 1));
    }
    return result;
}

/// Reads `12.5e3` and the like; no sign.
constexpr number decimal_number(std::string_view text) {
    const decimal parts = take_apart(text);
    if (!parts.is_real && parts.exponent == 0) {
        constexpr std::uint64_t largest = 0x7fffffffffffffff;
        std::uint64_t value = 0;
        bool fits = true;
        for (const char c : parts.digits) {
            const auto digit = static_cast<std::uint64_t>(c - '0');
            fits = fits && value <= (largest - digit) / 10;
            if (fits) value = value * 10 + digit;
        }
        if (fits) return {.integer = static_cast<std::int64_t>(value)};
    }
    const bool is_two_to_63 = !parts.is_real && parts.exponent == 0 && parts.text() == "9223372036854775808";
    return {.is_real = true, .real = decimal_value(parts.text(), parts.exponent), .is_two_to_63 = is_two_to_63};
}

/// Reads a numeric token.
constexpr number number_value(std::string_view text) {
    if (text.size() > 2 && text[0] == '0' && model::fold(text[1]) == 'x') return hexadecimal_value(text.substr(2));
    return decimal_number(text);
}

/// Puts a minus before a literal.
constexpr number negated(number value) {
    constexpr double two_to_63 = 9223372036854775808.0;
    constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
    if (value.is_two_to_63) return {.integer = smallest};
    if (value.is_real) return {.is_real = true, .real = -value.real};
    if (value.integer == smallest) return {.is_real = true, .real = two_to_63};
    return {.integer = -value.integer};
}

} // namespace autopack_schema::sql::detail

// ---- autopack_schema/sql/expression_tree.hpp

namespace autopack_schema::sql {

/// What a node of an expression is.
enum class node_kind : std::uint8_t {
    name,       ///< `text`, with `qualifier` where it is not the expression's own table
    string,     ///< `text`, with its quotes
    number,     ///< `value`
    blob,       ///< `text`
    null,
    parameter,  ///< `text`
    keyword,    ///< CURRENT_TIMESTAMP and the like: `text`
    truth,      ///< TRUE or FALSE behind IS, where it is a test: `text`
    unary,      ///< `text` is - + ~ or NOT
    binary,     ///< `text` is the operator; AND and OR have two or more children
    is,         ///< IS; everything that is negated stands under a NOT
    between,
    in,         ///< children: value, then `list`, `tokens` or a name
    list,
    match,      ///< `text` is LIKE, GLOB, REGEXP or MATCH; the third child is ESCAPE's
    collate,    ///< `text` is the collation
    cast,       ///< `text` is the type
    case_,      ///< `text` is "base" where CASE has an operand; ELSE is the odd child at the end
    call,       ///< `text` is the function; `qualifier` is "DISTINCT" where that was said
    star,       ///< the * of count(*)
    row,        ///< (a, b)
    exists,
    tokens,     ///< a subselect or something like it, as a list of tokens
    raise,      ///< `text` is ABORT and so on
};

/// Stands for "no node".
inline constexpr std::uint32_t no_node = 0xffffffffU;

/// One node of an expression; nodes refer to each other by their place in the tree's vector.
struct expression_node {
    node_kind kind{};
    std::string_view text{};
    std::string_view qualifier{};
    detail::number value{};
    std::uint32_t first_child = no_node;
    std::uint32_t last_child = no_node;
    std::uint32_t next_sibling = no_node;
    std::size_t first_token = 0; ///< of a `tokens` node, in the tree's tokens
    std::size_t token_count = 0;
};

/// An expression taken apart, without memory per node.
/// shape: views into the text it was read from, which must outlive it; without a root it was not understood
struct expression_tree {
    std::vector<token> tokens{};
    std::vector<expression_node> nodes{};
    std::uint32_t root = no_node;

    constexpr bool understood() const noexcept { return root != no_node; }

    constexpr std::uint32_t add(expression_node node) {
        nodes.push_back(node);
        return static_cast<std::uint32_t>(nodes.size() - 1);
    }

    constexpr void append(std::uint32_t parent, std::uint32_t child) {
        if (nodes[parent].first_child == no_node) {
            nodes[parent].first_child = child;
        } else {
            nodes[nodes[parent].last_child].next_sibling = child;
        }
        nodes[parent].last_child = child;
    }

    /// Hands all children of one node to another.
    constexpr void adopt(std::uint32_t parent, std::uint32_t other) {
        if (nodes[other].first_child == no_node) return;
        append(parent, nodes[other].first_child);
        nodes[parent].last_child = nodes[other].last_child;
    }

    constexpr std::size_t child_count(std::uint32_t parent) const {
        std::size_t count = 0;
        for (std::uint32_t i = nodes[parent].first_child; i != no_node; i = nodes[i].next_sibling) ++count;
        return count;
    }
};

} // namespace autopack_schema::sql

// ---- autopack_schema/sql/detail/expression_state.hpp

namespace autopack_schema::sql::detail {

/// Deeper nesting than this is not parsed but compared as tokens, so that no text can exhaust the stack.
inline constexpr int deepest_expression = 200;

/// Where the parser of one expression stands.
struct expression_state {
    expression_tree& tree;
    const name_scope& scope;
    const expression_rules& rules;
    std::size_t position = 0;
    std::size_t end = 0; ///< tokens from here on belong to somebody else
    int depth = 0;

    constexpr token peek(std::size_t ahead = 0) const {
        return position + ahead < end ? tree.tokens[position + ahead] : token{};
    }
    constexpr bool at_end() const { return position >= end; }

    constexpr bool accept(std::string_view mark) {
        if (!peek().is(mark)) return false;
        ++position;
        return true;
    }
    constexpr bool accept_word(std::string_view word) {
        if (!peek().is_word(word)) return false;
        ++position;
        return true;
    }

    constexpr bool is_reserved(const token& t) const {
        return t.kind == token_kind::identifier && rules.is_reserved != nullptr && rules.is_reserved(t.text);
    }

    constexpr std::uint32_t add(node_kind kind, std::string_view text = {}) {
        return tree.add({.kind = kind, .text = text});
    }

    /// Adds a node above others; no node if one of them is none.
    constexpr std::uint32_t add_above(node_kind kind, std::string_view text,
                                      std::initializer_list<std::uint32_t> children) {
        for (const std::uint32_t child : children) {
            if (child == no_node) return no_node;
        }
        const std::uint32_t parent = add(kind, text);
        for (const std::uint32_t child : children) tree.append(parent, child);
        return parent;
    }

    /// Tells whether a node gives 0, 1 or NULL and nothing else.
    constexpr bool is_truth_value(std::uint32_t index) const {
        const expression_node& node = tree.nodes[index];
        if (node.kind == node_kind::binary) {
            for (const std::string_view op : {"=", "<", "<=", ">", ">=", "AND", "OR"}) {
                if (node.text == op) return true;
            }
        }
        return node.kind == node_kind::is || node.kind == node_kind::in || node.kind == node_kind::between ||
               node.kind == node_kind::exists;
    }

    /// Negates; NOT NOT x is x where x is a truth value.
    constexpr std::uint32_t add_not(std::uint32_t child) {
        if (child == no_node) return no_node;
        const expression_node& node = tree.nodes[child];
        const bool is_not = node.kind == node_kind::unary && node.text == "NOT";
        if (is_not && is_truth_value(node.first_child)) return node.first_child;
        return add_above(node_kind::unary, "NOT", {child});
    }
    constexpr std::uint32_t negate_if(bool negated, std::uint32_t child) { return negated ? add_not(child) : child; }
};

/// Parses an expression of operators that bind at least so strongly.
/// shape: no_node where it is none; the state is of no use then
constexpr std::uint32_t parse_operators(expression_state& state, int least_power);

/// Binding powers, weakest first.
/// source: SQLite 3.40 parse.y
namespace power {
inline constexpr int or_ = 1;
inline constexpr int and_ = 2;
inline constexpr int not_ = 3;
inline constexpr int equality = 4;
inline constexpr int comparison = 5;
inline constexpr int bits = 7;
inline constexpr int sum = 8;
inline constexpr int product = 9;
inline constexpr int concatenation = 10;
inline constexpr int collate = 11;
inline constexpr int sign = 12;
} // namespace power

} // namespace autopack_schema::sql::detail

// ---- autopack_schema/sql/detail/expression_operand.hpp

// What stands between operators: names, literals, calls, CASE, CAST, parentheses.
namespace autopack_schema::sql::detail {

constexpr bool begins_select(const token& t) {
    return t.is_word("SELECT") || t.is_word("WITH") || t.is_word("VALUES");
}

/// Takes all tokens up to the parenthesis that closes the one just taken, and that one.
constexpr std::uint32_t parse_tokens(expression_state& state) {
    const std::size_t first = state.position;
    int depth = 1;
    for (; !state.at_end(); ++state.position) {
        const token t = state.peek();
        if (t.is("(")) ++depth;
        if (t.is(")") && --depth == 0) {
            const std::size_t count = state.position - first;
            ++state.position;
            return state.tree.add({.kind = node_kind::tokens, .first_token = first, .token_count = count});
        }
    }
    return no_node;
}

/// Parses expressions with commas between them and the parenthesis behind them, below a parent.
constexpr bool parse_list(expression_state& state, std::uint32_t parent) {
    if (state.accept(")")) return true;
    do {
        const std::uint32_t child = parse_operators(state, power::or_);
        if (child == no_node) return false;
        state.tree.append(parent, child);
    } while (state.accept(","));
    return state.accept(")");
}

constexpr std::uint32_t parse_parenthesis(expression_state& state) {
    if (begins_select(state.peek())) return parse_tokens(state);
    const std::uint32_t row = state.add(node_kind::row);
    if (state.peek().is(")") || !parse_list(state, row)) return no_node;
    const std::uint32_t only = state.tree.nodes[row].first_child;
    return state.tree.nodes[only].next_sibling == no_node ? only : row;
}

constexpr std::uint32_t parse_case(expression_state& state) {
    const bool has_base = !state.peek().is_word("WHEN");
    const std::uint32_t node = state.add(node_kind::case_, has_base ? "base" : "");
    const auto parse_part = [&state, node] {
        const std::uint32_t child = parse_operators(state, power::or_);
        if (child != no_node) state.tree.append(node, child);
        return child != no_node;
    };
    if (has_base && !parse_part()) return no_node;
    if (!state.peek().is_word("WHEN")) return no_node;
    while (state.accept_word("WHEN")) {
        if (!parse_part() || !state.accept_word("THEN") || !parse_part()) return no_node;
    }
    if (state.accept_word("ELSE") && !parse_part()) return no_node;
    return state.accept_word("END") ? node : no_node;
}

constexpr std::uint32_t parse_cast(expression_state& state) {
    if (!state.accept("(")) return no_node;
    const std::uint32_t value = parse_operators(state, power::or_);
    if (value == no_node || !state.accept_word("AS")) return no_node;
    const token first = state.peek();
    const std::uint32_t type = parse_tokens(state);
    if (type == no_node) return no_node;
    std::string_view text;
    if (const std::size_t count = state.tree.nodes[type].token_count; count != 0) {
        const token last = state.tree.tokens[state.tree.nodes[type].first_token + count - 1];
        const std::size_t size = last.offset + last.text.size() - first.offset;
        text = std::string_view(first.text.data(), size);
    }
    return state.add_above(node_kind::cast, text, {value});
}

constexpr std::uint32_t parse_raise(expression_state& state) {
    if (!state.accept("(")) return no_node;
    const std::uint32_t node = state.add(node_kind::raise, state.peek().text);
    ++state.position;
    if (state.accept(")")) return node;
    return state.accept(",") && parse_list(state, node) ? node : no_node;
}

/// FILTER (…), OVER name, OVER (…): kept as tokens.
constexpr bool parse_call_tail(expression_state& state, std::uint32_t call) {
    for (const std::string_view word : {std::string_view("FILTER"), std::string_view("OVER")}) {
        if (!state.peek().is_word(word) || (word == "FILTER" && !state.peek(1).is("("))) continue;
        if (word == "OVER" && !state.peek(1).is("(") && !state.peek(1).is_name()) continue;
        state.tree.append(call, state.add(node_kind::keyword, word));
        ++state.position;
        std::uint32_t rest = no_node;
        if (state.accept("(")) {
            rest = parse_tokens(state);
        } else {
            rest = state.add(node_kind::name, state.peek().text);
            ++state.position;
        }
        if (rest == no_node) return false;
        state.tree.append(call, rest);
    }
    return true;
}

constexpr std::uint32_t parse_call(expression_state& state, std::string_view function) {
    const std::uint32_t call = state.add(node_kind::call, function);
    if (state.peek().is("*") && state.peek(1).is(")")) {
        state.position += 2;
        state.tree.append(call, state.add(node_kind::star));
        return parse_call_tail(state, call) ? call : no_node;
    }
    if (state.accept_word("DISTINCT")) {
        state.tree.nodes[call].qualifier = "DISTINCT";
    } else if (state.peek().is_word("ALL") && !state.peek(1).is("(")) {
        ++state.position;
    }
    if (!parse_list(state, call)) return no_node; // ORDER BY among the arguments is not understood
    return parse_call_tail(state, call) ? call : no_node;
}

/// A name with what qualifies it: a, t.a, main.t.a.
constexpr std::uint32_t parse_name(expression_state& state) {
    std::array<std::string_view, 3> parts{};
    std::size_t count = 0;
    do {
        const token t = state.peek();
        if (count == 3 || (!t.is_name() && t.kind != token_kind::string)) return no_node;
        parts[count++] = t.text;
        ++state.position;
    } while (state.accept("."));
    const std::string_view name = parts[count - 1];
    const name_scope& scope = state.scope;
    if (count == 1) {
        if (state.accept("(")) return parse_call(state, name);
        const bool is_column = !scope.is_known() || scope.has_column(name);
        const bool is_row_number = same_identifier(name, "rowid") || same_identifier(name, "oid") ||
                                   same_identifier(name, "_rowid_");
        if (!is_column && state.rules.row_number_names && is_row_number) return state.add(node_kind::name, "rowid");
        if (!is_column && state.rules.double_quoted_strings && name.starts_with('"')) {
            return state.add(node_kind::string, name);
        }
        return state.add(node_kind::name, scope.other_name(name));
    }
    const std::string_view qualifier = parts[count - 2];
    const bool own = !scope.table.empty() && same_identifier(qualifier, scope.table);
    return state.tree.add({.kind = node_kind::name, .text = own ? scope.other_name(name) : name,
                           .qualifier = own ? std::string_view() : qualifier});
}

constexpr std::uint32_t parse_boolean(expression_state& state, bool value) {
    const std::string_view word = state.peek().text;
    if (!state.rules.booleans_are_integers) {
        ++state.position;
        return state.add(node_kind::keyword, word);
    }
    if (state.scope.has_column(word)) return parse_name(state);
    ++state.position;
    return state.tree.add({.kind = node_kind::number, .text = word, .value = {.integer = value ? 1 : 0}});
}

constexpr std::uint32_t parse_word(expression_state& state) {
    const token t = state.peek();
    const token next = state.peek(1);
    if (next.is(".")) return parse_name(state);
    if (t.is_word("TRUE") || t.is_word("FALSE")) return parse_boolean(state, t.is_word("TRUE"));
    for (const std::string_view word : {std::string_view("CURRENT_TIMESTAMP"), std::string_view("CURRENT_DATE"),
                                        std::string_view("CURRENT_TIME")}) {
        if (!t.is_word(word)) continue;
        ++state.position;
        return state.add(node_kind::keyword, word);
    }
    if (t.is_word("NULL")) {
        ++state.position;
        return state.add(node_kind::null);
    }
    if (t.is_word("CASE") || (t.is_word("CAST") && next.is("(")) || (t.is_word("RAISE") && next.is("("))) {
        ++state.position;
        if (t.is_word("CASE")) return parse_case(state);
        return t.is_word("CAST") ? parse_cast(state) : parse_raise(state);
    }
    if (t.is_word("EXISTS") && next.is("(")) {
        state.position += 2;
        return state.add_above(node_kind::exists, {}, {parse_tokens(state)});
    }
    return state.is_reserved(t) ? no_node : parse_name(state);
}

constexpr std::uint32_t parse_operand(expression_state& state) {
    const token t = state.peek();
    switch (t.kind) {
    case token_kind::identifier: return parse_word(state);
    case token_kind::quoted_identifier: return parse_name(state);
    case token_kind::string:
        if (state.peek(1).is(".")) return parse_name(state);
        ++state.position;
        return state.add(node_kind::string, t.text);
    case token_kind::integer:
    case token_kind::real:
        ++state.position;
        return state.tree.add({.kind = node_kind::number, .value = number_value(t.text)});
    case token_kind::blob: ++state.position; return state.add(node_kind::blob, t.text);
    case token_kind::parameter: ++state.position; return state.add(node_kind::parameter, t.text);
    default: break;
    }
    return state.accept("(") ? parse_parenthesis(state) : no_node;
}

} // namespace autopack_schema::sql::detail

// ---- autopack_schema/sql/detail/expression_operator.hpp

// Operators, by their binding power (a Pratt parser).
namespace autopack_schema::sql::detail {

struct infix {
    std::string_view spelling;
    std::string_view meaning;
    int power;
};

inline constexpr std::array<infix, 20> infix_marks{{
    {"=", "=", power::equality},       {"==", "=", power::equality},      {"<>", "<>", power::equality},
    {"!=", "<>", power::equality},     {"<", "<", power::comparison},     {"<=", "<=", power::comparison},
    {">", ">", power::comparison},     {">=", ">=", power::comparison},   {"&", "&", power::bits},
    {"|", "|", power::bits},           {"<<", "<<", power::bits},         {">>", ">>", power::bits},
    {"+", "+", power::sum},            {"-", "-", power::sum},            {"*", "*", power::product},
    {"/", "/", power::product},        {"%", "%", power::product},        {"||", "||", power::concatenation},
    {"->", "->", power::concatenation}, {"->>", "->>", power::concatenation},
}};

inline constexpr std::array<infix, 13> infix_words{{
    {"OR", "OR", power::or_},
    {"AND", "AND", power::and_},
    {"NOT", "NOT", power::equality},
    {"IS", "IS", power::equality},
    {"IN", "IN", power::equality},
    {"BETWEEN", "BETWEEN", power::equality},
    {"LIKE", "LIKE", power::equality},
    {"GLOB", "GLOB", power::equality},
    {"REGEXP", "REGEXP", power::equality},
    {"MATCH", "MATCH", power::equality},
    {"ISNULL", "ISNULL", power::equality},
    {"NOTNULL", "NOTNULL", power::equality},
    {"COLLATE", "COLLATE", power::collate},
}};

/// Looks up what a token does between two operands; power 0: nothing.
constexpr infix infix_of(const token& t) {
    if (t.kind == token_kind::punctuation) {
        for (const infix& mark : infix_marks) {
            if (mark.spelling == t.text) return mark;
        }
    }
    if (t.kind == token_kind::identifier) {
        for (const infix& word : infix_words) {
            if (model::same_name(word.spelling, t.text)) return word;
        }
    }
    return {{}, {}, 0};
}

/// AND and OR take any number of operands, so that (a AND b) AND c is a AND (b AND c).
constexpr std::uint32_t join(expression_state& state, std::string_view op, std::uint32_t left, std::uint32_t right) {
    if (left == no_node || right == no_node) return no_node;
    expression_tree& tree = state.tree;
    const auto is_same = [&tree, op](std::uint32_t node) {
        return tree.nodes[node].kind == node_kind::binary && tree.nodes[node].text == op;
    };
    if ((op != "AND" && op != "OR") || (!is_same(left) && !is_same(right))) {
        return state.add_above(node_kind::binary, op, {left, right});
    }
    std::uint32_t parent = left;
    if (!is_same(left)) {
        parent = state.add(node_kind::binary, op);
        tree.append(parent, left);
    }
    if (is_same(right)) {
        tree.adopt(parent, right);
    } else {
        tree.append(parent, right);
    }
    return parent;
}

/// Behind IS: NULL, TRUE, [NOT] [DISTINCT FROM] x.
constexpr std::uint32_t parse_is(expression_state& state, std::uint32_t left) {
    bool negated = state.accept_word("NOT");
    if (state.peek().is_word("DISTINCT") && state.peek(1).is_word("FROM")) {
        state.position += 2;
        negated = !negated;
    }
    std::uint32_t right = parse_operators(state, power::equality + 1);
    if (right == no_node) return no_node;
    std::uint32_t bare = right; // a collation makes no difference to a test for truth
    while (state.tree.nodes[bare].kind == node_kind::collate) bare = state.tree.nodes[bare].first_child;
    expression_node& node = state.tree.nodes[bare];
    if (node.kind == node_kind::number && !node.text.empty()) {
        node.kind = node_kind::truth; // TRUE, FALSE
        right = bare;
    }
    return state.negate_if(negated, state.add_above(node_kind::is, {}, {left, right}));
}

constexpr std::uint32_t parse_is_null(expression_state& state, bool negated, std::uint32_t left) {
    const std::uint32_t null = state.add(node_kind::null);
    return state.negate_if(negated, state.add_above(node_kind::is, {}, {left, null}));
}

/// Behind IN: a table, or a table-valued function with its arguments.
constexpr std::uint32_t parse_table(expression_state& state) {
    token t = state.peek();
    std::string_view qualifier;
    if (state.peek(1).is(".") && t.is_name()) {
        qualifier = t.text;
        state.position += 2;
        t = state.peek();
    }
    if (!t.is_name() || state.is_reserved(t)) return no_node;
    ++state.position;
    if (model::same_name(qualifier, "main")) qualifier = {};
    if (!state.accept("(")) return state.tree.add({.kind = node_kind::name, .text = t.text, .qualifier = qualifier});
    const std::uint32_t call = state.add(node_kind::call, t.text);
    return parse_list(state, call) ? call : no_node;
}

constexpr std::uint32_t parse_in(expression_state& state, std::uint32_t left) {
    if (!state.accept("(")) return state.add_above(node_kind::in, {}, {left, parse_table(state)});
    if (begins_select(state.peek())) return state.add_above(node_kind::in, {}, {left, parse_tokens(state)});
    const std::uint32_t list = state.add(node_kind::list);
    if (!parse_list(state, list)) return no_node;
    return state.add_above(node_kind::in, {}, {left, list});
}

constexpr std::uint32_t parse_between(expression_state& state, std::uint32_t left) {
    const std::uint32_t low = parse_operators(state, power::and_ + 1);
    if (low == no_node || !state.accept_word("AND")) return no_node;
    return state.add_above(node_kind::between, {}, {left, low, parse_operators(state, power::equality + 1)});
}

constexpr std::uint32_t parse_match(expression_state& state, std::string_view op, std::uint32_t left) {
    const std::uint32_t pattern = parse_operators(state, power::equality + 1);
    if (!state.accept_word("ESCAPE")) return state.add_above(node_kind::match, op, {left, pattern});
    return state.add_above(node_kind::match, op, {left, pattern, parse_operators(state, power::equality + 1)});
}

constexpr std::uint32_t parse_word_operator(expression_state& state, const infix& op, std::uint32_t left) {
    if (op.meaning == "IS") return parse_is(state, left);
    if (op.meaning == "ISNULL") return parse_is_null(state, false, left);
    if (op.meaning == "NOTNULL") return parse_is_null(state, true, left);
    if (op.meaning == "IN") return parse_in(state, left);
    if (op.meaning == "BETWEEN") return parse_between(state, left);
    if (op.meaning == "COLLATE") {
        const token name = state.peek();
        if (!name.is_name() && name.kind != token_kind::string) return no_node;
        ++state.position;
        return state.add_above(node_kind::collate, name.text, {left});
    }
    if (op.meaning == "NOT") {
        if (state.accept_word("NULL")) return parse_is_null(state, true, left);
        const infix negated = infix_of(state.peek());
        const bool can_be = negated.meaning == "IN" || negated.meaning == "BETWEEN" || negated.meaning == "LIKE" ||
                            negated.meaning == "GLOB" || negated.meaning == "REGEXP" || negated.meaning == "MATCH";
        if (!can_be) return no_node;
        ++state.position;
        const std::uint32_t inner = parse_word_operator(state, negated, left);
        return inner == no_node ? no_node : state.add_not(inner);
    }
    return parse_match(state, op.meaning, left);
}

constexpr std::uint32_t parse_infix(expression_state& state, const infix& op, std::uint32_t left) {
    ++state.position;
    const bool is_word = op.power == power::equality ? op.meaning[0] >= 'A' : op.power == power::collate;
    if (is_word) return parse_word_operator(state, op, left);
    const std::uint32_t right = parse_operators(state, op.power + 1);
    if (op.meaning == "<>") {
        const std::uint32_t equal = state.add_above(node_kind::binary, "=", {left, right});
        return equal == no_node ? no_node : state.add_not(equal);
    }
    return join(state, op.meaning, left, right);
}

/// A sign: taken into a literal, else kept; + matters before a column, because it strips affinity.
constexpr std::uint32_t parse_sign(expression_state& state, std::string_view sign) {
    const std::uint32_t child = parse_operators(state, power::sign);
    if (child == no_node) return no_node;
    expression_node& node = state.tree.nodes[child];
    if (node.kind == node_kind::number && sign != "~") {
        if (sign == "-") node.value = negated(node.value);
        node.text = {};
        return child;
    }
    return state.add_above(node_kind::unary, sign, {child});
}

constexpr std::uint32_t parse_prefix(expression_state& state) {
    if (state.accept_word("NOT")) {
        const std::uint32_t child = parse_operators(state, power::not_);
        return child == no_node ? no_node : state.add_not(child);
    }
    for (const std::string_view sign : {std::string_view("-"), std::string_view("+"), std::string_view("~")}) {
        if (state.accept(sign)) return parse_sign(state, sign);
    }
    return parse_operand(state);
}

constexpr std::uint32_t parse_operators(expression_state& state, int least_power) {
    if (++state.depth > deepest_expression) return no_node;
    std::uint32_t left = parse_prefix(state);
    while (left != no_node) {
        const infix op = infix_of(state.peek());
        if (op.power == 0 || op.power < least_power) break;
        left = parse_infix(state, op, left);
    }
    --state.depth;
    return left;
}

} // namespace autopack_schema::sql::detail

// ---- autopack_schema/sql/detail/same_tokens.hpp

namespace autopack_schema::sql::detail {

constexpr bool same_number(const number& a, const number& b) {
    if (a.is_real != b.is_real) return false;
    return a.is_real ? a.real == b.real : a.integer == b.integer;
}

/// Two spellings of one operator.
constexpr std::string_view operator_meaning(std::string_view mark) {
    if (mark == "==") return "=";
    return mark == "!=" ? "<>" : mark;
}

/// Compares what two tokens say; words and quoted names are one thing here, for which of them is a keyword depends
/// on its place.
constexpr bool same_token(const token& a, const token& b) {
    if (a.is_name() && b.is_name()) return same_identifier(a.text, b.text);
    if (a.kind == token_kind::integer || a.kind == token_kind::real) {
        return a.kind == b.kind && same_number(number_value(a.text), number_value(b.text));
    }
    if (a.kind != b.kind) return false;
    switch (a.kind) {
    case token_kind::string: return same_text(a.text, b.text);
    case token_kind::blob: return model::same_name(a.text, b.text);
    case token_kind::punctuation: return operator_meaning(a.text) == operator_meaning(b.text);
    default: return a.text == b.text;
    }
}

constexpr bool same_tokens(std::span<const token> a, std::span<const token> b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!same_token(a[i], b[i])) return false;
    }
    return true;
}

/// Turns the tokens of an expression that is not understood into what they mean in a scope.
constexpr token resolved(token t, const name_scope& scope, const expression_rules& rules) {
    if (!t.is_name()) return t;
    const bool is_column = !scope.is_known() || scope.has_column(t.text);
    if (!is_column && rules.double_quoted_strings && t.text.starts_with('"')) t.kind = token_kind::string;
    if (is_column && scope.is_known()) t.text = scope.other_name(t.text);
    return t;
}

constexpr bool same_tokens_in(std::span<const token> a, const name_scope& a_scope, std::span<const token> b,
                              const name_scope& b_scope, const expression_rules& rules) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!same_token(resolved(a[i], a_scope, rules), resolved(b[i], b_scope, rules))) return false;
    }
    return true;
}

} // namespace autopack_schema::sql::detail

// ---- autopack_schema/sql/detail/same_tree.hpp

namespace autopack_schema::sql::detail {

constexpr std::span<const token> tokens_of(const expression_tree& tree, const expression_node& node) {
    return std::span<const token>(tree.tokens).subspan(node.first_token, node.token_count);
}

constexpr bool same_type_text(std::string_view a, std::string_view b, const expression_rules& rules) {
    if (rules.same_cast != nullptr) return rules.same_cast(a, b);
    return same_tokens(tokenize(a, rules.lexical), tokenize(b, rules.lexical));
}

/// Compares the tokens of two statements; subselects are statements.
constexpr bool same_segments(std::span<const token> a, std::span<const token> b, const expression_rules& rules,
                             int depth);

/// Compares two nodes without their children.
constexpr bool same_node(const expression_tree& a_tree, const expression_node& a, const expression_tree& b_tree,
                         const expression_node& b, const expression_rules& rules, int depth = 0) {
    if (a.kind != b.kind) return false;
    switch (a.kind) {
    case node_kind::name:
        if (a.qualifier.empty() != b.qualifier.empty()) return false;
        return same_identifier(a.text, b.text) && same_identifier(a.qualifier, b.qualifier);
    case node_kind::number: return same_number(a.value, b.value);
    case node_kind::string: return same_text(a.text, b.text);
    case node_kind::tokens: return same_segments(tokens_of(a_tree, a), tokens_of(b_tree, b), rules, depth);
    case node_kind::cast: return same_type_text(a.text, b.text, rules);
    case node_kind::call: return a.qualifier == b.qualifier && same_identifier(a.text, b.text);
    case node_kind::parameter: return a.text == b.text;
    default: return same_identifier(a.text, b.text);
    }
}

constexpr bool is_literal(const expression_node& node) {
    return node.kind == node_kind::number || node.kind == node_kind::string || node.kind == node_kind::blob ||
           node.kind == node_kind::null;
}

/// Tells whether each literal of one list is in the other list.
constexpr bool literals_within(const expression_tree& a_tree, std::uint32_t a, const expression_tree& b_tree,
                               std::uint32_t b, const expression_rules& rules) {
    for (std::uint32_t i = a_tree.nodes[a].first_child; i != no_node; i = a_tree.nodes[i].next_sibling) {
        bool found = false;
        for (std::uint32_t k = b_tree.nodes[b].first_child; k != no_node && !found; k = b_tree.nodes[k].next_sibling) {
            const expression_node& other = b_tree.nodes[k];
            if (!is_literal(a_tree.nodes[i]) || !is_literal(other)) return false;
            found = same_node(a_tree, a_tree.nodes[i], b_tree, other, rules);
        }
        if (!found) return false;
    }
    return true;
}

/// Two IN lists of literals mean the same in any order.
constexpr bool same_literal_set(const expression_tree& a_tree, std::uint32_t a, const expression_tree& b_tree,
                                std::uint32_t b, const expression_rules& rules) {
    constexpr std::size_t most = 500; // the comparison is quadratic
    if (a_tree.child_count(a) > most || b_tree.child_count(b) > most) return false;
    return literals_within(a_tree, a, b_tree, b, rules) && literals_within(b_tree, b, a_tree, a, rules);
}

/// Compares two trees from the root down; no recursion, so that long chains of operators are no danger.
constexpr bool same_tree(const expression_tree& a_tree, const expression_tree& b_tree,
                         const expression_rules& rules, int depth = 0) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> open{{a_tree.root, b_tree.root}};
    while (!open.empty()) {
        const auto [a, b] = open.back();
        open.pop_back();
        if (!same_node(a_tree, a_tree.nodes[a], b_tree, b_tree.nodes[b], rules, depth)) return false;
        if (a_tree.nodes[a].kind == node_kind::list && same_literal_set(a_tree, a, b_tree, b, rules)) continue;
        std::uint32_t a_child = a_tree.nodes[a].first_child;
        std::uint32_t b_child = b_tree.nodes[b].first_child;
        while (a_child != no_node && b_child != no_node) {
            open.emplace_back(a_child, b_child);
            a_child = a_tree.nodes[a_child].next_sibling;
            b_child = b_tree.nodes[b_child].next_sibling;
        }
        if (a_child != b_child) return false; // one has more
    }
    return true;
}

} // namespace autopack_schema::sql::detail

// ---- autopack_schema/sql/detail/same_segments.hpp

// Statements are compared in pieces between the words and marks that divide them: what is an expression as such, the
// rest as tokens.
namespace autopack_schema::sql::detail {

/// Subselects deeper than this are compared as tokens.
inline constexpr int deepest_select = 12;

constexpr bool divides(const token& t) {
    if (t.kind == token_kind::punctuation) return t.text == "," || t.text == ";";
    if (t.kind != token_kind::identifier) return false;
    for (const std::string_view word :
         {"SELECT", "DISTINCT", "ALL",    "FROM",  "WHERE",  "GROUP",     "BY",     "HAVING", "ORDER", "LIMIT", "OFFSET",
          "ON",     "AS",       "UNION",  "EXCEPT", "INTERSECT", "VALUES", "SET",   "INTO",   "ASC",   "DESC",  "JOIN",
          "USING",  "WITH",     "INSERT", "UPDATE", "DELETE", "RETURNING", "DO"}) {
        if (model::same_name(word, t.text)) return true;
    }
    return false;
}

/// Counts the tokens up to the next one that divides and is not inside parentheses.
constexpr std::size_t piece_size(std::span<const token> tokens) {
    int depth = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is("(")) ++depth;
        if (tokens[i].is(")")) --depth;
        if (depth <= 0 && divides(tokens[i])) return i;
    }
    return tokens.size();
}

constexpr expression_tree parse_piece(std::span<const token> piece, const expression_rules& rules) {
    expression_tree tree;
    tree.tokens.assign(piece.begin(), piece.end());
    const name_scope scope;
    expression_state state{.tree = tree, .scope = scope, .rules = rules, .end = piece.size()};
    const std::uint32_t root = parse_operators(state, power::or_);
    if (state.at_end()) tree.root = root;
    return tree;
}

constexpr bool same_piece(std::span<const token> a, std::span<const token> b, const expression_rules& rules,
                          int depth) {
    if (same_tokens(a, b)) return true;
    if (depth > deepest_select) return false;
    const expression_tree a_tree = parse_piece(a, rules);
    if (!a_tree.understood()) return false;
    const expression_tree b_tree = parse_piece(b, rules);
    return b_tree.understood() && same_tree(a_tree, b_tree, rules, depth + 1);
}

constexpr bool same_segments(std::span<const token> a, std::span<const token> b, const expression_rules& rules,
                             int depth) {
    while (true) {
        const std::size_t a_size = piece_size(a);
        const std::size_t b_size = piece_size(b);
        if (!same_piece(a.first(a_size), b.first(b_size), rules, depth)) return false;
        a = a.subspan(a_size);
        b = b.subspan(b_size);
        if (a.empty() || b.empty()) return a.empty() && b.empty();
        if (!same_token(a.front(), b.front())) return false;
        a = a.subspan(1);
        b = b.subspan(1);
    }
}

} // namespace autopack_schema::sql::detail

// ---- autopack_schema/sql/expression.hpp

namespace autopack_schema::sql {

/// Takes an expression apart: operators by their precedence, names by their scope, literals by their value.
/// shape: accepts any bytes; what it does not understand has its tokens and no root
constexpr expression_tree parse_expression(std::string_view text, const expression_rules& rules,
                                           const name_scope& scope = {}) {
    expression_tree tree;
    tree.tokens = tokenize(text, rules.lexical);
    detail::expression_state state{.tree = tree, .scope = scope, .rules = rules, .end = tree.tokens.size()};
    const std::uint32_t root = detail::parse_operators(state, detail::power::or_);
    if (state.at_end()) tree.root = root;
    return tree;
}

/// Tells whether two expressions mean the same, each in its scope.
/// shape: case, space, comments, quotes, redundant parentheses and other spellings of an operator or a number make no
///        difference; the order of operands does (but for the literals of an IN list)
constexpr bool same_expression(std::string_view a, const name_scope& a_scope, std::string_view b,
                               const name_scope& b_scope, const expression_rules& rules) {
    const expression_tree a_tree = parse_expression(a, rules, a_scope);
    const expression_tree b_tree = parse_expression(b, rules, b_scope);
    if (a_tree.understood() && b_tree.understood()) return detail::same_tree(a_tree, b_tree, rules);
    return detail::same_tokens_in(a_tree.tokens, a_scope, b_tree.tokens, b_scope, rules);
}

/// The same without a scope: every name is a column.
constexpr bool same_expression(std::string_view a, std::string_view b, const expression_rules& rules) {
    return same_expression(a, {}, b, {}, rules);
}

} // namespace autopack_schema::sql

// ---- autopack_schema/sql/sqlite/affinity.hpp

namespace autopack_schema::sql::sqlite {

/// What a column does to the values that are stored in it.
enum class affinity : std::uint8_t { blob, text, numeric, integer, real };

namespace detail {

/// Looks for a word, given in lower case, anywhere in a text.
constexpr bool contains(std::string_view text, std::string_view word) noexcept {
    for (std::size_t i = 0; i + word.size() <= text.size(); ++i) {
        if (model::same_name(text.substr(i, word.size()), word)) return true;
    }
    return false;
}

/// What SQLite keeps of a declared type that begins with a quote: all but the first and the last character, if no other
/// quote is in it; otherwise what stands in the first quotes.
/// source: SQLite 3.40 util.c, sqlite3DequoteToken and sqlite3Dequote
constexpr std::string_view effective_type(std::string_view declared) noexcept {
    constexpr std::string_view quotes = "\"'`[";
    if (declared.size() < 2 || quotes.find(declared.front()) == std::string_view::npos) return declared;
    const std::string_view inner = declared.substr(1, declared.size() - 2);
    if (inner.find_first_of(quotes) == std::string_view::npos) return inner;
    const char open = declared.front();
    const std::size_t close = declared.find(open == '[' ? ']' : open, 1);
    return declared.substr(1, close == std::string_view::npos ? close : close - 1);
}

} // namespace detail

/// Gives the affinity of a declared type in a table that is not STRICT.
/// shape:  the first rule that fits decides: CHARINT and FLOATING POINT are integers, STRING is numeric
/// source: https://sqlite.org/datatype3.html, 3.1
constexpr affinity affinity_of(std::string_view declared_type) noexcept {
    const std::string_view declared = detail::effective_type(declared_type);
    if (detail::contains(declared, "int")) return affinity::integer;
    if (detail::contains(declared, "char") || detail::contains(declared, "clob") ||
        detail::contains(declared, "text")) {
        return affinity::text;
    }
    if (declared.empty() || detail::contains(declared, "blob")) return affinity::blob;
    if (detail::contains(declared, "real") || detail::contains(declared, "floa") ||
        detail::contains(declared, "doub")) {
        return affinity::real;
    }
    return affinity::numeric;
}

/// The type that this library writes for a kind where none is declared.
constexpr std::string_view type_name(model::type_kind kind, bool strict) noexcept {
    using enum model::type_kind;
    switch (kind) {
    case unspecified: return strict ? "ANY" : "";
    case integer: return "INTEGER";
    case real: return "REAL";
    case numeric: return strict ? "ANY" : "NUMERIC";
    case text: return "TEXT";
    case blob: return "BLOB";
    case boolean: return strict ? "INTEGER" : "BOOLEAN";
    case timestamp: return strict ? "TEXT" : "DATETIME";
    case date: return strict ? "TEXT" : "DATE";
    case time: return strict ? "TEXT" : "TIME";
    case json: return strict ? "TEXT" : "JSON";
    case any: return strict ? "ANY" : "";
    }
    return "";
}

/// The declared type of a column, or the one that this library would declare.
constexpr std::string_view declared_type(const model::data_type& type, bool strict) noexcept {
    return type.declared.empty() ? type_name(type.kind, strict) : type.declared;
}

/// Tells whether a type is exactly INTEGER, as only that makes a primary key an alias of the row number.
constexpr bool is_integer_type(std::string_view declared) noexcept {
    return model::same_name(detail::effective_type(declared), "INTEGER");
}

/// Gives the affinity of a column of some table.
/// source: https://sqlite.org/stricttables.html
constexpr affinity affinity_of(const model::data_type& type, bool strict) noexcept {
    const std::string_view declared = declared_type(type, strict);
    if (strict && model::same_name(detail::effective_type(declared), "ANY")) return affinity::blob;
    return affinity_of(declared);
}

/// Tells whether columns of two types keep the same values.
/// shape: NUMERIC and INTEGER store alike, only CAST tells them apart; in STRICT tables ANY is unlike everything else
constexpr bool same_storage(const model::data_type& a, bool a_strict, const model::data_type& b, bool b_strict) {
    const auto is_any = [](const model::data_type& type, bool strict) {
        return strict && model::same_name(detail::effective_type(declared_type(type, strict)), "ANY");
    };
    if (a_strict && b_strict && is_any(a, a_strict) != is_any(b, b_strict)) return false;
    const auto stored = [](affinity value) { return value == affinity::numeric ? affinity::integer : value; };
    return stored(affinity_of(a, a_strict)) == stored(affinity_of(b, b_strict));
}

/// Tells whether two declared types are written with the same words, numbers and marks.
constexpr bool same_type_text(std::string_view a, std::string_view b) {
    return sql::detail::same_tokens(tokenize(a), tokenize(b));
}

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/expression.hpp

namespace autopack_schema::sql::sqlite {

namespace detail {
constexpr bool same_cast(std::string_view a, std::string_view b) { return affinity_of(a) == affinity_of(b); }
} // namespace detail

/// How SQLite reads expressions.
/// source: https://sqlite.org/lang_expr.html, https://sqlite.org/quirks.html
inline constexpr expression_rules expressions{.lexical = sqlite_lexical_rules,
                                              .is_reserved = is_reserved_in_expression,
                                              .same_cast = detail::same_cast,
                                              .double_quoted_strings = true,
                                              .row_number_names = true,
                                              .booleans_are_integers = true};

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/detail/key_part_parser.hpp

namespace autopack_schema::sql::sqlite::detail {

/// Finds the end of one part of a list: the comma or the parenthesis behind it.
inline std::size_t end_of_part(ddl_cursor& cursor) {
    int depth = 0;
    for (; !cursor.at_end(); cursor.take()) {
        const token t = cursor.peek();
        if (depth == 0 && (t.is(",") || t.is(")"))) break;
        if (t.is("(")) ++depth;
        if (t.is(")")) --depth;
    }
    return cursor.position();
}

/// A range of tokens that gets smaller as its ends are understood.
struct part_range {
    const std::vector<token>& tokens;
    std::size_t first;
    std::size_t end;

    std::size_t size() const noexcept { return end - first; }
    const token& from_end(std::size_t back) const noexcept { return tokens[end - back]; }
    bool ends_with(std::string_view word) const noexcept { return size() > 1 && from_end(1).is_word(word); }

    /// Tells whether the first parenthesis is closed by the last one.
    bool is_parenthesised() const noexcept {
        if (size() < 3 || !tokens[first].is("(")) return false;
        int depth = 0;
        for (std::size_t i = first; i < end; ++i) {
            if (tokens[i].is("(")) ++depth;
            if (tokens[i].is(")") && --depth == 0) return i + 1 == end;
        }
        return false;
    }
};

inline void read_order(part_range& range, model::key_part& part) {
    if (range.size() > 2 && range.from_end(2).is_word("NULLS")) {
        if (range.ends_with("FIRST")) part.nulls = model::nulls_order::first;
        if (range.ends_with("LAST")) part.nulls = model::nulls_order::last;
        range.end -= 2;
    }
    if (range.ends_with("DESC") || range.ends_with("ASC")) {
        part.descending = range.ends_with("DESC");
        --range.end;
    }
}

/// Reads one part of a key or an index up to a position that is known to end it.
inline model::key_part read_key_part(ddl_cursor& cursor, std::size_t first, std::size_t end) {
    model::key_part part;
    part_range range{cursor.tokens(), first, end};
    read_order(range, part);
    while (true) {
        if (range.is_parenthesised()) {
            ++range.first;
            --range.end;
        } else if (range.size() > 2 && range.from_end(2).is_word("COLLATE")) {
            const expression_tree tree = parse_expression(cursor.slice(range.first, range.end), expressions);
            const bool is_outermost = tree.understood() && tree.nodes[tree.root].kind == node_kind::collate;
            if (!is_outermost) break; // it belongs to an operand
            if (part.collation.empty()) part.collation = cursor.keep(unquote(range.from_end(1).text));
            range.end -= 2;
        } else {
            break;
        }
    }
    if (range.size() == 0) cursor.fail("expected a column or an expression");
    const token only = cursor.tokens()[range.first];
    const bool is_word = only.kind == token_kind::identifier && !is_reserved_in_expression(only.text);
    const bool is_column = range.size() == 1 && (is_word || only.kind == token_kind::quoted_identifier ||
                                                 only.kind == token_kind::string);
    part.is_expression = !is_column;
    part.text = is_column ? cursor.keep(unquote(only.text)) : cursor.keep_slice(range.first, range.end);
    return part;
}

/// Reads `(a, b COLLATE NOCASE DESC, lower(c))`; AUTOINCREMENT may stand before the last parenthesis.
inline std::vector<model::key_part> read_key_parts(ddl_cursor& cursor, bool* autoincrement = nullptr) {
    std::vector<model::key_part> parts;
    cursor.expect("(");
    do {
        const std::size_t first = cursor.position();
        std::size_t end = end_of_part(cursor);
        if (autoincrement != nullptr && end - first > 1 && cursor.tokens()[end - 1].is_word("AUTOINCREMENT")) {
            *autoincrement = true;
            --end;
        }
        parts.push_back(read_key_part(cursor, first, end));
    } while (cursor.accept(","));
    cursor.expect(")");
    return parts;
}

/// Reads `(a, b)`.
inline std::vector<model::name> read_names(ddl_cursor& cursor) {
    std::vector<model::name> names;
    cursor.expect("(");
    do {
        names.emplace_back(cursor.name("a column"));
        if (cursor.accept_word("COLLATE")) cursor.name("a collation"); // accepted and ignored, as SQLite does
        if (!cursor.accept_word("ASC")) cursor.accept_word("DESC");
    } while (cursor.accept(","));
    cursor.expect(")");
    return names;
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/parsed.hpp

namespace autopack_schema::sql::sqlite {

struct parsed_unique {
    model::unique_constraint constraint{};
    std::vector<model::key_part> parts{};
};

struct parsed_foreign_key {
    model::foreign_key key{};
    std::vector<model::name> columns{};
    std::vector<model::name> parent_columns{};
};

/// What a CREATE TABLE or CREATE VIRTUAL TABLE statement says, with everything the model can hold.
/// shape: the ranges in its parts are not set, they are when it is added to a schema
struct parsed_table {
    model::table table{};
    std::vector<model::column> columns{};
    std::vector<model::key_part> key_parts{};
    std::vector<parsed_unique> uniques{};
    std::vector<model::check_constraint> checks{};
    std::vector<parsed_foreign_key> foreign_keys{};
};

struct parsed_index {
    model::name table{};
    model::index index{};
    std::vector<model::key_part> parts{};
};

struct parsed_view {
    model::view view{};
    std::vector<model::name> columns{};
};

/// What a text with CREATE statements says.
/// shape: owns all of its text
struct parsed_schema {
    model::text_arena text{};
    std::vector<parsed_table> tables{};
    std::vector<parsed_index> indexes{};
    std::vector<parsed_view> views{};
    std::vector<model::trigger> triggers{};
    std::vector<model::unmodelled> others{}; ///< statements that are not understood, and why
};

/// Adds a table and the indexes that belong to it to a schema.
/// shape: the text is not copied; call `own_text` on the snapshot that it goes into
inline void add_to(model::builder& schema, const parsed_table& t, const std::vector<parsed_index>& indexes) {
    schema.add_table(t.table);
    for (const model::column& c : t.columns) schema.add_column(c);
    if (!t.key_parts.empty()) schema.set_primary_key(t.table.key, t.key_parts);
    for (const parsed_unique& u : t.uniques) schema.add_unique(u.constraint, u.parts);
    for (const model::check_constraint& c : t.checks) schema.add_check(c);
    for (const parsed_foreign_key& f : t.foreign_keys) {
        schema.add_foreign_key(f.key, f.columns, f.parent_columns);
    }
    for (const parsed_index& i : indexes) {
        if (i.table == t.table.name) schema.add_index(i.index, i.parts);
    }
}

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/detail/constraint_parser.hpp

namespace autopack_schema::sql::sqlite::detail {

/// The name that CONSTRAINT gave; a CHECK keeps it even where another constraint stood between them, as SQLite does.
struct pending_name {
    model::name given{};
    bool used = false;

    model::name take() noexcept { return std::exchange(used, true) ? model::name() : given; }
    bool accept(ddl_cursor& cursor) {
        if (!cursor.accept_word("CONSTRAINT")) return false;
        given = cursor.name("the name of a constraint");
        used = false;
        return true;
    }
};

inline model::conflict read_conflict(ddl_cursor& cursor) {
    if (!cursor.accept_words({"ON", "CONFLICT"})) return model::conflict::none;
    if (cursor.accept_word("ROLLBACK")) return model::conflict::rollback;
    if (cursor.accept_word("ABORT")) return model::conflict::abort;
    if (cursor.accept_word("FAIL")) return model::conflict::fail;
    if (cursor.accept_word("IGNORE")) return model::conflict::ignore;
    if (cursor.accept_word("REPLACE")) return model::conflict::replace;
    cursor.fail("expected ROLLBACK, ABORT, FAIL, IGNORE or REPLACE");
}

inline model::fk_action read_action(ddl_cursor& cursor) {
    if (cursor.accept_words({"SET", "NULL"})) return model::fk_action::set_null;
    if (cursor.accept_words({"SET", "DEFAULT"})) return model::fk_action::set_default;
    if (cursor.accept_word("CASCADE")) return model::fk_action::cascade;
    if (cursor.accept_word("RESTRICT")) return model::fk_action::restrict;
    if (cursor.accept_words({"NO", "ACTION"})) return model::fk_action::no_action;
    cursor.fail("expected SET NULL, SET DEFAULT, CASCADE, RESTRICT or NO ACTION");
}

/// Reads [NOT] DEFERRABLE [INITIALLY DEFERRED | INITIALLY IMMEDIATE], if it is there.
inline bool accept_deferral(ddl_cursor& cursor, model::deferral& defer) {
    const bool negated = cursor.accept_words({"NOT", "DEFERRABLE"});
    if (!negated && !cursor.accept_word("DEFERRABLE")) return false;
    const bool deferred = cursor.accept_words({"INITIALLY", "DEFERRED"});
    if (!deferred) cursor.accept_words({"INITIALLY", "IMMEDIATE"});
    if (negated) {
        defer = model::deferral::not_deferrable;
    } else {
        defer = deferred ? model::deferral::deferred : model::deferral::immediate;
    }
    return true;
}

/// Reads what follows REFERENCES.
inline void read_references(ddl_cursor& cursor, parsed_foreign_key& f) {
    f.key.parent = cursor.name("a table");
    if (cursor.peek().is("(")) f.parent_columns = read_names(cursor);
    while (true) {
        if (cursor.accept_words({"ON", "DELETE"})) {
            f.key.on_delete = read_action(cursor);
        } else if (cursor.accept_words({"ON", "UPDATE"})) {
            f.key.on_update = read_action(cursor);
        } else if (cursor.accept_words({"ON", "INSERT"})) {
            read_action(cursor); // accepted and ignored, as SQLite does
        } else if (cursor.accept_word("MATCH")) {
            f.key.match = cursor.name("MATCH type");
        } else if (!accept_deferral(cursor, f.key.defer)) {
            return;
        }
    }
}

inline void add_primary_key(ddl_cursor& cursor, parsed_table& t, std::vector<model::key_part> parts,
                            model::primary_key key) {
    if (!t.key_parts.empty()) cursor.fail("a table can have only one PRIMARY KEY");
    t.key_parts = std::move(parts);
    t.table.key = key;
}

inline void read_table_primary_key(ddl_cursor& cursor, parsed_table& t, pending_name& name) {
    cursor.expect_word("KEY");
    bool autoincrement = false;
    std::vector<model::key_part> parts = read_key_parts(cursor, &autoincrement);
    if (autoincrement) {
        for (model::column& c : t.columns) {
            if (c.name == parts.back().text) c.identity = model::identity_kind::autoincrement;
        }
    }
    const model::conflict on_conflict = read_conflict(cursor);
    add_primary_key(cursor, t, std::move(parts), {.name = name.take(), .on_conflict = on_conflict});
}

inline void read_table_foreign_key(ddl_cursor& cursor, parsed_table& t, pending_name& name) {
    parsed_foreign_key f;
    cursor.expect_word("KEY");
    f.key.name = name.take();
    f.columns = read_names(cursor);
    cursor.expect_word("REFERENCES");
    read_references(cursor, f);
    t.foreign_keys.push_back(std::move(f));
}

/// Reads one constraint of a table; false where there is none.
inline bool accept_table_constraint(ddl_cursor& cursor, parsed_table& t, pending_name& name) {
    if (name.accept(cursor)) return true;
    if (cursor.accept_word("PRIMARY")) {
        read_table_primary_key(cursor, t, name);
    } else if (cursor.accept_word("UNIQUE")) {
        parsed_unique u;
        u.constraint.name = name.take();
        u.parts = read_key_parts(cursor);
        u.constraint.on_conflict = read_conflict(cursor);
        t.uniques.push_back(std::move(u));
    } else if (cursor.accept_word("CHECK")) {
        name.used = true;
        t.checks.push_back({.name = name.given, .expression = cursor.parenthesised()});
        read_conflict(cursor); // accepted and ignored, as SQLite does
    } else if (cursor.accept_word("FOREIGN")) {
        read_table_foreign_key(cursor, t, name);
    } else {
        return false;
    }
    return true;
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/detail/trigger_parts.hpp

namespace autopack_schema::sql::sqlite::detail {

enum class trigger_time : std::uint8_t { before, after, instead_of };

/// The parts of a trigger's definition, as tokens.
struct trigger_parts {
    bool understood = false;
    trigger_time time = trigger_time::before;
    token event{};                          ///< DELETE, INSERT or UPDATE
    std::span<const token> update_columns{}; ///< behind OF, with commas
    token table{};
    std::span<const token> when{};
    std::span<const token> body{}; ///< between BEGIN and END
};

/// Walks through tokens; behind the last one there are only empty ones.
struct token_walk {
    std::span<const token> rest;

    constexpr token peek(std::size_t ahead = 0) const { return ahead < rest.size() ? rest[ahead] : token{}; }
    constexpr token take() {
        const token t = peek();
        if (!rest.empty()) rest = rest.subspan(1);
        return t;
    }
    constexpr bool accept_word(std::string_view word) {
        if (!peek().is_word(word)) return false;
        take();
        return true;
    }
    constexpr bool accept(std::string_view mark) {
        if (!peek().is(mark)) return false;
        take();
        return true;
    }
    /// Takes tokens up to a word that is not inside parentheses or CASE … END.
    constexpr std::span<const token> take_until(std::string_view word) {
        int depth = 0;
        for (std::size_t i = 0; i < rest.size(); ++i) {
            if (depth == 0 && rest[i].is_word(word)) {
                const std::span<const token> taken = rest.first(i);
                rest = rest.subspan(i);
                return taken;
            }
            if (rest[i].is("(") || rest[i].is_word("CASE")) ++depth;
            if (rest[i].is(")") || rest[i].is_word("END")) --depth;
        }
        const std::span<const token> all = rest;
        rest = {};
        return all;
    }
};

constexpr trigger_time take_trigger_time(token_walk& walk) {
    if (walk.accept_word("AFTER")) return trigger_time::after;
    if (walk.peek().is_word("INSTEAD") && walk.peek(1).is_word("OF")) {
        walk.take();
        walk.take();
        return trigger_time::instead_of;
    }
    walk.accept_word("BEFORE"); // what is meant where nothing is said
    return trigger_time::before;
}

/// Takes apart what stands behind a trigger's name.
constexpr trigger_parts parts_of_trigger(std::span<const token> tokens) {
    while (!tokens.empty() && tokens.back().is(";")) tokens = tokens.first(tokens.size() - 1);
    token_walk walk{tokens};
    trigger_parts parts;
    parts.time = take_trigger_time(walk);
    parts.event = walk.take();
    const bool is_update = parts.event.is_word("UPDATE");
    if (!is_update && !parts.event.is_word("INSERT") && !parts.event.is_word("DELETE")) return parts;
    if (is_update && walk.accept_word("OF")) parts.update_columns = walk.take_until("ON");
    if (!walk.accept_word("ON")) return parts;
    parts.table = walk.take();
    if (walk.accept(".")) parts.table = walk.take();
    if (walk.peek().is_word("FOR") && walk.peek(1).is_word("EACH") && walk.peek(2).is_word("ROW")) {
        walk.rest = walk.rest.subspan(3);
    }
    if (walk.accept_word("WHEN")) parts.when = walk.take_until("BEGIN");
    if (!walk.accept_word("BEGIN") || walk.rest.empty() || !walk.rest.back().is_word("END")) return parts;
    parts.body = walk.rest.first(walk.rest.size() - 1);
    parts.understood = true;
    return parts;
}

/// Tells whether each name of a list is in the other list.
constexpr bool names_within(std::span<const token> a, std::span<const token> b) {
    for (const token& name : a) {
        bool found = false;
        for (const token& other : b) found = found || same_identifier(name.text, other.text);
        if (!found) return false;
    }
    return true;
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/detail/object_parser.hpp

// Indexes, views, triggers and virtual tables, each from its name on.
namespace autopack_schema::sql::sqlite::detail {

/// Finds the semicolon that ends a statement, or the end of the text.
inline std::size_t end_of_statement(ddl_cursor& cursor) {
    while (!cursor.at_end() && !cursor.peek().is(";")) cursor.take();
    return cursor.position();
}

/// Reads an index up to the semicolon behind it.
inline parsed_index read_index(ddl_cursor& cursor, std::string_view name, bool unique) {
    parsed_index i;
    i.index.name = name;
    i.index.unique = unique;
    cursor.expect_word("ON");
    i.table = cursor.name("a table");
    i.parts = read_key_parts(cursor);
    if (!cursor.accept_word("WHERE")) return i;
    part_range predicate{cursor.tokens(), cursor.position(), end_of_statement(cursor)};
    while (predicate.is_parenthesised()) {
        ++predicate.first;
        --predicate.end;
    }
    if (predicate.size() == 0) cursor.fail("expected an expression");
    i.index.where = cursor.keep_slice(predicate.first, predicate.end);
    return i;
}

/// Reads a view up to the semicolon behind it.
inline parsed_view read_view(ddl_cursor& cursor, std::string_view name) {
    parsed_view v;
    v.view.name = name;
    if (cursor.peek().is("(")) v.columns = read_names(cursor);
    cursor.expect_word("AS");
    const std::size_t first = cursor.position();
    const std::size_t end = end_of_statement(cursor);
    if (first == end) cursor.fail("expected SELECT");
    v.view.definition = cursor.keep_slice(first, end);
    return v;
}

/// Finds the END of a trigger's body: the one behind a semicolon, which no CASE has.
inline std::size_t end_of_trigger(ddl_cursor& cursor) {
    while (!cursor.at_end() && !cursor.peek().is_word("BEGIN") && !cursor.peek().is(";")) cursor.take();
    cursor.expect_word("BEGIN");
    for (; !cursor.at_end(); cursor.take()) {
        if (!cursor.peek().is(";") || !cursor.peek(1).is_word("END")) continue;
        cursor.take();
        cursor.take();
        return cursor.position();
    }
    cursor.fail("expected END");
}

inline model::trigger read_trigger(ddl_cursor& cursor, std::string_view name) {
    model::trigger t;
    t.name = name;
    const std::size_t first = cursor.position();
    const std::size_t end = end_of_trigger(cursor);
    const auto tokens = std::span<const token>(cursor.tokens()).subspan(first, end - first);
    const trigger_parts parts = parts_of_trigger(tokens);
    if (!parts.understood) {
        cursor.move_to(first);
        cursor.fail("expected [BEFORE | AFTER | INSTEAD OF] DELETE, INSERT or UPDATE, ON and a table, BEGIN … END");
    }
    t.table = cursor.keep(unquote(parts.table.text));
    t.definition = cursor.keep_slice(first, end);
    return t;
}

/// Tells what a full-text or R-tree module makes of one of its arguments: its columns are among them.
/// shape: nothing for an option, `tokenize=porter`
inline void add_module_column(ddl_cursor& cursor, parsed_table& t, std::string_view module, std::size_t first,
                              std::size_t end) {
    const auto& tokens = cursor.tokens();
    const bool is_tree = model::same_name(module, "rtree") || model::same_name(module, "rtree_i32");
    const bool is_text_index = module.size() == 4 && model::same_name(module.substr(0, 3), "fts");
    for (std::size_t i = first; i < end; ++i) {
        if (is_text_index && tokens[i].is("=")) return;
    }
    model::column c;
    const bool is_auxiliary = is_tree && first < end && tokens[first].is("+");
    if (is_auxiliary) ++first;
    if (first == end || (!is_tree && !is_text_index)) return;
    c.name = cursor.keep(unquote(tokens[first].text));
    if (is_tree && !is_auxiliary) {
        const bool is_integer = t.columns.empty() || model::same_name(module, "rtree_i32");
        c.type = {.kind = is_integer ? model::type_kind::integer : model::type_kind::real,
                  .declared = is_integer ? "INT" : "REAL"};
    }
    t.columns.push_back(c);
}

/// Reads a virtual table up to its end; the columns of FTS and R-tree tables are known from their arguments.
inline parsed_table read_virtual_table(ddl_cursor& cursor, std::string_view name) {
    parsed_table t;
    t.table.name = name;
    t.table.kind = model::table_kind::virtual_;
    cursor.expect_word("USING");
    const std::size_t first = cursor.position();
    const std::string_view module = cursor.name("a module");
    if (cursor.accept("(")) {
        do {
            const std::size_t argument = cursor.position();
            const std::size_t end = end_of_part(cursor);
            add_module_column(cursor, t, module, argument, end);
        } while (cursor.accept(","));
        cursor.expect(")");
    }
    t.table.module = cursor.keep_slice(first, cursor.position());
    return t;
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/detail/constant.hpp

// The constants that stand behind DEFAULT, and what a column makes of them when it stores them.
namespace autopack_schema::sql::sqlite::detail {

using sql::detail::is_digit;
using sql::detail::number;

enum class constant_kind : std::uint8_t { none, null, number, text, blob };

struct constant {
    constant_kind kind = constant_kind::none; ///< none: not a constant
    number value{};
    std::string_view text{};
    bool is_quoted = false; ///< `text` is a literal of SQL; it has no quotes of its own otherwise

    /// The text without quotes; doubled quotes stay doubled, which no number minds.
    constexpr std::string_view inner() const { return is_quoted ? text.substr(1, text.size() - 2) : text; }
    constexpr unquoted reader() const { return is_quoted ? unquoted(text) : unquoted::plain(text); }
};

/// Reads an expression that is a literal; TRUE and FALSE are.
constexpr constant constant_of(std::string_view expression) {
    const expression_tree tree = parse_expression(expression, expressions);
    if (!tree.understood()) return {};
    const expression_node& root = tree.nodes[tree.root];
    switch (root.kind) {
    case node_kind::null: return {constant_kind::null};
    case node_kind::number: return {constant_kind::number, root.value};
    case node_kind::string: return {constant_kind::text, {}, root.text, true};
    case node_kind::blob: return {constant_kind::blob, {}, root.text.substr(2, root.text.size() - 3)};
    default: return {};
    }
}

constexpr constant constant_of(const model::default_value& value) {
    switch (value.kind) {
    case model::default_kind::none:
    case model::default_kind::null: return {constant_kind::null};
    case model::default_kind::integer: return {constant_kind::number, {.integer = value.integer}};
    case model::default_kind::real: return {constant_kind::number, {.is_real = true, .real = value.real}};
    case model::default_kind::text: return {constant_kind::text, {}, value.text};
    case model::default_kind::blob: return {constant_kind::blob, {}, value.text};
    case model::default_kind::expression: return constant_of(value.text);
    }
    return {};
}

constexpr std::size_t count_digits(std::string_view text) {
    std::size_t count = 0;
    while (count < text.size() && is_digit(text[count])) ++count;
    return count;
}

/// Tells whether a text is a whole decimal number, without spaces around it and sign.
constexpr bool is_decimal(std::string_view text) {
    const std::size_t before = count_digits(text);
    text.remove_prefix(before);
    std::size_t behind = 0;
    if (text.starts_with('.')) {
        behind = count_digits(text.substr(1));
        text.remove_prefix(behind + 1);
    }
    if (before + behind == 0) return false;
    if (text.empty()) return true;
    if (model::fold(text.front()) != 'e') return false;
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && count_digits(text) == text.size();
}

/// A real that is a whole number is stored as an integer.
constexpr constant as_integer_if_whole(constant c) {
    constexpr double limit = 9223372036854775808.0;
    if (!c.value.is_real || !(c.value.real > -limit && c.value.real < limit)) return c;
    const auto whole = static_cast<std::int64_t>(c.value.real);
    if (static_cast<double>(whole) == c.value.real) c.value = {.integer = whole};
    return c;
}

/// A text that is a number becomes it.
constexpr constant as_number_if_numeric(constant c) {
    std::string_view text = c.inner();
    while (!text.empty() && sql::detail::is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && sql::detail::is_space(text.back())) text.remove_suffix(1);
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    if (!is_decimal(text)) return c;
    const number value = sql::detail::number_value(text);
    return {constant_kind::number, negative ? sql::detail::negated(value) : value, {}};
}

/// What a column of an affinity stores; numbers stay numbers for TEXT, see `same_stored`.
constexpr constant stored_as(constant c, affinity to) {
    if (to == affinity::blob || to == affinity::text) return c;
    if (c.kind == constant_kind::text) c = as_number_if_numeric(c);
    if (c.kind != constant_kind::number) return c;
    if (to == affinity::real) {
        c.value = {.is_real = true, .real = c.value.as_real()};
        return c;
    }
    return as_integer_if_whole(c);
}

/// Tells whether digits with a point are written as SQLite writes a real: 1.5, 10.0, 1.0e+20.
constexpr bool is_canonical_real(std::string_view text) {
    const std::size_t before = count_digits(text);
    if (before == 0 || (before > 1 && text.front() == '0') || text.substr(before, 1) != ".") return false;
    const std::size_t behind = count_digits(text.substr(before + 1));
    if (behind == 0 || before + behind > 16) return false;
    if (behind > 1 && text[before + behind] == '0') return false;
    const std::string_view exponent = text.substr(before + 1 + behind);
    if (exponent.empty()) return true;
    return before == 1 && exponent.size() >= 4 && exponent[0] == 'e' && (exponent[1] == '+' || exponent[1] == '-') &&
           count_digits(exponent.substr(2)) == exponent.size() - 2;
}

/// Tells whether a number, turned into text, is a text.
constexpr bool is_text_of(number value, std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (value.is_real ? !is_canonical_real(text) : text.empty() || count_digits(text) != text.size()) return false;
    if (!value.is_real && text.size() > 1 && text.front() == '0') return false;
    if (!value.is_real && negative && text == "0") return false;
    const number read = sql::detail::number_value(text);
    return sql::detail::same_number(negative ? sql::detail::negated(read) : read, value);
}

/// Tells whether a column of an affinity stores the same for two constants.
constexpr bool same_stored(const constant& left, const constant& right, affinity to) {
    const constant a = stored_as(left, to);
    const constant b = stored_as(right, to);
    if (to == affinity::text && a.kind == constant_kind::number && b.kind == constant_kind::text) {
        return is_text_of(a.value, b.inner());
    }
    if (to == affinity::text && a.kind == constant_kind::text && b.kind == constant_kind::number) {
        return is_text_of(b.value, a.inner());
    }
    if (a.kind != b.kind) return false;
    switch (a.kind) {
    case constant_kind::none: return false;
    case constant_kind::null: return true;
    case constant_kind::number: return sql::detail::same_number(a.value, b.value);
    case constant_kind::text: return same_text(a.reader(), b.reader());
    case constant_kind::blob: return model::same_name(a.text, b.text);
    }
    return false;
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/detail/default_parser.hpp

namespace autopack_schema::sql::sqlite::detail {

/// Gives the bytes of a blob literal as it is written.
inline std::string bytes_of(std::string_view blob) {
    std::string bytes;
    for (std::size_t i = 2; i + 2 < blob.size(); i += 2) {
        bytes += static_cast<char>(sql::detail::hex_value(blob[i]) * 16 + sql::detail::hex_value(blob[i + 1]));
    }
    return bytes;
}

/// Tells whether a tree is CAST(x'…' AS TEXT), as this library writes a text with NUL bytes.
inline bool is_text_of_bytes(const expression_tree& tree) {
    if (!tree.understood()) return false;
    const expression_node& root = tree.nodes[tree.root];
    return root.kind == node_kind::cast && model::same_name(root.text, "TEXT") &&
           tree.nodes[root.first_child].kind == node_kind::blob;
}

/// Reads what stands behind DEFAULT, without parentheses round it: a literal as a value, anything else as SQL.
/// shape:  a word alone, quoted or not, is a string; only TRUE, FALSE, NULL and CURRENT_… are more than that
/// source: https://sqlite.org/lang_createtable.html, 3.2
inline model::default_value read_default(std::string_view text, model::text_arena& kept) {
    const expression_tree tree = parse_expression(text, expressions);
    const expression_node root = tree.understood() ? tree.nodes[tree.root] : expression_node{};
    const auto with_text = [&kept](model::default_kind kind, std::string_view value) {
        return model::default_value{.kind = kind, .text = kept.keep(value)};
    };
    if (!tree.understood()) return with_text(model::default_kind::expression, text);
    if (is_text_of_bytes(tree)) return with_text(model::default_kind::text, bytes_of(tree.nodes[root.first_child].text));
    switch (root.kind) {
    case node_kind::null: return {.kind = model::default_kind::null};
    case node_kind::number:
        if (root.value.is_real) return {.kind = model::default_kind::real, .real = root.value.real};
        return {.kind = model::default_kind::integer, .integer = root.value.integer};
    case node_kind::name:
        if (!root.qualifier.empty()) return with_text(model::default_kind::expression, text);
        return with_text(model::default_kind::text, unquote(root.text));
    case node_kind::string: return with_text(model::default_kind::text, unquote(root.text));
    case node_kind::blob:
        return with_text(model::default_kind::blob, root.text.substr(2, root.text.size() - 3));
    case node_kind::keyword: return with_text(model::default_kind::expression, root.text);
    default: return with_text(model::default_kind::expression, text);
    }
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/types.hpp

namespace autopack_schema::sql::sqlite {

namespace detail {

/// The first word of a declared type, as far as letters, digits and underscores go.
constexpr std::string_view first_word(std::string_view declared) noexcept {
    const std::string_view type = effective_type(declared);
    std::size_t size = 0;
    while (size < type.size() && sql::detail::is_word_part(type[size])) ++size;
    return type.substr(0, size);
}

struct known_type {
    std::string_view word;
    model::type_kind kind;
    std::uint8_t bytes;
};

inline constexpr known_type known_types[] = {
    {"INTEGER", model::type_kind::integer, 0},    {"INT", model::type_kind::integer, 0},
    {"BIGINT", model::type_kind::integer, 8},     {"INT8", model::type_kind::integer, 8},
    {"SMALLINT", model::type_kind::integer, 2},   {"INT2", model::type_kind::integer, 2},
    {"TINYINT", model::type_kind::integer, 2},    {"MEDIUMINT", model::type_kind::integer, 4},
    {"REAL", model::type_kind::real, 0},          {"DOUBLE", model::type_kind::real, 8},
    {"FLOAT", model::type_kind::real, 0},         {"NUMERIC", model::type_kind::numeric, 0},
    {"DECIMAL", model::type_kind::numeric, 0},    {"TEXT", model::type_kind::text, 0},
    {"CLOB", model::type_kind::text, 0},          {"VARCHAR", model::type_kind::text, 0},
    {"NVARCHAR", model::type_kind::text, 0},      {"CHAR", model::type_kind::text, 0},
    {"CHARACTER", model::type_kind::text, 0},     {"NCHAR", model::type_kind::text, 0},
    {"BLOB", model::type_kind::blob, 0},          {"BOOLEAN", model::type_kind::boolean, 0},
    {"BOOL", model::type_kind::boolean, 0},       {"DATETIME", model::type_kind::timestamp, 0},
    {"TIMESTAMP", model::type_kind::timestamp, 0}, {"DATE", model::type_kind::date, 0},
    {"TIME", model::type_kind::time, 0},          {"JSON", model::type_kind::json, 0},
};

} // namespace detail

/// Gives what a declared type means; one that this library does not know is `unspecified`, with its text.
/// shape: FLOATING POINT and the like, whose affinity says something else than their name, are not taken for it
constexpr model::data_type data_type_of(std::string_view declared, bool strict = false) noexcept {
    model::data_type type{.declared = declared};
    const std::string_view word = detail::first_word(declared);
    if (strict && model::same_name(word, "ANY")) type.kind = model::type_kind::any;
    for (const detail::known_type& known : detail::known_types) {
        if (!model::same_name(known.word, word)) continue;
        if (affinity_of(declared) != affinity_of(known.word)) continue;
        type.kind = known.kind;
        type.bytes = known.bytes;
    }
    return type;
}

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/detail/column_parser.hpp

namespace autopack_schema::sql::sqlite::detail {

inline bool can_be_type_word(const token& t) {
    if (t.kind == token_kind::quoted_identifier || t.kind == token_kind::string) return true;
    if (t.kind != token_kind::identifier) return false;
    for (const std::string_view allowed :
         {"TRUE", "FALSE", "IF", "CAST", "RAISE", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"}) {
        if (t.is_word(allowed)) return true;
    }
    return !is_reserved(t.text);
}

inline void read_type_argument(ddl_cursor& cursor) {
    if (!cursor.accept("+")) cursor.accept("-");
    const token t = cursor.take();
    if (t.kind != token_kind::integer && t.kind != token_kind::real) {
        cursor.move_to(cursor.position() - 1);
        cursor.fail("expected a number");
    }
}

/// Reads a declared type, as it is written; GENERATED ALWAYS at its end belongs to what follows.
inline std::string_view read_type(ddl_cursor& cursor) {
    const std::size_t first = cursor.position();
    while (can_be_type_word(cursor.peek())) cursor.take();
    std::size_t end = cursor.position();
    if (end > first && cursor.accept("(")) {
        read_type_argument(cursor);
        if (cursor.accept(",")) read_type_argument(cursor);
        cursor.expect(")");
        end = cursor.position();
    }
    const auto& tokens = cursor.tokens();
    if (end - first >= 2 && tokens[end - 1].is_word("ALWAYS") && tokens[end - 2].is_word("GENERATED")) end -= 2;
    return cursor.keep_slice(first, end);
}

/// Reads what follows DEFAULT: an expression in parentheses, or a term with its sign.
inline model::default_value read_column_default(ddl_cursor& cursor, model::text_arena& kept) {
    if (cursor.peek().is("(")) return read_default(cursor.parenthesised(), kept);
    const std::size_t first = cursor.position();
    if (!cursor.accept("-")) cursor.accept("+");
    const token value = cursor.take();
    const bool is_literal = value.is_name() || value.kind == token_kind::string || value.kind == token_kind::blob ||
                            value.kind == token_kind::integer || value.kind == token_kind::real;
    if (!is_literal) {
        cursor.move_to(cursor.position() - 1);
        cursor.fail("expected a value");
    }
    return read_default(cursor.slice(first, cursor.position()), kept);
}

inline void read_generated(ddl_cursor& cursor, model::column& c) {
    c.generated_as = cursor.parenthesised();
    c.generated = model::generated_kind::virtual_;
    if (cursor.accept_word("STORED")) {
        c.generated = model::generated_kind::stored;
    } else {
        cursor.accept_word("VIRTUAL");
    }
}

inline void read_column_primary_key(ddl_cursor& cursor, parsed_table& t, model::column& c, pending_name& name) {
    cursor.expect_word("KEY");
    model::key_part part{.text = c.name};
    part.descending = cursor.accept_word("DESC");
    if (!part.descending) cursor.accept_word("ASC");
    const model::conflict on_conflict = read_conflict(cursor);
    if (cursor.accept_word("AUTOINCREMENT")) c.identity = model::identity_kind::autoincrement;
    add_primary_key(cursor, t, {part},
                    {.name = name.take(), .inline_descending = part.descending, .on_conflict = on_conflict});
}

/// Reads a constraint that belongs to the keys and checks of the table.
inline bool accept_key_constraint(ddl_cursor& cursor, parsed_table& t, model::column& c, pending_name& name) {
    if (cursor.accept_word("PRIMARY")) {
        read_column_primary_key(cursor, t, c, name);
    } else if (cursor.accept_word("UNIQUE")) {
        const model::conflict on_conflict = read_conflict(cursor);
        t.uniques.push_back({{.name = name.take(), .on_conflict = on_conflict}, {{.text = c.name}}});
    } else if (cursor.accept_word("CHECK")) {
        name.used = true;
        t.checks.push_back({.name = name.given, .expression = cursor.parenthesised(), .column = c.name});
    } else if (cursor.accept_word("REFERENCES")) {
        parsed_foreign_key f;
        f.key.name = name.take();
        f.columns.push_back(c.name);
        read_references(cursor, f);
        t.foreign_keys.push_back(std::move(f));
    } else {
        return false;
    }
    return true;
}

/// Reads one constraint of a column; false where there is none.
inline bool accept_column_constraint(ddl_cursor& cursor, parsed_table& t, model::column& c, pending_name& name,
                                     model::text_arena& kept) {
    if (name.accept(cursor) || accept_key_constraint(cursor, t, c, name)) return true;
    if (cursor.accept_word("DEFAULT")) {
        c.default_to = read_column_default(cursor, kept);
    } else if (cursor.accept_words({"NOT", "NULL"})) {
        c.nullable = false;
        c.on_null = read_conflict(cursor);
    } else if (cursor.accept_word("NULL")) {
        read_conflict(cursor);
    } else if (cursor.accept_word("COLLATE")) {
        c.collation = cursor.name("a collation");
    } else if (cursor.accept_words({"GENERATED", "ALWAYS", "AS"}) || cursor.accept_word("AS")) {
        read_generated(cursor, c);
    } else {
        model::deferral ignored{}; // a second one, or one without a foreign key before it
        return accept_deferral(cursor, t.foreign_keys.empty() ? ignored : t.foreign_keys.back().key.defer);
    }
    return true;
}

/// Reads the definition of one column.
inline void read_column(ddl_cursor& cursor, parsed_table& t, model::text_arena& kept) {
    model::column c;
    c.name = cursor.name("a column");
    c.type.declared = read_type(cursor);
    pending_name name;
    while (accept_column_constraint(cursor, t, c, name, kept)) {
    }
    t.columns.push_back(c);
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/detail/table_parser.hpp

namespace autopack_schema::sql::sqlite::detail {

inline bool begins_table_constraint(const token& t) {
    return t.is_word("CONSTRAINT") || t.is_word("PRIMARY") || t.is_word("UNIQUE") || t.is_word("CHECK") ||
           t.is_word("FOREIGN");
}

/// Reads columns and constraints up to the closing parenthesis; SQLite does not insist on commas between constraints.
inline void read_table_body(ddl_cursor& cursor, parsed_table& t, model::text_arena& kept) {
    cursor.expect("(");
    do {
        if (begins_table_constraint(cursor.peek())) break;
        read_column(cursor, t, kept);
    } while (cursor.accept(","));
    pending_name name;
    while (!cursor.accept(")")) {
        if (cursor.accept(",")) name = {};
        if (!accept_table_constraint(cursor, t, name)) cursor.fail("expected a column, a constraint or \")\"");
    }
}

inline void read_table_options(ddl_cursor& cursor, model::table& t) {
    if (cursor.at_end() || cursor.peek().is(";")) return;
    cursor.accept(","); // SQLite takes one before the first, too
    do {
        if (cursor.accept_words({"WITHOUT", "ROWID"})) {
            t.without_rowid = true;
        } else if (cursor.accept_word("STRICT")) {
            t.strict = true;
        } else {
            cursor.fail("expected WITHOUT ROWID or STRICT");
        }
    } while (cursor.accept(","));
}

/// Reads a table from its name on.
inline parsed_table read_table(ddl_cursor& cursor, std::string_view name, model::text_arena& kept) {
    parsed_table t;
    t.table.name = name;
    read_table_body(cursor, t, kept);
    read_table_options(cursor, t.table);
    for (model::column& c : t.columns) c.type = data_type_of(c.type.declared, t.table.strict);
    return t;
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/detail/create_parser.hpp

namespace autopack_schema::sql::sqlite::detail {

/// The words of a CREATE statement up to the name.
struct create_head {
    bool temporary = false;
    bool unique = false;
    bool if_not_exists = false;
    std::string_view kind{}; ///< TABLE, VIRTUAL TABLE, INDEX, VIEW or TRIGGER; empty: something else
    std::size_t name_at = 0; ///< the token of the name, behind a schema's name
    std::string_view name{};
};

inline create_head read_create_head(ddl_cursor& cursor) {
    create_head head;
    head.temporary = cursor.accept_word("TEMP") || cursor.accept_word("TEMPORARY");
    head.unique = cursor.accept_word("UNIQUE");
    if (cursor.accept_words({"VIRTUAL", "TABLE"})) {
        head.kind = "VIRTUAL TABLE";
    } else {
        for (const std::string_view kind : {"TABLE", "INDEX", "VIEW", "TRIGGER"}) {
            if (head.kind.empty() && cursor.accept_word(kind)) head.kind = kind;
        }
    }
    if (head.kind.empty()) return head;
    head.if_not_exists = cursor.accept_words({"IF", "NOT", "EXISTS"});
    const std::string_view first = cursor.name("a name");
    head.name = first;
    if (cursor.accept(".")) {
        head.name = cursor.name("a name");
        head.temporary = head.temporary || model::same_name(first, "temp");
    }
    head.name_at = cursor.position() - 1;
    return head;
}

/// The statement as SQLite stores it: no schema, no TEMP, no IF NOT EXISTS, one space.
inline std::string_view stored_text(ddl_cursor& cursor, const create_head& head) {
    std::string text = head.unique ? "CREATE UNIQUE " : "CREATE ";
    text += std::string(head.kind) + " ";
    text += cursor.slice(head.name_at, cursor.position());
    return cursor.keep(text);
}

inline bool has_table(const parsed_schema& into, std::string_view name) {
    for (const parsed_table& t : into.tables) {
        if (t.table.name == model::name(name)) return true;
    }
    for (const parsed_view& v : into.views) {
        if (v.view.name == model::name(name)) return true;
    }
    return false;
}

inline bool has_object(const parsed_schema& into, const create_head& head) {
    if (head.kind == "INDEX") {
        for (const parsed_index& i : into.indexes) {
            if (i.index.name == model::name(head.name)) return true;
        }
        return false;
    }
    if (head.kind == "TRIGGER") {
        for (const model::trigger& t : into.triggers) {
            if (t.name == model::name(head.name)) return true;
        }
        return false;
    }
    return has_table(into, head.name);
}

inline void read_create_table(ddl_cursor& cursor, parsed_schema& into, const create_head& head) {
    if (cursor.peek().is_word("AS")) {
        end_of_statement(cursor);
        into.others.push_back({.kind = "table", .name = head.name, .sql = stored_text(cursor, head),
                               .reason = "the columns of CREATE TABLE … AS SELECT are not known without a database"});
        return;
    }
    parsed_table t = head.kind == "TABLE" ? read_table(cursor, head.name, into.text)
                                          : read_virtual_table(cursor, head.name);
    t.table.sql = stored_text(cursor, head);
    into.tables.push_back(std::move(t));
}

inline void read_create_object(ddl_cursor& cursor, parsed_schema& into, const create_head& head) {
    if (head.kind == "INDEX") {
        parsed_index i = read_index(cursor, head.name, head.unique);
        i.index.sql = stored_text(cursor, head);
        into.indexes.push_back(std::move(i));
    } else if (head.kind == "VIEW") {
        parsed_view v = read_view(cursor, head.name);
        v.view.sql = stored_text(cursor, head);
        into.views.push_back(std::move(v));
    } else if (head.kind == "TRIGGER") {
        model::trigger t = read_trigger(cursor, head.name);
        t.sql = stored_text(cursor, head);
        into.triggers.push_back(t);
    } else {
        read_create_table(cursor, into, head);
    }
}

/// Reads one statement behind CREATE; false where it creates nothing that a schema has.
/// errors: S235 syntax error, S236 an object of that name is there
inline bool accept_create(ddl_cursor& cursor, parsed_schema& into) {
    const create_head head = read_create_head(cursor);
    if (head.kind.empty() || (head.unique && head.kind != "INDEX")) return false;
    const bool exists = has_object(into, head);
    if (exists && !head.if_not_exists) {
        throw error({.code = "S236",
                     .what_happened = "the text creates " + std::string(head.kind) + " " + std::string(head.name) +
                                      " twice",
                     .advice = "remove one of the statements"});
    }
    if (exists || head.temporary) {
        parsed_schema ignored;
        read_create_object(cursor, ignored, head);
        if (!exists) {
            into.others.push_back({.kind = "statement", .name = head.name, .sql = stored_text(cursor, head),
                                   .reason = "temporary objects are no part of a schema"});
        }
        return true;
    }
    read_create_object(cursor, into, head);
    return true;
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/detail/alter_parser.hpp

// ALTER TABLE and DROP in a text of statements, where nothing but names has to change.
namespace autopack_schema::sql::sqlite::detail {

/// Tells whether a text has a name in it; what it means there is not asked.
inline bool mentions(std::string_view text, std::string_view name) {
    for (const token& t : tokenize(text)) {
        if ((t.is_name() || t.kind == token_kind::string) && same_identifier(t.text, name)) return true;
    }
    return false;
}

inline bool any_text_mentions(const parsed_schema& s, std::string_view name) {
    for (const parsed_view& v : s.views) {
        if (mentions(v.view.definition, name)) return true;
    }
    for (const model::trigger& t : s.triggers) {
        if (mentions(t.definition, name)) return true;
    }
    for (const parsed_index& i : s.indexes) {
        if (mentions(i.index.where, name)) return true;
        for (const model::key_part& p : i.parts) {
            if (p.is_expression && mentions(p.text, name)) return true;
        }
    }
    for (const parsed_table& t : s.tables) {
        for (const model::column& c : t.columns) {
            if (mentions(c.generated_as, name)) return true;
        }
        for (const model::check_constraint& c : t.checks) {
            if (mentions(c.expression, name)) return true;
        }
    }
    return false;
}

inline parsed_table* find_parsed(parsed_schema& s, std::string_view name) {
    for (parsed_table& t : s.tables) {
        if (t.table.name == model::name(name)) return &t;
    }
    return nullptr;
}

inline void replace(model::name& name, const model::name& from, const model::name& to) {
    if (name == from) name = to;
}

inline void rename_table(parsed_schema& s, parsed_table& t, const model::name& to) {
    const model::name from = t.table.name;
    t.table.name = to;
    t.table.sql = {};
    for (parsed_table& other : s.tables) {
        for (parsed_foreign_key& f : other.foreign_keys) replace(f.key.parent, from, to);
    }
    for (parsed_index& i : s.indexes) replace(i.table, from, to);
}

inline void rename_parts(std::vector<model::key_part>& parts, const model::name& from, const model::name& to) {
    for (model::key_part& p : parts) {
        if (!p.is_expression) replace(p.text, from, to);
    }
}

inline void rename_column(parsed_schema& s, parsed_table& t, const model::name& from, const model::name& to) {
    t.table.sql = {};
    for (model::column& c : t.columns) replace(c.name, from, to);
    rename_parts(t.key_parts, from, to);
    for (parsed_unique& u : t.uniques) rename_parts(u.parts, from, to);
    for (parsed_foreign_key& f : t.foreign_keys) std::ranges::replace(f.columns, from, to);
    for (parsed_table& other : s.tables) {
        for (parsed_foreign_key& f : other.foreign_keys) {
            if (f.key.parent == t.table.name) std::ranges::replace(f.parent_columns, from, to);
        }
    }
    for (parsed_index& i : s.indexes) {
        if (i.table == t.table.name) rename_parts(i.parts, from, to);
    }
}

inline void drop_column(parsed_table& t, const model::name& name) {
    t.table.sql = {};
    std::erase_if(t.columns, [&name](const model::column& c) { return c.name == name; });
    std::erase_if(t.checks, [&name](const model::check_constraint& c) { return c.column == name; });
    std::erase_if(t.foreign_keys, [&name](const parsed_foreign_key& f) {
        return f.columns.size() == 1 && f.columns.front() == name;
    });
}

/// Reads a statement behind ALTER; false where it cannot be followed without a database.
inline bool accept_alter(ddl_cursor& cursor, parsed_schema& into) {
    if (!cursor.accept_word("TABLE")) return false;
    const std::string_view table_name = cursor.object_name("a table");
    parsed_table* const t = find_parsed(into, table_name);
    if (t == nullptr) return false;
    if (cursor.accept_words({"RENAME", "TO"})) {
        const std::string_view to = cursor.name("a table");
        if (any_text_mentions(into, table_name)) return false;
        rename_table(into, *t, to);
    } else if (cursor.accept_word("RENAME")) {
        cursor.accept_word("COLUMN");
        const std::string_view from = cursor.name("a column");
        cursor.expect_word("TO");
        const std::string_view to = cursor.name("a column");
        if (any_text_mentions(into, from)) return false;
        rename_column(into, *t, from, to);
    } else if (cursor.accept_word("ADD")) {
        cursor.accept_word("COLUMN");
        read_column(cursor, *t, into.text);
        t->columns.back().type = data_type_of(t->columns.back().type.declared, t->table.strict);
        t->table.sql = {};
    } else if (cursor.accept_word("DROP")) {
        cursor.accept_word("COLUMN");
        drop_column(*t, cursor.name("a column"));
    } else {
        return false;
    }
    return true;
}

/// Reads a statement behind DROP; false where it drops nothing that a schema has.
inline bool accept_drop(ddl_cursor& cursor, parsed_schema& into) {
    const token kind = cursor.take();
    cursor.accept_words({"IF", "EXISTS"});
    if (kind.is_word("TABLE")) {
        const model::name name = cursor.object_name("a table");
        std::erase_if(into.tables, [&name](const parsed_table& t) { return t.table.name == name; });
        std::erase_if(into.indexes, [&name](const parsed_index& i) { return i.table == name; });
        std::erase_if(into.triggers, [&name](const model::trigger& t) { return t.table == name; });
    } else if (kind.is_word("INDEX")) {
        const model::name name = cursor.object_name("an index");
        std::erase_if(into.indexes, [&name](const parsed_index& i) { return i.index.name == name; });
    } else if (kind.is_word("VIEW")) {
        const model::name name = cursor.object_name("a view");
        std::erase_if(into.views, [&name](const parsed_view& v) { return v.view.name == name; });
        std::erase_if(into.triggers, [&name](const model::trigger& t) { return t.table == name; });
    } else if (kind.is_word("TRIGGER")) {
        const model::name name = cursor.object_name("a trigger");
        std::erase_if(into.triggers, [&name](const model::trigger& t) { return t.name == name; });
    } else {
        return false;
    }
    return true;
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/ddl_parser.hpp

namespace autopack_schema::sql::sqlite {

namespace detail {

/// Notes a statement that is not understood; those that begin with the same word are counted, not kept, for a dump
/// has as many INSERTs as rows.
inline void add_unread(ddl_cursor& cursor, parsed_schema& into, std::size_t first, std::string_view reason) {
    const token word = cursor.tokens()[first];
    const std::string_view name = word.kind == token_kind::identifier ? cursor.keep(word.text) : std::string_view();
    if (name.empty() || reason.empty()) {
        for (const model::unmodelled& other : into.others) {
            if (other.kind == "statement" && !name.empty() && other.name == model::name(name)) return;
        }
        reason = "only CREATE, ALTER TABLE and DROP statements say something about a schema";
    }
    constexpr std::size_t longest = 400;
    into.others.push_back({.kind = "statement", .name = name,
                           .sql = cursor.keep(cursor.slice(first, cursor.position()).substr(0, longest)),
                           .reason = reason});
}

/// Takes everything up to the semicolon that ends a statement, or the end of the text.
inline void take_statement_end(ddl_cursor& cursor, bool must_be_here) {
    if (must_be_here && !cursor.at_end() && !cursor.peek().is(";")) cursor.fail("expected \";\"");
    end_of_statement(cursor);
}

inline void read_statement(ddl_cursor& cursor, parsed_schema& into) {
    const std::size_t first = cursor.position();
    const token word = cursor.take();
    bool understood = false;
    std::string_view reason;
    if (word.is_word("CREATE")) {
        understood = accept_create(cursor, into);
    } else if (word.is_word("ALTER")) {
        understood = accept_alter(cursor, into);
        reason = "this ALTER TABLE changes texts that only a database can change";
    } else if (word.is_word("DROP")) {
        understood = accept_drop(cursor, into);
    }
    take_statement_end(cursor, understood);
    if (!understood) add_unread(cursor, into, first, reason);
}

} // namespace detail

/// Reads a text of statements: what CREATE TABLE, INDEX, VIEW, TRIGGER and VIRTUAL TABLE say; ALTER TABLE and DROP are
/// followed where that needs no database. Other statements are listed as not understood.
/// shape:  owns its text
/// errors: S235 syntax error with line and column, S236 something is created twice
inline parsed_schema read_statements(std::string_view text) {
    parsed_schema result;
    detail::ddl_cursor cursor(text, result.text);
    while (!cursor.at_end()) {
        if (!cursor.accept(";")) detail::read_statement(cursor, result);
    }
    return result;
}

/// Reads a file of statements into a schema, without a database.
/// shape:  indexes whose table is not there are listed as not understood
/// errors: S235 syntax error with line and column, S236 something is created twice
inline model::snapshot parse(std::string_view text) {
    const parsed_schema read = read_statements(text);
    model::snapshot result;
    model::builder& content = result.content();
    for (const parsed_table& t : read.tables) add_to(content, t, read.indexes);
    for (const parsed_view& v : read.views) content.add_view(v.view, v.columns);
    for (const model::trigger& t : read.triggers) content.add_trigger(t);
    for (const parsed_index& i : read.indexes) {
        if (find_table(result.view(), i.table) != nullptr) continue;
        content.add_other({.kind = "index", .name = i.index.name, .sql = i.index.sql,
                           .reason = "its table is not created in this text"});
    }
    for (const model::unmodelled& o : read.others) content.add_other(o);
    result.own_text();
    return result;
}

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/quote.hpp

namespace autopack_schema::sql::sqlite {

/// Tells whether a name can stand in SQL without quotes wherever a name can.
constexpr bool is_plain_name(std::string_view name) noexcept {
    if (name.empty() || sql::detail::is_digit(name.front()) || is_reserved(name)) return false;
    for (const char c : name) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (!is_plain) return false;
    }
    return true;
}

/// Writes a text between marks, with each mark in it doubled.
inline std::string quoted(std::string_view text, char mark) {
    std::string result(1, mark);
    for (const char c : text) {
        if (c == mark) result += mark;
        result += c;
    }
    return result += mark;
}

/// Writes a name, quoted where it has to be.
/// errors: S237 a name with a NUL byte, which SQLite would cut off there
inline std::string identifier(std::string_view name) {
    if (is_plain_name(name)) return std::string(name);
    if (name.find('\0') != std::string_view::npos) {
        throw error({.code = "S237",
                     .what_happened = "the name " + std::string(name) + " contains a NUL byte",
                     .advice = "choose another name"});
    }
    return quoted(name, '"');
}

/// Writes bytes as x'…'.
inline std::string blob_literal(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result = "x'";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        result += digits[byte >> 4U];
        result += digits[byte & 15U];
    }
    return result += '\'';
}

/// Writes a text as a literal; one with a NUL byte as a cast, for SQL ends there.
inline std::string text_literal(std::string_view text) {
    if (text.find('\0') == std::string_view::npos) return quoted(text, '\'');
    return "CAST(" + blob_literal(text) + " AS TEXT)";
}

/// Writes the shortest number that reads back as the same double, always as a real; NaN is NULL, as SQLite stores it.
inline std::string real_literal(double value) {
    if (std::isnan(value)) return "NULL";
    if (std::isinf(value)) return value > 0 ? "9e999" : "-9e999";
    std::array<char, 32> buffer{};
    const std::to_chars_result end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    std::string result(buffer.data(), end.ptr);
    if (result.find_first_of(".e") == std::string::npos) result += ".0";
    return result;
}

/// Writes a value that stands behind DEFAULT, or anywhere in an expression.
/// shape: an expression is given as it is, without parentheses
inline std::string literal(const model::default_value& value) {
    switch (value.kind) {
    case model::default_kind::none:
    case model::default_kind::null: return "NULL";
    case model::default_kind::integer: return std::to_string(value.integer);
    case model::default_kind::real: return real_literal(value.real);
    case model::default_kind::text: return text_literal(value.text);
    case model::default_kind::blob: return "x'" + std::string(value.text) + "'";
    case model::default_kind::expression: return std::string(value.text);
    }
    return "NULL";
}

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/detail/written_expression.hpp

// Texts of others (expressions, SELECT statements) that are written into a statement must not get out of their place.
namespace autopack_schema::sql::sqlite::detail {

inline void refuse_text(std::string_view text, std::string_view why) {
    throw error({.code = "S238",
                 .what_happened = "this SQL cannot be written into a statement: " + std::string(why),
                 .sql = std::string(text),
                 .advice = "correct the expression or the statement in the definition"});
}

/// Makes sure that parentheses are balanced and nothing is left open; a comment at the end gets its line end.
/// errors: S238 the text would not stay in its place
inline std::string closed_text(std::string_view text, bool is_statement) {
    tokenizer source(text);
    token last{};
    int depth = 0;
    for (token t = source.next(); t.kind != token_kind::end; t = source.next()) {
        last = t;
        if (t.kind == token_kind::invalid) refuse_text(text, "it contains a quote that is not closed or no SQL");
        if (t.is("(")) ++depth;
        if (t.is(")") && --depth < 0) refuse_text(text, "it closes a parenthesis that it has not opened");
        if (t.is(";") && !is_statement) refuse_text(text, "it contains a semicolon");
    }
    if (depth != 0) refuse_text(text, "a parenthesis is not closed");
    std::string result(text);
    if (last.kind == token_kind::comment && last.text.starts_with("--")) result += '\n';
    if (last.kind == token_kind::comment && last.text.starts_with("/*") &&
        (last.text.size() < 4 || !last.text.ends_with("*/"))) {
        refuse_text(text, "a comment is not closed");
    }
    return result;
}

/// Takes the table's own name away before its columns, `t.a` becomes `a`, so that the expression can be used while the
/// table has another name.
inline std::string without_own_name(std::string_view text, std::string_view table) {
    const std::vector<token> tokens = tokenize(text);
    std::string result;
    std::size_t copied = 0;
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        const bool is_qualifier = tokens[i].is_name() && tokens[i + 1].is(".") && tokens[i + 2].is_name();
        if (!is_qualifier || !same_identifier(tokens[i].text, table)) continue;
        if (tokens.size() > i + 3 && tokens[i + 3].is(".")) continue; // a schema of the same name
        std::size_t first = i;
        if (i >= 2 && tokens[i - 1].is(".") && tokens[i - 2].is_name()) first = i - 2;
        result += text.substr(copied, tokens[first].offset - copied);
        copied = tokens[i + 2].offset;
    }
    return result += text.substr(copied);
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/render_options.hpp

namespace autopack_schema::sql::sqlite {

/// How statements are written.
struct render_options {
    bool one_line = false;            ///< the whole table in one line, not one line per column
    bool if_not_exists = false;
    std::string_view schema_name{};   ///< "main": written before the name of what is created
    std::string_view table_name{};    ///< another name for the table that is created; references to it keep its own
};

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/detail/constraint_writer.hpp

// The clauses of keys and constraints, each with a space before it.
namespace autopack_schema::sql::sqlite::detail {

/// The table that is written, and how.
struct table_writing {
    const model::schema& schema;
    const model::table& table;
    const render_options& options;

    /// An expression in parentheses.
    std::string parenthesised(std::string_view expression) const {
        const bool is_renamed = !options.table_name.empty();
        const std::string text = is_renamed ? without_own_name(expression, table.name) : std::string(expression);
        return "(" + closed_text(text, false) + ")";
    }
};

inline std::string_view conflict_name(model::conflict what) {
    switch (what) {
    case model::conflict::none: return "";
    case model::conflict::rollback: return "ROLLBACK";
    case model::conflict::abort: return "ABORT";
    case model::conflict::fail: return "FAIL";
    case model::conflict::ignore: return "IGNORE";
    case model::conflict::replace: return "REPLACE";
    }
    return "";
}

inline std::string on_conflict(model::conflict what) {
    return what == model::conflict::none ? "" : " ON CONFLICT " + std::string(conflict_name(what));
}

inline std::string_view action_name(model::fk_action action) {
    switch (action) {
    case model::fk_action::no_action: return "";
    case model::fk_action::restrict: return "RESTRICT";
    case model::fk_action::cascade: return "CASCADE";
    case model::fk_action::set_null: return "SET NULL";
    case model::fk_action::set_default: return "SET DEFAULT";
    }
    return "";
}

inline std::string constraint_prefix(const model::name& name) {
    return name.empty() ? "" : "CONSTRAINT " + identifier(name) + " ";
}

inline std::string name_list(std::span<const model::name> names) {
    std::string result = "(";
    for (const model::name& name : names) {
        if (result.size() > 1) result += ", ";
        result += identifier(name);
    }
    return result += ")";
}

/// One part of a key or an index. SQLite knows no NULLS FIRST there.
inline std::string key_part(const model::key_part& part) {
    std::string result;
    if (!part.is_expression) {
        result = identifier(part.text);
    } else {
        result = closed_text(part.text.text, false);
        if (!part.collation.empty()) result = "(" + result + ")";
    }
    if (!part.collation.empty()) result += " COLLATE " + identifier(part.collation);
    return part.descending ? result + " DESC" : result;
}

inline std::string key_parts(std::span<const model::key_part> parts) {
    std::string result = "(";
    for (const model::key_part& part : parts) {
        if (result.size() > 1) result += ", ";
        result += key_part(part);
    }
    return result += ")";
}

/// REFERENCES and all that follows.
inline std::string references(const model::schema& s, const model::foreign_key& f) {
    std::string result = "REFERENCES " + identifier(f.parent);
    if (f.parent_columns.count != 0) result += " " + name_list(s.names_of(f.parent_columns));
    if (f.on_delete != model::fk_action::no_action) result += " ON DELETE " + std::string(action_name(f.on_delete));
    if (f.on_update != model::fk_action::no_action) result += " ON UPDATE " + std::string(action_name(f.on_update));
    if (!f.match.empty()) result += " MATCH " + identifier(f.match);
    if (f.defer == model::deferral::immediate) result += " DEFERRABLE INITIALLY IMMEDIATE";
    if (f.defer == model::deferral::deferred) result += " DEFERRABLE INITIALLY DEFERRED";
    return result;
}

inline std::string check(const table_writing& w, const model::check_constraint& c) {
    return constraint_prefix(c.name) + "CHECK " + w.parenthesised(c.expression);
}

inline std::string table_unique(const model::schema& s, const model::unique_constraint& u) {
    return constraint_prefix(u.name) + "UNIQUE " + key_parts(s.parts_of(u)) + on_conflict(u.on_conflict);
}

inline std::string table_foreign_key(const model::schema& s, const model::foreign_key& f) {
    return constraint_prefix(f.name) + "FOREIGN KEY " + name_list(s.names_of(f.columns)) + " " + references(s, f);
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/detail/placement.hpp

// Which constraints are written at their column. Those come first when the text is read again, so only a beginning of
// each list that follows the order of the columns is; the rest is written at the table.
namespace autopack_schema::sql::sqlite::detail {

inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

/// The position of a column in its table; `no_column` where there is none.
inline std::size_t column_position(const model::schema& s, const model::table& t, const model::name& name) {
    const auto columns = s.columns_of(t);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name) return i;
    }
    return no_column;
}

/// The column at which a key can be written: its only one, without collation of its own.
inline std::size_t column_of_key(const model::schema& s, const model::table& t, std::span<const model::key_part> parts,
                                 bool may_descend) {
    if (parts.size() != 1) return no_column;
    const model::key_part& part = parts.front();
    if (part.is_expression || !part.collation.empty() || (part.descending && !may_descend)) return no_column;
    return column_position(s, t, part.text);
}

/// Counts the elements at the beginning that can be written at their columns, in the order of these.
template <class Element, class ColumnOf>
std::size_t inline_count(std::span<const Element> elements, ColumnOf column_of) {
    std::size_t least = 0;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const std::size_t column = column_of(elements[i]);
        if (column == no_column || column < least) return i;
        least = column;
    }
    return elements.size();
}

/// How many of the constraints of a table are written at columns.
struct placement {
    std::size_t key_column = no_column;
    std::size_t uniques = 0;
    std::size_t foreign_keys = 0;

    placement(const model::schema& s, const model::table& t) {
        key_column = column_of_key(s, t, s.parts_of(t.key), t.key.inline_descending);
        uniques = inline_count(s.uniques_of(t), [&s, &t](const model::unique_constraint& u) {
            return u.name.empty() ? column_of_key(s, t, s.parts_of(u), false) : no_column;
        });
        foreign_keys = inline_count(s.foreign_keys_of(t), [&s, &t](const model::foreign_key& f) {
            if (!f.name.empty() || f.columns.count != 1) return no_column;
            return column_position(s, t, s.names_of(f.columns).front());
        });
    }
};

/// Tells whether a check is written at its column.
inline bool is_at_column(const model::schema& s, const model::table& t, const model::check_constraint& c) {
    return !c.column.empty() && column_position(s, t, c.column) != no_column;
}

} // namespace autopack_schema::sql::sqlite::detail

// ---- autopack_schema/sql/sqlite/render_column.hpp

namespace autopack_schema::sql::sqlite {

namespace detail {

inline bool is_current_word(std::string_view text) {
    return model::same_name(text, "CURRENT_TIMESTAMP") || model::same_name(text, "CURRENT_DATE") ||
           model::same_name(text, "CURRENT_TIME");
}

inline std::string default_clause(const table_writing& w, const model::default_value& value) {
    if (!value.present()) return "";
    const bool has_nul = value.kind == model::default_kind::text && value.text.find('\0') != std::string_view::npos;
    if (has_nul) return " DEFAULT (" + literal(value) + ")";
    if (value.kind != model::default_kind::expression || is_current_word(value.text)) {
        return " DEFAULT " + literal(value);
    }
    return " DEFAULT " + w.parenthesised(value.text);
}

inline std::string column_key(const model::table& t, const model::column& c) {
    std::string result = " " + constraint_prefix(t.key.name) + "PRIMARY KEY";
    if (t.key.inline_descending) result += " DESC";
    result += on_conflict(t.key.on_conflict);
    if (c.identity == model::identity_kind::autoincrement) result += " AUTOINCREMENT";
    return result;
}

/// The checks of a column; those without a name go first, for SQLite gives one the name that stands before it.
inline std::string column_checks(const table_writing& w, const model::column& c, bool named) {
    std::string result;
    for (const model::check_constraint& one : w.schema.checks_of(w.table)) {
        if (one.column == c.name && !one.column.empty() && one.name.empty() != named) result += " " + check(w, one);
    }
    return result;
}

inline std::string column_uniques(const table_writing& w, const placement& where, const model::column& c) {
    std::string result;
    for (const model::unique_constraint& u : w.schema.uniques_of(w.table).first(where.uniques)) {
        if (w.schema.parts_of(u).front().text == c.name) result += " UNIQUE" + on_conflict(u.on_conflict);
    }
    return result;
}

inline std::string column_references(const table_writing& w, const placement& where, const model::column& c) {
    std::string result;
    for (const model::foreign_key& f : w.schema.foreign_keys_of(w.table).first(where.foreign_keys)) {
        if (w.schema.names_of(f.columns).front() == c.name) result += " " + references(w.schema, f);
    }
    return result;
}

inline std::string column_definition(const table_writing& w, const placement& where, const model::column& c) {
    std::string result = identifier(c.name);
    const std::string_view type = declared_type(c.type, w.table.strict);
    if (!type.empty()) result += " " + closed_text(type, false);
    if (!c.nullable) result += " NOT NULL" + on_conflict(c.on_null);
    result += default_clause(w, c.default_to);
    if (!c.collation.empty()) result += " COLLATE " + identifier(c.collation);
    if (c.generated != model::generated_kind::none) {
        result += " GENERATED ALWAYS AS " + w.parenthesised(c.generated_as);
        result += c.generated == model::generated_kind::stored ? " STORED" : " VIRTUAL";
    }
    result += column_checks(w, c, false) + column_uniques(w, where, c) + column_references(w, where, c);
    const bool is_key = where.key_column != no_column && w.schema.columns_of(w.table)[where.key_column].name == c.name;
    if (is_key) result += column_key(w.table, c);
    return result + column_checks(w, c, true);
}

} // namespace detail

/// Writes a column as it stands in CREATE TABLE and behind ADD COLUMN, with the constraints that belong to it alone.
/// shape:  `name TEXT NOT NULL DEFAULT 'x'`
/// errors: S237, S238 a name or an expression that cannot be written
inline std::string column_definition(const model::schema& s, const model::table& t, const model::column& c) {
    const render_options options;
    return detail::column_definition({s, t, options}, detail::placement(s, t), c);
}

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/render_table.hpp

namespace autopack_schema::sql::sqlite {

namespace detail {

/// The name of what is created, with its schema before it.
inline std::string created_name(std::string_view name, const render_options& options) {
    std::string result = options.if_not_exists ? "IF NOT EXISTS " : "";
    if (!options.schema_name.empty()) result += identifier(options.schema_name) + ".";
    return result + identifier(name);
}

inline std::string table_key(const table_writing& w) {
    const auto parts = w.schema.parts_of(w.table.key);
    std::string result = constraint_prefix(w.table.key.name) + "PRIMARY KEY " + key_parts(parts);
    for (const model::column& c : w.schema.columns_of(w.table)) {
        const bool counts = c.identity == model::identity_kind::autoincrement && parts.size() == 1;
        if (counts && parts.front().text == c.name) result.insert(result.size() - 1, " AUTOINCREMENT");
    }
    return result + on_conflict(w.table.key.on_conflict);
}

/// The lines between the parentheses.
inline std::vector<std::string> table_lines(const table_writing& w) {
    const model::schema& s = w.schema;
    const placement where(s, w.table);
    std::vector<std::string> lines;
    for (const model::column& c : s.columns_of(w.table)) lines.push_back(column_definition(w, where, c));
    if (w.table.key.present() && where.key_column == no_column) lines.push_back(table_key(w));
    for (const model::unique_constraint& u : s.uniques_of(w.table).subspan(where.uniques)) {
        lines.push_back(table_unique(s, u));
    }
    for (const model::check_constraint& c : s.checks_of(w.table)) {
        if (!is_at_column(s, w.table, c)) lines.push_back(check(w, c));
    }
    for (const model::foreign_key& f : s.foreign_keys_of(w.table).subspan(where.foreign_keys)) {
        lines.push_back(table_foreign_key(s, f));
    }
    return lines;
}

inline std::string table_options(const model::table& t) {
    if (t.without_rowid) return t.strict ? " WITHOUT ROWID, STRICT" : " WITHOUT ROWID";
    return t.strict ? " STRICT" : "";
}

} // namespace detail

/// Writes the CREATE TABLE or CREATE VIRTUAL TABLE statement of one table.
/// shape:  one statement without a semicolon at its end, one line per column unless asked otherwise
/// errors: S237, S238 a name or an expression that cannot be written
/// source: https://sqlite.org/lang_createtable.html
inline std::string create_table(const model::schema& s, const model::table& t, const render_options& options = {}) {
    const std::string_view name = options.table_name.empty() ? t.name.text : options.table_name;
    if (t.kind == model::table_kind::virtual_) {
        return "CREATE VIRTUAL TABLE " + detail::created_name(name, options) + " USING " +
               detail::closed_text(t.module, false);
    }
    const std::string_view indent = options.one_line ? "" : "\n  ";
    std::string result = "CREATE TABLE " + detail::created_name(name, options) + " (";
    std::string_view separator;
    for (const std::string& line : detail::table_lines({s, t, options})) {
        result += separator;
        result += indent;
        result += line;
        separator = options.one_line ? ", " : ",";
    }
    result += options.one_line ? ")" : "\n)";
    return result + detail::table_options(t);
}

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/render_object.hpp

namespace autopack_schema::sql::sqlite {

/// Writes the CREATE INDEX statement of an index.
/// shape:  one statement without a semicolon at its end; `table_name` is the table that it is made for
/// errors: S237, S238 a name or an expression that cannot be written
/// source: https://sqlite.org/lang_createindex.html
inline std::string create_index(const model::schema& s, const model::table& t, const model::index& i,
                                const render_options& options = {}) {
    const bool is_renamed = !options.table_name.empty();
    std::string result = i.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    result += detail::created_name(i.name, options) + " ON ";
    result += identifier(is_renamed ? options.table_name : t.name.text) + " " + detail::key_parts(s.parts_of(i));
    if (!i.where.empty()) result += " WHERE " + detail::closed_text(i.where, false);
    return result;
}

/// Writes the CREATE VIEW statement of a view.
/// shape:  one statement without a semicolon at its end
/// errors: S237, S238 a name or a text that cannot be written
inline std::string create_view(const model::schema& s, const model::view& v, const render_options& options = {}) {
    std::string result = "CREATE VIEW " + detail::created_name(v.name, options);
    if (v.columns.count != 0) result += " " + detail::name_list(s.names_of(v.columns));
    return result + " AS " + detail::closed_text(v.definition, false);
}

/// Writes the CREATE TRIGGER statement of a trigger.
/// shape:  one statement without a semicolon at its end
/// errors: S237, S238 a name or a text that cannot be written
inline std::string create_trigger(const model::trigger& t, const render_options& options = {}) {
    return "CREATE TRIGGER " + detail::created_name(t.name, options) + " " + detail::closed_text(t.definition, true);
}

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/render_schema.hpp

namespace autopack_schema::sql::sqlite {

namespace detail {

/// For each thing, the positions of the things that it needs.
using dependencies = std::vector<std::vector<std::size_t>>;

/// Orders things so that each comes behind those it needs; in a circle, the first one comes last.
inline std::vector<std::size_t> dependency_order(const dependencies& needs) {
    std::vector<std::size_t> order;
    std::vector<bool> seen(needs.size(), false);
    struct visit {
        std::size_t thing;
        std::size_t next;
    };
    for (std::size_t start = 0; start < needs.size(); ++start) {
        if (seen[start]) continue;
        seen[start] = true;
        std::vector<visit> open{{start, 0}};
        while (!open.empty()) {
            visit& top = open.back();
            if (top.next == needs[top.thing].size()) {
                order.push_back(top.thing);
                open.pop_back();
                continue;
            }
            const std::size_t needed = needs[top.thing][top.next++];
            if (!seen[needed]) open.push_back({needed, 0});
            seen[needed] = true;
        }
    }
    return order;
}

inline std::vector<std::size_t> table_order(const model::schema& s) {
    dependencies needs(s.tables.size());
    for (std::size_t i = 0; i < s.tables.size(); ++i) {
        for (const model::foreign_key& f : s.foreign_keys_of(s.tables[i])) {
            const model::table* parent = find_table(s, f.parent);
            if (parent != nullptr) needs[i].push_back(static_cast<std::size_t>(parent - s.tables.data()));
        }
    }
    return dependency_order(needs);
}

inline std::vector<std::size_t> view_order(const model::schema& s) {
    dependencies needs(s.views.size());
    for (std::size_t i = 0; i < s.views.size(); ++i) {
        for (const token& t : tokenize(s.views[i].definition)) {
            if (!t.is_name()) continue;
            const model::view* other = find(s.views, model::name(unquote(t.text)));
            if (other != nullptr) needs[i].push_back(static_cast<std::size_t>(other - s.views.data()));
        }
    }
    return dependency_order(needs);
}

} // namespace detail

/// Writes all statements that make a schema, in an order in which they can be run: tables with their indexes, parents
/// first, then views, then triggers.
/// shape:  statements without semicolons at their ends
/// errors: S237, S238 a name or a text that cannot be written
inline std::vector<std::string> create_statements(const model::schema& s, const render_options& options = {}) {
    std::vector<std::string> statements;
    for (const std::size_t position : detail::table_order(s)) {
        const model::table& t = s.tables[position];
        statements.push_back(create_table(s, t, options));
        for (const model::index& i : s.indexes_of(t)) statements.push_back(create_index(s, t, i, options));
    }
    for (const std::size_t position : detail::view_order(s)) {
        statements.push_back(create_view(s, s.views[position], options));
    }
    for (const model::trigger& t : s.triggers) statements.push_back(create_trigger(t, options));
    return statements;
}

/// Writes a schema as a text of statements.
/// shape:  each statement with a semicolon and a line end; what the model could not express is named in comments
/// errors: S237, S238 a name or a text that cannot be written
inline std::string ddl(const model::schema& s, const render_options& options = {}) {
    std::string result;
    for (const std::string& statement : create_statements(s, options)) result += statement + ";\n";
    for (const model::unmodelled& other : s.others) {
        std::string line = "-- left out: " + std::string(other.kind) + " " + std::string(other.name.text) + ": " +
                           std::string(other.reason);
        for (char& c : line) {
            if (c == '\n' || c == '\r' || c == '\0') c = ' ';
        }
        result += line + "\n";
    }
    return result;
}

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/render.hpp

// Writing a schema as SQLite's SQL.

// ---- autopack_schema/sql/statement.hpp

namespace autopack_schema::sql {

/// Tells whether two statements, or parts of them, say the same.
/// shape: case outside literals, space, comments, quotes of names and redundant parentheses round expressions make no
///        difference, nor does a semicolon at the end; everything else does
constexpr bool same_statement(std::string_view a, std::string_view b, const expression_rules& rules) {
    std::vector<token> a_tokens = tokenize(a, rules.lexical);
    std::vector<token> b_tokens = tokenize(b, rules.lexical);
    while (!a_tokens.empty() && a_tokens.back().is(";")) a_tokens.pop_back();
    while (!b_tokens.empty() && b_tokens.back().is(";")) b_tokens.pop_back();
    return detail::same_segments(a_tokens, b_tokens, rules, 0);
}

} // namespace autopack_schema::sql

// ---- autopack_schema/sql/sqlite/trigger.hpp

namespace autopack_schema::sql::sqlite {

/// Tells whether two trigger definitions, the texts behind the name, do the same.
/// shape:  BEFORE and FOR EACH ROW may be left out, the columns of UPDATE OF come in any order
/// source: https://sqlite.org/lang_createtrigger.html
constexpr bool same_trigger(std::string_view a, std::string_view b) {
    if (a == b) return true;
    const std::vector<token> a_tokens = tokenize(a);
    const std::vector<token> b_tokens = tokenize(b);
    const detail::trigger_parts left = detail::parts_of_trigger(a_tokens);
    const detail::trigger_parts right = detail::parts_of_trigger(b_tokens);
    if (!left.understood || !right.understood) return sql::detail::same_segments(a_tokens, b_tokens, expressions, 0);
    return left.time == right.time && sql::detail::same_token(left.event, right.event) &&
           left.update_columns.empty() == right.update_columns.empty() &&
           detail::names_within(left.update_columns, right.update_columns) &&
           detail::names_within(right.update_columns, left.update_columns) &&
           same_identifier(left.table.text, right.table.text) &&
           sql::detail::same_segments(left.when, right.when, expressions, 0) &&
           sql::detail::same_segments(left.body, right.body, expressions, 0);
}

/// Tells whether two SELECT statements of views say the same.
constexpr bool same_view(std::string_view a, std::string_view b) { return a == b || same_statement(a, b, expressions); }

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/sql/sqlite/rules.hpp

namespace autopack_schema::sql::sqlite {

namespace detail {

constexpr bool same_type(const model::column& a, const table_scope& a_scope, const model::column& b,
                         const table_scope& b_scope) {
    return same_storage(a.type, a_scope.table.strict, b.type, b_scope.table.strict);
}

/// A definition that names a meaning and no spelling is content with every spelling.
constexpr bool same_type_spelling(const model::column& a, const model::column& b) {
    const auto has_no_opinion = [](const model::data_type& type) {
        return type.declared.empty() && type.kind != model::type_kind::unspecified;
    };
    return has_no_opinion(a.type) || has_no_opinion(b.type) || same_type_text(a.type.declared, b.type.declared);
}

/// The names that an expression of a table can use.
struct scope_names {
    std::vector<std::string_view> columns{};
    std::vector<renamed_column> renamed{};

    constexpr scope_names(const table_scope& own, const table_scope& other) {
        for (const model::column& c : own.schema.columns_of(own.table)) {
            columns.push_back(c.name.text);
            const bool was_renamed = !c.renamed_from.empty() &&
                                     find_column(other.schema, other.table, c.name) == nullptr &&
                                     find_column(other.schema, other.table, c.renamed_from) != nullptr;
            if (was_renamed) renamed.push_back({c.name.text, c.renamed_from.text});
        }
    }

    constexpr name_scope of(const table_scope& own) const { return {own.table.name.text, columns, renamed}; }
};

constexpr bool same_expression(std::string_view a, const table_scope& a_scope, std::string_view b,
                               const table_scope& b_scope) {
    const bool has_quotes = a.find('"') != std::string_view::npos; // "x" depends on the columns that there are
    if (a == b && !has_quotes) return true;
    const scope_names a_names(a_scope, b_scope);
    const scope_names b_names(b_scope, a_scope);
    return sql::same_expression(a, a_names.of(a_scope), b, b_names.of(b_scope), expressions);
}

/// Constants are compared by what the column stores; where only the types differ, the defaults do not.
constexpr bool same_default(const model::column& a, const table_scope& a_scope, const model::column& b,
                            const table_scope& b_scope) {
    const constant left = constant_of(a.default_to);
    const constant right = constant_of(b.default_to);
    if (left.kind == constant_kind::none || right.kind == constant_kind::none) {
        return left.kind == right.kind && sql::same_expression(a.default_to.text, b.default_to.text, expressions);
    }
    const affinity a_affinity = affinity_of(a.type, a_scope.table.strict);
    const affinity b_affinity = affinity_of(b.type, b_scope.table.strict);
    if (same_stored(left, right, a_affinity) || same_stored(left, right, b_affinity)) return true;
    return a_affinity != b_affinity && same_stored(left, right, affinity::blob);
}

/// Finds out whether a column is another name of the row number: the only part of the key, of a type that is exactly
/// INTEGER; not in a WITHOUT ROWID table and, by a kept bug, not as `INTEGER PRIMARY KEY DESC` at the column.
/// source: https://sqlite.org/lang_createtable.html, 5
constexpr bool is_rowid_alias(const table_scope& scope, const model::column& column) {
    const model::table& t = scope.table;
    if (t.kind != model::table_kind::ordinary || t.without_rowid || t.key.inline_descending) return false;
    const auto parts = scope.schema.parts_of(t.key);
    if (parts.size() != 1 || parts[0].is_expression || parts[0].text != column.name) return false;
    return is_integer_type(declared_type(column.type, t.strict));
}

/// Finds out whether NULL is refused: by NOT NULL, by the key of a WITHOUT ROWID or STRICT table, or because the column
/// is the row number. The key of any other table accepts NULL, by a kept bug.
/// source: https://sqlite.org/withoutrowid.html, https://sqlite.org/stricttables.html
constexpr bool is_not_null(const table_scope& scope, const model::column& column) {
    if (!column.nullable || is_rowid_alias(scope, column)) return true;
    const bool implied = scope.table.without_rowid || scope.table.strict;
    return implied && in_primary_key(scope.schema, scope.table, column.name);
}

/// There is no SET CONSTRAINTS: only DEFERRABLE INITIALLY DEFERRED waits for the end of the transaction.
/// source: https://sqlite.org/foreignkeys.html, 4.2
constexpr bool same_deferral(model::deferral a, model::deferral b) {
    return (a == model::deferral::deferred) == (b == model::deferral::deferred);
}

} // namespace detail

/// How SQLite sees two schemas.
inline constexpr autopack_schema::rules rules{
    .same_type = detail::same_type,
    .same_type_spelling = detail::same_type_spelling,
    .same_default = detail::same_default,
    .same_expression = detail::same_expression,
    .same_view = same_view,
    .same_trigger = same_trigger,
    .not_null = detail::is_not_null,
    .rowid_alias = detail::is_rowid_alias,
    .same_deferral = detail::same_deferral,
    .default_collation = "BINARY",
};

} // namespace autopack_schema::sql::sqlite

// ---- autopack_schema/version.hpp

// The only place that holds the version; CMake and Conan read these lines.
#define AUTOPACK_SCHEMA_VERSION_MAJOR 0
#define AUTOPACK_SCHEMA_VERSION_MINOR 1
#define AUTOPACK_SCHEMA_VERSION_PATCH 0
#define AUTOPACK_SCHEMA_VERSION "0.1.0"

namespace autopack_schema {

/// The version of these headers as numbers, for programs that decide by `if` and not by preprocessor.
struct version_number {
    int major_part = AUTOPACK_SCHEMA_VERSION_MAJOR;
    int minor_part = AUTOPACK_SCHEMA_VERSION_MINOR;
    int patch_part = AUTOPACK_SCHEMA_VERSION_PATCH;
    friend constexpr bool operator==(const version_number&, const version_number&) = default;
    friend constexpr auto operator<=>(const version_number&, const version_number&) = default;
};

// An inline namespace keeps parameters of this name in this library free of -Wshadow.
inline namespace numbers {

/// The version of these headers.
inline constexpr version_number version{};

} // namespace numbers

} // namespace autopack_schema

// ---- autopack_schema/core.hpp

// The part with no database and no JSON: model, definitions, diff and SQL text.

// ---- autopack_schema/db/sqlite/detail/advice.hpp

namespace autopack_schema::sqlite::detail {

/// What a result code means for the reader: our code, and what to do.
struct verdict {
    int result; ///< extended or primary result code
    std::string_view code;
    std::string_view advice;
};

/// Extended codes first where they deserve their own words; the primary code is the fallback.
/// source: https://sqlite.org/rescode.html, and what is measured in tests/sqlite/error_test.cpp
inline constexpr auto verdicts = std::to_array<verdict>({
    {517, "S209",
     "another connection wrote since this transaction began to read: roll back and begin again, with BEGIN IMMEDIATE"},
    {261, "S209", "another process is recovering the database after a crash: wait and run again"},
    {262, "S209",
     "another connection of this process holds the table in the shared cache: finish its statements first"},
    {5, "S209", "the database is locked: stop the API server, executors and viewers, or raise the busy time-out"},
    {6, "S209", "a statement of this same connection still reads the table: finish or reset it first"},
    {1032, "S210", "the file was moved or replaced while it was open: close every program that uses it and run again"},
    {776, "S210",
     "a program died while it wrote and the file must be rolled back first: open the database once for writing"},
    {264, "S210", "the write-ahead log must be recovered first: open the database once for writing"},
    {520, "S210",
     "the write-ahead log's shared memory is read-only: give write permission on the -shm file and its folder, or copy "
     "the database, -wal and -shm files elsewhere"},
    {1288, "S210",
     "the write-ahead log needs a -shm file, and none can be made: give write permission on the folder, or copy the "
     "database and its -wal file elsewhere"},
    {1544, "S210",
     "the folder is read-only, and SQLite must make a journal beside the database: give write permission on the "
     "folder"},
    {8, "S210",
     "the database was opened read-only or the file is write-protected: check the permissions of the file and of its "
     "folder, or open it for writing"},
    {270, "S206", "no folder for temporary files can be written: set SQLITE_TMPDIR"},
    {526, "S206", "the path is a folder: name the database file in it"},
    {1550, "S206", "the path is a symbolic link, which is not allowed here: name the file itself"},
    {14, "S206", "check that the folder exists and that this user may read and write the file and its folder"},
    {3, "S206", "check the permissions of the file and of its folder"},
    {26, "S207", "check the path; an encrypted database must be decrypted first, by the program that made it"},
    {11, "S208", "the file is damaged: restore a backup, or save what can be read with: sqlite3 FILE .recover"},
    {13, "S211",
     "the disk is full: free space on the disk of the database and on that of temporary files (SQLITE_TMPDIR), then "
     "run again"},
    {3082, "S213", "not enough memory: close other programs or lower the cache size"},
    {10, "S212",
     "the disk or the network file system failed: check the disk and its log, and do not keep databases on network "
     "folders"},
    {22, "S212", "the file system has no large files: move the database"},
    {15, "S212", "the locks of the file system do not work: do not keep databases on network folders"},
    {7, "S213", "not enough memory: close other programs or lower the cache size"},
    {18, "S214", "a text, blob or statement is longer than SQLite's limit: shorten it or raise the limit"},
    {2067, "S216", "remove the duplicate, or update the row that is there"},
    {1555, "S216", "remove the duplicate, or update the row that is there"},
    {2579, "S216", "remove the duplicate, or update the row that is there"},
    {1299, "S217", "give the column a value"},
    {275, "S218", "correct the value, or the CHECK constraint if it is too narrow"},
    {787, "S219", "insert the referenced row first, or delete the referencing rows first"},
    {3091, "S220", "give a value of the declared type: the table is STRICT"},
    {1811, "S220", "a trigger refused the change: see its text in sqlite_schema"},
    {19, "S220", "correct the row, or the constraint"},
    {20, "S220", "give an integer: the column is an INTEGER PRIMARY KEY or the value must be a whole number"},
    {17, "S221", "another program changed the schema: run again; close programs that keep old statements"},
    {516, "S222", "the transaction was rolled back under this statement: begin again"},
    {9, "S222", "the work was interrupted: nothing of the statement was kept; run again when wanted"},
    {4, "S222", "the work was stopped: nothing of the statement was kept; run again when wanted"},
    {21, "S223", "this is a mistake in the program: see the documentation of the call"},
    {25, "S223", "parameters are numbered from 1 and columns from 0: count them in the SQL"},
    {23, "S234", "the authorizer of this connection forbids the statement"},
    {257, "S215", "register the collation before the statement is prepared"},
    {1, "S215", "check the SQL, and that the schema is the one the program was written for"},
});

/// The verdict on a result code; a code that is not known is S229.
constexpr verdict verdict_on(int result) {
    for (const int wanted : {result, result & 0xff})
        for (const verdict& known : verdicts)
            if (known.result == wanted) return known;
    return {result, "S229", "see https://sqlite.org/rescode.html for this code"};
}

} // namespace autopack_schema::sqlite::detail

// ---- autopack_schema/db/sqlite/detail/constraint.hpp

namespace autopack_schema::sqlite::detail {

/// Table and columns of a constraint that failed; empty where SQLite's text does not tell.
struct failed_columns {
    std::string table;
    std::string columns;
};

/// Reads "UNIQUE constraint failed: t.a, t.b". Names with a dot or a comma in them make the text
/// ambiguous: then nothing is claimed, the text itself stays in the message.
inline failed_columns read_failed_columns(std::string_view message) {
    constexpr std::string_view mark = " constraint failed: ";
    const std::size_t at = message.find(mark);
    const std::string_view kind = message.substr(0, at);
    if (at == std::string_view::npos || (kind != "UNIQUE" && kind != "NOT NULL")) return {};
    std::string_view list = message.substr(at + mark.size());
    failed_columns found;
    while (!list.empty()) {
        const std::size_t end = list.find(", ");
        const std::string_view item = list.substr(0, end);
        const std::size_t dot = item.find('.');
        if (dot == std::string_view::npos || item.find('.', dot + 1) != std::string_view::npos) return {};
        if (!found.table.empty() && found.table != item.substr(0, dot)) return {};
        found.table = item.substr(0, dot);
        if (!found.columns.empty()) found.columns += ", ";
        found.columns += item.substr(dot + 1);
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 2);
    }
    return found;
}

} // namespace autopack_schema::sqlite::detail

// ---- autopack_schema/db/sqlite/result_code.hpp

namespace autopack_schema::sqlite {

/// One result code of SQLite and its name.
struct result_code {
    int value;
    std::string_view name;
};

/// Every primary and extended result code up to SQLite 3.51, as numbers: the library that runs may be
/// newer than the header that was compiled against. A test compares it with sqlite3.h.
/// source: https://sqlite.org/rescode.html
inline constexpr auto result_codes = std::to_array<result_code>({
    {0, "SQLITE_OK"},
    {1, "SQLITE_ERROR"},
    {2, "SQLITE_INTERNAL"},
    {3, "SQLITE_PERM"},
    {4, "SQLITE_ABORT"},
    {5, "SQLITE_BUSY"},
    {6, "SQLITE_LOCKED"},
    {7, "SQLITE_NOMEM"},
    {8, "SQLITE_READONLY"},
    {9, "SQLITE_INTERRUPT"},
    {10, "SQLITE_IOERR"},
    {11, "SQLITE_CORRUPT"},
    {12, "SQLITE_NOTFOUND"},
    {13, "SQLITE_FULL"},
    {14, "SQLITE_CANTOPEN"},
    {15, "SQLITE_PROTOCOL"},
    {16, "SQLITE_EMPTY"},
    {17, "SQLITE_SCHEMA"},
    {18, "SQLITE_TOOBIG"},
    {19, "SQLITE_CONSTRAINT"},
    {20, "SQLITE_MISMATCH"},
    {21, "SQLITE_MISUSE"},
    {22, "SQLITE_NOLFS"},
    {23, "SQLITE_AUTH"},
    {24, "SQLITE_FORMAT"},
    {25, "SQLITE_RANGE"},
    {26, "SQLITE_NOTADB"},
    {27, "SQLITE_NOTICE"},
    {28, "SQLITE_WARNING"},
    {100, "SQLITE_ROW"},
    {101, "SQLITE_DONE"},
    {256, "SQLITE_OK_LOAD_PERMANENTLY"},
    {257, "SQLITE_ERROR_MISSING_COLLSEQ"},
    {261, "SQLITE_BUSY_RECOVERY"},
    {262, "SQLITE_LOCKED_SHAREDCACHE"},
    {264, "SQLITE_READONLY_RECOVERY"},
    {266, "SQLITE_IOERR_READ"},
    {267, "SQLITE_CORRUPT_VTAB"},
    {270, "SQLITE_CANTOPEN_NOTEMPDIR"},
    {275, "SQLITE_CONSTRAINT_CHECK"},
    {279, "SQLITE_AUTH_USER"},
    {283, "SQLITE_NOTICE_RECOVER_WAL"},
    {284, "SQLITE_WARNING_AUTOINDEX"},
    {512, "SQLITE_OK_SYMLINK"},
    {513, "SQLITE_ERROR_RETRY"},
    {516, "SQLITE_ABORT_ROLLBACK"},
    {517, "SQLITE_BUSY_SNAPSHOT"},
    {518, "SQLITE_LOCKED_VTAB"},
    {520, "SQLITE_READONLY_CANTLOCK"},
    {522, "SQLITE_IOERR_SHORT_READ"},
    {523, "SQLITE_CORRUPT_SEQUENCE"},
    {526, "SQLITE_CANTOPEN_ISDIR"},
    {531, "SQLITE_CONSTRAINT_COMMITHOOK"},
    {539, "SQLITE_NOTICE_RECOVER_ROLLBACK"},
    {769, "SQLITE_ERROR_SNAPSHOT"},
    {773, "SQLITE_BUSY_TIMEOUT"},
    {776, "SQLITE_READONLY_ROLLBACK"},
    {778, "SQLITE_IOERR_WRITE"},
    {779, "SQLITE_CORRUPT_INDEX"},
    {782, "SQLITE_CANTOPEN_FULLPATH"},
    {787, "SQLITE_CONSTRAINT_FOREIGNKEY"},
    {795, "SQLITE_NOTICE_RBU"},
    {1025, "SQLITE_ERROR_RESERVESIZE"},
    {1032, "SQLITE_READONLY_DBMOVED"},
    {1034, "SQLITE_IOERR_FSYNC"},
    {1038, "SQLITE_CANTOPEN_CONVPATH"},
    {1043, "SQLITE_CONSTRAINT_FUNCTION"},
    {1281, "SQLITE_ERROR_KEY"},
    {1288, "SQLITE_READONLY_CANTINIT"},
    {1290, "SQLITE_IOERR_DIR_FSYNC"},
    {1294, "SQLITE_CANTOPEN_DIRTYWAL"},
    {1299, "SQLITE_CONSTRAINT_NOTNULL"},
    {1537, "SQLITE_ERROR_UNABLE"},
    {1544, "SQLITE_READONLY_DIRECTORY"},
    {1546, "SQLITE_IOERR_TRUNCATE"},
    {1550, "SQLITE_CANTOPEN_SYMLINK"},
    {1555, "SQLITE_CONSTRAINT_PRIMARYKEY"},
    {1802, "SQLITE_IOERR_FSTAT"},
    {1811, "SQLITE_CONSTRAINT_TRIGGER"},
    {2058, "SQLITE_IOERR_UNLOCK"},
    {2067, "SQLITE_CONSTRAINT_UNIQUE"},
    {2314, "SQLITE_IOERR_RDLOCK"},
    {2323, "SQLITE_CONSTRAINT_VTAB"},
    {2570, "SQLITE_IOERR_DELETE"},
    {2579, "SQLITE_CONSTRAINT_ROWID"},
    {2826, "SQLITE_IOERR_BLOCKED"},
    {2835, "SQLITE_CONSTRAINT_PINNED"},
    {3082, "SQLITE_IOERR_NOMEM"},
    {3091, "SQLITE_CONSTRAINT_DATATYPE"},
    {3338, "SQLITE_IOERR_ACCESS"},
    {3594, "SQLITE_IOERR_CHECKRESERVEDLOCK"},
    {3850, "SQLITE_IOERR_LOCK"},
    {4106, "SQLITE_IOERR_CLOSE"},
    {4362, "SQLITE_IOERR_DIR_CLOSE"},
    {4618, "SQLITE_IOERR_SHMOPEN"},
    {4874, "SQLITE_IOERR_SHMSIZE"},
    {5130, "SQLITE_IOERR_SHMLOCK"},
    {5386, "SQLITE_IOERR_SHMMAP"},
    {5642, "SQLITE_IOERR_SEEK"},
    {5898, "SQLITE_IOERR_DELETE_NOENT"},
    {6154, "SQLITE_IOERR_MMAP"},
    {6410, "SQLITE_IOERR_GETTEMPPATH"},
    {6666, "SQLITE_IOERR_CONVPATH"},
    {6922, "SQLITE_IOERR_VNODE"},
    {7178, "SQLITE_IOERR_AUTH"},
    {7434, "SQLITE_IOERR_BEGIN_ATOMIC"},
    {7690, "SQLITE_IOERR_COMMIT_ATOMIC"},
    {7946, "SQLITE_IOERR_ROLLBACK_ATOMIC"},
    {8202, "SQLITE_IOERR_DATA"},
    {8458, "SQLITE_IOERR_CORRUPTFS"},
    {8714, "SQLITE_IOERR_IN_PAGE"},
    {8970, "SQLITE_IOERR_BADKEY"},
    {9226, "SQLITE_IOERR_CODEC"},
});

/// The name of a result code: "SQLITE_BUSY_SNAPSHOT". An extended code that is not known gives the name
/// of its primary code; an unknown primary code gives "".
constexpr std::string_view name_of_result(int code) {
    const auto find = [](int value) {
        for (const result_code& known : result_codes)
            if (known.value == value) return known.name;
        return std::string_view();
    };
    const std::string_view name = find(code);
    return name.empty() ? find(code & 0xff) : name;
}

} // namespace autopack_schema::sqlite

// ---- autopack_schema/db/sqlite/error.hpp

namespace autopack_schema::sqlite {

/// The name of an open database for messages: the absolute path of its file, or ":memory:".
inline std::string database_name(sqlite3* database) {
    if (database == nullptr) return {};
    const char* file = sqlite3_db_filename(database, "main");
    return file == nullptr || *file == '\0' ? ":memory:" : file;
}

namespace detail {

/// Builds the error of a result code. Always out of line: the fast paths only test and call.
/// `message` is SQLite's own text or what the caller knows better; `place` comes before it.
inline error make_error(int result, std::string message, std::string_view sql, std::string database,
                        const std::string& place = {}) {
    const verdict judged = verdict_on(result);
    failed_columns failed = read_failed_columns(message);
    return error({.code = std::string(judged.code),
                  .what_happened = place + message,
                  .table = std::move(failed.table),
                  .column = std::move(failed.columns),
                  .sql = std::string(sql),
                  .database = std::move(database),
                  .advice = std::string(judged.advice),
                  .native_code = result,
                  .native_name = std::string(name_of_result(result))});
}

/// The extended code of the last failure, if it belongs to `result`.
inline int extended_code(sqlite3* database, int result) {
    const int extended = sqlite3_extended_errcode(database);
    return (extended & 0xff) == (result & 0xff) ? extended : result;
}

/// Throws what the connection says about its last failure.
[[noreturn]] inline void raise(sqlite3* database, int result, std::string_view sql = {}) {
    if (database == nullptr) throw make_error(SQLITE_MISUSE, "the connection is closed or was moved from", sql, {});
    const int code = extended_code(database, result);
    // The text of the connection is about its last call; for another code the general text is right.
    const bool own_text = (sqlite3_errcode(database) & 0xff) == (result & 0xff);
    throw make_error(code, own_text ? sqlite3_errmsg(database) : sqlite3_errstr(result), sql, database_name(database));
}

/// Throws what a statement failed with, and resets it so that it holds no lock and can run again.
[[noreturn]] inline void raise(sqlite3_stmt* statement, int result) {
    if (statement == nullptr) throw make_error(SQLITE_MISUSE, "the statement is empty or was moved from", {}, {});
    sqlite3* database = sqlite3_db_handle(statement);
    const int code = extended_code(database, result);
    const bool own_text = (sqlite3_errcode(database) & 0xff) == (result & 0xff);
    error built = make_error(code, own_text ? sqlite3_errmsg(database) : sqlite3_errstr(result), sqlite3_sql(statement),
                             database_name(database));
    sqlite3_reset(statement);
    throw error(std::move(built));
}

/// Throws an error of this library, not of SQLite.
[[noreturn]] inline void refuse(sqlite3* database, std::string_view code, std::string what, std::string advice,
                                std::string_view sql = {}) {
    throw error({.code = std::string(code),
                 .what_happened = std::move(what),
                 .sql = std::string(sql),
                 .database = database_name(database),
                 .advice = std::move(advice)});
}

} // namespace detail
} // namespace autopack_schema::sqlite

// ---- autopack_schema/db/sqlite/detail/file.hpp

namespace autopack_schema::sqlite::detail {

/// The file system as SQLite sees it: through the VFS, so that it is the same on every platform, in a
/// test's VFS too, and needs no <filesystem>.
inline sqlite3_vfs* find_vfs(const char* name) {
    sqlite3_vfs* vfs = sqlite3_vfs_find(name);
    if (vfs == nullptr)
        throw make_error(SQLITE_ERROR,
                         "no VFS of the name " + autopack_schema::detail::quoted(name == nullptr ? "" : name) +
                             " is registered",
                         {}, {});
    return vfs;
}

/// The absolute path, from the current directory if it is relative.
/// errors: S206 longer than the file system allows
inline std::string absolute_path(sqlite3_vfs* vfs, const std::string& path) {
    std::vector<char> buffer(static_cast<std::size_t>(vfs->mxPathname) + 1);
    const int result = vfs->xFullPathname(vfs, path.c_str(), vfs->mxPathname, buffer.data());
    if ((result & 0xff) != SQLITE_OK)
        throw make_error(SQLITE_CANTOPEN_FULLPATH,
                         "the path cannot be made absolute (it is too long, or a link in it leads nowhere)", {}, path);
    return buffer.data();
}

/// What the file system says about a path. The file is never opened for it: on POSIX systems, closing any
/// descriptor of a file drops the locks that another connection of this process holds on it.
/// source: https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
struct file_state {
    bool exists = false;
    bool folder = false;
    std::int64_t size = 0;
};

inline file_state state_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0)
        return {true, (status.st_mode & S_IFMT) == S_IFDIR, static_cast<std::int64_t>(status.st_size)};
    return {errno != ENOENT && errno != ENOTDIR, false, 0}; // what may not be looked at is there: opening tells why
}

/// Whether there is something of that name; an empty file, which SQLite's VFS calls absent, is a database too.
inline bool file_exists(sqlite3_vfs* vfs, const std::string& path) {
    int found = 0;
    if (vfs->xAccess(vfs, path.c_str(), SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK && found != 0) return true;
    return state_of(path).exists;
}

/// The first 100 bytes of an open database, read through SQLite's own descriptor; empty if they cannot be read.
inline std::string file_head(sqlite3* handle) {
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK) return {};
    if (file == nullptr || file->pMethods == nullptr) return {};
    std::string head(100, '\0');
    const int result = file->pMethods->xRead(file, head.data(), 100, 0);
    return result == SQLITE_OK || result == SQLITE_IOERR_SHORT_READ ? head : std::string();
}

/// True if the header of a database says that it is in WAL mode.
inline bool is_wal_header(std::string_view head) {
    return head.size() == 100 && head.starts_with("SQLite format 3") && head[18] == 2;
}

} // namespace autopack_schema::sqlite::detail

// ---- autopack_schema/db/sqlite/detail/close.hpp

namespace autopack_schema::sqlite::detail {

/// A read-only connection to a WAL database makes an empty -wal and a -shm file and, being read-only, cannot
/// remove them. This remembers that they were not there before.
struct wal_leftovers {
    std::string path; ///< of the database; empty when there is nothing to tidy up
};

/// Lets SQLite itself remove an empty -wal and the -shm file that our reading made: a connection that may write
/// does so when it is the last to close. With other connections there nothing happens; the database file is not
/// written, for an empty -wal has nothing to bring into it.
inline void tidy_up(const std::string& path) {
    const file_state wal = state_of(path + "-wal");
    if (!wal.exists || wal.size != 0) return;
    sqlite3* writer = nullptr;
    if (sqlite3_open_v2(path.c_str(), &writer, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK &&
        sqlite3_db_readonly(writer, "main") == 0)
        sqlite3_exec(writer, "SELECT 1 FROM sqlite_schema LIMIT 1", nullptr, nullptr, nullptr);
    sqlite3_close_v2(writer);
}

/// Closes a connection; statements that are still open keep the handle alive until they go.
inline void close(sqlite3* handle, const wal_leftovers& leftovers) noexcept {
    if (handle == nullptr) return;
    const bool last = sqlite3_next_stmt(handle, nullptr) == nullptr;
    sqlite3_close_v2(handle);
    if (!last || leftovers.path.empty()) return;
    try {
        tidy_up(leftovers.path);
    } catch (...) { // no memory for a name: the empty files stay, which is harmless
    }
}

} // namespace autopack_schema::sqlite::detail

// ---- autopack_schema/db/sqlite/options.hpp

namespace autopack_schema::sqlite {

/// What a connection may do with its file.
enum class open_mode {
    read_only,  ///< the file must exist; not a byte of it is changed
    read_write, ///< the file must exist
    create      ///< the file is made if it is missing
};

/// How to open a database. Options in the URL win, but can only narrow the mode.
struct open_options {
    open_mode mode = open_mode::read_write;
    int busy_timeout_ms = 5000; ///< how long to wait for another connection's lock
    bool foreign_keys = true;   ///< enforce them, which SQLite does not by itself
    const char* vfs = nullptr;  ///< the name of a registered VFS; null for the default
};

/// When a transaction takes its write lock.
enum class transaction_kind {
    deferred,  ///< at its first write, where it may fail with SQLITE_BUSY_SNAPSHOT; for reading
    immediate, ///< at once; readers go on
    exclusive  ///< at once, without readers (in WAL mode the same as immediate)
};

/// The switches of a connection that SQLite lets be read and set.
/// source: https://sqlite.org/c3ref/c_dbconfig_defensive.html
enum class setting {
    foreign_keys = 1002,
    triggers = 1003,
    load_extension = 1005,
    defensive = 1010,
    writable_schema = 1011,
    legacy_alter_table = 1012,
    double_quoted_strings_dml = 1013, ///< "x" may be a text in SELECT, INSERT, UPDATE, DELETE
    double_quoted_strings_ddl = 1014, ///< "x" may be a text in CREATE and in stored schemas
    views = 1015,
    trusted_schema = 1017
};

} // namespace autopack_schema::sqlite

// ---- autopack_schema/db/sqlite/detail/open_error.hpp

namespace autopack_schema::sqlite::detail {

/// The folder part of an absolute path.
inline std::string folder_of(const std::string& path) {
    const std::size_t slash = path.find_last_of("/\\");
    return slash == std::string::npos ? std::string() : path.substr(0, slash == 0 ? 1 : slash);
}

[[noreturn]] inline void raise_missing(sqlite3_vfs* vfs, const std::string& path) {
    const bool folder = file_exists(vfs, folder_of(path));
    throw error({.code = "S205",
                 .what_happened =
                     folder ? "the database file does not exist" : "the folder of the database file does not exist",
                 .database = path,
                 .advice = "check the path (a relative one begins at the current directory); nothing was created"});
}

[[noreturn]] inline void raise_folder(const std::string& path) {
    throw error({.code = "S206",
                 .what_happened = "the path is a folder, not a file",
                 .database = path,
                 .advice = "name the database file in it"});
}

[[noreturn]] inline void raise_not_writable(const std::string& path) {
    throw error({.code = "S210",
                 .what_happened = "the file is write-protected for this user",
                 .database = path,
                 .advice = "check the permissions of the file and of its folder, or open it read-only with ?mode=ro"});
}

/// What a file that is no database seems to be.
inline std::string looks_like(std::string_view head) {
    if (head.starts_with("PK\x03\x04")) return "a zip archive";
    if (head.starts_with("\x1f\x8b")) return "a gzip archive";
    if (head.starts_with("** This file contains an SQLite 2")) return "a SQLite 2 database";
    if (head.starts_with("SQLite format 3")) return "a SQLite file whose header is damaged";
    head = head.substr(0, head.find_last_not_of('\0') + 1); // a short file is read with zeros behind it
    for (const char character : head) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte < 0x20 && character != '\n' && character != '\r' && character != '\t')
            return "binary data, perhaps an encrypted database";
    }
    return head.empty() ? "unreadable" : "text"; // not shown: it may be a file with secrets
}

/// What the operating system said, if it said something: ": Permission denied".
inline std::string system_reason(int system_error) {
    return system_error == 0 ? std::string() : std::string(": ") + std::strerror(system_error);
}

/// Why a file could not be opened or its header not be read.
[[noreturn]] inline void raise_open(sqlite3* handle, int result, const std::string& path, open_mode mode) {
    const int code = handle == nullptr ? result : extended_code(handle, result);
    const int primary = code & 0xff;
    const int system_error = handle == nullptr || primary != SQLITE_CANTOPEN ? 0 : sqlite3_system_errno(handle);
    error_info info =
        make_error(code, handle == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(handle), {}, path).info();
    const std::string head = handle == nullptr ? std::string() : file_head(handle);
    if (primary == SQLITE_NOTADB) info.what_happened = "the file is not a SQLite database; it is " + looks_like(head);
    if (primary == SQLITE_CANTOPEN) info.what_happened += system_reason(system_error);
    if (primary == SQLITE_CANTOPEN && mode == open_mode::create && !state_of(path).exists) {
        info.advice = "check that the folder " + folder_of(path) + " exists and that this user may write to it";
    } else if (is_wal_header(head) && (primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY)) {
        info.what_happened =
            "the database is in WAL mode, and its -wal and -shm files can be neither made nor opened here";
        info.advice =
            "give this user write permission on the folder " + folder_of(path) +
            ", or copy the database and its -wal file to a folder that can be written; only if no program writes "
            "to it, it can be opened as it is with ?mode=ro&immutable=1";
    }
    throw error(info);
}

} // namespace autopack_schema::sqlite::detail

// ---- autopack_schema/db/detail/url_text.hpp

namespace autopack_schema::db::detail {

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// ASCII letters in lower case; the rest as it is.
inline std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& character : out) character = lower(character);
    return out;
}

/// Without the white space around it: `DATABASE_URL=$(cat file)` likes to bring a line break.
constexpr std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char letter = lower(c);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// Replaces `%41` by `A`. False, when a `%` is not followed by two hexadecimal digits or gives NUL.
inline bool percent_decode(std::string_view text, std::string& out) {
    out.clear();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
        if (high < 0 || low < 0 || high * 16 + low == 0) return false;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return true;
}

/// Writes everything but letters, digits, `-._~` and the characters of `keep` as `%XX`.
inline std::string percent_encode(std::string_view text, std::string_view keep) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        const bool plain = is_letter(character) || is_digit(character) || byte >= 0x80 ||
                           std::string_view("-._~").find(character) != std::string_view::npos ||
                           keep.find(character) != std::string_view::npos;
        if (plain) {
            out += character;
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 0x0f];
        }
    }
    return out;
}

} // namespace autopack_schema::db::detail

// ---- autopack_schema/db/detail/url_options.hpp

namespace autopack_schema::db::detail {

using option_list = std::vector<std::pair<std::string, std::string>>;

/// What may follow the `?` of a SQLite URL. The last two are Python's and mean nothing here: they are
/// accepted because the same DATABASE_URL serves both programs.
inline constexpr std::array<std::string_view, 8> sqlite_options = {
    "mode", "timeout", "busy_timeout", "foreign_keys", "immutable", "vfs", "check_same_thread", "uri"};

/// What may follow the `?` of a PostgreSQL URL: libpq's own parameters, which validates their values.
/// source: PostgreSQL 16 "Parameter Key Words"
inline constexpr std::array<std::string_view, 43> postgresql_options = {"host",
                                                                        "hostaddr",
                                                                        "port",
                                                                        "dbname",
                                                                        "user",
                                                                        "password",
                                                                        "passfile",
                                                                        "require_auth",
                                                                        "channel_binding",
                                                                        "connect_timeout",
                                                                        "client_encoding",
                                                                        "options",
                                                                        "application_name",
                                                                        "fallback_application_name",
                                                                        "keepalives",
                                                                        "keepalives_idle",
                                                                        "keepalives_interval",
                                                                        "keepalives_count",
                                                                        "tcp_user_timeout",
                                                                        "replication",
                                                                        "gssencmode",
                                                                        "sslmode",
                                                                        "requiressl",
                                                                        "sslcompression",
                                                                        "sslcert",
                                                                        "sslkey",
                                                                        "sslpassword",
                                                                        "sslcertmode",
                                                                        "sslrootcert",
                                                                        "sslcrl",
                                                                        "sslcrldir",
                                                                        "sslsni",
                                                                        "requirepeer",
                                                                        "ssl_min_protocol_version",
                                                                        "ssl_max_protocol_version",
                                                                        "krbsrvname",
                                                                        "gsslib",
                                                                        "gssdelegation",
                                                                        "service",
                                                                        "servicefile",
                                                                        "target_session_attrs",
                                                                        "load_balance_hosts",
                                                                        "sslnegotiation"};

/// True for an option whose value must not be shown: password, sslpassword, passfile, sslkey, token, …
inline bool is_secret_option(std::string_view name) {
    constexpr std::array<std::string_view, 6> marks = {"pass", "pwd", "secret", "token", "key", "credential"};
    const std::string folded = lowered(name);
    for (const std::string_view mark : marks)
        if (folded.find(mark) != std::string::npos) return true;
    return false;
}

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& names, std::string_view name) {
    for (const std::string_view known : names)
        if (known == name) return true;
    return false;
}

[[noreturn]] inline void refuse_option(std::string what, std::string advice) {
    throw error({.code = "S203", .what_happened = std::move(what), .advice = std::move(advice)});
}

/// The names of a list for a message: "mode, timeout, …".
template <std::size_t Size>
std::string joined(const std::array<std::string_view, Size>& names) {
    std::string text;
    for (const std::string_view name : names) {
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

inline bool is_boolean(std::string_view value) {
    constexpr std::array<std::string_view, 8> words = {"1", "0", "true", "false", "on", "off", "yes", "no"};
    return contains(words, lowered(value));
}

/// True for "5", "0.25", "30.0" with at most `whole` digits before the point.
inline bool is_decimal(std::string_view value, std::size_t whole, bool fraction) {
    const std::size_t point = value.find('.');
    const std::string_view before = value.substr(0, point);
    const std::string_view after = point == std::string_view::npos ? "0" : value.substr(point + 1);
    if (before.empty() || before.size() > whole || after.empty() || (!fraction && point != std::string_view::npos))
        return false;
    return (std::string(before) + std::string(after)).find_first_not_of("0123456789") == std::string::npos;
}

inline void check_sqlite_option(const std::string& name, const std::string& value) {
    if (name == "mode" && value != "ro" && value != "rw" && value != "rwc")
        refuse_option("option mode=" + value + " is not known",
                      "use mode=ro (read only), rw (the file must exist) or rwc (create it)");
    if (name == "timeout" && !is_decimal(value, 6, true))
        refuse_option("option timeout=" + value + " is not a number of seconds",
                      "write for example timeout=30 or timeout=0.5");
    if (name == "busy_timeout" && !is_decimal(value, 9, false))
        refuse_option("option busy_timeout=" + value + " is not a number of milliseconds",
                      "write for example busy_timeout=30000");
    if ((name == "foreign_keys" || name == "immutable" || name == "check_same_thread" || name == "uri") &&
        !is_boolean(value))
        refuse_option("option " + name + "=" + value + " is neither on nor off",
                      "write " + name + "=1 or " + name + "=0");
}

/// Refuses an option that nobody would read: a misspelled `?mdoe=ro` must not open for writing.
/// errors: S203
inline void check_options(std::string_view scheme, const option_list& options) {
    const bool sqlite = scheme == "sqlite";
    for (std::size_t i = 0; i < options.size(); ++i) {
        const auto& [name, value] = options[i];
        if (!(sqlite ? contains(sqlite_options, name) : contains(postgresql_options, name)))
            refuse_option("unknown option " + autopack_schema::detail::quoted(name) + " in a " + std::string(scheme) +
                              " URL",
                          "known options: " + (sqlite ? joined(sqlite_options) : joined(postgresql_options)));
        for (std::size_t j = 0; j < i; ++j)
            if (options[j].first == name)
                refuse_option("option " + autopack_schema::detail::quoted(name) + " is given twice",
                              "keep one of them");
        if (sqlite) check_sqlite_option(name, value);
    }
}

} // namespace autopack_schema::db::detail

// ---- autopack_schema/db/detail/url_parse.hpp

namespace autopack_schema::db::detail {

struct url_parts {
    std::string scheme, user, password, host, port, path;
    option_list options;
};

[[noreturn]] inline void refuse_url(std::string what, std::string advice) {
    throw error({.code = "S202", .what_happened = std::move(what), .advice = std::move(advice)});
}

/// Decodes one part; the message names the part and not its text, which may be a password.
inline std::string decoded(std::string_view text, std::string_view part) {
    std::string out;
    if (!percent_decode(text, out))
        refuse_url("the " + std::string(part) +
                       " of the database URL has a % that is not followed by two hexadecimal digits "
                       "(or is %00)",
                   "write %25 for a percent sign");
    return out;
}

/// Reads `name=value&name=value`.
inline option_list parse_query(std::string_view query) {
    option_list options;
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view item = query.substr(0, end);
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
        if (item.empty()) continue;
        const std::size_t equal = item.find('=');
        if (equal == 0 || equal == std::string_view::npos)
            refuse_url("an option of the database URL is not of the form name=value",
                       "write for example ?mode=ro&timeout=30");
        options.emplace_back(decoded(item.substr(0, equal), "option name"),
                             decoded(item.substr(equal + 1), "option value"));
    }
    return options;
}

constexpr bool is_drive(std::string_view path) {
    return path.size() >= 2 && is_letter(path[0]) && path[1] == ':' &&
           (path.size() == 2 || path[2] == '/' || path[2] == '\\');
}

/// Turns the backslashes of a Windows path into slashes; a backslash that belongs to a name is written %5C.
inline std::string slashed(std::string_view path) {
    std::string out(path);
    for (char& character : out)
        if (character == '\\') character = '/';
    return out;
}

/// SQLAlchemy's `sqlite:///file:data.db?uri=true`: the path inside the inner URI.
inline std::string_view without_file_uri(std::string_view path) {
    path.remove_prefix(std::string_view("file:").size());
    if (path.starts_with("///")) path.remove_prefix(2);
    return path;
}

/// Reads what follows `sqlite:` up to the `?`.
inline void parse_sqlite(std::string_view rest, url_parts& out) {
    constexpr std::string_view forms =
        "sqlite:///relative.db, sqlite:////absolute/path.db, sqlite:///C:/path.db or sqlite:///:memory:";
    if (rest.find('@') < rest.find('/', 2) && rest.starts_with("//"))
        refuse_url("a SQLite URL has no user, password or host, and encrypted databases cannot be opened",
                   "use " + std::string(forms));
    if (!rest.starts_with("//"))
        refuse_url("sqlite: must be followed by //",
                   "use sqlite:///" + std::string(rest) + " or another of " + std::string(forms));
    rest.remove_prefix(2);
    if (!rest.empty() && rest.front() != '/')
        refuse_url("sqlite:// is followed by a host name, which SQLite does not have",
                   "write three slashes for a path relative to the current directory: sqlite:///" + std::string(rest));
    if (rest == "/") refuse_url("the path of the SQLite URL is empty", "use " + std::string(forms));
    if (!rest.empty()) rest.remove_prefix(1);
    if (rest.starts_with("file:")) rest = without_file_uri(rest);
    if (rest.starts_with('/') && is_drive(rest.substr(1))) rest.remove_prefix(1);
    out.path = rest.empty() ? ":memory:" : decoded(slashed(rest), "path");
}

/// Reads `host:port` or `[::1]:port`; what is wrong is not shown, a password may have slipped into it.
inline void parse_host(std::string_view text, url_parts& out) {
    constexpr std::string_view encode = "percent-encode / : @ ? # % in user and password: %2F %3A %40 %3F %23 %25";
    std::string_view host = text, port;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            refuse_url("the host of the database URL has no closing bracket", "write [::1]");
        host = text.substr(1, close - 1);
        port = text.substr(close + 1);
        if (!port.empty() && port.front() != ':')
            refuse_url("the port of the database URL is not a number", std::string(encode));
        if (!port.empty()) port.remove_prefix(1);
    } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        port = text.substr(colon + 1);
    }
    if (host.find(',') != std::string_view::npos) refuse_url("the database URL names several hosts", "name one");
    if (port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos)
        refuse_url("the port of the database URL is not a number", std::string(encode));
    out.host = decoded(host, "host");
    out.port = std::string(port);
}

/// Reads what follows `postgresql:` up to the `?`.
inline void parse_server(std::string_view rest, url_parts& out) {
    constexpr std::string_view form = "use postgresql://user:password@host:5432/database";
    if (!rest.starts_with("//")) refuse_url("postgresql: must be followed by //", std::string(form));
    rest.remove_prefix(2);
    const std::size_t slash = rest.find('/');
    std::string_view authority = rest.substr(0, slash);
    const std::string_view path = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    if (path.find_first_of("/@") != std::string_view::npos)
        refuse_url("the database name has a / or @ in it, or the password has a /",
                   "percent-encode them: %2F for /, %40 for @; " + std::string(form));
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        const std::string_view login = authority.substr(0, at);
        const std::size_t colon = login.find(':');
        out.user = decoded(login.substr(0, colon), "user");
        if (colon != std::string_view::npos) out.password = decoded(login.substr(colon + 1), "password");
        authority.remove_prefix(at + 1);
    }
    parse_host(authority, out);
    out.path = decoded(path, "database name");
}

/// A text without a scheme; a Windows path is not one either (`C:` is no scheme).
[[noreturn]] inline void refuse_plain_path(std::string_view text) {
    const bool login = text.find_first_of("@=") != std::string_view::npos; // may hold a password: not shown
    refuse_url("this is not a database URL" + (login ? std::string() : ": " + std::string(text)),
               login ? "use postgresql://user:password@host:5432/database"
                     : "for a SQLite file write sqlite:///" + slashed(text));
}

/// Reads a whole URL.
/// errors: S202, S203
inline url_parts parse_url(std::string_view text) {
    text = trimmed(text);
    if (text.empty()) refuse_url("the database URL is empty", "use for example sqlite:///autopack.db");
    if (text.find('\0') != std::string_view::npos)
        refuse_url("the database URL has a NUL character in it", "remove it");
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 1) refuse_plain_path(text);
    std::string scheme = lowered(text.substr(0, colon));
    if (scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+._-") != std::string::npos)
        refuse_plain_path(text);
    const std::string whole_scheme = scheme;
    if (const std::size_t driver = scheme.find('+'); driver != std::string::npos) scheme.erase(driver);
    if (scheme == "postgres") scheme = "postgresql";
    if (scheme != "sqlite" && scheme != "postgresql")
        refuse_url("databases of the kind " + autopack_schema::detail::quoted(whole_scheme) + " are not supported",
                   "use sqlite: or postgresql:");
    const std::size_t question = text.find('?');
    url_parts out;
    out.scheme = scheme;
    if (scheme == "postgresql" && question < text.rfind('@') && text.rfind('@') != std::string_view::npos)
        refuse_url("the password of the database URL has a ? in it", "percent-encode it: %3F");
    if (question != std::string_view::npos) out.options = parse_query(text.substr(question + 1));
    const std::string_view rest =
        text.substr(colon + 1, question == std::string_view::npos ? question : question - colon - 1);
    scheme == "sqlite" ? parse_sqlite(rest, out) : parse_server(rest, out);
    check_options(scheme, out.options);
    return out;
}

} // namespace autopack_schema::db::detail

// ---- autopack_schema/db/url.hpp

namespace autopack_schema::db {

/// The address of a database, as SQLAlchemy and libpq write it, taken apart and decoded.
/// shape:  `sqlite:///relative.db`, `sqlite:////absolute.db`, `sqlite:///C:/dir/file.db`,
///         `sqlite:///:memory:`, `sqlite://` (memory too), `postgresql://user:password@host:5432/name`;
///         a driver suffix (`sqlite+pysqlite:`) is read and dropped, `postgres:` is `postgresql:`
struct url {
    std::string scheme;   ///< "sqlite" or "postgresql"
    std::string user;     ///< decoded; empty for SQLite
    std::string password; ///< decoded; never part of a message
    std::string host;
    std::string port;
    std::string
        path; ///< SQLite: the file as given (relative to the current directory) or ":memory:"; else the database
    std::vector<std::pair<std::string, std::string>> options; ///< `?name=value&…`, in order, decoded

    /// Reads a URL.
    /// errors: S202 not a URL of a known form, S203 an option that is unknown, given twice or badly valued;
    ///         the message suggests the URL that was probably meant and never contains a password
    static url parse(std::string_view text);

    /// The URL again, with `***` for the password and for the value of every option that may hold a secret.
    std::string masked() const;

    /// True for SQLite's `:memory:`.
    bool is_memory() const { return scheme == "sqlite" && path == ":memory:"; }

    /// The value of an option, or `fallback`.
    std::string_view option(std::string_view name, std::string_view fallback = {}) const;

    friend bool operator==(const url&, const url&) = default;
};

inline std::string_view url::option(std::string_view name, std::string_view fallback) const {
    for (const auto& [key, value] : options)
        if (key == name) return value;
    return fallback;
}

inline url url::parse(std::string_view text) {
    detail::url_parts parts = detail::parse_url(text);
    return {std::move(parts.scheme), std::move(parts.user), std::move(parts.password), std::move(parts.host),
            std::move(parts.port),   std::move(parts.path), std::move(parts.options)};
}

inline std::string url::masked() const {
    std::string text = scheme + "://";
    if (!user.empty() || !password.empty()) {
        text += detail::percent_encode(user, "");
        if (!password.empty()) text += ":***";
        text += '@';
    }
    const bool ipv6 = host.find(':') != std::string::npos;
    text += ipv6 ? '[' + host + ']' : detail::percent_encode(host, "");
    if (!port.empty()) text += ':' + port;
    text += '/' + detail::percent_encode(path, scheme == "sqlite" ? "/:" : "");
    char separator = '?';
    for (const auto& [name, value] : options) {
        text += separator + detail::percent_encode(name, "") + '=';
        text += detail::is_secret_option(name) ? "***" : detail::percent_encode(value, "/:");
        separator = '&';
    }
    return text;
}

/// The URL in the environment variable DATABASE_URL. There is no default: a tool that guesses a database
/// migrates the wrong one.
/// errors: S201 not set or empty, and what `url::parse` throws
inline url url_from_environment() {
    const char* value = std::getenv("DATABASE_URL");
    const std::string_view text = detail::trimmed(value == nullptr ? std::string_view() : std::string_view(value));
    if (!text.empty()) return url::parse(text);
    throw error({.code = "S201",
                 .what_happened = value == nullptr ? "DATABASE_URL is not set" : "DATABASE_URL is empty",
                 .advice = "name the database, for example DATABASE_URL=sqlite:///autopack.db (relative to the current "
                           "directory), sqlite:////var/lib/autopack/autopack.db (absolute) or "
                           "postgresql://user:password@localhost:5432/autopack"});
}

} // namespace autopack_schema::db

// ---- autopack_schema/db/sqlite/detail/open.hpp

namespace autopack_schema::sqlite::detail {

/// What is to be opened, after URL and options were put together.
struct open_request {
    std::string path; ///< absolute, or ":memory:"
    open_options options;
    std::string vfs; ///< empty for the default
    bool immutable = false;
};

/// An open handle, closed if nobody takes it.
class handle_guard {
public:
    handle_guard() = default;
    handle_guard(const handle_guard&) = delete;
    handle_guard& operator=(const handle_guard&) = delete;
    ~handle_guard() { sqlite3_close_v2(handle); }
    sqlite3* release() { return std::exchange(handle, nullptr); }
    sqlite3* handle = nullptr;
};

inline bool is_on(std::string_view word) {
    const std::string folded = db::detail::lowered(word);
    return folded == "1" || folded == "true" || folded == "on" || folded == "yes";
}

/// Puts the options of the URL over those of the program. The mode becomes the narrower of both.
/// errors: S204 not a SQLite URL, S203 immutable without read-only
inline open_request request_for(const db::url& where, open_options options) {
    if (where.scheme != "sqlite")
        throw error({.code = "S204",
                     .what_happened = "this is not a SQLite database",
                     .database = where.masked(),
                     .advice = "give a URL that begins with sqlite:"});
    open_request request{where.path, options, options.vfs == nullptr ? "" : options.vfs};
    for (const auto& [name, value] : where.options) {
        if (name == "mode" && value == "ro") request.options.mode = open_mode::read_only;
        if (name == "mode" && value == "rw" && options.mode == open_mode::create)
            request.options.mode = open_mode::read_write;
        if (name == "timeout")
            request.options.busy_timeout_ms = static_cast<int>(std::strtod(value.c_str(), nullptr) * 1000);
        if (name == "busy_timeout") request.options.busy_timeout_ms = std::atoi(value.c_str());
        if (name == "foreign_keys") request.options.foreign_keys = is_on(value);
        if (name == "immutable") request.immutable = is_on(value);
        if (name == "vfs") request.vfs = value;
    }
    if (request.immutable && request.options.mode != open_mode::read_only)
        throw error({.code = "S203",
                     .what_happened = "option immutable=1 needs a database that is opened read-only",
                     .database = where.masked(),
                     .advice = "add mode=ro, or leave immutable out"});
    return request;
}

/// Refuses what SQLite would answer with a vague text, before it is asked; changes nothing.
inline void check_before_open(const open_request& request, sqlite3_vfs* vfs) {
    if (request.options.mode != open_mode::create && !file_exists(vfs, request.path)) raise_missing(vfs, request.path);
    if (state_of(request.path).folder) raise_folder(request.path);
    if (!request.immutable) return;
    for (const std::string_view suffix : {"-wal", "-journal"})
        if (state_of(request.path + std::string(suffix)).size > 0)
            throw error({.code = "S210",
                         .what_happened =
                             "immutable=1 would not see what is in the file's " + std::string(suffix) + " beside it",
                         .database = request.path,
                         .advice = "open it without immutable=1, or finish the writing program's work first"});
}

/// The name for sqlite3_open_v2: a path, or a URI where only a URI can say it.
inline std::string open_name(const open_request& request) {
    if (!request.immutable) return request.path;
    return "file:" + db::detail::percent_encode(request.path, "/:") + "?immutable=1";
}

inline int open_flags(const open_request& request) {
    const int how = request.options.mode == open_mode::read_only    ? SQLITE_OPEN_READONLY
                    : request.options.mode == open_mode::read_write ? SQLITE_OPEN_READWRITE
                                                                    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    return how | (request.immutable ? SQLITE_OPEN_URI : 0);
}

/// Runs a statement of our own while opening; its failure is told in terms of the file.
inline void run_at_open(sqlite3* handle, const char* sql, const open_request& request) {
    const int result = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) raise_open(handle, result, request.path, request.options.mode);
}

/// Sets a new handle up and reads the header of the file, so that what is wrong with it is said now.
inline void set_up(sqlite3* handle, const open_request& request) {
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, request.options.busy_timeout_ms);
    run_at_open(handle, request.options.foreign_keys ? "PRAGMA foreign_keys=ON" : "PRAGMA foreign_keys=OFF", request);
    if (request.options.mode == open_mode::read_only && request.path != ":memory:")
        run_at_open(handle, "PRAGMA query_only=ON", request);
    run_at_open(handle, "PRAGMA schema_version", request);
}

/// Opens a database.
/// errors: S203, S204 the URL; S205 missing; S206 cannot be opened; S207 not a database; S208 damaged; S209 locked;
///         S210 read-only where writing is needed
inline sqlite3* open_handle(open_request& request, wal_leftovers& leftovers) {
    const bool memory = request.path == ":memory:";
    sqlite3_vfs* vfs = find_vfs(request.vfs.empty() ? nullptr : request.vfs.c_str());
    if (memory) {
        request.options.mode = request.options.mode == open_mode::read_only ? open_mode::read_only : open_mode::create;
    } else {
        request.path = absolute_path(vfs, request.path);
        check_before_open(request, vfs);
        const bool reads = request.options.mode == open_mode::read_only && !request.immutable;
        if (reads && request.vfs.empty() && !file_exists(vfs, request.path + "-wal")) leftovers.path = request.path;
    }
    handle_guard guard;
    const int flags = memory ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : open_flags(request);
    const int result = sqlite3_open_v2(open_name(request).c_str(), &guard.handle, flags, vfs->zName);
    if (result != SQLITE_OK) raise_open(guard.handle, result, request.path, request.options.mode);
    if (request.options.mode == open_mode::read_write && sqlite3_db_readonly(guard.handle, "main") == 1)
        raise_not_writable(request.path);
    set_up(guard.handle, request);
    return guard.release();
}

} // namespace autopack_schema::sqlite::detail

// ---- autopack_schema/db/sqlite/detail/bind.hpp

namespace autopack_schema::sqlite::detail {

/// Who keeps the bytes of a bound text or blob.
enum class keep {
    reference, ///< the caller, until the next step(), reset() or bind() of this statement has been done with them
    copy       ///< SQLite, at the cost of one copy
};

inline sqlite3_destructor_type destructor(keep how) {
    return how == keep::reference ? SQLITE_STATIC : SQLITE_TRANSIENT;
}

/// Binds text with its length; an empty text stays a text (a null pointer would make it NULL).
inline int bind_text(sqlite3_stmt* statement, int index, std::string_view text, keep how) {
    const char* data = text.data() == nullptr ? "" : text.data();
    return sqlite3_bind_text64(statement, index, data, text.size(), destructor(how), SQLITE_UTF8);
}

/// Binds bytes; an empty blob stays a blob.
inline int bind_blob(sqlite3_stmt* statement, int index, std::span<const std::byte> blob, keep how) {
    if (blob.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob64(statement, index, blob.data(), blob.size(), destructor(how));
}

/// Throws for a number that SQLite would store as something else.
[[noreturn]] inline void refuse_number(sqlite3_stmt* statement, std::string_view what, std::string_view advice) {
    refuse(sqlite3_db_handle(statement), "S228", std::string(what), std::string(advice),
           statement == nullptr ? "" : sqlite3_sql(statement));
}

} // namespace autopack_schema::sqlite::detail

// ---- autopack_schema/db/sqlite/statement.hpp

namespace autopack_schema::sqlite {

/// The storage class of a value, with SQLite's own numbers.
enum class value_type {
    integer = SQLITE_INTEGER,
    real = SQLITE_FLOAT,
    text = SQLITE_TEXT,
    blob = SQLITE_BLOB,
    null = SQLITE_NULL
};

/// A prepared statement: one pointer, closed by its destructor. Nothing is allocated and nothing virtual
/// is called; every success path is the sqlite3 call and one comparison.
/// errors: every function that fails throws `autopack_schema::error`, after which the statement is reset
///         and may be used again
class statement {
public:
    statement() noexcept = default;
    /// Takes over a handle that sqlite3_prepare made.
    explicit statement(sqlite3_stmt* handle) noexcept : handle_(handle) {}
    statement(statement&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    statement& operator=(statement&& other) noexcept {
        if (this != &other) sqlite3_finalize(std::exchange(handle_, std::exchange(other.handle_, nullptr)));
        return *this;
    }
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;
    ~statement() { sqlite3_finalize(handle_); }

    /// The handle, for calls of the C API that this class does not have.
    sqlite3_stmt* handle() const noexcept { return handle_; }

    // -- parameters, numbered from 1 ------------------------------------------------------------------

    /// Binds an integer or a bool. An unsigned number above 2^63 - 1 is refused (S228): SQLite has none.
    template <std::integral Integer>
        requires(!std::same_as<Integer, char>)
    void bind(int index, Integer value) {
        if constexpr (!std::signed_integral<Integer> && sizeof(Integer) >= sizeof(std::int64_t)) {
            if (value > static_cast<Integer>(std::numeric_limits<std::int64_t>::max())) [[unlikely]]
                detail::refuse_number(handle_, "an unsigned number is above 9223372036854775807",
                                      "store it as text or blob");
        }
        check(sqlite3_bind_int64(handle_, index, static_cast<std::int64_t>(value)));
    }
    /// Binds a double, bit for bit (a REAL column gives -0.0 back as 0.0: it stores whole numbers as integers).
    /// NaN is refused (S228): SQLite would store NULL instead.
    void bind(int index, double value) {
        if (value != value) [[unlikely]]
            detail::refuse_number(handle_, "a number is not a number (NaN), which SQLite stores as NULL",
                                  "bind nullptr if NULL is meant");
        check(sqlite3_bind_double(handle_, index, value));
    }
    void bind(int index, std::nullptr_t) { check(sqlite3_bind_null(handle_, index)); }
    /// Binds text by reference: it must live until the run has ended, by a step() that returns false or by
    /// reset(), and be bound anew before the next run. NUL characters inside are kept.
    void bind(int index, std::string_view text) {
        check(detail::bind_text(handle_, index, text, detail::keep::reference));
    }
    void bind(int index, const char* text) { bind(index, std::string_view(text)); }
    void bind(int index, const std::string& text) { bind(index, std::string_view(text)); }
    /// A temporary string is copied, for it is gone before step().
    void bind(int index, std::string&& text) { bind_copy(index, std::string_view(text)); }
    /// Binds a blob by reference, with the same lifetime as text.
    void bind(int index, std::span<const std::byte> blob) {
        check(detail::bind_blob(handle_, index, blob, detail::keep::reference));
    }
    void bind(int index, const std::vector<std::byte>& blob) { bind(index, std::span<const std::byte>(blob)); }
    void bind(int index, std::vector<std::byte>&& blob) { bind_copy(index, std::span<const std::byte>(blob)); }
    /// Binds NULL for an empty optional.
    template <class Value>
    void bind(int index, const std::optional<Value>& value) {
        value ? bind(index, *value) : bind(index, nullptr);
    }
    template <class Value>
    void bind(int index, std::optional<Value>&& value) {
        value ? bind(index, std::move(*value)) : bind(index, nullptr);
    }
    /// Binds a copy of the text; the caller's may go at once.
    void bind_copy(int index, std::string_view text) {
        check(detail::bind_text(handle_, index, text, detail::keep::copy));
    }
    void bind_copy(int index, std::span<const std::byte> blob) {
        check(detail::bind_blob(handle_, index, blob, detail::keep::copy));
    }
    /// Binds all parameters at once, from 1 on.
    template <class... Values>
    void bind_all(Values&&... values) {
        [[maybe_unused]] int index = 0;
        (bind(++index, std::forward<Values>(values)), ...);
    }
    /// Sets every parameter to NULL.
    void clear_bindings() noexcept {
        if (handle_ != nullptr) sqlite3_clear_bindings(handle_);
    }
    int parameter_count() const noexcept { return handle_ == nullptr ? 0 : sqlite3_bind_parameter_count(handle_); }
    /// The number of ":name", "@name" or "$name"; 0 if there is none.
    int parameter_index(const char* name) const noexcept {
        return handle_ == nullptr ? 0 : sqlite3_bind_parameter_index(handle_, name);
    }

    // -- execution ------------------------------------------------------------------------------------

    /// Runs up to the next row. True: a row can be read. False: done and reset, so that parameters can be bound anew
    /// and the next step() begins again.
    bool step() {
        const int result = sqlite3_step(handle_);
        if (result == SQLITE_ROW) [[likely]]
            return true;
        if (result != SQLITE_DONE) [[unlikely]]
            detail::raise(handle_, result);
        sqlite3_reset(handle_); // what C code does before the next run; after SQLITE_DONE it cannot fail
        return false;
    }
    /// Ends a run before its last row and releases its locks; bindings stay.
    /// errors: a change that is committed only now (RETURNING that was not read to its end) can fail here
    void reset() { check(sqlite3_reset(handle_)); }

    // -- columns of the current row, numbered from 0 --------------------------------------------------

    int column_count() const noexcept { return sqlite3_column_count(handle_); }
    std::string_view column_name(int column) const {
        if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
        const char* name = sqlite3_column_name(handle_, column);
        if (name == nullptr) detail::raise(handle_, SQLITE_RANGE);
        return name;
    }
    value_type column_type(int column) const noexcept {
        return static_cast<value_type>(sqlite3_column_type(handle_, column));
    }
    bool column_is_null(int column) const noexcept { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
    std::int64_t column_int64(int column) const noexcept { return sqlite3_column_int64(handle_, column); }
    double column_double(int column) const noexcept { return sqlite3_column_double(handle_, column); }
    /// Text with its length, NUL characters included; empty for NULL. Valid until the next step(), reset()
    /// or reading of the same column as another type.
    std::string_view column_text(int column) const {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
        if (text == nullptr) [[unlikely]]
            return no_bytes<std::string_view>(column);
        return {text, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
    }
    /// The bytes; empty for NULL. Valid as long as those of column_text().
    std::span<const std::byte> column_blob(int column) const {
        const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(handle_, column));
        if (bytes == nullptr) [[unlikely]]
            return no_bytes<std::span<const std::byte>>(column);
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
    }

    // -- about the statement --------------------------------------------------------------------------

    /// The SQL as it was prepared.
    std::string_view sql() const noexcept {
        const char* text = sqlite3_sql(handle_);
        return text == nullptr ? std::string_view() : std::string_view(text);
    }
    /// True if the statement does not write to the database.
    bool is_read_only() const noexcept { return sqlite3_stmt_readonly(handle_) != 0; }
    /// True between the first step() and the end or a reset().
    bool is_running() const noexcept { return sqlite3_stmt_busy(handle_) != 0; }

private:
    void check(int result) const {
        if (result != SQLITE_OK) [[unlikely]]
            detail::raise(handle_, result);
    }
    /// A null pointer is NULL, an empty blob, or memory that ran out.
    template <class Bytes>
    Bytes no_bytes(int column) const {
        if (handle_ != nullptr && (sqlite3_errcode(sqlite3_db_handle(handle_)) & 0xff) == SQLITE_NOMEM &&
            sqlite3_column_type(handle_, column) != SQLITE_NULL)
            detail::raise(handle_, SQLITE_NOMEM);
        return {};
    }

    sqlite3_stmt* handle_ = nullptr;
};

} // namespace autopack_schema::sqlite

// ---- autopack_schema/db/sqlite/detail/script.hpp

namespace autopack_schema::sqlite::detail {

/// Where the first thing is that is neither white space, a comment nor a semicolon.
constexpr std::size_t skip_blank(std::string_view sql, std::size_t at = 0) {
    while (at < sql.size()) {
        const char c = sql[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ';') {
            ++at;
        } else if (sql.substr(at, 2) == "--") {
            at = sql.find('\n', at);
        } else if (sql.substr(at, 2) == "/*") {
            at = sql.find("*/", at + 2);
            if (at != std::string_view::npos) at += 2;
        } else {
            break;
        }
    }
    return at < sql.size() ? at : sql.size();
}

/// "line 3, column 7" of an offset, counted from 1, columns in bytes.
inline std::string place_of(std::string_view sql, std::size_t offset) {
    std::size_t line = 1, start = 0;
    for (std::size_t i = 0; i < offset && i < sql.size(); ++i)
        if (sql[i] == '\n') {
            ++line;
            start = i + 1;
        }
    return "line " + std::to_string(line) + ", column " + std::to_string(offset - start + 1);
}

/// Throws what prepare failed with. `sql` is the rest of the text from the failing statement on, `tail` where
/// SQLite stopped, `place` says which statement of a script it is.
[[noreturn]] inline void raise_prepare(sqlite3* database, int result, std::string_view sql, std::size_t tail,
                                       const std::string& place) {
    std::string message = sqlite3_errmsg(database);
#if SQLITE_VERSION_NUMBER >= 3038000
    const int offset = sqlite3_error_offset(database);
    if (offset >= 0) message += " at " + place_of(sql, static_cast<std::size_t>(offset));
#endif
    const std::size_t end = sql.find(';', tail);
    throw make_error(extended_code(database, result), std::move(message),
                     sql.substr(0, end == std::string_view::npos ? end : end + 1), database_name(database), place);
}

/// One statement taken from the front of a text.
struct prepared_part {
    statement made;      ///< empty when the text holds no statement any more
    std::size_t end = 0; ///< offset behind it
};

/// Prepares the first statement of `sql` from `begin` on.
inline prepared_part prepare_next(sqlite3* database, std::string_view sql, std::size_t begin, unsigned flags,
                                  const std::string& place) {
    begin = skip_blank(sql, begin);
    if (begin == sql.size()) return {statement(), begin};
    const std::string_view rest = sql.substr(begin);
    if (rest.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        throw make_error(SQLITE_TOOBIG, "the SQL text is longer than 2 GiB", {}, database_name(database), place);
    sqlite3_stmt* handle = nullptr;
    const char* tail = rest.data();
    const int result = sqlite3_prepare_v3(database, rest.data(), static_cast<int>(rest.size()), flags, &handle, &tail);
    const auto consumed = static_cast<std::size_t>(tail == nullptr ? 0 : tail - rest.data());
    if (result != SQLITE_OK) raise_prepare(database, result, rest, consumed, place);
    statement made(handle);
    if (consumed < rest.size() && rest[consumed] == '\0')
        refuse(database, "S224", place + "the SQL text has a NUL character in it, where SQLite stops reading",
               "bind the value as a parameter", rest.substr(0, consumed));
    return {std::move(made), begin + consumed};
}

/// Prepares the only statement of `sql`.
/// errors: S224 none, or more than one: a second one would silently never run
inline statement prepare_only(sqlite3* database, std::string_view sql, unsigned flags) {
    if (database == nullptr) raise(database, SQLITE_MISUSE, sql);
    prepared_part part = prepare_next(database, sql, 0, flags, {});
    if (part.made.handle() == nullptr)
        refuse(database, "S224", "the SQL text holds no statement", "pass one statement", sql);
    if (skip_blank(sql, part.end) != sql.size())
        refuse(database, "S224", "the SQL text holds more than one statement",
               "prepare them one by one, or use execute()", sql);
    return std::move(part.made);
}

/// "statement 2: " if the text holds several, else nothing.
inline std::string place_in_script(std::string_view sql, std::size_t end, int number) {
    const bool alone = number == 1 && skip_blank(sql, end) == sql.size();
    return alone ? std::string() : "statement " + std::to_string(number) + " of the script: ";
}

/// Runs one prepared statement to its end, its rows unread.
inline void run_to_end(sqlite3* database, const statement& made, std::string_view sql, std::size_t end, int number) {
    int result = SQLITE_ROW;
    while (result == SQLITE_ROW) result = sqlite3_step(made.handle());
    if (result == SQLITE_DONE) return;
    throw make_error(extended_code(database, result), sqlite3_errmsg(database), made.sql(), database_name(database),
                     place_in_script(sql, end, number));
}

/// Runs every statement of a text in order and stops at the first that fails, naming it.
inline void execute_all(sqlite3* database, std::string_view sql) {
    if (database == nullptr) raise(database, SQLITE_MISUSE, sql);
    std::size_t at = 0;
    for (int number = 1;; ++number) {
        const std::string place =
            number == 1 ? std::string() : "statement " + std::to_string(number) + " of the script: ";
        const prepared_part part = prepare_next(database, sql, at, 0, place);
        if (part.made.handle() == nullptr) return;
        run_to_end(database, part.made, sql, part.end, number);
        at = part.end;
    }
}

} // namespace autopack_schema::sqlite::detail

// ---- autopack_schema/db/sqlite/connection.hpp

namespace autopack_schema::sqlite {

/// An open SQLite database, closed by its destructor. Movable, not copyable, for one thread at a time
/// (interrupt() alone may come from another). Statements that outlive it stay valid: SQLite closes
/// when the last of them goes.
class connection {
public:
    connection() noexcept = default;
    connection(connection&& other) noexcept { swap(other); }
    connection& operator=(connection&& other) noexcept {
        connection moved(std::move(other));
        swap(moved);
        return *this;
    }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;
    ~connection() { detail::close(handle_, leftovers_); }

    /// Opens the database of a URL and reads its header.
    /// shape:  a relative path begins at the current directory
    /// errors: S203, S204 the URL; S205 missing; S206 cannot be opened; S207 not a database; S208 damaged;
    ///         S209 locked; S210 write-protected. Nothing is created but by open_mode::create.
    static connection open(const db::url& where, open_options options = {});
    /// Opens a file by its path, in UTF-8; every character of it stands for itself.
    static connection open_file(std::string_view path, open_options options = {});
    /// A new empty database in memory.
    static connection memory() { return open_file(":memory:", {.mode = open_mode::create}); }

    sqlite3* handle() const noexcept { return handle_; }
    /// For messages: the absolute path of the file, or ":memory:".
    const std::string& name() const noexcept { return name_; }
    bool is_open() const noexcept { return handle_ != nullptr; }
    bool is_read_only() const noexcept { return mode_ == open_mode::read_only; }

    /// Runs one statement or several; rows are not read.
    /// errors: names the statement that failed; those before it have been done, unless a transaction is around
    void execute(std::string_view sql) { detail::execute_all(handle_, sql); }
    /// Runs one statement with its parameters.
    template <class First, class... More>
    void execute(std::string_view sql, First&& first, More&&... more) {
        statement made = prepare(sql);
        made.bind_all(std::forward<First>(first), std::forward<More>(more)...);
        while (made.step()) {
        }
    }
    /// Prepares exactly one statement. `flags`: SQLITE_PREPARE_PERSISTENT for one that is kept for long.
    /// errors: S224 none or several, S215 and what SQLite finds
    statement prepare(std::string_view sql, unsigned flags = 0) { return detail::prepare_only(handle_, sql, flags); }
    /// The first column of the first row, an integer.
    /// errors: S227 no row, or another type (NULL too)
    template <class... Values>
    std::int64_t query_int(std::string_view sql, Values&&... values) {
        const statement row = first_row(sql, value_type::integer, std::forward<Values>(values)...);
        return row.column_int64(0);
    }
    /// The first column of the first row, a text.
    /// errors: S227 no row, or another type (NULL too)
    template <class... Values>
    std::string query_text(std::string_view sql, Values&&... values) {
        const statement row = first_row(sql, value_type::text, std::forward<Values>(values)...);
        return std::string(row.column_text(0));
    }

    /// True between BEGIN and COMMIT or ROLLBACK; an error may have ended the transaction by itself.
    bool in_transaction() const noexcept { return handle_ != nullptr && sqlite3_get_autocommit(handle_) == 0; }
    /// Rows that the last INSERT, UPDATE or DELETE changed, triggers and cascades not counted.
    std::int64_t changes() const noexcept { return handle_ == nullptr ? 0 : sqlite3_changes64(handle_); }
    /// Rows changed since the connection was opened, triggers and cascades counted.
    std::int64_t total_changes() const noexcept { return handle_ == nullptr ? 0 : sqlite3_total_changes64(handle_); }
    std::int64_t last_insert_rowid() const noexcept {
        return handle_ == nullptr ? 0 : sqlite3_last_insert_rowid(handle_);
    }
    /// Stops what is running, with S222; may be called from any thread or signal handler while this lives.
    void interrupt() const noexcept {
        if (handle_ != nullptr) sqlite3_interrupt(handle_);
    }

    int busy_timeout_ms() const noexcept { return busy_timeout_ms_; }
    void set_busy_timeout(int milliseconds);
    /// Reads a switch of this connection.
    bool is_enabled(setting which) const;
    /// Sets one and reads it back.
    /// errors: S226 foreign_keys inside a transaction, where SQLite ignores it without a word; S233 not accepted
    void enable(setting which, bool on);
    /// Reads a limit: SQLITE_LIMIT_LENGTH and its like.
    int limit(int which) const { return set_limit(which, -1); }
    /// Sets a limit and returns the old value; SQLite clamps it to its compiled maximum, -1 only reads.
    int set_limit(int which, int value) const;

private:
    void swap(connection& other) noexcept;
    template <class... Values>
    statement first_row(std::string_view sql, value_type wanted, Values&&... values) {
        statement made = prepare(sql);
        made.bind_all(std::forward<Values>(values)...);
        if (!made.step()) detail::refuse(handle_, "S227", "the query gave no row", "check the query", sql);
        if (made.column_type(0) != wanted)
            detail::refuse(handle_, "S227",
                           wanted == value_type::text ? "the query gave no text" : "the query gave no integer",
                           "check the query", sql);
        return made;
    }

    sqlite3* handle_ = nullptr;
    std::string name_;
    open_mode mode_ = open_mode::read_write;
    int busy_timeout_ms_ = 0;
    detail::wal_leftovers leftovers_;
};

inline void connection::swap(connection& other) noexcept {
    std::swap(handle_, other.handle_);
    name_.swap(other.name_);
    std::swap(mode_, other.mode_);
    std::swap(busy_timeout_ms_, other.busy_timeout_ms_);
    std::swap(leftovers_, other.leftovers_);
}

inline connection connection::open(const db::url& where, open_options options) {
    detail::open_request request = detail::request_for(where, options);
    connection made;
    made.handle_ = detail::open_handle(request, made.leftovers_);
    made.name_ = database_name(made.handle_);
    made.mode_ = request.options.mode;
    made.busy_timeout_ms_ = request.options.busy_timeout_ms;
    return made;
}

inline connection connection::open_file(std::string_view path, open_options options) {
    db::url where;
    where.scheme = "sqlite";
    where.path = path;
    return open(where, options);
}

inline void connection::set_busy_timeout(int milliseconds) {
    if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
    sqlite3_busy_timeout(handle_, milliseconds);
    busy_timeout_ms_ = milliseconds;
}

inline bool connection::is_enabled(setting which) const {
    if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
    int on = 0;
    const int result = sqlite3_db_config(handle_, static_cast<int>(which), -1, &on);
    if (result != SQLITE_OK) detail::raise(handle_, result);
    return on != 0;
}

inline void connection::enable(setting which, bool on) {
    if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
    if (which == setting::foreign_keys && in_transaction())
        detail::refuse(handle_, "S226", "foreign keys cannot be switched inside a transaction (SQLite would ignore it)",
                       "switch them before BEGIN or after COMMIT");
    int now = 0;
    const int result = sqlite3_db_config(handle_, static_cast<int>(which), on ? 1 : 0, &now);
    if (result != SQLITE_OK) detail::raise(handle_, result);
    if ((now != 0) != on)
        detail::refuse(handle_, "S233", "this SQLite does not let the setting be changed",
                       "build SQLite with the feature");
}

inline int connection::set_limit(int which, int value) const {
    if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
    return sqlite3_limit(handle_, which, value);
}

} // namespace autopack_schema::sqlite

// ---- autopack_schema/db/sqlite/backup.hpp

namespace autopack_schema::sqlite {

/// How far a copy has come.
struct backup_progress {
    int remaining_pages = 0;
    int total_pages = 0;
    int done_pages() const { return total_pages - remaining_pages; }
};

/// How a copy is made.
struct backup_options {
    int pages_per_step = 1024; ///< between two calls of the progress callback
    int timeout_ms = -1;       ///< how long to wait for a lock; below 0: the busy time-out of the source
};

/// A progress callback that does nothing.
struct no_progress {
    void operator()(const backup_progress&) const noexcept {}
};

/// SQLite's Online Backup API: copies the main database of one connection over that of another.
/// Destroyed before the end, it rolls the destination back.
/// source: https://sqlite.org/c3ref/backup_finish.html
class backup {
public:
    /// errors: S225 the source is in the middle of a change, or the destination in a transaction; S223 one is closed
    backup(connection& source, connection& destination) : source_(source.handle()), destination_(destination.handle()) {
        if (source_ == nullptr || destination_ == nullptr) detail::raise(static_cast<sqlite3*>(nullptr), SQLITE_MISUSE);
        if (sqlite3_txn_state(source_, "main") == SQLITE_TXN_WRITE)
            detail::refuse(source_, "S225", "the database cannot be copied while this connection changes it",
                           "commit or roll back first, or copy through a second connection");
        if (destination.in_transaction())
            detail::refuse(destination_, "S225", "a database cannot be copied over one that is in a transaction",
                           "commit or roll back first");
        handle_ = sqlite3_backup_init(destination_, "main", source_, "main");
        if (handle_ == nullptr) detail::raise(destination_, sqlite3_errcode(destination_));
    }
    backup(const backup&) = delete;
    backup& operator=(const backup&) = delete;
    ~backup() { sqlite3_backup_finish(handle_); }

    /// Copies up to `pages` pages (below 0: all). The result is SQLITE_OK, SQLITE_DONE, SQLITE_BUSY or SQLITE_LOCKED.
    /// errors: every other result, S211 disk full above all
    int step(int pages) {
        const int result = sqlite3_backup_step(handle_, pages);
        if (result == SQLITE_OK || result == SQLITE_DONE || (result & 0xff) == SQLITE_BUSY ||
            (result & 0xff) == SQLITE_LOCKED)
            return result & 0xff;
        raise(result);
    }
    /// Writes the last of it to the disk. Without it the destination is as before.
    void finish() {
        const int result = sqlite3_backup_finish(std::exchange(handle_, nullptr));
        if (result != SQLITE_OK) raise(result);
    }
    /// Known after the first step().
    backup_progress progress() const { return {sqlite3_backup_remaining(handle_), sqlite3_backup_pagecount(handle_)}; }

    /// Throws a result with both names.
    [[noreturn]] void raise(int result) const {
        throw detail::make_error(result, sqlite3_errstr(result), {}, database_name(destination_),
                                 "copying " + database_name(source_) + ": ");
    }

private:
    sqlite3* source_ = nullptr;
    sqlite3* destination_ = nullptr;
    sqlite3_backup* handle_ = nullptr;
};

/// Copies the main database of `source` over that of `destination`, which afterwards is equal or, after an error,
/// as before. Others may write the source meanwhile: the copy begins anew then, and after three times is made
/// in one step. `progress(backup_progress)` is called after each step; it may throw to stop.
/// errors: S209 a lock that lasts longer than the time-out, S211 disk full, S212, S225
template <class Progress = no_progress>
void backup_to(connection& source, connection& destination, Progress&& progress = {}, backup_options options = {}) {
    using clock = std::chrono::steady_clock;
    const std::chrono::milliseconds patience(options.timeout_ms < 0 ? source.busy_timeout_ms() : options.timeout_ms);
    backup copy(source, destination);
    clock::time_point deadline = clock::now() + patience;
    int pages = options.pages_per_step == 0 ? -1 : options.pages_per_step;
    int restarts = 0, last_remaining = -1;
    for (;;) {
        const int result = copy.step(pages);
        if (result == SQLITE_DONE) break;
        if (result != SQLITE_OK) {
            if (clock::now() >= deadline) copy.raise(result);
            sqlite3_sleep(10);
            continue;
        }
        const backup_progress now = copy.progress();
        if (last_remaining >= 0 && now.remaining_pages >= last_remaining && ++restarts == 3) pages = -1;
        last_remaining = now.remaining_pages;
        deadline = clock::now() + patience;
        progress(now);
    }
    const backup_progress done = copy.progress();
    copy.finish();
    progress(done);
}

} // namespace autopack_schema::sqlite

// ---- autopack_schema/db/sqlite/detail/publish.hpp

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace autopack_schema::sqlite::detail {

[[noreturn]] inline void refuse_existing(const std::string& path) {
    throw error({.code = "S230",
                 .what_happened = "the file for the copy exists already; it is not overwritten",
                 .database = path,
                 .advice = "give another name, or move the file away first"});
}

[[noreturn]] inline void refuse_file(const std::string& path, std::string_view what, int reason) {
    throw error({.code = "S206",
                 .what_happened = std::string(what) + system_reason(reason),
                 .database = path,
                 .advice = "check that the folder " + folder_of(path) + " exists and that this user may write to it"});
}

/// A file that is being written under a name of its own, so that a kill never leaves half a file under the final
/// name; removed, with what SQLite put beside it, unless it was published.
class partial_file {
public:
    /// Makes the file, empty, with the permissions of `like` (a private database has private backups).
    /// errors: S206
    partial_file(std::string final_path, [[maybe_unused]] const std::string& like)
        : final_path_(std::move(final_path)) {
        std::array<unsigned char, 4> random{};
        sqlite3_randomness(static_cast<int>(random.size()), random.data());
        path_ = final_path_ + ".partial-";
        for (const unsigned char byte : random) {
            path_ += "0123456789abcdef"[byte >> 4];
            path_ += "0123456789abcdef"[byte & 0x0f];
        }
        std::FILE* file = std::fopen(path_.c_str(), "wbx");
        if (file == nullptr) refuse_file(final_path_, "the file for the copy cannot be made", errno);
        std::fclose(file);
#if defined(__unix__) || defined(__APPLE__)
        struct stat status {};
        if (!like.empty() && ::stat(like.c_str(), &status) == 0) ::chmod(path_.c_str(), status.st_mode & 0777);
#endif
    }
    partial_file(const partial_file&) = delete;
    partial_file& operator=(const partial_file&) = delete;
    ~partial_file() {
        if (published_) return;
        for (const char* suffix : {"", "-journal", "-wal", "-shm"}) std::remove((path_ + suffix).c_str());
    }

    const std::string& path() const noexcept { return path_; }

    /// Gives the file its final name, never over another file, and makes the name durable.
    /// errors: S230 the name has been taken meanwhile, S206
    void publish() {
#if defined(__unix__) || defined(__APPLE__)
        if (::link(path_.c_str(), final_path_.c_str()) == 0) {
            ::unlink(path_.c_str());
        } else if (errno == EEXIST) {
            refuse_existing(final_path_);
        } else {
            rename_checked(); // a file system without hard links
        }
        if (const int folder = ::open(folder_of(final_path_).c_str(), O_RDONLY | O_CLOEXEC); folder >= 0) {
            ::fsync(folder);
            ::close(folder);
        }
#else
        rename_checked();
#endif
        published_ = true;
    }

private:
    void rename_checked() {
        if (state_of(final_path_).exists) refuse_existing(final_path_);
        if (std::rename(path_.c_str(), final_path_.c_str()) != 0)
            refuse_file(final_path_, "the finished copy cannot be given its name", errno);
    }

    std::string final_path_, path_;
    bool published_ = false;
};

} // namespace autopack_schema::sqlite::detail

// ---- autopack_schema/db/sqlite/quote.hpp

namespace autopack_schema::sqlite {

namespace detail {

inline std::string enclosed(std::string_view text, char quote, std::string_view kind) {
    if (text.find('\0') != std::string_view::npos)
        throw error(
            {.code = "S224",
             .what_happened = "a " + std::string(kind) + " has a NUL character in it, where SQLite stops reading SQL",
             .advice = "remove it, or bind the value as a parameter"});
    std::string out(1, quote);
    for (const char character : text) {
        out += character;
        if (character == quote) out += quote;
    }
    return out + quote;
}

} // namespace detail

/// A name as SQL: in double quotes, quotes inside doubled, so that no name can be anything else.
/// errors: S224 a NUL character, which SQL text cannot hold
inline std::string quote_identifier(std::string_view name) { return detail::enclosed(name, '"', "name"); }

/// A text as an SQL literal, for the few places that take no parameter (PRAGMA, ATTACH, DDL).
/// errors: S224 a NUL character, which SQL text cannot hold
inline std::string quote_text(std::string_view text) { return detail::enclosed(text, '\'', "text"); }

} // namespace autopack_schema::sqlite

// ---- autopack_schema/db/sqlite/integrity.hpp

namespace autopack_schema::sqlite {

/// What SQLite found wrong in a file.
struct integrity_report {
    std::vector<std::string> damage;     ///< pages, indexes, freelist: the file itself is broken
    std::vector<std::string> violations; ///< rows that break NOT NULL or the type of a STRICT table: data, not damage
    bool is_sound() const { return damage.empty(); }
};

namespace detail {

/// True for the lines of integrity_check that are about the values of a row.
inline bool is_about_values(std::string_view line) {
    const bool typed = line.find(" value in ") != std::string_view::npos;
    return typed && (line.starts_with("NULL ") || line.starts_with("non-") || line.starts_with("NUMERIC ") ||
                     line.starts_with("TEXT "));
}

/// The tables that have pages of their own, with their rows; virtual tables and views have none.
inline std::vector<std::pair<std::string, std::int64_t>> count_rows(connection& where) {
    std::vector<std::pair<std::string, std::int64_t>> counts;
    counts.emplace_back("sqlite_schema", where.query_int("SELECT count(*) FROM main.sqlite_schema"));
    statement tables =
        where.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name");
    while (tables.step()) {
        const std::string name(tables.column_text(0));
        counts.emplace_back(name, where.query_int("SELECT count(*) FROM main." + quote_identifier(name)));
    }
    return counts;
}

} // namespace detail

/// Runs PRAGMA integrity_check. CHECK constraints are left out: they are about values, and no expression of a
/// foreign file is evaluated. A file that is too damaged to be checked is reported as damaged.
/// errors: S209, S212
inline integrity_report check_integrity(connection& where) {
    integrity_report report;
    const bool ignored = where.query_int("PRAGMA ignore_check_constraints") != 0;
    if (!ignored) where.execute("PRAGMA ignore_check_constraints=ON");
    try {
        statement check = where.prepare("PRAGMA main.integrity_check");
        while (check.step()) {
            const std::string line(check.column_text(0));
            if (line != "ok") (detail::is_about_values(line) ? report.violations : report.damage).push_back(line);
        }
    } catch (const error& failure) {
        if (!ignored) where.execute("PRAGMA ignore_check_constraints=OFF");
        if (failure.code() != "S208") throw;
        report.damage.push_back(failure.info().what_happened);
        return report;
    }
    if (!ignored) where.execute("PRAGMA ignore_check_constraints=OFF");
    return report;
}

} // namespace autopack_schema::sqlite

// ---- autopack_schema/db/sqlite/transaction.hpp

namespace autopack_schema::sqlite {

namespace detail {

/// Runs a transaction statement. Not through the connection, which may have been moved meanwhile.
inline void control(sqlite3* database, const std::string& sql) {
    const int result = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) raise(database, result, sql);
}

/// The same in a destructor: what fails here, SQLite has already rolled back or will when it closes.
inline void control_quietly(sqlite3* database, const char* sql) noexcept {
    sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
}

} // namespace detail

/// A transaction: from its construction to commit(), or else rolled back at the end of the scope.
/// It must not outlive its connection.
class transaction {
public:
    /// Begins. IMMEDIATE takes the write lock now, so that no later statement fails for it.
    /// errors: S209 locked, S225 a transaction is already open (use a savepoint)
    explicit transaction(connection& where, transaction_kind kind = transaction_kind::immediate)
        : handle_(where.handle()) {
        if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
        if (where.in_transaction())
            detail::refuse(handle_, "S225", "a transaction is already open on this connection",
                           "use a savepoint inside it");
        detail::control(handle_, kind == transaction_kind::immediate   ? "BEGIN IMMEDIATE"
                                 : kind == transaction_kind::exclusive ? "BEGIN EXCLUSIVE"
                                                                       : "BEGIN DEFERRED");
    }
    transaction(transaction&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    transaction& operator=(transaction&&) = delete;
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;
    ~transaction() {
        if (is_open()) detail::control_quietly(handle_, "ROLLBACK");
    }

    /// True while there is something to commit. After an error SQLite may have rolled back by itself.
    bool is_open() const noexcept { return handle_ != nullptr && sqlite3_get_autocommit(handle_) == 0; }

    /// Makes the changes permanent. After S209 or a deferred S219 the transaction is still open: commit() may be
    /// called again.
    /// errors: S225 already ended, also by SQLite itself; S209, S211, S212, S219
    void commit() {
        require_open();
        detail::control(handle_, "COMMIT");
        handle_ = nullptr;
    }
    /// Undoes the changes now. Nothing to do if SQLite has done it already.
    void rollback() {
        if (is_open()) detail::control(handle_, "ROLLBACK");
        handle_ = nullptr;
    }

private:
    void require_open() const {
        if (is_open()) return;
        if (handle_ == nullptr)
            throw error(
                {.code = "S225", .what_happened = "the transaction has already ended", .advice = "begin a new one"});
        detail::refuse(handle_, "S225",
                       "SQLite has rolled the transaction back after an earlier error; nothing of it is kept",
                       "look at the first error, then begin again");
    }

    sqlite3* handle_ = nullptr;
};

/// A transaction within a transaction: release() keeps what was done since, the end of the scope undoes it.
/// Outside of a transaction it begins one (deferred), and release() commits.
class savepoint {
public:
    /// errors: S223 the connection is closed
    explicit savepoint(connection& where, std::string_view name = "autopack_schema")
        : handle_(where.handle()), name_(quote_identifier(name)) {
        if (handle_ == nullptr) detail::raise(handle_, SQLITE_MISUSE);
        detail::control(handle_, "SAVEPOINT " + name_);
    }
    savepoint(savepoint&& other) noexcept
        : handle_(std::exchange(other.handle_, nullptr)), name_(std::move(other.name_)) {}
    savepoint& operator=(savepoint&&) = delete;
    savepoint(const savepoint&) = delete;
    savepoint& operator=(const savepoint&) = delete;
    ~savepoint() {
        if (!is_open()) return;
        try {
            undo();
        } catch (...) { // the transaction around it is rolled back by its own scope
        }
    }

    /// True while there is something to release.
    bool is_open() const noexcept { return handle_ != nullptr && sqlite3_get_autocommit(handle_) == 0; }

    /// Keeps the changes: they now belong to the transaction around, or are committed if there is none.
    /// errors: S225 already ended, also by SQLite itself; as of transaction::commit() if it commits
    void release() {
        if (!is_open())
            throw error({.code = "S225",
                         .what_happened = "the savepoint has already ended, or its transaction was rolled back",
                         .advice = "begin again"});
        detail::control(handle_, "RELEASE " + name_);
        handle_ = nullptr;
    }
    /// Undoes the changes since the savepoint now.
    void rollback() {
        if (is_open()) undo();
        handle_ = nullptr;
    }

private:
    void undo() {
        detail::control(handle_, "ROLLBACK TO " + name_);
        detail::control(handle_, "RELEASE " + name_);
    }

    sqlite3* handle_ = nullptr;
    std::string name_;
};

} // namespace autopack_schema::sqlite

// ---- autopack_schema/db/sqlite/backup_file.hpp

namespace autopack_schema::sqlite {

/// What a checked copy holds.
struct copy_report {
    std::string path; ///< the absolute path of the file that was written
    std::int64_t bytes = 0;
    std::int64_t tables = 0;             ///< compared, virtual tables not counted
    std::int64_t rows = 0;               ///< in all of them
    std::vector<std::string> violations; ///< rows that break NOT NULL or a STRICT type, as they did in the source
};

namespace detail {

[[noreturn]] inline void refuse_copy(const std::string& where, std::string what, std::string advice) {
    throw error({.code = "S231", .what_happened = std::move(what), .database = where, .advice = std::move(advice)});
}

/// Checks that a copy is sound and has the rows of its source, which must not change meanwhile.
/// errors: S231
inline copy_report compare_copy(connection& source, connection& copy) {
    integrity_report integrity = check_integrity(copy);
    if (!integrity.is_sound())
        refuse_copy(
            copy.name(),
            "integrity_check of the copy of " + source.name() + " found: " + integrity.damage.front() +
                (integrity.damage.size() > 1 ? " (and " + std::to_string(integrity.damage.size() - 1) + " more)" : ""),
            "run PRAGMA integrity_check on the source: if it says the same, the source is damaged; else check the "
            "disk");
    const auto expected = count_rows(source), found = count_rows(copy);
    copy_report report;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const bool same = i < found.size() && found[i] == expected[i];
        if (!same)
            refuse_copy(copy.name(),
                        "the copy of " + source.name() + " has not the " + std::to_string(expected[i].second) +
                            " rows of table " + autopack_schema::detail::quoted(expected[i].first),
                        "check the disk, and copy again");
        report.rows += i == 0 ? 0 : expected[i].second;
    }
    report.tables = static_cast<std::int64_t>(expected.size()) - 1;
    report.path = copy.name();
    report.bytes = copy.query_int("PRAGMA page_count") * copy.query_int("PRAGMA page_size");
    report.violations = std::move(integrity.violations);
    return report;
}

/// Refuses a name that is taken, or that old leftovers of SQLite would be taken to belong to.
inline void require_free(sqlite3_vfs* vfs, const std::string& path) {
    if (file_exists(vfs, path)) refuse_existing(path);
    for (const std::string_view suffix : {"-journal", "-wal"})
        if (file_exists(vfs, path + std::string(suffix))) refuse_existing(path + std::string(suffix));
}

/// A read transaction of the source, unless it is in one: what is copied is what is counted.
inline std::optional<transaction> hold_still(connection& source) {
    if (source.in_transaction()) return std::nullopt;
    std::optional<transaction> reading(std::in_place, source, transaction_kind::deferred);
    source.execute("SELECT 1 FROM main.sqlite_schema LIMIT 1"); // DEFERRED reads nothing by itself
    return reading;
}

} // namespace detail

/// Copies a database to a new file and checks the copy: integrity_check, and the rows of every table against the
/// source as it was at one moment. In WAL mode others may write meanwhile, with a rollback journal they wait.
/// The file appears under its name only when it is complete; after an error or a kill there is none.
/// errors: S230 the file exists, S231 the check failed, S206 cannot be made, S211 disk full, S225 the source is
///         in the middle of a change (copy through a second connection), and those of backup_to()
template <class Progress = no_progress>
copy_report backup_to_file(connection& source, std::string_view path, Progress&& progress = {},
                           backup_options options = {}) {
    sqlite3_vfs* vfs = detail::find_vfs(nullptr);
    const std::string target = detail::absolute_path(vfs, std::string(path));
    detail::require_free(vfs, target);
    if (!source.is_open()) detail::raise(source.handle(), SQLITE_MISUSE);
    const std::optional<transaction> reading = detail::hold_still(source);
    detail::partial_file file(target, source.name() == ":memory:" ? std::string() : source.name());
    {
        connection destination = connection::open_file(file.path(), {.mode = open_mode::read_write});
        backup_to(source, destination, progress, options);
    }
    copy_report report;
    {
        connection copy = connection::open_file(file.path(), {.mode = open_mode::read_only});
        report = detail::compare_copy(source, copy);
    }
    file.publish();
    report.path = target;
    return report;
}

/// Puts the content of a backup file in the place of a whole database, in one transaction: after an error or a
/// kill the destination is as before. What was there is gone: back it up first.
/// errors: S232 the file has no table and nothing to restore, S231 it is damaged, S225 the destination is in a
///         transaction, S209 others use it, S205 to S208 the file
template <class Progress = no_progress>
copy_report restore_from_file(connection& destination, std::string_view path, Progress&& progress = {},
                              backup_options options = {}) {
    connection source =
        connection::open_file(path, {.mode = open_mode::read_only, .busy_timeout_ms = destination.busy_timeout_ms()});
    const std::optional<transaction> reading = detail::hold_still(source);
    if (source.query_int("SELECT count(*) FROM main.sqlite_schema") == 0)
        throw error(
            {.code = "S232",
             .what_happened = "the backup is an empty database",
             .database = source.name(),
             .advice = "check the name of the backup; delete the database file itself if an empty one is wanted"});
    const integrity_report integrity = check_integrity(source);
    if (!integrity.is_sound())
        detail::refuse_copy(source.name(), "the backup is damaged: " + integrity.damage.front(), "take another backup");
    const bool other_pages = destination.query_int("PRAGMA page_size") != source.query_int("PRAGMA page_size");
    if (other_pages && !destination.in_transaction() && destination.query_text("PRAGMA journal_mode") == "wal")
        destination.execute("PRAGMA journal_mode=DELETE"); // the page size of a WAL database cannot change
    backup_to(source, destination, progress, options);
    return detail::compare_copy(source, destination);
}

} // namespace autopack_schema::sqlite

// ---- autopack_schema/db/sqlite.hpp

// Everything about SQLite databases: connections, statements, transactions, backups.

// ---- autopack_schema/drift/severity.hpp

namespace autopack_schema::drift {

/// How much a difference matters, the worst last.
enum class severity : std::uint8_t {
    cosmetic,    ///< spelling and order, nothing that a statement could tell
    extra,       ///< in the database, not in the code, and in nobody's way
    performance, ///< the same rows, other work to find them
    semantic,    ///< values, checks or side effects differ
    breaking,    ///< typed code could fail or misread
};

/// In the order of `severity`.
inline constexpr std::array<std::string_view, 5> severity_names{"cosmetic", "extra", "performance", "semantic",
                                                                "breaking"};

/// "breaking"; the word that `--fail-on` takes.
constexpr std::string_view name_of(severity level) noexcept { return severity_names[static_cast<std::size_t>(level)]; }

/// Reads a severity's name; nothing where it is none.
constexpr std::optional<severity> severity_from(std::string_view name) noexcept {
    for (std::size_t i = 0; i < severity_names.size(); ++i) {
        if (severity_names[i] == name) return static_cast<severity>(i);
    }
    return std::nullopt;
}

} // namespace autopack_schema::drift

// ---- autopack_schema/drift/options.hpp

namespace autopack_schema::drift {

/// Which differences between names of constraints are findings.
enum class constraint_names : std::uint8_t {
    ignored,
    different, ///< both sides have a name, and not the same one
    exact,     ///< also a name against none
};

/// What a check knows of the database: how it compares, and how it writes a type that was not spelled out.
struct dialect {
    autopack_schema::rules rules;
    std::string_view (*type_name)(const model::data_type&, bool strict);
};

/// SQLite.
inline constexpr dialect sqlite_dialect{sql::sqlite::rules, sql::sqlite::declared_type};

/// The switches of a check: what is a finding, and from which severity on it fails.
struct options {
    severity fail_on = severity::semantic;
    bool column_order = true;
    bool type_spelling = false; ///< INT against INTEGER, VARCHAR(32) against VARCHAR(255)
    bool name_case = false;     ///< userId against userid
    constraint_names names = constraint_names::different;
    bool index_names = true;  ///< the same index under another name
    bool unique_order = true; ///< UNIQUE (a, b) against UNIQUE (b, a)
    bool unique_form = true;  ///< UNIQUE (a) against a unique index on a
    bool extra_tables = true; ///< tables and views that the code does not know
    bool extra_columns = true;
    bool bookkeeping = false; ///< also the tables of migration tools: alembic_version, __drizzle_migrations, …
    /// Patterns `object` or `kind:object` with `*` and `?`: "tmp_*", "table:tmp_*", "index:ix_*", "column.order:*".
    /// The kind is a kind, or what stands before its dot; `table:` covers all that belongs to the table.
    std::vector<std::string> ignore{};
    drift::dialect dialect = sqlite_dialect;
};

} // namespace autopack_schema::drift

// ---- autopack_schema/drift/detail/case.hpp

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
    static const T* at(std::span<const T> all, std::uint32_t position) noexcept {
        return position < all.size() ? &all[position] : nullptr;
    }
};

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/finding.hpp

namespace autopack_schema::drift {

/// What it takes to make the database what the code expects.
enum class fix : std::uint8_t {
    none,        ///< nothing has to be done
    alter,       ///< one statement, in place
    rebuild,     ///< the table is written anew, with its rows
    data_needed, ///< rows can stand against it, or values are missing: they are needed first
    by_hand,     ///< a decision: the database has something that the code does not know
};

/// "data needed"
constexpr std::string_view name_of(fix what) noexcept {
    constexpr std::array<std::string_view, 5> names{"none", "alter", "rebuild", "data needed", "by hand"};
    return names[static_cast<std::size_t>(what)];
}

/// One difference between what the code expects and what the database has.
/// shape: `expected` and `actual` are SQL fragments or a few words; empty: nothing is there on that side
struct finding {
    std::string code{};  ///< "S318"; each has its heading in docs/errors.md
    std::string kind{};  ///< "column.not_null", as in `drift_name`
    severity level = severity::cosmetic;
    std::string table{};  ///< empty: a view
    std::string object{}; ///< `table`, `table.column`, `table(a,b)`, an index, view or trigger by its name
    std::string expected{};
    std::string actual{};
    std::string message{}; ///< what that means, one clause
    fix advice = fix::none;
    std::string advice_text{}; ///< how to get there
    std::string suggestion{};  ///< a likely rename, pointed out and never assumed
    change_kind change{};

    friend bool operator==(const finding&, const finding&) = default;
};

/// Something that was there and could not be compared.
struct not_compared {
    std::string kind{};   ///< "table", "view", "statement", …
    std::string object{}; ///< its name
    std::string reason{};

    friend bool operator==(const not_compared&, const not_compared&) = default;
};

} // namespace autopack_schema::drift

// ---- autopack_schema/drift/detail/advise.hpp

namespace autopack_schema::drift::detail {

/// A class of fix with the words for it.
struct advice {
    fix what = fix::rebuild;
    std::string_view text = "rewrite the table with the wanted definition";
};

inline constexpr advice rows_first{fix::data_needed, "rows can break it: see to them first, then rewrite the table"};
inline constexpr advice decide{fix::by_hand, "add it to the definitions, ignore it, or allow its removal by name"};
inline constexpr advice replace_statement{fix::alter, "drop it and create it anew"};

inline advice advise_new_column(const drift_case& c) {
    const model::column& wanted = *c.expected_column();
    const bool in_key = model::in_primary_key(c.expected, *c.expected_table(), wanted.name);
    if (in_key || wanted.generated == model::generated_kind::stored) return {};
    if (c.expected_refuses_null(wanted) && !wanted.default_to.present() &&
        wanted.generated == model::generated_kind::none) {
        return {fix::data_needed, "existing rows need a value: give a backfill or a default"};
    }
    if (wanted.default_to.kind == model::default_kind::expression) return {};
    return {fix::alter, "ALTER TABLE … ADD COLUMN"};
}

inline advice advise_column(const drift_case& c) {
    using enum change_kind;
    switch (c.what.kind) {
    case add_column: return advise_new_column(c);
    case drop_column: return decide;
    case rename_column: return {fix::alter, "ALTER TABLE … RENAME COLUMN"};
    case column_name_case: return {fix::alter, "ALTER TABLE … RENAME COLUMN, or nothing"};
    case column_type_spelling: return {fix::none, "nothing has to be done"};
    case column_not_null: return c.expected_refuses_null(*c.expected_column()) ? rows_first : advice{};
    case column_type: return {fix::rebuild, "rewrite the table; look first at the values that would be converted"};
    default: return {};
    }
}

inline advice advise_index(const drift_case& c) {
    using enum change_kind;
    const bool unique = c.expected_index() != nullptr && c.expected_index()->unique;
    if (c.what.kind == drop_index) return decide;
    if (unique && c.what.kind != index_name && c.what.kind != index_descending) {
        return {fix::data_needed, "duplicates can stand against it: remove them, then create the index"};
    }
    return c.what.kind == add_index ? advice{fix::alter, "CREATE INDEX"} : replace_statement;
}

inline advice advise_table(const drift_case& c) {
    using enum change_kind;
    switch (c.what.kind) {
    case add_table: return {fix::alter, "CREATE TABLE"};
    case drop_table: return decide;
    case rename_table:
    case table_name_case: return {fix::alter, "ALTER TABLE … RENAME TO"};
    case table_strict: return c.expected_table()->strict ? rows_first : advice{};
    case table_without_rowid: return c.expected_table()->without_rowid ? rows_first : advice{};
    case table_virtual: return {fix::by_hand, "create the table anew and fill it again"};
    default: return {};
    }
}

inline advice advise_constraint(change_kind kind) {
    using enum change_kind;
    switch (kind) {
    case add_primary_key:
    case primary_key_columns:
    case add_unique:
    case unique_columns:
    case add_check:
    case check_expression:
    case add_foreign_key:
    case foreign_key_table:
    case foreign_key_columns: return rows_first;
    default: return {};
    }
}

/// Says what it takes to put a difference right.
inline advice advise(const drift_case& c) {
    switch (c.what.what) {
    case element::table: return advise_table(c);
    case element::column: return advise_column(c);
    case element::index: return c.what.kind == change_kind::unique_form ? advice{} : advise_index(c);
    case element::view:
    case element::trigger:
        if (c.what.to == no_element) return decide;
        return c.what.from == no_element ? advice{fix::alter, "create it"} : replace_statement;
    default: return advise_constraint(c.what.kind);
    }
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/report.hpp

namespace autopack_schema::drift {

/// How many objects were looked at, on the expected side and in the database.
struct object_count {
    std::size_t expected = 0;
    std::size_t actual = 0;

    friend constexpr bool operator==(const object_count&, const object_count&) = default;
};

/// What was compared.
struct coverage {
    object_count tables{};
    object_count columns{};
    object_count primary_keys{};
    object_count uniques{};
    object_count checks{};
    object_count foreign_keys{};
    object_count indexes{};
    object_count views{};
    object_count triggers{};

    friend constexpr bool operator==(const coverage&, const coverage&) = default;
};

/// What a check found.
struct report {
    std::string database{}; ///< for messages, without secrets
    std::string schema{};   ///< the expected schema's name
    std::string version{};
    std::vector<finding> findings{}; ///< by table as expected, then by object
    std::vector<drift::not_compared> not_compared{};
    std::vector<std::string> ignored{}; ///< objects that a pattern or a switch left out
    coverage compared{};
    severity fail_on = severity::semantic;

    /// The worst severity found; nothing without findings.
    std::optional<severity> worst() const noexcept {
        std::optional<severity> found;
        for (const finding& f : findings) {
            if (!found || *found < f.level) found = f.level;
        }
        return found;
    }

    bool drift() const noexcept { return !findings.empty(); }

    /// Tells whether there is a finding at `fail_on` or worse.
    bool failed() const noexcept {
        const std::optional<severity> found = worst();
        return found && *found >= fail_on;
    }

    /// The exit code of a program: 0 nothing at `fail_on` or worse, 2 drift, 3 something could not be compared.
    int exit_code() const noexcept {
        if (failed()) return 2;
        return not_compared.empty() ? 0 : 3;
    }
};

} // namespace autopack_schema::drift

// ---- autopack_schema/drift/detail/coverage.hpp

namespace autopack_schema::drift::detail {

inline std::size_t count_keys(const model::schema& s) {
    std::size_t keys = 0;
    for (const model::table& t : s.tables) {
        if (t.key.present()) ++keys;
    }
    return keys;
}

/// Counts what both sides have.
inline coverage count_objects(const model::schema& expected, const model::schema& actual) {
    return {{expected.tables.size(), actual.tables.size()},
            {expected.columns.size(), actual.columns.size()},
            {count_keys(expected), count_keys(actual)},
            {expected.uniques.size(), actual.uniques.size()},
            {expected.checks.size(), actual.checks.size()},
            {expected.foreign_keys.size(), actual.foreign_keys.size()},
            {expected.indexes.size(), actual.indexes.size()},
            {expected.views.size(), actual.views.size()},
            {expected.triggers.size(), actual.triggers.size()}};
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/detail/bookkeeping.hpp

namespace autopack_schema::drift::detail {

/// Tables in which migration and replication tools keep their own records.
inline constexpr auto bookkeeping_tables = std::to_array<std::string_view>({
    "autopack_schema_history", // ours
    "alembic_version",
    "__drizzle_migrations",
    "_prisma_migrations",
    "django_migrations",
    "schema_migrations", // Rails, dbmate, golang-migrate, Lightweight
    "ar_internal_metadata",
    "_lightweight_locks",
    "flyway_schema_history",
    "databasechangelog",
    "databasechangeloglock",
    "atlas_schema_revisions",
    "goose_db_version",
    "gorp_migrations",
    "knex_migrations",
    "knex_migrations_lock",
    "SequelizeMeta",
    "_sqlx_migrations",
    "__diesel_schema_migrations",
    "refinery_schema_history",
    "seaql_migrations",
    "__EFMigrationsHistory",
    "doctrine_migration_versions",
    "phinxlog",
    "_yoyo_log",
    "_yoyo_migration",
    "_yoyo_version",
    "yoyo_lock",
    "_sqlite_migrations", // sqlite-migrate
    "d1_migrations",
    "_cf_KV",
    "grdb_migrations",
    "room_master_table",
    "android_metadata",
    "_litestream_seq",
    "_litestream_lock",
});

/// Tells whether a table belongs to a tool and not to the schema.
inline bool is_bookkeeping(std::string_view table) {
    return std::ranges::any_of(bookkeeping_tables,
                               [table](std::string_view known) { return model::same_name(known, table); });
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/detail/kind.hpp

namespace autopack_schema::drift::detail {

/// What every finding of a kind has in common.
struct kind_facts {
    change_kind kind;
    std::string_view code;
    severity level; ///< where nothing about the case makes it worse, see judge.hpp
    std::string_view consequence;
};

/// shape: in the order of `change_kind`; codes are never reused
inline constexpr auto all_kinds = std::to_array<kind_facts>({
    {change_kind::add_table, "S301", severity::breaking, "the table is missing: every statement on it fails"},
    {change_kind::drop_table, "S302", severity::extra, "the code does not know the table"},
    {change_kind::rename_table, "S303", severity::breaking, "the table still has its old name"},
    {change_kind::table_name_case, "S304", severity::cosmetic, "the name is spelled in another case"},
    {change_kind::table_without_rowid, "S305", severity::semantic, "one has a rowid, the other has none"},
    {change_kind::table_strict, "S306", severity::semantic, "values of a wrong type are refused on one side only"},
    {change_kind::table_virtual, "S307", severity::semantic, "another module, or other arguments"},
    {change_kind::add_column, "S310", severity::breaking, "the column is missing: statements that name it fail"},
    {change_kind::drop_column, "S311", severity::extra, "the code does not know the column"},
    {change_kind::rename_column, "S312", severity::breaking, "the column still has its old name"},
    {change_kind::column_name_case, "S313", severity::cosmetic, "the name is spelled in another case"},
    {change_kind::column_order, "S314", severity::cosmetic,
     "SELECT * and INSERT without a column list see another order"},
    {change_kind::column_type, "S315", severity::breaking, "stored values are converted in another way"},
    {change_kind::column_type_spelling, "S316", severity::cosmetic, "the type means the same and is spelled otherwise"},
    {change_kind::column_rowid_alias, "S317", severity::breaking,
     "only one is the row number: only there it is filled in by itself, is never NULL and always an integer"},
    {change_kind::column_not_null, "S318", severity::breaking, "NULL is refused on one side only"},
    {change_kind::column_default, "S319", severity::semantic, "rows that leave the column out get another value"},
    {change_kind::column_autoincrement, "S320", severity::semantic, "numbers of deleted rows are given again on one side"},
    {change_kind::column_collation, "S321", severity::semantic, "texts compare, sort and collide differently"},
    {change_kind::column_generated, "S322", severity::breaking, "computed on one side, stored by hand on the other"},
    {change_kind::column_generated_kind, "S323", severity::semantic, "stored on one side, computed anew on the other"},
    {change_kind::column_generated_expression, "S324", severity::semantic, "another value is computed"},
    {change_kind::constraint_on_conflict, "S325", severity::semantic, "a row that breaks the constraint meets another fate"},
    {change_kind::add_primary_key, "S330", severity::breaking, "nothing keeps rows apart"},
    {change_kind::drop_primary_key, "S331", severity::breaking, "rows that the code may write are refused"},
    {change_kind::primary_key_columns, "S332", severity::breaking, "other columns keep rows apart"},
    {change_kind::primary_key_order, "S333", severity::performance, "the key's index has its columns in another order"},
    {change_kind::primary_key_descending, "S334", severity::performance, "the key's index is sorted the other way"},
    {change_kind::add_unique, "S336", severity::breaking, "duplicates are accepted"},
    {change_kind::drop_unique, "S337", severity::breaking, "rows that the code may write are refused as duplicates"},
    {change_kind::unique_columns, "S338", severity::breaking, "other columns must be unique"},
    {change_kind::unique_order, "S339", severity::performance, "the same is refused; the index has another column order"},
    {change_kind::unique_form, "S340", severity::cosmetic, "the same is refused, by a constraint here and an index there"},
    {change_kind::unique_name, "S341", severity::cosmetic, "only the constraint's name differs"},
    {change_kind::add_check, "S342", severity::semantic, "rows that break it are accepted"},
    {change_kind::drop_check, "S343", severity::semantic, "rows that the code may write are refused"},
    {change_kind::check_expression, "S344", severity::semantic, "other rows are refused"},
    {change_kind::check_name, "S345", severity::cosmetic, "only the name differs, which shows in error messages"},
    {change_kind::add_index, "S346", severity::performance, "queries have to read the whole table"},
    {change_kind::drop_index, "S347", severity::extra, "the code does not know the index"},
    {change_kind::index_name, "S348", severity::cosmetic, "the same index has another name"},
    {change_kind::index_columns, "S349", severity::performance, "the index covers other columns"},
    {change_kind::index_descending, "S350", severity::performance, "the index is sorted the other way"},
    {change_kind::index_collation, "S351", severity::performance, "the index compares texts in another way"},
    {change_kind::index_unique, "S352", severity::breaking, "duplicates are refused on one side only"},
    {change_kind::index_predicate, "S353", severity::performance, "the index covers other rows"},
    {change_kind::index_expression, "S354", severity::performance, "the index holds other values"},
    {change_kind::add_foreign_key, "S355", severity::semantic, "rows without a parent are accepted"},
    {change_kind::drop_foreign_key, "S356", severity::semantic, "rows without a parent are refused"},
    {change_kind::foreign_key_table, "S357", severity::semantic, "parents are looked for in another table"},
    {change_kind::foreign_key_columns, "S358", severity::semantic, "parents are found by other columns"},
    {change_kind::foreign_key_on_delete, "S359", severity::semantic, "deleting a parent does something else"},
    {change_kind::foreign_key_on_update, "S360", severity::semantic, "changing a parent's key does something else"},
    {change_kind::foreign_key_deferrable, "S361", severity::semantic, "it is checked at another moment"},
    {change_kind::foreign_key_name, "S362", severity::cosmetic, "only the constraint's name differs"},
    {change_kind::add_view, "S363", severity::breaking, "the view is missing: every query of it fails"},
    {change_kind::drop_view, "S364", severity::extra, "the code does not know the view; it can stand in the way of changes"},
    {change_kind::view_definition, "S365", severity::semantic, "the view gives other rows or columns"},
    {change_kind::add_trigger, "S366", severity::breaking, "what it should do is not done"},
    {change_kind::drop_trigger, "S367", severity::semantic, "it does things that the code does not know"},
    {change_kind::trigger_definition, "S368", severity::semantic, "it does something else"},
});

/// The facts of a kind.
constexpr const kind_facts& facts_of(change_kind kind) noexcept {
    for (const kind_facts& known : all_kinds) {
        if (known.kind == kind) return known;
    }
    return all_kinds.front();
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/detail/pattern.hpp

namespace autopack_schema::drift::detail {

/// Tells whether a text fits a pattern with `*` and `?`, the case of ASCII letters aside.
/// shape: linear but for the last `*`; never more than text × pattern steps
constexpr bool fits(std::string_view pattern, std::string_view text) noexcept {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || model::fold(pattern[p]) == model::fold(text[t]))) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

/// What stands before the dot of a kind: "column".
constexpr std::string_view family_of(std::string_view kind) noexcept { return kind.substr(0, kind.find('.')); }

/// Tells whether a word is a kind or the family of kinds, and so the front of a pattern.
constexpr bool is_kind(std::string_view word) noexcept {
    for (const kind_facts& known : all_kinds) {
        const std::string_view name = drift_name(known.kind);
        if (word == name || word == family_of(name)) return true;
    }
    return false;
}

/// Tells whether a pattern of `options::ignore` covers an object of a table.
inline bool covers(std::string_view pattern, std::string_view kind, std::string_view table, std::string_view object) {
    const std::size_t colon = pattern.find(':');
    const std::string_view front = colon == std::string_view::npos ? "" : pattern.substr(0, colon);
    if (!is_kind(front)) return fits(pattern, object);
    const std::string_view rest = pattern.substr(colon + 1);
    if (front == "table") return fits(rest, table.empty() ? object : table);
    if (front != kind && front != family_of(kind)) return false;
    if (fits(rest, object)) return true;
    const bool inside = object.size() > table.size() + 1 && object.starts_with(table) && object[table.size()] == '.';
    return inside && fits(rest, object.substr(table.size() + 1));
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/detail/filter.hpp

namespace autopack_schema::drift::detail {

/// Tells whether the switches want a kind at all.
inline bool wanted(change_kind kind, const options& o) {
    using enum change_kind;
    switch (kind) {
    case column_order: return o.column_order;
    case column_type_spelling: return o.type_spelling;
    case table_name_case:
    case column_name_case: return o.name_case;
    case check_name:
    case foreign_key_name: return o.names != constraint_names::ignored;
    case unique_name: return o.names == constraint_names::exact; // no message of SQLite shows it
    case index_name: return o.index_names;
    case unique_order: return o.unique_order;
    case unique_form: return o.unique_form;
    case drop_table:
    case drop_view: return o.extra_tables;
    case drop_column: return o.extra_columns;
    default: return true;
    }
}

inline bool is_ignored(const options& o, std::string_view kind, std::string_view table, std::string_view object) {
    return std::ranges::any_of(o.ignore, [&](const std::string& p) { return covers(p, kind, table, object); });
}

/// Tells whether a finding is one that its reader asked to leave out.
inline bool is_left_out(const options& o, const finding& f) {
    if (!o.bookkeeping && f.change == change_kind::drop_table && is_bookkeeping(f.table)) return true;
    return is_ignored(o, f.kind, f.table, f.object);
}

/// Tells whether a kind can be known only from the stored text of a table, an index, a view or a trigger.
inline bool needs_text(change_kind kind) {
    using enum change_kind;
    switch (kind) {
    case column_generated_expression:
    case constraint_on_conflict:
    case unique_name:
    case add_check:
    case drop_check:
    case check_expression:
    case check_name:
    case foreign_key_deferrable:
    case foreign_key_name:
    case index_predicate:
    case index_expression:
    case view_definition:
    case trigger_definition: return true;
    default: return false;
    }
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/detail/value_list.hpp

namespace autopack_schema::drift::detail {

/// The values of a condition `x IN ('a', 'b')`, and its column; without values it is something else.
struct value_list {
    std::string column{};
    std::vector<std::string> values{};
};

/// Reads a condition of exactly that form, parentheses around it left out.
inline value_list read_value_list(std::string_view expression) {
    std::vector<sql::token> tokens = sql::tokenize(expression);
    while (tokens.size() > 2 && tokens.front().is("(") && tokens.back().is(")")) {
        tokens.erase(tokens.begin());
        tokens.pop_back();
    }
    value_list found;
    if (tokens.size() < 5 || !tokens[0].is_name() || !tokens[1].is_word("in") || !tokens[2].is("(")) return {};
    found.column = sql::unquote(tokens[0].text);
    for (std::size_t i = 3; i + 1 < tokens.size(); i += 2) {
        const sql::token_kind kind = tokens[i].kind;
        if (kind != sql::token_kind::string && kind != sql::token_kind::integer) return {};
        if (!tokens[i + 1].is(",") && i + 2 != tokens.size()) return {};
        found.values.emplace_back(sql::unquote(tokens[i].text));
    }
    return found;
}

/// Tells whether a list of allowed values lacks one that another list of the same column has.
inline bool lacks_value(std::string_view narrow, std::string_view wide) {
    const value_list have = read_value_list(narrow);
    const value_list want = read_value_list(wide);
    if (have.values.empty() || want.values.empty()) return false;
    if (!model::same_name(have.column, want.column)) return false;
    return std::ranges::any_of(want.values, [&have](const std::string& value) {
        return std::ranges::find(have.values, value) == have.values.end();
    });
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/detail/judge.hpp

namespace autopack_schema::drift::detail {

/// A column that the code does not know stops every INSERT when it wants a value and has none of its own.
inline severity judge_extra_column(const drift_case& c) {
    const model::column& extra = *c.actual_column();
    const bool needs_value = c.actual_refuses_null(extra) && !extra.default_to.present() &&
                             extra.generated == model::generated_kind::none && !c.actual_is_rowid(extra);
    return needs_value ? severity::breaking : severity::extra;
}

/// Without its default, a NOT NULL column stops every INSERT that leaves it out.
inline severity judge_default(const drift_case& c) {
    const auto fills = [](const model::default_value& d) {
        return d.present() && d.kind != model::default_kind::null;
    };
    const model::column& actual = *c.actual_column();
    const bool lost = fills(c.expected_column()->default_to) && !fills(actual.default_to);
    return lost && c.actual_refuses_null(actual) ? severity::breaking : severity::semantic;
}

/// REPLACE and IGNORE make rows vanish without an error.
inline severity judge_conflict(const drift_case& c) {
    const auto silent = [](model::conflict x) {
        return x == model::conflict::replace || x == model::conflict::ignore;
    };
    const auto clause = [&c](const model::schema& s, const model::table& t, std::uint32_t at) {
        if (c.what.what == element::primary_key) return t.key.on_conflict;
        return c.what.what == element::unique ? s.uniques[at].on_conflict : s.columns[at].on_null;
    };
    const bool hidden = silent(clause(c.expected, *c.expected_table(), c.what.to)) ||
                        silent(clause(c.actual, *c.actual_table(), c.what.from));
    return hidden ? severity::breaking : severity::semantic;
}

/// An action that changes or deletes rows where the code expects none, or another one.
inline severity judge_on_delete(const drift_case& c) {
    const model::fk_action actual = c.actual_foreign_key()->on_delete;
    const bool harmless = actual == model::fk_action::no_action || actual == model::fk_action::restrict;
    return harmless ? severity::semantic : severity::breaking;
}

/// A list of allowed values that lacks one which the code writes refuses that row.
inline severity judge_check(const drift_case& c) {
    const bool narrower = lacks_value(c.actual.checks[c.what.from].expression, c.expected.checks[c.what.to].expression);
    return narrower ? severity::breaking : severity::semantic;
}

inline bool is_unique_index(const drift_case& c) {
    const model::index* const expected = c.expected_index();
    const model::index* const actual = c.actual_index();
    return (expected != nullptr && expected->unique) || (actual != nullptr && actual->unique);
}

/// Judges how much a change matters, from its kind and from what is around it.
inline severity judge(const drift_case& c) {
    using enum change_kind;
    const severity usual = facts_of(c.what.kind).level;
    switch (c.what.kind) {
    case drop_column: return judge_extra_column(c);
    case column_default: return judge_default(c);
    case constraint_on_conflict: return judge_conflict(c);
    case foreign_key_on_delete: return judge_on_delete(c);
    case check_expression: return judge_check(c);
    case table_strict: return c.actual_table()->strict ? severity::breaking : usual;
    case table_virtual: return c.actual_table()->kind != c.expected_table()->kind ? severity::breaking : usual;
    case add_index:
    case drop_index:
    case index_columns:
    case index_collation:
    case index_predicate:
    case index_expression: return is_unique_index(c) ? severity::breaking : usual;
    default: return usual;
    }
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/detail/renames.hpp

namespace autopack_schema::drift::detail {

/// A finding with the case that it came from.
struct judged {
    drift_case what;
    finding found;
};

/// How many single-character edits make one name of another; names differ in little or by a word.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (model::fold(a[i - 1]) == model::fold(b[j - 1]) ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

/// Tells whether one name looks like a spelling of the other: few edits, or one is a part of the other.
inline bool alike(std::string_view a, std::string_view b) {
    constexpr std::size_t longest = 200; // names beyond that are nobody's typing
    if (a.size() > longest || b.size() > longest || a.empty() || b.empty()) return false;
    if (a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos) return true;
    return edit_distance(a, b) * 3 <= std::max(a.size(), b.size());
}

inline bool same_shape(const drift_case& missing, const drift_case& extra) {
    const model::column& wanted = *missing.expected_column();
    const model::column& old = *extra.actual_column();
    const table_scope is{missing.expected, *missing.expected_table()};
    const table_scope was{extra.actual, *extra.actual_table()};
    const auto& rules = missing.options.dialect.rules;
    return rules.same_type(old, was, wanted, is) && rules.not_null(was, old) == rules.not_null(is, wanted) &&
           old.generated == wanted.generated;
}

/// Tells whether a missing column may be an extra one of the same table under its old name.
inline bool may_be_renamed_column(const drift_case& missing, const drift_case& extra) {
    if (missing.what.to_table != extra.what.to_table || !same_shape(missing, extra)) return false;
    const bool same_place = missing.what.to - missing.expected_table()->columns.first ==
                            extra.what.from - extra.actual_table()->columns.first;
    return same_place || alike(missing.expected_column()->name, extra.actual_column()->name);
}

/// Tells whether a missing table may be an extra one under its old name: two thirds of the columns are the same.
inline bool may_be_renamed_table(const drift_case& missing, const drift_case& extra) {
    const auto wanted = missing.expected.columns_of(*missing.expected_table());
    const auto old = extra.actual.columns_of(*extra.actual_table());
    std::size_t shared = 0;
    for (const model::column& c : wanted) {
        if (model::find(old, c.name) != nullptr) ++shared;
    }
    const std::size_t most = std::max(wanted.size(), old.size());
    return shared != 0 && shared * 3 >= most * 2;
}

inline void point_out(judged& missing, judged& extra, std::string_view now, std::string_view before) {
    const std::string text = "perhaps " + autopack_schema::detail::quoted(before) + " was renamed to " +
                             autopack_schema::detail::quoted(now) + "; if so, say renamed_from(" +
                             autopack_schema::detail::quoted(before) + ")";
    missing.found.suggestion = text;
    extra.found.suggestion = text;
}

/// Points out what is missing under one name and there under another; each is used once.
inline void suggest_renames(std::vector<judged>& all) {
    using enum change_kind;
    for (judged& missing : all) {
        const change_kind kind = missing.what.what.kind;
        if (kind != add_table && kind != add_column) continue;
        for (judged& extra : all) {
            if (!missing.found.suggestion.empty() || !extra.found.suggestion.empty()) continue;
            if (kind == add_column && extra.what.what.kind == drop_column &&
                may_be_renamed_column(missing.what, extra.what)) {
                point_out(missing, extra, missing.what.expected_column()->name, extra.what.actual_column()->name);
            } else if (kind == add_table && extra.what.what.kind == drop_table &&
                       may_be_renamed_table(missing.what, extra.what)) {
                point_out(missing, extra, missing.what.expected_table()->name, extra.what.actual_table()->name);
            }
        }
    }
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/detail/order.hpp

namespace autopack_schema::drift::detail {

template <class T>
std::size_t position_in(std::span<const T> items, std::string_view wanted) {
    const T* const found = model::find(items, model::name(wanted));
    return found == nullptr ? items.size() : static_cast<std::size_t>(found - items.data());
}

/// Where the findings of a table stand: as the tables are expected, then the extra ones, then views.
inline std::size_t table_rank(const model::schema& expected, const model::schema& actual, const finding& f) {
    const std::size_t own = position_in(expected.tables, f.table);
    if (own < expected.tables.size()) return own;
    const std::size_t extra = position_in(actual.tables, f.table);
    return own + extra + (f.table.empty() ? 1 : 0);
}

/// Sorts findings by table and leaves their order within a table, which is that of the diff.
inline void sort_findings(const model::schema& expected, const model::schema& actual, std::vector<judged>& all) {
    std::vector<std::pair<std::size_t, std::size_t>> order;
    for (std::size_t i = 0; i < all.size(); ++i) order.emplace_back(table_rank(expected, actual, all[i].found), i);
    std::ranges::sort(order);
    std::vector<judged> sorted;
    sorted.reserve(all.size());
    for (const auto& [rank, at] : order) sorted.push_back(all[at]);
    all.swap(sorted);
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/detail/describe.hpp

// Pieces of a schema as a report shows them: close to SQL, never executed.

namespace autopack_schema::drift::detail {

inline std::string number_text(double value) {
    std::array<char, 40> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return std::string(digits.data(), end);
}

inline std::string literal_text(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c;
        if (c == '\'') out += c;
    }
    return out + "'";
}

inline std::string default_text(const model::default_value& d) {
    using enum model::default_kind;
    switch (d.kind) {
    case none: return "no default";
    case null: return "DEFAULT NULL";
    case integer: return "DEFAULT " + std::to_string(d.integer);
    case real: return "DEFAULT " + number_text(d.real);
    case text: return "DEFAULT " + literal_text(d.text);
    case blob: return "DEFAULT x'" + std::string(d.text) + "'";
    case expression: return "DEFAULT (" + std::string(d.text) + ")";
    }
    return "no default";
}

inline std::string type_text(const dialect& sql, const model::column& c, bool strict) {
    const std::string_view name = c.type.declared.empty() ? sql.type_name(c.type, strict) : c.type.declared;
    return name.empty() ? "no type" : std::string(name);
}

inline std::string_view conflict_text(model::conflict c) {
    constexpr std::array<std::string_view, 6> names{"ON CONFLICT ABORT",  "ON CONFLICT ROLLBACK", "ON CONFLICT ABORT",
                                                    "ON CONFLICT FAIL",   "ON CONFLICT IGNORE",   "ON CONFLICT REPLACE"};
    return names[static_cast<std::size_t>(c)];
}

inline std::string_view action_text(model::fk_action action) {
    constexpr std::array<std::string_view, 5> names{"NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"};
    return names[static_cast<std::size_t>(action)];
}

inline std::string_view generated_text(model::generated_kind kind) {
    constexpr std::array<std::string_view, 3> names{"not generated", "VIRTUAL", "STORED"};
    return names[static_cast<std::size_t>(kind)];
}

inline std::string_view deferral_text(model::deferral d) {
    constexpr std::array<std::string_view, 3> names{"NOT DEFERRABLE", "DEFERRABLE INITIALLY IMMEDIATE",
                                                    "DEFERRABLE INITIALLY DEFERRED"};
    return names[static_cast<std::size_t>(d)];
}

inline std::string column_text(const dialect& sql, const model::column& c, bool strict) {
    std::string text = type_text(sql, c, strict);
    if (!c.nullable) text += " NOT NULL";
    if (c.default_to.present()) text += ' ' + default_text(c.default_to);
    if (!c.collation.empty()) text += " COLLATE " + std::string(c.collation);
    if (c.generated != model::generated_kind::none) {
        text += " AS (" + std::string(c.generated_as) + ") " + std::string(generated_text(c.generated));
    }
    return text;
}

inline std::string part_text(const model::key_part& p) {
    std::string text(p.text.text);
    if (!p.collation.empty()) text += " COLLATE " + std::string(p.collation);
    if (p.descending) text += " DESC";
    return text;
}

inline std::string parts_text(std::span<const model::key_part> parts) {
    std::string text = "(";
    for (const model::key_part& p : parts) {
        if (text.size() > 1) text += ", ";
        text += part_text(p);
    }
    return text + ")";
}

inline std::string names_text(std::span<const model::name> names) {
    std::string text = "(";
    for (const model::name& n : names) {
        if (text.size() > 1) text += ", ";
        text += n.text;
    }
    return text + ")";
}

inline std::string index_text(const model::schema& s, const model::index& i) {
    std::string text = i.unique ? "UNIQUE INDEX " : "INDEX ";
    text += parts_text(s.parts_of(i));
    if (!i.where.empty()) text += " WHERE " + std::string(i.where);
    return text;
}

inline std::string foreign_key_text(const model::schema& s, const model::foreign_key& f) {
    std::string text = "FOREIGN KEY " + names_text(s.names_of(f.columns)) + " REFERENCES " + std::string(f.parent.text);
    if (f.parent_columns.count != 0) text += names_text(s.names_of(f.parent_columns));
    if (f.on_delete != model::fk_action::no_action) text += " ON DELETE " + std::string(action_text(f.on_delete));
    if (f.on_update != model::fk_action::no_action) text += " ON UPDATE " + std::string(action_text(f.on_update));
    if (f.defer == model::deferral::deferred) text += " DEFERRABLE INITIALLY DEFERRED";
    return text;
}

inline std::string table_text(const model::schema& s, const model::table& t) {
    if (t.kind == model::table_kind::virtual_) return "VIRTUAL TABLE USING " + std::string(t.module);
    std::string text = "TABLE (";
    bool first = true;
    for (const model::column& c : s.columns_of(t)) {
        if (!first) text += ", ";
        text += c.name.text;
        first = false;
    }
    return text + ")";
}

inline std::string view_text(const model::schema& s, const model::view& v) {
    std::string text = v.columns.count != 0 ? names_text(s.names_of(v.columns)) + " AS " : "";
    return text + std::string(v.definition);
}

inline std::string column_order_text(const model::schema& s, const model::table& t) {
    std::string text;
    for (const model::column& c : s.columns_of(t)) {
        if (!text.empty()) text += ", ";
        text += c.name.text;
    }
    return text;
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/detail/sides.hpp

namespace autopack_schema::drift::detail {

/// One side of a change: its schema, its table, the element.
struct side {
    const model::schema& schema;
    const drift::dialect& sql;
    const model::table* table; ///< nullptr: not there, or a view's
    element what;
    std::uint32_t at; ///< `no_element`: nothing is there
};

inline std::string rowid_text(const side& s) {
    const model::column& c = s.schema.columns[s.at];
    const std::string type = type_text(s.sql, c, s.table->strict);
    if (s.sql.rules.rowid_alias({s.schema, *s.table}, c)) return type + " PRIMARY KEY, the row number";
    const bool inline_desc = s.table->key.inline_descending && model::in_primary_key(s.schema, *s.table, c.name);
    return type + (inline_desc ? " PRIMARY KEY DESC, not the row number" : ", not the row number");
}

inline std::string null_text(const side& s) {
    const model::column& c = s.schema.columns[s.at];
    return s.sql.rules.not_null({s.schema, *s.table}, c) ? "NOT NULL" : "NULL allowed";
}

/// One aspect of a column, or all of it.
inline std::string column_side(const side& s, change_kind kind) {
    using enum change_kind;
    const model::column& c = s.schema.columns[s.at];
    switch (kind) {
    case rename_column:
    case column_name_case: return std::string(c.name.text);
    case column_type:
    case column_type_spelling: return type_text(s.sql, c, s.table->strict);
    case column_rowid_alias: return rowid_text(s);
    case column_not_null: return null_text(s);
    case column_default: return default_text(c.default_to);
    case column_autoincrement: return c.identity == model::identity_kind::none ? "no AUTOINCREMENT" : "AUTOINCREMENT";
    case column_collation: return "COLLATE " + std::string(c.collation.empty() ? s.sql.rules.default_collation : c.collation);
    case column_generated_kind: return std::string(generated_text(c.generated));
    case column_generated_expression: return "AS (" + std::string(c.generated_as) + ")";
    case constraint_on_conflict: return "NOT NULL " + std::string(conflict_text(c.on_null));
    default: return column_text(s.sql, c, s.table->strict);
    }
}

inline std::string table_side(const side& s, change_kind kind) {
    using enum change_kind;
    const model::table& t = s.schema.tables[s.at];
    switch (kind) {
    case rename_table:
    case table_name_case: return std::string(t.name.text);
    case table_without_rowid: return t.without_rowid ? "WITHOUT ROWID" : "with a rowid";
    case table_strict: return t.strict ? "STRICT" : "not STRICT";
    default: return table_text(s.schema, t);
    }
}

inline std::string foreign_key_side(const side& s, change_kind kind) {
    using enum change_kind;
    const model::foreign_key& f = s.schema.foreign_keys[s.at];
    switch (kind) {
    case foreign_key_on_delete: return "ON DELETE " + std::string(action_text(f.on_delete));
    case foreign_key_on_update: return "ON UPDATE " + std::string(action_text(f.on_update));
    case foreign_key_deferrable: return std::string(deferral_text(f.defer));
    case foreign_key_name: return f.name.empty() ? "no name" : "CONSTRAINT " + std::string(f.name.text);
    default: return foreign_key_text(s.schema, f);
    }
}

inline std::string unique_side(const side& s, change_kind kind) {
    const model::unique_constraint& u = s.schema.uniques[s.at];
    if (kind == change_kind::unique_name) return u.name.empty() ? "no name" : "CONSTRAINT " + std::string(u.name.text);
    std::string text = "UNIQUE " + parts_text(s.schema.parts_of(u));
    if (kind == change_kind::constraint_on_conflict) text += ' ' + std::string(conflict_text(u.on_conflict));
    return text;
}

inline std::string key_side(const side& s, change_kind kind) {
    const model::primary_key& key = s.schema.tables[s.at].key;
    if (!key.present()) return {};
    std::string text = "PRIMARY KEY " + parts_text(s.schema.parts_of(key));
    if (kind == change_kind::constraint_on_conflict) text += ' ' + std::string(conflict_text(key.on_conflict));
    return text;
}

inline std::string check_side(const side& s, change_kind kind) {
    const model::check_constraint& c = s.schema.checks[s.at];
    if (kind == change_kind::check_name) return c.name.empty() ? "no name" : "CONSTRAINT " + std::string(c.name.text);
    return "CHECK (" + std::string(c.expression) + ")";
}

inline std::string index_side(const side& s, change_kind kind) {
    const model::index& i = s.schema.indexes[s.at];
    return kind == change_kind::index_name ? std::string(i.name.text) : index_text(s.schema, i);
}

/// What a report shows of one side; empty where nothing is there.
inline std::string side_text(const side& s, change_kind kind) {
    if (kind == change_kind::column_order) return column_order_text(s.schema, *s.table);
    if (s.at == no_element) return {};
    switch (s.what) {
    case element::none: return {};
    case element::table: return table_side(s, kind);
    case element::column: return column_side(s, kind);
    case element::primary_key: return key_side(s, kind);
    case element::unique: return unique_side(s, kind);
    case element::check: return check_side(s, kind);
    case element::foreign_key: return foreign_key_side(s, kind);
    case element::index: return index_side(s, kind);
    case element::view: return view_text(s.schema, s.schema.views[s.at]);
    case element::trigger: return std::string(s.schema.triggers[s.at].definition);
    }
    return {};
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/detail/uncertain.hpp

namespace autopack_schema::drift::detail {

inline bool has_object(const model::schema& s, const model::unmodelled& o) {
    if (o.kind == "table") return model::find(s.tables, o.name) != nullptr;
    if (o.kind == "index") return model::find(s.indexes, o.name) != nullptr;
    if (o.kind == "view") return model::find(s.views, o.name) != nullptr;
    if (o.kind == "trigger") return model::find(s.triggers, o.name) != nullptr;
    return true;
}

inline void add_uncertain(const model::schema& side, const model::schema& other, const options& o,
                          std::vector<not_compared>& list) {
    for (const model::unmodelled& u : side.others) {
        if (!has_object(other, u)) continue; // nothing to compare it with: it is missing or extra as a whole
        const std::string_view table = u.kind == "table" ? u.name.text : std::string_view{};
        const std::string kind = std::string(u.kind) + ".definition";
        const bool known_tool = !o.bookkeeping && u.kind == "table" && is_bookkeeping(u.name.text);
        if (known_tool || is_ignored(o, kind, table, u.name.text)) continue;
        list.push_back({std::string(u.kind), std::string(u.name.text), std::string(u.reason)});
    }
}

/// Lists what one of the schemas could not express, where the other one has something to compare it with.
inline std::vector<not_compared> list_uncertain(const model::schema& expected, const model::schema& actual,
                                                const options& o) {
    std::vector<not_compared> list;
    add_uncertain(expected, actual, o, list);
    add_uncertain(actual, expected, o, list);
    return list;
}

inline bool mentions(const model::schema& s, std::string_view kind, std::string_view name) {
    return std::ranges::any_of(s.others, [&](const model::unmodelled& u) {
        return u.kind == kind && model::same_name(u.name.text, name);
    });
}

/// Tells whether a finding rests on a text that could not be understood; then it is no finding.
inline bool is_uncertain(const drift_case& c, const finding& f) {
    if (!needs_text(c.what.kind)) return false;
    const std::string_view kind = c.what.what == element::index     ? "index"
                                  : c.what.what == element::view    ? "view"
                                  : c.what.what == element::trigger ? "trigger"
                                                                    : "table";
    const std::string_view name = kind == "table" ? f.table : f.object;
    return mentions(c.expected, kind, name) || mentions(c.actual, kind, name);
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/check.hpp

namespace autopack_schema::drift {

namespace detail {

/// Makes a finding of a change.
inline finding describe(const drift_case& c) {
    const kind_facts& facts = facts_of(c.what.kind);
    const advice way = advise(c);
    const drift::dialect& sql = c.options.dialect;
    const element was = c.what.was == element::none ? c.what.what : c.what.was;
    finding f;
    f.code = facts.code;
    f.kind = drift_name(c.what.kind);
    f.level = judge(c);
    f.table = table_of(c.what, c.actual, c.expected);
    f.object = object_label(c.what, c.actual, c.expected);
    f.expected = side_text({c.expected, sql, c.expected_table(), c.what.what, c.what.to}, c.what.kind);
    f.actual = side_text({c.actual, sql, c.actual_table(), was, c.what.from}, c.what.kind);
    f.message = facts.consequence;
    f.advice = way.what;
    f.advice_text = way.text;
    f.change = c.what.kind;
    return f;
}

/// A trigger of a table that the code does not know is a part of that table.
inline bool belongs_to_extra(const drift_case& c) {
    if (c.what.kind != change_kind::drop_trigger) return false;
    const model::name& table = c.actual.triggers[c.what.from].table;
    return model::find(c.expected.tables, table) == nullptr && model::find(c.expected.views, table) == nullptr &&
           (model::find(c.actual.tables, table) != nullptr || model::find(c.actual.views, table) != nullptr);
}

inline std::vector<judged> judge_all(const model::schema& expected, const model::schema& actual, const options& o,
                                     report& out) {
    std::vector<judged> all;
    rules dialect = o.dialect.rules;
    dialect.exact_names = o.names == constraint_names::exact;
    for (const change& what : diff(actual, expected, dialect)) {
        const drift_case c{expected, actual, o, what};
        if (!wanted(what.kind, o) || belongs_to_extra(c)) continue;
        finding f = describe(c);
        if (is_uncertain(c, f)) continue;
        if (is_left_out(o, f)) {
            out.ignored.push_back(f.kind + ':' + f.object);
        } else {
            all.push_back({c, std::move(f)});
        }
    }
    return all;
}

} // namespace detail

/// Compares a live schema with the one that the code expects.
/// errors: S300 nothing was expected and nothing was there: nothing was compared
inline report check(const model::schema& expected, const model::schema& live, const options& o = {}) {
    report out;
    out.schema = expected.name;
    out.version = expected.version;
    out.fail_on = o.fail_on;
    out.compared = detail::count_objects(expected, live);
    out.not_compared = detail::list_uncertain(expected, live, o);
    std::vector<detail::judged> all = detail::judge_all(expected, live, o, out);
    detail::suggest_renames(all);
    detail::sort_findings(expected, live, all);
    for (detail::judged& j : all) out.findings.push_back(std::move(j.found));
    if (out.findings.empty() && expected.tables.empty() && expected.views.empty()) {
        throw error({.code = "S300",
                     .what_happened = "nothing was compared: the expected schema has no tables and no views",
                     .advice = "check which schema the check was given"});
    }
    return out;
}

} // namespace autopack_schema::drift

// ---- autopack_schema/inspect/detail/catalog.hpp

namespace autopack_schema::detail {

/// A column as SQLite's own catalogue tells it.
struct catalog_column {
    std::string_view name{};
    std::string_view type{};
    std::string_view default_text{};
    std::string_view collation{}; ///< from sqlite3_table_column_metadata; empty where it said nothing
    bool not_null = false;
    bool has_default = false;
    bool autoincrement = false;
    int key_position = 0; ///< 1 for the first column of the primary key, 0 outside of it
    int hidden = 0;       ///< 1 virtual table's own, 2 generated VIRTUAL, 3 generated STORED
};

/// A key part of an index.
struct catalog_part {
    std::string_view name{}; ///< empty: an expression or the rowid
    std::string_view collation{};
    bool expression = false;
    bool descending = false;
};

/// Where an index comes from.
enum class index_origin : std::uint8_t { statement, unique, primary_key };

struct catalog_index {
    std::string_view name{};
    index_origin origin = index_origin::statement;
    bool unique = false;
    bool partial = false;
    std::vector<catalog_part> parts{};
};

struct catalog_foreign_key {
    std::string_view parent{};
    std::string_view on_update{};
    std::string_view on_delete{};
    std::vector<std::string_view> columns{};
    std::vector<std::string_view> parent_columns{}; ///< an empty one: the parent's primary key
};

/// What `sqlite_schema` and `table_list` say of an object; tables also hold what the other pragmas said.
struct catalog_object {
    enum class sort : std::uint8_t { table, virtual_table, shadow_table, index, view, trigger, unknown };

    sort what = sort::unknown;
    std::int64_t rowid = 0;
    std::string_view name{};
    std::string_view table{}; ///< the table of an index or a trigger
    std::string_view sql{};
    std::string_view problem{}; ///< why its details could not be read; empty: they were
    bool without_rowid = false;
    bool strict = false;
    std::vector<catalog_column> columns{};
    std::vector<catalog_index> indexes{};
    std::vector<catalog_foreign_key> foreign_keys{};
};

/// All that SQLite itself says of a database.
struct catalog {
    std::vector<catalog_object> objects{};
    std::vector<model::unmodelled> elsewhere{}; ///< objects of the temp database and of attached ones
    model::text_arena text{};
};

} // namespace autopack_schema::detail

// ---- autopack_schema/inspect/detail/agree.hpp

// Holds what the stored text says against what SQLite itself says. An empty answer means that they agree.

namespace autopack_schema::detail {

inline bool same_collation_name(std::string_view a, std::string_view b) {
    constexpr std::string_view usual = "BINARY";
    return model::same_name(a.empty() ? usual : a, b.empty() ? usual : b);
}

inline std::string_view column_disagreement(const table_scope& scope, const model::column& c,
                                            const catalog_column& seen) {
    constexpr std::array<model::generated_kind, 4> generated{model::generated_kind::none, model::generated_kind::none,
                                                             model::generated_kind::virtual_,
                                                             model::generated_kind::stored};
    const auto& rules = sql::sqlite::rules;
    if (c.name.text != seen.name) return "a column's name";
    if (sql::sqlite::affinity_of(c.type.declared) != sql::sqlite::affinity_of(seen.type)) return "a column's type";
    if (!c.nullable && !seen.not_null) return "NOT NULL";
    if (seen.not_null && c.nullable && !rules.not_null(scope, c)) return "NOT NULL";
    if (c.default_to.present() != seen.has_default) return "a default";
    if (seen.hidden >= 0 && seen.hidden < 4 && c.generated != generated[static_cast<std::size_t>(seen.hidden)]) {
        return "a generated column";
    }
    if (!seen.collation.empty() && !same_collation_name(c.collation, seen.collation)) return "a collation";
    if ((c.identity == model::identity_kind::autoincrement) != seen.autoincrement) return "AUTOINCREMENT";
    return {};
}

inline std::string_view key_disagreement(const table_scope& scope, const catalog_object& seen) {
    const auto parts = scope.schema.parts_of(scope.table.key);
    std::size_t in_key = 0;
    for (const catalog_column& c : seen.columns) {
        if (c.key_position == 0) continue;
        ++in_key;
        const auto at = static_cast<std::size_t>(c.key_position) - 1;
        if (at >= parts.size() || !model::same_name(parts[at].text, c.name)) return "the primary key";
    }
    return in_key == parts.size() ? "" : "the primary key";
}

inline bool same_index_columns(std::span<const model::key_part> parts, std::span<const catalog_part> seen) {
    return std::ranges::equal(parts, seen, [](const model::key_part& p, const catalog_part& s) {
        return !s.expression && model::same_name(p.text, s.name) && p.descending == s.descending;
    });
}

/// Every automatic index must have its constraint; a constraint can share the index of another one.
inline std::string_view unique_disagreement(const table_scope& scope, const catalog_object& seen) {
    std::size_t automatic = 0;
    for (const catalog_index& index : seen.indexes) {
        if (index.origin != index_origin::unique) continue;
        ++automatic;
        const bool known = std::ranges::any_of(scope.schema.uniques_of(scope.table), [&](const auto& u) {
            return same_index_columns(scope.schema.parts_of(u), index.parts);
        });
        if (!known) return "a UNIQUE constraint";
    }
    const std::size_t written = scope.table.uniques.count;
    return automatic <= written && (written == 0 || !seen.indexes.empty()) ? "" : "a UNIQUE constraint";
}

inline model::fk_action action_from(std::string_view name) {
    if (name == "CASCADE") return model::fk_action::cascade;
    if (name == "SET NULL") return model::fk_action::set_null;
    if (name == "SET DEFAULT") return model::fk_action::set_default;
    return name == "RESTRICT" ? model::fk_action::restrict : model::fk_action::no_action;
}

inline bool same_name_list(std::span<const model::name> names, std::span<const std::string_view> seen) {
    return std::ranges::equal(names, seen, [](const model::name& n, std::string_view s) {
        return model::same_name(n.text, s);
    });
}

inline bool same_foreign_key(const model::schema& s, const model::foreign_key& f, const catalog_foreign_key& seen) {
    const bool implied = f.parent_columns.count == 0;
    const bool same_parents = implied ? std::ranges::all_of(seen.parent_columns, &std::string_view::empty)
                                      : same_name_list(s.names_of(f.parent_columns), seen.parent_columns);
    return same_parents && model::same_name(f.parent.text, seen.parent) &&
           same_name_list(s.names_of(f.columns), seen.columns) && f.on_delete == action_from(seen.on_delete) &&
           f.on_update == action_from(seen.on_update);
}

inline std::string_view foreign_key_disagreement(const table_scope& scope, const catalog_object& seen) {
    const auto written = scope.schema.foreign_keys_of(scope.table);
    if (written.size() != seen.foreign_keys.size()) return "a foreign key";
    for (const catalog_foreign_key& key : seen.foreign_keys) {
        const bool known = std::ranges::any_of(written, [&](const model::foreign_key& f) {
            return same_foreign_key(scope.schema, f, key);
        });
        if (!known) return "a foreign key";
    }
    return {};
}

/// Says in what the text of a table, as it was understood, disagrees with SQLite.
inline std::string_view table_disagreement(const table_scope& scope, const catalog_object& seen) {
    const auto columns = scope.schema.columns_of(scope.table);
    if (columns.size() != seen.columns.size()) return "the number of columns";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string_view found = column_disagreement(scope, columns[i], seen.columns[i]);
        if (!found.empty()) return found;
    }
    if (scope.table.without_rowid != seen.without_rowid) return "WITHOUT ROWID";
    if (scope.table.strict != seen.strict) return "STRICT";
    for (const auto compare : {key_disagreement, unique_disagreement, foreign_key_disagreement}) {
        const std::string_view found = compare(scope, seen);
        if (!found.empty()) return found;
    }
    return {};
}

/// Says in what the text of an index disagrees with SQLite.
inline std::string_view index_disagreement(const model::index& i, std::span<const model::key_part> parts,
                                           const catalog_index& seen) {
    if (i.unique != seen.unique) return "UNIQUE";
    if (i.where.empty() == seen.partial) return "the predicate";
    if (parts.size() != seen.parts.size()) return "the number of columns";
    for (std::size_t p = 0; p < parts.size(); ++p) {
        if (parts[p].is_expression != seen.parts[p].expression) return "an expression";
        if (!parts[p].is_expression && !model::same_name(parts[p].text, seen.parts[p].name)) return "a column";
        if (parts[p].descending != seen.parts[p].descending) return "DESC";
        if (!parts[p].collation.empty() && !same_collation_name(parts[p].collation, seen.parts[p].collation)) {
            return "a collation";
        }
    }
    return {};
}

} // namespace autopack_schema::detail

// ---- autopack_schema/inspect/detail/from_catalog.hpp

// Makes a model of what SQLite itself says, for what the stored text does not tell.

namespace autopack_schema::detail {

inline model::column column_from(const catalog_column& seen, bool strict, model::text_arena& text) {
    model::column c;
    c.name = seen.name;
    c.type = sql::sqlite::data_type_of(seen.type, strict);
    c.nullable = !seen.not_null;
    if (seen.has_default) c.default_to = sql::sqlite::detail::read_default(seen.default_text, text);
    if (seen.hidden == 2) c.generated = model::generated_kind::virtual_;
    if (seen.hidden == 3) c.generated = model::generated_kind::stored;
    if (!same_collation_name(seen.collation, {})) c.collation = seen.collation;
    if (seen.autoincrement) c.identity = model::identity_kind::autoincrement;
    return c;
}

inline std::vector<model::key_part> parts_from(const catalog_index& seen) {
    std::vector<model::key_part> parts;
    for (const catalog_part& p : seen.parts) {
        model::key_part part;
        part.text = p.name;
        part.is_expression = p.expression;
        part.descending = p.descending;
        part.collation = p.collation;
        parts.push_back(part);
    }
    return parts;
}

inline std::vector<model::key_part> key_from(const catalog_object& seen) {
    std::vector<model::key_part> parts;
    for (const catalog_column& c : seen.columns) {
        const auto at = static_cast<std::size_t>(c.key_position);
        if (at == 0 || at > seen.columns.size()) continue;
        if (parts.size() < at) parts.resize(at);
        parts[at - 1].text = c.name;
    }
    for (const catalog_index& i : seen.indexes) {
        if (i.origin != index_origin::primary_key || i.parts.size() != parts.size()) continue;
        for (std::size_t p = 0; p < parts.size(); ++p) parts[p].descending = i.parts[p].descending;
    }
    return parts;
}

/// The key of a column of type INTEGER that has an index is the one written `PRIMARY KEY DESC` at the column.
inline bool is_inline_descending(const catalog_object& seen) {
    for (const catalog_index& i : seen.indexes) {
        if (i.origin != index_origin::primary_key || i.parts.size() != 1 || seen.without_rowid) continue;
        for (const catalog_column& c : seen.columns) {
            if (model::same_name(c.name, i.parts[0].name) && model::same_name(c.type, "INTEGER")) return true;
        }
    }
    return false;
}

inline void add_uniques_from(const catalog_object& seen, model::builder& to) {
    for (const catalog_index& i : seen.indexes) {
        if (i.origin == index_origin::unique) to.add_unique({}, parts_from(i));
    }
}

inline void add_foreign_keys_from(const catalog_object& seen, model::builder& to) {
    for (const catalog_foreign_key& key : seen.foreign_keys) {
        model::foreign_key f;
        f.parent = key.parent;
        f.on_delete = action_from(key.on_delete);
        f.on_update = action_from(key.on_update);
        const std::vector<model::name> columns(key.columns.begin(), key.columns.end());
        std::vector<model::name> parents(key.parent_columns.begin(), key.parent_columns.end());
        if (!parents.empty() && parents.front().empty()) parents.clear();
        to.add_foreign_key(f, columns, parents);
    }
}

/// Adds a table with its columns, keys, UNIQUE constraints and foreign keys.
inline void add_table_from(const catalog_object& seen, model::builder& to, model::text_arena& text) {
    model::table t;
    t.name = seen.name;
    t.without_rowid = seen.without_rowid;
    t.strict = seen.strict;
    t.sql = seen.sql;
    to.add_table(t);
    for (const catalog_column& c : seen.columns) to.add_column(column_from(c, seen.strict, text));
    const std::vector<model::key_part> key = key_from(seen);
    model::primary_key primary;
    primary.inline_descending = is_inline_descending(seen);
    if (!key.empty()) to.set_primary_key(primary, key);
    add_uniques_from(seen, to);
    add_foreign_keys_from(seen, to);
}

/// Adds a virtual table; what the module hides is left out.
inline void add_virtual_table_from(const catalog_object& seen, std::string_view module, model::builder& to,
                                   model::text_arena& text) {
    model::table t;
    t.name = seen.name;
    t.kind = model::table_kind::virtual_;
    t.module = module;
    t.sql = seen.sql;
    to.add_table(t);
    for (const catalog_column& c : seen.columns) {
        if (c.hidden != 1) to.add_column(column_from(c, false, text));
    }
}

} // namespace autopack_schema::detail

// ---- autopack_schema/inspect/detail/stored_text.hpp

namespace autopack_schema::detail {

/// The stored statements of a database as the parser understood them.
/// shape: tables are in `tables`, with their columns and constraints; what is not in it was not understood
class stored_texts {
public:
    explicit stored_texts(const catalog& seen) {
        if (!read_at_once(seen)) read_one_by_one(seen);
        for (const sql::sqlite::parsed_schema& part : parts_) take(part);
    }

    /// The tables, without their indexes; views and triggers.
    model::schema schema() const { return schema_.view_of(); }

    const sql::sqlite::parsed_index* index(std::string_view name) const {
        const auto found = indexes_.find(name);
        return found == indexes_.end() ? nullptr : found->second;
    }

private:
    /// A statement by itself on its lines: a comment may be the last thing in it.
    static void append(std::string& text, std::string_view sql) {
        text += sql;
        text += "\n;\n";
    }

    bool read_at_once(const catalog& seen) {
        std::string text;
        for (const catalog_object& o : seen.objects) append(text, o.sql);
        try {
            parts_.push_back(sql::sqlite::read_statements(text));
            return true;
        } catch (const error&) {
            return false; // one of them is beyond the parser
        }
    }

    void read_one_by_one(const catalog& seen) {
        for (const catalog_object& o : seen.objects) {
            try {
                std::string text;
                append(text, o.sql);
                parts_.push_back(sql::sqlite::read_statements(text));
            } catch (const error&) { // the assembler misses it and says so
            }
        }
    }

    void take(const sql::sqlite::parsed_schema& part) {
        const std::vector<sql::sqlite::parsed_index> none;
        for (const sql::sqlite::parsed_table& t : part.tables) add_to(schema_, t, none);
        for (const sql::sqlite::parsed_index& i : part.indexes) indexes_.emplace(i.index.name.text, &i);
        for (const sql::sqlite::parsed_view& v : part.views) schema_.add_view(v.view, v.columns);
        for (const model::trigger& t : part.triggers) schema_.add_trigger(t);
    }

    std::vector<sql::sqlite::parsed_schema> parts_;
    std::unordered_map<std::string_view, const sql::sqlite::parsed_index*> indexes_;
    model::builder schema_;
};

} // namespace autopack_schema::detail

// ---- autopack_schema/inspect/detail/assemble.hpp

namespace autopack_schema::detail {

/// Puts a snapshot together from SQLite's catalogue and from the stored texts as they were understood.
/// shape: the catalogue decides what there is; where the text says something else, the catalogue is believed and the
///        object is listed as one that could not be compared
class assembler {
public:
    assembler(const catalog& seen, const stored_texts& texts) : seen_(seen), texts_(texts), written_(texts.schema()) {
        for (const catalog_object& o : seen.objects) {
            if (o.what == sort::index) indexes_of_[o.table].push_back(&o);
        }
        for (const model::table& t : written_.tables) tables_.emplace(t.name.text, &t);
    }

    model::snapshot assemble() {
        for (const catalog_object& o : seen_.objects) {
            if (is_internal(o)) continue;
            if (o.what == sort::table) add_table(o);
            if (o.what == sort::virtual_table) add_virtual_table(o);
        }
        for (const catalog_object& o : seen_.objects) {
            if (is_internal(o)) continue;
            if (o.what == sort::view) add_view(o);
            if (o.what == sort::trigger) add_trigger(o);
        }
        for (const model::unmodelled& o : seen_.elsewhere) result_.content().add_other(o);
        result_.own_text();
        return std::move(result_);
    }

private:
    using sort = catalog_object::sort;

    /// Tables, indexes and triggers of SQLite itself; a view cannot have such a name.
    static bool is_internal(const catalog_object& o) {
        return model::same_name(o.name.substr(0, 7), "sqlite_") || model::same_name(o.table.substr(0, 7), "sqlite_");
    }

    void distrust(std::string_view kind, const catalog_object& o, std::string_view what) {
        const std::string reason = what.empty() ? "its text could not be understood"
                                                : "its text and SQLite disagree on " + std::string(what);
        result_.content().add_other({kind, o.name, o.sql, result_.keep(reason)});
    }

    void add_table(const catalog_object& o) {
        const auto found = tables_.find(o.name);
        const model::table* const t = found != tables_.end() ? found->second : nullptr;
        const std::string_view problem = t != nullptr ? table_disagreement({written_, *t}, o) : std::string_view{};
        if (t == nullptr || t->kind != model::table_kind::ordinary || !problem.empty()) {
            add_table_from(o, result_.content(), text_);
            distrust("table", o, problem);
        } else {
            add_written_table(*t, o);
        }
        add_indexes(o);
    }

    void add_written_table(const model::table& t, const catalog_object& o) {
        model::builder& to = result_.content();
        model::table& added = to.add_table(t);
        added.sql = o.sql;
        added.name = o.name;
        for (const model::column& c : written_.columns_of(t)) to.add_column(c);
        if (t.key.present()) to.set_primary_key(t.key, written_.parts_of(t.key));
        for (const auto& u : written_.uniques_of(t)) to.add_unique(u, written_.parts_of(u));
        for (const auto& c : written_.checks_of(t)) to.add_check(c);
        for (const auto& f : written_.foreign_keys_of(t)) {
            to.add_foreign_key(f, written_.names_of(f.columns), written_.names_of(f.parent_columns));
        }
    }

    /// Adds the indexes of the table that was added last, in the order in which they were made.
    void add_indexes(const catalog_object& table) {
        const auto stored = indexes_of_.find(table.name);
        if (stored == indexes_of_.end()) return;
        for (const catalog_object* o : stored->second) {
            const auto facts = std::ranges::find(table.indexes, o->name, &catalog_index::name);
            if (!o->sql.empty() && facts != table.indexes.end()) add_index(*o, *facts);
        }
    }

    void add_index(const catalog_object& o, const catalog_index& facts) {
        const sql::sqlite::parsed_index* const written = texts_.index(o.name);
        model::index i;
        i.name = o.name;
        i.unique = facts.unique;
        i.sql = o.sql;
        const std::string_view problem =
            written != nullptr ? index_disagreement(written->index, written->parts, facts) : std::string_view{};
        if (written == nullptr || !problem.empty()) {
            result_.content().add_index(i, parts_from(facts));
            return distrust("index", o, problem);
        }
        i.where = written->index.where;
        result_.content().add_index(i, written->parts);
    }

    void add_virtual_table(const catalog_object& o) {
        const auto found = tables_.find(o.name);
        const bool known = found != tables_.end() && found->second->kind == model::table_kind::virtual_;
        add_virtual_table_from(o, known ? found->second->module : std::string_view{}, result_.content(),
                               text_);
        if (!o.problem.empty()) {
            result_.content().add_other({"table", o.name, o.sql, o.problem});
        } else if (!known) {
            distrust("table", o, {});
        }
    }

    void add_view(const catalog_object& o) {
        const model::view* const written = model::find(written_.views, o.name);
        model::view v = written != nullptr ? *written : model::view{};
        v.name = o.name;
        v.sql = o.sql;
        if (written == nullptr) v.definition = o.sql;
        result_.content().add_view(v, written != nullptr ? written_.names_of(written->columns)
                                                         : std::span<const model::name>{});
        if (written == nullptr) distrust("view", o, {});
    }

    void add_trigger(const catalog_object& o) {
        const model::trigger* const written = model::find(written_.triggers, o.name);
        model::trigger t = written != nullptr ? *written : model::trigger{};
        t.name = o.name;
        t.table = o.table;
        t.sql = o.sql;
        if (written == nullptr) t.definition = o.sql;
        result_.content().add_trigger(t);
        if (written == nullptr) distrust("trigger", o, {});
    }

    const catalog& seen_;
    const stored_texts& texts_;
    model::schema written_;
    model::text_arena text_; ///< until the snapshot owns its text
    std::unordered_map<std::string_view, std::vector<const catalog_object*>> indexes_of_;
    std::unordered_map<std::string_view, const model::table*> tables_;
    model::snapshot result_;
};

} // namespace autopack_schema::detail

// ---- autopack_schema/inspect/detail/elsewhere.hpp

namespace autopack_schema::detail {

/// Lists the objects of the TEMP database and of attached ones, which are not read.
inline void list_elsewhere(sqlite::connection& database, catalog& to) {
    std::vector<std::string> names;
    sqlite::statement list = database.prepare("SELECT name FROM pragma_database_list WHERE name <> 'main'");
    while (list.step()) names.emplace_back(list.column_text(0));
    for (const std::string& name : names) {
        const std::string table = name == "temp" ? "sqlite_temp_schema" : sqlite::quote_identifier(name) + ".sqlite_schema";
        sqlite::statement rows = database.prepare("SELECT type, name, sql FROM " + table + " WHERE sql IS NOT NULL");
        const std::string_view reason = to.text.keep("it is in the database \"" + name + "\", only main is read");
        while (rows.step()) {
            to.elsewhere.push_back({to.text.keep(rows.column_text(0)), to.text.keep(rows.column_text(1)),
                                    to.text.keep(rows.column_text(2)), reason});
        }
    }
}

} // namespace autopack_schema::detail

// ---- autopack_schema/inspect/detail/read_catalog.hpp

namespace autopack_schema::detail {

inline constexpr std::string_view read_objects =
    "SELECT rowid, type, name, tbl_name, rootpage, sql FROM main.sqlite_schema ORDER BY rowid";
inline constexpr std::string_view read_table_list =
    "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'";
inline constexpr std::string_view read_columns =
    "SELECT s.rowid, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden FROM main.sqlite_schema AS s "
    "CROSS JOIN pragma_table_xinfo(s.name, 'main') AS x WHERE s.type = 'table' AND s.rootpage <> 0 ORDER BY s.rowid";
inline constexpr std::string_view read_virtual_columns =
    "SELECT s.rowid, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden FROM main.sqlite_schema AS s "
    "CROSS JOIN pragma_table_xinfo(s.name, 'main') AS x WHERE s.type = 'table' AND s.rootpage = 0 "
    "AND s.rowid >= ?1 AND s.rowid <= ?2 ORDER BY s.rowid";
inline constexpr std::string_view read_indexes =
    "SELECT s.rowid, l.name, l.\"unique\", l.origin, l.partial, x.cid, x.name, x.\"desc\", x.coll "
    "FROM main.sqlite_schema AS s CROSS JOIN pragma_index_list(s.name, 'main') AS l "
    "CROSS JOIN pragma_index_xinfo(l.name, 'main') AS x "
    "WHERE s.type = 'table' AND s.rootpage <> 0 AND x.key = 1 ORDER BY s.rowid";
inline constexpr std::string_view read_foreign_keys =
    "SELECT s.rowid, f.id, f.\"table\", f.\"from\", f.\"to\", f.on_update, f.on_delete FROM main.sqlite_schema AS s "
    "CROSS JOIN pragma_foreign_key_list(s.name, 'main') AS f WHERE s.type = 'table' AND s.rootpage <> 0 "
    "ORDER BY s.rowid";

/// Reads a catalogue through one connection, statement by statement.
/// shape: six statements whatever the number of objects, but for virtual tables whose module does not answer
class catalog_reader {
public:
    explicit catalog_reader(sqlite::connection& database) : database_(database) {}

    catalog read() {
        objects();
        table_list();
        columns(read_columns);
        virtual_columns();
        indexes();
        foreign_keys();
        for (catalog_object& object : read_.objects) metadata(object);
        return std::move(read_);
    }

private:
    using sort = catalog_object::sort;

    static sort sort_of(std::string_view type, bool has_pages) {
        if (type == "table") return has_pages ? sort::table : sort::virtual_table;
        if (type == "index") return sort::index;
        if (type == "view") return sort::view;
        if (type == "trigger") return sort::trigger;
        return sort::unknown;
    }

    std::string_view keep(const sqlite::statement& row, int column) { return read_.text.keep(row.column_text(column)); }

    void objects() {
        sqlite::statement rows = database_.prepare(read_objects);
        while (rows.step()) {
            catalog_object& object = read_.objects.emplace_back();
            object.rowid = rows.column_int64(0);
            object.what = sort_of(rows.column_text(1), rows.column_int64(4) != 0);
            object.name = keep(rows, 2);
            object.table = keep(rows, 3);
            object.sql = keep(rows, 5);
        }
    }

    void table_list() {
        std::unordered_map<std::string_view, catalog_object*> by_name;
        for (catalog_object& object : read_.objects) {
            if (object.what == sort::table || object.what == sort::virtual_table) by_name.emplace(object.name, &object);
        }
        sqlite::statement rows = database_.prepare(read_table_list);
        while (rows.step()) {
            const auto found = by_name.find(rows.column_text(0));
            if (found == by_name.end()) continue;
            if (rows.column_text(1) == "shadow") found->second->what = sort::shadow_table;
            found->second->without_rowid = rows.column_int64(2) != 0;
            found->second->strict = rows.column_int64(3) != 0;
        }
    }

    /// Finds the object of a row; rows come in the order of the objects.
    catalog_object& object_of(const sqlite::statement& row, std::size_t& at) const {
        const std::int64_t rowid = row.column_int64(0);
        while (at + 1 < read_.objects.size() && read_.objects[at].rowid < rowid) ++at;
        return const_cast<catalog_object&>(read_.objects[at]);
    }

    void add_columns(sqlite::statement& rows) {
        for (std::size_t at = 0; rows.step();) {
            catalog_column& column = object_of(rows, at).columns.emplace_back();
            column.name = keep(rows, 1);
            column.type = keep(rows, 2);
            column.not_null = rows.column_int64(3) != 0;
            column.has_default = !rows.column_is_null(4);
            column.default_text = keep(rows, 4);
            column.key_position = static_cast<int>(rows.column_int64(5));
            column.hidden = static_cast<int>(rows.column_int64(6));
        }
    }

    void columns(std::string_view sql) {
        sqlite::statement rows = database_.prepare(sql);
        add_columns(rows);
    }

    void virtual_columns_between(std::int64_t first, std::int64_t last) {
        sqlite::statement rows = database_.prepare(read_virtual_columns);
        rows.bind_all(first, last);
        add_columns(rows);
    }

    /// A virtual table whose module is not there makes the whole statement fail: then each is asked by itself.
    void virtual_columns() {
        std::vector<catalog_object*> tables;
        for (catalog_object& object : read_.objects) {
            if (object.what == sort::virtual_table) tables.push_back(&object);
        }
        if (tables.empty()) return;
        try {
            return virtual_columns_between(tables.front()->rowid, tables.back()->rowid);
        } catch (const error&) {
            for (catalog_object* table : tables) table->columns.clear();
        }
        for (catalog_object* table : tables) {
            try {
                virtual_columns_between(table->rowid, table->rowid);
            } catch (const error& failure) {
                table->columns.clear();
                table->problem = read_.text.keep(failure.info().what_happened);
            }
        }
    }

    void indexes() {
        sqlite::statement rows = database_.prepare(read_indexes);
        for (std::size_t at = 0; rows.step();) {
            std::vector<catalog_index>& list = object_of(rows, at).indexes;
            if (list.empty() || list.back().name != rows.column_text(1)) {
                catalog_index& index = list.emplace_back();
                index.name = keep(rows, 1);
                index.unique = rows.column_int64(2) != 0;
                index.origin = origin_of(rows.column_text(3));
                index.partial = rows.column_int64(4) != 0;
            }
            catalog_part& part = list.back().parts.emplace_back();
            part.expression = rows.column_int64(5) == -2;
            part.name = keep(rows, 6);
            part.descending = rows.column_int64(7) != 0;
            part.collation = keep(rows, 8);
        }
    }

    static index_origin origin_of(std::string_view origin) {
        if (origin == "pk") return index_origin::primary_key;
        return origin == "u" ? index_origin::unique : index_origin::statement;
    }

    void foreign_keys() {
        sqlite::statement rows = database_.prepare(read_foreign_keys);
        const catalog_object* owner = nullptr;
        std::int64_t id = -1;
        for (std::size_t at = 0; rows.step();) {
            catalog_object& object = object_of(rows, at);
            if (&object != owner || rows.column_int64(1) != id) {
                catalog_foreign_key& key = object.foreign_keys.emplace_back();
                key.parent = keep(rows, 2);
                key.on_update = keep(rows, 5);
                key.on_delete = keep(rows, 6);
                owner = &object;
                id = rows.column_int64(1);
            }
            object.foreign_keys.back().columns.push_back(keep(rows, 3));
            object.foreign_keys.back().parent_columns.push_back(keep(rows, 4));
        }
    }

    /// Asks for what no pragma shows: the collation of a column that is in no index, and AUTOINCREMENT.
    void metadata(catalog_object& object) {
        if (object.what != sort::table) return;
        const std::string table(object.name);
        for (catalog_column& column : object.columns) {
            const std::string name(column.name);
            const char* collation = nullptr;
            int autoincrement = 0;
            const int result = sqlite3_table_column_metadata(database_.handle(), "main", table.c_str(), name.c_str(),
                                                             nullptr, &collation, nullptr, nullptr, &autoincrement);
            if (result != SQLITE_OK) continue;
            if (collation != nullptr) column.collation = read_.text.keep(collation);
            column.autoincrement = autoincrement != 0;
        }
    }

    sqlite::connection& database_;
    catalog read_;
};

} // namespace autopack_schema::detail

// ---- autopack_schema/inspect/options.hpp

namespace autopack_schema {

/// What an inspection takes in.
struct inspect_options {
    bool other_databases = false; ///< list what TEMP and attached databases hold, as things that were not read
};

} // namespace autopack_schema

// ---- autopack_schema/inspect/sqlite.hpp

namespace autopack_schema {

/// Reads the whole schema of a database: its `main` part, without the tables of SQLite itself and without the shadow
/// tables of virtual ones.
/// shape:  one read transaction (a savepoint, so also inside of one that is open), a fixed number of statements
///         whatever the number of tables; no expression of the database is evaluated and nothing is written. What
///         could not be understood is kept in `others`, with its text and the reason.
/// errors: S208 damaged, S209 locked and what else SQLite answers
inline model::snapshot inspect(sqlite::connection& database, const inspect_options& options = {}) {
    sqlite::savepoint reading(database, "autopack_schema_inspect");
    detail::catalog seen = detail::catalog_reader(database).read();
    if (options.other_databases) detail::list_elsewhere(database, seen);
    const detail::stored_texts texts(seen);
    model::snapshot result = detail::assembler(seen, texts).assemble();
    reading.release();
    return result;
}

} // namespace autopack_schema

// ---- autopack_schema/drift/check_database.hpp

namespace autopack_schema::drift {

/// Compares a live database with what the code expects; reads its catalogue in one transaction and evaluates nothing
/// of it. The database may be opened read-only, and should be.
/// errors: those of `inspect`, S300
inline report check(const model::schema& expected, sqlite::connection& live, const options& o = {}) {
    const model::snapshot seen = inspect(live);
    report out = check(expected, seen.view(), o);
    out.database = live.name();
    return out;
}

} // namespace autopack_schema::drift

// ---- autopack_schema/drift/detail/summary.hpp

namespace autopack_schema::drift::detail {

/// One finding as a sentence, for outputs that have one field for it.
inline std::string sentence(const finding& f) {
    std::string text = f.object + ": " + f.message;
    if (!f.expected.empty()) text += "; expected " + f.expected;
    if (!f.actual.empty()) text += (f.expected.empty() ? "; found " : ", found ") + f.actual;
    if (!f.suggestion.empty()) text += "; " + f.suggestion;
    return text;
}

inline std::size_t count_of(const report& r, severity level) {
    return static_cast<std::size_t>(
        std::ranges::count_if(r.findings, [level](const finding& f) { return f.level == level; }));
}

/// "2 breaking, 1 semantic", the worst first; empty without findings.
inline std::string severity_summary(const report& r) {
    std::string text;
    for (std::size_t i = severity_names.size(); i-- > 0;) {
        const std::size_t found = count_of(r, static_cast<severity>(i));
        if (found == 0) continue;
        if (!text.empty()) text += ", ";
        text += std::to_string(found) + ' ' + std::string(severity_names[i]);
    }
    return text;
}

/// The kinds of objects with their counts, as reports name them.
inline std::array<std::pair<std::string_view, object_count>, 9> coverage_list(const coverage& c) {
    return {{{"tables", c.tables},
             {"columns", c.columns},
             {"primary keys", c.primary_keys},
             {"uniques", c.uniques},
             {"checks", c.checks},
             {"foreign keys", c.foreign_keys},
             {"indexes", c.indexes},
             {"views", c.views},
             {"triggers", c.triggers}}};
}

/// "tables 7/9, columns 62/62": expected and in the database.
inline std::string coverage_summary(const coverage& c) {
    std::string text;
    for (const auto& [name, count] : coverage_list(c)) {
        if (count.expected == 0 && count.actual == 0) continue;
        if (!text.empty()) text += ", ";
        text += std::string(name) + ' ' + std::to_string(count.expected) + '/' + std::to_string(count.actual);
    }
    return text.empty() ? "nothing" : text;
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/github.hpp

namespace autopack_schema::drift {

namespace detail {

/// Escapes the value of a workflow command; a property may not hold ':' and ',' either.
/// source: GitHub actions/toolkit, packages/core/src/command.ts
inline std::string command_text(std::string_view text, bool property) {
    std::string out;
    for (const char c : text) {
        if (c == '%') out += "%25";
        else if (c == '\r') out += "%0D";
        else if (c == '\n') out += "%0A";
        else if (property && c == ':') out += "%3A";
        else if (property && c == ',') out += "%2C";
        else out += c;
    }
    return out;
}

inline std::string_view command_for(severity level, severity fail_on) {
    if (level >= fail_on) return "error";
    return level >= severity::performance ? "warning" : "notice";
}

inline std::string command(std::string_view name, const std::string& title, const std::string& text) {
    return "::" + std::string(name) + " title=" + command_text(title, true) + "::" + command_text(text, false) + '\n';
}

} // namespace detail

/// Writes a report as annotations of a GitHub workflow: errors from `fail_on` on, warnings and notices below.
/// shape: one line for each finding and for each thing that was not compared
inline std::string to_github(const report& r) {
    using autopack_schema::detail::printable;
    std::string out;
    for (const finding& f : r.findings) {
        out += detail::command(detail::command_for(f.level, r.fail_on), f.code + " " + f.kind + " (" + std::string(name_of(f.level)) + ")",
                               printable(detail::sentence(f), true));
    }
    for (const not_compared& n : r.not_compared) {
        out += detail::command("warning", "not compared", printable(n.kind + " " + n.object + ": " + n.reason));
    }
    return out;
}

} // namespace autopack_schema::drift

// ---- autopack_schema/drift/detail/utf8.hpp

namespace autopack_schema::drift::detail {

/// Measures the UTF-8 character that a text, not empty, begins with; 0 where there is none that XML and JSON allow.
inline std::size_t character_size(std::string_view text) noexcept {
    const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto follows = [&byte](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xc2 || first > 0xf4 || !follows(1)) return 0;
    if (first < 0xe0) return 2;
    const bool overlong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
    const bool surrogate = first == 0xed && byte(1) > 0x9f;
    if (overlong || surrogate || !follows(2)) return 0;
    if (first < 0xf0) return first == 0xef && byte(1) == 0xbf && byte(2) > 0xbd ? 0 : 3;
    return (first == 0xf4 && byte(1) > 0x8f) || !follows(3) ? 0 : 4;
}

/// A text as valid UTF-8: each byte that is no part of a character becomes U+FFFD.
inline std::string valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t size = character_size(text);
        out += size == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, size);
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/junit.hpp

namespace autopack_schema::drift {

namespace detail {

/// Text of an XML attribute or element: markup escaped, characters that XML 1.0 forbids replaced.
inline std::string xml(std::string_view text) {
    std::string out;
    for (const char c : valid_utf8(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\n': out += "&#10;"; break;
        case '\t': out += "&#9;"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) out += "\xEF\xBF\xBD";
            else out += c;
        }
    }
    return out;
}

inline std::string test_case(std::string_view suite, const std::string& name, const std::string& body) {
    std::string out = "    <testcase classname=\"" + xml(suite) + "\" name=\"" + xml(name) + "\"";
    return out + (body.empty() ? "/>\n" : ">\n" + body + "    </testcase>\n");
}

inline std::string failure(const finding& f) {
    return "      <failure type=\"" + xml(f.kind) + "\" message=\"" + xml(sentence(f)) + "\">" +
           xml("severity: " + std::string(name_of(f.level)) + "\nexpected: " + f.expected + "\nactual: " + f.actual +
               "\nfix: " + std::string(name_of(f.advice)) + "; " + f.advice_text) +
           "</failure>\n";
}

inline std::string note(const finding& f) { return "      <system-out>" + xml(sentence(f)) + "</system-out>\n"; }

} // namespace detail

/// Writes a report as JUnit XML: a test case for each finding, failed from `fail_on` on, one that is skipped for each
/// thing that was not compared, and one that passes when there is no drift.
inline std::string to_junit(const report& r) {
    const std::string suite = "schema drift" + (r.schema.empty() ? std::string() : " of " + r.schema);
    std::string cases;
    std::size_t failures = 0;
    for (const finding& f : r.findings) {
        const bool fails = f.level >= r.fail_on;
        if (fails) ++failures;
        cases += detail::test_case(suite, f.kind + " " + f.object, fails ? detail::failure(f) : detail::note(f));
    }
    for (const not_compared& n : r.not_compared) {
        cases += detail::test_case(suite, "compare " + n.kind + " " + n.object,
                                   "      <skipped message=\"" + detail::xml(n.reason) + "\"/>\n");
    }
    std::size_t tests = r.findings.size() + r.not_compared.size();
    if (failures == 0) {
        cases += detail::test_case(suite, "no drift at " + std::string(name_of(r.fail_on)) + " or worse", {});
        ++tests;
    }
    const std::string counts = "tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) +
                               "\" errors=\"0\" skipped=\"" + std::to_string(r.not_compared.size()) + "\"";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites " + counts + ">\n  <testsuite name=\"" +
           detail::xml(suite) + "\" " + counts + ">\n" + cases + "  </testsuite>\n</testsuites>\n";
}

} // namespace autopack_schema::drift

// ---- autopack_schema/drift/detail/fragment.hpp

namespace autopack_schema::drift::detail {

/// SQL on one line: runs of space become one, what cannot be printed is escaped.
inline std::string one_line(std::string_view text) {
    std::string line;
    sql::tokenizer source(text);
    for (sql::token t = source.next(); t.kind != sql::token_kind::end; t = source.next()) {
        if (t.kind == sql::token_kind::space) {
            if (!line.empty() && line.back() != ' ') line += ' ';
        } else {
            line += autopack_schema::detail::printable(t.text);
        }
    }
    return line;
}

/// A text with the part of it that another text does not have: [begin, end).
struct marked_text {
    std::string text{};
    std::size_t begin = 0;
    std::size_t end = 0;

    bool is_marked() const noexcept { return begin < end && end - begin < text.size(); }
};

inline bool is_same_token(const sql::token& a, const sql::token& b) { return a.kind == b.kind && a.text == b.text; }

/// Marks what is between the tokens that two texts begin with and those that they end with.
inline void mark_difference(marked_text& left, marked_text& right) {
    const std::vector<sql::token> a = sql::tokenize(left.text);
    const std::vector<sql::token> b = sql::tokenize(right.text);
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t front = 0;
    while (front < shorter && is_same_token(a[front], b[front])) ++front;
    std::size_t back = 0;
    while (back < shorter - front && is_same_token(a[a.size() - 1 - back], b[b.size() - 1 - back])) ++back;
    const auto mark = [front, back](marked_text& m, const std::vector<sql::token>& tokens) {
        if (front + back >= tokens.size()) return;
        const sql::token& last = tokens[tokens.size() - 1 - back];
        m.begin = tokens[front].offset;
        m.end = last.offset + last.text.size();
    };
    mark(left, a);
    mark(right, b);
}

/// Cuts a long text to what is around its mark.
inline void shorten_around(marked_text& m, std::size_t limit) {
    constexpr std::string_view dots = "…";
    if (m.text.size() <= limit) return;
    const std::size_t lead = m.begin > limit / 3 ? m.begin - limit / 3 : 0;
    const std::size_t from = autopack_schema::detail::utf8_prefix(m.text, lead).size();
    const std::string_view rest = std::string_view(m.text).substr(from);
    const std::string_view kept = autopack_schema::detail::utf8_prefix(rest, limit);
    std::string cut;
    if (from != 0) cut += dots;
    const std::size_t shift = from - cut.size(); // may wrap around and back
    cut += kept;
    const std::size_t size = cut.size();
    if (kept.size() < rest.size()) cut += dots;
    m.begin = std::min(m.begin - shift, size);
    m.end = std::min(m.end - shift, size);
    if (m.end < m.begin) m.end = m.begin;
    m.text = std::move(cut);
}

/// How many columns of a terminal a text takes, one for each character.
inline std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// Both sides of a finding, on one line each, with what differs marked.
struct marked_sides {
    marked_text expected{};
    marked_text actual{};
};

inline marked_sides mark_sides(std::string_view expected, std::string_view actual, std::size_t limit) {
    marked_sides sides{{one_line(expected), 0, 0}, {one_line(actual), 0, 0}};
    if (!expected.empty() && !actual.empty()) mark_difference(sides.expected, sides.actual);
    shorten_around(sides.expected, limit);
    shorten_around(sides.actual, limit);
    return sides;
}

} // namespace autopack_schema::drift::detail

// ---- autopack_schema/drift/markdown.hpp

namespace autopack_schema::drift {

namespace detail {

/// Text in a table cell: nothing in it is markup.
inline std::string cell(std::string_view text) {
    std::string out;
    for (const char c : autopack_schema::detail::printable(text)) {
        constexpr std::string_view special = "\\`*_{}[]<>()#+-.!|~&@";
        if (special.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

/// SQL in a table cell, between as many backticks as it needs; a bar would end the cell.
inline std::string code_cell(std::string_view sql) {
    if (sql.empty()) return "–";
    marked_text m{one_line(sql), 0, 0};
    shorten_around(m, 160);
    std::size_t run = 0;
    std::size_t longest = 0;
    std::string text;
    for (const char c : m.text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
        if (c == '|') text += '\\';
        text += c;
    }
    const std::string fence(longest + 1, '`');
    return longest == 0 ? fence + text + fence : fence + ' ' + text + ' ' + fence;
}

inline std::string_view symbol_of(severity level) {
    constexpr std::array<std::string_view, 5> symbols{"⚪", "🔵", "🟡", "🟠", "🔴"};
    return symbols[static_cast<std::size_t>(level)];
}

inline std::string row(const finding& f) {
    return "| " + std::string(symbol_of(f.level)) + ' ' + std::string(name_of(f.level)) + " | " + cell(f.kind) + " | " +
           cell(f.object) + " | " + code_cell(f.expected) + " | " + code_cell(f.actual) + " | " + cell(f.message) + " |\n";
}

} // namespace detail

/// Writes a report as Markdown, fit for a comment at a pull request.
inline std::string to_markdown(const report& r) {
    std::string out = "### Schema drift";
    if (!r.schema.empty()) out += ": " + detail::cell(r.schema);
    if (!r.version.empty()) out += ' ' + detail::cell(r.version);
    out += "\n\n";
    const std::string summary = detail::severity_summary(r);
    out += summary.empty() ? "No drift.\n" : "**" + summary + "** (fails at " + std::string(name_of(r.fail_on)) + ")\n";
    if (!r.findings.empty()) {
        out += "\n| severity | kind | object | expected | actual | meaning |\n|---|---|---|---|---|---|\n";
        for (const finding& f : r.findings) out += detail::row(f);
    }
    for (const finding& f : r.findings) {
        if (!f.suggestion.empty() && f.expected.size() >= f.actual.size()) out += "\n- " + detail::cell(f.suggestion) + '\n';
    }
    if (!r.not_compared.empty()) out += "\n**Not compared**\n\n";
    for (const not_compared& n : r.not_compared) {
        out += "- " + detail::cell(n.kind) + ' ' + detail::code_cell(n.object) + ": " + detail::cell(n.reason) + '\n';
    }
    return detail::valid_utf8(out) + "\nCompared (expected/database): " + detail::coverage_summary(r.compared) + ".\n";
}

} // namespace autopack_schema::drift

// ---- autopack_schema/drift/style.hpp

namespace autopack_schema::drift {

/// How a text report looks.
struct style {
    bool color = false;      ///< ANSI escape sequences
    std::size_t width = 100; ///< of a line, as far as names allow
    bool advice = true;      ///< say what a finding means and how to put it right
};

namespace detail {

inline constexpr std::string_view bold = "1";
inline constexpr std::string_view dim = "2";
inline constexpr std::string_view added = "32";
inline constexpr std::string_view removed = "31";

inline std::string_view color_of(severity level) {
    constexpr std::array<std::string_view, 5> colors{"2", "34", "36", "33", "1;31"};
    return colors[static_cast<std::size_t>(level)];
}

/// A text in a colour, where colours are wanted.
inline std::string painted(const style& s, std::string_view color, std::string_view text) {
    if (!s.color || text.empty()) return std::string(text);
    return "\x1b[" + std::string(color) + 'm' + std::string(text) + "\x1b[0m";
}

} // namespace detail

} // namespace autopack_schema::drift

// ---- autopack_schema/drift/text.hpp

namespace autopack_schema::drift {

namespace detail {

inline constexpr std::string_view text_indent = "      ";

/// A text with its mark in colour, or as it is.
inline std::string paint_mark(const style& s, std::string_view color, const marked_text& m) {
    if (!s.color || m.begin >= m.end) return m.text;
    return m.text.substr(0, m.begin) + painted(s, color, m.text.substr(m.begin, m.end - m.begin)) +
           m.text.substr(m.end);
}

/// A line of carets under the mark; empty with colours or without a mark.
inline std::string carets(const style& s, const marked_text& m) {
    if (s.color || !m.is_marked()) return {};
    const std::string_view text = m.text;
    return std::string(width_of(text.substr(0, m.begin)), ' ') +
           std::string(width_of(text.substr(m.begin, m.end - m.begin)), '^');
}

inline std::string padded(std::string text, std::size_t shown, std::size_t width) {
    if (shown < width) text.append(width - shown, ' ');
    return text;
}

/// Both sides next to each other.
inline void put_beside(std::string& out, const style& s, const marked_sides& m) {
    constexpr std::string_view nothing = "(nothing)";
    const std::size_t shown = m.expected.text.empty() ? nothing.size() : width_of(m.expected.text);
    const std::size_t column = std::max<std::size_t>(shown, 28) + 2;
    const auto side = [&](std::string_view color, const marked_text& t) {
        return t.text.empty() ? painted(s, dim, nothing) : paint_mark(s, color, t);
    };
    out += text_indent;
    out += "expected  " + padded(side(added, m.expected), shown, column) + "actual  " + side(removed, m.actual) + '\n';
    const std::string left = carets(s, m.expected);
    const std::string right = carets(s, m.actual);
    if (left.empty() && right.empty()) return;
    std::string line = std::string(text_indent) + std::string(10, ' ') + left;
    if (!right.empty()) line = padded(line, line.size(), text_indent.size() + 10 + column) + "        " + right;
    out += line + '\n';
}

/// One side under the other.
inline void put_below(std::string& out, const style& s, const marked_sides& m) {
    const auto put = [&](std::string_view label, std::string_view color, const marked_text& t) {
        out += text_indent;
        out += label;
        out += t.text.empty() ? painted(s, dim, "(nothing)") : paint_mark(s, color, t);
        out += '\n';
        const std::string line = carets(s, t);
        if (!line.empty()) out += std::string(text_indent) + std::string(label.size(), ' ') + line + '\n';
    };
    put("expected  ", added, m.expected);
    put("actual    ", removed, m.actual);
}

inline void put_finding(std::string& out, const style& s, const finding& f) {
    const std::size_t room = s.width > 40 ? s.width - 20 : 20;
    const std::string level(name_of(f.level));
    out += "  " + padded(painted(s, color_of(f.level), level), level.size(), 12) + padded(f.kind, f.kind.size(), 24) +
           painted(s, bold, autopack_schema::detail::printable(f.object)) + painted(s, dim, "  " + f.code) + '\n';
    const marked_sides sides = mark_sides(f.expected, f.actual, room);
    const std::size_t both = width_of(sides.expected.text) + width_of(sides.actual.text);
    if (both + 40 <= s.width && width_of(sides.actual.text) + 54 <= s.width) {
        put_beside(out, s, sides);
    } else {
        put_below(out, s, sides);
    }
    if (!s.advice) return;
    out += std::string(text_indent) + f.message + '\n';
    if (!f.suggestion.empty()) out += std::string(text_indent) + f.suggestion + '\n';
    out += std::string(text_indent) + painted(s, dim, "fix: " + std::string(name_of(f.advice)) + "; " + f.advice_text) + '\n';
}

inline void put_rest(std::string& out, const style& s, const report& r) {
    using autopack_schema::detail::printable;
    for (const not_compared& n : r.not_compared) {
        out += painted(s, color_of(severity::semantic), "not compared") + ": " + n.kind + ' ' +
               autopack_schema::detail::quoted(n.object) + ": " + printable(n.reason) + '\n';
    }
    if (!r.ignored.empty()) out += "ignored: " + std::to_string(r.ignored.size()) + " by patterns and switches\n";
    out += painted(s, dim, "compared (expected/database): " + coverage_summary(r.compared)) + '\n';
}

} // namespace detail

/// Writes a report for people: grouped by table, expected and actual beside each other, what differs marked.
/// shape: ends with a line that says what was compared; names are made safe to print
inline std::string to_text(const report& r, const style& s = {}) {
    using autopack_schema::detail::printable;
    std::string out;
    std::string_view table;
    bool first = true;
    for (const finding& f : r.findings) {
        if (first || f.table != table) {
            if (!first) out += '\n';
            out += detail::painted(s, detail::bold, f.table.empty() ? "views" : printable(f.table)) + '\n';
        }
        table = f.table;
        first = false;
        detail::put_finding(out, s, f);
    }
    if (!r.findings.empty()) out += '\n';
    const std::string summary = detail::severity_summary(r);
    const std::string fails = "fails at " + std::string(name_of(r.fail_on));
    if (summary.empty()) {
        out += detail::painted(s, detail::added, "no drift") + '\n';
    } else {
        out += "drift: " + summary + " (" + fails + ")\n";
    }
    detail::put_rest(out, s, r);
    return out;
}

} // namespace autopack_schema::drift

// ---- autopack_schema/inspect/detail/script.hpp

namespace autopack_schema::detail {

inline bool is_one_of(std::span<const std::string_view> words, std::string_view wanted) {
    return std::ranges::any_of(words, [wanted](std::string_view w) { return model::same_name(w, wanted); });
}

/// PRAGMAs that decide what the following statements make; all others of a script are left out.
inline constexpr auto scratch_pragmas = std::to_array<std::string_view>(
    {"foreign_keys", "legacy_alter_table", "writable_schema", "encoding", "defer_foreign_keys"});

/// Functions and modules that reach out of the database, where a program has registered them.
inline constexpr auto refused_functions =
    std::to_array<std::string_view>({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"});
inline constexpr auto refused_modules = std::to_array<std::string_view>({"csv", "vsv", "zipfile", "fsdir", "fileio"});

/// Refuses whatever reaches out of a scratch database.
inline int authorize_scratch(void*, int action, const char* first, const char* second, const char*, const char*) {
    const std::string_view one = first != nullptr ? first : "";
    const std::string_view two = second != nullptr ? second : "";
    switch (action) {
    case SQLITE_ATTACH:
    case SQLITE_DETACH: return SQLITE_DENY;
    case SQLITE_PRAGMA: return second == nullptr || is_one_of(scratch_pragmas, one) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION: return is_one_of(refused_functions, two) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_CREATE_VTABLE: return is_one_of(refused_modules, two) ? SQLITE_DENY : SQLITE_OK;
    default: return SQLITE_OK;
    }
}

/// What to do with a statement of a script that describes a schema.
enum class script_action { run, skip };

/// Rows, queries and settings are no part of a schema. A dump writes virtual tables into `sqlite_schema` itself.
inline script_action action_for(std::span<const sql::token> tokens) {
    constexpr auto rows = std::to_array<std::string_view>({"insert", "replace", "update", "delete", "with"});
    constexpr auto never = std::to_array<std::string_view>({"select", "values", "analyze", "reindex", "vacuum", "explain"});
    constexpr auto schema_tables = std::to_array<std::string_view>({"sqlite_schema", "sqlite_master"});
    if (tokens.empty()) return script_action::skip;
    const std::string_view word = tokens[0].text;
    if (is_one_of(never, word)) return script_action::skip;
    if (model::same_name(word, "pragma")) {
        const bool known = std::ranges::any_of(tokens, [](const sql::token& t) {
            return t.is_name() && is_one_of(scratch_pragmas, sql::unquote(t.text));
        });
        return known ? script_action::run : script_action::skip;
    }
    if (!is_one_of(rows, word)) return script_action::run;
    const bool into_schema = std::ranges::any_of(tokens.first(std::min<std::size_t>(tokens.size(), 6)), [&](const sql::token& t) {
        return t.is_name() && is_one_of(schema_tables, sql::unquote(t.text));
    });
    return into_schema ? script_action::run : script_action::skip;
}

/// The tokens of a text up to its first semicolon, and where that ends.
struct script_part {
    std::vector<sql::token> tokens{};
    std::size_t end = 0;
};

inline script_part first_part(std::string_view text) {
    constexpr std::size_t enough = 64; // to decide what a statement is
    script_part part;
    sql::tokenizer source(text);
    for (sql::token t = source.next(); t.kind != sql::token_kind::end && !t.is(";"); t = source.next()) {
        if (!t.is_trivia() && part.tokens.size() < enough) part.tokens.push_back(t);
        part.end = t.offset + t.text.size();
    }
    if (part.end < text.size()) ++part.end;
    return part;
}

/// Runs what a script says about the schema; rows and settings are left out.
/// errors: S224 a statement reaches out of the database, S215 and what else SQLite finds, with its place in the text
inline void run_schema_script(sqlite::connection& scratch, std::string_view text) {
    std::size_t at = 0;
    while (true) {
        at = sqlite::detail::skip_blank(text, at);
        if (at >= text.size()) return;
        const script_part part = first_part(text.substr(at));
        if (action_for(part.tokens) == script_action::skip) {
            at += std::max<std::size_t>(part.end, 1);
            continue;
        }
        const std::string place = sqlite::detail::place_of(text, at) + ": ";
        const auto prepared = sqlite::detail::prepare_next(scratch.handle(), text, at, 0, place);
        if (prepared.made.handle() == nullptr) return;
        sqlite::detail::run_to_end(scratch.handle(), prepared.made, text, prepared.end, 2);
        at = prepared.end;
    }
}

} // namespace autopack_schema::detail

// ---- autopack_schema/inspect/sql_text.hpp

namespace autopack_schema {

namespace detail {

/// Stops a script that computes without end (a CREATE TABLE … AS over an endless query).
inline int count_down(void* left) { return --*static_cast<int*>(left) < 0 ? 1 : 0; }

} // namespace detail

/// Makes the schema that a text of SQL statements describes, in a scratch database in memory: CREATE, ALTER and DROP
/// are run, rows, queries and settings are left out.
/// errors: S224 a statement reaches out of the database (ATTACH, load_extension, files); S215, S222 and what else
///         SQLite finds, with line and column
inline sqlite::connection scratch_database(std::string_view text) {
    sqlite::connection scratch = sqlite::connection::memory();
    scratch.execute("PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF");
    int left = 200;
    constexpr int steps = 1'000'000;
    sqlite3_progress_handler(scratch.handle(), steps, detail::count_down, &left);
    sqlite3_set_authorizer(scratch.handle(), detail::authorize_scratch, nullptr);
    detail::run_schema_script(scratch, text);
    if (scratch.in_transaction()) scratch.execute("COMMIT");
    sqlite3_set_authorizer(scratch.handle(), nullptr, nullptr);
    sqlite3_progress_handler(scratch.handle(), 0, nullptr, nullptr);
    return scratch;
}

/// Reads the schema that a text of SQL statements describes, such as a `.sql` file or a dump.
/// shape: as `inspect` of the database that the text makes
inline model::snapshot inspect_sql(std::string_view text, const inspect_options& options = {}) {
    sqlite::connection scratch = scratch_database(text);
    return inspect(scratch, options);
}

} // namespace autopack_schema

// ---- autopack_schema/migrate/data_rule.hpp

namespace autopack_schema::migrate {

/// What a data rule says: where values come from, or what may be lost.
enum class rule_kind : std::uint8_t {
    backfill,        ///< the value of a new column; later runs repair the rows that `when` finds
    transform,       ///< a new value for an existing column
    drop_table,      ///< the table may go, with its rows
    drop_column,     ///< the column may go, with its values
    drop_index,      ///< the index may go
    drop_view,       ///< the view may go
    drop_trigger,    ///< the trigger may go
    lossy,           ///< the column's values may change when its type does
    orphans,         ///< a new foreign key may be added over rows without a parent
};

/// One thing that a schema alone does not say about a migration.
/// shape: `name` is a column; for indexes, views and triggers the object's name, with `table` empty
struct data_rule {
    rule_kind kind{};
    model::name table{};
    model::name name{};
    std::string_view sql{};  ///< an expression over the old row
    std::string_view when{}; ///< a predicate over the old row; empty: see `rule_kind`

    /// Tells whether the rule only permits something.
    constexpr bool is_allowance() const noexcept {
        return kind != rule_kind::backfill && kind != rule_kind::transform;
    }
    friend constexpr bool operator==(const data_rule&, const data_rule&) = default;
};

/// The words of a rule, as on the command line: `drop column`, `backfill`.
constexpr std::string_view words_of(rule_kind kind) {
    switch (kind) {
    case rule_kind::backfill: return "backfill";
    case rule_kind::transform: return "transform";
    case rule_kind::drop_table: return "drop table";
    case rule_kind::drop_column: return "drop column";
    case rule_kind::drop_index: return "drop index";
    case rule_kind::drop_view: return "drop view";
    case rule_kind::drop_trigger: return "drop trigger";
    case rule_kind::lossy: return "lossy";
    case rule_kind::orphans: return "orphans";
    }
    return "unknown";
}

/// Finds the last rule of a kind for an object: later migrations have the last word.
/// shape: nullptr where there is none; `table` is empty for indexes, views and triggers, `name` for tables
constexpr const data_rule* find_rule(std::span<const data_rule> rules, rule_kind kind, const model::name& table,
                                     const model::name& name) {
    const data_rule* found = nullptr;
    for (const data_rule& r : rules) {
        if (r.kind == kind && r.table == table && r.name == name) found = &r;
    }
    return found;
}

} // namespace autopack_schema::migrate

// ---- autopack_schema/migrate/migration_view.hpp

namespace autopack_schema::migrate {

/// A migration between two versions of a schema, whatever types it was made of; see `migration`.
struct migration_view {
    std::string_view name{};
    model::schema from{};
    model::schema to{};
    std::span<const data_rule> rules{};
};

} // namespace autopack_schema::migrate

// ---- autopack_schema/migrate/target_types.hpp

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
    std::string code{};     ///< "S372"
    std::string table{};
    std::string column{};   ///< or the constraint
    std::string what{};     ///< "3 rows have NULL"
    std::string advice{};
    std::int64_t rows = 0;  ///< how many; 0 where it is not about rows
    std::string examples{}; ///< the first offending rows: "rowid 7, 9, 12"
    std::string query{};    ///< shows them

    friend bool operator==(const blocker&, const blocker&) = default;
};

/// What a migration leaves behind.
struct effective_target {
    model::snapshot schema{};
    std::vector<kept_difference> kept{};
    std::vector<blocker> blockers{};  ///< what cannot be done with any rows
    std::vector<std::string> notes{}; ///< what its owner should know: unknown columns that refuse inserts
};

} // namespace autopack_schema::migrate

// ---- autopack_schema/migrate/plan.hpp

namespace autopack_schema::migrate {

/// What a step of a plan does.
enum class step_kind : std::uint8_t {
    drop_trigger,
    drop_view,
    rename_table,
    rename_column,
    drop_index,
    alter_table,   ///< one or more changes in place
    rebuild_table, ///< all changes of a table by a new table, a copy and a swap
    create_table,
    fill_column,   ///< new values for an existing column
    create_index,
    drop_table,
    create_view,
    create_trigger,
};

/// The name of a kind of step, as in JSON.
constexpr std::string_view name_of(step_kind kind) {
    switch (kind) {
    case step_kind::drop_trigger: return "drop trigger";
    case step_kind::drop_view: return "drop view";
    case step_kind::rename_table: return "rename table";
    case step_kind::rename_column: return "rename column";
    case step_kind::drop_index: return "drop index";
    case step_kind::alter_table: return "alter table";
    case step_kind::rebuild_table: return "rebuild table";
    case step_kind::create_table: return "create table";
    case step_kind::fill_column: return "fill column";
    case step_kind::create_index: return "create index";
    case step_kind::drop_table: return "drop table";
    case step_kind::create_view: return "create view";
    case step_kind::create_trigger: return "create trigger";
    }
    return "unknown";
}

/// What the rows of a table must not have before a step; asked inside the lock.
/// shape: the number of bad rows is `SELECT count(*) FROM from WHERE where`
struct pre_check {
    std::string code{};   ///< of the refusal: "S372"
    std::string table{};
    std::string column{}; ///< or what else is named: "(run_id, phase_id)"
    std::string what{};   ///< what bad rows are: "NULL in a column that becomes NOT NULL"
    std::string advice{};
    std::string from{};
    std::string where{};
    std::string key{};    ///< an expression over `from` that names a row: "rowid 7"
    std::string show{};   ///< a query that shows the bad rows

    std::string count() const { return "SELECT count(*) FROM " + from + " WHERE " + where; }
    friend bool operator==(const pre_check&, const pre_check&) = default;
};

/// Why a statement is in a step.
enum class statement_role : std::uint8_t {
    change, ///< DDL and bookkeeping
    copy,   ///< all rows of the table into its successor
    fill,   ///< an UPDATE that counts as rows touched
};

/// One statement of a step.
struct planned_statement {
    statement_role role = statement_role::change;
    std::string sql{};

    friend bool operator==(const planned_statement&, const planned_statement&) = default;
};

/// One step of a plan.
struct step {
    step_kind kind{};
    std::string table{};  ///< empty for a view
    std::string object{}; ///< the column, index, view or trigger; for a rename the new name
    std::vector<std::string> changes{}; ///< what it does, in words
    std::vector<pre_check> checks{};
    std::vector<planned_statement> statements{};
    std::vector<std::string> undo{}; ///< empty: there is none
    std::int64_t rows = 0;  ///< that it writes, at most; -1: not known
    bool loses_data = false; ///< and is in the plan because that was allowed by name
    std::string successor{}; ///< of a rebuild: the name of the new table until it takes the old one's
    std::vector<std::string> same_columns{}; ///< of a rebuild: the columns whose values are the same in both tables

    friend bool operator==(const step&, const step&) = default;
};

/// How to get from the schema of one database to another one.
/// shape: a value: printed by `to_text`, written and read by `to_json` and `plan_from_json`, carried out by `apply`
struct plan {
    std::string schema{};
    std::string version{};
    std::string fingerprint{}; ///< of the live schema that the plan was made for
    int engine = 0;            ///< the SQLite version that it was made for: 3040001
    std::vector<step> steps{};
    std::vector<kept_difference> kept{};
    std::vector<std::string> notes{};
    std::vector<blocker> blockers{}; ///< what cannot be done with any rows

    bool empty() const noexcept { return steps.empty(); }
    friend bool operator==(const plan&, const plan&) = default;
};

/// The rows that a plan writes, at most.
inline std::int64_t rows_of(const plan& p) {
    std::int64_t rows = 0;
    for (const step& s : p.steps) rows += s.rows > 0 ? s.rows : 0;
    return rows;
}

} // namespace autopack_schema::migrate

// ---- autopack_schema/migrate/progress.hpp

namespace autopack_schema::migrate {

/// How far a migration has come.
struct progress {
    std::string_view what{};    ///< "rebuild table runs"
    std::int64_t done = 0;      ///< rows, or pages of a backup
    std::int64_t total = 0;     ///< 0: not known
    int step = 0;               ///< from 1; 0 before the first
    int steps = 0;
};

/// Is called now and then; may throw to stop the migration, which is then rolled back.
using progress_callback = std::function<void(const progress&)>;

/// Set by a signal handler or another thread: the migration stops and is rolled back.
using stop_flag = std::atomic<bool>;

} // namespace autopack_schema::migrate

// ---- autopack_schema/migrate/run_options.hpp

namespace autopack_schema::migrate {

/// What is done for the day that all else fails.
enum class backup_policy : std::uint8_t {
    make, ///< a checked copy beside the database before the first change
    none, ///< has to be said
};

/// How a migration is run.
struct run_options {
    bool dry_run = false;                        ///< plan and ask the rows, change nothing
    backup_policy backup = backup_policy::make;
    std::string backup_path{};                   ///< empty: `<database>.backup-<UTC time>`
    std::vector<data_rule> rules{};              ///< allowances of this run, beside those of the migrations
    target_options target{};
    bool compare_content = false;                ///< compare every copied value, not only the number of rows
    int busy_timeout_ms = 10000;                 ///< to wait for a writer at the beginning
    int commit_timeout_ms = 30000;               ///< to wait for readers at the end
    progress_callback on_progress{};
    const stop_flag* stop = nullptr;
    std::function<void(std::string_view)> at{};  ///< for tests: called before each thing that is done; may throw or kill
};

/// What a migration did.
struct run_result {
    migrate::plan plan{};
    bool applied = false;              ///< something was changed
    std::int64_t rows = 0;             ///< copied or filled
    std::string backup{};              ///< path of the copy; empty: none was made
    std::vector<std::string> messages{};
    std::vector<blocker> blockers{};   ///< of a dry run; else they are thrown
};

/// A migration that cannot be done with these rows or this schema; nothing was changed.
class refused : public error {
public:
    explicit refused(std::vector<blocker> found, std::string database)
        : error(info_for(found, std::move(database))), blockers_(std::move(found)) {}

    /// All that stands in the way, not only the first.
    const std::vector<blocker>& blockers() const noexcept { return blockers_; }

private:
    static error_info info_for(const std::vector<blocker>& found, std::string database) {
        const blocker& first = found.front();
        error_info info{.code = first.code, .table = first.table, .column = first.column, .sql = first.query,
                        .database = std::move(database), .advice = first.advice};
        info.what_happened = (first.rows > 0 ? std::to_string(first.rows) + (first.rows == 1 ? " row with " : " rows with ") : "") +
                             first.what + (first.examples.empty() ? "" : " (" + first.examples + ")");
        if (found.size() == 1) return info;
        info = {.code = "S370", .database = std::move(info.database), .advice = "nothing was changed; correct them and run again"};
        info.what_happened = std::to_string(found.size()) + " things stand in the way:";
        for (const blocker& b : found) {
            info.what_happened += " [" + b.code + "] " + b.table + (b.column.empty() ? "" : "." + b.column) + ": " +
                                  (b.rows > 0 ? std::to_string(b.rows) + " with " : "") + b.what + ";";
        }
        return info;
    }

    std::vector<blocker> blockers_;
};

} // namespace autopack_schema::migrate

// ---- autopack_schema/migrate/plan_text.hpp

namespace autopack_schema::migrate {

namespace detail {

/// Indents the lines of a statement.
inline std::string indented(std::string_view text, std::string_view indent) {
    std::string out(indent);
    for (const char c : text) {
        out += c;
        if (c == '\n') out += indent;
    }
    return out;
}

inline std::string count_of_rows(std::int64_t rows) {
    if (rows < 0) return "an unknown number of rows";
    return std::to_string(rows) + (rows == 1 ? " row" : " rows");
}

inline std::string heading(const step& s) {
    std::string text(name_of(s.kind));
    if (s.kind == step_kind::rename_table) return text + " " + s.table + " to " + s.object;
    if (!s.table.empty()) text += " " + s.table;
    if (!s.object.empty()) text += s.table.empty() ? " " + s.object : "." + s.object;
    if (s.rows != 0) text += " (" + count_of_rows(s.rows) + ")";
    if (s.loses_data) text += "  LOSES DATA";
    return text;
}

} // namespace detail

/// Writes what stands in the way, one line each, with the query that shows the rows.
inline std::string to_text(const blocker& b) {
    std::string text = "[" + b.code + "] ";
    if (!b.table.empty()) text += "table \"" + b.table + "\"";
    if (!b.column.empty()) text += ", \"" + b.column + "\"";
    if (!b.table.empty()) text += ": ";
    if (b.rows > 0) text += detail::count_of_rows(b.rows) + " with ";
    text += b.what;
    if (!b.examples.empty()) text += " (" + b.examples + ")";
    if (!b.advice.empty()) text += "; " + b.advice;
    if (!b.query.empty()) text += "\n  see: " + b.query;
    return text;
}

/// Writes a plan to be read: steps with what they do, their SQL, their undo, and what stays as it is.
inline std::string to_text(const plan& p, bool with_sql = true) {
    std::string text = "plan for " + p.schema + (p.version.empty() ? "" : " " + p.version) + "\n";
    if (p.steps.empty()) text += "nothing to do\n";
    for (std::size_t i = 0; i < p.steps.size(); ++i) {
        const step& s = p.steps[i];
        text += std::to_string(i + 1) + ". " + detail::heading(s) + "\n";
        for (const std::string& c : s.changes) text += "   - " + c + "\n";
        for (const pre_check& c : s.checks) text += "   needs: no row with " + c.what + (c.column.empty() ? "" : " [" + c.column + "]") + "\n";
        if (!with_sql) continue;
        for (const planned_statement& q : s.statements) text += detail::indented(q.sql + ";", "     ") + "\n";
        if (s.undo.empty()) text += "   no undo but the backup\n";
        for (const std::string& u : s.undo) text += "   undo: " + u + "\n";
    }
    if (!p.kept.empty()) text += "kept as it is:\n";
    for (const kept_difference& k : p.kept) text += "   " + std::string(drift_name(k.kind)) + " " + k.object + "\n";
    for (const std::string& n : p.notes) text += "note: " + n + "\n";
    for (const blocker& b : p.blockers) text += "cannot be done: " + to_text(b) + "\n";
    return text;
}

} // namespace autopack_schema::migrate

// ---- autopack_schema/migrate/allowance.hpp

namespace autopack_schema::migrate {

namespace detail {

constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

[[noreturn]] inline void refuse_allowance(std::string_view text) {
    throw error({.code = "S397",
                 .what_happened = "'" + std::string(text) + "' is no allowance",
                 .advice = "write 'drop table T', 'drop column T.C', 'drop index I', 'drop view V', 'drop trigger G', "
                           "'lossy T.C' or 'orphans T.C'"});
}

} // namespace detail

/// Writes an allowance as `parse_allowance` reads it: `drop column runs.notes`.
inline std::string to_text(const data_rule& rule) {
    std::string text(words_of(rule.kind));
    text += ' ';
    text += rule.table.text;
    if (!rule.table.empty() && !rule.name.empty()) text += '.';
    text += rule.name.text;
    return text;
}

/// Reads an allowance; the rule refers to the text.
/// shape:  `drop table T`, `drop column T.C`, `drop index I`, `drop view V`, `drop trigger G`, `lossy T.C`, `orphans T.C`;
///         the last dot divides table and column
/// errors: S397 not of this form
inline data_rule parse_allowance(std::string_view text) {
    constexpr std::array kinds{rule_kind::drop_table,   rule_kind::drop_column, rule_kind::drop_index, rule_kind::drop_view,
                               rule_kind::drop_trigger, rule_kind::lossy,       rule_kind::orphans};
    for (const rule_kind kind : kinds) {
        const std::string_view words = words_of(kind);
        if (!model::same_name(text.substr(0, words.size()), words)) continue;
        if (text.size() <= words.size() || text[words.size()] != ' ') continue;
        const std::string_view object = detail::trimmed(text.substr(words.size()));
        if (object.empty()) break;
        if (kind == rule_kind::drop_table) return {.kind = kind, .table = object};
        const bool column = kind == rule_kind::drop_column || kind == rule_kind::lossy || kind == rule_kind::orphans;
        if (!column) return {.kind = kind, .name = object};
        const auto dot = object.rfind('.');
        if (dot == std::string_view::npos || dot == 0 || dot + 1 == object.size()) break;
        return {.kind = kind, .table = object.substr(0, dot), .name = object.substr(dot + 1)};
    }
    detail::refuse_allowance(text);
}

} // namespace autopack_schema::migrate

// ---- autopack_schema/migrate/detail/sha256.hpp

namespace autopack_schema::migrate::detail {

/// The first bits of the fractional parts of the cube roots of the first 64 primes.
/// source: FIPS 180-4, 4.2.2
inline constexpr std::array<std::uint32_t, 64> sha256_constants{
    0x428a2f98U, 0x71374491U, 0xb5c0fbcfU, 0xe9b5dba5U, 0x3956c25bU, 0x59f111f1U, 0x923f82a4U, 0xab1c5ed5U, 0xd807aa98U, 0x12835b01U,
    0x243185beU, 0x550c7dc3U, 0x72be5d74U, 0x80deb1feU, 0x9bdc06a7U, 0xc19bf174U, 0xe49b69c1U, 0xefbe4786U, 0x0fc19dc6U, 0x240ca1ccU,
    0x2de92c6fU, 0x4a7484aaU, 0x5cb0a9dcU, 0x76f988daU, 0x983e5152U, 0xa831c66dU, 0xb00327c8U, 0xbf597fc7U, 0xc6e00bf3U, 0xd5a79147U,
    0x06ca6351U, 0x14292967U, 0x27b70a85U, 0x2e1b2138U, 0x4d2c6dfcU, 0x53380d13U, 0x650a7354U, 0x766a0abbU, 0x81c2c92eU, 0x92722c85U,
    0xa2bfe8a1U, 0xa81a664bU, 0xc24b8b70U, 0xc76c51a3U, 0xd192e819U, 0xd6990624U, 0xf40e3585U, 0x106aa070U, 0x19a4c116U, 0x1e376c08U,
    0x2748774cU, 0x34b0bcb5U, 0x391c0cb3U, 0x4ed8aa4aU, 0x5b9cca4fU, 0x682e6ff3U, 0x748f82eeU, 0x78a5636fU, 0x84c87814U, 0x8cc70208U,
    0x90befffaU, 0xa4506cebU, 0xbef9a3f7U, 0xc67178f2U};

/// SHA-256 of a text that comes in pieces, each with its length, so that no two lists of pieces are alike.
/// source: FIPS 180-4
class sha256 {
public:
    /// Adds a piece, behind its length.
    sha256& add(std::string_view text) {
        bytes(std::to_string(text.size()) + ":");
        bytes(text);
        return *this;
    }

    /// Adds characters as they are.
    sha256& bytes(std::string_view text) {
        for (const char c : text) put(static_cast<std::uint8_t>(c));
        length_ += text.size();
        return *this;
    }

    /// The hash in 64 hexadecimal digits; the object is used up.
    std::string hex() {
        const std::uint64_t bits = length_ * 8;
        put(0x80);
        while (filled_ != 56) put(0);
        for (int shift = 56; shift >= 0; shift -= 8) put(static_cast<std::uint8_t>(bits >> shift));
        std::string text;
        for (const std::uint32_t word : state_) {
            for (int shift = 28; shift >= 0; shift -= 4) text += "0123456789abcdef"[(word >> shift) & 15U];
        }
        return text;
    }

private:
    void put(std::uint8_t byte) {
        block_[filled_++] = byte;
        if (filled_ == block_.size()) mix();
    }

    void mix() {
        std::array<std::uint32_t, 64> w{};
        for (std::size_t i = 0; i < 16; ++i) {
            for (std::size_t j = 0; j < 4; ++j) w[i] = (w[i] << 8) | block_[4 * i + j];
        }
        for (std::size_t i = 16; i < 64; ++i) {
            const std::uint32_t a = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3);
            const std::uint32_t b = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16] + a + w[i - 7] + b;
        }
        auto s = state_;
        for (std::size_t i = 0; i < 64; ++i) {
            const std::uint32_t e = std::rotr(s[4], 6) ^ std::rotr(s[4], 11) ^ std::rotr(s[4], 25);
            const std::uint32_t one = s[7] + e + ((s[4] & s[5]) ^ (~s[4] & s[6])) + sha256_constants[i] + w[i];
            const std::uint32_t a = std::rotr(s[0], 2) ^ std::rotr(s[0], 13) ^ std::rotr(s[0], 22);
            const std::uint32_t two = a + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
            s = {one + two, s[0], s[1], s[2], s[3] + one, s[4], s[5], s[6]};
        }
        for (std::size_t i = 0; i < 8; ++i) state_[i] += s[i];
        filled_ = 0;
    }

    std::array<std::uint32_t, 8> state_{0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                                        0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
    std::array<std::uint8_t, 64> block_{};
    std::size_t filled_ = 0;
    std::uint64_t length_ = 0;
};

} // namespace autopack_schema::migrate::detail

// ---- autopack_schema/migrate/sqlite/detail/values.hpp

namespace autopack_schema::migrate::sqlite::detail {

using autopack_schema::sqlite::quote_identifier;
using autopack_schema::sqlite::quote_text;
using sql::sqlite::affinity;

/// `main."table"`: never unqualified, so that no temporary table shadows it (trap 31).
inline std::string in_main(std::string_view table) { return "main." + quote_identifier(table); }

/// Writes what a column of an affinity makes of a value, as an expression.
/// shape:  CAST would make a number of any text; a column only of one that is a number, so the cast value must equal
///         the old one under the same affinity
/// source: https://sqlite.org/datatype3.html, 3 and 4.2
inline std::string stored_value(const std::string& value, affinity to) {
    const std::string v = "(" + value + ")";
    if (to == affinity::blob) return v;
    if (to == affinity::text) return "CASE WHEN typeof(" + v + ") IN ('integer', 'real') THEN CAST(" + v + " AS TEXT) ELSE " + v + " END";
    const std::string cast = "CAST(" + v + " AS " + (to == affinity::real ? "REAL" : "NUMERIC") + ")";
    return "CASE WHEN " + cast + " = " + v + " THEN " + cast + " ELSE " + v + " END";
}

/// Writes a predicate that finds the values which a column of an affinity would store as something else (trap 18):
/// '007', '1.10', integers that a REAL cannot hold, reals that do not come back from text.
inline std::string loses_value(const std::string& value, affinity to) {
    const std::string v = "(" + value + ")";
    const auto cast = [](const std::string& x, std::string_view type) { return "CAST(" + x + " AS " + std::string(type) + ")"; };
    const std::string number = cast(v, "NUMERIC");
    switch (to) {
    case affinity::blob: return "0";
    case affinity::text:
        return "typeof(" + v + ") = 'real' AND " + cast(cast(v, "TEXT"), "REAL") + " <> " + v;
    case affinity::numeric:
    case affinity::integer:
        return "typeof(" + v + ") = 'text' AND " + number + " = " + v + " AND " + cast(number, "TEXT") + " <> " + v;
    case affinity::real: break;
    }
    const std::string real = cast(v, "REAL");
    return "(typeof(" + v + ") = 'text' AND " + number + " = " + v + " AND " + cast(number, "TEXT") + " <> " + v + " AND " +
           cast(real, "TEXT") + " <> " + v + ") OR (typeof(" + number + ") = 'integer' AND " + number + " = " + v + " AND " +
           cast(real, "INTEGER") + " <> " + number + ")";
}

/// The storage classes that a STRICT column accepts, after conversion; empty: all (ANY).
inline std::string_view strict_class(std::string_view type) {
    const model::name name(type);
    if (name == model::name("INT") || name == model::name("INTEGER")) return "integer";
    if (name == model::name("REAL")) return "real";
    if (name == model::name("TEXT")) return "text";
    if (name == model::name("BLOB")) return "blob";
    return {};
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/fingerprint.hpp

namespace autopack_schema::migrate::sqlite {

/// The table that remembers which migrations were applied.
inline constexpr std::string_view history_table = "autopack_schema_history";

/// Hashes the schema of a database as it is stored, byte for byte; the history table and SQLite's own tables do not count.
/// shape: 64 hexadecimal digits, the same for the same stored statements in whatever order they were made
inline std::string fingerprint(autopack_schema::sqlite::connection& database) {
    auto rows = database.prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM main.sqlite_schema "
                                 "WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name <> ?1 COLLATE NOCASE ORDER BY type, name");
    rows.bind(1, history_table);
    migrate::detail::sha256 hash;
    while (rows.step()) {
        for (int column = 0; column < 4; ++column) hash.add(rows.column_text(column));
    }
    return hash.hex();
}

} // namespace autopack_schema::migrate::sqlite

// ---- autopack_schema/migrate/sqlite/history.hpp

namespace autopack_schema::migrate::sqlite {

/// One line of the history of a database.
struct history_entry {
    std::int64_t id = 0;
    std::string name{};          ///< of the migration
    std::string version{};       ///< of the schema that it led to
    std::string checksum{};      ///< of the migration as it was defined
    std::string plan{};          ///< checksum of what was done
    std::string fingerprint{};   ///< of the schema after it
    std::string started_at{};    ///< UTC, `2025-12-30 17:28:00`
    std::string finished_at{};
    std::int64_t rows = 0;
    std::string tool{};          ///< which version of this library
    std::string outcome{};       ///< "applied" or "baseline"
};

/// Tells whether a database has a history.
inline bool has_history(autopack_schema::sqlite::connection& database) {
    return database.query_int("SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE", history_table) != 0;
}

/// Reads the history, oldest first; nothing where there is none.
inline std::vector<history_entry> read_history(autopack_schema::sqlite::connection& database) {
    std::vector<history_entry> entries;
    if (!has_history(database)) return entries;
    auto rows = database.prepare("SELECT id, name, version, checksum, plan, fingerprint, started_at, finished_at, \"rows\", tool, outcome "
                                 "FROM main." + detail::quote_identifier(history_table) + " ORDER BY id");
    while (rows.step()) {
        const auto text = [&rows](int column) { return std::string(rows.column_text(column)); };
        entries.push_back({rows.column_int64(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), rows.column_int64(8), text(9), text(10)});
    }
    return entries;
}

/// Adds a line; the table is made when it is not there.
/// shape:  inside the transaction of the migration, so that it is there exactly when the migration is
inline void add_history(autopack_schema::sqlite::connection& database, const history_entry& e) {
    if (!has_history(database)) {
        database.execute("CREATE TABLE main." + detail::quote_identifier(history_table) +
                         " (id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, checksum TEXT NOT NULL, plan TEXT NOT NULL, "
                         "fingerprint TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT NOT NULL, \"rows\" INTEGER NOT NULL, "
                         "tool TEXT NOT NULL, outcome TEXT NOT NULL)");
    }
    database.execute("INSERT INTO main." + detail::quote_identifier(history_table) +
                         " (name, version, checksum, plan, fingerprint, started_at, finished_at, \"rows\", tool, outcome) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                     e.name, e.version, e.checksum, e.plan, e.fingerprint, e.started_at, e.finished_at, e.rows, e.tool, e.outcome);
}

} // namespace autopack_schema::migrate::sqlite

// ---- autopack_schema/migrate/sqlite/chain.hpp

namespace autopack_schema::migrate::sqlite {

/// Hashes what a migration is: its versions and its data rules. A history entry with another one says that the migration
/// was edited after it was applied.
inline std::string checksum(const migration_view& m) {
    migrate::detail::sha256 hash;
    hash.add(m.name).add(sql::sqlite::ddl(m.from)).add(sql::sqlite::ddl(m.to));
    for (const data_rule& r : m.rules) hash.add(to_text(r)).add(r.sql).add(r.when);
    return hash.hex();
}

namespace detail {

inline const history_entry* find_entry(const std::vector<history_entry>& history, std::string_view name) {
    const history_entry* found = nullptr;
    for (const history_entry& e : history) {
        if (e.name == name) found = &e;
    }
    return found;
}

/// The changes of one table between two schemas, as texts that can be compared.
inline std::vector<std::string> labels(const model::schema& from, const model::schema& to, const model::name& table) {
    std::vector<std::string> texts;
    for (const change& c : diff(from, to, sql::sqlite::rules)) {
        if (table == model::name(table_of(c, from, to))) texts.push_back(std::string(drift_name(c.kind)) + " " + object_label(c, from, to));
    }
    return texts;
}

/// Tells whether a migration has still something to do in a table of a database without a history: one of its changes is
/// not there, or it changes nothing that could be seen.
inline bool is_pending(const migration_view& m, const model::schema& live, const model::name& table) {
    const std::vector<std::string> changes = labels(m.from, m.to, table);
    const std::vector<std::string> missing = labels(live, m.to, table);
    return changes.empty() || std::any_of(changes.begin(), changes.end(), [&](const std::string& c) {
        return std::find(missing.begin(), missing.end(), c) != missing.end();
    });
}

/// Tells whether the target still has the column that a rule is about: later migrations may have dropped it.
inline bool is_current(const data_rule& r, const model::schema& target) {
    const model::table* const t = model::find_table(target, r.table);
    return r.is_allowance() || (t != nullptr && model::find_column(target, *t, r.name) != nullptr);
}

} // namespace detail

/// The data rules that hold for a database now: all allowances and all that can be repeated; a transformation of all rows
/// only as long as its migration has not been applied.
inline std::vector<data_rule> active_rules(std::span<const migration_view> chain, const model::schema& live, const model::schema& target,
                                           const std::vector<history_entry>& history, std::span<const data_rule> more) {
    std::vector<data_rule> rules;
    for (const migration_view& m : chain) {
        for (const data_rule& r : m.rules) {
            if (!detail::is_current(r, target)) continue;
            const bool once = r.kind == rule_kind::transform && r.when.empty();
            const bool applied = history.empty() ? !detail::is_pending(m, live, r.table) : detail::find_entry(history, m.name) != nullptr;
            if (!once || !applied) rules.push_back(r);
        }
    }
    rules.insert(rules.end(), more.begin(), more.end());
    return rules;
}

/// Compares the history of a database with the migrations that a program knows.
/// shape: one sentence for each that was edited after it was applied, or that nobody knows any more
inline std::vector<std::string> check_history(const std::vector<history_entry>& history, std::span<const migration_view> chain) {
    std::vector<std::string> found;
    for (const history_entry& e : history) {
        const auto known = std::find_if(chain.begin(), chain.end(), [&](const migration_view& m) { return m.name == e.name; });
        if (known == chain.end()) {
            if (!e.checksum.empty()) found.push_back("[S388] migration " + e.name + " was applied at " + e.finished_at + " and is not known to this program");
        } else if (checksum(*known) != e.checksum) {
            found.push_back("[S388] migration " + e.name + " was edited after it was applied at " + e.finished_at);
        }
    }
    return found;
}

} // namespace autopack_schema::migrate::sqlite

// ---- autopack_schema/migrate/sqlite/detail/finish.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// The time now in UTC, in a form of strftime.
inline std::string utc_time(const char* form = "%Y-%m-%d %H:%M:%S") {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
#if defined(_WIN32)
    gmtime_s(&parts, &now);
#else
    gmtime_r(&now, &parts);
#endif
    char text[40] = {};
    return {text, std::strftime(text, sizeof text, form, &parts)};
}

/// Writes a line for each migration of the chain that the history does not have, or one for a schema without a chain.
inline void record(autopack_schema::sqlite::connection& database, std::span<const migration_view> chain, const model::schema& wanted,
                   const std::vector<history_entry>& history, const plan& p, std::string_view started_at, std::int64_t rows) {
    history_entry e{.version = std::string(wanted.version),
                    .plan = migrate::detail::sha256().add(to_text(p)).hex(),
                    .fingerprint = fingerprint(database),
                    .started_at = std::string(started_at),
                    .finished_at = utc_time(),
                    .rows = rows,
                    .tool = "autopack_schema " AUTOPACK_SCHEMA_VERSION,
                    .outcome = "applied"};
    bool any = false;
    for (const migration_view& m : chain) {
        if (find_entry(history, m.name) != nullptr) continue;
        e.name = m.name;
        e.version = m.to.version;
        e.checksum = checksum(m);
        add_history(database, e);
        any = true;
    }
    if (any) return;
    e.name = std::string(wanted.name) + (wanted.version.empty() ? "" : " " + std::string(wanted.version));
    e.checksum.clear();
    add_history(database, e);
}

/// Commits; readers that still read make it wait (trap 29).
/// errors: S396 they read for longer than `commit_timeout_ms`, S387 stopped
inline void commit(autopack_schema::sqlite::connection& database, autopack_schema::sqlite::transaction& lock, const run_options& options) {
    using clock = std::chrono::steady_clock;
    const auto deadline = clock::now() + std::chrono::milliseconds(options.commit_timeout_ms);
    for (;;) {
        try {
            return lock.commit();
        } catch (const error& e) {
            if ((e.info().native_code & 0xff) != SQLITE_BUSY || !lock.is_open()) throw;
            if (clock::now() >= deadline) {
                throw error({.code = "S396", .what_happened = "other programs have not stopped reading, so the migration could not be committed",
                             .database = database.name(), .advice = "it was rolled back: stop the API server, executors and viewers and run again",
                             .native_code = e.info().native_code, .native_name = e.info().native_name});
            }
        }
        if (options.stop != nullptr && options.stop->load()) {
            throw error({.code = "S387", .what_happened = "the migration was stopped", .database = database.name(),
                         .advice = "it was rolled back; run again when wanted"});
        }
        sqlite3_sleep(20);
    }
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/watcher.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Looks at the clock and the stop flag while SQLite works, and reports how far it is.
/// shape:  SQLite calls it every few thousand instructions. How many rows a copy has done is read off the row number
///         last inserted: exact for dense row numbers, an estimate otherwise, and no second pass over the table.
class watcher {
public:
    watcher(autopack_schema::sqlite::connection& database, const progress_callback& report, const stop_flag* stop)
        : database_(database), report_(report), stop_(stop) {
        if (report_ || stop_ != nullptr) sqlite3_progress_handler(database_.handle(), 5000, &watcher::called, this);
    }
    watcher(const watcher&) = delete;
    watcher& operator=(const watcher&) = delete;
    ~watcher() { sqlite3_progress_handler(database_.handle(), 0, nullptr, nullptr); }

    /// Begins to watch a step; `last_rowid` is the highest row number that it will insert, 0 if none.
    void begin(std::string_view what, int step, int steps, std::int64_t rows, std::int64_t last_rowid) {
        now_ = {what, 0, rows, step, steps};
        last_rowid_ = last_rowid;
        tell();
    }

    void end(std::int64_t rows) {
        now_.done = rows;
        tell();
        last_rowid_ = 0;
    }

    bool is_stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

    /// Throws what a callback threw inside of SQLite; that statement has ended with S222.
    void rethrow() {
        if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
    }

private:
    static int called(void* self) noexcept { return static_cast<watcher*>(self)->look() ? 0 : 1; }

    /// False: stop.
    bool look() noexcept {
        if (is_stopped()) return false;
        if (!report_ || now_.steps == 0) return true;
        const auto time = std::chrono::steady_clock::now();
        if (time - last_ < std::chrono::milliseconds(100)) return true;
        last_ = time;
        if (last_rowid_ > 0) {
            const double part = static_cast<double>(sqlite3_last_insert_rowid(database_.handle())) / static_cast<double>(last_rowid_);
            now_.done = static_cast<std::int64_t>(std::clamp(part, 0.0, 1.0) * static_cast<double>(now_.total));
        }
        try {
            report_(now_);
        } catch (...) {
            thrown_ = std::current_exception();
            return false;
        }
        return true;
    }

    void tell() {
        if (report_) report_(now_);
    }

    autopack_schema::sqlite::connection& database_;
    const progress_callback& report_;
    const stop_flag* stop_;
    progress now_{};
    std::int64_t last_rowid_ = 0;
    std::chrono::steady_clock::time_point last_{};
    std::exception_ptr thrown_;
};

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/backup.hpp

namespace autopack_schema::migrate::sqlite {

using autopack_schema::sqlite::connection;
using autopack_schema::sqlite::copy_report;

namespace detail {

/// Copies to the first free one of `path`, `path-2`, `path-3`, …: a backup is never overwritten.
template <class Progress>
copy_report copy_to_free_name(connection& source, const std::string& path, Progress&& progress) {
    for (int attempt = 1;; ++attempt) {
        try {
            return autopack_schema::sqlite::backup_to_file(source, attempt == 1 ? path : path + "-" + std::to_string(attempt), progress);
        } catch (const error& e) {
            if (e.code() != "S230" || attempt == 1000) throw;
        }
    }
}

/// Reports a copy's pages as progress, and stops it when that is wanted.
inline auto page_reporter(const progress_callback& report, const stop_flag* stop) {
    return [&report, stop](const autopack_schema::sqlite::backup_progress& p) {
        if (stop != nullptr && stop->load()) throw error({.code = "S387", .what_happened = "the backup was stopped", .advice = "nothing was changed"});
        if (report) report({"backup", p.done_pages(), p.total_pages, 0, 0});
    };
}

/// Copies a database that this process has locked: through a second connection, which sees it as it was before.
inline std::string backup_before_change(connection& database, const run_options& options, watcher&) {
    auto source = connection::open_file(database.name(), {.mode = autopack_schema::sqlite::open_mode::read_only});
    const auto progress = page_reporter(options.on_progress, options.stop);
    if (!options.backup_path.empty()) return autopack_schema::sqlite::backup_to_file(source, options.backup_path, progress).path;
    return copy_to_free_name(source, database.name() + ".backup-" + utc_time("%Y%m%dT%H%M%SZ"), progress).path;
}

} // namespace detail

/// Makes a checked copy of a database while others use it: `<database>.backup-<UTC time>`, or the path that is given.
/// shape:  the file appears under its name only when it is complete; nothing is overwritten
/// errors: S230 the path is taken, S231 the copy is not sound, S211 the disk is full
inline copy_report backup(connection& source, std::string_view path = {}, const progress_callback& report = {}) {
    const auto progress = detail::page_reporter(report, nullptr);
    if (!path.empty()) return autopack_schema::sqlite::backup_to_file(source, path, progress);
    return detail::copy_to_free_name(source, source.name() + ".backup-" + detail::utc_time("%Y%m%dT%H%M%SZ"), progress);
}

} // namespace autopack_schema::migrate::sqlite

// ---- autopack_schema/migrate/sqlite/detail/compare_content.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Hashes one value of a row with its storage class.
inline std::uint64_t hash_value(const autopack_schema::sqlite::statement& row, int column, std::uint64_t hash) {
    const auto mix = [&hash](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3U; };
    const auto type = row.column_type(column);
    mix(static_cast<std::uint64_t>(type));
    if (type == autopack_schema::sqlite::value_type::null) return hash;
    for (const std::byte b : row.column_blob(column)) mix(static_cast<std::uint64_t>(b)); // numbers as their text
    return hash;
}

/// Hashes the named columns of all rows, whatever their order, in constant memory.
inline std::uint64_t content_hash(autopack_schema::sqlite::connection& database, std::string_view table, const std::vector<std::string>& columns) {
    std::string list;
    for (const std::string& c : columns) list += (list.empty() ? "" : ", ") + quote_identifier(c);
    auto rows = database.prepare("SELECT " + list + " FROM " + in_main(table));
    std::uint64_t sum = 0;
    while (rows.step()) {
        std::uint64_t hash = 0xcbf29ce484222325U;
        for (int i = 0; i < rows.column_count(); ++i) hash = hash_value(rows, i, hash);
        sum += (hash ^ (hash >> 29)) * 0x9e3779b97f4a7c15U;
    }
    return sum;
}

/// Compares every value that a copy shall leave as it is.
/// errors: S385
inline void compare_content(autopack_schema::sqlite::connection& database, const step& s) {
    if (s.same_columns.empty()) return;
    if (content_hash(database, s.table, s.same_columns) == content_hash(database, s.successor, s.same_columns)) return;
    throw error({.code = "S385", .what_happened = "the copy has not the values of the original", .table = s.table,
                 .database = database.name(), .advice = "this is a mistake of the library or of the disk: please report it"});
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/detail/mentions.hpp

namespace autopack_schema::migrate::detail {

/// Tells whether a text of SQL has a name in it, bare or quoted; it may mean something else of the same name.
constexpr bool mentions(std::string_view text, std::string_view name) {
    sql::tokenizer source(text);
    for (sql::token t = source.next_significant(); t.kind != sql::token_kind::end; t = source.next_significant()) {
        const bool quoted = t.kind == sql::token_kind::quoted_identifier || t.kind == sql::token_kind::string;
        if (t.kind == sql::token_kind::identifier ? model::same_name(t.text, name)
                                                  : quoted && sql::same_identifier(t.text, name)) {
            return true;
        }
    }
    return false;
}

/// Tells whether a key or an index names a column, or has it in an expression.
constexpr bool mentions(std::span<const model::key_part> parts, const model::name& column) {
    for (const model::key_part& p : parts) {
        if (p.is_expression ? mentions(p.text.text, column.text) : p.text == column) return true;
    }
    return false;
}

constexpr bool contains(std::span<const model::name> names, const model::name& wanted) {
    for (const model::name& n : names) {
        if (n == wanted) return true;
    }
    return false;
}

} // namespace autopack_schema::migrate::detail

// ---- autopack_schema/migrate/sqlite/facts.hpp

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
    std::vector<table_facts> tables{};
    std::vector<std::string> broken{};       ///< views and triggers that did not compile before
    std::vector<std::int64_t> rows_to_fill{}; ///< for each data rule; -1: not known

    /// What is known of a table; nothing where it is not there.
    table_facts of(const model::name& table) const {
        for (const table_facts& t : tables) {
            if (table == model::name(t.name)) return t;
        }
        return {};
    }
};

} // namespace autopack_schema::migrate::sqlite

// ---- autopack_schema/migrate/sqlite/detail/table_pair.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// A table as it is and as it shall be, under one name, with what is to be changed.
struct table_pair {
    const model::schema& live;
    const model::schema& target;
    const model::table& was;
    const model::table& is;
    std::span<const data_rule> rules;
    std::vector<change> changes{};
    table_facts known{};

    const model::column* old_column(const model::name& name) const { return model::find_column(live, was, name); }

    bool has(change_kind kind) const {
        for (const change& c : changes) {
            if (c.kind == kind) return true;
        }
        return false;
    }

    const data_rule* rule(rule_kind kind, const model::name& column) const {
        return find_rule(rules, kind, is.name, column);
    }

    bool was_rowid(const model::column& c) const { return sql::sqlite::rules.rowid_alias({live, was}, c); }
    bool is_rowid(const model::column& c) const { return sql::sqlite::rules.rowid_alias({target, is}, c); }
    bool is_not_null(const model::column& c) const { return sql::sqlite::rules.not_null({target, is}, c); }
    sql::sqlite::affinity affinity_of(const model::column& c) const {
        return sql::sqlite::affinity_of(c.type, is.strict);
    }

    /// The column keeps other values than before.
    bool changes_type(const model::column& old, const model::column& now) const {
        return !sql::sqlite::rules.same_type(old, {live, was}, now, {target, is});
    }
    /// The column compares in another way than before.
    static bool changes_collation(const model::column& old, const model::column& now) {
        const auto of = [](const model::column& c) { return c.collation.empty() ? std::string_view("BINARY") : c.collation; };
        return !model::same_name(of(old), of(now));
    }
};

/// Finds a name of the row number that no column of the table has taken; empty where there is none.
inline std::string_view rowid_name(const model::schema& s, const model::table& t) {
    if (t.without_rowid || t.kind != model::table_kind::ordinary) return {};
    for (const std::string_view name : {"rowid", "_rowid_", "oid"}) {
        if (model::find_column(s, t, name) == nullptr) return name;
    }
    return {};
}

/// Finds the column that is another name of the row number; nullptr where there is none.
inline const model::column* rowid_column(const model::schema& s, const model::table& t) {
    for (const model::column& c : s.columns_of(t)) {
        if (sql::sqlite::rules.rowid_alias({s, t}, c)) return &c;
    }
    return nullptr;
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/row_source.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// An expression in parentheses, also where it ends in a line comment.
inline std::string parenthesized(std::string_view expression) {
    const bool comment = expression.find("--") != std::string_view::npos;
    return "(" + std::string(expression) + (comment ? "\n)" : ")");
}

/// Where the value of one column of the new table comes from.
struct column_source {
    const model::column* column = nullptr;
    std::string value{};  ///< over the old row
    bool copied = true;   ///< named in the INSERT; else the default, NULL or the generated value
    bool direct = false;  ///< the old column as it is
    bool filled = false;  ///< by a data rule
};

/// The predicate for the rows whose value a data rule changes.
inline std::string rows_to_fill_predicate(const data_rule& rule) {
    const std::string column = quote_identifier(rule.name.text);
    std::string when = rule.when.empty() ? std::string() : parenthesized(rule.when) + " AND ";
    if (when.empty() && rule.kind == rule_kind::backfill) when = column + " IS NULL AND ";
    return when + column + " COLLATE BINARY IS NOT " + parenthesized(rule.sql);
}

/// The value that a data rule gives an existing column.
inline std::string filled_value(const data_rule& rule) {
    return "CASE WHEN " + rows_to_fill_predicate(rule) + " THEN " + parenthesized(rule.sql) + " ELSE " +
           quote_identifier(rule.name.text) + " END";
}

/// Finds the rule that says the value of a column: a transformation, else a backfill.
inline const data_rule* value_rule(const table_pair& pair, const model::column& c) {
    const data_rule* const transform = pair.rule(rule_kind::transform, c.name);
    return transform != nullptr ? transform : pair.rule(rule_kind::backfill, c.name);
}

/// Says where a column that the old table does not have gets its value.
inline column_source new_column_source(const table_pair& pair, const model::column& c) {
    const std::string_view rowid = rowid_name(pair.live, pair.was);
    if (const data_rule* const rule = pair.rule(rule_kind::backfill, c.name)) {
        return {&c, parenthesized(rule->sql), true, false, true};
    }
    if (pair.is_rowid(c) && !rowid.empty()) return {&c, std::string(rowid), true, false, false};
    if (c.default_to.present()) return {&c, parenthesized(sql::sqlite::literal(c.default_to)), false, false, false};
    return {&c, "NULL", false, false, false};
}

/// Says where the value of a column comes from.
inline column_source source_of(const table_pair& pair, const model::column& c) {
    if (c.generated != model::generated_kind::none) return {&c, parenthesized(c.generated_as), false, false, false};
    const model::column* const old = pair.old_column(c.name);
    if (old == nullptr) return new_column_source(pair, c);
    if (const data_rule* const rule = value_rule(pair, c)) return {&c, filled_value(*rule), true, false, true};
    return {&c, quote_identifier(old->name.text), true, true, false};
}

/// Where all values of the new rows come from, in the order of the new table.
inline std::vector<column_source> sources_of(const table_pair& pair) {
    std::vector<column_source> sources;
    for (const model::column& c : pair.target.columns_of(pair.is)) sources.push_back(source_of(pair, c));
    return sources;
}

/// Tells whether the old table's column can stand for the new one: same value, same comparison.
inline bool is_unchanged(const table_pair& pair, const column_source& s) {
    const model::column* const old = pair.old_column(s.column->name);
    if (old == nullptr || s.filled) return false;
    if (s.column->generated != old->generated) return false;
    return !pair.changes_type(*old, *s.column) && !pair.changes_collation(*old, *s.column);
}

/// The value as the new table would keep and compare it.
inline std::string kept_value(const table_pair& pair, const column_source& s) {
    std::string value = is_unchanged(pair, s) ? s.value : stored_value(s.value, pair.affinity_of(*s.column));
    if (!s.column->collation.empty() && !is_unchanged(pair, s)) {
        value = "(" + value + ") COLLATE " + quote_identifier(s.column->collation);
    }
    return value;
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/execute.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Carries the steps of a plan out, one after the other, inside the transaction that is open.
class executor {
public:
    executor(autopack_schema::sqlite::connection& database, const plan& p, const run_options& options, watcher& watch)
        : database_(database), plan_(p), options_(options), watch_(watch) {}

    /// Carries out the steps from `first` up to `last`.
    void run(std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            try {
                run_step(plan_.steps[i], static_cast<int>(i) + 1);
            } catch (const error& e) {
                watch_.rethrow();
                fail(e, i);
            }
        }
    }

    std::int64_t rows() const { return rows_; }

private:
    void run_step(const step& s, int number) {
        const std::string what = std::string(name_of(s.kind)) + " " + (s.table.empty() ? s.object : s.table);
        watch_.begin(what, number, static_cast<int>(plan_.steps.size()), s.rows > 0 ? s.rows : 0, last_rowid(s));
        std::int64_t written = 0;
        for (const planned_statement& p : s.statements) {
            if (options_.at) options_.at(p.sql);
            if (watch_.is_stopped()) stop();
            if (p.role == statement_role::copy) {
                written += copy(s, p.sql);
            } else {
                database_.execute(p.sql);
                if (p.role == statement_role::fill) written += database_.changes();
            }
        }
        rows_ += written;
        watch_.end(written);
    }

    [[noreturn]] void stop() const {
        throw error({.code = "S387", .what_happened = "the migration was stopped", .advice = "run again when wanted"});
    }

    /// The highest row number of the table that a step copies; 0 where it has none.
    std::int64_t last_rowid(const step& s) const {
        if (s.kind != step_kind::rebuild_table || !options_.on_progress) return 0;
        try {
            return database_.query_int("SELECT coalesce(max(rowid), 0) FROM " + in_main(s.table));
        } catch (const error&) { // WITHOUT ROWID, or a column of that name with other values
            return 0;
        }
    }

    /// Copies the rows of a table and compares their number.
    std::int64_t copy(const step& s, const std::string& sql) {
        const std::int64_t expected = database_.query_int("SELECT count(*) FROM " + in_main(s.table));
        database_.execute(sql);
        const std::int64_t copied = database_.changes();
        if (copied != expected) {
            throw error({.code = "S385", .what_happened = std::to_string(copied) + " of " + std::to_string(expected) + " rows were copied",
                         .table = s.table, .sql = sql, .database = database_.name(),
                         .advice = "this is a mistake of the library or of the disk: please report it"});
        }
        if (options_.compare_content) compare_content(database_, s);
        return copied;
    }

    /// Says in which step it happened and that nothing is left of it.
    [[noreturn]] void fail(const error& e, std::size_t at) const {
        error_info info = e.info();
        if (info.native_code == 9) info.code = "S387"; // SQLITE_INTERRUPT
        info.what_happened = "step " + std::to_string(at + 1) + " of " + std::to_string(plan_.steps.size()) + " (" +
                             std::string(name_of(plan_.steps[at].kind)) + "): " + info.what_happened;
        if (info.table.empty()) info.table = plan_.steps[at].table;
        info.advice = "everything was rolled back, the database is as before" + (info.advice.empty() ? "" : "; " + info.advice);
        throw error(std::move(info));
    }

    autopack_schema::sqlite::connection& database_;
    const plan& plan_;
    const run_options& options_;
    watcher& watch_;
    std::int64_t rows_ = 0;
};

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/foreign_keys.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// The foreign keys that rows break, as numbers that can be compared before and after.
/// shape:  sorted; a row counts by table, parent, child columns and row number, 8 bytes each
struct broken_references {
    std::vector<std::uint64_t> rows{};
    std::vector<std::string> unusable{}; ///< tables whose foreign keys cannot be checked at all, and why
};

/// The child columns of each foreign key of a table, by its number in foreign_key_check.
inline std::vector<std::string> foreign_key_columns(autopack_schema::sqlite::connection& database, std::string_view table) {
    std::vector<std::string> columns;
    auto rows = database.prepare("SELECT id, \"from\" FROM pragma_foreign_key_list(?1, 'main') ORDER BY id, seq");
    rows.bind(1, table);
    while (rows.step()) {
        const auto id = static_cast<std::size_t>(rows.column_int64(0));
        if (columns.size() <= id) columns.resize(id + 1);
        columns[id] += std::string(rows.column_text(1)) + ',';
    }
    return columns;
}

/// Tells whether rows may break a foreign key, given its columns as "a,b,".
inline bool may_have_orphans(std::span<const data_rule> rules, std::string_view table, std::string_view columns) {
    return find_rule(rules, rule_kind::orphans, table, columns.substr(0, columns.find(','))) != nullptr;
}

/// Runs foreign_key_check on one table.
inline void check_references(autopack_schema::sqlite::connection& database, std::string_view table, std::span<const data_rule> rules,
                             broken_references& out) {
    const std::vector<std::string> columns = foreign_key_columns(database, table);
    if (columns.empty()) return;
    try {
        auto rows = database.prepare("PRAGMA main.foreign_key_check(" + quote_text(table) + ")");
        while (rows.step()) {
            const auto id = static_cast<std::size_t>(rows.column_int64(3));
            if (id < columns.size() && may_have_orphans(rules, table, columns[id])) continue;
            std::uint64_t hash = model::name_hash(table) * 3 + model::name_hash(rows.column_text(2));
            hash = hash * 5 + model::name_hash(id < columns.size() ? columns[id] : std::string());
            hash ^= static_cast<std::uint64_t>(rows.column_int64(1)) * 0x9e3779b97f4a7c15U; // 0 in tables without row numbers
            out.rows.push_back(hash ^ (hash >> 32));
        }
    } catch (const error& e) { // "foreign key mismatch": the parent columns are no key
        if (e.code() != "S215") throw;
        out.unusable.push_back(std::string(table) + ": " + e.info().what_happened);
    }
}

/// The tables whose foreign keys a plan can break: the changed ones and the children of changed ones.
inline std::set<std::string> tables_to_check(const plan& p, const model::schema& s) {
    std::set<std::string> changed;
    std::set<std::string> names;
    for (const step& one : p.steps) {
        if (!one.table.empty()) changed.insert(one.table);
        if (one.kind == step_kind::rename_table) changed.insert(one.object);
    }
    const auto is_changed = [&](const model::name& n) {
        return std::any_of(changed.begin(), changed.end(), [&](const std::string& c) { return n == model::name(c); });
    };
    for (const model::table& t : s.tables) {
        bool touched = is_changed(t.name);
        for (const auto& f : s.foreign_keys_of(t)) touched = touched || is_changed(f.parent);
        if (touched) names.insert(std::string(t.name.text));
    }
    return names;
}

/// Finds the rows without parents now.
inline broken_references find_broken_references(autopack_schema::sqlite::connection& database, const plan& p, const model::schema& s,
                                                std::span<const data_rule> rules) {
    broken_references found;
    for (const std::string& table : tables_to_check(p, s)) check_references(database, table, rules, found);
    std::sort(found.rows.begin(), found.rows.end());
    return found;
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/preflight.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Names the first rows that a check finds.
inline std::string first_rows(autopack_schema::sqlite::connection& database, const pre_check& check) {
    std::string text;
    auto rows = database.prepare("SELECT " + check.key + " FROM " + check.from + " WHERE " + check.where + " LIMIT 5");
    while (rows.step()) {
        std::string_view name = rows.column_text(0);
        const std::size_t space = name.find(' ');
        if (!text.empty() && space != std::string_view::npos) name.remove_prefix(space + 1); // "rowid 7, 9, 12"
        text += (text.empty() ? "" : ", ") + std::string(name);
    }
    return text;
}

inline void add_blocker(autopack_schema::sqlite::connection& database, const pre_check& check, std::int64_t rows, std::vector<blocker>& out) {
    if (rows == 0) return;
    out.push_back({check.code, check.table, check.column, check.what, check.advice, rows, first_rows(database, check), check.show});
}

/// Asks several checks over the same rows in one pass.
inline void ask_together(autopack_schema::sqlite::connection& database, const std::vector<const pre_check*>& checks, std::vector<blocker>& out) {
    std::string sql;
    for (const pre_check* const c : checks) sql += (sql.empty() ? "SELECT count(*) FILTER (WHERE " : ", count(*) FILTER (WHERE ") + c->where + ")";
    std::vector<std::int64_t> counts;
    {
        auto row = database.prepare(sql + " FROM " + checks[0]->from);
        row.step();
        for (int i = 0; i < row.column_count(); ++i) counts.push_back(row.column_int64(i));
    }
    for (std::size_t i = 0; i < checks.size(); ++i) add_blocker(database, *checks[i], counts[i], out);
}

/// Asks the rows all that the steps of a plan need, in as few passes as the questions allow.
inline void ask_rows(autopack_schema::sqlite::connection& database, const std::vector<step>& steps, std::vector<blocker>& out) {
    for (const step& s : steps) {
        std::vector<bool> asked(s.checks.size(), false);
        for (std::size_t i = 0; i < s.checks.size(); ++i) {
            std::vector<const pre_check*> together;
            for (std::size_t j = i; j < s.checks.size() && together.size() < 500; ++j) {
                if (asked[j] || s.checks[j].from != s.checks[i].from) continue;
                asked[j] = true;
                together.push_back(&s.checks[j]);
            }
            if (!together.empty()) ask_together(database, together, out);
        }
    }
}

/// Asks whether the disk has room for the copy, the journal and the backup (trap 30).
inline void ask_disk(autopack_schema::sqlite::connection& database, const plan& p, bool with_backup, std::vector<blocker>& out) {
    if (database.name() == ":memory:" || p.empty()) return;
    bool rebuilds = false;
    for (const step& s : p.steps) rebuilds = rebuilds || s.kind == step_kind::rebuild_table;
    const std::int64_t size = database.query_int("PRAGMA main.page_count") * database.query_int("PRAGMA main.page_size");
    const std::int64_t needed = size * ((rebuilds ? 2 : 1) + (with_backup ? 1 : 0));
    std::error_code failed;
    const std::filesystem::space_info disk = std::filesystem::space(std::filesystem::path(database.name()).parent_path(), failed);
    if (failed || disk.available >= static_cast<std::uintmax_t>(needed)) return;
    out.push_back({.code = "S378",
                   .what = "the disk has " + std::to_string(disk.available / 1048576) + " MB free, up to " +
                           std::to_string(needed / 1048576 + 1) + " MB may be needed",
                   .advice = "free space on the disk of the database"});
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/session.hpp

namespace autopack_schema::migrate::sqlite::detail {

using autopack_schema::sqlite::connection;
using autopack_schema::sqlite::setting;

[[noreturn]] inline void refuse_session(const connection& database, std::string what, std::string advice) {
    throw error({.code = "S379", .what_happened = std::move(what), .database = database.name(), .advice = std::move(advice)});
}

/// Lists the objects of the temporary schema; empty where there are none.
inline std::string temporary_objects(connection& database) {
    std::string names;
    auto rows = database.prepare("SELECT type || ' ' || name FROM temp.sqlite_schema WHERE type <> 'index' LIMIT 5");
    while (rows.step()) names += (names.empty() ? "" : ", ") + std::string(rows.column_text(0));
    return names;
}

/// Lists the attached databases.
inline std::string attached_databases(connection& database) {
    std::string names;
    auto rows = database.prepare("SELECT name FROM pragma_database_list WHERE name NOT IN ('main', 'temp')");
    while (rows.step()) names += (names.empty() ? "" : ", ") + std::string(rows.column_text(0));
    return names;
}

inline bool has_running_statement(const connection& database) {
    for (sqlite3_stmt* s = sqlite3_next_stmt(database.handle(), nullptr); s != nullptr; s = sqlite3_next_stmt(database.handle(), s)) {
        if (sqlite3_stmt_busy(s) != 0) return true;
    }
    return false;
}

/// Refuses a connection on which a migration would not be safe (traps 03, 29, 31, 32, 33).
/// errors: S379
inline void require_ready(connection& database) {
    if (!database.is_open()) refuse_session(database, "the connection is closed", "open the database first");
    if (database.is_read_only()) refuse_session(database, "the database is open for reading only", "open it for writing");
    if (database.in_transaction()) refuse_session(database, "a transaction is open on the connection", "commit or roll back first");
    if (has_running_statement(database)) {
        refuse_session(database, "a statement of the connection is still running", "finish or reset it first");
    }
    if (sqlite3_libversion_number() < 3035005) {
        refuse_session(database, std::string("SQLite ") + sqlite3_libversion() + " is too old", "use 3.35.5 or newer");
    }
    if (const std::string names = temporary_objects(database); !names.empty()) {
        refuse_session(database, "the connection has temporary objects, which shadow tables or vanish with them: " + names,
                       "drop them, or migrate on a connection of its own");
    }
    if (const std::string names = attached_databases(database); !names.empty()) {
        refuse_session(database, "the connection has other databases attached: " + names,
                       "detach them, or migrate on a connection of its own");
    }
}

/// Sets a connection up for a migration and puts everything back at the end of the scope, whatever happens (trap 35).
/// shape:  foreign keys off (before BEGIN, read back: traps 01 to 04), triggers off (a migration's values are no
///         events), CHECKs on (trap 20), ALTER TABLE in its modern form
class session {
public:
    session(connection& database, int busy_timeout_ms)
        : database_(database),
          busy_timeout_ms_(database.busy_timeout_ms()),
          foreign_keys_(database.is_enabled(setting::foreign_keys)),
          triggers_(database.is_enabled(setting::triggers)),
          legacy_(database.is_enabled(setting::legacy_alter_table)),
          writable_schema_(database.is_enabled(setting::writable_schema)),
          ignore_checks_(database.query_int("PRAGMA ignore_check_constraints") != 0) {
        try {
            enter(busy_timeout_ms);
        } catch (...) {
            leave();
            throw;
        }
    }
    session(const session&) = delete;
    session& operator=(const session&) = delete;
    ~session() { leave(); }

private:
    void enter(int busy_timeout_ms) {
        database_.set_busy_timeout(busy_timeout_ms);
        database_.enable(setting::foreign_keys, false);
        database_.enable(setting::triggers, false);
        database_.enable(setting::legacy_alter_table, false);
        database_.enable(setting::writable_schema, false);
        database_.execute("PRAGMA ignore_check_constraints=OFF");
        if (database_.query_int("PRAGMA foreign_keys") != 0) {
            refuse_session(database_, "foreign keys cannot be switched off", "migrate on a connection of its own");
        }
    }

    void leave() noexcept {
        try {
            database_.set_busy_timeout(busy_timeout_ms_);
            database_.enable(setting::triggers, triggers_);
            database_.enable(setting::legacy_alter_table, legacy_);
            database_.enable(setting::writable_schema, writable_schema_);
            if (ignore_checks_) database_.execute("PRAGMA ignore_check_constraints=ON");
            database_.enable(setting::foreign_keys, foreign_keys_);
        } catch (...) { // a transaction that could not even be rolled back: its own error says so
        }
    }

    connection& database_;
    int busy_timeout_ms_;
    bool foreign_keys_;
    bool triggers_;
    bool legacy_;
    bool writable_schema_;
    bool ignore_checks_;
};

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/broken.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Compiles a statement without running it and notes why it does not.
inline void try_compile(autopack_schema::sqlite::connection& database, std::string_view what, const std::string& sql,
                        std::vector<std::string>& out) {
    try {
        database.prepare(sql);
    } catch (const error& e) {
        // a view takes no INSERT of its own; that says nothing about its triggers
        if (e.info().what_happened.find("because it is a view") != std::string::npos) return;
        out.push_back(std::string(what) + ": " + e.info().what_happened);
    }
}

/// Compiles what fires the triggers of a table or a view.
inline void try_triggers(autopack_schema::sqlite::connection& database, std::string_view name, std::span<const std::string> columns,
                         std::vector<std::string>& out) {
    const std::string what = "a trigger of " + std::string(name);
    const std::string table = in_main(name);
    try_compile(database, what, "INSERT INTO " + table + " DEFAULT VALUES", out);
    try_compile(database, what, "DELETE FROM " + table, out);
    std::string set;
    for (const std::string& c : columns) set += (set.empty() ? "" : ", ") + quote_identifier(c) + " = " + quote_identifier(c);
    if (!set.empty()) try_compile(database, what, "UPDATE " + table + " SET " + set, out);
}

/// The columns of a table or view that an UPDATE can set.
inline std::vector<std::string> settable_columns(autopack_schema::sqlite::connection& database, std::string_view name) {
    std::vector<std::string> names;
    try {
        auto rows = database.prepare("SELECT name FROM pragma_table_xinfo(?1, 'main') WHERE hidden = 0");
        rows.bind(1, name);
        while (rows.step()) names.emplace_back(rows.column_text(0));
    } catch (const error&) { // a view that does not compile: it is reported by itself
    }
    return names;
}

/// Switches triggers on for as long as it lives: off, none of them is compiled.
class triggers_on {
public:
    explicit triggers_on(autopack_schema::sqlite::connection& database)
        : database_(database), before_(database.is_enabled(autopack_schema::sqlite::setting::triggers)) {
        database_.enable(autopack_schema::sqlite::setting::triggers, true);
    }
    triggers_on(const triggers_on&) = delete;
    triggers_on& operator=(const triggers_on&) = delete;
    ~triggers_on() {
        if (!before_) sqlite3_db_config(database_.handle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    }

private:
    autopack_schema::sqlite::connection& database_;
    bool before_;
};

/// Lists the views and triggers that do not compile, and why (EXPLAIN without running anything).
inline std::vector<std::string> broken_statements(autopack_schema::sqlite::connection& database, const model::schema& s) {
    const triggers_on guard(database);
    std::vector<std::string> found;
    for (const model::view& v : s.views) {
        try_compile(database, "view " + std::string(v.name.text), "EXPLAIN SELECT * FROM " + in_main(v.name.text), found);
    }
    std::vector<model::name> done;
    for (const model::trigger& t : s.triggers) {
        bool seen = false;
        for (const model::name& n : done) seen = seen || n == t.table;
        if (seen) continue;
        done.push_back(t.table);
        try_triggers(database, t.table.text, settable_columns(database, t.table.text), found);
    }
    return found;
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/verify.hpp

namespace autopack_schema::migrate::sqlite::detail {

[[noreturn]] inline void fail_verification(const autopack_schema::sqlite::connection& database, std::string_view code, std::string what) {
    throw error({.code = std::string(code), .what_happened = std::move(what), .database = database.name(),
                 .advice = "everything was rolled back, the database is as before"});
}

/// The history table is ours and not part of any schema.
inline bool is_history(const change& c, const model::schema& from, const model::schema& to) {
    return model::same_name(table_of(c, from, to), history_table);
}

/// The schema must be the target, in every meaning.
/// errors: S383
inline void verify_schema(autopack_schema::sqlite::connection& database, const model::schema& now, const model::schema& target) {
    for (const change& c : diff(now, target, sql::sqlite::rules)) {
        if (is_history(c, now, target)) continue;
        fail_verification(database, "S383", "after all steps " + std::string(drift_name(c.kind)) + " " + object_label(c, now, target) +
                                                " is still not what was wanted; please report it");
    }
}

/// What stays must be there as it was, byte for byte.
/// errors: S383
inline void verify_kept(autopack_schema::sqlite::connection& database, const model::schema& now, const model::schema& target) {
    const auto lost = [&](std::string_view kind, const model::name& name) {
        fail_verification(database, "S383", std::string(kind) + " " + std::string(name.text) + " would have been lost or changed; please report it");
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
        const bool there = std::any_of(now.others.begin(), now.others.end(), [&](const model::unmodelled& n) { return n.name == o.name && n.sql == o.sql; });
        if (!there) lost("the object", o.name);
    }
}

/// Views and triggers must compile if they did before.
/// errors: S383
inline void verify_statements(autopack_schema::sqlite::connection& database, const model::schema& now, const std::vector<std::string>& broken_before) {
    for (const std::string& b : broken_statements(database, now)) {
        if (std::find(broken_before.begin(), broken_before.end(), b) == broken_before.end()) {
            fail_verification(database, "S383", b + " after the migration; change it in the definition, or allow its removal");
        }
    }
}

/// No row may break a foreign key that did not break it before (trap 34).
/// errors: S384
inline void verify_references(const autopack_schema::sqlite::connection& database, const broken_references& before, const broken_references& after) {
    for (const std::string& u : after.unusable) {
        if (std::find(before.unusable.begin(), before.unusable.end(), u) == before.unusable.end()) {
            fail_verification(database, "S384", "the foreign keys of " + u);
        }
    }
    std::vector<std::uint64_t> added;
    std::set_difference(after.rows.begin(), after.rows.end(), before.rows.begin(), before.rows.end(), std::back_inserter(added));
    if (added.empty()) return;
    fail_verification(database, "S384", std::to_string(added.size()) + " rows would break a foreign key that they did not break before");
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/gather.hpp

namespace autopack_schema::migrate::sqlite {

namespace detail {

/// Counts the rows that a rule would change now; -1 where its column or something in its expression is not there yet.
inline std::int64_t count_rows_to_fill(autopack_schema::sqlite::connection& database, const model::schema& live, const data_rule& rule) {
    const model::table* const t = model::find_table(live, rule.table);
    if (rule.is_allowance() || t == nullptr || model::find_column(live, *t, rule.name) == nullptr) return -1;
    try {
        return database.query_int("SELECT count(*) FROM " + in_main(t->name.text) + " WHERE " + rows_to_fill_predicate(rule));
    } catch (const error& e) {
        if (e.code() == "S215") return -1; // no such column: it comes with the same plan
        throw;
    }
}

inline bool has_statistics(autopack_schema::sqlite::connection& database, std::string_view table) {
    if (database.query_int("SELECT count(*) FROM main.sqlite_schema WHERE name = 'sqlite_stat1'") == 0) return false;
    return database.query_int("SELECT count(*) FROM main.sqlite_stat1 WHERE tbl = ?1 COLLATE NOCASE", table) != 0;
}

} // namespace detail

/// Reads what a plan must know beside the schema, apart from what `gather_rows` reads.
inline facts gather(autopack_schema::sqlite::connection& database, const model::schema& live, std::span<const data_rule> rules) {
    facts known;
    known.version = sqlite3_libversion_number();
    known.fingerprint = fingerprint(database);
    known.broken = detail::broken_statements(database, live);
    for (const data_rule& r : rules) known.rows_to_fill.push_back(detail::count_rows_to_fill(database, live, r));
    return known;
}

/// Counts the rows of the tables that a plan changes.
inline void gather_rows(autopack_schema::sqlite::connection& database, const model::schema& live, const plan& p, facts& known) {
    for (const step& s : p.steps) {
        const model::table* const t = model::find_table(live, model::name(s.table));
        if (t == nullptr || t->kind != model::table_kind::ordinary || !known.of(t->name).name.empty()) continue;
        known.tables.push_back({std::string(t->name.text), database.query_int("SELECT count(*) FROM " + detail::in_main(t->name.text)),
                                detail::has_statistics(database, t->name.text)});
    }
}

} // namespace autopack_schema::migrate::sqlite

// ---- autopack_schema/migrate/sqlite/detail/check_list.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// The questions that the rows of one table must answer before they are copied or changed.
class check_list {
public:
    check_list(const table_pair& pair, std::vector<pre_check>& out)
        : pair_(pair), sources_(sources_of(pair)), rowid_(rowid_name(pair.live, pair.was)), out_(out) {}

    const table_pair& pair() const { return pair_; }
    const std::vector<column_source>& sources() const { return sources_; }
    std::string table() const { return in_main(pair_.was.name.text); }

    const column_source* source(const model::name& column) const {
        for (const column_source& s : sources_) {
            if (s.column->name == column) return &s;
        }
        return nullptr;
    }

    /// The rows as the new table would have them; the old table itself where a text names only what stays.
    std::string rows(std::string_view text, std::string_view alias = {}) const {
        bool changed = false;
        std::string list = rowid_.empty() ? "" : std::string(rowid_) + " AS \"row\"";
        for (const column_source& s : sources_) {
            if (!migrate::detail::mentions(text, s.column->name.text)) continue;
            changed = changed || !is_unchanged(pair_, s);
            list += (list.empty() ? "" : ", ") + kept_value(pair_, s) + " AS " + quote_identifier(s.column->name.text);
        }
        const std::string as = " AS " + quote_identifier(alias.empty() ? pair_.is.name.text : alias);
        if (!changed) return alias.empty() ? table() : table() + as;
        if (rowid_.empty()) list += ", " + key_text() + " AS \"row\"";
        return "(SELECT " + list + " FROM " + table() + ")" + as;
    }

    /// What names a row of `rows`: its number, or the first part of its key.
    std::string row(std::string_view source) const {
        if (source.front() == '(') return "\"row\"";
        return rowid_.empty() ? key_text() : std::string(rowid_);
    }

    /// `rowid` where there are row numbers, to be put before a row's name.
    std::string_view row_word() const { return rowid_.empty() ? "key " : "rowid "; }

    /// Adds a question about single rows.
    void add(pre_check check) {
        check.key = "'" + std::string(row_word()) + "' || " + row(check.from);
        const bool numbered = check.from.front() != '(' && !rowid_.empty();
        check.show = "SELECT " + (numbered ? std::string(rowid_) + ", *" : std::string("*")) + " FROM " + check.from + " WHERE " +
                     check.where + " LIMIT 20";
        add_as_it_is(std::move(check));
    }

    /// Adds a question that has its own words for rows.
    void add_as_it_is(pre_check check) {
        check.table = pair_.is.name.text;
        out_.push_back(std::move(check));
    }

private:
    std::string key_text() const {
        const auto parts = pair_.live.parts_of(pair_.was.key);
        return parts.empty() || parts[0].is_expression ? "'?'" : "quote(" + quote_identifier(parts[0].text.text) + ")";
    }

    const table_pair& pair_;
    std::vector<column_source> sources_;
    std::string_view rowid_;
    std::vector<pre_check>& out_;
};

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/column_checks.hpp

namespace autopack_schema::migrate::sqlite::detail {

inline void check_null(check_list& list, const column_source& s, const model::column* old) {
    const table_pair& pair = list.pair();
    const model::column& c = *s.column;
    if (!pair.is_not_null(c) || !s.copied) return;
    const bool refused_before = old != nullptr && sql::sqlite::rules.not_null({pair.live, pair.was}, *old);
    if (refused_before && s.direct) return;
    if (old == nullptr && !s.filled) return; // the row number
    list.add({.code = "S372",
              .column = std::string(c.name.text),
              .what = s.filled ? "NULL from the expression for a NOT NULL column" : "NULL in a column that becomes NOT NULL",
              .advice = "correct the rows, or give the migration a transform for the column",
              .from = list.table(),
              .where = parenthesized(s.value) + " IS NULL"});
}

/// Asks for values that the new type stores as others, unless that is allowed.
inline void check_lossless(check_list& list, const column_source& s, const model::column& old) {
    const table_pair& pair = list.pair();
    const model::column& c = *s.column;
    if (!pair.changes_type(old, c) || s.filled || pair.rule(rule_kind::lossy, c.name) != nullptr) return;
    const auto to = pair.affinity_of(c);
    if (to == affinity::blob) return;
    list.add({.code = "S375",
              .column = std::string(c.name.text),
              .what = "a value that the new type would store as another one",
              .advice = "give the migration a transform, or allow it with 'lossy " + std::string(pair.is.name.text) + "." +
                        std::string(c.name.text) + "'",
              .from = list.table(),
              .where = loses_value(s.value, to)});
}

/// Asks for values that a STRICT column or the row number refuses.
inline void check_storage_class(check_list& list, const column_source& s, const model::column& old) {
    const table_pair& pair = list.pair();
    const model::column& c = *s.column;
    const bool becomes_rowid = pair.is_rowid(c) && !pair.was_rowid(old);
    const bool becomes_strict = pair.is.strict && (!pair.was.strict || pair.changes_type(old, c) || s.filled);
    std::string_view wanted;
    if (becomes_strict) wanted = strict_class(sql::sqlite::declared_type(c.type, true));
    if (becomes_rowid) wanted = "integer";
    if (wanted.empty()) return;
    list.add({.code = "S376",
              .column = std::string(c.name.text),
              .what = "a value that is no " + std::string(wanted),
              .advice = "correct the rows, or give the migration a transform for the column",
              .from = list.table(),
              .where = "typeof(" + stored_value(s.value, pair.affinity_of(c)) + ") NOT IN ('" + std::string(wanted) + "', 'null')"});
}

/// A plain column that becomes a generated one loses the values that are not what it computes.
inline void check_generated(check_list& list, const column_source& s, const model::column& old) {
    const table_pair& pair = list.pair();
    if (old.generated != model::generated_kind::none || pair.rule(rule_kind::lossy, s.column->name) != nullptr) return;
    list.add({.code = "S375",
              .column = std::string(s.column->name.text),
              .what = "a value that is not what the generated column computes",
              .advice = "correct the rows, or allow it with 'lossy " + std::string(pair.is.name.text) + "." +
                        std::string(s.column->name.text) + "'",
              .from = list.table(),
              .where = quote_identifier(old.name.text) + " IS NOT " + s.value});
}

/// Asks whether every row has a value that a column accepts.
inline void check_column(check_list& list, const column_source& s) {
    const table_pair& pair = list.pair();
    const model::column& c = *s.column;
    const model::column* const old = pair.old_column(c.name);
    if (c.generated != model::generated_kind::none) {
        if (old != nullptr) check_generated(list, s, *old);
        return;
    }
    if (old == nullptr && !s.copied && !c.default_to.present() && pair.is_not_null(c) && !pair.is_rowid(c)) {
        return list.add({.code = "S371",
                         .column = std::string(c.name.text),
                         .what = "no value for the new NOT NULL column",
                         .advice = "give the column a default, or the migration a backfill for it",
                         .from = list.table(),
                         .where = "1"});
    }
    check_null(list, s, old);
    if (old == nullptr || !s.copied) return;
    check_lossless(list, s, *old);
    check_storage_class(list, s, *old);
}

/// Asks whether all rows pass a CHECK, also one that was there before: the copy would stop at the first that does not.
inline void check_expression(check_list& list, const model::check_constraint& check) {
    list.add({.code = "S374",
              .column = std::string(check.name.empty() ? check.column.text : check.name.text),
              .what = "against CHECK (" + std::string(check.expression) + ")",
              .advice = "correct the rows, or give the migration a transform for the column",
              .from = list.rows(check.expression),
              .where = "NOT " + parenthesized(check.expression)});
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/key_checks.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// The collation that a part of a key compares by.
inline std::string_view collation_of(const model::schema& s, const model::table& t, const model::key_part& p) {
    std::string_view collation = p.collation;
    const model::column* const c = p.is_expression ? nullptr : model::find_column(s, t, p.text);
    if (collation.empty() && c != nullptr) collation = c->collation;
    return collation.empty() ? "BINARY" : collation;
}

/// Tells whether the old table refused duplicates of the same columns, compared in the same way.
inline bool is_same_key(const table_pair& pair, std::span<const model::key_part> old, std::span<const model::key_part> now) {
    if (old.size() != now.size()) return false;
    for (const model::key_part& p : now) {
        bool found = false;
        for (const model::key_part& q : old) {
            found = found || (!p.is_expression && !q.is_expression && p.text == q.text &&
                              model::same_name(collation_of(pair.live, pair.was, q), collation_of(pair.target, pair.is, p)));
        }
        if (!found) return false;
    }
    return true;
}

/// Tells whether no check is needed: the values stay, and the old table had the key already.
inline bool is_enforced(const check_list& list, std::span<const model::key_part> parts) {
    const table_pair& pair = list.pair();
    for (const model::key_part& p : parts) {
        const column_source* const s = p.is_expression ? nullptr : list.source(p.text);
        if (s == nullptr || !is_unchanged(pair, *s)) return false;
    }
    if (is_same_key(pair, pair.live.parts_of(pair.was.key), parts)) return true;
    for (const auto& u : pair.live.uniques_of(pair.was)) {
        if (is_same_key(pair, pair.live.parts_of(u), parts)) return true;
    }
    for (const auto& i : pair.live.indexes_of(pair.was)) {
        if (i.unique && i.where.empty() && is_same_key(pair, pair.live.parts_of(i), parts)) return true;
    }
    return false;
}

/// Asks whether values that shall be unique are, compared as the key will compare them.
inline void check_unique(check_list& list, std::span<const model::key_part> parts, std::string_view where) {
    if (parts.empty() || is_enforced(list, parts)) return;
    const table_pair& pair = list.pair();
    std::string names, group, text(where);
    std::string present = where.empty() ? std::string("1") : parenthesized(where);
    for (const model::key_part& p : parts) {
        const std::string value = p.is_expression ? parenthesized(p.text.text) : quote_identifier(p.text.text);
        names += (names.empty() ? "" : ", ") + std::string(p.text.text);
        group += (group.empty() ? "" : ", ") + value + " COLLATE " + quote_identifier(collation_of(pair.target, pair.is, p));
        present += " AND " + value + " IS NOT NULL";
        text += ' ' + value;
    }
    const std::string rows = list.rows(text);
    const std::string from = "(SELECT min(" + list.row(rows) + ") AS \"first row\", count(*) AS \"rows\", " + group + " FROM " +
                             rows + " WHERE " + present + " GROUP BY " + group + " HAVING count(*) > 1)";
    list.add_as_it_is({.code = "S373",
                       .column = '(' + names + ')',
                       .what = "a value more than once where it shall be unique",
                       .advice = "remove or change the duplicates",
                       .from = from,
                       .where = "1",
                       .key = "'" + std::string(list.row_word()) + "' || \"first row\"",
                       .show = "SELECT * FROM " + from + " LIMIT 20"});
}

/// Tells whether the old table had the same foreign key: then its orphans were there before.
inline bool had_foreign_key(const table_pair& pair, const model::foreign_key& key) {
    const auto wanted = autopack_schema::detail::parent_columns(pair.target, key);
    for (const model::foreign_key& old : pair.live.foreign_keys_of(pair.was)) {
        const auto parents = autopack_schema::detail::parent_columns(pair.live, old);
        const auto from = pair.live.names_of(old.columns);
        const auto to = pair.target.names_of(key.columns);
        if (old.parent == key.parent && std::ranges::equal(from, to) && parents == wanted) return true;
    }
    return false;
}

/// Asks whether every row has its parent, for a foreign key that is new.
inline void check_parents(check_list& list, const model::foreign_key& key) {
    const table_pair& pair = list.pair();
    const auto columns = pair.target.names_of(key.columns);
    if (had_foreign_key(pair, key) || columns.empty()) return;
    if (pair.rule(rule_kind::orphans, columns[0]) != nullptr) return;
    const auto parents = autopack_schema::detail::parent_columns(pair.target, key);
    std::string names, text, present, same;
    for (std::size_t i = 0; i < columns.size() && i < parents.size(); ++i) {
        const std::string child = "\"child\"." + quote_identifier(columns[i].text);
        names += (names.empty() ? "" : ", ") + std::string(columns[i].text);
        text += ' ' + quote_identifier(columns[i].text);
        present += (present.empty() ? "" : " AND ") + child + " IS NOT NULL";
        same += (same.empty() ? "\"parent\"." : " AND \"parent\".") + quote_identifier(parents[i].text) + " = " + child;
    }
    const std::string source = list.rows(text, "child");
    const std::string row = "\"child\"." + list.row(source);
    const bool has_parents = model::find_table(pair.live, key.parent) != nullptr;
    const std::string where = has_parents ? present + " AND NOT EXISTS (SELECT 1 FROM " + in_main(key.parent.text) +
                                                " AS \"parent\" WHERE " + same + ")"
                                          : present;
    list.add_as_it_is({.code = "S377",
                       .column = '(' + names + ')',
                       .what = "no parent in " + std::string(key.parent.text),
                       .advice = "insert the parents, correct the rows, or allow it with 'orphans " +
                                 std::string(pair.is.name.text) + "." + std::string(columns[0].text) + "'",
                       .from = source,
                       .where = where,
                       .key = "'" + std::string(list.row_word()) + "' || " + row,
                       .show = "SELECT \"child\".* FROM " + source + " WHERE " + where + " LIMIT 20"});
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/fill.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Asks what the new values of one column could break.
inline void check_fill(check_list& list, const column_source& s) {
    const table_pair& pair = list.pair();
    check_column(list, s);
    for (const auto& c : pair.target.checks_of(pair.is)) {
        if (migrate::detail::mentions(c.expression, s.column->name.text)) check_expression(list, c);
    }
    const auto unique = [&](std::span<const model::key_part> parts, std::string_view where) {
        if (migrate::detail::mentions(parts, s.column->name)) check_unique(list, parts, where);
    };
    unique(pair.target.parts_of(pair.is.key), {});
    for (const auto& u : pair.target.uniques_of(pair.is)) unique(pair.target.parts_of(u), {});
    for (const auto& i : pair.target.indexes_of(pair.is)) {
        if (i.unique) unique(pair.target.parts_of(i), i.where);
    }
}

/// Plans new values for columns that are there, of a table that is not rebuilt.
/// shape:  only rows that change are written, so that a second run has nothing to do
inline void fill_columns(const table_pair& pair, std::span<const std::int64_t> rows_to_fill, std::vector<step>& out) {
    for (std::size_t i = 0; i < pair.rules.size(); ++i) {
        const data_rule& rule = pair.rules[i];
        if (rule.is_allowance() || !(rule.table == pair.is.name) || pair.old_column(rule.name) == nullptr) continue;
        const model::column* const c = model::find_column(pair.target, pair.is, rule.name);
        const std::int64_t rows = i < rows_to_fill.size() ? rows_to_fill[i] : -1;
        if (c == nullptr || rows == 0 || value_rule(pair, *c) != &rule) continue;
        step made{.kind = step_kind::fill_column, .table = std::string(pair.is.name.text), .object = std::string(c->name.text), .rows = rows};
        made.changes.push_back(std::string(words_of(rule.kind)) + " " + std::string(pair.is.name.text) + "." +
                               std::string(c->name.text) + " = " + std::string(rule.sql));
        check_list list(pair, made.checks);
        check_fill(list, *list.source(c->name));
        made.statements.push_back({statement_role::fill, "UPDATE " + in_main(pair.is.name.text) + " SET " +
                                                             quote_identifier(c->name.text) + " = " + parenthesized(rule.sql) +
                                                             " WHERE " + rows_to_fill_predicate(rule)});
        out.push_back(std::move(made));
    }
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/hazards.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Tells whether a text has "name" in double quotes: a string while there is no such column (trap 43).
constexpr bool double_quotes(std::string_view text, std::string_view name) {
    sql::tokenizer source(text);
    for (sql::token t = source.next_significant(); t.kind != sql::token_kind::end; t = source.next_significant()) {
        if (t.kind == sql::token_kind::quoted_identifier && t.text.front() == '"' && sql::same_identifier(t.text, name)) return true;
    }
    return false;
}

/// The stored texts of a table that the target keeps and in which a new name could change its meaning.
inline std::vector<std::string_view> kept_texts(const table_pair& pair) {
    std::vector<std::string_view> texts;
    const auto keep = [&](std::string_view text, bool still_there) {
        if (still_there && !text.empty()) texts.push_back(text);
    };
    for (const auto& c : pair.live.checks_of(pair.was)) {
        bool there = false;
        for (const auto& k : pair.target.checks_of(pair.is)) there = there || k.expression == c.expression;
        keep(c.expression, there);
    }
    for (const auto& i : pair.live.indexes_of(pair.was)) {
        const bool there = model::find(pair.target.indexes, i.name) != nullptr;
        keep(i.where, there);
        for (const auto& p : pair.live.parts_of(i)) keep(p.is_expression ? p.text.text : std::string_view(), there);
    }
    for (const auto& t : pair.live.triggers) {
        keep(t.definition, t.table == pair.was.name && model::find(pair.target.triggers, t.name) != nullptr);
    }
    return texts;
}

/// Finds what no rows decide: a string that becomes a column, a type that a STRICT table does not know.
inline void find_hazards(const table_pair& pair, std::vector<blocker>& out) {
    const std::string table(pair.is.name.text);
    for (const model::column& c : pair.target.columns_of(pair.is)) {
        const std::string column(c.name.text);
        if (pair.old_column(c.name) == nullptr) {
            for (const std::string_view text : kept_texts(pair)) {
                if (!double_quotes(text, c.name.text)) continue;
                out.push_back({.code = "S380", .table = table, .column = column,
                               .what = "\"" + column + "\" in double quotes is a string in " + std::string(text) +
                                       " and would become the new column",
                               .advice = "write the string in single quotes first"});
            }
        }
        const std::string_view type = sql::sqlite::declared_type(c.type, true);
        const bool known = !strict_class(type).empty() || model::same_name(type, "ANY");
        if (pair.is.strict && !known) {
            out.push_back({.code = "S380", .table = table, .column = column,
                           .what = "a STRICT table cannot have a column of type " + std::string(type),
                           .advice = "put the column into the definition with a type that STRICT tables know, or allow its removal"});
        }
    }
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/describe_changes.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Says in words what a change does to a table: "add column runs.notes", "make runs.name NOT NULL".
inline std::string words_for(const change& c, const model::schema& from, const model::schema& to) {
    const std::string object = object_label(c, from, to);
    switch (c.kind) {
    case change_kind::add_column: return "add column " + object;
    case change_kind::drop_column: return "drop column " + object;
    case change_kind::column_not_null:
        return (to.columns[c.to].nullable ? "allow NULL in " : "make NOT NULL ") + object;
    case change_kind::column_type: return "change the type of " + object;
    case change_kind::column_default: return "change the default of " + object;
    case change_kind::add_check: return "add a CHECK to " + object;
    case change_kind::drop_check: return "drop a CHECK of " + object + ": " + std::string(from.checks[c.from].expression);
    case change_kind::check_expression: return "change the CHECK of " + object;
    case change_kind::add_unique: return "add UNIQUE " + object;
    case change_kind::drop_unique: return "drop UNIQUE " + object;
    case change_kind::add_foreign_key: return "add a foreign key to " + object;
    case change_kind::drop_foreign_key: return "drop the foreign key of " + object;
    case change_kind::add_index: return "create index " + object;
    case change_kind::drop_index: return "drop index " + object;
    default: return "change " + std::string(drift_name(c.kind)) + " of " + object;
    }
}

/// What the changes of a pair of tables do, one text each.
inline std::vector<std::string> words_for(const table_pair& pair) {
    std::vector<std::string> words;
    for (const change& c : pair.changes) words.push_back(words_for(c, pair.live, pair.target));
    return words;
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/render.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// The statement that makes an index: the stored one byte for byte where it stays as it is.
inline std::string index_sql(const model::schema& s, const model::table& t, const model::index& i) {
    return i.sql.empty() ? sql::sqlite::create_index(s, t, i, {.schema_name = "main"}) : std::string(i.sql);
}

/// The statement that makes a view: the stored one, or one from its definition.
inline std::string view_sql(const model::schema& s, const model::view& v) {
    return v.sql.empty() ? sql::sqlite::create_view(s, v, {.schema_name = "main"}) : std::string(v.sql);
}

/// The statement that makes a trigger: the stored one, or one from its definition.
inline std::string trigger_sql(const model::trigger& t) {
    return t.sql.empty() ? sql::sqlite::create_trigger(t, {.schema_name = "main"}) : std::string(t.sql);
}

/// The statement that makes a table under a name, from what is declared, never from PRAGMAs (trap 22).
inline std::string table_sql(const model::schema& s, const model::table& t, std::string_view name) {
    return sql::sqlite::create_table(s, t, {.schema_name = "main", .table_name = name});
}

/// The statement that made a table; from its definition where there is none.
inline std::string table_sql_as_stored(const model::schema& s, const model::table& t) {
    return t.sql.empty() ? sql::sqlite::create_table(s, t) : std::string(t.sql);
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/in_place.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// The first SQLite version with ALTER COLUMN … SET NOT NULL and ADD/DROP CONSTRAINT.
inline constexpr int alters_constraints_since = 3053000;

/// Tells whether a default is a constant, so that ADD COLUMN can give it to rows that are there.
constexpr bool is_constant(const model::default_value& d) { return d.kind != model::default_kind::expression; }

/// Decides which changes of a table SQLite can make without writing a new table.
/// source: https://sqlite.org/lang_altertable.html, 3 to 6; traps 41 and 42
struct in_place_rules {
    const table_pair& pair;
    int version;
    bool has_broken_statements; ///< DROP COLUMN fails when any view or trigger is broken

    bool can_alter() const {
        if (!new_columns_are_last()) return false;
        for (const change& c : pair.changes) {
            if (!can(c)) return false;
        }
        return true;
    }

    /// The column that a CHECK or a foreign key comes along with in ADD COLUMN; nullptr where there is none.
    const model::column* column_of(const change& c) const {
        if (c.kind == change_kind::add_check) return added(pair.target.checks[c.to].column);
        if (c.kind != change_kind::add_foreign_key) return nullptr;
        const sql::sqlite::detail::placement at_columns(pair.target, pair.is);
        if (c.to - pair.is.foreign_keys.first >= at_columns.foreign_keys) return nullptr; // written at the table
        return added(pair.target.names_of(pair.target.foreign_keys[c.to].columns)[0]);
    }

private:
    bool can(const change& c) const {
        switch (c.kind) {
        case change_kind::add_column: return can_add(pair.target.columns[c.to]);
        case change_kind::drop_column: return can_drop(pair.live.columns[c.from]);
        case change_kind::add_check:
            return column_of(c) != nullptr || (version >= alters_constraints_since && !pair.target.checks[c.to].name.empty());
        case change_kind::drop_check: return version >= alters_constraints_since && !pair.live.checks[c.from].name.empty();
        case change_kind::column_not_null:
            return version >= alters_constraints_since && pair.target.columns[c.to].on_null == model::conflict::none &&
                   !pair.has(change_kind::primary_key_columns);
        case change_kind::add_foreign_key: return column_of(c) != nullptr;
        default: return c.what == element::index;
        }
    }

    const model::column* added(const model::name& name) const {
        if (name.empty() || pair.old_column(name) != nullptr) return nullptr;
        return model::find_column(pair.target, pair.is, name);
    }

    bool can_add(const model::column& c) const {
        if (c.identity != model::identity_kind::none || c.generated == model::generated_kind::stored) return false;
        if (model::in_primary_key(pair.target, pair.is, c.name) || !is_constant(c.default_to)) return false;
        const bool refuses_null = pair.is_not_null(c) && c.generated == model::generated_kind::none;
        const bool has_value = c.default_to.present() && c.default_to.kind != model::default_kind::null;
        return (!refuses_null || has_value) && !(refuses_null && c.generated != model::generated_kind::none);
    }

    bool new_columns_are_last() const {
        bool new_seen = false;
        for (const model::column& c : pair.target.columns_of(pair.is)) {
            const bool is_new = pair.old_column(c.name) == nullptr;
            if (new_seen && !is_new) return false;
            new_seen = new_seen || is_new;
        }
        return true;
    }

    /// Nothing may name the column: keys, indexes, CHECKs, foreign keys, generated columns, views, triggers.
    bool can_drop(const model::column& c) const {
        using migrate::detail::mentions;
        const model::schema& s = pair.live;
        if (has_broken_statements || version < 3035005 || mentions(s.parts_of(pair.was.key), c.name)) return false;
        for (const auto& u : s.uniques_of(pair.was)) {
            if (mentions(s.parts_of(u), c.name)) return false;
        }
        for (const auto& k : s.checks_of(pair.was)) {
            if (mentions(k.expression, c.name.text)) return false;
        }
        for (const auto& f : s.foreign_keys_of(pair.was)) {
            if (migrate::detail::contains(s.names_of(f.columns), c.name)) return false;
        }
        for (const auto& other : s.columns_of(pair.was)) {
            if (mentions(other.generated_as, c.name.text)) return false;
        }
        return !statements_name(c.name) && s.columns_of(pair.was).size() > 1;
    }

    bool statements_name(const model::name& column) const {
        for (const model::view& v : pair.live.views) {
            if (migrate::detail::mentions(v.definition, column.text)) return true;
        }
        for (const model::trigger& t : pair.live.triggers) {
            if (migrate::detail::mentions(t.definition, column.text)) return true;
        }
        return false;
    }
};

/// Adds what one change needs to a step that alters a table in place.
struct in_place_writer {
    const table_pair& pair;
    const in_place_rules& rules;
    check_list& list;
    step& made;

    void write(const change& c) const {
        const std::string alter = "ALTER TABLE " + in_main(pair.is.name.text) + " ";
        switch (c.kind) {
        case change_kind::add_column: add_column(alter, pair.target.columns[c.to]); break;
        case change_kind::drop_column:
            run(alter + "DROP COLUMN " + quote_identifier(pair.live.columns[c.from].name.text));
            made.loses_data = true;
            break;
        case change_kind::column_not_null: change_not_null(alter, pair.target.columns[c.to]); break;
        case change_kind::add_check:
            if (rules.column_of(c) != nullptr) break;
            check_expression(list, pair.target.checks[c.to]);
            run(alter + "ADD CONSTRAINT " + quote_identifier(pair.target.checks[c.to].name.text) + " CHECK " +
                parenthesized(pair.target.checks[c.to].expression));
            break;
        case change_kind::drop_check:
            run(alter + "DROP CONSTRAINT " + quote_identifier(pair.live.checks[c.from].name.text));
            break;
        default: break;
        }
    }

private:
    void run(std::string sql) const { made.statements.push_back({statement_role::change, std::move(sql)}); }

    void change_not_null(const std::string& alter, const model::column& c) const {
        if (const column_source* const s = list.source(c.name)) check_column(list, *s);
        run(alter + "ALTER COLUMN " + quote_identifier(c.name.text) + (c.nullable ? " DROP NOT NULL" : " SET NOT NULL"));
    }

    void add_column(const std::string& alter, const model::column& c) const {
        const column_source* const s = list.source(c.name);
        check_column(list, *s);
        for (const change& other : pair.changes) { // what stands at the column comes along with it
            if (rules.column_of(other) != &c) continue;
            if (other.kind == change_kind::add_check) {
                check_expression(list, pair.target.checks[other.to]);
            } else {
                check_parents(list, pair.target.foreign_keys[other.to]);
            }
        }
        run(alter + "ADD COLUMN " + sql::sqlite::column_definition(pair.target, pair.is, c));
        if (s->filled) {
            made.statements.push_back({statement_role::fill, "UPDATE " + in_main(pair.is.name.text) + " SET " +
                                                                 quote_identifier(c.name.text) + " = " + s->value});
            made.rows = pair.known.rows;
        }
        made.undo.push_back(alter + "DROP COLUMN " + quote_identifier(c.name.text));
    }
};

/// Plans the changes of a table that needs no rebuild; a step without statements where only indexes change.
inline step alter_step(const table_pair& pair, const in_place_rules& rules) {
    step made{.kind = step_kind::alter_table, .table = std::string(pair.is.name.text)};
    check_list list(pair, made.checks);
    for (const change& c : pair.changes) {
        if (c.what == element::index) continue;
        made.changes.push_back(words_for(c, pair.live, pair.target));
        in_place_writer{pair, rules, list, made}.write(c);
    }
    if (made.loses_data || pair.has(change_kind::drop_check) || pair.has(change_kind::column_not_null)) made.undo.clear();
    return made;
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/copy_rows.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Names the row number of both tables in the copy, where the new one has no column for it (trap 12).
/// shape: empty where it cannot or need not be copied
struct rowid_copy {
    std::string_view from{};
    std::string_view to{};
};

inline rowid_copy rowid_to_copy(const table_pair& pair) {
    if (rowid_column(pair.target, pair.is) != nullptr) return {};
    const rowid_copy names{rowid_name(pair.live, pair.was), rowid_name(pair.target, pair.is)};
    return names.from.empty() || names.to.empty() ? rowid_copy{} : names;
}

/// Writes the statement that copies all rows into the new table.
/// shape:  named columns, no generated ones, the row number where no column has it. OR ABORT outranks the ON CONFLICT
///         clauses of the table, which would leave rows out or put defaults in the place of NULL (traps 12 to 16).
inline std::string copy_rows(const table_pair& pair, std::string_view new_name, const std::vector<column_source>& sources) {
    std::string into, values;
    const auto add = [&](std::string_view name, std::string_view value) {
        into += (into.empty() ? "" : ", ") + std::string(name);
        values += (values.empty() ? "" : ", ") + std::string(value);
    };
    if (const rowid_copy names = rowid_to_copy(pair); !names.to.empty()) add(names.to, names.from);
    for (const column_source& s : sources) {
        if (s.copied) add(quote_identifier(s.column->name.text), s.value);
    }
    return "INSERT OR ABORT INTO " + in_main(new_name) + " (" + into + ") SELECT " + values + " FROM " + in_main(pair.was.name.text);
}

/// Writes what carries the highest number ever given over to the new table (trap 07).
inline std::vector<std::string> keep_sequence(std::string_view old_name, std::string_view new_name) {
    const std::string was = quote_text(old_name);
    const std::string is = quote_text(new_name);
    const std::string table = "main.sqlite_sequence";
    return {"UPDATE " + table + " SET seq = (SELECT max(seq) FROM " + table + " WHERE name IN (" + was + ", " + is + ")) WHERE name = " + is,
            "INSERT INTO " + table + " (name, seq) SELECT " + is + ", seq FROM " + table + " WHERE name = " + was +
                " AND NOT EXISTS (SELECT 1 FROM " + table + " WHERE name = " + is + ")"};
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/naming.hpp

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

// ---- autopack_schema/migrate/sqlite/detail/rebuild.hpp

namespace autopack_schema::migrate::sqlite::detail {

inline bool has_autoincrement(const model::schema& s, const model::table& t) {
    for (const model::column& c : s.columns_of(t)) {
        if (c.identity != model::identity_kind::none) return true;
    }
    return false;
}

/// Asks all that the rows must answer before a table is rebuilt.
inline void check_rows(check_list& list) {
    const table_pair& pair = list.pair();
    for (const column_source& s : list.sources()) check_column(list, s);
    for (const auto& c : pair.target.checks_of(pair.is)) check_expression(list, c);
    check_unique(list, pair.target.parts_of(pair.is.key), {});
    for (const auto& u : pair.target.uniques_of(pair.is)) check_unique(list, pair.target.parts_of(u), {});
    for (const auto& i : pair.target.indexes_of(pair.is)) {
        if (i.unique) check_unique(list, pair.target.parts_of(i), i.where);
    }
    for (const auto& f : pair.target.foreign_keys_of(pair.is)) check_parents(list, f);
}

/// Adds what dropping the old table took along: its indexes and triggers, those that stay byte for byte.
inline void restore_dependents(const table_pair& pair, step& made) {
    const auto add = [&made](std::string sql) { made.statements.push_back({statement_role::change, std::move(sql)}); };
    for (const model::index& i : pair.target.indexes_of(pair.is)) add(index_sql(pair.target, pair.is, i));
    for (const model::trigger& t : pair.target.triggers) {
        const bool kept = t.table == pair.is.name && !t.sql.empty() && model::find(pair.live.triggers, t.name) != nullptr;
        if (kept) add(std::string(t.sql));
    }
}

/// Plans the rebuild of one table with all that changes in it.
/// source: https://sqlite.org/lang_altertable.html, 7
inline step rebuild_step(const table_pair& pair, std::string_view fingerprint) {
    step made{.kind = step_kind::rebuild_table, .table = std::string(pair.is.name.text), .changes = words_for(pair), .rows = pair.known.rows};
    check_list list(pair, made.checks);
    check_rows(list);
    const std::string name = temporary_name(fingerprint, pair.is.name.text, pair.live, pair.target);
    const auto add = [&made](std::string sql) { made.statements.push_back({statement_role::change, std::move(sql)}); };
    add(table_sql(pair.target, pair.is, name));
    made.statements.push_back({statement_role::copy, copy_rows(pair, name, list.sources())});
    if (has_autoincrement(pair.live, pair.was) && has_autoincrement(pair.target, pair.is)) {
        for (std::string& sql : keep_sequence(pair.was.name.text, name)) add(std::move(sql));
    }
    add("DROP TABLE " + in_main(pair.was.name.text));
    add("PRAGMA legacy_alter_table=ON"); // views and triggers that name the table do not block the rename (trap 10)
    add("ALTER TABLE " + in_main(name) + " RENAME TO " + quote_identifier(pair.was.name.text));
    add("PRAGMA legacy_alter_table=OFF");
    restore_dependents(pair, made);
    if (pair.known.has_statistics) add("ANALYZE " + in_main(pair.was.name.text));
    made.loses_data = pair.has(change_kind::drop_column);
    made.successor = name;
    for (const column_source& c : list.sources()) {
        if (c.copied && is_unchanged(pair, c)) made.same_columns.emplace_back(c.column->name.text);
    }
    return made;
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/statements.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Makes a step of one statement.
inline step simple_step(step_kind kind, std::string_view table, std::string_view object, std::string sql, std::string undo = {}) {
    step made{.kind = kind, .table = std::string(table), .object = std::string(object)};
    made.statements.push_back({statement_role::change, std::move(sql)});
    if (!undo.empty()) made.undo.push_back(std::move(undo));
    return made;
}

inline step drop_view_step(const model::schema& s, const model::view& v) {
    return simple_step(step_kind::drop_view, {}, v.name.text, "DROP VIEW " + in_main(v.name.text), view_sql(s, v));
}

inline step drop_trigger_step(const model::trigger& t) {
    return simple_step(step_kind::drop_trigger, t.table.text, t.name.text, "DROP TRIGGER " + in_main(t.name.text), trigger_sql(t));
}

inline step drop_index_step(const model::schema& s, const model::table& t, const model::index& i) {
    return simple_step(step_kind::drop_index, t.name.text, i.name.text, "DROP INDEX " + in_main(i.name.text), index_sql(s, t, i));
}

inline step create_index_step(const model::schema& s, const model::table& t, const model::index& i) {
    return simple_step(step_kind::create_index, t.name.text, i.name.text, index_sql(s, t, i), "DROP INDEX " + in_main(i.name.text));
}

inline step create_trigger_step(const model::trigger& t) {
    return simple_step(step_kind::create_trigger, t.table.text, t.name.text, trigger_sql(t), "DROP TRIGGER " + in_main(t.name.text));
}

/// Creates a view, and the INSTEAD OF triggers that went with the one it replaces (trap 11).
inline step create_view_step(const model::schema& live, const model::schema& target, const model::view& v) {
    step made = simple_step(step_kind::create_view, {}, v.name.text, view_sql(target, v), "DROP VIEW " + in_main(v.name.text));
    for (const model::trigger& t : target.triggers) {
        const bool kept = t.table == v.name && !t.sql.empty() && model::find(live.triggers, t.name) != nullptr;
        if (kept) made.statements.push_back({statement_role::change, std::string(t.sql)});
    }
    return made;
}

/// Creates a table with its indexes.
inline step create_table_step(const model::schema& s, const model::table& t) {
    step made = simple_step(step_kind::create_table, t.name.text, {}, table_sql(s, t, t.name.text), "DROP TABLE " + in_main(t.name.text));
    for (const model::index& i : s.indexes_of(t)) made.statements.push_back({statement_role::change, index_sql(s, t, i)});
    return made;
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/planner.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Turns the changes between a live schema and a target, renamings done, into steps.
/// shape:  dropped triggers and views, dropped indexes, new tables, changed tables, values, new indexes, dropped tables,
///         views, triggers
class planner {
public:
    planner(const model::schema& live, const model::schema& target, const facts& known, std::span<const data_rule> rules, plan& out)
        : live_(live), target_(target), known_(known), rules_(rules), out_(out), changes_(diff(live, target, sql::sqlite::rules)) {}

    void run() {
        drop_statements();
        for (const change& c : changes_) {
            if (c.kind == change_kind::add_table) add(create_table_step(target_, target_.tables[c.to]));
        }
        for (std::uint32_t t = 0; t < target_.tables.size(); ++t) change_table(t);
        for (step& s : late_) add(std::move(s));
        for (const change& c : changes_) {
            if (c.kind == change_kind::drop_table) drop_table(live_.tables[c.from]);
        }
        create_statements();
    }

private:
    void add(step s) { out_.steps.push_back(std::move(s)); }

    void drop_statements() {
        for (const change& c : changes_) {
            const bool drops = c.kind == change_kind::drop_trigger || c.kind == change_kind::trigger_definition;
            if (drops) add(drop_trigger_step(live_.triggers[c.from]));
        }
        for (const change& c : changes_) {
            const bool drops = c.kind == change_kind::drop_view || c.kind == change_kind::view_definition;
            if (drops) add(drop_view_step(live_, live_.views[c.from]));
        }
    }

    void create_statements() {
        for (const change& c : changes_) {
            const bool makes = c.kind == change_kind::add_view || c.kind == change_kind::view_definition;
            if (makes) add(create_view_step(live_, target_, target_.views[c.to]));
        }
        for (const change& c : changes_) {
            const bool makes = c.kind == change_kind::add_trigger || c.kind == change_kind::trigger_definition;
            if (makes) add(create_trigger_step(target_.triggers[c.to]));
        }
    }

    void drop_table(const model::table& t) {
        step s = simple_step(step_kind::drop_table, t.name.text, {}, "DROP TABLE " + in_main(t.name.text));
        s.rows = known_.of(t.name).rows;
        s.loses_data = true;
        add(std::move(s));
    }

    /// Plans one table that is there: nothing, an alteration in place, or one rebuild for all its changes.
    void change_table(std::uint32_t at) {
        const model::table& is = target_.tables[at];
        const model::table* const was = model::find_table(live_, is.name);
        if (was == nullptr || was->kind != model::table_kind::ordinary || is.kind != model::table_kind::ordinary) return;
        table_pair pair{live_, target_, *was, is, rules_, {}, known_.of(is.name)};
        for (const change& c : changes_) {
            if (c.to_table == at && c.what != element::trigger && c.what != element::view) pair.changes.push_back(c);
        }
        const in_place_rules in_place{pair, known_.version, !known_.broken.empty()};
        find_hazards(pair, out_.blockers);
        if (pair.changes.empty() || in_place.can_alter()) {
            alter(pair, in_place);
        } else {
            add(rebuild_step(pair, known_.fingerprint));
        }
    }

    void alter(const table_pair& pair, const in_place_rules& in_place) {
        for (const change& c : pair.changes) {
            const bool drops = c.what == element::index && c.from != no_element;
            if (drops) add(drop_index_step(live_, pair.was, live_.indexes[c.from]));
        }
        step made = alter_step(pair, in_place);
        if (!made.statements.empty()) add(std::move(made));
        fill_columns(pair, known_.rows_to_fill, out_.steps);
        for (const change& c : pair.changes) {
            if (c.what == element::index && c.to != no_element) late_.push_back(create_index(pair, target_.indexes[c.to]));
        }
        drop_repeated();
    }

    static step create_index(const table_pair& pair, const model::index& i) {
        step made = create_index_step(pair.target, pair.is, i);
        check_list list(pair, made.checks);
        if (i.unique) check_unique(list, pair.target.parts_of(i), i.where);
        return made;
    }

    /// An index that differs in several ways is one step.
    void drop_repeated() {
        const auto same = [](const step& a, const step& b) { return a.kind == b.kind && a.object == b.object && a.kind != step_kind::fill_column && !a.object.empty(); };
        out_.steps.erase(std::unique(out_.steps.begin(), out_.steps.end(), same), out_.steps.end());
        late_.erase(std::unique(late_.begin(), late_.end(), same), late_.end());
    }

    const model::schema& live_;
    const model::schema& target_;
    const facts& known_;
    std::span<const data_rule> rules_;
    plan& out_;
    std::vector<change> changes_;
    std::vector<step> late_;
};

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/scratch.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// Runs a stored statement; the shadow tables of a virtual table are there as soon as that is.
inline void replay(autopack_schema::sqlite::connection& where, std::string_view sql) {
    try {
        where.execute(sql);
    } catch (const error& e) {
        if (e.info().what_happened.find("already exists") == std::string::npos) throw;
    }
}

/// Builds a schema without rows in memory, where changes can be tried.
/// errors: what SQLite says, where the schema needs a module, a function or a collation that this program lacks
inline autopack_schema::sqlite::connection scratch_of(const model::schema& s) {
    auto scratch = autopack_schema::sqlite::connection::memory();
    scratch.enable(autopack_schema::sqlite::setting::foreign_keys, false);
    for (const model::table& t : s.tables) {
        if (t.kind == model::table_kind::virtual_) replay(scratch, table_sql_as_stored(s, t));
    }
    for (const model::table& t : s.tables) {
        if (t.kind == model::table_kind::ordinary) replay(scratch, table_sql_as_stored(s, t));
    }
    for (const model::unmodelled& o : s.others) {
        if (!o.sql.empty()) replay(scratch, o.sql);
    }
    for (const model::table& t : s.tables) {
        for (const model::index& i : s.indexes_of(t)) scratch.execute(index_sql(s, t, i));
    }
    for (const model::view& v : s.views) scratch.execute(view_sql(s, v));
    for (const model::trigger& t : s.triggers) scratch.execute(trigger_sql(t));
    return scratch;
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/detail/rename.hpp

namespace autopack_schema::migrate::sqlite::detail {

constexpr bool is_rename(change_kind kind) {
    return kind == change_kind::rename_table || kind == change_kind::rename_column;
}

inline bool has_renames(const std::vector<change>& changes) {
    for (const change& c : changes) {
        if (is_rename(c.kind)) return true;
    }
    return false;
}

/// Plans one renaming; SQLite rewrites all that names the table or the column: views, triggers, indexes, foreign keys.
inline step rename_step(const change& c, const model::schema& live, const model::schema& wanted) {
    if (c.kind == change_kind::rename_table) {
        const std::string was(live.tables[c.from].name.text);
        const std::string is(wanted.tables[c.to].name.text);
        step made = simple_step(step_kind::rename_table, was, is, "ALTER TABLE " + in_main(was) + " RENAME TO " + quote_identifier(is),
                                "ALTER TABLE " + in_main(is) + " RENAME TO " + quote_identifier(was));
        made.changes.push_back("rename table " + was + " to " + is);
        return made;
    }
    const std::string table(wanted.tables[c.to_table].name.text);
    const std::string was(live.columns[c.from].name.text);
    const std::string is(wanted.columns[c.to].name.text);
    const std::string alter = "ALTER TABLE " + in_main(table) + " RENAME COLUMN ";
    step made = simple_step(step_kind::rename_column, table, is, alter + quote_identifier(was) + " TO " + quote_identifier(is),
                            alter + quote_identifier(is) + " TO " + quote_identifier(was));
    made.changes.push_back("rename column " + table + "." + was + " to " + is);
    return made;
}

/// Plans the renamings, after views and triggers that get another text anyway: their old one need not survive them.
inline std::vector<step> rename_steps(const std::vector<change>& changes, const model::schema& live, const model::schema& wanted) {
    std::vector<step> steps;
    for (const change& c : changes) {
        if (c.kind == change_kind::trigger_definition) steps.push_back(drop_trigger_step(live.triggers[c.from]));
    }
    for (const change& c : changes) {
        if (c.kind == change_kind::view_definition) steps.push_back(drop_view_step(live, live.views[c.from]));
    }
    for (const change& c : changes) { // tables first: a column is renamed in the table's new name
        if (c.kind == change_kind::rename_table) steps.push_back(rename_step(c, live, wanted));
    }
    for (const change& c : changes) {
        if (c.kind == change_kind::rename_column) steps.push_back(rename_step(c, live, wanted));
    }
    return steps;
}

/// Tries steps on a schema without rows and reads what it has become: SQLite itself knows best what it rewrites.
inline model::snapshot after_steps(const model::schema& live, const std::vector<step>& steps) {
    auto scratch = scratch_of(live);
    for (const step& s : steps) {
        for (const planned_statement& p : s.statements) scratch.execute(p.sql);
    }
    return inspect(scratch);
}

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/detail/draft.hpp

namespace autopack_schema::migrate::detail {

/// An element that may go; its place stays, so that positions of changes stay right.
template <class T>
struct drafted {
    T value{};
    std::vector<model::key_part> parts{};
    bool gone = false;
};

/// A column that may go, or that the definition does not know.
struct drafted_column {
    model::column value{};
    bool gone = false;
    bool unknown = false;
};

/// A foreign key that may go.
struct drafted_foreign_key {
    model::foreign_key value{};
    std::vector<model::name> columns{};
    std::vector<model::name> parent_columns{};
    bool gone = false;
};

template <class T>
constexpr std::vector<T> copy_of(std::span<const T> list) {
    return {list.begin(), list.end()};
}

/// A table in pieces: loaded, changed element by element, written into a builder.
/// shape:  what the table had stays at its position, what is new comes behind
struct table_draft {
    model::table table{};
    model::primary_key key{};
    std::vector<model::key_part> key_parts{};
    std::vector<drafted_column> columns{};
    std::vector<drafted<model::unique_constraint>> uniques{};
    std::vector<drafted<model::check_constraint>> checks{};
    std::vector<drafted_foreign_key> foreign_keys{};
    std::vector<drafted<model::index>> indexes{};
    bool gone = false;

    static table_draft of(const model::schema& s, const model::table& t) {
        table_draft d;
        d.table = t;
        d.key = t.key;
        d.key_parts = copy_of(s.parts_of(t.key));
        for (const model::column& c : s.columns_of(t)) d.columns.push_back({c});
        for (const auto& u : s.uniques_of(t)) d.uniques.push_back({u, copy_of(s.parts_of(u)), false});
        for (const auto& c : s.checks_of(t)) d.checks.push_back({c, {}, false});
        for (const auto& f : s.foreign_keys_of(t)) d.foreign_keys.push_back(foreign_key_of(s, f));
        for (const auto& i : s.indexes_of(t)) d.indexes.push_back({i, copy_of(s.parts_of(i)), false});
        return d;
    }

    static drafted_foreign_key foreign_key_of(const model::schema& s, const model::foreign_key& f) {
        return {f, copy_of(s.names_of(f.columns)), copy_of(s.names_of(f.parent_columns)), false};
    }

    void write(model::builder& out) const {
        out.add_table(table);
        for (const auto& c : columns) {
            if (!c.gone) out.add_column(c.value);
        }
        if (!key_parts.empty()) out.set_primary_key(key, key_parts);
        for (const auto& u : uniques) {
            if (!u.gone) out.add_unique(u.value, u.parts);
        }
        for (const auto& c : checks) {
            if (!c.gone) out.add_check(c.value);
        }
        for (const auto& f : foreign_keys) {
            if (!f.gone) out.add_foreign_key(f.value, f.columns, f.parent_columns);
        }
        for (const auto& i : indexes) {
            if (!i.gone) out.add_index(i.value, i.parts);
        }
    }
};

} // namespace autopack_schema::migrate::detail

// ---- autopack_schema/migrate/detail/merge_column.hpp

namespace autopack_schema::migrate::detail {

/// Takes one aspect of a column over from another one.
constexpr void take_column_change(model::column& column, const model::column& wanted, change_kind kind) {
    switch (kind) {
    case change_kind::column_name_case: column.name = wanted.name; break;
    case change_kind::column_type:
    case change_kind::column_type_spelling:
    case change_kind::column_rowid_alias: column.type = wanted.type; break;
    case change_kind::column_not_null: column.nullable = wanted.nullable; column.on_null = wanted.on_null; break;
    case change_kind::constraint_on_conflict: column.on_null = wanted.on_null; break;
    case change_kind::column_default: column.default_to = wanted.default_to; break;
    case change_kind::column_autoincrement: column.identity = wanted.identity; break;
    case change_kind::column_collation: column.collation = wanted.collation; break;
    case change_kind::column_generated:
    case change_kind::column_generated_kind:
    case change_kind::column_generated_expression:
        column.generated = wanted.generated;
        column.generated_as = wanted.generated_as;
        break;
    default: break;
    }
}

} // namespace autopack_schema::migrate::detail

// ---- autopack_schema/migrate/detail/merge_table.hpp

namespace autopack_schema::migrate::detail {

/// Tells whether a change leaves what a schema means as it is; such are made only on request.
constexpr bool is_cosmetic(change_kind kind) {
    switch (kind) {
    case change_kind::table_name_case:
    case change_kind::column_name_case:
    case change_kind::column_order:
    case change_kind::column_type_spelling:
    case change_kind::unique_order:
    case change_kind::unique_form:
    case change_kind::unique_name:
    case change_kind::check_name:
    case change_kind::index_name:
    case change_kind::foreign_key_name: return true;
    default: return false;
    }
}

/// Carries one change of one table over into its draft.
struct table_merge {
    const model::schema& live;
    const model::schema& wanted;
    target_options options;
    table_draft& d;
    const change& c;
    std::vector<blocker>& blockers;

    /// False: the draft stays as it is.
    bool apply() const {
        if (is_cosmetic(c.kind) && !options.exact) return false;
        switch (c.what) {
        case element::column: return apply_column();
        case element::primary_key: return apply_key();
        case element::unique: return apply_unique();
        case element::check: return apply_check();
        case element::foreign_key: return apply_foreign_key();
        case element::index: return apply_index();
        default: return apply_table();
        }
    }

private:
    const model::table& was() const { return live.tables[c.from_table]; }
    const model::table& is() const { return wanted.tables[c.to_table]; }

    bool apply_table() const {
        switch (c.kind) {
        case change_kind::table_name_case: d.table.name = is().name; return true;
        case change_kind::table_without_rowid: d.table.without_rowid = is().without_rowid; return true;
        case change_kind::table_strict: take_strictness(); return true;
        case change_kind::column_order: return true; // merger::order_columns does it
        default: break;
        }
        blockers.push_back({.code = "S380", .table = std::string(d.table.name.text),
                            .what = "a virtual table cannot be made into another table or the other way round",
                            .advice = "make the new table under another name, copy by hand, then drop the old one"});
        return false;
    }

    /// A STRICT table knows six type names: all known columns take the definition's.
    void take_strictness() const {
        d.table.strict = is().strict;
        for (auto& column : d.columns) {
            const model::column* const known = model::find_column(wanted, is(), column.value.name);
            if (known != nullptr) column.value.type = known->type;
        }
    }

    bool apply_column() const {
        if (c.kind == change_kind::add_column) {
            d.columns.push_back({wanted.columns[c.to]});
            return true;
        }
        drafted_column& column = d.columns[c.from - was().columns.first];
        if (c.kind == change_kind::drop_column) return column.gone;
        take_column_change(column.value, wanted.columns[c.to], c.kind);
        if (c.kind == change_kind::column_rowid_alias) return apply_key();
        return true;
    }

    bool apply_key() const {
        if (c.kind == change_kind::constraint_on_conflict) {
            d.key.on_conflict = is().key.on_conflict;
            return true;
        }
        d.key = is().key;
        d.key_parts = copy_of(wanted.parts_of(is().key));
        return true;
    }

    /// A constraint on an unknown column belongs to that column.
    template <class Names>
    bool names_unknown(const Names& names_column) const {
        for (const auto& column : d.columns) {
            if (column.unknown && !column.gone && names_column(column.value.name)) return true;
        }
        return false;
    }

    drafted<model::unique_constraint> wanted_unique() const {
        return {wanted.uniques[c.to], copy_of(wanted.parts_of(wanted.uniques[c.to])), false};
    }

    bool apply_unique() const {
        if (c.kind == change_kind::unique_form) return apply_form();
        if (c.kind == change_kind::add_unique) {
            d.uniques.push_back(wanted_unique());
            return true;
        }
        auto& unique = d.uniques[c.from - was().uniques.first];
        const auto named = [&](const model::name& n) { return mentions(unique.parts, n); };
        if (c.kind == change_kind::drop_unique) return unique.gone = !options.keep_constraints && !names_unknown(named);
        if (names_unknown(named)) {
            d.uniques.push_back(wanted_unique());
        } else {
            unique = wanted_unique();
        }
        return true;
    }

    /// A constraint in the place of a unique index, or the other way round.
    bool apply_form() const {
        if (c.what == element::unique) {
            d.indexes[c.from - was().indexes.first].gone = true;
            d.uniques.push_back(wanted_unique());
        } else {
            d.uniques[c.from - was().uniques.first].gone = true;
            d.indexes.push_back(wanted_index());
        }
        return true;
    }

    bool apply_check() const {
        if (c.kind == change_kind::add_check) {
            d.checks.push_back({wanted.checks[c.to], {}, false});
            return true;
        }
        auto& check = d.checks[c.from - was().checks.first];
        const auto named = [&](const model::name& n) { return mentions(check.value.expression, n.text); };
        if (c.kind == change_kind::drop_check) return check.gone = !options.keep_constraints && !names_unknown(named);
        if (c.kind == change_kind::check_expression && names_unknown(named)) {
            d.checks.push_back({wanted.checks[c.to], {}, false});
        } else {
            check.value = wanted.checks[c.to];
        }
        return true;
    }

    bool apply_foreign_key() const {
        const auto made = [&] { return table_draft::foreign_key_of(wanted, wanted.foreign_keys[c.to]); };
        if (c.kind == change_kind::add_foreign_key) {
            d.foreign_keys.push_back(made());
            return true;
        }
        auto& key = d.foreign_keys[c.from - was().foreign_keys.first];
        const auto named = [&](const model::name& n) { return contains(key.columns, n); };
        if (c.kind == change_kind::drop_foreign_key) return key.gone = !options.keep_constraints && !names_unknown(named);
        key = made();
        return true;
    }

    drafted<model::index> wanted_index() const {
        drafted<model::index> made{wanted.indexes[c.to], copy_of(wanted.parts_of(wanted.indexes[c.to])), false};
        made.value.sql = {}; // not stored yet: it is rendered
        return made;
    }

    bool apply_index() const {
        if (c.kind == change_kind::unique_form) return apply_form();
        if (c.kind == change_kind::add_index) {
            d.indexes.push_back(wanted_index());
        } else {
            d.indexes[c.from - was().indexes.first] = wanted_index();
        }
        return true;
    }
};

} // namespace autopack_schema::migrate::detail

// ---- autopack_schema/migrate/detail/merger.hpp

namespace autopack_schema::migrate::detail {

/// Carries the changes from a live schema to a wanted one over into a copy of the live one, as far as they are allowed.
class merger {
public:
    merger(const model::schema& live, const model::schema& wanted, const rules& dialect,
           std::span<const data_rule> data_rules, target_options options, effective_target& out)
        : live_(live), wanted_(wanted), dialect_(dialect), rules_(data_rules), options_(options), out_(out) {}

    void run() {
        for (const model::table& t : live_.tables) drafts_.push_back(table_draft::of(live_, t));
        keep_view_.assign(live_.views.size(), true);
        keep_trigger_.assign(live_.triggers.size(), true);
        const std::vector<change> changes = diff(live_, wanted_, dialect_);
        for (const change& c : changes) note_dropped_column(c);
        for (const change& c : changes) {
            if (!apply(c)) out_.kept.push_back({c.kind, object_label(c, live_, wanted_)});
        }
        for (table_draft& d : drafts_) finish(d);
        write();
    }

private:
    bool allowed(rule_kind kind, const model::name& table, const model::name& name) const {
        return find_rule(rules_, kind, table, name) != nullptr;
    }

    void note_dropped_column(const change& c) {
        if (c.kind != change_kind::drop_column) return;
        table_draft& d = drafts_[c.from_table];
        auto& column = d.columns[c.from - live_.tables[c.from_table].columns.first];
        column.gone = allowed(rule_kind::drop_column, d.table.name, column.value.name);
        column.unknown = true;
    }

    /// False: the live schema stays as it is.
    bool apply(const change& c) {
        switch (c.what) {
        case element::view: return apply_view(c);
        case element::trigger: return apply_trigger(c);
        default: break;
        }
        if (c.kind == change_kind::add_table) {
            new_tables_.push_back(c.to);
            return true;
        }
        table_draft& d = drafts_[c.from_table];
        if (c.kind == change_kind::drop_table) return d.gone = allowed(rule_kind::drop_table, d.table.name, {});
        if (c.kind == change_kind::drop_index) return drop_index(d, c);
        return table_merge{live_, wanted_, options_, d, c, out_.blockers}.apply();
    }

    /// An index goes when that is allowed, when its column goes, or when the wanted schema has its name elsewhere.
    bool drop_index(table_draft& d, const change& c) {
        auto& index = d.indexes[c.from - live_.tables[c.from_table].indexes.first];
        index.gone = allowed(rule_kind::drop_index, {}, index.value.name) ||
                     model::find(wanted_.indexes, index.value.name) != nullptr || on_dropped_column(d, index);
        return index.gone;
    }

    static bool on_dropped_column(const table_draft& d, const drafted<model::index>& index) {
        for (const auto& column : d.columns) {
            if (!column.gone) continue;
            if (mentions(index.parts, column.value.name) || mentions(index.value.where, column.value.name)) return true;
        }
        return false;
    }

    bool apply_view(const change& c) {
        if (c.kind == change_kind::add_view) return true;
        const model::name& name = live_.views[c.from].name;
        if (c.kind == change_kind::drop_view && !allowed(rule_kind::drop_view, {}, name)) return false;
        keep_view_[c.from] = false;
        return true;
    }

    bool apply_trigger(const change& c) {
        if (c.kind == change_kind::add_trigger) return true;
        const model::name& name = live_.triggers[c.from].name;
        if (c.kind == change_kind::drop_trigger && !allowed(rule_kind::drop_trigger, {}, name)) return false;
        keep_trigger_[c.from] = false;
        return true;
    }

    void finish(table_draft& d) {
        if (d.gone) return;
        const model::table* const known = model::find_table(wanted_, d.table.name);
        if (options_.exact && known != nullptr) order_columns(d, *known);
        for (const auto& column : d.columns) {
            if (column.unknown && !column.gone) check_unknown(d, column.value);
        }
    }

    /// Puts the columns into the order of the wanted table, unknown ones behind.
    void order_columns(table_draft& d, const model::table& known) const {
        std::vector<drafted_column> ordered;
        for (const model::column& c : wanted_.columns_of(known)) {
            for (const auto& column : d.columns) {
                if (!column.gone && column.value.name == c.name) ordered.push_back(column);
            }
        }
        for (const auto& column : d.columns) {
            if (model::find_column(wanted_, known, column.value.name) == nullptr) ordered.push_back(column);
        }
        d.columns = std::move(ordered);
    }

    void check_unknown(const table_draft& d, const model::column& c) {
        if (c.nullable || c.default_to.present() || c.generated != model::generated_kind::none) return;
        for (const model::key_part& p : d.key_parts) {
            if (p.text == c.name) return;
        }
        out_.notes.push_back("column " + std::string(d.table.name.text) + "." + std::string(c.name.text) +
                             " is unknown to the definition, NOT NULL and without a default: inserts that do not name it fail");
    }

    void write() {
        model::builder& content = out_.schema.content();
        content.name = wanted_.name;
        content.version = wanted_.version;
        for (const table_draft& d : drafts_) {
            if (!d.gone) d.write(content);
        }
        for (const std::uint32_t t : new_tables_) content.copy_table(wanted_, wanted_.tables[t]);
        for (std::size_t i = 0; i < live_.views.size(); ++i) {
            if (keep_view_[i]) content.add_view(live_.views[i], live_.names_of(live_.views[i].columns));
        }
        for (std::size_t i = 0; i < live_.triggers.size(); ++i) {
            if (keep_trigger_[i] && !goes_with_its_table(live_.triggers[i])) content.add_trigger(live_.triggers[i]);
        }
        write_new_statements(content);
        for (const model::unmodelled& o : live_.others) content.add_other(o);
        out_.schema.own_text();
    }

    bool goes_with_its_table(const model::trigger& t) const {
        for (const table_draft& d : drafts_) {
            if (d.gone && d.table.name == t.table) return true;
        }
        return false;
    }

    /// Adds the views and triggers of the wanted schema that the live one lacks or has with another text.
    void write_new_statements(model::builder& content) const {
        for (const model::view& v : wanted_.views) {
            if (model::find(std::span<const model::view>(content.views), v.name) != nullptr) continue;
            model::view made = v;
            made.sql = {};
            content.add_view(made, wanted_.names_of(v.columns));
        }
        for (const model::trigger& t : wanted_.triggers) {
            if (model::find(std::span<const model::trigger>(content.triggers), t.name) != nullptr) continue;
            model::trigger made = t;
            made.sql = {};
            content.add_trigger(made);
        }
    }

    const model::schema& live_;
    const model::schema& wanted_;
    const rules& dialect_;
    std::span<const data_rule> rules_;
    target_options options_;
    effective_target& out_;
    std::vector<table_draft> drafts_;
    std::vector<std::uint32_t> new_tables_;
    std::vector<bool> keep_view_;
    std::vector<bool> keep_trigger_;
};

} // namespace autopack_schema::migrate::detail

// ---- autopack_schema/migrate/target.hpp

namespace autopack_schema::migrate {

/// Merges a wanted schema into a live one: the schema that a migration leaves behind.
/// shape:  what means the same stays as it is written. Unknown tables, columns, indexes, views and triggers stay unless
///         a rule allows their removal by name; existing columns keep their order, new ones are appended. Constraints on
///         known columns follow the definition: one that it lacks goes, unless it names an unknown column or
///         `options.keep_constraints` is set. Renames are done before; see `sqlite::planned_renames`.
inline effective_target make_target(const model::schema& live, const model::schema& wanted, const rules& dialect,
                                    std::span<const data_rule> data_rules = {}, target_options options = {}) {
    effective_target made;
    detail::merger(live, wanted, dialect, data_rules, options, made).run();
    return made;
}

} // namespace autopack_schema::migrate

// ---- autopack_schema/migrate/sqlite/make_plan.hpp

namespace autopack_schema::migrate::sqlite {

/// A plan, and the schema that it leads to.
struct planned {
    migrate::plan plan{};
    effective_target target{};
};

namespace detail {

/// Reports data rules that name a column which the target does not have.
inline void check_rules(const model::schema& target, std::span<const data_rule> rules, std::vector<blocker>& out) {
    for (const data_rule& r : rules) {
        if (r.is_allowance()) continue;
        const model::table* const t = model::find_table(target, r.table);
        if (t != nullptr && model::find_column(target, *t, r.name) != nullptr) continue;
        out.push_back({.code = "S392", .table = std::string(r.table.text), .column = std::string(r.name.text),
                       .what = std::string(words_of(r.kind)) + " names a column that is not there", .advice = "correct its name"});
    }
}

/// Gives the facts of renamed tables their new names.
inline facts renamed(facts known, const std::vector<change>& changes, const model::schema& live, const model::schema& wanted) {
    for (const change& c : changes) {
        if (c.kind != change_kind::rename_table) continue;
        for (table_facts& t : known.tables) {
            if (live.tables[c.from].name == model::name(t.name)) t.name = wanted.tables[c.to].name.text;
        }
    }
    for (std::int64_t& rows : known.rows_to_fill) rows = -1; // they were counted under the old names
    return known;
}

/// Plans the renamings and reads what the schema is after them.
inline model::snapshot plan_renames(const model::schema& live, const model::schema& wanted, const std::vector<change>& changes,
                                    const facts& known, plan& out) {
    if (!known.broken.empty()) {
        out.blockers.push_back({.code = "S380", .what = "SQLite renames nothing while " + known.broken[0] + " does not compile",
                                .advice = "drop or correct it first"});
        return model::snapshot::copy_of(live);
    }
    std::vector<step> steps = rename_steps(changes, live, wanted);
    model::snapshot after = after_steps(live, steps);
    for (step& s : steps) out.steps.push_back(std::move(s));
    return after;
}

} // namespace detail

/// Plans the way from a live schema to a wanted one: the cheapest form of each change that this SQLite and these tables
/// allow, and one rebuild for each table that needs one.
/// shape:  reads nothing but its arguments; what rows decide is left to the plan's pre-checks
inline planned make_plan(const model::schema& live, const model::schema& wanted, const facts& known,
                         std::span<const data_rule> rules = {}, target_options options = {}) {
    planned made;
    plan& p = made.plan;
    p.schema = wanted.name;
    p.version = wanted.version;
    p.fingerprint = known.fingerprint;
    p.engine = known.version;
    const std::vector<change> changes = diff(live, wanted, sql::sqlite::rules);
    model::snapshot after_renames;
    facts known_now = known;
    model::schema base = live;
    if (detail::has_renames(changes)) {
        after_renames = detail::plan_renames(live, wanted, changes, known, p);
        known_now = detail::renamed(known, changes, live, wanted);
        base = after_renames.view();
    }
    if (!p.blockers.empty()) return made;
    made.target = make_target(base, wanted, sql::sqlite::rules, rules, options);
    for (const kept_difference& k : made.target.kept) {
        if (!model::same_name(k.object, history_table)) p.kept.push_back(k);
    }
    p.notes = made.target.notes;
    p.blockers = made.target.blockers;
    const model::schema target = made.target.schema.view();
    detail::check_rules(target, rules, p.blockers);
    detail::planner(base, target, known_now, rules, p).run();
    return made;
}

} // namespace autopack_schema::migrate::sqlite

// ---- autopack_schema/migrate/sqlite/detail/runner.hpp

namespace autopack_schema::migrate::sqlite::detail {

/// One run of a migration.
class runner {
public:
    runner(connection& database, const model::schema& wanted, std::span<const migration_view> chain, const run_options& options)
        : database_(database), wanted_(wanted), chain_(chain), options_(options) {}

    run_result run() {
        require_ready(database_);
        started_ = utc_time();
        const session settings(database_, options_.busy_timeout_ms);
        prepare();
        if (made_.plan.empty() && made_.plan.blockers.empty()) return done(false);
        if (options_.dry_run) return rehearse();
        at("begin");
        autopack_schema::sqlite::transaction lock(database_);
        prepare(); // again: another program may have migrated since (traps 28 and 40)
        if (made_.plan.empty() && made_.plan.blockers.empty()) {
            result_.messages.push_back("another program has done it meanwhile");
            return done(false);
        }
        change(lock);
        return done(true);
    }

private:
    void at(std::string_view point) const {
        if (options_.at) options_.at(point);
    }

    /// Reads the database and plans.
    void prepare() {
        live_ = inspect(database_);
        history_ = read_history(database_);
        rules_ = active_rules(chain_, live_.view(), wanted_, history_, options_.rules);
        facts known = gather(database_, live_.view(), rules_);
        made_ = make_plan(live_.view(), wanted_, known, rules_, options_.target);
        gather_rows(database_, live_.view(), made_.plan, known);
        made_ = make_plan(live_.view(), wanted_, known, rules_, options_.target);
        broken_ = std::move(known.broken);
        renames_ = 0;
        for (std::size_t i = 0; i < made_.plan.steps.size(); ++i) {
            const step_kind kind = made_.plan.steps[i].kind;
            if (kind == step_kind::rename_table || kind == step_kind::rename_column) renames_ = i + 1;
        }
    }

    run_result done(bool applied) {
        result_.plan = std::move(made_.plan);
        result_.applied = applied;
        for (std::string& m : check_history(history_, chain_)) result_.messages.push_back(std::move(m));
        return std::move(result_);
    }

    /// A dry run: the same questions inside a transaction that is rolled back.
    run_result rehearse() {
        result_.blockers = made_.plan.blockers;
        if (result_.blockers.empty()) {
            const autopack_schema::sqlite::transaction reading(database_, renames_ == 0 ? autopack_schema::sqlite::transaction_kind::deferred
                                                                                        : autopack_schema::sqlite::transaction_kind::immediate);
            watcher watch(database_, options_.on_progress, options_.stop);
            executor(database_, made_.plan, options_, watch).run(0, renames_);
            ask(result_.blockers);
        }
        return done(false);
    }

    void ask(std::vector<blocker>& found) {
        ask_rows(database_, made_.plan.steps, found);
        ask_disk(database_, made_.plan, options_.backup == backup_policy::make, found);
    }

    /// All that happens between BEGIN and COMMIT.
    void change(autopack_schema::sqlite::transaction& lock) {
        at("locked");
        std::vector<blocker> found = made_.plan.blockers;
        if (!found.empty()) throw refused(std::move(found), database_.name());
        watcher watch(database_, options_.on_progress, options_.stop);
        executor work(database_, made_.plan, options_, watch);
        if (renames_ == 0) refuse_if_blocked();
        if (options_.backup == backup_policy::make) make_backup(watch);
        work.run(0, renames_);
        if (renames_ != 0) refuse_if_blocked();
        const model::snapshot before = inspect(database_);
        const broken_references references = find_broken_references(database_, made_.plan, before.view(), rules_);
        work.run(renames_, made_.plan.steps.size());
        at("verify");
        verify(references);
        at("record");
        result_.rows = work.rows();
        record(database_, chain_, wanted_, history_, made_.plan, started_, result_.rows);
        at("commit");
        commit(database_, lock, options_);
        at("committed");
    }

    void refuse_if_blocked() {
        std::vector<blocker> found;
        ask(found);
        if (!found.empty()) throw refused(std::move(found), database_.name());
    }

    void make_backup(watcher& watch) {
        at("backup");
        if (database_.name() == ":memory:") {
            result_.messages.push_back("a database in memory is not backed up");
            return;
        }
        result_.backup = backup_before_change(database_, options_, watch);
    }

    void verify(const broken_references& before) {
        const model::snapshot now = inspect(database_);
        const model::schema target = made_.target.schema.view();
        verify_schema(database_, now.view(), target);
        verify_kept(database_, now.view(), target);
        verify_statements(database_, now.view(), broken_);
        verify_references(database_, before, find_broken_references(database_, made_.plan, now.view(), rules_));
    }

    connection& database_;
    const model::schema& wanted_;
    std::span<const migration_view> chain_;
    const run_options& options_;
    run_result result_{};
    model::snapshot live_{};
    std::vector<history_entry> history_{};
    std::vector<data_rule> rules_{};
    planned made_{};
    std::vector<std::string> broken_{};
    std::size_t renames_ = 0; ///< steps that must be done before the rows can be asked
    std::string started_{};
};

} // namespace autopack_schema::migrate::sqlite::detail

// ---- autopack_schema/migrate/sqlite/run.hpp

namespace autopack_schema::migrate::sqlite {

/// Brings a database to a schema: plan, lock, plan again, ask the rows, backup, apply, verify, record, commit.
/// shape:  all or nothing in one transaction; the connection's settings are as before afterwards. Where there is nothing
///         to do nothing is written. A second run has nothing to do. `chain`: the migrations that lead to the target,
///         oldest first; the database may be at any of their versions or between them.
/// errors: `refused` with all that stands in the way (S370 to S378, S380, S392); S379 the connection cannot be used;
///         S209 another program is writing; S383 to S385 the result is not what was wanted; S386, S387, S396
inline run_result run(connection& database, const model::schema& target, std::span<const migration_view> chain = {},
                      const run_options& options = {}) {
    return detail::runner(database, target, chain, options).run();
}

/// The same on a connection of its own.
inline run_result run(const db::url& where, const model::schema& target, std::span<const migration_view> chain = {},
                      const run_options& options = {}) {
    auto database = connection::open(where, {.mode = autopack_schema::sqlite::open_mode::read_write});
    return run(database, target, chain, options);
}

} // namespace autopack_schema::migrate::sqlite

// ---- autopack_schema/autopack_schema.hpp

// Everything that needs nothing but SQLite. PostgreSQL, the command line, JSON and Catch2 have headers of their own.
