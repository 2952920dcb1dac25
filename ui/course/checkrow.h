// One sentence of a check: a sign that says how it stands, the sentence, and "Show me" after its last word. GUI thread.
#pragma once

#include "course/coursebutton.h"
#include "course/lessonview.h"

#include <QTextLayout>
#include <QTimer>
#include <QWidget>

namespace bistro::ui {

// What is written in the row, as runs of one look. `code` parts stand between backticks in the sentence.
struct CheckSentence {
    QString text; // with "Right:" and the like, without backticks
    struct Run {
        int from = 0;
        int length = 0;
        enum class Look : std::uint8_t { Bold, Strong, Code } look {};
        bool operator==(const Run&) const = default;
    };
    QList<Run> runs;

    static CheckSentence of(const CheckRowView& view);
};

class CheckRow final : public QWidget {
    Q_OBJECT

public:
    explicit CheckRow(QWidget* parent);

    void setView(const CheckRowView& view);
    [[nodiscard]] const CheckRowView& view() const { return m_view; }
    // In the place of several that are right: "2 right".
    void setCount(const QString& words);
    void setTheme(const Theme& theme);
    void setReducedMotion(bool on);
    [[nodiscard]] CourseButton& showMe() const { return *m_showMe; }

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void showMeAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Flow {
        int height = 0;
        QRect pill; // within the row, as one reads from the left
    };
    [[nodiscard]] QList<QTextLayout::FormatRange> formats() const;
    Flow flow(int width, QPainter* painter) const;
    void paintSign(QPainter& painter, const QRectF& square) const;
    void turn();
    void refresh();

    Theme m_theme {Scheme::Light};
    CheckRowView m_view;
    CheckSentence m_sentence;
    CourseButton* m_showMe = nullptr;
    QTimer m_turning;
    int m_turned = 0; // degrees
    bool m_reducedMotion = false;
};

} // namespace bistro::ui
