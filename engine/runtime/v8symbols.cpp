#include "v8symbols.h"

#include "v8objects.h"

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

// What lines read (v8objects.h).
constexpr std::array kExpectedObjects {
    Expected {"v8dbg_class_Oddball__kind_offset__int", oddball::kKind},
    Expected {"v8dbg_OddballFalse", oddball::kFalse},
    Expected {"v8dbg_OddballTrue", oddball::kTrue},
    Expected {"v8dbg_OddballTheHole", oddball::kHole},
    Expected {"v8dbg_OddballNull", oddball::kNull},
    Expected {"v8dbg_OddballUndefined", oddball::kUndefined},
    Expected {"v8dbg_class_Symbol__name__Object", symbol::kDescription},
    Expected {"v8dbg_ConsStringTag", string::kCons},
    Expected {"v8dbg_ExternalStringTag", string::kExternal},
    Expected {"v8dbg_SlicedStringTag", string::kSliced},
    Expected {"v8dbg_ThinStringTag", string::kThin},
    Expected {"v8dbg_class_ConsString__first__String", string::kFirst},
    Expected {"v8dbg_class_ConsString__second__String", string::kSecond},
    Expected {"v8dbg_class_SlicedString__parent__String", string::kParent},
    Expected {"v8dbg_class_SlicedString__offset__SMI", string::kOffset},
    Expected {"v8dbg_class_ThinString__actual__String", string::kActual},
    Expected {"v8dbg_class_ExternalString__resource__Object", string::kResourceData - 8},
    Expected {"v8dbg_class_JSReceiver__raw_properties_or_hash__Object", object::kProperties},
    Expected {"v8dbg_class_JSObject__elements__Object", object::kElements},
    Expected {"v8dbg_class_Map__instance_size_in_words__char", map::kInstanceWords},
    Expected {"v8dbg_class_Map__bit_field__char", map::kFlags},
    Expected {"v8dbg_class_Map__prototype__Object", map::kPrototype},
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
    Read<int> {"v8dbg_type_JSProxy__JS_PROXY_TYPE", &Symbols::firstReceiver},
    Read<int> {"v8dbg_type_JSGlobalProxy__JS_GLOBAL_PROXY_TYPE", &Symbols::globalProxy},
    Read<int> {"v8dbg_type_Symbol__SYMBOL_TYPE", &Symbols::symbol},
    Read<int> {"v8dbg_type_Oddball__ODDBALL_TYPE", &Symbols::oddball},
    Read<int> {"v8dbg_type_JSAsyncFunctionObject__JS_ASYNC_FUNCTION_OBJECT_TYPE", &Symbols::asyncFunction},
    Read<int> {"v8dbg_type_JSAsyncGeneratorObject__JS_ASYNC_GENERATOR_OBJECT_TYPE", &Symbols::asyncGenerator},
    Read<int> {"v8dbg_type_DebugInfo__DEBUG_INFO_TYPE", &Symbols::debugInfo},
    Read<int> {"v8dbg_type_FixedArray__FIXED_ARRAY_TYPE", &Symbols::fixedArray},
    Read<int> {"v8dbg_type_FixedDoubleArray__FIXED_DOUBLE_ARRAY_TYPE", &Symbols::fixedDoubles},
    Read<int> {"v8dbg_type_JSObject__JS_OBJECT_TYPE", &Symbols::object},
    Read<int> {"v8dbg_type_JSError__JS_ERROR_TYPE", &Symbols::error},
    Read<int> {"v8dbg_type_JSArray__JS_ARRAY_TYPE", &Symbols::array},
    Read<int> {"v8dbg_type_JSMap__JS_MAP_TYPE", &Symbols::map},
    Read<int> {"v8dbg_type_JSSet__JS_SET_TYPE", &Symbols::set},
    Read<int> {"v8dbg_type_SourceTextModule__SOURCE_TEXT_MODULE_TYPE", &Symbols::module},
    Read<int> {"v8dbg_type_JSModuleNamespace__JS_MODULE_NAMESPACE_TYPE", &Symbols::moduleNamespace},
    Read<int> {"v8dbg_type_Cell__CELL_TYPE", &Symbols::cell},
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
    for (const Expected& each : kExpectedObjects)
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
