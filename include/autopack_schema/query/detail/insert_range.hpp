// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/query/detail/insert.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace autopack_schema::query {

/// How many rows one statement inserts: a hundred cost a sixth less than one by one, more gain nothing.
template <const auto& Table>
inline constexpr int rows_at_once =
    table_info<Table>::columns > 320 ? 1 : static_cast<int>(table_info<Table>::columns > 100 ? 10 : 100);

/// Inserts rows by statements of many rows.
template <const auto& Table>
class row_inserter {
public:
    using row_type = typename table_info<Table>::row_type;
    static constexpr int capacity = rows_at_once<Table>;

    explicit row_inserter(session& on)
        : on_(on), room_(row_room<Table> * capacity, '\0') {
        const int parameters = sqlite3_limit(on.handle(), SQLITE_LIMIT_VARIABLE_NUMBER, -1);
        fits_ = parameters >= capacity * static_cast<int>(table_info<Table>::columns);
    }

    /// Takes a row that stays where it is until the rows are written.
    void add(const row_type& row) {
        rows_[count_++] = &row;
        if (count_ == capacity) flush();
    }
    /// Writes the rows that were taken.
    void flush() {
        if (count_ == capacity && fits_) insert_all();
        else for (int i = 0; i < count_; ++i) query::insert_row<Table>(on_, *rows_[i]);
        written_ += count_;
        count_ = 0;
    }
    bool is_empty() const noexcept { return count_ == 0; }
    std::int64_t written() const noexcept { return written_; }

private:
    void insert_all() {
        using query_type = insert_query<Table, capacity>;
        const lease statement = on_.use<query_type>(&query::write_insert_of<Table, capacity>);
        binder b(statement.handle(), room_.data());
        for (const row_type* const row : rows_) query::bind_row<Table>(b, *row);
        b.check();
        query::run_to_end(statement.handle());
    }

    session& on_;
    std::string room_;
    const row_type* rows_[static_cast<std::size_t>(capacity)]{};
    int count_ = 0;
    bool fits_ = false;
    std::int64_t written_ = 0;
};

/// Something that is walked through, not a row.
template <class Range>
concept is_row_range = requires(Range&& range) {
    *std::begin(range);
    std::end(range);
};

/// A range whose elements stay where they are while it is walked through.
/// shape: the concept of iterators comes with <vector>; <iterator> has streams, 35 ms to compile for every unit
template <class Range>
concept keeps_elements = requires(Range& range) {
    requires std::forward_iterator<decltype(std::begin(range))>;
    requires std::is_lvalue_reference_v<decltype(*std::begin(range))>;
};

template <const auto& Table, class Range>
std::int64_t insert_rows(session& on, Range&& range) {
    row_inserter<Table> inserter(on);
    if constexpr (keeps_elements<Range>) {
        for (const auto& row : range) inserter.add(row);
        inserter.flush();
    } else {
        std::vector<typename table_info<Table>::row_type> kept;
        kept.reserve(row_inserter<Table>::capacity);
        for (auto&& row : range) {
            kept.push_back(std::forward<decltype(row)>(row));
            inserter.add(kept.back());
            if (inserter.is_empty()) kept.clear();
        }
        inserter.flush();
    }
    return inserter.written();
}

/// Inserts all rows of a range or none.
template <const auto& Table, class Range>
std::int64_t insert_range(session& on, Range&& range) {
    on.check_thread();
    if (on.connection().in_transaction()) {
        sqlite::savepoint whole(on.connection());
        const std::int64_t count = query::insert_rows<Table>(on, range);
        whole.release();
        return count;
    }
    sqlite::transaction whole(on.connection());
    const std::int64_t count = query::insert_rows<Table>(on, range);
    whole.commit();
    return count;
}

} // namespace autopack_schema::query
