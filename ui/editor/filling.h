// A text that comes into a document between events: what a turn has time for at once, the rest with the next ones.
// Long lines come in as LongLines has them. Lines end with '\n'. GUI thread.
#pragma once

#include <QObject>
#include <QTextCursor>
#include <QTimer>

#include <optional>

class QTextDocument;

namespace bistro::ui {

class LongLines;

class Filling final : public QObject {
    Q_OBJECT

public:
    Filling(QTextDocument* document, LongLines* longLines);

    // In place of what the cursor has selected. One step of undo if `undoable`, however long it takes; else none, and
    // the document's undo is switched on at the end. A text that still comes in is cut off.
    void begin(const QTextCursor& at, const QString& text, bool undoable);
    void stop();

    [[nodiscard]] bool isActive() const { return m_job.has_value(); }
    [[nodiscard]] bool isActive(bool undoable) const { return m_job && m_job->undoable == undoable; }
    // The document's whole text, with what has yet to come in.
    [[nodiscard]] QString text() const;

signals:
    void ended(bool undoable); // also from within begin()

private:
    void goOn();

    struct Job {
        QTextCursor at;
        QString text;
        qsizetype done = 0; // letters that are in
        bool undoable = false;
    };
    QTextDocument* m_document;
    LongLines* m_longLines;
    std::optional<Job> m_job;
    QTimer m_timer;
};

} // namespace bistro::ui
