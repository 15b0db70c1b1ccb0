// SPDX-License-Identifier: MIT
// Whatever SQLite accepts as CREATE TABLE or CREATE INDEX, the parser understands, and it agrees with the PRAGMAs.
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/sql/sqlite/ddl_parser.hpp>
#include <autopack_schema/sql/tokenizer.hpp>

#include <autopack_schema_test/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

using autopack_schema::sqlite::connection;

namespace {

class random_text {
public:
    explicit random_text(std::uint32_t seed) : random_(seed) {}

    std::string table() {
        std::string text = "CREATE TABLE " + any(names) + "(";
        const std::size_t columns = 1 + pick(4);
        for (std::size_t i = 0; i < columns; ++i) text += (i == 0 ? "" : ",") + space() + column(i);
        for (std::size_t i = pick(4); i > 0; --i) text += (chance(8) ? " " : ",") + space() + table_constraint(columns);
        text += ")";
        if (chance(4)) text += any(options);
        return chance(3) ? mutated(text) : text;
    }

    std::string index() {
        std::string text = "CREATE " + std::string(chance(2) ? "UNIQUE " : "") + "INDEX i ON t(";
        for (std::size_t i = 0; i <= pick(3); ++i) text += (i == 0 ? "" : ",") + space() + any(parts);
        text += ")";
        if (chance(2)) text += " WHERE " + any(expressions);
        return chance(3) ? mutated(text) : text;
    }

private:
    using list = std::initializer_list<std::string_view>;
    static constexpr std::array<std::string_view, 6> names{"t", "\"t\"", "[t]", "main.t", "'t'", "IF NOT EXISTS t"};
    static constexpr std::array<std::string_view, 20> types{"",
                                                            "INTEGER",
                                                            "int",
                                                            "TEXT",
                                                            "VARCHAR(10)",
                                                            "DECIMAL ( 10 , -2 )",
                                                            "\"quoted type\"",
                                                            "'x y'",
                                                            "[INTEGER]",
                                                            "double precision",
                                                            "`a`(1)",
                                                            "CHARINT",
                                                            "if",
                                                            "like",
                                                            "no action",
                                                            "generated always",
                                                            "\"VARCHAR\" (10)",
                                                            "TEXT BLOB",
                                                            "x(+1)",
                                                            "ANY"};
    static constexpr std::array<std::string_view, 44> column_constraints{"NOT NULL",
                                                                         "NULL",
                                                                         "not null on conflict ignore",
                                                                         "PRIMARY KEY",
                                                                         "PRIMARY KEY DESC",
                                                                         "PRIMARY KEY ASC AUTOINCREMENT",
                                                                         "primary key on conflict replace",
                                                                         "UNIQUE",
                                                                         "unique on conflict abort",
                                                                         "DEFAULT 1",
                                                                         "DEFAULT -1",
                                                                         "DEFAULT +1.5e3",
                                                                         "DEFAULT 'a''b'",
                                                                         "DEFAULT \"x\"",
                                                                         "DEFAULT abc",
                                                                         "DEFAULT NULL",
                                                                         "DEFAULT (1+2)",
                                                                         "DEFAULT ('x')",
                                                                         "DEFAULT true",
                                                                         "DEFAULT current_time",
                                                                         "DEFAULT x'ab'",
                                                                         "DEFAULT 0x1F",
                                                                         "DEFAULT (date('now'))",
                                                                         "CHECK (c0 > ')')",
                                                                         "CHECK(c0)",
                                                                         "CONSTRAINT k",
                                                                         "CONSTRAINT \"k k\" CHECK (c0 IN (1,2))",
                                                                         "COLLATE NOCASE",
                                                                         "collate \"rtrim\"",
                                                                         "REFERENCES p",
                                                                         "references p(x)",
                                                                         "REFERENCES p(x) ON DELETE CASCADE",
                                                                         "REFERENCES p ON UPDATE SET NULL MATCH FULL",
                                                                         "DEFERRABLE",
                                                                         "NOT DEFERRABLE INITIALLY DEFERRED",
                                                                         "DEFERRABLE INITIALLY IMMEDIATE",
                                                                         "AS (1)",
                                                                         "GENERATED ALWAYS AS (c0 || 'x') STORED",
                                                                         "as (c0+1) virtual",
                                                                         "-- comment\n",
                                                                         "/* , ) */",
                                                                         "REFERENCES t(c0) ON INSERT RESTRICT",
                                                                         "DEFAULT - 9223372036854775808",
                                                                         "ON CONFLICT FAIL"};
    static constexpr std::array<std::string_view, 18> table_constraints{
        "PRIMARY KEY (c0)",
        "PRIMARY KEY (c0 AUTOINCREMENT)",
        "primary key (c0 desc, c1) on conflict ignore",
        "PRIMARY KEY (c0 COLLATE NOCASE)",
        "UNIQUE (c0)",
        "UNIQUE (c1, c0) ON CONFLICT REPLACE",
        "UNIQUE (\"c0\" COLLATE rtrim DESC)",
        "CHECK (c0 > 0)",
        "CHECK (c0) ON CONFLICT IGNORE",
        "CONSTRAINT x CHECK (c0 <> ',')",
        "CONSTRAINT y",
        "CONSTRAINT z UNIQUE ('c0')",
        "FOREIGN KEY (c0) REFERENCES p",
        "FOREIGN KEY (c0,c1) REFERENCES p(x,y) ON DELETE SET DEFAULT",
        "foreign key (c0) references t(c0) deferrable initially deferred",
        "CONSTRAINT fk FOREIGN KEY (c1) REFERENCES p (x) not deferrable",
        "UNIQUE ((c0))",
        "/* nothing */ CHECK (1)"};
    static constexpr std::array<std::string_view, 7> options{
        " WITHOUT ROWID", " STRICT", " strict, without rowid", " without rowid , STRICT", " -- end",
        " /* x */",       " STRICT,"};
    static constexpr std::array<std::string_view, 16> parts{"a",
                                                            "\"a\"",
                                                            "b DESC",
                                                            "(a)",
                                                            "lower(a)",
                                                            "a COLLATE NOCASE",
                                                            "((b) COLLATE nocase) ASC",
                                                            "a || b COLLATE NOCASE",
                                                            "'a'",
                                                            "a + 1",
                                                            "(a, b)",
                                                            "CASE WHEN a THEN b END",
                                                            "a NULLS LAST",
                                                            "json_extract(a, '$.x')",
                                                            "[b] collate rtrim desc",
                                                            "-a"};
    static constexpr std::array<std::string_view, 6> expressions{"a > 0",         "(a) OR (b)",  "(a > ' WHERE ')",
                                                                 "b IS NOT NULL", "a IN (1, 2)", "((a))"};

