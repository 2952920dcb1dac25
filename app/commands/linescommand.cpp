#include "commands/commands.h"

#include "commands/answer.h"
#include "commands/complaints.h"
#include "commands/linerows.h"
#include "commands/linescript.h"
#include "state/linesjson.h"
#include "state/ownvariables.h"
#include "why/unseenline.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <set>
#include <unordered_set>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;
using namespace trace;

struct LineWords {
    Q_DECLARE_TR_FUNCTIONS(Lines)
};

constexpr qsizetype kWidest = 40; // of a column

QString asText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString wordOfField(FieldType type, std::uint32_t value)
{
    return asText(wordFor(type, value));
}

// The answer: which rows there are, and each in words or as JSON.
class LinesPage final {
public:
    LinesPage(const TraceLog& log, const Lines& lines, const LinesCommand& command, TextId script)
        : m_log(log)
        , m_lines(lines)
        , m_command(command)
        , m_rows(log, lines, script, command.line)
    {
        m_rows.visit([this](const LineRow& row) { measure(row); });
    }

    // Of all that these rows can see.
    [[nodiscard]] const std::set<std::string_view>& visible() const { return m_visible; }

    void print(Output& out)
    {
        m_rows.visit([&](const LineRow& row) {
            if (out.failed())
                return;
            out.buffer() += m_command.json ? QJsonDocument(object(row)).toJson(QJsonDocument::Compact).toStdString()
                                           : printable(inOneLine(row)).toStdString();
            out.buffer() += '\n';
            out.flushIfLarge();
        });
    }
    // After print(): the first of the names that never had a value in these rows; empty: each had one.
    [[nodiscard]] std::string neverSeen() const
    {
        const auto never = std::ranges::find_if(
            m_command.names, [this](const std::string& name) { return !m_found.contains(name); });
        return never == m_command.names.end() ? std::string() : *never;
    }

private:
    void measure(const LineRow& row)
    {
        m_placeWidth = std::min(kWidest, std::max(m_placeWidth, place(row).size()));
        m_functionWidth = std::min(kWidest, std::max(m_functionWidth, function(row).size()));
        m_callWidth = std::max(m_callWidth, call(row).size());
        if (row.kind != LineRow::Kind::Stop)
            return;
        const TextId visible = as<events::LineReached>(m_log.event(row.event)).visible;
        if (!m_seen.insert(visible.value).second)
            return;
        for (const std::string_view name : visibleNames(m_log.text(visible)))
            m_visible.insert(name);
    }

    [[nodiscard]] QString place(const LineRow& row)
    {
        if (!row.place)
            return {};
        const Frame frame = m_log.frame(row.place);
        QString& name = m_names[frame.script.value];
        if (name.isEmpty())
            name = shownName(m_log, frame.script);
        return name + u':' + QString::number(frame.line);
    }
    // Nothing for the top level of a file.
    [[nodiscard]] QString function(const LineRow& row) const
    {
        const bool hasNone = row.function.empty() && row.call && !m_lines.isTopLevel(row.call);
        return hasNone ? LineWords::tr("(anonymous)") : asText(row.function);
    }
    [[nodiscard]] static QString call(const LineRow& row)
    {
        return row.call ? LineWords::tr("(call %1)").arg(row.call.value) : QString();
    }

    // Behind all that is told with what a call got, gave or threw.
    [[nodiscard]] Index placeOfValues(const LineRow& row) const
    {
        if (row.kind == LineRow::Kind::Stop)
            return m_lines.endOfStop(row.event);
        Index place = row.event + 1;
        const auto isToldWithIt = [this](const Record& event) {
            return is<events::ObjectSeen>(event) || is<events::PropertySet>(event);
        };
        while (place < m_log.size() && isToldWithIt(m_log.event(place)))
            ++place;
        return place;
    }
    // Of a call that is left, or an error.
    [[nodiscard]] LineValue valueOfRow(const LineRow& row, TextId text, ObjectId object) const
    {
        const bool cut = (m_log.event(row.event).flags & FlagTruncated) != 0;
        const bool isTold = text || object || cut;
        return {.text = m_log.text(text), .object = object, .cut = cut, .told = isTold ? row.event : kNoEvent};
    }

