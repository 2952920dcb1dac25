#include "commands/commands.h"

#include "commands/answer.h"
#include "commands/complaints.h"
#include "process/output.h"
#include "state/describe.h"
#include "state/steps.h"
#include "trace/text.h"
#include "why/narration.h"

#include <QCoreApplication>
#include <QString>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

struct Show {
    Q_DECLARE_TR_FUNCTIONS(Show)
};

// The program's steps, in words.
int showSteps(const ShowCommand& command)
{
    const auto log = TraceLog::open(command.trace);
    if (!log)
        return complain(log.error());
    const TraceLog& trace = **log;
    if (command.from > 0 && command.from >= trace.size() && trace.damage().empty())
        return complain(noSuchEvent(command.trace.string(), command.from, trace.size()));
    Steps steps(trace);
    steps.refresh();
    Output out;
    std::uint64_t shown = 0;
    for (const Index step : steps.events()) {
        if (step < command.from || step > command.to || out.failed())
            continue;
        const trace::Record event = trace.event(step);
        const CodePlace place = learnersPlace(trace, {event.stack});
        const QString line = u"%1 %2 ms  %3"_s.arg(step, 7)
                                 .arg(static_cast<double>(event.time) / 1e6, 12, 'f', 3)
                                 .arg(narrate(trace, step, Wording::Runtime).headline);
        const std::string where = placeText(place);
        out.buffer() += printable(where.empty() ? line : line + u"  at "_s + QString::fromStdString(where))
                            .toStdString();
        out.buffer() += '\n';
        out.flushIfLarge();
        ++shown;
    }
    const std::uint64_t last = std::min<std::uint64_t>(command.to, trace.size() == 0 ? 0 : trace.size() - 1);
    const std::uint64_t all = trace.size() == 0 ? 0 : last - std::min<std::uint64_t>(command.from, last) + 1;
    if (all > shown)
        out.buffer() += '\n'
            + Show::tr("… and %n events more. To see them, add --internals.", nullptr, static_cast<int>(all - shown))
                  .toStdString()
            + '\n';
    return finish(out, **log);
}

} // namespace

int show(const ShowCommand& command)
{
    if (!command.json && !command.internals)
        return showSteps(command);
    auto reader = trace::Reader::open(command.trace);
    if (!reader)
        return complain(reader.error().sentence);
    if (command.from > 0 && command.from >= reader->size() && !reader->damage())
        return complain(noSuchEvent(command.trace.string(), command.from, reader->size()));
    Output out;
    trace::Execution execution;
    for (std::uint64_t i = 0; i < reader->size() && i <= command.to && !out.failed(); ++i) {
        const trace::Record record = reader->event({i});
        const trace::AsyncId running = execution.advance(record); // from the first event on, whichever are shown
        if (i < command.from)
            continue;
        if (command.json)
            trace::appendJson(out.buffer(), *reader, {i}, record, running);
        else
            trace::appendLine(out.buffer(), *reader, {i}, record);
        out.buffer() += '\n';
        out.flushIfLarge();
    }
    const int written = out.finish();
    reader->look(); // what was printed may be of no trace: somebody has changed the file meanwhile
    if (reader->damage())
        return complain(reader->damage()->sentence);
    return written;
}

} // namespace bistro::app
