// The last sentence that there was to tell, over the first lines of the code until it is closed: it moves nothing.
// Small things are only mentioned. GUI thread; the widget that it lies over lives as long.
#pragma once

#include <QLabel>
#include <QWidget>

class QToolButton;

namespace bistro::ui {

class WindowNotice final : public QWidget {
    Q_OBJECT

public:
    // `room` is what it lies in, above everything else there.
    explicit WindowNotice(QWidget* room);

    // Over the upper edge of this; while that is hidden, over the upper edge of the room.
    void lieOver(QWidget& place);
    // Empty: nothing is told. Told to assistive technology too, politely.
    void tell(const QString& sentence);
    // What nobody has to answer: it goes by itself.
    void mention(const QString& sentence);
    // Only to assistive technology.
    void announce(const QString& sentence);
    [[nodiscard]] QString text() const { return isHidden() ? QString() : m_text->text(); }

signals:
    void mentioned(const QString& sentence);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void cover();

    QLabel* m_text = nullptr;
    QToolButton* m_close = nullptr;
    QWidget* m_place = nullptr;
};

} // namespace bistro::ui