    // The values of the names that were asked for, as far as they are visible.
    [[nodiscard]] std::vector<std::pair<QString, LineValue>> chosen(CallId call, Index at)
    {
        std::vector<std::pair<QString, LineValue>> values;
        for (const std::string& name : m_command.names) {
            if (const LineValue value = valueNamed(m_lines, call, at, name); value.isKnown()) {
                values.emplace_back(QString::fromStdString(name), value);
                m_found.insert(name);
            }
        }
        return values;
    }

    [[nodiscard]] QString values(const LineRow& row)
    {
        const Index at = placeOfValues(row);
        if (m_command.names.empty())
            return asText(valuesText(m_lines, ownVariables(m_lines, row.call, at), at));
        QStringList parts;
        for (const auto& [name, value] : chosen(row.call, at))
            parts += name + u" = "_s
                + (value.isUnset() ? LineWords::tr("(not set yet)") : asText(m_lines.preview(value, at)));
        return parts.join(u", "_s);
    }

    [[nodiscard]] QString inOneLine(const LineRow& row)
    {
        QString text = u"%1 %2 ms  %3  "_s.arg(row.event, 7)
                           .arg(static_cast<double>(m_log.event(row.event).time) / 1e6, 12, 'f', 3)
                           .arg(place(row).leftJustified(m_placeWidth));
        if (m_functionWidth > 0)
            text += function(row).leftJustified(m_functionWidth) + u"  "_s;
        text += call(row).leftJustified(m_callWidth) + u"  "_s + told(row);
        while (text.endsWith(u' '))
            text.chop(1);
        return text;
    }

    // What happens there, in words.
    [[nodiscard]] QString told(const LineRow& row)
    {
        const Record event = m_log.event(row.event);
        switch (row.kind) {
        case LineRow::Kind::Stop: return stop(row, as<events::LineReached>(event));
        case LineRow::Kind::Entered: return entered(row, as<events::CallEntered>(event));
        case LineRow::Kind::Left: return left(row, as<events::CallLeft>(event));
        case LineRow::Kind::Thrown: return thrown(row, as<events::ErrorThrown>(event));
        case LineRow::Kind::Skipped:
            return LineWords::tr("and more, not recorded (after %1 times in one callback)")
                .arg(as<events::LinesSkipped>(event).visits);
        case LineRow::Kind::Ended: return ended(as<events::LinesEnded>(event));
        case LineRow::Kind::Counted: return counted(countOf(row));
        }
        return {};
    }

    [[nodiscard]] QString stop(const LineRow& row, const events::LineReached& event)
    {
        const QString held = values(row);
        switch (event.point) {
        case LinePoint::Statement: break;
        case LinePoint::Return:
            return held.isEmpty() ? LineWords::tr("at its end") : LineWords::tr("at its end: %1").arg(held);
        case LinePoint::DebuggerStatement:
            return held.isEmpty() ? LineWords::tr("debugger") : LineWords::tr("debugger: %1").arg(held);
        }
        return held;
    }

    [[nodiscard]] QString entered(const LineRow& row, const events::CallEntered& event) const
    {
        if (event.entry == CallEntry::Resumed)
            return LineWords::tr("goes on");
        const auto arguments = m_lines.argumentsOf(row.call);
        if (arguments.empty())
            return LineWords::tr("called");
        return LineWords::tr("called with %1").arg(asText(valuesText(m_lines, arguments, placeOfArguments(row.call))));
    }

    // Their values are those of the first stop.
    [[nodiscard]] Index placeOfArguments(CallId call) const
    {
        Index place = 0;
        for (const LineVariable& one : m_lines.argumentsOf(call))
            place = one.value.isKnown() ? std::max(place, one.value.told + 1) : place;
        const Index stop = m_lines.stopAt(place);
        return stop == kNoEvent ? place : m_lines.endOfStop(stop);
    }

