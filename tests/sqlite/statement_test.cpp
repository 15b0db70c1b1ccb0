// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace aps = autopack_schema;
using aps::sqlite::connection;
using aps::sqlite::statement;
using aps::sqlite::value_type;
using autopack_schema_test::caught;

static_assert(sizeof(statement) == sizeof(void*));
static_assert(!std::is_polymorphic_v<statement> && !std::is_copy_constructible_v<statement>);
static_assert(std::is_nothrow_move_constructible_v<statement> && std::is_nothrow_move_assignable_v<statement>);

TEST_CASE("integers of every width and sign go through unchanged") {
    connection db = connection::memory();
    statement row = db.prepare("SELECT ?1, typeof(?1)");
    const auto through = [&](auto value) {
        row.reset();
        row.bind(1, value);
        REQUIRE(row.step());
        CHECK(row.column_text(1) == "integer");
        return row.column_int64(0);
    };
    CHECK(through(std::numeric_limits<std::int64_t>::min()) == std::numeric_limits<std::int64_t>::min());
    CHECK(through(std::numeric_limits<std::int64_t>::max()) == std::numeric_limits<std::int64_t>::max());
    CHECK(through(std::uint64_t{9223372036854775807u}) == std::numeric_limits<std::int64_t>::max());
    CHECK(through(std::uint32_t{4294967295u}) == 4294967295);
    CHECK(through(std::int8_t{-1}) == -1);
    CHECK(through(true) == 1);
    CHECK(through(std::size_t{7}) == 7);

    row.reset();
    const auto failure = caught([&] { row.bind(1, std::uint64_t{9223372036854775808u}); });
    CHECK(failure.code() == "S228");
    CHECK(failure.says("above 9223372036854775807"));
}

TEST_CASE("doubles go through bit for bit, into a file and back; NaN is refused") {
    connection db = connection::memory();
    db.execute("CREATE TABLE t (v REAL, w)");
    statement insert = db.prepare("INSERT INTO t VALUES (?1, ?1) RETURNING v, w");
    for (const double value : {0.0, -0.0, 1.0, 0.1, -2.5, 1e308, std::numeric_limits<double>::denorm_min(),
                               std::numeric_limits<double>::max(), std::numeric_limits<double>::infinity(),
                               -std::numeric_limits<double>::infinity(), 9007199254740993.0, 1.7976931348623157e-300}) {
        insert.bind(1, value);
        REQUIRE(insert.step());
        // A REAL column stores whole numbers as integers, which have no -0.0: the one value that SQLite itself changes.
        const double stored = value == 0 ? 0.0 : value;
        CHECK(std::bit_cast<std::uint64_t>(insert.column_double(0)) == std::bit_cast<std::uint64_t>(stored));
        CHECK(std::bit_cast<std::uint64_t>(insert.column_double(1)) == std::bit_cast<std::uint64_t>(value));
        CHECK_FALSE(insert.step());
    }
    statement read = db.prepare("SELECT w FROM t WHERE rowid = 2");
    REQUIRE(read.step());
    CHECK(std::signbit(read.column_double(0)));
    CHECK(read.column_type(0) == value_type::real);
    const auto failure = caught([&] { insert.bind(1, std::nan("")); });
    CHECK(failure.code() == "S228");
    CHECK(failure.says("NaN"));
    insert.bind(1, 1.5F); // float is a double
    CHECK(insert.step());
    insert.reset();
}

TEST_CASE("text keeps NUL characters, emptiness and bytes that are no UTF-8") {
    connection db = connection::memory();
    statement row = db.prepare("SELECT ?1, typeof(?1), length(CAST(?1 AS BLOB))");
    const std::string values[] = {std::string("a\0b\0", 4), "",         std::string(1, '\0'),
                                  "caf\u00e9 \U0001f600",   "\xff\xfe", std::string(100000, 'x')};
    for (const std::string& value : values) {
        row.bind(1, value);
        REQUIRE(row.step());
        CHECK(row.column_text(0) == value);
        CHECK(row.column_text(1) == "text");
        CHECK(row.column_int64(2) == static_cast<std::int64_t>(value.size()));
        row.reset();
    }
    row.bind(1, std::string_view()); // no pointer, and yet a text
    REQUIRE(row.step());
    CHECK(row.column_text(1) == "text");
    CHECK_FALSE(row.column_is_null(0));
}

