// Which lines of a text differ from another one: those that a learner has written or changed. A value. Any thread.
#pragma once

#include <QList>
#include <QString>

namespace bistro::app {

// Lines of `now`, from 1, that are not in `before` in this order. A line that is gone stands nowhere. Where so much
// differs that comparing it would take long, all lines between the first and the last difference count.
[[nodiscard]] QList<int> changedLines(const QString& before, const QString& now);

} // namespace bistro::app
