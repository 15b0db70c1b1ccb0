// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/db/sqlite/connection.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/inspect/sqlite.hpp>
#include <autopack_schema/migrate/data_rule.hpp>
#include <autopack_schema/migrate/run_options.hpp>
#include <autopack_schema/migrate/sqlite/run.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/snapshot.hpp>
#include <autopack_schema/ops/build_129/versions.hpp>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::ops::build_129 {

/// What the SQL migrations 003 and 004 found and did.
struct migration_outcome {
    bool key_fixed = false;         ///< 003: the foreign key of the phase
    bool check_fixed = false;       ///< 004: the CHECK of the complexity
    bool unique_added = false;      ///< of run and phase, which 003 needs
    std::int64_t indexes_added = 0; ///< those of 002 that earlier rebuilds had lost
    bool view_fixed = false;        ///< the view with the misnamed column
    std::int64_t mapped = 0;        ///< rows with 'critical'
    std::string backup{};

    bool any() const {
        return key_fixed || check_fixed || unique_added || indexes_added > 0 || view_fixed || mapped > 0;
    }
};

namespace detail {

inline constexpr model::name events_table{"token_estimation_v2_events"};

inline bool same_names(model::items<model::name> a, std::initializer_list<std::string_view> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const model::name& x, std::string_view y) { return x == model::name(y); });
}

inline bool same_parts(model::items<model::key_part> a, model::items<model::key_part> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return x.text == y.text; });
}

/// Builds what the two migrations lead to from what a file has: columns, other constraints, indexes and views stay.
class target_builder {
public:
    target_builder(const model::schema& live, migration_outcome& outcome) : live_(live), outcome_(outcome) {}

    model::snapshot build() {
        for (const model::table& t : live_.tables) {
            made().copy_table(live_, t);
            if (t.name == model::name("phases")) make_unique(t);
            if (t.name == events_table) replace_last(t);
        }
        add_views();
        for (const model::trigger& t : live_.triggers) made().add_trigger(t);
        for (const model::unmodelled& o : live_.others) made().add_other(o);
        wanted_.own_text();
        return std::move(wanted_);
    }

private:
    model::builder& made() { return wanted_.content(); }

    bool is_unique_phase(model::items<model::key_part> parts) const {
        return parts.size() == 2 && parts[0].text == model::name("run_id") && parts[1].text == model::name("phase_id");
    }

    /// Gives phases the unique index of 003 where nothing keeps (run_id, phase_id) unique.
    void make_unique(const model::table& t) {
        for (const auto& u : live_.uniques_of(t)) {
            if (is_unique_phase(live_.parts_of(u))) return;
        }
        for (const auto& i : live_.indexes_of(t)) {
            if (i.unique && i.where.empty() && is_unique_phase(live_.parts_of(i))) return;
        }
        const model::schema pack = sql_004::version.model();
        const model::table& defined = *model::find_table(pack, model::name("phases"));
        for (const auto& i : pack.indexes_of(defined)) {
            if (i.unique) made().add_index(i, pack.parts_of(i));
        }
        outcome_.unique_added = true;
    }

    /// Puts the table together again, with the foreign key and the CHECK.
    void replace_last(const model::table& t) {
        model::snapshot rest = model::snapshot::copy_of(made().view_of());
        model::builder& b = rest.content();
        b.tables.pop_back();
        model::table edited = t;
        edited.sql = {};
        b.add_table(edited);
        for (const auto& c : live_.columns_of(t)) b.add_column(c);
        if (t.key.present()) b.set_primary_key(t.key, live_.parts_of(t.key));
        for (const auto& u : live_.uniques_of(t)) b.add_unique(u, live_.parts_of(u));
        add_checks(b, t);
        add_keys(b, t);
        for (const auto& i : live_.indexes_of(t)) b.add_index(i, live_.parts_of(i));
        add_lost_indexes(b, t);
        rest.own_text();
        wanted_ = std::move(rest);
    }

    void add_checks(model::builder& b, const model::table& t) {
        bool right = false;
        for (const auto& c : live_.checks_of(t)) {
            const bool about_complexity = c.expression.find("complexity") != std::string_view::npos;
            const bool allows = c.expression.find("maintenance") != std::string_view::npos &&
                                c.expression.find("critical") == std::string_view::npos;
            right = right || (about_complexity && allows);
            if (!about_complexity || allows) b.add_check(c);
        }
        if (right) return;
        const model::schema pack = sql_004::version.model();
        for (const auto& c : pack.checks_of(*model::find_table(pack, events_table))) b.add_check(c);
        outcome_.check_fixed = true;
    }

    void add_keys(model::builder& b, const model::table& t) {
        bool right = false;
        for (const auto& f : live_.foreign_keys_of(t)) {
            const bool about_phase = f.parent == model::name("phases");
            const bool both = same_names(live_.names_of(f.columns), {"run_id", "phase_id"});
            right = right || (about_phase && both);
            if (!about_phase || both) b.add_foreign_key(f, live_.names_of(f.columns), live_.names_of(f.parent_columns));
        }
        if (right) return;
        const model::schema pack = sql_004::version.model();
        for (const auto& f : pack.foreign_keys_of(*model::find_table(pack, events_table))) {
            if (f.parent == model::name("phases"))
                b.add_foreign_key(f, pack.names_of(f.columns), pack.names_of(f.parent_columns));
        }
        outcome_.key_fixed = true;
    }

