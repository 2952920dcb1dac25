#include "workspace/examples.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

QList<Example> readIndex()
{
    QList<Example> all;
    QFile file(u":/examples/index.json"_s);
    const bool open = file.open(QIODevice::ReadOnly);
    Q_ASSERT(open); // it is ours
    const QJsonArray index = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue& entry : index) {
        Example example;
        example.slug = entry[u"slug"_s].toString();
        example.group = QCoreApplication::translate("Examples", entry[u"group"_s].toString().toUtf8().constData());
        example.title = QCoreApplication::translate("Examples", entry[u"title"_s].toString().toUtf8().constData());
        example.sentence = QCoreApplication::translate(
            "Examples", entry[u"sentence"_s].toString().toUtf8().constData());
        example.lesson = entry[u"lesson"_s].toString();
        example.serves = entry[u"serves"_s].toBool();
        example.folder = u":/examples/"_s + example.slug;
        example.files = QDir(example.folder).entryList(QDir::Files, QDir::Name);
        example.mainFile = entry[u"main"_s].toString();
        all.append(std::move(example));
    }
    return all;
}

} // namespace

QString Example::lessonSentence() const
{
    const int number = lesson.section(u'-', 0, 0).toInt();
    return number > 0 ? QCoreApplication::translate("Examples", "Lesson %1 is about this.").arg(number) : QString();
}

const QList<Example>& examples()
{
    static const QList<Example> all = readIndex();
    return all;
}

std::expected<void, QString> copyExample(const Example& example, const QString& folder)
{
    for (const QString& name : example.files) {
        const QString to = QDir(folder).filePath(name);
        QFile from(example.folder + u'/' + name);
        if (!from.copy(to))
            return std::unexpected(
                QCoreApplication::translate("Examples", "Bistro can't write %1: %2.").arg(to, from.errorString()));
        QFile::setPermissions(
            to, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup | QFileDevice::ReadOther);
    }
    return {};
}

} // namespace bistro::app
