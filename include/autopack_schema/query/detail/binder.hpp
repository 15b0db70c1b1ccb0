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

/// A piece of a row that is no column.
struct no_member {};

/// Binds values one after the other, by reference wherever something owns their bytes until the run has ended.
/// shape:  nothing is tested on the way: what failed is remembered and told by `check`
class binder {
public:
    explicit binder(sqlite3_stmt* statement, char* room = nullptr) noexcept : statement_(statement), room_(room) {}

    void put(no_member) noexcept {}
    void put(std::nullptr_t) noexcept { note(sqlite3_bind_null(statement_, ++index_)); }
    void put(std::nullopt_t) noexcept { put(nullptr); }
    template <class T>
        requires std::is_integral_v<T>
    void put(T value) noexcept {
        if constexpr (sizeof(T) == 8 && std::is_unsigned_v<T>) {
            if (value > static_cast<T>(std::numeric_limits<std::int64_t>::max())) return note(too_large);
        }
        if (++index_ == zero_is_null_ && value == 0) return note(sqlite3_bind_null(statement_, index_));
        note(sqlite3_bind_int64(statement_, index_, static_cast<std::int64_t>(value)));
    }
    void put(double value) noexcept {
        if (value != value) [[unlikely]]
            return note(not_a_number);
        note(sqlite3_bind_double(statement_, ++index_, value));
    }
    void put(std::string_view text) noexcept { put_text(text, SQLITE_STATIC); }
    void put(const std::string& text) noexcept { put_text(text, SQLITE_STATIC); }
    void put(std::span<const std::byte> bytes) noexcept { put_bytes(bytes, SQLITE_STATIC); }
    void put(const std::vector<std::byte>& bytes) noexcept { put_bytes(bytes, SQLITE_STATIC); }
    template <class T>
        requires std::is_enum_v<T>
    void put(T value) {
        const std::string_view name = enum_name(value);
        if (name.empty()) [[unlikely]]
            return note(no_enumerator);
        put(name);
    }
    template <writes_text T>
    void put(const T& value) noexcept {
        if (room_ != nullptr) {
            const std::size_t size = column_traits<T>::write_text(room_, value);
            put_text({room_, size}, SQLITE_STATIC);
            room_ += column_traits<T>::text_capacity;
        } else {
            char room[column_traits<T>::text_capacity];
            put_text({room, column_traits<T>::write_text(room, value)}, SQLITE_TRANSIENT);
        }
    }
    template <is_stored T>
        requires(!writes_text<T>)
    void put(const T& value) {
        put_copy(column_traits<T>::to_stored(value));
    }
    template <class T>
    void put(const std::optional<T>& value) {
        value ? put(*value) : put(nullptr);
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
    void put_bytes(std::span<const std::byte> bytes, sqlite3_destructor_type whose) noexcept {
        if (bytes.empty()) return note(sqlite3_bind_zeroblob(statement_, ++index_, 0));
        note(sqlite3_bind_blob64(statement_, ++index_, bytes.data(), bytes.size(), whose));
    }
    void put_copy(const std::string& text) noexcept { put_text(text, SQLITE_TRANSIENT); }
    void put_copy(const std::vector<std::byte>& bytes) noexcept { put_bytes(bytes, SQLITE_TRANSIENT); }
    template <class T>
    void put_copy(const T& value) noexcept {
        put(value);
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
