// One sentence for what has just happened, the rule behind it, and a way to ask on. What a screen reader hears at each
// step.
#pragma once

#include "panels/narrationcontent.h"
#include "panels/richlabel.h"

#include <QWidget>

class QPushButton;

namespace bistro::ui {

class NarrationBar final : public QWidget {
    Q_OBJECT

public:
    enum class Form : std::uint8_t { Normal, Compact, Presentation };

    explicit NarrationBar(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setForm(Form form);
    void setContent(const NarrationContent& content);
    // Told to assistive technology whenever it changes.
    [[nodiscard]] QString asText() const;

    [[nodiscard]] QSize sizeHint() const override;

signals:
    // About this order, of what is shown.
    void actionRequested(bistro::ui::NarrationContent::Action action, bistro::app::OrderId about);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void restyle();
    void showContent();
    void arrange();
    [[nodiscard]] QRectF square() const;

    Theme m_theme {Scheme::Light};
    Form m_form = Form::Normal;
    NarrationContent m_content;
    RichLabel* m_headline = nullptr;
    QLabel* m_rule = nullptr;
    QPushButton* m_button = nullptr;
};

} // namespace bistro::ui
