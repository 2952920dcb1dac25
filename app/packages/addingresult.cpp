#include "packages/addingresult.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

struct AddingWords {
    Q_DECLARE_TR_FUNCTIONS(Adding)
};

constexpr std::array kNoNetwork {"ENOTFOUND"_L1, "EAI_AGAIN"_L1, "ECONNREFUSED"_L1, "ECONNRESET"_L1, "ETIMEDOUT"_L1,
    "ENETUNREACH"_L1, "EHOSTUNREACH"_L1, "ERR_SOCKET_TIMEOUT"_L1, "FETCH_ERROR"_L1, "EIDLETIMEOUT"_L1, "EPIPE"_L1,
    "ECONNABORTED"_L1, "EADDRNOTAVAIL"_L1};
constexpr std::array kUntrusted {"SELF_SIGNED_CERT_IN_CHAIN"_L1, "DEPTH_ZERO_SELF_SIGNED_CERT"_L1,
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE"_L1, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"_L1, "UNABLE_TO_GET_ISSUER_CERT"_L1,
    "CERT_HAS_EXPIRED"_L1, "ERR_TLS_CERT_ALTNAME_INVALID"_L1};
constexpr std::array kNoRoom {"ENOSPC"_L1, "EDQUOT"_L1};
constexpr std::array kNoRight {"EACCES"_L1, "EPERM"_L1, "EROFS"_L1};
constexpr std::array kDamaged {"EINTEGRITY"_L1, "TAR_BAD_ARCHIVE"_L1, "TAR_ABORT"_L1, "TAR_ENTRY_ERROR"_L1};

template <typename Codes>
bool isOf(const QString& code, const Codes& codes)
{
    return std::ranges::contains(codes, code);
}

QString matched(const QString& text, const QString& pattern)
{
    return QRegularExpression(pattern).match(text).captured(1);
}

QStringList namesIn(const QJsonValue& list)
{
    QStringList names;
    for (const auto& each : list.toArray())
        names.append(each.toString());
    return names;
}

QString askedNames(const AddingPlace& place)
{
    QStringList names;
    for (const AskedPackage& each : place.packages)
        names.append(each.text());
    return names.isEmpty() ? AddingWords::tr("the packages of package.json") : names.join(u", "_s);
}

// The package that a line of npm's is about; else what was asked for.
QString packageIn(const QString& heard, const QString& pattern, const AddingPlace& place)
{
    const QString found = matched(heard, pattern);
    return found.isEmpty() ? askedNames(place) : found;
}

bool isAsked(const QString& name, const AddingPlace& place)
{
    return std::ranges::contains(place.packages, name, &AskedPackage::name);
}

QString noPackage(const QString& heard, const AddingPlace& place)
{
    QString name = matched(heard, u"'(@?[^'@]+)(?:@[^']*)?' is not in (?:this|the npm) registry"_s);
    if (name.isEmpty())
        name = askedNames(place);
    return place.packages.isEmpty() || isAsked(name, place) || name == askedNames(place)
        ? AddingWords::tr("There is no package %1 in the registry. Check how it is spelled.").arg(name)
        : AddingWords::tr("%1 needs the package %2, and the registry has none of that name.")
              .arg(askedNames(place), name);
}

QString noVersion(const QString& heard, const AddingPlace& place)
{
    static const QRegularExpression said(u"No matching version found for (@?[^@\\s]+)@(\\S+?)\\.?(?:\\n|$)"_s);
    const auto match = said.match(heard);
    if (!match.hasMatch())
        return AddingWords::tr("The registry has no such version of %1.").arg(askedNames(place));
    return AddingWords::tr("%1 has no version %2. Leave the version out to get the newest one.")
        .arg(match.captured(1), match.captured(2));
}

QString noNetwork(const QString& code, const QString& heard, const AddingPlace& place)
{
    const QUrl address(matched(heard, u"request to (\\S+) failed"_s));
    const QString host = address.host().isEmpty() ? place.registry.host : address.host();
    if (!place.registry.names.contains(host) && !place.allowedHosts.contains(host))
        return AddingWords::tr(
            "A setting in this folder sends npm to %1, which programs here may not reach. If you trust "
            "that, type: bistro sandbox allow host %1")
            .arg(host);
    return AddingWords::tr("npm can't reach the registry %1 (%2). Check the network, then try again.").arg(host, code);
}

QString refusedBy(const QString& code, const QString& heard, const AddingPlace& place)
{
    const QString name = QUrl::fromPercentEncoding(
        packageIn(heard, u"%1 .*- GET \\S*/([^/\\s]+)"_s.arg(code.sliced(1)), place).toUtf8());
    if (code == "E401"_L1 || code == "E403"_L1 || code == "ENEEDAUTH"_L1 || code == "E407"_L1)
        return AddingWords::tr("The registry %1 refuses to give %2 away. If it wants a login, add the package with npm "
                               "in a terminal: Bistro hands over no logins.")
            .arg(place.registry.host, name);
    return AddingWords::tr("The registry %1 answers with an error of its own (%2). Try again later.")
        .arg(place.registry.host, code.sliced(1));
}

