// Starts programs within the warden's walls, and, as the control of each wall, without.
#pragma once

#include "sandbox/policy.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <sys/types.h>

#include <vector>

namespace bistro::test {

struct Outcome {
    int code = -1; // -1: it ended by a signal, or had not ended in time
    int signal = 0;
    QByteArray output;
    QByteArray errors;
};

struct WardenOptions {
    bool walls = true; // false: the program itself, without a warden
    QStringList environment; // NAME=value, beside the test's own
    bool ownSession = true; // as the application starts it
    int kept = -1; // a descriptor that is handed on
    bool ordinary = false; // without what root may do with the network, which an ordinary user may not
};

// A folder that the program may write, its policy, and the command lines that are run in it.
class Walled final {
public:
    Walled();

    sandbox::Policy policy;

    [[nodiscard]] QString path(const QString& name = {}) const;
    void write(const QString& name, const QByteArray& text) const;

    // Waits until it has ended, but not for ever.
    [[nodiscard]] Outcome run(const QStringList& command, const WardenOptions& options = {}) const;
    [[nodiscard]] Outcome node(const QByteArray& script, const WardenOptions& options = {}) const;
    [[nodiscard]] Outcome shell(const QString& script, const WardenOptions& options = {}) const;

private:
    QTemporaryDir m_folder;
};

// One that runs on: its output can be waited for. Killed with all below it when it goes out of scope.
class Running final {
public:
    Running(const Walled& walled, const QStringList& command, const WardenOptions& options = {});
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running();

    [[nodiscard]] pid_t pid() const { return m_pid; }
    // One that has ended can be signaled until somebody asks how it ended: that is no sign of life.
    [[nodiscard]] bool runs() const;
    // Empty when none has come in time.
    [[nodiscard]] QByteArray line();
    [[nodiscard]] Outcome outcome();

private:
    friend class Walled;
    bool readSome(int milliseconds);

    pid_t m_pid = -1;
    int m_output = -1;
    int m_errors = -1;
    QByteArray m_unread;
    Outcome m_outcome;
};

// How many processes have this word in their command line.
[[nodiscard]] int processesWith(const QByteArray& word);
void endProcessesWith(const QByteArray& word);
// A word that no other process has, for sleep.
[[nodiscard]] QString uniqueSeconds();

// Somebody outside the run who listens on this computer, at a port of the kernel's choice.
class Outsider final {
public:
    explicit Outsider(int type /* SOCK_STREAM or SOCK_DGRAM */);
    Outsider(const Outsider&) = delete;
    Outsider& operator=(const Outsider&) = delete;
    ~Outsider();

    [[nodiscard]] QString port() const { return QString::number(m_port); }
    // Those who have connected, or datagrams, since it was last asked.
    [[nodiscard]] int arrivals();

private:
    int m_socket = -1;
    int m_type;
    quint16 m_port = 0;
};

} // namespace bistro::test
