// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/describe.hpp>
#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/detail/draft.hpp>
#include <autopack_schema/migrate/detail/merge_table.hpp>
#include <autopack_schema/migrate/detail/merge_virtual.hpp>
#include <autopack_schema/migrate/target_types.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::migrate::detail {

/// Carries the changes from a live schema to a wanted one over into a copy of the live one, as far as they are allowed.
class merger {
public:
    merger(const model::schema& live, const model::schema& wanted, const rules& dialect,
           model::items<data_rule> data_rules, target_options options, effective_target& out)
        : live_(live), wanted_(wanted), dialect_(dialect), rules_(data_rules), options_(options), out_(out) {}

    void run() {
        for (const model::table& t : live_.tables) drafts_.push_back(table_draft::of(live_, t));
        keep_view_ = model::vector<bool>(live_.views.size(), true);
        keep_trigger_ = model::vector<bool>(live_.triggers.size(), true);
        const std::vector<change> changes = diff(live_, wanted_, dialect_);
        for (const change& c : changes) note_dropped_column(c);
        for (const change& c : changes) {
            if (!apply(c)) out_.kept.push_back({c.kind, object_label(c, live_, wanted_)});
        }
        for (table_draft& d : drafts_) finish(d);
        check_places();
        write();
    }

private:
    bool allowed(rule_kind kind, const model::name& table, const model::name& name) const {
        return find_rule(rules_, kind, table, name) != nullptr;
    }

    void note_dropped_column(const change& c) {
        if (c.kind != change_kind::drop_column) return;
        table_draft& d = drafts_[c.from_table];
        auto& column = d.columns[c.from - live_.tables[c.from_table].columns.first];
        column.gone = allowed(rule_kind::drop_column, d.table.name, column.value.name);
        column.unknown = true;
    }

    /// False: the live schema stays as it is.
    bool apply(const change& c) {
        switch (c.what) {
        case element::view: return apply_view(c);
        case element::trigger: return apply_trigger(c);
        default: break;
        }
        if (c.kind == change_kind::add_table) {
            new_tables_.push_back(c.to);
            return true;
        }
        table_draft& d = drafts_[c.from_table];
        if (c.kind == change_kind::drop_table) return d.gone = allowed(rule_kind::drop_table, d.table.name, {});
        if (c.kind == change_kind::drop_index) return drop_index(d, c);
        if (is_remade(live_.tables[c.from_table], wanted_.tables[c.to_table])) return apply_virtual(d, c);
        return table_merge{live_, wanted_, options_, d, c}.apply();
    }

    /// A virtual table is made anew whatever changes in it; an unknown column alone is no reason.
    bool apply_virtual(table_draft& d, const change& c) const {
        if (is_cosmetic(c.kind) && !options_.exact) return false;
        const bool stays = c.kind == change_kind::drop_column &&
                           !d.columns[c.from - live_.tables[c.from_table].columns.first].gone;
        d.remade = d.remade || !stays;
        return !stays;
    }

    /// An index goes when that is allowed, when its column goes, or when the wanted schema has its name elsewhere.
    bool drop_index(table_draft& d, const change& c) {
        auto& index = d.indexes[c.from - live_.tables[c.from_table].indexes.first];
        index.gone = allowed(rule_kind::drop_index, {}, index.value.name) ||
                     model::find(wanted_.indexes, index.value.name) != nullptr || on_dropped_column(d, index);
        return index.gone;
    }

    static bool on_dropped_column(const table_draft& d, const drafted<model::index>& index) {
        for (const auto& column : d.columns) {
            if (!column.gone) continue;
            if (mentions(index.parts, column.value.name) || mentions(index.value.where, column.value.name)) return true;
        }
        return false;
    }

    bool apply_view(const change& c) {
        if (c.kind == change_kind::add_view) return true;
        const model::name& name = live_.views[c.from].name;
        if (c.kind == change_kind::drop_view && !allowed(rule_kind::drop_view, {}, name)) return false;
        keep_view_[c.from] = false;
        return true;
    }

    bool apply_trigger(const change& c) {
        if (c.kind == change_kind::add_trigger) return true;
        const model::name& name = live_.triggers[c.from].name;
        if (c.kind == change_kind::drop_trigger && !allowed(rule_kind::drop_trigger, {}, name)) return false;
        keep_trigger_[c.from] = false;
        return true;
    }

    void finish(table_draft& d) {
        if (d.gone) return;
        if (d.remade) return remake(d);
        const model::table* const known = model::find_table(wanted_, d.table.name);
        if (options_.exact && known != nullptr) order_columns(d, *known);
        for (const auto& column : d.columns) {
            if (column.unknown && !column.gone) check_unknown(d, column.value);
        }
    }

