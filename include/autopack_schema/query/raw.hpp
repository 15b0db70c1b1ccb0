// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/query/detail/raw_row.hpp>
#include <autopack_schema/query/detail/session.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::query {

/// The results of SQL of your own, each as a T: a row struct of the schema, whose columns are found by their names, a
/// tuple, or the value of the only column.
/// errors: S242 a value that T cannot hold, S244 other columns than T has
template <const auto& Schema, class T>
class raw_results {
public:
    raw_results(session& on, sqlite::statement statement) : on_(&on), statement_(std::move(statement)) {
        columns_ = raw_columns<Schema, T>::find(statement_);
    }

    /// Reads on: the next result, if there is one.
    std::optional<T> next() {
        on_->check_thread();
        std::optional<T> row;
        if (statement_.step()) read(row.emplace());
        return row;
    }
    /// All results that are left.
    /// errors: S157 views of rows that do not live (compile time), also of first and one
    std::vector<T> all() {
        query::require_owned<T>();
        on_->check_thread();
        std::vector<T> rows;
        while (statement_.step()) {
            T row{};
            read(row);
            rows.push_back(std::move(row));
        }
        return rows;
    }
    /// The first result, if there is one; the rest is not read.
    std::optional<T> first() {
        query::require_owned<T>();
        std::optional<T> row = next();
        statement_.reset();
        return row;
    }
    /// The only result.
    /// errors: S243 none, or several
    T one() {
        query::require_owned<T>();
        std::optional<T> row = next();
        if (!row) query::refuse_count(statement_.handle(), "the query gave no row");
        if (next()) query::refuse_count(statement_.handle(), "the query gave several rows");
        return *std::move(row);
    }

    /// Walks through the results that are left.
    class iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        explicit iterator(raw_results& of) : of_(&of), row_(of.next()) {}
        T& operator*() const noexcept { return *row_; }
        iterator& operator++() {
            row_ = of_->next();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const iterator& i, end_of_rows) noexcept { return !i.row_; }

    private:
        raw_results* of_;
        mutable std::optional<T> row_;
    };
    iterator begin() { return iterator(*this); }
    end_of_rows end() const noexcept { return {}; }

private:
    void read(T& row) {
        reader in(statement_.handle(), ++ordinal_);
        raw_columns<Schema, T>::read(in, row, columns_);
    }

    session* on_;
    sqlite::statement statement_;
    typename raw_columns<Schema, T>::positions columns_;
    std::int64_t ordinal_ = 0;
};

/// Binds the parameters of SQL of your own; texts are copied, for they may be gone before it runs.
inline void bind_raw(sqlite::statement&, int) {}
template <class T, class... More>
void bind_raw(sqlite::statement& statement, int index, const T& value, const More&... more) {
    if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        statement.bind_copy(index, std::string_view(value));
    } else {
        binder b(statement.handle());
        b.skip(index - 1);
        query::to_expression(value).bind(b);
        b.check();
    }
    query::bind_raw(statement, index + 1, more...);
}

} // namespace autopack_schema::query
