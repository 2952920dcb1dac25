#include "mutation.h"

#include "trace/reader.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <utility>

namespace bistro::tests {

using namespace bistro::trace;

namespace {

template <typename T>
T valueAt(std::span<const std::byte> bytes, std::size_t offset)
{
    T value {};
    assert(offset + sizeof value <= bytes.size());
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

template <typename T>
void setAt(std::vector<std::byte>& bytes, std::size_t offset, const T& value)
{
    bytes.resize(std::max(bytes.size(), offset + sizeof value));
    std::memcpy(bytes.data() + offset, &value, sizeof value);
}

constexpr std::size_t segmentOffset(std::size_t index)
{
    return kHeaderBytes + index * kSegmentBytes;
}

// The distributions of <random> may differ from library to library; a seed must not.
class Dice final {
public:
    explicit Dice(std::uint64_t seed)
        : m_random(seed)
    {
    }

    std::uint64_t any() { return m_random(); }
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : static_cast<std::size_t>(m_random() % limit); }
    std::size_t between(std::size_t first, std::size_t last) { return first + below(last - first + 1); }
    bool oneIn(std::size_t chances) { return below(chances) == 0; }
    template <typename List>
    auto& of(List& list)
    {
        return list[below(std::size(list))];
    }

private:
    std::mt19937_64 m_random;
};

// Bytes from first on, without last.
struct Stretch {
    std::size_t first = 0;
    std::size_t last = 0;
};

// Where things lie in a good trace.
struct Places {
    std::vector<std::size_t> recordSegments; // their offsets
    std::vector<Stretch> definitions;
    std::vector<Stretch> records;
    std::uint32_t segments = 0;

