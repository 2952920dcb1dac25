#include "editor/filelist.h"

#include "theme/fonts.h"
#include "theme/scrollbars.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr int kMostListed = 6; // rows before it scrolls

} // namespace

FileList::FileList(const app::Workspace& workspace, QWidget* head, QWidget* parent)
    : QListWidget(parent)
    , m_workspace(workspace)
    , m_button(new QToolButton(head))
{
    m_button->setText(u"▾"_s);
    m_button->setCheckable(true);
    m_button->setAutoRaise(true);
    m_button->setAccessibleName(tr("Files of the workspace"));
    m_button->setToolTip(tr("Files of the workspace (Ctrl+Shift+E)"));
    m_button->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    setAccessibleName(tr("Files of the workspace"));
    setFrameShape(QFrame::NoFrame);
    hide();
    const auto tell = [this](const QListWidgetItem* item) {
        emit chosen(QDir(m_workspace.folder()).filePath(item->text()));
    };
    connect(m_button, &QToolButton::toggled, this, &FileList::showFiles);
    connect(this, &QListWidget::itemActivated, this, tell);
    connect(this, &QListWidget::itemClicked, this, tell);
    connect(&workspace, &app::Workspace::filesChanged, this, &FileList::refresh);
}

void FileList::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_button->setFont(uiFont(theme, TypeSize::Label));
    setFont(uiFont(theme, TypeSize::Label));
    setStyleSheet(u"QListWidget { background: %1; color: %2; border-bottom: 1px solid %3; padding: %4px; "
                  u"outline: none; } QListWidget::item { padding: %5px %7px; border-radius: %4px; } "
                  "QListWidget::item:hover, QListWidget::item:selected { background: %6; color: %2; }"_s
                      .arg(theme.sunken().name(), theme.text().name(), theme.border().name())
                      .arg(theme.px(4))
                      .arg(theme.px(3))
                      .arg(theme.currentLine().name())
                      .arg(theme.px(8))
        + scrollBarStyle(theme));
    refresh();
}

void FileList::showFiles(bool shown)
{
    m_button->setChecked(shown);
    setVisible(shown);
    refresh();
}

void FileList::setCurrentPath(const QString& path)
{
    m_path = path;
    refresh();
}

void FileList::refresh()
{
    m_button->setVisible(!m_workspace.folder().isEmpty());
    if (isHidden())
        return;
    const QString name = QDir(m_workspace.folder()).relativeFilePath(m_path);
    clear();
    addItems(m_workspace.files());
    for (int row = 0; row < count(); ++row) {
        if (item(row)->text() == name)
            setCurrentRow(row);
    }
    const int rows = std::clamp(count(), 1, kMostListed);
    setFixedHeight(rows * std::max(sizeHintForRow(0), m_theme.px(23)) + m_theme.px(10));
}

} // namespace bistro::ui
