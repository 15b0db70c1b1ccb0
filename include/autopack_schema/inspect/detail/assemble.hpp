// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/inspect/detail/agree.hpp>
#include <autopack_schema/inspect/detail/catalog.hpp>
#include <autopack_schema/inspect/detail/from_catalog.hpp>
#include <autopack_schema/inspect/detail/stored_text.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace autopack_schema::detail {

/// Puts a snapshot together from SQLite's catalogue and from the stored texts as they were understood.
/// shape: the catalogue decides what there is; where the text says something else, the catalogue is believed and the
///        object is listed as one that could not be compared
class assembler {
public:
    assembler(const catalog& seen, const stored_texts& texts) : seen_(seen), texts_(texts), written_(texts.schema()) {
        for (const catalog_object& o : seen.objects) {
            if (o.what == sort::index) indexes_of_[o.table].push_back(&o);
        }
        for (const model::table& t : written_.tables) tables_.emplace(t.name.text, &t);
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

    void add_table(const catalog_object& o) {
        const auto found = tables_.find(o.name);
        const model::table* const t = found != tables_.end() ? found->second : nullptr;
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
        const auto stored = indexes_of_.find(table.name);
        if (stored == indexes_of_.end()) return;
        for (const catalog_object* o : stored->second) {
            const auto facts = std::find_if(table.indexes.begin(), table.indexes.end(),
                                            [o](const catalog_index& i) { return i.name == o->name; });
            if (!o->sql.empty() && facts != table.indexes.end()) add_index(*o, *facts);
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
        const auto found = tables_.find(o.name);
        const bool known = found != tables_.end() && found->second->kind == model::table_kind::virtual_;
        add_virtual_table_from(o, known ? found->second->module : std::string_view{}, result_.content(),
                               text_);
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
    std::unordered_map<std::string_view, std::vector<const catalog_object*>> indexes_of_;
    std::unordered_map<std::string_view, const model::table*> tables_;
    model::snapshot result_;
};

} // namespace autopack_schema::detail
