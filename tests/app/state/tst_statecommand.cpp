#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

void collectKeys(const QJsonValue& value, QSet<QString>& keys)
{
    if (value.isArray()) {
        for (const QJsonValue& one : value.toArray())
            collectKeys(one, keys);
    }
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        keys += it.key();
        if (it.key() != "events"_L1 && it.key() != "values"_L1) // their keys are the trace's own
            collectKeys(it.value(), keys);
    }
}

} // namespace

class TestStateCommand : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QFile program(m_folder.filePath(u"lesson.js"_s));
        QVERIFY(program.open(QIODevice::WriteOnly));
        program.write(R"(setTimeout(() => console.log('dish 3'), 5);
require('fs').readFile(__filename, () => {});
require('net').createServer().listen(0, function () { this.close() });
setImmediate(() => {});
Promise.resolve().then(() => {});
process.nextTick(function note() {});
console.log('end');
)");
        program.close();
        bistro({u"run"_s, u"--trace"_s, u"lesson.bistro"_s, u"lesson.js"_s});
        const QList<QByteArray> events = bistro({u"show"_s, u"--internals"_s, u"lesson.bistro"_s}).split('\n');
        for (m_line = 0; m_line < events.size() && !events[m_line].contains("text \"end"); ++m_line) { }
        m_events = events.size() - 1;
        QVERIFY(m_line < m_events);
    }

    void everyKeyIsDocumented()
    {
        QFile page(QStringLiteral(BISTRO_SOURCE_DIR "/app/state/STATE.md"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(page.readAll());
        QSet<QString> keys;
        for (qsizetype at = 0; at < m_events; ++at)
            if (at % 7 == 0 || at == m_line)
                collectKeys(state(at), keys);
        QVERIFY(keys.size() > 30);
        for (const QString& key : keys)
            QVERIFY2(text.contains(u'`' + key + u'`'), qPrintable(key));
    }

    void whatIsReadyStandsInTheOrderOfServing()
    {
        const QJsonObject object = state(m_line);
        QStringList ready;
        for (const QJsonValue& one : object[u"ready"_s].toArray())
            if (!one[u"place"_s].toString().isEmpty())
                ready += one[u"queue"_s].toString() + u' ' + one[u"title"_s].toString();
        QCOMPARE(ready.filter(u"ticks note"_s).size(), 1);
        QCOMPARE(ready.filter(u"check setImmediate"_s).size(), 1);
        QVERIFY(ready.indexOf(u"ticks note"_s) < ready.indexOf(u"microtasks then"_s));
        QVERIFY(ready.indexOf(u"microtasks then"_s) < ready.indexOf(u"check setImmediate"_s));
        QCOMPARE(object[u"running"_s].toArray()[0][u"title"_s].toString(), u"lesson.js"_s);
        QCOMPARE(object[u"event"_s].toInteger(), m_line);
        QCOMPARE(object[u"timers"_s].toArray()[0][u"title"_s].toString(), u"dish 3"_s);
    }

    void whatIsAliveIsTold()
    {
        const QJsonObject object = state(m_line);
        const auto titles = [&object](const QString& list) {
            QStringList result;
            for (const QJsonValue& one : object[list].toArray())
                result += one[u"title"_s].toString();
            return result;
        };
        QVERIFY(titles(u"keepsAlive"_s).contains(u"dish 3"_s));
        QVERIFY(titles(u"keepsAlive"_s).contains(u"setImmediate"_s));
        QVERIFY(!titles(u"unreferenced"_s).contains(u"dish 3"_s));
        QCOMPARE(object[u"console"_s].toArray().last()[u"text"_s].toString(), u"end\n"_s);
        QCOMPARE(object[u"console"_s].toArray().last()[u"event"_s].toInteger(), m_line);
        const QJsonObject pool = object[u"pool"_s].toObject();
        QCOMPARE(
            pool[u"busy"_s].toArray().size() + pool[u"line"_s].toArray().size() + pool[u"finished"_s].toArray().size(),
            1);
        QCOMPARE(object[u"totals"_s][u"events"_s][u"output"_s].toInteger(), 1);
        const double utilisation = object[u"totals"_s][u"utilisation"_s].toDouble();
        QVERIFY(utilisation > 0 && utilisation <= 1);
        QCOMPARE(object[u"promises"_s].toArray().last()[u"origin"_s].toString(), u"derived"_s);
    }

    void peopleReadTheSame()
    {
        const QByteArray page = bistro({u"state"_s, u"lesson.bistro"_s, u"--at"_s, QString::number(m_line)});
        QVERIFY2(page.startsWith("After event " + QByteArray::number(m_line) + ", at "), page.constData());
        for (const char* const part : {"Running, outermost first\n  lesson.js (script, async 1)\n", "(top level)  ",
                 "ticks: note (tick, ", "dish 3 (timer, async ", "lesson.js:1:1"})
            QVERIFY2(page.contains(part), part);
        QVERIFY(bistro({u"state"_s, u"lesson.bistro"_s}).contains("The run has ended.\n"));
    }

    void whatIsNotThereIsSaid()
    {
        QCOMPARE(complaint({u"state"_s, u"lesson.bistro"_s, u"--at"_s, u"99999"_s}),
            "bistro: There is no event 99999 in \"lesson.bistro\". The last one is " + QByteArray::number(m_events - 1)
                + ".\n");
        QCOMPARE(complaint({u"state"_s}), "bistro: state needs the name of a trace. See: bistro help state\n");
        QCOMPARE(complaint({u"state"_s, u"a"_s, u"--at"_s, u"x"_s}),
            "bistro: The option --at needs the number of an event, not \"x\".\n");
        QCOMPARE(complaint({u"state"_s, u"a"_s, u"b"_s}),
            "bistro: state takes one trace, and \"b\" would be a second one.\n");
        QCOMPARE(complaint({u"state"_s, u"nowhere"_s}), "bistro: There is no file \"nowhere\". Check the name.\n");
    }

private:
    QJsonObject state(qsizetype at)
    {
        return QJsonDocument::fromJson(
            bistro({u"state"_s, u"lesson.bistro"_s, u"--at"_s, QString::number(at), u"--json"_s}))
            .object();
    }

    QByteArray bistro(const QStringList& arguments)
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral(BISTRO_COMMAND), arguments);
        process.closeWriteChannel();
        return process.waitForFinished() ? process.readAllStandardOutput() : QByteArray();
    }

    QByteArray complaint(const QStringList& arguments)
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral(BISTRO_COMMAND), arguments);
        return process.waitForFinished() && process.exitCode() != 0 ? process.readAllStandardError() : QByteArray();
    }

    QTemporaryDir m_folder;
    qsizetype m_line = 0;
    qsizetype m_events = 0;
};

QTEST_GUILESS_MAIN(TestStateCommand)
#include "tst_statecommand.moc"
