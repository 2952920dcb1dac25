#include "lesson/lessonreader.h"

#include "lesson/expectationreader.h"
#include "lesson/lessonfiles.h"
#include "lesson/lessontexts.h"
#include "lesson/screenreader.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostAnswers = 10;
constexpr qsizetype kMostWrong = 30;

// False: it is for a newer Bistro, so that nothing else is worth saying.
bool readLessonFile(Lesson& lesson, QList<LessonFault>& all)
{
    const auto text = readText(lesson.folder, u"lesson.md"_s);
    if (text)
        return readLessonText(lesson, *text, all);
    all += {.file = lesson.folder + u"/lesson.md"_s, .line = 0, .sentence = text.error()};
    return true;
}

// A check of answers needs somebody who asks.
void checkSenders(const Check& check, FaultList& faults)
{
    for (const Expectation& expectation : check.expectations) {
        const RunWith& run = expectation.with.isOwn() ? check.run : expectation.with;
        if (std::holds_alternative<expect::Answers>(expectation.what) && run.send.isEmpty())
            faults.add(expectation.sourceLine,
                FormatWords::tr("\"answers\" needs requests: add \"send\" to \"run\", or to \"with\"."));
    }
}

void readCheck(Lesson& lesson, QList<LessonFault>& all)
{
    if (const auto text = readText(lesson.folder, u"check.yaml"_s))
        readCheckText(lesson, *text, all);
    else
        all += {.file = lesson.folder + u"/check.yaml"_s, .line = 0, .sentence = text.error()};
}

void readStart(Lesson& lesson, QList<LessonFault>& all)
{
    FaultList faults(lesson.startFolder());
    if (!QFileInfo(lesson.startFolder()).isDir() || QFileInfo(lesson.startFolder()).isSymbolicLink()) {
        faults.add(0, FormatWords::tr("The lesson has no folder \"start\" with the program that it begins with."));
    } else {
        const FolderFiles files = filesOf(lesson.startFolder());
        for (const QString& fault : files.faults)
            faults.add(0, fault);
        lesson.startFiles = files.names;
        for (const GeneratedFile& made : lesson.generated) {
            if (files.names.contains(made.name))
                faults.add(0,
                    FormatWords::tr("\"%1\" is in \"start\" and in \"files\". Leave one of them out.").arg(made.name));
        }
    }
    all += faults.all();
}

void checkFiles(const QString& folder, FaultList& faults)
{
    const FolderFiles files = filesOf(folder);
    for (const QString& fault : files.faults)
        faults.add(0, fault);
    if (files.names.isEmpty())
        faults.add(0, FormatWords::tr("This folder is empty. Put the files that differ from \"start\" in it."));
}

void readAnswers(Lesson& lesson, QList<LessonFault>& all)
{
    static const QRegularExpression name(u"^answer(?:-([2-9]|\\d\\d))?$"_s);
    const auto folders = foldersOf(lesson.folder);
    if (!folders) {
        all += {.file = lesson.folder, .line = 0, .sentence = folders.error()};
        return;
    }
    QList<std::pair<int, QString>> found;
    for (const QString& folder : *folders) {
        if (const auto match = name.match(folder); match.hasMatch())
            found += {match.captured(1).isEmpty() ? 1 : match.captured(1).toInt(), lesson.folder + u'/' + folder};
    }
    std::ranges::sort(found);
    FaultList faults(lesson.folder + u"/answer"_s);
    if (found.isEmpty() || found.first().first != 1)
        faults.add(0, FormatWords::tr("The lesson has no folder \"answer\" with a model answer."));
    if (found.size() > kMostAnswers)
        faults.add(0, FormatWords::tr("A lesson has %1 answers at most.").arg(kMostAnswers));
    all += faults.all();
    for (const auto& [number, folder] : found.first(std::min(found.size(), kMostAnswers))) {
        FaultList own(folder);
        checkFiles(folder, own);
        all += own.all();
        lesson.answers += folder;
    }
}

WrongAnswer readWrongAnswer(const QString& folder, QList<LessonFault>& all)
{
    WrongAnswer answer {.name = QFileInfo(folder).fileName(), .folder = folder, .sentences = {}};
    FaultList own(folder);
    checkFiles(folder, own);
    all += own.all();
    if (const auto text = readText(folder, u"expect.yaml"_s))
        readWrongAnswerText(answer, *text, all);
    else
        all += {.file = folder + u"/expect.yaml"_s, .line = 0, .sentence = text.error()};
    return answer;
}

