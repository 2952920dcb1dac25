#include "panels/glossarypanel.h"

#include "theme/fonts.h"
#include "theme/scrollbars.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;
using app::Term;
using app::Wording;

namespace {

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Wording otherOf(Wording wording)
{
    return wording == Wording::Restaurant ? Wording::Runtime : Wording::Restaurant;
}

} // namespace

GlossaryPanel::GlossaryPanel(ExampleTitle exampleTitle, QWidget* parent)
    : QWidget(parent)
    , m_exampleTitle(std::move(exampleTitle))
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_nothing(new QLabel(tr("No word is like that. Try a shorter one."), this))
    , m_page(new QTextBrowser(this))
{
    setObjectName(u"glossary"_s);
    m_search->setPlaceholderText(tr("Search the words"));
    m_search->setAccessibleName(tr("Search the words"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("Words"));
    m_list->setUniformItemSizes(true);
    m_nothing->setWordWrap(true);
    m_nothing->hide();
    m_page->setAccessibleName(tr("What it means"));
    m_page->setOpenLinks(false);
    m_page->setFrameShape(QFrame::NoFrame);
    auto* const left = new QVBoxLayout;
    left->addWidget(m_search);
    left->addWidget(m_nothing);
    left->addWidget(m_list, 1);
    auto* const all = new QHBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addLayout(left, 2);
    all->addWidget(m_page, 3);
    connect(m_search, &QLineEdit::textChanged, this, &GlossaryPanel::search);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row < 0 || static_cast<std::size_t>(row) >= m_found.size())
            return;
        m_shown = m_found[static_cast<std::size_t>(row)];
        showPage();
    });
    connect(m_page, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) { follow(url.toString()); });
    search();
}

void GlossaryPanel::setTheme(const Theme& theme)
{
    m_theme = theme;
    const QFont font = uiFont(theme, TypeSize::Label);
    for (QWidget* const part : {static_cast<QWidget*>(m_search), static_cast<QWidget*>(m_list),
             static_cast<QWidget*>(m_nothing), static_cast<QWidget*>(m_page)})
        part->setFont(font);
    for (QAbstractScrollArea* const area :
        {static_cast<QAbstractScrollArea*>(m_list), static_cast<QAbstractScrollArea*>(m_page)}) {
        area->verticalScrollBar()->setStyleSheet(scrollBarStyle(theme));
        area->horizontalScrollBar()->setStyleSheet(scrollBarStyle(theme));
    }
    m_page->document()->setDocumentMargin(theme.px(12));
    layout()->setSpacing(theme.px(12));
    showPage();
}

void GlossaryPanel::setWording(Wording wording)
{
    m_wording = wording;
    search();
}

void GlossaryPanel::show(Term term)
{
    m_shown = term;
    m_search->clear();
    search();
}

void GlossaryPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_search->setFocus(Qt::PopupFocusReason);
    m_search->selectAll();
}

// Keeps the word that is shown as long as the search finds it; else shows the best one.
void GlossaryPanel::search()
{
    m_found = app::termsLike(m_search->text(), m_wording);
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const Term term : m_found) {
        const QString name = app::termName(term, m_wording);
        const QString other = app::termName(term, otherOf(m_wording));
        m_list->addItem(
            name == other ? name : tr("%1 (%2)", "a word, and what the other skin calls it").arg(name, other));
    }
    m_nothing->setVisible(m_found.empty());
    m_list->setVisible(!m_found.empty());
    const auto at = std::ranges::find(m_found, m_shown);
    const bool kept = at != m_found.end() && m_search->text().isEmpty();
    m_list->setCurrentRow(m_found.empty() ? -1 : kept ? static_cast<int>(at - m_found.begin()) : 0);
    if (m_list->currentItem())
        m_list->scrollToItem(m_list->currentItem());
    if (!m_found.empty() && !kept)
        m_shown = m_found.front();
    showPage();
}

void GlossaryPanel::showPage()
{
    const QString muted = m_theme.secondary().name();
    const auto part = [&](const QString& over, const QString& name, const QString& text) {
        return u"<p><span style=\"color:%1\">%2</span><br><b>%3</b><br>%4</p>"_s.arg(
            muted, over.toHtmlEscaped(), name.toHtmlEscaped(), text.toHtmlEscaped());
    };
    const auto of = [&](Wording wording) {
        return part(wording == Wording::Restaurant ? tr("In the restaurant") : tr("In the runtime"),
            app::termName(m_shown, wording), app::termText(m_shown, wording));
    };
    const Wording other = otherOf(m_wording);
    const bool same = app::termName(m_shown, m_wording) == app::termName(m_shown, other)
        && app::termText(m_shown, m_wording) == app::termText(m_shown, other);
    QString html = same
        ? part(tr("In both skins"), app::termName(m_shown, m_wording), app::termText(m_shown, m_wording))
        : of(m_wording) + of(other);
    QStringList links;
    for (const Term term : app::seeAlso(m_shown))
        links << u"<a href=\"term:%1\">%2</a>"_s.arg(
            textOf(app::termId(term)), app::termName(term, m_wording).toHtmlEscaped());
    html += u"<p><span style=\"color:%1\">%2</span><br>%3</p>"_s.arg(
        muted, tr("See also").toHtmlEscaped(), links.join(u", "_s));
    const QString slug = textOf(app::exampleOf(m_shown));
    if (const QString title = slug.isEmpty() ? QString() : m_exampleTitle(slug); !title.isEmpty())
        html += u"<p><a href=\"example:%1\">%2</a></p>"_s.arg(
            slug, tr("Show it in an example: %1").arg(title).toHtmlEscaped());
    m_page->document()->setDefaultStyleSheet(u"a { color: %1 }"_s.arg(m_theme.text().name()));
    m_page->setHtml(html);
}

void GlossaryPanel::follow(const QString& link)
{
    if (link.startsWith("example:"_L1)) {
        emit exampleAsked(link.sliced(8));
    } else if (link.startsWith("term:"_L1)) {
        if (const auto term = app::termNamed(link.sliced(5)))
            show(*term);
    }
}

// From the search field the arrows walk the list, as in a palette of commands.
bool GlossaryPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up || key == Qt::Key_PageDown || key == Qt::Key_PageUp) {
            if (m_found.empty())
                return true;
            const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : key == Qt::Key_PageDown ? 10 : -10;
            m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, m_list->count() - 1));
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_page->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace bistro::ui
