#include "window/packagerun.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>
#include <sys/prctl.h>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr int kToPutBack = 3'000; // milliseconds, for one that is stopped to put back what stood there

} // namespace

PackageRun::PackageRun(QString command, QObject* parent)
    : QObject(parent)
    , m_command(std::move(command))
{
}

PackageRun::~PackageRun()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_process->terminate();
    m_process->waitForFinished(kToPutBack);
}

void PackageRun::start(const QStringList& packages, const QString& folder)
{
    m_result = {};
    m_process = std::make_unique<QProcess>();
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setUnixProcessParameters(
        QProcess::UnixProcessFlag::ResetSignalHandlers); // the window lives through a hang-up
    m_process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); }); // a killed window stops it, too
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &PackageRun::read);
    connect(m_process.get(), &QProcess::finished, this, &PackageRun::finish);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_result.text = tr("Bistro can't start what adds packages: %1. Install Bistro again.")
                            .arg(m_process->errorString());
        finish();
    });
    m_process->start(m_command, QStringList {u"add"_s, u"--json"_s, u"--for"_s, folder, u"--"_s} + packages);
}

void PackageRun::stop()
{
    if (m_process)
        m_process->terminate();
}

void PackageRun::read()
{
    while (m_process && m_process->canReadLine()) {
        const QJsonObject object = QJsonDocument::fromJson(m_process->readLine()).object();
        if (object.contains("line"_L1)) {
            emit told(object["line"_L1].toString());
            continue;
        }
        m_result = {.added = object["added"_L1].toBool(), .text = object["text"_L1].toString(), .leftOut = {}};
        for (const auto& each : object["leftOut"_L1].toArray())
            m_result.leftOut.append(each.toString());
    }
}

void PackageRun::finish()
{
    read();
    if (m_result.text.isEmpty())
        m_result.text = tr("What adds packages has ended before it was done. Try again.");
    m_process->disconnect(this);
    m_process.release()->deleteLater(); // this may be its own call
    emit done(m_result);
}

} // namespace bistro::ui
