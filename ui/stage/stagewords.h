// The context of the texts that the stage and its parts say.
#pragma once

#include <QCoreApplication>

namespace bistro::ui {

struct Stage {
    Q_DECLARE_TR_FUNCTIONS(Stage)
};

// A program's own name within a sentence. One in letters that are read from the right would take the digits and commas
// beside it to its other side; so it stands by itself (Unicode's FSI and PDI).
[[nodiscard]] QString isolated(const QString& name);

} // namespace bistro::ui
