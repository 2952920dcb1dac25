#include "course/apibook.h"

#include "lesson/nodedocs.h"
#include "theme/fonts.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

namespace bistro::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMostVisited = 100;

struct Visited {
    QString api;
    int scrolled = 0; // of the scroll bar
};

QString styleOf(const Theme& theme)
{
    const QFont code = codeFont(theme, TypeSize::Label);
    return u"body, p, li, td, th { color: %1; }"
           "a { color: %1; text-decoration: underline; }"
           "h2, h3, h4, h5, h6 { font-size: %2px; font-weight: 600; margin-top: 0px; }"
           "code, pre { font-family: '%3'; font-size: %4px; }"
           "pre { background-color: %5; margin-left: 0px; }"
           "td, th { padding: 3px 8px 3px 0px; text-align: left; }"_s.arg(theme.text().name())
               .arg(theme.px(TypeSize::Heading))
               .arg(code.family())
               .arg(theme.px(TypeSize::Label))
               .arg(theme.sunken().name());
}

// The title says it already.
QString withoutHeading(const QString& html)
{
    const qsizetype end = html.indexOf("</h"_L1);
    return html.startsWith("<h"_L1) && end > 0 ? html.sliced(end + 5) : html;
}

} // namespace

struct ApiBook::Parts {
    QLabel* title = nullptr;
    QPushButton* back = nullptr;
    QTextBrowser* page = nullptr;
    Theme theme {Scheme::Light};
    QList<Visited> visited; // the last one is shown
    bool placed = false;
};

ApiBook::ApiBook(QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_parts(std::make_unique<Parts>())
{
    setObjectName(u"apibook"_s);
    setWindowTitle(tr("Node's documentation"));
    m_parts->title = new QLabel(this);
    m_parts->title->setObjectName(u"apititle"_s);
    m_parts->title->setTextFormat(Qt::PlainText);
    m_parts->title->setWordWrap(true);
    m_parts->back = new QPushButton(tr("Back"), this);
    m_parts->back->setObjectName(u"apiback"_s);
    m_parts->back->setToolTip(tr("Back to the section before (Alt+Left)"));
    m_parts->page = new QTextBrowser(this);
    m_parts->page->setObjectName(u"apipage"_s);
    m_parts->page->setAccessibleName(tr("Node's documentation"));
    m_parts->page->setOpenLinks(false); // what a link says is looked up here, and fetched nowhere
    m_parts->page->setUndoRedoEnabled(false);
    m_parts->page->setFrameShape(QFrame::NoFrame);
    auto* const head = new QHBoxLayout;
    head->addWidget(m_parts->title, 1);
    head->addWidget(m_parts->back, 0, Qt::AlignTop);
    auto* const all = new QVBoxLayout(this);
    all->addLayout(head);
    all->addWidget(m_parts->page, 1);
    connect(m_parts->back, &QPushButton::clicked, this, [this] { goBack(); });
    connect(m_parts->page, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (const QString target = QUrl::fromPercentEncoding(link.toEncoded()); target.startsWith("api:"_L1))
            open(target.sliced(4));
    });
    const auto onKey = [this](const QList<QKeySequence>& keys, auto act) {
        auto* const action = new QAction(this);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WindowShortcut);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
    };
    onKey({QKeySequence(Qt::ALT | Qt::Key_Left), QKeySequence(Qt::Key_Backspace)}, [this] { goBack(); });
    onKey({QKeySequence(Qt::Key_Escape)}, [this] { close(); });
    setTheme(m_parts->theme);
}

ApiBook::~ApiBook() = default;

bool ApiBook::open(const QString& api)
{
    if (!m_parts->visited.isEmpty())
        m_parts->visited.last().scrolled = m_parts->page->verticalScrollBar()->value();
    if (m_parts->visited.isEmpty() || m_parts->visited.last().api != api)
        m_parts->visited += {api, 0};
    if (m_parts->visited.size() > kMostVisited)
        m_parts->visited.removeFirst();
    const bool found = fill();
    if (!m_parts->placed) {
        m_parts->placed = true;
        const QSize room = screen()->availableSize() * 9 / 10;
        resize(QSize(m_parts->theme.px(640), m_parts->theme.px(560)).boundedTo(room));
    }
    show();
    raise();
    activateWindow();
    m_parts->page->setFocus(Qt::OtherFocusReason);
    return found;
}

void ApiBook::setTheme(const Theme& theme)
{
    m_parts->theme = theme;
    QPalette colors = palette();
    colors.setColor(QPalette::Window, theme.window());
    colors.setColor(QPalette::WindowText, theme.text());
    colors.setColor(QPalette::Base, theme.window());
    colors.setColor(QPalette::Text, theme.text());
    colors.setColor(QPalette::Link, theme.text());
    colors.setColor(QPalette::Highlight, theme.selection());
    colors.setColor(QPalette::HighlightedText, theme.text());
    setPalette(colors);
    setAutoFillBackground(true);
    m_parts->title->setFont(uiFont(theme, TypeSize::Title, QFont::DemiBold));
    m_parts->back->setFont(uiFont(theme, TypeSize::Label));
    m_parts->page->setFont(uiFont(theme, TypeSize::Label));
    layout()->setContentsMargins(theme.px(16), theme.px(12), theme.px(8), theme.px(8));
    if (!m_parts->visited.isEmpty())
        fill();
}

bool ApiBook::fill()
{
    const Visited& shown = m_parts->visited.last();
    const auto doc = app::nodeDoc(shown.api);
    const QString missing = app::hasNodeDocs()
        ? tr("Node's documentation has no section “%1”.").arg(shown.api)
        : tr("Node's documentation is not on this computer. Install the package nodejs-doc, then open it again.");
    m_parts->title->setText(doc ? doc->title : shown.api);
    setWindowTitle(doc ? tr("%1: Node's documentation").arg(doc->title) : tr("Node's documentation"));
    m_parts->back->setEnabled(m_parts->visited.size() > 1);
    m_parts->page->document()->setDefaultStyleSheet(styleOf(m_parts->theme));
    m_parts->page->setHtml(doc ? withoutHeading(doc->html) : u"<p>"_s + missing.toHtmlEscaped() + u"</p>"_s);
    m_parts->page->verticalScrollBar()->setValue(shown.scrolled);
    return doc.has_value();
}

void ApiBook::goBack()
{
    if (m_parts->visited.size() < 2)
        return;
    const bool hadFocus = m_parts->back->hasFocus();
    m_parts->visited.removeLast();
    fill();
    if (hadFocus && !m_parts->back->isEnabled())
        m_parts->page->setFocus(Qt::OtherFocusReason);
}

} // namespace bistro::ui
