#include "window/codelines.h"

#include "state/linechanges.h"
#include "text/amounts.h"
#include "why/unseenline.h"
#include "window/codevalues.h"
#include "window/linenotes.h"

#include <QCoreApplication>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace bistro::ui {

using namespace app;

namespace {

struct CodeLineWords {
    Q_DECLARE_TR_FUNCTIONS(CodeLineWords)
};

constexpr std::size_t kPausedAsked = 50; // functions that are set aside
constexpr std::size_t kTipLetters = 200; // of a value

} // namespace

CodeLines::CodeLines(const TraceLog& log, const Lines& lines)
    : m_log(log)
    , m_lines(lines)
{
}

CodeLines::~CodeLines() = default;

trace::TextId CodeLines::scriptOf(const QString& path) const
{
    return m_lines.scriptOf(path.toStdString());
}

bool CodeLines::isWhatRan(const QString& path, const QString& text) const
{
    const trace::TextId script = scriptOf(path);
    const std::string_view name = m_log.text(script);
    const auto known = std::ranges::find(m_log.scripts(), name, &TraceLog::Script::name);
    if (known == m_log.scripts().end() || known->source.empty())
        return false; // it was edited, and nobody can say what ran
    const QByteArray now = text.toUtf8();
    const std::string_view shown(now.data(), static_cast<std::size_t>(now.size()));
    return known->truncated ? shown.starts_with(known->source) : shown == known->source;
}

const Outline* CodeLines::outlineOf(trace::TextId script)
{
    const auto [known, isNew] = m_outlines.try_emplace(script.value);
    if (isNew) {
        if (const std::string_view source = m_log.source(m_log.text(script)); !source.empty())
            known->second = std::make_unique<Outline>(source);
    }
    return known->second.get();
}

const Function* CodeLines::functionOf(const trace::Frame& place, const Outline& outline) const
{
    return functionAtStop(outline, place.line, place.column);
}

std::uint32_t CodeLines::headLine(const trace::Frame& place)
{
    const Outline* const outline = outlineOf(place.script);
    const Function* const function = outline ? functionOf(place, *outline) : nullptr;
    return function && function->head < outline->tokens().size() ? outline->lineOf(function->head) : 0;
}

std::optional<CodeLines::Statement> CodeLines::statementAt(app::Place place)
{
    const std::vector<LineFrame> stack = m_lines.stackAt(place);
    if (stack.empty() || stack.front().stop == kNoEvent)
        return {};
    Index stop = stack.front().stop; // what it called may have stopped since, and is over
    if (stop == m_lines.stopAt(place) && place == m_lines.endOfStop(stop)) {
        if (const Index done = m_lines.doneAt(place); done != kNoEvent)
            stop = done;
    }
    const trace::Frame frame = m_lines.placeOf(stop);
    Statement statement {
        .path = pathOfScript(m_log.text(frame.script)), .line = static_cast<int>(frame.line), .part = {}};
    if (const Outline* const outline = outlineOf(frame.script)) {
        if (const auto span = app::statementAt(*outline, frame.line, frame.column))
            statement.part = {.column = static_cast<int>(span->column), .length = static_cast<int>(span->length)};
    }
    return statement;
}

app::Index CodeLines::unseenSince(trace::TextId script, std::uint32_t line, const Moment& moment) const
{
    const Index since = m_lines.unseenSince(script, line);
    return moment.hidden && since >= moment.place ? kNoEvent : since;
}

QList<LineCount> CodeLines::countsOf(trace::TextId script, const Moment& moment)
{
    QList<LineCount> counts;
    for (const std::uint32_t line : m_lines.linesOf(script)) {
        const auto visits = m_lines.visits(script, line);
        const auto told = moment.hidden ? std::ranges::lower_bound(visits, moment.place) - visits.begin()
                                        : std::ssize(visits);
        if (told == 0)
            continue;
        const auto counted = moment.hidden ? std::nullopt : m_lines.countOf(script, line);
        counts.append({.line = static_cast<int>(line),
            .times = counted ? std::max<quint64>(*counted, static_cast<quint64>(told)) : static_cast<quint64>(told),
            .more = !counted && unseenSince(script, line, moment) != kNoEvent});
    }
    std::ranges::sort(counts, {}, &LineCount::line);
    return counts;
}

QHash<QString, RunLines> CodeLines::at(const Moment& moment, bool values)
{
    const Shown shown {.place = moment.place, .seen = m_lines.seen(), .hidden = moment.hidden, .values = values};
    if (m_shown == shown)
        return m_made;
    const bool countsStay = m_shown && m_shown->seen == shown.seen && !shown.hidden && !m_shown->hidden;
    m_shown = shown;
    if (countsStay) {
        for (RunLines& each : m_made)
            each.values.clear();
    } else {
        m_made.clear();
        for (const trace::TextId script : m_lines.scripts())
            m_made[pathOfScript(m_log.text(script))].counts = countsOf(script, moment);
    }
    const std::vector<LineFrame> stack = values ? m_lines.stackAt(moment.place) : std::vector<LineFrame> {};
    // What may be old is not said beside the code, where it would seem to be what the program goes on with.
    if (!stack.empty() && stack.front().stop != kNoEvent && !isLeftBehind(m_lines, moment.place, stack.front())) {
        const trace::Frame place = m_lines.placeOf(stack.front().stop);
        m_made[pathOfScript(m_log.text(place.script))].values = valuesBeside(
            m_lines, stack.front(), moment.place, headLine(place));
    }
    return m_made;
}

