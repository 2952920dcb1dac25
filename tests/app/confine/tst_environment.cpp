// A program's environment has no secret, unless the learner gives it one.
#include "confine/environment.h"

#include <QTest>

#include <algorithm>

using namespace bistro::app;

namespace {

using Texts = std::vector<std::string>;

} // namespace

class TestEnvironment : public QObject {
    Q_OBJECT

private slots:
    void whatLooksLikeASecretIsKnown_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<bool>("secret");
        const auto row = [](const char* variable, bool secret) {
            QTest::newRow(variable) << QByteArray(variable) << secret;
        };
        for (const char* const variable : {"NPM_TOKEN=x", "GH_HOST=x", "GITHUB_ACTOR=x", "AWS_REGION=x", "MY_SECRET=x",
                 "SECRET_KEY_BASE=x", "PGPASSWORD=x", "MYSQL_PWD=x", "DB_PASS=x", "db_passwd=x", "OPENAI_API_KEY=x",
                 "STRIPE_KEY=x", "SSH_AUTH_SOCK=/x", "DBUS_SESSION_BUS_ADDRESS=x", "XAUTHORITY=x", "DISPLAY=:0",
                 "WAYLAND_DISPLAY=x", "GPG_AGENT_INFO=x", "GNUPGHOME=x", "KRB5CCNAME=x", "BASIC_AUTH=x", "AUTH=x",
                 "npm_config_//registry.example/:_authToken=x", "GOOGLE_APPLICATION_CREDENTIALS=/x",
                 "DATABASE_URL=postgres://ada:secret@db/menu", "HTTPS_PROXY=http://u:p%40@proxy:3128/",
                 "TWO=http://a.example redis://:secret@cache", "NODE_OPTIONS=--inspect", "SESSION_COOKIE=x",
                 "SENTRY_DSN=x", "PGPASS=x", "SMTPPASS=x", "STRIPE_SK=x", "SLACK_WEBHOOK_URL=x", "MY_PIN=1", "PIN=1",
                 "DB_PW=x", "MY_CREDS=x", "ERRORS=https://0a1b2c@errors.example/1",
                 "CACHE=redis://0a1b2c3d4e5f6a7b8c9d@cache.example", "BUCKET=https://a.example/x?se=1&sig=abc",
                 "STORE=AccountName=ada;AccountKey=abc==", "CHAT=https://hooks.slack.com/services/T/B/x",
                 "BOT=https://discord.com/api/webhooks/1/x", "DEPLOY=ghp_0123456789abcdef0123",
                 "PAY=sk_live_0123456789abcdef", "LOGIN=eyJhbGciOiJIUzI1NiJ9.e30.x",
                 "PEM=-----BEGIN RSA PRIVATE KEY-----"})
            row(variable, true);
        for (const char* const variable : {"PATH=/bin", "HOME=/home/ada", "PWD=/x", "OLDPWD=/x", "LANG=C", "TERM=xterm",
                 "GIT_AUTHOR_NAME=Ada", "AUTHOR=Ada", "KEYBOARD=us", "COMPASS=north", "NODE_ENV=test", "PORT=80",
                 "PASSENGERS=3", "DATABASE_URL=postgres://ada@db/menu", "SITE=http://a.example:80/x@y",
                 "MAIL=ada:x@a.example", "EMPTY=", "DESKTOP_SESSION=gnome", "PINNED=1", "SPIN=1", "SKY=blue", "TASK=1",
                 "LC_ALL=sk_SK.UTF-8", "BYPASS=1", "HTTP_BYPASS=1", "REPOSITORY=ssh://git@host.example/menu",
                 "SEARCH=http://a.example/?q=key&page=2", "COLORS=rs=0:di=01;34:ln=01;36", "XDG_SESSION_TYPE=x11",
                 "DSNAMES=x"})
            row(variable, false);
    }

    void whatLooksLikeASecretIsKnown()
    {
        QFETCH(QByteArray, variable);
        QFETCH(bool, secret);
        const qsizetype equals = variable.indexOf('=');
        QCOMPARE(looksSecret(variable.first(equals).toStdString(), variable.sliced(equals + 1).toStdString()), secret);
    }

    void secretsAreLeftOutAndNamed()
    {
        const Texts ours {"PATH=/bin", "NPM_TOKEN=n", "DISPLAY=:0", "EQUALS=a=b", "broken", "=nameless", "PATH=/second",
            "TMPDIR=/everybodys"};
        const CleanEnvironment clean = cleanEnvironment(ours, {}, "/tmp/run");
        QCOMPARE(clean.variables, (Texts {"EQUALS=a=b", "PATH=/bin", "TMPDIR=/tmp/run"}));
        QCOMPARE(clean.leftOut, (Texts {"DISPLAY", "NPM_TOKEN"}));
    }

    void whatTheLearnerGivesStays()
    {
        const Texts ours {"NPM_TOKEN=n", "NODE_OPTIONS=--inspect", "API_KEY=k", "NODE_ENV=x"};
        const Texts given {"API_KEY=mine", "NODE_OPTIONS=--trace-warnings", "TMPDIR=/mine", "NODE_ENV="};
        const CleanEnvironment clean = cleanEnvironment(ours, given, "/tmp/run");
        QCOMPARE(
            clean.variables, (Texts {"API_KEY=mine", "NODE_ENV=", "NODE_OPTIONS=--trace-warnings", "TMPDIR=/mine"}));
        QCOMPARE(clean.leftOut, Texts {"NPM_TOKEN"});
    }

    void ourOwnVariablesAreThoseOfThisProcess()
    {
        qputenv("BISTRO_TEST_OF_THIS", "a=b");
        QVERIFY(std::ranges::contains(ownEnvironment(), std::string("BISTRO_TEST_OF_THIS=a=b")));
        qunsetenv("BISTRO_TEST_OF_THIS");
        QVERIFY(!std::ranges::contains(ownEnvironment(), std::string("BISTRO_TEST_OF_THIS=a=b")));
    }
};

QTEST_APPLESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
