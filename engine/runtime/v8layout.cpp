#include "v8layout.h"

#include <array>
#include <string>

namespace bistro::v8layout {
namespace {

struct Expected {
    const char* symbol;
    int value;
};

constexpr std::array kExpected {
    Expected {"v8dbg_HeapObjectTag", 1},
    Expected {"v8dbg_SmiTag", 0},
    Expected {"v8dbg_SmiTagMask", 1},
    Expected {"v8dbg_SmiShiftSize", 31},
    Expected {"v8dbg_class_HeapObject__map__Map", heapObject::kMap},
    Expected {"v8dbg_class_Map__instance_type__uint16_t", map::kInstanceType},
    Expected {"v8dbg_class_JSFunction__shared__SharedFunctionInfo", function::kShared},
    Expected {"v8dbg_class_JSFunction__context__Context", function::kContext},
    Expected {"v8dbg_class_SharedFunctionInfo__function_data__Object", shared::kData},
    Expected {"v8dbg_class_SharedFunctionInfo__script_or_debug_info__HeapObject", shared::kScript},
    Expected {"v8dbg_class_SharedFunctionInfo__internal_formal_parameter_count__uint16_t", shared::kParameterCount},
    Expected {"v8dbg_class_Script__name__Object", script::kName},
    Expected {"v8dbg_class_String__length__int32_t", string::kLength},
    Expected {"v8dbg_class_SeqOneByteString__chars__char", string::kCharacters},
    Expected {"v8dbg_class_SeqTwoByteString__chars__char", string::kCharacters},
    Expected {"v8dbg_StringRepresentationMask", string::kRepresentation},
    Expected {"v8dbg_SeqStringTag", string::kSequential},
    Expected {"v8dbg_OneByteStringTag", string::kOneByte},
    Expected {"v8dbg_FirstNonstringType", string::kFirstNonstring},
    Expected {"v8dbg_class_HeapNumber__value__double", number::kValue},
    Expected {"v8dbg_class_FixedArrayBase__length__SMI", context::kLength},
    Expected {"v8dbg_class_FixedArray__data__uintptr_t", context::kSlots},
    Expected {"v8dbg_context_idx_scope_info", (context::kScope - context::kSlots) / 8},
    Expected {"v8dbg_context_idx_prev", (context::kOuter - context::kSlots) / 8},
    Expected {"v8dbg_context_min_slots", context::kFirstVariable},
    Expected {"v8dbg_scopeinfo_idx_ncontextlocals", (scope::kLocals - scope::kFlags) / 8},
    Expected {"v8dbg_scopeinfo_idx_first_vars", (scope::kNames - scope::kFlags) / 8},
};

constexpr std::array kExpectedFrames {
    Expected {"v8dbg_off_fp_context_or_frame_type", frame::kContextOrType},
    Expected {"v8dbg_off_fp_function", frame::kFunction},
    Expected {"v8dbg_off_fp_bytecode_offset", frame::kBytecodeOffset},
    Expected {"v8dbg_off_fp_args", frame::kFirstArgument - 8},
    Expected {"v8dbg_frametype_EntryFrame", frame::kEntryType},
    Expected {"v8dbg_frametype_ConstructEntryFrame", frame::kConstructEntryType},
};

template <typename T>
struct Read {
    const char* symbol;
    T Symbols::* value;
};

constexpr std::array kReadOffsets {
    Read<std::size_t> {"_ZN2v88internal14MicrotaskQueue29kFinishedMicrotaskCountOffsetE", &Symbols::queueFinished},
    Read<std::size_t> {"_ZN2v88internal14MicrotaskQueue11kSizeOffsetE", &Symbols::queueSize},
    Read<std::size_t> {"_ZN2v88internal14MicrotaskQueue12kStartOffsetE", &Symbols::queueStart},
    Read<std::size_t> {"_ZN2v88internal14MicrotaskQueue15kCapacityOffsetE", &Symbols::queueCapacity},
    Read<std::size_t> {"_ZN2v88internal14MicrotaskQueue17kRingBufferOffsetE", &Symbols::queueRing},
};

constexpr std::array kReadTypes {
    Read<int> {"v8dbg_type_JSFunction__JS_FUNCTION_TYPE", &Symbols::function},
    Read<int> {"v8dbg_type_ScopeInfo__SCOPE_INFO_TYPE", &Symbols::scopeInfo},
    Read<int> {"v8dbg_type_Script__SCRIPT_TYPE", &Symbols::script},
    Read<int> {"v8dbg_type_HeapNumber__HEAP_NUMBER_TYPE", &Symbols::heapNumber},
    Read<int> {"v8dbg_type_JSPromise__JS_PROMISE_TYPE", &Symbols::promise},
    Read<int> {"v8dbg_type_PromiseCapability__PROMISE_CAPABILITY_TYPE", &Symbols::capability},
    Read<int> {
        "v8dbg_type_PromiseFulfillReactionJobTask__PROMISE_FULFILL_REACTION_JOB_TASK_TYPE", &Symbols::fulfilledJob},
    Read<int> {"v8dbg_type_PromiseRejectReactionJobTask__PROMISE_REJECT_REACTION_JOB_TASK_TYPE", &Symbols::rejectedJob},
    Read<int> {
        "v8dbg_type_PromiseResolveThenableJobTask__PROMISE_RESOLVE_THENABLE_JOB_TASK_TYPE", &Symbols::thenableJob},
};

const std::string kMissing = "missing";

} // namespace

Found readV8(std::string_view version, const std::function<const void*(const char*)>& symbolAt)
{
    Found found;
    found.requirements.push_back(versionRequirement("V8", kV8Version, version));
    const auto expect = [&](const Expected& each) {
        const void* const place = symbolAt(each.symbol);
        found.requirements.push_back({.what = each.symbol,
            .expected = std::to_string(each.value),
            .found = place ? std::to_string(*static_cast<const int*>(place)) : kMissing});
    };
    for (const Expected& each : kExpected)
        expect(each);
    if constexpr (kFramesKnown) {
        for (const Expected& each : kExpectedFrames)
            expect(each);
    }
    const auto read = [&]<typename T>(const Read<T>& each) {
        const void* const place = symbolAt(each.symbol);
        if (place)
            found.symbols.*each.value = *static_cast<const T*>(place);
        else
            found.requirements.push_back({.what = each.symbol, .expected = "there", .found = kMissing});
    };
    for (const auto& each : kReadOffsets)
        read(each);
    for (const auto& each : kReadTypes)
        read(each);
    return found;
}

} // namespace bistro::v8layout
