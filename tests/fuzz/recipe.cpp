#include "recipe.h"

#include <algorithm>
#include <array>
#include <map>

namespace bistro::fuzz {

using namespace trace;

namespace {

constexpr std::uint8_t kFour = 0xF0;
constexpr std::uint8_t kEight = 0xF1;
constexpr std::size_t kMostDefinitions = 2'000;

bool isId(FieldType type)
{
    using enum FieldType;
    return type == Async || type == Promise || type == Job || type == Worker || type == Handler || type == Call
        || type == Object;
}

// The values that a word may have; none: the type is no word's.
const std::vector<std::uint32_t>& wordsOf(FieldType type)
{
    static const auto all = [] {
        std::map<FieldType, std::vector<std::uint32_t>> words;
        for (auto i = static_cast<int>(FieldType::PhaseName); i <= static_cast<int>(FieldType::RunLimitName); ++i) {
            const auto word = static_cast<FieldType>(i);
            for (std::uint32_t value = 0; value < 64; ++value) {
                if (!wordFor(word, value).empty() || (word == FieldType::PollReasonName && value == 0))
                    words[word].push_back(value);
            }
        }
        return words;
    }();
    static const std::vector<std::uint32_t> none;
    const auto found = all.find(type);
    return found == all.end() ? none : found->second;
}

void setField(Record& record, std::size_t field, std::uint32_t value)
{
    switch (field) {
    case 0: record.small = static_cast<std::uint16_t>(value); break;
    case 1: record.a = value; break;
    case 2: record.b = value; break;
    case 3: record.c = value; break;
    default: record.d = value; break;
    }
}

class Bytes final {
public:
    explicit Bytes(std::span<const std::uint8_t> bytes)
        : m_left(bytes)
    {
    }

    [[nodiscard]] bool empty() const { return m_left.empty(); }

    std::span<const std::uint8_t> take(std::size_t size)
    {
        const auto taken = m_left.first(std::min(size, m_left.size()));
        m_left = m_left.subspan(taken.size());
        return taken;
    }

    std::uint64_t number()
    {
        const auto first = take(1);
        if (first.empty() || first[0] < kFour)
            return first.empty() ? 0 : first[0];
        std::uint64_t value = 0;
        std::size_t shift = 0;
        for (const std::uint8_t byte : take(first[0] == kFour ? 4 : 8)) {
            value |= std::uint64_t {byte} << shift;
            shift += 8;
        }
        return value;
    }
    std::uint32_t number32() { return static_cast<std::uint32_t>(number()); }
    // Below the limit, which is none for 0.
    std::uint32_t below(std::size_t limit) { return limit == 0 ? 0 : static_cast<std::uint32_t>(number() % limit); }

private:
    std::span<const std::uint8_t> m_left;
};

class Cook final {
public:
    explicit Cook(std::span<const std::uint8_t> recipe)
        : m_bytes(recipe)
    {
    }

