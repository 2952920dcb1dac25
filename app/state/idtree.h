// A table from an id to a value whose copies share what has not changed since: a copy costs nothing, however much it
// holds, and a change afterwards copies the few nodes on its way. Made for ids that count up: neighbours lie in one
// leaf. A value; id 0 is never in it. Copies may live in different threads.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

namespace bistro::app {

template <typename V>
class IdTree final {
public:
    using Key = std::uint32_t;

    IdTree() = default;
    IdTree(const IdTree& other)
        : m_root(held(other.m_root))
        , m_height(other.m_height)
        , m_size(other.m_size)
    {
    }
    IdTree(IdTree&& other) noexcept { swap(other); }
    IdTree& operator=(IdTree other) noexcept
    {
        swap(other);
        return *this;
    }
    ~IdTree() { release(m_root, m_height); }
    void swap(IdTree& other) noexcept
    {
        std::swap(m_root, other.m_root);
        std::swap(m_height, other.m_height);
        std::swap(m_size, other.m_size);
    }
    friend void swap(IdTree& one, IdTree& other) noexcept { one.swap(other); }

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }

    // Valid until the next change.
    [[nodiscard]] const V* find(Key key) const
    {
        if (!m_root || !reaches(key))
            return nullptr;
        const Node* node = m_root;
        for (unsigned height = m_height; height > 0; --height) {
            node = static_cast<const Inner*>(node)->children[branch(key, height)];
            if (!node)
                return nullptr;
        }
        const auto* const leaf = static_cast<const Leaf*>(node);
        return (leaf->alive >> slot(key) & 1) != 0 ? &leaf->values[slot(key)] : nullptr;
    }

    // To change it; null when there is none. Valid until the next change.
    [[nodiscard]] V* edit(Key key) { return find(key) ? &ownLeaf(key).values[slot(key)] : nullptr; }

    // The value at the key, made when there is none.
    V& at(Key key)
    {
        assert(key != 0);
        Leaf& leaf = ownLeaf(key);
        const auto bit = static_cast<std::uint16_t>(1u << slot(key));
        if ((leaf.alive & bit) == 0) {
            leaf.alive = static_cast<std::uint16_t>(leaf.alive | bit);
            leaf.values[slot(key)] = V {};
            ++m_size;
        }
        return leaf.values[slot(key)];
    }

    bool erase(Key key)
    {
        if (!find(key))
            return false;
        --m_size;
        std::array<Inner*, kMostLevels> way {};
        Leaf& leaf = ownLeaf(key, &way);
        leaf.alive = static_cast<std::uint16_t>(leaf.alive & ~(1u << slot(key)));
        if (leaf.alive != 0 || m_height == 0)
            return true; // a single leaf stays: a queue is emptied and filled all the time
        release(&leaf, 0);
        for (unsigned height = 1; height <= m_height; ++height) { // what holds nothing any more goes
            Inner* const inner = way[height];
            inner->children[branch(key, height)] = nullptr;
            if (--inner->used > 0)
                return true;
            release(inner, height);
        }
        m_root = nullptr;
        m_height = 0;
        return true;
    }

    // In the order of the ids, until the visitor returns false if it returns anything.
    template <typename Visitor>
    void visit(Visitor visitor) const
    {
        if (m_root)
            (void)visit(m_root, m_height, 0, visitor);
    }

    // On the heap, beside what it shares with the other: all, when that is empty. `beneath` gives what a value holds on
    // the heap itself, beside the one that the other has at its place (an empty one when it has none).
    [[nodiscard]] std::size_t bytesBeside(const IdTree& other) const
    {
        return bytesBeside(other, [](const V&, const V&) -> std::size_t { return 0; });
    }
    template <typename Beneath>
    [[nodiscard]] std::size_t bytesBeside(const IdTree& other, Beneath beneath) const
    {
        std::size_t sum = 0;
        const Node* node = m_root;
        unsigned height = m_height;
        for (; node && height > other.m_height; --height) { // the other's root became the first child
            const auto* const inner = static_cast<const Inner*>(node);
            sum += sizeof(Inner);
            for (std::size_t i = 1; i < inner->children.size(); ++i)
                sum += bytes(inner->children[i], nullptr, height - 1, beneath);
            node = inner->children[0];
        }
        return sum + bytes(node, height == other.m_height ? other.m_root : nullptr, height, beneath);
    }

    bool operator==(const IdTree& other) const
    {
        if (m_root == other.m_root)
            return m_size == other.m_size;
        if (m_size != other.m_size)
            return false;
        bool equal = true;
        visit([&](Key key, const V& value) {
            const V* const there = other.find(key);
            equal = there && *there == value;
            return equal;
        });
        return equal;
    }

private:
    static constexpr unsigned kLeafBits = sizeof(V) > 32 ? 2 : sizeof(V) > 8 ? 3 : 4; // a change copies a leaf
    static constexpr unsigned kInnerBits = 5;
    static constexpr std::size_t kMostLevels = (32 - kLeafBits + kInnerBits - 1) / kInnerBits + 1;

    struct Node {
        std::atomic<std::uint32_t> holders {1};
    };
    // Of plain values, those that are not there hold anything: a leaf is made for each few of them, and clearing it
    // would cost more than what is put there.
    struct PlainValues {
        PlainValues() noexcept { } // leaves them as they are
        PlainValues(const PlainValues& other) noexcept { *this = other; }
        PlainValues& operator=(const PlainValues& other) noexcept
        {
            std::memcpy(bytes, other.bytes, sizeof bytes);
            return *this;
        }
        ~PlainValues() = default;
        [[nodiscard]] static constexpr std::size_t size() { return 1u << kLeafBits; }
        V& operator[](std::size_t i) { return reinterpret_cast<V*>(bytes)[i]; }
        const V& operator[](std::size_t i) const { return reinterpret_cast<const V*>(bytes)[i]; }

