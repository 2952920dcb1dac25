// What is wrong with the texts of a window, by geometry: those that are cut, and those that lie on one another.
#pragma once

#include "panels/richlabel.h"

#include <QAbstractButton>
#include <QLabel>
#include <QMenuBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QString>
#include <QStyle>
#include <QWidget>

#include <vector>

namespace bistro::ui {

struct PaintedText {
    const QWidget* widget = nullptr;
    QString text;
    QRect place; // in the window
    bool scrolled = false; // its place may be outside of what is seen
};

// "QLabel “speed”"
inline QString calledFor(const QWidget& widget, const QString& text)
{
    return QStringLiteral("%1 “%2”").arg(QString::fromLatin1(widget.metaObject()->className()), text.left(40));
}

// Its words, without what makes them bold or a link.
inline QString wordsOf(const QWidget& widget)
{
    if (const auto* const label = qobject_cast<const QLabel*>(&widget))
        return label->text();
    if (const auto* const button = qobject_cast<const QAbstractButton*>(&widget))
        return button->text();
    return {};
}

inline void lookFor(QWidget& within, const QWidget& window, const QRect& seen, bool scrolled,
    std::vector<PaintedText>& texts, QStringList& faults)
{
    const QRect place(within.mapTo(&window, QPoint()), within.size());
    const QRect visible = scrolled ? place : place.intersected(seen);
    const QString words = wordsOf(within);
    if (!words.isEmpty() && within.isVisible()) {
        const QString name = calledFor(within, words);
        bool whole = visible == place;
        if (auto* const label = qobject_cast<QLabel*>(&within)) {
            const bool wraps = label->hasHeightForWidth();
            const QSize one = label->fontMetrics().size(0, words);
            const int needed = wraps ? label->heightForWidth(label->width()) : one.height();
            whole = whole && needed <= label->height() + 1 && (wraps || one.width() <= label->width() + 1);
        } else if (auto* const button = qobject_cast<QAbstractButton*>(&within)) {
            const QSize needed = button->minimumSizeHint();
            whole = whole && needed.width() <= button->width() + 1 && needed.height() <= button->height() + 1;
        }
        if (!whole)
            faults << QStringLiteral("cut: %1, %2x%3 of %4x%5")
                          .arg(name)
                          .arg(visible.width())
                          .arg(visible.height())
                          .arg(within.sizeHint().width())
                          .arg(within.sizeHint().height());
        texts.push_back({.widget = &within, .text = name, .place = visible, .scrolled = scrolled});
    }
    if (const auto* const bar = qobject_cast<const QMenuBar*>(&within)) {
        for (QAction* const menu : bar->actions())
            texts.push_back({.widget = &within,
                .text = QStringLiteral("the menu %1").arg(menu->text()),
                .place = bar->actionGeometry(menu).translated(place.topLeft())});
    }
    const auto* const area = qobject_cast<const QAbstractScrollArea*>(within.parentWidget());
    const bool scrolls = area && area->viewport() == &within;
    for (QObject* const child : within.children()) {
        if (!child->isWidgetType())
            continue;
        auto& widget = static_cast<QWidget&>(*child);
        if (widget.isVisible() && !widget.isWindow())
            lookFor(widget, window, visible, scrolled || scrolls, texts, faults);
    }
}

inline QStringList faultsOfTexts(QWidget& window)
{
    std::vector<PaintedText> texts;
    QStringList faults;
    lookFor(window, window, window.rect(), false, texts, faults);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (std::size_t k = i + 1; k < texts.size(); ++k) {
            const PaintedText& a = texts[i];
            const PaintedText& b = texts[k];
            // What is scrolled away lies below others, unseen. A bar's corners lie on the bar, not on its menus.
            const bool menu = qobject_cast<const QMenuBar*>(a.widget) != nullptr;
            if (a.scrolled != b.scrolled || a.widget == b.widget || (!menu && a.widget->isAncestorOf(b.widget)))
                continue;
            const QRect common = a.place.intersected(b.place);
            if (common.width() > 2 && common.height() > 2)
                faults << QStringLiteral("%1 lies on %2").arg(b.text, a.text);
        }
    }
    return faults;
}

} // namespace bistro::ui
