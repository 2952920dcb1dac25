// What went wrong while a program was loaded: files that a trace names are read in the folder that is open, and nowhere
// else.
#include "drawing.h"
#include "state/crash.h"
#include "why/findings.h"
#include "why/loaderror.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("the test can't write %s", qPrintable(path));
}

// The trace of a run in which this file imported what is not there.
std::unique_ptr<TraceLog> traceNaming(tests::Drawing& drawing, const QString& file)
{
    const std::string message = "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/kitchen/menu.mjs' imported from "
        + file.toStdString();
    drawing.event({.kind = trace::EventKind::RunStarted, .a = 1});
    drawing.event({.kind = trace::EventKind::UncaughtError, .a = drawing.text(message)});
    return drawing.log();
}

} // namespace

class TestLoadError : public QObject {
    Q_OBJECT

private slots:
    void aFileOfTheFolderThatIsOpenIsAskedForTheLine()
    {
        write(m_room + u"/bill.mjs"_s, kImporter);
        QCOMPARE(lineOf(m_room + u"/bill.mjs"_s, m_room), 3u);
        QCOMPARE(lineOf(u"file://"_s + m_room + u"/bill.mjs"_s, m_room), 3u);
        QCOMPARE(lineOf(m_room + u"/bill.mjs"_s, m_room + u'/'), 3u);
    }

    void withoutAFolderNothingIsRead()
    {
        write(m_room + u"/bill.mjs"_s, kImporter);
        QCOMPARE(lineOf(m_room + u"/bill.mjs"_s, {}), 0u);
    }

    void aFileElsewhereIsNotRead()
    {
        write(m_root.filePath(u"secret/bill.mjs"_s), kImporter);
        write(m_root.filePath(u"room-of-another/bill.mjs"_s), kImporter);
        QVERIFY(QDir().mkpath(m_room));
        QVERIFY(QFile::link(m_root.filePath(u"secret"_s), m_room + u"/link"_s));
        QVERIFY(QFile::link(m_root.filePath(u"secret/bill.mjs"_s), m_room + u"/bill.mjs"_s));
        for (const QString& path :
            {m_root.filePath(u"secret/bill.mjs"_s), m_root.filePath(u"room-of-another/bill.mjs"_s),
                m_room + u"/../secret/bill.mjs"_s, m_room + u"/link/bill.mjs"_s, m_room + u"/bill.mjs"_s})
            QVERIFY2(lineOf(path, m_room) == 0, qPrintable(path));
    }

    void aPipeIsNotWaitedFor()
    {
        QVERIFY(QDir().mkpath(m_room));
        QCOMPARE(::mkfifo(QFile::encodeName(m_room + u"/bill.mjs"_s).constData(), 0600), 0);
        QCOMPARE(lineOf(m_room + u"/bill.mjs"_s, m_room), 0u);
    }

    // As bistro findings and the window's list have it.
    void findingsReadNoMore()
    {
        write(m_room + u"/bill.mjs"_s, kImporter);
        tests::Drawing drawing;
        const auto log = traceNaming(drawing, m_room + u"/bill.mjs"_s);
        const auto lineIn = [](const std::vector<Finding>& all) {
            const auto found = std::ranges::find(all, FindingKind::NotLoaded, &Finding::kind);
            return found == all.end() ? ~0u : found->place.line;
        };
        QCOMPARE(lineIn(findings(*log, Wording::Runtime)), 0u);
        QCOMPARE(lineIn(findings(*log, Wording::Runtime, kWorthAFinding, m_root.filePath(u"other"_s))), 0u);
        QCOMPARE(lineIn(findings(*log, Wording::Runtime, kWorthAFinding, m_room)), 3u);
    }

    void cleanup() { QVERIFY(QDir(m_room).removeRecursively()); }

private:
    static constexpr const char* kImporter = "// a bill\nimport fs from 'fs';\nimport { menu } from './menu.mjs';\n";

    // 0: no place is told.
    [[nodiscard]] std::uint32_t lineOf(const QString& importer, const QString& folder) const
    {
        tests::Drawing drawing;
        const auto log = traceNaming(drawing, importer);
        const auto error = loadErrorOf(*log, crashAt(*log, log->size()), folder);
        if (!error || error->what.isEmpty())
            qFatal("the trace tells of no such error");
        return error->place.line;
    }

    QTemporaryDir m_root;
    const QString m_room = m_root.filePath(u"room"_s);
};

QTEST_GUILESS_MAIN(TestLoadError)
#include "tst_loaderror.moc"
