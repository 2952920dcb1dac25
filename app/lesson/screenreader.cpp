#include "lesson/screenreader.h"

#include "lesson/lessonfiles.h"
#include "lesson/lessonlink.h"
#include "lesson/markdown.h"
#include "lesson/questionreader.h"

#include <QFileInfo>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostScreens = 30;
constexpr qsizetype kMostScreenBytes = 16 << 10;
constexpr qint64 kMostPictureBytes = 2 << 20;

bool isSeparator(const QByteArray& line)
{
    return line.startsWith("---") && line.trimmed() == "---";
}

// A line that opens or closes a fenced block: its mark, "```" or longer; empty: none.
QByteArray fenceOf(const QByteArray& line)
{
    qsizetype at = 0;
    while (at < line.size() && at < 4 && line[at] == ' ')
        ++at;
    if (at >= line.size() || at > 3 || (line[at] != '`' && line[at] != '~'))
        return {};
    qsizetype end = at;
    while (end < line.size() && line[end] == line[at])
        ++end;
    return end - at >= 3 ? line.sliced(at, end - at) : QByteArray();
}

// What is open while the lines of a text go by.
class Fences final {
public:
    // Whether this line belongs to a fenced block, its first and last line included.
    bool takes(const QByteArray& line)
    {
        const QByteArray fence = fenceOf(line);
        if (m_open.isEmpty()) {
            m_open = fence;
            m_info = fence.isEmpty() ? QByteArray() : line.sliced(line.indexOf(fence) + fence.size()).trimmed();
            return isOpen();
        }
        if (!fence.isEmpty() && fence.startsWith(m_open) && line.trimmed() == fence)
            m_open.clear();
        return true;
    }
    [[nodiscard]] bool isOpen() const { return !m_open.isEmpty(); }
    [[nodiscard]] const QByteArray& info() const { return m_info; } // of the block that is open, or was last

private:
    QByteArray m_open;
    QByteArray m_info;
};

void takeQuestion(Screen& screen, const QByteArray& info, const QByteArray& yaml, int line, const QuestionPlace& place,
    FaultList& faults, int& questions)
{
    const QString kind = QString::fromUtf8(info).section(u' ', 1).trimmed();
    if (++questions == 2)
        faults.add(line, FormatWords::tr("A screen has one question. Put a line \"---\" before this one."));
    auto question = readQuestion(kind, yaml, line, place, faults);
    if (question && !screen.question)
        screen.question = std::move(question);
}

// Takes the questions out of a page; what remains has as many lines as before.
QByteArray withoutQuestions(
    Screen& screen, const LessonPages::Page& page, const QuestionPlace& place, FaultList& faults, int& questions)
{
    QByteArray rest;
    QByteArray yaml;
    Fences fences;
    int line = page.line;
    int questionLine = 0; // 0: outside of one
    for (const QByteArray& text : page.text.split('\n')) {
        const bool wasOpen = fences.isOpen();
        (void)fences.takes(text);
        const bool opens = !wasOpen && fences.isOpen();
        if (opens && (fences.info() == "predict" || fences.info().startsWith("predict "))) {
            questionLine = line;
            yaml.clear();
        } else if (questionLine > 0 && !fences.isOpen()) {
            takeQuestion(screen, fences.info(), yaml, questionLine, place, faults, questions);
            questionLine = 0;
        } else if (questionLine > 0) {
            yaml += text + '\n';
        } else {
            rest += text;
        }
        rest += '\n';
        ++line;
    }
    if (fences.isOpen())
        faults.add(questionLine > 0 ? questionLine : page.line,
            FormatWords::tr("A fenced block is not closed. End it with a line \"```\"."));
    return rest;
}

std::optional<QString> pictureFault(const QString& target, const QString& text, const QString& folder)
{
    if (target.contains(u':'))
        return FormatWords::tr("A lesson's pictures are its own: pictures/NAME, not \"%1\".").arg(target.left(60));
    if (const auto wrong = fileFault(folder, target))
        return wrong;
    const QFileInfo info(folder + u'/' + target);
    const QStringList known {u"svg"_s, u"png"_s, u"jpg"_s, u"jpeg"_s, u"gif"_s, u"webp"_s};
    if (!known.contains(info.suffix().toLower()))
        return FormatWords::tr("\"%1\" is not a picture. Use one of these: %2.").arg(target, known.join(u", "_s));
    if (info.size() > kMostPictureBytes)
        return FormatWords::tr("\"%1\" has more than %2 MB.").arg(target).arg(kMostPictureBytes >> 20);
    if (text.trimmed().isEmpty())
        return FormatWords::tr("Say in words what \"%1\" shows: ![words](%1).").arg(target);
    return {};
}

