// The examples, recorded where their files are.
#pragma once

#include "state/tracelog.h"
#include "support/recordedrun.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <memory>

namespace bistro::tests {

// "04-four-cooks/lesson.js"; without those that end only when somebody stops them.
[[nodiscard]] inline QStringList exampleMains()
{
    QFile index(QStringLiteral(BISTRO_EXAMPLES "/index.json"));
    if (!index.open(QIODevice::ReadOnly))
        return {};
    QStringList mains;
    for (const QJsonValue& example : QJsonDocument::fromJson(index.readAll()).array()) {
        const QString slug = example[QStringLiteral("slug")].toString();
        if (!slug.startsWith(QStringLiteral("28-")))
            mains += slug + u'/' + example[QStringLiteral("main")].toString();
    }
    return mains;
}

class RecordedProgram final {
public:
    explicit RecordedProgram(const QByteArray& program, const QString& file = QStringLiteral("lesson.js"))
        : m_run(
              test::record(QStringLiteral(BISTRO_ENGINE), program, {.environment = {}, .arguments = {}, .file = file}))
        , m_log(app::TraceLog::open(m_run.folder->filePath(QStringLiteral("run.bistro")).toStdString()).value())
    {
    }
    [[nodiscard]] static RecordedProgram ofExample(const QString& main)
    {
        const QString path = QDir(QStringLiteral(BISTRO_EXAMPLES)).filePath(main);
        if (main.endsWith(QStringLiteral(".mjs")))
            return RecordedProgram(QStringLiteral("import '%1';").arg(path).toUtf8(), QStringLiteral("lesson.mjs"));
        return RecordedProgram(
            QStringLiteral("process.chdir('%1'); require('%2');").arg(path.section(u'/', 0, -2), path).toUtf8());
    }

    [[nodiscard]] const app::TraceLog& log() const { return *m_log; }
    [[nodiscard]] const test::RecordedRun& run() const { return m_run; }

private:
    test::RecordedRun m_run;
    std::unique_ptr<app::TraceLog> m_log;
};

} // namespace bistro::tests
