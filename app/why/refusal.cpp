#include "why/refusal.h"

#include "confine/permission.h"
#include "confine/workspacefolder.h"
#include "state/chain.h"
#include "state/describe.h"
#include "state/loopevents.h"
#include "state/owner.h"
#include "state/refused.h"
#include "trace/views.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <ranges>
#include <span>
#include <string_view>
#include <system_error>

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

// What is typed holds for the current folder, unless another one is named.
QString forFolder(const QString& folder)
{
    std::error_code error;
    const std::filesystem::path current = std::filesystem::current_path(error);
    const bool isOurs = !error
        && workspaceOf({.file = current, .current = {}}, surroundings()).folder == folder.toStdString();
    return folder.isEmpty() || isOurs ? QString() : u" --for "_s + asWord(folder);
}

QString commandFor(const Permission& permission, const QString& folder)
{
    const std::string_view word = wordOf(permission.kind);
    const QString subject = subjectOf(permission);
    return u"bistro sandbox allow "_s + QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()))
        + (subject.isEmpty() ? QString() : u' ' + asWord(subject)) + forFolder(folder);
}

} // namespace

Words wordsOf(Access access)
{
    switch (access) {
    case Access::Read:
        return {Refusals::tr("The waiter may not read %1."), Refusals::tr("The sandbox refused to read %1.")};
    case Access::Write:
        return {Refusals::tr("The waiter may not write to %1."), Refusals::tr("The sandbox refused to write to %1.")};
    case Access::Run:
        return {
            Refusals::tr("The waiter may not start the program %1."), Refusals::tr("The sandbox refused to start %1.")};
    case Access::Connect:
        return {
            Refusals::tr("The waiter may not connect to %1."), Refusals::tr("The sandbox refused to connect to %1.")};
    case Access::Listen:
        return {Refusals::tr("The waiter may not open the door at %1."),
            Refusals::tr("The sandbox refused to listen at %1.")};
    case Access::Resolve:
        return {Refusals::tr("The waiter may not look up the address of %1."),
            Refusals::tr("The sandbox refused to look up the name %1.")};
    case Access::Inspect:
        return {Refusals::tr("The waiter may not let a debugger look over his shoulder."),
            Refusals::tr("The sandbox refused to open the inspector.")};
    case Access::Addon:
        return {Refusals::tr("The waiter may not load the native code of %1."),
            Refusals::tr("The sandbox refused to load the native code of %1.")};
    case Access::Signal:
        return {Refusals::tr("The waiter may not send a signal to the process %1."),
            Refusals::tr("The sandbox refused to signal the process %1.")};
    case Access::System:
        return {Refusals::tr("The waiter may not make the system call %1."),
            Refusals::tr("The sandbox refused the system call %1.")};
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
        return {Refusals::tr("The house is full: its %1 MB of memory are used up."),
            Refusals::tr("The program has used up its memory of %1 MB.")};
    case RunLimit::Processes:
        return {Refusals::tr("The waiter may have %1 processes that help him, and has them."),
            Refusals::tr("The program may have %1 processes, and has them.")};
    case RunLimit::Workers:
        return {Refusals::tr("The house may have %1 more waiters (workers), and has them."),
            Refusals::tr("The program may have %1 workers, and has them.")};
    case RunLimit::Output:
        return {Refusals::tr("The waiter may print %1 MB, and has done so."),
            Refusals::tr("The program may print %1 MB, and has done so.")};
    case RunLimit::Files:
        return {Refusals::tr("The shelves are full: your program may write %1 MB to files, and has done so."),
            Refusals::tr("The program may write %1 MB to files, and has done so.")};
    case RunLimit::FileSize:
        return {Refusals::tr("The shelf is full: one file may have %1 MB, and this one has them."),
            Refusals::tr("One file may have %1 MB, and the program wrote one that has them.")};
    case RunLimit::OpenFiles:
        return {Refusals::tr("The waiter has his hands full: he may have %1 files open, and has them."),
            Refusals::tr("The program may have %1 files open, and has them.")};
    case RunLimit::Time:
        return {Refusals::tr("It is closing time: your program may run for %1 s."),
            Refusals::tr("The program may run for %1 s, and has done so.")};
    }
    return {};
}

QString limitSentence(const events::LimitReached& reached, Wording wording)
{
    return say(wordsOf(reached.limit), wording, {QString::number(reached.allowed)});
}

namespace {

// What Node asks for by itself, long after the program's call: fetch looks a name up, a socket connects. Then it is
// where that was asked for.
CodePlace placeOfOrder(const TraceLog& log, OrderId order)
{
    if (!order)
        return {};
    constexpr std::size_t kFarthest = 32; // causes that are looked at
    if (const CodePlace place = placeOf(log, learnersOrder(log, order)))
        return place;
    Causes causes(log, order, kFarthest);
    for (OrderId at = order; at; at = causes.next()) {
        const Index created = log.createdAt(at);
        if (const CodePlace place = created == kNoEvent ? CodePlace {}
                                                        : learnersPlace(log, StackId {log.event(created).stack}))
            return place;
    }
    return {};
}

} // namespace

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
        else if (startsCall(before) && ended-- == 0) {
            place = placeOf(log, orderStartedBy(before));
            break;
        }
    }
    return place ? place : placeOfOrder(log, orderRefused(log, refusal));
}

