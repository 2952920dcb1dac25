#include "commands/commands.h"

#include "process/copytrace.h"
#include "process/output.h"
#include "trace/bookmarks.h"
#include "trace/reader.h"

#include <QFile>

namespace bistro::app {

int save(const SaveCommand& command)
{
    // Some of what is no trace could be copied, too.
    if (const auto opened = trace::Reader::open(command.trace, 1); !opened)
        return complain(opened.error().sentence);
    const auto bookmarks = trace::readBookmarks(command.trace).list;
    const QString trace = QFile::decodeName(command.trace.c_str());
    const QString file = QFile::decodeName(command.file.c_str());
    const auto copied = command.withoutValues ? copyTraceWithoutValues(trace, file, bookmarks)
                                              : copyTrace(trace, file, bookmarks).transform([] { return QString(); });
    if (!copied)
        return complain(copied.error().toStdString());
    return copied->isEmpty() ? kSuccess : complain(copied->toStdString());
}

} // namespace bistro::app
