// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/run.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace autopack_schema::query {

/// Reads the results of a query one by one; an input iterator that owns the run: when it goes, the statement is reset.
/// shape:  compiled once for each type of result
template <class Result>
class cursor {
public:
    using value_type = Result;
    using difference_type = std::ptrdiff_t;

    cursor(lease statement, read_function<Result> read) : run_(std::move(statement)), read_(read) { ++*this; }

    Result& operator*() const noexcept { return row_; }
    Result* operator->() const noexcept { return &row_; }
    cursor& operator++() {
        if (run_.step()) {
            reader in(run_.statement(), run_.row());
            read_(in, row_);
        }
        return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const cursor& c, end_of_rows) noexcept { return c.run_.is_done(); }

private:
    running run_;
    read_function<Result> read_;
    mutable Result row_{};
};

template <class Result>
std::vector<Result> read_all(lease statement, read_function<Result> read) {
    running run(std::move(statement));
    query::require_owned<Result>();
    std::vector<Result> all;
    while (run.step()) {
        reader in(run.statement(), run.row());
        if constexpr (std::is_same_v<Result, bool>) {
            bool value = false;
            read(in, value);
            all.push_back(value);
        } else {
            read(in, all.emplace_back());
        }
    }
    return all;
}

/// The first result; `whole` statements are run to their end.
template <class Result>
std::optional<Result> read_first(lease statement, read_function<Result> read, bool whole) {
    running run(std::move(statement));
    query::require_owned<Result>();
    std::optional<Result> row;
    if (!run.step()) return row;
    reader in(run.statement());
    read(in, row.emplace());
    if (whole) run.finish();
    return row;
}

template <class Result>
Result read_one(lease statement, read_function<Result> read) {
    running run(std::move(statement));
    query::require_owned<Result>();
    Result row{};
    if (!run.step()) query::refuse_count(run.statement(), "the query gave no row");
    reader in(run.statement());
    read(in, row);
    if (run.step()) query::refuse_count(run.statement(), "the query gave several rows");
    return row;
}

} // namespace autopack_schema::query
