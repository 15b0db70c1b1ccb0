// SPDX-License-Identifier: MIT
// Every pair of schemas that drifts is migrated on a file with rows: they are kept and no drift is left, or the migration is
// refused, says which rows are in the way, and changes nothing.
#include <autopack_schema/drift/check.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/drift/text.hpp>
#include <autopack_schema/inspect/sql_text.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/detail/merge_table.hpp>
#include <autopack_schema/migrate.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/drift_cases.hpp>
#include <autopack_schema_test/rows.hpp>
#include <autopack_schema_test/temp.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace aps = autopack_schema;
namespace migrate = aps::migrate;
using autopack_schema_test::drift_case;
using autopack_schema_test::lost_rows;
using autopack_schema_test::row_exceptions;

namespace {

enum class outcome { migrated, refused, failed };

/// What became of a case.
struct attempt {
    outcome what = outcome::failed;
    std::vector<migrate::blocker> blockers{};
    std::string error{};
    std::vector<std::string> lost{};
    aps::drift::report left{}; ///< the drift afterwards
    bool second_run_changes = false;
    bool file_changed = false;
    bool rows_confirmed = false; ///< the query of each blocker shows as many rows as it says

    std::string text() const {
        std::string all = error;
        for (const auto& b : blockers) {
            all += b.code + " " + b.table + "." + b.column + ": " + b.what + " (" + std::to_string(b.rows) + ") -> " +
                   b.advice + "\n";
        }
        for (const auto& l : lost) all += "lost " + l + "\n";
        return all + aps::drift::to_text(left);
    }
};

aps::sqlite::connection open(const std::filesystem::path& file) {
    return aps::sqlite::connection::open_file(file.string(),
                                              {.mode = aps::sqlite::open_mode::create, .foreign_keys = false});
}

/// The allowances under which what the code does not know may go.
std::deque<std::string> allow_extras(const aps::drift::report& r) {
    std::deque<std::string> words;
    for (const auto& f : r.findings) {
        if (f.kind == "table.extra") words.push_back("drop table " + f.object);
        if (f.kind == "column.extra") words.push_back("drop column " + f.object);
        if (f.kind == "index.extra") words.push_back("drop index " + f.object);
        if (f.kind == "view.extra") words.push_back("drop view " + f.object);
        if (f.kind == "trigger.extra") words.push_back("drop trigger " + f.object);
    }
    return words;
}

/// What the independent comparison of rows has to know of a case: what was allowed to go, and where a type changes.
row_exceptions exceptions_of(const aps::drift::report& r, bool extras_go) {
    row_exceptions e;
    for (const auto& f : r.findings) {
        if (extras_go && f.kind == "table.extra") e.gone.insert(f.object);
        if (extras_go && f.kind == "column.extra") e.gone.insert(f.object);
        if (f.kind.starts_with("column.generated")) e.gone.insert(f.object);
        if (f.kind == "table.virtual") e.grown.insert(f.object);
        if (f.kind == "column.type_affinity" || f.kind == "column.rowid_alias" || f.kind == "table.strict" ||
            f.kind == "pk.columns")
            e.converted.insert(f.table);
    }
    return e;
}

/// Puts rows of all sorts into every table; what a table does not take stays out.
void fill(aps::sqlite::connection& database) {
    const std::vector<std::string> pool{
        "1", "'one'", "'007'", "2.5", "NULL", "x'00FF'", "-3", "'A'", "'a'", "9007199254740993", "''", "12"};
    for (const std::string& table :
         autopack_schema_test::texts(database, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = "
                                               "'table' AND name NOT LIKE 'sqlite_%'")) {
        const auto columns = autopack_schema_test::texts(database, "SELECT name FROM pragma_table_info(" +
                                                                       autopack_schema_test::quoted(table, '\'') + ")");
        for (std::size_t row = 0; row < 2 * pool.size(); ++row) {
            std::string names;
            std::string values;
            for (std::size_t i = 0; i < columns.size(); ++i) {
                names += (i == 0 ? "" : ", ") + autopack_schema_test::quoted(columns[i], '"');
                values += (i == 0 ? "" : ", ") + pool[(row + i * (row < pool.size() ? 1 : 5)) % pool.size()];
            }
            try {
                database.execute("INSERT INTO " + autopack_schema_test::quoted(table, '"') + " (" + names +
                                 ") VALUES (" + values + ")");
            } catch (const aps::error&) {
            }
        }
    }
}

/// How a case is migrated.
struct how {
    bool extras_go = true;                 ///< what the code does not know is allowed to go
    bool exact = true;                     ///< also what means the same
    bool fill = false;                     ///< with more rows than the case has
    std::vector<std::string> allowances{}; ///< more of them
};

/// Asks the database as it was for the rows that a refusal names.
bool rows_confirmed(const std::filesystem::path& before, const std::vector<migrate::blocker>& blockers) {
    aps::sqlite::connection database = open(before);
    for (const migrate::blocker& b : blockers) {
        if (b.rows <= 0 || b.query.empty()) return false;
        auto rows = database.prepare(b.query);
        std::int64_t shown = 0;
        while (rows.step()) ++shown;
        if (shown == 0) return false;
    }
    return !blockers.empty();
}

/// Migrates the live database of a case, all differences included, with or without the permission to drop what is extra.
attempt migrate_case(const drift_case& c, const aps::model::schema& wanted, how h) {
    const autopack_schema_test::temp_dir directory;
    const auto before = directory / "before.sqlite";
    const auto file = directory / "live.sqlite";
    {
        aps::sqlite::connection made = open(before);
        made.execute(c.live);
        if (h.fill) fill(made);
    }
    std::filesystem::copy_file(before, file);
    attempt made;
    aps::sqlite::connection database = open(file);
    const aps::drift::report first = aps::drift::check(wanted, database);
    const std::deque<std::string> words = h.extras_go ? allow_extras(first) : std::deque<std::string>{};
    migrate::run_options options;
    options.backup = migrate::backup_policy::none;
    options.target.exact = h.exact;
    options.compare_content = true;
    for (const std::string& w : h.allowances) options.rules.push_back(migrate::parse_allowance(w));
    for (const std::string& w : words) options.rules.push_back(migrate::parse_allowance(w));
    try {
        migrate::sqlite::run(database, wanted, {}, options);
        made.what = outcome::migrated;
        made.lost = lost_rows(before, file, exceptions_of(first, h.extras_go));
        made.second_run_changes = migrate::sqlite::run(database, wanted, {}, options).applied;
    } catch (const migrate::refused& e) {
        made.what = outcome::refused;
        made.blockers = e.blockers();
        made.rows_confirmed = rows_confirmed(before, made.blockers);
        made.file_changed = autopack_schema_test::read_file(before) != autopack_schema_test::read_file(file);
    } catch (const aps::error& e) {
        made.error = std::string("ERROR ") + e.what() + "\n";
    }
    made.left = aps::drift::check(wanted, database);
    CHECK_FALSE(database.in_transaction());
    CHECK(database.query_text("PRAGMA integrity_check") == "ok");
    return made;
}

/// Counts what became of cases.
struct totals {
    int migrated = 0, refused = 0;
    void print(const char* what) const {
        std::printf("%s: %d migrated, %d refused for rows\n", what, migrated, refused);
    }
};

/// Migrated: nothing lost, nothing left, nothing to do again. Refused: nothing changed, and the rows are there.
void check_kept(const attempt& a, totals& t) {
    CHECK(a.what != outcome::failed);
    CHECK_FALSE(a.file_changed);
    if (a.what == outcome::refused) {
        ++t.refused;
        CHECK(a.rows_confirmed);
        return;
    }
    ++t.migrated;
    CHECK(a.lost.empty());
    CHECK_FALSE(a.second_run_changes);
}

attempt migrate_plainly(const drift_case& c, const how& h) {
    const aps::model::snapshot wanted = aps::inspect_sql(c.intended);
    return migrate_case(c, wanted.view(), h);
}

/// The intended schema with the renaming that a case names.
aps::model::snapshot with_hint(const drift_case& c) {
    aps::model::snapshot wanted = aps::inspect_sql(c.intended);
    const auto& hint = c.expect.at("rename_hint");
    for (aps::model::table& t : wanted.content().tables) {
        if (hint.contains("table") && t.name.text == hint["table"][1].get<std::string>())
            t.renamed_from = wanted.keep(hint["table"][0].get<std::string>());
        for (std::size_t i = 0; i < t.columns.count; ++i) {
            aps::model::column& column = wanted.content().columns[t.columns.first + i];
            const std::string label = std::string(t.name.text) + "." + std::string(column.name.text);
            if (!hint.contains("column") || label != hint["column"][1].get<std::string>()) continue;
            const std::string old = hint["column"][0];
            column.renamed_from = wanted.keep(old.substr(old.rfind('.') + 1));
        }
    }
    return wanted;
}

} // namespace

