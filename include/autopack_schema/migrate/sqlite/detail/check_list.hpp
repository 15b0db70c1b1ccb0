// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/migrate/plan.hpp>
#include <autopack_schema/migrate/sqlite/detail/row_source.hpp>
#include <autopack_schema/model/vector.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::migrate::sqlite::detail {

/// The questions that the rows of one table must answer before they are copied or changed.
class check_list {
public:
    check_list(const table_pair& pair, std::vector<pre_check>& out)
        : pair_(pair), sources_(sources_of(pair)), rowid_(rowid_name(pair.live, pair.was)), out_(out) {}

    const table_pair& pair() const { return pair_; }
    const model::vector<column_source>& sources() const { return sources_; }
    std::string table() const { return in_main(pair_.was.name.text); }

    const column_source* source(const model::name& column) const {
        for (const column_source& s : sources_) {
            if (s.column->name == column) return &s;
        }
        return nullptr;
    }

    /// The rows as the new table would have them; the old table itself where a text names only what stays.
    std::string rows(std::string_view text, std::string_view alias = {}) const {
        bool changed = false;
        std::string list = rowid_.empty() ? "" : std::string(rowid_) + " AS \"row\"";
        for (const column_source& s : sources_) {
            if (!migrate::detail::mentions(text, s.column->name.text)) continue;
            changed = changed || !is_unchanged(pair_, s);
            list += (list.empty() ? "" : ", ") + kept_value(pair_, s) + " AS " + quote_identifier(s.column->name.text);
        }
        const std::string as = " AS " + quote_identifier(alias.empty() ? pair_.is.name.text : alias);
        if (!changed) return alias.empty() ? table() : table() + as;
        if (rowid_.empty()) list += ", " + key_text() + " AS \"row\"";
        return "(SELECT " + list + " FROM " + table() + ")" + as;
    }

    /// What names a row of `rows`: its number, or the first part of its key.
    std::string row(std::string_view source) const {
        if (source.front() == '(') return "\"row\"";
        return rowid_.empty() ? key_text() : std::string(rowid_);
    }

    /// `rowid` where there are row numbers, to be put before a row's name.
    std::string_view row_word() const { return rowid_.empty() ? "key " : "rowid "; }

    /// Adds a question about single rows.
    void add(pre_check check) {
        check.key = "'" + std::string(row_word()) + "' || " + row(check.from);
        const bool numbered = check.from.front() != '(' && !rowid_.empty();
        check.show = "SELECT " + (numbered ? std::string(rowid_) + ", *" : std::string("*")) + " FROM " + check.from +
                     " WHERE " + check.where + " LIMIT 20";
        add_as_it_is(std::move(check));
    }

    /// Adds a question that has its own words for rows.
    void add_as_it_is(pre_check check) {
        check.table = pair_.is.name.text;
        out_.push_back(std::move(check));
    }

private:
    std::string key_text() const {
        const auto parts = pair_.live.parts_of(pair_.was.key);
        return parts.empty() || parts[0].is_expression ? "'?'" : "quote(" + quote_identifier(parts[0].text.text) + ")";
    }

    const table_pair& pair_;
    model::vector<column_source> sources_;
    std::string_view rowid_;
    std::vector<pre_check>& out_;
};

} // namespace autopack_schema::migrate::sqlite::detail
