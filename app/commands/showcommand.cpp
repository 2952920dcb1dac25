#include "commands/commands.h"

#include "commands/complaints.h"
#include "process/output.h"
#include "trace/text.h"

#include <algorithm>

namespace bistro::app {

int show(const ShowCommand& command)
{
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
