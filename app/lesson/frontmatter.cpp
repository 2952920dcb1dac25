#include "lesson/screenreader.h"

#include "lesson/fields.h"
#include "lesson/lessonfiles.h"
#include "lesson/lessonlink.h"

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostTitleLetters = 60;
constexpr qsizetype kMostShortLetters = 18;
constexpr qsizetype kMostSentenceLetters = 160;
constexpr qsizetype kMostLearnedLetters = 300;
constexpr int kMostMinutes = 60;
constexpr qint64 kMostGenerated = 500'000'000;
constexpr qsizetype kMostGeneratedFiles = 10;

QList<GeneratedFile> readGenerated(const YamlNode& node, FaultList& faults)
{
    QList<GeneratedFile> all;
    if (node.kind != YamlNode::Kind::Map || node.items.size() > kMostGeneratedFiles) {
        faults.add(node.line,
            FormatWords::tr("\"files\" needs up to %1 names, each with \"size\" and \"line\".")
                .arg(kMostGeneratedFiles));
        return all;
    }
    qint64 bytes = 0;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const LessonFields fields(node.items[i], keysof::generatedFile, faults);
        GeneratedFile file {.name = node.keys[i].name, .size = fields.size("size", kMostGenerated), .line = {}};
        file.line = fields.text("line", 200);
        if (file.line.contains(u'\n'))
            fields.fault("line", FormatWords::tr("\"line\" is one line."));
        if (!isInnerPath(file.name))
            faults.add(
                node.keys[i].line, FormatWords::tr("\"%1\" is not a file within the program's folder.").arg(file.name));
        bytes += file.size;
        all += file;
    }
    if (bytes > kMostGenerated)
        faults.add(node.line,
            FormatWords::tr("The generated files have more than %1 MB together.").arg(kMostGenerated / 1'000'000));
    return all;
}

void readMain(Lesson& lesson, const LessonFields& fields)
{
    lesson.mainFile = fields.text("main", 100);
    if (lesson.mainFile.isEmpty())
        return;
    const bool isProgram = lesson.mainFile.endsWith(".js"_L1) || lesson.mainFile.endsWith(".mjs"_L1)
        || lesson.mainFile.endsWith(".cjs"_L1);
    if (!isProgram)
        fields.fault("main",
            FormatWords::tr("Node can't run \"%1\". Its name has to end with .js, .mjs or .cjs.").arg(lesson.mainFile));
    else if (const auto wrong = fileFault(lesson.folder, u"start/"_s + lesson.mainFile))
        fields.fault("main", *wrong);
}

// What this Bistro does not have.
void tellNeeds(const YamlNode& tree, FaultList& newer)
{
    if (const auto format = newerFormat(tree))
        newer.add(format->line, format->sentence);
    const YamlNode* const needs = tree.find(u"needs"_s);
    if (needs == nullptr)
        return;
    FaultList ignored(newer.file());
    for (const QString& need : textsOf(*needs, u"needs"_s, ignored)) {
        if (!std::ranges::contains(kKnownNeeds, need, [](const char* known) { return QString::fromLatin1(known); }))
            newer.add(needs->line, FormatWords::tr("This lesson needs \"%1\", and so a newer Bistro.").arg(need));
    }
}

} // namespace

bool readFrontMatter(Lesson& lesson, const LessonPages& pages, FaultList& faults, FaultList& newer)
{
    if (pages.frontLine == 0) // there is none, which is told
        return true;
    const auto tree = readYaml(pages.frontMatter, pages.frontLine);
    if (!tree) {
        faults.add(tree.error().line, tree.error().sentence);
        return true;
    }
    tellNeeds(*tree, newer);
    if (!newer.isEmpty())
        return false;
    const LessonFields fields(*tree, keysof::frontMatter, faults);
    if (!fields.isMap())
        return true;
    (void)fields.whole("format", 1, kLessonFormat);
    lesson.title = fields.text("title", kMostTitleLetters);
    lesson.shortTitle = fields.text("short", kMostShortLetters);
    lesson.sentence = fields.text("sentence", kMostSentenceLetters);
    lesson.learned = fields.text("learned", kMostLearnedLetters);
    lesson.minutes = fields.whole("minutes", 1, kMostMinutes).value_or(0);
    readMain(lesson, fields);
    lesson.arguments = fields.texts("arguments", 0, 20);
    lesson.poolSize = fields.whole("pool", 1, kMostCooks).value_or(0);
    lesson.needs = fields.texts("needs", 0, 20);
    lesson.scene = fields.text("scene");
    if (!lesson.scene.isEmpty() && lesson.scene != "waiter-per-table"_L1)
        fields.fault("scene",
            FormatWords::tr("There is no scene \"%1\". ").arg(lesson.scene)
                + allowedOf(lesson.scene, {u"waiter-per-table"_s}));
    if (const YamlNode* const files = fields.find("files"))
        lesson.generated = readGenerated(*files, faults);
    return true;
}

} // namespace bistro::app
