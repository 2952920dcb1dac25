#include "stage/slips.h"

#include "stage/picturetext.h"
#include "stage/stagewords.h"
#include "text/amounts.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

void lay(StagePicture& picture, const Scene& scene, const Lay& where, const std::vector<Slot>& berths,
    const SecondLine& second)
{
    const std::vector<Waiting>& waiting = scene.place(where.place);
    const bool crowd = berths.size() > 1;
    const std::size_t count = scene.count(where.place);
    for (std::size_t i = 0; i < berths.size() && i < count; ++i) {
        Slot slot = berths[i];
        // How many there are is known of more than who they are: those whom nobody has looked at are told by a number.
        const bool unknown = i >= waiting.size();
        if (unknown)
            slot.form = SlipForm::Tab;
        const Waiting w = unknown ? Waiting {} : waiting[i];
        StageSlip slip {.key = w.key, .order = w.order, .form = slot.form, .place = where.place, .meaning = w.meaning};
        slip.rect = QRectF(where.origin.x() + slot.x, where.origin.y(), slot.width, where.height);
        slip.numberX = slot.numberX;
        slip.number = where.numbered ? w.number : 0;
        slip.clipped = where.clipped && slot.form == SlipForm::Head;
        slip.torn = where.torn;
        constexpr double twoLines = 30;
        const bool hasSecond = slot.form == SlipForm::Head && where.height > twoLines;
        if (slot.form != SlipForm::Tab)
            slip.title = hasSecond ? scene.facts.titleOfAllSteps(w.order) : scene.facts.title(w.order);
        slip.second = hasSecond           ? withStep(scene, w.order, second(w, crowd))
            : slot.form == SlipForm::Head ? second(w, crowd)
                                          : QString();
        slip.selected = w.order && w.order == scene.options.selected;
        if (slot.form == SlipForm::Tab) {
            slip.key = (std::uint64_t {1} << 62) + static_cast<std::uint64_t>(where.place);
            slip.order = {};
            slip.count = static_cast<int>(count - i);
            slip.title = QStringLiteral("+%1").arg(slip.count);
            int first = 0;
            int last = 0;
            picture.tabs.emplace_back(slip.key, static_cast<std::uint32_t>(picture.hidden.size()));
            for (std::size_t k = i; k < waiting.size(); ++k) {
                picture.hidden.push_back(waiting[k].order);
                if (waiting[k].order == scene.options.selected && waiting[k].order)
                    slip.selected = true;
                const int n = waiting[k].number;
                if (n != 0) {
                    first = first == 0 ? n : std::min(first, n);
                    last = std::max(last, n);
                }
            }
            slip.number = 0;
            if (where.numbered && first != 0 && count > waiting.size())
                slip.range = QStringLiteral("%1–…").arg(first); // further than anyone has looked
            else if (where.numbered && first != 0)
                slip.range = first == last ? QString::number(first) : QStringLiteral("%1–%2").arg(first).arg(last);
        }
        picture.slips.push_back(std::move(slip));
        if (unknown)
            return;
    }
}

QString waitWord(trace::KernelWait wait)
{
    if (wait == trace::KernelWait {}) // a worker thread
        return Stage::tr("at work");
    switch (wait) {
    case trace::KernelWait::Listening: return Stage::tr("listens");
    case trace::KernelWait::Reading: return Stage::tr("waits for data");
    case trace::KernelWait::Writing: return Stage::tr("is sending");
    case trace::KernelWait::Connecting: return Stage::tr("connects");
    case trace::KernelWait::Datagrams: return Stage::tr("waits for mail");
    case trace::KernelWait::ChildExit: return Stage::tr("until it ends");
    case trace::KernelWait::Signal: return Stage::tr("awaits a signal");
    case trace::KernelWait::FileEvents: return Stage::tr("watches files");
    case trace::KernelWait::NameAnswer: return Stage::tr("asks for a name");
    }
    return {};
}

QString timersLeft(const Scene& scene)
{
    return scene.neverCalled(Place::EggTimers) == scene.count(Place::EggTimers) ? Stage::tr("never rang")
                                                                                : Stage::tr("ring no more");
}

QString waitLeft(const Scene& scene, const Waiting& wait)
{
    if (!scene.state.end)
        return waitWord(static_cast<trace::KernelWait>(wait.detail));
    return scene.wasCalled(wait.order) ? Stage::tr("comes no more") : Stage::tr("never came");
}

QString timeLeft(const Scene& scene, OrderId timer)
{
    if (scene.state.end)
        return scene.wasCalled(timer) ? Stage::tr("rings no more") : Stage::tr("never rang");
    const auto countdown = countdownOf(scene, timer);
    if (!countdown)
        return numberOf(timer);
    const std::uint64_t left = leftOf(scene, *countdown);
    if (left == 0)
        return Stage::tr("it rings");
    return left < 999'500'000 ? Stage::tr("%1 ms left").arg(std::max<std::uint64_t>(1, (left + 500'000) / 1'000'000))
                              : Stage::tr("%1 left").arg(app::timeText(left));
}

QString withStep(const Scene& scene, OrderId order, const QString& second)
{
    const int step = order ? scene.facts.step(order) : 0;
    if (step == 0)
        return second;
    return second.isEmpty() ? Stage::tr("step %1").arg(step) : Stage::tr("step %1, %2").arg(step).arg(second);
}

// Which key says that it is next.
static QString answerWords(const StageSlip& slip)
{
    return slip.asked == slip.askedLast
        ? Stage::tr("Press %1 if it is next.").arg(slip.asked)
        : Stage::tr("Press %1 to %2 if one of them is next.").arg(slip.asked).arg(slip.askedLast);
}

void nameSlips(StagePicture& picture, const StageFacts& facts)
{
    for (StageSlip& slip : picture.slips) {
        if (!slip.name.isEmpty())
            continue;
        QStringList words {slip.form == SlipForm::Tab ? Stage::tr("%1 more").arg(slip.count) : slip.title};
        const int line = slip.order ? facts.line(slip.order) : 0;
        if (slip.order)
            words << numberOf(slip.order);
        if (line > 0)
            words << Stage::tr("line %1").arg(line);
        if (!slip.second.isEmpty() && !slip.second.startsWith(u'#') && !slip.second.startsWith(u'p'))
            words << slip.second;
        const QString what = words.join(QStringLiteral(", "));
        const QString last = slip.range.section(QChar(0x2013), 1);
        slip.name = slip.number > 0 ? Stage::tr("%1. It is number %2 to be served.").arg(what).arg(slip.number)
            : slip.range.isEmpty()  ? Stage::tr("%1.").arg(what)
            : last.isEmpty()        ? Stage::tr("%1. It is number %2 to be served.").arg(what, slip.range)
            : last == u"…"
            ? Stage::tr("%1. They are served from number %2 on.").arg(what, slip.range.section(QChar(0x2013), 0, 0))
            : Stage::tr("%1. They are numbers %2 to %3 to be served.")
                  .arg(what, slip.range.section(QChar(0x2013), 0, 0), last);
        if (slip.asked != 0)
            slip.name += u' ' + answerWords(slip);
    }
}

} // namespace bistro::ui
