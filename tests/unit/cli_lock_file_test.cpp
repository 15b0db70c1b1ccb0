// SPDX-License-Identifier: MIT
#include <autopack_schema/cli/lock_file.hpp>
#include <autopack_schema/model/equal.hpp>

#include <autopack_schema_test/catch.hpp>

#include <array>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace model = autopack_schema::model;
namespace lock_file = autopack_schema::cli::lock_file;

namespace {

std::string code_of(std::string_view text) {
    try {
        lock_file::read(text);
    } catch (const autopack_schema::error& e) {
        return std::string(e.code()) + " " + e.info().what_happened;
    }
    return "read";
}

/// Draws schemas that use everything that the model can say.
class generator {
public:
    explicit generator(unsigned seed) : random_(seed) {}

    model::snapshot schema() {
        model::builder& b = out_.content();
        b.name = text();
        b.version = text();
        for (int n = number(4); n > 0; --n) table(b);
        for (int n = number(3); n > 0; --n) b.add_view({text(), {}, text(), flag(), text()}, names());
        for (int n = number(3); n > 0; --n) b.add_trigger({text(), text(), text(), text()});
        for (int n = number(2); n > 0; --n) b.add_other({text(), text(), text(), text()});
        return std::move(out_);
    }

private:
    int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    bool flag() { return number(2) == 1; }

    template <class Enum>
    Enum one_of(int count) {
        return static_cast<Enum>(number(count));
    }

    std::string_view text() {
        static constexpr std::array<std::string_view, 12> pieces = {
            "a",    "Id",       " ",    "\"", "'",          "\n",
            "\r\n", "\xC3\xBC", "\xff", "\\", "{\"bytes\"", std::string_view("\0\x01\x7f", 3)};
        std::string drawn;
        for (int n = number(5); n > 0; --n) drawn += pieces[static_cast<std::size_t>(number(12))];
        return out_.keep(drawn);
    }

    std::vector<model::name> names() {
        std::vector<model::name> list;
        for (int n = number(3); n > 0; --n) list.emplace_back(text());
        return list;
    }

    std::vector<model::key_part> parts(int least) {
        std::vector<model::key_part> list;
        for (int n = number(3) + least; n > 0; --n) {
            list.push_back({text(), flag(), flag(), one_of<model::nulls_order>(3), text(), text()});
        }
        return list;
    }

    model::default_value default_to() {
        static constexpr std::array<double, 6> reals = {0.0, -0.0,  1.0,
                                                        0.1, 1e308, std::numeric_limits<double>::infinity()};
        static constexpr std::array<std::int64_t, 4> integers = {0, -1, std::numeric_limits<std::int64_t>::max(),
                                                                 std::numeric_limits<std::int64_t>::min()};
        model::default_value d;
        d.kind = one_of<model::default_kind>(7);
        if (d.kind == model::default_kind::integer) d.integer = integers[static_cast<std::size_t>(number(4))];
        if (d.kind == model::default_kind::real)
            d.real = (flag() ? -1 : 1) * reals[static_cast<std::size_t>(number(6))];
        if (d.kind == model::default_kind::text || d.kind == model::default_kind::expression) d.text = text();
        if (d.kind == model::default_kind::blob) d.text = "00fF";
        return d;
    }

    void table(model::builder& b) {
        const bool is_virtual = number(4) == 0;
        model::table t;
        t.name = text();
        t.kind = is_virtual ? model::table_kind::virtual_ : model::table_kind::ordinary;
        t.without_rowid = flag();
        t.strict = flag();
        if (is_virtual) t.module = text();
        t.renamed_from = text();
        t.sql = text();
        b.add_table(t);
        for (int n = number(5); n > 0; --n) {
            constexpr std::array<std::uint8_t, 4> bytes = {0, 2, 4, 8};
            const model::data_type type{one_of<model::type_kind>(12), bytes[static_cast<std::size_t>(number(4))],
                                        text()};
            b.add_column({text(), type, flag(), one_of<model::conflict>(6), default_to(),
                          one_of<model::generated_kind>(3), one_of<model::identity_kind>(4), text(), text(), text()});
        }
        if (flag()) b.set_primary_key({text(), {}, flag(), one_of<model::conflict>(6)}, parts(1));
        for (int n = number(3); n > 0; --n) b.add_unique({text(), {}, one_of<model::conflict>(6), flag()}, parts(0));
        for (int n = number(3); n > 0; --n) b.add_check({text(), text(), text()});
        for (int n = number(3); n > 0; --n) {
            b.add_foreign_key({text(),
                               {},
                               text(),
                               {},
                               one_of<model::fk_action>(5),
                               one_of<model::fk_action>(5),
                               one_of<model::deferral>(3),
                               text()},
                              names(), names());
        }
        for (int n = number(3); n > 0; --n) b.add_index({text(), flag(), {}, text(), text(), text()}, parts(0));
    }

