// Does things to a real window, each chosen by chance: keys, clicks, drags, wheels, sizes, actions, programs, traces.
// The choices follow from a seed; what they meet depends on the machine, too. Each is told before it is done, and is
// one turn of the event loop, as it is for a user.
//
// What is typed is saved when it runs: programs and traces are copies of its own.
#pragma once

#include "support/usage.h"
#include "windowdriver.h"

#include <QElapsedTimer>
#include <QHash>
#include <QRandomGenerator>
#include <QSet>

#include <cstdio>
#include <deque>
#include <functional>

class QEventLoop;

namespace bistro::ui {

class Kitchen;
class Pulse;

class Monkey final : public QObject, private WindowDriver {
public:
    struct World {
        QString folder; // of programs and traces
        QHash<QString, QString> programs; // copies, and of what
        QStringList traces; // that an engine has recorded
        std::FILE* log = nullptr; // may be null
    };
    struct Done {
        int actions = 0;
        int runs = 0;
        QSet<QString> programs; // that ran, examples too
        int mutants = 0;
        int opened = 0; // of those: not refused
        tests::Memory inUse; // after kSettled
        tests::Memory atRest;
        tests::Memory inUseLast;
    };
    static constexpr qint64 kSettled = 180'000; // milliseconds, after which memory should not grow any more

    Monkey(World world, quint32 seed);

    // A window that has been used is opened and closed again: what Qt opens once and keeps is not the window's.
    void warmUp();
    // For so long, or until something is wrong: then there is a fault(). `complaints` says what was complained of until
    // now.
    void play(Pulse& pulse, Kitchen& kitchen, std::chrono::milliseconds howLong, std::function<QString()> complaints);
    // Fails when the window is of no use any more.
    void checkThatItIsOfUse();
    // What is there once the window has been closed and shows one small trace again.
    [[nodiscard]] tests::Memory atRest();
    using WindowDriver::closeWindow;

    [[nodiscard]] const Done& done() const { return m_done; }
    [[nodiscard]] const QString& fault() const { return m_fault; }
    // What was done last, a line each.
    [[nodiscard]] QString lastDone() const
    {
        return QStringList(m_told.begin(), m_told.end()).join(QLatin1Char('\n')) + QLatin1Char('\n');
    }

private:
    using Deed = std::function<void()>;

    [[nodiscard]] int below(int bound)
    {
        return static_cast<int>(m_random.bounded(static_cast<quint32>(std::max(bound, 1))));
    }
    template <typename List>
    [[nodiscard]] auto& any(List& list)
    {
        return list[static_cast<decltype(list.size())>(below(static_cast<int>(list.size())))];
    }

    void turn();
    void leaveWhatWaits();
    void then(Deed deed); // done in the next turns, one in each
    void tell(const QString& what);
    void measure();
    void reopen();

    void act();
    void look();
    void runProgram();
    void runExample();
    void runText();
    void started(const QString& program);
    void closeSome();
    void openMutant();
    void openTrace();
    void spoilTrace();
    void input();
    void save();
    void stop();
    void closeAndOpen();
    void action();
    void type();
    void steps();
    void goSomewhere();
    void scrub();
    void drag(QWidget* at, QPoint place, int far);
    void select();
    void appearance();
    void key();
    [[nodiscard]] QWidget* anyWidget();
    void pointer();
    void wheel();
    void size();
    void search();
    void closeDialogs();

    World m_world;
    QRandomGenerator m_random;
    Kitchen* m_kitchen = nullptr;
    Pulse* m_pulse = nullptr;
    std::function<QString()> m_complaints;

    QElapsedTimer m_clock;
    qint64 m_end = 0;
    QEventLoop* m_loop = nullptr;
    std::deque<Deed> m_rest; // of what is being done
    int m_depth = 0; // of turns
    QElapsedTimer m_since; // the turn began
    bool m_reopening = false;
    qint64 m_measured = 0;
    QString m_fault;
    std::deque<QString> m_told;

    QStringList m_next; // programs, the next one last
    int m_looks = 0; // so many times only what leaves the run or trace in peace
    Done m_done;
};

} // namespace bistro::ui
