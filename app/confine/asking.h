// What a learner is asked when the sandbox has refused a program something: a value, made of what the trace says of it.
// Whatever comes from the program (names of files and hosts) is shown without what could dress it up as a sentence of
// ours. Looks at the file system; any thread.
#pragma once

#include "confine/permission.h"
#include "confine/workspacefolder.h"
#include "trace/event.h"

#include <QString>

#include <optional>
#include <vector>

namespace bistro::app {

struct Asking {
    // Letters of the question that are set in bold.
    struct Bold {
        qsizetype from = 0;
        qsizetype size = 0;

        bool operator==(const Bold&) const = default;
    };

    Permission permission; // that the answer gives
    QString question; // what the program wants, one sentence, plain text
    std::vector<Bold> bold; // from left to right
    QString why; // why it was refused, or what it takes to allow it; a sentence or two

    bool operator==(const Asking&) const = default;
};

// `subject` is the one of the event, whole: of one that was cut nothing can be asked. `program` is the file that was
// run. Nothing: nobody can allow it (a signal, the inspector, a place that no program may have), or it would change
// nothing, since the workspace is the program's anyway.
//
// Of a file its folder is asked for, since programs rarely want one file alone; where that folder is not the learner's
// own, or hidden, the file alone.
[[nodiscard]] std::optional<Asking> askingFor(trace::Access access, const QString& subject, const QString& program,
    const WorkspaceFolder& workspace, const Surroundings& around);

} // namespace bistro::app
