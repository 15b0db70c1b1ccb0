// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/run.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace autopack_schema::query {

/// Reads the results of a query one by one; an input iterator that owns the run: when it goes, the statement is reset.
template <class Db, class Parts>
class cursor {
public:
    using run = selection_run<Db, Parts>;
    using value_type = typename run::result;
    using difference_type = std::ptrdiff_t;

    cursor(Db db, const Parts& parts) : run_(db, parts) { ++*this; }

    value_type& operator*() const noexcept { return row_; }
    value_type* operator->() const noexcept { return &row_; }
    cursor& operator++() {
        if (run_.step()) run_.read(row_);
        return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const cursor& c, end_of_rows) noexcept { return c.run_.is_done(); }

private:
    run run_;
    mutable value_type row_{};
};

template <class Db, class Parts>
auto read_all(Db db, const Parts& parts) {
    selection_run<Db, Parts> run(db, parts);
    using result = typename selection_run<Db, Parts>::result;
    run.require_owned();
    std::vector<result> all;
    while (run.step()) {
        if constexpr (std::is_same_v<result, bool>) {
            bool value = false;
            run.read(value);
            all.push_back(value);
        } else {
            run.read(all.emplace_back());
        }
    }
    return all;
}

template <class Db, class Parts>
auto read_first(Db db, const Parts& parts) {
    selection_run<Db, Parts> run(db, parts);
    run.require_owned();
    std::optional<typename selection_run<Db, Parts>::result> row;
    if (!run.step()) return row;
    run.read(row.emplace());
    if constexpr (Parts::changes) run.finish();
    return row;
}

template <class Db, class Parts>
auto read_one(Db db, const Parts& parts) {
    selection_run<Db, Parts> run(db, parts);
    run.require_owned();
    typename selection_run<Db, Parts>::result row{};
    if (!run.step()) query::refuse_count(run.statement(), "the query gave no row");
    run.read(row);
    if (run.step()) query::refuse_count(run.statement(), "the query gave several rows");
    return row;
}

} // namespace autopack_schema::query