    explicit Places(std::span<const std::byte> trace)
        : segments(valueAt<std::uint32_t>(trace, offsetof(Header, segments)))
    {
        auto left = valueAt<std::uint64_t>(trace, offsetof(Header, published));
        for (std::uint32_t i = 0; i < segments; ++i) {
            const std::size_t offset = segmentOffset(i);
            if (valueAt<SegmentKind>(trace, kTableOffset + i) == SegmentKind::Records) {
                const std::uint64_t here = std::min<std::uint64_t>(left, kRecordsPerSegment);
                recordSegments.push_back(offset);
                if (here > 0)
                    records.push_back({offset, offset + static_cast<std::size_t>(here) * sizeof(Record)});
                left -= here;
                continue;
            }
            std::size_t used = offset;
            const std::size_t end = std::min(offset + kSegmentBytes, trace.size());
            while (used + sizeof(DefinitionHead) <= end) {
                const auto head = valueAt<DefinitionHead>(trace, used);
                if (head.kind == DefinitionKind::End || head.kind == DefinitionKind::Skip)
                    break;
                used += sizeof head + ((std::size_t {head.bytes} + 7) & ~std::size_t {7});
            }
            if (used > offset)
                definitions.push_back({offset, std::min(used, end)});
        }
    }
};

std::size_t byteOf(const std::vector<Stretch>& stretches, Dice& dice, std::size_t otherwise)
{
    if (stretches.empty())
        return otherwise;
    const Stretch& stretch = dice.of(stretches);
    return dice.between(stretch.first, stretch.last - 1);
}

Mutant truncated(std::span<const std::byte> trace, Dice& dice)
{
    const Places places(trace);
    std::size_t at = dice.below(trace.size());
    switch (dice.below(8)) {
    case 0: at = dice.below(kHeaderBytes); break;
    case 1:
    case 2: at = byteOf(places.definitions, dice, at); break;
    case 3:
    case 4:
    case 5: at = byteOf(places.records, dice, at); break;
    // A whole number of segments, and a byte more.
    case 6: at = segmentOffset(dice.below(places.segments)) + dice.below(2); break;
    default: break;
    }
    at = std::min(at, trace.size() - 1);
    return {
        .family = Mutation::Truncated,
        .bytes = {trace.begin(), trace.begin() + static_cast<std::ptrdiff_t>(at)},
        .told = "truncated: " + std::to_string(at) + " of " + std::to_string(trace.size()) + " bytes are left",
    };
}

Mutant flipped(std::span<const std::byte> trace, Dice& dice)
{
    const Places places(trace);
    Mutant mutant {.family = Mutation::Flipped, .bytes = {trace.begin(), trace.end()}, .told = "flipped:"};
    // All in one place: a trace with bits flipped everywhere is refused for its header, and nothing else is tried.
    enum Focus { Header, Table, Definitions, Records, Anywhere };
    static constexpr std::array focuses {
        Header, Table, Definitions, Definitions, Definitions, Records, Records, Records, Records, Anywhere};
    const Focus focus = focuses[dice.below(focuses.size())];
    const std::size_t bits = dice.oneIn(2) ? dice.between(1, 4) : dice.between(1, 64);
    for (std::size_t i = 0; i < bits; ++i) {
        std::size_t at = dice.below(trace.size());
        switch (focus) {
        case Header: at = dice.below(sizeof(trace::Header)); break;
        case Table: at = kTableOffset + dice.below(places.segments + 1); break;
        case Definitions: at = byteOf(places.definitions, dice, at); break;
        case Records: at = byteOf(places.records, dice, at); break;
        case Anywhere: break;
        }
        const std::size_t bit = dice.below(8);
        mutant.bytes[at] ^= std::byte {1} << bit;
        if (i < 4)
            mutant.told += " bit " + std::to_string(bit) + " of byte " + std::to_string(at);
    }
    if (bits > 4)
        mutant.told += " and " + std::to_string(bits - 4) + " more";
    return mutant;
}

std::uint16_t smallOf(std::uint32_t value)
{
    return static_cast<std::uint16_t>(value);
}

void setField(Record& record, std::size_t field, std::uint32_t value)
{
    switch (field) {
    case 0: record.small = smallOf(value); return;
    case 1: record.a = value; return;
    case 2: record.b = value; return;
    case 3: record.c = value; return;
    case 4: record.d = value; return;
    }
    assert(false);
}

bool isId(FieldType type)
{
    using enum FieldType;
    return type == Async || type == Promise || type == Job || type == Worker || type == Call || type == Object;
}

// The records of a trace, and hands that forge them.
class Forge final {
public:
    Forge(const Reader& reader, Dice& dice)
        : m_dice(dice)
        , m_texts(static_cast<std::uint32_t>(reader.texts()))
        , m_frames(static_cast<std::uint32_t>(reader.frames()))
    {
        m_records.reserve(reader.size());
        for (std::uint64_t i = 0; i < reader.size(); ++i) {
            const Record record = reader.event({i});
            m_records.push_back(record);
            const KindSchema& kind = schemaOf(record.kind);
            for (std::size_t field = 0; field < kind.fields.size(); ++field) {
                const auto type = kind.fields[field].type;
                const std::uint32_t value = fieldValue(record, field);
                if (isId(type))
                    m_ids[type].push_back(value);
                else if (type == FieldType::Number)
                    m_numbers[kind.fields[field].name].push_back(value);
            }
        }
        for (const KindSchema& kind : schema()) {
            for (const Field& field : kind.fields) {
                auto& words = m_words[field.type];
                if (!words.empty())
                    continue;
                for (std::uint32_t value = 0; value < 64; ++value) {
                    if (!wordFor(field.type, value).empty())
                        words.push_back(value);
                }
                if (field.type == FieldType::PollReasonName)
                    words.push_back(0);
            }
        }
    }

    // One thing, in words.
    std::string work()
    {
        switch (m_dice.below(17)) {
        case 0:
        case 1:
        case 2: return otherFields();
        case 3: return insertion();
        case 4: return repetition();
        case 5: return removal();
        case 6: return kindGone();
        case 7: return shuffle();
        case 8: return exchange();
        case 9: return ring();
        case 10: return link();
        case 11: return extremes();
        case 12: return leapInTime();
        case 13: return blockMoved();
        case 14: return oneIdForAnother();
        case 15: return flood();
        default: return crowd();
        }
    }

