// A line of small text that gives way: where it has no room it ends in "…", with the whole of it as its tool tip, or
// is not drawn at all. GUI thread.
#pragma once

#include <QLabel>

namespace bistro::ui {

class HintLabel final : public QLabel {
    Q_OBJECT

public:
    explicit HintLabel(QWidget* parent);

    // Rather not at all than in part.
    void setWholeOnly(bool on);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] bool fits() const;

    bool m_wholeOnly = false;
};

} // namespace bistro::ui
