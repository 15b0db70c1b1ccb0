// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/error.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace autopack_schema_test {

/// What a call threw: the parts and the whole text.
struct caught_error {
    autopack_schema::error_info info;
    std::string text;
    const std::string& code() const { return info.code; }
    bool says(std::string_view part) const { return text.find(part) != std::string::npos; }
};

/// Calls and returns the `autopack_schema::error`; a call that throws nothing is a failure of the test.
template <class Call>
caught_error caught(Call&& call) {
    try {
        std::forward<Call>(call)();
    } catch (const autopack_schema::error& failure) {
        return {failure.info(), failure.what()};
    }
    throw std::logic_error("no error was thrown");
}

/// The code of the error that a call ends with; empty: none.
template <class Call>
std::string code_of(Call&& call) {
    try {
        std::forward<Call>(call)();
    } catch (const autopack_schema::error& failure) {
        return std::string(failure.code());
    }
    return {};
}

} // namespace autopack_schema_test
