#include "window/bookmarkspage.h"

#include "panels/richlabel.h"
#include "text/amounts.h"
#include "theme/fonts.h"
#include "timeline/timelineview.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace bistro::ui {

using namespace Qt::StringLiterals;
using Bookmark = app::BookmarkBook::Bookmark;
using Id = ActionId;

namespace {

quint64 keyOf(std::uint64_t place)
{
    return place + 1;
}

app::Place placeOf(quint64 key)
{
    return static_cast<app::Place>(key - 1);
}

// No trace has more events than a place counts: who reads bookmarks sees to that.
app::Place placeOf(const Bookmark& bookmark)
{
    return static_cast<app::Place>(bookmark.place);
}

} // namespace

BookmarksPage::BookmarksPage(MomentFeed& feed, const Actions& actions, LowerLeft& pages, TimelineView& timeline)
    : m_feed(feed)
    , m_actions(actions)
    , m_pages(pages)
    , m_timeline(timeline)
    , m_page(new QWidget)
    , m_list(new RowList(m_page))
    , m_undoBar(new QWidget(m_page))
    , m_undoText(new QLabel(tr("Removed."), m_undoBar))
    , m_undo(new QPushButton(tr("Undo"), m_undoBar))
{
    m_list->setObjectName(u"bookmarks"_s);
    m_list->setAccessibleName(tr("Bookmarks"));
    m_list->rows().setEditable(true);
    auto* const bar = new QHBoxLayout(m_undoBar);
    bar->setContentsMargins(16, 2, 16, 4);
    bar->addWidget(m_undoText);
    bar->addWidget(m_undo);
    bar->addStretch(1);
    m_undoBar->hide();
    auto* const column = new QVBoxLayout(m_page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_list, 1);
    column->addWidget(m_undoBar);
    pages.addPage(Id::ShowBookmarks, u"bookmarks"_s, tr("Bookmarks"), m_page);

    connect(m_undo, &QPushButton::clicked, this, &BookmarksPage::takeBack);
    connect(m_list, &RowList::chosen, this, [this](quint64 key) { go(placeOf(key)); });
    connect(&m_list->rows(), &NoteRows::written, this, &BookmarksPage::written);
    // Not from within the list's own work: the row may go.
    connect(m_list, &RowList::writingDropped, this, &BookmarksPage::dropped, Qt::QueuedConnection);
    connect(m_list, &RowList::removeAsked, this, &BookmarksPage::remove);
    connect(m_list, &RowList::undoAsked, this, &BookmarksPage::takeBack);
    connect(m_list, &RowList::menuAsked, this, &BookmarksPage::showMenu);
    connect(&book(), &app::BookmarkBook::changed, this, &BookmarksPage::draw);
    connect(&book(), &app::BookmarkBook::told, this, &BookmarksPage::told);
    connect(&feed, &MomentFeed::logAboutToGo, this, [this] {
        m_new.reset();
        setRemoved({});
    });
    connect(&feed, &MomentFeed::drawn, this, &BookmarksPage::draw);
    actions.on(Id::Bookmark, this, [this] { bookmark(); });
    actions.on(Id::NextBookmark, this, [this] { goToNext(true); });
    actions.on(Id::PreviousBookmark, this, [this] { goToNext(false); });
    draw();
}

void BookmarksPage::setTheme(const Theme& theme)
{
    m_list->setTheme(theme);
    colorLabel(m_undoText, uiFont(theme, TypeSize::Label), theme.text());
    m_undo->setFont(uiFont(theme, TypeSize::Label));
}

void BookmarksPage::draw()
{
    const app::Session& session = m_feed.session();
    std::vector<Bookmark> all = book().list();
    if (m_new)
        all = trace::joined(all, {*m_new});
    std::vector<NoteRow> rows;
    std::vector<TimelineFlag> flags;
    const bool hidden = m_feed.guessing().has_value();
    if (hidden)
        std::erase_if(all, [&](const Bookmark& bookmark) { return placeOf(bookmark) > session.place(); });
    for (const Bookmark& bookmark : all) {
        const QString note = QString::fromStdString(bookmark.note);
        const auto step = static_cast<qulonglong>(session.stepNumberAt(placeOf(bookmark)));
        const QString when = tr("step %L1, %2").arg(step).arg(app::timeText(bookmark.time));
        rows.push_back({.key = keyOf(bookmark.place),
            .text = note.isEmpty() ? tr("without a note") : note,
            .when = when,
            .spoken = note.isEmpty() ? tr("Bookmark without a note, %1").arg(when) : tr("%1, %2").arg(note, when),
            .flag = true,
            .faint = note.isEmpty(),
            .here = session.log() && bookmark.place == session.place()});
        flags.push_back({.time = bookmark.time, .place = placeOf(bookmark), .note = note});
    }
    m_list->rows().setRows(std::move(rows));
    m_list->setEmptyText(!session.log()
            ? tr("A bookmark is a note at a moment of a run. Run a program first.")
            : tr("A bookmark is a note at a moment. Press %1 to set one here. It is saved with the run.")
                  .arg(m_actions.keyOf(Id::Bookmark)));
    m_timeline.setFlags(std::move(flags));
    m_pages.setCount(m_page, static_cast<int>(all.size()));
    m_pages.setRemark(m_page,
        !book().isKeptAside()     ? QString()
            : session.isRunning() ? tr("saved when the run ends")
                                  : tr("not in the trace's file"));
    const bool any = !book().list().empty();
    m_actions[Id::NextBookmark]->setEnabled(any);
    m_actions[Id::PreviousBookmark]->setEnabled(any);
    m_actions[Id::Bookmark]->setEnabled(session.log() != nullptr);
}

