// Law (d): every program below this folder does under the recorded engine what it does under stock node, and leaves a
// trace that is sound and ends with the run's end. README.md says how a program states what it needs. With
// BISTRO_PROGRAMS=FOLDER only that folder's: so each is an entry of ctest, and two run side by side.
#include "support/sidebyside.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <array>

using namespace bistro::app;
using namespace bistro::test;
using namespace Qt::StringLiterals;

namespace {

constexpr std::array<QByteArrayView, 6> kDirectives {"race", "args", "flags", "exit", "signal", "env"};
constexpr int kMoreRuns = 4; // of node, to tell a race that is not marked from a difference

using Directives = QMap<QByteArray, QByteArray>;

// The lines "// word: value" among the comment lines that a program begins with. A lower-case word that is none of ours
// is an error, or a slip of the pen would go unnoticed.
std::expected<Directives, QString> directivesOf(const QString& file)
{
    static const QRegularExpression line(uR"(^//\s*([a-z]+):\s*(.*)$)"_s);
    Directives result;
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return std::unexpected(u"Cannot read "_s + file);
    while (!in.atEnd()) {
        const QString text = QString::fromUtf8(in.readLine()).trimmed();
        if (text.startsWith("#!"_L1))
            continue;
        if (!text.startsWith("//"_L1))
            break;
        const auto match = line.match(text);
        if (!match.hasMatch())
            continue;
        const QByteArray word = match.captured(1).toUtf8();
        if (!std::ranges::contains(kDirectives, QByteArrayView(word)))
            return std::unexpected(u"\"%1:\" is no directive; README.md names them."_s.arg(match.captured(1)));
        result.insert(word, match.captured(2).toUtf8());
    }
    return result;
}

std::vector<std::string> wordsOf(const QByteArray& text)
{
    std::vector<std::string> words;
    for (const QByteArray& word : text.simplified().split(' ')) {
        if (!word.isEmpty())
            words.push_back(word.toStdString());
    }
    return words;
}

QByteArray inputOf(const QString& file)
{
    const QFileInfo info(file);
    QFile in(info.path() + u'/' + info.completeBaseName() + ".stdin"_L1);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

Start startOf(const QString& file, const Directives& directives)
{
    Start start {.arguments = wordsOf(directives.value("flags")),
        .directory = QFileInfo(file).path(),
        .input = inputOf(file),
        .environment = {}};
    start.arguments.push_back(file.toStdString());
    std::ranges::move(wordsOf(directives.value("args")), std::back_inserter(start.arguments));
    for (const std::string& variable : wordsOf(directives.value("env"))) {
        const auto split = variable.find('=');
        start.environment.emplace_back(QByteArray::fromStdString(variable.substr(0, split)),
            QByteArray::fromStdString(variable.substr(split + 1)));
    }
    return start;
}

} // namespace

class TestPrograms : public QObject {
    Q_OBJECT

private slots:
    void recordedItDoesWhatItDoesUnderNode_data()
    {
        QTest::addColumn<QString>("file");
        const QString root = QDir(QStringLiteral(BISTRO_SOURCE_DIR "/tests/programs")).canonicalPath();
        QStringList files;
        for (QDirIterator it(root + u'/' + qEnvironmentVariable("BISTRO_PROGRAMS"),
                 {u"*.js"_s, u"*.mjs"_s, u"*.cjs"_s, u"*.ts"_s}, QDir::Files, QDirIterator::Subdirectories);
            it.hasNext();) {
            if (const QString file = QDir::cleanPath(it.next()); !file.contains("/fixtures/"_L1))
                files << file;
        }
        files.sort();
        QVERIFY(!files.isEmpty());
        for (const QString& file : std::as_const(files))
            QTest::newRow(qPrintable(file.sliced(root.size() + 1))) << file;
    }

    void recordedItDoesWhatItDoesUnderNode()
    {
        QFETCH(QString, file);
        const auto directives = directivesOf(file);
        QVERIFY2(directives, directives ? "" : qPrintable(directives.error()));
        const Start start = startOf(file, *directives);
        const bool race = directives->contains("race");

        auto stock = m_programs.underNode(start);
        QVERIFY2(stock, stock ? "" : qPrintable(stock.error()));
        QCOMPARE(stock->exit.code, directives->value("exit", "0").toInt());
        QCOMPARE(signalName(stock->exit), directives->value("signal"));
        auto engine = m_programs.recorded(start);
        QVERIFY2(engine, engine ? "" : qPrintable(engine.error()));

        std::vector ofNode {race ? inAnyOrder(*stock) : *stock};
        const std::vector ofEngine {race ? inAnyOrder(*engine) : *engine};
        if (ofNode != ofEngine) { // to say which of the two it is; it is a failure in any case
            for (int i = 0; i < kMoreRuns; ++i) {
                if (auto again = m_programs.underNode(start))
                    ofNode.push_back(race ? inAnyOrder(*again) : *again);
            }
        }
        const Verdict verdict = compare(ofNode, ofEngine);
        QVERIFY2(
            std::holds_alternative<Identical>(verdict) && ofNode.size() == 1, describe(verdict, ofNode.size()).c_str());
        const QString fault = m_programs.faultOfTrace();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

private:
    SideBySide m_programs {BISTRO_NODE, BISTRO_ENGINE};
};

QTEST_GUILESS_MAIN(TestPrograms)
#include "tst_programs.moc"
