// What a require asks for: a package, a module of Node's, or one that was meant.
#include "source/nodemodules.h"

#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

} // namespace

class TestNodeModules : public QObject {
    Q_OBJECT

private slots:
    void aNameThatIsAlmostOneOfNodesMeansThat_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("meant");
        for (const auto& [name, meant] : {std::pair("htpp", "http"), {"FS", "fs"}, {"sf", "fs"}, {"Http", "http"},
                 {"paht", "path"}, {"crypt", "crypto"}, {"event", "events"}, {"stream-web", "stream/web"},
                 {"child-process", "child_process"}, {"worker_thread", "worker_threads"}, {"fs/promise", "fs/promises"},
                 {"utill", "util"}})
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(meant);
        for (const char* const package : {"express", "ws", "utils", "async", "got", "pg", "jest", "fs-extra",
                 "http-proxy", "fs", "path", "lodash", "vue", "ms", "dotenv", "sqlite", "consola", "pathe"})
            QTest::newRow(package) << QString::fromLatin1(package) << QString();
    }
    void aNameThatIsAlmostOneOfNodesMeansThat()
    {
        QFETCH(QString, name);
        QFETCH(QString, meant);
        QCOMPARE(text(nodeModuleLike(name.toStdString())), meant);
    }

    void aRequestNamesAPackageOrNone_data()
    {
        QTest::addColumn<QString>("request");
        QTest::addColumn<QString>("package");
        QTest::newRow("a package") << u"express"_s << u"express"_s;
        QTest::newRow("a part of it") << u"lodash/fp"_s << u"lodash"_s;
        QTest::newRow("one with a scope") << u"@cafe/beans"_s << u"@cafe/beans"_s;
        QTest::newRow("a part of that") << u"@cafe/beans/dark.js"_s << u"@cafe/beans"_s;
        for (const auto& other :
            {u"./soup"_s, u"../soup"_s, u"/soup"_s, u"fs"_s, u"fs/promises"_s, u"@cafe"_s, u"@/soup"_s, u"#own"_s,
                u"my soup"_s, u"soup;rm"_s, u"-g"_s, u".hidden"_s, u"node_modules"_s, u""_s, u"a\nb"_s})
            QTest::newRow(qPrintable(u"none: "_s + other)) << other << QString();
    }
    void aRequestNamesAPackageOrNone()
    {
        QFETCH(QString, request);
        QFETCH(QString, package);
        const std::string asked = request.toStdString();
        QCOMPARE(text(packageAskedFor(asked)), package);
    }
};

QTEST_APPLESS_MAIN(TestNodeModules)
#include "tst_nodemodules.moc"
