// A service: questions over a part of the course, or those that were missed and come back today. Shown in the lesson's
// panel, one at a time; no program runs. GUI thread; the book outlives it.
#pragma once

#include "course/lessonview.h"
#include "window/lessonbook.h"

#include <QObject>

namespace bistro::ui {

class ServiceDesk final : public QObject {
    Q_OBJECT

public:
    explicit ServiceDesk(LessonBook& book);

    // By the id of its row in the list. False, with a sentence, when there is none.
    bool open(const QString& id);
    void close();
    [[nodiscard]] bool isOpen() const { return !m_id.isEmpty(); }
    [[nodiscard]] QString id() const { return m_id; }
    [[nodiscard]] LessonView view() const;

    void setScreen(int screen);
    void choose(int option);
    void answer();
    // From the last answer to what is not answered yet, then to the result. False: the result is shown.
    bool goOn();
    // What comes after it: the next lesson that is not done; empty: all are.
    [[nodiscard]] QString next() const;

signals:
    void changed();
    void told(const QString& sentence);
    void said(const QString& sentence);

private:
    [[nodiscard]] QList<app::ServiceQuestion> dueQuestions() const;
    [[nodiscard]] const app::PredictChoose& asked() const { return askedAt(m_screen); }
    [[nodiscard]] const app::PredictChoose& askedAt(qsizetype question) const;
    [[nodiscard]] bool isRightAt(qsizetype question) const { return m_chosen[question] == askedAt(question).answer; }
    [[nodiscard]] bool isResult() const { return m_screen >= m_questions.size(); }
    [[nodiscard]] LessonView resultView() const;
    [[nodiscard]] QString resultSentence() const;
    // Of a question that was missed: "It comes back tomorrow."; empty: it does not.
    [[nodiscard]] QString comesBack(qsizetype question) const;
    void recall(qsizetype question);

    LessonBook& m_book;
    QString m_id; // empty: none is open
    QString m_title;
    QList<app::ServiceQuestion> m_questions;
    QList<int> m_chosen; // -1: nothing yet
    QList<bool> m_answered;
    int m_screen = 0; // as many as there are questions: the result
};

} // namespace bistro::ui
