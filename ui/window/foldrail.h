// The narrow bar at the window's right edge, where panels have folded: a button with a name for each of them, that
// opens it and closes it again. GUI thread.
#pragma once

#include "theme/theme.h"
#include "window/folds.h"

#include <QAbstractButton>
#include <QHash>
#include <QWidget>

namespace bistro::ui {

class RailButton final : public QAbstractButton {
    Q_OBJECT

public:
    explicit RailButton(QWidget* parent);
    void setTheme(const Theme& theme);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    Theme m_theme {Scheme::Light};
};

class FoldRail final : public QWidget {
    Q_OBJECT

public:
    explicit FoldRail(QWidget* parent);
    void setTheme(const Theme& theme);
    // The key that does the same, as people read it.
    void setKey(Area area, const QString& key);
    void show(Area area, bool folded, bool open);
    [[nodiscard]] RailButton* button(Area area) const { return m_buttons.value(area); }

signals:
    void asked(bistro::ui::Area area, bool open);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void name(Area area);

    Theme m_theme {Scheme::Light};
    QHash<Area, RailButton*> m_buttons;
    QHash<Area, QString> m_keys;
};

} // namespace bistro::ui
