#include "commands/commands.h"

#include "commands/answer.h"
#include "why/json.h"
#include "why/screenlines.h"
#include "why/why.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

struct Why {
    Q_DECLARE_TR_FUNCTIONS(Why)
};

QString numbers(const std::vector<Index>& events)
{
    QString text;
    for (const Index event : events)
        text += (text.isEmpty() ? QString() : u", "_s) + QString::number(event);
    if (text.isEmpty())
        return text;
    return u"  "_s + (events.size() == 1 ? Why::tr("(event %1)") : Why::tr("(events %1)")).arg(text);
}

QString page(const Explanation& told)
{
    QString text = printable(told.headline) + numbers(told.events) + u'\n';
    int number = 0;
    for (const Reason& reason : told.reasons)
        text += u"  %1. "_s.arg(++number) + printable(reason.sentence) + numbers(reason.events) + u'\n';
    const std::string_view id = ruleId(told.rule);
    text += u'\n' + told.ruleText + u"  ["_s + QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()))
        + u"]\n"_s;
    return text;
}

} // namespace

int why(const WhyCommand& command)
{
    const auto log = TraceLog::open(command.trace);
    if (!log)
        return complain(log.error());
    const TraceLog& trace = **log;
    const std::string name = "\"" + command.trace.string() + "\"";
    const Wording wording = command.runtime ? Wording::Runtime : Wording::Restaurant;
    if (trace.empty())
        return complain("There is no event in " + name + ".");
    const auto noEvent = [&](std::uint64_t event) {
        return complain("There is no event " + std::to_string(event) + " in " + name + ": it holds "
            + std::to_string(trace.size()) + ", counted from 0.");
    };
    Explanation told;
    if (const auto* const now = std::get_if<WhyCommand::Now>(&command.question)) {
        if (now->event >= trace.size())
            return noEvent(now->event);
        told = whyNow(trace, static_cast<Index>(now->event), wording);
    } else if (const auto* const pending = std::get_if<WhyCommand::Pending>(&command.question)) {
        const std::uint64_t at = pending->at.value_or(trace.size() - 1);
        if (at >= trace.size())
            return noEvent(at);
        const OrderId order = pending->promise ? OrderId::promise(pending->order) : OrderId::async(pending->order);
        if (trace.createdAt(order) == kNoEvent && trace.startedAt(order) == kNoEvent)
            return complain("There is no order \"" + std::string(pending->promise ? "promise " : "async ")
                + std::to_string(pending->order) + "\" in " + name + ".");
        told = whyNotYet(trace, order, static_cast<Index>(at), wording);
    } else if (const auto* const before = std::get_if<WhyCommand::Before>(&command.question)) {
        const std::size_t lines = ScreenLines(trace).size();
        for (const std::uint64_t line : {before->one, before->other}) {
            if (line > lines)
                return complain("There is no line " + std::to_string(line) + " in " + name + ": the program wrote "
                    + std::to_string(lines) + ", counted from 1.");
        }
        if (before->one == before->other)
            return complain("Line " + std::to_string(before->one) + " does not come before itself.");
        told = whyBefore(trace, OutputLine {before->one - 1}, OutputLine {before->other - 1}, wording);
        if (!told)
            return complain(
                "One of these lines was written while no callback ran: the trace does not tell where it comes from.");
    }
    Output out;
    out.buffer() = command.json ? QJsonDocument(toJson(told)).toJson(QJsonDocument::Compact).toStdString() + '\n'
                                : page(told).toStdString();
    return finish(out, **log);
}

} // namespace bistro::app
