#include "stage/stageview.h"

#include "stage/picturetext.h"
#include "stage/stagescene.h"

#include <QAccessible>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QQmlEngine>
#include <QQuickWidget>
#include <QQuickWindow>

#include <algorithm>
#include <cmath>

// Of a static library: without this nothing would take the resources in.
static void takeInResources()
{
    Q_INIT_RESOURCE(stage);
}

namespace bistro::ui {
namespace {

void registerTypes()
{
    static const bool once = [] {
        takeInResources();
        qmlRegisterType<PartItem>("Bistro.Stage", 1, 0, "PartItem");
        qmlRegisterType<SlipItem>("Bistro.Stage", 1, 0, "SlipItem");
        qmlRegisterUncreatableType<StageScene>("Bistro.Stage", 1, 0, "StageScene", QStringLiteral("made by the stage"));
        qmlRegisterAnonymousType<SlipModel>("Bistro.Stage", 1);
        installStageAccess();
        return true;
    }();
    (void)once;
}

} // namespace

void StageView::useSoftwareRendering()
{
    static const bool once = [] {
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
        return true;
    }();
    (void)once;
}

StageView::StageView(QWidget* parent)
    : QWidget(parent)
{
    useSoftwareRendering();
    registerTypes();
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Stage"));
    setMouseTracking(true);
    m_scene = new StageScene(this);
    layOut();
}

StageView::~StageView()
{
    // The items read from the scene: they go first.
    delete m_quick;
}

void StageView::setSource(Source source)
{
    m_source = std::move(source);
    draw(Motion::Jump);
}

void StageView::setMoment(const Moment& moment, Motion motion)
{
    m_moment = moment;
    draw(motion);
    if (moment.place != m_shownPlace)
        emit happenedAt(whereItHappens());
    m_shownPlace = moment.place;
}

void StageView::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_scene->setTheme(Theme(theme.scheme(), theme.zoom()));
    if (m_quick)
        m_quick->setClearColor(theme.window());
    updateGeometry(); // its least size has grown
    layOut();
}

void StageView::setSkin(Skin skin)
{
    if (skin == m_options.skin)
        return;
    m_options.skin = skin;
    draw(Motion::Jump);
}

void StageView::setPresentation(bool on)
{
    m_presentation = on;
    updateGeometry();
    layOut();
}

void StageView::setReducedMotion(bool on)
{
    m_reducedMotion = on;
}

void StageView::setSelected(app::OrderId order)
{
    if (order == m_options.selected)
        return;
    m_options.selected = order;
    draw(Motion::Jump);
}

const StagePicture& StageView::picture() const
{
    return m_scene->picture();
}
QString StageView::asText() const
{
    return ui::asText(picture());
}
OrdersModel* StageView::orders()
{
    return &m_orders;
}

void StageView::draw(Motion motion)
{
    if (!m_source)
        return;
    StagePicture next = m_source(m_moment, m_options);
    const auto& before = picture().slips;
    const auto sameSlips = std::ranges::equal(before, next.slips, {}, &StageSlip::key, &StageSlip::key);
    const StageScene::Motion how = motion == Motion::Jump ? StageScene::Motion::Jump
        : m_reducedMotion                                 ? StageScene::Motion::Fade
                                                          : StageScene::Motion::Travel;
    m_scene->setPicture(std::move(next), how);
    m_orders.setPicture(picture(), m_moment.facts);
    if (!sameSlips) {
        if (m_focused != 0
            && std::ranges::none_of(picture().slips, [this](const StageSlip& s) { return s.key == m_focused; }))
            setFocusedSlip(0);
        slipsChanged(this);
    }
}

QRectF StageView::rectOf(const StageSlip& slip) const
{
    return {m_fit.origin + slip.rect.topLeft() * m_fit.scale, slip.rect.size() * m_fit.scale};
}

QRectF StageView::rectOf(app::OrderId order) const
{
    for (const StageSlip& slip : picture().slips) {
        if (slip.order == order && order)
            return rectOf(slip);
    }
    return {};
}

std::vector<const StageSlip*> StageView::walk() const
{
    std::vector<const StageSlip*> slips;
    for (const StageSlip& slip : picture().slips)
        slips.push_back(&slip);
    std::ranges::stable_sort(slips, {}, [](const StageSlip* slip) {
        const int range = slip->range.section(QChar(0x2013), 0, 0).toInt();
        const int number = slip->number > 0 ? slip->number : range;
        return number > 0 ? number : 1'000'000 + static_cast<int>(slip->place);
    });
    return slips;
}

void StageView::setFocusedSlip(std::uint64_t key)
{
    if (m_focused == key)
        return;
    m_focused = key;
    m_scene->setFocused(hasFocus() ? key : 0);
    if (key == 0)
        return;
    setFocusedPlace({});
    slipFocused(this);
    showFocusedPlace();
    for (const StageSlip& slip : picture().slips) {
        if (slip.key == key && hasFocus())
            emit happenedAt(rectOf(slip));
    }
}

