// A good lesson in a temporary folder, to break in one place.
#pragma once

#include "lesson/lessonreader.h"
#include "lesson/newlesson.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace bistro::tests {

class LessonFolder final {
public:
    LessonFolder()
    {
        for (const app::NewLessonFile& file : app::newLesson(QStringLiteral("First steps")))
            write(file.path, file.text.toUtf8());
    }

    [[nodiscard]] QString path() const { return m_root.path() + QStringLiteral("/01-first-steps"); }
    [[nodiscard]] QString root() const { return m_root.path(); }

    void write(const QString& name, const QByteArray& bytes)
    {
        const QString file = path() + u'/' + name;
        QDir().mkpath(QFileInfo(file).path());
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
            qFatal("the test can't write %s", qPrintable(file));
    }
    [[nodiscard]] QByteArray read(const QString& name) const
    {
        QFile in(path() + u'/' + name);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    // False when the old text is not there: the test would show nothing.
    [[nodiscard]] bool change(const QString& name, const QByteArray& from, const QByteArray& to)
    {
        QByteArray bytes = read(name);
        const qsizetype at = bytes.indexOf(from);
        if (at < 0)
            return false;
        write(name, bytes.replace(at, from.size(), to));
        return true;
    }
    // "lesson.md:3: …", one a line.
    [[nodiscard]] QString faults() const
    {
        const auto lesson = app::readLesson(path());
        if (lesson)
            return {};
        return told(lesson.error());
    }
    [[nodiscard]] QString told(const QList<app::LessonFault>& faults) const
    {
        QStringList all;
        for (const app::LessonFault& fault : faults)
            all += app::faultText(fault).remove(path() + u'/').remove(m_root.path() + u'/');
        return all.join(u'\n');
    }

private:
    QTemporaryDir m_root;
};

} // namespace bistro::tests
