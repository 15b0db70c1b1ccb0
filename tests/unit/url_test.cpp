// SPDX-License-Identifier: MIT
#include <autopack_schema/db/url.hpp>

#include <autopack_schema_test/catch.hpp>
#include <autopack_schema_test/caught.hpp>

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aps = autopack_schema;
using aps::db::url;
using autopack_schema_test::caught;

namespace {

std::string path_of(std::string_view text) {
    const url parsed = url::parse(text);
    CHECK(parsed.scheme == "sqlite");
    CHECK(parsed.user.empty());
    CHECK(parsed.host.empty());
    return parsed.path;
}

autopack_schema_test::caught_error refused(std::string_view text) {
    return caught([&] { url::parse(text); });
}

} // namespace

TEST_CASE("SQLite: paths") {
    CHECK(path_of("sqlite:///autopack.db") == "autopack.db");
    CHECK(path_of("sqlite:///dir/autopack.db") == "dir/autopack.db");
    CHECK(path_of("sqlite:///./autopack.db") == "./autopack.db");
    CHECK(path_of("sqlite:///../autopack.db") == "../autopack.db");
    CHECK(path_of("sqlite:////var/lib/a.db") == "/var/lib/a.db");
    CHECK(path_of("sqlite:///C:/data/a.db") == "C:/data/a.db");
    CHECK(path_of("sqlite:////C:/data/a.db") == "C:/data/a.db");
    CHECK(path_of("sqlite:///C:\\data\\a.db") == "C:/data/a.db");
    CHECK(path_of("sqlite:///data\\a.db") == "data/a.db");
    CHECK(path_of("sqlite:///odd%5Cname.db") == "odd\\name.db");
    CHECK(path_of("sqlite:////home/me@work/a.db") == "/home/me@work/a.db");
    CHECK(path_of("sqlite:///a#b;c&d=e.db") == "a#b;c&d=e.db");
    CHECK(path_of("  sqlite:///a.db\r\n") == "a.db");
    CHECK(path_of("SQLITE:///A.db") == "A.db");
}

TEST_CASE("SQLite: memory") {
    for (const char* text : {"sqlite://", "sqlite:///:memory:", "sqlite+pysqlite://", "sqlite+aiosqlite:///:memory:"}) {
        CHECK(url::parse(text).is_memory());
        CHECK(url::parse(text).masked() == "sqlite:///:memory:");
    }
    CHECK_FALSE(url::parse("sqlite:///memory").is_memory());
    CHECK_FALSE(url::parse("postgresql://h/:memory:").is_memory());
}

TEST_CASE("SQLite: driver suffixes and Python's inner file URI") {
    CHECK(path_of("sqlite+pysqlite:///a.db") == "a.db");
    CHECK(path_of("sqlite+aiosqlite:////a.db") == "/a.db");
    CHECK(path_of("sqlite:///file:a.db?mode=ro&uri=true") == "a.db");
    CHECK(path_of("sqlite:///file:///srv/a.db?uri=true") == "/srv/a.db");
}

TEST_CASE("percent-encoding") {
    CHECK(path_of("sqlite:///my%20data/%C3%A9%3F%23.db") == "my data/\u00e9?#.db");
    CHECK(path_of("sqlite:///100%25.db") == "100%.db");
    CHECK(path_of("sqlite:///caf\u00e9 au lait.db") == "caf\u00e9 au lait.db");
    for (const char* bad :
         {"sqlite:///a%.db", "sqlite:///a%2.db", "sqlite:///a%zz.db", "sqlite:///a%00.db", "sqlite:///a%2"}) {
        const auto failure = refused(bad);
        CHECK(failure.code() == "S202");
        CHECK(failure.says("write %25"));
    }
}

