#include "panels/beforecontent.h"

#include "panels/panelwords.h"
#include "state/describe.h"
#include "why/words.h"

#include <QStringList>

#include <algorithm>
#include <span>

namespace bistro::ui {

using namespace app;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostPlaces = 2; // beside a reason

QString lineText(const std::string& text)
{
    const QString told = app::quoted(std::string_view(text));
    return told.size() > 2 ? told : Panels::tr("an empty line");
}

} // namespace

QString BeforeContent::heading() const
{
    return Panels::tr("Why %1 before %2").arg(first.text, second.text);
}

QString BeforeContent::raceSentence() const
{
    return race ? Panels::tr("This is a race: another run may print them the other way round.") : QString();
}

QString BeforeContent::asText() const
{
    QStringList lines {heading()};
    if (race)
        lines << raceSentence();
    for (std::size_t i = 0; i < reasons.size(); ++i)
        lines << u"%1. "_s.arg(i + 1) + reasons[i].sentence.text
                + (reasons[i].rule.isEmpty() ? QString() : u"\n   "_s + reasons[i].rule);
    return lines.join(u'\n');
}

BeforeContent beforeContent(
    const TraceLog& log, const Explanation& told, const std::string& first, const std::string& second, Wording wording)
{
    BeforeContent content;
    content.first = {.text = lineText(first), .event = told.events.empty() ? kNoEvent : told.events.front()};
    content.second = {.text = lineText(second), .event = told.events.empty() ? kNoEvent : told.events.back()};
    content.race = told.race;
    for (const Reason& reason : std::span(told.reasons).first(std::min(told.reasons.size(), kMostReasons))) {
        BeforeReason shown {.sentence = {.text = reason.sentence, .orders = reason.orders, .parts = reason.parts},
            .rule = ruleText(reason.rule, wording),
            .moments = {},
            .places = {}};
        if (!reason.events.empty())
            shown.moments.push_back(reason.events.front());
        if (reason.events.size() > 1 && reason.events.back() != reason.events.front())
            shown.moments.push_back(reason.events.back());
        for (const OrderId order : reason.orders) {
            const CodePlace place = placeOf(log, order);
            if (place.line != 0 && shown.places.size() < kMostPlaces && !std::ranges::contains(shown.places, place))
                shown.places.push_back(place);
            if (!std::ranges::contains(content.named, order, &NamedOrder::order))
                content.named.push_back(
                    {.order = order, .meaning = meaningOf(log, order), .title = app::title(log, order)});
        }
        // Said once of several in a row, after the last of them.
        if (!content.reasons.empty() && content.reasons.back().rule == shown.rule)
            content.reasons.back().rule.clear();
        content.reasons.push_back(std::move(shown));
    }
    return content;
}

} // namespace bistro::ui
