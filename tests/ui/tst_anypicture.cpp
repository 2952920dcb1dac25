// What the window makes of a trace, made of traces that no engine records: whatever their records say together, there
// is a picture, a card, a sentence and a timeline, and none of it takes for ever. BISTRO_MUTANTS=5000 tries so many,
// BISTRO_MUTANT=17 only that one.
#include "moment/tracefacts.h"
#include "panels/callstackmodel.h"
#include "panels/narrationcontent.h"
#include "panels/ordercard.h"
#include "session/alive.h"
#include "session/session.h"
#include "stage/makepicture.h"
#include "stage/ordersmodel.h"
#include "stage/paint.h"
#include "stage/picturetext.h"
#include "stage/slipmodel.h"
#include "support/mutation.h"
#include "support/syntheticrun.h"
#include "support/tracefile.h"
#include "timeline/timelineview.h"
#include "why/why.h"
#include "window/linenotes.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstring>
#include <functional>
#include <random>
#include <unistd.h>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr unsigned kPatience = 60; // seconds for one trace; only what hangs takes so long

std::vector<std::byte> recorded(const SyntheticOptions& options, std::uint64_t events)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"run.bistro"_s);
    {
        const auto writer = trace::Writer::create(path.toStdString()).value();
        SyntheticRun(*writer, options).write(events);
        writer->finish();
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Cannot read the trace back.");
    const QByteArray bytes = file.readAll();
    std::vector<std::byte> result(static_cast<std::size_t>(bytes.size()));
    std::memcpy(result.data(), bytes.constData(), result.size());
    return result;
}

char s_now[512];

extern "C" void tellWhatHangs(int)
{
    (void)!write(STDERR_FILENO, "hangs: ", 7);
    (void)!write(STDERR_FILENO, s_now, std::strlen(s_now));
    (void)!write(STDERR_FILENO, "\n", 1);
    std::abort();
}

// Places to look at: both ends, and some between.
std::vector<app::Index> places(const app::TraceLog& log, std::mt19937& random)
{
    std::vector<app::Index> result {0, log.size()};
    for (int i = 0; i < 4; ++i)
        result.push_back(std::uniform_int_distribution<app::Index>(0, log.size())(random));
    for (app::Index& place : result)
        place = std::min(place, log.size());
    return result;
}

// Who may be asked about: who is drawn, who is behind tabs, who never was.
std::vector<app::OrderId> orders(const StagePicture& picture, std::mt19937& random)
{
    std::vector<app::OrderId> result {app::OrderId {}, app::OrderId::async(1), app::OrderId::promise(1),
        app::OrderId::async(UINT32_MAX), app::OrderId::promise(UINT32_MAX)};
    for (const StageSlip& slip : picture.slips)
        result.push_back(slip.order);
    for (const auto& [order, meaning] : picture.running)
        result.push_back(order);
    std::ranges::shuffle(result, random);
    result.resize(std::min<std::size_t>(result.size(), 12));
    return result;
}

