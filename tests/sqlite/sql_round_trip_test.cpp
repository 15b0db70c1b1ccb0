// SPDX-License-Identifier: MIT
// A schema that is written, accepted by SQLite, stored, and read again is the schema that it was.
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/model.hpp>
#include <autopack_schema/sql/sqlite/ddl_parser.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>
#include <autopack_schema/sql/sqlite/types.hpp>

#include <autopack_schema_test/catch.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace model = autopack_schema::model;
namespace sqlite = autopack_schema::sql::sqlite;
using autopack_schema::sqlite::connection;

namespace {

/// Puts together random schemas that SQLite accepts.
class random_schema {
public:
    explicit random_schema(std::uint32_t seed) : random_(seed) {}

    model::snapshot make() {
        model::snapshot result;
        model::builder& b = result.content();
        const std::size_t tables = 1 + pick(3);
        for (std::size_t i = 0; i < tables; ++i) add_table(b, i);
        add_views_and_triggers(b);
        result.own_text();
        return result;
    }

private:
    std::size_t pick(std::size_t below) { return random_() % below; }
    bool chance(std::size_t of) { return pick(of) == 0; }
    template <class List>
    auto any(const List& list) {
        return list[pick(std::size(list))];
    }
    std::string_view keep(std::string text) {
        texts_.push_back(std::make_unique<std::string>(std::move(text)));
        return *texts_.back();
    }

    std::string name(std::size_t number) {
        constexpr std::array<std::string_view, 12> stems{"a",           "select", "Group By", "it's",
                                                         "x\"y",        "größe",  "a;b--c",   "[bracket]",
                                                         "line\nbreak", "check",  "1st",      "`tick`"};
        return std::string(any(stems)) + std::to_string(number);
    }

    model::default_value random_default() {
        constexpr std::array<std::string_view, 5> texts{"", "it's", "NULL", "a\nb); --", "CURRENT_TIMESTAMP"};
        constexpr std::array<std::string_view, 4> expressions{"1 + 2", "date('now')", "CURRENT_TIMESTAMP",
                                                              "abs(-3) || ')'"};
        constexpr std::array<std::int64_t, 5> integers{0, -1, 42, INT64_MAX, INT64_MIN};
        constexpr std::array<double, 7> reals{0.1, -1.5, 1e300, 5e-324, 1e15, 100.0, -0.25};
        switch (pick(8)) {
        case 0: return {.kind = model::default_kind::null};
        case 1: return {.kind = model::default_kind::integer, .integer = any(integers)};
        case 2: return {.kind = model::default_kind::real, .real = any(reals)};
        case 3: return {.kind = model::default_kind::text, .text = any(texts)};
        case 4: return {.kind = model::default_kind::blob, .text = chance(2) ? "00ff" : ""};
        case 5: return {.kind = model::default_kind::expression, .text = any(expressions)};
        case 6: return {.kind = model::default_kind::text, .text = std::string_view("a\0b", 3)};
        default: return {};
        }
    }

    model::column random_column(std::size_t number, bool strict) {
        constexpr std::array<std::string_view, 7> types{
            "", "INTEGER", "VARCHAR(10)", "DECIMAL(10,2)", "double  precision", "\"my type\"", "BLOB"};
        constexpr std::array<std::string_view, 6> strict_types{"INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"};
        model::column c;
        c.name = keep(name(number));
        c.type = sqlite::data_type_of(strict ? any(strict_types) : any(types), strict);
        c.nullable = !chance(3);
        if (!c.nullable && chance(3)) c.on_null = any(std::array{model::conflict::ignore, model::conflict::replace});
        c.default_to = random_default();
        if (chance(4)) c.collation = chance(2) ? "NOCASE" : "RTRIM";
        return c;
    }

    std::string expression_of(const model::column& c) {
        const std::string n = sqlite::identifier(c.name);
        const std::array<std::string, 5> forms{n + " > 0", "length(" + n + ") < 10 AND " + n + " <> ')'",
                                               n + " IN ('a', 'it''s')", "(" + n + ") IS NOT NULL OR (1)",
                                               "lower(" + n + ")"};
        return any(forms);
    }

    model::key_part random_part(const model::column& c, bool may_be_expression) {
        model::key_part part{.text = c.name, .descending = chance(3)};
        if (chance(4)) part.collation = "NOCASE";
        if (may_be_expression && chance(3)) {
            part.text = keep(expression_of(c));
            part.is_expression = true;
        }
        return part;
    }

    std::vector<model::key_part> random_parts(const std::vector<model::column>& columns, bool may_be_expression) {
        std::vector<model::key_part> parts;
        const std::size_t first = pick(columns.size());
        const std::size_t count = 1 + pick(std::min<std::size_t>(2, columns.size() - first));
        for (std::size_t i = 0; i < count; ++i) parts.push_back(random_part(columns[first + i], may_be_expression));
        return parts;
    }

    void add_key(model::builder& b, const std::vector<model::column>& columns, bool needed) {
        if (!needed && chance(4)) return;
        model::primary_key key{.on_conflict = conflict_};
        if (chance(3)) key.name = keep(name(900));
        if (!needed && columns[0].type.declared == "INTEGER" && chance(2)) {
            b.columns[b.tables.back().columns.first].identity =
                chance(2) ? model::identity_kind::autoincrement : model::identity_kind::none;
            const bool plain = b.columns[b.tables.back().columns.first].identity == model::identity_kind::none;
            key.inline_descending = plain && chance(3);
            const std::array<model::key_part, 1> parts{
                {{.text = columns[0].name, .descending = key.inline_descending}}};
            b.set_primary_key(key, parts);
            return;
        }
        b.set_primary_key(key, random_parts(columns, false));
    }

