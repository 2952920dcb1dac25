// Who has something to say in a command of the command line.
#pragma once

#include "text/catalogue.h"
#include "text/locale.h"

#include <QCoreApplication>

#include <clocale>

namespace bistro::app {

// What is put into words asks an application for them. run, which is measured against node, and the start of the window
// make none unless they have to complain.
template <typename Answer>
auto inWords(const Answer& answer)
{
    int count = 1;
    char name[] = "bistro";
    char* arguments[] {name, nullptr};
    const QCoreApplication application = inUtf8([&] { return QCoreApplication(count, arguments); });
    std::setlocale(LC_NUMERIC, "C"); // figures are written the same everywhere
    installCatalogues();
    return answer();
}

} // namespace bistro::app
