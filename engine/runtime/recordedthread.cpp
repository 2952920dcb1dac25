#include "recordedthread.h"

#include <utility>

namespace bistro {

constinit thread_local RecordedThread* t_thread = nullptr;

RecordedThread& startRecording(std::unique_ptr<Writer> writer, const v8layout::Symbols& symbols)
{
    t_thread = new RecordedThread(std::move(writer), symbols); // leaked: see the header
    return *t_thread;
}

} // namespace bistro
