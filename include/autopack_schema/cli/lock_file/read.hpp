// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/lock_file/reader.hpp>
#include <autopack_schema/cli/lock_file/write.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/model/builder.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::cli::lock_file {

namespace detail {

inline model::default_value read_default_object(object_reader in) {
    model::default_value value;
    if (in.find("expression") != nullptr) {
        value.kind = model::default_kind::expression;
        value.text = in.text("expression");
    } else if (in.find("blob") != nullptr) {
        value.kind = model::default_kind::blob;
        value.text = in.text("blob");
    } else if (in.find("real") != nullptr) {
        const std::string_view word = in.text("real");
        if (word != "infinity" && word != "-infinity")
            refuse(in.place("real"), "must be \"infinity\" or \"-infinity\"");
        value.kind = model::default_kind::real;
        value.real =
            word == "infinity" ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
    } else {
        value.kind = model::default_kind::text;
        value.text = in.needed_text("bytes");
        return value;
    }
    in.finish();
    return value;
}

inline model::default_value read_default(const json& from, object_reader& in) {
    model::default_value value;
    if (from.is_null()) {
        value.kind = model::default_kind::null;
    } else if (from.is_number_integer()) {
        if (from.is_number_unsigned() &&
            from.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
            refuse(in.place("default"), "is above 9223372036854775807");
        }
        value.kind = model::default_kind::integer;
        value.integer = from.get<std::int64_t>();
    } else if (from.is_number_float()) {
        value.kind = model::default_kind::real;
        value.real = from.get<double>();
    } else if (from.is_object()) {
        const bool bytes = from.contains("bytes");
        if (!bytes) return read_default_object(object_reader(from, in.place("default"), in.into()));
        value.kind = model::default_kind::text;
        value.text = in.keep(from, in.place("default"));
    } else {
        value.kind = model::default_kind::text;
        value.text = in.keep(from, in.place("default"));
    }
    return value;
}

inline void read_column(object_reader in, model::builder& to) {
    model::column c;
    c.name = in.needed_text("name");
    c.type.declared = in.text("type");
    c.type.kind = in.word<model::type_kind>("kind");
    if (const json* const bytes = in.find("bytes"); bytes != nullptr) {
        if (*bytes != 2 && *bytes != 4 && *bytes != 8) refuse(in.place("bytes"), "must be 2, 4 or 8");
        c.type.bytes = bytes->get<std::uint8_t>();
    }
    c.nullable = !in.flag("not_null");
    c.on_null = in.word<model::conflict>("on_null");
    if (const json* const value = in.find("default"); value != nullptr) c.default_to = read_default(*value, in);
    c.generated = in.word<model::generated_kind>("generated");
    c.generated_as = in.text("as");
    c.identity = in.word<model::identity_kind>("identity");
    c.collation = in.text("collation");
    c.renamed_from = in.text("renamed_from");
    in.finish();
    to.add_column(c);
}

inline model::key_part read_part(const json& from, const std::string& place, model::snapshot& into) {
    model::key_part p;
    if (from.is_string()) {
        p.text = into.keep(from.get_ref<const std::string&>());
        return p;
    }
    object_reader in(from, place, into);
    p.is_expression = in.find("expression") != nullptr;
    p.text = p.is_expression ? in.text("expression") : in.needed_text("column");
    p.descending = in.flag("descending");
    p.nulls = in.word<model::nulls_order>("nulls");
    p.collation = in.text("collation");
    p.operator_class = in.text("operator_class");
    in.finish();
    return p;
}

inline std::vector<model::key_part> read_parts(object_reader& in, const char* key) {
    std::vector<model::key_part> parts;
    in.need(key);
    in.each(key,
            [&](const json& part, const std::string& place) { parts.push_back(read_part(part, place, in.into())); });
    return parts;
}

inline std::vector<model::name> read_names(object_reader& in, const char* key) {
    std::vector<model::name> names;
    in.each(key, [&](const json& text, const std::string& place) { names.emplace_back(in.keep(text, place)); });
    return names;
}

inline void read_primary_key(object_reader in, model::builder& to) {
    model::primary_key k;
    k.name = in.text("name");
    const auto parts = read_parts(in, "columns");
    if (parts.empty()) refuse(in.place("columns"), "must not be empty");
    k.inline_descending = in.flag("inline_descending");
    k.on_conflict = in.word<model::conflict>("on_conflict");
    in.finish();
    to.set_primary_key(k, parts);
}

inline void read_unique(object_reader in, model::builder& to) {
    model::unique_constraint u;
    u.name = in.text("name");
    const auto parts = read_parts(in, "columns");
    u.on_conflict = in.word<model::conflict>("on_conflict");
    u.nulls_not_distinct = in.flag("nulls_not_distinct");
    in.finish();
    to.add_unique(u, parts);
}

inline void read_check(object_reader in, model::builder& to) {
    model::check_constraint c;
    c.name = in.text("name");
    c.column = in.text("column");
    c.expression = in.needed_text("expression");
    in.finish();
    to.add_check(c);
}

inline void read_foreign_key(object_reader in, model::builder& to) {
    model::foreign_key f;
    f.name = in.text("name");
    in.need("columns");
    const auto columns = read_names(in, "columns");
    f.parent = in.needed_text("parent");
    const auto parent_columns = read_names(in, "parent_columns");
    f.on_delete = in.word<model::fk_action>("on_delete");
    f.on_update = in.word<model::fk_action>("on_update");
    f.defer = in.word<model::deferral>("deferrable");
    f.match = in.text("match");
    in.finish();
    to.add_foreign_key(f, columns, parent_columns);
}

inline void read_index(object_reader in, model::builder& to) {
    model::index i;
    i.name = in.needed_text("name");
    i.unique = in.flag("unique");
    const auto parts = read_parts(in, "columns");
    i.where = in.text("where");
    i.method = in.text("method");
    i.sql = in.text("sql");
    in.finish();
    to.add_index(i, parts);
}

/// Reads the elements of one list of a table or of the schema.
inline void read_list(object_reader& in, const char* key, void (*read)(object_reader, model::builder&)) {
    in.each(key, [&](const json& element, const std::string& place) {
        read(object_reader(element, place, in.into()), in.into().content());
    });
}

inline void read_table(object_reader in, model::builder& to) {
    model::table t;
    t.name = in.needed_text("name");
    t.renamed_from = in.text("renamed_from");
    if (in.find("virtual") != nullptr) {
        t.kind = model::table_kind::virtual_;
        t.module = in.text("virtual");
    }
    t.without_rowid = in.flag("without_rowid");
    t.strict = in.flag("strict");
    t.sql = in.text("sql");
    to.add_table(t);
    in.need("columns");
    read_list(in, "columns", read_column);
    if (const json* const key = in.find("primary_key"); key != nullptr) {
        read_primary_key(object_reader(*key, in.place("primary_key"), in.into()), to);
    }
    read_list(in, "uniques", read_unique);
    read_list(in, "checks", read_check);
    read_list(in, "foreign_keys", read_foreign_key);
    read_list(in, "indexes", read_index);
    in.finish();
}

inline void read_view(object_reader in, model::builder& to) {
    model::view v;
    v.name = in.needed_text("name");
    v.materialized = in.flag("materialized");
    const auto columns = read_names(in, "columns");
    v.definition = in.needed_text("definition");
    v.sql = in.text("sql");
    in.finish();
    to.add_view(v, columns);
}

inline void read_trigger(object_reader in, model::builder& to) {
    model::trigger t;
    t.name = in.needed_text("name");
    t.table = in.needed_text("table");
    t.definition = in.needed_text("definition");
    t.sql = in.text("sql");
    in.finish();
    to.add_trigger(t);
}

inline void read_other(object_reader in, model::builder& to) {
    model::unmodelled o;
    o.kind = in.text("kind");
    o.name = in.needed_text("name");
    o.reason = in.text("reason");
    o.sql = in.text("sql");
    in.finish();
    to.add_other(o);
}

inline void check_format(object_reader& in) {
    const json& format = in.need("format");
    if (format != "autopack_schema lock file") refuse("format", "must be \"autopack_schema lock file\"");
    const json& number = in.need("format_version");
    if (!number.is_number_integer() || number < 1) refuse("format_version", "must be a number from 1 on");
    if (number > format_version) {
        throw error({.code = "S456",
                     .what_happened = "lock file: format version " + number.dump() +
                                      " is newer than this program reads (" + std::to_string(format_version) + ")",
                     .advice = "use a newer autopack-schema, or write the file anew with this one"});
    }
}

} // namespace detail

/// Reads a schema from JSON.
/// errors: S455 something is missing, unknown or of another type; S456 written by a newer version
inline model::snapshot from_json(const json& from) {
    model::snapshot result;
    detail::object_reader in(from, "", result);
    detail::check_format(in);
    result.content().name = in.text("schema");
    result.content().version = in.text("version");
    in.need("tables");
    detail::read_list(in, "tables", detail::read_table);
    detail::read_list(in, "views", detail::read_view);
    detail::read_list(in, "triggers", detail::read_trigger);
    detail::read_list(in, "others", detail::read_other);
    in.finish();
    return result;
}

/// Reads the text of a lock file; `read(write(s))` says what `s` says, element by element.
/// errors: S454 no JSON, S455 something is missing, unknown or of another type, S456 written by a newer version
inline model::snapshot read(std::string_view text) {
    json parsed;
    try {
        parsed = json::parse(text);
    } catch (const json::exception& e) {
        throw error({.code = "S454",
                     .what_happened = std::string("the lock file is no JSON: ") + e.what(),
                     .advice = "write the file anew with `autopack-schema snapshot`"});
    }
    return from_json(parsed);
}

} // namespace autopack_schema::cli::lock_file
