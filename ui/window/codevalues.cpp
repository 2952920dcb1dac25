#include "window/codevalues.h"

#include "state/linechanges.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace bistro::ui {

using namespace app;

namespace {

constexpr int kLooked = 400; // stops of the function that are looked back at
constexpr std::size_t kLetters = 32; // of a value
constexpr std::size_t kLettersBefore = 16;

class Collector {
public:
    Collector(const Lines& lines, const LineFrame& frame, Index place, std::uint32_t head)
        : m_lines(lines)
        , m_call(frame.call)
        , m_place(place)
        , m_head(head)
        , m_visible(lines.shownAt(frame.call, place))
        , m_parameters(lines.argumentsOf(frame.call))
    {
        Index stop = frame.stop;
        m_now = true;
        for (int n = 0; stop != kNoEvent && n < kLooked; ++n, m_now = false) {
            const Index done = m_lines.doneAt(m_lines.endOfStop(stop));
            takeStop(stop, done);
            m_oldest = stop;
            stop = done;
        }
        if (stop != kNoEvent) { // a long loop: what was set before it
            m_now = false;
            takeOlder();
        }
    }

    [[nodiscard]] QList<LineValues> all() const
    {
        QList<LineValues> result;
        for (const auto& [line, values] : m_made)
            result.append({.line = static_cast<int>(line), .values = values});
        return result;
    }

private:
    // What is told at a stop is what the call's statement before it did; at the first stop, what it was called with.
    void takeStop(Index stop, Index done)
    {
        const std::uint32_t line = done == kNoEvent ? m_head : m_lines.placeOf(done).line;
        for (const LineChange& change : changesAt(m_lines, stop)) {
            if (done == kNoEvent ? isParameter(change.slot) : isVisible(change.slot))
                put(line, change);
        }
    }

    // What else is told at the first stop was there before.
    [[nodiscard]] bool isParameter(const LineSlot& slot) const
    {
        return std::ranges::contains(m_parameters, slot, &LineVariable::slot);
    }

    // A variable of a block that is over is no more; a property is.
    [[nodiscard]] bool isVisible(const LineSlot& slot) const
    {
        const auto variable = std::ranges::find(m_visible, slot, &LineVariable::slot);
        return slot.holder || (variable != m_visible.end() && !variable->value.isUnset());
    }

    void takeOlder()
    {
        for (const LineVariable& variable : m_visible) {
            const Index told = variable.value.told;
            if (told == kNoEvent || told > m_oldest)
                continue;
            const Index stop = m_lines.stopAt(told + 1);
            if (stop == kNoEvent || m_lines.callOf(stop) != m_call)
                continue;
            const Index done = m_lines.doneAt(m_lines.endOfStop(stop));
            if (done != kNoEvent || isParameter(variable.slot))
                put(done == kNoEvent ? m_head : m_lines.placeOf(done).line,
                    {.slot = variable.slot, .value = variable.value, .before = {}, .told = told});
        }
    }

    void put(std::uint32_t line, const LineChange& change)
    {
        if (line == 0 || change.value.isUnset())
            return;
        // The name alone: what it belongs to stands in the code.
        const bool element = change.isProperty() && change.slot.type == trace::PropertyKind::Element;
        const QString name = element ? QString::fromStdString(nameOf(m_lines, change.slot, m_call, m_place))
                                     : QString::fromUtf8(m_lines.log().text(change.slot.name));
        QList<InlineValue>& values = m_made[line];
        if (std::ranges::contains(values, name, &InlineValue::name))
            return;
        InlineValue made {.name = name,
            .text = QString::fromStdString(m_lines.preview(change.value, m_place, kLetters)),
            .before = {},
            .changed = m_now && line != m_head};
        if (made.changed && change.before.isKnown())
            made.before = QString::fromStdString(
                m_lines.preview(change.before, change.before.told + 1, kLettersBefore));
        values.append(made);
    }

    const Lines& m_lines;
    const trace::CallId m_call;
    const Index m_place;
    const std::uint32_t m_head;
    const std::vector<LineVariable> m_visible;
    const std::vector<LineVariable> m_parameters;
    std::map<std::uint32_t, QList<InlineValue>> m_made; // by line
    Index m_oldest = kNoEvent; // stop of the function that was looked at
    bool m_now = false; // this is what the statement that is over did
};

} // namespace

QList<LineValues> valuesBeside(const Lines& lines, const LineFrame& frame, Index place, std::uint32_t head)
{
    return Collector(lines, frame, place, head).all();
}

} // namespace bistro::ui