void StageView::walkTo(int step)
{
    const auto slips = walk();
    if (slips.empty())
        return;
    const auto at = std::ranges::find_if(slips, [this](const StageSlip* s) { return s->key == m_focused; });
    const auto count = static_cast<int>(slips.size());
    const int next = at == slips.end() ? (step > 0 ? 0 : count - 1)
                                       : std::clamp(static_cast<int>(at - slips.begin()) + step, 0, count - 1);
    setFocusedSlip(slips[static_cast<std::size_t>(next)]->key);
    hover(slips[static_cast<std::size_t>(next)]);
}

void StageView::pressSlip(std::uint64_t key)
{
    const auto& slips = picture().slips;
    const auto slip = std::ranges::find(slips, key, &StageSlip::key);
    if (slip != slips.end())
        activate(StageSlip(*slip)); // which may bring another picture
}

void StageView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down: walkTo(1); return;
    case Qt::Key_Left:
    case Qt::Key_Up: walkTo(-1); return;
    case Qt::Key_PageDown: walkPlaces(1); return;
    case Qt::Key_PageUp: walkPlaces(-1); return;
    case Qt::Key_Home:
        m_focused = 0;
        walkTo(1);
        return;
    case Qt::Key_End:
        m_focused = 0;
        walkTo(-1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_focusedPlace)
            return emit termAsked(*m_focusedPlace);
        if (m_focused != 0)
            return pressSlip(m_focused);
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

void StageView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (m_focused == 0 && !m_focusedPlace
        && (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
            || event->reason() == Qt::ShortcutFocusReason))
        walkTo(1);
    m_scene->setFocused(event->reason() == Qt::MouseFocusReason ? 0 : m_focused);
    if (event->reason() != Qt::MouseFocusReason)
        showFocusedPlace();
}

void StageView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    m_scene->setFocused(0);
    showFocusedPlace();
}

void StageView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    hover(nullptr);
}

void StageView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Stage"));
        draw(Motion::Jump);
    }
}

void StageView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
}

const StageSlip* StageView::slipUnder(const QPointF& position) const
{
    return picture().slipAt((position - m_fit.origin) / m_fit.scale);
}

bool StageView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_quick)
        return QWidget::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::MouseMove: hover(slipUnder(static_cast<QMouseEvent*>(event)->position())); return false;
    case QEvent::Leave: hover(nullptr); return false;
    case QEvent::MouseButtonPress: {
        const auto* const mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() != Qt::LeftButton)
            return false;
        setFocus(Qt::MouseFocusReason);
        if (const StageSlip* const slip = slipUnder(mouse->position())) {
            const StageSlip copy = *slip; // a click may bring another picture
            setFocusedSlip(copy.key);
            m_scene->setFocused(0);
            activate(copy);
        } else {
            emit orderClicked({});
        }
        return true;
    }
    case QEvent::ToolTip: showTip(*static_cast<QHelpEvent*>(event)); return true;
    default: return false; // every other event is Qt Quick's
    }
}

void StageView::hover(const StageSlip* slip)
{
    const std::uint64_t key = slip ? slip->key : 0;
    if (key == m_hovered)
        return;
    m_hovered = key;
    const app::OrderId order = slip ? slip->order : app::OrderId {};
    m_scene->setHovered(key);
    (m_quick ? static_cast<QWidget*>(m_quick) : this)->setCursor(slip ? Qt::PointingHandCursor : Qt::ArrowCursor);
    emit orderHovered(order);
}

void StageView::activate(const StageSlip& slip)
{
    if (slip.form == SlipForm::Tab)
        openTab(slip);
    else if (slip.order)
        emit orderClicked(slip.order);
}

void StageView::openTab(const StageSlip& tab)
{
    constexpr std::size_t kMost = 30;
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto orders = picture().hiddenBehind(tab.key);
    for (std::size_t i = 0; i < std::min(orders.size(), kMost); ++i) {
        const app::OrderId order = orders[i];
        const QString title = m_moment.facts ? m_moment.facts->title(order) : QString();
        QAction* const action = menu->addAction(
            QStringLiteral("%1 %2  %3").arg(markOf(tab.meaning)).arg(title, numberOf(order)));
        connect(action, &QAction::triggered, this, [this, order] { emit orderClicked(order); });
    }
    if (static_cast<std::size_t>(tab.count) > kMost)
        menu->addAction(tr("and %1 more").arg(static_cast<std::size_t>(tab.count) - std::min(orders.size(), kMost)))
            ->setEnabled(false);
    menu->popup(mapToGlobal(rectOf(tab).bottomLeft().toPoint()));
}

} // namespace bistro::ui
