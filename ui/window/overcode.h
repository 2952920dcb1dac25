// Something to read over the first lines of the code, or over its last ones: it moves nothing. What it lies over, and
// what it stays below, may go before it does. GUI thread.
#pragma once

#include <QPointer>
#include <QWidget>

#include <functional>
#include <utility>
#include <vector>

namespace bistro::ui {

class OverCode : public QWidget {
    Q_OBJECT

public:
    // `room` is what it lies in, above everything else there.
    explicit OverCode(QWidget* room);

    // Over the upper edge of this; while that is hidden or gone, over the upper edge of the room.
    void lieOver(QWidget& place);
    // What lies there, too, stays to be read.
    void stayBelow(QWidget& other);
    // Asked whenever it is placed: what has to be seen beside it, in the room; empty: nothing. Where it would lie over
    // that, it lies over the lower edge.
    void keepInSight(std::function<QRect()> what) { m_inSight = std::move(what); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    // Where and as large as it has to be now.
    void cover();
    [[nodiscard]] QRect placeWithin(const QRect& over, int height) const;
    // Places what is in it; gives the height that it needs in this width.
    virtual int arrange(int width) = 0;

private:
    QPointer<QWidget> m_place;
    std::vector<QPointer<QWidget>> m_above;
    std::function<QRect()> m_inSight;
};

} // namespace bistro::ui
