// SPDX-License-Identifier: MIT
// Every construct of a query, run.
#include <autopack_schema/define.hpp>
#include <autopack_schema/query.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace {

namespace aps = autopack_schema;
using aps::alias;
using aps::all;
using aps::col;
using autopack_schema_test::caught;

struct run {
    std::string id;
    std::optional<std::string> parent;
    std::int64_t tokens = 0;
    std::optional<double> ratio;
    bool ok = false;
};
struct phase {
    std::string run_id;
    std::int64_t number = 0;
    std::string name;
    std::optional<std::int64_t> tokens;
};
struct note {
    std::int64_t id = 0;
    std::string text;
    std::int64_t twice = 0;
};
constexpr auto runs = aps::table<run>("runs", aps::column<&run::id>(aps::primary_key), aps::remaining_members);
constexpr auto phases = aps::table<phase>("phases", aps::column<&phase::run_id>(), aps::column<&phase::number>(),
                                          aps::column<&phase::name>("select"), aps::column<&phase::tokens>(),
                                          aps::primary_key("run_id", "number"));
constexpr auto notes = aps::table<note>("notes", aps::column<&note::id>(aps::primary_key), aps::column<&note::text>(aps::unique),
                                        aps::column<&note::twice>(aps::generated_always_as("id * 2")));
constexpr auto demo = aps::schema<runs, phases, notes>("demo");

struct fixture {
    aps::database<demo> db = aps::database<demo>::memory();
    fixture() {
        db.connection().execute(aps::sql::sqlite::ddl(demo));
        db.insert(std::vector<run>{{"a", {}, 10, 0.5, true}, {"b", "a", 20, {}, false}, {"c", "a", 30, 1.5, true}});
        db.insert(std::vector<phase>{{"a", 1, "x", 5}, {"a", 2, "y", {}}, {"c", 1, "X%", 7}});
    }
    std::string ids(auto&& query) {
        std::string found;
        for (auto& row : query) found += row.id;
        return found;
    }
    std::string where(auto&& condition) { return ids(db.select<run>().where(condition).order_by(col<&run::id>)); }
};

} // namespace

TEST_CASE_METHOD(fixture, "conditions choose rows") {
    CHECK(where(col<&run::id> == "b") == "b");
    CHECK(where(col<&run::id> != std::string("b")) == "ac");
    CHECK(where(col<&run::tokens> < 20) == "a");
    CHECK(where(col<&run::tokens> <= 20 && col<&run::tokens> > 10) == "b");
    CHECK(where(col<&run::ok> && !(col<&run::tokens> == 10)) == "c");
    CHECK(where(col<&run::ok> || col<&run::tokens> == 20) == "abc");
    CHECK(where(col<&run::ok> == false) == "b");
    CHECK(where(col<&run::parent> == std::nullopt) == "a");
    CHECK(where(col<&run::parent>.is_null()) == "a");
    CHECK(where(col<&run::parent>.is_not_null()) == "bc");
    CHECK(where(col<&run::ratio>.is(std::optional<double>())) == "b");
    CHECK(where(col<&run::ratio>.is(0.5)) == "a");
    CHECK(where(col<&run::ratio>.is_not(0.5)) == "bc");
    CHECK(where(col<&run::id>.in("a", "c")) == "ac");
    CHECK(where(col<&run::id>.not_in("a", "c")) == "b");
    CHECK(where(col<&run::tokens>.between(15, 30)) == "bc");
    CHECK(where(col<&run::tokens>.not_between(15, 30)) == "a");
    CHECK(where(col<&run::id>.like("A")) == "a");
    CHECK(where(col<&run::id>.not_like("A")) == "bc");
    CHECK(where(col<&run::id>.glob("[ab]")) == "ab");
    CHECK(where(col<&run::tokens> + 5 == 15) == "a");
    CHECK(where(col<&run::tokens> % 20 == 10) == "ac");
    CHECK(where((col<&run::tokens> + 2) * 2 == 24) == "a");
    CHECK(where(-col<&run::tokens> == -10) == "a");
    CHECK(where(col<&run::ok>).size() == 2);
    CHECK(ids(db.select<run>().where(col<&run::ok>).where(col<&run::tokens> > 10)) == "c");
    CHECK(db.select<phase>().where(col<&phase::name>.like("x!%", '!')).all().size() == 1);
}

