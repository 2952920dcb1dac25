// Node's cache of the code of its own modules. Node fills it as it loads each of them, which is a tenth of a start-up;
// only the threads of workers read it. In this process the modules that the main thread loads come in when the first
// worker is started.
#pragma once

namespace bistro {

// Before a worker's thread is made, in the thread that asks for it, which has its isolate entered. The program's clock
// stands meanwhile: under node this was done at the start.
void fillCodeCache();

} // namespace bistro
