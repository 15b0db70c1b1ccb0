// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/query/detail/change_parts.hpp>
#include <autopack_schema/query/detail/hint.hpp>
#include <autopack_schema/query/results.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace autopack_schema {

namespace query {

/// Puts RETURNING behind a change.
template <class Db, class Row, class Change, class... Item>
constexpr auto make_returning(Db db, Change change, Item... item) {
    using output = decltype(query::make_output(std::move(item)...));
    using parts = returning_parts<Row, Change, output>;
    return results<Db, parts>{db, parts{std::move(change), query::make_output(std::move(item)...)}};
}

/// The condition of a change: one on rows, or every row.
template <class T>
constexpr auto change_condition(T&& e) {
    if constexpr (std::is_same_v<std::remove_cvref_t<T>, every_row>) return every_row{};
    else return query::row_condition(std::forward<T>(e));
}

/// An UPDATE in the making: `set`, `where`, then `execute` or `returning`.
template <class Db, class Row, class Where, class... Assignment>
struct [[nodiscard("an update does nothing until execute() or returning()")]] update_statement {
    using parts_type = update_parts<Row, Where, Assignment...>;

    Db db;
    parts_type parts;

    /// What is assigned: `set(col<&row::state> = "done", col<&row::tries> = col<&row::tries> + 1)`.
    /// errors: S150, S151, S162, S164 (compile time)
    template <is_assignment... A>
    constexpr auto set(A... a) const {
        return update_statement<Db, Row, Where, A...>{db, {list<A...>(std::move(a)...), parts.where}};
    }
    /// Which rows; `everything` is every one.
    template <class E>
    constexpr auto where(E&& e) const {
        auto made = query::change_condition(std::forward<E>(e));
        return update_statement<Db, Row, decltype(made), Assignment...>{db, {parts.set, std::move(made)}};
    }
    /// Changes the rows; how many there were.
    /// errors: S152 without where (compile time)
    std::int64_t execute() const { return query::run_change<Db::schema>(*db.on, parts); }
    /// Changes the rows and gives something of each as it is then.
    template <class... Item>
    constexpr auto returning(const Item&... item) const {
        return query::make_returning<Db, Row>(db, parts, query::to_item(item)...);
    }
};

/// A DELETE in the making: `where`, then `execute` or `returning`.
template <class Db, class Row, class Where>
struct [[nodiscard("an erase does nothing until execute() or returning()")]] erase_statement {
    using parts_type = erase_parts<Row, Where>;

    Db db;
    parts_type parts;

    /// Which rows; `everything` is every one.
    template <class E>
    constexpr auto where(E&& e) const {
        auto made = query::change_condition(std::forward<E>(e));
        return erase_statement<Db, Row, decltype(made)>{db, {std::move(made)}};
    }
    /// Removes the rows; how many there were.
    /// errors: S153 without where (compile time)
    std::int64_t execute() const { return query::run_change<Db::schema>(*db.on, parts); }
    /// Removes the rows and gives something of each as it was.
    template <class... Item>
    constexpr auto returning(const Item&... item) const {
        return query::make_returning<Db, Row>(db, parts, query::to_item(item)...);
    }
};

} // namespace query

/// An UPDATE that belongs to no database yet, to look at its text.
template <class Row>
constexpr auto update() {
    return query::update_statement<query::unbound, Row, query::nothing>{query::unbound{}, {}};
}
/// A DELETE that belongs to no database yet, to look at its text.
template <class Row>
constexpr auto erase() {
    return query::erase_statement<query::unbound, Row, query::nothing>{query::unbound{}, {}};
}

inline namespace words {

/// For `where` of an update or an erase that shall change every row.
inline constexpr query::every_row everything{};

} // namespace words
} // namespace autopack_schema
