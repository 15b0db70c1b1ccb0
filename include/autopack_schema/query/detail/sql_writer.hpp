// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/schema.hpp>
#include <autopack_schema/query/detail/table_text.hpp>
#include <autopack_schema/query/detail/text_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace autopack_schema::query {

/// What a piece of a statement is.
enum class piece_kind : std::uint8_t { end, text, column, columns, insert, name, number };

/// A piece of the text of a statement. A query is kept as its pieces, because a compiler takes as long to write twenty
/// characters as to note one piece.
struct sql_piece {
    piece_kind kind = piece_kind::end;
    bool qualified = false;
    std::string_view text{};  ///< a text, a name, a column
    std::string_view table{}; ///< of a column, of columns
    std::string_view alias{};
    model::items<model::column> columns{};
    std::int64_t number = 0;
};

/// Notes the pieces of a statement, or counts them where there is no room given.
/// shape:  the same calls are made twice, first to count and then to note; a compiler does both
class sql_writer {
public:
    constexpr explicit sql_writer(sql_piece* out = nullptr) noexcept : out_(out) {}

    constexpr std::size_t size() const noexcept { return size_; }
    constexpr void put(std::string_view text) {
        if (sql_piece* const piece = next(piece_kind::text)) piece->text = text;
    }
    constexpr void name(std::string_view text) {
        if (sql_piece* const piece = next(piece_kind::name)) piece->text = text;
    }
    constexpr void number(std::int64_t value) {
        if (sql_piece* const piece = next(piece_kind::number)) piece->number = value;
    }
    /// A column, with its table before it where that is needed.
    constexpr void column(std::string_view table, std::string_view alias, std::string_view column, bool qualified) {
        if (sql_piece* const piece = next(piece_kind::column)) {
            piece->qualified = qualified;
            piece->text = column;
            piece->table = table;
            piece->alias = alias;
        }
    }
    /// All columns of a table.
    constexpr void columns(const model::schema& table, std::string_view alias, bool qualified) {
        if (sql_piece* const piece = next(piece_kind::columns)) {
            piece->qualified = qualified;
            piece->table = table.tables[0].name.text;
            piece->alias = alias;
            piece->columns = table.columns;
        }
    }
    /// INSERT of one row of a table.
    constexpr void insert(const model::schema& table) {
        if (sql_piece* const piece = next(piece_kind::insert)) {
            piece->table = table.tables[0].name.text;
            piece->columns = table.columns;
        }
    }

private:
    constexpr sql_piece* next(piece_kind kind) {
        if (out_ == nullptr) {
            ++size_;
            return nullptr;
        }
        sql_piece* const piece = out_ + size_++;
        piece->kind = kind;
        return piece;
    }

    sql_piece* out_;
    std::size_t size_ = 0;
};

/// Writes the text of pieces, up to the one that is their end.
constexpr void write_pieces(text_writer& w, const sql_piece* pieces) {
    for (; pieces->kind != piece_kind::end; ++pieces) {
        const sql_piece& p = *pieces;
        switch (p.kind) {
        case piece_kind::end: break;
        case piece_kind::text: w.put(p.text); break;
        case piece_kind::name: w.name(p.text); break;
        case piece_kind::number: w.number(p.number); break;
        case piece_kind::column: query::write_column(w, p.table, p.alias, p.text, p.qualified); break;
        case piece_kind::columns: query::write_columns(w, p.columns, p.table, p.alias, p.qualified); break;
        case piece_kind::insert: query::write_insert(w, p.columns, p.table, 1); break;
        }
    }
}

} // namespace autopack_schema::query
