// How large the stage is drawn, where in its place, and with what: painted once, then by Qt Quick.
#include "stage/layout.h"
#include "stage/stagescene.h"
#include "stage/stageview.h"

#include <QPainter>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQuickWidget>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace bistro::ui {
namespace {

constexpr double kMargin = 4; // of a drawing, that nobody misses
constexpr double kSideMargin = 16; // of one with compact columns, at both sides together
constexpr double kLeastPresented = 0.75; // of what was magnified for a room, before it scrolls
constexpr double kBesideBar = 0.97; // a scroll bar's width less than is needed

// What has to be seen of a drawing.
QSizeF neededOf(StageSize size)
{
    const bool compact = size == StageSize::Compact || size == StageSize::Narrow;
    return restaurantLayout(size).size - QSizeF(compact ? kSideMargin : kMargin, kMargin);
}
double leastScale(bool presentation)
{
    return presentation ? kLeastPresented : 1;
}

} // namespace

// What moves is Qt Quick's, and its engine takes longer than all else in the window. So the first picture is painted
// without it.
void StageView::startQuick()
{
    if (m_quick)
        return;
    m_quick = new QQuickWidget(this);
    m_quick->setFocusPolicy(Qt::NoFocus);
    m_quick->setResizeMode(QQuickWidget::SizeRootObjectToView);
    m_quick->setMouseTracking(true);
    m_quick->installEventFilter(this);
    m_quick->rootContext()->setContextProperty(QStringLiteral("stageScene"), m_scene);
    m_quick->setClearColor(m_theme.window());
    m_quick->setGeometry(rect());
    m_quick->setSource(QUrl(QStringLiteral("qrc:/stage/qml/Stage.qml")));
    m_quick->show();
}

void StageView::paintEvent(QPaintEvent*)
{
    if (m_quick)
        return; // it covers all of this
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.window());
    painter.translate(m_fit.origin);
    painter.scale(m_fit.scale, m_fit.scale);
    for (const bool front : {false, true}) {
        for (const Part& part : picture().parts) {
            if (part.front == front)
                paintShapes(painter, part.shapes, m_theme, m_scene->figures());
        }
        for (const StageSlip& slip : picture().slips) {
            if (front)
                break;
            painter.save();
            painter.translate(slip.rect.topLeft());
            paintSlip(painter, slip, m_theme, {});
            painter.restore();
        }
    }
    QTimer::singleShot(0, this, &StageView::startQuick);
}

StageView::Fit StageView::fitFor(const QSizeF& size, double zoom, bool presentation)
{
    Fit fit;
    const QSizeF at100 = size / zoom;
    const QSizeF normal = restaurantLayout(StageSize::Normal).size;
    if (presentation)
        fit.size = StageSize::Presentation;
    else if (at100.height() < normal.height() - kMargin)
        fit.size = StageSize::Compact;
    else if (at100.width() < normal.width() - kMargin)
        fit.size = StageSize::Narrow;
    const QSizeF drawing = restaurantLayout(fit.size).size;
    // Grown in steps, so that dragging a splitter does not swim. Letters are not smaller than their zoom says, but for
    // a scroll bar's width: what does not fit is scrolled to (StagePane). A presentation, magnified, may lose some of
    // that.
    const double exact = std::min(size.width() / drawing.width(), size.height() / drawing.height());
    fit.scale = std::clamp(std::floor(exact * 20 + 1e-6) / 20, zoom, 6.);
    if (exact < zoom) {
        const QSizeF needed = neededOf(fit.size);
        const double tight = std::min(size.width() / needed.width(), size.height() / needed.height());
        const double least = zoom * leastScale(presentation);
        fit.scale = tight < least * kBesideBar ? least : std::min(tight, zoom);
    }
    fit.origin = {std::floor((size.width() - drawing.width() * fit.scale) / 2),
        std::floor((size.height() - drawing.height() * fit.scale) / 2)};
    return fit;
}

void StageView::layOut()
{
    if (m_quick)
        m_quick->setGeometry(rect());
    m_fit = fitFor(size(), m_theme.zoom(), m_presentation);
    m_options.size = m_fit.size;
    const QSizeF drawing = restaurantLayout(m_fit.size).size;
    const double left = std::max(0., m_fit.origin.x() / m_fit.scale);
    const double top = std::max(0., m_fit.origin.y() / m_fit.scale);
    m_options.around = QMarginsF(left, top, std::max(0., width() / m_fit.scale - drawing.width() - left),
        std::max(0., height() / m_fit.scale - drawing.height() - top));
    m_scene->setGeometry(m_fit.scale, m_fit.origin, size());
    draw(Motion::Jump);
}

// The waiter with what he carries, or the middle of the loop: there it is said what runs.
QRectF StageView::whereItHappens() const
{
    QRectF place;
    if (m_options.skin == Skin::Restaurant) {
        const RestaurantLayout& l = restaurantLayout(m_options.size);
        // From the words above the plates on: what there is no room for is below.
        const auto plates = static_cast<double>(std::min<std::size_t>(picture().plates.size(), 5));
        place = l.waiter.united(l.plate);
        place.setTop(l.runningNow.y() - 12 - std::max(0., plates - 1) * l.platePitch);
    } else {
        const LoopLayout& l = loopLayout(m_options.size);
        place = QRectF(l.centre - QPointF(l.hub, l.hub), QSizeF(2 * l.hub, 2 * l.hub));
    }
    return {m_fit.origin + place.topLeft() * m_fit.scale, place.size() * m_fit.scale};
}

QSize StageView::sizeHint() const
{
    return (restaurantLayout(StageSize::Normal).size * m_theme.zoom()).toSize();
}
// Where it is smaller than this, it is cut: StagePane scrolls it. A few px less than the drawing are its margins'.
QSize StageView::minimumSizeHint() const
{
    const QSizeF least = neededOf(m_presentation ? StageSize::Presentation : StageSize::Compact);
    return (least * m_theme.zoom() * leastScale(m_presentation)).toSize();
}

} // namespace bistro::ui
