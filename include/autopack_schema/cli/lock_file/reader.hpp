// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/lock_file/text.hpp>
#include <autopack_schema/cli/lock_file/words.hpp>
#include <autopack_schema/error.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace autopack_schema::cli::lock_file::detail {

/// Throws S455 with the place: `tables[2].columns[0].type`.
[[noreturn]] inline void refuse(const std::string& place, std::string_view what) {
    throw error({.code = "S455",
                 .what_happened = "lock file: " + (place.empty() ? "" : place + ": ") + std::string(what),
                 .advice = "write the file anew with `autopack-schema snapshot`"});
}

/// Reads one JSON object: each key is asked for, and `finish` refuses what nobody asked for.
class object_reader {
public:
    object_reader(const json& object, std::string place, model::snapshot& into)
        : object_(object), place_(std::move(place)), into_(into) {
        if (!object.is_object()) refuse(place_, "must be an object");
    }

    const std::string& place() const { return place_; }
    std::string place(std::string_view key) const {
        return place_.empty() ? std::string(key) : place_ + "." + std::string(key);
    }

    /// The value of a key; nullptr where it is not there.
    const json* find(const char* key) {
        asked_.push_back(key);
        const auto at = object_.find(key);
        return at == object_.end() ? nullptr : &*at;
    }

    const json& need(const char* key) {
        const json* const value = find(key);
        if (value == nullptr) refuse(place(key), "is missing");
        return *value;
    }

    /// A text, kept in the snapshot.
    std::string_view keep(const json& value, const std::string& where) {
        std::string text;
        if (!text_from_json(value, text))
            refuse(where, "must be a string, an array of lines or {\"bytes\": hexadecimal}");
        return into_.keep(text);
    }

    std::string_view text(const char* key) {
        const json* const value = find(key);
        return value == nullptr ? std::string_view() : keep(*value, place(key));
    }

    std::string_view needed_text(const char* key) { return keep(need(key), place(key)); }

    bool flag(const char* key) {
        const json* const value = find(key);
        if (value == nullptr) return false;
        if (!value->is_boolean()) refuse(place(key), "must be true or false");
        return value->get<bool>();
    }

    template <class Enum>
    Enum word(const char* key) {
        const json* const value = find(key);
        if (value == nullptr) return Enum{};
        std::string known;
        for (const auto& w : words_of(Enum{})) {
            if (value->is_string() && value->get_ref<const std::string&>() == w.text) return w.value;
            known += (known.empty() ? "" : ", ") + std::string(w.text);
        }
        refuse(place(key), "must be one of: " + known);
    }

    /// Calls `read(element, place)` for each element of an array.
    template <class Read>
    void each(const char* key, Read read) {
        const json* const list = find(key);
        if (list == nullptr) return;
        if (!list->is_array()) refuse(place(key), "must be an array");
        for (std::size_t i = 0; i < list->size(); ++i) read((*list)[i], place(key) + "[" + std::to_string(i) + "]");
    }

    /// Refuses keys that no one asked for: a misspelled key must not be read as nothing.
    void finish() const {
        for (const auto& item : object_.items()) {
            const bool asked = std::find(asked_.begin(), asked_.end(), item.key()) != asked_.end();
            if (!asked) refuse(place(item.key()), "is not known");
        }
    }

    model::snapshot& into() { return into_; }

private:
    const json& object_;
    std::string place_;
    model::snapshot& into_;
    std::vector<std::string_view> asked_;
};

} // namespace autopack_schema::cli::lock_file::detail
