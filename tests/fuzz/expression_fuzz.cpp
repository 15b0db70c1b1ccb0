// SPDX-License-Identifier: MIT
// Two expressions made from the same bytes: written in two ways they are the same; changed in one place they are the same only
// where SQLite computes the same from every row.
#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/sql/sqlite/expression.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace aps = autopack_schema;

namespace {

/// Bytes that decide; zeros when they are used up.
struct choices {
    const std::uint8_t* data;
    std::size_t size;
    std::size_t at = 0;

    std::size_t next(std::size_t count) { return at < size ? data[at++] % count : 0; }
};

/// Writes one expression: `what` decides the tree, `how` its spelling, and the node number `changed` is another one.
struct writer {
    choices what;
    choices how;
    std::size_t changed = 0; ///< 0: none
    std::size_t nodes = 0;

    std::string space() {
        constexpr std::array<std::string_view, 4> kinds{" ", "  ", "\n\t", " /* c ' */ "};
        return std::string(kinds[how.next(kinds.size())]);
    }

    std::string cased(std::string_view word) {
        std::string text(word);
        if (how.next(2) == 1) {
            for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        return text;
    }

    /// A choice that is another one in the changed node.
    std::size_t pick(std::size_t count) {
        ++nodes;
        const std::size_t chosen = what.next(count);
        return nodes == changed ? (chosen + 1) % count : chosen;
    }

    std::string column() {
        constexpr std::array<std::string_view, 3> names{"a", "b", "c"};
        const std::string name(names[pick(names.size())]);
        switch (how.next(4)) {
        case 1: return '"' + name + '"';
        case 2: return '[' + name + ']';
        case 3: return '`' + cased(name) + '`';
        default: return cased(name);
        }
    }

    std::string literal() {
        switch (pick(12)) {
        case 0: return how.next(2) == 0 ? "1" : "0x1";
        case 1: return "'a'";
        case 2: return "'A'";
        case 3: return how.next(2) == 0 ? "1.5" : "15e-1";
        case 4: return cased("null");
        case 5: return how.next(2) == 0 ? "x'4a'" : "X'4A'";
        case 6: return "'a  b'";
        case 7: return "2";
        case 8: return "'1'";
        case 9: return "9007199254740993";
        case 10: return "''''";
        default: return "0";
        }
    }

    std::string binary(int depth) {
        constexpr std::array<std::string_view, 17> words{"+",  "-",   "*",  "||", "<",      "<=", ">", ">=", "=",
                                                         "!=", "and", "or", "is", "is not", "&",  "%", "/"};
        const std::size_t chosen = pick(words.size());
        std::string word = cased(words[chosen]);
        if (chosen == 8 && how.next(2) == 1) word = "==";
        if (chosen == 9 && how.next(2) == 1) word = "<>";
        const std::string left = any(depth);
        return left + space() + word + space() + any(depth);
    }

    std::string other(int depth) {
        switch (pick(8)) {
        case 0: return cased("not") + space() + any(depth);
        case 1: return "-" + space() + any(depth);
        case 2: return any(depth) + space() + cased("is null");
        case 3: return any(depth) + space() + cased("in") + space() + "(" + literal() + "," + space() + literal() + ")";
        case 4:
            return any(depth) + space() + cased("between") + space() + any(depth) + space() + cased("and") + space() +
                   any(depth);
        case 5:
            return cased("case when ") + any(depth) + cased(" then ") + any(depth) + cased(" else ") + any(depth) +
                   cased(" end");
        case 6: return any(depth) + space() + cased("collate nocase");
        default: return cased("typeof") + "(" + space() + any(depth) + ")";
        }
    }

    /// In parentheses where the tree needs them, and sometimes where it does not.
    std::string any(int depth) {
        if (depth <= 0 || pick(4) == 0) {
            const std::string leaf = pick(2) == 0 ? column() : literal();
            return how.next(4) == 3 ? "(" + leaf + ")" : leaf;
        }
        const std::string inner = pick(3) != 2 ? binary(depth - 1) : other(depth - 1);
        return how.next(4) == 3 ? "((" + inner + "))" : "(" + inner + ")";
    }
};

/// What SQLite computes from some rows; empty where it takes the expression for none.
std::string computed(aps::sqlite::connection& database, const std::string& expression) {
    try {
        aps::sqlite::statement rows =
            database.prepare("SELECT typeof(e) || quote(e) FROM (SELECT (" + expression + ") AS e FROM t)");
        std::string all;
        while (rows.step()) all += std::string(rows.column_text(0)) + ";";
        return all;
    } catch (const aps::error&) {
        return {};
    }
}

aps::sqlite::connection& rows() {
    static aps::sqlite::connection database = [] {
        aps::sqlite::connection made = aps::sqlite::connection::memory();
        made.execute("CREATE TABLE t (a INTEGER, b TEXT, c);"
                     "INSERT INTO t VALUES (1, 'a', 'A'), (0, '1', 1), (NULL, NULL, NULL), (2, 'A', 1.5), (-3, 'a  b', "
                     "x'4a'), (9007199254740993, '', 0)");
        return made;
    }();
    return database;
}

[[noreturn]] void report(const char* what, const std::string& a, const std::string& b) {
    std::fprintf(stderr, "%s\n  %s\n  %s\n", what, a.c_str(), b.c_str());
    std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 4) return 0;
    const std::size_t changed = data[0];
    const std::size_t part = (size - 1) / 3;
    const choices what{data + 1, part};
    writer first{what, {data + 1 + part, part}};
    writer again{what, {data + 1 + 2 * part, part}};
    writer other{what, {data + 1 + 2 * part, part}, changed};
    const std::string a = first.any(4);
    const std::string b = again.any(4);
    const auto& rules = aps::sql::sqlite::expressions;
    if (!aps::sql::same_expression(a, b, rules)) report("the same, and not seen as such", a, b);
    const std::string c = other.any(4);
    if (!aps::sql::same_expression(a, c, rules)) return 0;
    const std::string one = computed(rows(), a);
    const std::string two = computed(rows(), c);
    if (!one.empty() && !two.empty() && one != two) report("not the same, and not seen as such", a, c);
    return 0;
}
