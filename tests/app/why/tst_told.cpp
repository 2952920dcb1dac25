// What is told at each step of the examples: in how many words, and in whose names.
#include "state/playhead.h"
#include "state/steps.h"
#include "support/recordedrun.h"
#include "why/narration.h"
#include "why/why.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

constexpr int kWords = 20;
constexpr std::size_t kSteps = 400; // of one example that are looked at

// A name of the learner's counts as one word: what is quoted, a call with its line, a request.
QString withoutNames(QString text)
{
    static const QRegularExpression names(u"“[^”]*”( \\(\\d+\\))?|`[^`]*`( in line \\d+( of [\\w.]+)?)?"
                                          "|'\\w+' listener|[Tt]he request \\w+ \\S+( \\(\\d+\\))?"
                                          "|[\\w.]+( \\(\\d+\\))? in line \\d+( of [\\w.]+)?"_s);
    return text.replace(names, u"X"_s);
}

QStringList sentencesOf(const QString& text)
{
    const QString plain = withoutNames(text);
    static const QRegularExpression end(u"(?<=[.!?])\\s+(?=[A-ZX0-9…a-z])"_s);
    QStringList sentences;
    for (const QString& one : plain.split(end, Qt::SkipEmptyParts)) {
        // A name may hold a full stop, "price.js"; a sentence ends before a space.
        sentences += one;
    }
    return sentences;
}

qsizetype wordsOf(const QString& sentence)
{
    return sentence.split(u' ', Qt::SkipEmptyParts).size();
}

// Names that stand in Node's sources, and in no program that people write.
bool holdsInternalName(const QString& text)
{
    static const QRegularExpression internal(
        u"[A-Z]{3,}(WRAP|REQCALLBACK|REQPROMISE|REQUEST|CALLBACK|MESSAGE|CLIENTREQUEST)\\b|\\w+NT\\b|\\b\\w+_\\b"
        "|\\b[pP]romise \\d|\\basync \\d|afterWriteTick|maybeReadMore"
        "|resume_|emitReadable|processTicks|loop's clock"_s);
    return internal.match(withoutNames(text)).hasMatch();
}

// "04-four-cooks/lesson.js"
QStringList mainsOf()
{
    QFile index(QStringLiteral(BISTRO_EXAMPLES "/index.json"));
    if (!index.open(QIODevice::ReadOnly))
        return {};
    QStringList mains;
    for (const QJsonValue& example : QJsonDocument::fromJson(index.readAll()).array())
        mains += example[u"slug"_s].toString() + u'/' + example[u"main"_s].toString();
    return mains;
}

// The example's main program, where its files are.
test::RecordedRun recordExample(const QString& folder)
{
    const QStringList programs = QDir(folder).entryList({u"*.js"_s, u"*.mjs"_s});
    const auto isMain = [&](const QString& name) {
        return mainsOf().contains(QFileInfo(folder).fileName() + u'/' + name);
    };
    const QString main = *std::ranges::find_if(programs, isMain);
    const bool isModule = main.endsWith(u".mjs"_s);
    const QString path = QDir(folder).filePath(main);
    const QString program = isModule ? u"import '%1';"_s.arg(path)
                                     : u"process.chdir('%1'); require('%2');"_s.arg(folder, path);
    return test::record(QStringLiteral(BISTRO_ENGINE), program.toUtf8(),
        {.environment = {}, .arguments = {}, .file = isModule ? u"lesson.mjs"_s : u"lesson.js"_s});
}

} // namespace

class TestTold : public QObject {
    Q_OBJECT

private slots:
    void eachStepOfTheExamplesIsToldShortlyAndInTheLearnersNames_data()
    {
        QTest::addColumn<QString>("folder");
        const QDir examples(QStringLiteral(BISTRO_EXAMPLES));
        for (const QString& name : examples.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            if (!name.startsWith(u"28"_s)) // runs until it is stopped
                QTest::newRow(qPrintable(name)) << examples.filePath(name);
        }
    }

    void eachStepOfTheExamplesIsToldShortlyAndInTheLearnersNames()
    {
        QFETCH(QString, folder);
        const test::RecordedRun run = recordExample(folder);
        const auto log = TraceLog::open(run.folder->filePath(u"run.bistro"_s).toStdString()).value();
        Steps steps(*log);
        steps.refresh();
        QVERIFY(!steps.events().empty());
        const std::size_t every = 1 + steps.events().size() / kSteps;
        QStringList wrong;
        const auto look = [&](const Explanation& told, Index step) {
            QStringList texts {told.headline};
            for (const Reason& reason : told.reasons)
                texts += reason.sentence;
            for (const QString& text : texts) {
                const QStringList sentences = sentencesOf(text);
                const bool isLong = std::ranges::any_of(
                    sentences, [](const QString& one) { return wordsOf(one) > kWords; });
                if (sentences.size() > 2 || isLong || holdsInternalName(text))
                    wrong += u"%1: %2"_s.arg(step).arg(text);
            }
        };
        for (std::size_t i = 0; i < steps.events().size(); i += every) {
            const Index step = steps.events()[i];
            for (const Wording wording : {Wording::Restaurant, Wording::Runtime}) {
                look(narrate(*log, step, wording), step);
                look(whyNow(*log, step, wording), step);
                look(whyNow(*log, step, wording, Tense::Past), step);
                if (const OrderId subject = subjectOf(*log, step))
                    look(whyNotYet(*log, subject, step, wording), step);
            }
        }
        wrong.removeDuplicates();
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.mid(0, 40).join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(TestTold)
#include "tst_told.moc"