QString whyNot(const QString& code, const QString& heard, const AddingPlace& place)
{
    static const QRegularExpression answer(u"^E[45]\\d\\d$"_s);
    if (code == "E404"_L1)
        return noPackage(heard, place);
    if (code == "ETARGET"_L1)
        return noVersion(heard, place);
    if (answer.match(code).hasMatch())
        return refusedBy(code, heard, place);
    if (isOf(code, kNoNetwork) || (isOf(code, kNoRight) && heard.contains("network request to"_L1)))
        return noNetwork(code, heard, place);
    if (isOf(code, kUntrusted))
        return AddingWords::tr(
            "The certificate of %1 is not one that this computer trusts (%2). Behind a proxy, name its "
            "certificate in NODE_EXTRA_CA_CERTS.")
            .arg(place.registry.host, code);
    if (isOf(code, kNoRoom))
        return AddingWords::tr("The disk is full. Make room, then try again.");
    if (isOf(code, kDamaged) || code.startsWith("Z_"_L1))
        return AddingWords::tr("What the registry sent for %1 is damaged. Try again later, or ask for another version.")
            .arg(packageIn(heard, u"tarball data for (@?[^@\\s]+)"_s, place));
    if (code == "EJSONPARSE"_L1)
        return AddingWords::tr("package.json in %1 is not valid JSON. Mend it, then try again.").arg(place.folder);
    if (code == "ERESOLVE"_L1)
        return AddingWords::tr(
            "%1 does not go together with packages that are here. npm says above which. Ask for another "
            "version.")
            .arg(askedNames(place));
    if (heard.contains("command failed"_L1))
        return AddingWords::tr("The install script of %1 failed. What it printed stands above.")
            .arg(packageIn(heard, u"(?:error|ERR!) path \\S*/node_modules/(\\S+)"_s, place));
    if (isOf(code, kNoRight))
        return AddingWords::tr("npm may not write in %1. Check who owns what lies there.").arg(place.folder);
    return AddingWords::tr("npm can't add %1. What it says stands above.").arg(askedNames(place));
}

// Of one that was killed, package.json was to be put back.
QString withWhatStays(const QString& text, const QJsonObject& object)
{
    if (!object["stays"_L1].toBool())
        return text;
    return text + u' '
        + AddingWords::tr("Somebody has changed package.json meanwhile, so Bistro leaves it as it is now.");
}

QString asBefore(const QString& why, const AddingPlace& place)
{
    return AddingWords::tr("%1 Nothing has changed in %2.").arg(why, place.folder);
}

// What was asked for, with the versions that came: "spoon 2.0.0".
struct Came {
    QStringList fresh;
    QStringList there;
};

Came cameOf(const QJsonValue& now)
{
    Came came;
    for (const auto& each : now.toArray()) {
        const QJsonObject one = each.toObject();
        const QString text = one["name"_L1].toString() + u' ' + one["version"_L1].toString();
        (one["came"_L1].toBool() ? came.fresh : came.there).append(text.trimmed());
    }
    return came;
}

QString addedText(const QJsonObject& object, const AddingPlace& place)
{
    const Came came = cameOf(object["now"_L1]);
    const int others = object["others"_L1].toInt();
    QStringList sentences;
    if (!came.fresh.isEmpty())
        sentences.append(AddingWords::tr("Added %1 to %2.").arg(came.fresh.join(u", "_s), place.folder));
    if (!came.there.isEmpty())
        sentences.append(AddingWords::tr("%1 was there already, in %2.").arg(came.there.join(u", "_s), place.folder));
    if (place.packages.isEmpty() && others == 0)
        sentences.append(AddingWords::tr("All packages of package.json are in %1.").arg(place.folder));
    else if (place.packages.isEmpty())
        sentences.append(AddingWords::tr("Added %n packages to %1.", nullptr, others).arg(place.folder));
    else if (others > 0)
        sentences.append(AddingWords::tr("%n more packages came along.", nullptr, others));
    if (object["made"_L1].toBool())
        sentences.append(AddingWords::tr("Bistro made a package.json, since there was none."));
    if (const QStringList ran = namesIn(object["ran"_L1]); !ran.isEmpty())
        sentences.append(AddingWords::tr("The install scripts of %1 have run now.").arg(ran.join(u", "_s)));
    const QStringList scripts = namesIn(object["scripts"_L1]);
    if (!scripts.isEmpty())
        sentences.append(AddingWords::tr("The install scripts of %1 did not run, since any program could be in them.")
                .arg(scripts.join(u", "_s)));
    return sentences.join(u' ');
}

} // namespace

std::optional<AddingResult> resultFrom(const QByteArray& line, const AddingPlace& place)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject())
        return {};
    const QJsonObject object = document.object();
    if (object["ok"_L1].toBool())
        return AddingResult {.added = true,
            .text = withWhatStays(addedText(object, place), object),
            .leftOut = namesIn(object["scripts"_L1])};
    const QString why = whyNot(object["code"_L1].toString(), object["heard"_L1].toString(), place);
    return AddingResult {.added = false, .text = withWhatStays(asBefore(why, place), object), .leftOut = {}};
}

AddingResult afterPuttingBack(AddingResult result, const QByteArray& line)
{
    result.text = withWhatStays(result.text, QJsonDocument::fromJson(line).object());
    return result;
}

AddingResult resultOf(AddingCut cut, const AddingPlace& place)
{
    const auto why = [&] {
        switch (cut) {
        case AddingCut::Stopped: return AddingWords::tr("You stopped it.");
        case AddingCut::Time:
            return AddingWords::tr("npm took longer than five minutes, so Bistro stopped it. Try again later.");
        case AddingCut::Memory: return AddingWords::tr("npm used more memory than a program here may.");
        case AddingCut::Disk:
            return AddingWords::tr("%1 is larger than Bistro lets a package be.").arg(askedNames(place));
        case AddingCut::Killed: return AddingWords::tr("npm ended before it was done. What it says stands above.");
        }
        return QString();
    };
    return {.added = false, .text = asBefore(why(), place), .leftOut = {}};
}

} // namespace bistro::app
