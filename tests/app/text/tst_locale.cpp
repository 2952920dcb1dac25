// The locale that Qt finds, and the environment that programs get.
#include "text/locale.h"

#include <QTest>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <langinfo.h>
#include <string>
#include <unistd.h>
#include <vector>

using namespace bistro::app;

namespace {

std::vector<std::string> everyVariable()
{
    std::vector<std::string> all;
    for (char** variable = environ; *variable; ++variable)
        all.emplace_back(*variable);
    std::ranges::sort(all);
    return all;
}

} // namespace

class TestLocale : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        for (const char* const name :
            {"LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_TIME", "LC_NUMERIC", "LC_MESSAGES", "LC_COLLATE"})
            qunsetenv(name);
    }

    void qtFindsUtf8AndProgramsWhatWasSet_data()
    {
        QTest::addColumn<QByteArrayList>("set");
        QTest::newRow("nothing") << QByteArrayList {};
        QTest::newRow("LANG=C") << QByteArrayList {"LANG=C"};
        QTest::newRow("LC_ALL=C") << QByteArrayList {"LANG=C.UTF-8", "LC_ALL=C"};
        QTest::newRow("LC_ALL is empty") << QByteArrayList {"LC_ALL="};
        QTest::newRow("LC_CTYPE=POSIX") << QByteArrayList {"LANG=C.UTF-8", "LC_CTYPE=POSIX"};
        QTest::newRow("not installed") << QByteArrayList {"LANG=xx_XX", "LC_CTYPE=C"};
        QTest::newRow("UTF-8 already") << QByteArrayList {"LANG=C.UTF-8"};
    }

    void qtFindsUtf8AndProgramsWhatWasSet()
    {
        QFETCH(QByteArrayList, set);
        for (const QByteArray& variable : set)
            qputenv(variable.left(variable.indexOf('=')).constData(), variable.mid(variable.indexOf('=') + 1));
        const auto before = everyVariable();
        std::string codeset;
        const int made = inUtf8([&] {
            if (std::setlocale(LC_ALL, "")) // what Qt does
                codeset = nl_langinfo(CODESET);
            return 7;
        });
        QCOMPARE(made, 7);
        QCOMPARE(codeset, "UTF-8");
        QVERIFY(everyVariable() == before);
    }

    void aLocaleInUtf8IsLeftAlone()
    {
        qputenv("LANG", "C.UTF-8");
        const auto before = everyVariable();
        const bool same = inUtf8([&] { return everyVariable() == before; });
        QVERIFY(same);
    }
};

QTEST_GUILESS_MAIN(TestLocale)
#include "tst_locale.moc"
