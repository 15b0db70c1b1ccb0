// SPDX-License-Identifier: MIT
#include <autopack_schema/db/sqlite.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace aps = autopack_schema;
using aps::sqlite::connection;
using aps::sqlite::open_mode;
using aps::sqlite::savepoint;
using aps::sqlite::transaction;
using aps::sqlite::transaction_kind;
using autopack_schema_test::caught;
using autopack_schema_test::temp_dir;

namespace {

struct file_database {
    temp_dir directory;
    std::string path = (directory / "x.db").string();
    connection db = connection::open_file(path, {.mode = open_mode::create, .busy_timeout_ms = 50});
    file_database() { db.execute("CREATE TABLE t (a)"); }
    connection another() const { return connection::open_file(path, {.busy_timeout_ms = 50}); }
    std::int64_t rows() { return db.query_int("SELECT count(*) FROM t"); }
};

} // namespace

TEST_CASE("only commit keeps; the end of the scope, rollback and an exception undo") {
    file_database file;
    {
        transaction work(file.db);
        CHECK(work.is_open());
        CHECK(file.db.in_transaction());
        file.db.execute("INSERT INTO t VALUES (1)");
        work.commit();
        CHECK_FALSE(work.is_open());
        CHECK_FALSE(file.db.in_transaction());
    }
    CHECK(file.rows() == 1);
    {
        transaction work(file.db);
        file.db.execute("INSERT INTO t VALUES (2)");
    }
    CHECK(file.rows() == 1);
    {
        transaction work(file.db);
        file.db.execute("INSERT INTO t VALUES (2)");
        work.rollback();
        CHECK(file.rows() == 1);
        work.rollback(); // nothing left to do
    }
    try {
        transaction work(file.db);
        file.db.execute("INSERT INTO t VALUES (2)");
        throw std::runtime_error("stop");
    } catch (const std::runtime_error&) {
    }
    CHECK(file.rows() == 1);
    CHECK_FALSE(file.db.in_transaction());
}

TEST_CASE("an immediate transaction has the write lock at once, a deferred one has not") {
    file_database file;
    connection other = file.another();
    {
        transaction work(file.db);
        const auto failure = caught([&] { transaction second(other); });
        CHECK(failure.code() == "S209");
        CHECK(failure.info.sql == "BEGIN IMMEDIATE");
        CHECK(failure.info.database == file.path);
        CHECK(failure.says("stop the API server"));
        CHECK(other.query_int("SELECT count(*) FROM t") == 0); // readers go on
    }
    {
        transaction work(file.db, transaction_kind::deferred);
        transaction second(other);
        second.rollback();
    }
    transaction work(file.db, transaction_kind::exclusive);
    CHECK(caught([&] { other.query_int("SELECT count(*) FROM t"); }).code() == "S209");
}

TEST_CASE("a commit that a reader blocks can be repeated") {
    file_database file;
    file.db.execute("INSERT INTO t VALUES (1), (2), (3)");
    connection other = file.another();
    transaction work(file.db);
    file.db.execute("INSERT INTO t VALUES (4)");
    aps::sqlite::statement reading = other.prepare("SELECT a FROM t");
    REQUIRE(reading.step());
    const auto failure = caught([&] { work.commit(); });
    CHECK(failure.code() == "S209");
    CHECK(failure.info.sql == "COMMIT");
    CHECK(work.is_open());
    reading.reset();
    work.commit();
    CHECK(other.query_int("SELECT count(*) FROM t") == 4);
}

TEST_CASE("a read transaction whose snapshot is old cannot begin to write, and is told what to do") {
    file_database file;
    file.db.execute("PRAGMA journal_mode=WAL");
    connection other = file.another();
    transaction work(file.db, transaction_kind::deferred);
    CHECK(file.rows() == 0);
    other.execute("INSERT INTO t VALUES (1)");
    const auto failure = caught([&] { file.db.execute("INSERT INTO t VALUES (2)"); });
    CHECK(failure.code() == "S209");
    CHECK(failure.info.native_name == "SQLITE_BUSY_SNAPSHOT");
    CHECK(failure.says("begin again, with BEGIN IMMEDIATE"));
}

