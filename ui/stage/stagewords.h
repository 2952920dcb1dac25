// The context of the texts that the stage and its parts say.
#pragma once

#include <QCoreApplication>

namespace bistro::ui {

struct Stage {
    Q_DECLARE_TR_FUNCTIONS(Stage)
};

} // namespace bistro::ui
