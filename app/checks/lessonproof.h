// Proves what a lesson claims, by running it: its start, its answers and its wrong answers are run and checked as a
// learner's are, its questions are held against the trace and against stock node. Never waits; a thread with an event
// loop. Programs are stopped when it goes.
#pragma once

#include "lesson/lesson.h"

#include <QObject>

#include <filesystem>
#include <memory>

namespace bistro::app {

class LessonProof final : public QObject {
    Q_OBJECT

public:
    // `stock`: stock node; empty: there is none to compare with.
    LessonProof(Lesson lesson, std::filesystem::path engine, std::filesystem::path stock, QObject* parent = nullptr);
    ~LessonProof() override;

    void start(); // once
    [[nodiscard]] const Lesson& lesson() const;
    [[nodiscard]] const QList<LessonFault>& faults() const; // in the order in which they were found
    [[nodiscard]] bool isOver() const;

signals:
    void finished(); // once, never within start()

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace bistro::app
