// One sentence for what has just happened, the rule behind it, and a way to ask on. What a screen reader hears at each
// step. Both stand there whole: the bar grows with them, to a bound, and stays so high for the run: what stands around
// it does not jump from step to step. Its compact form is the sentence alone, of two lines at most: its tooltip has it
// whole.
#pragma once

#include "panels/narrationcontent.h"
#include "panels/richlabel.h"

#include <QWidget>

class QPushButton;
class QToolButton;

namespace bistro::ui {

class NarrationBar final : public QWidget {
    Q_OBJECT

public:
    enum class Form : std::uint8_t { Normal, Compact, Presentation };

    explicit NarrationBar(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setForm(Form form);
    // Whether a small button unfolds the rule, and folds it again.
    void setUnfolding(bool on);
    void setContent(const NarrationContent& content);
    // Told to assistive technology whenever it changes.
    [[nodiscard]] QString asText() const;

    // The least.
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void ruleAsked(bool open);
    // About this order, of what is shown.
    void actionRequested(bistro::ui::NarrationContent::Action action, bistro::app::OrderId about);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void restyle();
    void showContent();
    enum class Arrange : bool { Measure, Place };
    int arrange(Arrange how); // how high it would have to be
    void showHeadline(int width);
    void grow(bool anew);
    [[nodiscard]] QRectF square() const;

    Theme m_theme {Scheme::Light};
    Form m_form = Form::Normal;
    NarrationContent m_content;
    RichLabel* m_headline = nullptr;
    QLabel* m_rule = nullptr;
    QPushButton* m_button = nullptr;
    QToolButton* m_unfold = nullptr;
    bool m_unfolds = false;
};

} // namespace bistro::ui