TEST_CASE_METHOD(fixture, "IN takes as many values as there are") {
    for (std::size_t count : {0U, 1U, 2U, 3U, 5U, 1000U}) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < count; ++i) names.push_back(i == count - 1 ? "c" : "none" + std::to_string(i));
        CHECK(where(col<&run::id>.in(names)) == (count == 0 ? "" : "c"));
        CHECK(where(col<&run::id>.not_in(names)) == (count == 0 ? "abc" : "ab"));
    }
    CHECK(where(col<&run::tokens>.in(std::vector<int>{10, 30})) == "ac");
    CHECK(where(col<&run::id>.in(std::vector<std::string>{"b", "a text that is longer than any short one is"})) == "b");
}

TEST_CASE_METHOD(fixture, "clauses order, cut and group") {
    CHECK(ids(db.select<run>().order_by(col<&run::tokens>.desc())) == "cba");
    CHECK(ids(db.select<run>().order_by(col<&run::ratio>.asc().nulls_last())) == "acb");
    CHECK(ids(db.select<run>().order_by(col<&run::ratio>.desc().nulls_first())) == "bca");
    CHECK(ids(db.select<run>().order_by(col<&run::ok>, col<&run::id>.desc())) == "bca");
    CHECK(ids(db.select<run>().order_by(col<&run::id>).limit(2)) == "ab");
    CHECK(ids(db.select<run>().order_by(col<&run::id>).limit(1).offset(1)) == "b");
    CHECK(ids(db.select<run>().order_by(col<&run::id>).offset(2)) == "c");
    CHECK(db.select(col<&run::parent>).distinct().all().size() == 2);
    const auto groups = db.select(col<&run::parent>, aps::count(), aps::sum(col<&run::tokens>))
                            .group_by(col<&run::parent>)
                            .having(aps::count() > 1)
                            .all();
    REQUIRE(groups.size() == 1);
    CHECK(groups[0] == std::tuple(std::optional<std::string>("a"), std::int64_t{2}, std::optional<std::int64_t>(50)));
}

