// The application's end of the line to one running engine: asks, and tells what was answered.
//
// Lives in a thread with an event loop; a command that is asked is in the line when ask() returns, and nothing waits.
// What comes from the engine is distrusted, since a learner's program can write there: it is read up to a bound, and
// what is no answer to a request of ours breaks the line: nothing more is asked or heard, and the program goes on.
#pragma once

#include "control/messages.h"
#include "process/spawn.h"

#include <QObject>
#include <QString>

#include <expected>
#include <map>
#include <memory>

class QSocketNotifier;

namespace bistro::app {

class ControlLine final : public QObject {
    Q_OBJECT

public:
    explicit ControlLine(QObject* parent = nullptr);
    ~ControlLine() override; // closes it: the engine leaves at once

    // Makes the line and says Hello. Returns the engine's end: hand it over, then close it. The error is a sentence.
    [[nodiscard]] std::expected<Descriptor, std::string> open();

    // Puts the command into the line. False when nobody can hear it: ask in another way.
    [[nodiscard]] bool ask(const control::Command& command);
    // Whether commands are heard, as far as is known. The line itself may still be up when they are not.
    [[nodiscard]] bool isHeard() const { return m_isHeard; }
    // Ends the line from this side.
    void close();

signals:
    // Never for Hello.
    void granted(const bistro::control::Command& command);
    // isHeard() tells whether later ones have a chance. Of Hello: the engine is of another installation.
    void refused(const bistro::control::Command& command, bistro::control::Refusal why);
    // What has come was not said by an engine: commands are not heard any more.
    void broken(bistro::control::Refusal why);

private:
    void readSome();
    [[nodiscard]] std::expected<void, control::Refusal> hear(const control::Frame<control::Answer>& answer);
    void stopListening();
    void breakOff(control::Refusal why);

    Descriptor m_socket;
    std::unique_ptr<QSocketNotifier> m_notifier;
    control::Inbox<control::Answer> m_inbox;
    std::uint32_t m_lastRequest = 0;
    std::map<std::uint32_t, control::Command> m_asked; // and not answered yet
    bool m_isHeard = false;
};

} // namespace bistro::app
