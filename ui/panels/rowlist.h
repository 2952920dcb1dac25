// A list of sentences, each with a mark and a moment: findings, bookmarks. One row is about the moment that is looked
// at. A click, Enter or Space chooses a row, Ctrl+C copies it; a row may be written in, where its list says so.
//
// Values in, signals out; draws what it is given. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QAbstractListModel>
#include <QListView>

#include <vector>

namespace bistro::ui {

struct NoteRow {
    quint64 key = 0; // which one it is; no two have the same
    QString text;
    QString when; // at the right: its moment
    QString spoken; // what a screen reader says of it
    Meaning mark = Meaning::Running;
    bool flag = false; // a flag in the place of the mark
    bool faint = false; // the text stands for one that is missing
    bool here = false; // about the moment that is looked at

    bool operator==(const NoteRow&) const = default;
};

class NoteRows final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { KeyRole = Qt::UserRole, WhenRole, MarkRole, FlagRole, FaintRole, HereRole };

    using QAbstractListModel::QAbstractListModel;

    // Tells the smallest change, so that what is chosen, or written in, stays.
    void setRows(std::vector<NoteRow> rows);
    [[nodiscard]] const std::vector<NoteRow>& rows() const { return m_rows; }
    [[nodiscard]] QModelIndex indexOf(quint64 key) const;
    void setEditable(bool on) { m_editable = on; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

signals:
    // Somebody has written into the row and means it.
    void written(quint64 key, const QString& text);

private:
    std::vector<NoteRow> m_rows;
    bool m_editable = false;
};

class RowDelegate;

class RowList final : public QListView {
    Q_OBJECT

public:
    explicit RowList(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] NoteRows& rows() const { return *m_rows; }
    // What stands there while there is no row.
    void setEmptyText(const QString& text);
    [[nodiscard]] const QString& emptyText() const { return m_empty; }
    // The chosen row; 0: none.
    [[nodiscard]] quint64 current() const;
    void setCurrent(quint64 key);
    // The field is empty where the text is faint.
    void write(quint64 key);
    [[nodiscard]] bool isWriting() const { return state() == EditingState; }
    void copyCurrent() const;

signals:
    // By a click, Enter or Space.
    void chosen(quint64 key);
    // Escape while it was written in.
    void writingDropped(quint64 key);
    void removeAsked(quint64 key);
    void undoAsked();
    // 0: not on a row.
    void menuAsked(quint64 key, const QPoint& globalPosition);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    Theme m_theme {Scheme::Light};
    NoteRows* m_rows = nullptr;
    RowDelegate* m_delegate = nullptr;
    QString m_empty;
};

} // namespace bistro::ui
