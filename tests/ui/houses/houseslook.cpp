// houseslook FOLDER [TRACE]: the scene of two houses and its card as pictures to look at, of a recorded run or of a
// rush made by hand.
#include "app/rush/guests.h"
#include "houses/guestcard.h"
#include "houses/rushscene.h"
#include "text/catalogue.h"

#include <QApplication>
#include <QDir>
#include <QTextStream>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

struct State {
    QString name;
    app::RushAssumptions assumptions;
};

void savePicture(QWidget& widget, const QDir& folder, const QString& name)
{
    widget.show();
    QCoreApplication::processEvents();
    widget.grab().save(folder.filePath(name + u".png"_s));
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    app::installCatalogues();
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2)
        return 1;
    const QDir folder(arguments[1]);
    folder.mkpath(u"."_s);
    std::optional<app::Rush> rush = tests::busyRush();
    if (arguments.size() > 2) {
        const auto log = app::TraceLog::open(arguments[2].toStdString());
        if (!log) {
            QTextStream(stderr) << log.error().c_str() << '\n';
            return 1;
        }
        rush = app::rushOf(**log);
    }
    const QList<State> states {{u"measured"_s, {}}, {u"heavy"_s, {.computing = 8}}, {u"crowd"_s, {.guests = 30}}};
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        for (const double zoom : {1.0, 1.5}) {
            const Theme theme(scheme, zoom);
            const QString kind = u"%1-%2"_s.arg(theme.isDark() ? u"dark"_s : u"light"_s).arg(zoom * 100);
            for (const bool compact : {false, true}) {
                for (const State& state : states) {
                    RushScene scene;
                    scene.setTheme(theme);
                    scene.setCompact(compact);
                    scene.setRush(rush, u"server.js"_s);
                    scene.setAssumptions(state.assumptions);
                    if (rush)
                        scene.setNow(rush->start + rush->end * 2 / 3);
                    scene.setSelectedTable(7);
                    scene.resize(compact ? QSize(theme.px(616), theme.px(480)) : QSize(theme.px(768), theme.px(568)));
                    savePicture(scene, folder, state.name + u'-' + kind + (compact ? u"-compact"_s : QString()));
                    if (compact || !rush)
                        continue;
                    GuestCard card;
                    card.setTheme(theme);
                    card.setGuest(contentOfTable(*rush, state.assumptions, 7));
                    card.resize(theme.px(256), card.heightForWidth(theme.px(256)));
                    savePicture(card, folder, u"card-"_s + state.name + u'-' + kind);
                }
            }
            RushScene empty;
            empty.setTheme(theme);
            empty.resize(theme.px(768), theme.px(568));
            savePicture(empty, folder, u"empty-"_s + kind);
        }
    }
    return 0;
}
