// Sends requests to a program on this computer, as customers would: so many, so far apart, each in a connection of its
// own (Connection: close). A thread with an event loop; never waits.
#pragma once

#include "checks/report.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace bistro::app {

class Sender final : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kPatience {10}; // for one answer

    explicit Sender(QObject* parent = nullptr);
    ~Sender() override;

    // Forgets what was sent before. Requests go out at 0, gap, 2 gap … whatever becomes of the ones before.
    void send(quint16 port, const QList<Send>& what);
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] QList<FinishedRun::Reply> replies() const; // in the order of sending

signals:
    void finished(); // each has its answer, or none will come

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

// The port on which the program listens first; 0: on none. By the trace, so that a port of 0 is known, too.
[[nodiscard]] quint16 listeningPort(const TraceLog& log);

} // namespace bistro::app
