// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column_traits.hpp>
#include <autopack_schema/define/enum_name.hpp>
#include <autopack_schema/model/name.hpp>
#include <autopack_schema/query/detail/binder.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace autopack_schema::query {

/// Reads the columns of a row one after the other, each as exactly what it is to be.
/// shape:  every function tells whether the value was of its type; nothing is converted but what files really hold:
///         an integer for a real, 0 and 1 or 't' and 'f' for a bool
/// source: the value is asked once and then looked at without SQLite's checks, which is safe for the one thread that a
///         connection belongs to: half the calls of sqlite3_column_type with sqlite3_column_…
class reader {
public:
    explicit reader(sqlite3_stmt* statement, std::int64_t ordinal = 1) noexcept
        : statement_(statement), ordinal_(ordinal) {}

    /// The number of the column that was read last.
    int column() const noexcept { return next_ - 1; }

    bool get(no_member) noexcept { return true; }
    template <class T>
    bool get(T& out) {
        return read(sqlite3_column_value(statement_, next_++), out);
    }
    /// Passes over columns.
    void skip(int count) noexcept { next_ += count; }
    void go_to(int column) noexcept { next_ = column; }
    bool is_null_at(int column) const noexcept { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    int next() const noexcept { return next_; }
    sqlite3_stmt* statement() const noexcept { return statement_; }
    /// The number of the row in the result, from 1.
    std::int64_t ordinal() const noexcept { return ordinal_; }

private:
    /// Reads a value as a T; one function for the same reason as `binder::put`.
    template <class T>
    static bool read(sqlite3_value* value, T& out) {
        if constexpr (is_optional<T>) {
            if (sqlite3_value_type(value) == SQLITE_NULL) {
                out.reset();
                return true;
            }
            return read(value, out ? *out : out.emplace());
        } else if constexpr (std::is_same_v<T, std::string>) return read_string(value, out);
        else if constexpr (std::is_same_v<T, bool>) return read_boolean(value, out);
        else if constexpr (std::is_integral_v<T>) return read_integer(value, out);
        else if constexpr (std::is_floating_point_v<T>) return read_real(value, out);
        else if constexpr (std::is_same_v<T, std::string_view>) return read_text(value, out);
        else if constexpr (is_stored<T>) return read_stored(value, out);
        else if constexpr (std::is_enum_v<T>) return read_name(value, out);
        else return read_bytes(value, out);
    }
    template <class T>
    static bool read_integer(sqlite3_value* value, T& out) noexcept {
        if (sqlite3_value_type(value) != SQLITE_INTEGER) [[unlikely]]
            return false;
        const std::int64_t wide = sqlite3_value_int64(value);
        if constexpr (sizeof(T) < sizeof(wide)) {
            if (wide < std::int64_t{std::numeric_limits<T>::min()} || wide > std::int64_t{std::numeric_limits<T>::max()})
                return false;
        }
        out = static_cast<T>(wide);
        return true;
    }
    template <class T>
    static bool read_real(sqlite3_value* value, T& out) noexcept {
        const int type = sqlite3_value_type(value);
        if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) [[unlikely]]
            return false;
        out = static_cast<T>(sqlite3_value_double(value));
        return true;
    }
    static bool read_boolean(sqlite3_value* value, bool& out) noexcept {
        if (sqlite3_value_type(value) != SQLITE_INTEGER) [[unlikely]]
            return read_boolean_text(value, out);
        const std::int64_t number = sqlite3_value_int64(value);
        out = number != 0;
        return number == 0 || number == 1;
    }
    static bool read_boolean_text(sqlite3_value* value, bool& out) noexcept {
        std::string_view text;
        if (!read_text(value, text)) return false;
        char low[6]{};
        if (text.empty() || text.size() > 5) return false;
        for (std::size_t i = 0; i < text.size(); ++i) low[i] = model::fold(text[i]);
        const std::string_view word(low, text.size());
        out = word == "t" || word == "true" || word == "1";
        return out || word == "f" || word == "false" || word == "0";
    }
    static bool read_text(sqlite3_value* value, std::string_view& out) noexcept {
        if (sqlite3_value_type(value) != SQLITE_TEXT) [[unlikely]]
            return false;
        const auto* const text = reinterpret_cast<const char*>(sqlite3_value_text(value));
        out = {text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
        return text != nullptr;
    }
    static bool read_string(sqlite3_value* value, std::string& out) {
        std::string_view text;
        if (!read_text(value, text)) [[unlikely]]
            return false;
        // A new string is cheaper than one that grows; one that has room already costs no memory.
        if (text.size() > out.capacity()) out = std::string(text);
        else out.assign(text.data(), text.size());
        return true;
    }
    template <class T>
    static bool read_bytes(sqlite3_value* value, T& out) {
        if (sqlite3_value_type(value) != SQLITE_BLOB) [[unlikely]]
            return false;
        const auto* const bytes = static_cast<const std::byte*>(sqlite3_value_blob(value));
        const std::size_t size = bytes == nullptr ? 0 : static_cast<std::size_t>(sqlite3_value_bytes(value));
        if constexpr (std::is_same_v<T, blob_view>) out = {bytes, size};
        else out.assign(bytes, bytes + size);
        return true;
    }
    template <class T>
    static bool read_name(sqlite3_value* value, T& out) noexcept {
        std::string_view name;
        if (!read_text(value, name)) return false;
        const std::optional<T> found = enum_value<T>(name);
        if (found) out = *found;
        return found.has_value();
    }
    template <is_stored T>
    static bool read_stored(sqlite3_value* value, T& out) {
        using stored = typename column_traits<T>::stored;
        std::conditional_t<std::is_same_v<stored, std::string>, std::string_view, stored> raw{};
        if (!read(value, raw)) return false;
        try {
            return take(column_traits<T>::from_stored(std::move(raw)), out);
        } catch (const std::exception&) { // a text that is no JSON: told like every other value of a wrong type
            return false;
        }
    }
    template <class T>
    static bool take(std::optional<T>&& made, T& out) {
        if (made) out = *std::move(made);
        return made.has_value();
    }
    template <class T>
    static bool take(T&& made, T& out) {
        out = std::move(made);
        return true;
    }

    sqlite3_stmt* statement_;
    std::int64_t ordinal_;
    int next_ = 0;
};

} // namespace autopack_schema::query
