#include "process/copytrace.h"

#include "support/billtrace.h"
#include "trace/reader.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;
using trace::Bookmark;

class TestCopyTrace : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_trace = m_folder->filePath(u"bill.bistro"_s);
        m_copy = m_folder->filePath(u"copy.bistro"_s);
        tests::writeTrace(tests::billTrace(), m_trace.toStdString());
    }

    void aCopyWithoutValuesHasTheBookmarks()
    {
        const std::vector<Bookmark> notes {{.place = 3, .time = 40, .note = "here"}};
        const auto copied = copyTraceWithoutValues(m_trace, m_copy, notes);
        QVERIFY2(copied, copied ? "" : qPrintable(copied.error()));
        QCOMPARE(*copied, QString());
        QVERIFY(trace::readBookmarks(m_copy.toStdString()).list == notes);
        const QByteArray bytes = bytesOf(m_copy);
        for (const std::string_view secret : tests::kSecrets)
            QVERIFY2(!bytes.contains(QByteArray(secret.data(), static_cast<qsizetype>(secret.size()))), secret.data());
        const auto reader = trace::Reader::open(m_copy.toStdString());
        QVERIFY(reader && !reader->damage());
        QCOMPARE(reader->size(), trace::Reader::open(m_trace.toStdString())->size());
    }

    // A trace that is copied over is gone, and its values with it.
    void anotherFileIsReplaced()
    {
        QVERIFY(copyTrace(m_trace, m_copy, {}));
        QVERIFY(bytesOf(m_copy).contains("secret-value"));
        QVERIFY(copyTraceWithoutValues(m_trace, m_copy, {}));
        QVERIFY(!bytesOf(m_copy).contains("secret-value"));
    }

    void aTraceIsNotCopiedOntoItself()
    {
        const QByteArray before = bytesOf(m_trace);
        const QString sentence = u"\"%1\" is the recorded run itself. Give the copy another name."_s.arg(m_trace);
        QCOMPARE(copyTraceWithoutValues(m_trace, m_trace, {}).error(), sentence);
        QCOMPARE(copyTrace(m_trace, m_trace, {}).error(), sentence);
        QCOMPARE(bytesOf(m_trace), before);
    }

    void ofADamagedTraceThereIsWhatComesBefore()
    {
        QVERIFY(QFile::resize(m_trace, QFile(m_trace).size() - 100));
        const auto whole = trace::Reader::open(m_trace.toStdString());
        QVERIFY(whole && whole->damage());
        const auto copied = copyTraceWithoutValues(m_trace, m_copy, {});
        QVERIFY(copied);
        QCOMPARE(copied->toStdString(), whole->damage()->sentence);
        const auto reader = trace::Reader::open(m_copy.toStdString());
        QVERIFY(reader && !reader->damage());
        QCOMPARE(reader->size(), whole->size());
    }

    // A program of that folder may have put one there, under the name that one would choose.
    void aLinkIsNotFollowed_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("to where nothing is") << false;
        QTest::newRow("to a file") << true;
    }

    void aLinkIsNotFollowed()
    {
        QFETCH(bool, isThere);
        const QString other = m_folder->filePath(u"profile"_s);
        if (isThere) {
            QFile file(other);
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        QVERIFY(QFile::link(other, m_copy));
        const QString sentence
            = u"\"%1\" is a link to %2, and Bistro does not write where it leads. Choose another name."_s.arg(
                m_copy, other);
        const auto whole = copyTrace(m_trace, m_copy, {});
        const auto empty = copyTraceWithoutValues(m_trace, m_copy, {});
        QVERIFY(!whole && !empty);
        QCOMPARE(whole.error(), sentence);
        QCOMPARE(empty.error(), sentence);
        QCOMPARE(QFile::exists(other), isThere);
        QCOMPARE(bytesOf(other), QByteArray());
        QVERIFY(QFileInfo(m_copy).isSymLink());
    }

    void whatCannotBeReadOrWrittenIsSaid()
    {
        QCOMPARE(copyTraceWithoutValues(m_folder->filePath(u"none"_s), m_copy, {}).error(),
            u"There is no file \"%1\". Check the name."_s.arg(m_folder->filePath(u"none"_s)));
        const QString nowhere = m_folder->filePath(u"none/copy"_s);
        QVERIFY2(copyTraceWithoutValues(m_trace, nowhere, {})
                     .error()
                     .startsWith(u"Bistro can't write \"%1\": "_s.arg(nowhere)),
            qPrintable(copyTraceWithoutValues(m_trace, nowhere, {}).error()));
        QVERIFY(!QFile::exists(m_copy));
    }

private:
    static QByteArray bytesOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_trace;
    QString m_copy;
};

QTEST_GUILESS_MAIN(TestCopyTrace)
#include "tst_copytrace.moc"
