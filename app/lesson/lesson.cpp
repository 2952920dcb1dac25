#include "lesson/lesson.h"

#include <algorithm>

namespace bistro::app {

QString Lesson::number() const
{
    const auto end = std::ranges::find_if_not(id, [](QChar c) { return c >= u'0' && c <= u'9'; });
    return id.left(end - id.begin());
}

namespace {

bool isOfTime(const Measure& measure)
{
    return measure.kind == Measure::Kind::Between || measure.kind == Measure::Kind::IdleWaiters;
}

bool isOfTime(const Expected& expected)
{
    const auto* const least = std::get_if<expect::AtLeast>(&expected);
    return (least && isOfTime(least->measure)) || std::holds_alternative<expect::BlockedLess>(expected)
        || std::holds_alternative<expect::Together>(expected)
        || std::holds_alternative<expect::WaiterIsTheBottleneck>(expected);
}

} // namespace

bool measuresTime(const Lesson& lesson)
{
    const auto expects = [](const QList<Expectation>& all) {
        return std::ranges::any_of(all, [](const Expectation& each) { return isOfTime(each.what); });
    };
    const auto asks = [&](const Screen& screen) {
        if (!screen.question)
            return false;
        const auto* const number = std::get_if<PredictNumber>(&screen.question->what);
        const auto* const choose = std::get_if<PredictChoose>(&screen.question->what);
        return (number && isOfTime(number->measure)) || (choose && expects(choose->proof));
    };
    return expects(lesson.check.expectations) || std::ranges::any_of(lesson.screens, asks);
}

std::optional<std::chrono::nanoseconds> Check::blockLimit() const
{
    std::optional<std::chrono::nanoseconds> limit;
    for (const Expectation& each : expectations) {
        if (const auto* const blocked = std::get_if<expect::BlockedLess>(&each.what))
            limit = std::min(limit.value_or(blocked->limit), blocked->limit);
    }
    return limit;
}

const Lesson* Course::lesson(const QString& id) const
{
    const auto found = std::ranges::find(lessons, id, &Lesson::id);
    return found == lessons.end() ? nullptr : &*found;
}

} // namespace bistro::app
