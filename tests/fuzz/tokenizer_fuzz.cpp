// SPDX-License-Identifier: MIT
// Any bytes through the tokenizer, of both dialects: the tokens are the text, in order and without a gap, and what a token says
// does not depend on what stands before it.
#include <autopack_schema/sql/sqlite/expression.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace sql = autopack_schema::sql;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check(std::string_view text, sql::lexical_rules rules) {
    sql::tokenizer source(text, rules);
    std::size_t offset = 0;
    for (sql::token t = source.next(); t.kind != sql::token_kind::end; t = source.next()) {
        require(t.offset == offset && !t.text.empty());
        sql::tokenizer alone(text.substr(offset), rules);
        const sql::token first = alone.next();
        require(first.kind == t.kind && first.text == t.text);
        offset += t.text.size();
    }
    require(offset == text.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::unique_ptr<char[]> copy(new char[size]); // exactly as long: a read behind it is found
    for (std::size_t i = 0; i < size; ++i) copy[i] = static_cast<char>(data[i]);
    const std::string_view text(copy.get(), size);
    check(text, sql::sqlite_lexical_rules);
    check(text, sql::postgresql_lexical_rules);
    require(sql::same_expression(text, text, sql::sqlite::expressions));
    return 0;
}
