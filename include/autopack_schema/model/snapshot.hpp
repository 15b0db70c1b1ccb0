// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/builder.hpp>
#include <autopack_schema/model/vector.hpp>

#include <cstddef>
#include <cstring>
#include <string_view>

namespace autopack_schema::model {

/// Keeps copies of text at addresses that never change.
class text_arena {
public:
    text_arena() = default;
    text_arena(text_arena&&) noexcept = default; // a copy would have no text
    text_arena& operator=(text_arena&&) noexcept = default;

    /// Copies a text into the arena.
    /// shape: a view that lives as long as the arena, also when the arena is moved
    std::string_view keep(std::string_view text) {
        if (text.empty()) return {};
        if (text.size() > capacity_ - used_) grow(text.size());
        char* const place = blocks_.back().data() + used_;
        std::memcpy(place, text.data(), text.size());
        used_ += text.size();
        return {place, text.size()};
    }

private:
    void grow(std::size_t needed) {
        constexpr std::size_t block = 16 * 1024;
        const std::size_t size = needed > block ? needed : block;
        blocks_.push_back({}).reserve(size); // written behind its end: the text needs no other value before
        capacity_ = size;
        used_ = 0;
    }

    vector<vector<char>> blocks_;
    std::size_t capacity_ = 0;
    std::size_t used_ = 0;
};

/// A schema that owns all it says: read from a database or a file, or put together at run time.
/// shape:  movable, not copyable; `view()` stays valid while the snapshot lives and nothing is added
class snapshot {
public:
    snapshot() = default;
    snapshot(snapshot&&) noexcept = default;
    snapshot& operator=(snapshot&&) noexcept = default;

    /// Copies a schema with all of its text.
    static snapshot copy_of(const schema& from) {
        snapshot copy;
        copy.content_.name = copy.keep(from.name);
        copy.content_.version = copy.keep(from.version);
        for (const table& t : from.tables) copy.content_.copy_table(from, t);
        for (const model::view& v : from.views) copy.content_.add_view(v, from.names_of(v.columns));
        for (const trigger& t : from.triggers) copy.content_.add_trigger(t);
        for (const unmodelled& o : from.others) copy.content_.add_other(o);
        copy.own_text();
        return copy;
    }

    /// What the snapshot is made of; text that is put in must come from `keep`, or `own_text` be called at the end.
    builder& content() noexcept { return content_; }

    /// Copies a text into the snapshot.
    std::string_view keep(std::string_view text) { return text_.keep(text); }

    /// Copies every text that the content refers to into the snapshot, wherever it lies now.
    void own_text() {
        own(content_.name, content_.version);
        for (table& t : content_.tables) own(t.name, t.key.name, t.module, t.renamed_from, t.sql);
        for (column& c : content_.columns) {
            own(c.name, c.type.declared, c.default_to.text, c.generated_as, c.collation, c.renamed_from);
        }
        for (key_part& p : content_.parts) own(p.text, p.collation, p.operator_class);
        for (model::name& n : content_.names) own(n);
        for (unique_constraint& u : content_.uniques) own(u.name);
        for (check_constraint& c : content_.checks) own(c.name, c.expression, c.column);
        for (foreign_key& f : content_.foreign_keys) own(f.name, f.parent, f.match);
        for (index& i : content_.indexes) own(i.name, i.where, i.method, i.sql);
        for (model::view& v : content_.views) own(v.name, v.definition, v.sql);
        for (trigger& t : content_.triggers) own(t.name, t.table, t.definition, t.sql);
        for (unmodelled& o : content_.others) own(o.kind, o.name, o.sql, o.reason);
    }

    /// The schema, as every algorithm takes it.
    schema view() const noexcept { return content_.view_of(); }

private:
    void own_one(std::string_view& text) { text = keep(text); }
    void own_one(model::name& n) { n.text = keep(n.text); }

    template <class... Text>
    void own(Text&... text) {
        (own_one(text), ...);
    }

    text_arena text_;
    builder content_;
};

} // namespace autopack_schema::model
