#include "runtime/v8symbols.h"
#include "runtime/versions.h"

#include <QTest>

#include <dlfcn.h>
#include <v8.h>

using namespace bistro;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kShared = "v8dbg_class_JSFunction__shared__SharedFunctionInfo";
constexpr auto kVersion = "11.3.244.8-node.38";

const void* ofLibnode(const char* symbol)
{
    return dlsym(RTLD_DEFAULT, symbol);
}

QString sentenceFor(const v8layout::Found& found)
{
    return QString::fromStdString(misfit(found.requirements));
}

} // namespace

class tst_Versions : public QObject {
    Q_OBJECT

private slots:
    void theLibraryThatIsInstalledFits()
    {
        const auto found = v8layout::readV8(v8::V8::GetVersion(), ofLibnode);
        QCOMPARE(sentenceFor(found), QString());
        QVERIFY(found.symbols.queueRing != found.symbols.queueSize);
        QVERIFY(found.symbols.promise > 0 && found.symbols.promise != found.symbols.function);
    }

    void anotherVersionOfV8IsNamedWithWhatToDo()
    {
        QCOMPARE(sentenceFor(v8layout::readV8("12.4.254.21-node.33", ofLibnode)),
            u"bistro-engine: V8 is 12.4.254.21-node.33 here, not 11.3.244.8, and nothing can be recorded with it; "
            "install Node 20 as a library, with V8 11.3.244.8, and libuv 1.50, as Debian 13 has them (libnode115, "
            "libuv1t64)."_s);
    }

    void aFieldThatLiesElsewhereIsNamed()
    {
        static constexpr int elsewhere = 16;
        const auto found = v8layout::readV8(kVersion, [](const char* symbol) -> const void* {
            return std::string_view(symbol) == kShared ? &elsewhere : ofLibnode(symbol);
        });
        QVERIFY(sentenceFor(found).startsWith(
            u"bistro-engine: v8dbg_class_JSFunction__shared__SharedFunctionInfo is 16 here, not 24, and "_s));
    }

    // One that is compared, one that is only read, one of another width.
    void aSymbolThatIsNotThereIsNamed_data()
    {
        QTest::addColumn<QByteArray>("missing");
        QTest::addColumn<QString>("start");
        QTest::newRow("compared") << QByteArray(kShared)
                                  << u"bistro-engine: "_s + QLatin1StringView(kShared) + u" is missing here, not 24"_s;
        const QByteArray type = "v8dbg_type_JSPromise__JS_PROMISE_TYPE";
        QTest::newRow("read") << type
                              << u"bistro-engine: "_s + QLatin1StringView(type) + u" is missing here, not there"_s;
        const QByteArray offset = "_ZN2v88internal14MicrotaskQueue17kRingBufferOffsetE";
        QTest::newRow("offset") << offset
                                << u"bistro-engine: "_s + QLatin1StringView(offset) + u" is missing here, not there"_s;
    }
    void aSymbolThatIsNotThereIsNamed()
    {
        QFETCH(const QByteArray, missing);
        QFETCH(const QString, start);
        const auto found = v8layout::readV8(
            kVersion, [&](const char* symbol) { return missing == symbol ? nullptr : ofLibnode(symbol); });
        QVERIFY2(sentenceFor(found).startsWith(start), qPrintable(sentenceFor(found)));
    }

    void aVersionIsThatOneOrSaysMoreOfIt()
    {
        QVERIFY(isVersion("1.50.0", kUvVersion));
        QVERIFY(isVersion("20", kNodeVersion));
        QVERIFY(isVersion("20.19.2", kNodeVersion));
        QVERIFY(isVersion("11.3.244.8-node.38", kV8Version));
        QVERIFY(!isVersion("1.501.0", kUvVersion));
        QVERIFY(!isVersion("1.5", kUvVersion));
        QVERIFY(!isVersion("200.1.0", kNodeVersion));
        QVERIFY(!isVersion("11.3.244.80", kV8Version));
    }

    void theFirstThatDiffersIsTold()
    {
        const std::vector<Requirement> all {versionRequirement("libuv", kUvVersion, "1.50.0"),
            versionRequirement("Node", kNodeVersion, "24.1.0"), versionRequirement("V8", kV8Version, "13.6")};
        QVERIFY(misfit(all).starts_with("bistro-engine: Node is 24.1.0 here, not 20, "));
        QCOMPARE(misfit(std::span(all).first(1)), std::string());
    }
};

QTEST_GUILESS_MAIN(tst_Versions)
#include "tst_versions.moc"