    /// The indexes of 002 that the original rebuilds lost; files of the ORM have their own.
    void add_lost_indexes(model::builder& b, const model::table& t) {
        const auto live = live_.indexes_of(t);
        const bool of_orm = std::any_of(live.begin(), live.end(), [](const auto& i) {
            return i.name.text.starts_with("ix_token_estimation_v2_events_");
        });
        if (of_orm) return;
        const model::schema pack = sql_004::version.model();
        for (const auto& wanted : pack.indexes_of(*model::find_table(pack, events_table))) {
            const bool there = std::any_of(live.begin(), live.end(), [&](const auto& i) {
                return i.name == wanted.name || same_parts(live_.parts_of(i), pack.parts_of(wanted));
            });
            if (there) continue;
            b.add_index(wanted, pack.parts_of(wanted));
            ++outcome_.indexes_added;
        }
    }

    void add_views() {
        const model::schema pack = sql_004::version.model();
        for (const model::view& v : live_.views) {
            const bool misnamed = v.name == model::name("v_token_estimation_validation") &&
                                  v.definition.find("median_waste_ratio_success") != std::string_view::npos;
            outcome_.view_fixed = outcome_.view_fixed || misnamed;
            const model::view& kept = misnamed ? *model::find(pack.views, v.name) : v;
            made().add_view(kept, misnamed ? pack.names_of(kept.columns) : live_.names_of(v.columns));
        }
    }

    const model::schema& live_;
    migration_outcome& outcome_;
    model::snapshot wanted_{};
};

} // namespace detail

/// Brings a file of before 2025-12-24 to what the SQL migrations 003 and 004 wanted: the foreign key names a phase of a run, the
/// complexity may be 'maintenance' and not 'critical'; every index, view and trigger stays, and those that earlier rebuilds lost
/// come back (ruling 19). One transaction, with a backup before.
/// shape:  `critical_becomes`: the complexity that 'critical' is mapped to; without it rows with 'critical' stop the migration
///         before it starts, with their number
/// errors: S412 there is no table; those of `migrate::sqlite::run`
inline migration_outcome migrate(sqlite::connection& database,
                                 std::optional<std::string> critical_becomes = std::nullopt,
                                 autopack_schema::migrate::run_options options = {}) {
    const model::snapshot live = inspect(database);
    if (model::find_table(live.view(), detail::events_table) == nullptr) {
        throw error({.code = "S412",
                     .what_happened = "there is no such table",
                     .table = "token_estimation_v2_events",
                     .database = database.name(),
                     .advice = "nothing was changed; check DATABASE_URL"});
    }
    migration_outcome outcome;
    model::snapshot wanted = detail::target_builder(live.view(), outcome).build();
    wanted.content().name = "SQL 003 and 004";
    wanted.content().version = {};
    const std::string value = "'" + critical_becomes.value_or("") + "'";
    if (critical_becomes) {
        outcome.mapped =
            database.query_int("SELECT COUNT(*) FROM token_estimation_v2_events WHERE complexity = 'critical'");
        options.rules.push_back({.kind = autopack_schema::migrate::rule_kind::transform,
                                 .table = detail::events_table,
                                 .name = model::name("complexity"),
                                 .sql = value,
                                 .when = "complexity = 'critical'"});
    }
    if (!outcome.any()) return outcome;
    outcome.backup = autopack_schema::migrate::sqlite::run(database, wanted.view(), {}, options).backup;
    return outcome;
}

/// The outcome, a line for each thing that was done.
inline std::string to_text(const migration_outcome& o) {
    if (!o.any()) return "✅ Migrations 003 and 004 are already applied, nothing to do\n";
    std::string text;
    if (o.unique_added) text += "✅ 003: phases are unique by (run_id, phase_id)\n";
    if (o.key_fixed) text += "✅ 003: foreign key (run_id, phase_id) -> phases(run_id, phase_id)\n";
    if (o.view_fixed)
        text += "✅ 003: v_token_estimation_validation has avg_waste_ratio_success_only instead of a misnamed column\n";
    if (o.mapped > 0)
        text += "✅ 004: mapped " + std::to_string(o.mapped) + (o.mapped == 1 ? " row" : " rows") +
                " with complexity 'critical'\n";
    if (o.check_fixed) text += "✅ 004: CHECK(complexity IN ('low', 'medium', 'high', 'maintenance'))\n";
    if (o.indexes_added > 0)
        text += "✅ " + std::to_string(o.indexes_added) + " indexes that earlier migrations had lost are there again\n";
    return text + (o.backup.empty() ? "" : "Backup: " + o.backup + "\n");
}

} // namespace autopack_schema::ops::build_129
