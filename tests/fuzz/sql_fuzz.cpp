// SPDX-License-Identifier: MIT
// Any bytes through the tokenizer, the comparison of expressions and statements, the DDL parser and the renderer.
#include <autopack_schema/sql/sqlite/ddl_parser.hpp>
#include <autopack_schema/sql/sqlite/render.hpp>
#include <autopack_schema/sql/sqlite/rules.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace sql = autopack_schema::sql;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check_tokens(std::string_view text, sql::lexical_rules rules) {
    sql::tokenizer source(text, rules);
    std::size_t offset = 0;
    for (sql::token t = source.next(); t.kind != sql::token_kind::end; t = source.next()) {
        require(t.offset == offset && !t.text.empty());
        offset += t.text.size();
    }
    require(offset == text.size());
}

void check_comparisons(std::string_view text) {
    const std::string_view first = text.substr(0, text.size() / 2);
    const std::string_view second = text.substr(text.size() / 2);
    const auto& rules = sql::sqlite::expressions;
    require(sql::same_expression(text, text, rules));
    require(sql::sqlite::same_view(text, text));
    require(sql::sqlite::same_trigger(text, text));
    require(sql::same_expression(first, second, rules) == sql::same_expression(second, first, rules));
    require(sql::sqlite::same_view(first, second) == sql::sqlite::same_view(second, first));
    require(sql::sqlite::same_trigger(first, second) == sql::sqlite::same_trigger(second, first));
}

std::string written(const sql::sqlite::render_options& options, const autopack_schema::model::schema& schema) {
    std::string result;
    for (const std::string& statement : sql::sqlite::create_statements(schema, options)) result += statement + "\n;\n";
    return result;
}

/// What was read and can be written is read again as the same; views of a circle may change places.
void check_schema(std::string_view text) {
    try {
        const auto read = sql::sqlite::parse(text);
        const std::string once = written({}, read.view());
        const auto again = sql::sqlite::parse(once);
        require(read.view().views.size() > 1 || written({}, again.view()) == once);
    } catch (const autopack_schema::error&) {
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string copy(reinterpret_cast<const char*>(data + 1), size - 1);
    check_tokens(copy, sql::sqlite_lexical_rules);
    check_tokens(copy, sql::postgresql_lexical_rules);
    if (data[0] % 3 == 0) check_comparisons(copy);
    if (data[0] % 3 != 0) check_schema(copy);
    return 0;
}
