// SPDX-License-Identifier: MIT
#include <autopack_schema/cli/diagram.hpp>
#include <autopack_schema/model/snapshot.hpp>

#include <autopack_schema_test/catch.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace diagram = autopack_schema::cli::diagram;
namespace drift = autopack_schema::drift;
namespace model = autopack_schema::model;

namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// customers, orders with a foreign key, a view, a virtual table; names that break careless writers.
model::snapshot shop() {
    model::snapshot s;
    model::builder& b = s.content();
    const std::vector<model::key_part> id = {{"id"}};
    const std::vector<model::name> customer_id = {"customer id"};
    const std::vector<model::name> parent_id = {"id"};
    b.name = "shop";
    b.version = "v1";
    b.add_table({"customers"});
    b.add_column({"id", {model::type_kind::integer}, false});
    b.add_column({"e-mail", {model::type_kind::text, 0, "VARCHAR(10, 2)"}, false});
    b.set_primary_key({}, id);
    const std::vector<model::key_part> mail = {{"e-mail"}};
    b.add_unique({}, mail);
    b.add_table({"<orders> & \"co\""});
    b.add_column({"id", {model::type_kind::integer}, false});
    b.add_column({"customer id", {model::type_kind::integer}});
    b.set_primary_key({}, id);
    b.add_foreign_key({{}, {}, "customers", {}, model::fk_action::cascade}, customer_id, parent_id);
    b.add_foreign_key({{}, {}, "nowhere"}, customer_id, {});
    b.add_view({"big", {}, "SELECT * FROM \"customers\""}, {});
    s.own_text();
    return s;
}

/// Counts what opens and closes, so that a text that is no XML is found without a parser.
bool is_well_formed(std::string_view xml) {
    std::vector<std::string> open;
    for (std::size_t i = 0; (i = xml.find('<', i)) != std::string_view::npos;) {
        const std::size_t end = xml.find('>', i);
        if (end == std::string_view::npos) return false;
        const std::string_view tag = xml.substr(i + 1, end - i - 1);
        if (tag.find('<') != std::string_view::npos) return false;
        i = end;
        const std::string name(tag.substr(0, tag.find(' ')));
        if (tag.starts_with('/')) {
            if (open.empty() || "/" + open.back() != name) return false;
            open.pop_back();
        } else if (!tag.ends_with('/')) {
            open.push_back(name);
        }
    }
    return open.empty();
}

bool overlap(const diagram::place& a, const diagram::place& b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

} // namespace

TEST_CASE("a picture has boxes, keys and relations", "[cli][diagram]") {
    const model::snapshot s = shop();
    const diagram::picture p = diagram::draw(s.view());
    CHECK(p.title == "shop v1");
    REQUIRE(p.boxes.size() == 3);
    CHECK(p.boxes[0].rows[0].primary_key);
    CHECK(p.boxes[0].rows[1].unique);
    CHECK(p.boxes[1].rows[1].foreign_key);
    CHECK(p.boxes[2].kind == diagram::box_kind::view);
    REQUIRE(p.relations.size() == 2); // the one to a table that is not there is left out
    CHECK(p.relations[0].child == 1);
    CHECK(p.relations[0].parent == 0);
    CHECK(p.relations[0].optional);
    CHECK(p.relations[0].label == "customer id, ON DELETE CASCADE");
    CHECK(p.relations[1].reads);
}

