#include "commands/answer.h"

namespace bistro::app {

int finish(Output& out, TraceLog& trace)
{
    trace.refresh(); // looks at the file once more
    const int written = trace.lost() ? kFailure : out.finish();
    return trace.damage().empty() ? written : complain(trace.damage());
}

} // namespace bistro::app