TEST_CASE_METHOD(fixture, "aggregates and functions give what SQL says") {
    const auto value = [this](auto expression) { return db.select(expression).template from<run>().where(col<&run::id> == "a").one(); };
    const auto whole = [this](auto expression) { return db.select(expression).template from<run>().one(); };
    CHECK(whole(aps::count()) == 3);
    CHECK(whole(aps::count(col<&run::ratio>)) == 2);
    CHECK(whole(aps::count_distinct(col<&run::ok>)) == 2);
    CHECK(whole(aps::sum(col<&run::tokens>)) == 60);
    CHECK(whole(aps::sum(col<&run::ok>)) == 2);
    CHECK(whole(aps::total(col<&run::ratio>)) == 2.0);
    CHECK(whole(aps::avg(col<&run::tokens>)) == 20.0);
    CHECK(whole(aps::min(col<&run::id>)) == "a");
    CHECK(whole(aps::max(col<&run::ratio>)) == 1.5);
    CHECK(whole(aps::group_concat(col<&run::id>, "-")) == "a-b-c");
    const auto none = col<&run::id> == "none";
    CHECK(db.select(aps::sum(col<&run::tokens>)).where(none).one() == std::nullopt);
    CHECK(db.select(aps::coalesce(aps::sum(col<&run::tokens>), 0)).where(none).one() == 0);
    CHECK(value(aps::upper(col<&run::id>)) == "A");
    CHECK(value(aps::lower(aps::upper(col<&run::id>))) == "a");
    CHECK(value(aps::concat(col<&run::id>, "-", "z")) == "a-z");
    CHECK(value(aps::concat(col<&run::id>, col<&run::parent>)) == std::nullopt);
    CHECK(value(aps::length(aps::concat(col<&run::id>, "bc"))) == 3);
    CHECK(value(aps::trim(aps::concat(" ", col<&run::id>, " "))) == "a");
    CHECK(value(aps::ltrim(aps::concat(" ", col<&run::id>, " "))) == "a ");
    CHECK(value(aps::rtrim(aps::concat(" ", col<&run::id>, " "))) == " a");
    CHECK(value(aps::substr(aps::concat(col<&run::id>, "bcd"), 2, 2)) == "bc");
    CHECK(value(aps::replace(col<&run::id>, "a", "b")) == "b");
    CHECK(value(aps::instr(aps::concat("xx", col<&run::id>), "a")) == 3);
    CHECK(value(aps::abs(-col<&run::tokens>)) == 10);
    CHECK(value(aps::round(col<&run::ratio> * 1.26, 1)) == Approx(0.6));
    CHECK(value(aps::nullif(col<&run::tokens>, 10)) == std::nullopt);
    CHECK(value(col<&run::tokens> / 0) == std::nullopt);
    CHECK(value(col<&run::tokens> / 3) == 3);
    CHECK(value(col<&run::tokens> * 1.5) == 15.0);
    CHECK(value(aps::date("2025-01-02T03:04:05Z")) == "2025-01-02");
    CHECK(value(aps::time("2025-01-02 03:04:05.25")) == "03:04:05");
    CHECK(value(aps::datetime("2025-01-02 03:04:05", "+1 day")) == "2025-01-03 03:04:05");
    CHECK(value(aps::strftime("%Y/%m", "2025-01-02")) == "2025/01");
    CHECK(value(aps::julianday("2000-01-01 12:00:00")) == 2451545.0);
    CHECK(value(aps::function<"printf", std::string>("%05d", col<&run::tokens>)) == "00010");
    const auto size = aps::case_(aps::when(col<&run::tokens> > 25, "large"), aps::when(col<&run::tokens> > 15, "middle"));
    CHECK(db.select(size.else_("small")).order_by(col<&run::id>).all() == std::vector<std::string>{"small", "middle", "large"});
    CHECK(value(size) == std::nullopt);
}

TEST_CASE_METHOD(fixture, "joins give pairs, and nothing where there is no partner") {
    const auto both = db.select(all<run>, all<phase>).join<phase>(col<&phase::run_id> == col<&run::id>).order_by(col<&run::id>, col<&phase::number>).all();
    REQUIRE(both.size() == 3);
    CHECK(std::get<1>(both[1]).name == "y");
    const auto left = db.select(all<run>, all<phase>).left_join<phase>(col<&phase::run_id> == col<&run::id>).order_by(col<&run::id>, col<&phase::number>).all();
    REQUIRE(left.size() == 4);
    CHECK_FALSE(std::get<1>(left[2]).has_value());
    CHECK(std::get<1>(left[3])->tokens == 7);
    CHECK(db.select<run>().left_join<phase>(col<&phase::run_id> == col<&run::id>).where(col<&phase::number> == std::nullopt).one().id == "b");
    CHECK(db.select(col<&run::id>).cross_join<phase>().all().size() == 9);
    constexpr auto parent = alias<run, "parent">;
    const auto self = db.select(col<&run::id>, parent.col<&run::tokens>).left_join(parent, parent.col<&run::id> == col<&run::parent>).order_by(col<&run::id>).all();
    REQUIRE(self.size() == 3);
    CHECK(std::get<1>(self[0]) == std::nullopt);
    CHECK(std::get<1>(self[2]) == 10);
    const auto three = db.select(col<&run::id>, parent.col<&run::id>, col<&phase::name>)
                           .join(parent, parent.col<&run::id> == col<&run::parent>)
                           .join<phase>(col<&phase::run_id> == parent.col<&run::id>)
                           .where(col<&phase::number> == 1)
                           .all();
    CHECK(three.size() == 2);
}

