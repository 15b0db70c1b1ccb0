// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/define/detail/sizes.hpp>
#include <autopack_schema/model/schema.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace autopack_schema::detail {

/// The arrays of a schema at their exact sizes.
template <sizes Size>
struct arrays {
    std::array<model::table, Size.tables> tables{};
    std::array<model::column, Size.columns> columns{};
    std::array<model::key_part, Size.parts> parts{};
    std::array<model::name, Size.names> names{};
    std::array<model::unique_constraint, Size.uniques> uniques{};
    std::array<model::check_constraint, Size.checks> checks{};
    std::array<model::foreign_key, Size.foreign_keys> foreign_keys{};
    std::array<model::index, Size.indexes> indexes{};
    std::array<model::view, Size.views> views{};
    std::array<model::trigger, Size.triggers> triggers{};

    constexpr model::schema view(std::string_view name, std::string_view version) const {
        return {name,   version,      tables,  columns, parts,    names, uniques,
                checks, foreign_keys, indexes, views,   triggers, {}};
    }
};

/// Where the next element of each array goes; the same type whatever the sizes.
struct cursor {
    model::table* table;
    model::column* column;
    model::key_part* part;
    model::name* name;
    model::unique_constraint* unique;
    model::check_constraint* check;
    model::foreign_key* foreign_key;
    model::index* index;
    model::view* view;
    model::trigger* trigger;

    template <sizes Size>
    constexpr explicit cursor(arrays<Size>& a)
        : table(a.tables.data()), column(a.columns.data()), part(a.parts.data()), name(a.names.data()),
          unique(a.uniques.data()), check(a.checks.data()), foreign_key(a.foreign_keys.data()),
          index(a.indexes.data()), view(a.views.data()), trigger(a.triggers.data()) {}
};

/// The arrays of one table, the same type whatever their sizes.
struct table_arrays {
    const model::table* table;
    const model::column* columns;
    const model::key_part* parts;
    const model::name* names;
    const model::unique_constraint* uniques;
    const model::check_constraint* checks;
    const model::foreign_key* foreign_keys;
    const model::index* indexes;
    sizes size;

    template <sizes Size>
    constexpr explicit table_arrays(const arrays<Size>& a)
        : table(a.tables.data()), columns(a.columns.data()), parts(a.parts.data()), names(a.names.data()),
          uniques(a.uniques.data()), checks(a.checks.data()), foreign_keys(a.foreign_keys.data()),
          indexes(a.indexes.data()), size(Size) {}
};

/// How many elements of each array are filled already.
struct offsets {
    std::uint32_t columns = 0;
    std::uint32_t parts = 0;
    std::uint32_t names = 0;
    std::uint32_t uniques = 0;
    std::uint32_t checks = 0;
    std::uint32_t foreign_keys = 0;
    std::uint32_t indexes = 0;
};

} // namespace autopack_schema::detail
