// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/diff/change.hpp>
#include <autopack_schema/diff/rules.hpp>
#include <autopack_schema/model/items.hpp>
#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace autopack_schema::detail {

/// One flag for each element of a list.
/// shape: bytes, as clang 16 cannot use libstdc++ 12's vector<bool> in constant expressions
using marks = model::vector<unsigned char>;

/// What the parts of `diff` share: both schemas, the pair of tables at hand, and the list that grows.
struct differ {
    const model::schema& from;
    const model::schema& to;
    const rules& dialect;
    std::vector<change>& changes;
    std::uint32_t from_table = no_element;
    std::uint32_t to_table = no_element;

    constexpr const model::table& old_table() const { return from.tables[from_table]; }
    constexpr const model::table& new_table() const { return to.tables[to_table]; }
    constexpr table_scope old_scope() const { return {from, old_table()}; }
    constexpr table_scope new_scope() const { return {to, new_table()}; }

    constexpr void report(change_kind kind, element what, std::uint32_t from_at, std::uint32_t to_at) {
        changes.push_back({kind, what, from_table, to_table, from_at, to_at, element::none});
    }
};

/// Finds the element of `from` with the name of each element of `to`.
/// shape: one position for each element of `to`, `no_element` where there is none; linear where the orders agree
template <class T>
constexpr model::vector<std::uint32_t> match_names(model::items<T> from, model::items<T> to) {
    model::vector<std::uint32_t> matches;
    matches.reserve(to.size());
    std::size_t next = 0;
    for (const T& wanted : to) {
        std::size_t at = next < from.size() && from[next].name == wanted.name ? next : 0;
        while (at < from.size() && !(from[at].name == wanted.name)) ++at;
        if (at < from.size()) next = at + 1;
        matches.push_back(at < from.size() ? static_cast<std::uint32_t>(at) : no_element);
    }
    return matches;
}

/// Adds the matches that `renamed_from` hints at: the old name is taken by nobody, the new one was not there.
template <class T>
constexpr void match_renames(model::items<T> from, model::items<T> to, model::vector<std::uint32_t>& matches) {
    for (std::size_t i = 0; i < to.size(); ++i) {
        if (matches[i] != no_element || to[i].renamed_from.empty()) continue;
        if (model::find(to, to[i].renamed_from) != nullptr) continue;
        const T* const old = model::find(from, to[i].renamed_from);
        if (old != nullptr) matches[i] = static_cast<std::uint32_t>(old - from.data());
    }
}

/// Marks the positions that occur in a list of matches.
constexpr marks matched(model::items<std::uint32_t> matches, std::size_t size) {
    marks found(size, false);
    for (const std::uint32_t at : matches) {
        if (at != no_element) found[at] = true;
    }
    return found;
}

/// Reports the elements of one sort, of the pair of tables at hand, that have no partner on the other side.
constexpr void report_unpaired(differ& d, element what, model::range was, const marks& old_done, change_kind dropped,
                               model::range is, const marks& new_done, change_kind added) {
    for (std::uint32_t i = 0; i < is.count; ++i) {
        if (!new_done[i]) d.report(added, what, no_element, is.first + i);
    }
    for (std::uint32_t j = 0; j < was.count; ++j) {
        if (!old_done[j]) d.report(dropped, what, was.first + j, no_element);
    }
}

/// Tells whether two names mean the same column of the pair of tables at hand, renames followed.
constexpr bool same_column(const differ& d, const model::name& old_name, const model::name& new_name) {
    if (old_name == new_name) return true;
    const model::column* const now = model::find_column(d.to, d.new_table(), new_name);
    return now != nullptr && now->renamed_from == old_name &&
           model::find_column(d.from, d.old_table(), new_name) == nullptr;
}

/// Tells whether two lists name the same columns in the same order.
constexpr bool same_columns(const differ& d, model::items<model::name> old_names,
                            model::items<model::name> new_names) {
    if (old_names.size() != new_names.size()) return false;
    for (std::size_t i = 0; i < old_names.size(); ++i) {
        if (!same_column(d, old_names[i], new_names[i])) return false;
    }
    return true;
}

/// Two names of a collation, empty standing for the database's default.
constexpr bool same_collation(const rules& dialect, std::string_view a, std::string_view b) {
    return model::same_name(a.empty() ? dialect.default_collation : a, b.empty() ? dialect.default_collation : b);
}

/// ABORT is what happens without a clause.
constexpr bool same_conflict(model::conflict a, model::conflict b) {
    const auto plain = [](model::conflict c) { return c == model::conflict::none || c == model::conflict::abort; };
    return a == b || (plain(a) && plain(b));
}

/// Tells whether two constraints have the same name, an unnamed one being any unless names are to be exact.
constexpr bool same_constraint_name(const rules& dialect, const model::name& a, const model::name& b) {
    return (!dialect.exact_names && (a.empty() || b.empty())) || a == b;
}

} // namespace autopack_schema::detail
