// One sentence above the code and what can be done about it: the file changed on the disk, it is not UTF-8, a copy was
// recovered. What is there when a file comes up has a row of its own; what comes while one looks at the code lies over
// its first lines, since nothing that one reads may move. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;

namespace bistro::ui {

class NoticeBar final : public QWidget {
    Q_OBJECT

public:
    struct Choice {
        QString text;
        std::function<void()> chosen; // the bar is closed before
    };

    explicit NoticeBar(QWidget* parent = nullptr);

    // Over which neighbor in the parent's column it lies, below which it has its row. To be called once. At its first
    // lines, or at its last ones.
    enum class Side : std::uint8_t { First, Last };
    void lieOver(QWidget& neighbor, Side side = Side::First);
    // Takes the place of an earlier notice. Without choices there is a button to close it.
    void tell(const QString& sentence, const QList<Choice>& choices = {}, bool wrong = false);
    void close();
    void setTheme(const Theme& theme);
    [[nodiscard]] QString sentence() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void cover();

    Theme m_theme;
    QLabel* m_sentence = nullptr;
    QWidget* m_buttons = nullptr;
    QHBoxLayout* m_buttonRow = nullptr;
    QWidget* m_neighbor = nullptr;
    bool m_wrong = false;
    bool m_over = false;
    Side m_side = Side::First;
};

} // namespace bistro::ui