TEST_CASE("SQLite: options") {
    const url parsed = url::parse("sqlite:///a.db?mode=ro&timeout=2.5&&check_same_thread=false&vfs=unix%2Dnone");
    CHECK(parsed.path == "a.db");
    CHECK(parsed.options ==
          std::vector<std::pair<std::string, std::string>>{
              {"mode", "ro"}, {"timeout", "2.5"}, {"check_same_thread", "false"}, {"vfs", "unix-none"}});
    CHECK(parsed.option("mode") == "ro");
    CHECK(parsed.option("vfs", "x") == "unix-none");
    CHECK(parsed.option("immutable", "0") == "0");
    CHECK(url::parse("sqlite:///a.db?").options.empty());

    auto failure = refused("sqlite:///a.db?mdoe=ro");
    CHECK(failure.code() == "S203");
    CHECK(failure.says("unknown option \"mdoe\""));
    CHECK(failure.says("known options: mode, timeout"));
    CHECK(refused("sqlite:///a.db?mode=readonly").says("mode=readonly is not known; use mode=ro"));
    CHECK(refused("sqlite:///a.db?mode=ro&mode=rw").says("\"mode\" is given twice"));
    CHECK(refused("sqlite:///a.db?timeout=soon").says("not a number of seconds"));
    CHECK(refused("sqlite:///a.db?timeout=-1").code() == "S203");
    CHECK(refused("sqlite:///a.db?timeout=99999999999").code() == "S203");
    CHECK(refused("sqlite:///a.db?busy_timeout=1.5").says("milliseconds"));
    CHECK(refused("sqlite:///a.db?foreign_keys=maybe").says("neither on nor off"));
    CHECK(refused("sqlite:///a.db?mode").code() == "S202");
    CHECK(refused("sqlite:///a.db?=ro").code() == "S202");
}

TEST_CASE("SQLite: what is almost right is told how it is right") {
    CHECK(refused("sqlite://autopack.db")
              .says("write three slashes for a path relative to the current directory: "
                    "sqlite:///autopack.db"));
    CHECK(refused("sqlite://dir/autopack.db").says("sqlite:///dir/autopack.db"));
    CHECK(refused("sqlite:autopack.db").says("use sqlite:///autopack.db"));
    CHECK(refused("sqlite:/srv/autopack.db").says("use sqlite:////srv/autopack.db"));
    CHECK(refused("sqlite:///").says("the path of the SQLite URL is empty"));
    CHECK(refused("autopack.db")
              .says("this is not a database URL: autopack.db; for a SQLite file write sqlite:///autopack.db"));
    CHECK(refused("/srv/autopack.db").says("sqlite:////srv/autopack.db"));
    CHECK(refused("C:\\data\\a.db").says("sqlite:///C:/data/a.db"));
    CHECK(refused("").says("the database URL is empty"));
    CHECK(refused(std::string_view("sqlite:///a\0b", 13)).says("NUL"));
    CHECK(refused("mysql://u:hunter2@h/d").says("databases of the kind \"mysql\" are not supported"));
}

TEST_CASE("PostgreSQL: all parts") {
    const url parsed =
        url::parse("postgresql+psycopg2://auto%40pack:p%40ss%3A%2F%3F@db.example:6543/autopack?sslmode=require");
    CHECK(parsed.scheme == "postgresql");
    CHECK(parsed.user == "auto@pack");
    CHECK(parsed.password == "p@ss:/?");
    CHECK(parsed.host == "db.example");
    CHECK(parsed.port == "6543");
    CHECK(parsed.path == "autopack");
    CHECK(parsed.option("sslmode") == "require");
    CHECK(parsed.masked() == "postgresql://auto%40pack:***@db.example:6543/autopack?sslmode=require");
    CHECK_FALSE(parsed.is_memory());
}

