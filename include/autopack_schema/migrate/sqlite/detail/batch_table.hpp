// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/transaction.hpp>
#include <autopack_schema/migrate/sqlite/detail/values.hpp>
#include <autopack_schema/migrate/sqlite/fingerprint.hpp>
#include <autopack_schema/migrate/sqlite/names.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace autopack_schema::migrate::sqlite::detail {

/// A column that is being filled in batches, and how far that is.
struct batch {
    std::int64_t id = 0;
    std::string table{};
    std::string column{};
    std::string update{};                                         ///< "UPDATE main.t SET c = expression"
    std::string where{};                                          ///< rows that are still to be filled
    std::string row_number{};                                     ///< the name of the row number
    std::int64_t next = std::numeric_limits<std::int64_t>::min(); ///< rows with smaller numbers are done
    std::int64_t seen = 0;                                        ///< rows
    std::int64_t written = 0;                                     ///< rows
    std::int64_t total = 0;                                       ///< rows of the table at the beginning
    bool finished = false;
    std::string started_at{};
    std::string backup{};
};

/// Tells whether a migration in batches was begun and is not done.
inline bool has_batches(connection& database) { return has_table(database, batch_table); }

/// Reads what is being filled; nothing where nothing is.
inline model::vector<batch> read_batches(connection& database) {
    model::vector<batch> found;
    if (!has_batches(database)) return found;
    auto rows = database.prepare(
        "SELECT id, \"table\", \"column\", \"update\", \"where\", row_number, next, seen, written, total, finished, "
        "started_at, backup FROM " +
        in_main(batch_table) + " ORDER BY id");
    const auto text = [&rows](int column) { return std::string(rows.column_text(column)); };
    while (rows.step()) {
        found.push_back({rows.column_int64(0), text(1), text(2), text(3), text(4), text(5), rows.column_int64(6),
                         rows.column_int64(7), rows.column_int64(8), rows.column_int64(9), rows.column_int64(10) != 0,
                         text(11), text(12)});
    }
    return found;
}

/// Notes what is going to be filled, in the transaction that makes the columns.
inline void write_batches(connection& database, model::vector<batch>& batches) {
    const std::string table = in_main(batch_table);
    database.execute(
        "CREATE TABLE " + table +
        " (id INTEGER PRIMARY KEY, \"table\" TEXT NOT NULL, \"column\" TEXT NOT NULL, \"update\" TEXT NOT "
        "NULL, \"where\" TEXT NOT NULL, row_number TEXT NOT NULL, next INTEGER NOT NULL, seen INTEGER NOT "
        "NULL, written INTEGER NOT NULL, total INTEGER NOT NULL, finished INTEGER NOT NULL, started_at TEXT "
        "NOT NULL, backup TEXT NOT NULL)");
    for (batch& b : batches) {
        b.id = static_cast<std::int64_t>(&b - batches.data()) + 1;
        database.execute("INSERT INTO " + table + " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, ?8, 0, ?9, ?10)", b.id,
                         b.table, b.column, b.update, b.where, b.row_number, b.next, b.total, b.started_at, b.backup);
    }
}

inline void drop_batches(connection& database) {
    if (has_batches(database)) database.execute("DROP TABLE " + in_main(batch_table));
}

/// Reads how far a column is now: another program may be filling it as well, or have finished.
inline void read_again(connection& database, batch& b) {
    b.finished = true;
    if (!has_batches(database)) return;
    auto row = database.prepare("SELECT next, seen, written, finished FROM " + in_main(batch_table) +
                                " WHERE id = ?1");
    row.bind(1, b.id);
    if (!row.step()) return;
    b.next = row.column_int64(0);
    b.seen = row.column_int64(1);
    b.written = row.column_int64(2);
    b.finished = row.column_int64(3) != 0;
}

/// Fills the next rows of a column, in a transaction of its own with the note of how far that is.
inline void fill_next(connection& database, batch& b, std::int64_t rows) {
    const std::string from = in_main(b.table);
    const autopack_schema::sqlite::transaction_kind kind = autopack_schema::sqlite::transaction_kind::immediate;
    autopack_schema::sqlite::transaction lock(database, kind);
    read_again(database, b);
    if (b.finished) return;
    const std::string numbers = "SELECT " + b.row_number + " AS n FROM " + from + " WHERE " + b.row_number +
                                " >= ?1 ORDER BY " + b.row_number + " LIMIT ?2";
    std::int64_t last = 0, count = 0;
    {
        auto found = database.prepare("SELECT max(n), count(*) FROM (" + numbers + ")");
        found.bind(1, b.next);
        found.bind(2, rows);
        found.step();
        last = found.column_int64(0);
        count = found.column_int64(1);
    }
    if (count > 0) {
        database.execute(b.update + " WHERE " + b.row_number + " BETWEEN ?1 AND ?2 AND (" + b.where + ")", b.next,
                         last);
        b.written += database.changes();
    }
    b.seen += count;
    b.finished = count < rows || last == std::numeric_limits<std::int64_t>::max();
    b.next = b.finished ? last : last + 1;
    database.execute("UPDATE " + in_main(batch_table) +
                         " SET next = ?2, seen = ?3, written = ?4, finished = ?5 WHERE id = ?1",
                     b.id, b.next, b.seen, b.written, b.finished ? 1 : 0);
    lock.commit();
}

} // namespace autopack_schema::migrate::sqlite::detail
