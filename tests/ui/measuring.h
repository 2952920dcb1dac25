// A device to paint on that measures how well each text reads: what is painted becomes an image, and each text's ink is
// held against what is there already. For tests of contrast.
#pragma once

#include "theme/theme.h"

#include <QHash>
#include <QImage>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QRectF>
#include <QString>

#include <algorithm>
#include <climits>
#include <vector>

namespace bistro::test {

struct MeasuredText {
    QString text;
    QRectF rect; // px of the device
    QColor ink; // as it lies on the ground
    QColor ground; // of those behind it, the one on which it reads worst
    double contrast = 0;
};

// Paints into an image, and looks at texts before they are painted.
class MeasuringEngine final : public QPaintEngine {
public:
    explicit MeasuringEngine(QImage& image)
        : QPaintEngine(QPaintEngine::AllFeatures)
        , m_image(image)
    {
    }

    std::vector<MeasuredText> texts;

    bool begin(QPaintDevice*) override { return m_painter.begin(&m_image); }
    bool end() override { return m_painter.end(); }
    [[nodiscard]] Type type() const override { return User; }
    void updateState(const QPaintEngineState& now) override
    {
        const DirtyFlags flags = now.state();
        if (flags & DirtyTransform)
            m_painter.setTransform(now.transform());
        if (flags & DirtyPen)
            m_painter.setPen(now.pen());
        if (flags & DirtyBrush)
            m_painter.setBrush(now.brush());
        if (flags & DirtyBrushOrigin)
            m_painter.setBrushOrigin(now.brushOrigin());
        if (flags & DirtyFont)
            m_painter.setFont(now.font());
        if (flags & DirtyBackground)
            m_painter.setBackground(now.backgroundBrush());
        if (flags & DirtyBackgroundMode)
            m_painter.setBackgroundMode(now.backgroundMode());
        if (flags & DirtyHints)
            m_painter.setRenderHints(now.renderHints());
        if (flags & DirtyCompositionMode)
            m_painter.setCompositionMode(now.compositionMode());
        if (flags & DirtyOpacity)
            m_painter.setOpacity(now.opacity());
        // A clip is in the coordinates of the moment at which it was set.
        if (flags & DirtyClipRegion)
            m_painter.setClipRegion(now.clipRegion(), now.clipOperation());
        if (flags & DirtyClipPath)
            m_painter.setClipPath(now.clipPath(), now.clipOperation());
        if (flags & DirtyClipEnabled)
            m_painter.setClipping(now.isClipEnabled());
    }
    void drawPath(const QPainterPath& path) override { m_painter.drawPath(path); }
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override
    {
        if (mode == PolylineMode)
            m_painter.drawPolyline(points, count);
        else
            m_painter.drawPolygon(points, count, mode == WindingMode ? Qt::WindingFill : Qt::OddEvenFill);
    }
    void drawRects(const QRectF* rects, int count) override { m_painter.drawRects(rects, count); }
    void drawLines(const QLineF* lines, int count) override { m_painter.drawLines(lines, count); }
    void drawEllipse(const QRectF& rect) override { m_painter.drawEllipse(rect); }
    void drawPixmap(const QRectF& to, const QPixmap& pixmap, const QRectF& from) override
    {
        m_painter.drawPixmap(to, pixmap, from);
    }
    void drawImage(const QRectF& to, const QImage& image, const QRectF& from, Qt::ImageConversionFlags flags) override
    {
        m_painter.drawImage(to, image, from, flags);
    }
    void drawTiledPixmap(const QRectF& to, const QPixmap& pixmap, const QPointF& offset) override
    {
        m_painter.drawTiledPixmap(to, pixmap, offset);
    }
    void drawTextItem(const QPointF& at, const QTextItem& item) override
    {
        measure(at, item);
        m_painter.setFont(item.font());
        m_painter.drawText(at, item.text());
    }

private:
    void measure(const QPointF& at, const QTextItem& item)
    {
        if (item.text().trimmed().isEmpty())
            return;
        // Its small letters: above and below lie edges.
        const QRectF local(at.x(), at.y() - item.ascent() * 0.6, item.width(), item.ascent() * 0.6);
        QRectF there = m_painter.transform().mapRect(local);
        if (m_painter.hasClipping())
            there = there.intersected(m_painter.transform().mapRect(m_painter.clipBoundingRect()));
        const QRect pixels = there.toAlignedRect().intersected(m_image.rect());
        if (pixels.width() < 2 || pixels.height() < 2)
            return;
        const QImage behindIt = m_image.copy(pixels).convertToFormat(QImage::Format_ARGB32);
        QHash<QRgb, int> grounds;
        for (int y = 0; y < behindIt.height(); ++y) {
            // Most pixels are like the one before.
            const auto* const line = reinterpret_cast<const QRgb*>(behindIt.constScanLine(y));
            int begin = 0;
            for (int x = 1; x <= behindIt.width(); ++x) {
                if (x < behindIt.width() && line[x] == line[begin])
                    continue;
                grounds[line[begin]] += x - begin;
                begin = x;
            }
        }
        // What is behind a good part of it; hatching and the edges of marks are not.
        const int enough = std::max(1, pixels.width() * pixels.height() / 6);
        MeasuredText measured {.text = item.text(), .rect = there, .ink = {}, .ground = {}, .contrast = 22};
        const QColor pen = m_painter.pen().color();
        const double alpha = pen.alphaF() * m_painter.opacity();
        for (auto ground = grounds.cbegin(); ground != grounds.cend(); ++ground) {
            if (ground.value() < enough)
                continue;
            const QColor behind = QColor::fromRgb(ground.key());
            const auto mix = [&](double a, double b) { return static_cast<float>(a * alpha + b * (1 - alpha)); };
            const QColor ink = QColor::fromRgbF(
                mix(pen.redF(), behind.redF()), mix(pen.greenF(), behind.greenF()), mix(pen.blueF(), behind.blueF()));
            if (const double contrast = ui::contrastOf(ink, behind); contrast < measured.contrast) {
                measured.ink = ink;
                measured.ground = behind;
                measured.contrast = contrast;
            }
        }
        if (measured.contrast <= 21)
            texts.push_back(measured);
    }

