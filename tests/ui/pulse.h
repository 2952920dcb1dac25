// Asks the GUI's thread again and again, from a thread of its own, whether it is still there, and keeps what was going
// on when the answer was late.
//
// Late is what costs too much, not what a busy machine kept waiting: the answer is late when the GUI's thread has used
// more of its own processor time than the bound since it was asked, or has not answered at all for kBlocked. The time
// by the clock on the wall is kept beside it. When there is no answer for kSpinning or kDead, everything known is told
// and the process aborted: what hangs cannot tell itself.
//
// Made and destroyed in the GUI's thread, as are all calls but those of the thread within.
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <functional>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <vector>

namespace bistro::ui {

class Pulse final : public QObject {
public:
    static constexpr std::chrono::milliseconds kEvery {20};
    static constexpr std::chrono::seconds kBlocked {10};
    static constexpr std::chrono::seconds kSpinning {20}; // of processor time
    static constexpr std::chrono::seconds kDead {120};

    struct Late {
        QString doing; // when the bound was passed
        std::chrono::milliseconds used {}; // of the processor, until it answered
        std::chrono::milliseconds wall {};
        std::vector<std::vector<void*>> stacks; // of the GUI's thread: when the bound was passed, and later
    };

    explicit Pulse(std::chrono::milliseconds bound);
    ~Pulse() override;

    // What is about to be done, for the report.
    void doing(const QString& what);
    // Told before an abort, beside what Pulse knows.
    void setLastWords(std::function<QString()> words) { m_lastWords = std::move(words); }
    // Called in the GUI's thread with each answer, also from within nested event loops.
    void setAnswered(std::function<void()> answered) { m_answered = std::move(answered); }

    // While one lives, what the GUI's thread does is the test's own work and is not counted.
    class Excuse final {
    public:
        explicit Excuse(Pulse& pulse);
        ~Excuse();
        Excuse(const Excuse&) = delete;
        Excuse& operator=(const Excuse&) = delete;

    private:
        Pulse& m_pulse;
        std::chrono::nanoseconds m_cpu;
        std::chrono::steady_clock::time_point m_wall;
    };

    struct Figures {
        std::size_t asked = 0;
        std::chrono::milliseconds longestWall {};
        std::chrono::milliseconds longestUsed {};
        std::size_t overByWall = 0; // answers that took longer than the bound by the wall's clock
        std::vector<Late> late;
    };
    [[nodiscard]] Figures figures() const;
    [[nodiscard]] std::chrono::milliseconds bound() const { return m_bound; }

    // Functions and lines, innermost first, of stacks of this process.
    [[nodiscard]] static QStringList named(const std::vector<void*>& stack);

protected:
    bool event(QEvent* event) override;

private:
    using Clock = std::chrono::steady_clock;

    void ask();
    [[nodiscard]] std::chrono::nanoseconds used() const;
    [[nodiscard]] std::vector<void*> stack() const;
    [[nodiscard]] static QHash<quintptr, QString> linesOf(const QString& file, const QStringList& offsets);
    [[noreturn]] void giveUp(const Late& late);

    const std::chrono::milliseconds m_bound;
    const pthread_t m_gui;
    clockid_t m_clock {};
    std::function<QString()> m_lastWords;
    std::function<void()> m_answered;

    mutable std::mutex m_lock;
    std::condition_variable m_told;
    bool m_end = false;
    std::size_t m_answer = 0; // the number of the question answered last
    std::chrono::nanoseconds m_usedThen {}; // by the GUI's thread when it answered
    Clock::time_point m_wallThen;
    std::chrono::nanoseconds m_excused {};
    std::chrono::nanoseconds m_excusedWall {};
    int m_excuses = 0; // that live now
    QString m_doing;
    Figures m_figures;

    std::thread m_thread; // last: it uses all of the above
};

} // namespace bistro::ui
