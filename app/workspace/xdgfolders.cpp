#include "workspace/xdgfolders.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

QString folder(const char* variable, const QString& otherwise)
{
    // A path that is not absolute counts as not set: https://specifications.freedesktop.org/basedir-spec
    const QString set = qEnvironmentVariable(variable);
    return (set.startsWith(u'/') ? set : QDir::homePath() + otherwise) + u"/bistro"_s;
}

} // namespace

QString stateFolder()
{
    return folder("XDG_STATE_HOME", u"/.local/state"_s);
}
QString dataFolder()
{
    return folder("XDG_DATA_HOME", u"/.local/share"_s);
}

} // namespace bistro::app
