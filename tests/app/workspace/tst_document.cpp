#include "workspace/document.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <sys/wait.h>
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
    file.write(bytes);
}

} // namespace

class TestDocument : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_STATE_HOME", QFile::encodeName(m_folder->filePath(u"state"_s)));
        QDir().mkpath(m_folder->filePath(u"files"_s));
        m_path = m_folder->filePath(u"files/a.js"_s);
        put(m_path, "one\r\ntwo\r\n");
    }

    void savesWhatWasEditedAndKnowsItsOwnWriting()
    {
        Document document;
        QVERIFY(document.open(m_path));
        QSignalSpy changed(&document, &Document::changedOnDisk);
        QVERIFY(document.save(u"one\ntwo\nthree\n"_s));
        QCOMPARE(contents(m_path), "one\r\ntwo\r\nthree\r\n"_ba);
        QVERIFY(!changed.wait(300));
        QCOMPARE(document.onDisk(), Document::OnDisk::Same);
    }

    void aChangeFromOutsideIsToldAndNotSavedOver()
    {
        Document document;
        QVERIFY(document.open(m_path));
        QSignalSpy changed(&document, &Document::changedOnDisk);
        put(m_path, "theirs");
        QVERIFY(changed.wait());
        QCOMPARE(changed.first().first().value<Document::OnDisk>(), Document::OnDisk::Changed);
        const auto saved = document.save(u"mine"_s);
        QVERIFY(!saved);
        QVERIFY(saved.error().changedOnDisk);
        QCOMPARE(contents(m_path), "theirs"_ba);
        QVERIFY(document.save(u"mine"_s, Document::OverChanges::Replace));
        QCOMPARE(contents(m_path), "mine"_ba);
    }

    void aFileThatIsReplacedOrRemovedIsTold()
    {
        Document document;
        QVERIFY(document.open(m_path));
        QSignalSpy changed(&document, &Document::changedOnDisk);
        const QString other = m_folder->filePath(u"files/b.js"_s);
        put(other, "another file of this name");
        QVERIFY(QFile::remove(m_path));
        QVERIFY(QFile::rename(other, m_path));
        QCOMPARE(document.onDisk(), Document::OnDisk::Changed);
        QVERIFY(!changed.isEmpty() || changed.wait());
        changed.clear();
        QVERIFY(QFile::remove(m_path));
        QVERIFY(changed.wait());
        QCOMPARE(changed.last().first().value<Document::OnDisk>(), Document::OnDisk::Gone);
        QVERIFY(document.save(u"back\n"_s));
        QCOMPARE(contents(m_path).simplified(), "back"_ba);
    }

    void theSameBytesAgainAreNoChange()
    {
        Document document;
        QVERIFY(document.open(m_path));
        QSignalSpy changed(&document, &Document::changedOnDisk);
        put(m_path, "one\r\ntwo\r\n");
        QVERIFY(!changed.wait(300));
    }

    void keepingMineEndsTheQuestion()
    {
        Document document;
        QVERIFY(document.open(m_path));
        put(m_path, "theirs");
        document.keepMine();
        QVERIFY(document.save(u"mine"_s));
        QCOMPARE(contents(m_path), "mine"_ba);
    }

    // As a program does that runs meanwhile: its own file becomes a link. Another one stands for what nobody wants
    // written: there already, or only a name.
    void aLinkThatComesLaterIsNeitherReadNorWritten_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::addColumn<bool>("isFolder");
        QTest::newRow("to where nothing is") << false << false;
        QTest::newRow("to a file") << true << false;
        QTest::newRow("the folder above, to where nothing is") << false << true;
        QTest::newRow("the folder above, to one with such a file") << true << true;
    }

    void aLinkThatComesLaterIsNeitherReadNorWritten()
    {
        QFETCH(bool, isThere);
        QFETCH(bool, isFolder);
        QDir().mkpath(m_folder->filePath(u"private"_s));
        const QString other = m_folder->filePath(u"private/a.js"_s);
        if (isThere)
            put(other, "private");
        Document document;
        QVERIFY(document.open(m_path));
        QSignalSpy changed(&document, &Document::changedOnDisk);
        if (isFolder) {
            QVERIFY(QDir(m_folder->filePath(u"files"_s)).removeRecursively());
            QVERIFY(QFile::link(m_folder->filePath(u"private"_s), m_folder->filePath(u"files"_s)));
        } else {
            QVERIFY(QFile::remove(m_path));
            QVERIFY(QFile::link(other, m_path));
        }
        QCOMPARE(document.onDisk(), Document::OnDisk::Displaced);
        QVERIFY(!changed.isEmpty() || changed.wait());
        for (const auto over : {Document::OverChanges::Refuse, Document::OverChanges::Replace}) {
            const auto saved = document.save(u"mine"_s, over);
            QVERIFY(!saved);
            QVERIFY2(saved.error().sentence.contains(u"is a link to"_s), qPrintable(saved.error().sentence));
        }
        QVERIFY(!document.reload());
        QVERIFY(document.whyElsewhere().contains(u"is a link to"_s));
        QCOMPARE(QFile::exists(other), isThere);
        if (isThere)
            QCOMPARE(contents(other), "private"_ba);
        const QString saved = m_folder->filePath(u"saved.js"_s);
        QVERIFY(document.saveAs(saved, u"mine"_s));
        QCOMPARE(contents(saved), "mine"_ba);
    }

    void aLinkThatAPersonOpensIsWrittenThroughAndStays()
    {
        const QString link = m_folder->filePath(u"link.js"_s);
        QVERIFY(QFile::link(m_path, link));
        Document document;
        QVERIFY(document.open(link));
        QCOMPARE(document.path(), link);
        QCOMPARE(document.where(), QFileInfo(m_path).canonicalFilePath());
        QVERIFY(document.save(u"mine"_s));
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(contents(m_path), "mine"_ba);
        // It leads elsewhere by now: what was opened is written.
        const QString other = m_folder->filePath(u"other.js"_s);
        put(other, "private");
        QVERIFY(QFile::remove(link));
        QVERIFY(QFile::link(other, link));
        QVERIFY(document.whyElsewhere().contains(u"does not lead to"_s));
        QVERIFY(document.save(u"mine again"_s));
        QCOMPARE(contents(other), "private"_ba);
        QCOMPARE(contents(m_path), "mine again"_ba);
    }

    void aNameThatIsALinkAlreadyIsNotWritten()
    {
        const QString other = m_folder->filePath(u"profile"_s);
        const QString planted = m_folder->filePath(u"files/new.js"_s);
        QVERIFY(QFile::link(other, planted));
        Document document;
        document.setPath(planted);
        QVERIFY(!document.save(u"mine"_s));
        QVERIFY(!document.saveAs(planted, u"mine"_s));
        QVERIFY(!QFile::exists(other));
    }

    void aPipeOrFolderInItsPlaceIsNeitherReadNorWritten()
    {
        Document document;
        QVERIFY(document.open(m_path));
        QVERIFY(QFile::remove(m_path));
        QCOMPARE(::mkfifo(QFile::encodeName(m_path).constData(), 0600), 0);
        QCOMPARE(document.onDisk(), Document::OnDisk::Displaced);
        QVERIFY(!document.save(u"mine"_s, Document::OverChanges::Replace));
        QVERIFY(!document.reload());
        QVERIFY(QFile::remove(m_path));
        QVERIFY(QDir().mkdir(m_path));
        QCOMPARE(document.onDisk(), Document::OnDisk::Displaced);
        QVERIFY(!document.save(u"mine"_s, Document::OverChanges::Replace));
    }

    void aFolderThatWasMadeAgainIsTheSameFolder()
    {
        Document document;
        QVERIFY(document.open(m_path));
        QVERIFY(QDir(m_folder->filePath(u"files"_s)).removeRecursively());
        QVERIFY(QDir().mkpath(m_folder->filePath(u"files"_s)));
        QCOMPARE(document.onDisk(), Document::OnDisk::Gone);
        QVERIFY(document.save(u"mine"_s));
        QCOMPARE(contents(m_path), "mine"_ba);
    }

    void aSecondWindowIsToldWhoHasTheFile()
    {
        int ready[2];
        int end[2];
        QCOMPARE(::pipe(ready), 0);
        QCOMPARE(::pipe(end), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            {
                Document document;
                const bool open = document.open(m_path).has_value();
                char letter = open ? 'y' : 'n';
                (void)!::write(ready[1], &letter, 1);
                (void)!::read(end[0], &letter, 1);
            }
            ::_exit(0);
        }
        char letter = 0;
        QCOMPARE(::read(ready[0], &letter, 1), 1);
        QCOMPARE(letter, 'y');
        Document document;
        QVERIFY(document.open(m_path));
        QCOMPARE(document.openElsewhere(), std::optional<qint64>(child));
        QCOMPARE(::write(end[1], "x", 1), 1);
        ::waitpid(child, nullptr, 0);
        Document later;
        QVERIFY(later.open(m_path));
        QVERIFY(!later.openElsewhere());
        for (const int fd : {ready[0], ready[1], end[0], end[1]})
            ::close(fd);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
