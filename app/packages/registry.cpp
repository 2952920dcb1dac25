#include "packages/registry.h"

#include "confine/environment.h"

#include <QFile>
#include <QUrl>

#include <algorithm>
#include <array>
#include <map>
#include <system_error>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

constexpr QLatin1StringView kDefault = "https://registry.npmjs.org/"_L1;
// Of an .npmrc: nothing that is a secret, runs a program, or leads elsewhere.
constexpr std::array kTaken {"registry"_L1, "proxy"_L1, "http-proxy"_L1, "https-proxy"_L1, "noproxy"_L1, "cafile"_L1,
    "strict-ssl"_L1, "ca"_L1, "ca[]"_L1};
constexpr std::array kProxies {"proxy"_L1, "http-proxy"_L1, "https-proxy"_L1};
constexpr std::array kProxyVariables {"http_proxy"_L1, "https_proxy"_L1, "all_proxy"_L1};
constexpr std::array kFileVariables {
    "node_extra_ca_certs"_L1, "ssl_cert_file"_L1, "ssl_cert_dir"_L1, "npm_config_cafile"_L1};
constexpr qint64 kLongestFile = 64 * 1024; // bytes

// By names in small letters: npm's own are read in any case.
using Variables = std::map<QString, QString>;

Variables variablesOf(std::span<const std::string> environment)
{
    Variables found;
    for (const std::string& text : environment) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || looksSecret(text.substr(0, equals), text.substr(equals + 1)))
            continue; // npm will not have it either
        found.emplace(
            QString::fromStdString(text.substr(0, equals)).toLower(), QString::fromStdString(text.substr(equals + 1)));
    }
    return found;
}

struct Setting {
    QString name;
    QString value;
};

std::vector<Setting> settingsOf(const fs::path& home)
{
    std::vector<Setting> found;
    QFile file(QFile::decodeName((home / ".npmrc").c_str()));
    if (home.empty() || file.size() > kLongestFile || !file.open(QIODevice::ReadOnly))
        return found;
    // npm takes a carriage return alone for the end of a line: what follows one is looked at as well.
    const QString text = QString::fromUtf8(file.readAll()).replace(u'\r', u'\n');
    for (const QString& line : text.split(u'\n')) {
        const qsizetype equals = line.indexOf(u'=');
        if (equals < 1)
            continue;
        const QString name = line.first(equals).trimmed();
        QString value = line.sliced(equals + 1).trimmed();
        if (value.size() > 1 && value.startsWith(u'"') && value.endsWith(u'"'))
            value = value.sliced(1, value.size() - 2);
        const bool ofScope = name.startsWith(u'@') && name.endsWith(":registry"_L1);
        if ((ofScope || std::ranges::contains(kTaken, name)) && !looksSecret("url", value.toStdString()))
            found.push_back({.name = name, .value = value});
    }
    return found;
}

void reach(Registry& registry, const QString& address)
{
    const QUrl url(address.contains("://"_L1) ? address : u"http://"_s + address);
    if (url.host().isEmpty())
        return;
    const int port = url.port(url.scheme() == "https"_L1 ? 443 : 80);
    const sandbox::Host host {
        .name = url.host(QUrl::EncodeUnicode).toLower().toStdString(), .port = static_cast<std::uint16_t>(port)};
    if (!std::ranges::contains(registry.hosts, host))
        registry.hosts.push_back(host);
    registry.names.append(url.host());
}

void read(Registry& registry, const QString& name)
{
    std::error_code error;
    const fs::path path = name.toStdString();
    if (path.is_absolute() && fs::exists(path, error))
        registry.files.push_back(path);
}

} // namespace

Registry registryFrom(std::span<const std::string> environment, const fs::path& home)
{
    Registry registry;
    const Variables variables = variablesOf(environment);
    const auto variable = [&](QLatin1StringView name) {
        const auto found = variables.find(name);
        return found == variables.end() ? QString() : found->second;
    };
    QString address = variable("npm_config_registry"_L1);
    for (const Setting& setting : settingsOf(home)) {
        registry.settings += setting.name + u'=' + setting.value + u'\n';
        if (setting.name == "registry"_L1 && address.isEmpty())
            address = setting.value;
        else if (setting.name.endsWith(":registry"_L1) || std::ranges::contains(kProxies, setting.name))
            reach(registry, setting.value);
        else if (setting.name == "cafile"_L1)
            read(registry, setting.value);
    }
    if (address.isEmpty())
        address = kDefault;
    registry.host = QUrl(address).host();
    reach(registry, address);
    for (const QLatin1StringView name : kProxyVariables)
        reach(registry, variable(name));
    for (const QLatin1StringView name : kProxies)
        reach(registry, variable(QLatin1StringView("npm_config_" + QByteArray(name.data()).replace('-', '_'))));
    for (const QLatin1StringView name : kFileVariables)
        read(registry, variable(name));
    return registry;
}

} // namespace bistro::app
