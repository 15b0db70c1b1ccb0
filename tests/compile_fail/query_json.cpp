// case: TO_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
// case: FROM_STRANGER expect: error: .*S140_row_is_no_table_of_the_schema, .*"stranger"
#include <autopack_schema/define.hpp>
#include <autopack_schema/query/json.hpp>

#include <string>

namespace aps = autopack_schema;

struct run {
    std::string id;
};
struct stranger {
    int id = 0;
};

inline constexpr auto runs = aps::table<run>("runs", aps::column<&run::id>(aps::primary_key));
inline constexpr auto demo = aps::schema<runs>("demo");

void use() {
    (void)aps::from_json<demo, run>(aps::to_json<demo>(run{"a"}));
#if defined(AUTOPACK_SCHEMA_FAIL_TO_STRANGER)
    (void)aps::to_json<demo>(stranger{});
#elif defined(AUTOPACK_SCHEMA_FAIL_FROM_STRANGER)
    (void)aps::from_json<demo, stranger>(nlohmann::json());
#endif
}
