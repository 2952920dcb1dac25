// What the QML of the stage draws from: the parts and slips of the picture that is shown, and the items that paint
// them. Internal to ui/stage.
#pragma once

#include "stage/paint.h"
#include "stage/slipmodel.h"

#include <QPointer>
#include <QQuickPaintedItem>
#include <QTimer>

namespace bistro::ui {

class StageScene final : public QObject {
    Q_OBJECT
    Q_PROPERTY(int partCount READ partCount NOTIFY partCountChanged)
    Q_PROPERTY(bistro::ui::SlipModel* slips READ slips CONSTANT)
    Q_PROPERTY(bool travels READ travels NOTIFY motionChanged)
    Q_PROPERTY(bool fades READ fades NOTIFY motionChanged)
    Q_PROPERTY(int duration READ duration CONSTANT)
    Q_PROPERTY(double scale READ scale NOTIFY geometryChanged)
    Q_PROPERTY(double margin READ margin CONSTANT)
    Q_PROPERTY(QPointF origin READ origin NOTIFY geometryChanged)
    Q_PROPERTY(qulonglong focusedKey READ focusedKey NOTIFY focusChanged)
    Q_PROPERTY(qulonglong hoveredKey READ hoveredKey NOTIFY focusChanged)

public:
    enum class Motion : std::uint8_t { Jump, Travel, Fade };

    explicit StageScene(QObject* parent);

    void setPicture(StagePicture picture, Motion motion);
    void setGeometry(double scale, const QPointF& origin, const QSizeF& whole);
    void setTheme(const Theme& theme);
    void setFocused(std::uint64_t key);
    void setHovered(std::uint64_t key);

    [[nodiscard]] const StagePicture& picture() const { return m_picture; }
    [[nodiscard]] const Theme& theme() const { return m_theme; }
    [[nodiscard]] Figures& figures() { return m_figures; }
    [[nodiscard]] int partCount() const { return static_cast<int>(m_picture.parts.size()); }
    [[nodiscard]] SlipModel* slips() { return &m_slips; }
    [[nodiscard]] bool travels() const { return m_motion == Motion::Travel; }
    [[nodiscard]] bool fades() const { return m_motion == Motion::Fade; }
    [[nodiscard]] int duration() const { return 210; }
    [[nodiscard]] double scale() const { return m_scale; }
    [[nodiscard]] double margin() const { return kSlipMargin; }
    [[nodiscard]] QPointF origin() const { return m_origin; }
    [[nodiscard]] QSizeF whole() const { return m_whole; }
    [[nodiscard]] qulonglong focusedKey() const { return m_focused; }
    [[nodiscard]] qulonglong hoveredKey() const { return m_hovered; }

signals:
    void partCountChanged();
    void partChanged(int part);
    void motionChanged();
    void geometryChanged();
    void themeChanged();
    void focusChanged();

private:
    StagePicture m_picture;
    Theme m_theme {Scheme::Light};
    Figures m_figures;
    SlipModel m_slips;
    QTimer m_sweep; // takes away the slips that have arrived at the waiter
    Motion m_motion = Motion::Jump;
    double m_scale = 1;
    QPointF m_origin;
    QSizeF m_whole;
    std::uint64_t m_focused = 0;
    std::uint64_t m_hovered = 0;
};

// A part of the scenery. (QML derives from it and from SlipItem.)
class PartItem : public QQuickPaintedItem {
    Q_OBJECT
    Q_PROPERTY(bistro::ui::StageScene* scene READ scene WRITE setScene NOTIFY sceneChanged)
    Q_PROPERTY(int part READ part WRITE setPart NOTIFY partChanged)

public:
    explicit PartItem(QQuickItem* parent = nullptr);
    [[nodiscard]] StageScene* scene() const { return m_scene; }
    void setScene(StageScene* scene);
    [[nodiscard]] int part() const { return m_part; }
    void setPart(int part);
    void paint(QPainter* painter) override;

signals:
    void sceneChanged();
    void partChanged();

private:
    void place();
    [[nodiscard]] const Part* shown() const;

    QPointer<StageScene> m_scene;
    int m_part = -1;
};

// A slip. Its position is QML's business.
class SlipItem : public QQuickPaintedItem {
    Q_OBJECT
    Q_PROPERTY(bistro::ui::StageScene* scene READ scene WRITE setScene NOTIFY sceneChanged)
    Q_PROPERTY(QVariant slip READ slip WRITE setSlip NOTIFY slipChanged)
    Q_PROPERTY(QPointF target READ target NOTIFY slipChanged)

public:
    explicit SlipItem(QQuickItem* parent = nullptr);
    [[nodiscard]] StageScene* scene() const { return m_scene; }
    void setScene(StageScene* scene);
    [[nodiscard]] QVariant slip() const { return QVariant::fromValue(m_slip); }
    void setSlip(const QVariant& slip);
    [[nodiscard]] QPointF target() const { return m_slip.rect.topLeft(); }
    void paint(QPainter* painter) override;

signals:
    void sceneChanged();
    void slipChanged();

private:
    void resize();

    QPointer<StageScene> m_scene;
    StageSlip m_slip;
    SlipLook m_look;
};

} // namespace bistro::ui
