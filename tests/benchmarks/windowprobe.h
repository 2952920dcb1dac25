// What the GUI thread does with its time: an application that times every event that it handles, and a thread of its
// own that asks every few milliseconds how long an answer takes.
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QJsonObject>
#include <QPointer>
#include <QWidget>

#include <atomic>
#include <functional>
#include <map>
#include <thread>
#include <vector>

namespace bistro::bench {

// Nanoseconds, of the machine's clock and of this thread's processor time.
struct ClockMoment {
    qint64 wall = 0;
    qint64 cpu = 0;

    static ClockMoment now();
};

// Median, 99th percentile and worst of figures in milliseconds, and how many they are.
[[nodiscard]] QJsonObject summary(std::vector<double> milliseconds);

class Probe final : public QApplication {
public:
    Probe(int& argc, char** argv);
    ~Probe() override;

    // Everything from now until end() counts for this window. A key is pressed in `keys` every 47 ms: a space, then a
    // backspace.
    void begin(QWidget* window, QWidget* keys);
    // As "answer" (post to handled, every 4 ms), "key to picture" (post to handled and painted), "frame" (one drawing
    // of the window), "piece of work" (one event with all that it led to), and the shares of the processor.
    [[nodiscard]] QJsonObject end();
    // Milliseconds that were spent in events since begin().
    [[nodiscard]] double busy() const { return m_busy; }
    // The next drawing of the window at whose end this is true is the one that is waited for.
    void expectPicture(std::function<bool()> isShown) { m_isShown = std::move(isShown); }
    [[nodiscard]] bool pictureCame() const { return !m_isShown; }

    bool notify(QObject* receiver, QEvent* event) override;

private:
    struct Piece {
        QByteArray what;
        double wall = 0;
        double cpu = 0;
    };

    [[nodiscard]] bool draws(QObject* receiver, QEvent::Type type) const;
    void note(const QByteArray& what, const ClockMoment& began);
    void ask();

    QPointer<QWidget> m_window;
    QPointer<QWidget> m_keys;
    QObject m_answers; // who is asked
    std::atomic<bool> m_measuring = false;
    std::jthread m_asker;
    ClockMoment m_began;
    int m_depth = 0;
    int m_drawing = 0;
    ClockMoment m_drawingSince;
    std::vector<double> m_answer;
    std::vector<double> m_keyHandled;
    std::vector<double> m_keyPainted;
    std::vector<double> m_frames;
    std::vector<double> m_framesCpu;
    std::vector<double> m_pieces;
    std::vector<double> m_piecesCpu;
    std::vector<Piece> m_longest;
    using Kinds = std::map<QByteArray, std::pair<int, double>>; // how often, milliseconds of processor time
    Kinds m_kinds; // of outermost events
    Kinds m_paints; // of paint events, without the widgets within
    double m_drawn = 0; // processor time, ms
    std::vector<qint64> m_keysOpen; // pressed and not seen yet: when
    std::function<bool()> m_isShown;
    double m_busy = 0;
};

} // namespace bistro::bench
