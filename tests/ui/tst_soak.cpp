// One window, and run after run of programs that go wrong, drawn by chance: at the end it has of the machine what it
// had at the start. Each run is held to this, too: nothing is left of it but its recording.
//     BISTRO_SOAK_RUNS=1000   how many, 20 by default; from 200 on memory is judged, too
//     BISTRO_SOAK_SEED=7      20231 by default
//     BISTRO_SOAK_LOG=1       each run and each measurement is told
#include "soakfaults.h"
#include "support/marked.h"
#include "support/usage.h"
#include "window/settings.h"
#include "windowdriver.h"

#include <QDirIterator>
#include <QRandomGenerator>
#include <QThreadPool>
#include <QUuid>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <iterator>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRuns = 20;
constexpr int kJudged = 200; // runs; of fewer, memory says nothing
constexpr int kSeed = 20'231;
constexpr int kBetweenMeasurements = 10; // runs
constexpr double kWarm = 0.3; // of all runs, after which memory should not grow any more
constexpr double kGrowth = 48; // MiB a thousand runs, by the line through all measurements after that
constexpr int kMark = 12;

int numberOf(const char* variable, int otherwise)
{
    bool ok = false;
    const int number = qEnvironmentVariableIntValue(variable, &ok);
    return ok ? number : otherwise;
}

std::size_t threads()
{
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator("/proc/self/task"), {}));
}

QStringList filesBelow(const QString& folder)
{
    QStringList names;
    for (QDirIterator it(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
             QDirIterator::Subdirectories);
        it.hasNext();)
        names << it.next().sliced(folder.size());
    names.sort();
    return names;
}

// What the window has of the machine.
struct Has {
    QStringList descriptors;
    std::size_t threads = 0;
    QStringList temporary;
};

QString inWords(const Has& has)
{
    return u"%1 descriptors, %2 threads, %3 temporary files"_s.arg(has.descriptors.size())
        .arg(has.threads)
        .arg(has.temporary.size());
}

struct Sample {
    int run = 0;
    double own = 0; // MiB
};

// By least squares, in MiB a thousand runs.
double growthOf(const std::vector<Sample>& all)
{
    double runs = 0;
    double own = 0;
    for (const Sample& one : all) {
        runs += one.run;
        own += one.own;
    }
    const auto count = static_cast<double>(all.size());
    double together = 0;
    double square = 0;
    for (const Sample& one : all) {
        const double from = one.run - runs / count;
        together += from * (one.own - own / count);
        square += from * from;
    }
    return square > 0 ? 1000 * together / square : 0;
}

} // namespace

class TestSoak : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void afterAnyNumberOfFaultsTheWindowHasWhatItHad()
    {
        const int runs = numberOf("BISTRO_SOAK_RUNS", kRuns);
        const int seed = numberOf("BISTRO_SOAK_SEED", kSeed);
        QRandomGenerator random(static_cast<quint32>(seed));
        begin();
        // Every part has been used once: what Qt opens and keeps is not a run's.
        for (const FaultEnd end : {FaultEnd::ByItself, FaultEnd::Stop, FaultEnd::EndInput, FaultEnd::RunAgain})
            lead(*std::ranges::find(faults(), end, &Fault::end));
        const Has before = atRest();
        say(u"seed %1; at the start %2"_s.arg(seed).arg(inWords(before)));
        std::vector<Sample> measured;
        std::size_t hit = 0;
        for (int i = 1; i <= runs && !QTest::currentTestFailed(); ++i) {
            const Fault& next = faults()[random.bounded(static_cast<quint32>(faults().size()))];
            if (m_tells)
                say(u"%1: %2"_s.arg(i).arg(QLatin1StringView(next.name)));
            lead(next);
            if (i % 7 == 0)
                lookAtSomethingElse(random);
            ++hit;
            if (i % kBetweenMeasurements == 0)
                measured.push_back({.run = i, .own = ownMemory()});
        }
        if (QTest::currentTestFailed())
            return;
        const Has after = atRest();
        say(u"%1 runs; at the end %2"_s.arg(hit).arg(inWords(after)));
        QVERIFY2(after.descriptors.size() <= before.descriptors.size(),
            qPrintable(
                u"before: %1\nafter: %2"_s.arg(before.descriptors.join(u", "_s), after.descriptors.join(u", "_s))));
        QVERIFY2(after.threads <= before.threads, qPrintable(inWords(after)));
        QCOMPARE(after.temporary, before.temporary);
        judge(measured, runs);
    }
    void cleanupTestCase() { closeWindow(); }

