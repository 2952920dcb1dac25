// What the real engine says about the grammar of a program, while it is being typed. Nothing of the program runs.
//
// One check at a time in a process of its own, which reads the text from its standard input: nobody finds it in a file.
// A newer text replaces one that waits. Never blocks. The GUI's thread.
#pragma once

#include "process/engineprocess.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace bistro::app {

struct SyntaxProblem {
    int line = 0; // from 1
    int column = 0; // from 1, in UTF-16 units
    int length = 1;
    QString message; // as V8 says it: "Unexpected token ';'"
    QString sentence; // for a beginner
    bool operator==(const SyntaxProblem&) const = default;
};

// What `node --check` printed about `file`, if it is about its grammar.
[[nodiscard]] std::optional<SyntaxProblem> parseCheck(const QByteArray& errorOutput, const QString& file);

class SyntaxCheck final : public QObject {
    Q_OBJECT

public:
    explicit SyntaxCheck(std::filesystem::path engine, QObject* parent = nullptr);
    ~SyntaxCheck() override;

    // Whether there is a grammar to check for this file: JavaScript and JSON.
    [[nodiscard]] static bool isCheckable(const QString& path);
    // Texts longer than this are not checked as one types.
    static constexpr qsizetype kLongest = 2 * 1024 * 1024;

    // Checks once no other text has come for kDelay; the text is asked for then. `ticket` comes back with the answer.
    // The path says what kind of module it is (extension, the nearest package.json); it need not exist.
    void check(const QString& path, std::function<QString()> text, quint64 ticket);
    static constexpr std::chrono::milliseconds kDelay {300};

signals:
    // Does not come for a check that could not be made.
    void checked(quint64 ticket, const std::optional<bistro::app::SyntaxProblem>& problem);

private:
    enum class Kind : std::uint8_t { CommonJs, Module };
    struct Job {
        QString path;
        QString text;
        quint64 ticket = 0;
    };

    void next();
    void run(Kind kind);
    void ended();
    [[nodiscard]] static std::optional<Kind> declaredKind(const QString& path);

    std::filesystem::path m_engine;
    struct Asked {
        QString path;
        std::function<QString()> text;
        quint64 ticket = 0;
    };
    std::optional<Asked> m_waiting;
    std::optional<Job> m_running;
    Kind m_kind = Kind::CommonJs;
    bool m_declared = false;
    std::optional<SyntaxProblem> m_first; // of a file that is checked as a module, too
    QTimer m_delay;
    QTimer m_patience;
    std::unique_ptr<EngineProcess> m_process;
    QByteArray m_said;
};

} // namespace bistro::app