    // Times as a reader wants them.
    const std::vector<Record>& finish()
    {
        std::uint64_t last = 0;
        for (Record& record : m_records) {
            record.time = std::max(record.time, last);
            last = record.time;
        }
        return m_records;
    }

private:
    using Records = std::vector<Record>;

    [[nodiscard]] std::size_t place() { return m_dice.below(m_records.size()); }
    [[nodiscard]] auto iterator(std::size_t index) { return m_records.begin() + static_cast<std::ptrdiff_t>(index); }

    [[nodiscard]] std::uint32_t edge()
    {
        static constexpr std::array<std::uint32_t, 8> edges {
            0, 1, 0x7FFF, 0xFFFF, 0x7FFF'FFFF, 0x8000'0000, 0xFFFF'FFFE, 0xFFFF'FFFF};
        return edges[m_dice.below(edges.size())];
    }
    [[nodiscard]] std::uint64_t wideEdge()
    {
        constexpr std::uint64_t one = 1;
        static constexpr std::array<std::uint64_t, 9> edges {
            0, 1, one << 31, one << 32, one << 53, (one << 53) + 1, one << 63, UINT64_MAX - 1, UINT64_MAX};
        const std::uint64_t near = edges[m_dice.below(edges.size())];
        return m_dice.oneIn(2) ? near : near - 1 + m_dice.below(3);
    }
    // Mostly one that there is: what is not known leads to little.
    [[nodiscard]] std::uint32_t near(const std::vector<std::uint32_t>& known)
    {
        if (known.empty())
            return edge();
        const std::uint32_t one = known[m_dice.below(known.size())];
        switch (m_dice.below(12)) {
        case 0: return one + 1;
        case 1: return one - 1;
        case 2: return 0;
        case 3: return edge();
        default: return one;
        }
    }
    [[nodiscard]] std::uint32_t value(const Field& field)
    {
        switch (field.type) {
        case FieldType::Unused: return 0;
        case FieldType::Async:
        case FieldType::Promise:
        case FieldType::Job:
        case FieldType::Worker:
        case FieldType::Handler:
        case FieldType::Call:
        case FieldType::Object: return near(m_ids[field.type]);
        case FieldType::Text: return static_cast<std::uint32_t>(m_dice.below(m_texts + std::size_t {1}));
        case FieldType::Number: return m_dice.oneIn(4) ? edge() : near(m_numbers[field.name]);
        case FieldType::Signed: return m_dice.oneIn(2) ? edge() : static_cast<std::uint32_t>(m_dice.below(2000)) - 1;
        case FieldType::Wide: return edge();
        case FieldType::PhaseName:
        case FieldType::EntryName:
        case FieldType::EndName:
        case FieldType::RecordingEndName:
        case FieldType::DetailName:
        case FieldType::PollReasonName:
        case FieldType::ServiceName:
        case FieldType::OriginName:
        case FieldType::OutcomeName:
        case FieldType::JobKindName:
        case FieldType::KernelWaitName:
        case FieldType::DirectionName:
        case FieldType::StreamName:
        case FieldType::CollectionName:
        case FieldType::VariableName:
        case FieldType::CallEntryName:
        case FieldType::LinePointName:
        case FieldType::ScopeName:
        case FieldType::ObjectKindName:
        case FieldType::PropertyKindName:
        case FieldType::CallEndName:
        case FieldType::ErrorFateName:
        case FieldType::LinesEndName:
        case FieldType::ConfinementName:
        case FieldType::AccessName:
        case FieldType::RunLimitName: return m_dice.of(m_words[field.type]);
        }
        return 0;
    }
    void fill(Record& record, std::size_t field)
    {
        const auto& fields = schemaOf(record.kind).fields;
        const bool upperHalf = fields[field].type == FieldType::Unused && field > 0
            && fields[field - 1].type == FieldType::Wide;
        if (fields[field].type == FieldType::Wide) {
            const std::uint64_t wide = wideEdge();
            setField(record, field, static_cast<std::uint32_t>(wide));
            setField(record, field + 1, static_cast<std::uint32_t>(wide >> 32));
        } else if (!upperHalf) {
            setField(record, field, value(fields[field]));
        }
    }
    [[nodiscard]] EventKind anyKind()
    {
        if (m_dice.oneIn(2))
            return m_records[place()].kind;
        return static_cast<EventKind>(m_dice.between(1, kEventKinds - 1));
    }
    [[nodiscard]] Record forged(EventKind kind)
    {
        Record record {.kind = kind};
        if (m_dice.oneIn(4))
            record.flags = static_cast<std::uint8_t>(m_dice.below(std::size_t {kKnownFlags} + 1));
        if (!m_dice.oneIn(4))
            record.stack = static_cast<std::uint32_t>(m_dice.below(m_frames + std::size_t {1}));
        for (std::size_t field = 0; field < 5; ++field)
            fill(record, field);
        return record;
    }
    void insert(std::size_t at, Record record)
    {
        record.time = at > 0 ? m_records[at - 1].time : 0;
        m_records.insert(iterator(at), record);
    }
    [[nodiscard]] static std::string named(EventKind kind) { return std::string(schemaOf(kind).name); }

