// SPDX-License-Identifier: MIT
// What rows hold: every type there and back, what real files hold, what is refused, and texts that would be SQL.
#include <autopack_schema/define.hpp>
#include <autopack_schema/query.hpp>
#include <autopack_schema/schemas/autopack/versions.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>
#include <autopack_schema_test/temp.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace {

/// An enumeration that is stored by its number and not by the names of its values.
enum class level : std::int64_t { low = 1, high = 2 };

} // namespace

template <>
struct autopack_schema::column_traits<level> {
    static constexpr model::data_type type{model::type_kind::integer, 8, {}};
    using stored = std::int64_t;
    static stored to_stored(level value) { return static_cast<stored>(value); }
    static level from_stored(stored value) { return static_cast<level>(value); }
};

namespace {

namespace aps = autopack_schema;
using aps::col;
using autopack_schema_test::caught;

enum class mode : std::uint8_t { slow, fast };

struct sample {
    std::int64_t id = 0;
    std::int64_t big = 0;
    std::int32_t small = 0;
    std::uint16_t tiny = 0;
    double real = 0;
    float single = 0;
    bool flag = false;
    std::string text{};
    std::vector<std::byte> bytes{};
    mode how = mode::slow;
    aps::timestamp at{};
    std::optional<std::string> maybe{};
    std::optional<aps::timestamp> maybe_at{};
    std::optional<mode> maybe_how{};
    std::optional<bool> maybe_flag{};
    std::optional<double> maybe_real{};
    std::optional<std::vector<std::byte>> maybe_bytes{};
};
constexpr auto samples = aps::table<sample>("samples", aps::column<&sample::id>(aps::primary_key), aps::remaining_members);
struct named {
    std::string key;
    std::int64_t value = 0;
};
constexpr auto nameds = aps::table<named>("named", aps::column<&named::key>(aps::primary_key), aps::column<&named::value>("the value"));
struct levelled {
    level key = level::low;
    std::optional<level> other{};
};
constexpr auto levelleds = aps::table<levelled>("levelled", aps::column<&levelled::key>(aps::primary_key), aps::column<&levelled::other>());
constexpr auto demo = aps::schema<samples, nameds>("demo");
constexpr auto levels = aps::schema<levelleds>("levels");

struct fixture {
    aps::database<demo> db = aps::database<demo>::memory();
    fixture() { db.connection().execute(aps::sql::sqlite::ddl(demo)); }
    void set(const std::string& assignment) {
        db.erase<sample>().where(aps::everything).execute();
        db.insert(sample{.id = 7, .text = "x"});
        db.connection().execute("PRAGMA ignore_check_constraints=ON; UPDATE samples SET " + assignment);
    }
    std::vector<std::byte> bytes(std::string_view text) {
        std::vector<std::byte> made;
        for (const char c : text) made.push_back(static_cast<std::byte>(c));
        return made;
    }
};

} // namespace

