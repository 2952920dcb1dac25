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
    for (const QJsonValue& one : value.toArray())
        collectKeys(one, keys);
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        keys += it.key();
        collectKeys(it.value(), keys);
    }
}

} // namespace

class TestWhyCommand : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QFile program(m_folder.filePath(u"lesson.js"_s));
        QVERIFY(program.open(QIODevice::WriteOnly));
        program.write("setTimeout(() => console.log('dish'), 5);\nPromise.reject(new "
                      "Error('cold'));\nprocess.on('unhandledRejection', () => {});\nprocess.nextTick(() => "
                      "console.log('note'));\nconsole.log('end');\n");
        program.close();
        bistro({u"run"_s, u"--trace"_s, u"lesson.bistro"_s, u"lesson.js"_s});
    }

    void beforeTakesLinesFromOneAndSaysWhy()
    {
        const QByteArray page = bistro({u"why"_s, u"lesson.bistro"_s, u"--before"_s, u"2"_s, u"1"_s, u"--runtime"_s});
        QVERIFY2(page.startsWith("“end” came before “note”."), page.constData());
        QVERIFY2(page.contains("[order-after-its-placer]"), page.constData());
        QVERIFY(bistro({u"why"_s, u"lesson.bistro"_s, u"--before"_s, u"2"_s, u"1"_s}) != page);
    }

    void everyKeyIsDocumented()
    {
        QFile file(QStringLiteral(BISTRO_SOURCE_DIR "/app/why/WHY.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        QSet<QString> keys;
        collectKeys(json({u"why"_s, u"lesson.bistro"_s, u"--before"_s, u"1"_s, u"3"_s, u"--json"_s}), keys);
        collectKeys(json({u"why"_s, u"lesson.bistro"_s, u"--now"_s, u"3"_s, u"--json"_s}), keys);
        collectKeys(json({u"why"_s, u"lesson.bistro"_s, u"--pending"_s, u"1"_s, u"--json"_s}), keys);
        bool rejection = false;
        for (const QByteArray& line : bistro({u"findings"_s, u"lesson.bistro"_s, u"--json"_s}).split('\n')) {
            const QJsonObject finding = QJsonDocument::fromJson(line).object();
            rejection = rejection || finding[u"finding"_s] == u"rejection-unhandled"_s;
            collectKeys(finding, keys);
        }
        QVERIFY(rejection);
        QVERIFY(keys.size() > 14);
        for (const QString& key : keys)
            QVERIFY2(text.contains(u'`' + key + u'`'), qPrintable(key));
    }

    void whatIsNotThereIsSaid()
    {
        QVERIFY(
            bistro({u"why"_s, u"lesson.bistro"_s, u"--now"_s, u"999999"_s}, 1).contains("There is no event 999999"));
        QVERIFY(
            bistro({u"why"_s, u"lesson.bistro"_s, u"--before"_s, u"1"_s, u"99"_s}, 1).contains("There is no line 99"));
        QVERIFY(bistro({u"why"_s, u"lesson.bistro"_s, u"--pending"_s, u"promise 9999"_s}, 1)
                .contains("There is no order \"promise 9999\""));
        QVERIFY(bistro({u"findings"_s, u"nothing.bistro"_s}, 1).contains("nothing.bistro"));
    }

private:
    QByteArray bistro(const QStringList& arguments, int code = 0)
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(BISTRO_COMMAND), arguments);
        if (!process.waitForFinished() || process.exitCode() != code)
            qWarning() << arguments << process.exitCode();
        return process.readAll();
    }
    QJsonObject json(const QStringList& arguments) { return QJsonDocument::fromJson(bistro(arguments)).object(); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestWhyCommand)
#include "tst_whycommand.moc"