TEST_CASE("when SQLite has rolled back by itself, commit says that nothing was kept") {
    file_database file;
    file.db.execute("CREATE TABLE u (a UNIQUE ON CONFLICT ROLLBACK); INSERT INTO u VALUES (1)");
    {
        transaction work(file.db);
        file.db.execute("INSERT INTO t VALUES (1)");
        CHECK(caught([&] { file.db.execute("INSERT INTO u VALUES (1)"); }).code() == "S216");
        CHECK_FALSE(work.is_open());
        CHECK_FALSE(file.db.in_transaction());
        const auto failure = caught([&] { work.commit(); });
        CHECK(failure.code() == "S225");
        CHECK(failure.says("SQLite has rolled the transaction back after an earlier error; nothing of it is kept"));
        work.rollback();
    }
    CHECK(file.rows() == 0);
    // The scope's end must not undo what was begun afterwards by someone else.
    {
        transaction gone(file.db);
        CHECK(caught([&] { file.db.execute("INSERT INTO u VALUES (1)"); }).code() == "S216");
        gone.rollback();
        transaction next(file.db);
        file.db.execute("INSERT INTO t VALUES (5)");
        next.commit();
    }
    CHECK(file.rows() == 1);
}

TEST_CASE("a full disk ends in an error and a database as before") {
    file_database file;
    file.db.execute("PRAGMA max_page_count=20");
    {
        transaction work(file.db);
        const auto failure = caught([&] {
            file.db.execute("WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                            "INSERT INTO t SELECT randomblob(500) FROM n");
        });
        CHECK(failure.code() == "S211");
        CHECK(failure.info.native_name == "SQLITE_FULL");
        CHECK(failure.says("free space on the disk of the database and on that of temporary files"));
    }
    CHECK(file.rows() == 0);
    CHECK(aps::sqlite::check_integrity(file.db).is_sound());
}

TEST_CASE("misuse of transactions") {
    file_database file;
    transaction work(file.db);
    const auto nested = caught([&] { transaction second(file.db); });
    CHECK(nested.code() == "S225");
    CHECK(nested.says("use a savepoint inside it"));
    work.commit();
    CHECK(caught([&] { work.commit(); }).says("the transaction has already ended"));
    transaction first(file.db);
    transaction taken = std::move(first);
    CHECK_FALSE(first.is_open());
    CHECK(caught([&] { first.commit(); }).code() == "S225");
    connection moved = std::move(file.db); // the transaction follows the handle
    moved.execute("INSERT INTO t VALUES (1)");
    taken.commit();
    CHECK(moved.query_int("SELECT count(*) FROM t") == 1);
}

TEST_CASE("a deferred foreign key is checked by commit, which can be repeated after the repair") {
    file_database file;
    file.db.execute(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
    transaction work(file.db);
    file.db.execute("INSERT INTO c VALUES (1)");
    CHECK(caught([&] { work.commit(); }).code() == "S219");
    CHECK(work.is_open());
    file.db.execute("INSERT INTO p VALUES (1)");
    work.commit();
}

TEST_CASE("savepoints nest, are released and undone") {
    file_database file;
    {
        transaction work(file.db);
        file.db.execute("INSERT INTO t VALUES (1)");
        {
            savepoint inner(file.db);
            file.db.execute("INSERT INTO t VALUES (2)");
            {
                savepoint innermost(file.db); // the same name
                file.db.execute("INSERT INTO t VALUES (3)");
            }
            CHECK(file.rows() == 2);
            inner.release();
            CHECK_FALSE(inner.is_open());
            CHECK(caught([&] { inner.release(); }).code() == "S225");
        }
        {
            savepoint undone(file.db, "odd \" name");
            file.db.execute("DELETE FROM t");
            undone.rollback();
            CHECK(file.rows() == 2);
        }
        work.commit();
    }
    CHECK(file.rows() == 2);
    {
        savepoint outermost(file.db);
        CHECK(file.db.in_transaction());
        file.db.execute("INSERT INTO t VALUES (4)");
        outermost.release();
        CHECK_FALSE(file.db.in_transaction());
    }
    CHECK(file.rows() == 3);
    {
        const savepoint dropped(file.db);
        file.db.execute("DELETE FROM t");
    }
    CHECK(file.rows() == 3);
    CHECK_FALSE(file.db.in_transaction());
}

TEST_CASE("a savepoint inside a transaction that SQLite rolled back is gone with it") {
    file_database file;
    file.db.execute("CREATE TABLE u (a UNIQUE ON CONFLICT ROLLBACK); INSERT INTO u VALUES (1)");
    transaction work(file.db);
    {
        savepoint inner(file.db);
        CHECK(caught([&] { file.db.execute("INSERT INTO u VALUES (1)"); }).code() == "S216");
        CHECK_FALSE(inner.is_open());
        CHECK(caught([&] { inner.release(); }).says("its transaction was rolled back"));
        inner.rollback();
    }
    CHECK_FALSE(work.is_open());
}
