// Where the faults of a file of a lesson gather. A value; any thread.
#pragma once

#include "lesson/lesson.h"

namespace bistro::app {

// The faults of one file. The first hundred are kept: who repairs those sees the rest.
class FaultList final {
public:
    static constexpr int kMost = 100;
    static constexpr qsizetype kMostLetters = 1'000; // of a sentence, which may quote the file

    explicit FaultList(QString file)
        : m_file(std::move(file))
    {
    }

    void add(int line, const QString& sentence)
    {
        if (m_faults.size() >= kMost)
            return;
        const bool fits = sentence.size() <= kMostLetters;
        m_faults.append(
            {.file = m_file, .line = line, .sentence = fits ? sentence : sentence.first(kMostLetters) + u'…'});
    }
    [[nodiscard]] const QString& file() const { return m_file; }
    [[nodiscard]] const QList<LessonFault>& all() const { return m_faults; }
    [[nodiscard]] bool isEmpty() const { return m_faults.isEmpty(); }

private:
    QString m_file;
    QList<LessonFault> m_faults;
};

} // namespace bistro::app