QString CodeLines::explainCount(const QString& path, int line, const Moment& moment) const
{
    const trace::TextId script = scriptOf(path);
    auto visits = m_lines.visits(script, static_cast<std::uint32_t>(line));
    const auto before = static_cast<std::size_t>(std::ranges::lower_bound(visits, moment.place) - visits.begin());
    if (moment.hidden)
        visits = visits.first(before);
    const Index unseen = unseenSince(script, static_cast<std::uint32_t>(line), moment);
    if (visits.empty())
        return unseen == kNoEvent ? QString() : whyUnseen(m_lines, script, static_cast<std::uint32_t>(line));
    const auto timeOf = [this](Index stop) { return timeText(m_log.event(stop).time); };
    const auto times = static_cast<int>(visits.size());
    QStringList rows {CodeLineWords::tr("This line ran %n times in this run.", nullptr, times)};
    if (visits.size() > 1)
        rows += CodeLineWords::tr("First at %1, last at %2.").arg(timeOf(visits.front()), timeOf(visits.back()));
    const auto counted = moment.hidden ? std::nullopt : m_lines.countOf(script, static_cast<std::uint32_t>(line));
    if (counted && *counted > visits.size())
        rows += CodeLineWords::tr("In all it ran %L1 times. The rest is counted, not recorded.").arg(*counted);
    else if (!counted && unseen != kNoEvent)
        rows += CodeLineWords::tr("And more, not recorded: it ran too often.");
    if (!moment.hidden && before < visits.size())
        rows += CodeLineWords::tr("Up to this moment: %L1.").arg(before);
    rows += CodeLineWords::tr("Click to go to the next time it runs, with Shift to the time before.");
    return rows.join(u'\n');
}

// The call in whose function that token stands, as far as it is known at the place: one that runs, or is set aside.
std::optional<trace::CallId> CodeLines::callWith(
    const Outline& outline, std::size_t token, trace::TextId script, app::Place place)
{
    const Function* const function = functionAround(outline, token, Head::Within);
    std::vector<LineFrame> frames = m_lines.stackAt(place);
    std::ranges::copy(m_lines.pausedAt(place, kPausedAsked), std::back_inserter(frames));
    std::optional<trace::CallId> around;
    for (const LineFrame& frame : frames) {
        if (frame.stop == kNoEvent)
            continue;
        const trace::Frame at = m_lines.placeOf(frame.stop);
        if (at.script != script)
            continue;
        const Function* const its = functionOf(at, outline);
        if (its == function)
            return frame.call;
        const bool within = !function || (its && function->begin <= its->begin && its->end <= function->end);
        if (within && !around) // a function within that one sees its variables
            around = frame.call;
    }
    return around;
}

std::optional<LineSlot> CodeLines::slotAt(const QString& path, int line, int column, app::Place place)
{
    const trace::TextId script = scriptOf(path);
    const Outline* const outline = script ? outlineOf(script) : nullptr;
    if (!outline)
        return {};
    const auto at = static_cast<std::uint32_t>(line);
    const auto names = dottedNameAt(*outline, at, static_cast<std::uint32_t>(column));
    const auto token = outline->tokenAt(at, static_cast<std::uint32_t>(column));
    const auto call = names.empty() || !token ? std::nullopt : callWith(*outline, *token, script, place);
    if (!call)
        return {};
    const std::vector<LineVariable> variables = m_lines.shownAt(*call, place);
    const auto variable = std::ranges::find(variables, names.front(), &LineVariable::name);
    if (variable == variables.end())
        return {};
    LineSlot slot = variable->slot;
    LineValue value = variable->value; // also of one whose block is over
    for (const std::string_view name : names | std::views::drop(1)) {
        if (!value.object)
            return {};
        const std::vector<LineProperty> properties = m_lines.propertiesAt(value.object, place);
        const auto property = std::ranges::find(properties, name, &LineProperty::name);
        if (property == properties.end())
            return {};
        slot = property->slot;
        value = property->value;
    }
    return slot;
}

QString CodeLines::explainName(const QString& path, int line, int column, app::Place place)
{
    const auto slot = slotAt(path, line, column, place);
    LineValue value = slot ? m_lines.valueAt(*slot, place) : LineValue {};
    if (value.isUnset() && slot->call) { // its round is over
        const std::vector<LineVariable> shown = m_lines.shownAt(slot->call, place);
        if (const auto variable = std::ranges::find(shown, *slot, &LineVariable::slot);
            variable != shown.end() && variable->left)
            value = variable->value;
    }
    if (!value.isKnown())
        return {};
    const QString name = QString::fromUtf8(m_log.text(slot->name).data(), std::ssize(m_log.text(slot->name)));
    if (value.isUnset())
        return CodeLineWords::tr("%1 has no value yet.").arg(name);
    QStringList rows {u"%1 = %2"_s.arg(name, QString::fromStdString(m_lines.preview(value, place, kTipLetters)))};
    const LineValue before = valueBefore(m_lines, *slot, value);
    if (before.isKnown())
        rows += CodeLineWords::tr("It was %1 before.")
                    .arg(QString::fromStdString(m_lines.preview(before, before.told + 1, kTipLetters)));
    rows += CodeLineWords::tr("Click with Ctrl to go to where it got this value.");
    return rows.join(u'\n');
}

} // namespace bistro::ui
