// Adds packages to a workspace, by npm, which runs within the walls: it writes the workspace alone, reaches the
// registry alone, and runs no install scripts unless they are allowed. Ends well, or leaves all as it was: also when it
// is stopped. Of a thread with an event loop.
#pragma once

#include "packages/addingresult.h"
#include "process/engineprocess.h"
#include "sandbox/policy.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>

namespace bistro::app {

class Adding final : public QObject {
    Q_OBJECT

public:
    struct Asked {
        std::filesystem::path engine; // of this installation, which runs npm
        std::filesystem::path folder; // a folder in the workspace
        QList<AskedPackage> packages; // none: those that its package.json names
        sandbox::Limits limits = kLimits;
    };
    static constexpr std::chrono::minutes kPatience {5};
    static constexpr sandbox::Limits kLimits {.fileSize = 512, .written = 2'048};

    explicit Adding(QObject* parent = nullptr);
    ~Adding() override;

    // Once. The error is a sentence: nothing has begun then. Else finished() comes, later.
    [[nodiscard]] std::expected<void, QString> start(const Asked& asked);
    // Asked is not granted: finished() comes when all is as it was before.
    void stop();

    // Once it is over.
    [[nodiscard]] const std::optional<AddingResult>& result() const { return m_result; }

signals:
    void told(const QString& line); // one of npm's own
    void finished();

private:
    enum class Act : std::uint8_t { Add, Restore };

    [[nodiscard]] std::expected<void, QString> launch(Act act);
    void hear(const QByteArray& bytes);
    void tellLine(const QString& line);
    void stateChanged();
    void ended();
    void finish(AddingResult result);

    Asked m_asked;
    AddingPlace m_place;
    Descriptor m_lock; // of the folder: two at once would put each other's packages back
    std::unique_ptr<EngineProcess> m_process;
    QByteArray m_answer; // standard output
    QByteArray m_heard; // standard error, from the last whole line on
    std::optional<AddingCut> m_cut;
    std::optional<AddingResult> m_result;
    Act m_act = Act::Add;
    QTimer m_patience;
};

} // namespace bistro::app
