#include "window/menucorners.h"

#include "window/icons.h"

#include <QHBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr std::chrono::seconds kMention {6}; // to read a sentence

} // namespace

MenuCorners::MenuCorners(QMenuBar& bar)
    : QObject(&bar)
    , m_bar(bar)
    , m_house(new QWidget(&bar))
    , m_logo(new QLabel(m_house))
    , m_status(new QLabel(&bar))
{
    auto* const layout = new QHBoxLayout(m_house);
    auto* const name = new QLabel(u"Bistro"_s, m_house);
    name->setObjectName(u"bistro"_s);
    layout->setContentsMargins(16, 0, 12, 0);
    layout->addWidget(m_logo);
    layout->addWidget(name);
    m_status->setObjectName(u"status"_s);
    m_status->setContentsMargins(0, 0, 16, 0);
    m_status->setAccessibleName(tr("What you look at"));
    bar.setNativeMenuBar(false);
    m_mention.setSingleShot(true);
    m_mention.setInterval(kMention);
    connect(&m_mention, &QTimer::timeout, this, [this] { mention({}); });
}

void MenuCorners::mention(const QString& sentence)
{
    m_mentioned = sentence;
    if (!sentence.isEmpty())
        m_mention.start();
    arrange();
}

void MenuCorners::setTheme(const Theme& theme)
{
    const int logo = theme.px(20);
    m_logo->setPixmap(iconOf(Sign::Cloche, theme.text(), logo).pixmap(QSize(logo, logo), m_bar.devicePixelRatio()));
}

void MenuCorners::setStatus(const StatusLine& status)
{
    if (status == m_said)
        return;
    m_said = status;
    if (m_mentioned.isEmpty())
        arrange();
}

void MenuCorners::arrangeAnew()
{
    m_bar.setCornerWidget(m_house, Qt::TopLeftCorner);
    m_house->show();
    arrange();
    // The bar's height follows with the window's layout.
    QMetaObject::invokeMethod(this, &MenuCorners::arrange, Qt::QueuedConnection);
}

// By hand: the bar lays its corners out only when one is set or it is resized.
void MenuCorners::arrange()
{
    const QList<QAction*> menus = m_bar.actions();
    const int menusEnd = menus.isEmpty() ? 0 : m_bar.actionGeometry(menus.back()).right();
    const QFontMetrics metrics(m_status->font());
    const int room = m_bar.width() - menusEnd - m_status->contentsMargins().right();
    for (const QString& text : {m_said.whole, m_said.brief, metrics.elidedText(m_said.brief, Qt::ElideRight, room)}) {
        if (!m_mentioned.isEmpty()) {
            m_status->setText(metrics.elidedText(m_mentioned, Qt::ElideRight, room));
            m_status->adjustSize();
            break;
        }
        m_status->setText(text);
        m_status->adjustSize();
        if (m_status->width() <= m_bar.width() - menusEnd)
            break;
    }
    m_status->setToolTip(m_mentioned.isEmpty() ? m_said.whole : m_mentioned);
    // The bar has put it where its former size belonged.
    const QSize house = m_house->sizeHint();
    m_house->setGeometry(QRect(QPoint(m_house->x(), (m_bar.height() - house.height()) / 2), house));
    m_status->move(m_bar.width() - m_status->width(), (m_bar.height() - m_status->height()) / 2);
}

} // namespace bistro::ui
