// One sentence above the code and what can be done about it: the file changed on the disk, it is not UTF-8, a copy was
// recovered.
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

    // Takes the place of an earlier notice. Without choices there is a button to close it.
    void tell(const QString& sentence, const QList<Choice>& choices = {}, bool wrong = false);
    void close();
    void setTheme(const Theme& theme);
    [[nodiscard]] QString sentence() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme;
    QLabel* m_sentence = nullptr;
    QWidget* m_buttons = nullptr;
    QHBoxLayout* m_buttonRow = nullptr;
    bool m_wrong = false;
};

} // namespace bistro::ui
