// Copies of what is being typed, kept in a folder of Bistro's and never in the learner's files, so that a window that
// is killed loses at most one second. Nothing here runs a program, opens a file of the learner's or asks anything.
//
// Each window has a folder of its own below the given one, held by a lock that ends with its process. Two windows never
// write to one copy. adopt() moves the copies of windows that are gone into this one's folder; a file moves in one
// step, so a window that is killed meanwhile loses none. GUI thread; the disk is written in another one.
#pragma once

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <expected>
#include <functional>
#include <memory>

class QLockFile;

namespace bistro::app {

class Recovery final : public QObject {
    Q_OBJECT

public:
    struct Copy {
        QString id;
        QString path; // of the learner's file; empty: untitled
        QString title; // what the tab said
        QString text;
        QDateTime kept;
        bool operator==(const Copy&) const = default;
    };

    // The error is a sentence: from here on nothing is kept, and the learner should know.
    [[nodiscard]] static std::expected<std::unique_ptr<Recovery>, QString> open(const QString& folder);
    ~Recovery() override; // writes what waits

    // What windows have left that were killed. Each copy is offered once, to one window; it stays on the disk until
    // forget().
    [[nodiscard]] QList<Copy> adopt();

    // The document has changed: its copy will be on disk within a second. The text is asked for then, in the GUI
    // thread.
    struct Subject {
        QString path;
        QString title;
    };
    void changed(const QString& id, const Subject& subject, std::function<QString()> text);
    // The document was saved, or its changes were given up.
    void forget(const QString& id);
    // Writes at once what waits, and returns when it is on disk: for a window that closes.
    void flush();

    [[nodiscard]] static QString newId();

    static constexpr std::chrono::milliseconds kDelay {800};

signals:
    // Once, when a copy cannot be written (the disk is full, the folder is read-only); again after one could be.
    void failed(const QString& sentence);

private:
    struct Waiting {
        Subject subject;
        std::function<QString()> text;
    };

    explicit Recovery(QString folder);
    void write();
    void said(const QString& error);

    QString m_folder; // this window's own
    std::unique_ptr<QLockFile> m_lock;
    QHash<QString, Waiting> m_waiting;
    QTimer m_timer;
    QThreadPool m_writer; // one thread: a later copy is never overtaken by an earlier one
    bool m_failing = false;
};

} // namespace bistro::app
