// SPDX-License-Identifier: MIT
#pragma once

#include <autopack_schema/model/vector.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <vector>

namespace autopack_schema::model {

/// Consecutive elements of an array that belongs to somebody else.
/// shape:  a view, cheap to copy, with the members of `items<T>` that are used; a type of its own because
///         `std::span` and its ranges concepts cost more to compile, for each of the dozen element types, than the model
template <class T>
class items {
public:
    using value_type = T;

    constexpr items() noexcept = default;
    constexpr items(const T* first, std::size_t count) noexcept : first_(first), size_(count) {}
    template <class Allocator> // templates, because else every copy of a view would make both lists of T complete
    constexpr items(const std::vector<T, Allocator>& list) noexcept : first_(list.data()), size_(list.size()) {}
    template <std::same_as<T> Element>
    constexpr items(const vector<Element>& list) noexcept : first_(list.data()), size_(list.size()) {}
    template <std::size_t N>
    constexpr items(const T (&array)[N]) noexcept : first_(array), size_(N) {}
    template <std::size_t N>
    constexpr items(const std::array<T, N>& array) noexcept : first_(array.data()), size_(N) {}

    constexpr const T* data() const noexcept { return first_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr const T* begin() const noexcept { return first_; }
    constexpr const T* end() const noexcept { return first_ + size_; }
    constexpr const T& operator[](std::size_t at) const noexcept { return first_[at]; }
    constexpr const T& front() const noexcept { return first_[0]; }
    constexpr const T& back() const noexcept { return first_[size_ - 1]; }

    constexpr items first(std::size_t count) const noexcept { return {first_, count}; }
    constexpr items subspan(std::size_t offset) const noexcept { return {first_ + offset, size_ - offset}; }
    constexpr items subspan(std::size_t offset, std::size_t count) const noexcept { return {first_ + offset, count}; }

    /// Tells whether two views show equal elements in the same order.
    friend constexpr bool operator==(items a, items b) {
        if (a.size_ != b.size_) return false;
        for (std::size_t i = 0; i < a.size_; ++i) {
            if (!(a.first_[i] == b.first_[i])) return false;
        }
        return true;
    }

private:
    const T* first_ = nullptr;
    std::size_t size_ = 0;
};

/// Tells whether one of the elements of a list is equal to a value.
constexpr bool contains(const auto& list, const auto& wanted) {
    for (const auto& element : list) {
        if (element == wanted) return true;
    }
    return false;
}

} // namespace autopack_schema::model
