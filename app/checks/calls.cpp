// Which of Node's functions the program uses.
#include "checks/apiuse.h"
#include "checks/look.h"
#include "checks/programtexts.h"

#include "state/loopevents.h"
#include "state/owner.h"
#include "state/place.h"
#include "why/words.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

// "fs.promises.readFile" as Node's own frames tell it: the function, and a part of its script's name.
struct Seen {
    std::string function;
    std::string script;
    bool isPromise = false;
};

Seen seenAs(const std::string& api)
{
    const std::size_t dot = api.rfind('.');
    Seen seen {.function = api.substr(dot == std::string::npos ? 0 : dot + 1)};
    if (dot != std::string::npos)
        seen.script = api.substr(0, api.find('.'));
    seen.isPromise = api.contains(".promises.");
    return seen;
}

bool isIt(const TraceLog& log, trace::StackId called, const Seen& seen)
{
    const trace::Frame frame = log.frame(called);
    const std::string_view function = log.text(frame.function);
    const std::string_view script = log.text(frame.script);
    return function.substr(function.rfind('.') + 1) == seen.function && script.starts_with("node:")
        && script.contains("promises") == seen.isPromise
        && (script.contains("/" + seen.script) || script.contains(":" + seen.script)
            || (seen.script == "process" && script.contains("task_queues")));
}

// The event at which the program was in such a call first; kNoEvent: in none.
Index calledAt(const TraceLog& log, const std::string& api)
{
    const Seen seen = seenAs(api);
    std::uint32_t last = 0;
    for (const Index i : eventsFrom(log, 0)) {
        const std::uint32_t stack = log.event(i).stack;
        if (stack == 0 || stack == last)
            continue;
        last = stack;
        const StackSummary summary = summaryOf(log, trace::StackId {stack});
        if (summary.called && summary.program == summary.outside && isIt(log, summary.called, seen))
            return i;
    }
    return kNoEvent;
}

// Whether a call of it would show in a trace: it places an order.
bool leavesATrace(const std::string& api)
{
    static constexpr std::array<std::string_view, 9> kPlacers {"setTimeout", "setInterval", "setImmediate",
        "queueMicrotask", "process.nextTick", "crypto.pbkdf2", "crypto.scrypt", "fs.readFile", "fs.writeFile"};
    return std::ranges::contains(kPlacers, api);
}

struct Named {
    QString file;
    bool isMain = false;
    int line = 0;
};

bool isUseOf(const ApiUse& use, const std::string& api)
{
    return use.api == api || use.api.starts_with(api + '.');
}

std::optional<Named> namedIn(const std::vector<ProgramText>& texts, const std::string& api)
{
    for (const ProgramText& text : texts) {
        const std::vector<ApiUse> uses = apiUsesIn(text.source);
        const auto use = std::ranges::find_if(uses, [&](const ApiUse& each) { return isUseOf(each, api); });
        if (use != uses.end())
            return Named {.file = text.file, .isMain = text.isMain, .line = static_cast<int>(use->line)};
    }
    return {};
}

QString where(const Named& named)
{
    return named.isMain ? CheckWords::tr("in line %1").arg(named.line)
                        : CheckWords::tr("in line %1 of %2").arg(QString::number(named.line), named.file);
}

} // namespace

CheckAnswer look(const expect::Uses& what, const Look& at)
{
    const std::string api = plainApi(what.api.toStdString());
    const QString name = what.api.section(u'.', -1);
    const auto named = namedIn(programTexts(at.lesson, at.run), api);
    const Index called = calledAt(at.log(), api);
    Evidence evidence {.by = name};
    if (named && named->isMain)
        evidence.line = named->line;
    if (called != kNoEvent) {
        evidence.moment = FoundMoment {.place = called + 1};
        const CodePlace place = learnersPlace(at.log(), trace::StackId {at.log().event(called).stack});
        if (!evidence.line)
            evidence.line = lineOf(place);
    }
    if (!what.uses) {
        evidence.right = CheckWords::tr("%1 is gone.").arg(name);
        evidence.notYet = named ? CheckWords::tr("%1 still stands %2.").arg(name, where(*named))
                                : CheckWords::tr("%1 is still called.").arg(name);
        return answerOf(at, !named && called == kNoEvent, evidence);
    }
    evidence.right = CheckWords::tr("your program uses %1.").arg(name);
    const bool onlyNamed = named && called == kNoEvent && leavesATrace(api);
    evidence.notYet = onlyNamed ? CheckWords::tr("%1 stands %2, but this run did not call it.").arg(name, where(*named))
                                : CheckWords::tr("your program does not use %1.").arg(name);
    return answerOf(at, (named || called != kNoEvent) && !onlyNamed, evidence);
}

} // namespace bistro::app