TEST_CASE("blobs keep every byte; an empty blob is a blob") {
    connection db = connection::memory();
    std::vector<std::byte> bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<std::byte>(i));
    statement row = db.prepare("SELECT ?1, typeof(?1)");
    row.bind(1, bytes);
    REQUIRE(row.step());
    const auto read = row.column_blob(0);
    CHECK(std::vector<std::byte>(read.begin(), read.end()) == bytes);
    CHECK(row.column_type(0) == value_type::blob);
    row.reset();
    row.bind(1, std::vector<std::byte>());
    REQUIRE(row.step());
    CHECK(row.column_text(1) == "blob");
    CHECK(row.column_blob(0).empty());
}

TEST_CASE("whatever has consecutive bytes is bound as a blob") {
    connection db = connection::memory();
    statement row = db.prepare("SELECT hex(?), hex(?), hex(?), hex(?), hex(?)");
    std::byte plain[] = {std::byte{1}, std::byte{2}};
    const std::array<std::byte, 1> array{std::byte{3}};
    row.bind_all(plain, array, std::span<const std::byte>(plain), std::span<std::byte>(plain), std::optional(std::vector{std::byte{4}}));
    REQUIRE(row.step());
    CHECK(row.column_text(0) == "0102");
    CHECK(row.column_text(1) == "03");
    CHECK(row.column_text(2) == "0102");
    CHECK(row.column_text(3) == "0102");
    CHECK(row.column_text(4) == "04");
    row.reset();
    row.bind_copy(1, array);
    REQUIRE(row.step());
    CHECK(row.column_text(0) == "03");
}

TEST_CASE("NULL, optional values and null columns") {
    connection db = connection::memory();
    statement row = db.prepare("SELECT ?, ?, ?, ?, ?");
    std::optional<std::string> text = "here";
    const std::optional<int> none;
    row.bind_all(nullptr, std::optional<std::int64_t>(), text, none, std::optional<std::string>("temporary"));
    REQUIRE(row.step());
    CHECK(row.column_is_null(0));
    CHECK(row.column_is_null(1));
    CHECK(row.column_text(2) == "here");
    CHECK(row.column_type(3) == value_type::null);
    CHECK(row.column_text(4) == "temporary");
    CHECK(row.column_text(0).empty());
    CHECK(row.column_blob(0).empty());
    CHECK(row.column_int64(0) == 0);
}

TEST_CASE("lvalues are bound by reference, temporaries and bind_copy by copy") {
    connection db = connection::memory();
    statement row = db.prepare("SELECT ?1");
    std::string text = "before";
    row.bind(1, text);
    text[0] = 'B'; // seen: nothing was copied
    REQUIRE(row.step());
    CHECK(row.column_text(0) == "Before");
    row.reset();
    row.bind_copy(1, text);
    text.assign("xxxxxx");
    REQUIRE(row.step());
    CHECK(row.column_text(0) == "Before");
    row.reset();
    row.bind(1, std::string(5000, 't')); // gone before step(); ASan would tell
    REQUIRE(row.step());
    CHECK(row.column_text(0) == std::string(5000, 't'));
    row.reset();
    row.bind(1, std::vector<std::byte>(5000, std::byte{7}));
    REQUIRE(row.step());
    CHECK(row.column_blob(0).size() == 5000);
    row.reset();
    row.bind(1, "literal");
    REQUIRE(row.step());
    CHECK(row.column_text(0) == "literal");
}

TEST_CASE("a statement is run again after reset and after its end; bindings stay until cleared") {
    connection db = connection::memory();
    db.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)");
    statement rows = db.prepare("SELECT a FROM t WHERE a >= :least ORDER BY a");
    CHECK(rows.parameter_count() == 1);
    CHECK(rows.parameter_index(":least") == 1);
    CHECK(rows.parameter_index(":other") == 0);
    rows.bind(1, 2);
    REQUIRE(rows.step());
    CHECK(rows.is_running());
    rows.reset();
    CHECK_FALSE(rows.is_running());
    int count = 0;
    while (rows.step()) ++count;
    CHECK(count == 2);
    count = 0;
    while (rows.step()) ++count; // after false, step() begins anew
    CHECK(count == 2);
    rows.clear_bindings();
    CHECK_FALSE(rows.step());
    CHECK(rows.is_read_only());
    CHECK_FALSE(db.prepare("DELETE FROM t").is_read_only());
    CHECK(rows.sql() == "SELECT a FROM t WHERE a >= :least ORDER BY a");
}

