// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/cli/diagram/layout.hpp>
#include <autopack_schema/cli/diagram/markup.hpp>
#include <autopack_schema/cli/diagram/metrics.hpp>
#include <autopack_schema/cli/diagram/paint.hpp>
#include <autopack_schema/cli/diagram/picture.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::cli::diagram {

namespace detail {

inline constexpr double title_height = 52; ///< title and legend above the drawing

/// A coordinate with one decimal, in every locale with a point.
inline std::string number(double value) {
    const auto tenths = static_cast<long long>(std::llround(value * 10));
    const std::string digits = std::to_string(std::abs(tenths) / 10);
    const std::string fraction = std::abs(tenths) % 10 == 0 ? "" : "." + std::to_string(std::abs(tenths) % 10);
    return (tenths < 0 ? "-" : "") + digits + fraction;
}

/// Puts SVG elements together.
class svg_writer {
public:
    void rect(place at, std::string_view fill, std::string_view stroke, std::string_view more = {}) {
        text_ += "<rect x=\"" + number(at.x) + "\" y=\"" + number(at.y) + "\" width=\"" + number(at.width) +
                 "\" height=\"" + number(at.height) + "\" fill=\"" + std::string(fill) + '"';
        if (!stroke.empty()) text_ += " stroke=\"" + std::string(stroke) + '"';
        text_ += std::string(more) + "/>\n";
    }
    void text(double x, double y, std::string_view content, std::string_view more = {}) {
        text_ += "<text x=\"" + number(x) + "\" y=\"" + number(y) + '"' + std::string(more) + '>' + escaped(content) +
                 "</text>\n";
    }
    void path(const std::string& data, std::string_view more = {}) {
        text_ += "<path d=\"" + data + '"' + std::string(more) + "/>\n";
    }
    void circle(double x, double y) {
        text_ += "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"3.5\" fill=\"#ffffff\"/>\n";
    }
    void open(std::string_view element) { text_ += '<' + std::string(element) + ">\n"; }
    void close(std::string_view element) { text_ += "</" + std::string(element) + ">\n"; }
    void title(std::string_view content) { text_ += "<title>" + escaped(content) + "</title>\n"; }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

inline std::string at(double x, double y) { return number(x) + "," + number(y); }

/// The end of a line at a box: `direction` is 1 where the line leaves to the right.
struct line_end {
    double x = 0;
    double y = 0;
    double direction = 1;
    bool many = false;
    bool optional = false;
};

/// Crow's foot notation: a bar or a ring for one or none, three toes for many.
inline void draw_end(svg_writer& out, const line_end& e) {
    const auto along = [&e](double distance) { return e.x + e.direction * distance; };
    if (e.many) {
        out.path("M" + at(e.x, e.y - 5) + " L" + at(along(11), e.y) + " L" + at(e.x, e.y + 5));
        out.circle(along(15), e.y);
        return;
    }
    out.path("M" + at(along(6), e.y - 5) + " V" + number(e.y + 5));
    if (e.optional) {
        out.circle(along(13), e.y);
    } else {
        out.path("M" + at(along(10), e.y - 5) + " V" + number(e.y + 5));
    }
}

inline double row_y(const picture& p, const layout& l, std::size_t box_number, std::size_t row_number) {
    return l.boxes[box_number].y + middle_of_row(p.boxes[box_number], row_number);
}

inline double child_y(const picture& p, const layout& l, const relation& r) {
    const box& child = p.boxes[r.child];
    return row_y(p, l, r.child,
                 r.child_columns.empty() ? child.rows.size() : row_index(child, r.child_columns.front()));
}

inline double parent_y(const picture& p, const layout& l, const relation& r) {
    const box& parent = p.boxes[r.parent];
    return row_y(p, l, r.parent, r.reads ? parent.rows.size() : parent_row(parent, r));
}

/// A smooth line through points, level at each of them.
inline std::string curve(const std::vector<place>& points) {
    std::string data = "M" + at(points.front().x, points.front().y);
    for (std::size_t i = 1; i < points.size(); ++i) {
        const place& a = points[i - 1];
        const place& b = points[i];
        if (a.y == b.y) {
            data += " H" + number(b.x);
            continue;
        }
        const double bend = std::max(30.0, (b.x - a.x) / 2);
        data += " C" + at(a.x + bend, a.y) + " " + at(b.x - bend, b.y) + " " + at(b.x, b.y);
    }
    return data;
}

inline void draw_self(svg_writer& out, const picture& p, const layout& l, const relation& r) {
    const double right = l.boxes[r.child].x + l.boxes[r.child].width;
    const double from = parent_y(p, l, r);
    const double to = child_y(p, l, r);
    out.path("M" + at(right, from) + " C" + at(right + 60, from) + " " + at(right + 60, to) + " " + at(right, to));
    draw_end(out, {right, from, 1, false, r.optional});
    draw_end(out, {right, to, 1, !r.one, true});
}

inline void draw_route(svg_writer& out, const picture& p, const layout& l, const route& way) {
    const relation& r = p.relations[way.relation];
    const bool parent_left = way.left == r.parent;
    const place& left = l.boxes[way.left];
    const place& right = l.boxes[way.right];
    const double start = parent_left ? parent_y(p, l, r) : child_y(p, l, r);
    const double end = parent_left ? child_y(p, l, r) : parent_y(p, l, r);
    std::vector<place> points{{left.x + left.width, start}};
    for (const place& gap : way.gaps) {
        points.push_back({gap.x, gap.y + gap.height / 2});
        points.push_back({gap.x + gap.width, gap.y + gap.height / 2});
    }
    points.push_back({right.x, end});
    out.open("g");
    out.title(p.boxes[r.child].name + (r.reads ? " reads " : " → ") + p.boxes[r.parent].name +
              (r.label.empty() ? "" : ": " + r.label));
    out.path(curve(points), r.reads ? " stroke-dasharray=\"2 4\"" : "");
    if (!r.reads) {
        const line_end parent{parent_left ? left.x + left.width : right.x, parent_left ? start : end,
                              parent_left ? 1.0 : -1.0, false, r.optional};
        const line_end child{parent_left ? right.x : left.x + left.width, parent_left ? end : start,
                             parent_left ? -1.0 : 1.0, !r.one, true};
        draw_end(out, parent);
        draw_end(out, child);
    }
    out.close("g");
}

inline void draw_row(svg_writer& out, const row& r, const box_columns& columns, place line) {
    const auto chars = [](std::size_t n) { return static_cast<double>(n) * character; };
    const double base = line.y + 13.5;
    const double name_x = line.x + padding + (columns.keys == 0 ? 0 : chars(columns.keys + 1));
    const double type_x = name_x + chars(columns.name + 1);
    if (r.colour != paint::none) {
        place band = line;
        band.height *= r.note.empty() ? 1 : 2;
        out.rect(band, fill_of(r.colour), "");
    }
    if (const std::string keys = keys_of(r); !keys.empty())
        out.text(line.x + padding, base, keys, " fill=\"#8a6d1f\" font-size=\"10\"");
    out.text(name_x, base, fitted(r.name, name_limit), r.primary_key ? " font-weight=\"bold\"" : "");
    out.text(type_x, base, type_text(r), " fill=\"#5b6b7b\"");
    if (!r.note.empty()) {
        out.text(line.x + padding, base + line_height - 2, fitted(r.note, note_limit),
                 " font-style=\"italic\" font-size=\"11\" fill=\"" + std::string(stroke_of(r.colour)) + '"');
    }
}

inline void draw_box(svg_writer& out, const box& b, place at_place) {
    const std::string_view stroke = stroke_of(b.colour);
    const std::string_view dash = b.kind == box_kind::table ? " rx=\"4\"" : " rx=\"4\" stroke-dasharray=\"5 3\"";
    out.open("g");
    out.title(b.name);
    out.rect(at_place, "#ffffff", stroke, dash);
    out.rect({at_place.x, at_place.y, at_place.width, header_height}, stroke, stroke, " rx=\"4\"");
    const std::string_view kind = kind_text(b.kind);
    out.text(at_place.x + padding, at_place.y + 17.5,
             fitted(b.name, name_limit) + (kind.empty() ? "" : " (" + std::string(kind) + ")"),
             " fill=\"#ffffff\" font-weight=\"bold\"");
    place line{at_place.x + 1, at_place.y + header_height + padding / 2, at_place.width - 2, line_height};
    if (!b.note.empty()) {
        out.rect(line, fill_of(b.colour), "");
        out.text(line.x + padding, line.y + 13.5, fitted(b.note, note_limit),
                 " font-style=\"italic\" font-size=\"11\" fill=\"" + std::string(stroke) + '"');
        line.y += line_height;
    }
    const box_columns columns = columns_of(b);
    for (const row& r : b.rows) {
        draw_row(out, r, columns, line);
        line.y += r.note.empty() ? line_height : 2 * line_height;
    }
    out.close("g");
}

/// The title, and what the colours mean with the number of boxes that have each.
inline void draw_head(svg_writer& out, const picture& p) {
    out.text(margin, 28, p.title, " font-size=\"16\" font-weight=\"bold\"");
    if (!p.coloured) return;
    double x = margin;
    for (int i = static_cast<int>(paint::breaking); i > 0; --i) {
        const auto shade = static_cast<paint>(i);
        const auto boxes =
            std::count_if(p.boxes.begin(), p.boxes.end(), [shade](const box& b) { return b.colour == shade; });
        if (boxes == 0) continue;
        const std::string label = std::string(name_of(shade)) + " (" + std::to_string(boxes) + ")";
        out.rect({x, 37, 12, 12}, fill_of(shade), stroke_of(shade));
        out.text(x + 18, 47, label);
        x += 34 + static_cast<double>(label.size()) * character;
    }
    if (x == margin) out.text(x, 47, "no drift", " fill=\"#3a9d4b\"");
}

} // namespace detail

/// Draws a schema: parents on the left of what refers to them, crow's foot notation, drift in colours.
/// shape: one self-contained SVG 1.1 document
inline std::string to_svg(const picture& p) {
    layout l = lay_out(p);
    for (place& b : l.boxes) b.y += detail::title_height;
    for (route& r : l.routes) {
        for (place& gap : r.gaps) gap.y += detail::title_height;
    }
    const double legend = p.coloured ? 640 : 0;
    const double title = static_cast<double>(detail::width_of(p.title)) * 10 + 2 * detail::margin;
    const double width = std::max({l.width, legend, title});
    const double height = std::max(l.height, detail::margin) + detail::title_height;
    detail::svg_writer out;
    const std::string size = detail::number(width) + "\" height=\"" + detail::number(height);
    out.open("svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size + "\" viewBox=\"0 0 " + detail::number(width) +
             " " + detail::number(height) +
             "\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"12\" fill=\"#1c2733\"");
    out.rect({0, 0, width, height}, "#ffffff", "");
    detail::draw_head(out, p);
    out.open("g fill=\"none\" stroke=\"#5b6b7b\" stroke-width=\"1.3\"");
    for (const route& r : l.routes) detail::draw_route(out, p, l, r);
    for (const relation& r : p.relations) {
        if (r.child == r.parent) detail::draw_self(out, p, l, r);
    }
    out.close("g");
    for (std::size_t i = 0; i < p.boxes.size(); ++i) detail::draw_box(out, p.boxes[i], l.boxes[i]);
    out.close("svg");
    return out.take();
}

} // namespace autopack_schema::cli::diagram