TEST_CASE_METHOD(fixture, "subqueries see the query around them") {
    CHECK(where(col<&run::id>.in(aps::select(col<&phase::run_id>).where(col<&phase::tokens> > 6))) == "c");
    CHECK(where(col<&run::id>.not_in(aps::select(col<&phase::run_id>))) == "b");
    CHECK(where(aps::exists(aps::select(col<&phase::number>).where(col<&phase::run_id> == col<&run::id> && col<&phase::number> == 2))) == "a");
    CHECK(where(!aps::exists(aps::select(col<&phase::number>).where(col<&phase::run_id> == col<&run::id>))) == "b");
    const auto counts = db.select(col<&run::id>, aps::scalar(aps::select(aps::count()).from<phase>().where(col<&phase::run_id> == col<&run::id>))).order_by(col<&run::id>).all();
    CHECK(std::get<1>(counts[0]) == 2);
    CHECK(std::get<1>(counts[1]) == 0);
    constexpr auto other = alias<run, "other">;
    CHECK(where(col<&run::tokens> == aps::scalar(aps::select(aps::max(other.col<&run::tokens>)).from(other))) == "c");
    CHECK(db.run(aps::select<run>().where(col<&run::ok>)).all().size() == 2);
}

TEST_CASE_METHOD(fixture, "rows are changed and removed, and told") {
    CHECK(db.update<run>().set(col<&run::tokens> = col<&run::tokens> + 1, col<&run::parent> = "z").where(col<&run::ok>).execute() == 2);
    CHECK(db.get<run>("c")->tokens == 31);
    CHECK(db.get<run>("c")->parent == "z");
    CHECK(db.update<run>().set(col<&run::parent> = nullptr, col<&run::ratio> = std::optional<double>()).where(aps::everything).execute() == 3);
    CHECK(db.get<run>("c")->ratio == std::nullopt);
    CHECK(db.update<run>().set(col<&run::ok> = col<&run::tokens> > 15).where(aps::everything).returning(col<&run::ok>).all() == std::vector<bool>{false, true, true});
    CHECK(db.erase<run>().where(col<&run::id> == "a").returning(all<run>).one().tokens == 11);
    CHECK(db.erase<run>().where(col<&run::id> == "a").execute() == 0);
    CHECK(db.erase<run>().where(aps::everything).execute() == 2);
    CHECK(db.erase<phase>("a", 1));
    CHECK_FALSE(db.erase<phase>("a", 1));
    phase changed{"a", 2, "new", 8};
    CHECK(db.update(changed));
    CHECK(db.get<phase>("a", 2)->name == "new");
    changed.number = 99;
    CHECK_FALSE(db.update(changed));
}

TEST_CASE_METHOD(fixture, "inserts number rows, return them, and deal with those in the way") {
    CHECK(db.insert(note{0, "one", 0}) == 1);
    CHECK(db.insert(note{7, "seven", 0}) == 7);
    CHECK(db.insert(note{0, "eight", 0}) == 8);
    CHECK(db.get<note>(8)->twice == 16);
    CHECK(db.insert(note{0, "nine", 0}, aps::returning(col<&note::id>, col<&note::twice>)) == std::tuple(std::int64_t{9}, std::int64_t{18}));
    CHECK(db.insert(note{0, "ten", 0}, aps::returning<note>()).text == "ten");
    CHECK_FALSE(db.insert(note{0, "ten", 0}, aps::on_conflict(col<&note::text>).do_nothing()));
    CHECK_FALSE(db.insert(note{0, "ten", 0}, aps::on_conflict().do_nothing(), aps::returning<note>()).has_value());
    CHECK(db.insert(note{0, "eleven", 0}, aps::on_conflict().do_nothing(), aps::returning<note>())->id == 11);
    CHECK(caught([&] { db.insert(note{0, "ten", 0}); }).code() == "S216");

    run a{"a", "new", 99, {}, false};
    const auto conflict = aps::on_conflict(col<&run::id>);
    CHECK(db.insert(a, conflict.do_update(col<&run::tokens> = col<&run::tokens> + aps::excluded(col<&run::tokens>))));
    CHECK(db.get<run>("a")->tokens == 109);
    CHECK(db.get<run>("a")->parent == std::nullopt);
    CHECK_FALSE(db.insert(a, conflict.do_update(col<&run::ok> = false).where(col<&run::tokens> < 5)));
    CHECK(db.insert(a, conflict.do_replace()));
    CHECK(db.get<run>("a")->parent == "new");
    CHECK(db.insert(a, conflict.do_update(col<&run::tokens> = 1), aps::returning(col<&run::tokens>)) == 1);
}