TEST_CASE("after an error a statement is reset and works again") {
    connection db = connection::memory();
    db.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b NOT NULL)");
    statement insert = db.prepare("INSERT INTO t VALUES (?, ?)");
    insert.bind_all(1, "x");
    insert.step();
    insert.bind_all(1, "y");
    const auto failure = caught([&] { insert.step(); });
    CHECK(failure.code() == "S216");
    CHECK(failure.info.table == "t");
    CHECK(failure.info.column == "a");
    CHECK(failure.info.sql == "INSERT INTO t VALUES (?, ?)");
    CHECK(failure.info.native_name == "SQLITE_CONSTRAINT_PRIMARYKEY");
    CHECK(failure.info.database == ":memory:");
    CHECK_FALSE(insert.is_running());
    insert.bind(1, 2); // would be SQLITE_MISUSE if it were still running
    CHECK_FALSE(insert.step());
    CHECK(db.query_int("SELECT count(*) FROM t") == 2);
    CHECK_FALSE(db.in_transaction());
}

TEST_CASE("a failure in the middle of a result leaves the statement usable") {
    connection db = connection::memory();
    statement rows = db.prepare("WITH n(i) AS (VALUES (1), (2), (?1)) SELECT abs(i) FROM n");
    rows.bind(1, std::numeric_limits<std::int64_t>::min());
    CHECK(rows.step());
    CHECK(rows.step());
    const auto failure = caught([&] { rows.step(); });
    CHECK(failure.code() == "S215");
    CHECK(failure.says("integer overflow"));
    rows.bind(1, -3);
    int count = 0;
    while (rows.step()) ++count;
    CHECK(count == 3);
}

TEST_CASE("wrong indexes are told") {
    connection db = connection::memory();
    statement row = db.prepare("SELECT ?1 AS first");
    for (const int index : {0, 2, -1}) {
        const auto failure = caught([&] { row.bind(index, 1); });
        CHECK(failure.code() == "S223");
        CHECK(failure.info.native_name == "SQLITE_RANGE");
        CHECK(failure.says("numbered from 1"));
    }
    CHECK(row.column_count() == 1);
    CHECK(row.column_name(0) == "first");
    CHECK(caught([&] { row.column_name(1); }).code() == "S223");
    row.bind(1, 5);
    REQUIRE(row.step());
    CHECK(caught([&] { row.bind(1, 6); }).info.native_name == "SQLITE_MISUSE"); // while it runs
}

TEST_CASE("a statement that was moved from, or never was, answers with an error and never crashes") {
    connection db = connection::memory();
    statement first = db.prepare("SELECT 1");
    statement second = std::move(first);
    CHECK(second.step());
    for (statement* empty : {&first}) {
        CHECK(empty->handle() == nullptr);
        CHECK(caught([&] { empty->step(); }).says("the statement is empty or was moved from"));
        CHECK(caught([&] { empty->bind(1, 1); }).code() == "S223");
        CHECK(caught([&] { empty->bind(1, "text"); }).code() == "S223");
        CHECK(caught([&] { empty->bind(1, std::nan("")); }).code() == "S228");
        CHECK(caught([&] { empty->column_name(0); }).code() == "S223");
        CHECK_NOTHROW(empty->reset());
        empty->clear_bindings();
        CHECK(empty->column_count() == 0);
        CHECK(empty->column_int64(0) == 0);
        CHECK(empty->column_text(0).empty());
        CHECK(empty->column_blob(0).empty());
        CHECK(empty->column_is_null(0));
        CHECK(empty->sql().empty());
        CHECK(empty->parameter_count() == 0);
        CHECK(empty->parameter_index("x") == 0);
        CHECK_FALSE(empty->is_running());
    }
    statement* self = &second;
    second = std::move(*self);
    CHECK(second.handle() != nullptr);
    second = statement();
    CHECK(second.handle() == nullptr);
}

TEST_CASE("reset() reports a change that is committed only then") {
    connection db = connection::memory();
    db.execute("CREATE TABLE p (id INTEGER PRIMARY KEY);"
               "CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
    statement insert = db.prepare("INSERT INTO c VALUES (1), (2) RETURNING p");
    REQUIRE(insert.step());
    const auto failure = caught([&] { insert.reset(); });
    CHECK(failure.code() == "S219");
    CHECK(db.query_int("SELECT count(*) FROM c") == 0);
}
