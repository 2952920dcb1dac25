// Checks a learner's program: evaluates what its own run shows, and makes the further runs that other inputs need, one
// after the other, in the background, each in a temporary copy of the program's folder, recorded. Never waits.
//
// Lives in a thread with an event loop. Programs are stopped when it goes.
#pragma once

#include "checks/report.h"

#include <QObject>

#include <chrono>
#include <filesystem>
#include <memory>

namespace bistro::app {

class Checker final : public QObject {
    Q_OBJECT

public:
    // Of a further run: what does not end by then gets a sentence.
    static constexpr std::chrono::seconds kPatience {10};
    static constexpr qint64 kMostOutput = 1 << 20;

    explicit Checker(std::filesystem::path engine, QObject* parent = nullptr);
    ~Checker() override;

    // `own` is the learner's run of the program in `folder`, over. Forgets the check before. The log is looked at
    // before this returns, and not later.
    void check(const Lesson& lesson, const QString& folder, const FinishedRun& own);
    void cancel();
    [[nodiscard]] const CheckReport& report() const { return m_report; }

signals:
    void changed(); // an answer has come

private:
    struct Parts;
    std::filesystem::path m_engine;
    CheckReport m_report;
    std::unique_ptr<Parts> m_parts;
};

} // namespace bistro::app
