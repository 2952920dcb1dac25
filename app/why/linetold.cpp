#include "why/linetold.h"

#include "source/outline.h"
#include "source/statement.h"
#include "state/linechanges.h"
#include "state/place.h"
#include "trace/views.h"
#include "why/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace bistro::app {

using namespace trace;

namespace {

constexpr std::size_t kNamed = 2; // changes or arguments that a sentence names
constexpr std::size_t kLetters = 24; // of a value in a sentence

// Worth a word: of what a function without a return gives back, nothing is said.
bool saysSomething(const LineValue& value)
{
    return value.isKnown() && !value.isUnset() && value.text != "undefined";
}

class LineTeller final {
    Q_DECLARE_TR_FUNCTIONS(LineTeller)

public:
    LineTeller(const Lines& lines, Index place, Wording wording)
        : m_lines(lines)
        , m_log(lines.log())
        , m_place(place)
        , m_wording(wording)
        , m_stop(lines.stopAt(place))
    {
    }

    [[nodiscard]] Explanation make();

private:
    void throws(const events::ErrorThrown& e);
    void firstStop();
    void statement();
    void goesOn(const QString& line);
    void called(CallId call, const QString& line);
    void setAside(CallId call);
    void returns();
    [[nodiscard]] bool isReturn() const
    {
        return as<events::LineReached>(m_log.event(m_stop)).point == LinePoint::Return;
    }

    // What happened between the statement that is over and the stop.
    struct Between {
        Index printed = kNoEvent;
        Index thrown = kNoEvent;
        CallId called; // the first that it called
        CallId paused; // the last that an await set aside just before the stop
        bool resumed = false; // the call itself goes on
    };
    [[nodiscard]] Between between() const;
    [[nodiscard]] QString changesTold() const;
    [[nodiscard]] QString functionOf(CallId call) const;
    [[nodiscard]] bool isTopLevel(const Frame& place) const;
    [[nodiscard]] QString value(const LineValue& value, Index place) const
    {
        return QString::fromStdString(m_lines.preview(value, place, kLetters));
    }
    [[nodiscard]] QString line(Index stop) const { return QString::number(m_lines.placeOf(stop).line); }

    // One sentence more, for both readers.
    void add(const QString& sentence)
    {
        if (!m_told.headline.isEmpty())
            m_told.headline += QChar::Space;
        m_told.headline += sentence;
    }
    void rule(const Words& words) { m_told.ruleText = say(words, m_wording); }

