// What a learner has read, guessed and had checked: readable JSON in the data folder, written aside and renamed. It
// never leaves the computer. What a newer Bistro wrote and this one does not know is kept as it is. Two windows of one
// course keep what each has learned. GUI thread.
#pragma once

#include "lesson/lesson.h"

#include <QDate>
#include <QHash>
#include <QJsonObject>
#include <QSet>
#include <QString>

#include <expected>

namespace bistro::app {

struct LessonProgress {
    int screen = 0; // where one was, from 0
    QSet<int> read; // screens
    QHash<int, bool> guessed; // by screen: whether the first try was right
    QSet<int> hints; // that were opened, from 1
    bool done = false; // the check was all right once
    QJsonObject more; // of a newer version

    bool operator==(const LessonProgress&) const = default;
};

// A question of a service that was missed comes back after 1, 3, 7 days; then it is known.
struct ServiceProgress {
    int stage = 0; // 0: comes after a day; 1: after three; 2: after seven; 3: known
    QDate due; // invalid: not asked yet
    bool firstTry = false;
    QString answer; // that was given last, as the question has it; empty: not known
    QJsonObject more; // of a newer version

    bool operator==(const ServiceProgress&) const = default;
};
inline constexpr int kKnownStage = 3;

class Progress final {
public:
    // Of a course, by its folder; what can't be read is set aside (progress.json.broken), with a sentence in error().
    [[nodiscard]] static Progress load(const QString& courseFolder);

    [[nodiscard]] const LessonProgress& lesson(const QString& id) const;
    // Each is written at once. The error is a sentence; what was to be written stays in memory.
    [[nodiscard]] std::expected<void, QString> setLesson(const QString& id, const LessonProgress& progress);
    [[nodiscard]] QString lastLesson() const { return m_last; } // empty: none was begun
    [[nodiscard]] std::expected<void, QString> setLastLesson(const QString& id);
    [[nodiscard]] int done() const; // how many lessons
    [[nodiscard]] QString error() const { return m_error; }
    [[nodiscard]] QString file() const { return m_file; }

    [[nodiscard]] const ServiceProgress& service(const QString& question) const;
    [[nodiscard]] std::expected<void, QString> answered(
        const QString& question, bool right, const QDate& today, const QString& answer = {});
    // That were missed and come back today or came back before; the one that waits longest first.
    [[nodiscard]] QStringList due(const QDate& today) const;

private:
    [[nodiscard]] std::expected<void, QString> write();

    QString m_file;
    QString m_last;
    QString m_error;
    QHash<QString, LessonProgress> m_lessons;
    QHash<QString, ServiceProgress> m_services;
    QJsonObject m_more;
    // What this window has learned: of the rest the file knows better.
    QSet<QString> m_changedLessons;
    QSet<QString> m_changedServices;
};

// How the questions of a service follow each other: the answer of today makes this of what was known before.
[[nodiscard]] ServiceProgress afterAnswer(const ServiceProgress& before, bool right, const QDate& today);

} // namespace bistro::app
