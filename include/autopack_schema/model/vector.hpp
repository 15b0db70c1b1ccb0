// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace autopack_schema::model {

/// A list that grows, as std::vector, with the members that are used here.
/// shape:  usable in constant expressions; for what stays inside this library. A type of its own because each element type of
///         a std::vector that is filled costs the including unit 10 ms and 1.8 MB (g++ 12), of this one 2 ms and 0.3 MB, and
///         there are a hundred of them
template <class T>
class vector {
public:
    using value_type = T;

    // Names that nobody gives a global: GCC 12 warns about what they shadow at the place of instantiation.
    constexpr vector() noexcept = default;
    constexpr explicit vector(std::size_t size) : vector() { resize(size); }
    constexpr vector(std::size_t size, const T& value) : vector() {
        reserve(size);
        while (size_ < size) add(value);
    }
    constexpr vector(const T* first, const T* last) : vector() {
        reserve(static_cast<std::size_t>(last - first));
        for (; first != last; ++first) add(*first);
    }
    constexpr vector(const vector& copied) : vector(copied.begin(), copied.end()) {}
    constexpr vector(vector&& moved) noexcept { swap(moved); }
    constexpr vector& operator=(vector assigned) noexcept {
        swap(assigned);
        return *this;
    }
    constexpr ~vector() {
        clear();
        if (capacity_ != 0) std::allocator<T>().deallocate(first_, capacity_);
    }

    constexpr T* data() noexcept { return first_; }
    constexpr const T* data() const noexcept { return first_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr T* begin() noexcept { return first_; }
    constexpr T* end() noexcept { return first_ + size_; }
    constexpr const T* begin() const noexcept { return first_; }
    constexpr const T* end() const noexcept { return first_ + size_; }
    constexpr T& operator[](std::size_t at) noexcept { return first_[at]; }
    constexpr const T& operator[](std::size_t at) const noexcept { return first_[at]; }
    constexpr T& front() noexcept { return first_[0]; }
    constexpr const T& front() const noexcept { return first_[0]; }
    constexpr T& back() noexcept { return first_[size_ - 1]; }
    constexpr const T& back() const noexcept { return first_[size_ - 1]; }

    /// Adds an element at the end; it may be one of this list.
    constexpr T& push_back(T value) {
        if (size_ == capacity_) reserve(capacity_ == 0 ? 4 : 2 * capacity_);
        return add(std::move(value));
    }
    constexpr void pop_back() { std::destroy_at(first_ + --size_); }
    constexpr void clear() {
        while (size_ > 0) pop_back();
    }
    /// Removes an element; those after it move up.
    constexpr void erase(const T* at) {
        for (T* next = first_ + (at - first_) + 1; next != end(); ++next) next[-1] = std::move(*next);
        pop_back();
    }
    /// Removes the elements for which `gone` is true.
    template <class Gone>
    constexpr void erase_if(Gone gone) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            if (gone(first_[i])) continue;
            if (kept != i) first_[kept] = std::move(first_[i]);
            ++kept;
        }
        while (size_ > kept) pop_back();
    }
    /// Adds elements of the default value, or removes from the end.
    constexpr void resize(std::size_t size) {
        reserve(size);
        while (size_ < size) add(T());
        while (size_ > size) pop_back();
    }
    constexpr void reserve(std::size_t capacity) {
        if (capacity <= capacity_) return;
        T* const moved = std::allocator<T>().allocate(capacity);
        for (std::size_t i = 0; i < size_; ++i) {
            std::construct_at(moved + i, std::move(first_[i]));
            std::destroy_at(first_ + i);
        }
        if (capacity_ != 0) std::allocator<T>().deallocate(first_, capacity_);
        first_ = moved;
        capacity_ = capacity;
    }
    constexpr void swap(vector& swapped) noexcept {
        std::swap(first_, swapped.first_);
        std::swap(size_, swapped.size_);
        std::swap(capacity_, swapped.capacity_);
    }

    /// Tells whether two lists have equal elements in the same order.
    friend constexpr bool operator==(const vector& a, const vector& b) {
        if (a.size_ != b.size_) return false;
        for (std::size_t i = 0; i < a.size_; ++i) {
            if (!(a.first_[i] == b.first_[i])) return false;
        }
        return true;
    }

private:
    template <class... From>
    constexpr T& add(From&&... from) {
        T* const made = std::construct_at(first_ + size_, std::forward<From>(from)...);
        ++size_;
        return *made;
    }

    T* first_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace autopack_schema::model