TEST_CASE("PostgreSQL: short forms") {
    CHECK(url::parse("postgres://localhost/app").scheme == "postgresql");
    CHECK(url::parse("postgresql:///app").host.empty());
    CHECK(url::parse("postgresql:///app").path == "app");
    CHECK(url::parse("postgresql://localhost").path.empty());
    CHECK(url::parse("postgresql://u@h/d").masked() == "postgresql://u@h/d");
    CHECK(url::parse("postgresql://u:@h/d").masked() == "postgresql://u@h/d");
    CHECK(url::parse("postgresql://[2001:db8::1]:5432/d").host == "2001:db8::1");
    CHECK(url::parse("postgresql://[2001:db8::1]:5432/d").masked() == "postgresql://[2001:db8::1]:5432/d");
    CHECK(url::parse("postgresql:///d?host=%2Fvar%2Frun").option("host") == "/var/run");
    CHECK(url::parse("postgresql://u:a@b@h/d").password == "a@b"); // the last @ ends the login
    CHECK(refused("postgresql:d").code() == "S202");
    CHECK(refused("postgresql://h1,h2/d").says("several hosts"));
    CHECK(refused("postgresql://[::1/d").says("closing bracket"));
    CHECK(refused("postgresql://h/d?sslmod=require").says("unknown option \"sslmod\""));
}

TEST_CASE("no message and no masked URL ever shows a password") {
    const std::string_view bad[] = {"postgresql://user:hunter2/x@host/db",
                                    "postgresql://user:hunter2?x@host/db",
                                    "postgresql://user:hunter2?x=1@host/db",
                                    "postgresql://user:hunter2%zz@host/db",
                                    "postgresql://user:a:hunter2",
                                    "postgresql://h:hunter2/db",
                                    "mysql://user:hunter2@host/db",
                                    "user:hunter2@host/db",
                                    "host=h password=hunter2",
                                    "sqlite+pysqlcipher://:hunter2@/foo.db",
                                    "sqlite://user:hunter2@host/foo.db",
                                    "postgresql:user:hunter2@host/db",
                                    "postgresql://u:p@h/db?password=hunter2&x=1",
                                    "postgresql://u:p@h/d/hunter2@h/db",
                                    "sqlite:///a.db?key=hunter2"};
    for (const std::string_view text : bad) {
        INFO(text);
        const auto failure = refused(text);
        CHECK_FALSE(failure.says("hunter2"));
        CHECK(failure.info.database.find("hunter2") == std::string::npos);
        CHECK(failure.info.advice.find("hunter2") == std::string::npos);
    }
    for (const std::string_view text : {"postgresql://u:hunter2@h/d", "postgresql://:hunter2@h/d",
                                        "postgresql://u:x@h/d?sslpassword=hunter2&passfile=hunter2&password=hunter2"}) {
        INFO(text);
        CHECK(url::parse(text).masked().find("hunter2") == std::string::npos);
        CHECK(url::parse(text).masked().find("***") != std::string::npos);
    }
}

TEST_CASE("a masked URL without secrets reads back as the same URL") {
    for (const std::string_view text :
         {"sqlite:///a%20b/%25c%3F%5C.db?mode=ro&timeout=5", "sqlite:////abs/x.db", "sqlite:///C:/x.db",
          "postgresql://u%3A@h:1/d%2Fe?application_name=a%26b%3D", "postgresql:///d"}) {
        const url parsed = url::parse(text);
        CHECK(url::parse(parsed.masked()) == parsed);
    }
}

TEST_CASE("DATABASE_URL has no default") {
    ::unsetenv("DATABASE_URL");
    auto failure = caught([] { aps::db::url_from_environment(); });
    CHECK(failure.code() == "S201");
    CHECK(failure.says("DATABASE_URL must be set explicitly: it is not set"));
    CHECK(failure.says("sqlite:///autopack.db"));
    CHECK(failure.says("postgresql://user:password@localhost:5432/autopack"));
    for (const char* blank : {"", "  \n"}) {
        ::setenv("DATABASE_URL", blank, 1);
        failure = caught([] { aps::db::url_from_environment(); });
        CHECK(failure.code() == "S201");
        CHECK(failure.says("DATABASE_URL must be set explicitly: it is empty"));
    }
    ::setenv("DATABASE_URL", "sqlite:///x.db", 1);
    CHECK(aps::db::url_from_environment().path == "x.db");
    ::unsetenv("DATABASE_URL");
}
