// F52: a trace of half a million events that say as much as an event can, each of another order, object, file and time:
// whatever is asked of it takes no more memory than twice the file and a fixed sum, and comes to an end. Crowds of each
// kind, and of each two kinds one after the other (a search for each of the second among all of the first).
#include "hostiletrace.h"
#include "measured.h"

#include "state/lines.h"
#include "state/steps.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>

using namespace bistro;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t kBeside = std::int64_t {256} << 20; // bytes

QString nameOf(EventKind kind)
{
    const std::string_view name = schemaOf(kind).name;
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

std::span<const KindSchema> kinds()
{
    return schema().subspan(1);
}

double secondsOfThis()
{
    timespec time {};
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

} // namespace

class TestCrowds : public QObject {
    Q_OBJECT

private slots:
    void whateverIsAskedOfACrowdTakesTwiceTheFileAtMost_data()
    {
        QTest::addColumn<int>("kind");
        for (const KindSchema& kind : kinds())
            QTest::newRow(qPrintable(nameOf(kind.kind))) << static_cast<int>(kind.kind);
    }
    void whateverIsAskedOfACrowdTakesTwiceTheFileAtMost()
    {
        QFETCH(int, kind);
        const QString file = m_folder.filePath(u"crowd.bistro"_s);
        {
            tests::HostileTrace trace(file.toStdString());
            trace.begin();
            constexpr std::uint32_t kCrowd = 500'000;
            for (std::uint32_t i = 0; i < kCrowd; ++i)
                trace.event(trace.anyOf(static_cast<EventKind>(kind), i));
        }
        const QString copy = m_folder.filePath(u"copy.bistro"_s);
        const QString order = u"1"_s;
        const QList<QStringList> questions {{u"show"_s, file}, {u"show"_s, file, u"--internals"_s}, {u"state"_s, file},
            {u"state"_s, file, u"--json"_s}, {u"findings"_s, file}, {u"findings"_s, file, u"--json"_s},
            {u"why"_s, file, u"--now"_s, u"400000"_s}, {u"why"_s, file, u"--pending"_s, order},
            {u"why"_s, file, u"--before"_s, u"1"_s, u"3000"_s}, {u"lines"_s, file}, {u"check"_s, file},
            {u"save"_s, file, copy}, {u"save"_s, file, copy, u"--without-values"_s}};
        for (const QStringList& question : questions) {
            const auto took = tests::measured(QStringList {QStringLiteral(BISTRO_COMMAND)} + question);
            const QString told = u"%1: %2 MB, %3 s, ends with %4 %5"_s.arg(question.join(u' '))
                                     .arg(took.peak >> 20)
                                     .arg(took.seconds)
                                     .arg(took.code)
                                     .arg(QString::fromUtf8(took.said.right(200)));
            if (qEnvironmentVariableIsSet("BISTRO_TELL"))
                qInfo("%s", qPrintable(told));
            constexpr double kLongest = 60;
            if (took.code < 0 || took.peak > 2 * QFileInfo(file).size() + kBeside || took.seconds > kLongest)
                QTest::qFail(qPrintable(told), __FILE__, __LINE__);
            QFile::remove(copy);
        }
    }

    void aSearchAmongTheFirstForEachOfTheSecondComesToAnEnd_data()
    {
        QTest::addColumn<int>("kind");
        for (const KindSchema& kind : kinds())
            QTest::newRow(qPrintable(nameOf(kind.kind))) << static_cast<int>(kind.kind);
    }
    void aSearchAmongTheFirstForEachOfTheSecondComesToAnEnd()
    {
        QFETCH(int, kind);
        constexpr std::uint32_t kCrowd = 50'000;
        constexpr double kLongest = 2;
        const QString file = m_folder.filePath(u"pair.bistro"_s);
        for (const KindSchema& second : kinds()) {
            {
                tests::HostileTrace trace(file.toStdString());
                trace.begin();
                for (std::uint32_t i = 0; i < kCrowd; ++i)
                    trace.event(trace.anyOf(static_cast<EventKind>(kind), i));
                for (std::uint32_t i = 0; i < kCrowd; ++i)
                    trace.event(trace.anyOf(second.kind, i + kCrowd));
            }
            const double begin = secondsOfThis();
            const auto log = app::TraceLog::open(file.toStdString()).value();
            const double opened = secondsOfThis();
            app::Lines lines(*log);
            lines.refresh();
            const double indexed = secondsOfThis();
            app::Steps steps(*log);
            steps.refresh();
            const double stepped = secondsOfThis();
            if (stepped - begin > kLongest)
                QTest::qFail(qPrintable(u"then %1: open %2 s, lines %3 s, steps %4 s"_s.arg(nameOf(second.kind))
                                     .arg(opened - begin)
                                     .arg(indexed - opened)
                                     .arg(stepped - indexed)),
                    __FILE__, __LINE__);
        }
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCrowds)
#include "tst_crowds.moc"
