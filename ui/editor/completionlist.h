// How the rows of the completion list look: what kind of thing it is, the name with what has been typed of it, and in
// words what it is. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QStyledItemDelegate>

namespace bistro::ui {

class CompletionDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    // Of an item: a Completion::Kind as int, and the words.
    static constexpr int kKindRole = Qt::UserRole + 1;
    static constexpr int kAboutRole = Qt::UserRole + 2;

    void setTheme(const Theme& theme) { m_theme = theme; }
    void setPrefix(const QString& typed) { m_prefix = typed; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    Theme m_theme {Scheme::Light};
    QString m_prefix;
};

} // namespace bistro::ui
