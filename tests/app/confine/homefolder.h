// A learner's home of the test's own, with Bistro's folders in it, below a temporary folder.
#pragma once

#include "confine/surroundings.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <sys/stat.h>

namespace bistro::app {

class HomeFolder final {
public:
    HomeFolder()
    {
        umask(022); // as most have it: who may write a file is looked at
        std::filesystem::create_directories(path());
        qputenv("HOME", QByteArray::fromStdString(path().string()));
        for (const char* const name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"})
            qunsetenv(name);
    }

    // ".../homes/ada"
    [[nodiscard]] std::filesystem::path path() const { return top() / "homes/ada"; }
    // That home and others lie in; it is nobody's own, and no folder of the system.
    [[nodiscard]] std::filesystem::path top() const
    {
        return std::filesystem::canonical(m_folder.path().toStdString());
    }

    // Makes it with its folders; gives its path back.
    static std::filesystem::path put(const std::filesystem::path& file, const QByteArray& bytes = {})
    {
        std::filesystem::create_directories(file.parent_path());
        QFile written(QString::fromStdString(file.string()));
        if (!written.open(QIODevice::WriteOnly) || written.write(bytes) != bytes.size())
            qFatal("can't write %s", file.c_str());
        return file;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace bistro::app
