// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>
#include <autopack_schema/inspect/detail/catalog.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/model/sorted.hpp>
#include <autopack_schema/model/vector.hpp>
#include <autopack_schema/sql/sqlite/detail/read_statements.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::detail {

/// The stored statements of a database as the parser understood them.
/// shape: tables are in `tables`, with their columns and constraints; what is not in it was not understood
class stored_texts {
public:
    explicit stored_texts(const catalog& seen) {
        if (!read_at_once(seen)) read_one_by_one(seen);
        for (const sql::sqlite::parsed_schema& part : parts_) take(part);
        by_name_.sort();
    }

    /// The tables, without their indexes; views and triggers.
    model::schema schema() const { return schema_.view_of(); }

    const sql::sqlite::parsed_index* index(std::string_view name) const {
        for (const model::ranked& found : by_name_.find(name)) {
            if (indexes_[found.at]->index.name.text == name) return indexes_[found.at];
        }
        return nullptr;
    }

private:
    /// A statement by itself on its lines: a comment may be the last thing in it.
    static void append(std::string& text, std::string_view sql) {
        text += sql;
        text += "\n;\n";
    }

    bool read_at_once(const catalog& seen) {
        std::string text;
        for (const catalog_object& o : seen.objects) append(text, o.sql);
        try {
            parts_.push_back(sql::sqlite::read_statements(text));
            return true;
        } catch (const error&) {
            return false; // one of them is beyond the parser
        }
    }

    void read_one_by_one(const catalog& seen) {
        for (const catalog_object& o : seen.objects) {
            try {
                std::string text;
                append(text, o.sql);
                parts_.push_back(sql::sqlite::read_statements(text));
            } catch (const error&) { // the assembler misses it and says so
            }
        }
    }

    void take(const sql::sqlite::parsed_schema& part) {
        const model::vector<sql::sqlite::parsed_index> none;
        for (const sql::sqlite::parsed_table& t : part.tables) add_to(schema_, t, none);
        for (const sql::sqlite::parsed_index& i : part.indexes) {
            by_name_.add(i.index.name, indexes_.size());
            indexes_.push_back(&i);
        }
        for (const sql::sqlite::parsed_view& v : part.views) schema_.add_view(v.view, v.columns);
        for (const model::trigger& t : part.triggers) schema_.add_trigger(t);
    }

    model::vector<sql::sqlite::parsed_schema> parts_;
    model::vector<const sql::sqlite::parsed_index*> indexes_;
    model::name_index by_name_; ///< of the indexes
    model::builder schema_;
};

} // namespace autopack_schema::detail