    std::mt19937 random_;
    model::snapshot out_;
};

constexpr std::string_view head = R"({"format": "autopack_schema lock file", "format_version": 1, "schema": "s", )";

std::string with_table(std::string_view rest) {
    return std::string(head) + R"("tables": [{"name": "t", "columns": [)" + std::string(rest);
}

} // namespace

TEST_CASE("a lock file says all that the model says", "[cli][lock_file]") {
    for (unsigned seed = 0; seed < 500; ++seed) {
        const model::snapshot before = generator(seed).schema();
        const std::string text = lock_file::write(before.view());
        const model::snapshot after = lock_file::read(text);
        INFO("seed " << seed << "\n" << text);
        REQUIRE(model::operator==(before.view(), after.view()));
        REQUIRE(lock_file::write(after.view()) == text);
    }
}

TEST_CASE("names keep the case of their letters", "[cli][lock_file]") {
    model::builder b;
    b.add_table({"Users"});
    b.add_column({"eMail"});
    const model::snapshot after = lock_file::read(lock_file::write(b.view_of()));
    CHECK(after.view().tables[0].name.text == "Users");
    CHECK(after.view().columns[0].name.text == "eMail");
}

TEST_CASE("one column is one line", "[cli][lock_file]") {
    model::builder b;
    b.name = "shop";
    b.version = "v1";
    b.add_table({"orders"});
    b.add_column({"id", {model::type_kind::integer, 8, {}}, false});
    b.add_column({"note", {model::type_kind::text, 0, "TEXT"}, true, {}, {model::default_kind::text, 0, 0, "-"}});
    const std::vector<model::key_part> id = {{"id"}};
    b.set_primary_key({}, id);
    const std::vector<model::key_part> note = {{"note", false, true}};
    b.add_index({"ix_note", false, {}, "note <> ''"}, note);
    b.add_view({"v", {}, "SELECT id\nFROM orders"}, {});
    CHECK(lock_file::write(b.view_of()) == R"({
  "format": "autopack_schema lock file",
  "format_version": 1,
  "schema": "shop",
  "version": "v1",
  "tables": [
    {
      "name": "orders",
      "columns": [
        {"name": "id", "kind": "integer", "bytes": 8, "not_null": true},
        {"name": "note", "type": "TEXT", "kind": "text", "default": "-"}
      ],
      "primary_key": {
        "columns": ["id"]
      },
      "indexes": [
        {"name": "ix_note", "columns": [{"column": "note", "descending": true}], "where": "note <> ''"}
      ]
    }
  ],
  "views": [
    {
      "name": "v",
      "definition": [
        "SELECT id",
        "FROM orders"
      ]
    }
  ]
}
)");
}

TEST_CASE("what is no lock file is refused with the place", "[cli][lock_file]") {
    CHECK(code_of("").substr(0, 4) == "S454");
    CHECK(code_of("{").substr(0, 4) == "S454");
    CHECK(code_of("[]") == "S455 lock file: must be an object");
    CHECK(code_of("{}") == "S455 lock file: format: is missing");
    CHECK(code_of(R"({"format": "package-lock"})") == "S455 lock file: format: must be \"autopack_schema lock file\"");
    CHECK(code_of(R"({"format": "autopack_schema lock file", "format_version": 2})").substr(0, 4) == "S456");
    CHECK(code_of(std::string(head) + R"("tables": [], "extra": 1})") == "S455 lock file: extra: is not known");
    CHECK(code_of(std::string(head) + R"("tables": {}})") == "S455 lock file: tables: must be an array");
    CHECK(code_of(with_table(R"({"name": "a"}, {"type": "X"}]}]})")) ==
          "S455 lock file: tables[0].columns[1].name: is missing");
    CHECK(code_of(with_table(R"({"name": "a", "not_nul": true}]}]})")) ==
          "S455 lock file: tables[0].columns[0].not_nul: is not known");
    CHECK(code_of(with_table(R"({"name": "a", "not_null": 1}]}]})")) ==
          "S455 lock file: tables[0].columns[0].not_null: must be true or false");
    CHECK(code_of(with_table(R"({"name": "a", "generated": "maybe"}]}]})")) ==
          "S455 lock file: tables[0].columns[0].generated: must be one of: virtual, stored");
    CHECK(code_of(with_table(R"({"name": "a", "bytes": 300}]}]})")) ==
          "S455 lock file: tables[0].columns[0].bytes: must be 2, 4 or 8");
    CHECK(code_of(with_table(R"({"name": "a", "default": 9223372036854775808}]}]})")) ==
          "S455 lock file: tables[0].columns[0].default: is above 9223372036854775807");
    CHECK(code_of(with_table(R"({"name": {"bytes": "zz"}}]}]})")).find("tables[0].columns[0].name") !=
          std::string::npos);
    CHECK(code_of(with_table(R"(], "primary_key": {"columns": []}}]})")) ==
          "S455 lock file: tables[0].primary_key.columns: must not be empty");
    CHECK(code_of(with_table("]}]}")) == "read");
}
