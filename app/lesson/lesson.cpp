#include "lesson/lesson.h"

#include <algorithm>

namespace bistro::app {

QString Lesson::number() const
{
    const auto end = std::ranges::find_if_not(id, [](QChar c) { return c >= u'0' && c <= u'9'; });
    return id.left(end - id.begin());
}

const Lesson* Course::lesson(const QString& id) const
{
    const auto found = std::ranges::find(lessons, id, &Lesson::id);
    return found == lessons.end() ? nullptr : &*found;
}

} // namespace bistro::app
