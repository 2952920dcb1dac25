// panelslook TRACE FOLDER [--at N] [--select ID] …: the timeline, the cards, the call stack and the narration of a
// trace, as pictures to look at; --bench: the processor time that the timeline takes to paint.
#include "moment/tracefacts.h"
#include "panels/callstackpanel.h"
#include "panels/narrationbar.h"
#include "panels/ordercard.h"
#include "text/catalogue.h"
#include "timeline/timelineview.h"
#include "why/why.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QTextStream>

#include <algorithm>
#include <ctime>

using namespace bistro;
using namespace bistro::ui;

namespace {

void savePicture(QWidget& widget, const QDir& folder, const QString& name, const QSize& size)
{
    widget.resize(size);
    widget.show();
    QCoreApplication::processEvents();
    widget.grab().save(folder.filePath(name + ".png"));
}

// Of this thread's own processor time: what others do on the machine does not count.
double milliseconds()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void bench(const app::TraceLog& log)
{
    QTextStream out(stdout);
    TimelineView view;
    view.resize(768, 176);
    view.show();
    QCoreApplication::processEvents();
    view.setLog(&log);
    const double begun = milliseconds();
    int calls = 0;
    double worst = 0;
    bool all = false;
    while (!all) {
        const double from = milliseconds();
        all = view.refresh(std::chrono::milliseconds(4));
        worst = std::max(worst, milliseconds() - from);
        ++calls;
    }
    out << "events " << log.size() << ", index " << milliseconds() - begun << " ms in " << calls << " calls, longest "
        << worst << " ms, " << view.index().bytes() / (1 << 20) << " MiB, waiter "
        << view.index().waiter().spans().size() << " notes " << view.index().notes().spans().size() << "\n";
    QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
    const auto measure = [&](const char* what, int n, auto step) {
        std::vector<double> steps;
        std::vector<double> paints;
        for (int i = 0; i < n; ++i) {
            const double from = milliseconds();
            step(i);
            const double between = milliseconds();
            steps.push_back(between - from);
            view.render(&image);
            paints.push_back(milliseconds() - between);
        }
        std::ranges::sort(steps);
        std::ranges::sort(paints);
        const auto at = [n](const std::vector<double>& v, double p) {
            return v[static_cast<std::size_t>(p * (n - 1))];
        };
        out << what << ": paint median " << at(paints, 0.5) << " ms, p99 " << at(paints, 0.99) << ", worst "
            << at(paints, 1) << "; step median " << at(steps, 0.5) << ", p99 " << at(steps, 0.99) << "\n";
        out.flush();
    };
    const app::Index size = log.size();
    measure("scrub, all in sight", 200,
        [&](int i) { view.setPlayhead(static_cast<app::Index>(static_cast<double>(size) * i / 200)); });
    measure("zoom in", 100, [&](int) { view.zoomBy(1.15, view.layoutOfRows().plot.center().x()); });
    measure("pan, zoomed in", 100, [&](int i) { view.panBy(i % 2 ? 37 : 21); });
    measure("zoom out", 100, [&](int) { view.zoomBy(1 / 1.15, view.layoutOfRows().plot.center().x()); });
    view.fit();
    measure("zoomed a little, pan", 100, [&](int i) {
        if (i == 0)
            view.zoomBy(20, view.layoutOfRows().plot.center().x());
        view.panBy(15);
    });
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    bistro::app::installCatalogues();
    QCommandLineParser parser;
    parser.addPositionalArgument("trace", "");
    parser.addPositionalArgument("folder", "");
    parser.addOption({"at", "after so many events", "n"});
    parser.addOption({"select", "async id", "id"});
    parser.addOption({"later", "milliseconds after the state", "ms", "0"});
    parser.addOption({"bench", ""});
    parser.process(app);
    const auto opened = app::TraceLog::open(parser.positionalArguments().at(0).toStdString());
    if (!opened) {
        QTextStream(stderr) << opened.error().c_str() << '\n';
        return 1;
    }
    const app::TraceLog& log = **opened;
    if (parser.isSet("bench")) {
        bench(log);
        return 0;
    }
    const TraceFacts facts(log);
    const app::Index at = parser.isSet("at") ? parser.value("at").toUInt() : log.size();
    const auto selected = app::OrderId::async(parser.value("select").toUInt());
    const std::uint64_t now = log.stateAt(at).time + parser.value("later").toULongLong() * 1'000'000;
    const QDir folder(parser.positionalArguments().at(1));
    folder.mkpath(".");
    for (const app::Wording wording : {app::Wording::Restaurant, app::Wording::Runtime}) {
        // As in the mocks: the restaurant in light, the loop in dark; and the other way round at 150 %.
        for (const double zoom : {1.0, 1.5}) {
            const bool dark = (wording == app::Wording::Runtime) != (zoom > 1);
            const Theme theme(dark ? Scheme::Dark : Scheme::Light, zoom);
            const QString name = QStringLiteral("%1-%2-%3")
                                     .arg(wording == app::Wording::Restaurant ? "restaurant" : "loop",
                                         dark ? "dark" : "light")
                                     .arg(zoom * 100);
            for (const bool compact : {false, true}) {
                const QString which = name + (compact ? "-compact" : "");
                TimelineView timeline;
                timeline.setTheme(theme);
                timeline.setWording(wording);
                timeline.setCompact(compact);
                timeline.setLog(&log);
                timeline.setFacts(&facts);
                timeline.refresh(app::TraceLog::kNoLimit);
                timeline.setPlayhead(at);
                timeline.setSelected(selected);
                savePicture(timeline, folder, "timeline-" + which,
                    compact ? QSize(theme.px(808), theme.px(112)) : QSize(theme.px(1024), theme.px(176)));

                OrderCard card;
                card.setTheme(theme);
                card.setWording(wording);
                if (const auto blocked = blockedCard(momentAt(log, facts, at, wording, now)); blocked && !selected) {
                    card.showBlocked(*blocked);
                } else if (selected) {
                    auto content = orderCard(momentAt(log, facts, at, wording), selected);
                    explain(content, app::whyNow(log, at - 1, wording), log);
                    card.showOrder(content);
                } else {
                    card.showNothing();
                }
                savePicture(card, folder, "card-" + which, {theme.px(compact ? 248 : 256), theme.px(360)});
                if (!compact)
                    QTextStream(stdout) << card.asText() << "\n\n";

                CallStackPanel stack;
                stack.setTheme(theme);
                stack.setWording(wording);
                stack.setCompact(compact);
                stack.setContent(callStackContent(momentAt(log, facts, at, wording)));
                savePicture(stack, folder, "stack-" + which, {theme.px(compact ? 248 : 256), theme.px(220)});

                NarrationBar narration;
                narration.setTheme(theme);
                narration.setForm(compact ? NarrationBar::Form::Compact : NarrationBar::Form::Normal);
                narration.setContent(narrationContent(momentAt(log, facts, at, wording, now)));
                savePicture(narration, folder, "narration-" + which, narration.sizeHint());
                if (!compact)
                    QTextStream(stdout) << narration.asText() << "\n\n";
            }
        }
    }
    return 0;
}
