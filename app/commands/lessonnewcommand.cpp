#include "commands/lessoncommands.h"

#include "commands/complaints.h"
#include "lesson/newlesson.h"
#include "process/output.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

struct LessonNewPage {
    Q_DECLARE_TR_FUNCTIONS(LessonNewPage)
};

bool isPlainName(const QString& name)
{
    return !name.isEmpty() && name.size() <= 60
        && std::ranges::all_of(name, [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_'; });
}

// Empty, or why it can't be written.
QString write(const QString& path, const QString& text)
{
    if (!QDir().mkpath(QFileInfo(path).path()))
        return LessonNewPage::tr("Bistro can't make the folder \"%1\".").arg(QFileInfo(path).path());
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0 && file.commit())
        return {};
    return LessonNewPage::tr("Bistro can't write \"%1\": %2.").arg(path, file.errorString());
}

} // namespace

int lessonNew(const LessonNewCommand& command)
{
    const QString folder = QDir::cleanPath(QString::fromStdString(command.folder.string()));
    const QString name = QFileInfo(folder).fileName();
    if (!isPlainName(name))
        return complain(
            said(Complaints::tr("\"%1\" is no name for a lesson. Use letters and digits, as in 01-first-steps."),
                name.toStdString()),
            kUsage);
    if (const QFileInfo there(folder); there.exists() || there.isSymbolicLink())
        return complain(said(
            Complaints::tr("There is something called \"%1\" already. Choose another name."), folder.toStdString()));
    QString page = LessonNewPage::tr("A new lesson lies in %1:").arg(folder) + u'\n';
    for (const NewLessonFile& file : newLesson(titleOfFolder(name))) {
        if (const QString wrong = write(folder + u'/' + file.path, file.text); !wrong.isEmpty())
            return complain(wrong.toStdString());
        page += u"  "_s + file.path + u'\n';
    }
    page += LessonNewPage::tr("Change it with a text editor. lessons/FORMAT.md says what may stand where.") + u'\n'
        + LessonNewPage::tr("Then let Bistro run all that it claims: bistro lesson check %1").arg(folder) + u'\n'
        + LessonNewPage::tr("To see it as a learner does: File, Open Lessons… in the window.") + u'\n';
    Output out;
    out.buffer() = page.toStdString();
    return out.finish();
}

} // namespace bistro::app
