// V8's debug interface, as far as it is used: its header (src/debug/debug-interface.h) is not installed with libnode,
// so what is called is declared here by hand, for V8 11.3 (versions.h). The order of virtual functions is the vtable's;
// a wrong one would call another function, so tst_v8debug asks each of a small script.
//
// All of it belongs to the isolate's thread.
#pragma once

#include <v8.h>

#include <memory>
#include <vector>

namespace v8::base {

template <typename E, typename T = int>
class EnumSet {
public:
    [[nodiscard]] bool contains(E value) const { return (m_bits & (T {1} << static_cast<int>(value))) != 0; }

private:
    T m_bits = 0;
};

} // namespace v8::base

namespace v8::debug {

using BreakpointId = int;

// From 0.
class Location {
public:
    Location(); // empty: as an end, the script's, what stands behind its last character included
    Location(int line, int column);
    [[nodiscard]] int GetLineNumber() const;
    [[nodiscard]] int GetColumnNumber() const;

private:
    int m_line;
    int m_column;
    bool m_isEmpty;
};

enum BreakLocationType {
    kCallBreakLocation,
    kReturnBreakLocation,
    kDebuggerStatementBreakLocation,
    kCommonBreakLocation
};

class BreakLocation : public Location {
public:
    [[nodiscard]] BreakLocationType type() const { return m_type; }

private:
    BreakLocationType m_type;
};

enum class BreakReason : std::uint8_t {
    kAlreadyPaused,
    kStep,
    kAsyncStep,
    kException,
    kAssert,
    kDebuggerStatement,
    kOOM,
    kScheduled,
    kAgent
};
enum ExceptionBreakState { NoBreakOnException, BreakOnCaughtException, BreakOnUncaughtException, BreakOnAnyException };
enum ExceptionType { kException, kPromiseRejection };

class Script {
public:
    [[nodiscard]] int Id() const;
    [[nodiscard]] int EndLine() const;
    [[nodiscard]] MaybeLocal<String> Name() const;
    [[nodiscard]] bool IsModule() const;
    enum class GetSourceOffsetMode { kStrict, kClamp };
    [[nodiscard]] Maybe<int> GetSourceOffset(const Location& location, GetSourceOffsetMode mode) const;
    bool GetPossibleBreakpoints(const Location& start, const Location& end, bool restrictToFunction,
        std::vector<BreakLocation>* locations) const;
    bool SetBreakpoint(Local<String> condition, Location* location, BreakpointId* id) const;
};

class DebugDelegate {
public:
    enum class ActionAfterInstrumentation { kPause, kPauseIfBreakpointsHit, kContinue };

    virtual ~DebugDelegate() = default;
    virtual void ScriptCompiled(Local<Script>, bool /*isLiveEdited*/, bool /*hasCompileError*/) { }
    virtual void BreakProgramRequested(
        Local<Context>, const std::vector<BreakpointId>& /*hit*/, base::EnumSet<BreakReason> /*reasons*/)
    {
    }
    virtual ActionAfterInstrumentation BreakOnInstrumentation(Local<Context>, BreakpointId)
    {
        return ActionAfterInstrumentation::kPauseIfBreakpointsHit;
    }
    virtual void ExceptionThrown(
        Local<Context>, Local<Value> /*exception*/, Local<Value> /*promise*/, bool /*isUncaught*/, ExceptionType)
    {
    }
    virtual bool IsFunctionBlackboxed(Local<Script>, const Location& /*start*/, const Location& /*end*/)
    {
        return false;
    }
    virtual bool ShouldBeSkipped(Local<Script>, int /*line*/, int /*column*/) { return false; }
    virtual void BreakpointConditionEvaluated(
        Local<Context>, BreakpointId, bool /*exceptionThrown*/, Local<Value> /*exception*/)
    {
    }
};

class ScopeIterator {
public:
    enum ScopeType {
        ScopeTypeGlobal,
        ScopeTypeLocal,
        ScopeTypeWith,
        ScopeTypeClosure,
        ScopeTypeCatch,
        ScopeTypeBlock,
        ScopeTypeScript,
        ScopeTypeEval,
        ScopeTypeModule,
        ScopeTypeWasmExpressionStack
    };

