// The names by which libnode exports what the engine stands in for: C++ signatures of V8 11.3 and Node 20 (versions.h),
// as the compiler writes them. Words of the preprocessor, since a function's name in the object file must be a literal.
// One that is not there stops the engine with a sentence (interpose.h).
#pragma once

// v8::internal. Handles travel as the address of their slot.
//   JSPromise::Resolve(Handle<JSPromise>, Handle<Object>)
#define BISTRO_V8_PROMISE_RESOLVE "_ZN2v88internal9JSPromise7ResolveENS0_6HandleIS1_EENS2_INS0_6ObjectEEE"
//   JSPromise::Reject(Handle<JSPromise>, Handle<Object>, bool debug_event)
#define BISTRO_V8_PROMISE_REJECT "_ZN2v88internal9JSPromise6RejectENS0_6HandleIS1_EENS2_INS0_6ObjectEEEb"
//   Isolate::OnAsyncFunctionSuspended(Handle<JSPromise> await, Handle<JSPromise> awaited)
#define BISTRO_V8_SUSPENDED "_ZN2v88internal7Isolate24OnAsyncFunctionSuspendedENS0_6HandleINS0_9JSPromiseEEES4_"
//   int MicrotaskQueue::RunMicrotasks(Isolate*)
#define BISTRO_V8_RUN_MICROTASKS "_ZN2v88internal14MicrotaskQueue13RunMicrotasksEPNS0_7IsolateE"
//   ObjectPair Runtime_DebugBreakOnBytecode(int, Address*, Isolate*)
#define BISTRO_V8_DEBUG_BREAK_ON_BYTECODE "_ZN2v88internal28Runtime_DebugBreakOnBytecodeEiPmPNS0_7IsolateE"
//   void Debug::Break(JavaScriptFrame*, Handle<JSFunction>)
#define BISTRO_V8_DEBUG_BREAK "_ZN2v88internal5Debug5BreakEPNS0_15JavaScriptFrameENS0_6HandleINS0_10JSFunctionEEE"
//   void Debug::ClearBreakPoints(Handle<DebugInfo>)
#define BISTRO_V8_CLEAR_BREAK_POINTS "_ZN2v88internal5Debug16ClearBreakPointsENS0_6HandleINS0_9DebugInfoEEE"
//   void Debug::ApplyBreakPoints(Handle<DebugInfo>)
#define BISTRO_V8_APPLY_BREAK_POINTS "_ZN2v88internal5Debug16ApplyBreakPointsENS0_6HandleINS0_9DebugInfoEEE"
//   optional<Object> Debug::OnThrow(Handle<Object>)
#define BISTRO_V8_ON_THROW "_ZN2v88internal5Debug7OnThrowENS0_6HandleINS0_6ObjectEEE"
//   Object Runtime_ReThrow(int, Address*, Isolate*)
#define BISTRO_V8_RETHROW "_ZN2v88internal15Runtime_ReThrowEiPmPNS0_7IsolateE"
//   Handle<Object> Isolate::GetPromiseOnStackOnThrow()
#define BISTRO_V8_PROMISE_ON_STACK "_ZN2v88internal7Isolate24GetPromiseOnStackOnThrowEv"
//   bool Isolate::PromiseHasUserDefinedRejectHandler(Handle<JSPromise>)
#define BISTRO_V8_HAS_REJECT_HANDLER \
    "_ZN2v88internal7Isolate34PromiseHasUserDefinedRejectHandlerENS0_6HandleINS0_9JSPromiseEEE"
//   CatchType Isolate::PredictExceptionCatcher()
#define BISTRO_V8_PREDICT_CATCHER "_ZN2v88internal7Isolate23PredictExceptionCatcherEv"
//   const char* interpreter::Bytecodes::ToString(Bytecode)
#define BISTRO_V8_BYTECODE_NAME "_ZN2v88internal11interpreter9Bytecodes8ToStringENS1_8BytecodeE"
//   const uint8_t interpreter::Bytecodes::kBytecodeSizes[3][]
#define BISTRO_V8_BYTECODE_SIZES "_ZN2v88internal11interpreter9Bytecodes14kBytecodeSizesE"
//   Handle<String> JSFunction::ToString(Handle<JSFunction>)
#define BISTRO_V8_FUNCTION_TO_STRING "_ZN2v88internal10JSFunction8ToStringENS0_6HandleIS1_EE"
//   MaybeHandle<Object> InvokeFinalizationRegistryCleanupFromTask(Handle<Context>, Handle<JSFinalizationRegistry>,
//       Handle<Object> callback)
#define BISTRO_V8_FINALIZATION_CALLBACK \
    "_ZN2v88internal41InvokeFinalizationRegistryCleanupFromTaskENS0_6HandleINS0_7ContextEEENS1_INS0_" \
    "22JSFinalizationRegistryEEENS1_INS0_6ObjectEEE"

