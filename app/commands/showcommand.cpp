#include "commands/commands.h"

#include "commands/answer.h"
#include "commands/complaints.h"
#include "process/output.h"
#include "state/describe.h"
#include "state/steps.h"
#include "trace/bookmarks.h"
#include "trace/text.h"
#include "why/narration.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <algorithm>
#include <vector>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

struct Show {
    Q_DECLARE_TR_FUNCTIONS(Show)
};

// What people noted, told where it lies: after the event before its moment.
class Notes final {
public:
    explicit Notes(const ShowCommand& command)
        : m_json(command.json)
    {
        // A recent run's may wait in the state folder: the window puts them into the file.
        for (trace::Bookmark& bookmark : trace::readBookmarks(command.trace).list) {
            const std::uint64_t event = bookmark.place - std::min<std::uint64_t>(bookmark.place, 1);
            if (event >= command.from && event <= command.to)
                m_left.push_back(std::move(bookmark));
        }
    }

    // Those before the event of this index.
    void tellBefore(std::uint64_t index, Output& out)
    {
        while (m_told < m_left.size() && m_left[m_told].place <= index)
            tell(m_left[m_told++], out);
    }
    void tellAll(Output& out)
    {
        while (m_told < m_left.size())
            tell(m_left[m_told++], out);
    }

private:
    void tell(const trace::Bookmark& bookmark, Output& out) const
    {
        const QString note = QString::fromStdString(bookmark.note);
        if (m_json) {
            out.buffer() += QJsonDocument(
                QJsonObject {{u"bookmark"_s, note}, {u"place"_s, static_cast<qint64>(bookmark.place)},
                    {u"time"_s, static_cast<qint64>(bookmark.time)}})
                                .toJson(QJsonDocument::Compact)
                                .toStdString();
        } else {
            const QString text = note.isEmpty() ? Show::tr("bookmark") : Show::tr("bookmark: %1").arg(printable(note));
            out.buffer() += u"        %1 ms  %2"_s.arg(static_cast<double>(bookmark.time) / 1e6, 12, 'f', 3)
                                .arg(text)
                                .toStdString();
        }
        out.buffer() += '\n';
    }

    bool m_json = false;
    std::vector<trace::Bookmark> m_left;
    std::size_t m_told = 0;
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
    Notes notes(command);
    for (const Index step : steps.events()) {
        if (step < command.from || step > command.to || out.failed())
            continue;
        notes.tellBefore(step, out);
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
    notes.tellAll(out);
    const auto lines = static_cast<std::size_t>(trace::EventKind::LineReached);
    if (trace.head().totals.events[lines] != 0)
        out.buffer() += '\n' + Show::tr("To see each line that ran, type: bistro lines TRACE").toStdString() + '\n';
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
    Notes notes(command);
    for (std::uint64_t i = 0; i < reader->size() && i <= command.to && !out.failed(); ++i) {
        const trace::Record record = reader->event({i});
        const trace::AsyncId running = execution.advance(record); // from the first event on, whichever are shown
        if (i < command.from)
            continue;
        notes.tellBefore(i, out);
        if (command.json)
            trace::appendJson(out.buffer(), *reader, {i}, record, running);
        else
            trace::appendLine(out.buffer(), *reader, {i}, record);
        out.buffer() += '\n';
        out.flushIfLarge();
    }
    notes.tellAll(out);
    const int written = out.finish();
    reader->look(); // what was printed may be of no trace: somebody has changed the file meanwhile
    if (reader->damage())
        return complain(reader->damage()->sentence);
    return written;
}

} // namespace bistro::app