TEST_CASE("Mermaid gets words and quoted texts only", "[cli][diagram]") {
    const model::snapshot s = shop();
    CHECK(diagram::to_mermaid(diagram::draw(s.view())) == R"(---
title: "shop v1"
---
erDiagram
    customers {
        INTEGER id PK
        VARCHAR(10__2) e_mail UK "e-mail, NOT NULL"
    }
    "<orders> & 'co'" {
        INTEGER id PK
        INTEGER customer_id FK "customer id"
    }
    big
    customers |o--o{ "<orders> & 'co'" : "customer id, ON DELETE CASCADE"
    customers ||..o| big : "read by"
)");
}

TEST_CASE("SVG and Graphviz escape what stands in names", "[cli][diagram]") {
    const model::snapshot s = shop();
    const diagram::picture p = diagram::draw(s.view());
    const std::string svg = diagram::to_svg(p);
    CHECK(is_well_formed(svg));
    CHECK(has(svg, "&lt;orders&gt; &amp; &quot;co&quot;"));
    const std::string dot = diagram::to_dot(p);
    CHECK(has(dot, "&lt;orders&gt; &amp; &quot;co&quot;"));
    CHECK(has(dot, "b0:r0:e -> b1:l1:w"));
    CHECK_FALSE(is_well_formed("<a><b></a>"));
    CHECK_FALSE(is_well_formed("<a"));
}

TEST_CASE("drift colours rows, tables and what only the database has", "[cli][diagram]") {
    const model::snapshot s = shop();
    model::builder live;
    live.add_table({"customers"});
    live.add_column({"fax", {model::type_kind::text}});
    live.add_table({"tmp"});
    live.add_column({"x"});
    drift::report r;
    const auto add = [&r](const char* kind, drift::severity level, const char* table, const char* object) {
        drift::finding f;
        f.kind = kind;
        f.level = level;
        f.table = table;
        f.object = object;
        r.findings.push_back(f);
    };
    add("column.missing", drift::severity::breaking, "customers", "customers.e-mail");
    add("index.missing", drift::severity::performance, "customers", "ix_mail");
    add("column.extra", drift::severity::extra, "customers", "customers.fax");
    add("table.extra", drift::severity::extra, "tmp", "tmp");
    add("view.definition", drift::severity::semantic, "", "big");
    diagram::picture p = diagram::draw(s.view());
    diagram::add_drift(p, r, live.view_of());
    REQUIRE(p.boxes.size() == 4);
    CHECK(p.boxes[0].colour == diagram::paint::breaking);
    CHECK(p.boxes[0].note == "index.missing ix_mail");
    CHECK(p.boxes[0].rows[1].colour == diagram::paint::breaking);
    REQUIRE(p.boxes[0].rows.size() == 3);
    CHECK(p.boxes[0].rows[2].name == "fax");
    CHECK(p.boxes[1].colour == diagram::paint::none);
    CHECK(p.boxes[2].colour == diagram::paint::semantic);
    CHECK(p.boxes[3].colour == diagram::paint::extra);
    const std::string svg = diagram::to_svg(p);
    CHECK(is_well_formed(svg));
    CHECK(has(svg, "breaking (1)"));
    CHECK(has(svg, "column.missing"));
    CHECK(has(diagram::to_mermaid(p), "classDef breaking"));
    r.findings.clear();
    diagram::picture clean = diagram::draw(s.view());
    diagram::add_drift(clean, r, s.view());
    CHECK(has(diagram::to_svg(clean), "no drift"));
}

TEST_CASE("no box stands on another, whatever refers to what", "[cli][diagram]") {
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 random(seed);
        const auto below = [&random](std::size_t n) { return static_cast<std::size_t>(random() % n); };
        diagram::picture p;
        const std::size_t count = 1 + below(30);
        for (std::size_t i = 0; i < count; ++i) {
            diagram::box b;
            b.name = "t" + std::to_string(i);
            for (std::size_t k = below(20); k > 0; --k)
                b.rows.push_back({"c" + std::to_string(k), std::string(below(40), 'T')});
            p.boxes.push_back(b);
        }
        for (std::size_t i = below(count * 2); i > 0; --i) { // circles and self references too
            diagram::relation r;
            r.child = below(count);
            r.parent = below(count);
            r.child_columns = {"c1"};
            p.relations.push_back(r);
        }
        const diagram::layout l = diagram::lay_out(p);
        INFO("seed " << seed);
        REQUIRE(l.boxes.size() == count);
        for (std::size_t a = 0; a < count; ++a) {
            REQUIRE(l.boxes[a].width > 0);
            REQUIRE(l.boxes[a].x + l.boxes[a].width <= l.width);
            for (std::size_t b = a + 1; b < count; ++b) REQUIRE_FALSE(overlap(l.boxes[a], l.boxes[b]));
        }
        REQUIRE(is_well_formed(diagram::to_svg(p)));
    }
}
