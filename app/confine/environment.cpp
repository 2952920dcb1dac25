#include "confine/environment.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <unistd.h>

namespace bistro::app {
namespace {

using std::string_view_literals::operator""sv;

// Anywhere in a name: PGPASSWORD, MYTOKEN, SECRET_KEY_BASE.
constexpr std::array kWithin {"TOKEN"sv, "SECRET"sv, "PASSWORD"sv, "PASSWD"sv, "PASSPHRASE"sv, "PASSFILE"sv,
    "CREDENTIAL"sv, "APIKEY"sv, "API_KEY"sv, "ACCESS_KEY"sv, "ACCESSKEY"sv, "PRIVATE_KEY"sv, "PRIVATEKEY"sv,
    "ASKPASS"sv, "COOKIE"sv, "WEBHOOK"sv, "MNEMONIC"sv};
// A word of a name, between "_": AUTHOR and KEYBOARD are none.
constexpr std::array kWords {"AUTH"sv, "OAUTH"sv, "OAUTH2"sv, "AUTHORIZATION"sv, "PWD"sv, "PASS"sv, "PAT"sv, "JWT"sv,
    "BEARER"sv, "KEY"sv, "KEYS"sv, "DSN"sv, "SK"sv, "PIN"sv, "PW"sv, "OTP"sv, "TOTP"sv, "CRED"sv, "CREDS"sv};
// The end of a word: PGPASS, SMTPPASS. What else ends so is no password.
constexpr auto kWordEnd = "PASS"sv;
constexpr std::array kEndSo {"COMPASS"sv, "BYPASS"sv, "TRESPASS"sv, "ENCOMPASS"sv, "OVERPASS"sv, "UNDERPASS"sv};
constexpr std::array kBeginnings {"AWS_"sv, "AZURE_"sv, "GOOGLE_"sv, "GCP_"sv, "GCLOUD_"sv, "CLOUDSDK_"sv, "GITHUB_"sv,
    "GH_"sv, "GITLAB_"sv, "GPG_"sv, "KRB5"sv, "SSH_"sv, "VAULT_"sv, "DBUS_"sv};
constexpr std::array kNames {"DISPLAY"sv, "DOCKER_CONFIG"sv, "DOCKER_HOST"sv, "GNUPGHOME"sv, "ICEAUTHORITY"sv,
    "KUBECONFIG"sv, "NETRC"sv, "NODE_OPTIONS"sv, "SESSION_MANAGER"sv, "WAYLAND_DISPLAY"sv, "WAYLAND_SOCKET"sv,
    "XAUTHORITY"sv};
constexpr std::array kNeverSecret {"PWD"sv, "OLDPWD"sv}; // where one is

bool hasWord(std::string_view name, std::string_view word)
{
    for (std::size_t at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || name[at - 1] == '_') && (end == name.size() || name[end] == '_'))
            return true;
    }
    return false;
}

bool endsInPass(std::string_view name)
{
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('_', begin), name.size());
        const std::string_view word = name.substr(begin, end - begin);
        if (word.ends_with(kWordEnd) && !std::ranges::contains(kEndSo, word))
            return true;
        begin = end + 1;
    }
    return false;
}

// A key stands alone before "@": https://0a1b2c@errors.example/1. Elsewhere that is a user, unless it is long.
bool isKey(std::string_view scheme, std::string_view user)
{
    constexpr std::size_t kLongestUser = 15; // letters
    return !user.empty() && (user.size() > kLongestUser || scheme.ends_with("http") || scheme.ends_with("https"));
}

// The "ada:secret@" of postgres://ada:secret@host/menu.
bool hasPassword(std::string_view value)
{
    for (std::size_t at = value.find("://"); at != std::string_view::npos; at = value.find("://", at + 1)) {
        const std::string_view rest = value.substr(at + 3);
        const std::string_view authority = rest.substr(0, rest.find_first_of("/?# \t\n"));
        const std::size_t end = authority.rfind('@');
        if (end == std::string_view::npos)
            continue;
        const std::size_t colon = authority.find(':');
        if (colon < end && colon + 1 < end)
            return true;
        if (colon > end && isKey(value.substr(0, at), authority.substr(0, end)))
            return true;
    }
    return false;
}