    std::size_t pick(std::size_t below) { return random_() % below; }
    bool chance(std::size_t of) { return pick(of) == 0; }
    template <class List>
    std::string any(const List& texts) {
        return std::string(texts[pick(texts.size())]);
    }
    std::string space() { return any(std::array<std::string_view, 5>{" ", "\n", " /*c*/ ", "", " --'\n"}); }

    std::string column(std::size_t number) {
        constexpr std::array<std::string_view, 4> quotes{"\"\"", "[]", "``", "''"};
        std::string text = "c" + std::to_string(number);
        if (chance(3)) {
            const std::string_view q = quotes[pick(quotes.size())];
            text = q.substr(0, 1).data()[0] + text + q[1];
        }
        text += " " + any(types);
        for (std::size_t i = pick(4); i > 0; --i) text += " " + space() + any(column_constraints);
        return text;
    }

    std::string table_constraint(std::size_t) { return any(table_constraints); }

    /// Leaves a token out, or says it twice.
    std::string mutated(const std::string& text) {
        const auto tokens = autopack_schema::sql::tokenize(text);
        const auto& t = tokens[pick(tokens.size())];
        std::string result = text;
        if (chance(2)) {
            result.erase(t.offset, t.text.size());
        } else {
            result.insert(t.offset, std::string(t.text) + " ");
        }
        return result;
    }

    std::mt19937 random_;
};

bool accepted(connection& db, const std::string& text) {
    try {
        db.execute(text);
        return true;
    } catch (const autopack_schema::error&) {
        return false;
    }
}

void check_agrees(connection& db, const std::string& text) {
    INFO(text);
    REQUIRE_NOTHROW(autopack_schema::sql::sqlite::parse(text));
    const auto seen = autopack_schema::inspect(db);
    for (const auto& other : seen.view().others) {
        CAPTURE(std::string(other.kind), std::string(other.name.text), std::string(other.sql),
                std::string(other.reason));
        CHECK(other.reason.empty());
    }
}

} // namespace

TEST_CASE("what SQLite accepts as a table is understood as SQLite understands it", "[sql][agreement]") {
    std::size_t tables = 0;
    for (std::uint32_t seed = 1; seed <= 6000; ++seed) {
        const std::string text = random_text(seed).table();
        connection db = connection::memory();
        if (!accepted(db, text)) continue;
        ++tables;
        check_agrees(db, text);
    }
    CHECK(tables > 1000);
}

TEST_CASE("what SQLite accepts as an index is understood as SQLite understands it", "[sql][agreement]") {
    std::size_t indexes = 0;
    for (std::uint32_t seed = 1; seed <= 2000; ++seed) {
        const std::string text = random_text(seed).index();
        connection db = connection::memory();
        db.execute("CREATE TABLE t (a, b)");
        if (!accepted(db, text)) continue;
        ++indexes;
        check_agrees(db, text);
    }
    CHECK(indexes > 300);
}
