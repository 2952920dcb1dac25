#include "window/verification.h"

#include <QFile>
#include <QTimer>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bistro::ui {

Verification::Verification(QString command, QObject* parent)
    : QObject(parent)
    , m_command(std::move(command))
{
}

Verification::~Verification()
{
    cancel();
}

void Verification::cancel()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    const qint64 pid = m_process->processId();
    if (pid > 0)
        kill(-static_cast<pid_t>(pid), SIGKILL); // with the programs that it runs
    m_process.release()->deleteLater();
}

void Verification::start(const app::Program& program)
{
    cancel();
    m_process = std::make_unique<QProcess>();
    QStringList arguments {u"verify"_s};
    const app::Launch launch = app::launchOf(program, m_command.toStdString(), {}).build().value();
    for (const std::string& argument : launch.arguments)
        arguments.append(QString::fromLocal8Bit(argument.c_str()));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const std::string& variable : launch.environment) {
        const QString text = QString::fromLocal8Bit(variable.c_str());
        environment.insert(text.section(u'=', 0, 0), text.section(u'=', 1));
    }
    m_process->setProcessEnvironment(environment);
    m_process->setWorkingDirectory(QFile::decodeName(launch.directory.c_str()));
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setUnixProcessParameters(
        QProcess::UnixProcessFlag::ResetSignalHandlers); // the window lives through a hang-up
    m_process->setChildProcessModifier([window = getpid()] {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL); // whatever ends the window
        if (getppid() != window)
            _exit(1);
    });
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(Verdict::Impossible,
                tr("Bistro can't start the comparison: %1. Install Bistro again.").arg(m_process->errorString()));
    });
    connect(m_process.get(), &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        const QString text = QString::fromUtf8(m_process->readAll()).trimmed();
        if (status != QProcess::NormalExit || (code != 0 && code != 3))
            finish(Verdict::Impossible, text);
        else if (code == 3)
            finish(Verdict::Different, text);
        else
            finish(text.contains(u'\n') ? Verdict::Race : Verdict::Identical, text); // a race shows what was printed
    });
    QTimer::singleShot(kPatience, m_process.get(), [this] {
        cancel();
        emit done(Verdict::Impossible,
            tr("Bistro can compare only a program that ends by itself. This one was still running after a minute. Let "
               "it close its servers and stop its intervals, then compare again."));
    });
    m_process->start(m_command, arguments);
}

void Verification::finish(Verdict verdict, const QString& text)
{
    m_process->disconnect(this);
    m_process.release()->deleteLater();
    emit done(verdict, text);
}

} // namespace bistro::ui