    virtual ~ScopeIterator() = default;
    virtual bool Done() = 0;
    virtual void Advance() = 0;
    virtual ScopeType GetType() = 0;
    virtual Local<Object> GetObject() = 0;
    virtual Local<Value> GetFunctionDebugName() = 0;
    virtual int GetScriptId() = 0;
    virtual bool HasLocationInfo() = 0;
    virtual Location GetStartLocation() = 0;
    virtual Location GetEndLocation() = 0;
    virtual bool SetVariableValue(Local<String> name, Local<Value> value) = 0;
};

// Within a stop only.
class StackTraceIterator {
public:
    [[nodiscard]] static std::unique_ptr<StackTraceIterator> Create(Isolate* isolate, int index);
    virtual ~StackTraceIterator() = default;
    [[nodiscard]] virtual bool Done() const = 0;
    virtual void Advance() = 0;
    [[nodiscard]] virtual int GetContextId() const = 0;
    [[nodiscard]] virtual MaybeLocal<Value> GetReceiver() const = 0;
    [[nodiscard]] virtual Local<Value> GetReturnValue() const = 0;
    [[nodiscard]] virtual Local<String> GetFunctionDebugName() const = 0;
    [[nodiscard]] virtual Local<Script> GetScript() const = 0;
    [[nodiscard]] virtual Location GetSourceLocation() const = 0;
    [[nodiscard]] virtual Location GetFunctionLocation() const = 0;
    [[nodiscard]] virtual Local<Function> GetFunction() const = 0;
    [[nodiscard]] virtual std::unique_ptr<ScopeIterator> GetScopeIterator() const = 0;
};

struct PropertyDescriptor {
    bool enumerable : 1;
    bool has_enumerable : 1;
    bool configurable : 1;
    bool has_configurable : 1;
    bool writable : 1;
    bool has_writable : 1;
    Local<Value> value;
    Local<Value> get;
    Local<Value> set;
};

// Own properties first, then those of prototypes; the enumerable names, and after them all names once more. Asks no
// getter. Not for proxies, whose traps it would call.
class PropertyIterator {
public:
    [[nodiscard]] static std::unique_ptr<PropertyIterator> Create(
        Local<Context> context, Local<Object> object, bool skipIndices);
    virtual ~PropertyIterator() = default;
    [[nodiscard]] virtual bool Done() const = 0;
    [[nodiscard]] virtual Maybe<bool> Advance() = 0;
    [[nodiscard]] virtual Local<Name> name() const = 0;
    [[nodiscard]] virtual bool is_native_accessor() = 0;
    [[nodiscard]] virtual bool has_native_getter() = 0;
    [[nodiscard]] virtual bool has_native_setter() = 0;
    [[nodiscard]] virtual Maybe<PropertyAttribute> attributes() = 0;
    [[nodiscard]] virtual Maybe<PropertyDescriptor> descriptor() = 0;
    [[nodiscard]] virtual bool is_own() = 0;
    [[nodiscard]] virtual bool is_array_index() = 0;
};

// How often each block of code has run; counted from SelectMode() on, and V8's optimizing compiler leaves the counting
// in. Ranges are offsets in a script's source. What it hands out keeps the whole alive.
enum class CoverageMode { kBestEffort, kPreciseCount, kPreciseBinary, kBlockCount, kBlockBinary };
class Coverage {
    struct Shared { // a std::shared_ptr of V8's own
        std::shared_ptr<void> all;
    };

public:
    class BlockData {
    public:
        [[nodiscard]] int StartOffset() const;
        [[nodiscard]] int EndOffset() const;
        [[nodiscard]] std::uint32_t Count() const;

    private:
        void* m_block;
        Shared m_coverage;
    };
    class FunctionData {
    public:
        [[nodiscard]] int StartOffset() const;
        [[nodiscard]] int EndOffset() const;
        [[nodiscard]] std::uint32_t Count() const;
        [[nodiscard]] std::size_t BlockCount() const;
        [[nodiscard]] BlockData GetBlockData(std::size_t index) const;

    private:
        void* m_function;
        Shared m_coverage;
    };
    class ScriptData {
    public:
        [[nodiscard]] Local<Script> GetScript() const;
        [[nodiscard]] std::size_t FunctionCount() const;
        [[nodiscard]] FunctionData GetFunctionData(std::size_t index) const;

    private:
        void* m_script;
        Shared m_coverage;
    };

    [[nodiscard]] static Coverage CollectPrecise(Isolate* isolate);
    static void SelectMode(Isolate* isolate, CoverageMode mode);
    [[nodiscard]] std::size_t ScriptCount() const;
    [[nodiscard]] ScriptData GetScriptData(std::size_t index) const;

private:
    Shared m_coverage;
};

void SetDebugDelegate(Isolate* isolate, DebugDelegate* delegate);
void SetBreakPointsActive(Isolate* isolate, bool active);
void ChangeBreakOnException(Isolate* isolate, ExceptionBreakState state);
void RemoveBreakpoint(Isolate* isolate, BreakpointId id);
// Fields, methods and accessors that are private; false after an exception.
enum class PrivateMemberFilter { kPrivateMethods = 1, kPrivateFields = 2, kPrivateAccessors = 4 };
bool GetPrivateMembers(Local<Context> context, Local<Object> object, int filter, std::vector<Local<Value>>* names,
    std::vector<Local<Value>>* values);
// As Node prints it.
Local<String> GetBigIntDescription(Isolate* isolate, Local<BigInt> value);

} // namespace v8::debug
