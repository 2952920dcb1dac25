#include "sandbox/kernel.h"

#include <QFile>
#include <QTest>

#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

using namespace bistro::sandbox;
using namespace Qt::StringLiterals;

namespace {

QByteArray lineOfStatus(const char* name)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return {};
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith(name))
            return line;
    return {};
}

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const std::string& word : words)
        out += word + '|';
    return out;
}

} // namespace

class TestKernel : public QObject {
    Q_OBJECT

private slots:
    void landlockIsWhatTheKernelSays()
    {
        const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
        QCOMPARE(thisKernel().landlock, std::max(0, static_cast<int>(abi)));
    }

    void filtersAreThereWhereTheKernelNamesTheirAnswers()
    {
        QFile answers(u"/proc/sys/kernel/seccomp/actions_avail"_s);
        if (!answers.open(QIODevice::ReadOnly))
            QSKIP("this kernel doesn't say which answers its filters have");
        const QByteArray names = answers.readAll();
        QCOMPARE(thisKernel().filters, names.contains("errno"));
        if (!names.contains("user_notif"))
            QVERIFY(!thisKernel().asks);
        else if (!thisKernel().asks)
            QSKIP("this computer keeps processes from taking descriptors over, or from filters with a listener");
    }

    void askingChangesNothing()
    {
        const QByteArray before = lineOfStatus("Seccomp:") + lineOfStatus("NoNewPrivs:");
        const Kernel first = thisKernel();
        QCOMPARE(lineOfStatus("Seccomp:") + lineOfStatus("NoNewPrivs:"), before);
        QVERIFY(thisKernel() == first);
    }

    void whatIsThereAndWhatIsMissingIsSaid_data()
    {
        QTest::addColumn<int>("landlock");
        QTest::addColumn<bool>("filters");
        QTest::addColumn<bool>("asks");
        QTest::addColumn<QString>("walls");
        QTest::addColumn<QString>("missing");
        const QString files = u"without Landlock, the program can read and change all of your files|"_s;
        const QString calls
            = u"without seccomp, the program can reach the network, and change files that it may only read|"_s;
        const QString signal = u"without Landlock 6, the program can end your other programs|"_s;
        const QString questions
            = u"without seccomp's questions, the program can use no network and start no other program|"_s;
        QTest::newRow("all") << 7 << true << true << u"Landlock 7|system calls|network|signals|"_s << QString();
        QTest::newRow("Debian 12") << 2 << true << true << u"Landlock 2|system calls|network|signals|"_s << QString();
        QTest::newRow("no Landlock") << 0 << true << true << u"system calls|network|signals|"_s << files;
        QTest::newRow("no questions") << 4 << true << false << u"Landlock 4|system calls|"_s << questions;
        QTest::newRow("no filters") << 6 << false << false << u"Landlock 6|signals|"_s << calls;
        QTest::newRow("nothing") << 0 << false << false << QString() << files + calls + signal;
    }

    void whatIsThereAndWhatIsMissingIsSaid()
    {
        QFETCH(const int, landlock);
        QFETCH(const bool, filters);
        QFETCH(const bool, asks);
        const Kernel kernel {.landlock = landlock, .filters = filters, .asks = asks};
        QTEST(QString::fromStdString(joined(wallsOf(kernel))), "walls");
        QTEST(QString::fromStdString(joined(missingOf(kernel))), "missing");
    }
};

QTEST_APPLESS_MAIN(TestKernel)
#include "tst_kernel.moc"
