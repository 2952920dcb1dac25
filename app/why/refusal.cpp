#include "why/refusal.h"

#include "confine/permission.h"
#include "state/describe.h"
#include "state/loopevents.h"
#include "trace/views.h"

#include <QCoreApplication>

namespace bistro::app {

using namespace trace;
using namespace Qt::StringLiterals;

namespace {

struct Refusals {
    Q_DECLARE_TR_FUNCTIONS(Refusals)
};

// Typed in a terminal, whatever is in its name.
QString asWord(const QString& text)
{
    static const QString plain = u"-_./:@%+,=[]~"_s;
    const bool isPlain = std::ranges::all_of(
        text, [](QChar c) { return (c.unicode() < 128 && c.isLetterOrNumber()) || plain.contains(c); });
    return isPlain && !text.isEmpty() ? text : u'\'' + QString(text).replace(u'\'', u"'\\''"_s) + u'\'';
}

QString commandFor(const Permission& permission)
{
    const std::string_view word = wordOf(permission.kind);
    const QString subject = subjectOf(permission);
    return u"bistro sandbox allow "_s + QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()))
        + (subject.isEmpty() ? QString() : u' ' + asWord(subject));
}

} // namespace

Words wordsOf(Access access)
{
    switch (access) {
    case Access::Read:
        return {Refusals::tr("%1 is not for the waiter to read."), Refusals::tr("The sandbox refused to read %1.")};
    case Access::Write:
        return {Refusals::tr("The waiter may not write in %1."), Refusals::tr("The sandbox refused to write to %1.")};
    case Access::Run:
        return {Refusals::tr("The waiter may not hire %1."), Refusals::tr("The sandbox refused to start %1.")};
    case Access::Connect:
        return {Refusals::tr("The waiter may not call %1."), Refusals::tr("The sandbox refused to connect to %1.")};
    case Access::Listen:
        return {Refusals::tr("The door at %1 stays shut."), Refusals::tr("The sandbox refused to listen at %1.")};
    case Access::Resolve:
        return {Refusals::tr("Nobody looks up %1 for the waiter."),
            Refusals::tr("The sandbox refused to look up the name %1.")};
    case Access::Inspect:
        return {Refusals::tr("The waiter may not let anybody look over his shoulder."),
            Refusals::tr("The sandbox refused to open the inspector.")};
    case Access::Addon:
        return {Refusals::tr("%1 is a stranger in this kitchen."),
            Refusals::tr("The sandbox refused to load the native code of %1.")};
    case Access::Signal:
        return {Refusals::tr("The waiter may not tell strangers to stop: %1."),
            Refusals::tr("The sandbox refused to signal the process %1.")};
    case Access::System:
        return {Refusals::tr("The waiter has no key for %1."), Refusals::tr("The sandbox refused the system call %1.")};
    }
    return {};
}

Words wordsOf(RunLimit limit)
{
    switch (limit) {
    case RunLimit::Heap:
        return {Refusals::tr("The tables are full: they hold %1 MB of objects."),
            Refusals::tr("The JavaScript heap is full. It may have %1 MB.")};
    case RunLimit::Memory:
        return {Refusals::tr("The store is full: it holds %1 MB."),
            Refusals::tr("The program has used up its memory of %1 MB.")};
    case RunLimit::Processes:
        return {Refusals::tr("No more than %1 helpers may be hired."),
            Refusals::tr("The program may have %1 processes, and has them.")};
    case RunLimit::Workers:
        return {Refusals::tr("No more than %1 waiters fit into the house."),
            Refusals::tr("The program may have %1 workers, and has them.")};
    case RunLimit::Output:
        return {Refusals::tr("The waiter has said %1 MB, which is enough for one day."),
            Refusals::tr("The program may print %1 MB, and has done so.")};
    case RunLimit::Files:
        return {Refusals::tr("The shelves are full: they hold %1 MB."),
            Refusals::tr("The program may write %1 MB to files, and has done so.")};
    case RunLimit::FileSize:
        return {Refusals::tr("The shelf is full: it holds %1 MB."),
            Refusals::tr("One file may have %1 MB, and the program wrote one that has them.")};
    case RunLimit::OpenFiles:
        return {Refusals::tr("The waiter has his hands full: %1 things at once."),
            Refusals::tr("The program may have %1 files open, and has them.")};
    case RunLimit::Time:
        return {Refusals::tr("It is closing time, after %1 s."),
            Refusals::tr("The program may run for %1 s, and has done so.")};
    }
    return {};
}

QString limitSentence(const events::LimitReached& reached, Wording wording)
{
    return say(wordsOf(reached.limit), wording, {QString::number(reached.allowed)});
}

CodePlace placeOfRefusal(const TraceLog& log, Index refusal)
{
    constexpr Index kFarthest = 2'000; // events of one call that are looked at
    const Record event = log.event(refusal);
    CodePlace place = learnersPlace(log, StackId {event.stack});
    if (place || as<events::AccessRefused>(event).pid != 0)
        return place;
    int ended = 0; // calls within, which are over
    for (const Index i : eventsBefore(log, refusal, kFarthest)) {
        const Record before = log.event(i);
        if (endsCall(before))
            ++ended;
        else if (startsCall(before) && ended-- == 0)
            return placeOf(log, orderStartedBy(before));
    }
    return {};
}

QString helpAgainst(Access access, const QString& subject, int error)
{
    const auto permission = permissionAgainst(access, subject, error, surroundings());
    if (!permission)
        return permission.error();
    const QString command = commandFor(*permission);
    if (access == Access::Read && subject.contains("/."_L1))
        return Refusals::tr("Keys and passwords lie in hidden places. Allow it only if you know why: %1").arg(command);
    return Refusals::tr("If you trust the program, allow it for its folder: %1").arg(command);
}

QString helpAgainst(RunLimit limit)
{
    switch (limit) {
    case RunLimit::Heap:
        return Refusals::tr("Look for what is kept and never let go: an array or Map that only grows.");
    case RunLimit::Memory: return Refusals::tr("Look for Buffers that are kept. They lie outside the JavaScript heap.");
    case RunLimit::Processes: return Refusals::tr("Wait for children to end before you start the next ones.");
    case RunLimit::Workers: return Refusals::tr("Keep a few workers and give them one task after the other.");
    case RunLimit::Output: return Refusals::tr("Print less, or write to a file.");
    case RunLimit::Files: return Refusals::tr("Look for a loop that writes without end.");
    case RunLimit::FileSize: return Refusals::tr("Write several files, or look for a loop that writes without end.");
    case RunLimit::OpenFiles: return Refusals::tr("Close files when you are done with them.");
    case RunLimit::Time: return Refusals::tr("Look for a loop or a server that does not end.");
    }
    return {};
}

QString helpToAllowMore(RunLimit limit, std::uint32_t allowed)
{
    const auto word = [limit] {
        switch (limit) {
        case RunLimit::Memory: return u"memory"_s;
        case RunLimit::Processes: return u"processes"_s;
        case RunLimit::Files: return u"written"_s;
        case RunLimit::FileSize: return u"file-size"_s;
        case RunLimit::OpenFiles: return u"open-files"_s;
        case RunLimit::Time: return u"seconds"_s;
        case RunLimit::Heap:
        case RunLimit::Workers:
        case RunLimit::Output: break;
        }
        return QString();
    }();
    return word.isEmpty()
        ? QString()
        : Refusals::tr("To allow more: bistro sandbox allow %1 %2").arg(word).arg(std::uint64_t {allowed} * 2);
}

} // namespace bistro::app
