// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/generate/identifier.hpp>
#include <autopack_schema/cli/generate/literal.hpp>
#include <autopack_schema/cli/generate/member.hpp>
#include <autopack_schema/cli/generate/parts.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/sql/sqlite/affinity.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::cli::generate {

/// The text of one table: a row struct and its definition.
class table_text {
public:
    table_text(const model::schema& s, const model::table& t, std::string row, std::string constant)
        : schema_(s), table_(t), row_(std::move(row)), constant_(std::move(constant)) {
        name_pool names;
        names.reserve(row_); // a member of the struct's name hides it
        for (const model::column& c : s.columns_of(t)) members_.push_back(names.take(c.name.text, "column"));
    }

    /// The struct.
    std::string row_struct() const {
        std::string out = "/// A row of " + comment(table_.name.text) + ".\nstruct " + row_ + " {\n";
        const auto columns = schema_.columns_of(table_);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const member_type& m = member_type_of(table_, columns[i]);
            const bool optional = is_optional(schema_, table_, columns[i]);
            const std::string type = optional ? "std::optional<" + std::string(m.name) + ">" : std::string(m.name);
            out += "    " + type + " " + members_[i] + member_start(columns[i], m, optional) + ";\n";
        }
        return out + "};\n";
    }

    /// The constant.
    std::string definition() const {
        std::vector<std::string> items;
        const auto columns = schema_.columns_of(table_);
        for (std::size_t i = 0; i < columns.size(); ++i) items.push_back(column(columns[i], members_[i]));
        add_keys(items);
        for (const model::check_constraint& c : schema_.checks_of(table_)) {
            if (!is_column(c.column)) items.push_back(check(c));
        }
        for (const model::foreign_key& f : schema_.foreign_keys_of(table_)) {
            if (!is_inline(f)) items.push_back(foreign_key_text(schema_, f));
        }
        for (const model::index& i : schema_.indexes_of(table_)) items.push_back(index_text(schema_, i));
        if (table_.kind == model::table_kind::virtual_)
            items.push_back("aps::virtual_table(" + literal(table_.module) + ")");
        if (table_.without_rowid) items.push_back("aps::without_rowid");
        if (table_.strict) items.push_back("aps::strict");
        std::string out =
            "inline constexpr auto " + constant_ + " = aps::table<" + row_ + ">(\n    " + literal(table_.name.text);
        for (const std::string& item : items) out += ",\n    " + item;
        return out + ");\n";
    }

    const std::vector<std::string>& members() const { return members_; }

private:
    /// A name in a comment: one line, whatever is in it.
    static std::string comment(std::string_view name) {
        std::string out = "`";
        for (const char c : name) out += static_cast<unsigned char>(c) < 0x20 || c == '\\' ? '?' : c;
        return out + "`";
    }

    bool is_column(const model::name& name) const {
        return !name.empty() && model::find_column(schema_, table_, name) != nullptr;
    }

    /// A primary key that can be written at its column.
    bool is_inline_key(const model::column& c) const {
        const auto parts = schema_.parts_of(table_.key);
        if (parts.size() != 1 || !(parts[0].text == c.name)) return false;
        model::key_part alone = parts[0];
        if (table_.key.inline_descending) alone.descending = false; // said by the key
        return is_plain(alone);
    }

    /// A UNIQUE that can be written at its column; a second one of the same column stands at the table.
    const model::unique_constraint* inline_unique(const model::column& c) const {
        for (const model::unique_constraint& u : schema_.uniques_of(table_)) {
            const auto parts = schema_.parts_of(u);
            if (parts.size() == 1 && is_plain(parts[0]) && parts[0].text == c.name && !u.nulls_not_distinct) return &u;
        }
        return nullptr;
    }

    bool is_inline(const model::unique_constraint& u) const {
        for (const model::column& c : schema_.columns_of(table_)) {
            if (inline_unique(c) == &u) return true;
        }
        return false;
    }

    bool is_inline(const model::foreign_key& f) const {
        return f.columns.count == 1 && f.parent_columns.count == 1 && is_column(schema_.names_of(f.columns)[0]);
    }

    static std::string check(const model::check_constraint& c) {
        return "aps::check(" + (c.name.empty() ? "" : literal(c.name.text) + ", ") + literal(c.expression) + ")";
    }

    std::string key_word() const {
        std::string word = "aps::primary_key";
        if (!table_.key.name.empty()) word += "(aps::name(" + literal(table_.key.name.text) + "))";
        if (table_.key.inline_descending) word += ".desc()";
        return word + conflict_text(table_.key.on_conflict);
    }

    static std::string unique_word(const model::unique_constraint& u) {
        std::string word = "aps::unique";
        if (!u.name.empty()) word += "(aps::name(" + literal(u.name.text) + "))";
        return word + conflict_text(u.on_conflict);
    }

    void add_keys(std::vector<std::string>& items) const {
        bool key_at_column = false;
        for (const model::column& c : schema_.columns_of(table_)) key_at_column = key_at_column || is_inline_key(c);
        if (table_.key.present() && !key_at_column) {
            items.push_back("aps::primary_key(" + named_parts(schema_, table_.key.name, schema_.parts_of(table_.key)) +
                            ")" + conflict_text(table_.key.on_conflict));
        }
        for (const model::unique_constraint& u : schema_.uniques_of(table_)) {
            if (is_inline(u)) continue;
            items.push_back("aps::unique(" + named_parts(schema_, u.name, schema_.parts_of(u)) + ")" +
                            conflict_text(u.on_conflict) + (u.nulls_not_distinct ? ".nulls_not_distinct()" : ""));
        }
    }

    std::string column(const model::column& c, const std::string& member) const {
        std::vector<std::string> options;
        const member_type& m = member_type_of(table_, c);
        if (member != c.name.text) options.push_back(literal(c.name.text));
        if (is_inline_key(c)) options.push_back(key_word());
        if (c.identity == model::identity_kind::autoincrement) options.push_back("aps::autoincrement");
        const std::string_view declared = c.type.declared;
        if (!declared.empty() && declared != sql::sqlite::type_name(m.kind, table_.strict)) {
            options.push_back("aps::type(" + literal(declared) + ")");
        }
        if (c.default_to.present()) options.push_back(default_option(c.default_to, m, is_optional(schema_, table_, c)));
        if (!c.collation.empty()) options.push_back("aps::collate(" + literal(c.collation) + ")");
        if (c.generated != model::generated_kind::none) options.push_back(generated(c));
        if (c.on_null != model::conflict::none) options.push_back("aps::on_null(" + conflict_word(c.on_null) + ")");
        if (const auto* const u = inline_unique(c); u != nullptr) options.push_back(unique_word(*u));
        for (const model::check_constraint& k : schema_.checks_of(table_)) {
            if (k.column == c.name) options.push_back(check(k));
        }
        for (const model::foreign_key& f : schema_.foreign_keys_of(table_)) {
            if (is_inline(f) && schema_.names_of(f.columns)[0] == c.name) options.push_back(reference_text(schema_, f));
        }
        std::string out = "aps::column<&" + row_ + "::" + member + ">(";
        for (std::size_t i = 0; i < options.size(); ++i) out += (i == 0 ? "" : ", ") + options[i];
        return out + ")";
    }

    static std::string generated(const model::column& c) {
        const bool stored = c.generated == model::generated_kind::stored;
        return "aps::generated_always_as(" + literal(c.generated_as) + (stored ? ", aps::stored)" : ")");
    }

    const model::schema& schema_;
    const model::table& table_;
    std::string row_;
    std::string constant_;
    std::vector<std::string> members_;
};

} // namespace autopack_schema::cli::generate
