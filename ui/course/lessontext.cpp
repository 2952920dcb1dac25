#include "course/lessontext.h"

#include "theme/fonts.h"
#include "theme/scrollbars.h"

#include <QAbstractTextDocumentLayout>
#include <QDir>
#include <QFileInfo>
#include <QImageReader>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSvgRenderer>
#include <QTextBlock>
#include <QTextDocument>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostPictureHeight = 160; // px at 100 %
constexpr int kMostPicturePixels = 4'000; // a side

struct Stretch {
    int from = 0;
    int length = 0;
    QTextCharFormat format;
};

std::vector<Stretch> stretchesOf(const QTextDocument& document)
{
    std::vector<Stretch> found;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it)
            found.push_back({it.fragment().position(), it.fragment().length(), it.fragment().charFormat()});
    }
    return found;
}

QTextCursor cursorOver(QTextDocument& document, const Stretch& stretch)
{
    QTextCursor cursor(&document);
    cursor.setPosition(stretch.from);
    cursor.setPosition(stretch.from + stretch.length, QTextCursor::KeepAnchor);
    return cursor;
}

bool hasPicture(const QTextBlock& block)
{
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        if (it.fragment().charFormat().isImageFormat())
            return true;
    }
    return false;
}

// Down to the end of its last line of so many: whole lines, no halves. Pictures don't count. One line more than asked
// is shown too: to scroll for a single line is worse than its height.
double heightOfLines(const QTextDocument& document, int most)
{
    double end = 0;
    double last = 0;
    int lines = 0;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const QRectF rect = document.documentLayout()->blockBoundingRect(block);
        if (hasPicture(block)) {
            last = rect.bottom();
            if (lines <= most)
                end = last;
            continue;
        }
        for (int i = 0; i < block.layout()->lineCount(); ++i) {
            const QTextLine line = block.layout()->lineAt(i);
            last = rect.top() + line.y() + line.height();
            if (++lines <= most)
                end = last;
        }
    }
    return lines <= most + 1 ? document.size().height() : end;
}

} // namespace

LessonText::LessonText(QWidget* parent)
    : QTextBrowser(parent)
{
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setContextMenuPolicy(Qt::NoContextMenu);
    setAccessibleName(tr("Lesson's text"));
    document()->setDocumentMargin(0);
    document()->setUndoRedoEnabled(false);
    viewport()->setAutoFillBackground(false);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        // As the author wrote it: "moment:line 3", not "moment:line%203".
        emit linkActivated(QUrl::fromPercentEncoding(link.toEncoded()));
    });
}

void LessonText::setText(const QString& markdown, const QString& folder)
{
    if (markdown == m_markdown && folder == m_folder)
        return;
    m_markdown = markdown;
    m_folder = folder;
    refill();
    verticalScrollBar()->setValue(0);
}

void LessonText::setTheme(const Theme& theme)
{
    m_theme = theme;
    setStyleSheet(u"QTextEdit { background: transparent; border: none; padding: 0; }"_s + scrollBarStyle(theme));
    QPalette colors = palette();
    colors.setColor(QPalette::Text, theme.secondary());
    colors.setColor(QPalette::Base, theme.window());
    colors.setColor(QPalette::Link, theme.color(Meaning::Timer));
    colors.setColor(QPalette::Highlight, theme.selection());
    colors.setColor(QPalette::HighlightedText, theme.text());
    setPalette(colors);
    refill();
}

void LessonText::setMostLines(int lines)
{
    if (lines == m_mostLines)
        return;
    m_mostLines = lines;
    m_heightAt = -1;
    updateGeometry();
}

double LessonText::lineHeight() const
{
    return std::max(m_theme.zoom() * 19, QFontMetricsF(uiFont(m_theme, TypeSize::Label)).height());
}

void LessonText::refill()
{
    m_heightAt = -1;
    document()->setDefaultFont(uiFont(m_theme, TypeSize::Label));
    document()->setIndentWidth(m_theme.px(16));
    document()->setMarkdown(m_markdown,
        QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
    styleBlocks();
    fitPictures(*document(), viewport()->width());
    setTextCursor(QTextCursor(document())); // it had gone to the end with what was read
    updateGeometry();
    update();
}

// Qt's reader knows what is strong, code or a link; how that looks is the theme's.
void LessonText::styleBlocks()
{
    std::vector<Stretch> stretches = stretchesOf(*document());
    for (const Stretch& one : stretches) {
        if (one.format.isImageFormat())
            continue;
        QTextCharFormat look;
        look.setForeground(m_theme.secondary());
        if (one.format.fontFixedPitch()) {
            const QFont code = codeFont(m_theme);
            look.setFontFamilies(code.families());
            look.setForeground(m_theme.text());
        }
        if (one.format.fontWeight() > QFont::Normal) {
            look.setFontWeight(QFont::DemiBold);
            look.setForeground(m_theme.text());
        }
        if (one.format.isAnchor()) {
            look.setForeground(m_theme.color(Meaning::Timer));
            look.setFontUnderline(true);
        }
        cursorOver(*document(), one).mergeCharFormat(look);
    }
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat look;
        look.setLineHeight(lineHeight(), QTextBlockFormat::MinimumHeight);
        look.setTopMargin(0);
        const bool last = !block.next().isValid();
        look.setBottomMargin(last ? 0 : m_theme.px(block.textList() && block.next().textList() ? 2 : 6));
        QTextCursor(block).mergeBlockFormat(look);
    }
    // What can't be shown is said by its own words. From the end: places before it stay.
    for (auto it = stretches.rbegin(); it != stretches.rend(); ++it) {
        if (!it->format.isImageFormat() || !picture(it->format.toImageFormat().name()).isNull())
            continue;
        QTextCharFormat look;
        look.setForeground(m_theme.secondary());
        look.setFontItalic(true);
        const QString words = it->format.stringProperty(QTextFormat::ImageAltText);
        cursorOver(*document(), *it).insertText(words.isEmpty() ? tr("(no picture)") : words, look);
    }
}

