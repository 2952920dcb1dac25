// One engine process as the window and `verify` see it: started, fed, listened to, stopped.
//
// Lives in a thread with an event loop. The process is killed when that thread ends. It has a session of its own: a
// signal that the program sends to its group does not reach us, and a stop ends the processes that it has started as
// well; of one that is kept in, its own end does, too. Asked is not granted: stop() leads to Stopping, the engine's
// answer to Stopping::granted, and only the end of the process to Finished or Failed; one of those always comes.
#pragma once

#include "process/controlline.h"
#include "process/descendants.h"
#include "process/launch.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <variant>

class QSocketNotifier;

namespace bistro::app {

class EngineProcess final : public QObject {
    Q_OBJECT

public:
    struct NotRunning {
        bool operator==(const NotRunning&) const = default;
    };
    struct Starting {
        bool operator==(const Starting&) const = default;
    };
    struct Running {
        bool operator==(const Running&) const = default;
    };
    struct Stopping {
        bool granted = false; // the engine has heard it, and has asked the program
        bool operator==(const Stopping&) const = default;
    };
    struct Finished { // by itself, or after stop() by its own decision
        int code = 0;
        bool operator==(const Finished&) const = default;
    };
    struct Failed { // by a signal, or never started (signal 0)
        int signal = 0;
        QString sentence;
        bool operator==(const Failed&) const = default;
    };
    using State = std::variant<NotRunning, Starting, Running, Stopping, Finished, Failed>;

    explicit EngineProcess(QObject* parent = nullptr);
    ~EngineProcess() override; // kills a process that runs

    // Only when no process runs. Keeps the launch's recording and completes it at the end.
    void start(Launch launch);
    // Bytes for its standard input; closeInput() once there are no more.
    void write(const QByteArray& bytes);
    void closeInput();
    // Asks the engine to stop; after the grace the process is killed. One without control is killed at once. Either way
    // what it has started ends too; after an end of its own that runs on, as under node.
    void stop();
    void setGrace(std::chrono::milliseconds grace) { m_grace = grace; }

    // Of all that it prints, bytes. One that prints more than `slowly` waits for its reader, as for a slow terminal;
    // of `most` it is told once (printedTooMuch), and then nothing more is read until it is over. 0: no limit.
    struct OutputLimits {
        qint64 slowly = 0;
        qint64 perSecond = 0; // from then on
        qint64 most = 0;
    };
    void setOutputLimits(const OutputLimits& limits) { m_limits = limits; }

    [[nodiscard]] const State& state() const { return m_state; }
    [[nodiscard]] bool isOver() const
    {
        return std::holds_alternative<Finished>(m_state) || std::holds_alternative<Failed>(m_state);
    }
    [[nodiscard]] pid_t pid() const { return m_pid; }

signals:
    void stateChanged();
    void outputArrived(const QByteArray& bytes);
    void errorOutputArrived(const QByteArray& bytes);
    void printedTooMuch();

private:
    struct Pipe {
        Descriptor fd;
        std::unique_ptr<QSocketNotifier> notifier;
    };

    void become(State state);
    [[nodiscard]] std::expected<void, std::string> spawnProcess(const Launch& launch);
    void listen(Pipe& pipe, void (EngineProcess::*arrived)(const QByteArray&));
    bool readSome(Pipe& pipe, void (EngineProcess::*arrived)(const QByteArray&));
    void readRest(Pipe& pipe, void (EngineProcess::*arrived)(const QByteArray&));
    void slowDown(qint64 got);
    void feed();
    void ended();
    void stopGranted();
    void stopRefused();
    void lineBroken();
    void killProcess();
    void killAtLast();
    void killDescendants();

    State m_state;
    pid_t m_pid = -1;
    Descendants m_descendants;
    std::optional<Recording> m_recording;
    std::optional<Enclosure> m_enclosure; // then m_pid is the warden's, who ends as the program does
    Pipe m_input;
    Pipe m_output;
    Pipe m_errorOutput;
    Pipe m_death; // a pidfd: readable once the process is gone
    std::unique_ptr<ControlLine> m_line; // none without control
    QByteArray m_waiting; // for its standard input
    OutputLimits m_limits;
    qint64 m_printed = 0;
    QTimer m_rest; // of who reads
    bool m_inputEnds = false;
    bool m_killed = false; // the warden was told to kill all
    std::chrono::milliseconds m_grace {500};
    QTimer m_patience;
};

} // namespace bistro::app
