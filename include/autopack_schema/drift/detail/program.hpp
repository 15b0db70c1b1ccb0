// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/name.hpp>
#include <autopack_schema/model/sorted.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The programs that SQLite makes of statements, without what depends on where things lie in a file.

namespace autopack_schema::drift::detail {

/// What a statement compiles to: its instructions in order, the same without addresses and registers in any order,
/// or the error.
struct program {
    std::vector<std::string> exact{};
    std::vector<std::string> parts{};
    std::string error{};
    bool is_cut = false; ///< something of it cannot be seen
};

/// The names of what begins at each page of a database, which has few.
using page_names = std::vector<std::string>;

inline page_names read_page_names(sqlite::connection& database) {
    page_names names;
    sqlite::statement rows = database.prepare("SELECT rootpage, type, tbl_name, name FROM main.sqlite_schema");
    while (rows.step()) {
        const bool is_table = rows.column_text(1) == "table";
        std::string name(rows.column_text(is_table ? 3 : 2));
        for (char& c : name) c = model::fold(c);
        const auto page = static_cast<std::size_t>(rows.column_int64(0));
        while (names.size() <= page) names.emplace_back();
        names[page] = (is_table ? "table " : "index of ") + name;
    }
    return names;
}

/// INTEGER and NUMERIC affinity store alike: 'D' and 'C', 0x44 and 0x43.
inline std::string affinity_text(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c == 'D') c = 'C';
    }
    return out;
}

/// A key's collations and directions: BINARY is what no name means, and how many columns follow without either does not
/// matter, for SQLite leaves the row number out where NULLs are known to be impossible.
inline std::string key_text(std::string_view p4) {
    std::string out(p4.substr(0, p4.find_last_not_of(')') + 1));
    out.erase(1, std::min(out.find(','), out.size()) - 1);
    for (std::size_t at = 1; at < out.size(); ++at) {
        const bool ends = at + 1 == out.size() || out[at + 1] == ',';
        if (out[at] == 'B' && ends && (out[at - 1] == ',' || out[at - 1] == '-')) out.erase(at--, 1);
    }
    while (!out.empty() && out.back() == ',') out.pop_back();
    return out;
}

inline bool is_one(std::string_view wanted, std::initializer_list<std::string_view> words) {
    return model::contains(words, wanted);
}

/// What P4 says, where it does not hang on spelling or on addresses in memory.
inline std::string operand_text(std::string_view opcode, std::string_view p4) {
    if (is_one(opcode, {"Halt", "HaltIfNull", "TypeCheck", "Program", "Column"})) return {};
    if (p4.starts_with("vtab:") || p4.starts_with("program")) return {};
    if (is_one(opcode, {"Affinity", "MakeRecord"})) return affinity_text(p4);
    if (p4.starts_with("k(")) return key_text(p4);
    if (is_one(opcode, {"String8", "Blob"})) return std::string(p4);
    std::string text(p4);
    for (char& c : text) c = model::fold(c);
    return text;
}

inline std::int64_t flags_of(std::string_view opcode, std::int64_t p5) {
    constexpr std::int64_t mask = 0x47;
    constexpr std::int64_t numeric = 0x43;
    constexpr std::int64_t integer = 0x44;
    if (!is_one(opcode, {"Eq", "Ne", "Lt", "Le", "Gt", "Ge"}) || (p5 & mask) != integer) return p5;
    return (p5 & ~mask) | numeric;
}

/// Adds one row of EXPLAIN: addr, opcode, p1, p2, p3, p4, p5.
inline void add_instruction(program& to, const sqlite::statement& row, const page_names& pages) {
    const std::string opcode(row.column_text(1));
    if (is_one(opcode, {"Transaction", "Noop", "Explain", "Trace"})) return;
    const bool opens = is_one(opcode, {"OpenRead", "OpenWrite", "ReopenIdx", "Clear"});
    const auto root = static_cast<std::size_t>(row.column_int64(opcode == "Clear" ? 2 : 3));
    const std::string name = opens && root < pages.size() ? pages[root] : std::string();
    const bool raises = opcode == "Halt" && row.column_int64(2) == SQLITE_CONSTRAINT_TRIGGER; // a trigger's own words
    const std::string operand = raises ? std::string(row.column_text(5)) : operand_text(opcode, row.column_text(5));
    // EXPLAIN shows a blob up to its first zero only
    to.is_cut = to.is_cut || (opcode == "Blob" && row.column_int64(2) != static_cast<std::int64_t>(operand.size()));
    const std::string flags = std::to_string(flags_of(opcode, row.column_int64(6)));
    const auto number = [&row](int column) { return std::to_string(row.column_int64(column)); };
    const std::string common = opcode + ' ' + name + '|' + operand + '|' + flags;
    to.exact.push_back(common + '|' + number(2) + '|' + (opens ? std::string() : number(3)) + '|' + number(4));
    std::string part = common;
    if (is_one(opcode, {"Integer", "Halt", "HaltIfNull", "FkCounter", "FkIfZero", "SoftNull"})) part += '|' + number(2);
    if (is_one(opcode, {"Halt", "HaltIfNull", "Column", "FkCounter", "VColumn", "MakeRecord"})) part += '|' + number(3);
    to.parts.push_back(std::move(part));
}

/// A constant is loaded once or more often, as it is written.
inline bool is_same_constant(const std::string& a, const std::string& b) {
    return a == b && (a.starts_with("Integer ") || a.starts_with("String8 ") || a.starts_with("Real "));
}

/// Compiles a statement; nothing of it is run.
inline program explain(sqlite::connection& database, const page_names& pages, const std::string& sql) {
    program made;
    try {
        sqlite::statement rows = database.prepare("EXPLAIN " + sql);
        while (rows.step()) add_instruction(made, rows, pages);
        std::vector<std::string> parts = std::move(made.parts);
        made.parts.clear();
        std::sort(parts.begin(), parts.end());
        for (std::string& part : parts) {
            if (made.parts.empty() || !is_same_constant(made.parts.back(), part)) made.parts.push_back(std::move(part));
        }
    } catch (const error& failure) {
        made.error = failure.info().what_happened;
    }
    return made;
}

/// What two programs have to say of their schemas.
enum class opinion : std::uint8_t { same, hidden, reordered, different, unknown };

inline opinion compare(const program& a, const program& b) {
    if (!a.error.empty() && !b.error.empty()) return opinion::unknown;
    if (!a.error.empty() || !b.error.empty()) return opinion::different;
    if (a.exact == b.exact) return a.is_cut ? opinion::hidden : opinion::same;
    return a.parts == b.parts ? opinion::reordered : opinion::different;
}

} // namespace autopack_schema::drift::detail
