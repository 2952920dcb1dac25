#include "editor/pages.h"

#include "editor/tabnames.h"
#include "theme/fonts.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace bistro::ui {

Pages::Pages(QWidget* head, QWidget* room)
    : m_bar(new QTabBar(head))
    , m_stack(new QStackedWidget(room))
    , m_empty(new QLabel(tr("No file is open.\nCtrl+N starts a program, Ctrl+O opens one."), m_stack))
{
    m_bar->setDrawBase(false);
    m_bar->setMovable(true);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setElideMode(Qt::ElideNone); // names are shortened one by one: the bar would shorten all to three letters
    m_bar->setAccessibleName(tr("Open files"));
    m_bar->installEventFilter(this);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack->addWidget(m_empty);
    connect(m_bar, &QTabBar::currentChanged, this, &Pages::showCurrent);
}

void Pages::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_bar->setFont(uiFont(theme, TypeSize::Label));
    m_empty->setFont(uiFont(theme, TypeSize::Label));
    m_empty->setStyleSheet(u"color: %1; background: %2;"_s.arg(theme.secondary().name(), theme.window().name()));
    for (int tab = 0; tab < count(); ++tab) {
        closeButton(tab)->setFont(uiFont(theme, TypeSize::Second));
        closeButton(tab)->ensurePolished();
        closeButton(tab)->resize(closeButton(tab)->sizeHint()); // the bar takes it as it is
        m_bar->setTabText(tab, tabText(at(tab)->title()));
    }
    // An editor takes some milliseconds for that: those behind other tabs wait until they are shown.
    if (EditorPage* const page = current())
        page->setTheme(theme);
}

// The bar's font makes the one that is in front bold.
QString Pages::tabText(const QString& name) const
{
    QString text = QFontMetrics(uiFont(m_theme, TypeSize::Label, QFont::DemiBold))
                       .elidedText(name, Qt::ElideMiddle, m_theme.px(170));
    return text.replace(u'&', u"&&"_s); // no key of a menu
}

EditorPage& Pages::add(std::unique_ptr<app::Document> document)
{
    auto* const page = new EditorPage(std::move(document), m_stack, this);
    page->setTheme(m_theme);
    m_stack->addWidget(&page->widget());
    auto* const button = new QToolButton(m_bar);
    {
        const QSignalBlocker quiet(m_bar); // currentChanged comes before the tab has its page
        const int tab = m_bar->addTab(tabText(page->name()));
        m_bar->setTabData(tab, QVariant::fromValue(static_cast<void*>(page)));
        button->setFont(uiFont(m_theme, TypeSize::Second));
        button->setToolTip(tr("Close (Ctrl+W)"));
        button->setFocusPolicy(Qt::NoFocus);
        connect(button, &QToolButton::clicked, page, [this, page] { emit closeRequested(page); });
        button->ensurePolished();
        button->resize(button->sizeHint());
        m_bar->setTabButton(tab, QTabBar::RightSide, button);
        nameTabs(page);
        m_bar->updateGeometry(); // which the bar itself forgets as long as it is not shown
    }
    emit added(page);
    return *page;
}

void Pages::remove(EditorPage& page)
{
    m_stack->removeWidget(&page.widget());
    page.widget().hide();
    page.widget().deleteLater(); // its own notice may have been clicked
    m_bar->removeTab(tabOf(page));
    delete &page;
    nameTabs(nullptr); // another one may have its name for itself again
}

void Pages::show(const EditorPage& page)
{
    m_bar->setCurrentIndex(tabOf(page));
}

void Pages::showNew(const EditorPage& page)
{
    show(page);
    if (count() == 1)
        tellCurrent(); // the first tab was current before it had its page
}

void Pages::showNext(int step)
{
    if (count() > 0)
        m_bar->setCurrentIndex((m_bar->currentIndex() + count() + step) % count());
}

void Pages::tellCurrent()
{
    if (count() > 0)
        emit m_bar->currentChanged(m_bar->currentIndex());
}

void Pages::showCurrent()
{
    EditorPage* const page = current();
    if (page)
        page->setTheme(m_theme);
    m_stack->setCurrentWidget(page ? &page->widget() : m_empty);
    emit currentChanged(page);
}

void Pages::refresh(const EditorPage& page)
{
    if (tabOf(page) < 0)
        return;
    nameTabs(&page);
    if (isCurrent(page))
        emit titleChanged(page.title(), page.isModified());
}

// Those whose title is another one, and one of which there is more to tell.
void Pages::nameTabs(const EditorPage* alsoThis)
{
    QStringList paths;
    for (const EditorPage* const page : all())
        paths += page->path();
    const QStringList names = tabNames(paths);
    for (int tab = 0; tab < count(); ++tab) {
        EditorPage* const page = at(tab);
        if (page != alsoThis && page->title() == names[tab])
            continue;
        page->setTitle(names[tab]);
        showTab(tab);
        if (page != alsoThis && isCurrent(*page))
            emit titleChanged(page->title(), page->isModified());
    }
}

void Pages::showTab(int tab)
{
    const EditorPage& page = *at(tab);
    m_bar->setTabText(tab, tabText(page.title()));
    m_bar->setTabToolTip(tab, QDir::toNativeSeparators(page.path()));
    QToolButton* const close = closeButton(tab);
    close->setText(page.isModified() ? u"●"_s : u"✕"_s);
    close->setAccessibleName(
        page.isModified() ? tr("Close %1, which is not saved").arg(page.title()) : tr("Close %1").arg(page.title()));
}

int Pages::count() const
{
    return m_bar->count();
}

QList<EditorPage*> Pages::all() const
{
    QList<EditorPage*> pages;
    for (int tab = 0; tab < count(); ++tab)
        pages += at(tab);
    return pages;
}

EditorPage* Pages::current() const
{
    return at(m_bar->currentIndex());
}

EditorPage* Pages::at(int tab) const
{
    return static_cast<EditorPage*>(m_bar->tabData(tab).value<void*>());
}

QToolButton* Pages::closeButton(int tab) const
{
    return qobject_cast<QToolButton*>(m_bar->tabButton(tab, QTabBar::RightSide));
}

int Pages::tabOf(const EditorPage& page) const
{
    return static_cast<int>(all().indexOf(&page));
}

EditorPage* Pages::fileAt(const QString& path) const
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    for (EditorPage* const page : all()) {
        if (!page->isSource() && (page->path() == path || (!canonical.isEmpty() && page->canonical() == canonical)))
            return page;
    }
    return nullptr;
}

EditorPage* Pages::named(const QString& path) const
{
    if (path.isEmpty())
        return nullptr;
    EditorPage* file = nullptr;
    for (EditorPage* const page : all()) {
        if (page->isSource() && page->path() == path)
            return page;
        if (!page->isSource() && page->isAt(path))
            file = page;
    }
    return file;
}

bool Pages::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_bar && event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() == Qt::MiddleButton) {
            if (EditorPage* const page = at(m_bar->tabAt(mouse->position().toPoint())))
                emit closeRequested(page);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace bistro::ui