TEST_CASE_METHOD(fixture, "every value comes back as it went") {
    using limits = std::numeric_limits<std::int64_t>;
    const std::array<double, 9> reals{0.1, -1e300, 5e-324, 1.7976931348623157e308, 1.0 / 3, 2.0, 9007199254740993.0,
                                      std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    const std::array<std::int64_t, 5> bigs{limits::min(), limits::max(), 0, -1, 9007199254740993};
    const std::array<std::string, 5> texts{"", std::string("nul\0in the middle, and long enough to be on the heap", 51), "\xc3\xbc\xe2\x82\xac", std::string(1, '\0'), std::string(100000, 'a')};
    for (std::size_t i = 0; i < 9; ++i) {
        sample in{.id = static_cast<std::int64_t>(i) + 1,
                  .big = bigs[i % 5],
                  .small = i % 2 == 0 ? std::numeric_limits<std::int32_t>::min() : std::numeric_limits<std::int32_t>::max(),
                  .tiny = static_cast<std::uint16_t>(i % 2 == 0 ? 65535 : 0),
                  .real = reals[i],
                  .single = 0.1F,
                  .flag = i % 2 == 0,
                  .text = texts[i % 5],
                  .bytes = bytes(texts[i % 5]),
                  .how = i % 2 == 0 ? mode::fast : mode::slow,
                  .at = *aps::timestamp::parse("1969-12-31 23:59:59.000001")};
        if (i % 2 == 1) {
            in.maybe = in.text;
            in.maybe_at = in.at;
            in.maybe_how = in.how;
            in.maybe_flag = in.flag;
            in.maybe_real = in.real;
            in.maybe_bytes = in.bytes;
        }
        db.insert(in);
        const sample out = *db.get<sample>(in.id);
        CHECK(out.big == in.big);
        CHECK(out.small == in.small);
        CHECK(out.tiny == in.tiny);
        CHECK(std::bit_cast<std::uint64_t>(out.real) == std::bit_cast<std::uint64_t>(in.real));
        CHECK(std::bit_cast<std::uint32_t>(out.single) == std::bit_cast<std::uint32_t>(in.single));
        CHECK(out.flag == in.flag);
        CHECK(out.text == in.text);
        CHECK(out.bytes == in.bytes);
        CHECK(out.how == in.how);
        CHECK(out.at == in.at);
        CHECK(out.maybe == in.maybe);
        CHECK(out.maybe_at == in.maybe_at);
        CHECK(out.maybe_how == in.maybe_how);
        CHECK(out.maybe_flag == in.maybe_flag);
        CHECK(out.maybe_real == in.maybe_real);
        CHECK(out.maybe_bytes == in.maybe_bytes);
        CHECK(db.select<sample>().where(col<&sample::text> == in.text && col<&sample::big> == in.big && col<&sample::at> == in.at && col<&sample::how> == in.how && col<&sample::bytes> == in.bytes && col<&sample::real> == in.real && col<&sample::id> == in.id).all().size() == 1);
    }
    std::vector<sample> all = db.select<sample>().all();
    for (sample& s : all) s.id += 100;
    CHECK(db.insert(all) == 9);
    CHECK(db.get<sample>(102)->text == texts[1]);
}

TEST_CASE("an enumeration with column_traits of its own is stored as they say") {
    auto db = aps::database<levels>::memory();
    db.connection().execute(aps::sql::sqlite::ddl(levels));
    db.insert(levelled{level::high, level::low});
    CHECK(db.query<std::string>("SELECT typeof(key) || key || other FROM levelled").one() == "integer21");
    CHECK(db.get<levelled>(level::high)->other == level::low);
    CHECK(db.select<levelled>().where(col<&levelled::other> == level::low).all().size() == 1);
    CHECK(db.select<levelled>().where(col<&levelled::other>.is(std::optional<level>())).all().empty());
}

TEST_CASE_METHOD(fixture, "reading takes what real files hold") {
    set("at = '2025-01-02T03:04:05', maybe_at = '2025-01-02'");
    CHECK(db.get<sample>(7)->at == *aps::timestamp::parse("2025-01-02 03:04:05"));
    CHECK(db.get<sample>(7)->maybe_at == *aps::timestamp::parse("2025-01-02 00:00:00"));
    set("at = '2025-01-02 03:04:05.25+01:00', real = 3, single = 4");
    CHECK(db.get<sample>(7)->at == *aps::timestamp::parse("2025-01-02 02:04:05.250"));
    CHECK(db.get<sample>(7)->real == 3.0);
    CHECK(db.get<sample>(7)->single == 4.0F);
    for (const auto& [text, value] : {std::pair("1", true), {"0", false}, {"'t'", true}, {"'f'", false}, {"'TRUE'", true}, {"'False'", false}}) {
        set("flag = " + std::string(text));
        CHECK(db.get<sample>(7)->flag == value);
    }
    set("maybe_real = 5, maybe_flag = 't'");
    CHECK(db.get<sample>(7)->maybe_real == 5.0);
    CHECK(db.get<sample>(7)->maybe_flag == true);
}

TEST_CASE_METHOD(fixture, "a value that its member cannot hold names table, column and rowid") {
    // Without NOT NULL, as an older file may be.
    std::string ddl = aps::sql::sqlite::ddl(demo);
    for (std::size_t at = ddl.find(" NOT NULL"); at != ddl.npos; at = ddl.find(" NOT NULL")) ddl.erase(at, 9);
    db.connection().execute("DROP TABLE samples; DROP TABLE named");
    db.connection().execute(ddl);
    const std::array<std::array<const char*, 3>, 20> cases{{{"big", "'12x'", "the text '12x'"},
                                                            {"big", "1.5", "the real 1.5"},
                                                            {"big", "NULL", "NULL"},
                                                            {"big", "x'00'", "a blob of 1 bytes"},
                                                            {"small", "2147483648", "the integer 2147483648"},
                                                            {"tiny", "-1", "the integer -1"},
                                                            {"tiny", "65536", "the integer 65536"},
                                                            {"real", "'abc'", "the text 'abc'"},
                                                            {"real", "NULL", "NULL"},
                                                            {"flag", "2", "the integer 2"},
                                                            {"flag", "'maybe'", "the text 'maybe'"},
                                                            {"flag", "NULL", "NULL"},
                                                            {"text", "NULL", "NULL"},
                                                            {"text", "x'41'", "a blob of 1 bytes"},
                                                            {"bytes", "'text'", "the text 'text'"},
                                                            {"how", "'FAST'", "the text 'FAST'"},
                                                            {"at", "'yesterday'", "the text 'yesterday'"},
                                                            {"at", "1735787045", "the integer 1735787045"},
                                                            {"maybe_real", "'x'", "the text 'x'"},
                                                            {"maybe_how", "'x'", "the text 'x'"}}};
    for (const auto& [column, value, found] : cases) {
        set(std::string(column) + " = " + value);
        db.insert(sample{.id = 1, .text = "good"});
        INFO(column << " = " << value);
        for (int way = 0; way < 3; ++way) {
            const auto error = caught([&] {
                if (way == 0) (void)db.select<sample>().order_by(col<&sample::id>).all();
                if (way == 1) (void)db.get<sample>(7);
                if (way == 2) for (auto& row : db.select(col<&sample::id>, aps::all<sample>).where(col<&sample::id> >= 0)) (void)row;
            });
            CHECK(error.code() == "S242");
            CHECK(error.info.table == "samples");
            CHECK(error.info.column == column);
            CHECK(error.says("rowid 7"));
            CHECK(error.says(found));
        }
        CHECK(db.get<sample>(1)->text == "good");
    }
    db.connection().execute("INSERT INTO named(rowid, key, \"the value\") VALUES (41, 'a', 1), (42, 'b', 'x')");
    const auto error = caught([&] { (void)db.get<named>("b"); });
    CHECK(error.info.column == "the value");
    CHECK(error.says("rowid 42"));
    CHECK(caught([&] { (void)db.select(col<&named::value>).all(); }).says("rowid 42"));
}

TEST_CASE_METHOD(fixture, "what SQLite would store as something else is refused") {
    CHECK(caught([&] { db.insert(sample{.real = std::nan("")}); }).code() == "S228");
    CHECK(caught([&] { db.insert(sample{.how = static_cast<mode>(77)}); }).code() == "S241");
    CHECK(caught([&] { (void)db.select<sample>().where(col<&sample::big> == std::numeric_limits<std::uint64_t>::max()).all(); }).code() == "S228");
    CHECK(db.select(aps::count()).from<sample>().one() == 0);
}

TEST_CASE_METHOD(fixture, "a column that the database does not have is an error and no text") {
    db.connection().execute("DROP TABLE named; CREATE TABLE named(key TEXT PRIMARY KEY, other INTEGER); INSERT INTO named VALUES ('a', 1)");
    CHECK(caught([&] { (void)db.select<named>().all(); }).code() == "S215");
    CHECK(caught([&] { (void)db.get<named>("a"); }).code() == "S215");
    CHECK(caught([&] { (void)db.select<named>().where(col<&named::value> == 1).all(); }).code() == "S215");
}

TEST_CASE_METHOD(fixture, "no text becomes SQL") {
    const std::array<std::string, 9> attacks{"'; DROP TABLE samples; --", "\" OR 1=1 --", "x' OR 'x'='x", "%", "_", "*", "NULL", "?1", std::string("a\0'; DROP TABLE named", 21)};
    for (const std::string& attack : attacks) {
        INFO(attack);
        db.erase<named>().where(aps::everything).execute();
        db.insert(named{"innocent", 1});
        db.insert(named{attack, 2});
        CHECK(db.get<named>(attack)->value == 2);
        CHECK(db.insert(named{attack, 3}, aps::on_conflict(col<&named::key>).do_update(col<&named::key> = attack, col<&named::value> = 4)));
        CHECK(db.insert(std::vector<named>{{attack + "2", 1}}) == 1);
        const auto found = [&](auto condition) { return db.select<named>().where(condition).all().size(); };
        CHECK(found(col<&named::key> == attack) == 1);
        CHECK(found(col<&named::key>.in(attack, attack)) == 1);
        CHECK(found(col<&named::key>.in(std::vector<std::string>{attack, "other"})) == 1);
        CHECK(found(col<&named::key>.between(attack, attack)) == 1);
        CHECK(found(col<&named::key>.is(std::optional<std::string>(attack))) == 1);
        CHECK(found(aps::only_if(true, col<&named::key> == attack)) == 1);
        CHECK(found(aps::concat(col<&named::key>, attack) == attack + attack) == 1);
        CHECK(found(aps::coalesce(aps::nullif(col<&named::key>, attack), "gone") == "gone") == 1);
        CHECK(found(aps::case_(aps::when(col<&named::key> == attack, attack)).else_("") == attack) == 1);
        CHECK(found(col<&named::key>.in(aps::select(col<&named::key>).where(col<&named::key> == attack))) == 1);
        CHECK(db.select(aps::group_concat(col<&named::key>, attack)).where(col<&named::key> == "innocent").one() == "innocent");
        (void)found(col<&named::key>.like(attack, '\''));
        (void)found(col<&named::key>.glob(attack));
        (void)db.select(aps::replace(col<&named::key>, attack, attack), aps::strftime(attack, "now"), aps::function<"printf", std::string>(attack)).all();
        CHECK(db.update<named>().set(col<&named::value> = 9).where(col<&named::key> == attack).execute() == 1);
        CHECK(db.query<std::int64_t>("SELECT \"the value\" FROM named WHERE key = ?", attack).one() == 9);
        CHECK(caught([&] { (void)db.select<named>().order_by(aps::dynamic_order<named>().by_name(attack)).all(); }).code() == "S245");
        CHECK(db.erase<named>(attack));
        CHECK(db.get<named>("innocent")->value == 1);
        CHECK(db.select(aps::count()).from<sample>().one() == 0);
    }
}

TEST_CASE("the packs' rows are read from real databases") {
    APS_NEEDS_SHARED();
    namespace pack = aps::schemas::autopack;
    const autopack_schema_test::temp_dir dir;
    const auto file = autopack_schema_test::copy_shared(dir, "db/autopack_b144.sqlite");
    auto db = aps::database<pack::current>::open(autopack_schema_test::sqlite_url(file));
    const auto total = db.query<std::int64_t>("SELECT count(*) FROM llm_usage_events").one();
    CHECK(static_cast<std::int64_t>(db.select<pack::llm_usage_event>().all().size()) == total);
    CHECK(static_cast<std::int64_t>(db.select<pack::run>().all().size()) == db.query<std::int64_t>("SELECT count(*) FROM runs").one());
    CHECK(static_cast<std::int64_t>(db.select<pack::phase>().all().size()) == db.query<std::int64_t>("SELECT count(*) FROM phases").one());
    CHECK(static_cast<std::int64_t>(db.select<pack::token_estimation_v2_event>().all().size()) == db.query<std::int64_t>("SELECT count(*) FROM token_estimation_v2_events").one());
}
