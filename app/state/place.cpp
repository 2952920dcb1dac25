#include "state/place.h"

#include "state/owner.h"

namespace bistro::app {

using namespace trace;

CodePlace placeOfFrame(const TraceLog& log, StackId id)
{
    if (!id)
        return {};
    const Frame frame = log.frame(id);
    return {.frame = id,
        .function = log.text(frame.function),
        .script = log.text(frame.script),
        .line = frame.line,
        .column = frame.column};
}

CodePlace learnersPlace(const TraceLog& log, StackId stack)
{
    return placeOfFrame(log, summaryOf(log, stack).program);
}

std::string_view fileName(std::string_view script)
{
    return script.substr(script.rfind('/') + 1);
}

std::string placeText(const CodePlace& place)
{
    if (!place)
        return {};
    std::string text(fileName(place.script));
    if (place.line != 0)
        text += ':' + std::to_string(place.line);
    if (place.line != 0 && place.column != 0)
        text += ':' + std::to_string(place.column);
    return text;
}

} // namespace bistro::app
