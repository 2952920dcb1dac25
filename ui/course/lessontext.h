// A lesson's text: Markdown as Qt reads it, with links and with pictures from the lesson's folder. At most so many
// lines high, then it scrolls. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QTextBrowser>

namespace bistro::ui {

class LessonText final : public QTextBrowser {
    Q_OBJECT

public:
    explicit LessonText(QWidget* parent = nullptr);

    // Nothing is read from outside of the folder, nothing from a network.
    void setText(const QString& markdown, const QString& folder);
    void setTheme(const Theme& theme);
    void setMostLines(int lines);

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    QVariant loadResource(int type, const QUrl& name) override;

signals:
    void linkActivated(const QString& link);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void refill();
    void styleBlocks();
    void fitPictures(QTextDocument& document, int width) const;
    [[nodiscard]] QImage picture(const QString& name) const;
    [[nodiscard]] double lineHeight() const;

    Theme m_theme {Scheme::Light};
    QString m_markdown;
    QString m_folder;
    int m_mostLines = 4;
    bool m_byKeys = false;
    mutable int m_heightAt = -1;
    mutable int m_height = 0;
};

} // namespace bistro::ui
