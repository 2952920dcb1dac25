#include "control.h"

#include "control/messages.h"
#include "ownthread.h"

#include <node.h>
#include <uv.h>
#include <v8.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <sys/socket.h>
#include <unistd.h>

namespace bistro {
namespace {

// The process has one line, whatever threads the program starts.
struct Line {
    int descriptor = -1; // in the table of the control thread alone
    std::atomic<bool> stopAsked = false;
    std::mutex mutex;
    node::Environment* environment = nullptr; // below the mutex; none once it is about to be freed
};

Line& line()
{
    static Line one;
    return one;
}

[[noreturn]] void leave()
{
    _exit(1); // nobody is left to run for; the trace is whole as it stands
}

// Waits for a reader that reads: this thread has nothing else to do, and the program does not wait for it.
void answer(std::uint32_t request, const control::Answer& message)
{
    const auto bytes = control::encode(control::Frame<control::Answer> {.request = request, .message = message});
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t sent = send(line().descriptor, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (sent >= 0)
            at += static_cast<std::size_t>(sent);
        else if (errno != EINTR)
            leave();
    }
}

// Bytes as they come; never none.
std::span<const std::byte> receive(std::span<std::byte> room)
{
    while (true) {
        const ssize_t count = recv(line().descriptor, room.data(), room.size(), 0);
        if (count > 0)
            return room.first(static_cast<std::size_t>(count));
        if (count == 0 || errno != EINTR)
            leave();
    }
}

// What is answered to a command, once it is done what can be done here.
class Hearing final {
public:
    control::Answer operator()(const control::Hello& hello)
    {
        if (m_greeted)
            return control::Refused {.why = control::Refusal::NotGreeted};
        if (hello.version != control::kVersion)
            return control::Refused {.why = control::Refusal::UnknownVersion};
        m_greeted = true;
        return control::Hello {};
    }

    control::Answer operator()(const control::Stop&)
    {
        if (!m_greeted)
            return control::Refused {.why = control::Refusal::NotGreeted};
        const std::scoped_lock guard(line().mutex);
        line().stopAsked = true;
        if (!line().environment)
            return control::Refused {.why = control::Refusal::Over};
        node::Stop(line().environment);
        return control::Granted {};
    }

private:
    bool m_greeted = false;
};

// Refuses what cannot be understood, and hears nothing behind it: where its next word begins is not known.
void hear(std::span<std::byte> room)
{
    control::Inbox<control::Command> inbox;
    Hearing hearing;
    while (true) {
        inbox.take(receive(room));
        while (true) {
            const auto frame = inbox.next();
            if (!frame) {
                answer(frame.error().request, control::Refused {.why = frame.error().why});
                return;
            }
            if (!*frame)
                break;
            const control::Answer said = std::visit(hearing, (*frame)->message);
            answer((*frame)->request, said);
            const auto* const refused = std::get_if<control::Refused>(&said);
            if (refused && refused->why != control::Refusal::Over)
                return;
        }
    }
}

void listen()
{
    std::array<std::byte, 512> room {};
    hear(room);
    while (true)
        static_cast<void>(receive(room)); // until the other side closes
}

} // namespace

void startControl(int descriptor, node::Environment* environment)
{
    line().descriptor = descriptor;
    line().environment = environment;
    // A stop wakes the loop: libuv writes to what uv_async_send() knows, and aborts where it can't.
    const uv_loop_t& loop = *node::GetCurrentEventLoop(v8::Isolate::GetCurrent());
    startOwnThread(descriptor, "control", listen, {loop.async_io_watcher.fd, loop.async_wfd});
}

bool stopAsked()
{
    return line().stopAsked;
}

void endControl()
{
    const std::scoped_lock guard(line().mutex);
    line().environment = nullptr;
}

} // namespace bistro