// Its links; those that lead nowhere are faults.
QList<ScreenLink> checkMarkdown(const QByteArray& text, int firstLine, const QString& folder, FaultList& faults)
{
    if (text.size() > kMostScreenBytes) {
        faults.add(firstLine, FormatWords::tr("This screen is too long. Put a line \"---\" in its middle."));
        return {};
    }
    const MarkdownText found = readMarkdown(text);
    const int before = firstLine - 1;
    if (!found.read)
        faults.add(firstLine, FormatWords::tr("Bistro can't read this screen as Markdown."));
    if (found.words > kMostWordsOfScreen)
        faults.add(firstLine,
            FormatWords::tr("This screen has %1 words. Use %2 at most, or put a line \"---\" in its middle.")
                .arg(found.words)
                .arg(kMostWordsOfScreen));
    if (!found.rawHtml.isEmpty())
        faults.add(before + found.rawHtml.first(),
            FormatWords::tr("Lessons have no HTML. Use Markdown, or put it in `backquotes`."));
    if (found.pictures.size() > 1)
        faults.add(before + found.pictures[1].line, FormatWords::tr("A screen has one picture at most."));
    for (const MarkdownLink& picture : found.pictures) {
        if (const auto wrong = pictureFault(picture.target, picture.text, folder))
            faults.add(before + picture.line, *wrong);
    }
    QList<ScreenLink> links;
    for (const MarkdownLink& link : found.links) {
        const auto target = parseLink(link.target);
        if (!target)
            faults.add(before + link.line, target.error());
        else if (link.text.trimmed().isEmpty())
            faults.add(before + link.line, FormatWords::tr("The link to \"%1\" has no text.").arg(link.target));
        else
            links += {.to = *target, .sourceLine = before + link.line};
    }
    return links;
}

int linesOfMain(const Lesson& lesson)
{
    if (lesson.mainFile.isEmpty())
        return 0;
    const auto text = readText(lesson.folder, u"start/"_s + lesson.mainFile);
    if (!text)
        return 0;
    return static_cast<int>(text->count('\n')) + (text->endsWith('\n') ? 0 : 1);
}

} // namespace

LessonPages splitPages(const QByteArray& text, FaultList& faults)
{
    LessonPages pages;
    const QList<QByteArray> lines = text.split('\n');
    qsizetype at = 0;
    if (!isSeparator(lines[0])) {
        faults.add(1, FormatWords::tr("A lesson begins with a line \"---\", its keys, and one more line \"---\"."));
    } else {
        const auto end = std::find_if(lines.begin() + 1, lines.end(), isSeparator);
        if (end == lines.end()) {
            faults.add(1, FormatWords::tr("The keys of the lesson have no end. Put a line \"---\" after them."));
            return pages;
        }
        at = end - lines.begin() + 1;
        pages.frontLine = 2;
        pages.frontMatter = lines.sliced(1, at - 2).join('\n');
    }
    LessonPages::Page page {.text = {}, .line = static_cast<int>(at) + 1};
    Fences fences;
    for (; at < lines.size(); ++at) {
        if (!fences.takes(lines[at]) && isSeparator(lines[at])) {
            pages.pages += page;
            page = {.text = {}, .line = static_cast<int>(at) + 2};
        } else {
            page.text += lines[at] + '\n';
        }
    }
    if (!page.text.trimmed().isEmpty() || pages.pages.isEmpty())
        pages.pages += page;
    return pages;
}

QList<Screen> readScreens(const LessonPages& pages, const Lesson& lesson, FaultList& faults)
{
    QList<Screen> screens;
    const QuestionPlace place {.folder = lesson.folder, .mainLines = linesOfMain(lesson)};
    if (pages.pages.size() > kMostScreens)
        faults.add(
            pages.pages[kMostScreens].line, FormatWords::tr("A lesson has %1 screens at most.").arg(kMostScreens));
    for (const LessonPages::Page& page : pages.pages.first(std::min(pages.pages.size(), kMostScreens))) {
        Screen screen {.markdown = {}, .links = {}, .question = {}, .sourceLine = page.line};
        int questions = 0;
        const QByteArray text = withoutQuestions(screen, page, place, faults, questions);
        screen.links = checkMarkdown(text, page.line, lesson.folder, faults);
        screen.markdown = QString::fromUtf8(text).trimmed();
        if (screen.markdown.isEmpty() && questions == 0)
            faults.add(
                page.line, FormatWords::tr("This screen is empty. Write something, or take out a line \"---\"."));
        screens += std::move(screen);
    }
    return screens;
}

} // namespace bistro::app
