// Any bytes into both ends of the control channel. The first byte says into what pieces the rest is cut.
#include "control/messages.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace bistro::control;

namespace {

// A failed expectation of ours is as good as a crash.
void expect(bool fact)
{
    if (!fact)
        std::abort();
}

template <typename Message>
void readAll(std::span<const std::byte> bytes, std::size_t piece)
{
    Inbox<Message> inbox;
    while (!bytes.empty()) {
        inbox.take(bytes.first(std::min(piece, bytes.size())));
        bytes = bytes.subspan(std::min(piece, bytes.size()));
        for (;;) {
            const auto frame = inbox.next();
            if (!frame) {
                expect(!nameOf(frame.error().why).empty() && inbox.waiting() == 0);
                return;
            }
            if (!*frame)
                break;
            const auto again = decode<Message>(encode(**frame));
            expect(again && *again && (*again)->frame == **frame);
        }
        expect(inbox.waiting() < kLengthBytes + kMostBytes);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto bytes = std::as_bytes(std::span(data, size)).subspan(1);
    readAll<Command>(bytes, std::size_t {data[0]} + 1);
    readAll<Answer>(bytes, std::size_t {data[0]} + 1);
    return 0;
}
