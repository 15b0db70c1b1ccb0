// SPDX-License-Identifier: MIT
// The parts of queries that need no database: names and literals in SQL, columns by the names of members, values in JSON.
#include <autopack_schema/define.hpp>
#include <autopack_schema/query.hpp>
#include <autopack_schema/query/json.hpp>

#include <autopack_schema_test/catch.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace {

namespace aps = autopack_schema;
namespace query = autopack_schema::query;
using nlohmann::json;

template <class Write>
std::string written(Write&& write) {
    query::text_writer count;
    write(count);
    std::string text(count.size(), '\0');
    query::text_writer writer(text.data());
    write(writer);
    CHECK(writer.size() == count.size());
    return text;
}
std::string name(std::string_view text) {
    return written([text](query::text_writer& w) { w.name(text); });
}
std::string literal(std::string_view text) {
    return written([text](query::text_writer& w) { w.literal(text); });
}
std::string number(long long value) {
    return written([value](query::text_writer& w) { w.number(value); });
}

struct row {
    std::int64_t id = 0;
    std::string text;
    bool ok = false;
};
constexpr auto written_rows = aps::table<row>("rows", aps::column<&row::ok>("is ok"), aps::unique("id", "is ok"), aps::column<&row::id>(aps::primary_key), aps::column<&row::text>());
constexpr auto other_order = aps::table<row>("rows", aps::column<&row::text>("the text"), aps::remaining_members);

template <const auto& Table>
std::size_t member(std::string_view wanted) {
    return query::find_member(typename query::table_info<Table>::definition::bindings{}, wanted);
}

template <class T>
std::optional<T> taken(const json& value) {
    T out{};
    if (!query::get_json(value, out)) return std::nullopt;
    return out;
}

} // namespace

TEST_CASE("a name has quotes where SQL wants them") {
    CHECK(name("provider") == "provider");
    CHECK(name("_a1") == "_a1");
    CHECK(name("1a") == "\"1a\"");
    CHECK(name("select") == "\"select\"");
    CHECK(name("a b") == "\"a b\"");
    CHECK(name("a\"b") == "\"a\"\"b\"");
    CHECK(name("a\"; DROP TABLE x; --") == "\"a\"\"; DROP TABLE x; --\"");
    CHECK(name("") == "\"\"");
    CHECK(name("\xc3\xbc") == "\"\xc3\xbc\"");
}

TEST_CASE("a literal ends where it shall") {
    CHECK(literal("it's") == "'it''s'");
    CHECK(literal("") == "''");
    CHECK(literal("'") == "''''");
    CHECK(number(0) == "0");
    CHECK(number(-1) == "-1");
    CHECK(number(std::numeric_limits<long long>::min()) == "-9223372036854775808");
    CHECK(number(std::numeric_limits<long long>::max()) == "9223372036854775807");
}

TEST_CASE("a column is found by its member, whatever the order and the names are") {
    CHECK(member<written_rows>("ok") == 0);
    CHECK(member<written_rows>("id") == 1);
    CHECK(member<written_rows>("text") == 2);
    CHECK(member<written_rows>("is ok") == query::no_column);
    CHECK(member<other_order>("text") == 0);
    CHECK(member<other_order>("id") == 1);
    CHECK(member<other_order>("ok") == 2);
    CHECK(member<other_order>("") == query::no_column);
}

TEST_CASE("words of SQL are found in either case") {
    CHECK(query::has_word("select a group by b", "GROUP BY"));
    CHECK(query::has_word("GROUP BY", "GROUP BY"));
    CHECK_FALSE(query::has_word("GROUP B", "GROUP BY"));
    CHECK_FALSE(query::has_word("", "GROUP BY"));
}

TEST_CASE("bytes are hexadecimal digits and nothing else") {
    const std::vector<std::byte> bytes{std::byte{0}, std::byte{0xab}, std::byte{0xff}};
    CHECK(query::hex_of(bytes) == "00ABFF");
    CHECK(query::hex_of({}) == "");
    std::vector<std::byte> out{std::byte{1}};
    CHECK(query::read_hex("00abFF", out));
    CHECK(out == bytes);
    CHECK(query::read_hex("", out));
    CHECK(out.empty());
    for (const char* wrong : {"0", "0g", "x0", "0x00", " 00", "00 ", "0/", "0:", "@0", "`0"}) CHECK_FALSE(query::read_hex(wrong, out));
}

TEST_CASE("JSON numbers are taken when they are exactly the number") {
    CHECK(taken<std::int8_t>(127) == std::int8_t{127});
    CHECK(taken<std::int8_t>(-128) == std::int8_t{-128});
    CHECK_FALSE(taken<std::int8_t>(128));
    CHECK_FALSE(taken<std::int8_t>(-129));
    CHECK(taken<std::uint8_t>(255) == std::uint8_t{255});
    CHECK_FALSE(taken<std::uint8_t>(-1));
    CHECK(taken<std::int64_t>(json::parse("-9223372036854775808")) == std::numeric_limits<std::int64_t>::min());
    CHECK(taken<std::int64_t>(json::parse("9223372036854775807")) == std::numeric_limits<std::int64_t>::max());
    CHECK_FALSE(taken<std::int64_t>(json::parse("9223372036854775808")));
    CHECK_FALSE(taken<std::int64_t>(json::parse("1.0")));
    CHECK_FALSE(taken<std::int64_t>(json::parse("1e3")));
    CHECK_FALSE(taken<std::int64_t>(true));
    CHECK_FALSE(taken<bool>(1));
    CHECK(taken<double>(3) == 3.0);
    CHECK_FALSE(taken<double>("3"));
    CHECK_FALSE(taken<std::string>(3));
    CHECK(taken<std::optional<bool>>(nullptr) == std::optional<std::optional<bool>>(std::optional<bool>()));
}