    const Lines& m_lines;
    const TraceLog& m_log;
    const Index m_place;
    const Wording m_wording;
    const Index m_stop;
    Index m_done = kNoEvent;
    CallId m_call;
    Explanation m_told;
};

QString LineTeller::functionOf(CallId call) const
{
    return textOf(m_lines.frameAt(call, m_place).function);
}

bool LineTeller::isTopLevel(const Frame& place) const
{
    return !functionAtStop(Outline(m_log.source(m_log.text(place.script))), place.line, place.column);
}

LineTeller::Between LineTeller::between() const
{
    constexpr Index most = 5'000; // events that are looked back at
    const Index from = std::max(m_done == kNoEvent ? m_stop : m_done, m_stop > most ? m_stop - most : 0);
    Between found;
    int depth = 0; // of calls within
    for (Index i = from; i < m_stop; ++i) {
        const Record event = m_log.event(i);
        if (is<events::Output>(event) && depth == 0) {
            found.printed = i;
        } else if (is<events::ErrorThrown>(event) && as<events::ErrorThrown>(event).call == m_call) {
            found.thrown = i;
        } else if (is<events::CallEntered>(event)) {
            const auto entered = as<events::CallEntered>(event);
            if (entered.call == m_call && entered.entry == CallEntry::Resumed) {
                found = {.resumed = true};
                depth = 0;
            } else {
                if (depth++ == 0 && entered.caller == m_call && !found.called && entered.entry == CallEntry::Called)
                    found.called = entered.call;
            }
        } else if (is<events::CallLeft>(event)) {
            const auto left = as<events::CallLeft>(event);
            depth -= depth > 0 ? 1 : 0;
            found.paused = left.end == CallEnd::Awaits && left.call != m_call ? left.call : CallId {};
        }
    }
    return found;
}

// "bill.total is 51 now, it was 33; price is 18; and 2 more"; empty: nothing was changed.
QString LineTeller::changesTold() const
{
    const std::vector<LineChange> changes = changesAt(m_lines, m_stop);
    QStringList told;
    for (const LineChange& change : changes) {
        if (static_cast<std::size_t>(told.size()) == kNamed) {
            told += tr("and %n more", nullptr, static_cast<int>(changes.size() - kNamed));
            break;
        }
        const QString name = QString::fromStdString(nameOf(m_lines, change.slot, m_call, m_place));
        const QString now = value(change.value, m_place);
        told += change.before.isKnown()
            ? tr("%1 is %2 now, it was %3").arg(name, now, value(change.before, change.before.told + 1))
            : tr("%1 is %2").arg(name, now);
    }
    return told.join(QStringLiteral("; "));
}

void LineTeller::throws(const events::ErrorThrown& e)
{
    const std::string_view text = m_log.text(e.value);
    const QString error = e.object ? textOf(m_lines.objectAt(e.object, m_place).text)
                                   : textOf(text.substr(0, text.find('\n')));
    const std::uint32_t line = m_log.frame(e.stack).line;
    add(tr("Line %1 throws an error: %2.")
            .arg(line != 0 || m_stop == kNoEvent ? QString::number(line) : this->line(m_stop), error));
    rule({tr("The error leaves one function after the other, until a catch takes it."),
        tr("The error leaves one function after the other, until a catch takes it.")});
}

// How it was called.
void LineTeller::firstStop()
{
    const Frame place = m_lines.placeOf(m_stop);
    const QString name = functionOf(m_call);
    if (name.isEmpty() && isTopLevel(place)) {
        add(tr("%1 starts to run. Line %2 is first.")
                .arg(textOf(fileName(m_log.text(place.script))), QString::number(place.line)));
        return;
    }
    QStringList with;
    const std::vector<LineVariable> arguments = m_lines.argumentsOf(m_call);
    for (const LineVariable& argument : arguments) {
        if (static_cast<std::size_t>(with.size()) == kNamed) {
            with += tr("and %n more", nullptr, static_cast<int>(arguments.size() - kNamed));
            break;
        }
        with += tr("%1 = %2", "a parameter and its value").arg(textOf(argument.name), value(argument.value, m_place));
    }
    const QString function = name.isEmpty() ? tr("The function in line %1").arg(place.line) : name;
    add(with.isEmpty() ? tr("%1 is called.").arg(function)
                       : tr("%1 is called with %2.").arg(function, with.join(QStringLiteral(", "))));
    rule({tr("It is one more plate on the tray. Who called it waits until it returns."),
        tr("It is one more frame on the call stack. Who called it waits until it returns.")});
}

void LineTeller::statement()
{
    const Between found = between();
    const QString changes = changesTold();
    const QString line = this->line(m_done);
    rule({tr("The waiter does one line after the other. Nobody else is served in between."),
        tr("JavaScript runs one line after the other. No other callback runs in between.")});
    if (found.resumed)
        goesOn(line);
    if (!changes.isEmpty())
        add(tr("Line %1: %2.").arg(line, changes));
    else if (found.thrown != kNoEvent)
        add(tr("Line %1 threw an error.").arg(line));
    else if (found.printed != kNoEvent)
        add(tr("Line %1 printed %2.")
                .arg(line, quoted(m_log.text(as<events::Output>(m_log.event(found.printed)).text))));
    else if (found.called)
        called(found.called, line);
    else if (!found.resumed && !isReturn())
        add(tr("Line %1 is over. Line %2 is next.").arg(line, this->line(m_stop)));
    if (isReturn())
        returns();
    else if (found.paused && !found.resumed)
        setAside(found.paused);
}

void LineTeller::goesOn(const QString& line)
{
    const QString name = functionOf(m_call);
    add(name.isEmpty() ? tr("The await in line %1 is over.").arg(line)
                       : tr("%1 goes on after the await in line %2.").arg(name, line));
    const QString aside = tr(
        "An await sets the function aside; its variables stay as they are until it is taken up again.");
    rule({aside, aside});
}

void LineTeller::setAside(CallId call)
{
    const QString name = functionOf(call);
    add(name.isEmpty() ? tr("An await sets a function aside; its variables stay as they are.")
                       : tr("An await sets %1 aside; its variables stay as they are.").arg(name));
}

void LineTeller::called(CallId call, const QString& line)
{
    const QString name = functionOf(call);
    const LineValue gave = m_lines.returned(call);
    if (name.isEmpty())
        add(tr("Line %1 called a function without a name.").arg(line));
    else if (saysSomething(gave))
        add(tr("Line %1 called %2, which returned %3.").arg(line, name, value(gave, m_place)));
    else
        add(tr("Line %1 called %2.").arg(line, name));
}

// What the call gives back; a Return stop lies before it.
void LineTeller::returns()
{
    const Frame place = m_lines.placeOf(m_stop);
    const QString name = functionOf(m_call);
    if (name.isEmpty() && isTopLevel(place)) {
        add(tr("%1 has come to its end.").arg(textOf(fileName(m_log.text(place.script)))));
        return;
    }
    const LineValue gives = m_lines.returned(m_call);
    const QString function = name.isEmpty() ? tr("The function") : name;
    if (saysSomething(gives))
        add(tr("%1 returns %2.").arg(function, value(gives, m_place)));
    else
        add(tr("%1 ends.").arg(function));
    rule({tr("Its plate comes off the tray. Who called it goes on."),
        tr("Its frame comes off the call stack. Who called it goes on.")});
}

Explanation LineTeller::make()
{
    if (m_place > 0 && is<events::ErrorThrown>(m_log.event(m_place - 1))) {
        throws(as<events::ErrorThrown>(m_log.event(m_place - 1)));
        m_told.events = {m_place - 1};
        return std::move(m_told);
    }
    if (m_stop == kNoEvent || m_lines.endOfStop(m_stop) != m_place)
        return {};
    m_call = m_lines.callOf(m_stop);
    m_done = m_lines.doneAt(m_place);
    m_told.events = {m_done == kNoEvent ? m_stop : m_done};
    if (m_done == kNoEvent)
        firstStop();
    else
        statement();
    return std::move(m_told);
}

} // namespace

Explanation tellLine(const Lines& lines, Index place, Wording wording)
{
    return LineTeller(lines, place, wording).make();
}

} // namespace bistro::app