    [[nodiscard]] QString left(const LineRow& row, const events::CallLeft& event) const
    {
        const LineValue value = valueOfRow(row, event.value, event.object);
        const QString text = value.isKnown() ? asText(m_lines.preview(value, placeOfValues(row))) : QString();
        switch (event.end) {
        case CallEnd::Returned:
            return text.isEmpty() ? LineWords::tr("returns") : LineWords::tr("returns %1").arg(text);
        case CallEnd::Awaits: return LineWords::tr("pauses at an await");
        case CallEnd::Yields:
            return text.isEmpty() ? LineWords::tr("pauses at a yield") : LineWords::tr("yields %1").arg(text);
        case CallEnd::Threw: return LineWords::tr("an error leaves it");
        }
        return {};
    }

    [[nodiscard]] QString thrown(const LineRow& row, const events::ErrorThrown& event) const
    {
        const LineValue value = valueOfRow(row, event.value, event.object);
        const QString text = asText(value.text.substr(0, value.text.find('\n')));
        const QString error = text.isEmpty() ? asText(m_lines.preview(value, placeOfValues(row))) : text;
        switch (event.fate) {
        case ErrorFate::Unknown: break;
        case ErrorFate::Caught: return LineWords::tr("throws %1, which is caught").arg(error);
        case ErrorFate::Uncaught: return LineWords::tr("throws %1, which nobody catches").arg(error);
        }
        return LineWords::tr("throws %1").arg(error);
    }

    [[nodiscard]] static QString ended(const events::LinesEnded& event)
    {
        switch (event.reason) {
        case LinesEnd::Limit: break;
        case LinesEnd::Debugger: return LineWords::tr("no lines from here on: a debugger or a profiler is at work");
        case LinesEnd::Memory: return LineWords::tr("no lines from here on: memory is short");
        }
        return LineWords::tr("no lines from here on: the limit is reached");
    }

    [[nodiscard]] QJsonObject object(const LineRow& row)
    {
        const Record event = m_log.event(row.event);
        QJsonObject one = row.place ? placeObject(m_log, row.place) : QJsonObject {};
        one[u"index"_s] = static_cast<qint64>(row.event);
        one[u"time"_s] = static_cast<qint64>(event.time);
        if (row.kind == LineRow::Kind::Ended) {
            one[u"event"_s] = u"ended"_s;
            one[u"reason"_s] = wordOfField(FieldType::LinesEndName, event.small);
            return one;
        }
        if (row.kind == LineRow::Kind::Counted) {
            one[u"event"_s] = u"counted"_s;
            one[u"visits"_s] = static_cast<qint64>(countOf(row));
            return one;
        }
        one[u"function"_s] = asText(row.function);
        one[u"call"_s] = static_cast<qint64>(row.call.value);
        one[u"depth"_s] = static_cast<qint64>(row.depth);
        switch (row.kind) {
        case LineRow::Kind::Stop:
            one[u"event"_s] = wordOfField(FieldType::LinePointName, event.small);
            one[u"values"_s] = valuesOfStop(row);
            break;
        case LineRow::Kind::Entered:
            one[u"event"_s] = wordOfField(FieldType::CallEntryName, event.small);
            if (as<events::CallEntered>(event).entry == CallEntry::Called)
                one[u"arguments"_s] = arguments(row.call);
            break;
        case LineRow::Kind::Left: {
            const auto left = as<events::CallLeft>(event);
            one[u"event"_s] = wordOfField(FieldType::CallEndName, event.small);
            if (const LineValue value = valueOfRow(row, left.value, left.object); value.isKnown())
                one[u"value"_s] = valueObject(m_lines, value, placeOfValues(row));
            break;
        }
        case LineRow::Kind::Thrown: {
            const auto thrown = as<events::ErrorThrown>(event);
            one[u"event"_s] = u"thrown"_s;
            one[u"fate"_s] = wordOfField(FieldType::ErrorFateName, event.small);
            const LineValue value = valueOfRow(row, thrown.value, thrown.object);
            QJsonValue error = valueObject(m_lines, value, placeOfValues(row));
            if (value.object && !value.text.empty()) { // the object's own words are the class's name
                QJsonObject whole = error.toObject();
                whole[u"text"_s] = asText(value.text);
                error = whole;
            }
            one[u"value"_s] = error;
            break;
        }
        case LineRow::Kind::Skipped:
            one[u"event"_s] = u"skipped"_s;
            one[u"visits"_s] = static_cast<qint64>(as<events::LinesSkipped>(event).visits);
            break;
        case LineRow::Kind::Ended:
        case LineRow::Kind::Counted: break;
        }
        return one;
    }

