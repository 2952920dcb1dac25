// Nothing that is read or recognized at the tables lies over anything else: bubble, heads, tables, plates, badges. Over
// crowds made by hand, and over every example as the engine runs it.
#include "drawn.h"
#include "moment/tracefacts.h"
#include "overlaps.h"
#include "state/blocked.h"
#include "support/recordedrun.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::trace;

namespace {

struct Crowd {
    QString name;
    HandState hand;
    StageOptions options;
};

// So many guests; of them every so manieth has asked for something.
HandState guests(std::uint32_t count, std::uint32_t hungry)
{
    HandState hand;
    hand.start(1).finish(1);
    for (std::uint32_t i = 0; i < count; ++i) {
        hand.connection(100 + i);
        if (hungry != 0 && i % hungry == 0)
            hand.request(500 + i, 100 + i);
    }
    return hand.later(600'000'000);
}

std::vector<Crowd> crowds(std::uint32_t count, std::uint32_t hungry)
{
    std::vector<Crowd> all;
    const auto with = [&](const QString& name, auto change, StageOptions options = {}) {
        HandState hand = guests(count, hungry);
        change(hand);
        all.push_back({name, hand, options});
    };
    with(u"walks"_s, [](HandState&) { });
    with(u"rests for a cook"_s,
        [](HandState& hand) { hand.pool(2, u"packed"_s).begun(2, 1).enter(Phase::Poll, PollReason::KernelOnly, -1); });
    with(u"rests for a cook or a timer"_s, [](HandState& hand) {
        hand.pool(2, u"packed"_s)
            .begun(2, 1)
            .timer(3, u"a dessert with cream"_s, 1'000)
            .enter(Phase::Poll, PollReason::TimerDue, 400);
    });
    with(u"rests for customers"_s, [](HandState& hand) {
        hand.waits(5, u"shop"_s, KernelWait::Listening, u"8080"_s).enter(Phase::Poll, PollReason::KernelOnly, -1);
    });
    with(u"rests at a long path"_s, [](HandState& hand) {
        hand.waits(5, u"shop"_s, KernelWait::Listening, u"/run/user/1000/bistro/a-very-long-name.sock"_s)
            .enter(Phase::Poll, PollReason::KernelOnly, -1);
    });
    with(u"has a dish ready"_s, [](HandState& hand) {
        hand.pool(2, u"packed"_s).begun(2, 1).enter(Phase::Poll, PollReason::KernelOnly, -1).done(2, 1);
    });
    with(u"closed"_s, [](HandState& hand) { hand.event(EventKind::RunEnded, {.small = 0, .a = 0}); });
    with(u"crashed"_s, [](HandState& hand) { hand.event(EventKind::RunEnded, {.small = 0, .a = 137}); });
    with(u"paused"_s, [](HandState&) { }, {.paused = true});
    with(u"recording ended"_s, [](HandState& hand) {
        hand.event(EventKind::RecordingEnded, {}).event(EventKind::RunEnded, {.small = 0, .a = 137});
    });
    for (std::uint32_t plates = 1; plates <= 7; ++plates) {
        const auto carry = [plates](HandState& hand) {
            for (std::uint32_t i = 0; i < plates; ++i)
                hand.start(i == 0 ? 100 : 700 + i);
        };
        with(u"serves"_s, carry);
        with(u"is blocked"_s, carry, {.now = 3'400'000'000, .heldSince = 600'000'000});
        with(u"is at the main script"_s, [plates](HandState& hand) {
            for (std::uint32_t i = 0; i < plates; ++i)
                hand.start(i == 0 ? 1 : 700 + i);
        });
    }
    return all;
}

} // namespace

class TestStageCrowd : public QObject {
    Q_OBJECT

private slots:
    void nothingAtTheTablesLiesOverAnythingElse_data()
    {
        QTest::addColumn<int>("size");
        QTest::addRow("normal") << static_cast<int>(StageSize::Normal);
        QTest::addRow("narrow") << static_cast<int>(StageSize::Narrow);
        QTest::addRow("compact") << static_cast<int>(StageSize::Compact);
        QTest::addRow("presentation") << static_cast<int>(StageSize::Presentation);
    }
    void nothingAtTheTablesLiesOverAnythingElse()
    {
        QFETCH(int, size);
        QStringList found;
        for (std::uint32_t count = 0; count <= 40; ++count) {
            for (const std::uint32_t hungry : {0u, 1u, 3u}) {
                for (const Crowd& crowd : crowds(count, hungry)) {
                    StageOptions options = crowd.options;
                    options.size = static_cast<StageSize>(size);
                    const StagePicture picture = draw(crowd.hand, options);
                    const QStringList overlapping = overlapsAtTheTables(picture);
                    if (!overlapping.isEmpty())
                        found << u"%1 guests, every %2. asked, %3: %4"_s.arg(count).arg(hungry).arg(
                            crowd.name, overlapping.first());
                }
            }
        }
        QVERIFY2(found.isEmpty(), qPrintable(QString::number(found.size()) + u'\n' + found.mid(0, 30).join(u'\n')));
    }

    void everyGuestIsAHeadOrCounted()
    {
        for (const StageSize size : kSizes) {
            for (std::uint32_t count = 0; count <= 40; ++count) {
                for (const Crowd& crowd : crowds(count, 3)) {
                    StageOptions options = crowd.options;
                    options.size = size;
                    const StagePicture picture = draw(crowd.hand, options);
                    std::size_t heads = 0;
                    std::size_t told = 0;
                    for (const Shape& shape : picture.parts[1].shapes) {
                        const auto* const figure = std::get_if<FigureShape>(&shape);
                        heads += figure && figure->figure == Figure::Customer ? 1 : 0;
                        const auto* const text = std::get_if<TextShape>(&shape);
                        if (text && text->runs.size() == 2)
                            told += text->runs.front().text.toUInt();
                    }
                    const auto served = std::ranges::count(picture.customers, true, &StageCustomer::served);
                    QCOMPARE(told, picture.allCustomers() - static_cast<std::size_t>(served));
                    QVERIFY(heads <= told);
                    if (size == StageSize::Normal && told > 0 && crowd.name == u"rests for a cook")
                        QVERIFY2(heads >= std::min<std::size_t>(told, 3), qPrintable(QString::number(heads)));
                }
            }
        }
    }

    void noExampleHasAnythingOverAnything_data()
    {
        QTest::addColumn<QString>("file");
        QFile list(QStringLiteral(BISTRO_EXAMPLES) + u"/index.json"_s);
        QVERIFY(list.open(QIODevice::ReadOnly));
        const QJsonArray examples = QJsonDocument::fromJson(list.readAll()).array();
        for (const QJsonValue& example : examples) {
            const QString slug = example[u"slug"_s].toString();
            QTest::addRow("%s", qPrintable(slug)) << slug + u'/' + example[u"main"_s].toString();
        }
    }
    void noExampleHasAnythingOverAnything()
    {
        QFETCH(QString, file);
        const QString path = QStringLiteral(BISTRO_EXAMPLES) + u'/' + file;
        QVERIFY2(QFile::exists(path), qPrintable(path));
        const RecordedRun run = record(QStringLiteral(BISTRO_ENGINE),
            u"process.chdir('%1');\nimport('%2');\nsetTimeout(process.exit, 3000).unref();\n"_s
                .arg(QFileInfo(path).path(), path)
                .toUtf8());
        const auto log = app::TraceLog::open(run.folder->filePath(u"run.bistro"_s).toStdString()).value();
        const TraceFacts facts(*log);
        QStringList found;
        constexpr app::Index most = 150; // moments
        for (app::Index i = 0; i <= most; ++i) {
            const auto place = static_cast<app::Index>(static_cast<std::uint64_t>(log->size()) * i / most);
            const app::LoopState state = log->stateAt(place);
            for (const StageSize size : kSizes) {
                const StagePicture picture = pictureOf(state, app::servingOrder(state, 1'000), facts, {.size = size});
                const QStringList overlapping = overlapsAtTheTables(picture);
                if (!overlapping.isEmpty())
                    found << u"event %1, size %2: %3"_s.arg(place).arg(static_cast<int>(size)).arg(overlapping.first());
            }
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.mid(0, 10).join(u'\n')));
    }
};

QTEST_MAIN(TestStageCrowd)
#include "tst_stagecrowd.moc"
