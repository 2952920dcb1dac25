// Who has something to say in a command of the command line.
#pragma once

#include "text/catalogue.h"

#include <QCoreApplication>

#include <clocale>
#include <cstdlib>
#include <langinfo.h>
#include <string_view>

namespace bistro::app {

// What is put into words asks an application for them. run, which is measured against node, and the start of the window
// make none unless they have to complain.
template <typename Answer>
auto inWords(const Answer& answer)
{
    // Where the terminal's letters are no UTF-8, Qt takes this one, and says so on standard error.
    std::setlocale(LC_CTYPE, "");
    if (nl_langinfo(CODESET) != std::string_view("UTF-8"))
        setenv("LC_ALL", "C.UTF-8", 1);
    int count = 1;
    char name[] = "bistro";
    char* arguments[] {name, nullptr};
    const QCoreApplication application(count, arguments);
    std::setlocale(LC_NUMERIC, "C"); // figures are written the same everywhere
    installCatalogues();
    return answer();
}

} // namespace bistro::app