StagePicture draw(const app::TraceLog& log, const TraceFacts& facts, app::Index place, const StageOptions& options)
{
    const app::LoopState state = app::later(log.stateAt(place), options.now.value_or(0));
    return pictureOf(state, app::servingOrder(state, 2'000), facts, options);
}

} // namespace

class TestAnyPicture : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        std::signal(SIGALRM, tellWhatHangs);
        m_good = {smallTrace().bytes(), recorded({}, 2'000),
            recorded({.seed = 2, .pending = 30, .timers = 700, .sockets = 40}, 3'000),
            recorded({.seed = 3, .pending = 900, .inherited = 50}, 4'000)};
    }

    void theStageIsDrawn()
    {
        forEachMutant([](const app::TraceLog& log, std::mt19937& random, const QString&) {
            const TraceFacts facts(log);
            OrdersModel rows;
            SlipModel slips;
            Figures figures;
            const Theme theme {Scheme::Light};
            std::uint64_t now = 0;
            for (const app::Index place : places(log, random)) {
                for (const Skin skin : {Skin::Restaurant, Skin::Loop}) {
                    for (const StageSize size :
                        {StageSize::Normal, StageSize::Narrow, StageSize::Compact, StageSize::Presentation}) {
                        StageOptions options {.skin = skin, .size = size};
                        if (now % 3 == 1)
                            options.now = std::uniform_int_distribution<std::uint64_t>()(random);
                        if (now % 5 == 2)
                            options.heldSince = std::uniform_int_distribution<std::uint64_t>()(random);
                        options.patience = std::chrono::milliseconds(now % 4);
                        options.live = now++ % 2 == 0;
                        const StagePicture picture = draw(log, facts, place, options);
                        rows.setPicture(picture, &facts);
                        slips.setSlips(picture.slips, {}, picture.hand, options.live);
                        QVERIFY(!asText(picture).isEmpty());
                        for (const StageSlip& slip : picture.slips) {
                            QVERIFY(slip.rect.isValid());
                            QVERIFY(slip.count >= 1);
                        }
                    }
                }
                QImage image(400, 300, QImage::Format_ARGB32_Premultiplied);
                QPainter painter(&image);
                painter.scale(0.5, 0.5);
                const StagePicture picture = draw(log, facts, place, {});
                for (const Part& part : picture.parts)
                    paintShapes(painter, part.shapes, theme, figures);
                for (const StageSlip& slip : picture.slips)
                    paintSlip(painter, slip, theme, {});
            }
        });
    }

    void everyPanelSaysSomething()
    {
        forEachMutant([](const app::TraceLog& log, std::mt19937& random, const QString&) {
            const TraceFacts facts(log);
            LineNotes notes(log);
            CallStackModel stack(nullptr);
            for (const app::Index place : places(log, random)) {
                const app::Wording wording = place % 2 == 0 ? app::Wording::Restaurant : app::Wording::Runtime;
                const std::uint64_t now = place % 3 == 0 ? std::uniform_int_distribution<std::uint64_t>()(random) : 0;
                (void)narrationContent(momentAt(log, facts, place, wording, now));
                (void)blockedCard(momentAt(log, facts, place, wording, now, std::chrono::nanoseconds(place % 3)));
                (void)crashCard(momentAt(log, facts, place, wording));
                stack.setPlates(callStackContent(momentAt(log, facts, place, wording)).plates);
                for (const app::OrderId order : orders(draw(log, facts, place, {}), random)) {
                    OrderCardContent card = orderCard(momentAt(log, facts, place, wording, now), order);
                    if (place > 0)
                        explain(card, app::whyNotYet(log, order, place - 1, wording, now), log);
                    if (const app::Index started = log.startedAt(order); started != app::kNoEvent)
                        explain(card, app::whyNow(log, started, wording), log);
                    (void)notes.placed(order);
                    (void)notes.at(
                        momentAt(log, facts, place, wording, now, std::chrono::nanoseconds(place % 3)), order);
                }
                const app::LoopState state = log.stateAt(place);
                (void)notes.running(state);
                (void)notes.explain(state, u"/home/ada/lesson.js"_s, 1, wording);
                (void)app::keptAliveSentence(log, state);
                (void)app::readsStandardInput(log, state);
                (void)app::maySitInARead(log, state);
            }
        });
    }

    void theTimelineIsDrawn()
    {
        forEachMutant([](const app::TraceLog& log, std::mt19937& random, const QString&) {
            const TraceFacts facts(log);
            TimelineView view;
            view.resize(600, 150);
            view.setLog(&log);
            view.setFacts(&facts);
            view.setBlockedAfter(std::chrono::nanoseconds(1));
            while (!view.refresh())
                ;
            QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
            const auto look = [&] {
                view.render(&image);
                for (double x = 0; x < view.width(); x += 61) {
                    for (double y = 0; y < view.height(); y += 13)
                        (void)view.textAt({x, y});
                }
            };
            look();
            for (const app::Index place : places(log, random)) {
                view.setPlayhead(
                    place, place % 2 == 0 ? TimelineView::Playhead::AtEvent : TimelineView::Playhead::Live);
                view.zoomBy(place % 3 == 0 ? 1e9 : 7, std::uniform_real_distribution<double>(0, 600)(random));
                view.render(&image);
                view.panBy(1e6);
                (void)view.playheadText();
                QTest::keyClick(&view, Qt::Key_Down);
                QTest::keyClick(&view, Qt::Key_Right);
                view.setBlockedAfter(std::chrono::milliseconds(place % 300));
                view.render(&image); // before the lanes are made anew
                (void)view.refresh();
                view.showRange(view.end() / 3, view.end() / 3 + 1);
                look();
                view.setNow(place % 2 == 0 ? UINT64_MAX : 0);
                view.fit();
                view.render(&image);
            }
        });
    }

    void aSessionPlaysAndStepsThroughIt()
    {
        forEachMutant([](const app::TraceLog&, std::mt19937& random, const QString& file) {
            app::Session session("/nowhere");
            QVERIFY(session.openTrace(file));
            QVERIFY(QTest::qWaitFor([&] { return session.log()->caughtUp(); }));
            using Step = app::Session::Step;
            for (const Step step : {Step::Step, Step::Event, Step::Call, Step::Print, Step::Iteration}) {
                for (int i = 0; i < 5; ++i)
                    (void)session.stepBack(step);
                for (int i = 0; i < 9; ++i)
                    (void)session.stepForward(step);
            }
            session.goTo(std::uniform_int_distribution<app::Index>(0, session.log()->size())(random));
            session.setSpeed(64, random() % 2 == 0);
            QSignalSpy moved(&session, &app::Session::playheadMoved);
            session.play();
            (void)QTest::qWaitFor(
                [&] { return !moved.isEmpty() || !session.isPlaying(); }, 20); // its next event may be years away
            session.halt();
        });
    }

private:
    void forEachMutant(const std::function<void(const app::TraceLog&, std::mt19937&, const QString& file)>& look)
    {
        bool chosen = false;
        const int one = qEnvironmentVariableIntValue("BISTRO_MUTANT", &chosen);
        const int most = std::max(50, qEnvironmentVariableIntValue("BISTRO_MUTANTS"));
        const QTemporaryDir folder;
        int opened = 0;
        for (int seed = chosen ? one : 0; seed < (chosen ? one + 1 : most); ++seed) {
            // Whole ones, too; what is cut and flipped is mostly refused, so most are forged.
            const auto& good = m_good[static_cast<std::size_t>(seed) % m_good.size()];
            const Mutant mutant = seed < static_cast<int>(m_good.size()) ? Mutant {.bytes = good, .told = "whole"}
                : seed % 4 == 0 ? mutated(good, static_cast<std::uint64_t>(seed))
                                : mutated(good, static_cast<std::uint64_t>(seed), Mutation::Forged);
            const QString path = folder.filePath(u"%1.bistro"_s.arg(seed));
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(reinterpret_cast<const char*>(mutant.bytes.data()), static_cast<qint64>(mutant.bytes.size()));
            file.close();
            std::snprintf(s_now, sizeof s_now, "%s, BISTRO_MUTANT=%d, %s", QTest::currentTestFunction(), seed,
                mutant.told.c_str());
            alarm(kPatience);
            if (const auto log = app::TraceLog::open(path.toStdString())) {
                ++opened;
                std::mt19937 random(static_cast<std::uint32_t>(seed));
                look(**log, random, path);
                alarm(0);
                if (QTest::currentTestFailed()) {
                    qWarning("%s", s_now);
                    return;
                }
            }
            alarm(0);
            QFile::remove(path);
        }
        QVERIFY(chosen || opened > most / 2);
    }

    std::vector<std::vector<std::byte>> m_good;
};

QTEST_MAIN(TestAnyPicture)
#include "tst_anypicture.moc"
