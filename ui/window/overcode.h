// Something to read over the first lines of the code, or over its last ones: it moves nothing. What it lies over, and
// what it stays below, may go before it does. GUI thread.
#pragma once

#include <QPointer>
#include <QRect>
#include <QSize>
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
    // Asked when it comes up, and when what it lies over becomes another size: what has to be seen beside it, in the
    // room; empty: nothing. Where it would lie over that, it lies over the other edge. There it stays.
    void keepInSight(std::function<QRect()> what) { m_inSight = std::move(what); }
    // Where it lies over this (in the room), it moves to the other edge, unless it would lie over it there, too.
    void makeRoomFor(const QRect& seen);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    // As large as it has to be now, at the edge where it lies.
    void cover();
    // As if it came up now.
    void placeAnew();
    // Places what is in it; gives the height that it needs in this width.
    virtual int arrange(int width) = 0;

private:
    struct Ways {
        QRect atStart; // over the first lines
        QRect atEnd;
    };
    [[nodiscard]] Ways waysWithin(const QRect& over, int height) const;
    void giveWay(const QRect& seen);

    QPointer<QWidget> m_place;
    std::vector<QPointer<QWidget>> m_above;
    std::function<QRect()> m_inSight;
    Ways m_ways;
    bool m_atEnd = false;
    QSize m_placedIn; // what it lay over when its edge was chosen
};

} // namespace bistro::ui
