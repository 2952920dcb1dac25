#include "pulse.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHash>
#include <QProcess>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace bistro::ui {

namespace {

constexpr std::size_t kDeep = 100;

std::array<void*, kDeep> frames;
std::atomic<int> depth = 0; // of `frames`; below 0: asked for

int signalForStacks()
{
    return SIGRTMIN + 5;
}

void takeStack(int)
{
    const int saved = errno;
    depth.store(backtrace(frames.data(), static_cast<int>(kDeep)), std::memory_order_release);
    errno = saved;
}

QEvent::Type question()
{
    static const int type = QEvent::registerEventType();
    return static_cast<QEvent::Type>(type);
}

class Question final : public QEvent {
public:
    explicit Question(std::size_t number)
        : QEvent(question())
        , m_number(number)
    {
    }
    [[nodiscard]] std::size_t number() const { return m_number; }

private:
    std::size_t m_number = 0;
};

std::chrono::nanoseconds timeOf(clockid_t clock)
{
    timespec time {};
    clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::chrono::milliseconds rounded(std::chrono::nanoseconds time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time);
}

} // namespace

Pulse::Pulse(std::chrono::milliseconds bound)
    : m_bound(bound)
    , m_gui(pthread_self())
{
    pthread_getcpuclockid(m_gui, &m_clock);
    backtrace(frames.data(), 1); // loads what it needs: within the signal it could not
    struct sigaction action {};
    action.sa_handler = takeStack;
    action.sa_flags = SA_RESTART;
    sigaction(signalForStacks(), &action, nullptr);
    m_thread = std::thread([this] { ask(); });
}

Pulse::~Pulse()
{
    {
        const std::lock_guard lock(m_lock);
        m_end = true;
    }
    m_told.notify_all();
    m_thread.join();
    QCoreApplication::removePostedEvents(this);
}

void Pulse::doing(const QString& what)
{
    const std::lock_guard lock(m_lock);
    m_doing = what;
}

Pulse::Figures Pulse::figures() const
{
    const std::lock_guard lock(m_lock);
    return m_figures;
}

Pulse::Excuse::Excuse(Pulse& pulse)
    : m_pulse(pulse)
    , m_cpu(timeOf(CLOCK_THREAD_CPUTIME_ID))
    , m_wall(Clock::now())
{
    const std::lock_guard lock(m_pulse.m_lock);
    ++m_pulse.m_excuses;
}

Pulse::Excuse::~Excuse()
{
    const std::lock_guard lock(m_pulse.m_lock);
    if (--m_pulse.m_excuses > 0)
        return; // the outer one counts it
    m_pulse.m_excused += timeOf(CLOCK_THREAD_CPUTIME_ID) - m_cpu;
    m_pulse.m_excusedWall += Clock::now() - m_wall;
}

bool Pulse::event(QEvent* event)
{
    if (event->type() != question())
        return QObject::event(event);
    {
        const std::lock_guard lock(m_lock);
        m_answer = static_cast<Question*>(event)->number();
        m_usedThen = timeOf(CLOCK_THREAD_CPUTIME_ID);
        m_wallThen = Clock::now();
    }
    m_told.notify_all();
    if (m_answered)
        m_answered();
    return true;
}

std::chrono::nanoseconds Pulse::used() const
{
    return timeOf(m_clock);
}

void Pulse::ask()
{
    std::unique_lock lock(m_lock);
    for (std::size_t number = 1; !m_end; ++number) {
        const auto usedBefore = used();
        const auto wallBefore = Clock::now();
        const auto excusedBefore = m_excused;
        const auto excusedWallBefore = m_excusedWall;
        bool excused = m_excuses > 0; // a question asked within an excuse is one too few, not one too many
        QCoreApplication::postEvent(this, new Question(number));
        Late late;
        auto nextStack = std::chrono::nanoseconds(m_bound);
        while (!m_end && m_answer < number) {
            m_told.wait_for(lock, 5ms);
            excused = excused || m_excuses > 0;
            if (m_answer >= number || m_excuses > 0)
                continue;
            const auto usedNow = used() - usedBefore - (m_excused - excusedBefore);
            const auto wallNow = Clock::now() - wallBefore - (m_excusedWall - excusedWallBefore);
            if (excused || (usedNow < nextStack && wallNow < kBlocked))
                continue;
            late.used = rounded(usedNow);
            late.wall = rounded(wallNow);
            if (late.stacks.empty())
                late.doing = m_doing;
            if (late.stacks.size() < 8 && (usedNow >= nextStack || late.stacks.empty())) {
                nextStack = usedNow * 2;
                lock.unlock(); // the GUI's thread may want it where the signal meets it
                auto there = stack();
                lock.lock();
                late.stacks.push_back(std::move(there));
            }
            if (usedNow > kSpinning || wallNow > kDead)
                giveUp(late);
        }
        if (m_answer < number)
            return;
        const auto usedThen = m_usedThen - usedBefore - (m_excused - excusedBefore);
        const auto wallThen = m_wallThen - wallBefore - (m_excusedWall - excusedWallBefore);
        ++m_figures.asked;
        if (!excused) {
            m_figures.longestUsed = std::max(m_figures.longestUsed, rounded(usedThen));
            m_figures.longestWall = std::max(m_figures.longestWall, rounded(wallThen));
            m_figures.overByWall += wallThen > m_bound ? 1 : 0;
            if (usedThen > m_bound || wallThen > kBlocked) {
                if (late.doing.isEmpty())
                    late.doing = m_doing;
                late.used = rounded(usedThen);
                late.wall = rounded(wallThen);
                m_figures.late.push_back(std::move(late));
            }
        }
        m_told.wait_for(lock, kEvery, [this] { return m_end; });
    }
}

