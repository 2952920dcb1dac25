#include "text/catalogue.h"

#include <QCoreApplication>
#include <QTranslator>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

void install(const QString& file)
{
    auto* const translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(file))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

void installCatalogues()
{
    install(u":/translations/bistro_en.qm"_s);
    if (const QString own = qEnvironmentVariable("BISTRO_CATALOGUE"); !own.isEmpty())
        install(own); // the latest is asked first
}

} // namespace bistro::app
