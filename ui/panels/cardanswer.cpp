// What stands on an order card in words of its own: the answer below its steps, numbers in line, who called listeners.
#include "panels/cardcontent.h"
#include "trace/views.h"
#include "why/refusal.h"
#include "why/words.h"

#include "panels/panelwords.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

QString ordinal(std::size_t number)
{
    const std::size_t tens = number / 10 % 10;
    if (tens != 1) {
        if (number % 10 == 1)
            return Panels::tr("%1st").arg(number);
        if (number % 10 == 2)
            return Panels::tr("%1nd").arg(number);
        if (number % 10 == 3)
            return Panels::tr("%1rd").arg(number);
    }
    return Panels::tr("%1th").arg(number);
}

QString calledFor(std::string_view event)
{
    if (event == "exit")
        return Panels::tr("called by Node: the program ends");
    if (event == "beforeExit")
        return Panels::tr("called by Node: nothing is left to do");
    if (event == "unhandledRejection")
        return Panels::tr("called by Node: nobody caught a rejection");
    if (event == "rejectionHandled")
        return Panels::tr("called by Node: the rejection is caught, late");
    if (event.starts_with("uncaughtException"))
        return Panels::tr("called by Node: nobody caught an error");
    if (event == "warning")
        return Panels::tr("called by Node: there is a warning");
    if (event == "FinalizationRegistry")
        return Panels::tr("called by Node: an object is gone");
    if (event == "addon")
        return Panels::tr("called by a package's native code");
    return Panels::tr("called by Node at once");
}

void explain(OrderCardContent& card, const Explanation& answer, const TraceLog& log)
{
    card.reasons.clear();
    card.named.clear();
    const auto name = [&](const std::vector<OrderId>& orders) {
        for (const OrderId order : orders) {
            // By the title that the sentence has: it is looked for there.
            if (!std::ranges::contains(card.named, order, &NamedOrder::order))
                card.named.push_back(
                    {.order = order, .meaning = meaningOf(log, order), .title = app::title(log, order)});
        }
    };
    for (const Reason& reason : answer.reasons) {
        card.reasons.push_back({.text = reason.sentence, .orders = reason.orders, .parts = reason.parts});
        name(reason.orders);
    }
    if (card.question.isEmpty())
        card.question = answer.reasons.empty() ? Panels::tr("Where is it?") : answer.headline;
    if (answer.reasons.empty() && answer) {
        card.reasons.push_back({.text = answer.headline, .orders = answer.orders, .parts = answer.parts});
        name(answer.orders);
    }
}

void explainRefusal(OrderCardContent& card, const TraceLog& log, Wording wording)
{
    constexpr qsizetype kRead = 400; // of a path, which may have 64 KiB
    const auto refused = trace::as<trace::events::AccessRefused>(log.event(card.refusal));
    const QString subject = textOf(log.text(refused.subject));
    card.question = Panels::tr("Why refused?");
    card.named.clear();
    card.reasons = {{.text = say(wordsOf(refused.access), wording, {subject.left(kRead)}), .orders = {}},
        {.text = Panels::tr("Your program gets an ordinary error. It can handle that and go on."), .orders = {}},
        leadingToAllowed(helpAgainst(refused.access, subject, static_cast<int>(refused.error), ReadIn::Window))};
}

} // namespace bistro::ui