private:
    static void say(const QString& sentence) { qInfo("%s", qPrintable(sentence)); }

    void begin()
    {
        m_tells = qEnvironmentVariableIsSet("BISTRO_SOAK_LOG");
        QThreadPool::globalInstance()->setExpiryTimeout(1'000); // milliseconds, so that one sees which threads go
        m_folder = std::make_unique<QTemporaryDir>();
        for (const QString& name : {u"temporary"_s, u"home"_s, u"work"_s})
            QVERIFY(QDir().mkpath(m_folder->filePath(name)));
        qputenv("TMPDIR", QFile::encodeName(m_folder->filePath(u"temporary"_s)));
        qputenv("HOME", QFile::encodeName(m_folder->filePath(u"home"_s)));
        const QByteArray mark = QUuid::createUuid().toByteArray(QUuid::Id128).left(kMark);
        qputenv("SOAK_MARK", mark);
        m_mark = "SOAK_MARK=" + mark.toStdString();
        useFolders(m_folder->path());
        m_program = m_folder->filePath(u"work/program.js"_s);
        QFile made(m_program);
        QVERIFY(made.open(QIODevice::WriteOnly));
        made.close();
        openAgain();
        QVERIFY(m_window->open(m_program));
    }

    // Typed, so that it is kept and checked as one types; a run of it leads to its end, and nothing is left.
    void lead(const Fault& fault)
    {
        app::RunSettings settings;
        if (fault.smallHeap)
            settings.nodeFlags = {u"--max-old-space-size=64"_s};
        keepRunSettings(m_program, settings);
        QVERIFY(m_window->open(m_program));
        CodeEditor* const editor = m_window->editor().editor();
        editor->setText(QString::fromUtf8(fault.code.data(), static_cast<qsizetype>(fault.code.size())));
        QTest::keyClicks(editor, u";"_s);
        click(u"run"_s);
        const QString name = QString::fromUtf8(fault.name.data(), static_cast<qsizetype>(fault.name.size()));
        QVERIFY2(leadToItsEnd(fault.end), qPrintable(name + u": it never was ready"_s));
        QVERIFY2(ended(), qPrintable(name + u": it does not end"_s));
        QVERIFY2(!session().ending().isEmpty(), qPrintable(name));
        (void)QTest::qWaitFor([&] { return tests::processesWith(m_mark).empty(); }, kLong);
        for (const std::string& left : tests::processesWith(m_mark))
            QFAIL(qPrintable(name + u" has left "_s + QString::fromStdString(left)));
    }

    bool leadToItsEnd(FaultEnd end)
    {
        if (end == FaultEnd::ByItself)
            return true;
        if (end == FaultEnd::StopAtOnce) {
            session().stop();
            return true;
        }
        if (!printed(u"ready"_s))
            return false;
        switch (end) {
        case FaultEnd::ByItself:
        case FaultEnd::StopAtOnce: break;
        case FaultEnd::Stop: click(u"stop"_s); break;
        case FaultEnd::KillEngine: {
            const pid_t engine = tests::childOf(session().pid());
            return engine > 1 && ::kill(engine, SIGKILL) == 0;
        }
        case FaultEnd::KillWarden: return ::kill(session().pid(), SIGKILL) == 0;
        case FaultEnd::EndInput:
            session().write(QByteArray("some input\n").repeated(10'000));
            session().endInput();
            break;
        case FaultEnd::RunAgain:
            m_window->action(u"run"_s)->trigger();
            if (!QTest::qWaitFor([&] { return lines().isEmpty(); }, kLong) || !printed(u"ready"_s))
                return false;
            session().stop();
            break;
        }
        return true;
    }

    // A moment of the run, the other skin, another size, and the run's trace as somebody has cut it.
    void lookAtSomethingElse(QRandomGenerator& random)
    {
        session().goTo(0);
        for (int i = 0; i < 5; ++i)
            (void)session().stepForward(app::Session::Step::Event);
        m_window->action(random.bounded(2) == 0 ? u"loop"_s : u"restaurant"_s)->trigger();
        m_window->resize(700 + random.bounded(900), 500 + random.bounded(500));
        const QString cut = m_folder->filePath(u"cut.bistro"_s);
        QFile::remove(cut);
        if (!session().log() || !session().saveTrace(cut))
            return;
        QFile file(cut);
        QVERIFY(file.resize(static_cast<qint64>(random.bounded(static_cast<double>(file.size())))));
        (void)m_window->open(cut); // which may be refused, with a sentence
        QVERIFY(ended());
    }

    // After a program that does nothing, in the size that it had.
    Has atRest()
    {
        (void)ownMemory();
        Has has;
        // Threads and what they hold go in their own time.
        std::size_t same = 0;
        (void)QTest::qWaitFor(
            [&] {
                const Has now {.descriptors = descriptors(), .threads = threads(), .temporary = temporary()};
                const bool isSame = now.descriptors.size() == has.descriptors.size() && now.threads == has.threads
                    && now.temporary == has.temporary;
                same = isSame ? same + 1 : 0;
                has = now;
                return same > 150;
            },
            kLong);
        return has;
    }
    double ownMemory()
    {
        m_window->resize(1440, 900);
        static constexpr Fault kRest {.name = "rest", .end = FaultEnd::ByItself, .code = "console.log('rest');"};
        lead(kRest);
        QThreadPool::globalInstance()->waitForDone();
        const auto memory = tests::memory();
        if (m_tells)
            say(QString::fromStdString(tests::inWords(memory)));
        return static_cast<double>(memory.own) / 1024;
    }
    [[nodiscard]] static QStringList descriptors()
    {
        QStringList all;
        for (const std::string& one : tests::descriptors())
            all << QString::fromStdString(one);
        return all;
    }
    [[nodiscard]] QStringList temporary() const { return filesBelow(m_folder->filePath(u"temporary"_s)); }

    void judge(const std::vector<Sample>& measured, int runs)
    {
        if (runs < kJudged)
            return;
        std::vector<Sample> warm;
        std::ranges::copy_if(measured, std::back_inserter(warm),
            [&](const Sample& one) { return one.run >= static_cast<int>(kWarm * runs); });
        const double growth = growthOf(warm);
        say(u"own memory: %1 MiB after run %2, %3 MiB after run %4; by the line %5 MiB more in a thousand runs"_s
                .arg(warm.front().own, 0, 'f', 1)
                .arg(warm.front().run)
                .arg(warm.back().own, 0, 'f', 1)
                .arg(warm.back().run)
                .arg(growth, 0, 'f', 1));
        QVERIFY2(growth < kGrowth, "memory grows");
    }

    std::string m_mark;
    QString m_program;
    bool m_tells = false;
};

QTEST_MAIN(TestSoak)
#include "tst_soak.moc"
