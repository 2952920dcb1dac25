// One run of a program for a check: started, given its input and its requests, recorded, stopped when its time is over
// or it prints too much. Never waits; a thread with an event loop. The program is stopped when this goes.
#pragma once

#include "checks/report.h"

#include <QObject>

#include <chrono>
#include <filesystem>
#include <memory>

namespace bistro::app {

struct RunPlan {
    std::filesystem::path engine; // whose warden keeps it in; empty: the executable is one
    std::filesystem::path executable; // the engine, or stock node
    QString folder; // in which it runs
    QString file; // the program, within the folder
    QStringList arguments;
    int poolSize = 0; // 0: libuv's own
    QString input; // of standard input
    QList<Send> send;
    bool stopAfterwards = false;
    QString trace; // file that it is recorded into; empty: it is not
    std::chrono::milliseconds patience {10'000};
    qint64 mostOutput = 1 << 20; // bytes
};

// That of the lesson's program with these inputs; who runs it, where and for how long is left open.
[[nodiscard]] RunPlan planOf(const Lesson& lesson, const RunWith& with);

class ProgramRun final : public QObject {
    Q_OBJECT

public:
    explicit ProgramRun(QObject* parent = nullptr);
    ~ProgramRun() override;

    // Once.
    void start(const RunPlan& plan);
    [[nodiscard]] bool isOver() const;
    // Once it is over. Its log lives as long as this.
    [[nodiscard]] const FinishedRun& run() const;
    // Why it never started; a sentence; empty: it did.
    [[nodiscard]] QString error() const;

signals:
    void finished(); // once, never within start()

private:
    struct Parts;
    void look();
    void told();
    void ended();
    void takeIn();

    std::unique_ptr<Parts> m_parts;
};

} // namespace bistro::app
