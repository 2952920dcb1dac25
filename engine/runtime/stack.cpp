#include "stack.h"

#include "recorder.h"
#include "v8layout.h"

#include <v8.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <pthread.h>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bistro {
namespace {

using namespace v8layout;

constexpr int kDepth = 32; // functions mixed into the key, and captured

v8::Isolate* s_isolate = nullptr;
Word s_stackTop = 0; // the thread's stack ends here: nothing above is read
bool s_walkable = false;
Word s_builtins = 0; // V8's embedded builtins, the interpreter among them
std::size_t s_builtinBytes = 0;

// Open addressing; a full table is forgotten and begun anew.
struct Entry {
    std::uint64_t key = 0;
    std::uint32_t stack = 0;
};
constexpr std::size_t kEntries = 1 << 15;
std::array<Entry, kEntries> s_known;
std::size_t s_used = 0;

struct FrameKey {
    Frame frame;
    bool operator==(const FrameKey& other) const
    {
        return frame.function == other.frame.function && frame.script == other.frame.script
            && frame.line == other.frame.line && frame.column == other.frame.column
            && frame.caller == other.frame.caller;
    }
};
struct FrameHash {
    std::size_t operator()(const FrameKey& k) const
    {
        std::uint64_t h = k.frame.function.value;
        for (const std::uint32_t part : {k.frame.script.value, k.frame.line, k.frame.column, k.frame.caller.value})
            h = (h ^ part) * 0x9E3779B97F4A7C15ull;
        return h ^ (h >> 29);
    }
};
std::unordered_map<FrameKey, StackId, FrameHash> s_frames;

// What stands in a frame by which C++ called JavaScript, in the place of a context.
bool isEntry(Word marker)
{
    return marker == frame::kEntryType << 1 || marker == frame::kConstructEntryType << 1;
}

std::uint64_t mix(std::uint64_t h, std::uint64_t value)
{
    h = (h ^ value) * 0x9E3779B97F4A7C15ull;
    return h ^ (h >> 32);
}

TextId text(v8::Local<v8::String> string)
{
    if (string.IsEmpty() || string->Length() == 0)
        return {};
    const v8::String::Utf8Value utf8(s_isolate, string);
    return {recorder()->intern({*utf8, static_cast<std::size_t>(utf8.length())})};
}

// Scripts whose source has been told, by V8's number of the script.
std::vector<bool> s_toldScripts;

void tellScript(const v8::StackFrame& frame, TextId name)
{
    const auto id = static_cast<std::size_t>(frame.GetScriptId());
    if (id < s_toldScripts.size() && s_toldScripts[id])
        return;
    s_toldScripts.resize(std::max(s_toldScripts.size(), id + 1));
    s_toldScripts[id] = true;
    const v8::Local<v8::String> url = frame.GetScriptNameOrSourceURL();
    std::array<char, 6> start {};
    if (!url.IsEmpty() && url->WriteUtf8(s_isolate, start.data(), 5, nullptr, v8::String::NO_NULL_TERMINATION) == 5
        && std::string_view(start.data()) == "node:")
        return; // Node's own
    const v8::Local<v8::String> source = frame.GetScriptSource();
    StoredText stored;
    if (!source.IsEmpty()) {
        const v8::String::Utf8Value utf8(s_isolate, source);
        stored = recorder()->store({*utf8, static_cast<std::size_t>(utf8.length())});
    }
    recorder()->event({.kind = EventKind::ScriptSeen,
        .flags = static_cast<std::uint8_t>(stored.truncated ? FlagTruncated : 0),
        .a = name.value,
        .b = stored.id.value});
}

std::uint32_t capture()
{
    const v8::HandleScope handles(s_isolate);
    const auto trace = v8::StackTrace::CurrentStackTrace(s_isolate, kDepth,
        static_cast<v8::StackTrace::StackTraceOptions>(v8::StackTrace::kLineNumber | v8::StackTrace::kColumnOffset
            | v8::StackTrace::kFunctionName | v8::StackTrace::kScriptNameOrSourceURL | v8::StackTrace::kScriptId));
    StackId caller;
    for (int i = trace->GetFrameCount() - 1; i >= 0; --i) {
        const auto v8Frame = trace->GetFrame(s_isolate, static_cast<std::uint32_t>(i));
        const FrameKey key {{.function = text(v8Frame->GetFunctionName()),
            .script = text(v8Frame->GetScriptNameOrSourceURL()),
            .line = static_cast<std::uint32_t>(v8Frame->GetLineNumber()),
            .column = static_cast<std::uint32_t>(v8Frame->GetColumn()),
            .caller = caller}};
        tellScript(**v8Frame, key.frame.script);
        if (const auto known = s_frames.find(key); known != s_frames.end()) {
            caller = known->second;
        } else {
            caller = recorder()->frame(key.frame);
            s_frames.emplace(key, caller);
        }
    }
    return caller.value;
}

} // namespace