void BookmarksPage::bookmark()
{
    const app::Session& session = m_feed.session();
    const app::TraceLog* const log = session.log();
    if (!log)
        return;
    if (m_list->isWriting()) {
        m_list->setFocus(); // what is written there is kept
        m_list->setCurrentIndex(m_list->currentIndex());
    }
    const app::Place place = session.place();
    if (QWidget* const focused = QApplication::focusWidget(); focused && !m_page->isAncestorOf(focused))
        m_before = focused;
    if (!book().at(place))
        m_new = Bookmark {.place = place, .time = log->stateAt(place).time, .note = {}};
    m_pages.show(m_page);
    draw();
    if (!m_list->isVisible()) { // a presentation has no place for it
        written(keyOf(place), {});
        emit told(tr("The bookmark is set. You can write its note later."));
        return;
    }
    m_list->setFocus(Qt::ShortcutFocusReason);
    m_list->write(keyOf(place));
}

void BookmarksPage::written(quint64 key, const QString& note)
{
    const app::Place place = placeOf(key);
    const Bookmark* const known = book().at(place);
    std::optional<Bookmark> meant;
    if (m_new && m_new->place == place)
        meant = std::exchange(m_new, std::nullopt);
    else if (known)
        meant = *known;
    if (!meant)
        return;
    meant->note = note.toStdString();
    setRemoved({});
    if (!known || *known != *meant)
        book().put(*meant);
    draw();
    returnFocus();
}

void BookmarksPage::dropped(quint64 key)
{
    if (m_new && keyOf(m_new->place) == key)
        m_new.reset();
    draw();
    returnFocus();
}

// To where one was when the key asked for a bookmark: who writes code goes on writing.
void BookmarksPage::returnFocus()
{
    if (!m_before)
        return;
    QMetaObject::invokeMethod(
        this,
        [this, before = std::exchange(m_before, nullptr)] {
            if (before && before->isVisible() && m_list->hasFocus() && !m_list->isWriting())
                before->setFocus(Qt::OtherFocusReason);
        },
        Qt::QueuedConnection);
}

void BookmarksPage::remove(quint64 key)
{
    const Bookmark* const known = book().at(placeOf(key));
    if (!known)
        return;
    const Bookmark removed = *known;
    book().remove(removed.place);
    setRemoved(removed);
    emit said(tr("Removed. Press Ctrl+Z to undo."));
}

void BookmarksPage::takeBack()
{
    if (!m_removed)
        return;
    const Bookmark back = *m_removed;
    const bool byButton = m_undo->hasFocus();
    setRemoved({});
    book().put(back);
    m_list->setCurrent(keyOf(back.place));
    if (byButton)
        m_list->setFocus();
}

void BookmarksPage::setRemoved(std::optional<Bookmark> removed)
{
    m_removed = std::move(removed);
    const QString note = m_removed ? QString::fromStdString(m_removed->note) : QString();
    m_undo->setAccessibleName(note.isEmpty() ? tr("Undo") : tr("Undo: bring back %1").arg(note));
    m_undoBar->setVisible(m_removed.has_value());
}

void BookmarksPage::go(app::Place place)
{
    m_feed.stopPlaying();
    m_feed.session().goTo(place);
}

void BookmarksPage::goToNext(bool forward)
{
    const std::vector<Bookmark>& all = book().list();
    const app::Place here = m_feed.session().place();
    const auto next = std::ranges::upper_bound(all, here, {}, &Bookmark::place);
    const auto before = std::ranges::lower_bound(all, here, {}, &Bookmark::place);
    if (forward ? next == all.end() : before == all.begin()) {
        emit said(forward ? tr("There is no later bookmark.") : tr("There is no earlier bookmark."));
        return;
    }
    const Bookmark& bookmark = forward ? *next : *std::prev(before);
    m_list->setCurrent(keyOf(bookmark.place));
    emit said(bookmark.note.empty() ? tr("Bookmark") : QString::fromStdString(bookmark.note));
    go(placeOf(bookmark));
}

void BookmarksPage::showMenu(quint64 key, const QPoint& globalPosition)
{
    if (key == 0)
        return;
    auto* const menu = new QMenu(m_list);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Go to Its Moment"), this, [this, key] { go(placeOf(key)); });
    menu->addAction(tr("&Edit Note"), this, [this, key] { m_list->write(key); })->setShortcut(Qt::Key_F2);
    menu->addAction(tr("&Copy"), m_list, &RowList::copyCurrent)->setShortcut(QKeySequence::Copy);
    menu->addAction(tr("&Remove"), this, [this, key] { remove(key); })->setShortcut(QKeySequence::Delete);
    menu->popup(globalPosition);
}

} // namespace bistro::ui
