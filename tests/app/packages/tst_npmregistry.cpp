// Which registry, proxy and certificates npm is told of, and that no login is among them.
#include "app/confine/homefolder.h"
#include "packages/registry.h"

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestNpmRegistry : public QObject {
    Q_OBJECT

    static QStringList hostsOf(const Registry& registry)
    {
        QStringList hosts;
        for (const auto& host : registry.hosts)
            hosts.append(QString::fromStdString(host.name) + u':' + QString::number(host.port));
        hosts.sort();
        return hosts;
    }

private slots:
    void withoutSettingsItIsTheRegistryOfEverybody()
    {
        const Registry registry = registryFrom({}, {});
        QCOMPARE(hostsOf(registry), QStringList {u"registry.npmjs.org:443"_s});
        QCOMPARE(registry.settings, QString());
        QVERIFY(registry.files.empty());
    }

    void whatTheLearnerHasSetCounts()
    {
        const HomeFolder home;
        const auto certificate = HomeFolder::put(home.path() / "company.pem");
        HomeFolder::put(home.path() / ".npmrc",
            "; of the company\nregistry = https://npm.example.org/all/\n@shop:registry=http://shop.example.org:8080\n"
            "https-proxy=http://proxy.example.org:3128\ncafile=\""
                + QByteArray::fromStdString(certificate.string()) + "\"\n");
        const Registry registry = registryFrom({}, home.path());
        QCOMPARE(hostsOf(registry),
            (QStringList {u"npm.example.org:443"_s, u"proxy.example.org:3128"_s, u"shop.example.org:8080"_s}));
        QCOMPARE(registry.host, u"npm.example.org"_s);
        QCOMPARE(registry.files, std::vector {certificate});
        QVERIFY(registry.settings.contains(u"registry=https://npm.example.org/all/\n"_s));
    }

    void theEnvironmentComesFirst()
    {
        const HomeFolder home;
        const auto certificate = HomeFolder::put(home.path() / "own.pem");
        HomeFolder::put(home.path() / ".npmrc", "registry=https://npm.example.org/\n");
        const std::vector<std::string> environment {"NPM_CONFIG_REGISTRY=http://127.0.0.1:4873/",
            "HTTPS_PROXY=http://proxy.example.org:3128", "NODE_EXTRA_CA_CERTS=" + certificate.string()};
        const Registry registry = registryFrom(environment, home.path());
        QCOMPARE(hostsOf(registry), (QStringList {u"127.0.0.1:4873"_s, u"proxy.example.org:3128"_s}));
        QCOMPARE(registry.files, std::vector {certificate});
    }

    void noLineHidesBehindACarriageReturn()
    {
        const HomeFolder home;
        HomeFolder::put(home.path() / ".npmrc",
            "registry=https://npm.example.org/\r//npm.example.org/:_auth=YWRhOnBpZQ==\rscript-shell=/home/ada/sh\r\n"
            "strict-ssl=true\r\n");
        const Registry registry = registryFrom({}, home.path());
        QCOMPARE(registry.settings, u"registry=https://npm.example.org/\nstrict-ssl=true\n"_s);
    }

    void loginsAndProgramsAreLeftOut()
    {
        const HomeFolder home;
        HomeFolder::put(home.path() / ".npmrc",
            "//registry.npmjs.org/:_authToken=npm_abc\n_auth=YWRhOnNlY3JldA==\nemail=ada@example.org\n"
            "https-proxy=http://ada:secret@proxy.example.org:3128\nscript-shell=/tmp/evil\ngit=/tmp/evil\n"
            "ignore-scripts=false\nprefix=/tmp\nnode-options=--require /tmp/evil.js\n");
        const std::vector<std::string> environment {"npm_config_registry=https://ada:secret@npm.example.org/"};
        const Registry registry = registryFrom(environment, home.path());
        QCOMPARE(registry.settings, QString());
        QCOMPARE(hostsOf(registry), QStringList {u"registry.npmjs.org:443"_s});
    }
};

QTEST_GUILESS_MAIN(TestNpmRegistry)
#include "tst_npmregistry.moc"