TEST_CASE("every case of the shared corpus that drifts is migrated, or refused for the rows that it names") {
    const auto cases = autopack_schema_test::shared_drift_cases();
    if (cases.empty()) APS_SKIP("the shared corpus is not there");
    totals t;
    for (const drift_case& c : cases) {
        if (!c.drift || c.expect.contains("rename_hint")) continue;
        const attempt a = migrate_plainly(c, {});
        INFO(c.name << "\n" << a.text());
        check_kept(a, t);
        if (a.what == outcome::migrated) CHECK_FALSE(a.left.drift());
        if (!c.expect.contains("data_blockers")) continue;
        REQUIRE(a.what == outcome::refused);
        const auto is_named = [&](const std::string& object) {
            return c.expect["data_blockers"].dump().find(object) != std::string::npos;
        };
        for (const auto& b : a.blockers) CHECK((is_named(b.table) || c.objects.contains(b.table + "." + b.column)));
    }
    t.print("shared corpus");
}

TEST_CASE("rows that are in the way can be seen to, and then nothing is") {
    const auto cases = autopack_schema_test::shared_drift_cases();
    if (cases.empty()) APS_SKIP("the shared corpus is not there");
    const std::map<std::string, std::string> repairs{
        {"035-notnull-missing", "UPDATE users SET email = 'x' WHERE email IS NULL"},
        {"037-notnull-text-pk", "UPDATE t SET k = 'x' WHERE k IS NULL"},
        {"053-pk-missing",
         "DELETE FROM tag WHERE rowid IN (SELECT max(rowid) FROM tag GROUP BY post, tag HAVING count(*) > 1)"},
        {"059-pk-collation", "UPDATE t SET k = 'b' WHERE k = 'a'"},
        {"081-check-only-in-comment", "UPDATE i SET qty = 5"},
        {"099-index-collation-unique", "UPDATE t SET a = 'y' WHERE a = 'X'"},
        {"111-fk-missing", "INSERT INTO org(id) VALUES (99)"},
        {"135-name-reserved-word", "UPDATE \"order\" SET \"group\" = 1 WHERE \"group\" IS NULL"},
        {"137-name-unicode", "UPDATE \"straße\" SET \"größe\" = 1 WHERE \"größe\" = 0"}};
    std::size_t done = 0;
    for (drift_case c : cases) {
        const auto found = repairs.find(c.name);
        if (found == repairs.end()) continue;
        c.live += "\n;" + found->second + ";";
        const attempt a = migrate_plainly(c, {});
        INFO(c.name << "\n" << a.text());
        CHECK(a.what == outcome::migrated);
        CHECK(a.lost.empty());
        CHECK_FALSE(a.left.drift());
        ++done;
    }
    CHECK(done == repairs.size());
}

