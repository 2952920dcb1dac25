// How the run ended, and what was left when it did.
#include "checks/checker.h"
#include "checks/look.h"

#include "state/blocked.h"
#include "state/crash.h"
#include "state/keepsalive.h"
#include "why/findings.h"
#include "why/helps.h"
#include "why/hold.h"
#include "why/keepers.h"
#include "why/loaderror.h"
#include "why/words.h"

#include <algorithm>
#include <csignal>
#include <cstring>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

using namespace std::chrono_literals;

constexpr qsizetype kLongestError = 80; // letters of an error's message

CheckAnswer failed(const QString& sentence, const std::optional<int>& line = {})
{
    return {.state = CheckAnswer::State::NotYet, .sentence = sentence, .line = line};
}

QString cut(const QString& text)
{
    return text.size() > kLongestError ? text.left(kLongestError) + u'…' : text;
}

// "TypeError: menu is not a function", of the report that Node prints without a trace.
QString errorIn(const QByteArray& report)
{
    const QStringList lines = QString::fromUtf8(report).split(u'\n');
    const auto frame = std::ranges::find_if(lines, [](const QString& line) { return line.startsWith("    at "_L1); });
    return frame == lines.begin() || frame == lines.end() ? QString() : *std::prev(frame);
}

std::optional<CheckAnswer> crashOf(const FinishedRun& run)
{
    if (!run.log) {
        const QString error = errorIn(run.errorOutput);
        if (run.exitCode == 0 || error.isEmpty())
            return {};
        return failed(CheckWords::tr("your program stopped with an error that nobody caught: %1.").arg(cut(error)));
    }
    const Crash crash = crashAt(*run.log, run.log->size());
    if (!crash)
        return {};
    const CodePlace place = crash.frames.empty() ? CodePlace {} : crash.frames.front();
    std::optional<CheckAnswer> answer;
    if (const auto error = loadErrorOf(*run.log, crash, run.folder)) {
        answer = failed(error->what, lineOf(error->place ? error->place : place));
        return answer;
    }
    const QString message = cut(textOf(crash.message));
    const auto line = lineOf(place);
    answer = line ? failed(CheckWords::tr("an error that nobody caught ended your program in line %1: %2.")
                               .arg(QString::number(*line), message),
                        line)
                  : failed(CheckWords::tr("an error that nobody caught ended your program: %1.").arg(message));
    answer->show = crash.error + 1;
    return answer;
}

bool isFlood(const FinishedRun& run)
{
    return run.stopped && run.output.size() + run.errorOutput.size() >= Checker::kMostOutput;
}

CheckAnswer flood(const FinishedRun& run)
{
    CheckAnswer answer = failed(CheckWords::tr("your program prints without end, so it was stopped."));
    if (run.log && !run.log->outputs().empty()) {
        const Index last = run.log->outputs().back();
        answer.line = lineOf(learnersPlace(*run.log, trace::StackId {run.log->event(last).stack}));
        answer.show = last + 1;
        if (answer.line)
            answer.sentence = CheckWords::tr("your program prints without end in line %1, so it was stopped.")
                                  .arg(*answer.line);
    }
    return answer;
}

// The call that went on when it was stopped, or the ticks or microtasks in a row.
std::optional<Hold> caughtIn(const TraceLog& log, Index end)
{
    const auto calls = outermostCalls(log);
    if (calls.empty())
        return {};
    const OutermostCall& last = calls.back();
    if (last.end >= end || (log.event(last.end).flags & trace::FlagInferred) != 0)
        return Hold {.kind = FindingKind::Blocked,
            .order = last.order,
            .started = last.begin,
            .since = last.from,
            .took = last.took()};
    return holdAt(log, last.begin + 1, std::chrono::nanoseconds(last.to), 100ms);
}

// What it was busy with, or what kept it alive.
CheckAnswer endless(const FinishedRun& run)
{
    const QString plain = CheckWords::tr("your program did not end by itself, so it was stopped.");
    if (!run.log || run.log->empty())
        return failed(plain);
    const TraceLog& log = *run.log;
    const Index end = log.head().end ? log.head().end->at : log.size();
    if (const auto since = waitsSince(log)) {
        const LoopState state = log.stateAt(*since);
        const auto keepers = keepersOf(log, state);
        if (keepers.empty())
            return failed(plain);
        CheckAnswer answer = failed(
            CheckWords::tr("your program does not end: %1 keeps it open.").arg(keepers.front().phrase),
            lineOf(keepers.front().those.front().place));
        answer.show = keepers.front().those.front().since == kNoEvent ? *since
                                                                      : keepers.front().those.front().since + 1;
        return answer;
    }
    if (const auto hold = caughtIn(log, end)) {
        const auto line = lineOf(guiltyPlace(log, *hold, end));
        CheckAnswer answer = failed(line
                ? CheckWords::tr("your program is caught in line %1 and does not end.").arg(*line)
                : CheckWords::tr("one call of your program does not end."),
            line);
        answer.show = end;
        answer.justBefore = true;
        return answer;
    }
    CheckAnswer answer = failed(plain);
    answer.show = end;
    return answer;
}

