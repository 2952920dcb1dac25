// The lines of a recorded thread: what V8 calls (lines.cpp, lineerrors.cpp) comes here, and is written. Used by that
// thread alone.
#pragma once

#include "lineobjects.h"
#include "lineorders.h"
#include "lineplaces.h"
#include "v8debug.h"
#include "v8objects.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bistro {

struct RecordedThread;

// V8 asks it at each stop at a place that is not known yet.
class LineRecorder final : public v8::debug::DebugDelegate {
public:
    using Word = v8layout::Word;
    using Slot = v8layout::Slot;

    LineRecorder(RecordedThread& thread, v8::Isolate* isolate, const LineOrders& orders);

    void begin()
    {
        m_isolate->AddGCEpilogueCallback(collected, this);
        v8::debug::SetDebugDelegate(m_isolate, this);
        v8::debug::SetBreakPointsActive(m_isolate, true);
        v8::debug::ChangeBreakOnException(m_isolate, v8::debug::BreakOnAnyException);
        if (m_orders.counts)
            v8::debug::Coverage::SelectMode(m_isolate, v8::debug::CoverageMode::kBlockCount);
    }
    // Once, at the end.
    void tellCounts();
    [[nodiscard]] bool isOn() const { return m_on; }
    [[nodiscard]] bool isReading() const { return m_objects.isReading(); }
    // Nothing more is told; the program runs as it would without.
    void end(LinesEnd reason);
    // Another debugger is set in our place: V8 has forgotten this one.
    void stepAside()
    {
        m_replaced = true;
        end(LinesEnd::Debugger);
    }
    // The program is measured by V8's own means, which would not know functions that have stops.
    void leave() { end(LinesEnd::Debugger); }

    // V8 has stopped in this frame. `ask` does V8's own work for a stop, which asks us what the place is.
    template <typename Ask>
    void stop(Word state, Slot function, Slot accumulator, Ask ask)
    {
        using namespace v8layout;
        const Word frame = rawAt(state, frame::kStateFramePointer);
        const Word stackPointer = rawAt(state, frame::kStateStackPointer);
        const Word shared = at(*function, function::kShared);
        const int offset = smallValue(rawAt(frame, frame::kBytecodeOffset));
        LinePlace* place = m_places.find(shared, offset);
        if (const auto placeless = place ? std::nullopt : m_places.placelessAt(shared, offset))
            return leaves(*placeless, frame, accumulator);
        if (!place) {
            m_asked = {.frame = frame, .stackPointer = stackPointer, .shared = shared, .offset = offset};
            ask();
            m_asked = {};
            m_places.removeNeedless();
            place = m_places.find(at(*function, function::kShared), offset);
        }
        if (!place || !place->code)
            return;
        if (place->code->armed)
            return record(*place, frame, stackPointer, accumulator);
        // V8 has not named this stop among those of the function: now that it is here, it is asked which it is.
        if (!countStop())
            return;
        m_collectsHit = true;
        ask();
        m_collectsHit = false;
        m_places.takeAway(*place->code, std::exchange(m_hit, {}));
    }

    // V8 has put stops into a function's code.
    void stopsSet(Word info) { m_places.stopsSet(info); }

    [[nodiscard]] std::size_t callbackBegins();
    void callsLeft(std::size_t calls);
    void awaits(Word frame);
    // V8 throws, until leavesThrow(); else what it tells of is a promise that is rejected without an error thrown.
    void beginsThrow();
    void leavesThrow(Slot error);
    // An error goes on: out of a finally block, or into a function whose await or yield was answered by it.
    void throwsOn(Slot error);