        alignas(V) std::byte bytes[sizeof(V) << kLeafBits];
    };
    struct Leaf : Node {
        std::uint16_t alive = 0; // a bit for each value that is there
        std::conditional_t<std::is_trivially_copyable_v<V>, PlainValues, std::array<V, 1u << kLeafBits>> values {};
    };
    struct Inner : Node {
        std::uint32_t used = 0; // children
        std::array<Node*, 1u << kInnerBits> children {};
    };

    [[nodiscard]] static unsigned slot(Key key) { return key & ((1u << kLeafBits) - 1); }
    [[nodiscard]] static unsigned branch(Key key, unsigned height)
    {
        return key >> (kLeafBits + kInnerBits * (height - 1)) & ((1u << kInnerBits) - 1);
    }
    [[nodiscard]] bool reaches(Key key) const
    {
        return std::uint64_t {key} >> (kLeafBits + kInnerBits * m_height) == 0;
    }

    static Node* held(Node* node)
    {
        if (node)
            node->holders.fetch_add(1, std::memory_order_relaxed);
        return node;
    }
    static void release(Node* node, unsigned height)
    {
        if (!node)
            return;
        // Who alone holds it need not count down: nobody else can take hold of it meanwhile.
        if (node->holders.load(std::memory_order_acquire) != 1
            && node->holders.fetch_sub(1, std::memory_order_acq_rel) != 1)
            return;
        if (height == 0) {
            delete static_cast<Leaf*>(node);
            return;
        }
        auto* const inner = static_cast<Inner*>(node);
        for (Node* const child : inner->children)
            release(child, height - 1);
        delete inner;
    }

    // Made, or copied when others hold it, too.
    static Inner* ownInner(Node*& node, unsigned height)
    {
        if (!node) {
            node = new Inner;
        } else if (node->holders.load(std::memory_order_acquire) != 1) {
            const auto* const shared = static_cast<const Inner*>(node);
            auto* const copy = new Inner;
            copy->used = shared->used;
            for (std::size_t i = 0; i < copy->children.size(); ++i)
                copy->children[i] = held(shared->children[i]);
            release(node, height);
            node = copy;
        }
        return static_cast<Inner*>(node);
    }

    Leaf& ownLeaf(Key key, std::array<Inner*, kMostLevels>* way = nullptr)
    {
        while (!reaches(key)) {
            if (m_root) {
                auto* const above = new Inner;
                above->used = 1;
                above->children[0] = m_root;
                m_root = above;
            }
            ++m_height;
        }
        Node** node = &m_root;
        for (unsigned height = m_height; height > 0; --height) {
            Inner* const inner = ownInner(*node, height);
            if (way)
                (*way)[height] = inner;
            node = &inner->children[branch(key, height)];
            inner->used += *node ? 0 : 1;
        }
        if (!*node) {
            *node = new Leaf;
        } else if ((*node)->holders.load(std::memory_order_acquire) != 1) {
            const auto* const shared = static_cast<const Leaf*>(*node);
            auto* const copy = new Leaf;
            copy->alive = shared->alive;
            copy->values = shared->values;
            release(*node, 0);
            *node = copy;
        }
        return *static_cast<Leaf*>(*node);
    }

    template <typename Visitor>
    static bool visit(const Node* node, unsigned height, Key first, Visitor& visitor)
    {
        if (height > 0) {
            const auto* const inner = static_cast<const Inner*>(node);
            for (Key i = 0; i < inner->children.size(); ++i) {
                const Key key = first | i << (kLeafBits + kInnerBits * (height - 1));
                if (inner->children[i] && !visit(inner->children[i], height - 1, key, visitor))
                    return false;
            }
            return true;
        }
        const auto* const leaf = static_cast<const Leaf*>(node);
        for (unsigned alive = leaf->alive; alive != 0; alive &= alive - 1) {
            const auto i = static_cast<Key>(std::countr_zero(alive));
            if constexpr (std::is_void_v<decltype(visitor(first | i, leaf->values[i]))>)
                visitor(first | i, leaf->values[i]);
            else if (!visitor(first | i, leaf->values[i]))
                return false;
        }
        return true;
    }

    template <typename Beneath>
    [[nodiscard]] static std::size_t bytes(const Node* node, const Node* other, unsigned height, Beneath& beneath)
    {
        if (!node || node == other)
            return 0;
        if (height == 0) {
            static const Leaf nothing;
            const auto* const leaf = static_cast<const Leaf*>(node);
            const auto* const there = other ? static_cast<const Leaf*>(other) : &nothing;
            std::size_t sum = sizeof(Leaf);
            for (std::size_t i = 0; i < leaf->values.size();
                ++i) // those that are not there any more, too: they are kept
                sum += beneath(leaf->values[i], there->values[i]);
            return sum;
        }
        std::size_t sum = sizeof(Inner);
        const auto* const inner = static_cast<const Inner*>(node);
        const auto* const there = static_cast<const Inner*>(other);
        for (std::size_t i = 0; i < inner->children.size(); ++i)
            sum += bytes(inner->children[i], there ? there->children[i] : nullptr, height - 1, beneath);
        return sum;
    }

    Node* m_root = nullptr; // at height 0 a leaf
    unsigned m_height = 0;
    std::size_t m_size = 0;
};

} // namespace bistro::app
