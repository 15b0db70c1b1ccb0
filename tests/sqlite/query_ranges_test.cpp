// SPDX-License-Identifier: MIT
// Results as ranges, ranges as rows, and what may happen while a query runs.
#include <autopack_schema/define.hpp>
#include <autopack_schema/query.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <optional>
#include <ranges>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace aps = autopack_schema;
using aps::col;
using autopack_schema_test::caught;

struct item {
    std::int64_t id = 0;
    std::string text;
    std::optional<std::vector<std::byte>> bytes;
};
struct other {
    std::int64_t id = 0;
    std::optional<std::int64_t> number;
};
constexpr auto items = aps::table<item>("items", aps::column<&item::id>(aps::primary_key), aps::column<&item::text>("the text"),
                                        aps::column<&item::bytes>());
constexpr auto others = aps::table<other>("others", aps::column<&other::id>(aps::primary_key), aps::remaining_members);
constexpr auto demo = aps::schema<items, others>("demo");

using database = aps::database<demo>;
using rows = decltype(std::declval<database&>().select<item>());
using pairs = decltype(std::declval<database&>().select(col<&item::id>, col<&item::text>));
using views = decltype(std::declval<database&>().select(aps::view_of(col<&item::text>)));
using own_sql = decltype(std::declval<database&>().query<item>(""));
static_assert(std::ranges::input_range<rows> && std::ranges::input_range<const rows>);
static_assert(std::ranges::input_range<pairs> && std::ranges::input_range<views> && std::ranges::input_range<own_sql>);
static_assert(!std::ranges::forward_range<rows>);
static_assert(std::same_as<std::ranges::range_value_t<rows>, item>);
static_assert(std::same_as<std::ranges::range_reference_t<rows>, item&>, "so that a row can be moved from");
static_assert(std::same_as<std::ranges::range_value_t<views>, std::string_view>);
// A change is run to its end: nobody can leave it half done.
using changed = decltype(std::declval<database&>().erase<item>().where(aps::everything).returning(col<&item::id>));
static_assert(!std::ranges::range<changed>);

struct fixture {
    database db = database::memory();
    fixture() {
        db.connection().execute(aps::sql::sqlite::ddl(demo));
        for (int i = 1; i <= 10; ++i) db.insert(item{i, "text " + std::to_string(i), {}});
    }
    int busy() {
        int count = 0;
        for (sqlite3_stmt* s = sqlite3_next_stmt(db.connection().handle(), nullptr); s != nullptr; s = sqlite3_next_stmt(db.connection().handle(), s))
            count += sqlite3_stmt_busy(s) != 0;
        return count;
    }
    std::int64_t count() { return db.select(aps::count()).from<item>().one(); }
};

} // namespace

TEST_CASE_METHOD(fixture, "results are an input range") {
    std::string seen;
    for (const std::string& text : db.select<item>().order_by(col<&item::id>) | std::views::transform(&item::text) | std::views::take(3)) seen += text + ";";
    CHECK(seen == "text 1;text 2;text 3;");
    CHECK(busy() == 0);
    auto query = db.select(col<&item::id>);
    CHECK(std::ranges::count_if(query, [](std::int64_t id) { return id % 2 == 0; }) == 5);
    CHECK(*std::ranges::find(query, 4) == 4);
    CHECK(busy() == 0);
    auto first = query.begin();
    auto second = query.begin();
    ++first;
    CHECK(*first == 2);
    second = std::move(first); // gives its own statement back
    CHECK(*second == 2);
    CHECK(busy() == 1);
}

TEST_CASE_METHOD(fixture, "rows are inserted from any range") {
    CHECK(db.insert(std::list<item>{{0, "list", {}}, {0, "list", {}}}) == 2);
    const std::array<item, 2> array{{{0, "array", {}}, {0, "array", {}}}};
    CHECK(db.insert(array) == 2);
    CHECK(db.insert(std::span(array)) == 2);
    CHECK(db.insert(std::views::iota(0, 250) | std::views::transform([](int i) { return item{0, "made " + std::to_string(i), {}}; })) == 250);
    std::istringstream words("a b c");
    CHECK(db.insert(std::ranges::subrange(std::istream_iterator<std::string>(words), std::istream_iterator<std::string>()) |
                    std::views::transform([](const std::string& word) { return item{0, word, {}}; })) == 3);
    CHECK(db.insert(std::vector<item>()) == 0);
    CHECK(count() == 269);
    CHECK(db.select<item>().where(col<&item::text> == "made 249").all().size() == 1);
    // Rows of one table into another while they are read.
    CHECK(db.insert(db.select<item>() | std::views::transform([](const item& i) { return other{i.id, i.id * 2}; })) == 269);
    CHECK(db.select(aps::count()).from<other>().one() == 269);
}

TEST_CASE_METHOD(fixture, "a range that throws leaves nothing behind") {
    const auto bad = std::views::iota(0, 500) | std::views::transform([](int i) {
                         if (i == 320) throw std::runtime_error("stop");
                         return item{0, "made", {}};
                     });
    CHECK_THROWS_AS(db.insert(bad), std::runtime_error);
    CHECK(count() == 10);
    CHECK(busy() == 0);
    CHECK_FALSE(db.connection().in_transaction());
}

