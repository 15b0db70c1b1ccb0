// SPDX-License-Identifier: MIT
#pragma once

// Catch2 v3 or v2, whichever the compiler finds. Link autopack_schema::catch2.

#include <autopack_schema/db/sqlite.hpp>
#include <autopack_schema/drift/check_database.hpp>
#include <autopack_schema/drift/text.hpp>
#include <autopack_schema/sql/sqlite/render_schema.hpp>
#include <autopack_schema/testing/check_source.hpp>

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#include <catch2/catch_tostring.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

/// A failed assertion over a report shows what `drift::to_text` writes.
template <>
struct Catch::StringMaker<autopack_schema::drift::report> {
    static std::string convert(const autopack_schema::drift::report& found) {
        return "\ndatabase: " + found.database + "\n" + autopack_schema::drift::to_text(found);
    }
};

namespace autopack_schema::testing {

namespace detail {

#if __has_include(<catch2/catch_test_macros.hpp>)
template <class T>
using matcher_base = Catch::Matchers::MatcherBase<T>;
#else
template <class T>
using matcher_base = Catch::MatcherBase<T>;
#endif

} // namespace detail

/// Matches a report without a finding at a severity or worse, and in which all could be compared.
class no_drift_matcher final : public detail::matcher_base<drift::report> {
public:
    explicit no_drift_matcher(drift::severity level) : level_(level) {}

    bool match(const drift::report& found) const override {
        const auto worst = found.worst();
        return found.not_compared.empty() && (!worst || *worst < level_);
    }
    std::string describe() const override {
        return "has no drift at " + std::string(drift::name_of(level_)) + " or worse, and all was compared";
    }

private:
    drift::severity level_;
};

/// Matches a report with a finding of a kind on an object.
class finding_matcher final : public detail::matcher_base<drift::report> {
public:
    finding_matcher(std::string kind, std::string object) : kind_(std::move(kind)), object_(std::move(object)) {}

    bool match(const drift::report& found) const override {
        return std::any_of(found.findings.begin(), found.findings.end(),
                           [this](const drift::finding& f) { return f.kind == kind_ && f.object == object_; });
    }
    std::string describe() const override { return "has the finding " + kind_ + " on " + object_; }

private:
    std::string kind_;
    std::string object_;
};

/// `REQUIRE_THAT(aps::drift::check(shop, database), aps::testing::has_no_drift())`
inline no_drift_matcher has_no_drift(drift::severity level = drift::severity::semantic) { return no_drift_matcher(level); }

/// `CHECK_THAT(report, aps::testing::has_finding("column.missing", "orders.total"))`
inline finding_matcher has_finding(std::string kind, std::string object) {
    return {std::move(kind), std::move(object)};
}

/// A fixture: `TEST_CASE_METHOD(aps::testing::schema_fixture<shop>, "orders are …")` has a new database in memory, with
/// the tables of the schema and no rows, for each section.
template <const auto& Schema>
class schema_fixture {
public:
    /// The schema of the code.
    static model::schema expected() { return Schema; }

    /// What the database of this test case is now, against the schema.
    drift::report drift(const drift::options& options = {}) { return drift::check(expected(), database, options); }

    /// What another database is, by its URL, or a file of statements; an empty text means DATABASE_URL.
    static drift::report drift_of(std::string_view source, const drift::options& options = {}) {
        return check_source(expected(), source, options);
    }

    sqlite::connection database = make(); ///< for the test to work on

private:
    static sqlite::connection make() {
        sqlite::connection made = sqlite::connection::memory();
        made.execute(sql::sqlite::ddl(expected()));
        return made;
    }
};

} // namespace autopack_schema::testing