    void ScriptCompiled(v8::Local<v8::debug::Script> script, bool isLiveEdited, bool hasCompileError) override
    {
        if (m_on && !isLiveEdited && !hasCompileError)
            m_places.add(script);
    }
    void BreakProgramRequested(v8::Local<v8::Context>, const std::vector<v8::debug::BreakpointId>& hit,
        v8::base::EnumSet<v8::debug::BreakReason> reasons) override
    {
        if (m_collectsHit)
            m_hit = hit;
        else if (m_asked.frame != 0)
            m_places.resolve(m_asked.frame, m_asked.stackPointer, m_asked.shared, m_asked.offset);
        else if (reasons.contains(v8::debug::BreakReason::kDebuggerStatement))
            debuggerStatement();
    }
    void ExceptionThrown(v8::Local<v8::Context>, v8::Local<v8::Value> exception, v8::Local<v8::Value>, bool isUncaught,
        v8::debug::ExceptionType type) override;

private:
    struct Told {
        Word word = 0;
        std::uint32_t generation = 0; // 0: never told
        ToldValue value;
    };
    // A call that runs, or a function that is paused.
    struct Call {
        Word frame = 0;
        CallId id;
        LineCode* code = nullptr;
        std::uint32_t generator = 0; // number of its object
        bool threw = false;
        StackId place;
        std::vector<Told> told;
        Told receiver;
    };

    void debuggerStatement();
    [[nodiscard]] Word stackPointerOf(Word frame) const;
    [[nodiscard]] bool countStop();
    void record(LinePlace& place, Word frame, Word stackPointer, Slot accumulator);
    Call& callOf(LineCode& code, StackId place, Word frame, Word stackPointer);
    void given(const Call& call);
    [[nodiscard]] Call* resumedUnseen(Word frame);
    void resumeCallers(Word frame);
    void leavePaused(Word frame, std::uint32_t generator);
    bool resumedByError(Word frame); // whether it was; then it is the innermost call
    [[nodiscard]] ErrorFate fateOfRejection(bool isAwaited) const;
    [[nodiscard]] ErrorFate fateNow() const;
    void tellError(Word frame, v8::Local<v8::Value> error, ErrorFate fate);
    void variables(LinePlace& place, Call& call, Word frame);
    void variable(Told& told, Word word, const LineVariable& variable);
    void unset(Told& told, const LineVariable& variable);
    void tellReached();
    void tellVariable(const LineVariable& variable, const ToldValue& value);
    void returned(Call& call, Slot accumulator);
    void leaves(LinePlaces::Placeless how, Word frame, Slot accumulator); // where no stop is told
    void yields(Slot accumulator);
    void leave(CallEnd end, unsigned flags, const ToldValue& value = {});
    // True when an error has left it, and goes on in its caller.
    bool leaveUnseen();
    void leaveInner(Word frame);
    [[nodiscard]] std::uint32_t generatorOf(LineCode& code, Word frame, Word stackPointer);
    [[nodiscard]] bool isSuspended(std::uint32_t generator) const;
    void skip(LinePlace& place, Word frame);

    static void collected(v8::Isolate*, v8::GCType, v8::GCCallbackFlags, void* data)
    {
        auto* const self = static_cast<LineRecorder*>(data);
        self->m_objects.collected();
        self->m_places.collected();
    }

    RecordedThread& m_thread;
    Recorder& m_recorder;
    v8::Isolate* m_isolate;
    const LineOrders m_orders;
    LinePlaces m_places;
    LineObjects m_objects;
    bool m_replaced = false; // as V8's debugger, by somebody else
    bool m_on = true;
    struct Asked {
        Word frame = 0;
        Word stackPointer = 0;
        Word shared = 0;
        int offset = 0;
    };
    Asked m_asked; // the stop that V8 is asked about
    events::LineReached m_reached; // of the stop that is recorded
    bool m_isReachedTold = true; // until then a variable can be told with it
    std::vector<v8::Local<v8::Value>> m_held; // objects in variables that hold the same as before
    bool m_collectsHit = false; // or it is asked for the breakpoints of a stop only
    std::vector<v8::debug::BreakpointId> m_hit;
    std::vector<Call> m_calls; // that run, innermost last
    std::unordered_map<std::uint32_t, Call> m_paused; // by their generator
    std::vector<Told> m_outer;
    std::vector<LineCode*> m_disarmed;
    std::uint32_t m_lastCall = 0;
    std::uint64_t m_stops = 0;
    std::uint64_t m_callback = 0;
    std::uint64_t m_throws = 0; // in this callback
    bool m_isHeard = true; // V8 has told of what it throws now
    int m_throwing = 0; // V8 throws so many errors, each within what tells of the one before
};

} // namespace bistro