    tests::TraceFile cook()
    {
        m_texts = m_bytes.below(kMostDefinitions);
        for (std::size_t i = 0; i < m_texts; ++i) {
            const auto bytes = m_bytes.take(m_bytes.below(kSegmentBytes / 2));
            m_file.text({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        }
        const std::size_t frames = m_bytes.below(kMostDefinitions);
        for (; m_frames < frames; ++m_frames) {
            Frame frame;
            frame.function = {m_bytes.below(m_texts + 1)};
            frame.script = {m_bytes.below(m_texts + 1)};
            frame.line = m_bytes.number32();
            frame.column = m_bytes.number32();
            frame.caller = {m_bytes.below(m_frames + 1)};
            m_file.frame(frame);
        }
        while (!m_bytes.empty() && m_events.size() < kMostEvents) {
            if (const std::uint32_t kind = m_bytes.below(kEventKinds); kind != 0)
                add(event(static_cast<EventKind>(kind)));
            else
                repeat();
        }
        return std::move(m_file);
    }

private:
    Record event(EventKind kind)
    {
        Record record {.kind = kind};
        record.flags = static_cast<std::uint8_t>(m_bytes.number() & kKnownFlags);
        record.stack = m_bytes.below(m_frames + 1);
        const std::uint64_t later = m_bytes.number();
        m_time = later > UINT64_MAX - m_time ? UINT64_MAX : m_time + later;
        const auto& fields = schemaOf(kind).fields;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const FieldType type = fields[i].type;
            if (type == FieldType::Unused)
                continue;
            if (const auto& words = wordsOf(type); !words.empty()) {
                setField(record, i, words[m_bytes.below(words.size())]);
            } else if (type == FieldType::Text) {
                setField(record, i, m_bytes.below(m_texts + 1));
            } else {
                const std::uint64_t value = m_bytes.number();
                setField(record, i, static_cast<std::uint32_t>(value));
                if (type == FieldType::Wide)
                    setField(record, i + 1, static_cast<std::uint32_t>(value >> 32));
            }
        }
        return record;
    }

    void add(Record record)
    {
        record.time = m_time;
        m_events.push_back(record);
        m_file.event(record);
    }

    void repeat()
    {
        const std::size_t many = std::min<std::size_t>(m_bytes.number() + 1, m_events.size());
        const std::uint64_t rounds = m_bytes.number();
        const std::uint32_t step = m_bytes.number32();
        const std::uint64_t pause = m_bytes.below(1'000);
        const std::vector<Record> last(m_events.end() - static_cast<std::ptrdiff_t>(many), m_events.end());
        for (std::uint64_t round = 1; round <= rounds && many > 0; ++round) {
            for (Record record : last) {
                if (m_events.size() >= kMostEvents)
                    return;
                const auto& fields = schemaOf(record.kind).fields;
                for (std::size_t i = 0; i < fields.size(); ++i) {
                    if (const std::uint32_t id = fieldValue(record, i); isId(fields[i].type) && id > 1)
                        setField(record, i, id + step * static_cast<std::uint32_t>(round));
                }
                m_time += std::min(pause, UINT64_MAX - m_time);
                add(record);
            }
        }
    }

    Bytes m_bytes;
    tests::TraceFile m_file;
    std::vector<Record> m_events;
    std::size_t m_texts = 0;
    std::size_t m_frames = 0;
    std::uint64_t m_time = 0;
};

void append(std::vector<std::uint8_t>& to, std::uint64_t number)
{
    if (number < kFour) {
        to.push_back(static_cast<std::uint8_t>(number));
        return;
    }
    const std::size_t bytes = number > UINT32_MAX ? 8 : 4;
    to.push_back(bytes == 4 ? kFour : kEight);
    for (std::size_t i = 0; i < bytes; ++i)
        to.push_back(static_cast<std::uint8_t>(number >> 8 * i));
}

void append(std::vector<std::uint8_t>& to, const Record& record, std::uint64_t before)
{
    append(to, static_cast<std::uint64_t>(record.kind));
    append(to, record.flags);
    append(to, record.stack);
    append(to, record.time - before);
    const auto& fields = schemaOf(record.kind).fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::uint32_t value = fieldValue(record, i);
        if (const auto& words = wordsOf(fields[i].type); !words.empty())
            append(to, static_cast<std::uint64_t>(std::ranges::find(words, value) - words.begin()));
        else if (fields[i].type == FieldType::Wide)
            append(to, value | std::uint64_t {fieldValue(record, i + 1)} << 32);
        else if (fields[i].type != FieldType::Unused)
            append(to, value);
    }
}

} // namespace

tests::TraceFile traceOf(std::span<const std::uint8_t> recipe)
{
    return Cook(recipe).cook();
}

std::vector<std::uint8_t> recipeOf(const Reader& reader, std::size_t most)
{
    std::vector<std::uint8_t> recipe;
    append(recipe, reader.texts());
    for (std::size_t i = 1; i <= reader.texts(); ++i) {
        const std::string_view text = reader.text({static_cast<std::uint32_t>(i)});
        append(recipe, text.size());
        recipe.insert(recipe.end(), text.begin(), text.end());
    }
    append(recipe, reader.frames());
    for (std::size_t i = 1; i <= reader.frames(); ++i) {
        const Frame frame = reader.frame({static_cast<std::uint32_t>(i)});
        for (const std::uint32_t number :
            {frame.function.value, frame.script.value, frame.line, frame.column, frame.caller.value})
            append(recipe, number);
    }
    std::uint64_t time = 0;
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(reader.size(), most); ++i) {
        const Record record = reader.event({i});
        append(recipe, record, time);
        time = record.time;
    }
    return recipe;
}

} // namespace bistro::fuzz
