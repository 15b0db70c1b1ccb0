// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/detail/bind.hpp>
#include <autopack_schema/db/sqlite/error.hpp>

#include <sqlite3.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::sqlite {

/// The storage class of a value, with SQLite's own numbers.
enum class value_type {
    integer = SQLITE_INTEGER,
    real = SQLITE_FLOAT,
    text = SQLITE_TEXT,
    blob = SQLITE_BLOB,
    null = SQLITE_NULL
};

/// Consecutive bytes: std::span, std::array. A parameter of the type std::span instead would cost every unit, even one without
/// blobs, 30 ms and 5 MB for the ranges that the compiler tries to make of each argument.
template <class Bytes>
concept is_blob = requires(const Bytes& bytes) {
    { std::data(bytes) } -> std::convertible_to<const std::byte*>;
    std::size(bytes);
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
    template <is_blob Bytes>
    void bind(int index, const Bytes& blob) {
        check(detail::bind_blob(handle_, index, std::data(blob), std::size(blob), detail::keep::reference));
    }
    void bind(int index, std::vector<std::byte>&& blob) { bind_copy(index, blob); }
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
    template <is_blob Bytes>
    void bind_copy(int index, const Bytes& blob) {
        check(detail::bind_blob(handle_, index, std::data(blob), std::size(blob), detail::keep::copy));
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
    template <class Bytes = std::span<const std::byte>> // a template, so that a unit without blobs does not pay for std::span
    Bytes column_blob(int column) const {
        const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(handle_, column));
        if (bytes == nullptr) [[unlikely]]
            return no_bytes<Bytes>(column);
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
