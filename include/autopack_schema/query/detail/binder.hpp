// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/error.hpp>
#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/define/enum_name.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace autopack_schema::query {

/// A type that writes its text into room that somebody gives: no string of its own is needed to bind it.
template <class T>
concept writes_text = requires(char* out, const T& value) { column_traits<T>::write_text(out, value); };

/// A type that becomes another one in the database.
template <class T>
concept is_stored = requires { typename column_traits<T>::stored; };

/// A member's type without std::optional.
template <class T>
struct value_inside {
    using type = T;
};
template <class T>
struct value_inside<std::optional<T>> {
    using type = T;
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

using blob = std::vector<std::byte>;
using blob_view = std::span<const std::byte>;
template <class T>
inline constexpr bool is_bytes = std::is_same_v<T, blob> || std::is_same_v<T, blob_view>;

/// A piece of a row that is no column.
struct no_member {};

/// Binds values one after the other, by reference wherever something owns their bytes until the run has ended.
/// shape:  nothing is tested on the way: what failed is remembered and told by `check`
class binder {
public:
    explicit binder(sqlite3_stmt* statement, char* room = nullptr) noexcept : statement_(statement), room_(room) {}

    /// Binds a value of any type that a column can have; a `no_member` is passed over.
    /// shape:  one function and not an overload for each sort of type, because a compiler tries all of them for each call, and
    ///         std::span tries to be made of everything
    template <class T>
    void put(const T& value) {
        if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) put_text(value, SQLITE_STATIC);
        else if constexpr (std::is_integral_v<T>) put_integer(value);
        else if constexpr (is_optional<T>) value ? put(*value) : put(nullptr);
        else if constexpr (std::is_floating_point_v<T>) put_real(value);
        else if constexpr (std::is_null_pointer_v<T> || std::is_same_v<T, std::nullopt_t>) note(sqlite3_bind_null(statement_, ++index_));
        else if constexpr (writes_text<T>) put_written(value);
        else if constexpr (is_stored<T>) put_copy(column_traits<T>::to_stored(value));
        else if constexpr (std::is_enum_v<T>) put_name(enum_name(value));
        else if constexpr (is_bytes<T>) put_bytes(value.data(), value.size(), SQLITE_STATIC);
        else if constexpr (!std::is_same_v<T, no_member>) put(std::string_view(value));
    }

    /// Of the parameters that follow, binds the one of that number as NULL if it is 0.
    void leave_zero_next(int number) noexcept { zero_is_null_ = index_ + number; }
    /// Leaves out a parameter that was bound before.
    void skip(int count) noexcept { index_ += count; }
    int bound() const noexcept { return index_; }

    /// errors: S228 a number that is none, S241 an enumeration's value without a name; S213, S214 what SQLite says
    void check() const {
        if (failed_ != SQLITE_OK) [[unlikely]]
            raise();
    }

private:
    static constexpr int not_a_number = 1 << 16;
    static constexpr int no_enumerator = 1 << 17;
    static constexpr int too_large = 1 << 18;

    void note(int result) noexcept { failed_ |= result; }
    void put_text(std::string_view text, sqlite3_destructor_type whose) noexcept {
        const char* const data = text.data() == nullptr ? "" : text.data();
        if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) [[unlikely]]
            return note(sqlite3_bind_text64(statement_, ++index_, data, text.size(), whose, SQLITE_UTF8));
        note(sqlite3_bind_text(statement_, ++index_, data, static_cast<int>(text.size()), whose));
    }
    void put_bytes(const std::byte* bytes, std::size_t size, sqlite3_destructor_type whose) noexcept {
        if (size == 0) return note(sqlite3_bind_zeroblob(statement_, ++index_, 0));
        note(sqlite3_bind_blob64(statement_, ++index_, bytes, size, whose));
    }
    template <class T>
    void put_integer(T value) noexcept {
        if constexpr (sizeof(T) == 8 && std::is_unsigned_v<T>) {
            if (value > static_cast<T>(std::numeric_limits<std::int64_t>::max())) return note(too_large);
        }
        put_number(static_cast<std::int64_t>(value));
    }
    void put_number(std::int64_t value) noexcept {
        if (++index_ == zero_is_null_ && value == 0) return note(sqlite3_bind_null(statement_, index_));
        note(sqlite3_bind_int64(statement_, index_, value));
    }
    void put_real(double value) noexcept {
        if (value != value) [[unlikely]]
            return note(not_a_number);
        note(sqlite3_bind_double(statement_, ++index_, value));
    }
    void put_name(std::string_view name) noexcept {
        if (name.empty()) [[unlikely]]
            return note(no_enumerator);
        put_text(name, SQLITE_STATIC);
    }
    template <class T>
    void put_written(const T& value) noexcept {
        if (room_ != nullptr) {
            const std::size_t size = column_traits<T>::write_text(room_, value);
            put_text({room_, size}, SQLITE_STATIC);
            room_ += column_traits<T>::text_capacity;
        } else {
            char room[column_traits<T>::text_capacity];
            put_text({room, column_traits<T>::write_text(room, value)}, SQLITE_TRANSIENT);
        }
    }
    template <class T>
    void put_copy(const T& value) {
        if constexpr (std::is_same_v<T, std::string>) put_text(value, SQLITE_TRANSIENT);
        else if constexpr (is_bytes<T>) put_bytes(value.data(), value.size(), SQLITE_TRANSIENT);
        else put(value);
    }

    [[noreturn]] void raise() const {
        sqlite3* const database = sqlite3_db_handle(statement_);
        const char* const sql = sqlite3_sql(statement_);
        if ((failed_ & not_a_number) != 0)
            sqlite::detail::refuse(database, "S228", "a number is not a number (NaN), which SQLite stores as NULL",
                                   "use std::optional and an empty one if NULL is meant", sql);
        if ((failed_ & too_large) != 0)
            sqlite::detail::refuse(database, "S228", "an unsigned number is above 9223372036854775807",
                                   "store it as text or blob", sql);
        if ((failed_ & no_enumerator) != 0)
            sqlite::detail::refuse(database, "S241", "a value of an enumeration has no name to be stored by",
                                   "use an enumerator; see enum_range for large values", sql);
        sqlite::detail::raise(statement_, sqlite3_errcode(database));
    }

    sqlite3_stmt* statement_;
    char* room_;
    int index_ = 0;
    int failed_ = 0;
    int zero_is_null_ = 0;
};

} // namespace autopack_schema::query