    void add_constraints(model::builder& b, const std::vector<model::column>& columns, std::size_t number) {
        for (std::size_t i = pick(3); i > 0; --i) {
            model::unique_constraint u{.on_conflict = conflict_};
            if (chance(2)) u.name = keep(name(700 + i));
            b.add_unique(u, random_parts(columns, false));
        }
        std::size_t column = 0;
        for (; column < columns.size(); ++column) {
            if (chance(4))
                b.add_check({.expression = keep(expression_of(columns[column])), .column = columns[column].name});
        }
        for (std::size_t i = pick(3); i > 0; --i) {
            model::check_constraint c{.expression = keep(expression_of(any(columns)))};
            if (chance(2)) c.name = keep(name(600 + i));
            b.add_check(c);
        }
        for (std::size_t i = pick(3); i > 0; --i) add_foreign_key(b, columns, number);
    }

    void add_foreign_key(model::builder& b, const std::vector<model::column>& columns, std::size_t number) {
        using enum model::fk_action;
        constexpr std::array<model::fk_action, 5> actions{no_action, restrict, cascade, set_null, set_default};
        constexpr std::array<model::deferral, 3> deferrals{model::deferral::not_deferrable, model::deferral::immediate,
                                                           model::deferral::deferred};
        model::foreign_key f;
        if (chance(3)) f.name = keep(name(500));
        f.parent = chance(2) || number == 0 ? b.tables.back().name : b.tables[0].name;
        f.on_delete = any(actions);
        f.on_update = any(actions);
        f.defer = any(deferrals);
        if (chance(4)) f.match = "FULL";
        const std::array<model::name, 1> from{any(columns).name};
        const std::array<model::name, 1> to{columns[0].name};
        if (chance(2)) {
            b.add_foreign_key(f, from, to);
        } else {
            b.add_foreign_key(f, from, {});
        }
    }

    void add_table(model::builder& b, std::size_t number) {
        model::table t;
        conflict_ = chance(2) ? model::conflict::replace : model::conflict::none;
        t.name = keep("t " + name(number));
        t.strict = chance(3);
        t.without_rowid = chance(4);
        b.add_table(t);
        std::vector<model::column> columns;
        for (std::size_t i = 0; i <= pick(5); ++i) {
            columns.push_back(random_column(i, t.strict));
            b.add_column(columns.back());
        }
        add_key(b, columns, t.without_rowid);
        if (chance(3)) add_generated(b, columns, t.strict);
        add_constraints(b, columns, number);
        for (std::size_t i = pick(3); i > 0; --i) {
            model::index index{.name = keep("i " + name(number * 10 + i)), .unique = chance(3)};
            if (chance(3)) index.where = keep(expression_of(any(columns)) + " OR " + expression_of(any(columns)));
            b.add_index(index, random_parts(columns, true));
        }
    }

    void add_generated(model::builder& b, const std::vector<model::column>& columns, bool strict) {
        model::column c{.name = keep("g " + name(99)), .type = sqlite::data_type_of(strict ? "TEXT" : "", strict)};
        c.generated = chance(2) ? model::generated_kind::stored : model::generated_kind::virtual_;
        c.generated_as = keep(expression_of(any(columns)));
        b.add_column(c);
    }

    void add_views_and_triggers(model::builder& b) {
        const std::string table = sqlite::identifier(b.tables[0].name);
        const std::array<model::name, 2> names{keep(name(1)), keep(name(2))};
        if (chance(2)) b.add_view({.name = "v", .definition = "SELECT 1 -- one\n, ';'"}, names);
        if (chance(2)) b.add_view({.name = "w \" w", .definition = keep("SELECT * FROM " + table)}, {});
        if (chance(2)) {
            b.add_trigger(
                {.name = keep(name(3)),
                 .table = b.tables[0].name,
                 .definition = keep("AFTER INSERT ON " + table + " BEGIN SELECT CASE WHEN 1 THEN ';' END; END")});
        }
    }

    std::mt19937 random_;
    model::conflict conflict_{}; ///< SQLite refuses two sorts on the same columns
    std::vector<std::unique_ptr<std::string>> texts_;
};

/// The statements that SQLite stored, in the order of their creation.
std::string stored(connection& db) {
    return db.query_text("SELECT group_concat(sql, char(10) || ';' || char(10)) FROM (SELECT sql FROM sqlite_schema "
                         "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid)");
}

/// A copy without what only a stored statement has.
model::snapshot without_sql(model::schema s) {
    model::snapshot copy = model::snapshot::copy_of(s);
    model::builder& b = copy.content();
    for (auto& t : b.tables) t.sql = {};
    for (auto& i : b.indexes) i.sql = {};
    for (auto& v : b.views) v.sql = {};
    for (auto& t : b.triggers) t.sql = {};
    return copy;
}

} // namespace

TEST_CASE("a written schema is accepted, stored and read as it was", "[sql][round_trip]") {
    for (std::uint32_t seed = 1; seed <= 1500; ++seed) {
        const model::snapshot made = random_schema(seed).make();
        const std::string text = sqlite::ddl(made.view(), {.one_line = seed % 2 == 0});
        INFO("seed " << seed << "\n" << text);
        connection db = connection::memory();
        for (const std::string& statement : sqlite::create_statements(made.view()))
            REQUIRE_NOTHROW(db.execute(statement));
        // copies are in the order of their statements
        const model::snapshot from_text = without_sql(sqlite::parse(text).view());
        const model::snapshot from_database = without_sql(sqlite::parse(stored(db)).view());
        CHECK(from_text.view() == from_database.view());
        CHECK(sqlite::ddl(from_text.view()) == sqlite::ddl(made.view()));
        const model::snapshot again = without_sql(sqlite::parse(sqlite::ddl(from_text.view())).view());
        CHECK(again.view() == from_text.view());
    }
}