    [[nodiscard]] static QString counted(std::uint32_t times)
    {
        return times == 1 ? LineWords::tr("ran once in all") : LineWords::tr("ran %L1 times in all").arg(times);
    }

    [[nodiscard]] std::uint32_t countOf(const LineRow& row) const
    {
        const Frame place = m_log.frame(row.place);
        return m_lines.countOf(place.script, place.line).value_or(0);
    }

    [[nodiscard]] QJsonObject valuesOfStop(const LineRow& row)
    {
        const Index at = placeOfValues(row);
        if (m_command.names.empty())
            return valuesObject(m_lines, row.call, at);
        QJsonObject values;
        for (const auto& [name, value] : chosen(row.call, at))
            values[name] = valueObject(m_lines, value, at);
        return values;
    }

    [[nodiscard]] QJsonObject arguments(CallId call) const
    {
        QJsonObject values;
        const Index at = placeOfArguments(call);
        for (const LineVariable& one : m_lines.argumentsOf(call))
            values[asText(one.name)] = valueObject(m_lines, one.value, at);
        return values;
    }

    const TraceLog& m_log;
    const Lines& m_lines;
    const LinesCommand& m_command;
    LineRows m_rows;
    qsizetype m_placeWidth = 0;
    qsizetype m_functionWidth = 0;
    qsizetype m_callWidth = 0;
    std::unordered_map<std::uint32_t, QString> m_names; // of scripts
    std::unordered_set<std::uint32_t> m_seen; // lists of what is visible
    std::set<std::string_view> m_visible;
    std::set<std::string> m_found; // of the names that were asked for
};

// The sentence for who asks for what is not there; empty: it is.
std::string whyNothing(const Lines& lines, const LinesCommand& command, TextId script)
{
    if (!command.line || !lines.visits(script, *command.line).empty())
        return {};
    if (const QString why = whyNoVisits(lines, script, *command.line); !why.isEmpty())
        return why.toStdString();
    return said(Complaints::tr("Line %1 of \"%2\" was not reached. These lines were: %3."),
        std::to_string(*command.line), command.file, listedRanges(lines.linesOf(script)).toStdString());
}

std::string noSuchName(const std::string& name, const std::set<std::string_view>& visible)
{
    QStringList names;
    for (const std::string_view one : visible)
        names += asText(one);
    if (names.isEmpty())
        return said(Complaints::tr("No variable is visible there, so there is no \"%1\"."), name);
    return said(Complaints::tr("There is no \"%1\" there. Visible are: %2."), name, listed(names).toStdString());
}

} // namespace

int lines(const LinesCommand& command)
{
    const auto log = TraceLog::open(command.trace);
    if (!log)
        return complain(log.error());
    const std::string trace = command.trace.string();
    Lines lines(**log);
    lines.refresh();
    if (lines.empty())
        return complain(
            said(Complaints::tr("There are no lines in \"%1\". To record some, type: bistro run --detail lines FILE"),
                trace));
    TextId script;
    if (!command.file.empty()) {
        const auto found = scriptNamed(**log, lines, trace, command.file);
        if (!found)
            return complain(found.error());
        script = *found;
    }
    if (const std::string why = whyNothing(lines, command, script); !why.empty())
        return complain(why);
    LinesPage page(**log, lines, command, script);
    for (const std::string& name : command.names) {
        const std::string_view variable = std::string_view(name).substr(0, name.find('.'));
        if (variable != "this" && !page.visible().contains(variable))
            return complain(noSuchName(name, page.visible()));
    }
    Output out;
    page.print(out);
    const int written = finish(out, **log);
    if (const std::string never = page.neverSeen(); !never.empty() && written == kSuccess)
        return complain(said(Complaints::tr("There was never a value of \"%1\" there."), never));
    return written;
}

} // namespace bistro::app
