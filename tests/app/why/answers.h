// Answers as people read them, and questions to real recorded programs.
#pragma once

#include "support/recordedrun.h"
#include "why/screenlines.h"
#include "why/why.h"

#include <QFile>
#include <QString>

#include <memory>

namespace bistro::tests {

// The headline and the reasons: "headline | rule: sentence | …".
[[nodiscard]] inline QString print(const app::Explanation& told)
{
    QString text = told.headline;
    for (const app::Reason& reason : told.reasons)
        text += QStringLiteral(" | ")
            + QString::fromUtf8(
                app::ruleId(reason.rule).data(), static_cast<qsizetype>(app::ruleId(reason.rule).size()))
            + QStringLiteral(": ") + reason.sentence;
    return text;
}

// A program of tests/programs, recorded.
class Recorded final {
public:
    explicit Recorded(const QString& engine, const QByteArray& program, const test::RunOptions& options = {})
        : m_run(test::record(engine, program, options))
        , m_log(app::TraceLog::open(m_run.folder->filePath(QStringLiteral("run.bistro")).toStdString()).value())
    {
    }

    [[nodiscard]] const app::TraceLog& log() const { return *m_log; }

    // The line on the screen that begins so; a number after the last when there is none.
    [[nodiscard]] app::OutputLine line(std::string_view begin) const
    {
        const app::ScreenLines lines(*m_log);
        std::size_t number = 0;
        while (number < lines.size() && !lines[number].text.starts_with(begin))
            ++number;
        return {number};
    }
    [[nodiscard]] app::Explanation before(
        std::string_view one, std::string_view other, app::Wording wording = app::Wording::Runtime) const
    {
        return app::whyBefore(*m_log, line(one), line(other), wording);
    }

private:
    test::RecordedRun m_run;
    std::unique_ptr<app::TraceLog> m_log;
};

// A script that a loaded machine holds up behind its timer races nobody any more. Runs the program until the answer
// shows, at most 20 times.
template <typename Answer>
[[nodiscard]] bool inOneRunOf(const QString& engine, const QByteArray& program, Answer answer)
{
    for (int i = 0; i < 20; ++i) {
        const Recorded run(engine, program);
        if (answer(run))
            return true;
    }
    return false;
}

[[nodiscard]] inline QByteArray factProgram(const QString& name)
{
    QFile file(QStringLiteral(BISTRO_SOURCE_DIR "/tests/programs/loop-facts/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace bistro::tests
