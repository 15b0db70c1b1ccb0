// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/generate/literal.hpp>
#include <autopack_schema/model/schema.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace autopack_schema::cli::generate::detail {

/// Puts the members of an aggregate together, those that say nothing left out.
class initializer {
public:
    initializer& text(std::string_view member, std::string_view value) {
        return value.empty() ? *this : put(member, literal(value));
    }
    initializer& needed(std::string_view member, std::string_view value) { return put(member, literal(value)); }
    initializer& flag(std::string_view member, bool value, bool usual = false) {
        return value == usual ? *this : put(member, value ? "true" : "false");
    }
    initializer& range(std::string_view member, model::range r) {
        return r.count == 0 ? *this : put(member, "{" + std::to_string(r.first) + ", " + std::to_string(r.count) + "}");
    }
    /// A value of an enumeration; the first one is left out.
    template <class Enum, std::size_t Count>
    initializer& word(std::string_view member, std::string_view type, Enum value,
                      const std::array<std::string_view, Count>& words) {
        const auto at = static_cast<std::size_t>(value);
        return at == 0 ? *this : put(member, "model::" + std::string(type) + "::" + std::string(words[at]));
    }
    initializer& put(std::string_view member, const std::string& value) {
        out_ += (out_.empty() ? "." : ", .") + std::string(member) + " = " + value;
        return *this;
    }
    std::string done() const { return "{" + out_ + "}"; }

private:
    std::string out_;
};

inline constexpr std::array<std::string_view, 6> conflict_values{"none", "rollback", "abort",
                                                                 "fail", "ignore",   "replace"};
inline constexpr std::array<std::string_view, 12> type_values{
    "unspecified", "integer", "real", "numeric", "text", "blob", "boolean", "timestamp", "date", "time", "json", "any"};
inline constexpr std::array<std::string_view, 3> generated_values{"none", "virtual_", "stored"};
inline constexpr std::array<std::string_view, 4> identity_values{"none", "autoincrement", "by_default", "always"};
inline constexpr std::array<std::string_view, 3> nulls_values{"unspecified", "first", "last"};
inline constexpr std::array<std::string_view, 5> action_values{"no_action", "restrict", "cascade", "set_null",
                                                               "set_default"};
inline constexpr std::array<std::string_view, 3> deferral_values{"not_deferrable", "immediate", "deferred"};
inline constexpr std::array<std::string_view, 7> default_values{"none", "null", "integer",   "real",
                                                                "text", "blob", "expression"};

inline std::string frozen_real(double value) {
    const std::string text = literal(value);
    if (!text.empty()) return text;
    return value > 0 ? "std::numeric_limits<double>::infinity()" : "-std::numeric_limits<double>::infinity()";
}

inline std::string frozen_default(const model::default_value& d) {
    initializer i;
    i.word("kind", "default_kind", d.kind, default_values);
    if (d.kind == model::default_kind::integer) i.put("integer", literal(d.integer));
    if (d.kind == model::default_kind::real) i.put("real", frozen_real(d.real));
    return i.text("text", d.text).done();
}

inline std::string frozen_type(const model::data_type& t) {
    initializer i;
    i.word("kind", "type_kind", t.kind, type_values);
    if (t.bytes != 0) i.put("bytes", std::to_string(t.bytes));
    return i.text("declared", t.declared).done();
}

inline std::string frozen_column(const model::column& c) {
    initializer i;
    i.needed("name", c.name.text).put("type", frozen_type(c.type)).flag("nullable", c.nullable, true);
    i.word("on_null", "conflict", c.on_null, conflict_values);
    if (c.default_to.present()) i.put("default_to", frozen_default(c.default_to));
    i.word("generated", "generated_kind", c.generated, generated_values)
        .word("identity", "identity_kind", c.identity, identity_values);
    return i.text("generated_as", c.generated_as)
        .text("collation", c.collation)
        .text("renamed_from", c.renamed_from.text)
        .done();
}

inline std::string frozen_key(const model::primary_key& k) {
    initializer i;
    i.text("name", k.name.text).range("parts", k.parts).flag("inline_descending", k.inline_descending);
    return i.word("on_conflict", "conflict", k.on_conflict, conflict_values).done();
}

inline std::string frozen_table(const model::table& t) {
    initializer i;
    i.needed("name", t.name.text);
    if (t.kind == model::table_kind::virtual_) i.put("kind", "model::table_kind::virtual_");
    i.flag("without_rowid", t.without_rowid).flag("strict", t.strict).range("columns", t.columns);
    if (t.key.present()) i.put("key", frozen_key(t.key));
    i.range("uniques", t.uniques)
        .range("checks", t.checks)
        .range("foreign_keys", t.foreign_keys)
        .range("indexes", t.indexes);
    return i.text("module", t.module).text("renamed_from", t.renamed_from.text).done();
}

inline std::string frozen_part(const model::key_part& p) {
    initializer i;
    i.needed("text", p.text.text).flag("is_expression", p.is_expression).flag("descending", p.descending);
    return i.word("nulls", "nulls_order", p.nulls, nulls_values)
        .text("collation", p.collation)
        .text("operator_class", p.operator_class)
        .done();
}

inline std::string frozen_name(const model::name& n) { return "{" + literal(n.text) + "}"; }

inline std::string frozen_unique(const model::unique_constraint& u) {
    initializer i;
    i.text("name", u.name.text).range("parts", u.parts).word("on_conflict", "conflict", u.on_conflict, conflict_values);
    return i.flag("nulls_not_distinct", u.nulls_not_distinct).done();
}

inline std::string frozen_check(const model::check_constraint& c) {
    initializer i;
    return i.text("name", c.name.text).needed("expression", c.expression).text("column", c.column.text).done();
}

inline std::string frozen_foreign_key(const model::foreign_key& f) {
    initializer i;
    i.text("name", f.name.text)
        .range("columns", f.columns)
        .needed("parent", f.parent.text)
        .range("parent_columns", f.parent_columns);
    i.word("on_delete", "fk_action", f.on_delete, action_values)
        .word("on_update", "fk_action", f.on_update, action_values);
    return i.word("defer", "deferral", f.defer, deferral_values).text("match", f.match).done();
}

inline std::string frozen_index(const model::index& x) {
    initializer i;
    i.needed("name", x.name.text).flag("unique", x.unique).range("parts", x.parts).text("where", x.where);
    return i.text("method", x.method).done();
}

inline std::string frozen_view(const model::view& v) {
    initializer i;
    return i.needed("name", v.name.text)
        .range("columns", v.columns)
        .needed("definition", v.definition)
        .flag("materialized", v.materialized)
        .done();
}

inline std::string frozen_trigger(const model::trigger& t) {
    initializer i;
    return i.needed("name", t.name.text).needed("table", t.table.text).needed("definition", t.definition).done();
}

} // namespace autopack_schema::cli::generate::detail