//   bool Heap::InvokeNearHeapLimitCallback()
#define BISTRO_V8_NEAR_HEAP_LIMIT "_ZN2v88internal4Heap27InvokeNearHeapLimitCallbackEv"
//   void* Heap::AllocateExternalBackingStore(const std::function<void*(size_t)>&, size_t)
#define BISTRO_V8_BACKING_STORE "_ZN2v88internal4Heap28AllocateExternalBackingStoreERKSt8functionIFPvmEEm"
//   void V8::FatalProcessOutOfMemory(Isolate*, const char* location, const OOMDetails&)
#define BISTRO_V8_OUT_OF_MEMORY "_ZN2v88internal2V823FatalProcessOutOfMemoryEPNS0_7IsolateEPKcRKNS_10OOMDetailsE"

// Of the inspector in V8.
//   DispatchResponse V8ProfilerAgentImpl::enable()
#define BISTRO_V8_ENABLE_PROFILER "_ZN12v8_inspector19V8ProfilerAgentImpl6enableEv"

// The public classes of v8, and those of node that nodeinternals.h declares.
#define BISTRO_V8_SET_DEBUG_DELEGATE "_ZN2v85debug16SetDebugDelegateEPNS_7IsolateEPNS0_13DebugDelegateE"
#define BISTRO_V8_SET_REJECT_CALLBACK "_ZN2v87Isolate24SetPromiseRejectCallbackEPFvNS_20PromiseRejectMessageEE"
#define BISTRO_NODE_ASYNC_INIT \
    "_ZN4node9AsyncWrap13EmitAsyncInitEPNS_11EnvironmentEN2v85LocalINS3_6ObjectEEENS4_INS3_6StringEEEdd"
#define BISTRO_NODE_ASYNC_RESET "_ZN4node9AsyncWrap10AsyncResetEN2v85LocalINS1_6ObjectEEEdb"
#define BISTRO_NODE_ASYNC_DESTROY "_ZN4node9AsyncWrap11EmitDestroyEPNS_11EnvironmentEd"
#define BISTRO_NODE_SCOPE \
    "_ZN4node21InternalCallbackScopeC1EPNS_11EnvironmentEN2v85LocalINS3_6ObjectEEERKNS_13async_contextEi"
#define BISTRO_NODE_SCOPE_CLOSE "_ZN4node21InternalCallbackScope5CloseEv"
#define BISTRO_NODE_PROCESS_EMIT "_ZN4node11ProcessEmitEPNS_11EnvironmentEPKcN2v85LocalINS4_5ValueEEE"
#define BISTRO_NODE_LOAD_BUILTIN "_ZNK4node8builtins13BuiltinLoader17LoadBuiltinSourceEPN2v87IsolateEPKc"
//   MaybeLocal<Function> builtins::BuiltinLoader::LookupAndCompile(Local<Context>, const char* id, Realm* optional)
#define BISTRO_NODE_COMPILE_BUILTIN \
    "_ZN4node8builtins13BuiltinLoader16LookupAndCompileEN2v85LocalINS2_7ContextEEEPKcPNS_5RealmE"
//   void builtins::BuiltinLoader::SaveCodeCache(const char* id, Local<Function>)
#define BISTRO_NODE_SAVE_CODE_CACHE "_ZN4node8builtins13BuiltinLoader13SaveCodeCacheEPKcN2v85LocalINS4_8FunctionEEE"
//   bool inspector::Agent::StartIoThread() and void inspector::Agent::RequestIoThreadStart()
#define BISTRO_NODE_START_INSPECTOR "_ZN4node9inspector5Agent13StartIoThreadEv"
#define BISTRO_NODE_REQUEST_INSPECTOR "_ZN4node9inspector5Agent20RequestIoThreadStartEv"
