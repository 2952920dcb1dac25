#include "window/menus.h"

#include <QActionGroup>

#include <algorithm>
#include <array>
#include <variant>

namespace bistro::ui {
namespace {

using Id = ActionId;
enum class Sub : std::uint8_t {
    RecentFiles,
    RecentRuns,
    Indentation,
    Folding,
    Themes,
    Panels,
    Speed,
    Lines,
    Bookmarks
};
enum class Line : std::uint8_t { Drawn };
constexpr Line kLine = Line::Drawn;

} // namespace

struct MenuItem : std::variant<ActionId, Line, Sub> {
    using variant::variant;
};

namespace {

using Item = MenuItem;

constexpr Item kFile[] {Id::New, Id::NewFile, kLine, Id::Open, Id::OpenFolder, Sub::RecentFiles, kLine, Id::Save,
    Id::SaveAs, Id::SaveAll, Id::CloseTab, kLine, Id::OpenTrace, Id::SaveTrace, Id::SaveTraceWithoutValues,
    Sub::RecentRuns, kLine, Id::OpenLessons, kLine, Id::Settings, Id::Quit};
constexpr Item kEdit[] {Id::Undo, Id::Redo, kLine, Id::Cut, Id::Copy, Id::Paste, Id::SelectAll, kLine, Id::Find,
    Id::Replace, Id::FindNext, Id::FindPrevious, Id::GoToLine, kLine, Id::Comment, Id::Complete, kLine, Id::FindConsole,
    Id::ClearConsole, kLine, Sub::Folding, Sub::Indentation};
constexpr Item kFolding[] {Id::Fold, Id::Unfold, Id::FoldAll, Id::UnfoldAll};
constexpr Item kIndentation[] {Id::IndentFromFile, Id::IndentTabs, Id::IndentTwo, Id::IndentFour, Id::IndentEight};
constexpr Item kRun[] {Id::Run, Id::Stop, Id::Configure, Id::ProgramsMay, Id::AddPackage, Id::RecordLines, Id::Input,
    Id::EndInput, kLine, Id::Halt, Sub::Speed, kLine, Id::StepForward, Id::StepBack, Id::NextCallback,
    Id::PreviousCallback, Id::NextPrint, Id::PreviousPrint, Id::NextIteration, Id::PreviousIteration, Id::GoStart,
    Id::GoLive, Sub::Lines, Sub::Bookmarks, kLine, Id::Verify, Id::WhyBefore};
constexpr Item kLines[] {Id::NextLine, Id::PreviousLine, kLine, Id::IntoCall, Id::OutOfCall, Id::BackIntoCall,
    Id::BackOutOfCall, Id::ToReturn, kLine, Id::NextThrow, Id::PreviousThrow, kLine, Id::LineVisits, Id::NextVisit,
    Id::PreviousVisit, kLine, Id::NextValue, Id::PreviousValue, Id::ToMade};
constexpr Item kSpeed[] {Id::Slower, Id::Faster};
constexpr Item kBookmarks[] {Id::Bookmark, Id::NextBookmark, Id::PreviousBookmark};
constexpr Item kView[] {Id::Restaurant, Id::Loop, Id::Houses, Id::TextStage, Id::Internals, Id::LineValues, kLine,
    Id::PredictMode, kLine, Sub::Themes, Id::ZoomIn, Id::ZoomOut, Id::ZoomReset, kLine, Sub::Panels, Id::Files,
    Id::NextTab, Id::PreviousTab, kLine, Id::NextPanel, Id::PreviousPanel, kLine, Id::ReduceMotion, Id::Presentation};
constexpr Item kThemes[] {Id::ThemeSystem, Id::ThemeLight, Id::ThemeDark};
constexpr Item kPanels[] {Id::ShowEditor, Id::ShowConsole, Id::ShowStage, Id::ShowNarration, Id::ShowCards,
    Id::ShowTimeline, Id::ShowVariables, Id::ShowFindings, Id::ShowBookmarks, Id::ShowVisits, Id::ShowCalls,
    Id::ExpectedOutput, Id::CourseList, Id::ResetLayout};
constexpr Item kLessons[] {Id::ReadLesson, Id::NextLesson, Id::LessonHint, kLine, Id::CloseLesson};
constexpr Item kHelp[] {Id::Shortcuts, Id::Glossary, Id::About};

static_assert(
    [] {
        std::array<int, kActions> times {};
        const auto count = [&](std::span<const Item> items) {
            for (const Item& item : items) {
                if (const auto* const id = std::get_if<ActionId>(&item))
                    ++times[static_cast<std::size_t>(*id)];
            }
        };
        for (const std::span<const Item> items : {std::span<const Item>(kFile), std::span<const Item>(kEdit),
                 std::span<const Item>(kRun), std::span<const Item>(kLines), std::span<const Item>(kBookmarks),
                 std::span<const Item>(kSpeed), std::span<const Item>(kView), std::span<const Item>(kThemes),
                 std::span<const Item>(kFolding), std::span<const Item>(kIndentation), std::span<const Item>(kPanels),
                 std::span<const Item>(kLessons), std::span<const Item>(kHelp)})
            count(items);
        return std::ranges::all_of(times, [](int each) { return each == 1; });
    }(),
    "each action stands in one menu");

QString shown(QString text)
{
    return text.replace(u'&', QStringLiteral("&&"));
}

} // namespace

Menus::Menus(QMenuBar& bar, const Actions& actions, QObject* parent)
    : QObject(parent)
    , m_bar(bar)
    , m_actions(actions)
{
    const auto grouped = [&](std::initializer_list<ActionId> ids) {
        auto* const group = new QActionGroup(this);
        for (const ActionId id : ids)
            group->addAction(actions[id]);
    };
    grouped({Id::Restaurant, Id::Loop});
    grouped({Id::ThemeSystem, Id::ThemeLight, Id::ThemeDark});
    grouped({Id::IndentFromFile, Id::IndentTabs, Id::IndentTwo, Id::IndentFour, Id::IndentEight});
    // Qualified, since lupdate loses the class after the menus' table.
    add(Menus::tr("&File"), kFile);
    add(Menus::tr("&Edit"), kEdit);
    add(Menus::tr("&Run"), kRun);
    add(Menus::tr("&View"), kView);
    m_lessons = add(Menus::tr("&Lessons"), kLessons);
    addExamples();
    add(Menus::tr("&Help"), kHelp);
}

QMenu* Menus::add(const QString& title, std::span<const MenuItem> items)
{
    QMenu* const menu = m_bar.addMenu(title);
    QList<QAction*> page;
    fill(*menu, items, page);
    m_pages.append({menu->title(), page});
    return menu;
}

void Menus::fill(QMenu& menu, std::span<const MenuItem> items, QList<QAction*>& page)
{
    const auto addSub = [&](Sub sub) {
        switch (sub) {
        case Sub::RecentFiles: m_recentFiles = menu.addMenu(Menus::tr("Open &Recent")); break;
        case Sub::RecentRuns: m_recentRuns = menu.addMenu(Menus::tr("Recent R&uns")); break;
        case Sub::Lines: fill(*menu.addMenu(Menus::tr("&Go by Line")), kLines, page); break;
        case Sub::Speed: fill(*menu.addMenu(Menus::tr("Pl&ay Speed")), kSpeed, page); break;
        case Sub::Bookmarks: fill(*menu.addMenu(Menus::tr("Boo&kmarks")), kBookmarks, page); break;
        case Sub::Folding: fill(*menu.addMenu(Menus::tr("Fol&ding")), kFolding, page); break;
        case Sub::Indentation: fill(*menu.addMenu(Menus::tr("Indent Wit&h")), kIndentation, page); break;
        case Sub::Themes: fill(*menu.addMenu(Menus::tr("T&heme")), kThemes, page); break;
        case Sub::Panels: fill(*menu.addMenu(Menus::tr("&Panels")), kPanels, page); break;
        }
    };
    for (const MenuItem& item : items) {
        if (const auto* const id = std::get_if<ActionId>(&item)) {
            menu.addAction(m_actions[*id]);
            page.append(m_actions[*id]);
        } else if (const auto* const sub = std::get_if<Sub>(&item)) {
            addSub(*sub);
        } else {
            menu.addSeparator();
        }
    }
}

// Programs that show one thing each.
void Menus::addExamples()
{
    QMenu* const menu = m_bar.addMenu(Menus::tr("E&xamples"));
    QMenu* group = nullptr;
    for (const app::Example& example : app::examples()) {
        if (!group || group->property("group") != example.group) {
            group = menu->addMenu(shown(example.group));
            group->setProperty("group", example.group);
            group->setToolTipsVisible(true);
        }
        QAction* const made = group->addAction(shown(example.title));
        made->setObjectName(example.slug);
        made->setToolTip(example.sentence + u'\n' + example.lessonSentence());
        made->setStatusTip(example.sentence);
        connect(made, &QAction::triggered, this, [this, example] { emit exampleChosen(example); });
    }
}

} // namespace bistro::ui
