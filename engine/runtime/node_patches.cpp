#include "probe.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace bistro {
namespace {

// Node 20. Each patch puts code at the end of a line, after everything that could throw there, so that no line or
// column in a stack trace changes. `bistro` is a constant of the module, out of the learner's reach.
struct Patch {
    std::string_view builtin;
    std::string_view after; // stands exactly once in the source
    std::string_view insert;
};

constexpr std::string_view kTake = " const { bistro } = require('internal/async_hooks');";

constexpr std::array kPatches {
    Patch {"internal/async_hooks", "const async_wrap = internalBinding('async_wrap');",
        " const bistro = process._linkedBinding('@'); bistro.process(process);"},
    Patch {"internal/async_hooks", "  emitBefore: emitBeforeScript,", " bistro,"},
    Patch {"internal/async_hooks",
        "function emitBeforeScript(asyncId, triggerAsyncId, resource) {\n  pushAsyncContext(asyncId, triggerAsyncId, "
        "resource);",
        " bistro.before(asyncId);"},
    Patch {
        "internal/async_hooks", "  if (hasHooks(kAfter))\n    emitAfterNative(asyncId);\n", "  bistro.after(asyncId);"},
    Patch {"internal/async_hooks", "function emitDestroyScript(asyncId) {", " bistro.destroy(asyncId);"},
    Patch {"internal/async_hooks", "  promise[trigger_async_id_symbol] = triggerAsyncId;",
        " bistro.promise(promise[async_id_symbol]);"},
    Patch {"async_hooks", "const destroyedSymbol = Symbol('destroyed');", kTake},
    Patch {"async_hooks", "    this[trigger_async_id_symbol] = triggerAsyncId;",
        " bistro.resource(asyncId, triggerAsyncId, type);"},

    Patch {"internal/timers", "const kHasPrimitive = Symbol('kHasPrimitive');", kTake},
    Patch {"internal/timers", "    initAsyncResource(this, 'Timeout');",
        " bistro.timer(this[async_id_symbol], this[trigger_async_id_symbol], callback, after, isRepeat, isRefed);"},
    Patch {"internal/timers", "    initAsyncResource(item, 'Timeout');",
        " bistro.timer(item[async_id_symbol], item[trigger_async_id_symbol], undefined, msecs, false, refed); "
        "bistro.timerStart(item[async_id_symbol], msecs, item._idleStart);"},
    Patch {"internal/timers", "  L.append(list, item);",
        " if (!item._destroyed) bistro.timerStart(item[async_id_symbol], msecs, start);"},
    Patch {"internal/timers", "    if (this[kRefed]) {\n      this[kRefed] = false;",
        " bistro.timerRef(this[async_id_symbol], false);"},
    Patch {"internal/timers", "    if (!this[kRefed]) {\n      this[kRefed] = true;",
        " bistro.timerRef(this[async_id_symbol], true);"},
    Patch {"internal/timers", "        if (!timer._destroyed) {", " bistro.timerCleared(asyncId);"},
    Patch {"internal/timers", "    debug('process timer lists %d', now);", " bistro.timersNow(now);"},
    Patch {"internal/timers", "    initAsyncResource(this, 'Immediate');",
        " bistro.immediate(this[async_id_symbol], this[trigger_async_id_symbol], callback);"},
    Patch {"internal/timers", "    if (this[kRefed] === true) {\n      this[kRefed] = false;",
        " bistro.immediateRef(this[async_id_symbol], false);"},
    Patch {"internal/timers", "    if (this[kRefed] === false) {\n      this[kRefed] = true;",
        " if (this._idlePrev !== null || this._idleNext !== null || immediateQueue.head === this) "
        "bistro.immediateRef(this[async_id_symbol], true);"},

    Patch {"timers", "let timersPromises;", kTake},
    Patch {"timers", "  item._destroyed = true;", " bistro.timerCleared(item[async_id_symbol]);"},
    Patch {"timers", "  immediate._destroyed = true;", " bistro.immediateCleared(immediate[async_id_symbol]);"},

    Patch {"internal/process/task_queues", "const queue = new FixedQueue();", kTake},
    Patch {"internal/process/task_queues", "    callback,\n    args,\n  };",
        " bistro.tick(asyncId, triggerAsyncId, callback);"},
    Patch {"internal/process/task_queues", "  asyncResource.callback = callback;",
        " bistro.microtask(asyncResource[async_id_symbol], asyncResource[trigger_async_id_symbol], callback);"},

    Patch {"internal/process/execution", "const type = fromPromise ? 'unhandledRejection' : 'uncaughtException';",
        " const bistro = require('internal/async_hooks').bistro; bistro.uncaught(er, fromPromise); const bistroMonitor "
        "= "
        "bistro.handler('uncaughtExceptionMonitor');"},
    Patch {"internal/process/execution", "    process.emit('uncaughtExceptionMonitor', er, type);",
        " bistro.handledOne(bistroMonitor); const bistroCall = exceptionHandlerState.captureFn !== null ? "
        "bistro.called(process.domain ? 'error' : 'uncaughtException', process.domain?._events?.error ?? "
        "exceptionHandlerState.captureFn) : "
        "bistro.handler('uncaughtException');"},
    Patch {"internal/process/execution", "          process._exiting = true;",
        " const bistroExit = bistro.handler('exit');"},
    Patch {"internal/process/execution", "          process.emit('exit', kGenericUserError);",
        " bistro.handled(bistroExit);"},
    Patch {"internal/process/execution", "      return false;\n    }", " bistro.handledOne(bistroCall);"},
    Patch {"internal/process/per_thread", "      process._exiting = true;",
        " const bistro = require('internal/async_hooks').bistro; const bistroExit = bistro.handler('exit');"},
    Patch {"internal/process/per_thread", "      process.emit('exit', process.exitCode || kNoFailure);",
        " bistro.handled(bistroExit);"},
    Patch {"internal/process/promises", "const { isErrorStackTraceLimitWritable } = require('internal/errors');",
        " const { bistro } = require('internal/async_hooks'); let bistroCall = 0;"},
    Patch {"internal/process/promises", "    const { promise, warning } = ArrayPrototypeShift(asyncHandledRejections);",
        " bistroCall = bistro.handler('rejectionHandled', promise);"},
    Patch {
        "internal/process/promises", "      process.emitWarning(warning);\n    }", " bistro.handledOne(bistroCall);"},
    Patch {"internal/process/promises", "const emitUnhandledRejection = (promise, promiseInfo) => {",
        " bistroCall = promiseInfo.domain ? bistro.called('error', promiseInfo.domain._events?.error, promise) : "
        "bistro.handler('unhandledRejection', promise);"},
    Patch {"internal/process/promises",
        "      needPop = unhandledRejectionsMode(promise, promiseInfo, promiseAsyncId);\n    } finally {",
        " bistro.handledOne(bistroCall);"},
    Patch {"internal/process/execution", "    // cached on the native side.\n    clearAsyncIdStack();",
        " require('internal/async_hooks').bistro.cleared();"},
    Patch {"internal/process/warning", "function doEmitWarning(warning) {",
        " const bistro = require('internal/async_hooks').bistro; bistro.warning(warning); const bistroCall = "
        "bistro.handler('warning');"},
    Patch {"internal/process/warning", "  process.emit('warning', warning);", " bistro.handled(bistroCall);"},
    Patch {"internal/modules/run_main", "const useESMLoader = shouldUseESMLoader(resolvedMain);",
        " require('internal/async_hooks').bistro.entry(resolvedMain ?? main, useESMLoader);"},

    Patch {"net", "const kBytesRead = Symbol('kBytesRead');", kTake},
    Patch {"net", "  const listeningId = self._listeningId;", " const bistroPlace = bistro.place();"},
    Patch {"net", "      addressType = ip ? addressType : 4;", " bistro.goesOn(bistroPlace);"},
    Patch {"net",
        "      listenInCluster(self, ip, port, addressType,\n                      backlog, undefined, exclusive, "
        "flags);",
        " bistro.goesOn(0);"},

    Patch {"internal/worker", "const kHandle = Symbol('kHandle');", kTake},
    Patch {"internal/worker", "    if (this[kHandle].invalidExecArgv) {", " bistro.worker(0);"},
    Patch {"internal/worker", "    if (this[kHandle].invalidNodeOptions) {", " bistro.worker(0);"},
    Patch {"internal/worker", "    this[kHandle].startThread();", " bistro.worker(this[kHandle].getAsyncId());"},
    Patch {"internal/worker", "  [kOnExit](code, customErr, customErrReason) {",
        " bistro.workerEnded(this[kHandle].getAsyncId(), code);"},
    Patch {"internal/worker", "    this[kHandle].ref();", " bistro.workerRef(this[kHandle].getAsyncId(), true);"},
    Patch {"internal/worker", "    this[kHandle].unref();", " bistro.workerRef(this[kHandle].getAsyncId(), false);"},

    Patch {"_http_server", "  state.incoming.push(req);",
        " bistroRequests.set(req, bistro.requestIn(socket._handle?.getAsyncId?.(), req.method, req.url));"},
    Patch {"_http_server", "function resOnFinish(req, res, socket, state, server) {",
        " bistro.requestEnd(bistroRequests.get(req), false, res.statusCode);"},
    Patch {"_http_server", "const kServerResponse = Symbol('ServerResponse');",
        " const { bistro } = require('internal/async_hooks'); const bistroRequests = new primordials.SafeWeakMap();"},
    Patch {"_http_client", "const kError = Symbol('kError');",
        " const { bistro } = require('internal/async_hooks'); const bistroRequests = new primordials.SafeWeakMap();"},
    Patch {"_http_client", "function tickOnSocket(req, socket) {",
        " bistroRequests.set(req, bistro.requestOut(socket._handle?.getAsyncId?.(), req.method, req.path));"},
    Patch {"_http_client", "function responseOnEnd() {\n  const req = this.req;",
        " bistro.requestEnd(bistroRequests.get(req), true, this.statusCode);"},
};

} // namespace

bool patchBuiltin(std::string_view id, std::string& source)
{
    bool whole = true;
    for (const Patch& patch : kPatches) {
        if (patch.builtin != id)
            continue;
        const std::size_t found = source.find(patch.after);
        if (found == std::string::npos || source.find(patch.after, found + 1) != std::string::npos) {
            whole = false;
            continue;
        }
        std::string line(patch.insert);
        if (const std::size_t mark = line.find('@'); mark != std::string::npos)
            line.replace(mark, 1, probeName());
        source.insert(found + patch.after.size(), line);
    }
    return whole;
}

bool isPatched(std::string_view id)
{
    return std::ranges::any_of(kPatches, [id](const Patch& patch) { return patch.builtin == id; });
}

bool unpatch(std::string& source)
{
    bool changed = false;
    for (const Patch& patch : kPatches) {
        for (std::size_t found = source.find(patch.insert); found != std::string::npos;
            found = source.find(patch.insert)) {
            source.erase(found, patch.insert.size());
            changed = true;
        }
    }
    return changed;
}

} // namespace bistro