TEST_CASE_METHOD(fixture, "a range is inserted whole or not at all") {
    for (int count : {0, 1, 99, 100, 101, 250}) {
        std::vector<phase> many;
        for (int i = 0; i < count; ++i) many.push_back({"r" + std::to_string(count), i, "n", {}});
        CHECK(db.insert(many) == count);
        CHECK(db.select(aps::count()).from<phase>().where(col<&phase::run_id> == "r" + std::to_string(count)).one() == count);
    }
    std::vector<phase> twice;
    for (int i = 0; i < 150; ++i) twice.push_back({"twice", i % 149, "n", {}});
    CHECK(caught([&] { db.insert(twice); }).code() == "S216");
    CHECK(db.select<phase>().where(col<&phase::run_id> == "twice").all().empty());
    auto outer = db.transaction();
    db.insert(phase{"before", 1, "n", {}});
    CHECK(caught([&] { db.insert(twice); }).code() == "S216");
    outer.commit();
    CHECK(db.select<phase>().where(col<&phase::run_id> == "twice").all().empty());
    CHECK(db.get<phase>("before", 1).has_value());
    phase array[2]{{"array", 1, "n", {}}, {"array", 2, "n", {}}};
    CHECK(db.insert(array) == 2);
}

TEST_CASE_METHOD(fixture, "scopes commit explicitly and roll back otherwise") {
    {
        auto scope = db.transaction();
        db.erase<run>().where(aps::everything).execute();
        {
            auto inner = db.savepoint();
            db.insert(run{"n", {}, 1, {}, true});
            inner.release();
        }
        {
            auto inner = db.savepoint();
            db.erase<run>().where(aps::everything).execute();
        }
        CHECK(db.select(aps::count()).from<run>().one() == 1);
    }
    CHECK(db.select(aps::count()).from<run>().one() == 3);
}

TEST_CASE_METHOD(fixture, "a statement in use twice, left early or thrown through is right the next time") {
    std::string seen;
    for (auto& outer : db.select<run>().order_by(col<&run::id>))
        for (auto& inner : db.select<run>().order_by(col<&run::id>)) seen += outer.id + inner.id + " ";
    CHECK(seen == "aa ab ac ba bb bc ca cb cc ");
    for (int i = 0; i < 3; ++i)
        for (auto& row : db.select<run>().order_by(col<&run::id>)) {
            CHECK(row.id == "a");
            break;
        }
    for (int i = 0; i < 3; ++i) {
        try {
            for (auto& row : db.select<run>()) throw std::runtime_error(row.id);
        } catch (const std::runtime_error&) {
        }
    }
    CHECK(ids(db.select<run>().order_by(col<&run::id>)) == "abc");
    CHECK(sqlite3_next_stmt(db.connection().handle(), nullptr) != nullptr);
    for (sqlite3_stmt* s = sqlite3_next_stmt(db.connection().handle(), nullptr); s != nullptr; s = sqlite3_next_stmt(db.connection().handle(), s))
        CHECK(sqlite3_stmt_busy(s) == 0);
    for (auto& row : db.select<run>().where(col<&run::id>.in("a", "b")).order_by(col<&run::tokens>))
        db.insert(run{row.id + "2", {}, 0, {}, false});
    CHECK(db.get<run>("b2").has_value());
}