void readWrongAnswers(Lesson& lesson, QList<LessonFault>& all)
{
    const QString wrong = lesson.folder + u"/wrong"_s;
    if (QFileInfo(wrong).isSymbolicLink())
        return;
    const auto folders = foldersOf(wrong);
    if (!folders)
        all += {.file = wrong, .line = 0, .sentence = folders.error()};
    QStringList names = folders.value_or(QStringList());
    if (names.size() > kMostWrong) {
        all += {.file = wrong,
            .line = 0,
            .sentence = FormatWords::tr("A lesson has %1 wrong answers at most.").arg(kMostWrong)};
        names.resize(kMostWrong);
    }
    for (const QString& name : names)
        lesson.wrong += readWrongAnswer(wrong + u'/' + name, all);
}

} // namespace

bool readLessonText(Lesson& lesson, const QByteArray& text, QList<LessonFault>& all)
{
    FaultList faults(lesson.folder + u"/lesson.md"_s);
    const LessonPages pages = splitPages(text, faults);
    FaultList newer(faults.file());
    if (!readFrontMatter(lesson, pages, faults, newer)) {
        all = newer.all();
        return false;
    }
    lesson.screens = readScreens(pages, lesson, faults);
    all += faults.all();
    return true;
}

void readCheckText(Lesson& lesson, const QByteArray& text, QList<LessonFault>& all)
{
    FaultList faults(lesson.folder + u"/check.yaml"_s);
    const auto tree = readYaml(text);
    if (!tree) {
        faults.add(tree.error().line, tree.error().sentence);
    } else if (const auto newer = newerFormat(*tree)) {
        faults.add(newer->line, newer->sentence);
    } else if (const LessonFields fields(*tree, keysof::check, faults); fields.isMap()) {
        (void)fields.whole("format", 1, kLessonFormat);
        lesson.check.task = fields.text("task", 200);
        lesson.check.hints = fields.texts("hints", 2, 2);
        if (const YamlNode* const run = fields.find("run"))
            lesson.check.run = readRunWith(*run, false, faults);
        if (const YamlNode* const expected = fields.find("expect"))
            lesson.check.expectations = readExpectations(*expected, lesson.folder, faults);
        checkSenders(lesson.check, faults);
    }
    all += faults.all();
}

void readWrongAnswerText(WrongAnswer& answer, const QByteArray& text, QList<LessonFault>& all)
{
    FaultList faults(answer.folder + u"/expect.yaml"_s);
    const auto tree = readYaml(text);
    if (!tree) {
        faults.add(tree.error().line, tree.error().sentence);
    } else if (const LessonFields fields(*tree, keysof::wrongAnswer, faults); fields.isMap()) {
        answer.sentences = fields.texts("sentences", 1, 10);
        for (const QString& sentence : answer.sentences) {
            if (sentence.contains(u'{') || sentence.trimmed().size() < 3)
                fields.fault("sentences",
                    FormatWords::tr("No learner sees \"%1\". Write a part of the sentence that has no {…}.")
                        .arg(sentence));
        }
    }
    all += faults.all();
}

std::expected<Lesson, QList<LessonFault>> readLesson(const QString& folder)
{
    Lesson lesson;
    lesson.folder = QDir::cleanPath(folder);
    lesson.id = QFileInfo(lesson.folder).fileName();
    if (!QFileInfo(lesson.folder).isDir())
        return std::unexpected(QList {LessonFault {lesson.folder, 0, FormatWords::tr("There is no such folder.")}});
    QList<LessonFault> faults;
    if (!readLessonFile(lesson, faults))
        return std::unexpected(faults);
    readCheck(lesson, faults);
    readStart(lesson, faults);
    readAnswers(lesson, faults);
    readWrongAnswers(lesson, faults);
    if (!faults.isEmpty())
        return std::unexpected(faults);
    return lesson;
}

QString faultText(const LessonFault& fault)
{
    return fault.line > 0 ? u"%1:%2: %3"_s.arg(fault.file, QString::number(fault.line), fault.sentence)
                          : u"%1: %2"_s.arg(fault.file, fault.sentence);
}

} // namespace bistro::app
