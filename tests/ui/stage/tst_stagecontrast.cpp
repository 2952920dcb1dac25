// Every text of the stage and of its slips reads at 4.5 to 1 or better: both skins, both themes, three layouts, every
// state. Measured while it is painted: a text's ink against what is behind it.
#include "drawn.h"
#include "stage/paint.h"
#include "ui/measuring.h"

#include <QTest>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::trace;

namespace {

struct State {
    QString name;
    HandState hand;
    StageOptions options;
};

std::vector<State> states()
{
    const auto ended = [](std::uint32_t code) {
        HandState hand = everywhere(2);
        hand.event(EventKind::RunEnded, {.small = 0, .a = code});
        return hand;
    };
    HandState rests;
    rests.start(1)
        .finish(1)
        .waits(5, u"shop"_s, KernelWait::Listening, u"8080"_s)
        .iteration(1)
        .enter(Phase::Poll, PollReason::KernelOnly, -1);
    HandState own;
    own.start(1).finish(1).own(70).named(70, u"emit"_s).start(70);
    return {{u"nothing yet"_s, HandState(), {}}, {u"four cooks"_s, fourCooks(), {}},
        {u"selected"_s, fourCooks(), {.selected = app::OrderId::async(8)}}, {u"full"_s, everywhere(2), {}},
        {u"a crowd"_s, everywhere(30), {}}, {u"a rush"_s, everywhere(2'000), {}},
        {u"blocked"_s, everywhere(30), {.now = 3'000'000'000, .heldSince = 100'000'000}}, {u"rests"_s, rests, {}},
        {u"paused"_s, rests, {.paused = true}}, {u"Node's own"_s, own, {}}, {u"closed"_s, ended(0), {}},
        {u"crashed"_s, ended(1), {}},
        {u"not caught"_s, fourCooks(), {.uncaught = u"Cannot read properties of undefined"_s}}};
}

} // namespace

class TestStageContrast : public QObject {
    Q_OBJECT

private slots:
    void everyTextReads_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addRow("light") << false;
        QTest::addRow("dark") << true;
    }
    void everyTextReads()
    {
        QFETCH(bool, dark);
        const Theme theme(dark ? Scheme::Dark : Scheme::Light);
        Figures figures;
        QStringList found;
        std::size_t measured = 0;
        for (const State& state : states()) {
            for (const Skin skin : kSkins) {
                for (const StageSize size : kSizes) {
                    StageOptions options = state.options;
                    options.skin = skin;
                    options.size = size;
                    const StagePicture picture = draw(state.hand, options);
                    constexpr double scale = 2; // letters have pixels of their full ink
                    MeasuringDevice device((picture.size * scale).toSize());
                    QPainter painter(&device);
                    painter.scale(scale, scale);
                    for (const bool front : {false, true}) {
                        for (const Part& part : picture.parts) {
                            if (part.front == front)
                                paintShapes(painter, part.shapes, theme, figures);
                        }
                        for (const StageSlip& slip : picture.slips) {
                            if (front)
                                continue;
                            painter.save();
                            painter.translate(slip.rect.topLeft());
                            paintSlip(painter, slip, theme, {});
                            painter.restore();
                        }
                    }
                    painter.end();
                    measured += device.texts().size();
                    found += unreadable(device.texts(),
                        u"%1, skin %2, size %3"_s.arg(state.name)
                            .arg(static_cast<int>(skin))
                            .arg(static_cast<int>(size)));
                }
            }
        }
        QVERIFY2(measured > 1'000, qPrintable(QString::number(measured)));
        QVERIFY2(found.isEmpty(), qPrintable(QString::number(found.size()) + u'\n' + found.mid(0, 40).join(u'\n')));
    }

    void aTextThatDoesNotReadIsFound()
    {
        MeasuringDevice device({200, 40});
        QPainter painter(&device);
        painter.fillRect(QRect(0, 0, 200, 40), QColor(0xEEEEEE));
        painter.setPen(QColor(0x888888));
        painter.drawText(QRect(0, 0, 200, 40), Qt::AlignCenter, u"pale"_s);
        painter.end();
        QCOMPARE(unreadable(device.texts(), u"here"_s).size(), 1);
        QCOMPARE(device.texts().front().ground, QColor(0xEEEEEE));
    }
};

QTEST_MAIN(TestStageContrast)
#include "tst_stagecontrast.moc"
