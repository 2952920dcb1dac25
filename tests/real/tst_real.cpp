// Twenty and more programs as people bring them: what Bistro tells of each holds no name that its writer does not know.
// README.md says what counts as one. With BISTRO_REAL=PART OF all programs only every OFth; so they are several entries
// of ctest. With BISTRO_REAL_REPORT=FOLDER all that was told is written there, to be read.
#include "support/sidebyside.h"
#include "vocabulary.h"

#include "state/check.h"
#include "state/owner.h"
#include "state/statejson.h"
#include "state/steps.h"
#include "text/catalogue.h"
#include "why/findings.h"
#include "why/narration.h"
#include "why/why.h"
#include "why/words.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>
#include <QUrl>

#include <algorithm>
#include <array>
#include <map>
#include <set>

using namespace bistro::app;
using namespace bistro::test;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMoments = 5;
constexpr std::size_t kNeighbours = 40;
constexpr qsizetype kMostToldOfAFailure = 30;
constexpr std::array kWordings {Wording::Restaurant, Wording::Runtime};

// What is not right yet. Nothing else is expected to fail; what is right in the meantime passes.
struct Known {
    const char* test;
    const char* program;
    const char* what;
};
constexpr std::array kKnown {
    Known {"ordersThatAreNamedTogetherHaveNamesOfTheirOwn", "fs-walk.js",
        "readdir's promise follows another of the same call, at some moments"},
};

struct Fault {
    QString where;
    QString sentence;
    QStringList names;
};

// A program, what it did, and what its writer knows.
struct Program {
    explicit Program(QString path)
        : file(std::move(path))
    {
    }

    QString file;
    bistro::test::Start start;
    bool race = false;
    int code = 0;
    SideBySide runs {BISTRO_NODE, BISTRO_ENGINE};
    std::optional<Outcome> engine;
    std::unique_ptr<TraceLog> log;
    Vocabulary vocabulary;
    QStringList told; // for the report
    QList<Fault> twins; // of what the functions before have told
};

QString textOfFile(const QString& name)
{
    QFile in(name);
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()) : QString();
}

QString directive(const QString& source, const QString& word)
{
    const QRegularExpression line(u"^// "_s + word + u": (.*)$"_s, QRegularExpression::MultilineOption);
    return line.match(source).captured(1);
}

