#include "window/openwindow.h"

#include "process/output.h"
#include "process/spawn.h"
#include "stage/stageview.h"
#include "text/catalogue.h"
#include "text/locale.h"
#include "window/mainwindow.h"
#include "window/style.h"

#include <QApplication>
#include <QTimer>

#include <csignal>
#include <filesystem>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// Qt ends the process when it finds no display. We say what that means, and end it in order.
void whileStarting(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    if (type != QtFatalMsg)
        return;
    _exit(app::complain("Cannot open a window: there is no display to open it on. In a terminal, write: bistro help. ("
        + text.section(u'\n', 0, 0).toStdString() + ')'));
}

} // namespace

int openWindow(int& argc, char** argv)
{
    const auto engine = app::findEngine();
    if (!engine)
        return app::complain(engine.error());
    // What it was started from may go: a terminal that is closed, a tee that its messages went to. What is on the desk
    // stays.
    std::signal(SIGHUP, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, 0); // the process that stands for a private root's programs ends them with itself
    StageView::useSoftwareRendering();
    QApplication::setApplicationName(u"bistro"_s);
    QApplication::setApplicationDisplayName(u"Bistro"_s);
    QApplication::setDesktopFileName(u"bistro"_s);
    QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    const QtMessageHandler before = qInstallMessageHandler(whileStarting);
    const QApplication application = app::inUtf8([&] { return QApplication(argc, argv); });
    qInstallMessageHandler(before);
    app::installCatalogues();
    QApplication::setStyle(makeStyle());
    std::error_code error;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    auto command = own / "bistro";
    if (!std::filesystem::exists(command, error))
        command = (own / "../../bin/bistro").lexically_normal();
    MainWindow window({.engine = *engine, .command = QString::fromStdString(command.string())});
    window.showOnScreen();
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() > 1)
        window.open(arguments[1]);
    return QApplication::exec();
}

} // namespace bistro::ui
