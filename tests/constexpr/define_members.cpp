// SPDX-License-Identifier: MIT
// Tables that take members of their rows without naming them; passes when it compiles.
#include <autopack_schema/define.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aps = autopack_schema;
namespace detail = aps::detail;

namespace app {

struct row {
    std::int64_t id;
    std::string name;
    std::optional<double> ratio;
    aps::timestamp created_at;
};

template <class T>
struct generic {
    T first;
    std::optional<std::vector<T>> second;
    T Third_3;
};

inline constexpr auto rows = aps::table<row>("rows");
inline constexpr auto mixed = aps::table<row>("mixed", aps::column<&row::id>(aps::primary_key), aps::remaining_members,
                                              aps::column<&row::name>("title"), aps::index("ix_mixed", "ratio"));
inline constexpr auto schema = aps::schema<rows, mixed>("app");

} // namespace app

namespace {
struct hidden {
    int a;
    std::optional<int> b;
};
} // namespace

// counting
static_assert(detail::count_members<app::row, 1>() == 4 && detail::has_members<app::row, 4>() && !detail::has_members<app::row, 5>());
static_assert(detail::count_members<hidden, 1>() == 2 && !detail::has_members<std::string, 1>());

// names, also where a compiler prints namespaces, template arguments and functions around them
static_assert(detail::member_names<app::row, 4> == std::array<std::string_view, 4>{"id", "name", "ratio", "created_at"});
static_assert(detail::member_names<app::generic<std::byte>, 3> == std::array<std::string_view, 3>{"first", "second", "Third_3"});
static_assert(detail::member_names<hidden, 2> == std::array<std::string_view, 2>{"a", "b"});
static_assert(detail::member_types<app::row, 4>[2]->nullable && !detail::member_types<app::row, 4>[3]->nullable);

[[maybe_unused]] constexpr bool inside_a_function = [] {
    struct local {
        int one;
        int two;
    };
    constexpr std::string_view bound = detail::member_name(aps::column<&local::two>().text, detail::text_of_class<local>, detail::before_class, ']');
    static_assert(bound == "two");
    return detail::member_names<local, 2>[1] == "two";
}();
static_assert(inside_a_function);

// a member of a base is found by looking at each character
struct base {
    int inherited;
};
struct derived : base {};
static_assert(detail::member_name(aps::column<&derived::inherited>().text, detail::text_of_class<derived>, detail::before_class, ']') == "inherited");
static_assert(detail::member_name(aps::column<&app::generic<int>::Third_3>().text, detail::text_of_class<app::generic<int>>, detail::before_class, ']') == "Third_3");

// the model
constexpr aps::model::schema m = app::schema.model();
static_assert(m.columns_of(m.tables[0]).size() == 4 && m.columns_of(m.tables[0])[1].name == "name");
static_assert(m.columns_of(m.tables[0])[2].nullable);
static_assert(m.columns_of(m.tables[0])[3].type.kind == aps::model::type_kind::timestamp);
static_assert(m.columns_of(m.tables[1]).size() == 4 && m.columns_of(m.tables[1])[0].name == "id");
static_assert(m.columns_of(m.tables[1])[1].name == "ratio" && m.columns_of(m.tables[1])[2].name == "created_at");
static_assert(m.columns_of(m.tables[1])[3].name == "title" && m.parts_of(m.tables[1].key)[0].text == "id");

// which member is which column
using mixed_bindings = decltype(app::mixed)::bindings;
static_assert(mixed_bindings::member_of_column == std::array<std::size_t, 4>{0, 2, 3, 1});

// 128 members are the most
template <std::size_t Count>
constexpr bool binds = requires(std::array<int, Count> a) { detail::member_binder<Count>::bind(a, [](auto&... member) { return sizeof...(member); }); };
static_assert(binds<1> && binds<52> && binds<53> && binds<127> && binds<128>);
constexpr std::size_t bound_128 = [] {
    std::array<int, 128> a{};
    detail::member_binder<128>::bind(a, [](auto&... member) { int i = 0; ((member = i++), ...); return 0; });
    return static_cast<std::size_t>(a[127]);
}();
static_assert(bound_128 == 127);
