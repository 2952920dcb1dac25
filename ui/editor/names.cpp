#include "editor/names.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

QString plain(QStringView module)
{
    return (module.startsWith("node:"_L1) ? module.sliced(5) : module).toString();
}

// "a, b: c, d as e, f = 1" within braces: the member and the name it has here.
void addList(Names& names, const QString& module, QStringView list)
{
    for (const QStringView part : list.split(u',')) {
        static const QRegularExpression entry(uR"(^\s*([\w$]+)(?:\s*(?::|\bas\b)\s*([\w$]+))?)"_s);
        const auto match = entry.matchView(part);
        if (!match.hasMatch())
            continue;
        const QString name = match.hasCaptured(2) ? match.captured(2) : match.captured(1);
        names.insert(name, {module, match.captured(1)});
    }
}

bool isOneOf(QStringView name, std::initializer_list<QLatin1StringView> names)
{
    return std::ranges::any_of(names, [name](auto each) { return name == each; });
}

} // namespace

Names importedNames(const QString& text)
{
    Names names;
    static const QRegularExpression require(
        uR"((?:const|let|var)\s+(?:([\w$]+)|\{([^}]{0,4000})\})\s*=\s*)"
        uR"((?:await\s+)?(?:require|import)\s*\(\s*(['"`])([^'"`\n]+)\3\s*\)(?:\.([\w$]+))?)"_s);
    for (auto it = require.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        QString module = plain(match.capturedView(4));
        if (match.hasCaptured(5)) {
            if (match.hasCaptured(1)) {
                names.insert(match.captured(1), {module, match.captured(5)});
                continue;
            }
            module += u'/' + match.captured(5); // const { readFile } = require('fs').promises
        }
        if (match.hasCaptured(1) && !match.captured(1).isEmpty())
            names.insert(match.captured(1), {module, {}});
        else
            addList(names, module, match.capturedView(2));
    }
    static const QRegularExpression import(
        uR"(\bimport\s+(?:([\w$]+)\s*,?\s*)?)"
        uR"((?:\*\s*as\s+([\w$]+)\s*|\{([^}]{0,4000})\}\s*)?from\s*(['"])([^'"\n]+)\4)"_s);
    for (auto it = import.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        const QString module = plain(match.capturedView(5));
        for (const int group : {1, 2}) {
            if (!match.captured(group).isEmpty())
                names.insert(match.captured(group), {module, {}});
        }
        addList(names, module, match.capturedView(3));
    }
    return names;
}

std::optional<Meaning> scheduledBy(const Imported& what)
{
    const QStringView module = what.module;
    const QStringView member = what.member;
    if (module == "timers"_L1 || module.isEmpty()) {
        if (isOneOf(member, {"setTimeout"_L1, "setInterval"_L1}))
            return Meaning::Timer;
        if (member == "setImmediate"_L1)
            return Meaning::Immediate;
    }
    if (module == "timers/promises"_L1 && isOneOf(member, {"setTimeout"_L1, "setInterval"_L1, "setImmediate"_L1}))
        return member == "setImmediate"_L1 ? Meaning::Immediate : Meaning::Timer;
    if (module.isEmpty())
        return member == "queueMicrotask"_L1 ? std::optional(Meaning::Promise)
            : member == "fetch"_L1           ? std::optional(Meaning::KernelIo)
                                             : std::nullopt;
    if (module == "process"_L1)
        return member == "nextTick"_L1 ? std::optional(Meaning::Tick) : std::nullopt;
    if (member.isEmpty() || member.endsWith("Sync"_L1) || member.front().isUpper())
        return {};
    if (module == "fs"_L1 || module == "fs/promises"_L1) {
        // Watching is the kernel's work; the rest of what does not end in Sync is the pool's.
        if (isOneOf(member, {"watch"_L1}))
            return Meaning::KernelIo;
        if (isOneOf(member, {"promises"_L1, "constants"_L1, "unwatchFile"_L1}))
            return {};
        return Meaning::PoolIo;
    }
    if (module == "crypto"_L1
        && isOneOf(member,
            {"pbkdf2"_L1, "scrypt"_L1, "hkdf"_L1, "generateKey"_L1, "generateKeyPair"_L1, "generatePrime"_L1,
                "checkPrime"_L1, "randomFill"_L1, "randomBytes"_L1, "randomInt"_L1}))
        return Meaning::PoolIo;
    if (module == "zlib"_L1
        && isOneOf(member,
            {"deflate"_L1, "deflateRaw"_L1, "gzip"_L1, "gunzip"_L1, "inflate"_L1, "inflateRaw"_L1, "unzip"_L1,
                "brotliCompress"_L1, "brotliDecompress"_L1}))
        return Meaning::PoolIo;
    if (module == "dns"_L1 || module == "dns/promises"_L1) {
        if (isOneOf(member, {"lookup"_L1, "lookupService"_L1}))
            return Meaning::PoolIo;
        if (member.startsWith("resolve"_L1) || member == "reverse"_L1)
            return Meaning::KernelIo;
    }
    if ((module == "http"_L1 || module == "https"_L1 || module == "http2"_L1)
        && isOneOf(member, {"createServer"_L1, "createSecureServer"_L1, "get"_L1, "request"_L1, "connect"_L1}))
        return Meaning::KernelIo;
    if ((module == "net"_L1 || module == "tls"_L1)
        && isOneOf(member, {"createServer"_L1, "connect"_L1, "createConnection"_L1}))
        return Meaning::KernelIo;
    if (module == "dgram"_L1 && member == "createSocket"_L1)
        return Meaning::KernelIo;
    if (module == "child_process"_L1 && isOneOf(member, {"exec"_L1, "execFile"_L1, "spawn"_L1, "fork"_L1}))
        return Meaning::KernelIo;
    return {};
}

QList<ScheduledCall> scheduledCalls(const QString& line, const Names& names, const std::function<bool(int)>& isCode)
{
    QList<ScheduledCall> calls;
    const auto add = [&](const QRegularExpressionMatch& match, int group, std::optional<Meaning> meaning) {
        const auto column = static_cast<int>(match.capturedStart(group));
        if (meaning && isCode(column))
            calls.append({column, static_cast<int>(match.capturedLength(group)), *meaning});
    };
    // a.b.c( with its last two names, and names that stand alone
    static const QRegularExpression call(uR"((?<![\w$])(?:([\w$]+)(?:\?)?\.)?(?:(promises)\.)?([\w$]+)(?=\s*\())"_s);
    for (auto it = call.globalMatch(line); it.hasNext();) {
        const auto match = it.next();
        const QString owner = match.captured(1);
        const QString name = match.captured(3);
        const bool behindDot = match.capturedStart(0) > 0 && line[match.capturedStart(0) - 1] == u'.';
        if (owner.isEmpty() && !behindDot) {
            static const QRegularExpression declared(uR"(\b(function\*?|async)\s*$)"_s);
            if (declared.matchView(QStringView(line).first(match.capturedStart(3))).hasMatch())
                continue; // function setTimeout() { … } of the learner's own
            const auto imported = names.find(name);
            add(match, 3, scheduledBy(imported != names.end() ? *imported : Imported {{}, name}));
            continue;
        }
        const auto imported = names.find(owner);
        std::optional<Meaning> meaning;
        if (!behindDot && imported != names.end()) {
            QString module = imported->module;
            if (!imported->member.isEmpty())
                module += u'/' + imported->member; // const promises = require('fs').promises
            if (match.hasCaptured(2) && !match.captured(2).isEmpty())
                module += "/promises"_L1;
            meaning = scheduledBy({module, name});
        } else if (!behindDot && owner == "process"_L1) {
            meaning = scheduledBy({u"process"_s, name});
        } else if (!behindDot && owner == "globalThis"_L1) {
            meaning = scheduledBy({{}, name});
        }
        if (!meaning && isOneOf(name, {"then"_L1, "catch"_L1, "finally"_L1}))
            meaning = Meaning::Promise;
        add(match, 3, meaning);
    }
    static const QRegularExpression await(uR"((?<![\w$.])await(?![\w$]))"_s);
    for (auto it = await.globalMatch(line); it.hasNext();)
        add(it.next(), 0, Meaning::Promise);
    std::ranges::sort(calls, {}, &ScheduledCall::column);
    return calls;
}

} // namespace bistro::ui
