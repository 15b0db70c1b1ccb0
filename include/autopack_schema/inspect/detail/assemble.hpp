// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/inspect/detail/agree.hpp>
#include <autopack_schema/inspect/detail/catalog.hpp>
#include <autopack_schema/inspect/detail/from_catalog.hpp>
#include <autopack_schema/inspect/detail/stored_text.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/model/sorted.hpp>

#include <string>
#include <string_view>

namespace autopack_schema::detail {

/// Puts a snapshot together from SQLite's catalogue and from the stored texts as they were understood.
/// shape: the catalogue decides what there is; where the text says something else, the catalogue is believed and the
///        object is listed as one that could not be compared
class assembler {
public:
    assembler(const catalog& seen, const stored_texts& texts) : seen_(seen), texts_(texts), written_(texts.schema()) {
        for (std::size_t at = 0; at < seen.objects.size(); ++at) {
            if (seen.objects[at].what == sort::index) indexes_of_.add(seen.objects[at].table, at);
        }
        for (std::size_t at = 0; at < written_.tables.size(); ++at) tables_.add(written_.tables[at].name, at);
        indexes_of_.sort();
        tables_.sort();
    }

    model::snapshot assemble() {
        for (const catalog_object& o : seen_.objects) {
            if (is_internal(o)) continue;
            if (o.what == sort::table) add_table(o);
            if (o.what == sort::virtual_table) add_virtual_table(o);
        }
        for (const catalog_object& o : seen_.objects) {
            if (is_internal(o)) continue;
            if (o.what == sort::view) add_view(o);
            if (o.what == sort::trigger) add_trigger(o);
        }
        for (const model::unmodelled& o : seen_.elsewhere) result_.content().add_other(o);
        result_.own_text();
        return std::move(result_);
    }

private:
    using sort = catalog_object::sort;

    /// Tables, indexes and triggers of SQLite itself; a view cannot have such a name.
    static bool is_internal(const catalog_object& o) {
        return model::same_name(o.name.substr(0, 7), "sqlite_") || model::same_name(o.table.substr(0, 7), "sqlite_");
    }

    void distrust(std::string_view kind, const catalog_object& o, std::string_view what) {
        const std::string reason = what.empty() ? "its text could not be understood"
                                                : "its text and SQLite disagree on " + std::string(what);
        result_.content().add_other({kind, o.name, o.sql, result_.keep(reason)});
    }

    /// The table as its text was understood; null: it was not.
    const model::table* written_table(std::string_view name) const {
        for (const model::ranked& found : tables_.find(name)) {
            if (written_.tables[found.at].name.text == name) return &written_.tables[found.at];
        }
        return nullptr;
    }

    void add_table(const catalog_object& o) {
        const model::table* const t = written_table(o.name);
        const std::string_view problem = t != nullptr ? table_disagreement({written_, *t}, o) : std::string_view{};
        if (t == nullptr || t->kind != model::table_kind::ordinary || !problem.empty()) {
            add_table_from(o, result_.content(), text_);
            distrust("table", o, problem);
        } else {
            add_written_table(*t, o);
        }
        add_indexes(o);
    }

    void add_written_table(const model::table& t, const catalog_object& o) {
        model::builder& to = result_.content();
        model::table& added = to.add_table(t);
        added.sql = o.sql;
        added.name = o.name;
        for (const model::column& c : written_.columns_of(t)) to.add_column(c);
        if (t.key.present()) to.set_primary_key(t.key, written_.parts_of(t.key));
        for (const auto& u : written_.uniques_of(t)) to.add_unique(u, written_.parts_of(u));
        for (const auto& c : written_.checks_of(t)) to.add_check(c);
        for (const auto& f : written_.foreign_keys_of(t)) {
            to.add_foreign_key(f, written_.names_of(f.columns), written_.names_of(f.parent_columns));
        }
    }

    /// Adds the indexes of the table that was added last, in the order in which they were made.
    void add_indexes(const catalog_object& table) {
        for (const model::ranked& found : indexes_of_.find(table.name)) {
            const catalog_object& o = seen_.objects[found.at];
            if (o.table != table.name || o.sql.empty()) continue;
            for (const catalog_index& facts : table.indexes) {
                if (facts.name == o.name) add_index(o, facts);
            }
        }
    }

    void add_index(const catalog_object& o, const catalog_index& facts) {
        const sql::sqlite::parsed_index* const written = texts_.index(o.name);
        model::index i;
        i.name = o.name;
        i.unique = facts.unique;
        i.sql = o.sql;
        const std::string_view problem =
            written != nullptr ? index_disagreement(written->index, written->parts, facts) : std::string_view{};
        if (written == nullptr || !problem.empty()) {
            result_.content().add_index(i, parts_from(facts));
            return distrust("index", o, problem);
        }
        i.where = written->index.where;
        result_.content().add_index(i, written->parts);
    }

    void add_virtual_table(const catalog_object& o) {
        const model::table* const t = written_table(o.name);
        const bool known = t != nullptr && t->kind == model::table_kind::virtual_;
        add_virtual_table_from(o, known ? t->module : std::string_view{}, result_.content(), text_);
        if (!o.problem.empty()) {
            result_.content().add_other({"table", o.name, o.sql, o.problem});
        } else if (!known) {
            distrust("table", o, {});
        }
    }

    void add_view(const catalog_object& o) {
        const model::view* const written = model::find(written_.views, o.name);
        model::view v = written != nullptr ? *written : model::view{};
        v.name = o.name;
        v.sql = o.sql;
        if (written == nullptr) v.definition = o.sql;
        result_.content().add_view(v, written != nullptr ? written_.names_of(written->columns)
                                                         : model::items<model::name>{});
        if (written == nullptr) distrust("view", o, {});
    }

    void add_trigger(const catalog_object& o) {
        const model::trigger* const written = model::find(written_.triggers, o.name);
        model::trigger t = written != nullptr ? *written : model::trigger{};
        t.name = o.name;
        t.table = o.table;
        t.sql = o.sql;
        if (written == nullptr) t.definition = o.sql;
        result_.content().add_trigger(t);
        if (written == nullptr) distrust("trigger", o, {});
    }

    const catalog& seen_;
    const stored_texts& texts_;
    model::schema written_;
    model::text_arena text_; ///< until the snapshot owns its text
    model::name_index indexes_of_; ///< positions in seen_.objects, by table
    model::name_index tables_;     ///< positions in written_.tables
    model::snapshot result_;
};

} // namespace autopack_schema::detail
