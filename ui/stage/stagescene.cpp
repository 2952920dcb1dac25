#include "stage/stagescene.h"

#include <cmath>

namespace bistro::ui {

StageScene::StageScene(QObject* parent)
    : QObject(parent)
{
    m_sweep.setSingleShot(true);
    m_sweep.setInterval(duration() + 20);
    connect(&m_sweep, &QTimer::timeout, &m_slips, &SlipModel::dropLeaving);
}

void StageScene::setPicture(StagePicture picture, Motion motion)
{
    if (motion != m_motion) {
        m_motion = motion;
        emit motionChanged();
    }
    const bool otherParts = picture.parts.size() != m_picture.parts.size();
    std::vector<int> changed;
    for (std::size_t i = 0; !otherParts && i < picture.parts.size(); ++i) {
        if (picture.parts[i] != m_picture.parts[i])
            changed.push_back(static_cast<int>(i));
    }
    m_picture = std::move(picture);
    if (otherParts)
        emit partCountChanged();
    for (const int part : changed)
        emit partChanged(part);
    m_slips.setSlips(m_picture.slips, m_picture.hand, m_picture.hand, motion == Motion::Travel);
    if (m_slips.isAnyLeaving())
        m_sweep.start();
}

void StageScene::setGeometry(double scale, const QPointF& origin, const QSizeF& whole)
{
    if (scale == m_scale && origin == m_origin && whole == m_whole)
        return;
    m_scale = scale;
    m_origin = origin;
    m_whole = whole;
    if (m_motion != Motion::Jump) {
        m_motion = Motion::Jump; // a window that is resized is no event of the program's
        emit motionChanged();
    }
    emit geometryChanged();
}

void StageScene::setTheme(const Theme& theme)
{
    if (theme == m_theme)
        return;
    m_theme = theme;
    emit themeChanged();
}

void StageScene::setFocused(std::uint64_t key)
{
    if (m_focused == key)
        return;
    m_focused = key;
    emit focusChanged();
}

void StageScene::setHovered(std::uint64_t key)
{
    if (m_hovered == key)
        return;
    m_hovered = key;
    emit focusChanged();
}

PartItem::PartItem(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
}

const Part* PartItem::shown() const
{
    return m_scene && m_part >= 0 && m_part < m_scene->partCount()
        ? &m_scene->picture().parts[static_cast<std::size_t>(m_part)]
        : nullptr;
}

void PartItem::setScene(StageScene* scene)
{
    m_scene = scene;
    if (scene) {
        connect(scene, &StageScene::partChanged, this, [this](int part) {
            if (part == m_part)
                place();
        });
        connect(scene, &StageScene::geometryChanged, this, &PartItem::place);
        connect(scene, &StageScene::themeChanged, this, [this] { update(); });
    }
    emit sceneChanged();
    place();
}

void PartItem::setPart(int part)
{
    m_part = part;
    emit partChanged();
    place();
}

void PartItem::place()
{
    const Part* const part = shown();
    if (!part)
        return;
    const double scale = m_scene->scale();
    // The ground goes on to the edges of a window that is wider or higher than the drawing.
    if (m_part == 0) {
        setPosition({0, 0});
        setSize(m_scene->whole());
    } else {
        const QRectF area = part->area;
        const QPointF corner = m_scene->origin() + area.topLeft() * scale;
        const QPointF whole(std::floor(corner.x()), std::floor(corner.y()));
        setPosition(whole);
        setSize({std::ceil(area.width() * scale + corner.x() - whole.x()),
            std::ceil(area.height() * scale + corner.y() - whole.y())});
    }
    setZ(part->front ? 2000 : 0);
    update();
}

void PartItem::paint(QPainter* painter)
{
    const Part* const part = shown();
    if (!part)
        return;
    const double scale = m_scene->scale();
    painter->translate(m_scene->origin() - position());
    painter->scale(scale, scale);
    paintShapes(*painter, part->shapes, m_scene->theme(), m_scene->figures());
}

SlipItem::SlipItem(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
}

void SlipItem::setScene(StageScene* scene)
{
    m_scene = scene;
    if (scene) {
        connect(scene, &StageScene::geometryChanged, this, &SlipItem::resize);
        connect(scene, &StageScene::themeChanged, this, [this] { update(); });
        connect(scene, &StageScene::focusChanged, this, [this] {
            const SlipLook look {
                .focused = m_scene->focusedKey() == m_slip.key, .hovered = m_scene->hoveredKey() == m_slip.key};
            if (look.focused != m_look.focused || look.hovered != m_look.hovered) {
                m_look = look;
                update();
            }
        });
    }
    emit sceneChanged();
    resize();
}

void SlipItem::setSlip(const QVariant& slip)
{
    const auto next = slip.value<StageSlip>();
    if (next == m_slip)
        return;
    StageSlip same = next;
    same.rect.moveTopLeft(m_slip.rect.topLeft());
    const bool onlyMoved = same == m_slip;
    m_slip = next;
    if (!onlyMoved)
        resize();
    emit slipChanged();
}

void SlipItem::resize()
{
    if (!m_scene)
        return;
    const double scale = m_scene->scale();
    setSize({std::ceil((m_slip.rect.width() + 2 * kSlipMargin) * scale),
        std::ceil((m_slip.rect.height() + 2 * kSlipMargin) * scale)});
    update();
}

void SlipItem::paint(QPainter* painter)
{
    if (!m_scene)
        return;
    painter->scale(m_scene->scale(), m_scene->scale());
    painter->translate(kSlipMargin, kSlipMargin);
    paintSlip(*painter, m_slip, m_scene->theme(), m_look);
}

} // namespace bistro::ui
