#include "panels/findingrows.h"

#include "panels/panelwords.h"
#include "text/amounts.h"
#include "why/refusal.h"

#include <QStringList>

#include <algorithm>

namespace bistro::ui {

using app::FindingKind;

namespace {

app::CodePlace placeIn(const app::TraceLog& log, const app::FoundThing& finding)
{
    if (finding.line == 0)
        return {};
    app::CodePlace place;
    if (finding.frame)
        place = app::placeOfFrame(log, finding.frame);
    else if (const auto script = std::ranges::find(log.scripts(), finding.script, &app::TraceLog::Script::name);
        script != log.scripts().end())
        place.script = script->name;
    place.line = finding.line;
    place.column = finding.column;
    return place.script.empty() ? app::CodePlace {} : place;
}

// What is typed in a terminal is clicked here.
std::vector<QString> helpsInWindow(const app::FoundThing& finding, const app::TraceLog& log, app::Wording wording)
{
    const bool kept = finding.kind == FindingKind::Refused || finding.kind == FindingKind::Limit;
    return kept && finding.first < log.size() ? app::helpsAgainst(log, finding.first, app::ReadIn::Window)
                                              : finding.in(wording).helps;
}

} // namespace

Meaning meaningOf(FindingKind kind)
{
    switch (kind) {
    case FindingKind::Blocked:
    case FindingKind::Refused:
    case FindingKind::Limit:
    case FindingKind::NotLoaded:
    case FindingKind::RejectionUnhandled: return Meaning::Error;
    case FindingKind::TicksStarve: return Meaning::Tick;
    case FindingKind::MicrotasksStarve:
    case FindingKind::AwaitsInSeries:
    case FindingKind::RejectionLate:
    case FindingKind::AwaitNeverCame: return Meaning::Promise;
    case FindingKind::TimerLate:
    case FindingKind::TimerNeverRang: return Meaning::Timer;
    case FindingKind::PoolBusy: return Meaning::PoolIo;
    case FindingKind::KeepsAlive: return Meaning::KernelIo;
    case FindingKind::Race: return Meaning::Immediate;
    }
    Q_UNREACHABLE_RETURN(Meaning::Running);
}

QString titleOf(FindingKind kind, app::Wording wording)
{
    const bool restaurant = wording == app::Wording::Restaurant;
    switch (kind) {
    case FindingKind::Blocked: return Panels::tr("Blocked");
    case FindingKind::TicksStarve: return restaurant ? Panels::tr("Note after note") : Panels::tr("Tick after tick");
    case FindingKind::MicrotasksStarve:
        return restaurant ? Panels::tr("Note after note") : Panels::tr("Microtask after microtask");
    case FindingKind::TimerLate: return restaurant ? Panels::tr("Late egg timer") : Panels::tr("Late timer");
    case FindingKind::AwaitsInSeries: return Panels::tr("One by one");
    case FindingKind::RejectionUnhandled: return Panels::tr("Not caught");
    case FindingKind::RejectionLate: return Panels::tr("Caught late");
    case FindingKind::PoolBusy: return restaurant ? Panels::tr("Kitchen full") : Panels::tr("Thread pool full");
    case FindingKind::KeepsAlive: return Panels::tr("Kept alive");
    case FindingKind::AwaitNeverCame: return Panels::tr("Never went on");
    case FindingKind::TimerNeverRang: return Panels::tr("Never rang");
    case FindingKind::Race: return Panels::tr("A race");
    case FindingKind::Refused: return Panels::tr("Refused");
    case FindingKind::Limit: return Panels::tr("Limit reached");
    case FindingKind::NotLoaded: return Panels::tr("Not loaded");
    }
    Q_UNREACHABLE_RETURN({});
}

std::vector<NoteRow> findingRows(const std::vector<app::FoundThing>& found, app::Wording wording, app::Index place)
{
    std::vector<NoteRow> rows;
    for (const app::FoundThing& finding : found) {
        const QString when = app::timeText(finding.time);
        const QString& what = finding.in(wording).what;
        rows.push_back({.key = rows.size() + 1,
            .text = what,
            .when = when,
            .spoken = Panels::tr("%1: %2 At %3").arg(titleOf(finding.kind, wording), what, when),
            .mark = meaningOf(finding.kind),
            .here = finding.isAt(place)});
    }
    return rows;
}

BlockedContent findingCard(const app::FoundThing& finding, const Moment& moment)
{
    const app::FoundThing::Words& words = finding.in(moment.wording);
    BlockedContent content;
    content.kind = finding.kind;
    content.meaning = meaningOf(finding.kind);
    content.title = titleOf(finding.kind, moment.wording);
    if (finding.took > 0)
        content.duration = app::timeText(finding.took);
    const auto add = [&](const QString& label, const QString& sentence, const app::CodePlace& place = {}) {
        if (!sentence.isEmpty() || place)
            content.rows.push_back({.label = label, .sentence = {.text = sentence, .orders = {}}, .place = place});
    };
    if (finding.order) {
        content.named.push_back(nameOf(*moment.log, *moment.facts, finding.order));
        content.rows.push_back(
            {.label = Panels::tr("what"), .sentence = {.text = words.what, .orders = {finding.order}}, .place = {}});
    } else {
        add(Panels::tr("what"), words.what);
    }
    add(Panels::tr("where"), {}, placeIn(*moment.log, finding));
    add(Panels::tr("since"), words.since);
    add(Panels::tr("waiting"), words.waits);
    for (const QString& help : helpsInWindow(finding, *moment.log, moment.wording))
        content.helps.push_back(leadingToAllowed(help));
    return content;
}

QString findingText(const app::FoundThing& finding, app::Wording wording)
{
    const app::FoundThing::Words& words = finding.in(wording);
    QStringList lines {
        Panels::tr("%1 at %2").arg(titleOf(finding.kind, wording), app::timeText(finding.time)), words.what};
    if (!words.waits.isEmpty())
        lines += words.waits;
    for (std::size_t i = 0; i < words.helps.size(); ++i)
        lines += QStringLiteral("%1. %2").arg(i + 1).arg(words.helps[i]);
    return lines.join(u'\n');
}

} // namespace bistro::ui
