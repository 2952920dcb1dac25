#include "linebreaks.h"

#include "interpose.h"
#include "libnodenames.h"
#include "linerecorder.h"
#include "recordedthread.h"
#include "v8handles.h"

#include <algorithm>
#include <utility>

namespace bistro {

using namespace v8layout;

namespace {

thread_local BreaksTogether* t_together;
thread_local bool t_asTheyAre;

using Change = void (*)(void* debug, Slot info);

void clearNow(void* debug, Slot info)
{
    static const auto real = next<Change>(BISTRO_V8_CLEAR_BREAK_POINTS);
    real(debug, info);
}

void applyNow(void* debug, Slot info)
{
    static const auto real = next<Change>(BISTRO_V8_APPLY_BREAK_POINTS);
    real(debug, info);
    if (RecordedThread* const thread = thisThread(); thread && thread->lines.recorder)
        thread->lines.recorder->stopsSet(*info);
}

} // namespace

BreaksTogether::BreaksTogether(v8::Isolate* isolate)
    : m_isolate(isolate)
{
    if (!t_together)
        t_together = this;
}

BreaksTogether::~BreaksTogether()
{
    if (t_together != this)
        return;
    t_together = nullptr;
    const v8::HandleScope handles(m_isolate);
    for (const v8::Global<v8::Value>& each : m_infos) {
        const v8::Local<v8::Value> info = each.Get(m_isolate);
        const Slot slot = reinterpret_cast<Slot>(*info);
        clearNow(m_debug, slot);
        applyNow(m_debug, slot); // those of a function that has none any more are none
    }
}

void BreaksTogether::later(void* debug, Slot info)
{
    m_debug = debug;
    // The one of the last change is the likeliest.
    const auto known = std::find_if(m_infos.rbegin(), m_infos.rend(),
        [&](const v8::Global<v8::Value>& each) { return wordOf(each.Get(m_isolate)) == *info; });
    if (known == m_infos.rend())
        m_infos.emplace_back(m_isolate, handleOf(m_isolate, *info));
}

BreaksAsTheyAre::BreaksAsTheyAre()
{
    t_asTheyAre = true;
}

BreaksAsTheyAre::~BreaksAsTheyAre()
{
    t_asTheyAre = false;
}

// v8::internal::Debug::ClearBreakPoints(Handle<DebugInfo>)
extern "C" [[gnu::used]] void bistroClearBreakPoints(void* debug, Slot info) __asm__(BISTRO_V8_CLEAR_BREAK_POINTS);
void bistroClearBreakPoints(void* debug, Slot info)
{
    if (t_together)
        t_together->later(debug, info);
    else if (!t_asTheyAre)
        clearNow(debug, info);
}

// v8::internal::Debug::ApplyBreakPoints(Handle<DebugInfo>)
extern "C" [[gnu::used]] void bistroApplyBreakPoints(void* debug, Slot info) __asm__(BISTRO_V8_APPLY_BREAK_POINTS);
void bistroApplyBreakPoints(void* debug, Slot info)
{
    if (t_together)
        t_together->later(debug, info);
    else if (!t_asTheyAre)
        applyNow(debug, info);
}

} // namespace bistro
