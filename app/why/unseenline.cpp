#include "why/unseenline.h"

#include "source/functionlines.h"
#include "text/amounts.h"
#include "trace/views.h"

#include <QCoreApplication>

namespace bistro::app {

using namespace trace;

namespace {

struct UnseenLines {
    Q_DECLARE_TR_FUNCTIONS(UnseenLines)
};

} // namespace

QString whyUnseen(const Lines& lines, TextId script, std::uint32_t line)
{
    const TraceLog& log = lines.log();
    if (const Index since = lines.unseenSince(script, line); since != kNoEvent) {
        const auto skipped = as<events::LinesSkipped>(log.event(since));
        return UnseenLines::tr("Line %1 may have run. After line %2 had run %L3 times in one callback, nothing more of "
                               "the code around it was recorded.")
            .arg(line)
            .arg(log.frame(skipped.stack).line)
            .arg(skipped.visits);
    }
    const std::string_view source = log.source(log.text(script));
    const Index ended = lines.endedAt();
    if (ended != kNoEvent && (source.empty() || holdsCode(Outline(source), line)))
        return UnseenLines::tr("Line %1 may have run. No line was recorded after %2.")
            .arg(QString::number(line), timeText(log.event(ended).time));
    return {};
}

QString whyNoVisits(const Lines& lines, TextId script, std::uint32_t line)
{
    const std::string_view source = lines.log().source(lines.log().text(script));
    const LineBegins begins = source.empty() ? LineBegins::Nothing : beginsIn(Outline(source), line);
    switch (begins) {
    case LineBegins::Nothing: break;
    case LineBegins::Function:
        return UnseenLines::tr(
            "Line %1 begins a function. No statement of that line runs by itself. Ask for a line inside.")
            .arg(line);
    case LineBegins::Class:
        return UnseenLines::tr(
            "Line %1 begins a class. No statement of that line runs by itself. Ask for a line inside.")
            .arg(line);
    }
    return whyUnseen(lines, script, line);
}

} // namespace bistro::app
