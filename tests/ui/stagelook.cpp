// stagelook TRACE FOLDER [--at N | --mock] [--select ID] …: what the stage draws of a trace, as pictures to look at.
#include "stage/stageview.h"
#include "stage/tracefacts.h"

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
    parser.addPositionalArgument("trace", "");
    parser.addPositionalArgument("folder", "");
    parser.addOption({"at", "after so many events", "n"});
    parser.addOption({"name", "prefix of the files", "name", "stage"});
    parser.addOption({"select", "async id", "id"});
    parser.addOption({"guilty", "function", "function"});
    parser.addOption({"later", "milliseconds after the state", "ms", "0"});
    parser.addOption({"only", "skins and sizes", "what"});
    parser.process(app);
    const auto log = app::TraceLog::open(parser.positionalArguments().at(0).toStdString());
    if (!log) {
        QTextStream(stderr) << log.error().c_str() << '\n';
        return 1;
    }
    const ui::TraceFacts facts(**log);
    const app::Index at = parser.isSet("at") ? parser.value("at").toUInt() : (*log)->size();
    const app::LoopState& state = (*log)->stateAt(at);
    const auto order = app::servingOrder(state, 500);
    QDir().mkpath(parser.positionalArguments().at(1));
    const struct {
        const char* name;
        int width, height;
        double zoom;
        bool presents;
    } stages[] {{"normal", 768, 568, 1, false}, {"normal150", 1152, 852, 1.5, false}, {"compact", 616, 480, 1, false}, {"compact150", 924, 720, 1.5, false}, {"presentation150", 1332, 1152, 1.5, true}};
    for (const ui::Skin skin : {ui::Skin::Restaurant, ui::Skin::Loop}) {
        for (const ui::Scheme scheme : {ui::Scheme::Light, ui::Scheme::Dark}) {
            for (const auto& stage : stages) {
                const QString name = QStringLiteral("%1-%2-%3-%4").arg(parser.value("name"), skin == ui::Skin::Loop ? "loop" : "restaurant", stage.name, scheme == ui::Scheme::Dark ? "dark" : "light");
                if (parser.isSet("only") && !name.contains(QRegularExpression(parser.value("only"))))
                    continue;
                ui::StageView view;
                view.setTheme(ui::Theme(scheme, stage.zoom));
                view.setPresentation(stage.presents);
                view.setSkin(skin);
                view.setFacts(&facts);
                view.setSelected(app::OrderId::async(parser.value("select").toUInt()));
                view.resize(stage.width, stage.height);
                view.setSource([&](ui::StageOptions options) {
                    options.guilty = parser.value("guilty");
                    options.now = state.time + parser.value("later").toULongLong() * 1'000'000;
                    return pictureOf(state, order, facts, options);
                });
                view.show();
                QCoreApplication::processEvents();
                const QString file = QDir(parser.positionalArguments().at(1)).filePath(name + ".png");
                view.grab().save(file);
            }
        }
    }
    ui::StageOptions options;
    QTextStream(stdout) << asText(pictureOf(state, order, facts, options)) << '\n';
    return 0;
}
