#include "workspace/textfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestTextFile : public QObject {
    Q_OBJECT

private slots:
    void everyFileIsWrittenBackByteForByteUnlessItWasEdited_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<Encoding>("encoding");
        QTest::addColumn<int>("notices");
        QTest::newRow("empty") << QByteArray() << Encoding::Utf8 << 0;
        QTest::newRow("UTF-8") << QByteArray("caf\xc3\xa9\n\xf0\x9f\x8d\xb2\n") << Encoding::Utf8 << 0;
        QTest::newRow("UTF-8 with a mark") << QByteArray("\xef\xbb\xbflet a\n") << Encoding::Utf8WithMark << 0;
        QTest::newRow("two marks") << QByteArray("\xef\xbb\xbf\xef\xbb\xbflet a\n") << Encoding::Utf8WithMark << 0;
        QTest::newRow("UTF-16, little end first") << QByteArray("\xff\xfel\0e\0\r\0\n\0", 10) << Encoding::Utf16Le << 1;
        QTest::newRow("UTF-16, big end first") << QByteArray("\xfe\xff\0l\0\n", 6) << Encoding::Utf16Be << 1;
        QTest::newRow("half a pair in UTF-16") << QByteArray("\xff\xfe\0\xd8\n\0", 6) << Encoding::Utf16Le << 1;
        QTest::newRow("UTF-16 of an odd length") << QByteArray("\xff\xfel", 3) << Encoding::Latin1 << 1;
        QTest::newRow("invalid UTF-8") << QByteArray("caf\xe9\n\x80\xff") << Encoding::Latin1 << 1;
        QTest::newRow("half a letter at the end") << QByteArray("a\xc3") << Encoding::Latin1 << 1;
        QTest::newRow("surrogates in UTF-8") << QByteArray("\xed\xa0\x80") << Encoding::Latin1 << 1;
        QTest::newRow("NUL") << QByteArray("a\0b\n", 4) << Encoding::Utf8 << 1;
        QTest::newRow("all ends mixed") << QByteArray("a\r\nb\nc\rd\r\r\n\ne\xe2\x80\xa8"
                                                      "f\xe2\x80\xa9g\xef\xb7\x90h\xef\xb7\x91")
                                        << Encoding::Utf8 << 1;
        QTest::newRow("CRLF") << QByteArray("a\r\nb\r\n") << Encoding::Utf8 << 0;
    }

    void everyFileIsWrittenBackByteForByteUnlessItWasEdited()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(Encoding, encoding);
        QFETCH(int, notices);
        const TextFile file = decode(bytes);
        QCOMPARE(file.encoding, encoding);
        QCOMPARE(file.notices().size(), notices);
        QVERIFY(!file.text.contains(u'\r'));
        QCOMPARE(encode(file, file.text).bytes, bytes);
        // Edited and edited back in two steps, as the text travels: still the same file.
        const TextFile edited = decode(encode(file, file.text + u"x"_s).bytes, encoding);
        QCOMPARE(edited.text, file.text + u"x"_s);
        QCOMPARE(encode(edited, file.text).bytes, bytes);
    }

    void anyBytesAreWrittenBack()
    {
        QRandomGenerator random(7);
        for (int i = 0; i < 2'000; ++i) {
            QByteArray bytes(random.bounded(40), Qt::Uninitialized);
            for (char& byte : bytes)
                byte = "\r\n\xff\xfe\xef\xbb\xbf\xe2\x80\xa8\xa9\xc3\0ab"[random.bounded(16)];
            const TextFile file = decode(bytes);
            QCOMPARE(encode(file, file.text).bytes, bytes);
            QCOMPARE(file.lineEnds.size(), file.text.count(u'\n'));
        }
    }

    void linesThatWereNotEditedKeepTheirEnds()
    {
        const TextFile file = decode("a\r\nb\nc\r\nd\r\n");
        QCOMPARE(encode(file, u"a\nB\nB\nc\nd\n"_s).bytes, "a\r\nB\r\nB\nc\r\nd\r\n"_ba);
        QCOMPARE(encode(file, u"a\nd\n"_s).bytes, "a\r\nd\r\n"_ba);
        QCOMPARE(encode(file, QString()).bytes, QByteArray());
    }

    void lettersThatLatin1DoesNotHaveMakeAFileUtf8()
    {
        const Encoded encoded = encode(decode("caf\xe9"), u"café €"_s);
        QCOMPARE(encoded.encoding, Encoding::Utf8);
        QCOMPARE(encoded.bytes, u"café €"_s.toUtf8());
    }

    void foldersDevicesPipesAndHugeFilesAreRefusedBeforeTheyAreRead()
    {
        QTemporaryDir folder;
        QVERIFY(readTextFile(folder.path()).error().contains(u"is a folder"_s));
        QVERIFY(readTextFile(u"/dev/zero"_s).error().contains(u"only ordinary files"_s));
        const QString pipe = folder.filePath(u"pipe"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        QVERIFY(readTextFile(pipe).error().contains(u"only ordinary files"_s)); // and does not wait for a writer
        const QString huge = folder.filePath(u"huge.js"_s);
        put(huge, {});
        QCOMPARE(::truncate(QFile::encodeName(huge).constData(), 2LL << 30), 0);
        QVERIFY2(readTextFile(huge).error().contains(u"2.00 GiB"_s), qPrintable(readTextFile(huge).error()));
        QVERIFY(readTextFile(folder.filePath(u"none"_s)).error().contains(u"No such file"_s));
    }

    void savingKeepsPermissionsAndFollowsLinks()
    {
        QTemporaryDir folder;
        const QString real = folder.filePath(u"real.js"_s);
        const QString link = folder.filePath(u"link.js"_s);
        put(real, "old");
        QFile::setPermissions(real, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QVERIFY(QFile::link(real, link));
        QVERIFY(writeWhole(link, "new").has_value());
        QCOMPARE(contents(real), "new"_ba);
        QVERIFY(QFileInfo(link).isSymLink());
        struct stat status {};
        QCOMPARE(::stat(QFile::encodeName(real).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777, 0700u);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 2);
    }

    void aFileThatCannotBeWrittenWholeStaysAsItWas()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"a.js"_s);
        put(path, "old");
        // A limit on file sizes stands for the full disk: the write ends in the middle.
        rlimit before {};
        ::getrlimit(RLIMIT_FSIZE, &before);
        rlimit small = before;
        small.rlim_cur = 1'000;
        const auto handler = ::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto written = writeWhole(path, QByteArray(5'000, 'x'));
        ::setrlimit(RLIMIT_FSIZE, &before);
        ::signal(SIGXFSZ, handler);
        QVERIFY(!written);
        QVERIFY2(written.error().contains(u"The file is as it was"_s), qPrintable(written.error()));
        QCOMPARE(contents(path), "old"_ba);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList {u"a.js"_s});
    }

    void aFolderIsNotSavedOver()
    {
        QTemporaryDir folder;
        QVERIFY(!writeWhole(folder.path(), "x"));
        QVERIFY(!writeWhole(folder.filePath(u"none/a.js"_s), "x"));
    }
};

QTEST_GUILESS_MAIN(TestTextFile)
#include "tst_textfile.moc"
