// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/detail/printable.hpp>
#include <autopack_schema/drift/report.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::drift::detail {

/// One finding as a sentence, for outputs that have one field for it.
inline std::string sentence(const finding& f) {
    std::string text = f.object + ": " + f.message;
    if (!f.expected.empty()) text += "; expected " + f.expected;
    if (!f.actual.empty()) text += (f.expected.empty() ? "; found " : ", found ") + f.actual;
    if (!f.suggestion.empty()) text += "; " + f.suggestion;
    return text;
}

inline std::size_t count_of(const report& r, severity level) {
    std::size_t count = 0;
    for (const finding& f : r.findings) count += f.level == level ? 1 : 0;
    return count;
}

/// "2 breaking, 1 semantic", the worst first; empty without findings.
inline std::string severity_summary(const report& r) {
    std::string text;
    for (std::size_t i = severity_names.size(); i-- > 0;) {
        const std::size_t found = count_of(r, static_cast<severity>(i));
        if (found == 0) continue;
        if (!text.empty()) text += ", ";
        text += std::to_string(found) + ' ' + std::string(severity_names[i]);
    }
    return text;
}

/// A kind of objects with its count.
struct covered_kind {
    std::string_view name;
    object_count count;
};

/// The kinds of objects with their counts, as reports name them.
inline std::array<covered_kind, 9> coverage_list(const coverage& c) {
    return {{{"tables", c.tables},
             {"columns", c.columns},
             {"primary keys", c.primary_keys},
             {"uniques", c.uniques},
             {"checks", c.checks},
             {"foreign keys", c.foreign_keys},
             {"indexes", c.indexes},
             {"views", c.views},
             {"triggers", c.triggers}}};
}

/// "tables 7/9, columns 62/62": expected and in the database.
inline std::string coverage_summary(const coverage& c) {
    std::string text;
    for (const auto& [name, count] : coverage_list(c)) {
        if (count.expected == 0 && count.actual == 0) continue;
        if (!text.empty()) text += ", ";
        text += std::string(name) + ' ' + std::to_string(count.expected) + '/' + std::to_string(count.actual);
    }
    return text.empty() ? "nothing" : text;
}

} // namespace autopack_schema::drift::detail