TEST_CASE_METHOD(fixture, "a query is prepared once") {
    const auto count = [this] {
        int n = 0;
        for (sqlite3_stmt* s = sqlite3_next_stmt(db.connection().handle(), nullptr); s != nullptr; s = sqlite3_next_stmt(db.connection().handle(), s)) ++n;
        return n;
    };
    const auto use = [this](const std::string& id, int tokens) {
        (void)db.get<run>(id);
        (void)db.select<run>().where(col<&run::id> == id && col<&run::tokens> > tokens).all();
        db.update<run>().set(col<&run::tokens> = tokens).where(col<&run::id> == id).execute();
        (void)db.select<run>().where(aps::only_if(tokens % 2 == 0, col<&run::id> == id)).all();
    };
    use("a", 1);
    use("a", 2);
    const int before = count();
    for (int i = 0; i < 100; ++i) use("r" + std::to_string(i), i);
    CHECK(count() == before);
}

TEST_CASE_METHOD(fixture, "what is decided at run time stays a parameter") {
    for (const bool filter : {true, false}) CHECK(where(aps::only_if(filter, col<&run::id> == "b")) == (filter ? "b" : "abc"));
    aps::dynamic_order<run> order;
    CHECK(db.select<run>().order_by(order).all().size() == 3);
    order.by(col<&run::ok>, aps::descending).by_name("id", aps::descending);
    CHECK(ids(db.select<run>().order_by(order)) == "cab");
    const auto wrong = caught([&] { db.select<run>().order_by(aps::dynamic_order<run>().by_name("id; DROP TABLE runs")).all(); });
    CHECK(wrong.code() == "S245");
    CHECK(wrong.info.table == "runs");
}

TEST_CASE_METHOD(fixture, "results come as tuples, structs, single values and views") {
    struct summary {
        std::string id;
        std::optional<double> ratio;
        std::int64_t tokens;
    };
    const auto all_of = db.select(col<&run::id>, col<&run::ratio>, col<&run::tokens>).into<summary>().order_by(col<&run::id>).all();
    REQUIRE(all_of.size() == 3);
    CHECK(all_of[2].tokens == 30);
    std::size_t length = 0;
    for (const auto& [id, parent] : db.select(aps::view_of(col<&run::id>), aps::view_of(col<&run::parent>))) length += id.size() + (parent ? parent->size() : 0);
    CHECK(length == 5);
    CHECK_FALSE(db.select<run>().where(col<&run::id> == "none").first().has_value());
    CHECK(caught([&] { (void)db.select<run>().where(col<&run::id> == "none").one(); }).code() == "S243");
    CHECK(caught([&] { (void)db.select<run>().one(); }).code() == "S243");
    std::vector<run> moved;
    for (auto& row : db.select<run>()) moved.push_back(std::move(row));
    CHECK(moved[2].id == "c");
}

TEST_CASE_METHOD(fixture, "SQL of your own gives typed results") {
    CHECK(db.query<std::int64_t>("SELECT count(*) FROM runs WHERE tokens > ?", 15).one() == 2);
    CHECK(db.query<run>("SELECT ok, ratio, tokens, parent, id FROM runs WHERE id = ?", std::string("c")).one().tokens == 30);
    CHECK(db.query<std::tuple<std::string, std::optional<double>>>("SELECT id, ratio FROM runs").all().size() == 3);
    CHECK(db.query<std::optional<std::string>>("SELECT parent FROM runs WHERE id = 'a'").one() == std::nullopt);
    CHECK(caught([&] { (void)db.query<run>("SELECT id FROM runs"); }).code() == "S244");
    CHECK(caught([&] { (void)db.query<std::int64_t>("SELECT 1, 2"); }).code() == "S244");
    CHECK(caught([&] { (void)db.query<std::int64_t>("SELECT 'x'").one(); }).code() == "S242");
    CHECK(db.execute("UPDATE runs SET tokens = ? WHERE id IN (?, ?)", 5, "a", "b") == 2);
}