TEST_CASE("a renaming that is said keeps the values; one that is not loses none") {
    const auto cases = autopack_schema_test::shared_drift_cases();
    if (cases.empty()) APS_SKIP("the shared corpus is not there");
    for (const drift_case& c : cases) {
        if (!c.expect.contains("rename_hint")) continue;
        const aps::model::snapshot wanted = with_hint(c);
        const attempt said = migrate_case(c, wanted.view(), {.extras_go = false});
        INFO(c.name << "\n" << said.text());
        CHECK(said.what == outcome::migrated);
        CHECK_FALSE(said.left.drift());
        const attempt unsaid = migrate_plainly(c, {.extras_go = false});
        CHECK(unsaid.what != outcome::failed);
        CHECK(unsaid.lost.empty());
        CHECK_FALSE(unsaid.file_changed);
    }
}

TEST_CASE("every pair of ours that drifts is migrated with rows of all sorts, or refused for some of them") {
    totals as_they_are;
    totals filled;
    for (const drift_case& c : autopack_schema_test::own_drift_cases()) {
        if (!c.drift) continue;
        for (const bool fill : {false, true}) {
            const attempt a = migrate_plainly(c, {.fill = fill});
            INFO(c.name << (fill ? " (filled)" : "") << "\n" << a.text());
                check_kept(a, fill ? filled : as_they_are);
            if (a.what == outcome::migrated) CHECK_FALSE(a.left.drift());
        }
    }
    as_they_are.print("pairs of ours");
    filled.print("pairs of ours, filled");
    CHECK(as_they_are.refused == 0);
}

TEST_CASE("without an allowance nothing goes, and what stays is what the code does not know") {
    auto cases = autopack_schema_test::own_drift_cases();
    for (drift_case& c : autopack_schema_test::shared_drift_cases()) cases.push_back(std::move(c));
    totals t;
    for (const drift_case& c : cases) {
        if (!c.drift) continue;
        const attempt a = migrate_plainly(c, {.extras_go = false, .exact = false});
        INFO(c.name << "\n" << a.text());
        CHECK(a.what != outcome::failed);
        CHECK_FALSE(a.file_changed);
        CHECK(a.lost.empty());
        CHECK_FALSE(a.second_run_changes);
        if (a.what == outcome::refused) continue;
        ++t.migrated;
        for (const auto& f : a.left.findings) {
            const bool cosmetic = aps::migrate::detail::is_cosmetic(f.change);
            CHECK((f.kind.ends_with(".extra") || cosmetic));
        }
    }
    t.print("without allowances");
    CHECK(t.migrated > 100);
}
