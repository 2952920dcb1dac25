#include "houses/guestcontent.h"

#include "houses/rushwords.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

struct GuestCardWords {
    Q_DECLARE_TR_FUNCTIONS(GuestCardWords)
};

QString heading(std::size_t waiters)
{
    const std::array<QString, 11> numbers {GuestCardWords::tr("two"), GuestCardWords::tr("three"),
        GuestCardWords::tr("four"), GuestCardWords::tr("five"), GuestCardWords::tr("six"), GuestCardWords::tr("seven"),
        GuestCardWords::tr("eight"), GuestCardWords::tr("nine"), GuestCardWords::tr("ten"),
        GuestCardWords::tr("eleven"), GuestCardWords::tr("twelve")};
    const QString number = waiters >= 2 && waiters <= 12 ? numbers[waiters - 2] : QString::number(waiters);
    return GuestCardWords::tr("What the %1 buy").arg(number);
}

std::uint64_t stay(const app::Guest& guest)
{
    return guest.served - guest.came;
}

std::uint64_t difference(std::uint64_t more, std::uint64_t less)
{
    return more - std::min(more, less);
}

// What is too short to notice is not told as a gain.
bool isWorthTelling(std::uint64_t time)
{
    constexpr std::uint64_t kLeast = 100'000; // 0.1 ms
    return time >= kLeast;
}

std::vector<QString> sentencesOf(const RushShown& shown, const app::Guest& above, const app::Guest& below)
{
    std::vector<QString> sentences;
    const std::uint64_t gained = difference(stay(above), stay(below));
    if (isWorthTelling(gained) && isWorthTelling(below.waitedForWaiter()))
        sentences.push_back(GuestCardWords::tr("Table %1 is served %2 sooner, though its waiter waits %3 for a core.")
                .arg(above.table)
                .arg(rushTime(gained), rushTime(below.waitedForWaiter())));
    else if (isWorthTelling(gained))
        sentences.push_back(GuestCardWords::tr("Table %1 is served %2 sooner: nobody is served before it.")
                .arg(above.table)
                .arg(rushTime(gained)));
    else if (isWorthTelling(difference(stay(below), stay(above))))
        sentences.push_back(GuestCardWords::tr("Table %1 is served %2 later: only %3 waiters can work at once.")
                .arg(above.table)
                .arg(rushTime(stay(below) - stay(above)))
                .arg(shown.assumptions.cores));
    else
        sentences.push_back(
            GuestCardWords::tr("Table %1 gains nothing: it has not waited for the waiter.").arg(above.table));
    sentences.push_back(
        GuestCardWords::tr("For that, one waiter stands beside it, idle for %1 of %2, with a stack of %3.")
            .arg(rushTime(app::idleBeside(below)), rushTime(below.left() - below.came),
                stackSize(shown.assumptions.stack)));
    const std::uint64_t others = below.waitedForOthers();
    const std::uint64_t all = below.left() - below.came;
    if (shown.isBottleneck)
        sentences.push_back(
            GuestCardWords::tr("Here guests wait for the waiter longest: more waiters help this rush."));
    else if (2 * others > all)
        sentences.push_back(
            GuestCardWords::tr("Database and file are no faster for it, and most of the time goes there."));
    else
        sentences.push_back(GuestCardWords::tr("Database and file are no faster for it."));
    return sentences;
}

} // namespace

GuestContent guestContent(const RushShown& shown, std::size_t guest)
{
    const app::Guest& above = shown.upper.guests[guest];
    const app::Guest& below = shown.lower.guests[guest];
    GuestContent content {.title = above.title.isEmpty() ? GuestCardWords::tr("a connection") : above.title,
        .table = GuestCardWords::tr("table %1").arg(above.table),
        .kind = above.pieces.empty() ? app::OrderKind::KernelIo : above.pieces.front().kind};
    const auto row = [&](const QString& name, std::uint64_t one, std::uint64_t each, bool emphasis = false) {
        content.rows.push_back({.name = name, .above = rushTime(one), .below = rushTime(each), .emphasis = emphasis});
    };
    row(GuestCardWords::tr("asked"), above.came, below.came);
    row(GuestCardWords::tr("served by"), above.served, below.served);
    row(GuestCardWords::tr("waits for waiter"), above.waitedForWaiter(), 0);
    if (below.waitedForWaiter() > 0)
        row(GuestCardWords::tr("waits for a core"), 0, below.waitedForWaiter());
    row(GuestCardWords::tr("waits for db, file"), above.waitedForOthers(), below.waitedForOthers());
    row(GuestCardWords::tr("a waiter idle"), 0, app::idleBeside(below), true);
    content.buys = heading(shown.lower.guests.size());
    content.sentences = sentencesOf(shown, above, below);
    return content;
}

QString GuestContent::asText() const
{
    QStringList lines {title + u", "_s + table};
    for (const Row& row : rows)
        lines << GuestCardWords::tr("%1: with one waiter %2, with one each %3").arg(row.name, row.above, row.below);
    lines << buys;
    for (const QString& sentence : sentences)
        lines << sentence;
    return lines.join(u'\n');
}

} // namespace bistro::ui
