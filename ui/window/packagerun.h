// `bistro add` in the background. GUI thread; never waits, but for a moment where it is taken down while it works.
#pragma once

#include <QObject>
#include <QProcess>
#include <QStringList>

#include <memory>

namespace bistro::ui {

class PackageRun final : public QObject {
    Q_OBJECT

public:
    struct Result {
        bool added = false;
        QString text; // sentences
        QStringList leftOut; // packages whose install scripts did not run
    };

    // The command, usually our own executable.
    explicit PackageRun(QString command, QObject* parent = nullptr);
    ~PackageRun() override; // stops one that runs

    // Only when none runs. `packages` as typed, none: those of package.json; `folder`: of the program.
    void start(const QStringList& packages, const QString& folder);
    // Asked is not granted: done() comes when all is as it was before.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_process != nullptr; }

signals:
    void told(const QString& line); // one of npm's own
    void done(const bistro::ui::PackageRun::Result& result);

private:
    void read();
    void finish();

    QString m_command;
    std::unique_ptr<QProcess> m_process;
    Result m_result;
};

} // namespace bistro::ui
