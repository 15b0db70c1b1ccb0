// SPDX-License-Identifier: MIT
// The diff of two schemas as a constant expression: each kind of change, found alone and on the right element.

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include <autopack_schema/diff/diff.hpp>
#include <autopack_schema/model/builder.hpp>

namespace {

namespace aps = autopack_schema;
namespace model = aps::model;
using enum aps::change_kind;

/// A schema with one of everything, which each test changes in one place.
struct parts {
    model::table table{.name = "users"};
    std::vector<model::column> columns{{.name = "id", .nullable = false}, {.name = "org"}, {.name = "email"}};
    model::primary_key key{};
    std::vector<model::key_part> key_parts{{.text = "id"}};
    std::vector<model::unique_constraint> uniques{{}};
    std::vector<model::key_part> unique_parts{{.text = "org"}, {.text = "email"}};
    std::vector<model::check_constraint> checks{{.name = "ck_org", .expression = "org > 0"}};
    std::vector<model::foreign_key> foreign_keys{{.name = "fk_org", .parent = "orgs"}};
    std::vector<model::name> child{"org"};
    std::vector<model::name> parent{"id"};
    std::vector<model::index> indexes{{.name = "ix_email"}};
    std::vector<model::key_part> index_parts{{.text = "email"}};
    std::vector<model::view> views{{.name = "v", .definition = "SELECT 1"}};
    std::vector<model::trigger> triggers{{.name = "tr", .table = "users", .definition = "AFTER INSERT ON users"}};
};

constexpr model::builder build(const parts& p) {
    model::builder b;
    b.add_table(p.table);
    for (const model::column& c : p.columns) b.add_column(c);
    if (!p.key_parts.empty()) b.set_primary_key(p.key, p.key_parts);
    for (const model::unique_constraint& u : p.uniques) b.add_unique(u, p.unique_parts);
    for (const model::check_constraint& c : p.checks) b.add_check(c);
    for (const model::foreign_key& f : p.foreign_keys) b.add_foreign_key(f, p.child, p.parent);
    for (const model::index& i : p.indexes) b.add_index(i, p.index_parts);
    for (const model::view& v : p.views) b.add_view(v, {});
    for (const model::trigger& t : p.triggers) b.add_trigger(t);
    return b;
}

/// The kinds of the changes that `edit` makes, in order.
template <class Edit>
constexpr bool gives(Edit edit, std::initializer_list<aps::change_kind> wanted) {
    parts before;
    parts after;
    edit(after);
    const model::builder from = build(before);
    const model::builder to = build(after);
    const std::vector<aps::change> found = aps::diff(from.view_of(), to.view_of());
    if (found.size() != wanted.size()) return false;
    std::size_t i = 0;
    for (const aps::change_kind kind : wanted) {
        if (found[i++].kind != kind) return false;
    }
    return true;
}

static_assert(gives([](parts&) {}, {}));

static_assert(gives([](parts& p) { p.table.name = "people"; }, {add_table, drop_table}));
static_assert(gives([](parts& p) { p.table = {.name = "people", .renamed_from = "users"}; }, {rename_table}));
static_assert(gives([](parts& p) { p.table.name = "Users"; }, {table_name_case}));
static_assert(gives([](parts& p) { p.table.without_rowid = true; }, {table_without_rowid}));
static_assert(gives([](parts& p) { p.table.strict = true; }, {table_strict}));
static_assert(gives([](parts& p) { p.table.kind = model::table_kind::virtual_; }, {table_virtual}));

static_assert(gives([](parts& p) { p.columns.push_back({.name = "age"}); }, {add_column}));
static_assert(gives([](parts& p) { p.columns[1].name = "ORG"; }, {column_name_case}));
static_assert(gives([](parts& p) { p.columns[1].type.kind = model::type_kind::text; }, {column_type}));
static_assert(gives([](parts& p) { p.columns[1].type.declared = "INT"; }, {column_type_spelling}));
static_assert(gives([](parts& p) { p.columns[1].nullable = false; }, {column_not_null}));
static_assert(gives([](parts& p) { p.columns[1].default_to = {.kind = model::default_kind::null}; }, {column_default}));
static_assert(gives([](parts& p) { p.columns[0].identity = model::identity_kind::autoincrement; },
                    {column_autoincrement}));
static_assert(gives([](parts& p) { p.columns[2].collation = "NOCASE"; }, {column_collation}));
static_assert(gives(
    [](parts& p) {
        p.columns[1].generated = model::generated_kind::stored;
        p.columns[1].generated_as = "1";
    },
    {column_generated}));
static_assert(gives([](parts& p) { p.columns = {p.columns[0], p.columns[2], p.columns[1]}; }, {column_order}));
static_assert(gives([](parts& p) { p.columns[0].on_null = model::conflict::replace; }, {constraint_on_conflict}));
static_assert(gives([](parts& p) { p.columns[0].on_null = model::conflict::abort; }, {}));

static_assert(gives([](parts& p) { p.key_parts.clear(); }, {drop_primary_key}));
static_assert(gives([](parts& p) { p.key_parts.push_back({.text = "org"}); }, {primary_key_columns}));
static_assert(gives([](parts& p) { p.key_parts[0].descending = true; }, {primary_key_descending}));
static_assert(gives([](parts& p) { p.key.on_conflict = model::conflict::ignore; }, {constraint_on_conflict}));

static_assert(gives([](parts& p) { p.uniques.clear(); }, {drop_unique}));
static_assert(gives([](parts& p) { p.unique_parts = {{.text = "email"}, {.text = "org"}}; }, {unique_order}));
static_assert(gives([](parts& p) { p.unique_parts.pop_back(); }, {unique_columns}));
static_assert(gives([](parts& p) { p.unique_parts = {{.text = "age"}}; }, {add_unique, drop_unique}));
static_assert(gives([](parts& p) { p.unique_parts = {{.text = "id"}}; }, {drop_unique}), "the key does it");
static_assert(gives([](parts& p) { p.uniques[0].on_conflict = model::conflict::replace; }, {constraint_on_conflict}));
static_assert(gives([](parts& p) { p.uniques.push_back({}); }, {}), "a constraint said twice is one");

static_assert(gives([](parts& p) { p.checks.clear(); }, {drop_check}));
static_assert(gives([](parts& p) { p.checks.push_back({.name = "more", .expression = "1"}); }, {add_check}));
static_assert(gives([](parts& p) { p.checks[0].expression = "org >= 0"; }, {check_expression}));
static_assert(gives([](parts& p) { p.checks[0].name = "other"; }, {check_name}));
static_assert(gives([](parts& p) { p.checks[0].name = ""; }, {}), "a missing name is none of our business");
static_assert(gives([](parts& p) { p.checks[0].column = "org"; }, {}), "column-level and table-level mean the same");

static_assert(gives([](parts& p) { p.foreign_keys.clear(); }, {drop_foreign_key}));
static_assert(gives([](parts& p) { p.foreign_keys[0].parent = "org2"; }, {foreign_key_table}));
static_assert(gives([](parts& p) { p.parent = {"code"}; }, {foreign_key_columns}));
static_assert(gives([](parts& p) { p.child = {"email"}; }, {add_foreign_key, drop_foreign_key}));
static_assert(gives([](parts& p) { p.foreign_keys[0].on_delete = model::fk_action::cascade; },
                    {foreign_key_on_delete}));
static_assert(gives([](parts& p) { p.foreign_keys[0].on_update = model::fk_action::cascade; },
                    {foreign_key_on_update}));
static_assert(gives([](parts& p) { p.foreign_keys[0].defer = model::deferral::deferred; }, {foreign_key_deferrable}));
static_assert(gives([](parts& p) { p.foreign_keys[0].name = "fk_2"; }, {foreign_key_name}));

static_assert(gives([](parts& p) { p.indexes.clear(); }, {drop_index}));
static_assert(gives([](parts& p) { p.indexes[0].name = "ix_2"; }, {index_name}));
static_assert(gives([](parts& p) { p.index_parts.push_back({.text = "org"}); }, {index_columns}));
static_assert(gives([](parts& p) { p.index_parts[0].descending = true; }, {index_descending}));
static_assert(gives([](parts& p) { p.index_parts[0].collation = "NOCASE"; }, {index_collation}));
static_assert(gives([](parts& p) { p.index_parts[0] = {.text = "lower(email)", .is_expression = true}; },
                    {index_expression}));
static_assert(gives([](parts& p) { p.indexes[0].unique = true; }, {index_unique}));
static_assert(gives([](parts& p) { p.indexes[0].where = "org > 1"; }, {index_predicate}));
static_assert(gives(
                  [](parts& p) {
                      p.uniques.clear();
                      p.indexes = {{.name = "uq", .unique = true}};
                      p.index_parts = p.unique_parts;
                  },
                  {unique_form, drop_index}),
              "a unique index in the place of a UNIQUE constraint");

static_assert(gives([](parts& p) { p.views.clear(); }, {drop_view}));
static_assert(gives([](parts& p) { p.views[0].definition = "SELECT 2"; }, {view_definition}));
static_assert(gives([](parts& p) { p.triggers.clear(); }, {drop_trigger}));
static_assert(gives([](parts& p) { p.triggers[0].definition = "AFTER DELETE ON users"; }, {trigger_definition}));

/// A renamed column takes its keys, indexes and constraints with it: one change, not ten.
static_assert(gives(
    [](parts& p) {
        p.columns[1] = {.name = "company", .renamed_from = "org"};
        p.unique_parts[0].text = "company";
        p.child = {"company"};
    },
    {rename_column}));

/// A hint about a name that is still there, or was there before, is no rename.
static_assert(gives([](parts& p) { p.columns.push_back({.name = "age", .renamed_from = "org"}); }, {add_column}));

/// A foreign key without a column list means the parent's primary key.
constexpr bool implied_parent_key() {
    parts before;
    before.foreign_keys[0].parent = "users";
    parts after = before;
    after.parent.clear();
    return aps::diff(build(before).view_of(), build(after).view_of()).empty();
}
static_assert(implied_parent_key());

/// Crossed pairs of columns are another key; the same pairs in another order are not.
constexpr bool pairs(std::initializer_list<model::name> child, std::initializer_list<model::name> parent) {
    parts before;
    before.child = {"id", "org"};
    before.parent = {"a", "b"};
    parts after = before;
    after.child = child;
    after.parent = parent;
    return aps::diff(build(before).view_of(), build(after).view_of()).empty();
}
static_assert(pairs({"org", "id"}, {"b", "a"}));
static_assert(!pairs({"id", "org"}, {"b", "a"}));

} // namespace
