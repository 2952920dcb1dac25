// What keeps programs in, as learners call it: what it guards, not what the kernel calls its parts. Any thread.
#pragma once

#include "sandbox/kernel.h"

#include <QString>
#include <QStringList>

namespace bistro::ui {

// "The sandbox guards your files, the network, …": of the walls as sandbox::wallsOf() and a trace name them, with
// ", " between them. What is not known here is called as they do.
[[nodiscard]] QString guardedBy(const QString& walls);
// What a program could do here, since this kernel lacks a part: a sentence each.
[[nodiscard]] QStringList unguardedBy(const sandbox::Kernel& kernel);

} // namespace bistro::ui
