// Which course and which lesson are open, on which screen, and what is known of the learner's progress. Opening a
// course reads its files and runs nothing; opening a lesson makes the learner's own copy. GUI thread.
#pragma once

#include "learning/progress.h"
#include "lesson/lesson.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace bistro::ui {

class LessonBook final : public QObject {
    Q_OBJECT

public:
    explicit LessonBook(QObject* parent = nullptr);

    // Bistro's own course; false when there is nothing in it.
    bool openOwn();
    // A teacher's folder: a course, or lessons without one. False, with a sentence, when there is no lesson in it.
    bool openFolder(const QString& folder);
    // False, with a sentence, when it is not there or can't be copied.
    bool openLesson(const QString& id);
    void closeLesson();
    void setScreen(int screen);

    [[nodiscard]] const app::Course* course() const { return m_course ? &*m_course : nullptr; }
    [[nodiscard]] const app::Lesson* lesson() const; // null: none is open
    [[nodiscard]] QString copy() const { return m_copy; } // the learner's own, of this lesson
    [[nodiscard]] QString mainFile() const; // of that; whole path
    [[nodiscard]] int screen() const { return m_screen; }
    [[nodiscard]] bool isLastScreen() const;
    [[nodiscard]] const app::Question* question() const; // of this screen; null: none
    // Bistro's own is empty: what is kept of which course is open.
    [[nodiscard]] QString courseFolder() const { return m_folder; }

    // Whether lines are to be recorded where a lesson does not measure time; and whether they are in such a run of it.
    void setLinesWanted(bool on) { m_linesWanted = on; }
    [[nodiscard]] bool recordsLines(const app::RunWith& with) const;

    [[nodiscard]] const app::Progress& progress() const { return m_progress; }
    [[nodiscard]] const app::LessonProgress& here() const { return m_progress.lesson(m_id); }
    // Written at once; what can't be written is told, and stays in memory.
    void note(const std::function<void(app::LessonProgress&)>& change);
    void answered(const QString& question, bool right, const QString& answer);
    // Services whose questions all were answered, by the ids of their rows.
    [[nodiscard]] QStringList servicesDone() const;

signals:
    void courseChanged();
    void lessonChanged(); // another one, or none
    void screenChanged();
    void progressChanged();
    void told(const QString& sentence);

private:
    bool take(app::Course course, const QString& folder);
    void keep(const std::expected<void, QString>& written);

    std::optional<app::Course> m_course;
    QString m_folder;
    app::Progress m_progress;
    QHash<QString, QStringList> m_asked; // by service: ids of its questions
    QString m_id;
    QString m_copy;
    int m_screen = 0;
    bool m_linesWanted = false;
    QString m_failure; // that was told last: a full disk is told once
};

} // namespace bistro::ui
