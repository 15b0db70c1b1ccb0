// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/ops/detail/number_text.hpp>
#include <autopack_schema/ops/proposal/proposal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace autopack_schema::ops {

namespace detail {

inline constexpr std::array<std::string_view, 12> plot_colors{"#4269d0", "#efb118", "#ff725c", "#6cc5b0",
                                                              "#3ca951", "#ff8ab7", "#a463f2", "#97bbf5",
                                                              "#9c6b4e", "#444444", "#008fa3", "#c2b280"};

inline std::string xml_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out;
}

/// The text of an SVG picture while it is drawn.
class svg_picture {
public:
    svg_picture(int width, int height, std::string_view title) {
        text_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + std::to_string(width) + " " +
                std::to_string(height) + "\" width=\"" + std::to_string(width) + "\" height=\"" +
                std::to_string(height) + "\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n<title>" +
                xml_text(title) + "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
        label(width / 2.0, 24, title, "middle", "#111", 16);
    }

    void line(double x1, double y1, double x2, double y2, std::string_view color, std::string_view more = "") {
        text_ += "<line x1=\"" + at(x1) + "\" y1=\"" + at(y1) + "\" x2=\"" + at(x2) + "\" y2=\"" + at(y2) +
                 "\" stroke=\"" + std::string(color) + "\"" + std::string(more) + "/>\n";
    }
    void label(double x, double y, std::string_view text, std::string_view anchor = "start",
               std::string_view color = "#444", int size = 12) {
        text_ += "<text x=\"" + at(x) + "\" y=\"" + at(y) + "\" text-anchor=\"" + std::string(anchor) + "\" fill=\"" +
                 std::string(color) + "\" font-size=\"" + std::to_string(size) + "\">" + xml_text(text) + "</text>\n";
    }
    void dot(double x, double y, std::string_view color, std::string_view title) {
        text_ += "<circle cx=\"" + at(x) + "\" cy=\"" + at(y) + "\" r=\"4.5\" fill=\"" + std::string(color) +
                 "\" fill-opacity=\"0.75\"><title>" + xml_text(title) + "</title></circle>\n";
    }
    void bar(double x, double y, double width, double height, std::string_view color, std::string_view title) {
        text_ += "<rect x=\"" + at(x) + "\" y=\"" + at(y) + "\" width=\"" + at(width) + "\" height=\"" + at(height) +
                 "\" rx=\"2\" fill=\"" + std::string(color) + "\"><title>" + xml_text(title) + "</title></rect>\n";
    }
    std::string finish() && { return std::move(text_) + "</svg>\n"; }

private:
    static std::string at(double value) { return fixed(value, 1); }
    std::string text_;
};

/// The next larger of 1, 2, 5, 10, 20, 50, …
inline double round_up(double value) {
    if (value <= 0) return 1;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0, 10.0}) {
        if (step * power >= value) return step * power;
    }
    return 10.0 * power;
}

inline std::string group_name(const auto& g) { return g.category + "/" + g.complexity; }

inline std::size_t place_of(const std::vector<proposed_change>& groups, const calibration_sample& s) {
    const auto found =
        std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return group_name(g) == group_name(s); });
    return static_cast<std::size_t>(found - groups.begin());
}

} // namespace detail

/// Draws what was predicted against what came: a dot for each sample, and the line where both are the same.
inline std::string accuracy_plot(const calibration_proposal& p) {
    constexpr double left = 70, top = 50, side = 420;
    double most = 1;
    for (const auto& s : p.samples)
        most = std::max({most, static_cast<double>(s.estimated), static_cast<double>(s.actual)});
    most = detail::round_up(most);
    detail::svg_picture picture(720, 540, "Predicted and actual output tokens");
    for (int i = 0; i <= 4; ++i) {
        const double at = side * i / 4;
        picture.line(left, top + at, left + side, top + at, "#e5e5e5");
        picture.line(left + at, top, left + at, top + side, "#e5e5e5");
        picture.label(left - 8, top + side - at + 4, detail::short_number(most * i / 4), "end");
        picture.label(left + at, top + side + 18, detail::short_number(most * i / 4), "middle");
    }
    picture.line(left, top + side, left + side, top, "#888", " stroke-dasharray=\"6 4\"");
    picture.label(left + side / 2, top + side + 42, "predicted tokens", "middle");
    picture.label(16, top - 12, "actual tokens");
    for (const auto& s : p.samples) {
        const std::size_t group = detail::place_of(p.changes, s);
        picture.dot(left + static_cast<double>(s.estimated) / most * side,
                    top + side - static_cast<double>(s.actual) / most * side,
                    detail::plot_colors[group % detail::plot_colors.size()],
                    s.phase_id + ": predicted " + std::to_string(s.estimated) + ", actual " + std::to_string(s.actual));
    }
    for (std::size_t i = 0; i < p.changes.size(); ++i) {
        const double y = top + 10 + 20.0 * static_cast<double>(i);
        picture.dot(left + side + 24, y, detail::plot_colors[i % detail::plot_colors.size()], "");
        picture.label(left + side + 36, y + 4, detail::group_name(p.changes[i]));
    }
    picture.label(left + side + 16, top + side - 4, "above the line: underestimated", "start", "#888", 11);
    return std::move(picture).finish();
}

/// Draws the median ratio of each group against 1, with the tolerance.
inline std::string ratio_plot(const calibration_proposal& p) {
    constexpr double left = 200, top = 50, width = 460, row = 28;
    double most = 1.5;
    for (const auto& c : p.changes) most = std::max(most, c.median_ratio);
    most = detail::round_up(most);
    const double height = row * static_cast<double>(p.changes.size());
    const auto x = [&](double ratio) { return left + ratio / most * width; };
    detail::svg_picture picture(720, static_cast<int>(top + height) + 60, "Median of actual / predicted tokens");
    picture.bar(x(1.0 - p.options.tolerance), top, x(1.0 + p.options.tolerance) - x(1.0 - p.options.tolerance), height,
                "#eef3ea", "tolerance");
    for (std::size_t i = 0; i < p.changes.size(); ++i) {
        const proposed_change& c = p.changes[i];
        const double y = top + row * static_cast<double>(i);
        picture.label(left - 10, y + 18, detail::group_name(c) + " (" + std::to_string(c.measured.samples) + ")",
                      "end");
        if (c.action == "collect") {
            picture.label(left + 8, y + 18, "too few samples", "start", "#999", 11);
            continue;
        }
        const std::string_view color = c.action == "keep" ? "#3ca951" : c.action == "increase" ? "#ff725c" : "#4269d0";
        picture.bar(left, y + 5, x(c.median_ratio) - left, row - 10, color, c.action);
        picture.label(std::max(x(c.median_ratio), x(1.0 + p.options.tolerance)) + 6, y + 18,
                      detail::fixed(c.median_ratio, 2) + "x, " + c.action);
    }
    picture.line(x(1.0), top - 6, x(1.0), top + height + 6, "#444");
    picture.label(x(1.0), top + height + 22, "1.00x", "middle");
    picture.label(left, top + height + 44, "below 1: overestimated; above 1: underestimated; shaded: tolerance",
                  "start", "#888", 11);
    return std::move(picture).finish();
}

} // namespace autopack_schema::ops
