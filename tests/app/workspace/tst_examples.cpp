#include "workspace/examples.h"

#include "process/engineprocess.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace bistro::app;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Ended {
    QByteArray output;
    QByteArray errorOutput;
    int code = -1;
};

Ended runIn(const QString& folder, const Example& example, const std::filesystem::path& executable)
{
    Ended ended;
    EngineProcess process;
    QObject::connect(&process, &EngineProcess::outputArrived, [&ended, &example, &process](const QByteArray& bytes) {
        ended.output += bytes;
        if (example.serves && ended.output.contains("listening"))
            process.stop();
    });
    QObject::connect(&process, &EngineProcess::errorOutputArrived,
        [&ended](const QByteArray& bytes) { ended.errorOutput += bytes; });
    process.start(
        LaunchBuilder(executable).with({example.mainFile.toStdString()}).in(folder.toStdString()).build().value());
    process.closeInput();
    if (!QTest::qWaitFor([&process] { return process.isOver(); }, 60'000))
        return ended;
    if (const auto* finished = std::get_if<EngineProcess::Finished>(&process.state()))
        ended.code = finished->code;
    return ended;
}

// Where the order is the machine's choice, the lines are the same.
QByteArray comparable(QByteArray output, bool ordered)
{
    if (ordered)
        return output;
    auto lines = output.split('\n');
    std::ranges::sort(lines);
    return lines.join('\n');
}

} // namespace

class TestExamples : public QObject {
    Q_OBJECT

private slots:
    void thereAreAtLeastTwentyAndEachSaysWhatThereIsToSee()
    {
        QVERIFY(examples().size() >= 20);
        QSet<QString> slugs;
        for (const Example& example : examples()) {
            slugs.insert(example.slug);
            QVERIFY2(!example.title.isEmpty() && example.sentence.endsWith(u'.'), qPrintable(example.slug));
            QVERIFY2(example.files.contains(example.mainFile), qPrintable(example.slug));
        }
        QCOMPARE(slugs.size(), examples().size());
        QStringList groups; // those of one stand together
        for (const Example& example : examples()) {
            if (groups.isEmpty() || groups.back() != example.group)
                groups += example.group;
        }
        QCOMPARE(groups.removeDuplicates(), 0);
        QVERIFY(!groups.contains(QString()));
        QCOMPARE(examples().front().slug, u"01-hello"_s); // the first start shows it
        QCOMPARE(
            QDir(u":/examples"_s).entryList(QDir::Dirs).size(), examples().size()); // none is left out of the index
    }

    void eachDoesUnderTheEngineWhatItDoesUnderNode_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < examples().size(); ++i)
            QTest::newRow(qPrintable(examples()[i].slug)) << i;
    }

    void eachDoesUnderTheEngineWhatItDoesUnderNode()
    {
        QFETCH(int, index);
        const Example& example = examples()[index];
        qputenv("PORT", "0");
        Ended ends[2];
        int which = 0;
        for (const char* executable : {BISTRO_NODE, BISTRO_ENGINE}) {
            QTemporaryDir folder;
            QVERIFY(copyExample(example, folder.path()));
            ends[which++] = runIn(folder.path(), example, executable);
        }
        static const QStringList free {u"04-four-cooks"_s, u"27-a-rush"_s}; // how the cooks and customers come is open
        const bool ordered = !free.contains(example.slug);
        if (example.serves) {
            QVERIFY(ends[0].output.contains("listening on http://127.0.0.1:"));
            QVERIFY(ends[1].output.contains("listening on http://127.0.0.1:"));
            return;
        }
        QCOMPARE(ends[0].code, 0);
        QCOMPARE(ends[0].errorOutput, QByteArray());
        QVERIFY(!ends[0].output.isEmpty());
        QVERIFY2(!ends[0].output.contains("false"), ends[0].output.constData()); // what an example claims is so
        QCOMPARE(comparable(ends[1].output, ordered), comparable(ends[0].output, ordered));
        QCOMPARE(ends[1].errorOutput, QByteArray());
        QCOMPARE(ends[1].code, 0);
    }

    void anExampleIsCopiedToBeEditedAndTakesNoFilesPlace()
    {
        QTemporaryDir folder;
        const Example& cooks = examples().at(3);
        QCOMPARE(cooks.title, u"Four cooks"_s);
        QVERIFY(copyExample(cooks, folder.path()));
        QVERIFY(QFileInfo(folder.filePath(cooks.mainFile)).isWritable());
        QVERIFY(!copyExample(cooks, folder.path()));
    }
};

QTEST_GUILESS_MAIN(TestExamples)
#include "tst_examples.moc"
