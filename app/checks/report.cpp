#include "checks/report.h"

#include <algorithm>

namespace bistro::app {

bool CheckReport::isOver() const
{
    return std::ranges::none_of(answers, [](const CheckAnswer& a) { return a.state == CheckAnswer::State::Running; });
}

bool CheckReport::allRight() const
{
    return !answers.isEmpty()
        && std::ranges::all_of(answers, [](const CheckAnswer& a) { return a.state == CheckAnswer::State::Right; });
}

} // namespace bistro::app
