#include "windowprobe.h"

#include <QJsonArray>
#include <QKeyEvent>
#include <QMetaEnum>
#include <QQuickWidget>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>

namespace bistro::bench {
namespace {

constexpr std::chrono::milliseconds kAskEvery {4};
constexpr int kKeyEvery = 12; // of what is asked: 48 ms
constexpr std::size_t kLongest = 12;

qint64 clockTime(clockid_t clock)
{
    timespec now {};
    clock_gettime(clock, &now);
    return qint64 {now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

double milliseconds(qint64 nanoseconds)
{
    return static_cast<double>(nanoseconds) / 1e6;
}

const QEvent::Type kAsked = static_cast<QEvent::Type>(QEvent::registerEventType());
const QEvent::Type kPressed = static_cast<QEvent::Type>(QEvent::registerEventType());

// A timer that a class has as its member knows not whose it is: its interval says so.
QByteArray nameOf(const QObject* receiver, QEvent::Type type)
{
    if (const auto* const timer = qobject_cast<const QTimer*>(receiver))
        return timer->isSingleShot() ? QByteArrayLiteral("a timer that fires once")
                                     : "a timer of " + QByteArray::number(timer->interval()) + " ms";
    return QByteArray(receiver->metaObject()->className()) + ' ' + QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
}

struct Asked final : QEvent {
    explicit Asked(Type type)
        : QEvent(type)
        , at(clockTime(CLOCK_MONOTONIC))
    {
    }
    qint64 at;
};

} // namespace

ClockMoment ClockMoment::now()
{
    return {.wall = clockTime(CLOCK_MONOTONIC), .cpu = clockTime(CLOCK_THREAD_CPUTIME_ID)};
}

QJsonObject summary(std::vector<double> figures)
{
    if (figures.empty())
        return {{QStringLiteral("count"), 0}};
    std::ranges::sort(figures);
    const auto at = [&](double share) {
        return figures[std::min(
            figures.size() - 1, static_cast<std::size_t>(share * static_cast<double>(figures.size())))];
    };
    const auto rounded = [](double value) { return std::round(value * 100) / 100; };
    return {{QStringLiteral("median"), rounded(at(0.5))}, {QStringLiteral("p99"), rounded(at(0.99))},
        {QStringLiteral("worst"), rounded(figures.back())},
        {QStringLiteral("count"), static_cast<qint64>(figures.size())}};
}

Probe::Probe(int& argc, char** argv)
    : QApplication(argc, argv)
{
}

Probe::~Probe()
{
    m_measuring = false;
    m_asker = {};
}

void Probe::begin(QWidget* window, QWidget* keys)
{
    m_window = window;
    m_keys = keys;
    for (auto* const figures :
        {&m_answer, &m_keyHandled, &m_keyPainted, &m_frames, &m_framesCpu, &m_pieces, &m_piecesCpu})
        figures->clear();
    m_longest.clear();
    m_kinds.clear();
    m_paints.clear();
    m_keysOpen.clear();
    m_drawn = 0;
    m_busy = 0;
    m_isShown = {};
    m_began = ClockMoment::now();
    m_measuring = true;
    m_asker = std::jthread([this](const std::stop_token& stop) {
        // By the clock, whether the last one was answered or not: who waits for answers does not see the time in which
        // none comes.
        auto next = std::chrono::steady_clock::now();
        for (int i = 0; !stop.stop_requested(); ++i) {
            postEvent(&m_answers, new Asked(kAsked), Qt::NormalEventPriority);
            if (i % kKeyEvery == kKeyEvery - 1)
                postEvent(&m_answers, new Asked(kPressed), Qt::NormalEventPriority);
            next += kAskEvery;
            std::this_thread::sleep_until(next);
        }
    });
}

QJsonObject Probe::end()
{
    m_measuring = false;
    m_asker = {};
    const ClockMoment now = ClockMoment::now();
    removePostedEvents(&m_answers);
    const double wall = milliseconds(now.wall - m_began.wall);
    const double cpu = milliseconds(now.cpu - m_began.cpu);
    const auto percent = [](double part, double whole) { return whole > 0 ? std::round(part / whole * 1000) / 10 : 0; };
    QJsonArray longest;
    for (const Piece& piece : m_longest)
        longest.append(QStringLiteral("%1: %2 ms, %3 ms of the processor")
                .arg(QString::fromUtf8(piece.what))
                .arg(piece.wall, 0, 'f', 1)
                .arg(piece.cpu, 0, 'f', 1));
    const auto mostOf = [](const Kinds& all) {
        std::vector<std::pair<QByteArray, std::pair<int, double>>> kinds(all.begin(), all.end());
        std::ranges::sort(kinds, std::greater {}, [](const auto& kind) { return kind.second.second; });
        kinds.resize(std::min(kinds.size(), kLongest));
        QJsonArray most;
        for (const auto& [what, sum] : kinds)
            most.append(QStringLiteral("%1: %2 times, %3 ms of the processor")
                    .arg(QString::fromUtf8(what))
                    .arg(sum.first)
                    .arg(sum.second, 0, 'f', 0));
        return most;
    };
    return {
        {QStringLiteral("seconds"), std::round(wall) / 1000},
        {QStringLiteral("answer, ms"), summary(m_answer)},
        {QStringLiteral("key handled, ms"), summary(m_keyHandled)},
        {QStringLiteral("key to picture, ms"), summary(m_keyPainted)},
        {QStringLiteral("frame, ms"), summary(m_frames)},
        {QStringLiteral("frame, ms of the processor"), summary(m_framesCpu)},
        {QStringLiteral("piece of work, ms"), summary(m_pieces)},
        {QStringLiteral("piece of work, ms of the processor"), summary(m_piecesCpu)},
        {QStringLiteral("GUI thread, % of a processor"), percent(cpu, wall)},
        {QStringLiteral("of which drawing, %"), percent(m_drawn, cpu)},
        {QStringLiteral("longest"), longest},
        {QStringLiteral("most"), mostOf(m_kinds)},
        {QStringLiteral("painted most"), mostOf(m_paints)},
    };
}

// Painting as Qt's widgets do it: the window is asked to update itself and passes its damaged parts through the
// widgets' paint events; a Qt Quick scene in a widget is drawn by a timer of that widget's, or in its paint event.
bool Probe::draws(QObject* receiver, QEvent::Type type) const
{
    if (type == QEvent::Paint)
        return true;
    if (type == QEvent::UpdateRequest)
        return true;
    return type == QEvent::Timer && qobject_cast<QQuickWidget*>(receiver);
}

void Probe::note(const QByteArray& what, const ClockMoment& began)
{
    const ClockMoment now = ClockMoment::now();
    const double wall = milliseconds(now.wall - began.wall);
    const double cpu = milliseconds(now.cpu - began.cpu);
    m_busy += wall;
    m_pieces.push_back(wall);
    m_piecesCpu.push_back(cpu);
    auto& [count, sum] = m_kinds[what];
    ++count;
    sum += cpu;
    if (m_longest.size() == kLongest && m_longest.back().cpu >= cpu)
        return;
    m_longest.push_back({.what = what, .wall = wall, .cpu = cpu});
    std::ranges::sort(m_longest, std::greater {}, &Piece::cpu); // the machine's other work makes no piece long by that
    m_longest.resize(std::min(m_longest.size(), kLongest));
}

bool Probe::notify(QObject* receiver, QEvent* event)
{
    if (!m_measuring)
        return QApplication::notify(receiver, event);
    const QEvent::Type type = event->type();
    if (receiver == &m_answers) {
        const auto* const asked = static_cast<const Asked*>(event);
        if (type == kAsked) {
            m_answer.push_back(milliseconds(clockTime(CLOCK_MONOTONIC) - asked->at));
        } else if (m_keys) {
            const bool space = m_keyHandled.size() % 2 == 0;
            QKeyEvent press(QEvent::KeyPress, space ? Qt::Key_Space : Qt::Key_Backspace, Qt::NoModifier,
                space ? QStringLiteral(" ") : QString());
            QKeyEvent release(QEvent::KeyRelease, press.key(), Qt::NoModifier, press.text());
            sendEvent(m_keys, &press);
            sendEvent(m_keys, &release);
            m_keyHandled.push_back(milliseconds(clockTime(CLOCK_MONOTONIC) - asked->at));
            m_keysOpen.push_back(asked->at);
        }
        return true;
    }
    const bool outermost = m_depth++ == 0;
    const bool drawing = draws(receiver, type);
    QByteArray what;
    ClockMoment began;
    if (outermost || (drawing && m_drawing == 0))
        began = ClockMoment::now();
    if (outermost)
        what = nameOf(receiver, type);
    const bool frame = type == QEvent::UpdateRequest && receiver == m_window;
    const bool paints = type == QEvent::Paint && m_drawing > 0;
    const QByteArray painted = paints ? nameOf(receiver, type) : QByteArray();
    const qint64 paintBegan = paints ? clockTime(CLOCK_THREAD_CPUTIME_ID) : 0;
    if (drawing)
        ++m_drawing;
    const bool result = QApplication::notify(receiver, event); // the receiver, and the event, may be gone after this
    if (paints) {
        auto& [count, sum] = m_paints[painted];
        ++count;
        sum += milliseconds(clockTime(CLOCK_THREAD_CPUTIME_ID) - paintBegan);
    }
    if (drawing && --m_drawing == 0) {
        const ClockMoment now = ClockMoment::now();
        m_drawn += milliseconds(now.cpu - began.cpu);
        if (frame) {
            m_frames.push_back(milliseconds(now.wall - began.wall));
            m_framesCpu.push_back(milliseconds(now.cpu - began.cpu));
            for (const qint64 pressed : m_keysOpen)
                m_keyPainted.push_back(milliseconds(now.wall - pressed));
            m_keysOpen.clear();
            if (m_isShown && m_isShown())
                m_isShown = {};
        }
    }
    --m_depth;
    if (outermost)
        note(what, began);
    return result;
}

} // namespace bistro::bench
