#include "panels/stacklines.h"

#include "panels/callsaside.h"
#include "panels/frameshown.h"
#include "panels/panelwords.h"
#include "panels/valuewords.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kArgument = 40; // characters of one

app::CodePlace placeShown(const Moment& moment, const FrameShown& shown)
{
    const trace::Frame frame = lineOf(*moment.lines, moment.place, shown);
    if (frame.line == 0)
        return {};
    return {.frame = {},
        .function = shown.frame.function,
        .script = moment.log->text(frame.script),
        .line = frame.line,
        .column = frame.column};
}

Plate plateOf(const Moment& moment, const ScriptOutlines* outlines, const FrameShown& shown, const QString& nameless)
{
    const QString function = shortened(shown.frame.function);
    return {.function = function.isEmpty() ? nameless : function,
        .place = placeShown(moment, shown),
        .guilty = false,
        .arguments = argumentsText(*moment.lines, shown.frame.call, outlines),
        .call = shown.frame.call};
}

QString nameOfCall(const Moment& moment, trace::CallId call)
{
    const QString function = shortened(moment.lines->frameAt(call, moment.place).function);
    return function.isEmpty() ? Panels::tr("your program") : function;
}

// Why it is set aside, and what comes of it: the recording knows that, but who guesses must not.
class Aside final {
public:
    Aside(const Moment& moment, const CallAside& call)
        : m_moment(moment)
        , m_call(call)
        , m_name(nameOfCall(moment, call.frame.call))
    {
        if (moment.hidden || call.frame.paused == app::kNoEvent)
            return;
        m_given = moment.lines->givenAfter(call.frame.call, call.frame.paused);
        if (!m_given)
            return;
        constexpr std::size_t kLetters = 60;
        m_told = moment.lines->preview(m_given->value, m_given->value.told + 1, kLetters);
    }

    [[nodiscard]] QString why() const
    {
        if (m_call.awaits)
            return whatIsAwaited(nameOfCall(m_moment, m_call.awaits));
        if (m_call.frame.stop == app::kNoEvent)
            return said(Panels::tr("%1 is set aside."), Panels::tr("%1 is paused.")).arg(m_name);
        return where(QString::number(m_moment.lines->placeOf(m_call.frame.stop).line));
    }

private:
    [[nodiscard]] QString said(const QString& restaurant, const QString& runtime) const
    {
        return m_moment.wording == app::Wording::Restaurant ? restaurant : runtime;
    }
    [[nodiscard]] QString told() const { return QString::fromStdString(m_told); }

    [[nodiscard]] QString whatIsAwaited(const QString& awaited) const
    {
        if (m_told.empty())
            return said(Panels::tr("%1 is set aside: it awaits %2."), Panels::tr("%1 is paused: it awaits %2."))
                .arg(m_name, awaited);
        if (m_given->isError)
            return said(Panels::tr("%1 is set aside: it awaits %2, which will fail: %3."),
                Panels::tr("%1 is paused: it awaits %2, which will fail: %3."))
                .arg(m_name, awaited, told());
        return said(Panels::tr("%1 is set aside: it awaits %2, which will give %3."),
            Panels::tr("%1 is paused: it awaits %2, which will give %3."))
            .arg(m_name, awaited, told());
    }

    [[nodiscard]] QString where(const QString& line) const
    {
        if (m_told.empty())
            return said(Panels::tr("%1 is set aside at the await in line %2."),
                Panels::tr("%1 is paused at the await in line %2."))
                .arg(m_name, line);
        if (m_given->isError)
            return said(Panels::tr("%1 is set aside at the await in line %2, which will fail: %3."),
                Panels::tr("%1 is paused at the await in line %2, which will fail: %3."))
                .arg(m_name, line, told());
        return said(Panels::tr("%1 is set aside at the await in line %2, which will give %3."),
            Panels::tr("%1 is paused at the await in line %2, which will give %3."))
            .arg(m_name, line, told());
    }

    const Moment& m_moment;
    const CallAside& m_call;
    QString m_name;
    std::optional<app::LineGiven> m_given;
    std::string m_told; // in a few words; empty: nobody knows
};

} // namespace

QString argumentsText(const app::Lines& lines, trace::CallId call, const ScriptOutlines* outlines)
{
    const std::span<const app::Index> stops = lines.stopsOf(call);
    if (stops.empty())
        return {};
    const app::Index place = lines.endOfStop(stops.front());
    QString text;
    for (const app::LineVariable& argument : lines.argumentsOf(call)) {
        const bool rest = outlines && outlines->isRest(lines.placeOf(stops.front()), argument.name);
        text += text.isEmpty() ? QString() : u", "_s;
        text += (rest ? u"…"_s : QString()) + shortened(argument.name) + u" = "_s
            + shownValue(lines, argument.value, place, kArgument).text;
    }
    return text;
}

void tellLines(CallStackContent& content, const Moment& moment, const ScriptOutlines* outlines, const QString& called)
{
    const std::vector<app::LineFrame> stack = moment.lines->stackAt(moment.place);
    if (stack.empty())
        return;
    constexpr std::size_t kPlates = 128; // as of the events' stacks
    const app::Index stop = moment.lines->stopAt(moment.place);
    std::vector<Plate> own;
    for (const app::LineFrame& frame : stack) {
        if (own.size() == kPlates) {
            own.push_back({.function = Panels::tr("%L1 more calls").arg(stack.size() - kPlates), .place = {}});
            break;
        }
        const bool top = own.empty();
        own.push_back(plateOf(moment, outlines, {.frame = frame, .innermost = top, .here = top && frame.stop == stop},
            frame.call == stack.back().call ? called : Panels::tr("(anonymous)")));
    }
    if (content.plates.size() == 1 && !content.plates.front().place)
        content.plates.clear(); // nobody knew where it was
    // From the outermost on they are the same, as far as the events have seen them.
    std::vector<Plate> plates;
    auto next = own.rbegin();
    for (const Plate& plate : content.plates | std::views::reverse) {
        if (!plate.place) {
            plates.push_back(plate); // a fold
            continue;
        }
        if (next == own.rend() || plate.function != next->function)
            break;
        plates.push_back(std::move(*next++));
    }
    while (!plates.empty() && next != own.rend() && !plates.back().place && plates.back().call == trace::CallId {})
        plates.pop_back(); // what was folded above the last that is the same is over
    for (; next != own.rend(); ++next)
        plates.push_back(std::move(*next));
    std::ranges::reverse(plates);
    content.plates = std::move(plates);
}

void tellAside(CallStackContent& content, const Moment& moment, const ScriptOutlines* outlines)
{
    constexpr std::size_t kSaid = 2; // sentences
    const std::vector<CallAside> calls = callsAside(moment);
    QStringList why;
    for (const CallAside& call : calls) {
        content.aside.push_back(plateOf(
            moment, outlines, {.frame = call.frame, .innermost = false, .here = false}, Panels::tr("(anonymous)")));
        if (static_cast<std::size_t>(why.size()) < kSaid)
            why << Aside(moment, call).why();
    }
    content.whyAside = why.join(u' ');
}

} // namespace bistro::ui
