#include "commands/commands.h"

#include "commands/complaints.h"
#include "commands/enclosedlaunch.h"
#include "commands/entry.h"
#include "commands/inwords.h"
#include "commands/reachedlimit.h"
#include "guess/game.h"
#include "process/engineprocess.h"
#include "process/output.h"
#include "process/temporaryfolder.h"
#include "state/crash.h"
#include "state/describe.h"
#include "why/words.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <iostream>
#include <string>
#include <unistd.h>
#include <utility>

// "Who is next?" in the terminal: the program runs to its end, unseen, and then its learner is asked.

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

struct Predicting {
    Q_DECLARE_TR_FUNCTIONS(Predicting)
};

volatile sig_atomic_t interruptPipe = -1;

void tellOfInterrupt(int)
{
    const int before = errno;
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = ::write(interruptPipe, &byte, 1);
    errno = before;
}

// While it lives, Ctrl+C is a byte on a pipe.
class InterruptPipe final {
public:
    InterruptPipe()
    {
        if (pipe2(m_ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
            return;
        interruptPipe = m_ends[1];
        struct sigaction action {};
        action.sa_handler = tellOfInterrupt;
        action.sa_flags = SA_RESTART;
        sigaction(SIGINT, &action, &m_before);
    }
    ~InterruptPipe()
    {
        if (m_ends[0] < 0)
            return;
        sigaction(SIGINT, &m_before, nullptr);
        interruptPipe = -1;
        ::close(m_ends[0]);
        ::close(m_ends[1]);
    }
    InterruptPipe(const InterruptPipe&) = delete;
    InterruptPipe& operator=(const InterruptPipe&) = delete;

    [[nodiscard]] int end() const { return m_ends[0]; }

private:
    std::array<int, 2> m_ends {-1, -1};
    struct sigaction m_before {};
};

// Runs it until it ends or Ctrl+C stops it. A sentence when it did not start.
std::optional<std::string> record(Launch launch)
{
    EngineProcess process;
    QEventLoop loop;
    QObject::connect(&process, &EngineProcess::stateChanged, [&] {
        if (process.isOver())
            loop.quit();
    });
    const InterruptPipe interrupt;
    QSocketNotifier stop(interrupt.end(), QSocketNotifier::Read);
    QObject::connect(&stop, &QSocketNotifier::activated, [&] {
        char byte = 0;
        while (::read(interrupt.end(), &byte, 1) == 1) { }
        if (!process.isOver())
            process.stop();
    });
    process.start(std::move(launch));
    process.closeInput();
    if (!process.isOver())
        loop.exec();
    if (const auto* const failed = std::get_if<EngineProcess::Failed>(&process.state()); failed && failed->signal == 0)
        return failed->sentence.toStdString();
    return {};
}

// The game, told line by line.
class TerminalGame final {
public:
    // `folder`: what is allowed to the program is kept for it.
    TerminalGame(const TraceLog& log, fs::path folder)
        : m_log(log)
        , m_folder(std::move(folder))
        , m_game(log)
    {
    }

    int play()
    {
        const std::size_t count = m_game.questions().size();
        if (count == 0)
            say(Predicting::tr("There is nothing to ask: nobody waits while another one is next."));
        bool goesOn = true;
        for (std::size_t i = 0; i < count && goesOn; ++i)
            goesOn = ask(i);
        if (goesOn) {
            printUpTo(m_log.size());
            if (const auto limit = limitThatEnded(m_log, m_log.stateAt(m_log.size())))
                say(wordsOf(*limit, m_folder));
        }
        if (m_game.asked() != 0)
            say(u'\n' + Predicting::tr("Your score: %1 of %2.").arg(m_game.right()).arg(m_game.asked()));
        return kSuccess;
    }

private:
    void say(const QString& text) { std::cout << text.toStdString() << std::endl; }

    // What the program has printed by then and was not shown yet.
    void printUpTo(Place place)
    {
        const auto outputs = m_log.outputs();
        for (; m_shown < outputs.size() && outputs[m_shown] < place; ++m_shown) {
            m_line += m_log.outputText(m_shown);
            for (std::size_t end = m_line.find('\n'); end != std::string::npos; end = m_line.find('\n')) {
                printLine(m_line.substr(0, end));
                m_line.erase(0, end + 1);
            }
        }
        if (place >= m_log.size() && !m_line.empty())
            printLine(m_line);
    }
    void printLine(const std::string& line) { say(u"  | "_s + printable(QString::fromStdString(line))); }

    [[nodiscard]] QString candidateText(OrderId order) const
    {
        QStringList parts {printable(title(m_log, order)), kindName(m_log.kindOf(order), Wording::Runtime)};
        if (const CodePlace place = placeOf(m_log, order)) {
            const std::string_view file = fileName(place.script);
            parts += printable(QString::fromUtf8(file.data(), static_cast<qsizetype>(file.size()))) + u':'
                + QString::number(place.line);
        }
        return parts.join(u", "_s);
    }

    // False: the learner goes away.
    bool ask(std::size_t number)
    {
        const GameQuestion& question = m_game.questions()[number];
        printUpTo(question.place);
        say(u'\n' + Predicting::tr("Question %1 of %2: who is next?").arg(number + 1).arg(m_game.questions().size()));
        for (std::size_t i = 0; i < question.candidates.size(); ++i)
            say(u"  %1  "_s.arg(i + 1) + candidateText(question.candidates[i]));
        const std::optional<std::size_t> chosen = choice(question.candidates.size());
        if (!chosen)
            return false;
        tell(question, m_game.answer(number, question.candidates[*chosen], Wording::Restaurant));
        return true;
    }

    std::optional<std::size_t> choice(std::size_t count)
    {
        std::string line;
        for (;;) {
            std::cout << "> " << std::flush;
            if (!std::getline(std::cin, line))
                return {};
            const QString text = QString::fromStdString(line).trimmed();
            if (text == u"q"_s)
                return {};
            bool isNumber = false;
            const std::size_t number = text.toUInt(&isNumber);
            if (isNumber && number >= 1 && number <= count)
                return number - 1;
            say(Predicting::tr("Type a number from 1 to %1, or q to end.").arg(count));
        }
    }

    void tell(const GameQuestion& question, const Game::Answer& answer)
    {
        const QString next = printable(title(m_log, question.next));
        say(answer.right ? Predicting::tr("Right: %1 is next.").arg(next)
                         : Predicting::tr("No: %1 is next.").arg(next));
        if (!answer.why.headline.isEmpty())
            say(u"  "_s + printable(answer.why.headline));
        for (const Reason& reason : answer.why.reasons)
            say(u"  - "_s + printable(reason.sentence));
    }

    const TraceLog& m_log;
    const fs::path m_folder;
    Game m_game;
    std::size_t m_shown = 0; // outputs
    std::string m_line; // that has no end yet
};

int predictInWords(const PredictCommand& command)
{
    const Entry entry = entryOf(command.node);
    if (entry.kind == Entry::Kind::File && entry.certain && access(entry.file.c_str(), F_OK) != 0)
        return complain(
            said(Complaints::tr("There is no file \"%1\". Check the name, or give the whole path."), entry.file));
    const auto engine = findEngine();
    if (!engine)
        return complain(engine.error());
    const auto folder = TemporaryFolder::make(*engine);
    if (!folder)
        return complain(folder.error());
    const fs::path trace = folder->path() / "run.bistro";
    auto launch = enclosedLaunch(*engine, *engine, entry).and_then([&](LaunchBuilder builder) {
        return builder.with(command.node).controlled().recordedInto(trace).build();
    });
    if (!launch)
        return complain(launch.error());
    std::cout << Predicting::tr("The program runs, and Bistro hides what it prints. Ctrl+C stops it.").toStdString()
              << std::endl;
    const fs::path workspace = launch->enclosure->folder;
    if (const auto failed = record(std::move(*launch)))
        return complain(*failed);
    const auto log = TraceLog::open(trace);
    if (!log)
        return complain(log.error());
    return TerminalGame(**log, workspace).play();
}

} // namespace

int predict(const PredictCommand& command)
{
    if (QCoreApplication::instance())
        return predictInWords(command);
    return inWords([&] { return predictInWords(command); });
}

} // namespace bistro::app
