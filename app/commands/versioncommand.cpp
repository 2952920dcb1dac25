#include "commands/commands.h"

#include "commands/complaints.h"
#include "process/engineprocess.h"
#include "process/output.h"
#include "text/catalogue.h"
#include "text/locale.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>

namespace bistro::app {

using namespace Qt::StringLiterals;

int printVersions()
{
    int count = 1;
    char name[] = "bistro";
    char* arguments[] {name, nullptr};
    const QCoreApplication application = inUtf8([&] { return QCoreApplication(count, arguments); });
    installCatalogues();

    const auto engine = findEngine();
    if (!engine)
        return complain(engine.error());
    QByteArray answer;
    EngineProcess process;
    QEventLoop loop;
    QObject::connect(&process, &EngineProcess::outputArrived, [&](const QByteArray& bytes) { answer += bytes; });
    QObject::connect(&process, &EngineProcess::stateChanged, [&] {
        if (process.isOver())
            loop.quit();
    });
    process.start(LaunchBuilder(*engine).with({"-p", "JSON.stringify(process.versions)"}).build().value());
    process.closeInput();
    if (!process.isOver())
        loop.exec();
    const QJsonObject versions = QJsonDocument::fromJson(answer).object();
    if (process.state() != EngineProcess::State {EngineProcess::Finished {.code = 0}} || versions.isEmpty())
        return complain(said(
            Complaints::tr("The engine \"%1\" does not tell its versions. Install Bistro again."), engine->string()));

    Output out;
    const auto line = [&out](const char* what, const std::string& version) {
        out.buffer() += std::string(what) + ' ' + version + '\n';
    };
    line("Bistro", BISTRO_VERSION);
    line("Node", versions.value("node"_L1).toString().toStdString());
    line("V8", versions.value("v8"_L1).toString().toStdString());
    line("libuv", versions.value("uv"_L1).toString().toStdString());
    line("Qt", qVersion());
    line("KSyntaxHighlighting", BISTRO_KSYNTAXHIGHLIGHTING_VERSION);
    return out.finish();
}

} // namespace bistro::app
