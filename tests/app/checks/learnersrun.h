// A learner's program, run through the real engine as a check runs it.
#pragma once

#include "checks/programrun.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace bistro::tests {

[[nodiscard]] inline app::Lesson smallLesson()
{
    app::Lesson lesson;
    lesson.mainFile = QStringLiteral("lesson.js");
    return lesson;
}

inline void writeFile(const QString& path, const QByteArray& bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

class LearnersRun final {
public:
    explicit LearnersRun(const QByteArray& program, const app::RunWith& with = {},
        std::chrono::milliseconds patience = std::chrono::seconds(20), const app::Lesson& lesson = smallLesson())
    {
        writeFile(m_folder.filePath(lesson.mainFile), program);
        app::RunPlan plan = app::planOf(lesson, with);
        plan.executable = BISTRO_ENGINE;
        plan.folder = m_folder.path();
        plan.trace = m_traces.filePath(QStringLiteral("run.bistro"));
        plan.patience = patience;
        QEventLoop loop;
        QObject::connect(&m_run, &app::ProgramRun::finished, &loop, &QEventLoop::quit);
        m_run.start(plan);
        loop.exec();
    }

    [[nodiscard]] const app::FinishedRun& run() const { return m_run.run(); }
    [[nodiscard]] const app::TraceLog& log() const { return *run().log; }
    [[nodiscard]] QString error() const { return m_run.error(); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] app::CheckAnswer says(const app::Expected& what, const QString& right = {},
        const QString& notYet = {}, const app::MomentLink& show = {}) const
    {
        return app::evaluate({.what = what, .right = right, .notYet = notYet, .show = show}, smallLesson(), run());
    }

private:
    QTemporaryDir m_folder;
    QTemporaryDir m_traces;
    app::ProgramRun m_run;
};

} // namespace bistro::tests
