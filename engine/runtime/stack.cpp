#include "stack.h"

#include "recordedthread.h"

#include <v8.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <pthread.h>
#include <string_view>

namespace bistro {
namespace {

using namespace v8layout;

constexpr int kDepth = 32; // functions mixed into the key, and captured

std::uint64_t mix(std::uint64_t h, std::uint64_t value)
{
    h = (h ^ value) * 0x9E3779B97F4A7C15ull;
    return h ^ (h >> 32);
}

TextId textOf(RecordedThread& thread, v8::Local<v8::String> string)
{
    if (string.IsEmpty() || string->Length() == 0)
        return {};
    const v8::String::Utf8Value utf8(thread.stacks.isolate, string);
    return thread.recorder.intern({*utf8, static_cast<std::size_t>(utf8.length())});
}

// Whether it has been; from now on it has.
bool wasTold(RecordedThread& thread, int script)
{
    const auto id = static_cast<std::size_t>(script);
    std::vector<bool>& told = thread.stacks.toldScripts;
    if (id < told.size() && told[id])
        return true;
    told.resize(std::max(told.size(), id + 1));
    told[id] = true;
    return false;
}

void writeScript(RecordedThread& thread, TextId name, v8::Local<v8::String> source)
{
    StoredText stored;
    if (!source.IsEmpty()) {
        const v8::String::Utf8Value utf8(thread.stacks.isolate, source);
        stored = thread.recorder.store({*utf8, static_cast<std::size_t>(utf8.length())});
    }
    thread.recorder.event(
        events::ScriptSeen {.script = name, .source = stored.id}, stored.truncated ? unsigned {FlagTruncated} : 0u);
}

void tellScript(RecordedThread& thread, const v8::StackFrame& frame, TextId name)
{
    if (wasTold(thread, frame.GetScriptId()))
        return;
    v8::Isolate* const isolate = thread.stacks.isolate;
    const v8::Local<v8::String> url = frame.GetScriptNameOrSourceURL();
    std::array<char, 6> start {};
    if (!url.IsEmpty() && url->WriteUtf8(isolate, start.data(), 5, nullptr, v8::String::NO_NULL_TERMINATION) == 5
        && std::string_view(start.data()) == "node:")
        return; // Node's own
    writeScript(thread, name, frame.GetScriptSource());
}

StackId idOf(RecordedThread& thread, const Frame& frame)
{
    const auto [known, isNew] = thread.stacks.frames.try_emplace(frame);
    if (isNew)
        known->second = thread.recorder.frame(frame);
    return known->second;
}

StackId capture(RecordedThread& thread, int depth)
{
    v8::Isolate* const isolate = thread.stacks.isolate;
    const v8::HandleScope handles(isolate);
    const auto trace = v8::StackTrace::CurrentStackTrace(isolate, depth,
        static_cast<v8::StackTrace::StackTraceOptions>(v8::StackTrace::kLineNumber | v8::StackTrace::kColumnOffset
            | v8::StackTrace::kFunctionName | v8::StackTrace::kScriptNameOrSourceURL | v8::StackTrace::kScriptId));
    StackId caller;
    for (int i = trace->GetFrameCount() - 1; i >= 0; --i) {
        const auto v8Frame = trace->GetFrame(isolate, static_cast<std::uint32_t>(i));
        const Frame frame {.function = textOf(thread, v8Frame->GetFunctionName()),
            .script = textOf(thread, v8Frame->GetScriptNameOrSourceURL()),
            .line = static_cast<std::uint32_t>(v8Frame->GetLineNumber()),
            .column = static_cast<std::uint32_t>(v8Frame->GetColumn()),
            .caller = caller};
        tellScript(thread, **v8Frame, frame.script);
        caller = idOf(thread, frame);
    }
    return caller;
}

// Where the key is, or would be.
std::size_t slotOf(const ObservedStacks& stacks, std::uint64_t key)
{
    constexpr std::size_t last = ObservedStacks::kEntries - 1;
    std::size_t slot = key >> 40 & last;
    while (stacks.known[slot].key != 0 && stacks.known[slot].key != key)
        slot = (slot + 1) & last;
    return slot;
}

} // namespace

std::size_t ObservedStacks::FrameHash::operator()(const Frame& frame) const
{
    std::uint64_t h = frame.function.value;
    for (const std::uint32_t part : {frame.script.value, frame.line, frame.column, frame.caller.value})
        h = (h ^ part) * 0x9E3779B97F4A7C15ull;
    return h ^ (h >> 29);
}

bool ObservedStacks::FrameEqual::operator()(const Frame& one, const Frame& other) const
{
    return one.function == other.function && one.script == other.script && one.line == other.line
        && one.column == other.column && one.caller == other.caller;
}

void tellScript(RecordedThread& thread, int script, TextId name, v8::Local<v8::String> source)
{
    if (!wasTold(thread, script))
        writeScript(thread, name, source);
}

void startStacks(RecordedThread& thread, v8::Isolate* isolate)
{
    ObservedStacks& stacks = thread.stacks;
    stacks.isolate = isolate;
    if constexpr (!kFramesKnown)
        return;
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return;
    void* low = nullptr;
    std::size_t size = 0;
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
    stacks.top = reinterpret_cast<Word>(low) + size;
    const void* builtins = nullptr;
    isolate->GetEmbeddedCodeRange(&builtins, &stacks.builtinBytes);
    stacks.builtins = reinterpret_cast<Word>(builtins);
    stacks.walkable = stacks.builtinBytes != 0;
}

Walk walkStack(const RecordedThread& thread)
{
    const ObservedStacks& stacks = thread.stacks;
    const Word top = stacks.top;
    Walk walk;
    if (!stacks.walkable)
        return walk;
    Word frame = rawAt(
        reinterpret_cast<Word>(stacks.isolate), isolate::kCEntryFrame); // the exit frame: JavaScript called C++ from it
    const Word low = reinterpret_cast<Word>(__builtin_frame_address(0));
    Word called = 0; // the function within
    std::uint64_t key = 0x6A09E667F3BCC909ull;
    int depth = 0;
    bool outermostSeen = false;
    while (frame > low && frame < top - 16 && depth < kDepth) {
        const Word pc = rawAt(frame, frame::kReturnAddress);
        const Word caller = rawAt(frame, frame::kCaller);
        if (caller <= frame || caller >= top - 16)
            break;
        const Word marker = rawAt(caller, frame::kContextOrType);
        if (!isSmall(marker)) { // a context: the frame of a JavaScript function
            const Word shared = at(rawAt(caller, frame::kFunction), function::kShared);
            const Word data = at(shared, shared::kData);
            key = mix(mix(key, shared), pc);
            if (!isSmall(data)) { // not a builtin, whose data is a small integer
                if (walk.innermost == 0) {
                    walk.innermost = caller;
                    walk.called = called;
                }
                if (!outermostSeen)
                    ++walk.functions;
                ++depth;
                if (pc - stacks.builtins < stacks.builtinBytes) // interpreted: the return address is the interpreter's
                                                                // own, so the bytecode tells
                    key = mix(key, rawAt(caller, frame::kBytecodeOffset));
            } else if (walk.innermost == 0) {
                walk.builtin = true;
                called = caller;
            }
        } else if (isEntry(marker)) {
            outermostSeen = true; // C++ called into JavaScript here; what called C++ lies behind
            frame = rawAt(caller, frame::kEntrySavedCEntryFrame);
            continue;
        }
        frame = caller;
    }
    walk.key = walk.innermost == 0 ? 0 : key | 1;
    return walk;
}

std::uintptr_t calledFrom(
    const RecordedThread& thread, bool (*isSuch)(const RecordedThread& thread, std::uintptr_t shared))
{
    const ObservedStacks& stacks = thread.stacks;
    const Word top = stacks.top;
    if (!stacks.walkable)
        return 0;
    Word frame = rawAt(reinterpret_cast<Word>(stacks.isolate), isolate::kCEntryFrame);
    const Word low = reinterpret_cast<Word>(__builtin_frame_address(0));
    Word called = 0;
    for (int i = 0; i < 4 * kDepth && frame > low && frame < top - 16; ++i) {
        const Word caller = rawAt(frame, frame::kCaller);
        if (caller <= frame || caller >= top - 16)
            break;
        const Word marker = rawAt(caller, frame::kContextOrType);
        if (isEntry(marker))
            break; // the runtime called: what lies behind has called the runtime
        if (!isSmall(marker)) {
            const Word shared = at(rawAt(caller, frame::kFunction), function::kShared);
            const bool builtin = isSmall(at(shared, shared::kData));
            if (!builtin && isSuch(thread, shared))
                return called;
            called = builtin ? called : caller;
        }
        frame = caller;
    }
    return 0;
}

FrameArguments argumentsOf(const RecordedThread& thread, std::uintptr_t frame)
{
    constexpr Word kMost = 16;
    if (frame == 0)
        return {};
    // As many places as were given or declared, whichever is more.
    const Word given = rawAt(frame, frame::kArgumentCount);
    const Word shared = at(rawAt(frame, frame::kFunction), function::kShared);
    const Word declared = valueAt<std::uint16_t>(shared, shared::kParameterCount);
    const Word places = std::min(std::max(given, declared), kMost + 1);
    if (given == 0 || given > 0xFFFF || frame + frame::kFirstArgument + places * 8 > thread.stacks.top)
        return {};
    return {.values = reinterpret_cast<const Word*>(frame + frame::kFirstArgument),
        .count = static_cast<std::size_t>(places - 1)};
}

StackId stackOf(RecordedThread& thread, const Walk& walk)
{
    if (walk.key == 0)
        return {};
    ObservedStacks& stacks = thread.stacks;
    std::size_t slot = slotOf(stacks, walk.key);
    if (stacks.known[slot].key != 0)
        return {stacks.known[slot].stack};
    const StackId stack = capture(thread, kDepth);
    if (++stacks.used > ObservedStacks::kEntries / 2) {
        forgetStackKeys(thread);
        slot = slotOf(stacks, walk.key);
    }
    stacks.known[slot] = {.key = walk.key, .stack = stack.value};
    return stack;
}

StackId innermostPlace(RecordedThread& thread)
{
    return capture(thread, 1);
}

bool isTellableNow(const RecordedThread& thread)
{
    const ObservedStacks& stacks = thread.stacks;
    if (!stacks.walkable)
        return false;
    Word frame = rawAt(reinterpret_cast<Word>(stacks.isolate), isolate::kCEntryFrame);
    const Word low = reinterpret_cast<Word>(__builtin_frame_address(0));
    while (frame > low && frame < stacks.top - 16) {
        const Word caller = rawAt(frame, frame::kCaller);
        if (caller <= frame || caller >= stacks.top - 16)
            return false;
        if (!isSmall(rawAt(caller, frame::kContextOrType))) // the innermost function: the interpreter's, or a builtin
            return rawAt(frame, frame::kReturnAddress) - stacks.builtins < stacks.builtinBytes;
        frame = caller;
    }
    return false;
}

StackId knownStackNow(const RecordedThread& thread)
{
    const Walk walk = walkStack(thread);
    return walk.key == 0 ? StackId {} : StackId {thread.stacks.known[slotOf(thread.stacks, walk.key)].stack};
}

StackId stackNow(RecordedThread& thread)
{
    return stackOf(thread, walkStack(thread));
}

StackId stackOfFunction(RecordedThread& thread, v8::Local<v8::Function> function)
{
    const v8::Local<v8::Value> script = function->GetScriptOrigin().ResourceName();
    const v8::Local<v8::Value> name = function->GetDebugName();
    const StackId caller = stackNow(thread);
    if (script.IsEmpty() || !script->IsString())
        return caller;
    return idOf(thread,
        {.function = name->IsString() ? textOf(thread, name.As<v8::String>()) : TextId {},
            .script = textOf(thread, script.As<v8::String>()),
            .line = static_cast<std::uint32_t>(function->GetScriptLineNumber() + 1),
            .column = static_cast<std::uint32_t>(function->GetScriptColumnNumber() + 1),
            .caller = caller});
}

void forgetStackKeys(RecordedThread& thread)
{
    if (thread.stacks.used == 0)
        return;
    std::fill_n(thread.stacks.known.get(), ObservedStacks::kEntries, ObservedStacks::Entry {});
    thread.stacks.used = 0;
}

} // namespace bistro