TEST_CASE_METHOD(fixture, "text and blobs are views inside the loop") {
    const std::string_view with_nul("a\0b", 3);
    const std::vector<std::byte> bytes{std::byte{0}, std::byte{255}};
    db.erase<item>().where(aps::everything).execute();
    db.insert(item{1, std::string(with_nul), bytes});
    db.insert(item{2, "", std::vector<std::byte>()});
    db.insert(item{3, std::string(100'000, 'x'), {}});
    std::size_t row = 0;
    for (const auto& [text, blob] : db.select(aps::view_of(col<&item::text>), aps::view_of(col<&item::bytes>)).order_by(col<&item::id>)) {
        static_assert(std::same_as<decltype(text), const std::string_view>);
        ++row;
        if (row == 1) CHECK((text == with_nul && blob && std::vector<std::byte>(blob->begin(), blob->end()) == bytes));
        if (row == 2) CHECK((text.empty() && blob && blob->empty()));
        if (row == 3) CHECK((text.size() == 100'000 && !blob));
    }
    CHECK(row == 3);
}

TEST_CASE_METHOD(fixture, "a query within a query, left early or thrown through, at any depth") {
    std::int64_t sum = 0;
    for (const item& a : db.select<item>().where(col<&item::id> <= 3))
        for (const item& b : db.select<item>().where(col<&item::id> <= a.id)) {
            if (b.id == 3) break;
            for (const std::int64_t c : db.select(col<&item::id>).where(col<&item::id>.in(std::vector<std::int64_t>{a.id, b.id}))) sum += c;
            CHECK(db.get<item>(b.id)->id == b.id);
        }
    CHECK(sum == 1 + (2 + 1 + 2) + (3 + 1 + 3 + 2));
    CHECK(busy() == 0);
    for (int depth = 0; depth < 20; ++depth) {
        try {
            for (const item& a : db.select<item>())
                for (const item& b : db.select<item>()) {
                    db.insert(other{0, a.id});
                    if (b.id == 2) throw std::runtime_error("stop");
                }
        } catch (const std::runtime_error&) {
        }
        CHECK(busy() == 0);
    }
    CHECK(db.select(aps::count()).from<other>().one() == 40);
    for (auto& row : db.query<item>("SELECT * FROM items")) {
        CHECK(row.id == 1);
        break;
    }
    CHECK(busy() == 0);
}

TEST_CASE_METHOD(fixture, "rows are changed while they are read") {
    for (const item& i : db.select<item>().where(col<&item::id> <= 5)) {
        if (i.id % 2 == 0) CHECK(db.erase<item>(i.id));
        else db.update<item>().set(col<&item::text> = "odd").where(col<&item::id> == i.id).execute();
    }
    CHECK(count() == 8);
    CHECK(db.select<item>().where(col<&item::text> == "odd").all().size() == 3);
}

TEST_CASE_METHOD(fixture, "an error in the middle of a result ends it, and the next one is right") {
    db.insert(other{1, 5});
    db.connection().execute("CREATE VIEW bad AS SELECT 1; PRAGMA ignore_check_constraints=ON; INSERT INTO others(id, number) VALUES (2, 'five')");
    std::int64_t read = 0;
    const auto error = caught([&] {
        for (const other& o : db.select<other>()) read += o.number.value_or(0);
    });
    CHECK(read == 5);
    CHECK(error.code() == "S242");
    CHECK(error.says("rowid 2"));
    CHECK(busy() == 0);
    // SQL of one's own names the table, and finds the row too.
    const auto raw = caught([&] { (void)db.query<other>("select number, id from others").all(); });
    CHECK(raw.info.table == "others");
    CHECK(raw.info.column == "number");
    CHECK(raw.says("rowid 2"));
    CHECK_FALSE(caught([&] { (void)db.query<other>("select max(id) as id, number from others group by id > 1 order by 1 desc").all(); }).says("rowid"));
    db.erase<other>(2);
    CHECK(db.select<other>().all().size() == 1);
    // SQLite's own errors in the middle: the second row makes the sum too large.
    db.insert(other{2, std::int64_t{9223372036854775807}});
    CHECK(caught([&] { (void)db.select(aps::sum(col<&other::number>)).from<other>().one(); }).code().substr(0, 2) == "S2");
    CHECK(busy() == 0);
}

TEST_CASE_METHOD(fixture, "the order of a running program takes columns by member and by name") {
    db.update<item>().set(col<&item::text> = "z").where(col<&item::id> == 1).execute();
    CHECK(db.select<item>().order_by(aps::dynamic_order<item>().by(col<&item::text>, aps::descending)).first()->id == 1);
    CHECK(db.select<item>().order_by(aps::dynamic_order<item>().by_name("The Text", aps::descending)).first()->id == 1);
    CHECK(db.select<other>().order_by(aps::dynamic_order<other>().by(col<&other::number>)).all().empty());
    CHECK(db.select<item>().left_join<other>(col<&other::id> == col<&item::id>).order_by(aps::dynamic_order<item>().by(col<&item::text>).by(col<&item::id>)).first()->id == 10);
    CHECK(caught([&] { (void)db.select<item>().order_by(aps::dynamic_order<item>().by_name("text")).all(); }).code() == "S245");
}

TEST_CASE("a database is moved with its prepared statements") {
    auto first = database::memory();
    first.connection().execute(aps::sql::sqlite::ddl(demo));
    first.insert(item{1, "a", {}});
    (void)first.get<item>(1);
    database second = std::move(first);
    CHECK(second.get<item>(1)->text == "a");
    second.insert(item{2, "b", {}});
    CHECK(second.select<item>().all().size() == 2);
}
