#include "houses/rushwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

struct Houses {
    Q_DECLARE_TR_FUNCTIONS(Houses)
};

constexpr double kMillisecond = 1e6;

QString oneDecimal(double value)
{
    QString text = QString::number(value, 'f', 1);
    if (text.endsWith(".0"_L1))
        text.chop(2);
    return text;
}

bool isHttp(const RushShown& shown)
{
    return !shown.upper.guests.empty() && !shown.upper.guests.front().title.isEmpty();
}

} // namespace

QString rushNumber(std::uint64_t nanoseconds)
{
    return oneDecimal(static_cast<double>(nanoseconds) / kMillisecond);
}

QString rushTime(std::uint64_t nanoseconds)
{
    const double ms = static_cast<double>(nanoseconds) / kMillisecond;
    if (ms >= 10'000)
        return Houses::tr("%1 s").arg(ms / 1'000, 0, 'f', 1);
    if (ms >= 19.95 || ms == 0)
        return Houses::tr("%1 ms").arg(std::llround(ms));
    return Houses::tr("%1 ms").arg(ms, 0, 'f', 1);
}

QString stackSize(std::uint64_t bytes)
{
    const double mib = static_cast<double>(bytes) / (1 << 20);
    return mib >= 1'024 ? Houses::tr("%1 GiB").arg(oneDecimal(mib / 1'024)) : Houses::tr("%1 MiB").arg(oneDecimal(mib));
}

QString factorText(double factor)
{
    return u"×"_s + (factor < 1 ? QString::number(factor, 'g', 2) : oneDecimal(factor));
}

QString shareText(double share)
{
    return Houses::tr("%1 %").arg(std::lround(share * 100));
}

QString rushTitle()
{
    return Houses::tr("The same rush, two restaurants");
}

QStringList rushSubtitles(const RushShown& shown, const QString& program)
{
    const int count = static_cast<int>(shown.upper.guests.size());
    const QString guests = isHttp(shown) ? Houses::tr("%n requests to %1", nullptr, count).arg(program)
                                         : Houses::tr("%n connections to %1", nullptr, count).arg(program);
    const QString from = Houses::tr("%1 s").arg(static_cast<double>(shown.upper.start) / 1e9, 0, 'f', 2);
    QStringList texts;
    texts << (shown.upper.computed
            ? Houses::tr("%1, computed from what was recorded; times in ms since the first guest").arg(guests)
            : Houses::tr("%1, recorded from %2 on; times in ms since the first guest").arg(guests, from));
    texts << Houses::tr("%1; times in ms since the first guest").arg(guests) << guests;
    return texts;
}

QString upperTotals(const RushShown& shown)
{
    return Houses::tr("<b>%1</b> serving, <b>%2</b> walking or at rest")
        .arg(rushTime(shown.serving()), rushTime(shown.notServing()));
}

QString lowerTotals(const RushShown& shown)
{
    if (const std::uint64_t waiting = shown.lower.waitingForCores(); waiting > 0)
        return Houses::tr("<b>%1</b> serving, <b>%2</b> waiting for a core, <b>%3</b> standing idle")
            .arg(rushTime(shown.lower.serving()), rushTime(waiting), rushTime(shown.lower.idle()));
    return Houses::tr("<b>%1</b> serving, <b>%2</b> standing idle")
        .arg(rushTime(shown.lower.serving()), rushTime(shown.lower.idle()));
}

QString upperTag(bool computed)
{
    return computed ? Houses::tr("computed") : Houses::tr("what ran");
}

QString lowerTag()
{
    return Houses::tr("the same rush, computed");
}

QString waitersTables(const app::Rush& rush)
{
    std::uint32_t first = UINT32_MAX;
    std::uint32_t last = 0;
    for (const app::Guest& guest : rush.guests) {
        first = std::min(first, guest.table);
        last = std::max(last, guest.table);
    }
    return Houses::tr("tables %1–%2").arg(first).arg(last);
}

QString laneLabel(std::uint32_t table)
{
    return Houses::tr("for table %1").arg(table);
}

QString moreGuests(std::size_t count)
{
    return Houses::tr("%n more guests without a lane", nullptr, static_cast<int>(count));
}

QString nothingToShow(bool ran)
{
    return ran ? Houses::tr("Needs a rush: send customers first.")
               : Houses::tr("Run the program first: then both restaurants stand here.");
}