void startStacks(v8::Isolate* isolate)
{
    s_isolate = isolate;
    if constexpr (!kFramesKnown)
        return;
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        void* low = nullptr;
        std::size_t size = 0;
        pthread_attr_getstack(&attributes, &low, &size);
        pthread_attr_destroy(&attributes);
        s_stackTop = reinterpret_cast<Word>(low) + size;
        const void* builtins = nullptr;
        isolate->GetEmbeddedCodeRange(&builtins, &s_builtinBytes);
        s_builtins = reinterpret_cast<Word>(builtins);
        s_walkable = s_builtinBytes != 0;
    }
}

Walk walkStack()
{
    Walk walk;
    if (!s_walkable)
        return walk;
    Word frame = rawAt(
        reinterpret_cast<Word>(s_isolate), isolate::kCEntryFrame); // the exit frame: JavaScript called C++ from it
    const Word low = reinterpret_cast<Word>(__builtin_frame_address(0));
    Word called = 0; // the function within
    std::uint64_t key = 0x6A09E667F3BCC909ull;
    int depth = 0;
    bool outermostSeen = false;
    while (frame > low && frame < s_stackTop - 16 && depth < kDepth) {
        const Word pc = rawAt(frame, frame::kReturnAddress);
        const Word caller = rawAt(frame, frame::kCaller);
        if (caller <= frame || caller >= s_stackTop - 16)
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
                if (pc - s_builtins
                    < s_builtinBytes) // interpreted: the return address is the interpreter's own, so the bytecode tells
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

std::uintptr_t calledFrom(bool (*isSuch)(std::uintptr_t shared))
{
    if (!s_walkable)
        return 0;
    Word frame = rawAt(reinterpret_cast<Word>(s_isolate), isolate::kCEntryFrame);
    const Word low = reinterpret_cast<Word>(__builtin_frame_address(0));
    Word called = 0;
    for (int i = 0; i < 4 * kDepth && frame > low && frame < s_stackTop - 16; ++i) {
        const Word caller = rawAt(frame, frame::kCaller);
        if (caller <= frame || caller >= s_stackTop - 16)
            break;
        const Word marker = rawAt(caller, frame::kContextOrType);
        if (isEntry(marker))
            break; // the runtime called: what lies behind has called the runtime
        if (!isSmall(marker)) {
            const Word shared = at(rawAt(caller, frame::kFunction), function::kShared);
            const bool builtin = isSmall(at(shared, shared::kData));
            if (!builtin && isSuch(shared))
                return called;
            called = builtin ? called : caller;
        }
        frame = caller;
    }
    return 0;
}

FrameArguments argumentsOf(std::uintptr_t frame)
{
    constexpr Word kMost = 16;
    if (frame == 0)
        return {};
    // As many places as were given or declared, whichever is more.
    const Word given = rawAt(frame, frame::kArgumentCount);
    const Word shared = at(rawAt(frame, frame::kFunction), function::kShared);
    const Word declared = valueAt<std::uint16_t>(shared, shared::kParameterCount);
    const Word places = std::min(std::max(given, declared), kMost + 1);
    if (given == 0 || given > 0xFFFF || frame + frame::kFirstArgument + places * 8 > s_stackTop)
        return {};
    return {.values = reinterpret_cast<const Word*>(frame + frame::kFirstArgument),
        .count = static_cast<std::size_t>(places - 1)};
}

std::uint32_t stackOf(const Walk& walk)
{
    if (walk.key == 0)
        return 0;
    std::size_t slot = walk.key >> 40 & (kEntries - 1);
    while (s_known[slot].key != 0) {
        if (s_known[slot].key == walk.key)
            return s_known[slot].stack;
        slot = (slot + 1) & (kEntries - 1);
    }
    const std::uint32_t stack = capture();
    if (++s_used > kEntries / 2) {
        forgetStackKeys();
        slot = walk.key >> 40 & (kEntries - 1);
    }
    s_known[slot] = {.key = walk.key, .stack = stack};
    return stack;
}

std::uint32_t stackNow()
{
    return stackOf(walkStack());
}

void forgetStackKeys()
{
    if (s_used == 0)
        return;
    s_known.fill({});
    s_used = 0;
}

} // namespace bistro
