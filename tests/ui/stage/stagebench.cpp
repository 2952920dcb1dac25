// stagebench: what a frame of the stage costs when drawn in software, in milliseconds of the processor's time: 200
// slips that travel at once, and the steps of a trace. Printed as JSON.
#include "handstate.h"
#include "moment/tracefacts.h"
#include "stage/makepicture.h"
#include "stage/stageview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQuickWidget>
#include <QQuickWindow>
#include <QTextStream>

#include <algorithm>
#include <ctime>

using namespace bistro;
using namespace bistro::ui;

namespace {

double threadTime() // milliseconds
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

QJsonObject summary(std::vector<double> ms)
{
    if (ms.empty())
        return {};
    std::ranges::sort(ms);
    const auto at = [&](double share) {
        return ms[std::min(ms.size() - 1, static_cast<std::size_t>(share * static_cast<double>(ms.size())))];
    };
    return {{"frames", static_cast<int>(ms.size())}, {"median", at(0.5)}, {"p99", at(0.99)}, {"worst", ms.back()}};
}

// 200 slips in places of their own, all elsewhere with each call: more than any picture has.
StagePicture flock(int turn)
{
    test::HandState hand;
    StagePicture picture = pictureOf(hand.state(), {}, hand, {});
    for (int i = 0; i < 200; ++i) {
        const int cell = (i * 7 + turn * 31) % 200;
        picture.slips.push_back({.key = static_cast<std::uint64_t>(i + 1),
            .order = app::OrderId::async(static_cast<std::uint32_t>(i + 1)),
            .meaning = static_cast<Meaning>(1 + i % 7),
            .title = QStringLiteral("dish %1").arg(i),
            .second = QStringLiteral("#%1").arg(i),
            .rect = QRectF((cell % 10) * 66., (cell / 10) * 26., 108, 46),
            .number = i});
    }
    return picture;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QJsonObject result;
    StageView view;
    view.resize(768, 568);
    int turn = 0;
    view.setSource([&](const Moment&, const StageOptions&) { return flock(turn); });
    view.show();
    auto* const quick = view.findChild<QQuickWidget*>();
    // The processor's time of this thread, which draws: other programs on the machine do not count.
    double began = 0;
    std::vector<double> frames;
    QObject::connect(quick->quickWindow(), &QQuickWindow::beforeSynchronizing, &app, [&] { began = threadTime(); });
    QObject::connect(
        quick->quickWindow(), &QQuickWindow::afterRendering, &app, [&] { frames.push_back(threadTime() - began); });
    QElapsedTimer all;
    all.start();
    while (turn < 12) {
        ++turn;
        view.setMoment({}, StageView::Motion::Travel);
        QElapsedTimer step;
        step.start();
        while (step.elapsed() < 300)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }
    result["200 slips travel, drawing"] = summary(frames);
    result["200 slips travel, frames per second"] = static_cast<double>(frames.size()) * 1000
        / static_cast<double>(all.elapsed());
    result["200 slips travel, frames per travel"] = static_cast<double>(frames.size()) / 12;

    if (argc > 1) {
        const auto log = app::TraceLog::open(argv[1]);
        if (!log) {
            QTextStream(stderr) << log.error().c_str() << '\n';
            return 1;
        }
        const TraceFacts facts(**log);
        app::Index at = 0;
        StageView stage;
        stage.resize(768, 568);
        stage.setSource([&](const Moment&, const StageOptions& options) {
            const app::LoopState& state = (*log)->stateAt(at);
            return pictureOf(state, app::servingOrder(state, 500), facts, options);
        });
        stage.show();
        std::vector<double> make, draw;
        std::size_t waited = 0; // a step that changes nothing draws nothing
        QObject::connect(stage.findChild<QQuickWidget*>()->quickWindow(), &QQuickWindow::beforeSynchronizing, &app,
            [&] { began = threadTime(); });
        QObject::connect(stage.findChild<QQuickWidget*>()->quickWindow(), &QQuickWindow::afterRendering, &app,
            [&] { draw.push_back(threadTime() - began); });
        const app::Index step = std::max<app::Index>(1, (*log)->size() / 300);
        for (; at < (*log)->size(); at += step) {
            const double before = threadTime();
            stage.setMoment({}, StageView::Motion::Jump);
            make.push_back(threadTime() - before);
            for (const std::size_t drawn = draw.size(), tries = 20; draw.size() == drawn && waited < tries; ++waited)
                QCoreApplication::processEvents(QEventLoop::AllEvents, 2);
            waited = 0;
        }
        result["a step of the trace, picture and change"] = summary(make);
        result["a step of the trace, drawing"] = summary(draw);
    }
    QTextStream(stdout) << QJsonDocument(result).toJson();
    return 0;
}
