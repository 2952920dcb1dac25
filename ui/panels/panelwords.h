// The context of the texts that several panels say.
#pragma once

#include <QCoreApplication>

namespace bistro::ui {

struct Panels {
    Q_DECLARE_TR_FUNCTIONS(Panels)
};

} // namespace bistro::ui
