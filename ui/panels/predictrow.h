// A row of the predictions' card: the key, the order, and once it is answered what came of it. Pressed, it answers.
// Draws what it is given. GUI thread.
#pragma once

#include "panels/predictcontent.h"

#include <QFontMetricsF>
#include <QPushButton>

namespace bistro::ui {

class PredictRowButton final : public QPushButton {
public:
    PredictRowButton(const Theme& theme, const PredictRow& row, bool asked, QWidget* parent);

    // What it is and its line, in so much room: the line is whole.
    [[nodiscard]] QString shownKind(const QFontMetricsF& metrics, double room) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintKey(QPainter& painter, const QRectF& square) const;
    [[nodiscard]] QString verdict() const;

    Theme m_theme;
    PredictRow m_row;
};

} // namespace bistro::ui
