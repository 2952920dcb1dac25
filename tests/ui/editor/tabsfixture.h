// Tabs with folders of their own, and hands to use them with; what their tests share.
#pragma once

#include "editor/editortabs.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <memory>

namespace bistro::ui {

inline void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

inline QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

class TabsFixture {
protected:
    void openTabs()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QDir().mkpath(path(QStringLiteral("work")));
        qputenv("XDG_STATE_HOME", path(QStringLiteral("state")).toUtf8());
        qputenv("XDG_DATA_HOME", path(QStringLiteral("data")).toUtf8());
        start();
    }

    void closeTabs()
    {
        m_tabs.reset();
        m_home.reset();
    }

    [[nodiscard]] QString path(const QString& name) const
    {
        return QDir(QFileInfo(m_home->path()).canonicalFilePath()).filePath(name);
    }

    QString file(const QString& name, const QByteArray& bytes) const
    {
        const QString its = path(QStringLiteral("work/") + name);
        write(its, bytes);
        return its;
    }

    // Another window, after the one before has ended.
    void start(const std::filesystem::path& engine = {})
    {
        m_tabs.reset();
        m_tabs = std::make_unique<EditorTabs>(engine);
        m_tabs->resize(600, 500);
        m_tabs->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_tabs.get()));
    }

    void type(const QString& text)
    {
        QVERIFY(m_tabs->editor());
        QTest::keyClicks(m_tabs->editor(), text);
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<EditorTabs> m_tabs;
};

} // namespace bistro::ui
