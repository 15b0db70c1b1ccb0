// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/column.hpp>
#include <autopack_schema/define/constraint.hpp>
#include <autopack_schema/define/detail/arrays.hpp>
#include <autopack_schema/define/foreign_key.hpp>
#include <autopack_schema/define/index.hpp>
#include <autopack_schema/define/problem.hpp>
#include <autopack_schema/define/virtual_table.hpp>
#include <autopack_schema/define/words.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::detail {

/// Takes the pieces of a table one by one and puts them into its arrays.
struct table_writer {
    model::table& table;
    cursor at;
    class_in_text row;
    const char** texts; ///< one for each column that is written: what the compiler prints for its member
    std::size_t written = 0;
    bool has_own_name = false; ///< a column that is not named as its member
    const model::column* first_column = at.column;
    std::uint64_t seen[4]{};             ///< bits of the hashes of the names so far
    bool has_unusual_column = false;     ///< one that `check_table` has to look at
    offsets filled{};
    finding problem{};

    constexpr void note(autopack_schema::problem what, std::string_view column, std::string_view detail = {}) {
        if (!problem) problem = {what, table.name, column, detail};
    }

    constexpr model::range add_parts(const part* parts, std::size_t count) {
        const model::range r{filled.parts, static_cast<std::uint32_t>(count)};
        for (std::size_t i = 0; i < count; ++i) *at.part++ = parts[i].value;
        filled.parts += r.count;
        return r;
    }
    constexpr model::range add_names(const model::name* names, std::size_t count) {
        const model::range r{filled.names, static_cast<std::uint32_t>(count)};
        for (std::size_t i = 0; i < count; ++i) *at.name++ = names[i];
        filled.names += r.count;
        return r;
    }

    constexpr void add_key(model::primary_key key, const part* parts, std::size_t count) {
        if (table.key.present()) note(problem::S111_two_primary_keys, parts[0].value.text, key.name);
        key.parts = add_parts(parts, count);
        table.key = key;
    }
    constexpr void add_unique(model::unique_constraint unique, const part* parts, std::size_t count) {
        unique.parts = add_parts(parts, count);
        ++table.uniques.count;
        *at.unique++ = unique;
    }
    constexpr void add_check(model::check_constraint check, const model::name& column) {
        check.column = column;
        ++table.checks.count;
        *at.check++ = check;
    }
    constexpr void add_foreign_key(model::foreign_key key, model::items<model::name> columns,
                                   model::items<model::name> parent_columns) {
        key.columns = add_names(columns.data(), columns.size());
        key.parent_columns = add_names(parent_columns.data(), parent_columns.size());
        ++table.foreign_keys.count;
        *at.foreign_key++ = key;
    }
    /// Notes a name that was there before; few pairs of names have to be compared, as most differ in the bits seen.
    constexpr void check_name(const model::name& name) {
        std::uint64_t& word = seen[name.hash >> 62];
        const std::uint64_t bit = std::uint64_t{1} << ((name.hash >> 56) & 63);
        if ((word & bit) != 0) {
            for (const model::column* c = first_column; c != at.column; ++c) {
                if (c->name.hash == name.hash && c->name == name) note(problem::S104_two_columns_with_one_name, name);
            }
        }
        word |= bit;
    }
    constexpr void add_plain(const model::name& name, const member_type& type) {
        check_name(name);
        model::column& column = *at.column++;
        column.name = name;
        column.type = type.type;
        column.nullable = type.nullable;
        if (type.what != problem::none) note(type.what, name);
    }
    constexpr void take(const column_source& source) {
        texts[written++] = source.text;
        add_plain(member_name(source.text, row, before_class, ']'), *source.type);
    }
    constexpr void add_column(const column_facts& facts) {
        texts[written++] = facts.text;
        has_own_name = has_own_name || facts.has_own_name;
        model::column& column = *at.column;
        column = facts.column;
        if (!facts.has_own_name) column.name = member_name(facts.text, row, before_class_with_options, behind_member);
        check_name(column.name);
        ++at.column;
        if (facts.what != problem::none) note(facts.what, column.name);
        has_unusual_column = has_unusual_column || facts.is_unusual();
        if (!facts.is_key && !facts.is_unique) return;
        part self;
        self.value.text = column.name;
        self.value.descending = facts.key.inline_descending;
        if (facts.is_key) add_key(facts.key, &self, 1);
        self.value.descending = false;
        if (facts.is_unique) add_unique(facts.unique, &self, 1);
    }
    template <std::size_t Parts, std::size_t Uniques, std::size_t Checks, std::size_t References>
    constexpr void take(const column_body<Parts, Uniques, Checks, References>& c) {
        add_column(c.facts);
        const model::name& name = at.column[-1].name;
        for (const model::check_constraint& check : c.checks) add_check(check, name);
        for (const reference_option& r : c.references) {
            add_foreign_key(r.value, {&name, 1}, {&r.parent_column, 1});
        }
    }
    template <std::size_t Parts>
    constexpr void take(const primary_key_definition<Parts>& key) {
        add_key(key.value, key.parts.data(), Parts);
    }
    template <std::size_t Parts>
    constexpr void take(const unique_definition<Parts>& unique) {
        add_unique(unique.value, unique.parts.data(), Parts);
    }
    template <std::size_t Columns, std::size_t ParentColumns>
    constexpr void take(const foreign_key_definition<Columns, ParentColumns>& key) {
        add_foreign_key(key.value, key.columns, key.parent_columns);
    }
    template <std::size_t Parts>
    constexpr void take(const index_definition<Parts>& index) {
        model::index copy = index.value;
        copy.parts = add_parts(index.parts.data(), Parts);
        ++table.indexes.count;
        *at.index++ = copy;
    }
    constexpr void take(const check_definition& check) { add_check(check.value, {}); }
    constexpr void take(without_rowid_word) { table.without_rowid = true; }
    constexpr void take(strict_word) { table.strict = true; }
    constexpr void take(const virtual_table_option& option) {
        table.kind = model::table_kind::virtual_;
        table.module = option.module;
    }
    constexpr void take(const renamed_from& former) { table.renamed_from = former.value; }
};

/// Every piece of a table says how much room it needs; more is not asked here, because that costs for every column.
template <class Item>
concept is_table_item = requires { Item::size.columns; };

} // namespace autopack_schema::detail