void LessonText::fitPictures(QTextDocument& document, int width) const
{
    for (const Stretch& one : stretchesOf(document)) {
        if (!one.format.isImageFormat())
            continue;
        QTextImageFormat image = one.format.toImageFormat();
        const QImage shown = picture(image.name());
        if (shown.isNull())
            continue;
        QSizeF size = shown.deviceIndependentSize();
        const QSizeF most(std::max(16, width), m_theme.px(kMostPictureHeight));
        if (size.width() > most.width() || size.height() > most.height())
            size.scale(most, Qt::KeepAspectRatio);
        if (qFuzzyCompare(image.width(), size.width()) && qFuzzyCompare(image.height(), size.height()))
            continue;
        image.setWidth(size.width());
        image.setHeight(size.height());
        cursorOver(document, one).setCharFormat(image);
    }
}

// From the lesson's folder, and nowhere else: not by a scheme, not by "..", not by a link in the file system.
QImage LessonText::picture(const QString& name) const
{
    const QUrl url(name);
    const QString folder = QFileInfo(m_folder).canonicalFilePath();
    if (m_folder.isEmpty() || folder.isEmpty() || !url.scheme().isEmpty() || !url.host().isEmpty()
        || QDir::isAbsolutePath(url.path()))
        return {};
    const QString file = QFileInfo(QDir(folder).filePath(url.path(QUrl::FullyDecoded))).canonicalFilePath();
    if (!file.startsWith(folder + u'/'))
        return {};
    const double ratio = std::max(1.0, devicePixelRatioF());
    const double scale = m_theme.zoom() * ratio;
    const auto sized = [&](const QSizeF& natural) {
        QSizeF pixels = natural * scale;
        if (pixels.width() > kMostPicturePixels || pixels.height() > kMostPicturePixels)
            pixels.scale(kMostPicturePixels, kMostPicturePixels, Qt::KeepAspectRatio);
        return pixels.toSize().expandedTo(QSize(1, 1));
    };
    QImage image;
    if (file.endsWith(".svg"_L1, Qt::CaseInsensitive)) {
        QSvgRenderer renderer(file);
        if (!renderer.isValid())
            return {};
        image = QImage(sized(renderer.defaultSize()), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        renderer.render(&painter);
    } else if (file.endsWith(".png"_L1, Qt::CaseInsensitive)) {
        QImageReader reader(file, "png");
        if (const QSize natural = reader.size(); natural.isValid())
            reader.setScaledSize(sized(natural));
        image = reader.read();
    }
    image.setDevicePixelRatio(ratio);
    return image;
}

// Never null: the document would look for the file by itself.
QVariant LessonText::loadResource(int type, const QUrl& name)
{
    if (type != QTextDocument::ImageResource)
        return QByteArray("");
    QImage image = picture(name.toString());
    if (image.isNull()) {
        image = QImage(1, 1, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
    }
    return image;
}

int LessonText::heightForWidth(int width) const
{
    if (m_markdown.trimmed().isEmpty())
        return 0;
    if (m_heightAt == width)
        return m_height;
    const std::unique_ptr<QTextDocument> copy(document()->clone());
    fitPictures(*copy, width);
    copy->setTextWidth(width);
    m_height = static_cast<int>(std::ceil(heightOfLines(*copy, m_mostLines)));
    // It scrolls: beside the bar there is less room for the lines.
    if (m_height < copy->size().height()) {
        copy->setTextWidth(std::max(1, width - verticalScrollBar()->sizeHint().width()));
        m_height = static_cast<int>(std::ceil(heightOfLines(*copy, m_mostLines)));
    }
    m_heightAt = width;
    return m_height;
}

QSize LessonText::sizeHint() const
{
    return {m_theme.px(384), heightForWidth(m_theme.px(384))};
}

QSize LessonText::minimumSizeHint() const
{
    return {m_theme.px(80), 1};
}

void LessonText::resizeEvent(QResizeEvent* event)
{
    fitPictures(*document(), viewport()->width());
    QTextBrowser::resizeEvent(event);
}

void LessonText::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && (event->modifiers() & Qt::ControlModifier) != 0) {
        event->ignore(); // the panel's
        return;
    }
    QTextBrowser::keyPressEvent(event);
}

// At its end the wheel moves the panel. With Ctrl it is the window's.
void LessonText::wheelEvent(QWheelEvent* event)
{
    if ((event->modifiers() & Qt::ControlModifier) != 0) {
        event->ignore();
        return;
    }
    QTextBrowser::wheelEvent(event);
}

void LessonText::focusInEvent(QFocusEvent* event)
{
    m_byKeys = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QTextBrowser::focusInEvent(event);
    viewport()->update();
}

void LessonText::focusOutEvent(QFocusEvent* event)
{
    QTextBrowser::focusOutEvent(event);
    viewport()->update();
}

// A link that has the keyboard is framed by Qt. Without one, a bar beside the text says who has it.
void LessonText::paintEvent(QPaintEvent* event)
{
    QTextBrowser::paintEvent(event);
    if (!hasFocus() || !m_byKeys || textCursor().hasSelection())
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(m_theme.ink(), m_theme.zoom() * 2));
    painter.setBrush(Qt::NoBrush);
    const double in = m_theme.zoom();
    painter.drawRoundedRect(QRectF(viewport()->rect()).adjusted(in, in, -in, -in), m_theme.px(4), m_theme.px(4));
}

} // namespace bistro::ui
