// The stage of the window: one state of the program as a restaurant or as the loop. Draws what the source makes of the
// moment that it is given; asks for that anew when resized, or given another skin. Nothing runs in it while nothing
// changes.
//
// GUI thread. The source is called from within the setters; it may be empty.
#pragma once

#include "moment/moment.h"
#include "stage/ordersmodel.h"
#include "stage/picture.h"
#include "stage/stageaccess.h"

#include <QWidget>

#include <functional>

class QHelpEvent;
class QMenu;
class QQuickWidget;

namespace bistro::ui {

class FocusTip;
class StageScene;

class StageView final : public QWidget, public AccessibleStage {
    Q_OBJECT

public:
    // Makes the picture of a moment.
    using Source = std::function<StagePicture(const Moment&, const StageOptions&)>;
    enum class Motion : std::uint8_t { Jump, Travel };

    explicit StageView(QWidget* parent = nullptr);
    ~StageView() override;

    // Qt Quick draws in software: must come before the first Qt Quick window of the process. The constructor calls it.
    static void useSoftwareRendering();

    void setSource(Source source);
    // Kept until the next one: its log and names must live as long. Travel: reached by a step, slips travel; Jump: from
    // elsewhere, they stand there.
    void setMoment(const Moment& moment, Motion motion);
    // Its log and names go; what is drawn stays.
    void forgetMoment() { m_moment = {}; }

    void setTheme(const Theme& theme);
    void setSkin(Skin skin);
    void setPresentation(bool on);
    void setReducedMotion(bool on);
    void setSelected(app::OrderId order);

    [[nodiscard]] Skin skin() const { return m_options.skin; }
    [[nodiscard]] const StagePicture& picture() const override;
    [[nodiscard]] QString asText() const;
    [[nodiscard]] OrdersModel* orders();
    // The layout that fits a stage of this size (device-independent px) at this zoom, and the scale of the drawing.
    struct Fit {
        StageSize size = StageSize::Normal;
        double scale = 1;
        QPointF origin;
        bool operator==(const Fit&) const = default;
    };
    [[nodiscard]] static Fit fitFor(const QSizeF& size, double zoom, bool presentation);
    // Where a slip is drawn once it has arrived, in this widget's px; empty when it is not drawn.
    [[nodiscard]] QRectF rectOf(app::OrderId order) const;
    [[nodiscard]] QRectF rectOf(const StageSlip& slip) const override;
    // The slips in the order in which the arrow keys walk them.
    [[nodiscard]] std::vector<const StageSlip*> walk() const override;
    void setFocusedSlip(std::uint64_t key) override;
    [[nodiscard]] std::uint64_t focusedSlip() const override { return m_focused; }
    void press(app::OrderId order) override { emit orderClicked(order); }
    void pressSlip(std::uint64_t key) override;
    // Rails, stations, lanes and what else has a word of its own: Page Up and Page Down walk them.
    [[nodiscard]] std::vector<StageTerm> places() const override;
    [[nodiscard]] QRectF rectOf(const StageTerm& place) const override;
    [[nodiscard]] std::optional<app::Term> focusedPlace() const override { return m_focusedPlace; }
    void setFocusedPlace(std::optional<app::Term> place) override;
    // The word for what has the keyboard, a place or where a slip lies; none: nothing has.
    [[nodiscard]] std::optional<app::Term> termThere() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    // Here, in this widget's px, is what the new moment is about, or what the keys have come to.
    void happenedAt(const QRectF& place);
    // None where nothing is.
    void orderClicked(bistro::app::OrderId order);
    // None when the pointer has left.
    void orderHovered(bistro::app::OrderId order);
    // What it means, by key.
    void termAsked(bistro::app::Term term);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void startQuick();
    void layOut();
    void draw(Motion motion);
    void activate(const StageSlip& slip);
    void openTab(const StageSlip& tab);
    void hover(const StageSlip* slip);
    void walkTo(int step);
    [[nodiscard]] QRectF whereItHappens() const;
    void walkPlaces(int step); // stagehelp.cpp
    void showFocusedPlace();
    void showTip(const QHelpEvent& help);
    [[nodiscard]] QString tipOf(const StageSlip& slip) const;
    [[nodiscard]] const StageSlip* slipUnder(const QPointF& position) const;

    Source m_source;
    Moment m_moment;
    StageOptions m_options;
    Theme m_theme {Scheme::Light};
    bool m_presentation = false;
    bool m_reducedMotion = false;
    Fit m_fit;
    StageScene* m_scene = nullptr;
    QQuickWidget* m_quick = nullptr; // none before the first picture
    OrdersModel m_orders;
    app::Place m_shownPlace = 0;
    std::uint64_t m_focused = 0;
    std::uint64_t m_hovered = 0;
    std::optional<app::Term> m_focusedPlace;
    QWidget* m_ring = nullptr; // around it
    FocusTip* m_focusTip = nullptr;
};

} // namespace bistro::ui
