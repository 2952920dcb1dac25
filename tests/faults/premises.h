// A place of a test's own for programs that do harm: their workspace, and beside it a home folder that is none of their
// business, a folder for temporary files and one for recorded runs. They are run there as a learner runs them, within
// the walls and recorded; afterwards it is asked what is left of them.
//
// Sets the environment of this process: the folders, and the mark by which processes of these runs are known. One at a
// time, before anything is run.
#pragma once

#include "commands/comparison.h"
#include "sandbox/policy.h"
#include "session/session.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <chrono>

namespace bistro::test {

inline constexpr std::chrono::seconds kPatience {60}; // with what takes a moment on a computer that is at rest

struct Left {
    QStringList processes; // their command lines
    QStringList temporary; // names in the folder for temporary files
    QStringList changed; // files beside the workspace

    [[nodiscard]] bool nothing() const { return processes.isEmpty() && temporary.isEmpty() && changed.isEmpty(); }
};

class Premises final {
public:
    Premises();

    [[nodiscard]] QString path(const QString& name = {}) const; // in the workspace
    [[nodiscard]] QString beside(const QString& name = {}) const; // in the home folder
    // Puts the program of this name (of programs/) into the workspace; its path there.
    [[nodiscard]] QString put(const QString& program) const;
    [[nodiscard]] QString write(const QString& name, const QByteArray& text) const;

    // `bistro run`, recorded into trace(): flags of node's, the program, its arguments. Its streams are pipes.
    [[nodiscard]] app::Outcome run(const QStringList& words, const QByteArray& input = {}) const;
    void start(QProcess& process, const QStringList& words) const; // the same, and does not wait
    // The same walls and engine, with limits that one comes to sooner.
    [[nodiscard]] app::Outcome limited(const QString& program, const sandbox::Limits& limits) const;
    // As the window runs it, with lines.
    [[nodiscard]] app::Program program(const QString& name) const;

    [[nodiscard]] QString trace() const { return m_folder.filePath(QStringLiteral("run.bistro")); }
    // What another command says of the trace.
    [[nodiscard]] app::Outcome tell(const QStringList& words) const;
    // Another command, in this folder; in the workspace, where none is given.
    [[nodiscard]] app::Outcome ask(const QStringList& words, const QString& folder = {}) const;
    // The findings of the trace, as JSON says them.
    [[nodiscard]] QList<QJsonObject> findings() const;

    // Waits for it to go, but not for ever.
    [[nodiscard]] Left left() const;
    // A sentence, empty when all is well: nothing is left, and the next program runs as if nothing had been.
    [[nodiscard]] QString wellAfterwards() const;

private:
    [[nodiscard]] Left leftNow() const;
    [[nodiscard]] QMap<QString, QByteArray> filesBeside() const;

    QTemporaryDir m_folder;
    QByteArray m_mark;
    QMap<QString, QByteArray> m_before;
};

// A sentence, empty when all is well: the trace opens, is sound, goes from the run's start to its end, and keeps the
// law of the model.
[[nodiscard]] QString faultOf(const QString& trace);

// From a stop to the end that it leads to. Fails the test when none comes.
[[nodiscard]] std::chrono::milliseconds stopped(app::Session& session);
// Until the session has all of its log.
[[nodiscard]] bool isOver(const app::Session& session);

// Of a process, by the names that /proc/PID/status has ("VmHWM", "RssAnon"): KiB, 0 when it is not there.
[[nodiscard]] quint64 memoryOf(qint64 pid, QByteArrayView name);
// Those that have this process above them.
[[nodiscard]] QList<qint64> below(qint64 pid);

} // namespace bistro::test