    std::string otherFields()
    {
        const std::size_t many = m_dice.oneIn(3) ? m_dice.between(1, 200) : 1;
        std::string told;
        for (std::size_t i = 0; i < many; ++i) {
            Record& record = m_records[place()];
            const std::size_t field = m_dice.below(14);
            if (field == 0)
                record.flags = static_cast<std::uint8_t>(m_dice.below(std::size_t {kKnownFlags} + 1));
            else if (field == 1)
                record.stack = static_cast<std::uint32_t>(m_dice.below(m_frames + std::size_t {1}));
            else
                fill(record, m_dice.below(5));
            told = named(record.kind);
        }
        return many == 1 ? "another field in a " + told : std::to_string(many) + " other fields";
    }
    std::string insertion()
    {
        const std::size_t many = m_dice.between(1, 20);
        for (std::size_t i = 0; i < many; ++i)
            insert(place(), forged(anyKind()));
        return std::to_string(many) + " inserted";
    }
    std::string repetition()
    {
        const std::size_t from = place();
        const Record record = m_records[from];
        const std::size_t many = m_dice.oneIn(4) ? m_dice.between(2, 1500) : 1;
        const std::size_t at = m_dice.oneIn(2) ? from : place();
        m_records.insert(iterator(at), many, record);
        return named(record.kind) + " repeated " + std::to_string(many) + " times";
    }
    std::string removal()
    {
        const std::size_t many = m_dice.between(1, 10);
        for (std::size_t i = 0; i < many && m_records.size() > 1; ++i)
            m_records.erase(iterator(place()));
        return std::to_string(many) + " taken out";
    }
    // From some record on: what was started never ends, what ends was never started.
    std::string kindGone()
    {
        const EventKind kind = m_records[place()].kind;
        const std::size_t from = m_dice.oneIn(2) ? 0 : place();
        const auto gone = std::ranges::remove(iterator(from), m_records.end(), kind, &Record::kind);
        m_records.erase(gone.begin(), gone.end());
        if (m_records.empty())
            m_records.push_back({.kind = EventKind::RunStarted});
        return "no " + named(kind) + " from " + std::to_string(from) + " on";
    }
    std::string shuffle()
    {
        const std::size_t from = place();
        const std::size_t many = std::min(m_dice.between(2, m_dice.oneIn(3) ? 400 : 32), m_records.size() - from);
        for (std::size_t i = many; i > 1; --i)
            swapped(from + i - 1, from + m_dice.below(i));
        return std::to_string(many) + " shuffled";
    }
    std::string exchange()
    {
        const std::size_t many = m_dice.between(1, 30);
        for (std::size_t i = 0; i < many; ++i)
            swapped(place(), place());
        return std::to_string(many) + " exchanged";
    }
    // Times stay where they are.
    void swapped(std::size_t one, std::size_t other)
    {
        std::swap(m_records[one], m_records[other]);
        std::swap(m_records[one].time, m_records[other].time);
    }

