// SPDX-License-Identifier: MIT
#pragma once

// Rows as JSON and back, and columns of nlohmann::json; query.hpp does not include this header.

#include <autopack_schema/error.hpp>
#include <autopack_schema/query/detail/insert.hpp>
#include <autopack_schema/query/detail/insert_range.hpp>
#include <autopack_schema/query/detail/json_value.hpp>
#include <autopack_schema/query/detail/tables.hpp>
#include <autopack_schema/query/detail/visit_row.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace autopack_schema {

namespace query {

/// Throws for JSON and a row that do not fit.
[[noreturn]] inline void refuse_json(std::string_view table, std::string_view column, std::string what, std::string advice) {
    throw error({.code = "S246",
                 .what_happened = std::move(what),
                 .table = std::string(table),
                 .column = std::string(column),
                 .advice = std::move(advice)});
}

/// A value as a message shows it.
template <class Json>
std::string json_excerpt(const Json& value) {
    std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
    if (text.size() > 40) text = text.substr(0, 40) + "...";
    return text;
}

/// Writes the members of a row into an object, each under the name of its column.
template <class Info, class Json>
struct json_writer {
    Json& out;
    std::size_t column = 0;

    void put(no_member) {}
    template <class T>
    void put(const T& value) {
        const std::string_view name = Info::column(column++).name.text;
        Json made;
        if (!query::put_json(made, value))
            query::refuse_json(Info::name(), name, "JSON has no form for the value", "store a finite number, or a named enumerator");
        out.emplace(std::string(name), std::move(made));
    }
};

/// Reads the members of a row from an object that has exactly the columns of the table.
template <class Info, class Json>
struct json_reader {
    const Json& in;
    std::size_t column = 0;

    void get(no_member) {}
    template <class T>
    void get(T& out) {
        const std::string_view name = Info::column(column++).name.text;
        const auto found = in.find(std::string(name));
        if (found == in.end()) query::refuse_json(Info::name(), name, "the JSON has no such key", "add the key; null is what NULL is");
        if (!query::get_json(*found, out))
            query::refuse_json(Info::name(), name, "the JSON has " + json_excerpt(*found) + ", which the member cannot hold",
                               "correct the value, or change the type of the member");
    }
    void refuse_others() const {
        for (auto key = in.begin(); key != in.end(); ++key) {
            bool known = false;
            for (std::size_t i = 0; i < Info::columns; ++i) known = known || Info::column(i).name.text == key.key();
            if (!known) query::refuse_json(Info::name(), key.key(), "the JSON has a key that is no column", "remove the key");
        }
    }
};

/// Makes the object of a row.
/// shape:  made aside, because an exception within nlohmann's constructor would leak what is in `out` already
template <const auto& Table, class Json, class Row>
void write_row_json(Json& out, const Row& row) {
    using info = table_info<Table>;
    Json made = Json::object();
    json_writer<info, Json> writer{made};
    query::visit_row<typename info::definition>(row, [&](const auto&... member) { (writer.put(member), ...); });
    out = std::move(made);
}
/// Reads the object of a row.
template <const auto& Table, class Json, class Row>
void read_row_json(const Json& in, Row& row) {
    using info = table_info<Table>;
    if (!in.is_object())
        query::refuse_json(info::name(), {}, "the JSON is no object: " + json_excerpt(in), "give an object with a key for each column");
    json_reader<info, Json> reader{in};
    query::visit_row<typename info::definition>(row, [&](auto&&... member) { (reader.get(member), ...); });
    if (in.size() != info::columns) reader.refuse_others();
}

/// Rows of a namespace that says which schema they are of: `constexpr const auto& row_schema(const auto*) { return shop; }`.
template <class Row>
concept has_row_schema = std::is_class_v<Row> && requires(const Row* row) { row_schema(row).model(); };
template <class Row>
inline constexpr const auto& schema_of_row = row_schema(static_cast<const Row*>(nullptr));

/// Rows that nlohmann's own functions take.
template <class Row>
concept is_json_row = has_row_schema<Row> && has_table<schema_of_row<Row>, Row>;

} // namespace query

/// A row of a schema as a JSON object, or the rows of a range as an array.
/// shape:  a key for each column, by its name in the database: NULL as null, blobs as hexadecimal digits, enumerations by
///         name, times as ISO 8601 without a zone, columns of JSON as they are
/// errors: S140 (compile time), S246 an infinite number, a value of an enumeration without a name
template <const auto& Schema, class Row, class Json = nlohmann::json>
Json to_json(const Row& row) {
    Json made;
    if constexpr (query::is_row_range<const Row&>) {
        made = Json::array();
        for (const auto& one : row) made.push_back(autopack_schema::to_json<Schema, std::remove_cvref_t<decltype(one)>, Json>(one));
    } else if constexpr (query::require_table<Schema, Row>()) {
        query::write_row_json<query::table_of<Schema, Row>::value>(made, row);
    }
    return made;
}

/// The row that a JSON object says: with a key for each column of its table and no other.
/// shape:  integers are never taken from fractions, and no number from a text; what is computed by the database is read too
/// errors: S140 (compile time), S246 a key that is missing or no column, a value that the member cannot hold
template <const auto& Schema, class Row, class Json>
Row from_json(const Json& json) {
    Row row{};
    if constexpr (query::require_table<Schema, Row>()) query::read_row_json<query::table_of<Schema, Row>::value>(json, row);
    return row;
}

} // namespace autopack_schema

namespace nlohmann {

/// `nlohmann::json(row)` and `json.get<row>()` for rows whose namespace has a `row_schema`.
template <class Row>
    requires autopack_schema::query::is_json_row<Row>
struct adl_serializer<Row, void> {
    template <class Json>
    static void to_json(Json& out, const Row& row) {
        namespace query = autopack_schema::query;
        query::write_row_json<query::table_of<query::schema_of_row<Row>, Row>::value>(out, row);
    }
    template <class Json>
    static void from_json(const Json& in, Row& row) {
        namespace query = autopack_schema::query;
        query::read_row_json<query::table_of<query::schema_of_row<Row>, Row>::value>(in, row);
    }
};

} // namespace nlohmann