QString programsMay()
{
    return Refusals::tr("What Programs May Do");
}

QString helpAgainst(Access access, const QString& subject, int error, ReadIn where, const QString& folder)
{
    const auto permission = permissionAgainst(access, subject, error, surroundings());
    if (!permission)
        return permission.error();
    const bool window = where == ReadIn::Window;
    const QString way = window ? programsMay() : commandFor(*permission, folder);
    if (access == Access::Read && subject.contains("/."_L1))
        return Refusals::tr("Keys and passwords lie in hidden places. Allow it only if you know why: %1").arg(way);
    return window ? Refusals::tr("If you trust the program, allow it under %1.").arg(way)
                  : Refusals::tr("If you trust the program, allow it for its folder: %1").arg(way);
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

QString helpToAllowMore(RunLimit limit, std::uint32_t allowed, ReadIn where, const QString& folder)
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
    if (word.isEmpty())
        return {};
    return where == ReadIn::Window
        ? Refusals::tr("To allow more, raise the limit under %1.").arg(programsMay())
        : Refusals::tr("To allow more: bistro sandbox allow %1 %2").arg(word).arg(std::uint64_t {allowed} * 2)
            + forFolder(folder);
}

std::vector<QString> helpsAgainst(const TraceLog& log, Index refusalOrLimit, ReadIn where)
{
    const Record event = log.event(refusalOrLimit);
    const QString folder = log.sandbox() == kNoEvent
        ? QString()
        : textOf(log.text(as<events::SandboxSet>(log.event(log.sandbox())).workspace));
    if (is<events::AccessRefused>(event)) {
        const auto refused = as<events::AccessRefused>(event);
        return {helpAgainst(
            refused.access, textOf(log.text(refused.subject)), static_cast<int>(refused.error), where, folder)};
    }
    if (!is<events::LimitReached>(event))
        return {};
    const auto reached = as<events::LimitReached>(event);
    const QString more = helpToAllowMore(reached.limit, reached.allowed, where, folder);
    std::vector<QString> helps {helpAgainst(reached.limit)};
    if (!more.isEmpty())
        helps.push_back(more);
    return helps;
}

namespace {

// As Node names it in the message.
std::string_view codeOf(RunLimit limit)
{
    switch (limit) {
    case RunLimit::Files:
    case RunLimit::FileSize: return "EFBIG";
    case RunLimit::OpenFiles: return "EMFILE";
    case RunLimit::Processes: return "EAGAIN";
    case RunLimit::Heap:
    case RunLimit::Memory:
    case RunLimit::Workers:
    case RunLimit::Output:
    case RunLimit::Time: break;
    }
    return {};
}

std::string_view codeOf(const events::AccessRefused& refused)
{
    if (refused.access == Access::Resolve)
        return "EAI_AGAIN";
    switch (refused.error) {
    case EPERM: return "EPERM";
    case EACCES: return "EACCES";
    case ENETUNREACH: return "ENETUNREACH";
    case ECONNREFUSED: return "ECONNREFUSED";
    case EADDRINUSE: return "EADDRINUSE";
    case EADDRNOTAVAIL: return "EADDRNOTAVAIL";
    default: return {}; // nobody knows what Node says then
    }
}

// A host without its port: Node writes that in several ways.
std::string_view nameIn(std::string_view subject, Access access)
{
    const std::size_t colon = subject.rfind(':');
    return access == Access::Connect && colon != std::string_view::npos ? subject.substr(0, colon) : subject;
}

} // namespace

Index keptFrom(const TraceLog& log, const Crash& crash)
{
    constexpr std::size_t kLooked = 32; // of each, those right before
    if (!crash)
        return kNoEvent;
    const auto says = [&](std::string_view word) {
        return !word.empty() && (crash.message.contains(word) || crash.report.contains(word));
    };
    const auto lastBefore = [&](std::span<const Index> all, const auto& isIt) {
        const auto end = std::ranges::lower_bound(all, crash.error) - all.begin();
        for (const Index i :
            all.first(static_cast<std::size_t>(end)) | std::views::reverse | std::views::take(kLooked)) {
            if (isIt(log.event(i)))
                return i;
        }
        return kNoEvent;
    };
    const Index refusal = lastBefore(log.refusals(), [&](const Record& event) {
        const auto refused = as<events::AccessRefused>(event);
        return refused.pid == 0 && says(codeOf(refused)) && says(nameIn(log.text(refused.subject), refused.access));
    });
    const Index limit = lastBefore(log.limits(), [&](const Record& event) {
        const auto reached = as<events::LimitReached>(event);
        return reached.pid == 0 && says(codeOf(reached.limit));
    });
    if (refusal == kNoEvent || limit == kNoEvent)
        return refusal == kNoEvent ? limit : refusal;
    return std::max(refusal, limit);
}

} // namespace bistro::app
