#include "window/lessonbook.h"

#include "learning/copies.h"
#include "lesson/lessonreader.h"
#include "window/lessonpage.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace bistro::ui {
namespace {

constexpr qsizetype kFaultsTold = 3;

QString told(const QList<app::LessonFault>& faults)
{
    QStringList texts;
    for (const app::LessonFault& fault : faults.first(std::min(faults.size(), kFaultsTold)))
        texts += app::faultText(fault);
    return texts.join(u'\n');
}

} // namespace

LessonBook::LessonBook(QObject* parent)
    : QObject(parent)
{
}

bool LessonBook::openOwn()
{
    return m_course && m_folder.isEmpty() ? true : take(app::course(), {});
}

bool LessonBook::openFolder(const QString& folder)
{
    auto read = app::readCourse(folder);
    if (!read) {
        emit told(tr("Bistro can't open these lessons. %1").arg(ui::told(read.error())));
        return false;
    }
    if (read->lessons.isEmpty()) {
        emit told(read->faults.isEmpty()
                ? tr("There is no lesson in %1. Choose a folder that has lessons in it.").arg(folder)
                : tr("No lesson in %1 can be opened. %2").arg(folder, ui::told(read->faults)));
        return false;
    }
    const QList<app::LessonFault> faults = read->faults;
    if (!take(std::move(*read), folder))
        return false;
    if (!faults.isEmpty())
        emit told(tr("Some lessons are left out. %1").arg(ui::told(faults)));
    return true;
}

bool LessonBook::take(app::Course course, const QString& folder)
{
    if (course.lessons.isEmpty())
        return false;
    closeLesson();
    m_course = std::move(course);
    m_folder = folder;
    m_progress = app::Progress::load(m_course->folder);
    m_asked.clear();
    for (const app::CoursePart& part : m_course->parts) {
        const auto read = part.service.isEmpty() ? std::unexpected(QList<app::LessonFault>())
                                                 : app::readService(*m_course, part);
        for (const app::ServiceQuestion& question : read.value_or(QList<app::ServiceQuestion>()))
            m_asked[serviceId(part)] += question.id;
    }
    emit courseChanged();
    if (!m_progress.error().isEmpty())
        emit told(m_progress.error());
    return true;
}

bool LessonBook::openLesson(const QString& id)
{
    const app::Lesson* const lesson = m_course ? m_course->lesson(id) : nullptr;
    if (!lesson) {
        emit told(tr("There is no lesson \"%1\" in this course.").arg(id));
        return false;
    }
    const auto copy = app::ownCopy(*m_course, *lesson);
    if (!copy) {
        emit told(copy.error());
        return false;
    }
    m_id = id;
    m_copy = *copy;
    m_screen = std::clamp(here().screen, 0, static_cast<int>(std::max<qsizetype>(lesson->screens.size(), 1)) - 1);
    keep(m_progress.setLastLesson(id));
    note([this](app::LessonProgress& progress) {
        progress.screen = m_screen;
        progress.read.insert(m_screen);
    });
    emit lessonChanged();
    return true;
}

void LessonBook::closeLesson()
{
    if (m_id.isEmpty())
        return;
    m_id.clear();
    m_copy.clear();
    m_screen = 0;
    emit lessonChanged();
}

void LessonBook::setScreen(int screen)
{
    const app::Lesson* const open = lesson();
    if (!open || screen < 0 || screen >= open->screens.size() || screen == m_screen)
        return;
    m_screen = screen;
    note([screen](app::LessonProgress& progress) {
        progress.screen = screen;
        progress.read.insert(screen);
    });
    emit screenChanged();
}

const app::Lesson* LessonBook::lesson() const
{
    return m_course && !m_id.isEmpty() ? m_course->lesson(m_id) : nullptr;
}

QString LessonBook::mainFile() const
{
    const app::Lesson* const open = lesson();
    return open ? m_copy + u'/' + open->mainFile : QString();
}

// Guests in a rush wait for each other: what a line costs one, costs all.
bool LessonBook::recordsLines(const app::RunWith& with) const
{
    const app::Lesson* const lesson = this->lesson();
    return m_linesWanted && lesson && with.send.isEmpty() && !app::measuresTime(*lesson);
}

bool LessonBook::isLastScreen() const
{
    const app::Lesson* const open = lesson();
    return open && m_screen + 1 >= open->screens.size();
}

const app::Question* LessonBook::question() const
{
    const app::Lesson* const open = lesson();
    if (!open || m_screen >= open->screens.size() || !open->screens[m_screen].question)
        return nullptr;
    return &*open->screens[m_screen].question;
}

void LessonBook::note(const std::function<void(app::LessonProgress&)>& change)
{
    if (m_id.isEmpty())
        return;
    app::LessonProgress progress = here();
    change(progress);
    if (progress == here())
        return;
    keep(m_progress.setLesson(m_id, progress));
    emit progressChanged();
}

void LessonBook::answered(const QString& question, bool right, const QString& answer)
{
    keep(m_progress.answered(question, right, QDate::currentDate(), answer));
    emit progressChanged();
}

QStringList LessonBook::servicesDone() const
{
    QStringList done;
    for (auto each = m_asked.begin(); each != m_asked.end(); ++each) {
        if (std::ranges::all_of(*each, [this](const QString& id) { return m_progress.service(id).due.isValid(); }))
            done += each.key();
    }
    return done;
}

void LessonBook::keep(const std::expected<void, QString>& written)
{
    const QString failure = written ? QString() : written.error();
    if (std::exchange(m_failure, failure) != failure && !failure.isEmpty())
        emit told(failure);
}

} // namespace bistro::ui