    QImage& m_image;
    QPainter m_painter;
};

class MeasuringDevice final : public QPaintDevice {
public:
    explicit MeasuringDevice(const QSize& size)
        : m_image(size, QImage::Format_RGB32)
        , m_engine(m_image)
    {
        m_image.fill(Qt::white);
    }
    [[nodiscard]] QPaintEngine* paintEngine() const override { return &m_engine; }
    [[nodiscard]] const std::vector<MeasuredText>& texts() const { return m_engine.texts; }
    [[nodiscard]] const QImage& image() const { return m_image; }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth: return m_image.width();
        case PdmHeight: return m_image.height();
        case PdmWidthMM: return m_image.widthMM();
        case PdmHeightMM: return m_image.heightMM();
        case PdmNumColors: return INT_MAX;
        case PdmDepth: return 32;
        case PdmDpiX:
        case PdmPhysicalDpiX: return m_image.logicalDpiX();
        case PdmDpiY:
        case PdmPhysicalDpiY: return m_image.logicalDpiY();
        case PdmDevicePixelRatio: return 1;
        case PdmDevicePixelRatioScaled: return static_cast<int>(devicePixelRatioFScale());
        default: return QPaintDevice::metric(metric);
        }
    }

private:
    QImage m_image;
    mutable MeasuringEngine m_engine;
};

// Those that read worse than 4.5 to 1, a sentence each.
inline QStringList unreadable(const std::vector<MeasuredText>& texts, const QString& where)
{
    QStringList found;
    for (const MeasuredText& one : texts) {
        if (one.contrast < 4.5)
            found << QStringLiteral("%1: “%2” at %3,%4, %5 on %6: %7")
                         .arg(where, one.text)
                         .arg(one.rect.left())
                         .arg(one.rect.top())
                         .arg(one.ink.name(), one.ground.name())
                         .arg(one.contrast, 0, 'f', 2);
    }
    return found;
}

} // namespace bistro::test