CheckAnswer signalled(const FinishedRun& run)
{
    if (run.signal == SIGABRT)
        return failed(CheckWords::tr("Node gave up, perhaps because your program took all its memory."));
    if (run.signal == SIGKILL)
        return failed(CheckWords::tr("something killed your program, perhaps because the computer ran out of memory."));
    const char* const name = sigabbrev_np(run.signal);
    return failed(CheckWords::tr("the signal %1 ended your program.")
            .arg(name ? u"SIG"_s + QString::fromLatin1(name) : QString::number(run.signal)));
}

bool expectsCode(const Lesson& lesson, const RunWith& with, int code)
{
    return std::ranges::any_of(lesson.check.expectations, [&](const Expectation& each) {
        const auto* const exit = std::get_if<expect::ExitCode>(&each.what);
        return exit && exit->code == code && each.with.name == with.name;
    });
}

// A server that was asked everything and then stopped has done what it should.
bool isServed(const RunWith& with, const FinishedRun& run)
{
    return with.stopAfterwards && (with.send.isEmpty() || !run.replies.isEmpty()) && !isFlood(run)
        && std::ranges::any_of(run.replies, [](const FinishedRun::Reply& reply) { return reply.status != 0; });
}

} // namespace

CheckAnswer look(const expect::ExitCode& what, const Look& at)
{
    Evidence evidence {
        .right = CheckWords::tr("the exit code is %1.").arg(what.code), .measured = QString::number(at.run.exitCode)};
    const bool ended = !at.run.stopped && at.run.signal == 0;
    evidence.notYet = ended
        ? CheckWords::tr("the exit code is %1. It should be %2.").arg(at.run.exitCode).arg(what.code)
        : CheckWords::tr("your program did not end by itself.");
    if (at.run.log)
        evidence.moment = FoundMoment {.place = at.run.log->size()};
    return answerOf(at, ended && at.run.exitCode == what.code, evidence);
}

CheckAnswer look(const expect::Ends&, const Look& at)
{
    Evidence evidence {.right = CheckWords::tr("your program ends by itself."),
        .notYet = CheckWords::tr("your program did not end by itself.")};
    const bool ends = !at.run.stopped && at.run.signal == 0;
    if (!ends && at.run.stopped) {
        const CheckAnswer why = endless(at.run);
        evidence.notYet = why.sentence;
        evidence.line = why.line;
        if (why.show)
            evidence.moment = FoundMoment {.place = *why.show};
    }
    return answerOf(at, ends, evidence);
}

CheckAnswer look(const expect::Rejections&, const Look& at)
{
    const TraceLog& log = at.log();
    Evidence evidence {.right = CheckWords::tr("every promise that fails is caught.")};
    const auto all = findings(log, Wording::Restaurant);
    const auto first = std::ranges::find(all, FindingKind::RejectionUnhandled, &Finding::kind);
    if (first == all.end())
        return answerOf(at, true, evidence);
    evidence.line = lineOf(first->place);
    evidence.by = first->orders.empty() ? QString() : named(log, first->orders.front());
    evidence.measured = QString::number(std::ranges::count(all, FindingKind::RejectionUnhandled, &Finding::kind));
    evidence.moment = FoundMoment {.place = first->events.back() + 1};
    evidence.notYet = evidence.line
        ? CheckWords::tr("a promise of line %1 fails, and nobody catches that.").arg(*evidence.line)
        : CheckWords::tr("a promise fails, and nobody catches that.");
    return answerOf(at, false, evidence);
}

bool isUnread(const FinishedRun& run)
{
    if (!run.log)
        return run.output.isEmpty() && run.errorOutput.contains("SyntaxError: ");
    const auto error = loadErrorOf(*run.log, crashAt(*run.log, run.log->size()), run.folder);
    return error && error->unread && run.output.isEmpty();
}

std::optional<CheckAnswer> failureOf(const Lesson& lesson, const RunWith& with, const FinishedRun& run)
{
    std::optional<CheckAnswer> answer;
    if (isFlood(run))
        answer = flood(run);
    else if (run.stopped && !isServed(with, run))
        answer = endless(run);
    else if (run.signal != 0 && !isServed(with, run))
        answer = signalled(run);
    else if (!run.stopped && run.exitCode != 0 && !expectsCode(lesson, with, run.exitCode))
        answer = crashOf(run);
    if (answer) {
        answer->runName = with.name;
        answer->traceFile = with.isOwn() ? QString() : run.traceFile;
    }
    return answer;
}

} // namespace bistro::app
