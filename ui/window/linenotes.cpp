#include "window/linenotes.h"

#include "text/amounts.h"
#include "theme/meaning.h"
#include "why/helps.h"
#include "why/loaderror.h"
#include "why/refusal.h"
#include "why/words.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace bistro::ui {

using namespace app;

namespace {

struct Notes {
    Q_DECLARE_TR_FUNCTIONS(Notes)
};

} // namespace

QString pathOfScript(std::string_view script)
{
    const QString name = QString::fromUtf8(script.data(), static_cast<qsizetype>(script.size()));
    return name.startsWith(u"file:"_s) ? QUrl(name).toLocalFile() : name;
}

LineNotes::Line LineNotes::running(const LoopState& state) const
{
    const CodePlace place = runningPlace(m_log, state);
    return place ? Line {.path = pathOfScript(place.script), .line = static_cast<int>(place.line)} : Line {};
}

LineNotes::Line LineNotes::placed(OrderId order)
{
    const quint64 key = orderKey(order);
    if (const auto known = m_placed.constFind(key); known != m_placed.constEnd())
        return *known;
    const CodePlace place = placeOf(m_log, order);
    const Line line = place ? Line {.path = pathOfScript(place.script), .line = static_cast<int>(place.line)} : Line {};
    m_placed.insert(key, line);
    return line;
}

std::vector<LineNotes::Open> LineNotes::openOrders(const LoopState& state)
{
    std::vector<Open> open;
    const auto queue = [&](const Fifo<Queued>& queued) {
        queued.visit([&](const Queued& each) {
            open.push_back({each.order, each.kind});
            return open.size() < kLooked;
        });
    };
    queue(state.ticks);
    queue(state.microtasks);
    queue(state.immediates);
    queue(state.nextImmediates);
    if (open.size() < kLooked) {
        for (const std::uint32_t timer : state.timers.inOrder(state.loopClock(), kLooked - open.size()))
            open.push_back({OrderId::async(timer), OrderKind::Timer});
    }
    state.jobs.visit([&](std::uint64_t, const PoolJob& job) {
        if (job.async != 0 && open.size() < kLooked)
            open.push_back({OrderId::async(job.async), OrderKind::PoolIo});
        return open.size() < kLooked;
    });
    state.waits.visit([&](std::uint32_t, const Waiting& wait) {
        if (wait.async != 0 && open.size() < kLooked)
            open.push_back({OrderId::async(wait.async), OrderKind::KernelIo});
        return open.size() < kLooked;
    });
    return open;
}

LineNotes::Line LineNotes::guilty(const Moment& moment)
{
    if (!moment.hold)
        return {};
    constexpr Index kNear = 2'000; // events: what comes later says no more of this one
    const app::Place until = std::min(moment.until, moment.place + kNear);
    if (m_guilty.started != moment.hold->started || m_guilty.place != moment.place || m_guilty.until != until) {
        const CodePlace place = guiltyPlace(m_log, *moment.hold, moment.place);
        m_guilty = {.started = moment.hold->started,
            .place = moment.place,
            .until = until,
            .line = place ? Line {.path = pathOfScript(place.script), .line = static_cast<int>(place.line)} : Line {}};
    }
    return m_guilty.line;
}

void LineNotes::takeRefusals()
{
    const auto refusals = m_log.refusals();
    for (; m_refusalsTaken < refusals.size() && m_refused.size() < kRefusedLines; ++m_refusalsTaken) {
        const Index at = refusals[m_refusalsTaken];
        const CodePlace place = placeOfRefusal(m_log, at);
        const Line line {.path = place ? pathOfScript(place.script) : QString(), .line = static_cast<int>(place.line)};
        if (line.line != 0 && !std::ranges::contains(m_refused, line, &RefusedLine::line))
            m_refused.push_back({.at = at, .line = line});
    }
}

QHash<QString, QList<LineNote>> LineNotes::at(const Moment& moment, OrderId selected)
{
    const LoopState state = moment.state(); // a copy: what is asked below looks at others
    const Crash& crash = moment.crash;
    std::map<QString, std::map<int, LineNote>> notes;
    const auto noteAt = [&](const Line& line) -> LineNote& {
        LineNote& note = notes[line.path][line.line];
        note.line = line.line;
        return note;
    };
    for (const Open& each : openOrders(state)) {
        const Line line = placed(each.order);
        if (line.line == 0 || isNodesOwn(m_log, each.order))
            continue;
        LineNote& note = noteAt(line);
        const Meaning meaning = meaningOf(each.kind);
        if (!note.pending.contains(meaning))
            note.pending.append(meaning);
    }
    if (selected) {
        if (const Line line = placed(selected); line.line != 0)
            noteAt(line).tint = meaningOf(m_log.kindOf(selected));
    }
    takeRefusals();
    for (const RefusedLine& refused : m_refused) {
        if (refused.at >= moment.place)
            break;
        const auto event = trace::as<trace::events::AccessRefused>(m_log.event(refused.at));
        LineNote& note = noteAt(refused.line);
        note.tint = Meaning::Error;
        note.badge = Notes::tr("refused");
        note.toolTip = say(wordsOf(event.access), moment.wording, {textOf(m_log.text(event.subject)).left(400)});
    }
    if (const Line line = guilty(moment); line.line != 0) {
        LineNote& note = noteAt(line);
        note.tint = Meaning::Error;
        note.badge = timeText(moment.hold->took);
    }
    if (!crash.frames.empty()) {
        LineNote& note = noteAt(
            {.path = pathOfScript(crash.frames.front().script), .line = static_cast<int>(crash.frames.front().line)});
        note.tint = Meaning::Error;
        const auto load = app::loadErrorOf(*moment.log, crash);
        note.badge = load ? load->title.toLower() : Notes::tr("not caught");
        constexpr qsizetype most = 1'000; // letters
        note.toolTip = QString::fromUtf8(crash.message.data(), static_cast<qsizetype>(crash.message.size())).left(most);
    }
    QHash<QString, QList<LineNote>> result;
    for (const auto& [path, lines] : notes) {
        QList<LineNote>& list = result[path];
        for (const auto& [number, note] : lines)
            list.append(note);
    }
    return result;
}

QString LineNotes::explain(const LoopState& state, const QString& path, int line, Wording wording)
{
    constexpr int most = 6; // rows
    QStringList rows;
    int more = 0;
    for (const Open& each : openOrders(state)) {
        if (placed(each.order) != Line {.path = path, .line = line} || isNodesOwn(m_log, each.order))
            continue;
        if (rows.size() == most) {
            ++more;
            continue;
        }
        rows += Notes::tr("%1 %2 (%3)", "mark, title, kind")
                    .arg(markOf(meaningOf(each.kind)))
                    .arg(app::title(m_log, each.order).left(60), kindName(each.kind, wording));
    }
    if (rows.isEmpty())
        return {};
    if (more > 0)
        rows += Notes::tr("and %L1 more").arg(more);
    return Notes::tr("Placed in this line, and still waiting:") + u'\n' + rows.join(u'\n') + u'\n'
        + Notes::tr("Click the mark: the card at the right says why it waits.");
}

OrderId LineNotes::orderPlacedAt(const LoopState& state, const QString& path, int line)
{
    for (const Open& each : openOrders(state)) {
        if (placed(each.order) == Line {.path = path, .line = line})
            return each.order;
    }
    return {};
}

} // namespace bistro::ui