const QStringList& publicNames()
{
    static const QStringList names = [] {
        QProcess node;
        node.start(QStringLiteral(BISTRO_NODE),
            {u"--no-warnings"_s, QStringLiteral(BISTRO_SOURCE_DIR "/tests/real/publicnames.mjs")});
        if (!node.waitForFinished(60'000) || node.exitCode() != 0)
            qFatal("%s", node.readAllStandardError().constData());
        return QString::fromUtf8(node.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    }();
    return names;
}

QString wordFor(Wording wording)
{
    return wording == Wording::Restaurant ? u"restaurant"_s : u"runtime"_s;
}

QString nameOfOrder(OrderId order)
{
    const QString space = order.space == OrderId::Space::Promise ? u"promise "_s
        : order.space == OrderId::Space::Handler                 ? u"handler "_s
                                                                 : u"async "_s;
    return space + QString::number(order.value);
}

OrderId orderNamed(const QString& name)
{
    const std::uint32_t number = name.section(u' ', 1).toUInt();
    if (name.startsWith("handler "_L1))
        return OrderId::handler(number);
    return name.startsWith("promise "_L1) ? OrderId::promise(number) : OrderId::async(number);
}

// The order that this event creates, or whose call it starts; none for others.
OrderId orderOf(const bistro::trace::Record& event)
{
    if (const OrderId started = orderStartedBy(event); started || kindOfCreated(event) == OrderKind::None)
        return started;
    return event.kind == bistro::trace::EventKind::PromiseCreated ? OrderId::promise(event.a) : OrderId::async(event.a);
}

// Everything of the program's that the state's page lists and that has not run yet.
std::vector<OrderId> waiting(const TraceLog& log, Index after)
{
    const QJsonObject state = stateObject(log, log.stateAt(after + 1));
    std::vector<OrderId> found;
    const auto take = [&](const QJsonArray& orders) {
        for (const QJsonValue& each : orders) {
            const OrderId order = orderNamed(each[u"order"_s].toString());
            if (order && ownerOf(log, order) == Owner::Program && !std::ranges::contains(found, order))
                found.push_back(order);
        }
    };
    for (const QString& list : {u"ready"_s, u"timers"_s, u"kernel"_s, u"closing"_s})
        take(state[list].toArray());
    take(state[u"pool"_s][u"busy"_s].toArray());
    for (const QJsonValue& promise : state[u"promises"_s].toArray()) {
        if (promise[u"origin"_s].toString() == "await"_L1)
            take({promise});
    }
    return found;
}

// The first, the last, and those at the quarters of the program's steps.
std::vector<Index> moments(const TraceLog& log)
{
    std::vector<Index> steps;
    for (Index i = 0; i < log.size(); ++i) {
        if (isOfProgram(log, i))
            steps.push_back(i);
    }
    if (qEnvironmentVariableIsSet("BISTRO_REAL_ALL"))
        return steps;
    std::set<Index> chosen;
    for (std::size_t i = 0; i < kMoments && !steps.empty(); ++i)
        chosen.insert(steps[i * (steps.size() - 1) / (kMoments - 1)]);
    return {chosen.begin(), chosen.end()};
}

void learn(Program& program)
{
    const TraceLog& log = *program.log;
    Vocabulary& known = program.vocabulary;
    for (const QString& name : publicNames())
        known.learnPublic(name);
    known.readSource(textOfFile(program.file));
    for (const TraceLog::Script& script : log.scripts()) {
        const QString name = textOf(script.name);
        if (isNodesScript(script.name))
            continue;
        if (const std::string_view package = packageOf(log, script.name); !package.empty()) {
            for (const QString& part : textOf(package).split(u'/'))
                known.learn(part);
            continue;
        }
        if (QFileInfo(name.startsWith("file:"_L1) ? QUrl(name).toLocalFile() : name).isFile())
            known.readSource(textOf(script.source));
    }
    for (QDirIterator it(QFileInfo(program.file).path() + u"/fixtures"_s, QDir::Files); it.hasNext();) {
        const QFileInfo file(it.next());
        if (!textOfFile(program.file).contains(file.completeBaseName()))
            continue;
        known.learnFile(file.fileName());
        known.readSource(textOfFile(file.filePath()));
    }
    known.learnFile(QFileInfo(program.file).fileName());
    for (const QByteArray& line : (program.engine->output + program.engine->errorOutput).split('\n')) {
        if (!line.trimmed().isEmpty())
            known.learnPrinted(QString::fromUtf8(line));
    }
    for (Index i = 0; i < log.size(); ++i) { // what Node and packages call their own; files that were made
        const auto event = log.event(i);
        if (event.kind == bistro::trace::EventKind::PoolJobSubmitted) {
            const auto job = bistro::trace::as<bistro::trace::events::PoolJobSubmitted>(event);
            known.learnFile(QFileInfo(textOf(log.text(job.detail))).fileName());
        }
        if (kindOfCreated(event) == OrderKind::None)
            continue;
        const bistro::trace::StackId stack {event.stack};
        if (const QString name = textOf(log.text(callbackOf(event))); !name.isEmpty() && !learnersPlace(log, stack))
            known.suspect(name);
    }
}

} // namespace

class TestReal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { installCatalogues(); }
    void cleanupTestCase() { report(); }

    void aProgramDoesWhatItDoesUnderNode_data() { programs(); }
    void aProgramDoesWhatItDoesUnderNode()
    {
        Program* const program = given();
        QVERIFY(program);
        const auto stock = program->runs.underNode(program->start);
        QVERIFY2(stock, stock ? "" : qPrintable(stock.error()));
        QCOMPARE(stock->exit.code, program->code);
        const std::array ofNode {program->race ? inAnyOrder(*stock) : *stock};
        const std::array ofEngine {program->race ? inAnyOrder(*program->engine) : *program->engine};
        const Verdict verdict = compare(ofNode, ofEngine);
        QVERIFY2(std::holds_alternative<Identical>(verdict), describe(verdict, 1).c_str());
    }

    void nothingStartsOutOfTurn_data() { programs(); }
    void nothingStartsOutOfTurn()
    {
        Program* const program = given();
        QVERIFY(program);
        if (const QString fault = program->runs.faultOfTrace(); !fault.isEmpty())
            m_faults.append({u"the trace"_s, fault, {u"a fault"_s}});
        verdict();
    }

    void titlesHoldNoForeignName_data() { programs(); }
    void titlesHoldNoForeignName()
    {
        Program* const program = given();
        QVERIFY(program);
        const TraceLog& log = *program->log;
        std::set<OrderId> seen;
        for (Index i = 0; i < log.size(); ++i) {
            const OrderId order = orderOf(log.event(i));
            if (!order || !seen.insert(order).second || ownerOf(log, order) != Owner::Program)
                continue;
            const QString title = textOf(titleOf(log, order));
            const QString where = u"titleOf "_s + nameOfOrder(order);
            name(*program, where, title);
            if (const QString fault = program->vocabulary.faultOfTitle(title); !fault.isEmpty())
                m_faults.append({where, title, {fault}});
            name(*program, u"named "_s + nameOfOrder(order), named(log, order));
        }
        verdict();
    }

    void whatIsToldOfFiveMomentsHoldsNoForeignName_data() { programs(); }
    void whatIsToldOfFiveMomentsHoldsNoForeignName()
    {
        Program* const program = given();
        QVERIFY(program);
        const TraceLog& log = *program->log;
        for (const Index moment : moments(log)) {
            for (const Wording wording : kWordings) {
                const QString at = u" at event %1, %2"_s.arg(moment).arg(wordFor(wording));
                explanation(*program, u"narration"_s + at, narrate(log, moment, wording));
                explanation(*program, u"why now"_s + at, whyNow(log, moment, wording));
                for (const OrderId order : waiting(log, moment)) {
                    explanation(
                        *program, u"why not yet "_s + nameOfOrder(order) + at, whyNotYet(log, order, moment, wording));
                }
            }
        }
        verdict();
    }

    void whyALineCameBeforeTheNextHoldsNoForeignName_data() { programs(); }
    void whyALineCameBeforeTheNextHoldsNoForeignName()
    {
        Program* const program = given();
        QVERIFY(program);
        const TraceLog& log = *program->log;
        for (std::size_t line = 0; line + 1 < log.outputs().size() && line < kNeighbours; ++line) {
            for (const Wording wording : kWordings) {
                const Explanation told = whyBefore(log, OutputLine {line}, OutputLine {line + 1}, wording);
                const QString where = u"why line %1 before %2, %3"_s.arg(line + 1).arg(line + 2).arg(wordFor(wording));
                if (!told)
                    m_faults.append({where, u"(no answer)"_s, {u"nothing"_s}});
                explanation(*program, where, told);
            }
        }
        verdict();
    }

    void linesThatAlwaysComeInOneOrderAreNoRace_data() { programs(); }
    void linesThatAlwaysComeInOneOrderAreNoRace()
    {
        Program* const program = given();
        QVERIFY(program);
        if (program->race)
            return;
        const TraceLog& log = *program->log;
        for (std::size_t line = 0; line + 1 < log.outputs().size() && line < kNeighbours; ++line) {
            const Explanation told = whyBefore(log, OutputLine {line}, OutputLine {line + 1}, Wording::Runtime);
            if (!told.race)
                continue;
            QString reasons;
            for (const Reason& reason : told.reasons)
                reasons += u' ' + reason.sentence;
            m_faults.append({u"why line %1 before %2"_s.arg(line + 1).arg(line + 2), reasons.trimmed(), {u"a race"_s}});
        }
        verdict();
    }

    void ordersThatAreNamedTogetherHaveNamesOfTheirOwn_data() { programs(); }
    void ordersThatAreNamedTogetherHaveNamesOfTheirOwn()
    {
        Program* const program = given();
        QVERIFY(program);
        m_faults = program->twins;
        verdict();
    }

    void findingsHoldNoForeignName_data() { programs(); }
    void findingsHoldNoForeignName()
    {
        Program* const program = given();
        QVERIFY(program);
        for (const Wording wording : kWordings) {
            const QString where = u"findings, "_s + wordFor(wording);
            for (const Finding& finding : findings(*program->log, wording)) {
                for (const QString& text : {finding.what, finding.since, finding.waits})
                    sentence(*program, where, text);
                for (const QString& text : finding.helps)
                    sentence(*program, where, text);
            }
        }
        verdict();
    }

private:
    static void programs()
    {
        QTest::addColumn<QString>("file");
        const QString folder = QDir(QStringLiteral(BISTRO_SOURCE_DIR "/tests/real/programs")).canonicalPath();
        QStringList files = QDir(folder).entryList({u"*.js"_s, u"*.mjs"_s}, QDir::Files, QDir::Name);
        const QString part = qEnvironmentVariable("BISTRO_REAL"); // "1 of 3"
        const int of = std::max(1, part.section(u' ', -1).toInt());
        for (int i = 0; i < files.size(); ++i) {
            if (part.isEmpty() || i % of == part.section(u' ', 0, 0).toInt() - 1)
                QTest::newRow(qPrintable(files[i])) << folder + u'/' + files[i];
        }
    }

    // Run and read once. Null when that failed; then the test has.
    Program* given()
    {
        m_faults.clear();
        QFETCH(QString, file);
        std::unique_ptr<Program>& program = m_programs[file];
        if (!program) {
            program = std::make_unique<Program>(file);
            const QString source = textOfFile(file);
            program->race = !directive(source, u"race"_s).isEmpty();
            program->code = directive(source, u"exit"_s).toInt();
            const QFileInfo info(file);
            program->start.directory = info.path();
            program->start.input = textOfFile(info.path() + u'/' + info.completeBaseName() + u".stdin"_s).toUtf8();
            program->start.arguments.push_back(file.toStdString());
            for (const QString& word : directive(source, u"args"_s).split(u' ', Qt::SkipEmptyParts))
                program->start.arguments.push_back(word.toStdString());
            auto outcome = program->runs.recorded(program->start);
            if (!outcome) {
                QTest::qFail(qPrintable(outcome.error()), __FILE__, __LINE__);
                return nullptr;
            }
            program->engine = std::move(*outcome);
            auto log = TraceLog::open(program->runs.trace());
            if (!log) {
                QTest::qFail(log.error().c_str(), __FILE__, __LINE__);
                return nullptr;
            }
            program->log = std::move(*log);
            learn(*program);
        }
        return program->log ? program.get() : nullptr;
    }

    void name(Program& program, const QString& where, const QString& title)
    {
        program.told.append(where + u": "_s + title);
        if (const QStringList names = program.vocabulary.foreignInName(title); !names.isEmpty())
            m_faults.append({where, title, names});
    }

    void sentence(Program& program, const QString& where, const QString& text)
    {
        if (text.isEmpty())
            return;
        program.told.append(where + u": "_s + text);
        if (const QStringList names = program.vocabulary.foreignIn(text); !names.isEmpty())
            m_faults.append({where, text, names});
    }

    void explanation(Program& program, const QString& where, const Explanation& told)
    {
        sentence(program, where, told.headline);
        twins(program, where, told.headline, told.orders);
        for (const Reason& reason : told.reasons) {
            sentence(program, where, reason.sentence);
            twins(program, where, reason.sentence, reason.orders);
        }
    }

    // Orders that one sentence names and that cannot be told apart by their names.
    void twins(Program& program, const QString& where, const QString& text, const std::vector<OrderId>& orders)
    {
        if (text.contains(", after "_L1)) // a way goes through a loop's line once for each round
            return;
        const TraceLog& log = *program.log;
        std::map<QString, OrderId> seen;
        for (const OrderId order : orders) {
            if (ownerOf(log, order) != Owner::Program)
                continue;
            const QString name = named(log, order);
            const auto [other, isNew] = seen.try_emplace(name, order);
            if (!isNew && inTheNameOf(log, other->second) != inTheNameOf(log, order) && text.count(name) > 1)
                program.twins.append({where, text, {name + u" twice"_s}});
        }
    }

    void verdict()
    {
        QFETCH(QString, file);
        if (m_faults.isEmpty())
            return;
        QStringList lines;
        for (const Fault& fault : std::as_const(m_faults)) {
            lines.append(u"  %1: \"%2\" holds %3"_s.arg(fault.where, fault.sentence, fault.names.join(u", "_s)));
        }
        lines.removeDuplicates();
        m_programs[file]->told.append(
            u"FAULTS of "_s + QString::fromUtf8(QTest::currentTestFunction()) + u'\n' + lines.join(u'\n'));
        const qsizetype more = lines.size() - kMostToldOfAFailure;
        if (more > 0)
            lines = lines.first(kMostToldOfAFailure) << u"  and %1 more"_s.arg(more);
        const QString text = QFileInfo(file).fileName() + u":\n"_s + lines.join(u'\n');
        for (const Known& known : kKnown) {
            if (QLatin1StringView(known.test) == QLatin1StringView(QTest::currentTestFunction())
                && QFileInfo(file).fileName() == QLatin1StringView(known.program))
                QEXPECT_FAIL("", known.what, Continue);
        }
        QVERIFY2(m_faults.isEmpty(), qPrintable(text));
    }

    void report()
    {
        const QString folder = qEnvironmentVariable("BISTRO_REAL_REPORT");
        if (folder.isEmpty())
            return;
        for (const auto& [file, program] : m_programs) {
            QFile out(folder + u'/' + QFileInfo(file).fileName() + u".txt"_s);
            if (out.open(QIODevice::WriteOnly))
                out.write(program->told.join(u'\n').toUtf8() + '\n');
            std::error_code none;
            std::filesystem::copy_file(program->runs.trace(),
                (folder + u'/' + QFileInfo(file).fileName() + u".bistro"_s).toStdString(),
                std::filesystem::copy_options::overwrite_existing, none);
        }
    }

    std::map<QString, std::unique_ptr<Program>> m_programs;
    QList<Fault> m_faults;
};

QTEST_GUILESS_MAIN(TestReal)
#include "tst_real.moc"