    void remake(table_draft& d) {
        virtual_merge merge{live_, wanted_, options_, d, out_};
        const model::table& is = *model::find_table(wanted_, d.table.name);
        for (std::size_t i = 0; i < live_.triggers.size() && is.kind == model::table_kind::virtual_; ++i) {
            if (keep_trigger_[i] && live_.triggers[i].table == d.table.name) merge.refuse_trigger(live_.triggers[i]);
        }
        merge.run();
    }

    /// Puts the columns into the order of the wanted table, unknown ones behind.
    void order_columns(table_draft& d, const model::table& known) const {
        model::vector<drafted_column> ordered;
        for (const model::column& c : wanted_.columns_of(known)) {
            for (const auto& column : d.columns) {
                if (!column.gone && column.value.name == c.name) ordered.push_back(column);
            }
        }
        for (const auto& column : d.columns) {
            if (model::find_column(wanted_, known, column.value.name) == nullptr) ordered.push_back(column);
        }
        d.columns = std::move(ordered);
    }

    void check_unknown(const table_draft& d, const model::column& c) {
        if (c.nullable || c.default_to.present() || c.generated != model::generated_kind::none) return;
        for (const model::key_part& p : d.key_parts) {
            if (p.text == c.name) return;
        }
        const std::string table(d.table.name.text);
        const std::string column(c.name.text);
        if (allowed(rule_kind::keep_column, d.table.name, c.name)) {
            out_.notes.push_back("column " + table + "." + column + " stays, and inserts that do not name it fail");
            return;
        }
        out_.blockers.push_back(
            {.code = "S381",
             .table = table,
             .column = column,
             .what = "the definitions do not know the column, and it is NOT NULL without a default: their inserts fail",
             .advice = "check that this is the right schema for the database, then allow 'keep column " + table + "." +
                       column + "' or 'drop column " + table + "." + column + "'"});
    }

    /// Tables and views share their names: a new one may not have that of one that stays.
    void check_places() {
        for (const std::uint32_t t : new_tables_) {
            for (std::size_t v = 0; v < live_.views.size(); ++v) {
                if (keep_view_[v] && live_.views[v].name == wanted_.tables[t].name)
                    refuse_place(wanted_.tables[t].name, "view");
            }
        }
        for (const model::view& v : wanted_.views) {
            for (const table_draft& d : drafts_) {
                if (!d.gone && d.table.name == v.name) refuse_place(v.name, "table");
            }
        }
    }

    void refuse_place(const model::name& name, std::string_view what) {
        const std::string kind(what);
        out_.blockers.push_back({.code = "S380",
                                 .table = std::string(name.text),
                                 .what = "a " + kind + " that the definitions do not know has this name",
                                 .advice = "rename it, or allow 'drop " + kind + " " + std::string(name.text) + "'"});
    }

    void write() {
        model::builder& content = out_.schema.content();
        content.name = wanted_.name;
        content.version = wanted_.version;
        for (const table_draft& d : drafts_) {
            if (!d.gone) d.write(content);
        }
        for (const std::uint32_t t : new_tables_) content.copy_table(wanted_, wanted_.tables[t]);
        for (std::size_t i = 0; i < live_.views.size(); ++i) {
            if (keep_view_[i]) content.add_view(live_.views[i], live_.names_of(live_.views[i].columns));
        }
        for (std::size_t i = 0; i < live_.triggers.size(); ++i) {
            if (keep_trigger_[i] && !goes_with_its_table(live_.triggers[i])) content.add_trigger(live_.triggers[i]);
        }
        write_new_statements(content);
        for (const model::unmodelled& o : live_.others) content.add_other(o);
        out_.schema.own_text();
    }

    bool goes_with_its_table(const model::trigger& t) const {
        for (const table_draft& d : drafts_) {
            if (d.gone && d.table.name == t.table) return true;
        }
        return false;
    }

    /// Adds the views and triggers of the wanted schema that the live one lacks or has with another text.
    void write_new_statements(model::builder& content) const {
        for (const model::view& v : wanted_.views) {
            if (model::find(model::items<model::view>(content.views), v.name) != nullptr) continue;
            model::view made = v;
            made.sql = {};
            content.add_view(made, wanted_.names_of(v.columns));
        }
        for (const model::trigger& t : wanted_.triggers) {
            if (model::find(model::items<model::trigger>(content.triggers), t.name) != nullptr) continue;
            model::trigger made = t;
            made.sql = {};
            content.add_trigger(made);
        }
    }

    const model::schema& live_;
    const model::schema& wanted_;
    const rules& dialect_;
    model::items<data_rule> rules_;
    target_options options_;
    effective_target& out_;
    model::vector<table_draft> drafts_;
    model::vector<std::uint32_t> new_tables_;
    model::vector<bool> keep_view_;
    model::vector<bool> keep_trigger_;
};

} // namespace autopack_schema::migrate::detail
