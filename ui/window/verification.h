// `bistro verify` in the background: does the program print the same under stock node? GUI thread; never waits.
#pragma once

#include "session/program.h"

#include <QObject>
#include <QProcess>

#include <memory>

namespace bistro::ui {

class Verification final : public QObject {
    Q_OBJECT

public:
    // The command, usually our own executable.
    explicit Verification(QString command, QObject* parent = nullptr);
    ~Verification() override; // ends one that runs

    // Ends one that runs.
    void start(const app::Program& program);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_process != nullptr; }

    enum class Verdict : std::uint8_t { Identical, Race, Different, Impossible };
    Q_ENUM(Verdict)
    // A program that has not ended after so long is not compared.
    static constexpr std::chrono::seconds kPatience {60};

signals:
    // What the command printed says more.
    void done(bistro::ui::Verification::Verdict verdict, const QString& text);

private:
    void finish(Verdict verdict, const QString& text);

    QString m_command;
    std::unique_ptr<QProcess> m_process;
};

} // namespace bistro::ui