// In addresses and connection strings, after "?", "&" or ";", each before "=".
constexpr std::array kSettings {"TOKEN"sv, "ACCESS_TOKEN"sv, "KEY"sv, "API_KEY"sv, "APIKEY"sv, "ACCOUNTKEY"sv,
    "SHAREDACCESSKEY"sv, "SIG"sv, "SIGNATURE"sv, "SECRET"sv, "PASSWORD"sv, "PWD"sv};
// As they are given out by those who keep them, and addresses that are a secret as a whole.
constexpr std::array kGivenOut {"GHP_"sv, "GHO_"sv, "GITHUB_PAT_"sv, "GLPAT-"sv, "SK_LIVE_"sv, "SK_TEST_"sv,
    "RK_LIVE_"sv, "SK-"sv, "XOXB-"sv, "XOXP-"sv, "XAPP-"sv, "NPM_"sv, "AKIA"sv, "EYJ"sv, "-----BEGIN "sv};
constexpr std::array kAddresses {"://HOOKS.SLACK.COM/"sv, "/API/WEBHOOKS/"sv};

// `value` in capitals.
bool saysSecret(std::string_view value)
{
    constexpr std::size_t kShortest = 16; // letters of a key
    const auto begins = [value](std::string_view piece) { return value.starts_with(piece); };
    if (value.size() >= kShortest && std::ranges::any_of(kGivenOut, begins))
        return true;
    if (std::ranges::any_of(kAddresses, [value](std::string_view piece) { return value.contains(piece); }))
        return true;
    for (std::size_t at = value.find_first_of("?&;"); at != std::string_view::npos;
        at = value.find_first_of("?&;", at + 1)) {
        const std::string_view rest = value.substr(at + 1);
        const std::size_t equals = rest.find('=');
        if (equals + 1 < rest.size() && std::ranges::contains(kSettings, rest.substr(0, equals)))
            return true;
    }
    return false;
}

std::string upper(std::string_view name)
{
    std::string text(name);
    std::ranges::transform(
        text, text.begin(), [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
    return text;
}

struct Variable {
    std::string_view name;
    std::string_view value;
};

Variable variableOf(std::string_view text)
{
    const std::size_t equals = text.find('=');
    return equals == std::string_view::npos
        ? Variable {.name = {}, .value = {}}
        : Variable {.name = text.substr(0, equals), .value = text.substr(equals + 1)};
}

} // namespace

bool looksSecret(std::string_view name, std::string_view value)
{
    const std::string known = upper(name);
    const std::string_view text = known;
    if (std::ranges::contains(kNeverSecret, text))
        return false;
    const auto within = [text](std::string_view piece) { return text.contains(piece); };
    const auto begins = [text](std::string_view piece) { return text.starts_with(piece); };
    const auto word = [text](std::string_view piece) { return hasWord(text, piece); };
    return std::ranges::contains(kNames, text) || std::ranges::any_of(kWithin, within)
        || std::ranges::any_of(kBeginnings, begins) || std::ranges::any_of(kWords, word) || endsInPass(text)
        || hasPassword(value) || saysSecret(upper(value));
}

CleanEnvironment cleanEnvironment(
    std::span<const std::string> ours, std::span<const std::string> given, const std::filesystem::path& temporary)
{
    std::map<std::string_view, std::string_view> kept;
    std::set<std::string_view> leftOut;
    for (const std::string& text : ours) {
        const auto [name, value] = variableOf(text);
        if (name.empty())
            continue;
        if (looksSecret(name, value))
            leftOut.insert(name);
        else
            kept.emplace(name, value); // of two of a name getenv knows the first
    }
    kept["TMPDIR"] = temporary.native();
    for (const std::string& text : given) {
        const auto [name, value] = variableOf(text);
        if (name.empty())
            continue;
        kept[name] = value;
        leftOut.erase(name);
    }
    CleanEnvironment clean;
    for (const auto& [name, value] : kept)
        clean.variables.push_back(std::string(name) + '=' + std::string(value));
    clean.leftOut.assign(leftOut.begin(), leftOut.end());
    return clean;
}

std::vector<std::string> ownEnvironment()
{
    std::vector<std::string> variables;
    for (char** each = environ; each && *each; ++each)
        variables.emplace_back(*each);
    return variables;
}

} // namespace bistro::app
