// An array that grows to tens of megabytes while a window is drawn: it is made larger where it lies, or its pages are
// moved, and is never copied element by element as a std::vector is. Contiguous; for trivial types.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace bistro::app {

template <typename T>
class GrowingArray final {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignof(std::max_align_t));

public:
    GrowingArray() = default;
    GrowingArray(GrowingArray&& other) noexcept
        : m_data(std::move(other.m_data))
        , m_size(std::exchange(other.m_size, 0))
        , m_capacity(std::exchange(other.m_capacity, 0))
    {
    }
    GrowingArray& operator=(GrowingArray&& other) noexcept
    {
        m_data = std::move(other.m_data);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
        return *this;
    }

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] std::size_t capacity() const { return m_capacity; }

    // Pointers and references are valid until the next push_back() or resize().
    [[nodiscard]] const T* data() const { return m_data.get(); }
    [[nodiscard]] const T* begin() const { return data(); }
    [[nodiscard]] const T* end() const { return data() + m_size; }
    [[nodiscard]] T& operator[](std::size_t index)
    {
        assert(index < m_size);
        return m_data.get()[index];
    }
    [[nodiscard]] const T& operator[](std::size_t index) const
    {
        assert(index < m_size);
        return m_data.get()[index];
    }
    [[nodiscard]] T& back() { return (*this)[m_size - 1]; }
    [[nodiscard]] const T& back() const { return (*this)[m_size - 1]; }

    void push_back(T value)
    {
        if (m_size == m_capacity)
            reserve(m_size + 1);
        std::construct_at(m_data.get() + m_size, value);
        ++m_size;
    }

    // Larger only: the new elements are copies of the value.
    void resize(std::size_t size, T value)
    {
        assert(size >= m_size);
        if (size > m_capacity)
            reserve(size);
        std::uninitialized_fill(m_data.get() + m_size, m_data.get() + size, value);
        m_size = size;
    }

private:
    struct Free {
        void operator()(T* data) const { std::free(data); }
    };

    // realloc moves the pages of large blocks instead of copying them.
    void reserve(std::size_t least)
    {
        const std::size_t capacity = std::max({least, m_capacity * 2, std::size_t {64}});
        void* const grown = std::realloc(m_data.get(), capacity * sizeof(T));
        if (!grown)
            throw std::bad_alloc();
        (void)m_data.release();
        m_data.reset(static_cast<T*>(grown));
        m_capacity = capacity;
    }

    std::unique_ptr<T, Free> m_data;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

} // namespace bistro::app
