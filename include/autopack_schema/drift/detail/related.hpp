// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/drift/detail/program.hpp>
#include <autopack_schema/drift/report.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/tokenizer.hpp>
#include <autopack_schema/sql/unquoted.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::drift::detail {

/// What SQLite thinks of a table or a view.
struct object_opinion {
    std::string object{};
    opinion answer = opinion::same;
    std::string statement{};
};

inline bool is_listed(const std::vector<std::string>& names, std::string_view wanted) {
    for (const std::string& name : names) {
        if (model::same_name(name, wanted)) return true;
    }
    return false;
}

/// Which tables and views show in each other's programs: those tied by foreign keys, triggers and views.
class relations {
public:
    relations(const model::schema& expected, const model::schema& actual) {
        for (const model::schema* s : {&expected, &actual}) add_names(*s);
        group_.resize(names_.size());
        for (std::size_t i = 0; i < group_.size(); ++i) group_[i] = i;
        for (const model::schema* s : {&expected, &actual}) add_ties(*s);
        for (const model::trigger& t : expected.triggers) { // one that has moved shows in both tables
            const model::trigger* const there = model::find(actual.triggers, t.name);
            if (there != nullptr) tie(t.table, there->table);
        }
    }

    /// Tells whether a report has a finding on an object or on one that is tied to it.
    bool any_finding(const report& r, std::string_view object) const {
        for (const finding& f : r.findings) {
            if (tied(f.table.empty() ? f.object : f.table, object)) return true;
        }
        return false;
    }

    /// Tells whether SQLite was asked about an object and sees no difference in it nor in what is tied to it.
    bool all_same(const model::vector<object_opinion>& opinions, std::string_view object) const {
        bool asked_itself = false;
        for (const object_opinion& o : opinions) {
            if (tied(o.object, object) && o.answer != opinion::same) return false;
            asked_itself = asked_itself || model::same_name(o.object, object);
        }
        return asked_itself;
    }

private:
    bool tied(std::string_view a, std::string_view b) const {
        const std::size_t i = position(a);
        const std::size_t j = position(b);
        return model::same_name(a, b) || (i < names_.size() && j < names_.size() && group_[i] == group_[j]);
    }

    std::size_t position(std::string_view name) const {
        std::size_t at = 0;
        while (at < names_.size() && !model::same_name(names_[at], name)) ++at;
        return at;
    }

    void add_names(const model::schema& s) {
        for (const model::table& t : s.tables) add_name(t.name);
        for (const model::view& v : s.views) add_name(v.name);
    }

    void add_name(std::string_view name) {
        if (!is_listed(names_, name)) names_.emplace_back(name);
    }

    void tie(std::string_view a, std::string_view b) {
        const std::size_t i = position(a);
        const std::size_t j = position(b);
        if (i == names_.size() || j == names_.size()) return;
        const std::size_t old = group_[j];
        for (std::size_t& group : group_) {
            if (group == old) group = group_[i];
        }
    }

    void tie_mentioned(std::string_view object, std::string_view text) {
        for (const sql::token& t : sql::tokenize(text)) {
            if (t.is_name()) tie(object, sql::unquote(t.text));
        }
    }

    void add_ties(const model::schema& s) {
        for (const model::table& t : s.tables) {
            for (const model::foreign_key& f : s.foreign_keys_of(t)) tie(t.name, f.parent);
        }
        for (const model::trigger& t : s.triggers) tie_mentioned(t.table, t.definition);
        for (const model::view& v : s.views) tie_mentioned(v.name, v.definition);
    }

    std::vector<std::string> names_;
    model::vector<std::size_t> group_;
};

} // namespace autopack_schema::drift::detail
