#include "workspace/recovery.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace bistro::app;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// A window that types a letter every 20 ms and says each on its output, until it is killed.
int typist(const QString& folder, int output)
{
    int argc = 0;
    QCoreApplication application(argc, nullptr);
    auto recovery = Recovery::open(folder);
    if (!recovery)
        return 1;
    QString text;
    QTimer keys;
    QObject::connect(&keys, &QTimer::timeout, &application, [&] {
        text += u'x';
        (void)!::write(output, "x", 1);
        (*recovery)->changed(u"program"_s, {u"/home/ada/program.js"_s, u"program.js"_s}, [&text] { return text; });
    });
    keys.start(20ms);
    return QCoreApplication::exec();
}

} // namespace

class TestRecovery : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aWindowThatIsKilledLosesAtMostTwoSeconds()
    {
        int keys[2];
        QCOMPARE(::pipe(keys), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(keys[0]);
            const QByteArray folder = QFile::encodeName(m_folder->path());
            const QByteArray fd = QByteArray::number(keys[1]);
            // A program of its own: half of a forked Qt would be ours.
            ::execl("/proc/self/exe", "typist", "--typist", folder.constData(), fd.constData(), nullptr);
            ::_exit(127);
        }
        ::close(keys[1]);
        QList<qint64> times; // of each key
        QElapsedTimer clock;
        clock.start();
        char letter = 0;
        while (clock.elapsed() < 3'000 && ::read(keys[0], &letter, 1) == 1)
            times.append(clock.elapsed());
        ::kill(child, SIGKILL);
        const qint64 killed = clock.elapsed();
        ::waitpid(child, nullptr, 0);
        ::close(keys[0]);
        QVERIFY2(times.size() > 20, qPrintable(QString::number(times.size())));

        const auto recovery = Recovery::open(m_folder->path());
        QVERIFY(recovery);
        const auto copies = (*recovery)->adopt();
        QCOMPARE(copies.size(), 1);
        QCOMPARE(copies.first().path, u"/home/ada/program.js"_s);
        const auto older = std::ranges::count_if(times, [killed](qint64 time) { return time < killed - 2'000; });
        QVERIFY2(
            copies.first().text.size() >= older, qPrintable(u"%1 of %2"_s.arg(copies.first().text.size()).arg(older)));
        QVERIFY(older > 0);
        // Adopted is not lost should this window be killed before the learner has answered, and not offered twice.
        QVERIFY((*recovery)->adopt().isEmpty());
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
    }

    void whatALivingWindowKeepsIsNotTaken()
    {
        auto one = Recovery::open(m_folder->path());
        auto two = Recovery::open(m_folder->path());
        QVERIFY(one && two);
        (*one)->changed(u"a"_s, {{}, u"untitled"_s}, [] { return u"of one"_s; });
        (*one)->flush();
        QVERIFY((*two)->adopt().isEmpty());
    }

    void whatAClosedWindowHadNotSavedIsOfferedOnce()
    {
        {
            auto one = Recovery::open(m_folder->path());
            (*one)->changed(
                u"a"_s, {{}, u"untitled"_s}, [] { return u"tab\tand é \n and half a pair: "_s + QChar(0xd800); });
            (*one)->changed(u"b"_s, {u"/b.js"_s, u"b.js"_s}, [] { return u"saved"_s; });
            (*one)->flush();
            (*one)->forget(u"b"_s);
        }
        auto two = Recovery::open(m_folder->path());
        const auto copies = (*two)->adopt();
        QCOMPARE(copies.size(), 1);
        QCOMPARE(copies.first().text, u"tab\tand é \n and half a pair: "_s + QChar(0xd800));
        (*two)->forget(copies.first().id);
        two = {};
        auto three = Recovery::open(m_folder->path());
        QVERIFY((*three)->adopt().isEmpty());
    }

    void aFolderThatCannotBeMadeIsSaidSo()
    {
        const QString file = m_folder->filePath(u"file"_s);
        QFile made(file);
        QVERIFY(made.open(QIODevice::WriteOnly));
        const auto recovery = Recovery::open(file + u"/recovery"_s);
        QVERIFY(!recovery);
        QVERIFY(recovery.error().contains(u"you lose"_s));
    }

    void aCopyThatCannotBeWrittenIsSaidSoOnce()
    {
        auto recovery = Recovery::open(m_folder->path());
        QSignalSpy failed(recovery->get(), &Recovery::failed);
        QDir own(m_folder->path() + u'/' + QDir(m_folder->path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).first());
        QVERIFY(own.removeRecursively());
        for (int i = 0; i < 2; ++i) {
            (*recovery)->changed(u"a"_s, {{}, u"untitled"_s}, [] { return u"x"_s; });
            (*recovery)->flush();
            QCoreApplication::processEvents();
        }
        QCOMPARE(failed.size(), 1);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

int main(int argc, char** argv)
{
    if (argc == 4 && qstrcmp(argv[1], "--typist") == 0)
        return typist(QFile::decodeName(argv[2]), atoi(argv[3]));
    QCoreApplication application(argc, argv);
    TestRecovery test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_recovery.moc"