std::vector<void*> Pulse::stack() const
{
    depth.store(-1, std::memory_order_release);
    if (pthread_kill(m_gui, signalForStacks()) != 0)
        return {};
    for (int i = 0; i < 200 && depth.load(std::memory_order_acquire) < 0; ++i)
        std::this_thread::sleep_for(1ms); // a signal's handler has nothing else to tell with
    const int deep = depth.load(std::memory_order_acquire);
    return deep > 0 ? std::vector(frames.begin(), frames.begin() + deep) : std::vector<void*>();
}

void Pulse::giveUp(const Late& late)
{
    QString told = u"\nThe window has not answered for %1 s (%2 ms of processor time). It was doing: %3\n"_s
                       .arg(late.wall.count() / 1000)
                       .arg(late.used.count())
                       .arg(late.doing);
    for (const auto& stack : late.stacks)
        told += u"--\n"_s + named(stack).join(u'\n') + u'\n';
    if (m_lastWords)
        told += m_lastWords();
    std::fputs(qPrintable(told), stderr);
    std::fflush(stderr);
    std::abort();
}

// Of the test's own code, also functions that are not exported, inlined ones, and lines.
QHash<quintptr, QString> Pulse::linesOf(const QString& file, const QStringList& offsets)
{
    QHash<quintptr, QString> result;
    QProcess process;
    process.start(u"addr2line"_s, QStringList {u"-aCfpie"_s, file} + offsets);
    if (!process.waitForFinished(120'000))
        return result;
    quintptr at = 0;
    for (const QString& line : QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts)) {
        const qsizetype colon = line.startsWith(u"0x"_s) ? line.indexOf(u": "_s) : -1;
        if (colon > 0)
            at = line.first(colon).toULongLong(nullptr, 16);
        result[at] += colon > 0 ? line.sliced(colon + 2) : u"\n     "_s + line;
    }
    return result;
}

QStringList Pulse::named(const std::vector<void*>& stack)
{
    struct Place {
        QString file;
        quintptr offset = 0;
        QString name;
    };
    std::vector<Place> places;
    QHash<QString, QStringList> own; // offsets by file
    for (void* const address : stack) {
        Dl_info info {};
        Place place;
        if (dladdr(address, &info) != 0) {
            place.file = QString::fromLocal8Bit(info.dli_fname);
            place.offset = reinterpret_cast<quintptr>(address) - reinterpret_cast<quintptr>(info.dli_fbase) - 1;
            if (info.dli_sname) {
                int status = 0;
                char* const readable = abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
                place.name = QString::fromUtf8(status == 0 ? readable : info.dli_sname);
                std::free(readable);
            }
            if (place.file.contains(u"tst_"_s))
                own[place.file] << u"0x"_s + QString::number(place.offset, 16);
        }
        places.push_back(place);
    }
    QHash<QString, QHash<quintptr, QString>> lines;
    for (auto it = own.cbegin(); it != own.cend(); ++it)
        lines[it.key()] = linesOf(it.key(), it.value());
    QStringList result;
    int others = 0; // Qt's and the system's, of which only the innermost tell something
    for (const Place& place : places) {
        const QString line = lines.value(place.file).value(place.offset);
        const QString file = place.file.section(u'/', -1);
        if (line.isEmpty() && ++others > 8)
            continue;
        result << u"    "_s
                + (line.isEmpty() ? u"%1 (%2+0x%3)"_s.arg(place.name, file).arg(place.offset, 0, 16) : line);
    }
    return result;
}

} // namespace bistro::ui
