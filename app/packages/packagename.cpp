#include "packages/packagename.h"

#include "source/nodemodules.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

struct PackageNameWords {
    Q_DECLARE_TR_FUNCTIONS(PackageName)
};

} // namespace

std::expected<AskedPackage, QString> packageNamed(const QString& typed)
{
    const QString text = typed.trimmed();
    const qsizetype at = text.indexOf(u'@', 1);
    AskedPackage asked {.name = at < 0 ? text : text.first(at), .version = at < 0 ? QString() : text.sliced(at + 1)};
    static const QRegularExpression version(uR"(^[A-Za-z0-9.^~<>=*+|][A-Za-z0-9.^~<>=*+| -]*$)"_s);
    if (asked.name.startsWith("node:"_L1) || (asked.version.isEmpty() && isNodeModule(asked.name.toStdString()))) {
        const QString module = asked.name.startsWith("node:"_L1) ? asked.name.sliced(5) : asked.name;
        return std::unexpected(
            PackageNameWords::tr("%1 is part of Node and needs no package. Write require('node:%1').").arg(module));
    }
    if (text.contains(u':') || text.startsWith(u'.') || text.startsWith(u'/') || (at < 0 && text.count(u'/') > 1)
        || (text.contains(u'/') && !text.startsWith(u'@')))
        return std::unexpected(
            PackageNameWords::tr("“%1” is an address or a file. Bistro adds packages of the npm registry: write a "
                                 "name, such as express.")
                .arg(text));
    const std::string name = asked.name.toStdString();
    if (name.empty() || (packageAskedFor(name) != name && !isNodeModule(name)))
        return std::unexpected(
            PackageNameWords::tr("“%1” is no name of a package. Write one such as express or express@4.").arg(text));
    if (at >= 0 && !version.match(asked.version).hasMatch())
        return std::unexpected(PackageNameWords::tr("“%1” is no version of %2. Write one such as %2@4 or %2@4.18.2.")
                .arg(asked.version, asked.name));
    return asked;
}

} // namespace bistro::app
