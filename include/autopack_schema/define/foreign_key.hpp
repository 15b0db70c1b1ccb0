// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/binding.hpp>
#include <autopack_schema/define/detail/sizes.hpp>
#include <autopack_schema/define/words.hpp>
#include <autopack_schema/model/constraint.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>

namespace autopack_schema {

/// The clauses behind REFERENCES; each gives back the definition with the clause added.
template <class Definition>
struct reference_clauses {
    consteval Definition on_delete(model::fk_action action) const {
        return with([action](model::foreign_key& key) { key.on_delete = action; });
    }
    consteval Definition on_update(model::fk_action action) const {
        return with([action](model::foreign_key& key) { key.on_update = action; });
    }
    /// DEFERRABLE INITIALLY DEFERRED: checked at COMMIT.
    consteval Definition deferred() const {
        return with([](model::foreign_key& key) { key.defer = model::deferral::deferred; });
    }
    /// DEFERRABLE INITIALLY IMMEDIATE.
    consteval Definition deferrable() const {
        return with([](model::foreign_key& key) { key.defer = model::deferral::immediate; });
    }
    consteval Definition match(std::string_view kind) const {
        return with([kind](model::foreign_key& key) { key.match = kind; });
    }

private:
    template <class Change>
    consteval Definition with(Change change) const {
        Definition copy = static_cast<const Definition&>(*this);
        change(copy.value);
        return copy;
    }
};

/// FOREIGN KEY of one column, written at the column; see `references`.
struct reference_option : reference_clauses<reference_option> {
    model::foreign_key value{};
    model::name parent_column{};
};

/// REFERENCES of a column, with a name in front if the constraint has one: `references("runs", "id").on_delete(cascade)`.
/// errors: S118 no such table, S119 no such column, S121 the parent's column is no key (compile time)
consteval reference_option references(std::string_view table, std::string_view column) {
    reference_option option;
    option.value.parent = table;
    option.parent_column = column;
    return option;
}
consteval reference_option references(constraint_name n, std::string_view table, std::string_view column) {
    reference_option option = references(table, column);
    option.value.name = n.value;
    return option;
}

/// FOREIGN KEY of a table; see `foreign_key`.
template <std::size_t Columns, std::size_t ParentColumns>
struct foreign_key_definition : reference_clauses<foreign_key_definition<Columns, ParentColumns>> {
    model::foreign_key value{};
    std::array<model::name, Columns> columns{};
    std::array<model::name, ParentColumns> parent_columns{};
    using bound_as = detail::no_binding;
    static constexpr detail::sizes size{.names = Columns + ParentColumns, .foreign_keys = 1};
};

/// The columns of a foreign key that does not say yet what it references.
template <std::size_t Columns>
struct foreign_key_columns {
    model::name name{};
    std::array<model::name, Columns> columns{};

    /// The parent table and its columns; without columns its primary key.
    template <std::convertible_to<std::string_view>... Name>
    consteval foreign_key_definition<Columns, sizeof...(Name)> references(std::string_view table,
                                                                          Name... parent_columns) const {
        foreign_key_definition<Columns, sizeof...(Name)> definition;
        definition.value.name = name;
        definition.value.parent = table;
        definition.columns = columns;
        definition.parent_columns = {model::name(std::string_view(parent_columns))...};
        return definition;
    }
};

/// FOREIGN KEY over columns of a table, with a name in front if it has one:
/// `foreign_key("run_id", "phase_id").references("phases", "run_id", "phase_id").on_delete(cascade)`.
/// errors: S117 no such column, S118, S119, S120 the sides differ in length, S121 (compile time)
template <std::convertible_to<std::string_view>... Name>
    requires(sizeof...(Name) > 0)
consteval foreign_key_columns<sizeof...(Name)> foreign_key(Name... columns) {
    return {{}, {model::name(std::string_view(columns))...}};
}
template <std::convertible_to<std::string_view>... Name>
    requires(sizeof...(Name) > 0)
consteval foreign_key_columns<sizeof...(Name)> foreign_key(constraint_name n, Name... columns) {
    return {n.value, {model::name(std::string_view(columns))...}};
}

} // namespace autopack_schema
