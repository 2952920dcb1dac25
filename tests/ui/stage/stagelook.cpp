// stagelook FOLDER [TRACE] [--at N] [--select ID] …: what the stage draws of a trace, or of the drawings' own moment,
// as pictures to look at.
#include "handstate.h"
#include "moment/tracefacts.h"
#include "stage/makepicture.h"
#include "stage/picturetext.h"
#include "stage/stageview.h"
#include "why/hold.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QRegularExpression>
#include <QTextStream>

using namespace bistro;

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addPositionalArgument("folder", "where the pictures go");
    parser.addPositionalArgument("trace", "whose state is drawn");
    parser.addHelpOption();
    parser.addOption({"at", "after so many events", "n"});
    parser.addOption({"name", "prefix of the files", "name", "stage"});
    parser.addOption({"select", "async id", "id"});
    parser.addOption({"guilty", "function", "function"});
    parser.addOption({"later", "milliseconds after the state", "ms", "0"});
    parser.addOption({"only", "those whose name matches", "pattern"});
    parser.process(app);
    const QStringList arguments = parser.positionalArguments();
    if (arguments.isEmpty())
        parser.showHelp(1);
    const test::HandState drawings = test::fourCooks();
    std::unique_ptr<app::TraceLog> log;
    std::unique_ptr<ui::TraceFacts> logFacts;
    if (arguments.size() > 1) {
        auto opened = app::TraceLog::open(arguments.at(1).toStdString());
        if (!opened) {
            QTextStream(stderr) << opened.error().c_str() << '\n';
            return 1;
        }
        log = std::move(*opened);
        logFacts = std::make_unique<ui::TraceFacts>(*log);
    }
    const app::LoopState& state = !log ? drawings.state()
                                       : log->stateAt(parser.isSet("at") ? parser.value("at").toUInt() : log->size());
    const ui::StageFacts& facts = log ? static_cast<const ui::StageFacts&>(*logFacts) : drawings;
    const auto order = app::servingOrder(state, 500);
    QDir().mkpath(arguments.at(0));
    const struct {
        const char* name;
        int width, height;
        double zoom;
        bool presents;
    } stages[] {{"normal", 768, 568, 1, false}, {"normal150", 1152, 852, 1.5, false}, {"narrow", 616, 568, 1, false},
        {"compact", 616, 480, 1, false}, {"compact150", 924, 720, 1.5, false},
        {"presentation150", 1332, 1152, 1.5, true}};
    for (const ui::Skin skin : {ui::Skin::Restaurant, ui::Skin::Loop}) {
        for (const ui::Scheme scheme : {ui::Scheme::Light, ui::Scheme::Dark}) {
            for (const auto& stage : stages) {
                const QString name = QStringLiteral("%1-%2-%3-%4")
                                         .arg(parser.value("name"), skin == ui::Skin::Loop ? "loop" : "restaurant",
                                             stage.name, scheme == ui::Scheme::Dark ? "dark" : "light");
                if (parser.isSet("only") && !name.contains(QRegularExpression(parser.value("only"))))
                    continue;
                ui::StageView view;
                view.setTheme(ui::Theme(scheme, stage.zoom));
                view.setPresentation(stage.presents);
                view.setSkin(skin);
                view.setSelected(app::OrderId::async(parser.value("select").toUInt()));
                view.resize(stage.width, stage.height);
                view.setSource([&](const ui::Moment&, ui::StageOptions options) {
                    options.guilty = parser.value("guilty");
                    options.now = state.time + parser.value("later").toULongLong() * 1'000'000;
                    if (const auto hold = log ? app::holdAt(*log, state.size, std::chrono::nanoseconds(*options.now),
                                                    std::chrono::milliseconds(200))
                                              : std::nullopt)
                        options.heldSince = hold->since;
                    return pictureOf(state, order, facts, options);
                });
                ui::Moment moment;
                moment.facts = &facts;
                view.setMoment(moment, ui::StageView::Motion::Jump);
                view.show();
                QCoreApplication::processEvents();
                const QString file = QDir(arguments.at(0)).filePath(name + ".png");
                view.grab().save(file);
            }
        }
    }
    ui::StageOptions options;
    QTextStream(stdout) << asText(pictureOf(state, order, facts, options)) << '\n';
    return 0;
}
