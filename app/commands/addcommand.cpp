#include "commands/commands.h"

#include "commands/complaints.h"
#include "packages/adding.h"
#include "process/output.h"
#include "process/spawn.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <sys/signalfd.h>
#include <system_error>
#include <unistd.h>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

struct AddPage {
    Q_DECLARE_TR_FUNCTIONS(AddPage)
};

constexpr int kInterrupted = 128 + SIGINT;

// While it lives, what asks this process to end can be read.
class EndingSignals final {
public:
    EndingSignals()
    {
        sigset_t heard {};
        sigemptyset(&heard);
        for (const int number : std::array {SIGINT, SIGTERM, SIGHUP})
            sigaddset(&heard, number);
        pthread_sigmask(SIG_BLOCK, &heard, &m_before);
        m_end = Descriptor(signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK));
    }
    ~EndingSignals() { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    EndingSignals(const EndingSignals&) = delete;
    EndingSignals& operator=(const EndingSignals&) = delete;

    [[nodiscard]] int end() const { return m_end.get(); }
    void take() const
    {
        signalfd_siginfo signal {};
        while (read(m_end.get(), &signal, sizeof signal) == sizeof signal) { }
    }

private:
    sigset_t m_before {};
    Descriptor m_end;
};

void printLine(const QString& line)
{
    Output out;
    out.buffer() = (line + u'\n').toStdString();
    [[maybe_unused]] const int written = out.finish();
}

void printObject(const QJsonObject& object)
{
    printLine(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

int refuse(const QString& sentence, bool json)
{
    if (!json)
        return complain(printable(sentence).toStdString());
    printObject({{u"added"_s, false}, {u"text"_s, sentence}, {u"leftOut"_s, QJsonArray()}});
    return kFailure;
}

int tellAdded(const AddingResult& result, bool json)
{
    if (json) {
        printObject(
            {{u"added"_s, true}, {u"text"_s, result.text}, {u"leftOut"_s, QJsonArray::fromStringList(result.leftOut)}});
        return kSuccess;
    }
    printLine(printable(result.text));
    if (!result.leftOut.isEmpty())
        printLine(AddPage::tr("If you trust these packages, let their scripts run: bistro sandbox allow npm. Then add "
                              "them again."));
    return kSuccess;
}

std::expected<Adding::Asked, QString> askedOf(const AddCommand& command)
{
    const auto engine = findEngine();
    if (!engine)
        return std::unexpected(QString::fromStdString(engine.error()));
    std::error_code error;
    Adding::Asked asked {
        .engine = *engine, .folder = command.folder.empty() ? fs::current_path(error) : command.folder, .packages = {}};
    if (error || !fs::is_directory(asked.folder, error))
        return std::unexpected(Complaints::tr("There is no folder \"%1\". Check the name.")
                .arg(QString::fromStdString(asked.folder.string())));
    for (const std::string& typed : command.packages) {
        const auto package = packageNamed(QString::fromStdString(typed));
        if (!package)
            return std::unexpected(package.error());
        asked.packages.append(*package);
    }
    return asked;
}

} // namespace

int add(const AddCommand& command)
{
    const EndingSignals ending;
    const auto asked = askedOf(command);
    if (!asked)
        return refuse(asked.error(), command.json);
    Adding adding;
    QEventLoop loop;
    QSocketNotifier notifier(ending.end(), QSocketNotifier::Read);
    bool stopped = false;
    QObject::connect(&notifier, &QSocketNotifier::activated, &loop, [&] {
        ending.take();
        stopped = true;
        adding.stop();
    });
    QObject::connect(&adding, &Adding::told, &loop, [&](const QString& line) {
        if (command.json)
            printObject({{u"line"_s, line}});
        else
            std::fprintf(stderr, "%s\n", printable(line).toUtf8().constData());
    });
    QObject::connect(&adding, &Adding::finished, &loop, &QEventLoop::quit);
    if (const auto begun = adding.start(*asked); !begun)
        return refuse(begun.error(), command.json);
    loop.exec();
    if (adding.result()->added)
        return tellAdded(*adding.result(), command.json);
    const int code = refuse(adding.result()->text, command.json);
    return stopped ? kInterrupted : code;
}

} // namespace bistro::app
