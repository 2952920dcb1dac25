// The computer around a run that tries to escape: a home with keys and notes, servers, other processes; and the runs
// themselves, by bistro as one types it, within the walls and, as the control of each, without. Linux; the test's main
// thread.
#pragma once

#include "support/wardenrun.h"

#include <QByteArray>
#include <QMap>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace bistro::test {

struct Escape {
    QMap<QString, QString> said; // by the name of what was tried: "got", or the code of the error
    QStringList told; // of the trace: "read /home/ada/.ssh/id_ed25519 EACCES files.js", each once
    QByteArray errors; // what it wrote to standard error
};

class Stage final {
public:
    Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    ~Stage();

    // Runs one of the programs beside this file, in a workspace that has been made anew.
    [[nodiscard]] Escape run(const QString& program, bool walls);
    // All that a command says that gets bistro, run and the program as its last words. In a namespace of its own, of
    // processes or of the network, which root has, and an ordinary user where the kernel lets them make one.
    enum class Own { Processes, Network };
    [[nodiscard]] QByteArray outputIn(Own own, const QString& script, const QString& program, bool walls);
    void write(const QString& name, const QByteArray& bytes) const;

    [[nodiscard]] QString path(const QString& name) const; // "home/notes/diary"; "home/shop" is the workspace
    [[nodiscard]] QString text(QString told) const; // with HOME for the home

private:
    void prepare();
    [[nodiscard]] QProcessEnvironment environment() const;

    QTemporaryDir m_top;
    Outsider m_tcp;
    Outsider m_udp;
    QList<int> m_servers; // descriptors
    int m_port6 = 0;
    int m_inherited = -1;
    QByteArray m_abstract;
    QByteArray m_x11;
    QProcess m_victim;
    QProcess m_mortal;
    int m_runs = 0;
};

} // namespace bistro::test
