// What tests that add packages have in common: a registry on the loopback, a learner's home, and `bistro add` in it.
#pragma once

#include "app/confine/homefolder.h"
#include "packages/npmprogram.h"

#include <QDirIterator>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <memory>
#include <optional>

namespace bistro::app {

class RegistryServer final {
public:
    // `secret`: the file that the package "thief" is after.
    explicit RegistryServer(const QString& secret = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SECRET_FILE"), secret);
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(
            QStringLiteral(BISTRO_NODE), {QStringLiteral(BISTRO_SOURCE_DIR "/tests/app/packages/registry.mjs")});
        while (m_asked.isEmpty() && m_process.waitForReadyRead(60'000))
            read();
        if (m_asked.isEmpty())
            qFatal("the registry of the test does not start");
        m_port = m_asked.takeFirst();
    }
    ~RegistryServer()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }

    [[nodiscard]] QString port() const { return m_port; }
    [[nodiscard]] QString address() const { return QStringLiteral("http://127.0.0.1:%1/").arg(m_port); }
    // Waits for it.
    [[nodiscard]] bool wasAskedFor(const QString& path)
    {
        return QTest::qWaitFor(
            [&] {
                m_process.waitForReadyRead(10);
                read();
                return m_asked.contains(path);
            },
            60'000);
    }

private:
    void read()
    {
        while (m_process.canReadLine())
            m_asked.append(QString::fromUtf8(m_process.readLine().trimmed()));
    }

    QProcess m_process;
    QStringList m_asked;
    QString m_port;
};

class AddingHome {
protected:
    struct Result {
        QString output; // with "~" for the learner's home
        QString errorOutput;
        int code = -1;
    };

    // Once, while the environment is that of whoever runs the tests.
    void findNpmOfTests()
    {
        const auto npm = findNpm();
        QVERIFY2(npm, npm ? "" : qPrintable(npm.error()));
        qputenv("BISTRO_NPM", QByteArray::fromStdString(npm->folder.string()));
        for (const char* const name : {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "npm_config_registry"})
            qunsetenv(name);
    }
    void beginHome()
    {
        m_home = std::make_unique<HomeFolder>();
        const auto secret = HomeFolder::put(m_home->path() / "letters/secret.txt", "the recipe");
        m_registry = std::make_unique<RegistryServer>(QString::fromStdString(secret.string()));
        qputenv("npm_config_registry", m_registry->address().toUtf8());
        std::filesystem::create_directories(play());
    }
    [[nodiscard]] std::filesystem::path play() const { return m_home->path() / "play"; }
    [[nodiscard]] QString in(const char* name) const { return QString::fromStdString((play() / name).string()); }
    [[nodiscard]] QByteArray bytesOf(const char* name) const
    {
        QFile file(in(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no such file");
    }
    // All that lies there, with what it says.
    [[nodiscard]] QStringList everything() const
    {
        QStringList found;
        QDirIterator walk(QString::fromStdString(play().string()),
            QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            QFile file(walk.next());
            const bool read = !walk.fileInfo().isDir() && file.open(QIODevice::ReadOnly);
            found.append(walk.filePath() + u' ' + (read ? QString::fromUtf8(file.readAll()) : QString()));
        }
        found.sort();
        return found;
    }
    void begin(QProcess& process, const QStringList& arguments) const
    {
        process.setWorkingDirectory(QString::fromStdString(play().string()));
        process.start(QStringLiteral(BISTRO_COMMAND), arguments);
    }
    [[nodiscard]] Result finish(QProcess& process) const
    {
        if (!process.waitForFinished(300'000))
            return {};
        const QString home = QString::fromStdString(m_home->path().string());
        const auto text = [&home](const QByteArray& bytes) {
            return QString::fromUtf8(bytes).replace(home, QStringLiteral("~"));
        };
        return {.output = text(process.readAllStandardOutput()),
            .errorOutput = text(process.readAllStandardError()),
            .code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1};
    }
    [[nodiscard]] Result bistro(const QStringList& arguments) const
    {
        QProcess process;
        begin(process, arguments);
        return finish(process);
    }
    [[nodiscard]] Result add(const QStringList& packages) const
    {
        return bistro(QStringList {QStringLiteral("add")} + packages);
    }

    std::unique_ptr<HomeFolder> m_home;
    std::unique_ptr<RegistryServer> m_registry;
};

} // namespace bistro::app