    // A record that tells of one id, and of another one of the same kind: its trigger, the promise it waits for.
    struct Link {
        std::size_t record = 0;
        std::size_t own = 0; // fields
        std::size_t other = 0;
        FieldType type {};
    };
    [[nodiscard]] std::optional<Link> linkAt(std::size_t index)
    {
        const auto& fields = schemaOf(m_records[index].kind).fields;
        std::vector<Link> links;
        for (std::size_t own = 0; own < fields.size(); ++own) {
            for (std::size_t other = 0; other < fields.size(); ++other) {
                if (own != other && isId(fields[own].type) && fields[own].type == fields[other].type)
                    links.push_back({.record = index, .own = own, .other = other, .type = fields[own].type});
            }
        }
        if (links.empty())
            return {};
        return m_dice.oneIn(4) ? m_dice.of(links) : links.front(); // the first is the record's own id
    }
    [[nodiscard]] std::optional<Link> anyLink()
    {
        for (int i = 0; i < 200; ++i) {
            if (const auto found = linkAt(place()))
                return found;
        }
        return {};
    }
    [[nodiscard]] std::uint32_t own(const Link& link) { return fieldValue(m_records[link.record], link.own); }
    std::string ring()
    {
        const auto first = anyLink();
        if (!first)
            return insertion();
        std::vector<Link> links {*first};
        const std::size_t many = m_dice.between(1, 6);
        for (int i = 0; i < 200 && links.size() < many; ++i) {
            if (const auto found = linkAt(place()); found && found->type == first->type)
                links.push_back(*found);
        }
        for (std::size_t i = 0; i < links.size(); ++i)
            setField(m_records[links[i].record], links[i].other, own(links[(i + 1) % links.size()]));
        return "a ring of " + std::to_string(links.size()) + " in " + named(m_records[first->record].kind);
    }
    // To itself, to one that comes later, to one that there is not.
    std::string link()
    {
        const auto from = anyLink();
        const auto to = anyLink();
        if (!from || !to)
            return insertion();
        const std::uint32_t id = own(*from);
        std::uint32_t target = own(*to);
        switch (m_dice.below(5)) {
        case 0: target = id; break;
        case 1: target = id + 1; break;
        case 2: target = id - 1; break;
        case 3: target = 0xFFFF'FFFF; break;
        default: break;
        }
        setField(m_records[from->record], from->other, target);
        return named(m_records[from->record].kind) + ' ' + std::to_string(id) + " names " + std::to_string(target);
    }
    // Of a number that has a name: a duration, a due time, a handle.
    std::string extremes()
    {
        const std::size_t tries = 100;
        for (std::size_t i = 0; i < tries; ++i) {
            const EventKind kind = m_records[place()].kind;
            const auto& fields = schemaOf(kind).fields;
            const std::size_t field = m_dice.below(fields.size());
            const FieldType type = fields[field].type;
            if (type != FieldType::Number && type != FieldType::Signed && type != FieldType::Wide)
                continue;
            const bool all = m_dice.oneIn(3);
            const std::uint64_t wide = wideEdge();
            const std::uint32_t narrow = edge();
            for (Record& record : m_records) {
                if (record.kind != kind || !(all || m_dice.oneIn(4)))
                    continue;
                setField(record, field, type == FieldType::Wide ? static_cast<std::uint32_t>(wide) : narrow);
                if (type == FieldType::Wide)
                    setField(record, field + 1, static_cast<std::uint32_t>(wide >> 32));
            }
            const std::uint64_t told = type == FieldType::Wide ? wide : narrow;
            return std::string(fields[field].name) + " of " + named(kind) + " is " + std::to_string(told);
        }
        return insertion();
    }
    std::string leapInTime()
    {
        const std::size_t from = place();
        const std::uint64_t to = wideEdge();
        for (std::size_t i = from; i < m_records.size(); ++i)
            m_records[i].time = to > UINT64_MAX - m_records[i].time ? UINT64_MAX : m_records[i].time + to;
        return "a leap of " + std::to_string(to) + " ns at " + std::to_string(from);
    }
    std::string blockMoved()
    {
        const std::size_t from = place();
        const std::size_t many = std::min(m_dice.between(1, 300), m_records.size() - from);
        const Records block(iterator(from), iterator(from + many));
        if (m_dice.oneIn(2) && many < m_records.size())
            m_records.erase(iterator(from), iterator(from + many));
        const std::size_t to = place();
        m_records.insert(iterator(to), block.begin(), block.end());
        return std::to_string(many) + " moved or copied from " + std::to_string(from) + " to " + std::to_string(to);
    }
    std::string oneIdForAnother()
    {
        auto type = m_ids.begin();
        std::advance(type, m_dice.below(m_ids.size()));
        if (type == m_ids.end() || type->second.empty())
            return insertion();
        const std::uint32_t one = m_dice.of(type->second);
        const std::uint32_t other = near(type->second);
        for (std::size_t i = m_dice.oneIn(2) ? 0 : place(); i < m_records.size(); ++i) {
            const auto& fields = schemaOf(m_records[i].kind).fields;
            for (std::size_t field = 0; field < fields.size(); ++field) {
                if (fields[field].type == type->first && fieldValue(m_records[i], field) == one)
                    setField(m_records[i], field, other);
            }
        }
        return "id " + std::to_string(other) + " for " + std::to_string(one);
    }
    // A few records that follow each other, again and again, with new ids for what they tell of: that many more orders.
    std::string crowd()
    {
        const std::size_t from = place();
        const std::size_t length = std::min(m_dice.between(1, 8), m_records.size() - from);
        const std::size_t many = m_dice.between(10, 6000 / length);
        Records block(iterator(from), iterator(from + length));
        std::set<std::pair<FieldType, std::uint32_t>> own;
        for (const Record& record : block) {
            const auto& fields = schemaOf(record.kind).fields;
            const auto first = std::ranges::find_if(fields, [](const Field& field) { return isId(field.type); });
            if (first != fields.end())
                own.emplace(first->type, fieldValue(record, static_cast<std::size_t>(first - fields.begin())));
        }
        Records crowd;
        std::uint32_t fresh = 1'000'000;
        for (std::size_t i = 0; i < many; ++i, fresh += 1000) {
            for (Record record : block) {
                const auto& fields = schemaOf(record.kind).fields;
                for (std::size_t field = 0; field < fields.size(); ++field) {
                    const std::uint32_t id = fieldValue(record, field);
                    if (id != 0 && isId(fields[field].type) && own.contains({fields[field].type, id}))
                        setField(record, field, fresh + id % 1000);
                }
                crowd.push_back(record);
            }
        }
        m_records.insert(iterator(from), crowd.begin(), crowd.end());
        return std::to_string(many) + " times " + std::to_string(length) + " from " + named(block.front().kind) + " on";
    }
    // More of one kind than any program has at once, with ids of their own or the same: full houses, deep nests.
    std::string flood()
    {
        const EventKind kind = anyKind();
        Record record = forged(kind);
        const auto& fields = schemaOf(kind).fields;
        const std::size_t many = m_dice.between(10, m_dice.oneIn(3) ? 3000 : 600);
        const bool ownIds = !m_dice.oneIn(4);
        const std::size_t at = place();
        record.time = at > 0 ? m_records[at - 1].time : 0;
        Records block;
        for (std::size_t i = 0; i < many; ++i) {
            block.push_back(record);
            const auto first = std::ranges::find_if(fields, [](const Field& field) { return isId(field.type); });
            if (ownIds && first != fields.end()) {
                const auto field = static_cast<std::size_t>(first - fields.begin());
                setField(record, field, fieldValue(record, field) + 1);
            }
        }
        m_records.insert(iterator(at), block.begin(), block.end());
        return std::to_string(many) + ' ' + named(kind) + " at once";
    }