QStringList assumedTexts(const RushShown& shown)
{
    const app::RushAssumptions& a = shown.assumptions;
    const QString stack = stackSize(a.stack);
    if (!a.moved()) {
        return {Houses::tr("Assumed: each works and waits as long as recorded; %1 of stack a thread, as on Linux; "
                           "%2 cores.")
                    .arg(stack)
                    .arg(a.cores),
            Houses::tr("Assumed: each works and waits as recorded; %1 of stack a thread; %2 at once.")
                .arg(stack)
                .arg(a.cores)};
    }
    return {Houses::tr("Assumed: cooking takes %1 as long, computing %2; %3 of stack a thread; %4 work at once.")
            .arg(factorText(a.cooking), factorText(a.computing), stack)
            .arg(a.cores)};
}

QStringList bottleneckTexts(const RushShown& shown)
{
    if (!shown.isBottleneck)
        return {};
    if (!shown.bottleneckFrom)
        return {Houses::tr("One waiter is not enough: guests wait for him longer than for everything else.")};
    return {
        Houses::tr("One waiter is not enough: guests wait for him longer than for everything else, from %n guests on.",
            nullptr, *shown.bottleneckFrom),
        Houses::tr(
            "One waiter is not enough from %n guests on: they wait for him longest.", nullptr, *shown.bottleneckFrom)};
}

QString guestSentence(const RushShown& shown, std::size_t guest)
{
    const app::Guest& above = shown.upper.guests[guest];
    const app::Guest& below = shown.lower.guests[guest];
    const QString sentence = above.answered
        ? Houses::tr("Table %1: with one waiter served after %2, %3 waiting for him. With its own after %4, that "
                     "waiter idle for %5.")
        : Houses::tr("Table %1, not answered: with one waiter there for %2, %3 waiting for him. With its own for %4, "
                     "that waiter idle for %5.");
    const QString told = sentence.arg(above.table)
                             .arg(rushTime(above.served - above.came), rushTime(above.waitedForWaiter()),
                                 rushTime(below.served - below.came), rushTime(app::idleBeside(below)));
    const std::uint64_t waited = below.waitedForWaiter();
    return waited == 0 ? told : told + u' ' + Houses::tr("That waiter waits %1 for a core.").arg(rushTime(waited));
}

QString kindOfPiece(app::OrderKind kind)
{
    using enum app::OrderKind;
    switch (kind) {
    case KernelIo: return Houses::tr("from the door");
    case PoolIo: return Houses::tr("from the kitchen");
    case Timer: return Houses::tr("a timer");
    case Immediate: return Houses::tr("an immediate");
    case Tick:
    case Microtask:
    case Reaction:
    case Await:
    case Thenable: return Houses::tr("the waiter's own note");
    case None:
    case Script:
    case Resource:
    case Handler: return Houses::tr("a call");
    }
    Q_UNREACHABLE_RETURN({});
}

QString pieceSentence(const app::ServedPiece& piece)
{
    return Houses::tr("Served from %1 to %2 ms: %3.")
        .arg(rushNumber(piece.from), rushNumber(piece.to), kindOfPiece(piece.kind));
}

QString sceneSentence(const RushShown& shown)
{
    QString sentence = Houses::tr(
        "One waiter, %1: serving for %2, last guest served after %3. One for each: all stand idle "
        "for %4 together, last guest served after %5.")
                           .arg(upperTag(shown.upper.computed), rushTime(shown.serving()), rushTime(shown.upper.end),
                               rushTime(shown.lower.idle()), rushTime(shown.lower.end));
    if (const std::uint64_t waiting = shown.lower.waitingForCores(); waiting > 0)
        sentence += u' ' + Houses::tr("Together they wait %1 for a core.").arg(rushTime(waiting));
    for (const QString& text : {bottleneckTexts(shown).value(0), assumedTexts(shown).value(0)}) {
        if (!text.isEmpty())
            sentence += u' ' + text;
    }
    return sentence;
}

QStringList totalsHeads()
{
    return {Houses::tr("waiters"), Houses::tr("idle share"), Houses::tr("stacks reserved"),
        Houses::tr("longest wait, waiter or core"), Houses::tr("last guest served")};
}

std::vector<TotalsRow> totalsRows(const RushShown& shown)
{
    const std::size_t many = shown.lower.guests.size();
    const auto row = [&](const QString& name, std::size_t waiters, double idle, std::uint64_t wait, std::uint64_t end) {
        return TotalsRow {.name = name,
            .cells = {QString::number(waiters), shareText(idle), stackSize(waiters * shown.assumptions.stack),
                rushTime(wait), rushTime(end)}};
    };
    return {row(Houses::tr("One waiter"), 1, shown.upper.idleShare(), shown.upper.longestWait(), shown.upper.end),
        row(Houses::tr("One for each table"), many, shown.lower.idleShare(), shown.lower.longestWait(),
            shown.lower.end)};
}

} // namespace bistro::ui
