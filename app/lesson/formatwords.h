// What is said of a lesson's files: each sentence by tr(), in one context.
#pragma once

#include <QCoreApplication>

namespace bistro::app {

struct FormatWords {
    Q_DECLARE_TR_FUNCTIONS(FormatWords)
};

} // namespace bistro::app
