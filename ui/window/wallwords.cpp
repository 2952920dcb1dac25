#include "window/wallwords.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

struct Walls {
    Q_DECLARE_TR_FUNCTIONS(Walls)
};

QString guardedOf(const QString& wall)
{
    if (wall.startsWith(u"Landlock"_s))
        return Walls::tr("your files", "the sandbox guards");
    if (wall == u"system calls"_s)
        return Walls::tr("the system's own functions", "the sandbox guards");
    if (wall == u"network"_s)
        return Walls::tr("the network", "the sandbox guards");
    if (wall == u"signals"_s)
        return Walls::tr("your other programs", "the sandbox guards");
    return wall;
}

} // namespace

QString guardedBy(const QString& walls)
{
    QStringList guarded = walls.split(u", "_s, Qt::SkipEmptyParts);
    if (guarded.isEmpty())
        return {};
    for (QString& one : guarded)
        one = guardedOf(one);
    if (guarded.size() == 1)
        return Walls::tr("The sandbox guards %1.").arg(guarded.front());
    const QString last = guarded.takeLast();
    return Walls::tr("The sandbox guards %1 and %2.").arg(guarded.join(u", "_s), last);
}

QStringList unguardedBy(const sandbox::Kernel& kernel)
{
    QStringList sentences;
    if (kernel.landlock == 0)
        sentences.append(Walls::tr("A program can read and change all of your files."));
    if (!kernel.filters)
        sentences.append(Walls::tr("A program can reach the network, and change files that it may only read."));
    if (!kernel.filters && kernel.landlock < 6)
        sentences.append(Walls::tr("A program can end your other programs."));
    if (kernel.filters && !kernel.asks)
        sentences.append(Walls::tr("A program can use no network and start no other program."));
    return sentences;
}

} // namespace bistro::ui