    Dice& m_dice;
    std::uint32_t m_texts = 0;
    std::uint32_t m_frames = 0;
    Records m_records;
    std::map<FieldType, std::vector<std::uint32_t>> m_ids;
    std::map<std::string_view, std::vector<std::uint32_t>> m_numbers;
    std::map<FieldType, std::vector<std::uint32_t>> m_words;
};

// The same file with these records: definitions stay where they are, segments are added where the records need more.
std::vector<std::byte> withRecords(std::span<const std::byte> trace, std::span<const Record> records)
{
    Places places(trace);
    std::vector<std::byte> bytes(trace.begin(), trace.end());
    while (places.recordSegments.size() * kRecordsPerSegment < records.size() && places.segments < kSegmentCapacity) {
        bytes.resize(std::max(bytes.size(), segmentOffset(places.segments)));
        places.recordSegments.push_back(segmentOffset(places.segments));
        setAt(bytes, kTableOffset + places.segments, SegmentKind::Records);
        setAt(bytes, offsetof(Header, segments), ++places.segments);
    }
    const std::size_t count = std::min(records.size(), places.recordSegments.size() * kRecordsPerSegment);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t segment = places.recordSegments[i / kRecordsPerSegment];
        setAt(bytes, segment + i % kRecordsPerSegment * sizeof(Record), records[i]);
    }
    setAt(bytes, offsetof(Header, published), std::uint64_t {count});
    return bytes;
}

Mutant forged(std::span<const std::byte> trace, Dice& dice)
{
    const std::vector<std::byte> aligned(trace.begin(), trace.end());
    const auto reader = Reader::openBytes(aligned);
    Mutant mutant {.family = Mutation::Forged, .bytes = aligned, .told = "forged:"};
    if (!reader || reader->size() == 0)
        return mutant;
    Forge forge(*reader, dice);
    const std::size_t works = dice.oneIn(3) ? dice.between(1, 20) : dice.between(1, 4);
    for (std::size_t i = 0; i < works || mutant.bytes == aligned; ++i) {
        mutant.told += (i > 0 ? ", " : " ") + forge.work();
        if (i + 1 >= works) // what is drawn may be what is there
            mutant.bytes = withRecords(aligned, forge.finish());
    }
    return mutant;
}

} // namespace

Mutant mutated(std::span<const std::byte> trace, std::uint64_t seed)
{
    static constexpr std::array families {Mutation::Truncated, Mutation::Flipped, Mutation::Forged, Mutation::Forged};
    return mutated(trace, seed, families[Dice(seed).below(families.size())]);
}

Mutant mutated(std::span<const std::byte> trace, std::uint64_t seed, Mutation family)
{
    Dice dice(seed * kMutations.size() + static_cast<std::uint64_t>(family));
    switch (family) {
    case Mutation::Truncated: return truncated(trace, dice);
    case Mutation::Flipped: return flipped(trace, dice);
    case Mutation::Forged: break;
    }
    return forged(trace, dice);
}

std::string_view wordFor(Mutation family)
{
    switch (family) {
    case Mutation::Truncated: return "truncated";
    case Mutation::Flipped: return "flipped";
    case Mutation::Forged: return "forged";
    }
    return {};
}

} // namespace bistro::tests
